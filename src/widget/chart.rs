//! How does a drawing fill the figure: words, picture, source?

use encart_chart::{Drawing, html};
use web_sys::Element;

use crate::browser::{part, place};
use crate::late;

/// A picture of more marks than this is painted: a document of so many parts would be slow.
const MOST_PARTS: usize = 5_000;

/// Fills everything that a new drawing changes.
pub(super) fn fill(shell: &Element, drawing: &Drawing) {
    let lang = drawing.lang;
    let arrows = match (drawing.has_series(), drawing.is_horizontal) {
        (false, _) => lang.pick("Flèches : d’une valeur à l’autre", "Arrows: from one value to another"),
        (true, false) => lang.pick(
            "Gauche et droite : d’une valeur à l’autre ; haut et bas : d’une série à l’autre",
            "Left and right: from one value to another; up and down: from one series to another",
        ),
        (true, true) => lang.pick(
            "Haut et bas : d’une valeur à l’autre ; gauche et droite : d’une série à l’autre",
            "Up and down: from one value to another; left and right: from one series to another",
        ),
    };
    let keys = lang.pick(
        "Début et Fin : première et dernière de la série. Échap : fermer. Toutes les valeurs sont dans le tableau.",
        "Home and End: first and last of the series. Escape: close. All values are in the table.",
    );
    part::set(shell, "figure", "aria-label", &drawing.title);
    part::put(shell, ".head", &html::head(drawing));
    part::say(shell, ".spoken", &drawing.summary);
    part::set(shell, ".picture", "aria-label", &format!("{}. {arrows}. {keys}", drawing.title.trim_end_matches('.')));
    fill_picture(shell, drawing);
    part::put(shell, ".notes", &html::notes(drawing));
    part::put(shell, ".source", &html::source(drawing));
    part::show(shell, "[data-do=explore]", drawing.choices().is_some());
    part::show(shell, "[data-do=large]", place::document().is_some_and(|document| document.fullscreen_enabled()));
}

/// Whether a picture is painted, not written.
pub(crate) fn is_painted(drawing: &Drawing) -> bool {
    drawing.scene.n_marks() > MOST_PARTS
}

/// The picture as a document; one of many marks is painted, as soon as there is what paints.
fn fill_picture(shell: &Element, drawing: &Drawing) {
    // on paper and on fine screens too
    if !is_painted(drawing) {
        return part::put(shell, ".canvas", &drawing.svg());
    }
    if !late::is_here() {
        return;
    }
    let painted = late::doors::paint(&drawing.scene, place::dots().max(2.0), &place::font(shell));
    if let (Some(painted), Some(part)) = (painted, part::find(shell, ".canvas")) {
        part.replace_children_with_node_1(&painted);
    }
}
