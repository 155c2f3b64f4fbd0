//! A signature: drawn with a finger, a pen or the mouse, kept as a picture.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::draft::FieldDraft;
use super::file::files;
use super::input::{described, name};
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::{t, tr};

const MEDIA_TYPE: &str = "image/png";

/// A sheet to sign on.
#[component]
pub fn SignatureInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// Told when it was signed.
    settled: Callback<()>,
) -> impl IntoView {
    let sheet = NodeRef::<html::Canvas>::new();
    let is_drawing = RwSignal::new(false);
    let has_ink = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let described = described(draft, &id);
    let start = move |event: web_sys::PointerEvent| {
        event.prevent_default();
        if let Some(context) = sheet.get_untracked().and_then(|canvas| pen(&canvas)) {
            let (x, y) = place(&event);
            context.begin_path();
            context.move_to(x, y);
            is_drawing.set(true);
            has_ink.set(true);
        }
    };
    let draw = move |event: web_sys::PointerEvent| {
        if is_drawing.get_untracked()
            && let Some(context) = sheet.get_untracked().and_then(|canvas| pen(&canvas))
        {
            let (x, y) = place(&event);
            context.line_to(x, y);
            context.stroke();
        }
    };
    let clear = move |_| {
        if let Some(canvas) = sheet.get_untracked()
            && let Some(context) = pen(&canvas)
        {
            context.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        }
        has_ink.set(false);
        draft.value.set(Value::Empty);
    };
    let keep = move |_| {
        let Some(canvas) = sheet.get_untracked() else { return };
        let Some(bytes) = canvas.to_data_url().ok().and_then(|address| browser::decode_data_url(&address)) else {
            return;
        };
        let file_name = format!("{}.png", name(draft));
        draft.app().keep_bytes(file_name, MEDIA_TYPE.to_owned(), bytes, move |kept| match kept {
            Ok(file) => {
                if draft.value.try_set(Value::Files([file].into())).is_none() {
                    let _ = has_ink.try_set(false);
                    draft.judge();
                    settled.run(());
                }
            }
            Err(name) => {
                let _ = trouble.try_set(Some(name));
            }
        });
    };
    let is_signed = move || draft.value.with(|value| !files(value).is_empty());
    view! {
        <div class="input-group" role="group" aria-label=name(draft) aria-describedby=described>
            <canvas
                class="input sheet"
                id=id
                width="360"
                height="120"
                node_ref=sheet
                role="img"
                aria-label=t("field-sign-here")
                on:pointerdown=start
                on:pointermove=draw
                on:pointerup=move |_| is_drawing.set(false)
                on:pointerleave=move |_| is_drawing.set(false)
            ></canvas>
            <div class="chips">
                <button
                    class="button button--small"
                    type="button"
                    aria-disabled=move || (!has_ink.get()).then_some("true")
                    on:click=move |event| {
                        if has_ink.get_untracked() {
                            keep(event);
                        }
                    }
                >
                    {icon("check")}
                    {t("field-keep-signature")}
                </button>
                <button class="button button--small button--quiet" type="button" on:click=clear>{t("field-sign-again")}</button>
                {move || is_signed().then(|| view! { <span class="field__hint field__hint--good">{icon("check")}{t("field-signed")}</span> })}
            </div>
            {move || {
                trouble
                    .get()
                    .map(|name| {
                        view! { <p class="field__error" role="alert">{tr("field-file-not-kept", [("name", name.into())])}</p> }
                    })
            }}
        </div>
    }
    .into_any()
}

/// Where the pointer is on the sheet, in its own pixels, however wide it is drawn.
fn place(event: &web_sys::PointerEvent) -> (f64, f64) {
    let sheet = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlCanvasElement>().ok());
    let scale = sheet.map_or(1.0, |sheet| f64::from(sheet.width()) / f64::from(sheet.client_width().max(1)));
    (f64::from(event.offset_x()) * scale, f64::from(event.offset_y()) * scale)
}

fn pen(canvas: &web_sys::HtmlCanvasElement) -> Option<web_sys::CanvasRenderingContext2d> {
    let context = canvas.get_context("2d").ok().flatten()?.dyn_into::<web_sys::CanvasRenderingContext2d>().ok()?;
    context.set_line_width(2.0);
    context.set_line_cap("round");
    context.set_line_join("round");
    Some(context)
}
