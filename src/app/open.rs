//! Opening: the store first, then the state, then everything that listens. What the environment refuses becomes a banner.

use std::rc::Rc;

use leptos::prelude::Set;

use super::outside::{Platform, random, spawn, window};
use super::preference::{self, Preferences};
use super::script;
use super::workspace::{App, Banner, Inner, SaveState};
use super::writer::Writer;
use crate::model::state::State;
use crate::store::indexed_db::{IndexedDbShelf, Lost};
use crate::store::memory::MemoryShelf;
use crate::store::{Head, Opened, PageMap, Store, StoreError};

/// The name of the database.
const DATABASE: &str = "perennial";

/// Remembered outside the database once there is something in it, so that its loss can be told from a first run.
pub(super) const KEPT: &str = "kept";

/// What opening came to.
#[derive(Clone)]
pub enum Opening {
    /// The workspace is open.
    Ready(App),
    /// It was written by a newer version of the product: nothing was touched.
    TooNew {
        /// The version found.
        found: u32,
        /// The version known.
        known: u32,
    },
    /// Another tab holds the database open in an older version. It opens by itself once that tab lets go.
    Blocked,
    /// There is no room even for opening it; nothing was touched.
    NoRoom,
    /// It could not be read; nothing was touched.
    Unreadable {
        /// What the browser says.
        detail: String,
    },
}

/// Opens the workspace of this device and hands it over; called once more when what was blocked goes on.
pub fn start(opened: impl Fn(Opening) + 'static) {
    let opened = Rc::new(opened);
    spawn(async move {
        let blocked = opened.clone();
        opened(open(move || blocked(Opening::Blocked)).await);
    });
}

/// Where nothing can be kept, the workspace opens in memory and says so. Where something is kept that cannot be read, an empty
/// workspace in its place would frighten more than help.
async fn open(blocked: impl Fn() + 'static) -> Opening {
    mark("perennial:open-start");
    let preferences = Preferences::load();
    let platform = Platform::new();
    let fresh = random() as u32;
    let (opened, banner, keeps) = match open_database(fresh, blocked).await {
        Ok(opened) => {
            let lost: Vec<String> =
                opened.quarantined.iter().filter(|found| !found.rebuilt).map(|found| found.key.clone()).collect();
            let banner = if !lost.is_empty() {
                Some(Banner::Quarantined(lost))
            } else if opened.head == Head::default() && preference::read(KEPT).is_some() {
                // Chromium begins a new database where it cannot read the old one, and does not say so.
                Some(Banner::Gone)
            } else {
                None
            };
            (Some(opened), banner, true)
        }
        Err(StoreError::TooNew { found, known }) => return Opening::TooNew { found, known },
        Err(StoreError::Quota) => return Opening::NoRoom,
        Err(StoreError::Unavailable { detail }) => {
            leptos::logging::log!("the workspace is kept in memory only: {detail}");
            (open_memory(fresh).await, Some(Banner::NotKept), false)
        }
        Err(error) => return Opening::Unreadable { detail: error.to_string() },
    };
    let app = match opened {
        Some(Opened { store, state, head, latest, pages, device, .. }) => {
            platform.set_device(device);
            platform.hear(latest);
            let position = head.position;
            let writer = Writer::new(Some(store), pages, head, keeps);
            let app = App::new(Inner::new(state, writer, platform, preferences));
            app.inner().history.borrow_mut().older = Some(position);
            app
        }
        None => {
            let writer = Writer::new(None, PageMap::of(&State::new()), Default::default(), false);
            App::new(Inner::new(State::new(), writer, platform, preferences))
        }
    };
    app.recompile();
    mark("perennial:open-end");
    if !keeps {
        app.inner().save_state.set(SaveState::NotKept);
    }
    if banner.is_some() {
        app.inner().banner.set(banner);
    }
    app.choose_actor();
    app.announce_history();
    CONNECTED.with(|connected| connected.set(Some(app)));
    app.listen_to_other_tabs();
    script::install(app);
    app.follow_time();
    spawn(async move {
        super::outside::after_frame().await;
        app.recall_redo().await;
        app.tell_torn_import();
        app.checkpoint_when_still();
        app.prepare_search();
        ask_for_persistence();
    });
    Opening::Ready(app)
}

thread_local! {
    /// Whom events of the database concern; none until the workspace is open.
    static CONNECTED: std::cell::Cell<Option<App>> = const { std::cell::Cell::new(None) };
}

/// Opens the database for whichever workspace is open by the time that something happens to it.
pub(super) async fn open_database(device: u32, blocked: impl Fn() + 'static) -> Result<Opened, StoreError> {
    let on_lost = |lost: Lost| {
        if let Some(app) = CONNECTED.with(std::cell::Cell::get) {
            app.lose_connection(lost);
        }
    };
    let shelf = IndexedDbShelf::open(DATABASE, blocked, on_lost).await?;
    Store::open(shelf, device).await
}

async fn open_memory(fresh: u32) -> Option<Opened> {
    Store::open(MemoryShelf::new(), fresh).await.ok()
}

/// Leaves a mark on the browser's time line, for whoever measures.
fn mark(name: &str) {
    if let Some(performance) = window().and_then(|window| window.performance()) {
        let _ = performance.mark(name);
    }
}

/// Asks the browser not to throw the workspace away when room gets short.
fn ask_for_persistence() {
    if let Some(window) = window()
        && js_sys::Reflect::has(&window.navigator(), &"storage".into()).unwrap_or(false)
        && let Ok(promise) = window.navigator().storage().persist()
    {
        spawn(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}
