//! The workspace as views see it: read (tracked) and dispatch, nothing else.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::{ArcRwSignal, GetUntracked, Set, Update, WithUntracked};
use send_wrapper::SendWrapper;

use super::history::History;
use super::outside::Platform;
use super::preference::Preferences;
use super::search::Search;
use super::wake::{Mark, Touched, Triggers};
use super::writer::{Ask, Saved, Writer};
use crate::command::{self, Blueprint, Command, Context, Outcome, Proposal, RefusedRow, Taken};
use crate::engine::list::Touch;
use crate::model::change::{Cause, Change, Commit};
use crate::model::definition::{Definition, Workspace};
use crate::model::diagnostic::{Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::field::Language;
use crate::model::id::{BatchId, DefinitionId, EntityId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::time::{Date, Instant, Reckoning, Zone};
use crate::store::indexed_db::Lost;

/// A handle to the workspace; it lives as long as the page and may be copied into any closure.
#[derive(Clone, Copy)]
pub struct App(&'static SendWrapper<Inner>);

/// What stands behind the handle.
pub struct Inner {
    pub(super) state: RefCell<State>,
    pub(super) blueprint: RefCell<Rc<Blueprint>>,
    pub(super) triggers: Triggers,
    pub(super) history: RefCell<History>,
    pub(super) writer: Writer,
    /// Clock, chance and device.
    pub(super) platform: Platform,
    /// Language, theme, density, actor.
    pub preferences: Preferences,
    /// How saving stands.
    pub save_state: ArcRwSignal<SaveState>,
    /// What the environment does to us, if anything.
    pub banner: ArcRwSignal<Option<Banner>>,
    /// Short messages at the bottom.
    pub toasts: ArcRwSignal<Vec<Toast>>,
    /// Whether anything can be undone and redone.
    pub can_undo: ArcRwSignal<(bool, bool)>,
    /// The day that it is here.
    pub(super) day: ArcRwSignal<Date>,
    /// When what reads the clock was last brought up to date.
    pub(super) ticked: Cell<Option<Instant>>,
    next_toast: Cell<u32>,
    /// Whether the step or the longer work that was done last has changed anything.
    pub(super) has_changed: Cell<bool>,
    /// By what records are found.
    pub(super) search: Search,
}

/// How saving stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Everything is on disk.
    Saved,
    /// Something is on its way there.
    Saving,
    /// Something could not be written and waits in memory.
    NotSaved,
    /// There is no disk: everything is lost when the page closes.
    NotKept,
}

/// What the environment does to us; each has an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Banner {
    /// The browser keeps nothing: private mode, or no IndexedDB.
    NotKept,
    /// There was a workspace on this device, and the browser has lost it.
    Gone,
    /// No room is left; changes wait in memory.
    Quota,
    /// Writing failed for another reason.
    NotSaved(String),
    /// The browser has closed the database.
    Closed,
    /// Another tab has brought the database to a newer version, or deleted it; this one has let go of it.
    VersionChanged,
    /// Another tab holds the database open in an older version.
    Blocked,
    /// Some records could not be read and were set aside, by name.
    Quarantined(Vec<String>),
    /// Some definitions do not work and were left out, by name.
    LeftOut(Vec<String>),
}

impl Banner {
    pub(super) fn of_lost(lost: Lost) -> Self {
        match lost {
            Lost::VersionChange => Banner::VersionChanged,
            Lost::Closed => Banner::Closed,
        }
    }
}

/// A short message at the bottom of the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Tells it from the others.
    pub id: u32,
    /// Whether it speaks of something done or of something that was not.
    pub tone: Tone,
    /// A message key.
    pub key: String,
    /// The message's arguments.
    pub arguments: Vec<(String, String)>,
    /// The commits that it speaks of, for the argument `what`; empty where it speaks of none.
    pub deed: Vec<Arc<Commit>>,
    /// What may be done about it.
    pub action: ToastAction,
}

/// What kind of thing a message speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something was refused, failed or left out.
    Warning,
}

/// What may be done about a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastAction {
    /// Nothing.
    None,
    /// Undo what it speaks of.
    Undo,
    /// Do again what it speaks of.
    Redo,
    /// Undo the making of a record, or open it.
    UndoOrOpen(RecordId),
    /// Open the record.
    Open(RecordId),
}

/// A command that was carried out.
pub struct Done {
    /// The record that it was about.
    pub subject: Option<RecordId>,
    /// Notices that rules have written.
    pub notices: Vec<RecordId>,
    /// Rows of an import that were refused.
    pub refused: Vec<RefusedRow>,
    /// What became of an answer to a form, if it was one.
    pub taken: Option<Taken>,
    /// What was undone or done again, if it was that: as it was done the first time.
    pub turned: Vec<Arc<Commit>>,
    /// Resolves once the change is on disk.
    pub saved: Saved,
}

impl App {
    pub(super) fn new(inner: Inner) -> Self {
        App(Box::leak(Box::new(SendWrapper::new(inner))))
    }

    pub(super) fn inner(self) -> &'static Inner {
        self.0
    }

    /// The preferences of this device.
    pub fn preferences(self) -> &'static Preferences {
        &self.inner().preferences
    }

    /// How saving stands.
    pub fn save_state(self) -> ArcRwSignal<SaveState> {
        self.inner().save_state.clone()
    }

    /// What the environment does to us.
    pub fn banner(self) -> ArcRwSignal<Option<Banner>> {
        self.inner().banner.clone()
    }

    /// The short messages at the bottom.
    pub fn toasts(self) -> ArcRwSignal<Vec<Toast>> {
        self.inner().toasts.clone()
    }

    /// Whether anything can be undone, and redone.
    pub fn can_undo(self) -> ArcRwSignal<(bool, bool)> {
        self.inner().can_undo.clone()
    }

    /// Asks the state something without depending on it.
    pub fn ask<T>(self, question: impl FnOnce(&State) -> T) -> T {
        question(&self.inner().state.borrow())
    }

    /// A record; the running view depends on it.
    pub fn record(self, id: RecordId) -> Option<Arc<Record>> {
        self.inner().triggers.track_record(id);
        self.ask(|state| state.shared_record(id).cloned())
    }

    /// Makes the running view depend on the records of an entity.
    pub fn track_entity(self, id: EntityId) {
        self.inner().triggers.track_entity(id);
    }

    /// Where an entity's records stand now, to ask later what was touched since.
    pub fn mark(self, entity: EntityId) -> Mark {
        self.inner().triggers.mark(entity)
    }

    /// The records of an entity that were touched since, in that order; nothing if it is better to look anew.
    pub fn touched_since(self, entity: EntityId, mark: Mark) -> Option<Vec<Touch>> {
        self.inner().triggers.touched_since(entity, mark)
    }

    /// Makes the running view depend on a record without reading it.
    pub fn track_record(self, id: RecordId) {
        self.inner().triggers.track_record(id);
    }

    /// An entity; the running view depends on the definitions.
    pub fn entity(self, id: EntityId) -> Option<Arc<Entity>> {
        self.inner().triggers.track_definitions();
        self.ask(|state| state.entity(id).cloned())
    }

    /// All entities in their order; the running view depends on the definitions.
    pub fn entities(self) -> Vec<Arc<Entity>> {
        self.inner().triggers.track_definitions();
        let mut entities = self.ask(Reader::entities);
        // Those without an order stay as they are: by their ids.
        entities.sort_by_key(|entity| (entity.order.is_none(), entity.order));
        entities
    }

    /// All definitions; the running view depends on them.
    pub fn definitions(self) -> Vec<Definition> {
        self.inner().triggers.track_definitions();
        self.ask(Reader::all_definitions)
    }

    /// The settings of the workspace, once there are any; the running view depends on the definitions.
    pub fn workspace(self) -> Option<Arc<Workspace>> {
        self.inner().triggers.track_definitions();
        self.ask(|state| state.workspace().cloned())
    }

    /// The name of a record; the running view depends on the record.
    pub fn title(self, id: RecordId) -> String {
        self.inner().triggers.track_record(id);
        self.ask(|state| title(state, id))
    }

    /// The language of the interface, not tracked.
    pub fn language(self) -> Language {
        self.inner().preferences.language.get_untracked()
    }

    /// What converting a record would come to; the running view depends on the record.
    pub fn propose_conversion(self, record: RecordId) -> Result<Proposal, Rejection> {
        self.inner().triggers.track_record(record);
        let (context, blueprint) = (self.context(), self.inner().blueprint.borrow().clone());
        self.ask(|state| command::propose(state, &blueprint, record, &context))
    }

    /// What commands and formulas are told about the world at this moment.
    pub fn context(self) -> Context {
        self.inner().platform.context(self.inner().preferences.actor.get_untracked())
    }

    /// Now; for showing, not for deciding.
    pub fn now(self) -> Instant {
        self.inner().platform.now()
    }

    /// The user's time zone.
    pub fn zone(self) -> Zone {
        self.inner().platform.zone()
    }

    /// How weeks, quarters and years are reckoned; the running view depends on the definitions.
    pub fn reckoning(self) -> Reckoning {
        self.inner().triggers.track_definitions();
        self.ask(Reader::reckoning)
    }

    /// The day that it is here; for showing, not for deciding.
    pub fn today(self) -> Date {
        self.now().local(self.zone()).date()
    }

    /// Carries a command out, or says why not; then nothing has changed.
    pub fn dispatch(self, command: Command) -> Result<Done, Rejection> {
        self.dispatch_in(command, None)
    }

    /// Carries out a command that is a part of a longer piece of work.
    pub fn dispatch_in(self, command: Command, batch: Option<BatchId>) -> Result<Done, Rejection> {
        let mut context = self.context();
        let kept = context.clone();
        let outcome = {
            let state = self.inner().state.borrow();
            let blueprint = self.inner().blueprint.borrow().clone();
            command::decide(&state, &blueprint, &command, &mut context)?
        };
        let cause = command.cause();
        Ok(self.conclude(outcome, cause, batch, context, Ask::Command { command, context: kept }))
    }

    /// Applies what was decided, notes it for undo and queues it for the disk.
    pub(super) fn conclude(
        self,
        outcome: Outcome,
        cause: Cause,
        batch: Option<BatchId>,
        mut context: Context,
        ask: Ask,
    ) -> Done {
        let withheld = outcome.withheld();
        self.say_left_out(&outcome.left_out);
        let Outcome { changes, subject, notices, refused, taken, .. } = outcome;
        let has_changed = &self.inner().has_changed;
        has_changed.set(!changes.is_empty() || (batch.is_some() && has_changed.get()));
        if changes.is_empty() {
            return Done { subject, notices, refused, taken, turned: Vec::new(), saved: Saved::already() };
        }
        let commit = Arc::new(Commit { withheld, ..context.sign(changes, cause, batch) });
        self.retire_toasts(&commit);
        self.say_withheld(&commit);
        self.apply(std::slice::from_ref(&commit));
        if batch.is_none() {
            // Whatever longer is under way, what somebody does is seen at once.
            self.inner().triggers.wake_now();
        }
        self.inner().history.borrow_mut().note(&commit);
        self.announce_history();
        let saved = self.write(commit, ask);
        Done { subject, notices, refused, taken, turned: Vec::new(), saved }
    }

    /// Brings commits into the state and wakes the views, once for all of them.
    pub(super) fn apply(self, commits: &[Arc<Commit>]) {
        let mut touched = Touched::default();
        {
            let mut state = self.inner().state.borrow_mut();
            for commit in commits {
                touched.note(&state, &commit.changes);
                state.apply_all(&commit.changes);
            }
        }
        self.woken(&touched);
    }

    /// Brings bare changes into the state without waking anybody.
    pub(super) fn apply_quietly(self, changes: &[Change], touched: &mut Touched) {
        let mut state = self.inner().state.borrow_mut();
        touched.note(&state, changes);
        state.apply_all(changes);
    }

    pub(super) fn woken(self, touched: &Touched) {
        if touched.has_definitions() {
            self.recompile();
        }
        self.inner().triggers.wake(touched);
    }

    /// Compiles the definitions anew. They are checked before they are kept, so none is wrong but in a damaged workspace or one of
    /// another version; those are left out and named.
    pub(super) fn recompile(self) {
        let zone = self.ask(|state| state.workspace().and_then(|workspace| workspace.zone.clone()));
        self.inner().platform.choose_zone(zone);
        let (blueprint, wrong) = self.ask(|state| Blueprint::compile_sound(state));
        *self.inner().blueprint.borrow_mut() = Rc::new(blueprint);
        let banner = &self.inner().banner;
        if wrong.is_empty() {
            if matches!(banner.get_untracked(), Some(Banner::LeftOut(_))) {
                banner.set(None);
            }
            return;
        }
        leptos::logging::warn!("some definitions do not compile: {wrong:?}");
        let mut names: Vec<String> = self.ask(|state| {
            let name = |id: DefinitionId| definition_label(state, id, self.language());
            wrong.iter().filter_map(|wrong| wrong.at.definition).map(name).collect()
        });
        names.sort_unstable();
        names.dedup();
        banner.set(Some(Banner::LeftOut(names)));
    }

    /// Says that a rule could not do all that it should; of longer work the timelines tell.
    fn say_withheld(self, commit: &Commit) {
        if let (Some(first), None) = (commit.withheld.first(), commit.batch) {
            let rule = self.ask(|state| definition_label(state, first.rule, self.language()));
            self.warn("toast-withheld", vec![("rule", rule)], ToastAction::Open(first.record));
        }
    }

    /// Says what an undoing could not bring back.
    pub(super) fn say_left_out(self, left_out: &[Diagnostic]) {
        if let Some(first) = left_out.first() {
            let action = first.at.record.map_or(ToastAction::None, ToastAction::Open);
            self.warn_of(first, action);
        }
    }

    pub(super) fn announce_history(self) {
        let can = self.inner().history.borrow().can();
        if self.inner().can_undo.get_untracked() != can {
            self.inner().can_undo.set(can);
        }
    }

    /// Shows a short message about something done. Undo is offered where the step before has changed anything: else it would take
    /// back the step before that.
    pub fn toast(self, key: &'static str, arguments: Vec<(&'static str, String)>, action: ToastAction) {
        let action = match action {
            ToastAction::Undo | ToastAction::UndoOrOpen(_) if !self.inner().has_changed.get() => ToastAction::None,
            action => action,
        };
        self.push_toast(Tone::Done, key.to_owned(), owned(arguments), Vec::new(), action);
    }

    /// Shows a short message about something that was refused, failed or left out.
    pub fn warn(self, key: &'static str, arguments: Vec<(&'static str, String)>, action: ToastAction) {
        self.push_toast(Tone::Warning, key.to_owned(), owned(arguments), Vec::new(), action);
    }

    /// Shows a short message about what was done.
    pub(super) fn toast_deed(self, key: &'static str, deed: Vec<Arc<Commit>>, action: ToastAction) {
        self.push_toast(Tone::Done, key.to_owned(), Vec::new(), deed, action);
    }

    /// Takes away the messages that offer to undo the last step: it is not the last any more.
    pub(super) fn retire_toasts(self, commit: &Commit) {
        let turns = |toast: &Toast| match toast.action {
            ToastAction::Undo | ToastAction::Redo | ToastAction::UndoOrOpen(_) => true,
            ToastAction::None | ToastAction::Open(_) => false,
        };
        let toasts = &self.inner().toasts;
        if !matches!(commit.cause, Cause::Tick { .. } | Cause::CountTraffic { .. })
            && toasts.with_untracked(|toasts| toasts.iter().any(turns))
        {
            toasts.update(|toasts| toasts.retain(|toast| !turns(toast)));
        }
    }

    /// Shows why something was refused.
    pub fn toast_rejection(self, rejection: &Rejection) {
        if let Some(first) = rejection.diagnostics.first() {
            self.warn_of(first, ToastAction::None);
        }
    }

    fn warn_of(self, wrong: &Diagnostic, action: ToastAction) {
        let key = format!("error-{}", wrong.code.as_str());
        self.push_toast(Tone::Warning, key, wrong.arguments.clone(), Vec::new(), action);
    }

    fn push_toast(
        self,
        tone: Tone,
        key: String,
        arguments: Vec<(String, String)>,
        deed: Vec<Arc<Commit>>,
        action: ToastAction,
    ) {
        let id = self.inner().next_toast.get() + 1;
        self.inner().next_toast.set(id);
        self.inner().toasts.update(|toasts| {
            toasts.push(Toast { id, tone, key, arguments, deed, action });
            // More than three at once are noise.
            while toasts.len() > 3 {
                toasts.remove(0);
            }
        });
    }

    /// Takes the messages away that belong to a place that is left: all but warnings, and those that offer to undo.
    pub fn dismiss_passing(self) {
        let is_passing = |toast: &Toast| {
            toast.tone == Tone::Done && matches!(toast.action, ToastAction::None | ToastAction::Open(_))
        };
        let toasts = &self.inner().toasts;
        if toasts.with_untracked(|toasts| toasts.iter().any(is_passing)) {
            toasts.update(|toasts| toasts.retain(|toast| !is_passing(toast)));
        }
    }

    /// Takes a short message away.
    pub fn dismiss(self, toast: u32) {
        self.inner().toasts.update(|toasts| toasts.retain(|other| other.id != toast));
    }
}

fn owned(arguments: Vec<(&'static str, String)>) -> Vec<(String, String)> {
    arguments.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

impl Inner {
    pub(super) fn new(state: State, writer: Writer, platform: Platform, preferences: Preferences) -> Self {
        let today = platform.now().local(platform.zone()).date();
        Inner {
            day: ArcRwSignal::new(today),
            ticked: Cell::new(None),
            state: RefCell::new(state),
            blueprint: RefCell::new(Rc::new(Blueprint::default())),
            triggers: Triggers::default(),
            history: RefCell::new(History::default()),
            writer,
            platform,
            preferences,
            save_state: ArcRwSignal::new(SaveState::Saved),
            banner: ArcRwSignal::new(None),
            toasts: ArcRwSignal::new(Vec::new()),
            can_undo: ArcRwSignal::new((false, false)),
            next_toast: Cell::new(0),
            has_changed: Cell::new(false),
            search: Search::default(),
        }
    }
}

/// The name of a record, whatever kind its title field is; its number where it has none.
pub fn title(reader: &dyn Reader, id: RecordId) -> String {
    let Some(record) = reader.record(id) else {
        return String::new();
    };
    let Some(entity) = reader.entity(record.entity) else {
        return String::new();
    };
    match record.value(entity.title).as_text() {
        Some(text) => text.to_owned(),
        None => record.value(entity.title).as_number().map(|number| number.to_string()).unwrap_or_default(),
    }
}

/// What people call a definition; its id where it is gone.
pub fn definition_label(reader: &dyn Reader, id: DefinitionId, language: Language) -> String {
    reader
        .definition(id)
        .map_or_else(|| id.as_str().to_owned(), |definition| definition.label().text(language).to_owned())
}
