//! A field that is used no more: retired, brought back, or deleted with what goes along.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Bench, forecast};
use crate::model::definition::Definition;
use crate::model::id::FieldId;
use crate::ui::part::icon;
use crate::ui::text::{label, t};

/// Retires a field, or brings it back.
pub fn retire(bench: Bench, field: FieldId, is_retired: bool) {
    let Some(entity) = bench.entity.get_untracked() else { return };
    let mut next = (*entity).clone();
    next.fields.iter_mut().filter(|known| known.id == field).for_each(|known| known.retired = is_retired);
    let what = entity.field(field).map(|field| label(&field.label)).unwrap_or_default();
    if let Err(refused) = bench.define(vec![Definition::Entity(Arc::new(next))], &what) {
        bench.app.toast_rejection(&refused);
    }
}

/// Asks whether a field shall go, and shows what goes along.
pub fn ask(bench: Bench, field: FieldId) {
    forecast::ask_removal(bench, field);
}

/// Asks whether the field that has the focus on the canvas shall go.
pub fn by_key(bench: Bench, key: &str) {
    let (field, title) = (FieldId::new(key), bench.entity.get_untracked().map(|entity| entity.title));
    if Some(field) != title {
        ask(bench, field);
    }
}

/// The buttons at the bottom of the inspector; what names records stays.
pub fn buttons(bench: Bench) -> AnyView {
    let shown = move || {
        let (entity, field) = (bench.entity()?, bench.field()?);
        if entity.title == field.id {
            return Some(view! { <p class="quiet">{t("design-title-stays")}</p> }.into_any());
        }
        let (id, is_retired) = (field.id, field.retired);
        let (key, name) =
            if is_retired { ("design-bring-back", "archive-restore") } else { ("design-retire", "archive") };
        Some(view! {
            <button class="button" type="button" on:click=move |_| retire(bench, id, !is_retired)>{icon(name)}{t(key)}</button>
            <button class="button button--quiet design__delete" type="button" aria-haspopup="dialog" on:click=move |_| ask(bench, id)>
                {icon("trash-2")}
                {t("design-delete")}
            </button>
        }
        .into_any())
    };
    view! { <div class="design__leave">{shown}</div> }.into_any()
}
