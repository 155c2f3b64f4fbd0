//! Related records: for every link that points here, how many, the first ones, and one more.

mod add;
mod link;
mod relation;
mod row;
mod tree;

use std::sync::Arc;

use leptos::prelude::*;

use super::form;
use crate::app::App;
use crate::engine::stream;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::part::{icon, icon_button};
use crate::ui::route::{Linked, Route};
use crate::ui::text::{label, label_within, t, tr};

/// As many as are shown at first.
const FEW: usize = 5;

/// A link field of some entity that points at records of another one.
#[derive(Clone)]
pub struct Relation {
    /// The entity of the records that point.
    pub entity: Arc<Entity>,
    /// Their link field.
    pub via: FieldId,
    /// What the list is called.
    pub label: String,
}

/// All relations that lead to an entity, those of its line items aside.
pub fn relations(app: App, to: &Entity) -> Vec<Relation> {
    let is_line = |entity: EntityId, via: FieldId| {
        to.fields
            .iter()
            .any(|field| matches!(field.kind, FieldKind::Lines { entity: of, via: by } if of == entity && by == via))
    };
    let mut found = Vec::new();
    for entity in app.entities() {
        for field in entity.link_fields() {
            let accepts = field.link().is_some_and(|target| target.accepts(to.id));
            if accepts && !is_line(entity.id, field.id) {
                let own = field.link().and_then(|target| target.inverse.as_ref());
                let label = own.map_or_else(|| label(&entity.plural), label);
                found.push(Relation { entity: entity.clone(), via: field.id, label });
            }
        }
    }
    found
}

/// The line items of an entity.
pub fn lines(app: App, of: &Entity) -> Vec<Relation> {
    let line = |field: &Field| match field.kind {
        FieldKind::Lines { entity, via } => {
            let entity = app.entity(entity)?;
            Some(Relation { entity, via, label: label(&field.label) })
        }
        _ => None,
    };
    of.fields.iter().filter_map(line).collect()
}

/// How many records are related in any of the ways; tracked.
pub fn count(app: App, id: RecordId, relations: &[Relation]) -> usize {
    relations
        .iter()
        .map(|relation| {
            app.track_entity(relation.entity.id);
            app.ask(|state| state.incoming(id, relation.entity.id, relation.via).len())
        })
        .sum()
}

/// The lists of all relations that have any records, and a menu for the others.
#[component]
pub fn RelatedLists(
    /// The record.
    id: RecordId,
    /// The relations.
    relations: Vec<Relation>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let entity = app.ask(|state| state.entity(state.record(id)?.entity).cloned());
    let trees = entity.map(|entity| tree::trees(id, &entity)).unwrap_or_default();
    let between = relation::between(&relations);
    let is_between = |relation: &Relation| between.iter().any(|(entity, _)| entity.id == relation.entity.id);
    let lists: Vec<AnyView> = relations
        .iter()
        .filter(|relation| !is_between(relation))
        .map(|relation| view! { <RelatedList id=id relation=relation.clone() is_always_shown=false/> }.into_any())
        .collect();
    let links: Vec<AnyView> = between
        .into_iter()
        .map(|(entity, ends)| view! { <relation::Relations id=id entity=entity ends=ends/> }.into_any())
        .collect();
    view! {
        {trees}
        {links}
        {lists}
        <div class="group"><add::AddRelated id=id relations=relations/></div>
    }
    .into_any()
}

/// The list of one relation; without records it is left out unless it is always shown.
#[component]
pub fn RelatedList(
    /// The record.
    id: RecordId,
    /// The relation.
    relation: Relation,
    /// Whether it is shown without records as well.
    is_always_shown: bool,
) -> impl IntoView {
    let app = expect_context::<App>();
    let (entity, via) = (relation.entity.id, relation.via);
    let members = Memo::new(move |_| {
        app.track_entity(entity);
        let mut found = app.ask(|state| state.incoming(id, entity, via));
        // The youngest first: that is what was done last.
        found.reverse();
        found
    });
    let is_shown = Memo::new(move |_| is_always_shown || !members.with(Vec::is_empty));
    move || {
        if !is_shown.get() {
            return None;
        }
        let relation = relation.clone();
        let add_label = tr("related-add-one", [("name", label_within(&relation.entity.label).into())]);
        let linked = Some(Linked { via, to: id });
        let list = Route::Records { entity, view: None, beside: None, linked }.href();
        let whole = list.clone();
        let definition = relation.entity.clone();
        let shown = move || members.with(|members| members.iter().copied().take(FEW).collect::<Vec<RecordId>>());
        let rows = move |record: RecordId| row::row(app, definition.clone(), record, (via, id));
        let linking = link::LinkExistingProps { id, relation: relation.clone(), members };
        let more = move || {
            let count = members.with(Vec::len);
            let whole = whole.clone();
            (count > FEW).then(|| {
                view! { <a class="button button--link" href=whole>{tr("related-all", [("count", count.into())])}</a> }
            })
        };
        Some(
            view! {
                <section class="group" aria-label=relation.label.clone()>
                    <header class="group__head">
                        <h2>{relation.label.clone()}</h2>
                        <span class="group__count">{move || members.with(Vec::len)}</span>
                        <span class="push">
                            <a
                                class="button button--quiet button--icon button--small"
                                href=list
                                aria-label=t("related-list")
                                title=t("related-list")
                            >
                                {icon("list")}
                            </a>
                            {link::LinkExisting(linking)}
                            {icon_button(add_label, "plus", move || add(app, id, entity, via))}
                        </span>
                    </header>
                    <ul class="related" aria-label=relation.label.clone()><For each=shown key=|record| *record children=rows/></ul>
                    {more}
                </section>
            }
            .into_any(),
        )
    }
}

/// Opens the form of a new record that points at this one, and at what this one points at alike.
fn add(app: App, id: RecordId, entity: EntityId, via: FieldId) {
    let about =
        app.ask(|state| state.entity(entity).map(|entity| stream::about(state, id, entity)).unwrap_or_default());
    let besides = about.into_iter().filter(|(field, value)| *field != via && *value != Value::Link(id));
    form::create(entity, std::iter::once((via, Value::Link(id))).chain(besides).collect());
}
