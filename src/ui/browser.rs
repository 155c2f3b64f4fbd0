//! The browser as views need it: address, focus, downloads, clipboard, files, events. The only file of `ui` that may name `window`.
#![allow(clippy::disallowed_methods, reason = "this is the one named place for the window within the interface")]

mod picture;
mod scan;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

pub use picture::{Camera, PHOTO, frame, has_camera, open_camera, shrink};
pub use scan::{read_code, scan_camera};

/// The window.
pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<web_sys::Document> {
    window()?.document()
}

/// The element with that id.
pub fn element(id: &str) -> Option<web_sys::HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// What stands after the `#` of the address, the sign included.
pub fn hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Goes to another `#`.
pub fn set_hash(hash: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_hash(hash);
    }
}

/// Goes to another `#` in place of this one.
pub fn replace_hash(hash: &str) {
    if let Some(window) = window() {
        let _ = window.location().replace(hash);
    }
}

/// Whether a click is the second of a quick pair. Where one button takes the place of another, it was not meant for the new one.
pub fn is_repeated(click: &web_sys::MouseEvent) -> bool {
    click.detail() > 1
}

/// Adds a step to the browser's history that stays at the same address, with a number to know it by.
pub fn push_step(number: u32) {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        let _ = history.push_state(&JsValue::from_f64(f64::from(number)), "");
    }
}

/// Gives the present step of the browser's history another number.
pub fn number_step(number: u32) {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        let _ = history.replace_state(&JsValue::from_f64(f64::from(number)), "");
    }
}

/// The number of the step at which the browser's history stands; 0 where it has none.
pub fn step() -> u32 {
    let state = window().and_then(|window| window.history().ok()?.state().ok());
    state.and_then(|state| state.as_f64()).map_or(0, |number| number as u32)
}

/// Goes one step back, as the browser's own button does.
pub fn step_back() {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        let _ = history.back();
    }
}

/// Calls back whenever the `#` changes, for the life of the page.
pub fn on_hash_change(changed: impl Fn() + 'static) {
    on_window("hashchange", move |_: web_sys::Event| changed());
}

/// Calls back on an event of the window, for the life of the page.
pub fn on_window<E: JsCast + 'static>(event: &str, heard: impl Fn(E) + 'static) {
    let Some(window) = window() else { return };
    let closure = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| heard(event.unchecked_into()));
    let _ = window.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Listens for as long as it is kept.
pub struct Listening(&'static [&'static str], Closure<dyn Fn()>);

/// Calls back whenever anything is scrolled or the window gets another size, for as long as the answer is kept.
pub fn on_shift(shifted: impl Fn() + 'static) -> Option<Listening> {
    const SHIFTS: &[&str] = &["resize", "scroll"];
    let closure = Closure::<dyn Fn()>::new(shifted);
    let window = window()?;
    for event in SHIFTS {
        // What is scrolled within the page tells nobody but those who listen on the way down.
        let _ = window.add_event_listener_with_callback_and_bool(event, closure.as_ref().unchecked_ref(), true);
    }
    Some(Listening(SHIFTS, closure))
}

impl Drop for Listening {
    fn drop(&mut self) {
        let Some(window) = window() else { return };
        for event in self.0 {
            let _ = window.remove_event_listener_with_callback_and_bool(event, self.1.as_ref().unchecked_ref(), true);
        }
    }
}

/// Lets the browser ask before the page is left whenever something would be lost, for the life of the page.
pub fn ask_before_leaving(would_lose: impl Fn() -> bool + 'static) {
    on_window("beforeunload", move |event: web_sys::Event| {
        if would_lose() {
            event.prevent_default();
        }
    });
}

/// Text as a part of an address.
pub fn encode_component(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// A part of an address as text.
pub fn decode_component(text: &str) -> String {
    js_sys::decode_uri_component(text).map(String::from).unwrap_or_else(|_| text.to_owned())
}

/// Puts the focus on the element with that id.
pub fn focus(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id))
        && let Ok(element) = element.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = element.focus();
    }
}

/// Scrolls as far as it takes to see an element.
pub fn show_nearest(id: &str) {
    if let Some(element) = element(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Names the page in the browser's tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Hands a text to the user as a file.
pub fn download(name: &str, media_type: &str, text: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) else {
        return;
    };
    let Ok(url) = web_sys::Url::create_object_url_with_blob(&blob) else {
        return;
    };
    if let Some(link) = document().and_then(|document| document.create_element("a").ok())
        && let Ok(link) = link.dyn_into::<web_sys::HtmlAnchorElement>()
    {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    give_back_later(url);
}

/// Gives an address back that leads to bytes in memory.
pub fn give_back(url: &str) {
    let _ = web_sys::Url::revoke_object_url(url);
}

/// The same a little later: some browsers read the address only after the click has returned.
pub fn give_back_later(url: String) {
    let revoke = Closure::once_into_js(move || give_back(&url));
    if let Some(window) = window() {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 10_000);
    }
}

/// The bytes of a file that the user picked.
pub async fn read_file(file: &web_sys::File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Reads a file that the user picked and calls back with its bytes; with nothing if it cannot be read.
#[allow(clippy::disallowed_methods, reason = "reading a file changes nothing: what it leads to goes through `app`")]
pub fn read_bytes(file: web_sys::File, read: impl FnOnce(Option<Vec<u8>>) + 'static) {
    wasm_bindgen_futures::spawn_local(async move { read(read_file(&file).await) });
}

/// The first file that was chosen in a file input; the input is emptied, so that the same file can be chosen again.
pub fn chosen_file(event: &web_sys::Event) -> Option<web_sys::File> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0);
    input.set_value("");
    file
}

/// Bytes as text in an encoding that the browser knows; nothing if they are not in it.
pub fn decode(bytes: &[u8], encoding: &str) -> Option<String> {
    let options = web_sys::TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = web_sys::TextDecoder::new_with_label_and_options(encoding, &options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// Tells the page's own scripts something, with a text.
pub fn announce(event: &str, detail: &str) {
    let options = web_sys::CustomEventInit::new();
    options.set_detail(&JsValue::from_str(detail));
    if let Some(window) = window()
        && let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(event, &options)
    {
        let _ = window.dispatch_event(&event);
    }
}

/// Puts a text on the clipboard.
pub fn copy(text: &str) {
    if let Some(window) = window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
}

/// Puts a table on the clipboard, as a text and in HTML.
pub fn copy_table(text: &str, html: &str) {
    let blob = |text: &str, media_type: &str| {
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(media_type);
        web_sys::Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&JsValue::from_str(text)), &options)
    };
    let item = || {
        let kinds = js_sys::Object::new();
        for (media_type, text) in [("text/plain", text), ("text/html", html)] {
            js_sys::Reflect::set(&kinds, &media_type.into(), blob(text, media_type).ok()?.as_ref()).ok()?;
        }
        let class = js_sys::Reflect::get(&js_sys::global(), &"ClipboardItem".into()).ok()?;
        let class: js_sys::Function = class.dyn_into().ok()?;
        js_sys::Reflect::construct(&class, &js_sys::Array::of1(&kinds)).ok()
    };
    // Older browsers take a text alone.
    match (window(), item()) {
        (Some(window), Some(item)) => {
            let _ = window.navigator().clipboard().write(&js_sys::Array::of1(&item));
        }
        _ => copy(text),
    }
}

/// Reads the text on the clipboard and calls back with it; with nothing where the reader does not allow it.
#[allow(clippy::disallowed_methods, reason = "reading changes nothing: what it leads to goes through `app`")]
pub fn read_clipboard(read: impl FnOnce(Option<String>) + 'static) {
    let Some(window) = window() else { return };
    let text = window.navigator().clipboard().read_text();
    wasm_bindgen_futures::spawn_local(async move {
        read(JsFuture::from(text).await.ok().and_then(|text| text.as_string()));
    });
}

/// Writes a text where the caret stands, as typing does.
pub fn insert(text: &str) {
    let Some(page) = document() else { return };
    let page: &JsValue = &page;
    if let Ok(command) = js_sys::Reflect::get(page, &JsValue::from_str("execCommand"))
        && let Ok(command) = command.dyn_into::<js_sys::Function>()
    {
        let _ = command.call3(page, &JsValue::from_str("insertText"), &JsValue::FALSE, &JsValue::from_str(text));
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Hands something that has an address already to the user as a file.
pub fn download_url(name: &str, url: &str) {
    if let Some(link) = document().and_then(|document| document.create_element("a").ok())
        && let Ok(link) = link.dyn_into::<web_sys::HtmlAnchorElement>()
    {
        link.set_href(url);
        link.set_download(name);
        link.click();
    }
}

/// The bytes in a `data:` address in Base64, as a canvas gives it.
pub fn decode_data_url(address: &str) -> Option<Vec<u8>> {
    let (_, encoded) = address.split_once(";base64,")?;
    let binary = window()?.atob(encoded).ok()?;
    // Each character stands for one byte.
    binary.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect()
}

/// The whole address of a place within the page.
pub fn address_of(hash: &str) -> String {
    let here = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    format!("{}{hash}", here.split('#').next().unwrap_or_default())
}

/// Whether the page has the focus, rather than another window or a file dialog.
pub fn has_focus() -> bool {
    document().and_then(|document| document.has_focus().ok()).unwrap_or(true)
}

/// Gives the focus to the first element that a selector finds; whether there is one.
pub fn focus_first(selector: &str) -> bool {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    let element = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// The element that an event is about, or the next around it, that a selector names.
pub fn closest(target: Option<web_sys::EventTarget>, selector: &str) -> Option<web_sys::Element> {
    target?.dyn_into::<web_sys::Element>().ok()?.closest(selector).ok().flatten()
}

/// Whether an element has the focus.
pub fn is_focused(element: &web_sys::Element) -> bool {
    document().and_then(|document| document.active_element()).as_ref() == Some(element)
}

/// Whether what has the focus stands in an element.
pub fn holds_focus(element: &web_sys::Element) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| element.contains(Some(&active)))
}

/// The elements directly within an element, as they are now.
pub fn children(element: &web_sys::Element) -> Vec<web_sys::Element> {
    let children = element.children();
    (0..children.length()).filter_map(|at| children.item(at)).collect()
}

/// Gives the focus to an element where it stands, without scrolling it into sight.
pub fn focus_in_place(element: &web_sys::HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// The element that has the focus.
pub fn focused() -> Option<web_sys::Element> {
    document()?.active_element()
}

/// Whether anything in the page has the focus.
pub fn has_focused_element() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| !element.matches("body, html").unwrap_or(false))
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// The width of the page in pixels.
pub fn window_width() -> f64 {
    document().and_then(|document| document.document_element()).map_or(0.0, |root| f64::from(root.client_width()))
}

/// Whether the focus is in something that is typed into, so that letters are no shortcuts.
pub fn is_typing() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| {
        element.matches("input, textarea, select, [contenteditable=true], [role=combobox]").unwrap_or(false)
    })
}

/// What this device remembers under a name of the interface.
pub fn remembered(name: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(&format!("perennial.{name}")).ok()?
}

/// Remembers a text under a name on this device, if it may.
pub fn remember(name: &str, text: &str) {
    if let Some(Ok(Some(storage))) = window().map(|window| window.local_storage()) {
        let _ = storage.set_item(&format!("perennial.{name}"), text);
    }
}

/// What this tab keeps under a name, a reload or a crash ago.
pub fn kept_in_tab(name: &str) -> Option<String> {
    window()?.session_storage().ok()??.get_item(&format!("perennial.{name}")).ok()?
}

/// Lets this tab keep a text under a name, or forget it.
pub fn keep_in_tab(name: &str, text: Option<&str>) {
    if let Some(Ok(Some(storage))) = window().map(|window| window.session_storage()) {
        let name = format!("perennial.{name}");
        let _ = match text {
            Some(text) => storage.set_item(&name, text),
            None => storage.remove_item(&name),
        };
    }
}

/// Whether the focus is within what a selector names.
pub fn has_focus_within(selector: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

/// Whether there is anything that a selector names.
pub fn is_there(selector: &str) -> bool {
    document().is_some_and(|document| document.query_selector(selector).ok().flatten().is_some())
}

/// What the page's own scripts have noted on the page under a name.
pub fn noted(name: &str) -> Option<String> {
    document()?.document_element()?.get_attribute(&format!("data-{name}"))
}

/// Forgets what this device remembers under a name of the interface.
pub fn forget(name: &str) {
    if let Some(Ok(Some(storage))) = window().map(|window| window.local_storage()) {
        let _ = storage.remove_item(&format!("perennial.{name}"));
    }
}

/// Whether the browser believes that there is a network.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Whether the browser gives pages the whole screen at all.
pub fn can_fill_screen() -> bool {
    document().is_some_and(|page| {
        js_sys::Reflect::get(&page, &"fullscreenEnabled".into()).is_ok_and(|enabled| enabled.is_truthy())
    })
}

/// Lets the page have the whole screen, where the browser can and allows it, and holds on to Escape there.
pub fn fill_screen() {
    let Some(page) = document() else { return };
    let is_full = js_sys::Reflect::get(&page, &"fullscreenElement".into()).is_ok_and(|element| element.is_object());
    if let Some(root) = page.document_element().filter(|_| !is_full) {
        ask_of(&root, "requestFullscreen", &js_sys::Array::new(), |_| {});
        if let Some(keyboard) = of_navigator("keyboard") {
            let keys = js_sys::Array::of1(&js_sys::Array::of1(&"Escape".into()));
            ask_of(&keyboard, "lock", &keys, |_| {});
        }
    }
}

/// Gives the screen back.
pub fn leave_full_screen() {
    let Some(page) = document() else { return };
    if let Some(keyboard) = of_navigator("keyboard") {
        ask_of(&keyboard, "unlock", &js_sys::Array::new(), |_| {});
    }
    if js_sys::Reflect::get(&page, &"fullscreenElement".into()).is_ok_and(|element| element.is_object()) {
        ask_of(&page, "exitFullscreen", &js_sys::Array::new(), |_| {});
    }
}

/// Whether the browser can keep the screen from going dark.
pub fn can_stay_awake() -> bool {
    of_navigator("wakeLock").is_some()
}

/// Keeps the screen from going dark for as long as the page is shown; `told` hears whether it will.
pub fn stay_awake(told: impl FnOnce(bool) + 'static) {
    match of_navigator("wakeLock") {
        // While the page is hidden it is refused, and asked for anew once it is shown.
        Some(_) if document().is_some_and(|page| page.hidden()) => {}
        Some(lock) => ask_of(&lock, "request", &js_sys::Array::of1(&"screen".into()), told),
        None => told(false),
    }
}

/// Whether the page has its offline copy behind it.
pub fn has_offline_copy() -> bool {
    of_navigator("serviceWorker").is_some_and(|worker| {
        js_sys::Reflect::get(&worker, &"controller".into()).is_ok_and(|controller| controller.is_object())
    })
}

fn of_navigator(name: &str) -> Option<JsValue> {
    let found = window().and_then(|window| js_sys::Reflect::get(&window.navigator(), &JsValue::from_str(name)).ok());
    found.filter(JsValue::is_object)
}

/// Asks an object of the browser for something that it may lack or refuse, which is then not there; `told` hears whether it was done.
#[allow(clippy::disallowed_methods, reason = "an answer is waited for only so that a refusal is heard by somebody")]
fn ask_of(object: &JsValue, name: &str, arguments: &js_sys::Array, told: impl FnOnce(bool) + 'static) {
    let asked = js_sys::Reflect::get(object, &JsValue::from_str(name)).ok();
    let asked = asked.and_then(|asked| asked.dyn_into::<js_sys::Function>().ok());
    let answer = asked.and_then(|asked| asked.apply(object, arguments).ok());
    match answer.and_then(|answer| answer.dyn_into::<js_sys::Promise>().ok()) {
        Some(promise) => wasm_bindgen_futures::spawn_local(async move { told(JsFuture::from(promise).await.is_ok()) }),
        None => told(false),
    }
}

/// Selects all that stands in an element.
pub fn select_all_of(element: &web_sys::Element) {
    if let Some(Ok(Some(selection))) = window().map(|window| window.get_selection()) {
        let _ = selection.select_all_children(element);
    }
}
