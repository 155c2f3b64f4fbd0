//! An import that ended with its page: it is noted in the tab while it runs, and told when the tab is open again. What was taken in
//! by then has been kept, slice by slice.

use crate::app::outside::{spawn, window};
use crate::app::workspace::{App, ToastAction};
use crate::model::id::BatchId;

/// Of this tab alone: another one may be taking something in at the same time.
const KEY: &str = "perennial.importing";

/// Notes that an import is under way until it is dropped.
pub struct Underway(());

impl Underway {
    /// Notes it.
    pub fn note(batch: BatchId) -> Underway {
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEY, &batch.to_string());
        }
        Underway(())
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(KEY);
        }
    }
}

impl App {
    /// Says what became of an import that was under way when this tab was left.
    pub(in crate::app) fn tell_torn_import(self) {
        let Some(batch) = storage().and_then(|storage| storage.get_item(KEY).ok()?) else { return };
        drop(Underway(()));
        let Ok(batch) = batch.parse::<BatchId>() else { return };
        spawn(async move {
            match self.batch_commits(batch).await {
                Some(deed) => self.toast_deed("toast-import-torn", deed, ToastAction::None),
                None => self.toast("toast-import-torn-none", Vec::new(), ToastAction::None),
            }
        });
    }
}

fn storage() -> Option<web_sys::Storage> {
    window()?.session_storage().ok()?
}
