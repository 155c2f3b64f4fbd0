//! Links: other records, found by their titles while typing.

use leptos::prelude::*;

use super::combobox::{Combobox, Look, Offer};
use super::draft::FieldDraft;
use crate::app::{App, title};
use crate::model::entity::Entity;
use crate::model::field::{FieldKind, LinkTarget};
use crate::model::id::{EntityId, RecordId};
use crate::model::state::{Reader, State};
use crate::model::value::Value;
use crate::ui::part::{avatar, icon};
use crate::ui::text::{label, t, tr};

/// As many as one looks through.
const MOST: usize = 12;

/// One record or several.
#[component]
pub fn LinkInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// What may be linked.
    target: LinkTarget,
    /// Told when one was picked and one is all there can be.
    settled: Callback<()>,
) -> impl IntoView {
    let app = draft.app();
    let field = draft.field();
    let is_single = matches!(field.kind, FieldKind::Link(_));
    let find = Callback::new(move |text: String| {
        let chosen: Vec<RecordId> = draft.value.with(|value| value.links().to_vec());
        found(app, &target, &text, &chosen)
    });
    let picked = Callback::new(move |offer: Offer| {
        let Ok(record) = offer.key.parse::<RecordId>() else {
            return;
        };
        if is_single {
            draft.value.set(Value::Link(record));
            draft.judge();
            settled.run(());
        } else {
            draft.value.update(|value| {
                let mut chosen = value.links().to_vec();
                match chosen.iter().position(|other| *other == record) {
                    Some(at) => drop(chosen.remove(at)),
                    None => chosen.push(record),
                }
                *value = links(chosen, is_single);
            });
        }
    });
    let dropped = Callback::new(move |()| {
        draft.value.update(|value| {
            let mut chosen = value.links().to_vec();
            chosen.pop();
            *value = links(chosen, is_single);
        });
    });
    let chips = move || {
        let chosen: Vec<RecordId> = draft.value.with(|value| value.links().to_vec());
        chosen.into_iter().map(|record| chip(draft, record, is_single)).collect::<Vec<AnyView>>()
    };
    view! {
        <Combobox draft=draft id=id find=find picked=picked dropped=dropped>{chips}</Combobox>
    }
    .into_any()
}

fn links(chosen: Vec<RecordId>, is_single: bool) -> Value {
    match chosen.first() {
        None => Value::Empty,
        Some(first) if is_single => Value::Link(*first),
        Some(_) => Value::Links(chosen.into()),
    }
}

fn chip(draft: FieldDraft, record: RecordId, is_single: bool) -> AnyView {
    let text = draft.app().title(record);
    let text = if text.is_empty() { t("field-missing") } else { text };
    let drop_label = tr("field-drop", [("name", text.clone().into())]);
    let drop = move |_| {
        draft.value.update(|value| {
            let rest: Vec<RecordId> = value.links().iter().copied().filter(|other| *other != record).collect();
            *value = links(rest, is_single);
        });
    };
    view! {
        <span class="chip">
            {avatar(&text)}
            <span>{text}</span>
            <button class="chip__drop" type="button" aria-label=drop_label on:click=drop>{icon("x")}</button>
        </span>
    }
    .into_any()
}

/// The records whose titles hold the text, those that start with it first.
fn found(app: App, target: &LinkTarget, text: &str, chosen: &[RecordId]) -> Vec<Offer> {
    let wanted = text.trim().to_lowercase();
    app.ask(|state| {
        let entities: Vec<EntityId> = if target.to.is_empty() {
            state.entities().iter().map(|entity| entity.id).collect()
        } else {
            target.to.clone()
        };
        let people = state.workspace().and_then(|workspace| workspace.people);
        let (mut first, mut then) = (Vec::new(), Vec::new());
        'all: for id in entities {
            let Some(entity) = state.entity(id) else { continue };
            // The youngest are the likeliest.
            for record in state.member_ids(id).iter().rev() {
                let called = title(state, *record);
                let starts = called.to_lowercase().find(&wanted);
                let list = match starts {
                    Some(0) => &mut first,
                    Some(_) => &mut then,
                    None => continue,
                };
                if list.len() < MOST {
                    list.push(offer(state, entity, *record, called, people == Some(id), chosen));
                }
                if first.len() >= MOST {
                    break 'all;
                }
            }
        }
        first.append(&mut then);
        first.truncate(MOST);
        first
    })
}

fn offer(
    state: &State,
    entity: &Entity,
    record: RecordId,
    called: String,
    is_person: bool,
    chosen: &[RecordId],
) -> Offer {
    Offer {
        key: record.to_string(),
        note: note(state, entity, record),
        look: Look::Avatar(if is_person { "avatar avatar--24" } else { "avatar avatar--square avatar--24" }),
        is_chosen: chosen.contains(&record),
        label: if called.is_empty() { t("field-untitled") } else { called },
    }
}

/// What tells the record from others of its name: the texts and labels of its summary.
fn note(state: &State, entity: &Entity, record: RecordId) -> String {
    let Some(record) = state.record(record) else {
        return String::new();
    };
    let parts: Vec<String> = entity
        .summary
        .iter()
        .filter_map(|id| entity.field(*id))
        .filter_map(|field| {
            let value = record.value(field.id);
            match value {
                Value::Text(text) => Some(text.to_string()),
                Value::Choice(option) => field.option(*option).map(|option| label(&option.label)),
                Value::Link(link) => Some(title(state, *link)),
                _ => None,
            }
        })
        .filter(|part| !part.is_empty())
        .take(2)
        .collect();
    parts.join(" · ")
}
