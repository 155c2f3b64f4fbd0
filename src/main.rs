//! The page: panic hook, mount, open.

use leptos::prelude::*;
use perennial::app::{Opening, start};
use perennial::ui::{Blocked, NoRoom, Root, TooNew, Unreadable, browser};

/// Faster than the one that comes with Rust, above all for what must lie at a multiple of sixteen, which every record does.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    // After a panic no Rust may run any more: the page's own script shows the rescue.
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        browser::announce("perennial:panic", &panic.to_string());
    }));
    let Some(place) = browser::element("app") else { return };
    // Leptos sets its executor when it mounts, so it mounts before anything is awaited.
    let mounted = mount_to(place, || {
        let opening = RwSignal::new(None);
        start(move |opened| opening.set(Some(opened)));
        move || {
            opening.get().map(|opened| match opened {
                Opening::Ready(app) => view! { <Root app=app /> }.into_any(),
                Opening::TooNew { found, known } => view! { <TooNew found=found known=known /> }.into_any(),
                Opening::Blocked => view! { <Blocked /> }.into_any(),
                Opening::NoRoom => view! { <NoRoom /> }.into_any(),
                Opening::Unreadable { detail } => view! { <Unreadable detail=detail /> }.into_any(),
            })
        }
    });
    mounted.forget();
}
