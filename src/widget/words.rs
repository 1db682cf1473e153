//! What is said of a picture to those who do not see it, and of the keys that read it?

use encart_chart::Drawing;
use web_sys::Element;

use crate::browser::part;

/// The summary, and the picture's name with its keys.
pub(crate) fn fill(shell: &Element, drawing: &Drawing) {
    // a key figure may have no line under it
    part::show(shell, ".plot", !drawing.spots.is_empty());
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
    let is_grouped = drawing.spots.first().is_some_and(|spot| drawing.group_of(spot.key).is_some());
    let enter = match is_grouped {
        true => lang.pick(
            " Entrée : voir un groupe seul ; Échap deux fois : tout revoir.",
            " Enter: see a group alone; Escape twice: see all again.",
        ),
        false => "",
    };
    // what stands before the picture is read as it is
    let summary = if drawing.lead.is_some() { String::new() } else { drawing.summary() };
    part::say(shell, ".spoken", &summary);
    part::set(
        shell,
        ".picture",
        "aria-label",
        &format!("{}. {arrows}. {keys}{enter}", drawing.title.trim_end_matches('.')),
    );
}
