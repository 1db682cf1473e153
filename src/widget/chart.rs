//! How does a drawing fill the figure: words, picture, source?

use encart_chart::{Drawing, html};
use web_sys::Element;

use crate::browser::part;
use crate::browser::place::document;

/// Fills everything that a new drawing changes.
pub(super) fn fill(shell: &Element, drawing: &Drawing) {
    let keys = drawing.lang.pick(
        "Flèches : d’une valeur à l’autre. Début et Fin : première et dernière. Échap : fermer. Toutes les valeurs sont dans le tableau.",
        "Arrows: from one value to another. Home and End: first and last. Escape: close. All values are in the table.",
    );
    part::set(shell, "figure", "aria-label", &drawing.title);
    part::put(shell, ".head", &html::head(drawing));
    part::say(shell, ".spoken", &drawing.summary);
    part::set(shell, ".picture", "aria-label", &format!("{}. {keys}", drawing.title.trim_end_matches('.')));
    part::put(shell, ".canvas", &drawing.svg());
    part::put(shell, ".notes", &html::notes(drawing));
    part::put(shell, ".source", &html::source(drawing));
    part::show(shell, "[data-do=large]", document().is_some_and(|document| document.fullscreen_enabled()));
}
