//! How does the body of a response come, chunk by chunk?

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ReadableStreamDefaultReader, Response};

/// A body being read. What is left of it when it is dropped is given up.
pub(crate) struct Body(Option<ReadableStreamDefaultReader>);

impl Body {
    /// The body of a response; empty when it has none.
    pub(crate) fn of(response: &Response) -> Body {
        let reader = response.body().map(|stream| stream.get_reader());
        Body(reader.and_then(|reader| reader.dyn_into().ok()))
    }

    /// The next chunk; none at the end.
    pub(crate) async fn next(&self) -> Result<Option<Vec<u8>>, JsValue> {
        let Some(reader) = &self.0 else { return Ok(None) };
        let read = JsFuture::from(reader.read()).await?;
        if Reflect::get(&read, &JsValue::from_str("done"))?.is_truthy() {
            return Ok(None);
        }
        let value = Reflect::get(&read, &JsValue::from_str("value"))?;
        Ok(value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec()))
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        if let Some(reader) = &self.0 {
            let given_up = reader.cancel();
            // of a body that broke nothing can be given up, and nobody waits to hear it
            spawn_local(async move { drop(JsFuture::from(given_up).await) });
        }
    }
}
