//! How does a visitor take the chart away: as a picture, as data, as a citation?

use std::rc::Rc;

use encart_chart::Drawing;
use encart_scene::svg::render_svg;
use encart_table::csv_out::Reader;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::link;
use crate::browser::save::{copy, save, save_picture};
use crate::browser::{canvas, part, place};
use crate::state::Page;

/// A picture to keep has twice the dots of the one on the screen.
const SCALE: f64 = 2.0;

/// Gives what a button of the panel names.
pub(super) fn give(page: &Rc<Page>, what: &str) {
    let Some(drawing) = page.drawing() else { return };
    let (title, lang) = (&drawing.title, drawing.lang);
    match what {
        "png" => {
            let poster = drawing.poster();
            let painted = canvas::paint(&poster, SCALE, &place::font(&page.shell));
            let painted = painted.filter(|_| canvas::is_readable());
            if painted.and_then(|painted| save_picture(title, &painted)).is_none() {
                say(
                    page,
                    lang.pick(
                        "image refusée par ce navigateur : prenez le SVG",
                        "this browser gives no image: take the SVG",
                    ),
                );
            }
        }
        "svg" => save(title, "svg", "image/svg+xml", &render_svg(&drawing.poster(), &drawing.label())),
        "csv" => save(title, "csv", "text/csv;charset=utf-8", &drawing.csv(Reader::Spreadsheet(lang))),
        "plain" => save(title, "csv", "text/csv;charset=utf-8", &drawing.csv(Reader::Program)),
        "json" => save(title, "json", "application/json", &drawing.json()),
        "link" => {
            put_aside(page, &link::write(page).unwrap_or_default(), lang.pick("lien copié", "link copied"));
        }
        "copy" => put_aside(page, &drawing.csv(Reader::Clipboard(lang)), lang.pick("tableau copié", "table copied")),
        _ => put_aside(page, &citation(&drawing), lang.pick("citation copiée", "citation copied")),
    }
}

/// How to name the data, with an address that holds elsewhere too.
pub(super) fn citation(drawing: &Drawing) -> String {
    drawing.citation(place::today(), &place::whole_address)
}

/// Copies, and says whether it is done.
fn put_aside(page: &Rc<Page>, text: &str, done: &'static str) {
    let copied = copy(text);
    let page = page.clone();
    spawn_local(async move {
        let is_done = match copied {
            Some(copied) => JsFuture::from(copied).await.is_ok(),
            None => false,
        };
        let words = match is_done {
            true => done,
            false => page.lang().pick("copie refusée par le navigateur", "the browser refuses to copy"),
        };
        say(&page, words);
    });
}

/// Under the buttons, for all.
fn say(page: &Page, words: &str) {
    part::say(&page.shell, "[data-said]", words);
}
