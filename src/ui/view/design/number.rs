//! What numbers look like, and the button that numbers the records that were there before.

use leptos::prelude::*;

use super::Bench;
use crate::command::{Command, unnumbered};
use crate::engine::design::first_number;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::{label, t, tr};

/// The part of the inspector.
pub fn numbers(bench: Bench) -> AnyView {
    let blank = Memo::new(move |_| {
        bench.app.track_entity(bench.id);
        let field = bench.chosen.get()?;
        Some(bench.app.ask(|state| unnumbered(state, bench.id, field).len()))
    });
    let like = move || {
        let first = bench.field().and_then(|field| first_number(&field.kind));
        first.map(|first| tr("design-number-like", [("number", first.into())]))
    };
    let act = move |_| {
        let Some(field) = untrack(|| bench.field()) else { return };
        let command = Command::NumberRecords { entity: bench.id, field: field.id };
        match bench.act(command, &label(&field.label)) {
            // The button goes with what it was there for.
            Ok(()) => {
                let _ = browser::focus_first("#design-prefix");
            }
            Err(refused) => bench.app.toast_rejection(&refused),
        }
    };
    view! {
        <div class="field">
            <p class="field__hint">{like}</p>
            {move || blank.get().filter(|count| *count > 0).map(|count| view! {
                <p class="field__hint">{tr("design-unnumbered", [("count", count.into())])}</p>
                <button class="button button--small" type="button" on:click=act>{icon("hash")}{t("design-number-them")}</button>
            })}
        </div>
    }
    .into_any()
}
