//! What a commit did, in a sentence without its subject.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::app::App;
use crate::model::change::{Cause, Change, Commit};
use crate::model::id::{DefinitionId, EntityId, OptionId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::text::{label, label_within, t, tr};

/// The icon for what was done; nothing where the picture of who did it says more.
pub fn picture(commit: &Commit) -> Option<&'static str> {
    match &commit.cause {
        Cause::Undo(_) => Some("undo-2"),
        Cause::Redo(_) => Some("redo-2"),
        Cause::Command(command) => match verb(command) {
            "import_rows" => Some("upload"),
            "add_records" => Some("package"),
            "define" | "undefine" => Some("sliders-horizontal"),
            "tick" => Some("clock"),
            "merge" => Some("git-merge"),
            "restore" => Some("archive-restore"),
            "remove_records" => Some("trash-2"),
            _ => None,
        },
    }
}

/// What the commits of one line did.
pub fn say(app: App, commits: &[Arc<Commit>]) -> String {
    let Some(newest) = commits.first() else {
        return String::new();
    };
    let changes = || commits.iter().flat_map(|commit| &commit.changes);
    match &newest.cause {
        Cause::Undo(_) => t("history-undid"),
        Cause::Redo(_) => t("history-redid"),
        Cause::Command(_) => {
            // Of a longer piece of work, what weighs most: rows before the options that they needed.
            let verbs: Vec<&str> = commits.iter().map(|commit| verb_of(commit)).collect();
            let weighed = ["import_rows", "add_records", "tick"].into_iter().find(|verb| verbs.contains(verb));
            match weighed.unwrap_or(verbs[0]) {
                "import_rows" => {
                    let entity = commits.iter().find_map(|commit| entity_named(commit));
                    let count = changes().filter(|change| is_of(change, entity)).count();
                    let thing = entity.map_or_else(|| t("history-records"), |entity| singular(app, entity));
                    tr(
                        "history-imported",
                        [("count", count.into()), ("thing", thing.into()), ("things", plural(app, entity).into())],
                    )
                }
                "add_records" => {
                    let count = changes().filter(|change| matches!(change, Change::Created { .. })).count();
                    if verbs.contains(&"define") {
                        tr("history-installed", [("count", count.into())])
                    } else {
                        tr("history-added", [("count", count.into())])
                    }
                }
                "tick" => t("history-tick"),
                "merge" => {
                    let command = if let Cause::Command(command) = &newest.cause { command } else { &Json::Null };
                    let count = command["merge"]["commits"].as_u64().unwrap_or_default();
                    tr("history-merged", [("count", (count as usize).into())])
                }
                "restore" => t("history-restored"),
                "define" | "undefine" => defined(app, commits),
                "remove_records" => removed(app, commits),
                "create_record" => created(app, commits),
                "move_card" => moved(app, newest),
                _ => updated(app, commits),
            }
        }
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
            Change::Updated { record, entity, by: None, .. } => Some((*record, *entity)),
            _ => None,
        })
        .collect();
    match touched[..] {
        [] => t("history-changed-something"),
        [(record, entity)] => tr(
            "history-changed",
            [("thing", singular(app, entity).into()), ("title", title_or_nameless(app, record).into())],
        ),
        [(_, entity), ..] => {
            let count = touched.len();
            tr("history-changed-many", [("count", count.into()), ("things", plural(app, Some(entity)).into())])
        }
    }
}

fn moved(app: App, commit: &Commit) -> String {
    let moved = commit.changes.iter().find_map(|change| match change {
        Change::Updated { record, entity, fields, by: None, .. } => fields
            .iter()
            .find_map(|change| option_of(&change.after).map(|option| (*record, *entity, change.field, option))),
        _ => None,
    });
    let Some((record, entity, field, option)) = moved else {
        return updated(app, &[Arc::new(commit.clone())]);
    };
    let to = app.ask(|state| {
        let field = state.entity(entity)?.field(field)?.option(option)?;
        Some(label(&field.label))
    });
    tr(
        "history-moved",
        [
            ("title", title_or_nameless(app, record).into()),
            ("to", to.unwrap_or_else(|| option.as_str().to_owned()).into()),
        ],
    )
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
        [first, ..] => tr(
            "history-removed-many",
            [("count", gone.len().into()), ("things", plural(app, Some(first.entity)).into())],
        ),
    }
}

fn defined(app: App, commits: &[Arc<Commit>]) -> String {
    let ids: Vec<DefinitionId> = commits
        .iter()
        .flat_map(|commit| &commit.changes)
        .filter_map(|change| match change {
            Change::Defined { id, .. } => Some(*id),
            _ => None,
        })
        .collect();
    match ids[..] {
        [] => t("history-changed-something"),
        [id] => {
            let name = app.ask(|state| state.definition(id).map(|definition| label(&definition.label())));
            tr("history-defined", [("name", name.unwrap_or_else(|| id.as_str().to_owned()).into())])
        }
        _ => tr("history-defined-many", [("count", ids.len().into())]),
    }
}

fn title_or_nameless(app: App, record: RecordId) -> String {
    let title = app.title(record);
    if title.is_empty() { t("history-nameless") } else { title }
}

fn singular(app: App, entity: EntityId) -> String {
    app.ask(|state| state.entity(entity).map(|entity| label_within(&entity.label)))
        .unwrap_or_else(|| entity.as_str().to_owned())
}

fn plural(app: App, entity: Option<EntityId>) -> String {
    let Some(entity) = entity else {
        return t("history-records");
    };
    app.ask(|state| state.entity(entity).map(|entity| label_within(&entity.plural)))
        .unwrap_or_else(|| entity.as_str().to_owned())
}

fn option_of(value: &Value) -> Option<OptionId> {
    match value {
        Value::Choice(option) => Some(*option),
        _ => None,
    }
}

fn is_of(change: &Change, entity: Option<EntityId>) -> bool {
    change.record().is_some_and(|(_, its)| entity.is_none_or(|entity| its == entity))
}

fn entity_named(commit: &Commit) -> Option<EntityId> {
    let Cause::Command(command) = &commit.cause else {
        return None;
    };
    command.as_object()?.values().next()?.get("entity")?.as_str().map(EntityId::new)
}

fn verb_of(commit: &Commit) -> &str {
    match &commit.cause {
        Cause::Command(command) => verb(command),
        Cause::Undo(_) => "undo",
        Cause::Redo(_) => "redo",
    }
}

/// The command's name as it stands in the log.
fn verb(command: &Json) -> &str {
    command.as_object().and_then(|command| command.keys().next()).map_or("", String::as_str)
}
