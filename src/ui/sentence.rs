//! What commits did, in a sentence without its subject, for the history and for what is said after an undo.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::app::{App, packs};
use crate::model::change::{Cause, Change, Commit, FieldChange, Source};
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::form::Form;
use crate::model::id::{CommitId, DefinitionId, EntityId, FieldId, OptionId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::ui::text::{label, label_within, t, tr};

/// As many fields are called by their names.
const FEW: usize = 3;

/// The icon for what was done; nothing where the picture of who did it says more.
pub fn picture(commit: &Commit) -> Option<&'static str> {
    match &commit.cause {
        Cause::Undo(_) => Some("undo-2"),
        Cause::Redo(_) => Some("redo-2"),
        Cause::ImportRows { .. } => Some("upload"),
        Cause::AddRecords { .. } => Some("package"),
        Cause::Define { .. } | Cause::Undefine { .. } => Some("sliders-horizontal"),
        Cause::Tick { .. } => Some("clock"),
        Cause::Submit { .. } => Some("clipboard-check"),
        Cause::CountTraffic { .. } => Some("eye"),
        Cause::Merge { .. } => Some("git-merge"),
        Cause::Restore { .. } | Cause::Snapshot { .. } => Some("archive-restore"),
        Cause::RemoveRecords { .. } => Some("trash-2"),
        Cause::Convert { .. } => Some("shuffle"),
        Cause::CreateRecord { .. }
        | Cause::UpdateRecord { .. }
        | Cause::UpdateRecords { .. }
        | Cause::EditCells { .. }
        | Cause::MoveCard { .. } => None,
    }
}

/// What the commits of one line did.
pub fn say(app: App, commits: &[Arc<Commit>]) -> String {
    let Some(newest) = commits.first() else {
        return String::new();
    };
    // Of a longer piece of work, what weighs most: rows before the options that they needed.
    let weighed = commits.iter().map(|commit| &commit.cause).max_by_key(|cause| weight(cause));
    let changes = || commits.iter().flat_map(|commit| &commit.changes);
    match weighed.unwrap_or(&newest.cause) {
        Cause::Undo(of) => turned(app, of, "history-undid", "history-undid-what"),
        Cause::Redo(of) => turned(app, of, "history-redid", "history-redid-what"),
        Cause::ImportRows { entity, .. } => {
            // A rule may have changed a row's record once more.
            let lists: FxHashSet<EntityId> = commits.iter().filter_map(|commit| imported_into(commit)).collect();
            if lists.len() > 1 {
                let made = changes().filter_map(Change::record).filter(|(_, its)| lists.contains(its));
                let count = made.map(|(record, _)| record).collect::<FxHashSet<RecordId>>().len();
                return tr("history-imported-many", [("count", count.into()), ("lists", lists.len().into())]);
            }
            let of_rows = changes().filter_map(Change::record).filter(|(_, its)| its == entity);
            let count = of_rows.map(|(record, _)| record).collect::<FxHashSet<RecordId>>().len();
            let named = [
                ("count", count.into()),
                ("thing", singular(app, *entity).into()),
                ("things", plural(app, *entity).into()),
            ];
            tr("history-imported", named)
        }
        Cause::AddRecords { source, .. } => added(newest, commits, source.as_ref()),
        Cause::Tick { .. } => t("history-tick"),
        Cause::Submit { form, .. } => submitted(app, commits, form),
        Cause::CountTraffic { form } => tr("history-traffic", [("name", form_name(app, form).into())]),
        Cause::Merge { commits, .. } => tr("history-merged", [("count", (*commits).into())]),
        Cause::Restore { .. } | Cause::Snapshot { .. } => t("history-restored"),
        Cause::Define { .. } | Cause::Undefine { .. } => defined(app, commits),
        Cause::RemoveRecords { .. } => removed(app, commits),
        Cause::CreateRecord { .. } => created(app, commits),
        Cause::Convert { record, targets } => {
            let (title, count) = (title_or_nameless(app, *record), targets.len());
            tr("history-converted", [("title", title.into()), ("count", count.into())])
        }
        Cause::MoveCard { record, field, to } => moved(app, *record, *field, *to),
        Cause::UpdateRecord { .. } | Cause::UpdateRecords { .. } => updated(app, commits),
        // Rows that were pasted below the last one became records; otherwise values changed.
        Cause::EditCells { updated: 0, .. } => created(app, commits),
        Cause::EditCells { .. } => updated(app, commits),
    }
}

fn imported_into(commit: &Commit) -> Option<EntityId> {
    match &commit.cause {
        Cause::ImportRows { entity, .. } => Some(*entity),
        _ => None,
    }
}

/// That a step was turned round, and which one if that is known.
fn turned(app: App, of: &[CommitId], nameless: &'static str, named: &'static str) -> String {
    match app.known_work(of) {
        work if work.is_empty() => t(nameless),
        work => tr(named, [("what", say(app, &work).into())]),
    }
}

/// Who did it, in the words of the history: a person, or the pack that brought its records along.
pub fn who(app: App, commits: &[Arc<Commit>]) -> String {
    let newest = commits.first();
    let person = newest.and_then(|commit| commit.actor).map(|actor| app.title(actor)).filter(|name| !name.is_empty());
    person.unwrap_or_else(|| match newest.map(|commit| &commit.cause) {
        Some(Cause::AddRecords { source: Some(source), .. }) => {
            tr("history-pack", [("name", pack_name(source).into())])
        }
        Some(_) | None => t("history-somebody"),
    })
}

/// What people call a pack.
pub fn pack_name(source: &Source) -> String {
    let card = packs().into_iter().find(|card| card.id == source.pack);
    card.map_or_else(|| source.pack.clone(), |card| label(&card.label))
}

/// What was added, most of it as a rule by a pack; `who` says which one where no person did it.
fn added(newest: &Commit, commits: &[Arc<Commit>], source: Option<&Source>) -> String {
    let made =
        |commit: &Arc<Commit>| commit.changes.iter().filter(|change| matches!(change, Change::Created { .. })).count();
    let is_sample = |commit: &&Arc<Commit>| {
        matches!(&commit.cause, Cause::AddRecords { source: Some(Source { sample: true, .. }), .. })
    };
    let count: usize = commits.iter().map(made).sum();
    let sample: usize = commits.iter().filter(is_sample).map(made).sum();
    let Some(source) = source else {
        let is_pack = commits.iter().any(|commit| matches!(commit.cause, Cause::Define { .. }));
        return tr(if is_pack { "history-installed" } else { "history-added" }, [("count", count.into())]);
    };
    let named = [("name", pack_name(source).into()), ("count", count.into()), ("sample", sample.into())];
    match (newest.actor, sample) {
        (Some(_), 0) => tr("history-installed-pack", named),
        (Some(_), _) => tr("history-installed-sample", named),
        (None, 0) => tr("history-pack-brought", named),
        (None, _) => tr("history-pack-brought-sample", named),
    }
}

/// How much a cause weighs in a longer piece of work.
fn weight(cause: &Cause) -> u8 {
    match cause {
        Cause::ImportRows { .. } => 3,
        Cause::AddRecords { .. } => 2,
        Cause::Tick { .. } => 1,
        Cause::CreateRecord { .. }
        | Cause::UpdateRecord { .. }
        | Cause::UpdateRecords { .. }
        | Cause::EditCells { .. }
        | Cause::Submit { .. }
        | Cause::CountTraffic { .. }
        | Cause::MoveCard { .. }
        | Cause::Convert { .. }
        | Cause::RemoveRecords { .. }
        | Cause::Define { .. }
        | Cause::Undefine { .. }
        | Cause::Restore { .. }
        | Cause::Snapshot { .. }
        | Cause::Merge { .. }
        | Cause::Undo(_)
        | Cause::Redo(_) => 0,
    }
}

/// What else has to be known: what rules did.
pub fn notes(commits: &[Arc<Commit>]) -> Vec<String> {
    let by_rules = commits
        .iter()
        .flat_map(|commit| &commit.changes)
        .filter(|change| matches!(change, Change::Created { by: Some(_), .. } | Change::Updated { by: Some(_), .. }))
        .count();
    let mut notes = Vec::new();
    if let Some(Cause::Undo(_) | Cause::Redo(_)) = commits.first().map(|commit| &commit.cause) {
        let count: usize = commits.iter().map(|commit| commit.changes.len()).sum();
        notes.push(tr("history-changes", [("count", count.into())]));
        return notes;
    }
    if by_rules > 0 {
        notes.push(tr("history-by-rules", [("count", by_rules.into())]));
    }
    notes
}

/// The name of a record, even if it is no longer there.
pub fn name_of(app: App, record: &Record) -> String {
    let title = app.ask(|state| {
        let entity = state.entity(record.entity)?;
        record.value(entity.title).as_text().map(str::to_owned)
    });
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| t("history-nameless"))
}

fn created(app: App, commits: &[Arc<Commit>]) -> String {
    let first = commits.iter().flat_map(|commit| &commit.changes).find_map(|change| match change {
        Change::Created { record, by: None } => Some(record),
        _ => None,
    });
    match first {
        Some(record) => tr(
            "history-created",
            [("thing", singular(app, record.entity).into()), ("title", name_of(app, record).into())],
        ),
        None => t("history-changed-something"),
    }
}

fn updated(app: App, commits: &[Arc<Commit>]) -> String {
    let touched: Vec<_> = commits
        .iter()
        .flat_map(|commit| &commit.changes)
        .filter_map(|change| match change {
            Change::Updated { record, entity, by: None, fields, .. } => Some((*record, *entity, fields)),
            _ => None,
        })
        // What is computed elsewhere from a change goes without saying.
        .filter(|(_, entity, fields)| !is_figures(app, *entity, fields))
        .collect();
    match touched[..] {
        [] => t("history-changed-something"),
        [(record, entity, changes)] => {
            let (thing, title) = (singular(app, entity), title_or_nameless(app, record));
            let names = field_names(app, entity, changes);
            if names.is_empty() || names.len() > FEW {
                return tr("history-changed", [("thing", thing.into()), ("title", title.into())]);
            }
            let fields = names.join(&t("field-separator"));
            tr("history-changed-field", [("fields", fields.into()), ("thing", thing.into()), ("title", title.into())])
        }
        [(_, entity, _), ..] => {
            let count = touched.len();
            tr("history-changed-many", [("count", count.into()), ("things", plural(app, entity).into())])
        }
    }
}

/// Whether all these fields are computed from others.
fn is_figures(app: App, entity: EntityId, changes: &[FieldChange]) -> bool {
    app.ask(|state| {
        let Some(entity) = state.entity(entity) else { return false };
        changes.iter().all(|change| entity.field(change.field).is_some_and(|field| field.is_computed()))
    })
}

/// What people call the fields that a person has changed; what was computed from them goes without saying.
fn field_names(app: App, entity: EntityId, changes: &[FieldChange]) -> Vec<String> {
    let Some(entity) = app.ask(|state| state.entity(entity).cloned()) else {
        return Vec::new();
    };
    let own = changes.iter().filter_map(|change| entity.field(change.field)).filter(|field| !field.is_computed());
    own.map(|field| label(&field.label)).collect()
}

fn moved(app: App, record: RecordId, field: FieldId, to: Option<OptionId>) -> String {
    let column = app.ask(|state| {
        let entity = state.record(record)?.entity;
        Some(label(&state.entity(entity)?.field(field)?.option(to?)?.label))
    });
    let to = column.or_else(|| to.map(|to| to.as_str().to_owned())).unwrap_or_else(|| t("board-blank"));
    tr("history-moved", [("title", title_or_nameless(app, record).into()), ("to", to.into())])
}

fn removed(app: App, commits: &[Arc<Commit>]) -> String {
    let gone: Vec<_> = commits
        .iter()
        .flat_map(|commit| &commit.changes)
        .filter_map(|change| match change {
            Change::Removed { record } => Some(record),
            _ => None,
        })
        .collect();
    match gone[..] {
        [] => t("history-changed-something"),
        [record] => tr(
            "history-removed",
            [("thing", singular(app, record.entity).into()), ("title", name_of(app, record).into())],
        ),
        [first, ..] => {
            tr("history-removed-many", [("count", gone.len().into()), ("things", plural(app, first.entity).into())])
        }
    }
}

fn defined(app: App, commits: &[Arc<Commit>]) -> String {
    let defined: Vec<(DefinitionId, &Option<Definition>, &Option<Definition>)> = commits
        .iter()
        .flat_map(|commit| &commit.changes)
        .filter_map(|change| match change {
            Change::Defined { id, before, after } => Some((*id, before, after)),
            _ => None,
        })
        .collect();
    // Of several, what the others are about.
    let weight = |known: Option<&Definition>| match known {
        Some(Definition::Entity(_)) => 2,
        Some(Definition::Form(_)) => 1,
        _ => 0,
    };
    let main = defined.iter().max_by_key(|(_, before, after)| weight(after.as_ref().or(before.as_ref())));
    let Some((id, before, after)) = main else { return t("history-changed-something") };
    // What is gone keeps the name that it had.
    let known = after.as_ref().or(before.as_ref());
    let named = |key: &str, name: String| tr(key, [("name", name.into())]);
    match (known, before, after) {
        (Some(other), ..) if defined.len() > 1 && weight(Some(other)) == 0 => {
            tr("history-defined-many", [("count", defined.len().into())])
        }
        (Some(Definition::Workspace(_)), ..) => t("history-workspace-changed"),
        (Some(Definition::View(view)), None, _) => named("history-view-made", label(&view.label)),
        (Some(Definition::View(view)), _, None) => named("history-view-removed", label(&view.label)),
        (Some(Definition::View(view)), ..) => named("history-view-changed", label(&view.label)),
        (Some(Definition::Layout(layout)), ..) => named("history-defined", plural(app, layout.entity)),
        (_, Some(Definition::Entity(before)), Some(Definition::Entity(after))) => fields_changed(before, after),
        (Some(other), None, Some(_)) => named("history-definition-made", label(&other.label())),
        (Some(other), Some(_), None) => named("history-definition-removed", label(&other.label())),
        (Some(other), ..) => named("history-defined", label(&other.label())),
        (None, ..) => named("history-defined", id.as_str().to_owned()),
    }
}

/// What became of an entity: which of its fields are new or others than before, where they are few.
fn fields_changed(before: &Entity, after: &Entity) -> String {
    let differs = |field: &&Field| before.field(field.id) != Some(*field);
    let (new, other): (Vec<&Field>, Vec<&Field>) =
        after.fields.iter().filter(differs).partition(|field| before.field(field.id).is_none());
    let (key, fields) = if new.is_empty() { ("history-fields-changed", other) } else { ("history-fields-added", new) };
    let name = label(&after.plural);
    if fields.is_empty() || fields.len() > FEW {
        return tr("history-defined", [("name", name.into())]);
    }
    let fields = fields.iter().map(|field| label(&field.label)).collect::<Vec<String>>().join(&t("history-and"));
    tr(key, [("fields", fields.into()), ("name", name.into())])
}

/// What came of the answer to a form: a record that was made, or one that was known already.
fn submitted(app: App, commits: &[Arc<Commit>], form: &str) -> String {
    let entity = app.ask(|state| match state.definition(Form::worked_on(form)) {
        Some(Definition::Form(form)) => Some(form.entity),
        _ => None,
    });
    let mut changes = commits.iter().flat_map(|commit| &commit.changes);
    let made = changes.find_map(|change| match change {
        Change::Created { record, .. } if Some(record.entity) == entity => Some(record.clone()),
        _ => None,
    });
    let form = form_name(app, form);
    match made {
        Some(record) => tr(
            "history-submitted",
            [
                ("form", form.into()),
                ("thing", singular(app, record.entity).into()),
                ("title", name_of(app, &record).into()),
            ],
        ),
        None => tr("history-submitted-again", [("form", form.into())]),
    }
}

fn form_name(app: App, form: &str) -> String {
    let name = app.ask(|state| state.definition(Form::worked_on(form)).map(|form| label(&form.label())));
    name.unwrap_or_else(|| form.to_owned())
}

fn title_or_nameless(app: App, record: RecordId) -> String {
    let title = app.title(record);
    if title.is_empty() { t("history-nameless") } else { title }
}

fn singular(app: App, entity: EntityId) -> String {
    app.ask(|state| state.entity(entity).map(|entity| label_within(&entity.label)))
        .unwrap_or_else(|| entity.as_str().to_owned())
}

fn plural(app: App, entity: EntityId) -> String {
    app.ask(|state| state.entity(entity).map(|entity| label_within(&entity.plural)))
        .unwrap_or_else(|| entity.as_str().to_owned())
}
