//! The list of what is amiss with what is designed; each line leads to the place where it is put right.

use leptos::prelude::*;

use crate::engine::form::Gravity;
use crate::ui::part::{Popover, icon_styled, unique_id};
use crate::ui::text::{t, tr};

/// Something amiss.
pub struct Problem {
    /// How bad it is; a hint where nothing is said.
    pub gravity: Option<Gravity>,
    /// What it is about.
    pub name: String,
    /// What is amiss with it.
    pub says: String,
    /// Leads there.
    pub go: Callback<()>,
}

/// The button with how many there are, in the colour of the worst, and the list that it opens.
pub fn problem_list(
    count: Signal<usize>,
    worst: Signal<Option<Gravity>>,
    problems: Callback<(), Vec<Problem>>,
) -> AnyView {
    let (open, anchor) = (RwSignal::new(false), unique_id("design-troubles"));
    let picture = move || match worst.get() {
        None => icon_styled("circle-check", "icon icon--good"),
        Some(Gravity::Warning) => icon_styled("triangle-alert", "icon icon--warn"),
        Some(Gravity::Error) => icon_styled("circle-alert", "icon icon--bad"),
    };
    let says = move || tr("design-troubles", [("count", count.get().into())]);
    let lines = move || problems.run(()).into_iter().map(|problem| line(open, problem)).collect::<Vec<AnyView>>();
    view! {
        <button
            id=anchor.clone()
            class="button button--quiet button--small"
            type="button"
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.set(true)
        >
            {picture}
            {says}
        </button>
        <Popover open=open anchor=anchor>
            <div class="menu design__troubles" role="dialog" aria-label=t("design-troubles-title")>
                {lines}
                {move || (count.get() == 0).then(|| view! { <p class="menu__empty">{t("design-no-troubles")}</p> })}
            </div>
        </Popover>
    }
    .into_any()
}

fn line(open: RwSignal<bool>, problem: Problem) -> AnyView {
    let Problem { gravity, name, says, go } = problem;
    let (picture, class, said) = match gravity {
        Some(Gravity::Error) => ("circle-alert", "icon icon--bad", t("form-error")),
        Some(Gravity::Warning) => ("triangle-alert", "icon icon--warn", t("form-warning")),
        None => ("arrow-right", "icon", String::new()),
    };
    let go = move |_| {
        open.set(false);
        go.run(());
    };
    view! {
        <button class="menu__item" type="button" on:click=go>
            {icon_styled(picture, class)}
            <span><span class="sr-only">{said}</span><b>{name}</b>" "{says}</span>
        </button>
    }
    .into_any()
}
