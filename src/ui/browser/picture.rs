//! Pictures as the browser makes them: from a camera, from a file, each no larger than it has to be to be read.
#![allow(clippy::disallowed_methods, reason = "reading a picture changes nothing: what it leads to goes through `app`")]

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{decode_data_url, document, window};

/// The kind of picture that is made.
pub const PHOTO: &str = "image/jpeg";

/// How many pixels the longer side of a photo has at most: enough to read a business card.
const SIDE: f64 = 1_600.0;

/// Bytes from which on a picture is made smaller even if it has not too many pixels.
const HEAVY: f64 = 1_500_000.0;

/// How good it is, of 1.
const QUALITY: f64 = 0.85;

/// A camera that is on; with this it goes off.
pub struct Camera(JsValue);

/// Whether pages may ask for a camera at all.
pub fn has_camera() -> bool {
    devices().is_some()
}

/// Asks for a camera, the one that looks away from the reader where there are two; nothing where there is none or it is refused.
pub fn open_camera(opened: impl FnOnce(Option<Camera>) + 'static) {
    spawn_local(async move { opened(stream().await.map(Camera)) });
}

impl Camera {
    /// Shows what it sees.
    pub fn show(&self, video: &web_sys::HtmlVideoElement) {
        put(video, "srcObject", &self.0);
        if let Some(Ok(promise)) = call(video, "play", &Array::new()).map(|answer| answer.dyn_into::<Promise>()) {
            spawn_local(async move { drop(JsFuture::from(promise).await) });
        }
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        let tracks = call(&self.0, "getTracks", &Array::new()).and_then(|tracks| tracks.dyn_into::<Array>().ok());
        for track in tracks.iter().flat_map(Array::iter) {
            call(&track, "stop", &Array::new());
        }
    }
}

/// What a video shows at this moment, as the bytes of a photo.
pub fn frame(video: &web_sys::HtmlVideoElement) -> Option<Vec<u8>> {
    drawn(video, number(video, "videoWidth")?, number(video, "videoHeight")?)
}

/// A picture that somebody picked as the bytes of a photo, made smaller; nothing where that is not needed or cannot be done.
pub fn shrink(file: web_sys::File, done: impl FnOnce(Option<Vec<u8>>) + 'static) {
    spawn_local(async move { done(shrunk(&file).await) });
}

async fn shrunk(file: &web_sys::File) -> Option<Vec<u8>> {
    if !file.type_().starts_with("image/") || file.type_() == "image/svg+xml" {
        return None;
    }
    let reading = call(window()?.as_ref(), "createImageBitmap", &Array::of1(file))?;
    let bitmap = JsFuture::from(reading.dyn_into::<Promise>().ok()?).await.ok()?;
    let (width, height) = (number(&bitmap, "width")?, number(&bitmap, "height")?);
    let is_large = width.max(height) > SIDE || file.size() > HEAVY;
    let bytes = if is_large { drawn(&bitmap, width, height) } else { None };
    call(&bitmap, "close", &Array::new());
    bytes
}

fn drawn(source: &JsValue, width: f64, height: f64) -> Option<Vec<u8>> {
    let scale = (SIDE / width.max(height)).min(1.0);
    let (wide, high) = ((width * scale).round(), (height * scale).round());
    if wide < 1.0 || high < 1.0 {
        return None;
    }
    let canvas = document()?.create_element("canvas").ok()?.dyn_into::<web_sys::HtmlCanvasElement>().ok()?;
    canvas.set_width(wide as u32);
    canvas.set_height(high as u32);
    let pen = canvas.get_context("2d").ok()??.dyn_into::<web_sys::CanvasRenderingContext2d>().ok()?;
    // What lets light through would come out black.
    pen.set_fill_style_str("white");
    pen.fill_rect(0.0, 0.0, wide, high);
    call(&pen, "drawImage", &Array::of5(source, &0.into(), &0.into(), &wide.into(), &high.into()))?;
    let address = canvas.to_data_url_with_type_and_encoder_options(PHOTO, &QUALITY.into()).ok()?;
    decode_data_url(&address)
}

async fn stream() -> Option<JsValue> {
    let (wanted, picture) = (Object::new(), Object::new());
    put(&picture, "facingMode", &"environment".into());
    for (side, size) in [("width", 1_920), ("height", 1_080)] {
        let ideal = Object::new();
        put(&ideal, "ideal", &size.into());
        put(&picture, side, &ideal);
    }
    put(&wanted, "video", &picture);
    let asked = call(&devices()?, "getUserMedia", &Array::of1(&wanted))?;
    JsFuture::from(asked.dyn_into::<Promise>().ok()?).await.ok()
}

fn devices() -> Option<JsValue> {
    let devices = Reflect::get(&window()?.navigator(), &"mediaDevices".into()).ok()?;
    let can = devices.is_object() && Reflect::get(&devices, &"getUserMedia".into()).is_ok_and(|it| it.is_function());
    can.then_some(devices)
}

fn call(object: &JsValue, name: &str, arguments: &Array) -> Option<JsValue> {
    let function = Reflect::get(object, &JsValue::from_str(name)).ok()?.dyn_into::<Function>().ok()?;
    function.apply(object, arguments).ok()
}

fn put(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

fn number(object: &JsValue, name: &str) -> Option<f64> {
    Reflect::get(object, &JsValue::from_str(name)).ok()?.as_f64()
}
