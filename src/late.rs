//! What of the engine comes after the first picture? What a visitor's acts need is in a second file, which the build cuts off
//! behind the doors below (`xtask/src/split.rs`). Nothing calls a door before that file is here.

use std::cell::Cell;

use crate::load::bring_later;

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
        IS_HERE.set(bring_later().await);
    }
    is_here()
}

/// Functions that stand at the head of what comes later: all that only they need comes with them.
pub(crate) mod doors {
    use std::rc::Rc;

    use encart_chart::Drawing;
    use encart_scene::{Key, Scene};
    use web_sys::{Element, Event, HtmlCanvasElement};

    use crate::browser::canvas;
    use crate::state::Page;
    use crate::widget::{Open, act, float, footer, words};

    /// A visitor has done something.
    #[inline(never)]
    pub(crate) fn hear(page: &Rc<Page>, event: &Event) {
        act::hear(page, event);
    }

    /// What is said of the picture.
    #[inline(never)]
    pub(crate) fn fill_words(shell: &Element, drawing: &Drawing) {
        words::fill(shell, drawing);
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

    /// A picture of many marks.
    #[inline(never)]
    pub(crate) fn paint(scene: &Scene, scale: f64, family: &str) -> Option<HtmlCanvasElement> {
        canvas::paint(scene, scale, family)
    }
}
