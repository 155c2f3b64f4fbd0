//! The promises of every store, upon the browser's database.

use perennial::store::StoreError;
use perennial::store::contract::every_store_keeps_its_promises;
use perennial::store::indexed_db::IndexedDbShelf;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn indexed_db_keeps_its_promises() {
    let connect = |name: &'static str| async move {
        Ok::<_, StoreError>(IndexedDbShelf::open(&format!("contract-{name}"), || {}, |_| {}).await?.into())
    };
    if let Err(broken) = every_store_keeps_its_promises(connect).await {
        panic!("{broken}");
    }
}

#[wasm_bindgen_test]
async fn a_tab_lets_go_when_another_wants_to_delete() {
    let lost = std::rc::Rc::new(std::cell::Cell::new(None));
    let told = lost.clone();
    let _shelf = IndexedDbShelf::open("deleted", || {}, move |why| told.set(Some(why))).await.expect("opens");
    IndexedDbShelf::delete("deleted").await.expect("is not blocked");
    assert_eq!(lost.get(), Some(perennial::store::indexed_db::Lost::VersionChange));
}
