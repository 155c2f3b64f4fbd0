//! A signature: drawn with a finger, a pen or the mouse, or typed by whoever has none of them; kept as a picture.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::cover::picture;
use super::draft::{FieldDraft, begin_reading, end_reading};
use super::file::files;
use super::input::{described, name};
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::{t, tr};

const MEDIA_TYPE: &str = "image/png";

/// The sheet in its own pixels; it is shown at half of that or less, so that lines are fine.
const SHEET: (u32, u32) = (880, 260);

/// How long after the last line it is kept, in milliseconds: most people lift the pen more than once.
const PATIENCE: u64 = 300;

/// Hands for a typed name, as systems have them.
const HANDS: &str = "italic 104px 'Segoe Script','Bradley Hand','Snell Roundhand','Brush Script MT','STKaiti','KaiTi','Kaiti SC',cursive";

/// How somebody signs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// With a finger, a pen or the mouse.
    Drawn,
    /// With the keyboard.
    Typed,
}

/// What is on the sheet.
#[derive(Clone, Copy)]
struct Sheet {
    draft: FieldDraft,
    canvas: NodeRef<html::Canvas>,
    way: RwSignal<Way>,
    typed: RwSignal<String>,
    has_ink: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    /// The point of the line that is drawn, and the middle between it and the one before.
    point: StoredValue<Option<[(f64, f64); 2]>>,
    /// Counts what was done, so that what is older is not kept.
    acts: StoredValue<u32>,
}

/// A sheet to sign on.
#[component]
pub fn SignatureInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// Told when it was signed, where somebody waits for that.
    settled: Option<Callback<()>>,
) -> impl IntoView {
    let described = described(draft, &id);
    let is_kept = Memo::new(move |_| draft.value.with(|value| !files(value).is_empty()));
    let is_open = RwSignal::new(!is_kept.get_untracked());
    let is_shown = Memo::new(move |_| is_kept.get() && !is_open.get());
    let sheet = Sheet {
        draft,
        canvas: NodeRef::new(),
        way: RwSignal::new(Way::Drawn),
        typed: RwSignal::new(String::new()),
        has_ink: RwSignal::new(false),
        trouble: RwSignal::new(None),
        point: StoredValue::new(None),
        acts: StoredValue::new(0),
    };
    let body = move || if is_shown.get() { kept(draft, is_open) } else { open(sheet, &id, is_kept, settled) };
    view! {
        <div class="input-group sign" role="group" aria-label=name(draft) aria-describedby=described>
            {body}
        </div>
    }
    .into_any()
}

/// The signature that is there.
fn kept(draft: FieldDraft, is_open: RwSignal<bool>) -> AnyView {
    let file = draft.value.with_untracked(|value| files(value).first().cloned());
    let shown = file.map(|file| picture(draft.app(), &file, file.name.clone()));
    let again = move |_| {
        is_open.set(true);
        draft.value.set(Value::Empty);
    };
    view! {
        <div class="sheet sheet--kept">{shown}</div>
        <div class="chips">
            <button class="button button--small" type="button" on:click=again>{icon("rotate-ccw")}{t("field-sign-again")}</button>
        </div>
    }
    .into_any()
}

fn open(sheet: Sheet, id: &str, is_kept: Memo<bool>, settled: Option<Callback<()>>) -> AnyView {
    let way = |way: Way, sign: &'static str, key: &str| {
        let pressed = move || (sheet.way.get() == way).to_string();
        let choose = move |_| {
            if sheet.way.get_untracked() != way {
                sheet.clear();
                sheet.way.set(way);
            }
        };
        view! { <button class="segment__item" type="button" aria-pressed=pressed on:click=choose>{icon(sign)}{t(key)}</button> }
            .into_any()
    };
    let typed = move || {
        (sheet.way.get() == Way::Typed).then(|| {
            view! {
                <input
                    class="input"
                    type="text"
                    autocomplete="name"
                    maxlength="80"
                    aria-label=t("field-sign-name")
                    placeholder=t("field-sign-name")
                    prop:value=move || sheet.typed.get()
                    on:input=move |event| sheet.write(event_target_value(&event))
                />
            }
        })
    };
    let done = settled.map(|settled| {
        view! {
            <button
                class="button button--small"
                type="button"
                aria-disabled=move || (!is_kept.get()).then_some("true")
                on:click=move |_| if is_kept.get_untracked() { settled.run(()) }
            >
                {icon("check")}
                {t("field-keep-signature")}
            </button>
        }
    });
    let empty = move || (!sheet.has_ink.get() && sheet.way.get() == Way::Drawn).then(|| t("field-sign-say"));
    view! {
        <div class="segment" role="group" aria-label=t("field-sign-how")>
            {way(Way::Drawn, "signature", "field-sign-draw")}
            {way(Way::Typed, "keyboard", "field-sign-type")}
        </div>
        {typed}
        <div class="sheet">
            <canvas
                id=id.to_owned()
                width=SHEET.0
                height=SHEET.1
                node_ref=sheet.canvas
                role="img"
                aria-label=t("field-sign-here")
                data-typed=move || (sheet.way.get() == Way::Typed).then_some("")
                on:pointerdown=move |event| sheet.start(&event)
                on:pointermove=move |event| sheet.go_on(&event)
                on:pointerup=move |_| sheet.lift()
                on:pointercancel=move |_| sheet.lift()
            ></canvas>
            <span class="sheet__say" aria-hidden="true">{empty}</span>
        </div>
        <div class="chips">
            {done}
            <button class="button button--small button--quiet" type="button" on:click=move |_| sheet.clear()>{icon("rotate-ccw")}{t("field-sign-clear")}</button>
            <span class="field__hint field__hint--good" role="status">
                {move || is_kept.get().then(|| view! { {icon("check")}{t("field-signed")} })}
            </span>
        </div>
        {move || {
            sheet
                .trouble
                .get()
                .map(|name| view! { <p class="field__error" role="alert">{tr("field-file-not-kept", [("name", name.into())])}</p> })
        }}
    }
    .into_any()
}

impl Sheet {
    fn start(self, event: &web_sys::PointerEvent) {
        if self.way.get_untracked() != Way::Drawn || !event.is_primary() {
            return;
        }
        event.prevent_default();
        let Some(canvas) = self.canvas.get_untracked() else { return };
        // A line that leaves the sheet goes on when it comes back.
        let _ = canvas.set_pointer_capture(event.pointer_id());
        let at = place(event, &canvas);
        self.point.set_value(Some([at, at]));
        self.acts.update_value(|acts| *acts += 1);
        self.has_ink.set(true);
        self.line(event, &canvas, at);
    }

    fn go_on(self, event: &web_sys::PointerEvent) {
        if let Some(canvas) = self.canvas.get_untracked().filter(|_| self.point.with_value(Option::is_some)) {
            self.line(event, &canvas, place(event, &canvas));
        }
    }

    /// A bent line through the middles between the points, so that quick hands leave no corners.
    fn line(self, event: &web_sys::PointerEvent, canvas: &web_sys::HtmlCanvasElement, to: (f64, f64)) {
        let (Some([from, middle]), Some(pen)) = (self.point.get_value(), pen(canvas)) else { return };
        let next = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let is_pen = event.pointer_type() == "pen";
        pen.set_line_width(if is_pen { 2.5 + 5.0 * f64::from(event.pressure()) } else { 4.5 });
        pen.begin_path();
        pen.move_to(middle.0, middle.1);
        pen.quadratic_curve_to(from.0, from.1, next.0, next.1);
        pen.stroke();
        self.point.set_value(Some([to, next]));
    }

    fn lift(self) {
        if self.point.try_update_value(Option::take).flatten().is_some() {
            self.keep_soon();
        }
    }

    fn write(self, name: String) {
        self.wipe();
        let is_blank = name.trim().is_empty();
        self.has_ink.set(!is_blank);
        if let Some(pen) = self.canvas.get_untracked().and_then(|canvas| pen(&canvas)).filter(|_| !is_blank) {
            pen.set_font(HANDS);
            let (wide, base) = (f64::from(SHEET.0) - 96.0, f64::from(SHEET.1) * 0.66);
            let _ = pen.fill_text_with_max_width(name.trim(), 48.0, base, wide);
        }
        self.typed.set(name);
        self.acts.update_value(|acts| *acts += 1);
        if is_blank {
            self.draft.value.set(Value::Empty);
        } else {
            self.keep_soon();
        }
    }

    fn clear(self) {
        self.wipe();
        self.acts.update_value(|acts| *acts += 1);
        self.typed.set(String::new());
        self.has_ink.set(false);
        self.draft.value.set(Value::Empty);
    }

    fn wipe(self) {
        if let Some(canvas) = self.canvas.get_untracked()
            && let Some(pen) = pen(&canvas)
        {
            pen.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        }
    }

    fn keep_soon(self) {
        let act = self.acts.get_value();
        let is_last = move || self.acts.try_get_value() == Some(act);
        begin_reading();
        set_timeout(
            move || {
                if !is_last() || !self.keep(act) {
                    end_reading();
                }
            },
            Duration::from_millis(PATIENCE),
        );
    }

    /// Keeps the picture; says whether there is any.
    fn keep(self, act: u32) -> bool {
        let Some(canvas) = self.canvas.try_get_untracked().flatten() else { return false };
        let Some(bytes) = canvas.to_data_url().ok().and_then(|address| browser::decode_data_url(&address)) else {
            return false;
        };
        let (field, by) = (name(self.draft), self.typed.get_untracked());
        // The name says to those who do not see it what the picture shows.
        let called =
            if by.trim().is_empty() { format!("{field}.png") } else { format!("{field} – {}.png", by.trim()) };
        self.draft.app().keep_bytes(called, MEDIA_TYPE.to_owned(), bytes, move |kept| {
            end_reading();
            if self.acts.try_get_value() != Some(act) {
                return;
            }
            match kept {
                Ok(file) => {
                    if self.draft.value.try_set(Value::Files([file].into())).is_none() {
                        self.draft.judge();
                    }
                }
                Err(name) => {
                    let _ = self.trouble.try_set(Some(name));
                }
            }
        });
        true
    }
}

/// Where the pointer is on the sheet, in its own pixels, however wide it is drawn.
fn place(event: &web_sys::PointerEvent, sheet: &web_sys::HtmlCanvasElement) -> (f64, f64) {
    let scale = f64::from(sheet.width()) / f64::from(sheet.client_width().max(1));
    (f64::from(event.offset_x()) * scale, f64::from(event.offset_y()) * scale)
}

fn pen(canvas: &web_sys::HtmlCanvasElement) -> Option<web_sys::CanvasRenderingContext2d> {
    let context = canvas.get_context("2d").ok().flatten()?.dyn_into::<web_sys::CanvasRenderingContext2d>().ok()?;
    context.set_line_cap("round");
    context.set_line_join("round");
    Some(context)
}
