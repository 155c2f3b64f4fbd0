//! The list of what is wrong with the form or odd about it; each line leads to the control where it is put right.

use leptos::prelude::*;

use super::control::show;
use super::row::row_of;
use super::{Bench, canvas};
use crate::engine::design::Piece;
use crate::engine::form::{FormProblem, Gravity};
use crate::ui::part::{Popover, icon_styled, unique_id};
use crate::ui::text::{diagnostic, label, t, tr};

/// The button with their number, and the list that it opens.
pub fn problems(bench: Bench) -> AnyView {
    let (open, anchor) = (RwSignal::new(false), unique_id("form-problems"));
    let picture = move || match bench.problems.with(|all| all.iter().map(|problem| problem.gravity).min()) {
        None => icon_styled("circle-check", "icon icon--good"),
        Some(Gravity::Warning) => icon_styled("triangle-alert", "icon icon--warn"),
        Some(Gravity::Error) => icon_styled("circle-alert", "icon icon--bad"),
    };
    let count = move || tr("design-troubles", [("count", bench.problems.with(Vec::len).into())]);
    let lines =
        move || bench.problems.get().into_iter().map(|problem| line(bench, open, problem)).collect::<Vec<AnyView>>();
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
            {count}
        </button>
        <Popover open=open anchor=anchor>
            <div class="menu design__troubles" role="dialog" aria-label=t("design-troubles-title")>
                {lines}
                {move || bench.problems.with(Vec::is_empty).then(|| view! { <p class="menu__empty">{t("design-no-troubles")}</p> })}
            </div>
        </Popover>
    }
    .into_any()
}

fn line(bench: Bench, open: RwSignal<bool>, problem: FormProblem) -> AnyView {
    let name = bench.form.get_untracked().zip(bench.entity.get_untracked()).and_then(|(form, entity)| {
        Some(match form.piece(&entity, problem.part.as_deref())? {
            Piece::Form(form) => label(&form.label),
            Piece::Page(page) => page.label.as_ref().map(label).unwrap_or_else(|| {
                tr("form-page-unnamed", [("number", (form.page_of(&page.id).unwrap_or(0) + 1).into())])
            }),
            Piece::Section(section) => section.label.as_ref().map(label).unwrap_or_else(|| t("form-section")),
            Piece::Item(item, field) => canvas::name_of(&item, field.as_deref()),
        })
    });
    let (part, row) = (problem.part, row_of(problem.aspect));
    let go = move |_| {
        open.set(false);
        bench.choose(part.clone());
        // Once the inspector shows it.
        request_animation_frame(move || request_animation_frame(move || show(&format!("form-set-{row}"))));
    };
    let (picture, class, said) = match problem.gravity {
        Gravity::Error => ("circle-alert", "icon icon--bad", t("form-error")),
        Gravity::Warning => ("triangle-alert", "icon icon--warn", t("form-warning")),
    };
    view! {
        <button class="menu__item" type="button" on:click=go>
            {icon_styled(picture, class)}
            <span><span class="sr-only">{said}</span><b>{name.unwrap_or_default()}</b>" "{diagnostic(&problem.diagnostic)}</span>
        </button>
    }
    .into_any()
}
