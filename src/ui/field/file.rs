//! Files: dropped, chosen or taken with the camera, kept at once under the hash of their content.

use leptos::prelude::*;

use super::camera::CameraDialog;
use super::cover::cover;
use super::draft::{FieldDraft, begin_reading, end_reading};
use super::input::described;
use crate::model::value::{FileRef, Value};
use crate::ui::part::{drop_files, icon, icon_button};
use crate::ui::text::{t, tr};
use crate::ui::{browser, format};

/// Files that are kept, and a place to drop more.
#[component]
pub fn FilesInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let waiting = RwSignal::new(0usize);
    let described = described(draft, &id);
    let keeping = move || {
        trouble.set(None);
        waiting.update(|count| *count += 1);
        begin_reading();
        move |kept| keep(draft, kept, trouble, waiting)
    };
    let take = move |list: web_sys::FileList| {
        for file in (0..list.length()).filter_map(|at| list.item(at)) {
            let kept = keeping();
            // Photos in answers to a form are for reading; whoever works here gets back what was put in.
            if !draft.is_asked() {
                draft.app().keep_file(file, kept);
                continue;
            }
            let original = file.clone();
            browser::shrink(file, move |small| match small {
                Some(bytes) => {
                    draft.app().keep_bytes(photo_name(&original.name()), browser::PHOTO.to_owned(), bytes, kept);
                }
                None => draft.app().keep_file(original, kept),
            });
        }
    };
    let looking = RwSignal::new(false);
    let taken = move |photo: Vec<u8>| {
        let number = draft.value.with_untracked(|value| files(value).len()) + 1;
        let called = format!("{}.jpg", tr("field-photo-name", [("number", number.into())]));
        draft.app().keep_bytes(called, browser::PHOTO.to_owned(), photo, keeping());
    };
    let refused = move |()| drop(trouble.try_set(Some(t("field-camera-none"))));
    let camera = browser::has_camera().then(|| {
        view! {
            <span>
                <button class="button" type="button" aria-haspopup="dialog" on:click=move |_| looking.set(true)>
                    {icon("camera")}
                    {t("field-camera-open")}
                </button>
            </span>
            <CameraDialog open=looking taken=Callback::new(taken) refused=Callback::new(refused)/>
        }
    });
    let rows = move || {
        let files = draft.value.with(|value| files(value).to_vec());
        files.into_iter().enumerate().map(|(at, file)| row(draft, at, &file)).collect::<Vec<AnyView>>()
    };
    view! {
        <div class="input-group">
            {rows}
            {camera}
            {drop_files(t("field-drop-files"), Some(id), Signal::derive(described), Callback::new(take))}
            {move || (waiting.get() > 0).then(|| view! { <p class="field__hint" role="status">{t("field-reading-file")}</p> })}
            {move || {
                trouble
                    .get()
                    .map(|says| view! { <p class="field__error" role="alert">{icon("circle-alert")}<span>{says}</span></p> })
            }}
        </div>
    }
    .into_any()
}

/// The files of a value; none elsewhere.
pub(super) fn files(value: &Value) -> &[FileRef] {
    if let Value::Files(files) = value { files } else { &[] }
}

fn keep(draft: FieldDraft, kept: Result<FileRef, String>, trouble: RwSignal<Option<String>>, waiting: RwSignal<usize>) {
    // The form may be gone by now; then the file is kept and nobody names it.
    let _ = waiting.try_update(|count| *count = count.saturating_sub(1));
    end_reading();
    match kept {
        Ok(file) => {
            let _ = draft.value.try_update(|value| {
                let mut all = files(value).to_vec();
                all.push(file);
                *value = Value::Files(all.into());
            });
        }
        Err(name) => {
            let _ = trouble.try_set(Some(tr("field-file-not-kept", [("name", name.into())])));
        }
    }
}

fn row(draft: FieldDraft, at: usize, file: &FileRef) -> AnyView {
    let label = tr("field-drop", [("name", file.name.clone().into())]);
    let remove = move || {
        draft.value.update(|value| {
            let mut all = files(value).to_vec();
            if at < all.len() {
                all.remove(at);
            }
            *value = if all.is_empty() { Value::Empty } else { Value::Files(all.into()) };
        });
    };
    let sign = match file.media_type.starts_with("image/") {
        true => view! { <span class="file__picture">{cover(draft.app(), file)}</span> }.into_any(),
        false => icon("file-text"),
    };
    view! {
        <div class="file">
            {sign}
            <span class="clip">{file.name.clone()}</span>
            <span class="file__size">{format::bytes(file.size as f64)}</span>
            <span class="push">{icon_button(label, "x", remove)}</span>
        </div>
    }
    .into_any()
}

/// The name of a picture that became a photo: `card.png` is called `card.jpg`.
fn photo_name(name: &str) -> String {
    format!("{}.jpg", name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}
