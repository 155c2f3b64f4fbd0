//! A record as it was: the moments at which it changed, its values at one of them, and the way to bring them back.

use std::sync::Arc;

use chrono::NaiveTime;
use leptos::prelude::*;

use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::command::history;
use crate::engine::past;
use crate::model::change::Commit;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{CommitId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::time::{Date, Instant};
use crate::model::value::Value;
use crate::ui::field::{DayInput, show};
use crate::ui::format;
use crate::ui::part::{Art, Empty, MenuItem, MenuRow, icon, unique_id};
use crate::ui::route::{Route, go, replace, use_route};
use crate::ui::sentence;
use crate::ui::text::{label, t, tr};

/// Moments that are listed at first.
const FEW: usize = 60;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Past {
    app: App,
    entity: EntityId,
    id: RecordId,
    commits: RwSignal<Option<Arc<Vec<Arc<Commit>>>>>,
    /// The moment that is looked at.
    chosen: Memo<Option<Moment>>,
}

/// The moments beside one: the later and the earlier.
type Neighbours = (Option<CommitId>, Option<CommitId>);

/// A moment of a record's life.
#[derive(Clone)]
struct Moment {
    commit: Arc<Commit>,
    /// How the record stood then; nothing where it was not there.
    then: Option<Arc<Record>>,
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.commit.id == other.commit.id && self.then == other.then
    }
}

impl Past {
    /// The past of a record.
    pub fn new(app: App, entity: EntityId, id: RecordId) -> Self {
        let commits = RwSignal::new(None::<Arc<Vec<Arc<Commit>>>>);
        // The log is asked again whenever the record has changed.
        Effect::new(move |_| {
            app.track_record(id);
            app.commits_of(id, move |found| {
                commits.try_set(Some(Arc::new(found)));
            });
        });
        let route = use_route();
        let after = Memo::new(move |_| match route.get() {
            Route::Past { after, .. } => after,
            _ => None,
        });
        let chosen = Memo::new(move |_| {
            let commits = commits.get()?;
            let now = app.record(id);
            // Where no moment is asked for, it is the last at which the record was another than now.
            let earlier = if now.is_some() { 1 } else { 0 };
            let first = commits.get(earlier).or(commits.last()).map(|commit| commit.id);
            let wanted = after.get().filter(|after| commits.iter().any(|commit| commit.id == *after)).or(first)?;
            let seen = |id_of: CommitId| past::as_of(id, now.as_deref(), &commits, id_of).map(Arc::new);
            let commit = commits.iter().find(|commit| commit.id == wanted)?.clone();
            let then = seen(commit.id);
            // Of a record that is gone, the commit that removed it shows nothing: the one before does.
            let (commit, then) = match (then, after.get()) {
                (None, None) => {
                    let last = commits.iter().find(|commit| seen(commit.id).is_some())?.clone();
                    let then = seen(last.id);
                    (last, then)
                }
                (then, _) => (commit, then),
            };
            Some(Moment { commit, then })
        });
        Past { app, entity, id, commits, chosen }
    }

    fn go(self, after: CommitId) {
        replace(&Route::Past { entity: self.entity, id: self.id, after: Some(after) });
    }

    /// The moments beside the one that is looked at.
    fn neighbours(self) -> Neighbours {
        let chosen = self.chosen.get().map(|moment| moment.commit.id);
        let commits = self.commits.get().unwrap_or_default();
        let Some(at) = commits.iter().position(|commit| Some(commit.id) == chosen) else { return (None, None) };
        let id = |at: Option<usize>| at.and_then(|at| commits.get(at)).map(|commit| commit.id);
        (id(at.checked_sub(1)), id(at.checked_add(1)))
    }
}

/// The row of a record's menu that leads here.
pub fn menu_row(entity: EntityId, id: RecordId) -> MenuRow {
    let open = move || go(&Route::Past { entity, id, after: None });
    MenuRow::Item(MenuItem::new(t("past-open"), open).icon("history"))
}

/// What the record is called, or was.
pub fn name(past: Past) -> Memo<String> {
    Memo::new(move |_| {
        let now = past.app.title(past.id);
        let then = past.chosen.get().and_then(|moment| moment.then);
        let was = then.map(|record| sentence::name_of(past.app, &record)).unwrap_or_else(|| t("history-nameless"));
        if now.is_empty() { was } else { now }
    })
}

/// Which moment it is, and what can be done with it.
pub fn banner(past: Past) -> AnyView {
    let app = past.app;
    let is_now = Memo::new(move |_| {
        let newest = past.commits.with(|commits| commits.as_ref()?.first().map(|commit| commit.id));
        newest.is_some() && newest == past.chosen.get().map(|moment| moment.commit.id)
    });
    let says = move || {
        past.chosen.get().map(|Moment { commit, .. }| {
            let commits = [commit.clone()];
            let (who, what) = (sentence::who(app, &commits), sentence::say(app, &commits));
            view! {
                <p>
                    <b>{tr("past-as-of", [("when", format::instant(commit.made()).into())])}</b>
                    <span>{tr("past-after", [("who", who.into()), ("what", what.into())])}</span>
                </p>
            }
        })
    };
    let step = move |key: &'static str, picture: &'static str, pick: fn(Neighbours) -> Option<CommitId>| {
        let to = Memo::new(move |_| pick(past.neighbours()));
        view! {
            <button
                class="button button--small"
                type="button"
                aria-disabled=move || to.get().is_none().then_some("true")
                on:click=move |_| if let Some(to) = to.get_untracked() { past.go(to) }
            >
                {icon(picture)}
                {t(key)}
            </button>
        }
        .into_any()
    };
    let day = Signal::derive(move || {
        let zone = app.zone();
        past.chosen.get().map(|moment| moment.commit.made().local(zone).date())
    });
    let choose_day = Callback::new(move |day: Option<Date>| {
        let Some(day) = day else { return };
        let commits = past.commits.get_untracked().unwrap_or_default();
        let end =
            day.succ_opt().map(|next| Instant::from_local(next.and_time(NaiveTime::MIN), app.zone()).plus_millis(-1));
        // Before its first day there is nothing to see: the first is as near as one can come.
        let first = commits.last().map(|commit| commit.id);
        if let Some(after) = end.and_then(|end| past::last_before(&commits, end)).or(first) {
            past.go(after);
        }
    });
    let day_id = unique_id("past-day");
    let restore = move |_| {
        let Some(then) = past.chosen.get_untracked().and_then(|moment| moment.then) else { return };
        let values = app.ask(|state| {
            let (entity, now) = (state.entity(past.entity)?, state.record(past.id)?);
            Some(history::restoring(state, entity, now, &then))
        });
        let Some(values) = values else { return };
        if values.is_empty() {
            return app.warn("past-nothing-to-restore", Vec::new(), ToastAction::None);
        }
        let count = values.len().to_string();
        match app.dispatch(Command::UpdateRecord { record: past.id, values }) {
            Ok(_) => {
                app.toast("past-restored", vec![("count", count)], ToastAction::Undo);
                go(&Route::Record { entity: past.entity, id: past.id });
            }
            Err(rejection) => app.toast_rejection(&rejection),
        }
    };
    let can_restore = Memo::new(move |_| {
        app.record(past.id).is_some() && !is_now.get() && past.chosen.get().is_some_and(|moment| moment.then.is_some())
    });
    view! {
        <div class="past__banner" role="status">
            {icon("history")}
            {says}
        </div>
        <div class="page__bar past__bar">
            {step("past-earlier", "chevron-left", |(_, earlier)| earlier)}
            {step("past-later", "chevron-right", |(later, _)| later)}
            <div class="history__day-pick">
                <label for=day_id.clone()>{t("past-day")}</label>
                <DayInput id=day_id value=day changed=choose_day/>
            </div>
            <span class="push"></span>
            {move || can_restore.get().then(|| view! {
                <button class="button button--primary" type="button" on:click=restore>{icon("archive-restore")}{t("past-restore")}</button>
            })}
        </div>
    }
    .into_any()
}

/// The values as they were, and the moments beside them.
pub fn body(past: Past) -> AnyView {
    let main = move || {
        let Some(commits) = past.commits.get() else {
            return view! { <p class="quiet" role="status">{t("history-reading")}</p> }.into_any();
        };
        if commits.is_empty() {
            return view! { <Empty art=Art::Torn title=t("past-none") say=t("past-none-say")/> }.into_any();
        }
        match past.chosen.get() {
            Some(Moment { then: Some(then), .. }) => facts(past, &then),
            Some(_) | None => {
                view! { <Empty art=Art::Search title=t("past-not-there") say=t("past-not-there-say")/> }.into_any()
            }
        }
    };
    view! {
        <div class="past">
            <div class="past__main record">{main}</div>
            <aside class="past__aside" aria-label=t("past-moments")>
                <h2>{t("past-moments")}</h2>
                {moments(past)}
            </aside>
        </div>
    }
    .into_any()
}

fn facts(past: Past, then: &Record) -> AnyView {
    let app = past.app;
    let Some(entity) = app.entity(past.entity) else { return ().into_any() };
    let now = app.record(past.id);
    let differing: Vec<FieldId> = now.as_deref().map(|now| past::differing(&entity, then, now)).unwrap_or_default();
    let say = match (now.is_some(), differing.len()) {
        (false, _) => t("past-gone"),
        (true, 0) => t("past-as-now"),
        (true, count) => tr("past-differs", [("count", count.into())]),
    };
    let groups: Vec<AnyView> = sections(app, &entity)
        .into_iter()
        .map(|(name, fields)| {
            let facts: Vec<AnyView> = fields
                .iter()
                .map(|field| {
                    let now = now.as_ref().filter(|_| differing.contains(&field.id)).map(|now| now.value(field.id));
                    fact(app, &entity, field, then.value(field.id), now)
                })
                .collect();
            view! {
                <details class="group" open=true>
                    <summary>{icon("chevron-down")}<h2>{name}</h2></summary>
                    <div class="facts" role="list">{facts}</div>
                </details>
            }
            .into_any()
        })
        .collect();
    view! { <p class="past__say">{say}</p>{groups} }.into_any()
}

/// The groups of fields as the layout says, and after them what it leaves out.
fn sections(app: App, entity: &Entity) -> Vec<(String, Vec<Field>)> {
    let layout = app.ask(|state| match state.definition(Definition::layout_id(entity.id)) {
        Some(Definition::Layout(layout)) => Some(layout.clone()),
        _ => None,
    });
    let is_shown = |field: &&Field| field.is_stored();
    let mut sections: Vec<(String, Vec<Field>)> = Vec::new();
    for section in layout.iter().flat_map(|layout| &layout.sections) {
        let fields = section.fields.iter().filter_map(|id| entity.field(*id)).filter(is_shown).cloned();
        sections.push((label(&section.label), fields.collect()));
    }
    let listed: Vec<FieldId> = sections.iter().flat_map(|(_, fields)| fields.iter().map(|field| field.id)).collect();
    let rest: Vec<Field> =
        entity.fields.iter().filter(is_shown).filter(|field| !listed.contains(&field.id)).cloned().collect();
    let name = if sections.is_empty() { label(&entity.label) } else { t("past-rest") };
    sections.push((name, rest));
    sections.retain(|(_, fields)| !fields.is_empty());
    sections
}

fn fact(app: App, entity: &Entity, field: &Field, then: &Value, now: Option<&Value>) -> AnyView {
    let shown = |value: &Value| match value {
        Value::Empty => view! { <span class="quiet">{t("history-blank")}</span> }.into_any(),
        value => show(app, entity, field, value),
    };
    let class = if now.is_some() { "fact past__fact--other" } else { "fact" };
    let other = now.map(|now| view! { <small class="past__now"><span>{t("history-now")}</span>{shown(now)}</small> });
    view! {
        <div class=class role="listitem">
            <span class="fact__label">{label(&field.label)}</span>
            <div class="fact__box"><div class="fact__value">{shown(then)}</div>{other}</div>
        </div>
    }
    .into_any()
}

fn moments(past: Past) -> AnyView {
    let most = RwSignal::new(FEW);
    let app = past.app;
    let rows = move || {
        let commits = past.commits.get().unwrap_or_default();
        let chosen = past.chosen.get().map(|moment| moment.commit.id);
        let rows: Vec<AnyView> = commits
            .iter()
            .take(most.get())
            .map(|commit| {
                let (id, step) = (commit.id, [commit.clone()]);
                let (who, what) = (sentence::who(app, &step), sentence::say(app, &step));
                let when = commit.made();
                view! {
                    <li>
                        <button
                            class="past__moment"
                            type="button"
                            aria-current=(chosen == Some(id)).then_some("step")
                            on:click=move |_| past.go(id)
                        >
                            <time datetime=when.to_string()>{format::instant(when)}</time>
                            <span><b>{who}</b>" "{what}</span>
                        </button>
                    </li>
                }
                .into_any()
            })
            .collect();
        let left = commits.len().saturating_sub(most.get());
        let more = (left > 0).then(|| {
            view! {
                <button class="button button--link" type="button" on:click=move |_| most.update(|most| *most += FEW)>
                    {tr("timeline-more", [("count", left.into())])}
                </button>
            }
        });
        view! { <ol>{rows}</ol>{more} }.into_any()
    };
    rows.into_any()
}
