//! Opening: the store first, then the state, then everything that listens. What the environment refuses becomes a banner.

use leptos::prelude::Set;

use super::outside::{Platform, random, spawn, window};
use super::preference::Preferences;
use super::script;
use super::workspace::{App, Banner, Inner, SaveState};
use super::writer::Writer;
use crate::model::state::State;
use crate::store::indexed_db::{IndexedDbShelf, Lost};
use crate::store::memory::MemoryShelf;
use crate::store::{Opened, PageMap, Store, StoreError};

/// The name of the database.
const DATABASE: &str = "perennial";

/// What opening came to.
#[derive(Clone, Copy)]
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
}

/// Opens the workspace of this device and hands it over.
pub fn start(opened: impl FnOnce(Opening) + 'static) {
    spawn(async move { opened(open().await) });
}

/// Where nothing can be kept, the workspace opens in memory and says so.
async fn open() -> Opening {
    mark("perennial:open-start");
    let preferences = Preferences::load();
    let platform = Platform::new();
    let fresh = random() as u32;
    let (opened, banner, keeps) = match open_database(fresh).await {
        Ok(opened) => {
            let lost: Vec<String> =
                opened.quarantined.iter().filter(|found| !found.rebuilt).map(|found| found.key.clone()).collect();
            let banner = (!lost.is_empty()).then_some(Banner::Quarantined(lost));
            (Some(opened), banner, true)
        }
        Err(StoreError::TooNew { found, known }) => return Opening::TooNew { found, known },
        Err(StoreError::Blocked) => (open_memory(fresh).await, Some(Banner::Blocked), false),
        Err(error) => {
            leptos::logging::log!("the workspace is kept in memory only: {error}");
            (open_memory(fresh).await, Some(Banner::NotKept), false)
        }
    };
    let app = match opened {
        Some(Opened { store, state, head, pages, device, .. }) => {
            platform.set_device(device);
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
    app.inner().banner.set(banner);
    app.choose_actor();
    app.announce_history();
    CONNECTED.with(|connected| connected.set(Some(app)));
    app.listen_to_other_tabs();
    script::install(app);
    spawn(async move {
        super::outside::after_frame().await;
        app.inner().hear_log_end().await;
        app.checkpoint_when_still();
        ask_for_persistence();
    });
    Opening::Ready(app)
}

thread_local! {
    /// Whom events of the database concern; none until the workspace is open.
    static CONNECTED: std::cell::Cell<Option<App>> = const { std::cell::Cell::new(None) };
}

async fn open_database(fresh: u32) -> Result<Opened, StoreError> {
    let on_lost = |lost: Lost| {
        if let Some(app) = CONNECTED.with(std::cell::Cell::get) {
            app.inner().banner.set(Some(match lost {
                Lost::VersionChange => Banner::VersionChanged,
                Lost::Closed => Banner::NotSaved("the browser has closed the database".to_owned()),
            }));
            app.inner().save_state.set(SaveState::NotSaved);
        }
    };
    let shelf = IndexedDbShelf::open(DATABASE, on_lost).await?;
    Store::open(shelf, fresh).await
}

async fn open_memory(fresh: u32) -> Option<Opened> {
    Store::open(MemoryShelf::new(), fresh).await.ok()
}

impl Inner {
    /// Sets the clock behind the last commit of the log, whichever device made it.
    async fn hear_log_end(&self) {
        let store = self.writer.store.borrow().clone();
        let Some(store) = store else { return };
        if let Ok(excerpt) = store.last_commits(1, None).await
            && let Some(last) = excerpt.commits.first()
        {
            self.platform.hear(last.commit.at);
        }
    }
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
