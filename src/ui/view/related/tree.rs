//! The tree in which a record stands: subsidiaries below their parent, people below those whom they report to.

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use crate::app::App;
use crate::engine::tree::{self, Branch};
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::RecordId;
use crate::model::state::Reader;
use crate::model::value::{Money, Value};
use crate::ui::field::meaning;
use crate::ui::format;
use crate::ui::part::{icon, icon_button};
use crate::ui::route::Route;
use crate::ui::text::{label, t, tr};
use crate::ui::view::form;

/// The trees in which a record stands, one for each field that leads upward; left out where it stands alone.
pub fn trees(id: RecordId, entity: &Arc<Entity>) -> Vec<AnyView> {
    let ways: Vec<Field> = tree::upward(entity).cloned().collect();
    ways.into_iter().map(|field| view! { <Tree id=id entity=entity.clone() field=field/> }.into_any()).collect()
}

#[component]
fn Tree(id: RecordId, entity: Arc<Entity>, field: Field) -> impl IntoView {
    let app = expect_context::<App>();
    let (entity_id, up) = (entity.id, field.id);
    let branches = Memo::new(move |_| {
        app.track_entity(entity_id);
        app.ask(|state| tree::family(state, id, up))
    });
    let folded = RwSignal::new(FxHashSet::<RecordId>::default());
    let summed = summed(app, &entity);
    let name = field.link().and_then(|target| target.inverse.as_ref()).map_or_else(|| label(&field.label), label);
    let heading = name.clone();
    let is_there = Memo::new(move |_| branches.with(Vec::len) > 1);
    let sum = {
        let (entity, summed) = (entity.clone(), summed);
        move || {
            let field = summed.as_ref()?;
            let total = branches.with(|branches| total(app, branches, field))?;
            let text = tr("tree-sum", [("name", label(&field.label).into()), ("sum", total.into())]);
            let _ = &entity;
            Some(view! { <p class="tree__sum">{text}</p> })
        }
    };
    let rows = move || {
        let hidden = folded.get();
        let mut skip: Option<usize> = None;
        let mut rows: Vec<AnyView> = Vec::new();
        for branch in branches.get() {
            if skip.is_some_and(|depth| branch.depth > depth) {
                continue;
            }
            let is_folded = hidden.contains(&branch.record);
            skip = is_folded.then_some(branch.depth);
            rows.push(row(app, entity_id, branch, id, is_folded, folded));
        }
        rows
    };
    let add_label = tr("related-add-one", [("name", crate::ui::text::label_within(&entity.label).into())]);
    move || {
        if !is_there.get() {
            return None;
        }
        let add = move || form::create(entity_id, vec![(up, Value::Link(id))]);
        Some(
            view! {
                <section class="group" aria-label=heading.clone()>
                    <header class="group__head">
                        <h2>{name.clone()}</h2>
                        <span class="group__count">{move || branches.with(Vec::len)}</span>
                        <span class="push">{icon_button(add_label.clone(), "plus", add)}</span>
                    </header>
                    {sum.clone()}
                    <ul class="tree">{rows}</ul>
                </section>
            }
            .into_any(),
        )
    }
}

fn row(
    app: App,
    entity: crate::model::id::EntityId,
    branch: Branch,
    own: RecordId,
    is_folded: bool,
    folded: RwSignal<FxHashSet<RecordId>>,
) -> AnyView {
    let record = branch.record;
    let title = app.title(record);
    let title = if title.is_empty() { t("field-untitled") } else { title };
    let href = Route::Record { entity, id: record }.href();
    let fold = (branch.children > 0).then(|| {
        let name = tr(if is_folded { "tree-unfold" } else { "tree-fold" }, [("name", title.clone().into())]);
        view! {
            <button
                class="button button--quiet button--icon button--small tree__fold"
                type="button"
                aria-label=name
                aria-expanded=(!is_folded).to_string()
                on:click=move |_| {
                    folded
                        .update(|folded| {
                            if !folded.remove(&record) {
                                folded.insert(record);
                            }
                        })
                }
            >
                {icon("chevron-down")}
            </button>
        }
    });
    let is_own = record == own;
    view! {
        <li class="tree__row" style=format!("--depth: {}", branch.depth)>
            {fold}
            <a class="tree__name" href=href aria-current=is_own.then_some("true")>
                <span class="sr-only">{tr("tree-level", [("level", (branch.depth + 1).into())])}" "</span>
                {title}
            </a>
            {(is_folded && branch.children > 0).then(|| view! { <span class="group__count">{branch.children}</span> })}
        </li>
    }
    .into_any()
}

/// The first figure of the layout that is an amount.
fn summed(app: App, entity: &Entity) -> Option<Field> {
    let layout = app.ask(|state| match state.definition(Definition::layout_id(entity.id)) {
        Some(Definition::Layout(layout)) => Some(layout.clone()),
        _ => None,
    })?;
    let is_amount = |field: &&Field| {
        let meant = app.ask(|state| meaning(state, entity, field).into_owned());
        matches!(meant.kind, FieldKind::Money { .. } | FieldKind::Formula { result: ResultKind::Money, .. })
    };
    layout.highlights.iter().filter_map(|id| entity.field(*id)).find(is_amount).cloned()
}

/// The sum over a tree; none where its amounts are of several currencies.
fn total(app: App, branches: &[Branch], field: &Field) -> Option<String> {
    let mut sum: Option<Money> = None;
    for branch in branches {
        let value = app.ask(|state| state.record(branch.record).map(|record| record.value(field.id).clone()));
        let Some(Value::Money(money)) = value else { continue };
        match &mut sum {
            None => sum = Some(money),
            Some(known) if known.currency == money.currency => {
                known.amount = known.amount.checked_add(money.amount).unwrap_or(Decimal::MAX);
            }
            Some(_) => return None,
        }
    }
    sum.map(format::money)
}
