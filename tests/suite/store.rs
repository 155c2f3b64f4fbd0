//! The store natively: the promises of every store upon memory, and properties over generated workspaces.

mod durable;
mod migration;
mod property;
mod snapshot;

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use perennial::store::StoreError;
use perennial::store::contract::every_store_keeps_its_promises;
use perennial::store::memory::MemoryShelf;

/// Runs a future that never has to wait for anything outside.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

#[test]
fn memory_keeps_its_promises() {
    let shelves: RefCell<HashMap<&'static str, MemoryShelf>> = RefCell::default();
    let connect = |name| {
        let shelf = shelves.borrow_mut().entry(name).or_default().another();
        async { Ok::<_, StoreError>(shelf.into()) }
    };
    if let Err(broken) = now(every_store_keeps_its_promises(connect)) {
        panic!("{broken}");
    }
}
