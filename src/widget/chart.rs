//! How does a drawing fill the figure: words, picture, source?

use std::rc::Rc;

use encart_chart::{Drawing, html};

use crate::browser::{media, part, place};
use crate::state::Page;
use crate::{apart, late};

/// A picture of more marks than this is painted: a document of so many parts would be slow.
const MOST_PARTS: usize = 5_000;

/// Fills everything that a new drawing changes; what is said of it follows with what hears the visitor.
pub(super) fn fill(page: &Rc<Page>, drawing: &Drawing) {
    let shell = &page.shell;
    let head = html::head(drawing);
    // where it is the same the keyboard keeps its place in it
    if *page.head.borrow() != head {
        part::put(shell, ".head", &head);
        page.head.replace(head);
    }
    if drawing.lead.is_some() {
        apart::doors::fill_rows(page, drawing);
    }
    fill_picture(page, drawing);
    part::put(shell, ".notes", &html::notes(drawing));
    part::put(shell, ".source", &html::source(drawing));
    match late::is_here() {
        true => late::doors::fill_words(page, drawing),
        // until its keys are told it has a name
        false => part::set(shell, ".picture", "aria-label", &drawing.title),
    }
    part::show(shell, "[data-do=explore]", drawing.choices().is_some());
    part::show(shell, "[data-do=large]", place::document().is_some_and(|document| document.fullscreen_enabled()));
}

/// Whether a picture is painted, not written.
pub(crate) fn is_painted(drawing: &Drawing) -> bool {
    drawing.scene.n_marks() > MOST_PARTS
}

/// The picture as a document; one of many marks is painted, as soon as there is what paints.
fn fill_picture(page: &Rc<Page>, drawing: &Drawing) {
    let shell = &page.shell;
    if page.turn.borrow().is_some() {
        return late::doors::step(page, None);
    }
    if !is_painted(drawing) {
        return part::put(shell, ".canvas", &drawing.picture());
    }
    if !late::is_here() {
        return;
    }
    // a dot of the screen a dot, and twice as fine on paper
    let dots = if media::is_print() { place::dots().max(2.0) } else { place::dots() };
    let painted = late::doors::paint(&drawing.scene, dots, &place::font(shell));
    if let (Some(painted), Some(part)) = (painted, part::find(shell, ".canvas")) {
        part.replace_children_with_node_1(&painted);
    }
}
