//! The figures at the top of a record, and how complete it is: what is missing leads to its field.

use std::sync::Arc;

use leptos::prelude::*;

use super::layout;
use crate::app::App;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{FieldId, RecordId};
use crate::model::view::Layout;
use crate::ui::field::show_in_cell;
use crate::ui::part::{MenuButton, MenuItem, MenuRow, icon_styled};
use crate::ui::text::{label, t, tr};
use crate::ui::view::form;

/// The field that somebody wants to fill in next, wherever it stands on the page.
#[derive(Clone, Copy)]
pub struct Wanted(pub RwSignal<Option<FieldId>>);

/// The figures of a record, if its layout names any.
pub fn figures(app: App, id: RecordId, entity: &Arc<Entity>) -> Option<AnyView> {
    let layout = layout(app, entity.id)?;
    let fields: Vec<Field> = layout.highlights.iter().filter_map(|field| entity.field(*field)).cloned().collect();
    if fields.is_empty() {
        return None;
    }
    let entity = entity.clone();
    let numbers: Vec<AnyView> = fields
        .into_iter()
        .map(|field| {
            let (name, entity) = (label(&field.label), entity.clone());
            let value = move || {
                let record = app.record(id)?;
                let value = record.value(field.id);
                Some(match value.is_empty() {
                    true => view! { <span class="quiet">"–"</span> }.into_any(),
                    false => show_in_cell(app, &entity, &field, value),
                })
            };
            view! { <div class="number"><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
        })
        .collect();
    Some(view! { <dl class="numbers">{numbers}</dl> }.into_any())
}

/// How complete a record is, with what is missing, if its layout says what is important.
pub fn completeness(app: App, id: RecordId, entity: &Arc<Entity>) -> Option<AnyView> {
    let layout = layout(app, entity.id).filter(|layout| !layout.important.is_empty())?;
    let wanted = use_context::<Wanted>();
    let entity = entity.clone();
    let of = layout.important.len();
    let missing = {
        let layout = layout.clone();
        Memo::new(move |_| app.record(id).map(|record| layout.missing(&record)).unwrap_or_default())
    };
    let items = Callback::new(move |()| {
        let go = |field: &Field| {
            let (field, is_shown) = (field.id, is_shown(&layout, field.id));
            let entity = entity.id;
            move || match wanted {
                Some(Wanted(wanted)) if is_shown => wanted.set(Some(field)),
                _ => form::edit(entity, id),
            }
        };
        let fields: Vec<&Field> =
            missing.with_untracked(|missing| missing.iter().filter_map(|it| entity.field(*it)).collect());
        let head = MenuRow::Label(t("complete-missing"));
        let rows =
            fields.into_iter().map(|field| MenuRow::Item(MenuItem::new(label(&field.label), go(field)).icon("pencil")));
        std::iter::once(head).chain(rows).collect::<Vec<MenuRow>>()
    });
    let share = move || {
        let filled = of - missing.with(Vec::len);
        (filled, filled as f64 / of as f64)
    };
    let is_whole = Memo::new(move |_| missing.with(Vec::is_empty));
    let drawn = move || {
        if is_whole.get() {
            return view! {
                <span class="complete complete--whole">{icon_styled("circle-check", "icon icon--14 icon--good")}{t("complete-whole")}</span>
            }
            .into_any();
        }
        view! {
            <MenuButton label=t("complete-missing") items=items class="complete">
                <meter class="gauge" min="0" max="1" value=move || share().1.to_string() aria-hidden="true"></meter>
                <span>{move || tr("complete-share", [("filled", share().0.into()), ("of", of.into())])}</span>
            </MenuButton>
        }
        .into_any()
    };
    Some(drawn.into_any())
}

fn is_shown(layout: &Layout, field: FieldId) -> bool {
    layout.sections.iter().any(|section| section.fields.contains(&field))
}
