//! What the page looks like: a record of the entity, drawn as its page draws it.

use leptos::prelude::*;

use super::Bench;
use crate::ui::part::icon;
use crate::ui::text::{t, tr};
use crate::ui::view::form;
use crate::ui::view::record::{Level, RecordFacts, RecordHead};

/// The preview.
pub fn preview(bench: Bench) -> AnyView {
    let record = Memo::new(move |_| {
        bench.app.track_entity(bench.id);
        bench.app.ask(|state| state.member_ids(bench.id).last().copied())
    });
    let shown = move || {
        // Both decide what is drawn, and neither is asked by what is drawn.
        bench.layout.track();
        let entity = bench.entity()?;
        Some(match record.get() {
            Some(id) => view! {
                <p class="quiet">{tr("design-preview-of", [("name", bench.app.title(id).into())])}</p>
                <div class="design__record record">
                    <RecordHead id=id entity=entity.clone() level=Level::Panel removed=Callback::new(|()| ())/>
                    <RecordFacts id=id entity=entity/>
                </div>
            }
            .into_any(),
            None => {
                let id = entity.id;
                view! {
                    <p class="quiet">{t("design-preview-none")}</p>
                    <button class="button" type="button" on:click=move |_| form::create(id, Vec::new())>{icon("plus")}{t("design-preview-new")}</button>
                }
                .into_any()
            }
        })
    };
    view! {
        <aside class="design__preview" aria-label=t("design-preview")>
            <header class="design__head"><h2>{t("design-preview")}</h2></header>
            {shown}
        </aside>
    }
    .into_any()
}
