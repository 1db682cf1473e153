//! How is a part of a widget found, filled and described?

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::markup;

/// The first element inside `whole` that a selector of ours names.
pub(crate) fn find(whole: &Element, selector: &str) -> Option<HtmlElement> {
    whole.query_selector(selector).ok().flatten().and_then(|part| part.dyn_into().ok())
}

/// All the elements inside `whole` that a selector of ours names, in their order.
pub(crate) fn all<T: JsCast>(whole: &Element, selector: &str) -> Vec<T> {
    let Ok(found) = whole.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|idx| found.item(idx)?.dyn_into().ok()).collect()
}

/// Puts markup of ours inside a part: where there is a part, the policy let the frame around it in.
pub(crate) fn put(whole: &Element, selector: &str, html: &str) {
    if let Some(part) = find(whole, selector) {
        markup::put(&part, html);
    }
}

/// Puts words inside a part.
pub(crate) fn say(whole: &Element, selector: &str, words: &str) {
    if let Some(part) = find(whole, selector) {
        part.set_text_content(Some(words));
    }
}

/// Gives a part an attribute.
pub(crate) fn set(whole: &Element, selector: &str, name: &str, value: &str) {
    if let Some(part) = find(whole, selector) {
        // refused only for a name that no attribute can have
        let _ = part.set_attribute(name, value);
    }
}

/// Shows or hides a part.
pub(crate) fn show(whole: &Element, selector: &str, is_shown: bool) {
    if let Some(part) = find(whole, selector) {
        part.set_hidden(!is_shown);
    }
}
