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
use crate::ui::part::{Popover, icon, unique_id};
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
    let (anchor, list) = (unique_id("link-related"), unique_id("link-related-list"));
    let (open, sought, active) = (RwSignal::new(false), RwSignal::new(String::new()), RwSignal::new(0usize));
    let found = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        app.track_entity(entity);
        let text = sought.get();
        members.with(|members| find(app, entity, &text, |other| other != id && !members.contains(&other)))
    });
    let take = move |other: RecordId| {
        open.set(false);
        join(app, other, via, id);
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation();
        let count = found.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => active.update(|at| *at = (*at + count - 1) % count),
            "Enter" if !event.is_composing() => {
                if let Some(other) = found.with_untracked(|found| found.get(active.get_untracked()).copied()) {
                    take(other);
                }
            }
            "Escape" => open.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let kept = StoredValue::new(list.clone());
    let option = move |at: usize| kept.with_value(|list| format!("{list}-{at}"));
    let rows = move || {
        let found = found.get();
        if found.is_empty() {
            return view! { <p class="menu__empty" role="status">{t("related-none-found")}</p> }.into_any();
        }
        let row = |(at, other): (usize, RecordId)| {
            let (title, note) = (app.title(other), now_at(app, other, via));
            let title = if title.is_empty() { t("field-untitled") } else { title };
            view! {
                <li
                    class="menu__item"
                    role="option"
                    id=option(at)
                    aria-selected=move || (active.get() == at).to_string()
                    data-active=move || (active.get() == at).then_some("")
                    on:mouseenter=move |_| active.set(at)
                    on:click=move |_| take(other)
                >
                    <span>{title}</span>
                    {note.map(|note| view! { <small class="quiet">{note}</small> })}
                </li>
            }
            .into_any()
        };
        found.into_iter().enumerate().map(row).collect::<Vec<AnyView>>().into_any()
    };
    let name = tr("related-link", [("name", label_within(&relation.entity.label).into())]);
    let plural = label(&relation.entity.plural);
    let (tip, dialog) = (name.clone(), name.clone());
    let controls = list.clone();
    view! {
        <button
            id=anchor.clone()
            class="button button--quiet button--icon button--small"
            type="button"
            aria-label=name
            title=tip
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| {
                sought.set(String::new());
                active.set(0);
                open.set(true);
            }
        >
            {icon("link")}
        </button>
        <Popover open=open anchor=anchor>
            <div class="add-related" role="dialog" aria-label=dialog.clone()>
                <div class="menu__find">
                    {icon("search")}
                    <input
                        type="text"
                        role="combobox"
                        autofocus=true
                        autocomplete="off"
                        aria-label=t("related-link-find")
                        aria-autocomplete="list"
                        aria-expanded="true"
                        aria-controls=controls.clone()
                        aria-activedescendant=move || found.with(|found| !found.is_empty()).then(|| option(active.get()))
                        placeholder=t("related-link-find")
                        prop:value=move || sought.get()
                        on:input=move |event| {
                            sought.set(event_target_value(&event));
                            active.set(0);
                        }
                        on:keydown=keys
                    />
                </div>
                <ul class="menu menu__scroll" role="listbox" id=list.clone() aria-label=plural.clone()>{rows}</ul>
            </div>
        </Popover>
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
