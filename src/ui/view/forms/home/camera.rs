//! The camera before which codes are held, while somebody wants it.

use leptos::{html, prelude::*};

use super::{Homecoming, Origin};
use crate::engine::form::answers_in;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::t;

/// The button that turns it on and off, what it sees, and what it has to say.
pub fn scanner(home: Homecoming) -> AnyView {
    let is_on = RwSignal::new(false);
    let trouble = RwSignal::new(None::<&'static str>);
    let said = RwSignal::new(None::<&'static str>);
    let video = NodeRef::<html::Video>::new();
    let last = StoredValue::new(String::new());
    let told = move |read: Result<String, String>| {
        if is_on.try_get_untracked() != Some(true) {
            return;
        }
        match read {
            Err(word) => {
                is_on.set(false);
                trouble.set(Some(match word.as_str() {
                    "refused" => "home-camera-refused",
                    "absent" => "home-camera-absent",
                    "insecure" => "home-camera-insecure",
                    _ => "home-camera-missing",
                }));
            }
            Ok(text) if last.with_value(|last| *last == text) => {}
            Ok(text) => {
                let codes = answers_in(&text);
                said.set(Some(if codes.is_empty() { "home-camera-other" } else { "home-camera-read" }));
                home.bring(codes, Origin::Camera);
                last.set_value(text);
            }
        }
    };
    Effect::new(move |_| {
        if let Some(video) = video.get() {
            browser::scan_camera(&video, told);
        }
    });
    let switch = move |_| {
        trouble.set(None);
        said.set(Some("home-camera-hold"));
        last.set_value(String::new());
        is_on.update(|is_on| *is_on = !*is_on);
    };
    view! {
        <div class="home__camera">
            <button class="button" type="button" aria-pressed=move || is_on.get().to_string() on:click=switch>
                {icon("camera")}
                {move || t(if is_on.get() { "home-camera-off" } else { "home-camera" })}
            </button>
            {move || is_on.get().then(|| view! {
                <video node_ref=video muted=true playsinline=true aria-label=t("home-camera-picture")></video>
            })}
            <p class="quiet" role="status">{move || is_on.get().then(|| said.get().map(t)).flatten()}</p>
            {move || trouble.get().map(|key| view! { <p class="field__error" role="alert">{icon("circle-alert")}<span>{t(key)}</span></p> })}
        </div>
    }
    .into_any()
}
