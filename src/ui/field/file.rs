//! Files: dropped or chosen, kept at once under the hash of their content.

use leptos::prelude::*;

use super::draft::FieldDraft;
use super::input::described;
use crate::model::value::{FileRef, Value};
use crate::ui::format;
use crate::ui::part::{drop_files, icon, icon_button};
use crate::ui::text::{t, tr};

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
    let take = move |list: web_sys::FileList| {
        trouble.set(None);
        for file in (0..list.length()).filter_map(|at| list.item(at)) {
            waiting.update(|count| *count += 1);
            draft.app().keep_file(file, move |kept| keep(draft, kept, trouble, waiting));
        }
    };
    let rows = move || {
        let files = draft.value.with(|value| files(value).to_vec());
        files.into_iter().enumerate().map(|(at, file)| row(draft, at, &file)).collect::<Vec<AnyView>>()
    };
    view! {
        <div class="input-group">
            {rows}
            {drop_files(t("field-drop-files"), Some(id), Signal::derive(described), Callback::new(take))}
            {move || (waiting.get() > 0).then(|| view! { <p class="field__hint" role="status">{t("field-reading-file")}</p> })}
            {move || {
                trouble
                    .get()
                    .map(|name| {
                        view! {
                            <p class="field__error" role="alert">
                                {icon("circle-alert")}
                                <span>{tr("field-file-not-kept", [("name", name.into())])}</span>
                            </p>
                        }
                    })
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
    match kept {
        Ok(file) => {
            let _ = draft.value.try_update(|value| {
                let mut all = files(value).to_vec();
                all.push(file);
                *value = Value::Files(all.into());
            });
        }
        Err(name) => {
            let _ = trouble.try_set(Some(name));
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
    view! {
        <div class="file">
            {icon("file-text")}
            <span class="clip">{file.name.clone()}</span>
            <span class="file__size">{format::bytes(file.size as f64)}</span>
            <span class="push">{icon_button(label, "x", remove)}</span>
        </div>
    }
    .into_any()
}
