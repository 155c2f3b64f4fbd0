//! What commits did to a record: who changed what, when, and which rule did it, as entries of its stream.

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
use crate::model::time::Instant;
use crate::ui::field::{plain, show_in_cell};
use crate::ui::format;
use crate::ui::part::{avatar_styled, icon, icon_styled};
use crate::ui::sentence;
use crate::ui::text::{diagnostic, label, language, t, tr};

/// Changes of one entry that are shown at once.
const FEW: usize = 6;

/// What one author did to the record in one commit.
#[derive(Clone)]
pub struct Entry {
    /// When.
    pub at: Instant,
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

impl Entry {
    /// Whether no person did it.
    pub fn is_automatic(&self) -> bool {
        matches!(self.author, Author::Definition(_) | Author::Computing)
    }

    /// Whether it only follows from something else, so that it tells nothing by itself.
    pub fn is_computed(&self) -> bool {
        matches!(self.author, Author::Computing)
    }

    /// Whether it says that the record came to be, and not that it came back.
    pub fn is_creation(&self) -> bool {
        matches!(&self.deed, Deed::Created(kind, _) if !matches!(kind, CauseKind::Undo | CauseKind::Redo))
    }

    /// Who did it, what was changed and how it reads: for searching.
    pub fn words(&self, app: App, entity: &Entity) -> String {
        let mut words = who(app, &self.author).1;
        if let Deed::Changed(fields, _) = &self.deed {
            for (change, field) in fields.iter().filter_map(|it| Some((it, entity.field(it.field)?))) {
                for text in [
                    label(&field.label),
                    plain(app, entity, field, &change.before),
                    plain(app, entity, field, &change.after),
                ] {
                    words.push(' ');
                    words.push_str(&text);
                }
            }
        }
        words
    }
}

/// What a commit did to a record, one entry for each author; within a commit the last comes first as well.
pub fn entries(app: App, commit: &Commit, id: RecordId) -> Vec<Entry> {
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

/// The picture and the name of who did something.
fn who(app: App, author: &Author) -> (AnyView, String) {
    match author {
        Author::Person(person) => {
            let name = person.map(|person| app.title(person)).filter(|name| !name.is_empty());
            let mark = match &name {
                Some(name) => avatar_styled(name, "avatar avatar--24"),
                None => icon("user"),
            };
            (mark, name.unwrap_or_else(|| t("timeline-somebody")))
        }
        Author::Definition(definition) => {
            let name = app.ask(|state| definition_label(state, *definition, language()));
            (icon("split"), name)
        }
        Author::Pack(source) => {
            let name = tr("history-pack", [("name", sentence::pack_name(source).into())]);
            (icon("package"), name)
        }
        Author::Computing => (icon("refresh-cw"), t("timeline-computing")),
    }
}

/// Draws an entry. `at` says of which record it speaks, where that is not the one at hand.
pub fn draw(app: App, id: RecordId, entity: Option<&Entity>, entry: &Entry, at: Option<AnyView>) -> AnyView {
    let now = app.now();
    let (mark, who) = who(app, &entry.author);
    let class = match &entry.author {
        Author::Definition(_) => "entry__mark entry__mark--rule",
        Author::Person(_) | Author::Pack(_) | Author::Computing => "entry__mark",
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
    let when = entry.at;
    view! {
        <li class="entry">
            <span class=class>{mark}</span>
            <div class="entry__body">
                <p class="entry__line">
                    {is_rule.then(|| view! { {t("timeline-rule")}" " })}
                    <b>{who}</b>
                    " "
                    {deed}
                    {at.map(|at| view! { " " <span class="entry__via">{at}</span> })}
                    " "
                    <time datetime=when.to_string() title=format::instant(when)>{format::relative(when, now)}</time>
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
