//! How is a text given to the visitor as a file?

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

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
pub(crate) fn file_name(title: &str) -> String {
    let plain: String = encart_table::table::fold(title)
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).take(8).collect();
    format!("{}.csv", if words.is_empty() { "donnees".to_string() } else { words.join("-") })
}

/// Offers a file. Nothing happens where the browser refuses downloads: the link to the whole file remains.
pub(crate) fn save(name: &str, mime: &str, text: &str) {
    let _ = try_save(name, mime, text);
}

fn try_save(name: &str, mime: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options).ok()?;
    let url = ObjectUrl(Url::create_object_url_with_blob(&blob).ok()?);
    let document = web_sys::window()?.document()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url.0);
    anchor.set_download(name);
    anchor.click();
    LAST.set(Some(url));
    Some(())
}
