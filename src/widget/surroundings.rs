//! What around them do all widgets of a page follow: the colours that its visitor prefers, its letters, paper?

use std::cell::RefCell;

use gloo::events::EventListener;
use web_sys::Event;

use super::{group, paper};
use crate::browser::media::{self, Media};
use crate::browser::place;

/// What listens, as long as the engine is there.
struct Ears {
    _events: Vec<EventListener>,
    _media: Vec<Media>,
}

thread_local! {
    static EARS: RefCell<Option<Ears>> = const { RefCell::new(None) };
}

/// What a visitor may change while a page is open.
const QUERIES: [&str; 3] = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print"];

/// What begins and ends a print; a visitor who is back ends it where the browser does not say so.
const PAPER: [&str; 5] = ["beforeprint", "afterprint", "focus", "pointerdown", "keydown"];

/// Listens, once.
pub(crate) fn watch() {
    let Some(window) = web_sys::window() else { return };
    EARS.with_borrow_mut(|ears| {
        ears.get_or_insert_with(|| {
            let paper = PAPER.into_iter().map(|name| {
                EventListener::new(&window, name, |event: &Event| paper::turn(event.type_() == "beforeprint"))
            });
            // letters that come late may be wider
            let letters = place::fonts().map(|fonts| {
                EventListener::new(&fonts, "loadingdone", |_| {
                    group::all().iter().for_each(|page| page.follow_letters());
                })
            });
            let redraw = || {
                // what has its form for paper keeps it
                if !media::is_paper() {
                    group::all().iter().for_each(|page| _ = page.redraw());
                }
            };
            let media = QUERIES.into_iter().filter_map(|query| media::watch(query, redraw)).collect();
            Ears { _events: paper.chain(letters).collect(), _media: media }
        });
    });
}
