//! The inspector: everything that can be set of the part that is looked at, or of the form itself, out of one table.

use leptos::prelude::*;

use super::control::{Sight, fits, is_set, row};
use super::row::GROUPS;
use super::{Bench, canvas, focus_part};
use crate::engine::design::Piece;
use crate::ui::part::{icon, icon_button, icon_styled};
use crate::ui::text::{label, t, tr};
use crate::ui::view::design::part as fold;

/// The inspector.
pub fn inspector(bench: Bench) -> AnyView {
    // What is drawn stays for as long as it is about the same part.
    let subject = Memo::new(move |_| bench.entity.with(Option::is_some).then(|| bench.chosen.get()));
    let name = move || {
        let (form, entity) = (bench.form()?, bench.entity()?);
        let piece = form.piece(&entity, bench.chosen.get().as_deref())?;
        Some(match &piece {
            Piece::Form(form) => label(&form.label),
            Piece::Page(page) => page.label.as_ref().map(label).unwrap_or_else(|| {
                tr("form-page-unnamed", [("number", (form.page_of(&page.id).unwrap_or(0) + 1).into())])
            }),
            Piece::Section(section) => section.label.as_ref().map(label).unwrap_or_else(|| t("form-section")),
            Piece::Item(item, field) => canvas::name_of(item, field.as_deref()),
        })
    };
    let itself = move || {
        bench.chosen.with(Option::is_some).then(|| {
            view! {
                <button class="button button--quiet button--small" type="button" on:click=move |_| bench.choose(None)>
                    {icon("settings")}
                    {t("form-itself")}
                </button>
            }
        })
    };
    let close = icon_button(t("part-close"), "x", move || {
        bench.is_open.set(false);
        focus_part(bench.chosen.get_untracked());
    });
    view! {
        <aside class="design__inspector" aria-label=t("design-inspector")>
            <header class="design__head design__head--inspector">
                {icon_styled("sliders-horizontal", "icon")}
                <h2 class="clip">{name}</h2>
                {itself}
                <span class="design__close">{close}</span>
            </header>
            {move || subject.get().map(|part| rows(bench, part))}
        </aside>
    }
    .into_any()
}

fn rows(bench: Bench, part: Option<String>) -> Option<AnyView> {
    let own = part.clone();
    let piece = Memo::new(move |_| {
        let (form, entity) = (bench.form.get()?, bench.entity.get()?);
        form.piece(&entity, own.as_deref())
    });
    let entity = StoredValue::new(bench.entity.get_untracked()?);
    let sight = Sight { bench, part: StoredValue::new(part), piece, entity };
    let now = piece.get_untracked()?;
    let groups: Vec<AnyView> = GROUPS
        .iter()
        .filter(|group| group.rows.iter().any(|row| fits(&now, row, 0)))
        .map(|group| {
            let rows: Vec<AnyView> = group.rows.iter().map(|known| row(sight, known, 0, None)).collect();
            if group.name.is_empty() {
                return view! { <div class="design__inside">{rows}</div> }.into_any();
            }
            let is_open = group.rows.iter().any(|row| is_set(&now, row));
            fold(group.name, is_open, rows.into_any())
        })
        .collect();
    Some(view! { <div class="design__body form-design__settings">{groups}</div> }.into_any())
}
