//! The camera of the device: what it sees, and a button that keeps it.

use leptos::html;
use leptos::prelude::*;

use crate::ui::browser::{self, Camera, frame, open_camera};
use crate::ui::part::{Dialog, icon};
use crate::ui::text::t;

/// A dialog with what the camera sees.
#[component]
pub fn CameraDialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Told a photo.
    taken: Callback<Vec<u8>>,
    /// Told that there is no camera, or that it is refused.
    refused: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog open=open title=t("field-camera") class="dialog--wide">
            {move || finder(open, taken, refused)}
        </Dialog>
    }
    .into_any()
}

fn finder(open: RwSignal<bool>, taken: Callback<Vec<u8>>, refused: Callback<()>) -> AnyView {
    let video = NodeRef::<html::Video>::new();
    let camera = StoredValue::new_local(None::<Camera>);
    let is_on = RwSignal::new(false);
    open_camera(move |found| match found {
        Some(found) => {
            // Whoever has closed it meanwhile wants no camera any more.
            if let (Some(true), Some(Some(video))) = (open.try_get_untracked(), video.try_get_untracked()) {
                found.show(&video);
                let _ = camera.try_update_value(|camera| *camera = Some(found));
                let _ = is_on.try_set(true);
                request_animation_frame(|| browser::focus("camera-take"));
            }
        }
        None => {
            let _ = open.try_set(false);
            refused.run(());
        }
    });
    on_cleanup(move || drop(camera.try_update_value(Option::take)));
    let take = move |_| {
        if let Some(photo) = video.get_untracked().and_then(|video| frame(&video)) {
            open.set(false);
            taken.run(photo);
        }
    };
    view! {
        <div class="camera">
            <video class="camera__sight" node_ref=video autoplay=true playsinline=true muted=true aria-label=t("field-camera-sight")></video>
            <p class="camera__wait" role="status">{move || (!is_on.get()).then(|| t("field-camera-wait"))}</p>
            <button
                class="button button--primary button--large"
                id="camera-take"
                type="button"
                aria-disabled=move || (!is_on.get()).then_some("true")
                on:click=take
            >
                {icon("camera")}
                {t("field-camera-take")}
            </button>
        </div>
    }
    .into_any()
}
