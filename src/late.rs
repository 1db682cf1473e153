//! What of the engine comes after the first picture? What is said of it and what a visitor's acts need is in a second file,
//! which the build cuts off behind the doors below (`xtask/src/split.rs`). Nothing calls a door before that file is here.

use std::cell::Cell;

use crate::load::bring_part;

thread_local! {
    static IS_HERE: Cell<bool> = const { Cell::new(false) };
}

/// Whether doors may be called.
pub(crate) fn is_here() -> bool {
    IS_HERE.get()
}

/// Waits for the second file; false when it does not come, until it is asked for again.
pub(crate) async fn bring() -> bool {
    if !is_here() {
        IS_HERE.set(bring_part("later").await);
    }
    is_here()
}

/// Functions that stand at the head of what comes later: all that only they need comes with them. What a door opens is
/// called through it by all: who called it past the door would bring it to the first file.
pub(crate) mod doors {
    use std::rc::Rc;

    use encart_chart::Drawing;
    use encart_scene::{Key, Scene};
    use encart_table::wire::{self, Parcel};
    use encart_table::{Notice, Place};
    use web_sys::{Element, Event, HtmlCanvasElement};

    use crate::apart;
    use crate::browser::{canvas, place};
    use crate::state::Page;
    use crate::widget::{Open, act, float, footer, link, surroundings, turn, words};

    /// A visitor has done something.
    #[inline(never)]
    pub(crate) fn hear(page: &Rc<Page>, event: &Event) {
        act::hear(page, event);
    }

    /// Draws again, and lets the picture turn into the next.
    #[inline(never)]
    pub(crate) fn turn(page: &Rc<Page>) -> bool {
        turn::redraw(page)
    }

    /// A picture that turns.
    #[inline(never)]
    pub(crate) fn step(page: &Rc<Page>, time: Option<f64>) {
        turn::step(page, time);
    }

    /// What the page around says of a chart: its colours, its address.
    #[inline(never)]
    pub(crate) fn meet_page(page: &Rc<Page>) {
        page.add_notices(place::UNREAD, place::unread_colors(&page.host));
        link::follow(page);
        surroundings::watch();
        page.follow_letters();
        if apart::is_here() {
            apart::doors::tell_board(page);
        }
    }

    /// The page's address has changed.
    #[inline(never)]
    pub(crate) fn read_link(page: &Rc<Page>) {
        link::read(page);
    }

    /// What is said of the picture.
    #[inline(never)]
    pub(crate) fn fill_words(page: &Page, drawing: &Drawing) {
        words::fill(page, drawing);
    }

    /// What floats over the picture.
    #[inline(never)]
    pub(crate) fn fill_float(shell: &Element, drawing: &Drawing, current: Option<Key>) {
        float::fill(shell, drawing, current);
    }

    /// What is open under the footer.
    #[inline(never)]
    pub(crate) fn fill_footer(page: &Rc<Page>, drawing: &Drawing, open: Open) {
        footer::fill(page, drawing, open);
    }

    /// What the data engine made; of an engine that ended while it read, nothing comes.
    #[inline(never)]
    pub(crate) fn read_parcel(bytes: &[u8]) -> Option<Parcel> {
        if !bytes.is_empty() {
            return wire::read_parcel(bytes);
        }
        let failure = Notice::error(
            "engine.broken",
            Place::whole(),
            format_args!(
                "la lecture a pris trop de mémoire ou de temps, et s’est arrêtée. Gardez moins de lignes ou de colonnes, et vérifiez les étapes."
            ),
            format_args!(
                "reading took too much memory or time, and stopped. Keep fewer rows or columns, and check the steps."
            ),
        );
        Some(Parcel { failure: Some(failure), ..Parcel::default() })
    }

    /// A picture of many marks.
    #[inline(never)]
    pub(crate) fn paint(scene: &Scene, scale: f64, family: &str) -> Option<HtmlCanvasElement> {
        canvas::paint(scene, scale, family)
    }
}
