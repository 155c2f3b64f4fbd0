//! The sheet of shortcuts.

use leptos::prelude::*;

use crate::app::App;
use crate::ui::act;
use crate::ui::part::{Dialog, kbd};
use crate::ui::shell::{use_app, use_floating};
use crate::ui::text::t;

/// The sheet; it opens with `?`.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let app = use_app();
    let open = use_floating().shortcuts;
    view! {
        <Dialog open=open title=Signal::derive(|| t("shortcuts-title")) class="dialog--wide">
            <div class="shortcuts">{sections(app)}</div>
        </Dialog>
    }
    .into_any()
}

/// What the sheet says, part by part.
pub fn sections(app: App) -> Vec<AnyView> {
    vec![
        section(
            t("shortcuts-everywhere"),
            act::everywhere(app).into_iter().filter_map(|act| Some((act.name, act.keys?))).collect(),
        ),
        section(
            t("shortcuts-in-list"),
            vec![
                (t("shortcuts-move"), "↑ ↓ ← →"),
                (t("shortcuts-page"), "PgUp PgDn"),
                (t("shortcuts-ends"), "Home End"),
                (t("shortcuts-first-last"), "Ctrl ↑ ↓"),
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
                (t("shortcuts-fill-range"), "Ctrl ↵"),
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
        section(
            t("shortcuts-in-record"),
            vec![(t("record-edit"), "E"), (t("shortcuts-next"), "J K"), (t("shortcuts-close"), "Esc")],
        ),
        section(t("shortcuts-in-form"), vec![(t("shortcuts-save"), "Ctrl ↵"), (t("shortcuts-close"), "Esc")]),
        section(t("history-title"), vec![(t("shortcuts-steps"), "↑ ↓"), (t("history-details"), "↵")]),
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
