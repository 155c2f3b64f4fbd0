//! Files beside what they belong to: pictures small and large, everything else by name; and files that are dropped on a record.

use leptos::prelude::*;

use crate::app::App;
use crate::command::Command;
use crate::model::definition::FileShape;
use crate::model::id::RecordId;
use crate::model::record::Values;
use crate::model::state::Reader;
use crate::model::value::{FileRef, Value};
use crate::ui::browser;
use crate::ui::field::address;
use crate::ui::format;
use crate::ui::part::{Dialog, icon};
use crate::ui::text::{t, tr};

/// Whether files can be put at a record.
pub fn may_attach(app: App, id: RecordId) -> bool {
    shape(app, id).is_some()
}

/// Puts files at a record, each as a record of its own.
pub fn attach(app: App, id: RecordId, files: &web_sys::FileList) {
    let Some(shape) = shape(app, id) else { return };
    for file in (0..files.length()).filter_map(|at| files.item(at)) {
        let shape = shape.clone();
        app.keep_file(file, move |kept| match kept {
            Ok(file) => keep(app, id, &shape, file),
            Err(name) => app.warn("stream-not-kept", vec![("name", name)], crate::app::ToastAction::None),
        });
    }
}

/// The content of a record's page, on which files can be dropped.
#[component]
pub fn DropZone(
    /// The record.
    id: RecordId,
    /// Classes besides `drop-here`.
    class: &'static str,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let app = expect_context::<App>();
    let is_over = RwSignal::new(false);
    let over = move |event: web_sys::DragEvent| {
        let has_files = event.data_transfer().is_some_and(|carried| carried.types().includes(&"Files".into(), 0));
        // A control for files within takes them itself.
        if has_files && !event.default_prevented() && may_attach(app, id) {
            event.prevent_default();
            is_over.set(true);
        }
    };
    let dropped = move |event: web_sys::DragEvent| {
        is_over.set(false);
        if event.default_prevented() || !may_attach(app, id) {
            return;
        }
        if let Some(files) =
            event.data_transfer().and_then(|carried| carried.files()).filter(|files| files.length() > 0)
        {
            event.prevent_default();
            attach(app, id, &files);
        }
    };
    view! {
        <div
            class=format!("drop-here {class}")
            data-over=move || is_over.get().then_some("")
            on:dragover=over
            on:dragleave=move |_| is_over.set(false)
            on:drop=dropped
        >
            {children()}
        </div>
    }
    .into_any()
}

fn shape(app: App, id: RecordId) -> Option<FileShape> {
    let shape = app.ask(|state| state.workspace().and_then(|workspace| workspace.files.clone()))?;
    app.ask(|state| {
        let entity = state.record(id)?.entity;
        let about = state.entity(shape.entity)?.field(shape.about)?.link()?;
        (entity != shape.entity && about.accepts(entity)).then_some(())
    })?;
    Some(shape)
}

fn keep(app: App, id: RecordId, shape: &FileShape, file: FileRef) {
    let name = file.name.clone();
    let mut values = Values::new();
    values.set(shape.name, Value::text(&name));
    values.set(shape.files, Value::Files([file].into()));
    values.set(shape.about, Value::Link(id));
    if let Some(actor) = app.context().actor {
        values.set(shape.by, Value::Link(actor));
    }
    match app.dispatch(Command::CreateRecord { id: None, entity: shape.entity, values }) {
        Ok(_) => app.toast("stream-kept", vec![("name", name)], crate::app::ToastAction::Undo),
        Err(rejection) => app.toast_rejection(&rejection),
    }
}

/// Files: pictures in small, which a click shows in large, and the others by name.
pub fn files_view(app: App, files: Vec<FileRef>) -> AnyView {
    let (pictures, others): (Vec<FileRef>, Vec<FileRef>) =
        files.into_iter().partition(|file| file.media_type.starts_with("image/"));
    let pictures: Vec<AnyView> = pictures.into_iter().map(|file| picture(app, file)).collect();
    let others: Vec<AnyView> = others.into_iter().map(|file| other(app, file)).collect();
    view! { <div class="thumbs">{pictures}{others}</div> }.into_any()
}

fn picture(app: App, file: FileRef) -> AnyView {
    let address = address(app, &file);
    let open = RwSignal::new(false);
    let name = file.name.clone();
    let file = StoredValue::new(file);
    let footer = Callback::new(move |()| {
        let load = move |_| download(app, file.get_value());
        view! {
            <span class="dialog__note">{format::bytes(file.with_value(|file| file.size as f64))}</span>
            <button class="button button--primary" type="button" on:click=load>
                {icon("download")}
                {t("stream-download")}
            </button>
        }
        .into_any()
    });
    let (small, large) = (name.clone(), StoredValue::new(name.clone()));
    view! {
        <button
            class="thumb"
            type="button"
            aria-label=tr("stream-open-picture", [("name", name.clone().into())])
            title=name.clone()
            on:click=move |_| open.set(true)
        >
            {move || match address.get() {
                Some(url) => view! { <img src=url alt="" loading="lazy"/> }.into_any(),
                None => view! { {icon("image")}<span class="clip">{small.clone()}</span> }.into_any(),
            }}
        </button>
        <Dialog open=open title=name class="dialog--wide" footer=footer>
            {move || address.get().map(|url| view! { <img class="picture" src=url alt=large.get_value()/> })}
        </Dialog>
    }
    .into_any()
}

fn other(app: App, file: FileRef) -> AnyView {
    let (name, size) = (file.name.clone(), format::bytes(file.size as f64));
    view! {
        <button class="file file--button" type="button" on:click=move |_| download(app, file.clone())>
            {icon("file-text")}
            <span class="sr-only">{t("stream-download")}" "</span>
            <span class="clip">{name}</span>
            <span class="file__size">{size}</span>
            {icon("download")}
        </button>
    }
    .into_any()
}

fn download(app: App, file: FileRef) {
    let name = file.name.clone();
    app.file_url(file, move |url| {
        if let Some(url) = url {
            browser::download_url(&name, &url);
            browser::give_back_later(url);
        }
    });
}
