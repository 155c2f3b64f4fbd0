//! What a narrow screen has in the place of the palette and the frame of the inspector.

use leptos::prelude::*;

use super::{Designer, Workbench};
use crate::ui::part::{Popover, icon, unique_id};
use crate::ui::text::t;

/// The buttons above the canvas: one opens the palette, one looks at the whole.
pub fn narrow_tools(work: Workbench) -> AnyView {
    let Some(Designer { words, chosen, palette, itself, .. }) = work.designer.get_value() else { return ().into_any() };
    let (open, anchor) = (RwSignal::new(false), unique_id("design-add"));
    Effect::new(move |former: Option<Option<String>>| {
        let now = chosen.get();
        // Something was added: the sheet has done its work.
        if former.is_some_and(|former| former != now) {
            open.set(false);
        }
        now
    });
    view! {
        <div class="design__tools">
            <button
                id=anchor.clone()
                class="button button--primary design__add"
                type="button"
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.set(true)
            >
                {icon("plus")}
                {t(words.add)}
            </button>
            <button class="button design__itself" type="button" on:click=move |_| itself.run(())>
                {icon("settings")}
                {t(words.itself)}
            </button>
            <Popover open=open anchor=anchor class="builder builder--narrow">
                <div class="design__sheet" role="dialog" aria-label=t(words.palette)>{palette.run(())}</div>
            </Popover>
        </div>
    }
    .into_any()
}
