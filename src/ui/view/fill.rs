//! A form as people fill it in: pages one after another, what is asked for as it stands, and what follows when it was sent. It is
//! drawn alone on a page, in a kiosk, and beside its designer.

mod bind;
mod draft;
mod ending;
mod item;
mod lines;
mod sheet;

use std::sync::Arc;

use leptos::prelude::*;
use rustc_hash::FxHashMap;

use crate::app::App;
use crate::command::{Command, Taken};
use crate::engine::form::{CompiledForm, Filling, ItemState, Surroundings, Traffic};
use crate::model::diagnostic::{Diagnostic, Rejection};
use crate::model::form::{Form, ItemContent, Submission};
use crate::model::id::{FieldId, RecordId, SubmissionId};
use crate::ui::browser;
use crate::ui::field::once_read;
use crate::ui::part::unique_id;
use crate::ui::text::{self, diagnostic};
use draft::Kept;

pub use draft::Tried;
pub use sheet::runner;

/// What a form is filled in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be sent.
    Answer,
    /// To be sent by one visitor after another, who see nothing of those before.
    Kiosk,
    /// To be looked at: nothing is sent, counted or kept.
    Preview,
}

/// How a form is opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// What for.
    pub purpose: Purpose,
    /// The channel that its address names; the form's own when absent.
    pub channel: Option<String>,
    /// The other parameters of its address.
    pub parameters: Vec<(String, String)>,
}

/// How far somebody has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is filled in.
    Asking,
    /// It was sent.
    Sent,
}

/// A form being filled in, for all that is drawn of it.
#[derive(Clone, Copy)]
pub struct Fill {
    app: App,
    opening: StoredValue<Opening>,
    form: StoredValue<Arc<CompiledForm>, LocalStorage>,
    filling: StoredValue<Filling, LocalStorage>,
    /// Told when a page, section or item looks different, by its id.
    parts: StoredValue<FxHashMap<String, ArcTrigger>>,
    /// The page that is shown.
    page: RwSignal<usize>,
    /// How far it has come.
    pub stage: RwSignal<Stage>,
    /// Whether mistakes are spoken of on the page that is shown, whoever has not been there yet.
    is_tried: RwSignal<bool>,
    /// What is wrong and belongs to nothing that is shown.
    trouble: RwSignal<Vec<String>>,
    /// What was typed and may be unreadable, by field.
    typed: StoredValue<FxHashMap<FieldId, String>>,
    /// The same of tables, by table, line and column.
    typed_lines: StoredValue<FxHashMap<(FieldId, RecordId, FieldId), String>>,
    /// Whether somebody has begun.
    pub is_begun: RwSignal<bool>,
    /// The item where somebody was last.
    last: StoredValue<Option<String>>,
    submission: StoredValue<SubmissionId>,
    /// Whether nobody goes on with it.
    is_over: StoredValue<bool>,
    /// Whether it is on its way to the disk.
    is_sending: RwSignal<bool>,
    start: StoredValue<String>,
    sent: StoredValue<Option<Callback<Taken>>>,
    /// Begins it once more.
    again: StoredValue<Option<Callback<()>>>,
}

impl Fill {
    /// Begins a form, or goes on with what this tab has kept of it.
    ///
    /// # Errors
    ///
    /// Its entity is gone.
    pub fn begin(app: App, form: Arc<Form>, opening: Opening) -> Result<Fill, Diagnostic> {
        let kept = draft::kept(&form, opening.purpose);
        Fill::go_on_with(app, form, opening, kept)
    }

    /// Begins a form to be looked at, or goes on with what was tried out in it before it was changed.
    ///
    /// # Errors
    ///
    /// Its entity is gone.
    pub fn try_out(app: App, form: Arc<Form>, tried: Option<Tried>) -> Result<Fill, Diagnostic> {
        let opening = Opening { purpose: Purpose::Preview, channel: None, parameters: Vec::new() };
        let (is_sent, is_tried) = tried.as_ref().map(|tried| (tried.is_sent, tried.is_tried)).unwrap_or_default();
        let fill = Fill::go_on_with(app, form.clone(), opening, tried.map(|tried| tried.kept(app, &form)))?;
        fill.is_tried.set(is_tried);
        if is_sent {
            fill.stage.set(Stage::Sent);
        }
        Ok(fill)
    }

    fn go_on_with(app: App, form: Arc<Form>, opening: Opening, kept: Option<Kept>) -> Result<Fill, Diagnostic> {
        let compiled = app.compile_form(form)?;
        let (channel, parameters) = (opening.channel.as_deref(), opening.parameters.as_slice());
        let draft = kept.as_ref().map(|kept| &kept.answers);
        let mut filling = app.begin_form(compiled.clone(), channel, parameters, draft);
        begin_tables(app, &compiled.form, &mut filling);
        let ids = (0..).map_while(|at| compiled.part(at)).map(|id| (id.to_owned(), ArcTrigger::new()));
        let first = filling.pages().first().copied().unwrap_or_default();
        let page = kept.as_ref().map(|kept| kept.page).filter(|page| filling.pages().contains(page)).unwrap_or(first);
        let is_new = kept.is_none();
        let lines = kept.as_ref().map(|kept| kept.lines.clone()).unwrap_or_default();
        let fill = Fill {
            app,
            opening: StoredValue::new(opening),
            parts: StoredValue::new(ids.collect()),
            form: StoredValue::new_local(compiled),
            filling: StoredValue::new_local(filling),
            page: RwSignal::new(page),
            stage: RwSignal::new(Stage::Asking),
            is_tried: RwSignal::new(false),
            trouble: RwSignal::new(Vec::new()),
            is_begun: RwSignal::new(!is_new),
            last: StoredValue::new(None),
            submission: StoredValue::new(kept.as_ref().map_or_else(|| app.draw_submission(), |kept| kept.submission)),
            typed: StoredValue::new(kept.map(|kept| kept.typed.into_iter().collect()).unwrap_or_default()),
            typed_lines: StoredValue::new(FxHashMap::default()),
            is_over: StoredValue::new(false),
            is_sending: RwSignal::new(false),
            start: StoredValue::new(unique_id("fill")),
            sent: StoredValue::new(None),
            again: StoredValue::new(None),
        };
        fill.retype(lines);
        if is_new {
            fill.count(Traffic { views: 1, ..Traffic::default() });
        }
        draft::keep(fill);
        Ok(fill)
    }

    /// Tells somebody once it was sent, and when it is wanted once more.
    pub fn tells(self, sent: Callback<Taken>, again: Callback<()>) {
        self.sent.set_value(Some(sent));
        self.again.set_value(Some(again));
    }

    /// The form.
    pub fn form(self) -> Arc<Form> {
        self.form.with_value(|compiled| compiled.form.clone())
    }

    /// Leaves it as it is: the draft waits, and it counts as given up where somebody was last.
    pub fn leave(self) {
        let (is_over, stage) = (self.is_over.try_get_value(), self.stage.try_get_untracked());
        let is_sending = self.is_sending.try_get_untracked().unwrap_or_default();
        if is_over == Some(false) && stage == Some(Stage::Asking) && !is_sending {
            self.note_abandoned();
        }
    }

    fn note_abandoned(self) {
        let is_begun = self.is_begun.try_get_untracked().unwrap_or_default();
        if let Some(Some(item)) = self.last.try_get_value().filter(|_| is_begun) {
            self.count(Traffic { abandons: [(item, 1)].into(), ..Traffic::default() });
        }
    }

    /// Gives it up: what was filled in is forgotten, and counted as given up where it was begun.
    pub fn give_up(self) {
        if self.is_over.try_get_value() != Some(false) {
            return;
        }
        self.is_over.set_value(true);
        self.opening.with_value(|opening| draft::forget(&self.form(), opening.purpose));
        if self.stage.get_untracked() == Stage::Asking && !self.is_sending.get_untracked() {
            self.note_abandoned();
        }
    }

    /// Sends it, or says what keeps it from being sent. Thanks are said once it is on the disk.
    fn send(self) {
        if self.is_sending.get_untracked() {
            return self.app.retry_saving();
        }
        let problems = self.filling.with_value(Filling::problems);
        if let Some(first) = problems.first() {
            self.trouble
                .set(problems.iter().filter(|it| it.item.is_none()).map(|it| diagnostic(&it.diagnostic)).collect());
            if let Some(page) = first.page {
                self.show_page(page);
                self.is_tried.set(true);
                self.focus_on_first(page);
            }
            return;
        }
        if self.opening.with_value(|opening| opening.purpose == Purpose::Preview) {
            self.stage.set(Stage::Sent);
            return;
        }
        let form = self.form();
        let submission = Submission {
            id: self.submission.get_value(),
            form: form.id.clone(),
            edition: form.edition.unwrap_or_default(),
            at: self.app.now(),
            channel: self.opening.with_value(|opening| opening.channel.clone()),
            answers: self.filling.with_value(Filling::submission),
        };
        match self.app.dispatch(Command::Submit(submission)) {
            Ok(done) => {
                self.is_sending.set(true);
                let (taken, saved) = (done.taken, done.saved);
                self.app.once_saved(saved, move |outcome| self.sent(taken, outcome));
            }
            Err(refused) => self.trouble.set(refused.diagnostics.iter().map(diagnostic).collect()),
        }
    }

    fn sent(self, taken: Option<Taken>, outcome: Result<(), Rejection>) {
        let Some(form) = self.form.try_with_value(|compiled| compiled.form.clone()) else { return };
        let _ = self.is_sending.try_set(false);
        match outcome {
            Ok(()) => {
                self.opening.with_value(|opening| draft::forget(&form, opening.purpose));
                if self.is_over.get_value() {
                    return;
                }
                self.is_over.set_value(true);
                self.stage.set(Stage::Sent);
                if let (Some(taken), Some(sent)) = (taken, self.sent.get_value()) {
                    sent.run(taken);
                }
            }
            Err(refused) => self.trouble.set(refused.diagnostics.iter().map(diagnostic).collect()),
        }
    }

    /// Goes on to the page that follows, or sends it from the last; not past what is wrong. Photos on their way in come with it.
    fn go_on(self) {
        once_read(move || {
            if self.is_over.try_get_value() == Some(false) {
                self.go_on_now();
            }
        });
    }

    fn go_on_now(self) {
        let page = self.page.get_untracked();
        let (problems, next) = self.filling.with_value(|filling| (filling.problems_on(page), filling.next_page(page)));
        self.trouble.set(Vec::new());
        match next {
            Some(_) if !problems.is_empty() => {
                self.is_tried.set(true);
                self.focus_on_first(page);
            }
            Some(next) => self.show_page(next),
            None => self.send(),
        }
    }

    /// Goes to the page before, if there is one.
    pub fn go_back(self) {
        let page = self.page.get_untracked();
        if let Some(before) = self.filling.with_value(|filling| filling.previous_page(page)) {
            self.show_page(before);
        }
    }

    /// The id of what is no part of the form itself: no part can be called so, whatever its name.
    fn own_id(self, what: &str) -> String {
        format!("{}--{what}", self.start.get_value())
    }

    fn show_page(self, page: usize) {
        if self.page.get_untracked() != page {
            self.is_tried.set(false);
            self.page.set(page);
            let heading = self.own_id("page");
            request_animation_frame(move || browser::focus(&heading));
        }
    }

    /// Puts the focus on the first thing that is wrong on a page, once it is drawn.
    fn focus_on_first(self, page: usize) {
        let first = self.filling.with_value(|filling| filling.problems_on(page).into_iter().next());
        let Some(item) = first.and_then(|problem| problem.item) else { return };
        let id = self.control(&item);
        request_animation_frame(move || {
            request_animation_frame(move || {
                let wrong = format!("[data-item=\"{id}\"] [aria-invalid=true]");
                if !browser::focus_first(&wrong) {
                    browser::focus_first(&format!("[data-item=\"{id}\"] :is(input, select, textarea, button, canvas)"));
                }
            });
        });
    }

    /// Counts something, unless it is only looked at.
    fn count(self, traffic: Traffic) {
        let (purpose, channel) = self.opening.with_value(|opening| (opening.purpose, opening.channel.clone()));
        if purpose == Purpose::Preview {
            return;
        }
        let form = self.form();
        let channel = channel.unwrap_or_else(|| form.capture.channel.clone());
        // What cannot be counted is no matter of the visitor.
        let _ = self.app.dispatch(Command::CountTraffic { form: form.id.clone(), channel, traffic });
    }

    fn begun(self) {
        if !self.is_begun.get_untracked() {
            self.is_begun.set(true);
            self.count(Traffic { starts: 1, ..Traffic::default() });
        }
    }

    /// Changes what is filled in, and tells what looks different then.
    fn change(self, change: impl FnOnce(&mut Filling, &Surroundings<'_>) -> Vec<usize>) {
        let language = text::language();
        let changed = self.app.amidst(|around| {
            let around = Surroundings { language, ..*around };
            self.filling.try_update_value(|filling| change(filling, &around))
        });
        let ids = self.form.with_value(|compiled| {
            let ids = changed.unwrap_or_default().into_iter().filter_map(|at| compiled.part(at).map(str::to_owned));
            ids.collect::<Vec<String>>()
        });
        let triggers = self
            .parts
            .with_value(|parts| ids.iter().filter_map(|id| parts.get(id).cloned()).collect::<Vec<ArcTrigger>>());
        triggers.iter().for_each(Notify::notify);
    }

    /// Makes the running view depend on how a page, section or item looks.
    fn track(self, part: &str) {
        if let Some(trigger) = self.parts.with_value(|parts| parts.get(part).cloned()) {
            trigger.track();
        }
    }

    /// Asks an item how it stands; tracked.
    fn look<T>(self, item: &str, ask: impl FnOnce(&ItemState<'_>) -> T) -> Option<T> {
        self.track(item);
        self.filling.try_with_value(|filling| filling.item(item).map(|state| ask(&state))).flatten()
    }

    /// Whether a part is shown; tracked.
    fn is_shown(self, part: &str) -> bool {
        self.track(part);
        self.filling.try_with_value(|filling| filling.is_shown(part)).unwrap_or_default()
    }

    fn control(self, item: &str) -> String {
        self.start.with_value(|start| format!("{start}-{item}"))
    }

    /// Types anew what was typed before the page was loaded anew and could not be read.
    fn retype(self, lines: Vec<(FieldId, usize, FieldId, String)>) {
        let settings = self.app.read_settings();
        for (field, text) in self.typed.get_value() {
            self.change(|filling, around| filling.type_text(field, &text, &settings, around));
        }
        for (table, at, column, text) in lines {
            let line = self.filling.with_value(|filling| Some(filling.lines(table)?.lines.get(at)?.record.id));
            if let Some(line) = line {
                self.change(|filling, around| filling.type_into_line(table, at, column, &text, &settings, around));
                self.typed_lines.update_value(|typed| drop(typed.insert((table, line, column), text)));
            }
        }
    }
}

/// Each table begins with a line to fill in; nobody has to look for a button first.
fn begin_tables(app: App, form: &Form, filling: &mut Filling) {
    for (_, _, item) in form.items() {
        if let ItemContent::Lines(lines) = &item.content
            && filling.lines(lines.field).is_some_and(|state| state.lines.is_empty())
        {
            app.amidst(|around| drop(filling.add_line(lines.field, around)));
        }
    }
}
