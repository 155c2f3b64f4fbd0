//! `window.perennial`: the workspace for scripts, a thin layer over dispatch and the engines. Plain JSON in and out.

mod answer;
mod ask;

use std::future::Future;

use js_sys::{Function, Object, Promise, Reflect};
use serde_json::{Value as Json, json};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::future_to_promise;

use super::outside::window;
use super::workspace::App;
use crate::model::diagnostic::Rejection;
use crate::model::json;
use crate::store::migration::DATA_VERSION;

/// Puts `window.perennial` in place.
pub(super) fn install(app: App) {
    let Some(window) = window() else { return };
    let object = Object::new();
    let ready = future_to_promise(async move { Ok(to_js(&ask::ready(app, DATA_VERSION))) });
    let _ = Reflect::set(&object, &"ready".into(), &ready);
    synchronous(&object, "packs", move |_| Ok(ask::packs()));
    synchronous(&object, "schema", move |_| Ok(ask::schema(app)));
    synchronous(&object, "find", move |given| ask::find(app, &text(&given[0])?, given.options(1)?));
    synchronous(&object, "get", move |given| ask::get(app, &text(&given[0])?, &text(&given[1])?));
    synchronous(&object, "report", move |given| ask::report(app, &given[0]));
    promised(&object, "install", move |given| answer::install(app, given));
    promised(&object, "create", move |given| answer::create(app, given));
    promised(&object, "update", move |given| answer::update(app, given));
    promised(&object, "remove", move |given| answer::remove(app, given));
    promised(&object, "dispatch", move |given| answer::dispatch(app, given));
    promised(&object, "import", move |given| answer::import(app, given));
    promised(&object, "undo", move |given| answer::undo(app, given));
    promised(&object, "redo", move |_| answer::redo(app));
    promised(&object, "snapshot", move |given| answer::snapshot(app, given));
    promised(&object, "restore", move |given| answer::restore(app, given));
    let _ = Reflect::set(&window, &"perennial".into(), &object);
}

/// What a script gave, as JSON; nothing for what it left out.
struct Given([Option<Json>; 3]);

impl std::ops::Index<usize> for Given {
    type Output = Json;

    fn index(&self, at: usize) -> &Json {
        self.0.get(at).and_then(Option::as_ref).unwrap_or(&Json::Null)
    }
}

impl Given {
    fn read(values: [&JsValue; 3]) -> Result<Given, Rejection> {
        let [a, b, c] = values.map(from_js);
        Ok(Given([a?, b?, c?]))
    }

    fn is_given(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(Option::is_some)
    }

    /// Options that a script gave as an object; one that is not known is refused, since it would be misspelt.
    fn options<T: serde::de::DeserializeOwned + Default>(&self, at: usize) -> Result<T, Rejection> {
        if !self.is_given(at) {
            return Ok(T::default());
        }
        json::read_value(&self[at]).map_err(|error| malformed(&error))
    }
}

fn synchronous(object: &Object, name: &str, work: impl Fn(Given) -> Result<Json, Rejection> + 'static) {
    let closure = Closure::<dyn Fn(JsValue, JsValue, JsValue) -> Result<JsValue, JsValue>>::new(move |a, b, c| {
        Given::read([&a, &b, &c]).and_then(&work).map(|json| to_js(&json)).map_err(|refused| to_error(&refused))
    });
    put(object, name, closure.as_ref());
    closure.forget();
}

fn promised<F>(object: &Object, name: &str, work: impl Fn(Given) -> F + 'static)
where
    F: Future<Output = Result<Json, Rejection>> + 'static,
{
    let closure = Closure::<dyn Fn(JsValue, JsValue, JsValue) -> Promise>::new(move |a, b, c| {
        let work = Given::read([&a, &b, &c]).map(&work);
        future_to_promise(async move {
            let answer = match work {
                Ok(work) => work.await,
                Err(refused) => Err(refused),
            };
            answer.map(|json| to_js(&json)).map_err(|refused| to_error(&refused))
        })
    });
    put(object, name, closure.as_ref());
    closure.forget();
}

fn put(object: &Object, name: &str, function: &JsValue) {
    let _ = Reflect::set(object, &name.into(), function.unchecked_ref::<Function>());
}

/// JSON of what a script gave: nothing if it gave nothing, refused if it cannot be written as JSON.
fn from_js(value: &JsValue) -> Result<Option<Json>, Rejection> {
    if value.is_undefined() {
        return Ok(None);
    }
    if let Some(text) = value.as_string() {
        return Ok(Some(Json::String(text)));
    }
    let text = js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string());
    let json = text.and_then(|text| json::read(&text).ok());
    json.map(Some).ok_or_else(|| malformed("argument-is-no-json"))
}

fn to_js(json: &Json) -> JsValue {
    match json {
        Json::Null => JsValue::NULL,
        Json::Bool(flag) => JsValue::from_bool(*flag),
        Json::String(text) => JsValue::from_str(text),
        Json::Number(_) | Json::Array(_) | Json::Object(_) => {
            js_sys::JSON::parse(&json.to_string()).unwrap_or(JsValue::NULL)
        }
    }
}

/// `{ code, message, at }`, as an `Error` so that a console shows where it came from.
fn to_error(rejection: &Rejection) -> JsValue {
    let Some(first) = rejection.diagnostics.first() else {
        return JsValue::from_str("refused");
    };
    let arguments: Vec<String> = first.arguments.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let field = first.at.field.map(|field| format!("{field}: ")).unwrap_or_default();
    let detail = if arguments.is_empty() { String::new() } else { format!(" ({})", arguments.join(", ")) };
    let message = format!("{field}{}{detail}", first.code.as_str().replace('-', " "));
    let error = js_sys::Error::new(&message);
    let at = to_js(&json!(first.at));
    let all = to_js(&json!(rejection.diagnostics));
    for (name, value) in [("code", JsValue::from_str(first.code.as_str())), ("at", at), ("diagnostics", all)] {
        let _ = Reflect::set(&error, &name.into(), &value);
    }
    error.into()
}

/// A text that a script has to give.
fn text(json: &Json) -> Result<String, Rejection> {
    match json.as_str() {
        Some(text) => Ok(text.to_owned()),
        None => Err(malformed("text-is-expected")),
    }
}

/// A refusal of what a script gave; `detail` names the sentence, or is what the reader of JSON says.
fn malformed(detail: &str) -> Rejection {
    use crate::model::diagnostic::{Code, Diagnostic};
    Diagnostic::new(Code::Malformed).with("detail", detail).into()
}
