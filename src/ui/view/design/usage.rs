//! Where the field that is looked at is used, each with the way there.

use leptos::prelude::*;

use super::Bench;
use crate::engine::design::{self, Usage, Way};
use crate::model::change::Change;
use crate::model::id::{DefinitionId, FieldId};
use crate::ui::part::icon;
use crate::ui::route::{Route, Sheet};
use crate::ui::text::{label, t, tr};

/// The part of the inspector.
pub fn part(bench: Bench) -> AnyView {
    let found = Memo::new(move |_| {
        // Any definition may speak of it.
        bench.app.definitions();
        let field = bench.chosen.get();
        field.map(|field| bench.app.ask(|state| design::usages(state, bench.id, field))).unwrap_or_default()
    });
    let count = move || tr("design-used-in", [("count", found.with(Vec::len).into())]);
    let lines = move || found.get().into_iter().map(|usage| line(bench, &usage)).collect::<Vec<AnyView>>();
    view! {
        <details class="design__part">
            <summary>{icon("chevron-down")}<h3>{count}</h3></summary>
            <ul class="design__inside design__usages">{lines}</ul>
        </details>
    }
    .into_any()
}

/// Who speaks of a field that goes, and is not changed with it: such as a form that asks for it. The page follows its fields.
pub fn missing(bench: Bench, field: FieldId, changes: &[Change]) -> AnyView {
    let found = bench.app.ask(|state| design::usages(state, bench.id, field));
    let changed: Vec<DefinitionId> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Defined { id, .. } => Some(*id),
            _ => None,
        })
        .collect();
    let is_left =
        |usage: &&Usage| !changed.contains(&usage.definition) && usage.ways.iter().any(|way| *way != Way::Page);
    let lines: Vec<AnyView> = found.iter().filter(is_left).map(|usage| line(bench, usage)).collect();
    (!lines.is_empty())
        .then(|| {
            view! { <div class="design__along"><p>{t("design-missed-by")}</p><ul class="design__usages">{lines}</ul></div> }
        })
        .into_any()
}

fn line(bench: Bench, usage: &Usage) -> AnyView {
    let ways: Vec<String> = usage.ways.iter().map(|way| t(way.key())).collect();
    let other = usage.entity.filter(|entity| *entity != bench.id).and_then(|entity| bench.app.entity(entity));
    let (kind, id) = usage.definition.as_str().split_once('/').unwrap_or((usage.definition.as_str(), ""));
    let name = match (kind, usage.field) {
        ("layout", _) => t("design-page"),
        _ => label(&usage.label),
    };
    let name = other.map_or(name.clone(), |other| format!("{} · {name}", label(&other.label)));
    let to = match (kind, usage.entity) {
        ("view", Some(entity)) => {
            Some(Route::Records { entity, view: Some(id.to_owned()), beside: None, linked: None })
        }
        ("layout", Some(entity)) => Some(Route::Design { entity, sheet: Sheet::Page, field: None }),
        ("entity", Some(entity)) => Some(Route::Design { entity, sheet: Sheet::Fields, field: usage.field }),
        ("form", _) if !id.contains('@') => Some(Route::FormDesign { form: id.to_owned(), part: None }),
        ("workspace", _) => Some(Route::Settings),
        _ => None,
    };
    let ways = view! { <span class="quiet">{ways.join(", ")}</span> };
    match to {
        Some(to) => view! { <li><a href=to.href()>{name}</a>{ways}</li> }.into_any(),
        None => view! { <li><span>{name}</span>{ways}</li> }.into_any(),
    }
}
