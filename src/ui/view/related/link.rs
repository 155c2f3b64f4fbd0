//! Linking what is there already: records of a relation found by typing, and pointed at the record at hand.

use leptos::prelude::*;

use super::Relation;
use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::engine::search::Wanted;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::plain;
use crate::ui::part::{Finder, FinderNames, icon, unique_id};
use crate::ui::text::{label, label_within, t, tr};

/// As many as are offered.
const MOST: usize = 8;

/// A button that finds records and links them to the one at hand.
#[component]
pub fn LinkExisting(
    /// The record.
    id: RecordId,
    /// The relation.
    relation: Relation,
    /// Those that are linked already.
    members: Memo<Vec<RecordId>>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let (entity, via) = (relation.entity.id, relation.via);
    let (anchor, finder) = (unique_id("link-related"), Finder::new());
    let found = Memo::new(move |_| {
        if !finder.open.get() {
            return Vec::new();
        }
        app.track_entity(entity);
        let text = finder.sought.get();
        members.with(|members| find(app, entity, &text, |other| other != id && !members.contains(&other)))
    });
    let take = Callback::new(move |at: usize| {
        let other = found.with_untracked(|found| found.get(at).copied());
        finder.open.set(false);
        if let Some(other) = other {
            join(app, other, via, id);
        }
    });
    let rows = Callback::new(move |()| {
        let row = |(at, other): (usize, RecordId)| {
            let (title, note) = (app.title(other), now_at(app, other, via));
            let title = if title.is_empty() { t("field-untitled") } else { title };
            let inside = view! {
                <span>{title}</span>
                {note.map(|note| view! { <small class="quiet">{note}</small> })}
            };
            finder.row(at, take, inside.into_any())
        };
        found.get().into_iter().enumerate().map(row).collect::<Vec<AnyView>>().into_any()
    });
    let name = tr("related-link", [("name", label_within(&relation.entity.label).into())]);
    let list = label(&relation.entity.plural);
    let names = FinderNames { sheet: name.clone(), field: t("related-link-find"), list };
    let count = Memo::new(move |_| found.with(Vec::len));
    view! {
        <button
            id=anchor.clone()
            class="button button--quiet button--icon button--small"
            type="button"
            aria-label=name.clone()
            title=name
            aria-haspopup="dialog"
            aria-expanded=move || finder.open.get().to_string()
            on:click=move |_| finder.begin()
        >
            {icon("link")}
        </button>
        {finder.sheet(anchor, names, count, take, rows)}
    }
    .into_any()
}

/// Records that are called so, by pinyin as well; the youngest where nothing is typed.
fn find(app: App, entity: EntityId, text: &str, may: impl Fn(RecordId) -> bool) -> Vec<RecordId> {
    if text.trim().is_empty() {
        return app.ask(|state| {
            let members = state.member_ids(entity).iter().rev().copied();
            members.filter(|other| may(*other)).take(MOST).collect()
        });
    }
    // Those that are linked already are among them.
    let found = app.search(&Wanted { text, only: Some(entity), recent: &[], most: 4 * MOST });
    found.hits.into_iter().map(|hit| hit.record).filter(|other| may(*other)).take(MOST).collect()
}

/// What a record is linked to so far, where it can be linked to one alone.
fn now_at(app: App, other: RecordId, via: FieldId) -> Option<String> {
    let (entity, value) = app.ask(|state| {
        let record = state.record(other)?;
        Some((state.entity(record.entity)?.clone(), record.value(via).clone()))
    })?;
    let now = plain(app, &entity, entity.field(via)?, &value);
    (matches!(value, Value::Link(_)) && !now.is_empty()).then(|| tr("related-link-now", [("name", now.into())]))
}

fn join(app: App, other: RecordId, via: FieldId, to: RecordId) {
    let value = app.ask(|state| {
        let record = state.record(other)?;
        let field = state.entity(record.entity)?.field(via)?;
        Some(match (&field.kind, record.value(via)) {
            (crate::model::field::FieldKind::Links(_), value) => {
                Value::Links(value.links().iter().copied().chain([to]).collect::<Vec<RecordId>>().into())
            }
            _ => Value::Link(to),
        })
    });
    let Some(value) = value else { return };
    let name = app.ask(|state| crate::app::title(state, other));
    match app.dispatch(Command::UpdateRecord { record: other, values: vec![(via, value)] }) {
        Ok(_) => app.toast("related-linked", vec![("name", name)], ToastAction::Undo),
        Err(rejection) => app.toast_rejection(&rejection),
    }
}
