//! The form as people see it while it is made, at three widths; nothing that is filled in here is kept.

use leptos::prelude::*;

use super::Bench;
use crate::model::diagnostic::Diagnostic;
use crate::ui::part::icon;
use crate::ui::text::{diagnostic, t};
use crate::ui::view::fill::{Fill, Tried, runner};

/// How wide the form is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// As on a phone.
    Phone,
    /// As on a tablet.
    Tablet,
    /// As on a desk.
    Desktop,
}

const WIDTHS: [(Width, &str, &str, &str); 3] = [
    (Width::Phone, "phone", "smartphone", "form-width-phone"),
    (Width::Tablet, "tablet", "panel-bottom", "form-width-tablet"),
    (Width::Desktop, "desktop", "monitor", "form-width-desktop"),
];

/// The buttons for the canvas and the three widths.
pub fn sheets(bench: Bench) -> AnyView {
    let one = |width: Option<Width>, picture: &'static str, key: &'static str| {
        let is_on = move || (bench.looks.get() == width && bench.past.with(Option::is_none)).to_string();
        let tip = t(key);
        view! {
            <button class="tab" type="button" aria-pressed=is_on title=tip on:click=move |_| {
                bench.past.set(None);
                bench.looks.set(width);
            }>
                {icon(picture)}
                <span class=if width.is_some() { "form-design__wide" } else { "" }>{t(key)}</span>
            </button>
        }
        .into_any()
    };
    let widths: Vec<AnyView> = WIDTHS.iter().map(|(width, _, picture, key)| one(Some(*width), picture, key)).collect();
    view! {
        <div class="tabs form-design__looks" role="group" aria-label=t("form-looks")>
            {one(None, "layout-template", "form-look-build")}
            {widths}
        </div>
    }
    .into_any()
}

/// The form at a width; what is tried out in it stays while the form is changed.
pub fn preview(bench: Bench, width: Width) -> AnyView {
    let turn = RwSignal::new(0u32);
    let name = WIDTHS.iter().find(|(known, ..)| *known == width).map_or("desktop", |(_, name, ..)| name);
    let again = Callback::new(move |()| turn.update(|turn| *turn += 1));
    let begun = StoredValue::new(0u32);
    let drawn = move || {
        let now = turn.get();
        let form = bench.form.get();
        bench.entity.track();
        // Whoever wants it once more begins anew.
        let is_same = begun.try_update_value(|begun| std::mem::replace(begun, now) == now).unwrap_or_default();
        let tried = bench.tried.try_update_value(Option::take).flatten().filter(|_| is_same);
        let fill = Fill::try_out(bench.app, form?, tried);
        if let Ok(fill) = &fill {
            let fill = *fill;
            on_cleanup(move || {
                bench.tried.try_update_value(|tried| *tried = Tried::of(fill));
            });
        }
        Some(drawn(fill, again))
    };
    view! {
        <p class="quiet form-design__say">{t("form-preview-say")}</p>
        <div class="form-design__frame" data-width=name>{drawn}</div>
    }
    .into_any()
}

/// A form as people see it; nothing of it is kept.
pub fn drawn(fill: Result<Fill, Diagnostic>, again: Callback<()>) -> AnyView {
    match fill {
        Ok(fill) => {
            fill.tells(Callback::new(|_| ()), again);
            runner(fill)
        }
        Err(wrong) => view! { <p class="field__error">{icon("circle-alert")}{diagnostic(&wrong)}</p> }.into_any(),
    }
}
