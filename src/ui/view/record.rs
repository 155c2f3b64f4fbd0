//! A record: its name, its key figures, its fields edited where they stand, its score, what is related and what happened.

mod fact;
mod figures;
mod head;
mod panel;

use std::sync::Arc;

use leptos::prelude::*;

use super::related::{self, RelatedList, RelatedLists, Relation};
use super::score_card::{self, ScoreCard};
use crate::app::App;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, RecordId};
use crate::model::state::Reader;
use crate::model::view::{Layout, Section};
use crate::ui::part::icon;
use crate::ui::text::{label, t};

pub use fact::Fact;
pub use figures::Wanted;
pub use head::{Level, RecordHead, copy_link};
pub use panel::RecordPanel;

/// The groups of fields, as the layout says, each field edited where it stands.
#[component]
pub fn RecordFacts(
    /// The record.
    id: RecordId,
    /// Its entity.
    entity: Arc<Entity>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let layout = layout(app, entity.id);
    let is_shown = |field: &&Field| field.is_stored() && !field.retired && !is_tags(field);
    let sections: Vec<(String, Option<u8>, Vec<Field>)> = match layout {
        Some(layout) => {
            let fields = |ids: &[crate::model::id::FieldId]| {
                ids.iter().filter_map(|id| entity.field(*id)).filter(is_shown).cloned().collect()
            };
            let section = |it: &Section| (label(&it.label), it.columns, fields(&it.fields));
            layout.sections.iter().map(section).collect()
        }
        None => {
            let fields = entity.fields.iter().filter(is_shown).cloned().collect();
            vec![(label(&entity.label), None, fields)]
        }
    };
    let groups: Vec<AnyView> = sections
        .into_iter()
        .filter(|(.., fields)| !fields.is_empty())
        .map(|(name, columns, fields)| {
            let facts: Vec<AnyView> = fields
                .into_iter()
                .map(|field| view! { <Fact id=id entity=entity.clone() field=Arc::new(field)/> }.into_any())
                .collect();
            view! {
                <details class="group" open=true>
                    <summary>{icon("chevron-down")}<h2>{name}</h2></summary>
                    <div class="facts" data-columns=columns role="list">{facts}</div>
                </details>
            }
            .into_any()
        })
        .collect();
    groups.into_any()
}

/// The line items of a record, one list for each field of them.
#[component]
pub fn RecordLines(
    /// The record.
    id: RecordId,
    /// Its entity.
    entity: Arc<Entity>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let lists: Vec<AnyView> = related::lines(app, &entity)
        .into_iter()
        .map(|relation| view! { <RelatedList id=id relation=relation is_always_shown=true/> }.into_any())
        .collect();
    lists.into_any()
}

/// The score cards of a record.
#[component]
pub fn RecordScores(
    /// The record.
    id: RecordId,
    /// Its entity.
    entity: Arc<Entity>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let cards: Vec<AnyView> = score_card::models(app, entity.id)
        .into_iter()
        .map(|model| view! { <div class="group"><ScoreCard model=model id=id/></div> }.into_any())
        .collect();
    cards.into_any()
}

/// The records that point at a record.
#[component]
pub fn RecordRelated(
    /// The record.
    id: RecordId,
    /// The relations that lead to its entity.
    relations: Vec<Relation>,
) -> impl IntoView {
    view! { <RelatedLists id=id relations=relations/> }.into_any()
}

/// What is said when a record is not there, or no longer.
pub fn gone() -> AnyView {
    use crate::ui::part::{Art, Empty};
    view! { <Empty art=Art::Torn title=t("record-gone") say=t("record-gone-say")/> }.into_any()
}

/// How the records of an entity are laid out, if somebody has said so.
fn layout(app: App, entity: EntityId) -> Option<Arc<Layout>> {
    app.ask(|state| match state.definition(Definition::layout_id(entity)) {
        Some(Definition::Layout(layout)) => Some(layout.clone()),
        _ => None,
    })
}

/// Whether a field holds tags, which stand in the head of a record: options to which anybody may add.
fn is_tags(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Choices { open: true, .. }) && field.is_editable()
}

/// Whether a field takes the whole width of its group.
fn is_wide(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::LongText | FieldKind::RichText | FieldKind::Files | FieldKind::Address)
}
