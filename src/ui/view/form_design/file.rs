//! A file that belongs to the form: a logo, what is handed over, a picture.

use leptos::prelude::*;

use super::control::Sight;
use crate::model::form::ItemContent;
use crate::model::value::FileRef;
use crate::ui::browser;
use crate::ui::field::picture;
use crate::ui::part::{icon, icon_button};
use crate::ui::text::t;

use super::row::Place;
use crate::engine::design::Piece;

/// A file that may be absent.
pub fn file(sight: Sight, id: String, name: String, place: Place<Option<FileRef>>, accept: &'static str) -> AnyView {
    let own = StoredValue::new(id.clone());
    let put = Callback::new(move |file: Option<FileRef>| {
        sight.write(&own.get_value(), &|piece| {
            if let Some(held) = place(piece, 0) {
                held.clone_from(&file);
            }
        });
    });
    let shown = move || {
        let file = sight.held(place, 0).flatten()?;
        Some(view! {
            <p class="form-design__file">
                {icon("paperclip")}
                <span class="clip">{file.name}</span>
                {icon_button(t("form-file-remove"), "x", move || put.run(None))}
            </p>
        })
    };
    let chosen = Callback::new(move |file: FileRef| put.run(Some(file)));
    drawn(sight, id, name, shown.into_any(), accept, chosen)
}

/// The picture of an item, which another one can take the place of.
pub fn image(sight: Sight, id: String, name: String) -> AnyView {
    let own = StoredValue::new(id.clone());
    let shown = move || {
        let ItemContent::Picture { file, .. } = content(sight.piece.get()?)? else { return None };
        Some(view! { <div class="form-design__image">{picture(sight.bench.app(), &file, String::new())}</div> })
    };
    let chosen = Callback::new(move |next: FileRef| {
        sight.write(&own.get_value(), &|piece| {
            if let Piece::Item(item, _) = piece
                && let ItemContent::Picture { file, .. } = &mut item.content
            {
                *file = next.clone();
            }
        });
    });
    drawn(sight, id, name, shown.into_any(), "image/*", chosen)
}

/// Whether a part is a picture.
pub fn is_image(piece: &Piece) -> bool {
    matches!(piece, Piece::Item(item, _) if matches!(item.content, ItemContent::Picture { .. }))
}

fn content(piece: Piece) -> Option<ItemContent> {
    if let Piece::Item(item, _) = piece { Some(item.content) } else { None }
}

fn drawn(
    sight: Sight,
    id: String,
    name: String,
    shown: AnyView,
    accept: &'static str,
    put: Callback<FileRef>,
) -> AnyView {
    let alive = StoredValue::new(());
    let chosen = move |event: web_sys::Event| {
        let Some(file) = browser::chosen_file(&event) else { return };
        let app = sight.bench.app();
        app.keep_file(file, move |kept| match kept {
            // Whoever has left the page meanwhile keeps it as it was.
            Ok(file) if alive.try_get_value().is_some() => put.run(file),
            Ok(_) => {}
            Err(name) => app.toast("stream-not-kept", vec![("name", name)], crate::app::ToastAction::None),
        });
    };
    let labelled = id.clone();
    view! {
        <div class="field">
            <label class="field__label" for=labelled>{name}</label>
            {shown}
            <input class="input" type="file" id=id accept=accept on:change=chosen/>
        </div>
    }
    .into_any()
}
