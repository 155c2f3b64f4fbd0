//! What follows when a form was sent: thanks, where to go from there, what is handed over, and once more.

use leptos::prelude::*;

use super::{Fill, Purpose};
use crate::model::value::FileRef;
use crate::ui::browser;
use crate::ui::field::address;
use crate::ui::part::{icon, icon_styled, is_safe, markdown, scan_code};
use crate::ui::route::Route;
use crate::ui::text::{label, t, tr};

/// The last page.
pub(super) fn ending(fill: Fill) -> AnyView {
    let form = fill.form();
    let id = fill.own_id("ending");
    let text = form.ending.text.as_ref().map_or_else(|| t("fill-thanks"), label);
    let purpose = fill.opening.with_value(|opening| opening.purpose);
    let link = form.ending.link.as_ref().filter(|link| is_safe(&link.address)).map(|link| {
        let (address, says) = (link.address.clone(), label(&link.label));
        if purpose == Purpose::Kiosk {
            return to_take_along(&address, says);
        }
        view! { <a class="button button--large" href=address target="_blank" rel="noopener">{icon("external-link")}{says}</a> }.into_any()
    });
    // On a device that is somebody else's a file is of no use.
    let file = form.ending.file.as_ref().filter(|_| purpose != Purpose::Kiosk).map(|file| handed_over(fill, file));
    let again = fill.again.get_value().filter(|_| form.ending.again && purpose == Purpose::Answer);
    let again = again.map(|again| {
        view! { <button class="button button--large" type="button" on:click=move |_| again.run(())>{icon("rotate-ccw")}{t("fill-again")}</button> }
    });
    // Where the app is installed there is no other way back.
    let home = (purpose == Purpose::Answer).then(|| {
        view! { <a class="button button--quiet button--large" href=Route::Forms.href()>{icon("arrow-left")}{t("forms-title")}</a> }
    });
    let focus = id.clone();
    request_animation_frame(move || browser::focus(&focus));
    view! {
        <div class="fill__ending" id=id tabindex="-1" role="status">
            {icon_styled("circle-check", "icon icon--good")}
            <div class="fill__text">{markdown(&text).into_view()}</div>
            {(purpose == Purpose::Preview).then(|| view! { <p class="quiet">{t("fill-preview-sent")}</p> })}
            <div class="fill__then">{link}{file}{again}{home}</div>
        </div>
    }
    .into_any()
}

/// A link on a device that nobody takes along: one's own telephone opens it.
fn to_take_along(address: &str, says: String) -> AnyView {
    let picture = scan_code(address);
    view! {
        <figure class="fill__scan">
            <div role="img" aria-label=tr("fill-scan", [("name", says.clone().into())]) inner_html=picture></div>
            <figcaption>{says}</figcaption>
        </figure>
    }
    .into_any()
}

/// A file, once it is found.
fn handed_over(fill: Fill, file: &FileRef) -> AnyView {
    let address = address(fill.app, file);
    let name = file.name.clone();
    (move || {
        let name = name.clone();
        address.get().map(|url| {
            let says = tr("fill-download", [("name", name.clone().into())]);
            view! { <a class="button button--large button--primary" href=url download=name>{icon("download")}{says}</a> }
        })
    })
    .into_any()
}
