//! How is something given to the visitor: as a file, on the clipboard?

use std::cell::RefCell;

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

use super::place::document;

/// An object address that is revoked when it is dropped.
struct ObjectUrl(String);

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        // revoking an address that is gone already is no error to anybody
        let _ = Url::revoke_object_url(&self.0);
    }
}

thread_local! {
    // kept until the next file: some browsers read it after the click
    static LAST: RefCell<Option<ObjectUrl>> = const { RefCell::new(None) };
}

/// The name of the file that a visitor downloads, from the title.
fn file_name(title: &str, ending: &str) -> String {
    let plain: String = encart_table::table::fold(title)
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).take(8).collect();
    format!("{}.{ending}", if words.is_empty() { "donnees".to_string() } else { words.join("-") })
}

/// Offers a text as a file. Nothing happens where the browser refuses downloads: the link to the whole file remains.
pub(crate) fn save(title: &str, ending: &str, mime: &str, text: &str) {
    let _ = try_save(title, ending, mime, text);
}

fn try_save(title: &str, ending: &str, mime: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options).ok()?;
    let url = ObjectUrl(Url::create_object_url_with_blob(&blob).ok()?);
    offer(&url.0, title, ending)?;
    LAST.set(Some(url));
    Some(())
}

fn offer(address: &str, title: &str, ending: &str) -> Option<()> {
    let anchor: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(address);
    anchor.set_download(&file_name(title, ending));
    anchor.click();
    Some(())
}

/// Offers what is on a canvas as a picture; none where the browser keeps canvases from being read.
pub(crate) fn save_picture(title: &str, canvas: &HtmlCanvasElement) -> Option<()> {
    offer(&canvas.to_data_url().ok()?, title, "png")
}

/// Puts a text on the clipboard; none where the browser has none to give, as on a page without https.
pub(crate) fn copy(text: &str) -> Option<Promise> {
    let navigator = web_sys::window()?.navigator();
    let is_there = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    is_there.then(|| navigator.clipboard().write_text(text))
}
