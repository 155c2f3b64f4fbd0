//! Whether the last use of the database came to an orderly end, and what protects it when it did not.
//!
//! Chromium keeps IndexedDB in LevelDB and goes on writing to the old log when it opens it again. If the browser was killed between
//! the header and the content of a record, the new records stand behind a torn one, and at the opening after that Chromium takes the
//! log for corrupt and throws the whole database away (leveldb issue 1287). Nobody can mend the log from here, but a log is left for
//! good when more is written than LevelDB holds in memory. So a use leaves a mark, its orderly end takes the mark away, and where one
//! is found, that much is written and deleted before anything else: a tenth of a second, once, after a crash.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, EventTarget, IdbDatabase, IdbTransaction};

use super::{Durability, Ending, begin, js_error};
use crate::store::error::StoreError;
use crate::store::shelf::Room;

/// The mark, in the room of the versions and the head.
const MARK: &str = "in-use";

const NOISE: &str = "noise";

/// LevelDB begins a new log behind 4 MB, at most, in Chromium. A value of more than 64 KB would become a file of its own.
const PIECES: usize = 100;
const PIECE: usize = 48 * 1024;

/// On which tabs say that they have taken the mark away, so that those that stay set it again.
const CHANNEL: &str = "perennial.in-use";

/// The listeners that end a use; they live as long as the connection.
pub(super) struct InUse {
    channel: Option<BroadcastChannel>,
    on_hide: Closure<dyn FnMut()>,
    on_show: Closure<dyn FnMut()>,
    _on_message: Closure<dyn FnMut()>,
}

impl InUse {
    /// Follows the end of the page and of other tabs.
    pub(super) fn follow(database: &IdbDatabase, is_closed: &Rc<Cell<bool>>) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let (held, closed, speaker) = (database.clone(), is_closed.clone(), channel.clone());
        let on_hide = Closure::<dyn FnMut()>::new(move || {
            // What cannot be done while the page goes is done by the next opening.
            if !closed.get()
                && change(&held, Change::TakeAway).is_ok()
                && let Some(channel) = &speaker
            {
                let _ = channel.post_message(&JsValue::NULL);
            }
        });
        let set_again = |database: IdbDatabase, is_closed: Rc<Cell<bool>>| {
            Closure::<dyn FnMut()>::new(move || {
                if !is_closed.get() {
                    let _ = change(&database, Change::Set);
                }
            })
        };
        let on_show = set_again(database.clone(), is_closed.clone());
        let on_message = set_again(database.clone(), is_closed.clone());
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        let window = page();
        let _ = window.add_event_listener_with_callback("pagehide", on_hide.as_ref().unchecked_ref());
        let _ = window.add_event_listener_with_callback("pageshow", on_show.as_ref().unchecked_ref());

        InUse { channel, on_hide, on_show, _on_message: on_message }
    }
}

impl Drop for InUse {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
        let window = page();
        let _ = window.remove_event_listener_with_callback("pagehide", self.on_hide.as_ref().unchecked_ref());
        let _ = window.remove_event_listener_with_callback("pageshow", self.on_show.as_ref().unchecked_ref());
    }
}

/// Marks the database as used; after a use without an end it first leaves the old log. Whatever fails here leaves things as they were.
pub(super) async fn enter(database: &IdbDatabase) -> Result<(), StoreError> {
    let transaction = begin(database, &[Room::Meta], "readwrite", Durability::Relaxed)?;
    let ending = Ending::of(&transaction);
    let meta = transaction.object_store(Room::Meta.name()).map_err(js_error)?;
    let standing = meta.get(&MARK.into()).map_err(js_error)?;
    let source = standing.clone();
    let on_standing = Closure::<dyn FnMut()>::new(move || {
        let is_marked = source.result().is_ok_and(|value| !value.is_undefined());
        let written = if is_marked { leave_the_log(&transaction) } else { set(&transaction) };
        if written.is_err() {
            let _ = transaction.abort();
        }
    });
    standing.set_onsuccess(Some(on_standing.as_ref().unchecked_ref()));
    let ended = ending.await_end().await;
    standing.set_onsuccess(None);
    ended
}

enum Change {
    Set,
    TakeAway,
}

/// Asks for everything at once and ends the transaction itself: nobody may be left to hear the answer.
fn change(database: &IdbDatabase, change: Change) -> Result<(), StoreError> {
    let transaction = begin(database, &[Room::Meta], "readwrite", Durability::Relaxed)?;
    match change {
        Change::Set => set(&transaction),
        Change::TakeAway => take_away(&transaction),
    }
    .and_then(|()| commit(&transaction))
    .map_err(js_error)
}

/// Called by name, because the bindings take it for deprecated.
fn commit(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let commit = Reflect::get(transaction, &"commit".into())?;
    commit.unchecked_into::<Function>().call0(transaction).map(|_| ())
}

fn set(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let mark = js_sys::Uint8Array::from([1u8].as_slice());
    transaction.object_store(Room::Meta.name())?.put_with_key(&mark, &MARK.into())?;
    Ok(())
}

fn take_away(transaction: &IdbTransaction) -> Result<(), JsValue> {
    transaction.object_store(Room::Meta.name())?.delete(&MARK.into())?;
    Ok(())
}

fn leave_the_log(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let meta = transaction.object_store(Room::Meta.name())?;
    let noise = js_sys::Uint8Array::from(noise().as_slice());
    for _ in 0..PIECES {
        meta.put_with_key(&noise, &NOISE.into())?;
    }
    meta.delete(&NOISE.into())?;
    Ok(())
}

/// What hears of the coming and going of the page.
fn page() -> EventTarget {
    js_sys::global().unchecked_into()
}

/// Bytes that cannot be packed into fewer (a xorshift generator of Marsaglia's, 2003).
fn noise() -> Vec<u8> {
    let mut word = 0x9e37_79b9_7f4a_7c15_u64;
    let words = std::iter::repeat_with(|| {
        word ^= word << 13;
        word ^= word >> 7;
        word ^= word << 17;
        word
    });
    words.take(PIECE / 8).flat_map(u64::to_le_bytes).collect()
}
