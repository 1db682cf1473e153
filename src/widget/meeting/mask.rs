//! How are the figures of a picture hidden, for a meeting that should look at its shape first?

use encart_scene::Shape;
use encart_story::meeting::{holds_figure, is_figure, without_figure};
use web_sys::Element;

use super::board;
use crate::browser::{part, place};
use crate::late;
use crate::state::Page;

/// What marks what hides its figures.
pub(super) const MASKED: &str = "data-masked";

/// What keeps the words of a label whose figure is hidden.
const WORDS: &str = "data-words";

/// What marks words that are hidden.
const HIDDEN: &str = "data-hidden";

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

/// Hides the figures of a picture, where they are to be hidden: in it, and in what is said above and under it.
pub(super) fn mask_picture(member: &Page) {
    let is_masked = member.shell.has_attribute(MASKED);
    let lang = member.lang();
    for text in part::all::<Element>(&member.shell, ".canvas text") {
        let words = text.text_content().unwrap_or_default();
        // a name beside its figure stays
        match (text.get_attribute(WORDS), without_figure(&words)) {
            (None, Some(name)) if is_masked => {
                text.set_text_content(Some(&name));
                let _ = text.set_attribute(WORDS, &words);
                continue;
            }
            (Some(words), _) if !is_masked => {
                text.set_text_content(Some(&words));
                let _ = text.remove_attribute(WORDS);
            }
            _ => {}
        }
        let _ = match is_masked && is_figure(&text.text_content().unwrap_or_default(), lang) {
            true => text.set_attribute("visibility", "hidden"),
            false => text.remove_attribute("visibility"),
        };
    }
    for words in part::all::<Element>(&member.shell, ".title, .subtitle, .notes p, .notes li") {
        let _ = match is_masked && holds_figure(&words.text_content().unwrap_or_default(), lang) {
            true => words.set_attribute(HIDDEN, ""),
            false => words.remove_attribute(HIDDEN),
        };
    }
    if let (Some(canvas), Some(drawing)) = (part::find(&member.shell, ".canvas canvas"), member.drawing()) {
        let mut scene = drawing.scene.clone();
        let is_hidden = |shape: &Shape| matches!(shape, Shape::Text { text, .. } if is_figure(text, lang));
        scene.items.retain(|item| !is_masked || !is_hidden(&item.shape));
        let painted = late::doors::paint(&scene, place::dots(), &place::font(&member.shell));
        // refused only for an element that is gone
        let _ = painted.map(|painted| canvas.replace_with_with_node_1(&painted));
    }
}
