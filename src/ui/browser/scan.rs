//! Codes to scan: the page's own script reads them from pictures and before the camera.

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::window;

/// Reads the code in a picture and calls back with its text, or with a word for why there is none: `nothing`, `damaged`, `missing`.
pub fn read_code(picture: &web_sys::File, told: impl Fn(Result<String, String>) + Clone + 'static) {
    ask("file", picture, told);
}

/// Shows the camera in a video and calls back with each code that is held before it until the video is gone, or with a word for why
/// there is no camera: `refused`, `absent`, `insecure`, `missing`.
pub fn scan_camera(video: &web_sys::Element, told: impl Fn(Result<String, String>) + Clone + 'static) {
    ask("video", video, told);
}

fn ask(name: &str, subject: &JsValue, told: impl Fn(Result<String, String>) + Clone + 'static) {
    let tell = told.clone();
    let found = Closure::<dyn Fn(String)>::new(move |text| tell(Ok(text))).into_js_value();
    let failed = Closure::<dyn Fn(String)>::new(move |word| told(Err(word))).into_js_value();
    let detail = js_sys::Object::new();
    for (name, value) in [(name, subject), ("found", &found), ("failed", &failed)] {
        let _ = js_sys::Reflect::set(&detail, &JsValue::from_str(name), value);
    }
    let options = web_sys::CustomEventInit::new();
    options.set_detail(&detail);
    if let Some(window) = window()
        && let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("perennial:scan", &options)
    {
        let _ = window.dispatch_event(&event);
    }
}
