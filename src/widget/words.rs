//! What is said of a picture to those who do not see it: its heading, its summary, and the control that reads it datum by
//! datum.
//!
//! The picture is a slider: its arrow keys reach it in Orca 43 without a mode to switch, where those of `application` do not,
//! and its words change with one attribute.

use encart_chart::Drawing;
use encart_scene::Key;
use encart_table::locale::spoken::speak;
use leptos::prelude::GetUntracked;
use web_sys::{Element, Node};

use super::board;
use crate::browser::{part, place};
use crate::state::Page;

/// The summary, the title's place among the headings of the page, and the picture's name with its keys.
pub(crate) fn fill(page: &Page, drawing: &Drawing) {
    let shell = &page.shell;
    // a key figure may have no line under it
    part::show(shell, ".plot", !drawing.spots.is_empty());
    part::set(shell, ".title", "aria-level", &level(page).to_string());
    part::set(shell, ".title", "role", "heading");
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
    let summary = if drawing.lead.is_some() { String::new() } else { speak(&drawing.summary(), lang) };
    part::say(shell, ".spoken", &summary);
    let name = [drawing.title.trim_end_matches('.'), lang.pick(", graphique", ", chart")].concat();
    part::set(shell, ".picture", "aria-label", &speak(&name, lang));
    part::say(shell, "#keys", &[arrows, ". ", keys, enter].concat());
    part::set(shell, ".picture", "aria-valuemax", &drawing.spots.len().to_string());
    part::set(shell, ".picture", "aria-valuetext", &value(drawing, page.seen.current.get_untracked()));
}

/// What the picture's control says of a datum; without one, how many there are.
fn value(drawing: &Drawing, key: Option<Key>) -> String {
    let (lang, n_values) = (drawing.lang, drawing.spots.len());
    let words = key.and_then(|key| drawing.words_at(key)).map(|words| words.spoken);
    words.unwrap_or_else(|| {
        let is_one = lang.pick(n_values < 2, n_values == 1);
        [n_values.to_string().as_str(), lang.pick(" valeur", " value"), if is_one { "" } else { "s" }].concat()
    })
}

/// The picture's control says a datum; what is said again is heard again.
pub(super) fn read(page: &Page, drawing: &Drawing, key: Option<Key>) {
    let idx = key.and_then(|key| drawing.spots.iter().position(|spot| spot.key == key));
    let mut words = value(drawing, key);
    let before = part::find(&page.shell, ".picture").and_then(|picture| picture.get_attribute("aria-valuetext"));
    let mut number = idx.map_or(0, |idx| idx + 1).to_string();
    if before.as_ref() == Some(&words) {
        // some speak when the words change, some when the number does
        words = words.strip_suffix('.').map_or_else(|| [&words, "."].concat(), str::to_string);
        number.push_str(".001");
    }
    part::set(&page.shell, ".picture", "aria-valuenow", &number);
    part::set(&page.shell, ".picture", "aria-valuetext", &words);
}

/// Says something that is not seen.
pub(super) fn say(page: &Page, words: &str) {
    part::say(&page.shell, "[data-live]", &speak(words, page.lang()));
}

/// The level of the title: its author's, or the one below the heading before it; in a board without one, below the board's.
fn level(page: &Page) -> u32 {
    let written = page.loaded.borrow().as_ref().and_then(|loaded| loaded.spec.heading);
    let before = || {
        let root = place::document()?.document_element()?;
        let headings: Vec<Element> = part::all(&root, "h1, h2, h3, h4, h5, h6");
        let is_before = |heading: &Element| {
            let place = page.host.compare_document_position(heading);
            place & (Node::DOCUMENT_POSITION_PRECEDING | Node::DOCUMENT_POSITION_DISCONNECTED)
                == Node::DOCUMENT_POSITION_PRECEDING
        };
        headings.into_iter().rfind(is_before)
    };
    let heading = before();
    let outer = board::board_of(&page.host).filter(|_| !board::is_board(page));
    let is_inner = |board: &Page| heading.as_ref().is_some_and(|heading| board.host.contains(Some(heading)));
    let above = match outer.filter(|board| !is_inner(board)) {
        Some(board) => level(&board),
        None => heading.and_then(|heading| heading.local_name().get(1..)?.parse().ok()).unwrap_or(1),
    };
    written.unwrap_or((above + 1).min(6))
}
