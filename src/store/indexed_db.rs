//! A shelf in the browser's database. Everything is encoded before a transaction begins, all requests are made at once, and only
//! its completion is awaited: anything else awaited in between would let the browser commit too early.

mod in_use;
mod waiting;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use crate::store::error::StoreError;
use crate::store::shelf::{Entry, Guard, Key, Read, Room, Shelf, Usage, Write, Written};
use in_use::InUse;
use waiting::{Signal, Waiting};

/// The version of the database's structure, which is not that of the data: entities are data, so it hardly ever moves.
const STRUCTURE: u32 = 1;

/// A connection to a database. A clone is the same connection.
#[derive(Clone)]
pub struct IndexedDbShelf {
    connection: Rc<Connection>,
}

struct Connection {
    database: IdbDatabase,
    is_closed: Rc<Cell<bool>>,
    _in_use: InUse,
    // Kept because the database calls them.
    _on_version_change: Closure<dyn FnMut()>,
    _on_close: Closure<dyn FnMut()>,
}

/// Why a connection was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Another tab wants to change or delete the database; the connection was closed to let it.
    VersionChange,
    /// The browser closed it: the data was cleared, or the disk failed.
    Closed,
}

impl IndexedDbShelf {
    /// Opens a database, making it when it is new. `on_blocked` is called if another tab holds an older version of it open, which
    /// is waited for; `on_lost` is called once if the connection is lost later.
    pub async fn open(
        name: &str,
        on_blocked: impl Fn() + 'static,
        on_lost: impl Fn(Lost) + 'static,
    ) -> Result<Self, StoreError> {
        let request = factory()?.open_with_u32(name, STRUCTURE).map_err(unavailable)?;
        let waiting: Waiting<Result<(), StoreError>> = Waiting::new();
        let (opened, failed) = (waiting.signal(), waiting.signal());
        let source = request.clone();
        let on_upgrade = Closure::<dyn FnMut()>::new(move || {
            if let Ok(database) = source.result().map(JsCast::unchecked_into::<IdbDatabase>) {
                let present = database.object_store_names();
                for room in Room::ALL.into_iter().filter(|room| !present.contains(room.name())) {
                    // A failure here fails the whole upgrade, which is reported as an error of the request.
                    let _ = database.create_object_store(room.name());
                }
            }
        });
        let on_success = Closure::<dyn FnMut()>::new(move || {
            opened.set(Ok(()));
        });
        let source = request.clone();
        let on_error = Closure::<dyn FnMut()>::new(move || {
            failed.set(Err(opening_error(source.error().ok().flatten())));
        });
        let on_blocked = Closure::<dyn FnMut()>::new(on_blocked);
        request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
        request.set_onsuccess(Some(on_success.as_ref().unchecked_ref()));
        request.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        request.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
        let outcome = waiting.await;
        request.set_onupgradeneeded(None);
        request.set_onsuccess(None);
        request.set_onerror(None);
        request.set_onblocked(None);
        outcome?;
        let database = request.result().map_err(unavailable)?.unchecked_into::<IdbDatabase>();
        // A protection that cannot be had, for want of room perhaps, is no reason not to open.
        let _ = in_use::enter(&database).await;
        Ok(IndexedDbShelf { connection: Rc::new(Connection::new(database, on_lost)) })
    }

    /// Deletes a database; [`StoreError::Blocked`] if another tab has it open and does not let go.
    pub async fn delete(name: &str) -> Result<(), StoreError> {
        let request = factory()?.delete_database(name).map_err(unavailable)?;
        let waiting: Waiting<Result<(), StoreError>> = Waiting::new();
        let (done, failed, blocked) = (waiting.signal(), waiting.signal(), waiting.signal());
        let source = request.clone();
        let on_success = Closure::<dyn FnMut()>::new(move || {
            done.set(Ok(()));
        });
        let on_error = Closure::<dyn FnMut()>::new(move || {
            failed.set(Err(dom_error(source.error().ok().flatten())));
        });
        let on_blocked = Closure::<dyn FnMut()>::new(move || {
            blocked.set(Err(StoreError::Blocked));
        });
        request.set_onsuccess(Some(on_success.as_ref().unchecked_ref()));
        request.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        request.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
        let outcome = waiting.await;
        request.set_onsuccess(None);
        request.set_onerror(None);
        request.set_onblocked(None);
        outcome
    }

    fn begin(&self, rooms: &[Room], mode: &str) -> Result<IdbTransaction, StoreError> {
        if self.connection.is_closed.get() {
            return Err(StoreError::Closed);
        }
        begin(&self.connection.database, rooms, mode, Durability::Strict)
    }
}

/// When a transaction counts as complete.
#[derive(Clone, Copy)]
enum Durability {
    /// When it is on disk.
    Strict,
    /// When the operating system has it.
    Relaxed,
}

fn begin(
    database: &IdbDatabase,
    rooms: &[Room],
    mode: &str,
    durability: Durability,
) -> Result<IdbTransaction, StoreError> {
    let names: Array = rooms.iter().map(|room| JsValue::from_str(room.name())).collect();
    let options = Object::new();
    let durability = match durability {
        Durability::Strict => "strict",
        Durability::Relaxed => "relaxed",
    };
    // Called by name, because the bindings count the options among what is not stable yet.
    Reflect::set(&options, &"durability".into(), &durability.into()).map_err(js_error)?;
    let begin = Reflect::get(database, &"transaction".into()).map_err(js_error)?;
    let begun = begin.unchecked_into::<Function>().call3(database, &names, &mode.into(), &options);
    begun.map(JsCast::unchecked_into).map_err(js_error)
}

impl Connection {
    fn new(database: IdbDatabase, on_lost: impl Fn(Lost) + 'static) -> Self {
        let is_closed = Rc::new(Cell::new(false));
        let on_lost = Rc::new(on_lost);
        let (changed, closed, report) = (database.clone(), is_closed.clone(), on_lost.clone());
        let on_version_change = Closure::<dyn FnMut()>::new(move || {
            if !closed.replace(true) {
                changed.close();
                report(Lost::VersionChange);
            }
        });
        let closed = is_closed.clone();
        let on_close = Closure::<dyn FnMut()>::new(move || {
            if !closed.replace(true) {
                on_lost(Lost::Closed);
            }
        });
        database.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        database.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        let in_use = InUse::follow(&database, &is_closed);
        Connection { database, is_closed, _in_use: in_use, _on_version_change: on_version_change, _on_close: on_close }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.set_onclose(None);
        self.database.close();
    }
}

impl Shelf for IndexedDbShelf {
    async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Entry>>, StoreError> {
        let mut rooms: Vec<Room> = reads.iter().map(Read::room).collect();
        rooms.sort_unstable();
        rooms.dedup();
        if rooms.is_empty() {
            return Ok(Vec::new());
        }
        let transaction = self.begin(&rooms, "readonly")?;
        let ending = Ending::of(&transaction);
        let asked = reads.iter().map(|read| Asked::ask(&transaction, read)).collect::<Result<Vec<_>, _>>();
        let asked = asked.map_err(js_error)?;
        ending.await_end().await?;
        asked.into_iter().map(Asked::answer).collect()
    }

    async fn write(&self, guard: Option<Guard<'_>>, writes: &[Write<'_>]) -> Result<Written, StoreError> {
        let mut rooms: Vec<Room> = writes.iter().map(Write::room).collect();
        rooms.extend(guard.map(|_| Room::Meta));
        rooms.sort_unstable();
        rooms.dedup();
        if rooms.is_empty() {
            return Ok(Written::Done);
        }
        let orders: Vec<Order> = writes.iter().map(Order::new).collect();
        let transaction = self.begin(&rooms, "readwrite")?;
        let ending = Ending::of(&transaction);
        let Some(guard) = guard else {
            carry_out(&transaction, &orders)?;
            ending.await_end().await?;
            return Ok(Written::Done);
        };
        let meta = transaction.object_store(Room::Meta.name()).map_err(js_error)?;
        let standing = meta.get(&guard.key.into()).map_err(js_error)?;
        let refused: Rc<RefCell<Option<Option<Vec<u8>>>>> = Rc::default();
        let expected = guard.expected.map(<[u8]>::to_vec);
        let failure: Rc<RefCell<Option<StoreError>>> = Rc::default();
        let (source, inside, found, failed) = (standing.clone(), transaction.clone(), refused.clone(), failure.clone());
        // The writes are asked for within the answer to the guard's question: the transaction is certainly alive here.
        let on_standing = Closure::<dyn FnMut()>::new(move || {
            let bytes = source.result().ok().filter(|value| !value.is_undefined()).map(|value| to_bytes(&value));
            if bytes != expected {
                found.replace(Some(bytes));
            } else if let Err(error) = carry_out(&inside, &orders) {
                failed.replace(Some(error));
            }
        });
        standing.set_onsuccess(Some(on_standing.as_ref().unchecked_ref()));
        let ended = ending.await_end().await;
        standing.set_onsuccess(None);
        if let Some(error) = failure.take() {
            return Err(error);
        }
        ended?;
        Ok(match refused.take() {
            Some(found) => Written::Refused { found },
            None => Written::Done,
        })
    }

    async fn estimate(&self) -> Result<Option<Usage>, StoreError> {
        let member = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok().filter(|it| !it.is_undefined());
        let storage = member(&js_sys::global(), "navigator").and_then(|navigator| member(&navigator, "storage"));
        let Some(storage) = storage else { return Ok(None) };
        let Some(estimate) = member(&storage, "estimate") else {
            return Ok(None);
        };
        let promise = estimate.unchecked_into::<Function>().call0(&storage).map_err(js_error)?;
        let answer = wasm_bindgen_futures::JsFuture::from(promise.unchecked_into::<js_sys::Promise>()).await;
        let answer = answer.map_err(js_error)?;
        let number = |name| member(&answer, name).and_then(|number| number.as_f64()).map(|number| number as u64);
        Ok(number("usage").zip(number("quota")).map(|(used, allowed)| Usage { used, allowed }))
    }

    fn close(&self) {
        if !self.connection.is_closed.replace(true) {
            self.connection.database.close();
        }
    }
}

/// The end of a transaction, awaited.
struct Ending {
    transaction: IdbTransaction,
    waiting: Waiting<Result<(), StoreError>>,
    // Kept because the transaction calls them.
    _on_complete: Closure<dyn FnMut()>,
    _on_abort: Closure<dyn FnMut()>,
}

impl Ending {
    fn of(transaction: &IdbTransaction) -> Self {
        let waiting = Waiting::new();
        let (complete, abort): (Signal<_>, Signal<_>) = (waiting.signal(), waiting.signal());
        let source = transaction.clone();
        let on_complete = Closure::<dyn FnMut()>::new(move || {
            complete.set(Ok(()));
        });
        let on_abort = Closure::<dyn FnMut()>::new(move || {
            abort.set(Err(dom_error(source.error())));
        });
        transaction.set_oncomplete(Some(on_complete.as_ref().unchecked_ref()));
        transaction.set_onabort(Some(on_abort.as_ref().unchecked_ref()));
        Ending { transaction: transaction.clone(), waiting, _on_complete: on_complete, _on_abort: on_abort }
    }

    async fn await_end(mut self) -> Result<(), StoreError> {
        (&mut self.waiting).await
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.transaction.set_oncomplete(None);
        self.transaction.set_onabort(None);
    }
}

/// A question to the database.
struct Asked {
    keys: Option<IdbRequest>,
    values: Option<IdbRequest>,
    key: Option<Key>,
}

impl Asked {
    fn ask(transaction: &IdbTransaction, read: &Read) -> Result<Self, JsValue> {
        let store = transaction.object_store(read.room().name())?;
        Ok(match read {
            Read::All(_) => Asked { keys: Some(store.get_all_keys()?), values: Some(store.get_all()?), key: None },
            Read::Keys(_) => Asked { keys: Some(store.get_all_keys()?), values: None, key: None },
            Read::One(_, key) => Asked { keys: None, values: Some(store.get(&to_js(key))?), key: Some(key.clone()) },
            // The database takes an empty range for an error.
            Read::Between(_, from, to) if from > to => Asked { keys: None, values: None, key: None },
            Read::Between(_, from, to) => {
                let range = IdbKeyRange::bound(&to_js(from), &to_js(to))?;
                let keys = store.get_all_keys_with_key(&range)?;
                Asked { keys: Some(keys), values: Some(store.get_all_with_key(&range)?), key: None }
            }
        })
    }

    fn answer(self) -> Result<Vec<Entry>, StoreError> {
        let result = |request: &IdbRequest| request.result().map_err(js_error);
        if let (Some(key), Some(value)) = (self.key, &self.values) {
            let value = result(value)?;
            let is_there = !value.is_undefined();
            return Ok(if is_there { vec![Entry { key, bytes: to_bytes(&value) }] } else { Vec::new() });
        }
        let Some(keys) = &self.keys else { return Ok(Vec::new()) };
        let keys: Array = result(keys)?.unchecked_into();
        let values = self.values.as_ref().map(result).transpose()?.map(JsCast::unchecked_into::<Array>);
        let entries = (0..keys.length()).map(|at| Entry {
            key: from_js(&keys.get(at)),
            bytes: values.as_ref().map(|values| to_bytes(&values.get(at))).unwrap_or_default(),
        });
        Ok(entries.collect())
    }
}

/// Something to write, in the browser's own values.
struct Order {
    room: Room,
    kind: OrderKind,
}

enum OrderKind {
    Put { key: JsValue, bytes: Uint8Array },
    Delete { key: JsValue },
    Clear,
}

impl Order {
    fn new(write: &Write<'_>) -> Self {
        let kind = match write {
            Write::Put { key, bytes, .. } => {
                OrderKind::Put { key: to_js(key), bytes: Uint8Array::from(bytes.as_ref()) }
            }
            Write::Delete { key, .. } => OrderKind::Delete { key: to_js(key) },
            Write::Clear { .. } => OrderKind::Clear,
        };
        Order { room: write.room(), kind }
    }
}

/// Makes all requests; if one of them cannot even be made, the whole transaction is taken back.
fn carry_out(transaction: &IdbTransaction, orders: &[Order]) -> Result<(), StoreError> {
    let outcome = try_carry_out(transaction, orders);
    outcome.map_err(|error| {
        // It may have aborted by itself, which is as well.
        let _ = transaction.abort();
        js_error(error)
    })
}

fn try_carry_out(transaction: &IdbTransaction, orders: &[Order]) -> Result<(), JsValue> {
    let mut stores: [Option<IdbObjectStore>; Room::ALL.len()] = Default::default();
    for order in orders {
        let slot = &mut stores[order.room as usize];
        let store = match slot {
            Some(store) => store,
            None => slot.insert(transaction.object_store(order.room.name())?),
        };
        match &order.kind {
            OrderKind::Put { key, bytes } => store.put_with_key(bytes, key)?,
            OrderKind::Delete { key } => store.delete(key)?,
            OrderKind::Clear => store.clear()?,
        };
    }
    Ok(())
}

fn factory() -> Result<IdbFactory, StoreError> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(unavailable)?;
    if factory.is_undefined() || factory.is_null() {
        return Err(StoreError::Unavailable { detail: "this browser has no IndexedDB".to_owned() });
    }
    Ok(factory.unchecked_into())
}

fn to_js(key: &Key) -> JsValue {
    match key {
        Key::Number(number) => JsValue::from_f64(*number as f64),
        Key::Text(text) => JsValue::from_str(text),
    }
}

fn from_js(key: &JsValue) -> Key {
    match key.as_f64() {
        Some(number) => Key::Number(number as u64),
        None => Key::Text(key.as_string().unwrap_or_default()),
    }
}

/// The bytes of an entry; none if it is something else than bytes, which no checksum takes for sound.
fn to_bytes(value: &JsValue) -> Vec<u8> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}

fn unavailable(error: JsValue) -> StoreError {
    match js_error(error) {
        StoreError::Failed { name, detail } => StoreError::Unavailable { detail: format!("{name}: {detail}") },
        other => other,
    }
}

fn opening_error(error: Option<DomException>) -> StoreError {
    match dom_error(error) {
        // The browser does not say how new; one more is the least it can be.
        StoreError::Failed { name, .. } if name == "VersionError" => {
            StoreError::TooNew { found: STRUCTURE + 1, known: STRUCTURE }
        }
        // The browser keeps nothing at all. Any other failure says nothing about what may be kept already.
        StoreError::Failed { name, detail } if is_denied(&name, &detail) => {
            StoreError::Unavailable { detail: format!("{name}: {detail}") }
        }
        other => other,
    }
}

fn is_denied(name: &str, detail: &str) -> bool {
    matches!(name, "SecurityError" | "InvalidStateError" | "NotAllowedError" | "NotSupportedError")
        || detail.contains("denied")
}

fn dom_error(error: Option<DomException>) -> StoreError {
    match error {
        Some(error) => named_error(error.name(), error.message()),
        None => named_error("AbortError".to_owned(), "the transaction was taken back".to_owned()),
    }
}

fn js_error(error: JsValue) -> StoreError {
    let text = |name: &str| Reflect::get(&error, &name.into()).ok().and_then(|text| text.as_string());
    named_error(text("name").unwrap_or_else(|| "Error".to_owned()), text("message").unwrap_or_default())
}

fn named_error(name: String, detail: String) -> StoreError {
    match name.as_str() {
        "QuotaExceededError" => StoreError::Quota,
        "InvalidStateError" if detail.contains("clos") => StoreError::Closed,
        _ => StoreError::Failed { name, detail },
    }
}
