//! How are the figures of a picture hidden, for a meeting that should look at its shape first?

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::board;
use crate::state::Page;

/// What marks what hides its figures.
pub(super) const MASKED: &str = "data-masked";

/// Hides the figures of every picture and value, or shows them; what names them stays.
pub(super) fn mask(page: &Page, is_masked: bool) {
    let mark = |element: &Element| {
        // refused only for a name that no attribute can have
        let _ = match is_masked {
            true => element.set_attribute(MASKED, ""),
            false => element.remove_attribute(MASKED),
        };
    };
    mark(&page.host);
    for member in board::members(page) {
        mark(&member.shell);
        mask_picture(&member);
    }
}

/// Hides the figures of a picture, where they are to be hidden.
pub(super) fn mask_picture(member: &Page) {
    let is_masked = member.shell.has_attribute(MASKED);
    let Ok(texts) = member.shell.query_selector_all(".canvas text") else { return };
    for text in (0..texts.length()).filter_map(|idx| texts.item(idx)?.dyn_into::<Element>().ok()) {
        let _ = match is_masked && is_figure(&text.text_content().unwrap_or_default()) {
            true => text.set_attribute("visibility", "hidden"),
            false => text.remove_attribute("visibility"),
        };
    }
}

/// Whether words of a picture are a value: they begin with a digit or a sign, and are no year.
fn is_figure(words: &str) -> bool {
    let words = words.trim();
    let is_year = words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit());
    !is_year
        && words
            .trim_start_matches(['+', '-', '−', '≈', '>', '<', '≥', '≤', ' '])
            .starts_with(|letter: char| letter.is_ascii_digit())
}
