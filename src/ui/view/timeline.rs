//! The timeline of a record: who changed what, when, and which rule did it.

use std::sync::Arc;

use leptos::prelude::*;

use super::why::{why_lines, why_list};
use crate::app::{App, definition_label};
use crate::engine::formula::Scope;
use crate::engine::rule;
use crate::model::change::{Cause, CauseKind, Change, Commit, FieldChange, Source};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{DefinitionId, EntityId, RecordId};
use crate::model::state::Reader;
use crate::model::time::{Date, Instant};
use crate::ui::field::show_in_cell;
use crate::ui::format;
use crate::ui::part::{avatar_styled, icon, icon_styled};
use crate::ui::sentence;
use crate::ui::text::{diagnostic, label, language, t, tr};

/// Changes of one entry that are shown at once.
const FEW: usize = 6;
/// Entries that are drawn at first.
const PAGE: usize = 40;

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    All,
    People,
    Automation,
}

/// What one author did to the record in one commit.
#[derive(Clone)]
struct Entry {
    at: Instant,
    author: Author,
    deed: Deed,
}

#[derive(Clone)]
enum Author {
    /// A person, or nobody yet.
    Person(Option<RecordId>),
    /// A rule or another definition.
    Definition(DefinitionId),
    /// A pack that brought its records along.
    Pack(Source),
    /// Nobody: fields that are computed from others.
    Computing,
}

#[derive(Clone)]
enum Deed {
    /// It came to be; from where, if a pack brought it.
    Created(CauseKind, Option<Source>),
    Removed,
    Changed(Vec<FieldChange>, CauseKind),
    /// What a rule could not do, by the entity whose fields are spoken of.
    Withheld(EntityId, Vec<Diagnostic>),
}

/// What happened to a record, the newest first.
#[component]
pub fn Timeline(
    /// The record.
    id: RecordId,
) -> impl IntoView {
    let app = expect_context::<App>();
    let commits = RwSignal::new(None::<Vec<Arc<Commit>>>);
    let shown = RwSignal::new(Shown::All);
    let most = RwSignal::new(PAGE);
    // The log is asked again whenever the record has changed; an answer that comes too late finds nobody.
    Effect::new(move |_| {
        app.track_record(id);
        app.commits_of(id, move |found| {
            let _ = commits.try_set(Some(found));
        });
    });
    let tool = move |what: Shown, key: &'static str| {
        view! {
            <button
                class="tab"
                type="button"
                aria-pressed=move || (shown.get() == what).to_string()
                on:click=move |_| shown.set(what)
            >
                {t(key)}
            </button>
        }
    };
    let list = move || {
        let Some(commits) = commits.get() else {
            return view! { <p class="quiet" role="status">{t("timeline-loading")}</p> }.into_any();
        };
        let mut entries: Vec<Entry> = commits.iter().flat_map(|commit| entries(app, commit, id)).collect();
        entries.retain(|entry| match shown.get() {
            Shown::All => true,
            Shown::People => matches!(entry.author, Author::Person(_)),
            Shown::Automation => matches!(entry.author, Author::Definition(_) | Author::Computing),
        });
        if entries.is_empty() {
            return view! { <p class="quiet">{t("timeline-empty")}</p> }.into_any();
        }
        let left = entries.len().saturating_sub(most.get());
        entries.truncate(most.get());
        let more = (left > 0).then(|| {
            view! {
                <button class="button button--link" type="button" on:click=move |_| most.update(|most| *most += PAGE)>
                    {tr("timeline-more", [("count", left.into())])}
                </button>
            }
        });
        view! { {days(app, id, entries)}{more} }.into_any()
    };
    view! {
        <div class="timeline">
            <div class="timeline__tools" role="group" aria-label=t("timeline-show")>
                {tool(Shown::All, "timeline-all")}
                {tool(Shown::People, "timeline-people")}
                {tool(Shown::Automation, "timeline-automation")}
            </div>
            {list}
        </div>
    }
    .into_any()
}

/// What a commit did to a record, one entry for each author; within a commit the last comes first as well.
fn entries(app: App, commit: &Commit, id: RecordId) -> Vec<Entry> {
    let at = commit.made();
    let kind = commit.cause.kind();
    let source = match &commit.cause {
        Cause::AddRecords { source, .. } => source.clone(),
        _ => None,
    };
    let author = |by: &Option<DefinitionId>| match (by, commit.actor, &source) {
        (Some(definition), _, _) => Author::Definition(*definition),
        (None, None, Some(source)) => Author::Pack(source.clone()),
        (None, actor, _) => Author::Person(actor),
    };
    let mut found = Vec::new();
    for change in commit.changes.iter().filter(|change| change.record().is_some_and(|(record, _)| record == id)) {
        let (by, deed) = match change {
            Change::Created { by, .. } => (author(by), Deed::Created(kind, source.clone())),
            // What a pack's records add up to tells nothing that somebody did.
            Change::Updated { by: None, .. } if source.is_some() => continue,
            Change::Updated { entity, fields, by: None, .. } if is_computed(app, *entity, fields) => {
                (Author::Computing, Deed::Changed(fields.clone(), kind))
            }
            Change::Updated { fields, by, .. } => (author(by), Deed::Changed(fields.clone(), kind)),
            Change::Removed { .. } => (author(&None), Deed::Removed),
            Change::Defined { .. } | Change::Remembered { .. } => continue,
        };
        found.push(Entry { at, author: by, deed });
    }
    for withheld in commit.withheld.iter().filter(|withheld| withheld.record == id) {
        let deed = Deed::Withheld(withheld.entity, withheld.wrong.clone());
        found.push(Entry { at, author: Author::Definition(withheld.rule), deed });
    }
    found.reverse();
    found
}

/// Whether all these fields are computed from others.
fn is_computed(app: App, entity: EntityId, fields: &[FieldChange]) -> bool {
    app.ask(|state| {
        let Some(entity) = state.entity(entity) else { return false };
        fields.iter().all(|change| entity.field(change.field).is_some_and(Field::is_computed))
    })
}

fn days(app: App, id: RecordId, entries: Vec<Entry>) -> AnyView {
    let (today, zone, now) = (app.today(), app.zone(), app.now());
    let entity = app.record(id).and_then(|record| app.entity(record.entity));
    let mut days: Vec<(Date, Vec<AnyView>)> = Vec::new();
    for entry in entries {
        let day = entry.at.local(zone).date();
        let drawn = draw(app, id, entity.as_deref(), &entry, now);
        match days.last_mut() {
            Some((last, list)) if *last == day => list.push(drawn),
            _ => days.push((day, vec![drawn])),
        }
    }
    let days: Vec<AnyView> = days
        .into_iter()
        .map(|(day, list)| {
            let name = match (today - day).num_days() {
                0 => t("timeline-today"),
                1 => t("timeline-yesterday"),
                _ => format::date(day, today),
            };
            view! { <h3 class="timeline__day">{name}</h3><ol class="timeline__list">{list}</ol> }.into_any()
        })
        .collect();
    days.into_any()
}

fn draw(app: App, id: RecordId, entity: Option<&Entity>, entry: &Entry, now: Instant) -> AnyView {
    let (mark, class, who) = match &entry.author {
        Author::Person(person) => {
            let name = person.map(|person| app.title(person)).filter(|name| !name.is_empty());
            let mark = match &name {
                Some(name) => avatar_styled(name, "avatar avatar--24"),
                None => icon("user"),
            };
            (mark, "entry__mark", name.unwrap_or_else(|| t("timeline-somebody")))
        }
        Author::Definition(definition) => {
            let name = app.ask(|state| definition_label(state, *definition, language()));
            (icon("split"), "entry__mark entry__mark--rule", name)
        }
        Author::Pack(source) => {
            let name = tr("history-pack", [("name", sentence::pack_name(source).into())]);
            (icon("package"), "entry__mark", name)
        }
        Author::Computing => (icon("refresh-cw"), "entry__mark", t("timeline-computing")),
    };
    let is_rule = matches!(entry.author, Author::Definition(_));
    let (deed, changes) = match &entry.deed {
        Deed::Created(kind, source) => (made(*kind, source.as_ref(), &entry.author), None),
        Deed::Removed => (t("timeline-removed"), None),
        Deed::Withheld(entity, wrong) => (t("timeline-withheld"), Some(reasons(app, *entity, wrong))),
        Deed::Changed(fields, reason) => {
            let deed = match reason {
                CauseKind::Time => t("timeline-day"),
                _ if matches!(entry.author, Author::Computing) => t("timeline-followed"),
                CauseKind::Edit | CauseKind::Design | CauseKind::Whole => changed(entity, fields),
                CauseKind::Intake => t("timeline-imported"),
                CauseKind::Undo => t("timeline-undid"),
                CauseKind::Redo => t("timeline-redid"),
                CauseKind::Merge => t("timeline-merged"),
            };
            (deed, Some(changes(app, entity, fields)))
        }
    };
    let why = match &entry.author {
        Author::Definition(definition) => {
            let own = if let Deed::Changed(fields, _) = &entry.deed { fields.as_slice() } else { &[] };
            why(app, id, *definition, own.to_vec())
        }
        Author::Person(_) | Author::Pack(_) | Author::Computing => None,
    };
    let at = entry.at;
    view! {
        <li class="entry">
            <span class=class>{mark}</span>
            <div class="entry__body">
                <p class="entry__line">
                    {is_rule.then(|| view! { {t("timeline-rule")}" " })}
                    <b>{who}</b>
                    " "
                    {deed}
                    <time datetime=at.to_string() title=format::instant(at)>{format::relative(at, now)}</time>
                </p>
                {changes}
                {why}
            </div>
        </li>
    }
    .into_any()
}

fn reasons(app: App, entity: EntityId, wrong: &[Diagnostic]) -> AnyView {
    let entity = app.entity(entity);
    let name = |field| Some(label(&entity.as_ref()?.field(field)?.label));
    let lines: Vec<AnyView> = wrong
        .iter()
        .map(|wrong| {
            let name = wrong.at.field.and_then(name).unwrap_or_default();
            // The sentence for a form asks to fill in what a rule was about to empty.
            let why = match wrong.code {
                Code::MissingRequired => t("timeline-would-be-blank"),
                _ => diagnostic(wrong),
            };
            view! { <dl class="change"><dt>{name}</dt><dd>{why}</dd></dl> }.into_any()
        })
        .collect();
    lines.into_any()
}

/// How the record came to be, in a sentence without its subject.
fn made(kind: CauseKind, source: Option<&Source>, author: &Author) -> String {
    if let Some(source) = source {
        let key = match (source.sample, author) {
            (true, Author::Pack(_)) => "timeline-brought-sample",
            (false, Author::Pack(_)) => "timeline-brought",
            (true, _) => "timeline-added-sample",
            (false, _) => "timeline-added",
        };
        return tr(key, [("name", sentence::pack_name(source).into())]);
    }
    match kind {
        CauseKind::Edit | CauseKind::Design | CauseKind::Time => t("timeline-created"),
        CauseKind::Intake => t("timeline-created-import"),
        CauseKind::Whole => t("timeline-created-snapshot"),
        CauseKind::Undo | CauseKind::Redo => t("timeline-created-again"),
        CauseKind::Merge => t("timeline-created-merge"),
    }
}

fn changed(entity: Option<&Entity>, fields: &[FieldChange]) -> String {
    let known: Vec<&Field> =
        fields.iter().filter_map(|change| entity.and_then(|entity| entity.field(change.field))).collect();
    match known.as_slice() {
        [one] => tr("timeline-changed-one", [("field", label(&one.label).into())]),
        _ => tr("timeline-changed", [("count", fields.len().into())]),
    }
}

fn changes(app: App, entity: Option<&Entity>, fields: &[FieldChange]) -> AnyView {
    let Some(entity) = entity else { return ().into_any() };
    let mut drawn: Vec<AnyView> = fields
        .iter()
        .filter_map(|change| entity.field(change.field).map(|field| change_view(app, entity, field, change)))
        .collect();
    let rest = if drawn.len() > FEW { drawn.split_off(FEW) } else { Vec::new() };
    let count = rest.len();
    view! {
        {drawn}
        {(count > 0)
            .then(|| {
                view! {
                    <details class="why">
                        <summary>{tr("timeline-more-changes", [("count", count.into())])}{icon("chevron-down")}</summary>
                        {rest}
                    </details>
                }
            })}
    }
    .into_any()
}

fn change_view(app: App, entity: &Entity, field: &Field, change: &FieldChange) -> AnyView {
    let blank = || view! { <span class="quiet">{t("why-blank")}</span> }.into_any();
    let shown = |value: &crate::model::value::Value| {
        if value.is_empty() { blank() } else { show_in_cell(app, entity, field, value) }
    };
    view! {
        <dl class="change">
            <dt>{label(&field.label)}</dt>
            <dd class="change__before"><span class="sr-only">{t("timeline-before")}" "</span>{shown(&change.before)}</dd>
            <dd aria-hidden="true" class="change__arrow">{icon_styled("arrow-right", "icon icon--14")}</dd>
            <dd class="change__after"><span class="sr-only">{t("timeline-after")}" "</span>{shown(&change.after)}</dd>
        </dl>
    }
    .into_any()
}

/// Why a rule ran: its condition, explained on the record as it stands now, but for what the rule itself has changed.
fn why(app: App, id: RecordId, definition: DefinitionId, own: Vec<FieldChange>) -> Option<AnyView> {
    let rule = app.ask(|state| match state.definition(definition) {
        Some(Definition::Rule(rule)) => Some(rule.clone()),
        _ => None,
    })?;
    let explain = move || {
        let record = app.record(id)?;
        let context = app.context();
        let explanation = app.ask(|state| {
            let clock = context.clock(state);
            let scope = Scope { reader: state, record: &record, before: None, clock: &clock, language: language() };
            rule::explain(&rule, &scope, &own)
        })?;
        let lines = why_lines(app, rule.entity, &explanation);
        if lines.is_empty() {
            return Some(view! { <p>{t("timeline-why-always")}</p> }.into_any());
        }
        Some(view! { {why_list(lines)}<p>{t("timeline-why-now")}</p> }.into_any())
    };
    let is_open = RwSignal::new(false);
    Some(
        view! {
            <details class="why" on:toggle=move |_| is_open.update(|open| *open = !*open)>
                <summary>{icon("circle-question-mark")}{t("timeline-why")}{icon("chevron-down")}</summary>
                <div class="why__box">{move || is_open.get().then(&explain)}</div>
            </details>
        }
        .into_any(),
    )
}
