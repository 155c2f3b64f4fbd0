//! What is not in the state: files under the hash of their content, the log behind a timeline, how much room is left.

use std::sync::Arc;

use wasm_bindgen_futures::JsFuture;

use super::outside::{breathe, spawn, window};
use super::snapshot::{Checked, Files, Mode};
use super::workspace::{App, ToastAction};
use super::writer::Saved;
use crate::command::history::Clashing;
use crate::model::change::Commit;
use crate::model::diagnostic::Rejection;
use crate::model::id::RecordId;
use crate::model::value::FileRef;
use crate::store::Usage;

/// How the disk stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Storage {
    /// Bytes used and allowed, if the browser says so.
    pub usage: Option<Usage>,
    /// Whether the browser has promised not to throw the workspace away.
    pub is_persistent: bool,
    /// Commits in the log.
    pub commits: u64,
}

impl App {
    /// Keeps a file that somebody picked; `kept` is told where it is found.
    pub fn keep_file(self, file: web_sys::File, kept: impl FnOnce(Result<FileRef, String>) + 'static) {
        spawn(async move {
            let name = file.name();
            let media_type = file.type_();
            let outcome = match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => self.put(name, media_type, js_sys::Uint8Array::new(&buffer).to_vec()).await,
                Err(_) => Err(file.name()),
            };
            kept(outcome);
        });
    }

    /// Keeps bytes, such as a drawn signature.
    pub fn keep_bytes(
        self,
        name: String,
        media_type: String,
        bytes: Vec<u8>,
        kept: impl FnOnce(Result<FileRef, String>) + 'static,
    ) {
        spawn(async move { kept(self.put(name, media_type, bytes).await) });
    }

    /// An address under which a kept file can be shown; whoever asks gives it back.
    pub fn file_url(self, file: FileRef, found: impl FnOnce(Option<String>) + 'static) {
        spawn(async move {
            let store = self.inner().writer.store.borrow().clone();
            let content = match store {
                Some(store) => store.blob(&file.hash).await.ok().flatten(),
                None => None,
            };
            found(content.and_then(|bytes| {
                let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes.as_slice()));
                let options = web_sys::BlobPropertyBag::new();
                options.set_type(&file.media_type);
                let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
                web_sys::Url::create_object_url_with_blob(&blob).ok()
            }));
        });
    }

    async fn put(self, name: String, media_type: String, bytes: Vec<u8>) -> Result<FileRef, String> {
        let store = self.inner().writer.store.borrow().clone();
        let Some(store) = store else { return Err(name) };
        match store.put_blob(&bytes).await {
            Ok(hash) => Ok(FileRef { hash, name, media_type, size: bytes.len() as u64 }),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Fetches the commits that touch a record, the newest first.
    pub fn commits_of(self, record: RecordId, found: impl FnOnce(Vec<Arc<Commit>>) + 'static) {
        spawn(async move {
            let store = self.inner().writer.store.borrow().clone();
            let mut commits: Vec<Arc<Commit>> = match store {
                Some(store) => match store.commits_of(record).await {
                    Ok(excerpt) => excerpt.commits.into_iter().map(|kept| Arc::new(kept.commit)).collect(),
                    Err(_) => Vec::new(),
                },
                None => Vec::new(),
            };
            // What waits for the disk has happened as well.
            for pending in self.inner().writer.queue.borrow().iter() {
                let touches = pending.commit.changes.iter().any(|it| it.record().is_some_and(|(id, _)| id == record));
                if touches && commits.iter().all(|commit| commit.id != pending.commit.id) {
                    commits.insert(0, pending.commit.clone());
                }
            }
            found(commits);
        });
    }

    /// Asks how the disk stands.
    pub fn storage(self, found: impl FnOnce(Storage) + 'static) {
        spawn(async move {
            let store = self.inner().writer.store.borrow().clone();
            let usage = match store {
                Some(store) => store.estimate().await.unwrap_or(None),
                None => None,
            };
            let commits = self.inner().writer.head.borrow().position.0;
            found(Storage { usage, is_persistent: is_persistent().await, commits });
        });
    }

    /// Does something once a change is on the disk, or cannot come there any more.
    pub fn once_saved(self, saved: Saved, then: impl FnOnce(Result<(), Rejection>) + 'static) {
        spawn(async move { then(saved.wait().await) });
    }

    /// Undoes the last step and says what came of it in a toast.
    pub fn undo_now(self) {
        spawn(async move {
            if self.is_at_beginning().await {
                return self.toast("toast-beginning", Vec::new(), ToastAction::None);
            }
            match self.undo().await {
                Ok(done) => self.toast_deed("toast-undone", done.turned, ToastAction::Redo),
                Err(rejection) => self.toast_rejection(&rejection),
            }
        });
    }

    /// Redoes what was undone last and says what came of it in a toast.
    pub fn redo_now(self) {
        spawn(async move {
            match self.redo().await {
                Ok(done) => self.toast_deed("toast-redone", done.turned, ToastAction::Undo),
                Err(rejection) => self.toast_rejection(&rejection),
            }
        });
    }

    /// Undoes one batch, such as an import, and says what came of it in a toast.
    pub fn undo_batch_now(self, batch: crate::model::id::BatchId, undone: impl FnOnce(bool) + 'static) {
        spawn(async move {
            let outcome = self.undo_batch(batch).await;
            undone(outcome.is_ok());
            match outcome {
                Ok(done) => self.toast_deed("toast-undone", done.turned, ToastAction::Redo),
                Err(rejection) => self.toast_rejection(&rejection),
            }
        });
    }

    /// Takes commits back, given from the oldest to the newest, and says what came of it in a toast.
    pub fn take_back_now(self, commits: Vec<Arc<Commit>>, clashing: Clashing) -> Result<(), Rejection> {
        let done = self.take_back(commits, clashing)?;
        self.toast_deed("toast-undone", done.turned, ToastAction::Redo);
        Ok(())
    }

    /// Writes the whole workspace out as one document.
    pub fn export_snapshot(self, files: Files, made: impl FnOnce(Result<String, String>) + 'static) {
        spawn(async move { made(self.snapshot(files).await.map_err(|error| error.to_string())) });
    }

    /// Reads a document that somebody may want in the place of the whole workspace; refused whole when anything in it is wrong.
    pub fn check_snapshot(self, text: String, done: impl FnOnce(Result<Checked, Rejection>) + 'static) {
        spawn(async move {
            // What says that the file is being read is drawn first.
            breathe().await;
            done(super::snapshot::check(&text));
        });
    }

    /// Puts a document that was read in the place of the whole workspace.
    pub fn restore_checked(self, checked: Checked, done: impl FnOnce(Result<(), Rejection>) + 'static) {
        spawn(async move { done(self.put_in_place(checked).await) });
    }

    /// Puts a document in the place of the whole workspace; refused whole when anything in it is wrong.
    pub fn restore_snapshot(self, text: String, done: impl FnOnce(Result<(), Rejection>) + 'static) {
        spawn(async move { done(self.restore(&text, Mode::Replace).await.map(|_| ())) });
    }
}

async fn is_persistent() -> bool {
    let Some(window) = window() else { return false };
    if !js_sys::Reflect::has(&window.navigator(), &"storage".into()).unwrap_or(false) {
        return false;
    }
    match window.navigator().storage().persisted() {
        Ok(promise) => JsFuture::from(promise).await.ok().and_then(|it| it.as_bool()).unwrap_or(false),
        Err(_) => false,
    }
}
