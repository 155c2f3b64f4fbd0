//! The sheet of shortcuts.

use leptos::prelude::*;

use crate::ui::part::{Dialog, kbd};
use crate::ui::shell::use_floating;
use crate::ui::text::t;

/// The sheet; it opens with `?`.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let open = use_floating().shortcuts;
    view! {
        <Dialog open=open title=Signal::derive(|| t("shortcuts-title")) class="dialog--wide">
            <div class="shortcuts">{sections()}</div>
        </Dialog>
    }
    .into_any()
}

fn sections() -> Vec<AnyView> {
    vec![
        section(
            t("shortcuts-everywhere"),
            vec![
                (t("shell-search"), "Ctrl K"),
                (t("shortcuts-new"), "N"),
                (t("shortcuts-find"), "/"),
                (t("shell-undo"), "Ctrl Z"),
                (t("shell-redo"), "Ctrl ⇧ Z"),
                (t("shortcuts-this"), "?"),
            ],
        ),
        section(
            t("shortcuts-in-list"),
            vec![
                (t("shortcuts-move"), "↑ ↓ ← →"),
                (t("shortcuts-page"), "PgUp PgDn"),
                (t("list-open-beside"), "↵"),
                (t("shortcuts-from-first"), "Ctrl Home End"),
                (t("shortcuts-edit"), "F2"),
                (t("shortcuts-type"), "A … Z"),
                (t("shortcuts-next-cell"), "↵ Tab"),
                (t("shortcuts-range"), "⇧ ↑ ↓ ← →"),
                (t("shortcuts-range-row"), "⇧ Space"),
                (t("shortcuts-range-column"), "Ctrl Space"),
                (t("shortcuts-range-all"), "Ctrl A"),
                (t("shortcuts-copy"), "Ctrl C X V"),
                (t("shortcuts-fill-down"), "Ctrl D"),
                (t("shortcuts-fill-right"), "Ctrl R"),
                (t("shortcuts-clear"), "Del"),
                (t("shortcuts-select"), "Space"),
                (t("shortcuts-width"), "⇧ ← →"),
            ],
        ),
        section(
            t("shortcuts-on-board"),
            vec![
                (t("shortcuts-lift"), "Space"),
                (t("shortcuts-carry"), "← →"),
                (t("board-move-to"), "M"),
                (t("shortcuts-cancel"), "Esc"),
            ],
        ),
        section(t("shortcuts-in-record"), vec![(t("shortcuts-next"), "J K"), (t("shortcuts-close"), "Esc")]),
    ]
}

fn section(title: String, rows: Vec<(String, &'static str)>) -> AnyView {
    let rows: Vec<AnyView> = rows
        .into_iter()
        .map(|(what, keys)| {
            // The pictures of keys are hidden from screen readers elsewhere, where the button itself names them.
            view! { <div class="shortcuts__row"><dt>{what}</dt><dd>{kbd(keys)}<span class="sr-only">{keys}</span></dd></div> }
                .into_any()
        })
        .collect();
    view! { <section><h3>{title}</h3><dl>{rows}</dl></section> }.into_any()
}
