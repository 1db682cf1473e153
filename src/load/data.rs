//! How does the page reach the data engine?

use std::cell::RefCell;

use encart_chart::Spec;
use encart_table::json::{Json, Object};
use encart_table::{Notice, Place};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::fetch::{Begun, Received};
use crate::fail::Failure;

#[wasm_bindgen]
extern "C" {
    /// What the loader gives: a way to the data engine, and a place for copies.
    #[derive(Clone)]
    pub type DataEngine;

    #[wasm_bindgen(method, catch)]
    fn read(
        this: &DataEngine,
        order: &str,
        base: &str,
        cache: bool,
        signal: Option<&AbortSignal>,
        handed: &JsValue,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method)]
    fn hand(this: &DataEngine, address: &str, head: Uint8Array, reader: &JsValue, length: Option<String>) -> JsValue;

    #[wasm_bindgen(method)]
    fn part(this: &DataEngine, name: &str) -> Promise;

    #[wasm_bindgen(method, getter)]
    fn files(this: &DataEngine) -> String;

    #[wasm_bindgen(method)]
    fn keep(this: &DataEngine, address: &str, bytes: Option<Uint8Array>);
}

thread_local! {
    static ENGINE: RefCell<Option<DataEngine>> = const { RefCell::new(None) };
}

/// Remembers the loader's way to the data engine.
pub(crate) fn use_engine(engine: DataEngine) {
    ENGINE.set(Some(engine));
}

/// The folder of encart's files.
pub(crate) fn files() -> String {
    ENGINE.with_borrow(|engine| engine.as_ref().map_or_else(String::new, DataEngine::files))
}

/// Waits for a file of the engine that comes after the first; whether it came.
pub(crate) async fn bring_part(name: &str) -> bool {
    let part = ENGINE.with_borrow(|engine| engine.as_ref().map(|engine| engine.part(name)));
    match part {
        Some(part) => JsFuture::from(part).await.is_ok(),
        None => false,
    }
}

/// Puts a good answer aside for a bad day, or leaves the one that was.
pub(super) fn keep(address: &str, bytes: Option<&[u8]>) {
    if let Some(engine) = ENGINE.with_borrow(Clone::clone) {
        engine.keep(address, bytes.map(Uint8Array::from));
    }
}

/// The order as the data engine reads it.
pub(super) fn write_order(spec: &Spec) -> String {
    let text = |text: &str| Json::Text(text.to_string());
    let mut order = Object::default();
    order.set("src".into(), text(spec.src.as_deref().filter(|_| spec.data.is_none()).unwrap_or(INLINE)));
    order.set("steps".into(), spec.steps.clone());
    if let Some(wanted) = spec.wanted() {
        order.set("wanted".into(), Json::List(wanted.into_iter().map(Json::Text).collect()));
    }
    if let Some(zone) = &spec.timezone {
        order.set("timezone".into(), text(zone));
    }
    if spec.reading.keep_totals {
        order.set("totals".into(), text("keep"));
    }
    Json::Object(order).write()
}

/// The address of data that stand in the page: none, with a name.
const INLINE: &str = "#data";

/// Has the data engine do an order, with what has been received of its address already.
pub(super) async fn order(
    order: &str,
    base: &str,
    has_cache: bool,
    received: &Received,
    address: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Received {
    let Some(engine) = ENGINE.with_borrow(Clone::clone) else { return Received::Nothing };
    let address = address.unwrap_or(INLINE);
    let handed = match received {
        Received::Whole { bytes, .. } => engine.hand(address, Uint8Array::from(bytes.as_slice()), &JsValue::NULL, None),
        Received::Begun(begun) => match begun.take() {
            Some(Begun { head, reader, length, .. }) => {
                engine.hand(address, Uint8Array::from(head.as_slice()), &reader, length)
            }
            None => JsValue::UNDEFINED,
        },
        Received::Nothing => JsValue::UNDEFINED,
    };
    let Ok(promise) = engine.read(order, base, has_cache, signal, &handed) else { return Received::Nothing };
    let made = JsFuture::from(promise).await.ok().and_then(|made| made.dyn_into::<Uint8Array>().ok());
    made.map_or(Received::Nothing, |made| Received::Whole { bytes: made.to_vec(), may_keep: false })
}

/// The data engine did not come.
pub(crate) fn not_loaded() -> Failure {
    Failure::of_network(Notice::error(
        "engine.data",
        Place::whole(),
        format_args!(
            "le moteur de données (data-engine) n’a pas pu être chargé. Tous les fichiers de dist sont-ils sur le site ?"
        ),
        format_args!("the data engine (data-engine) could not be loaded. Are all the files of dist on the site?"),
    ))
}
