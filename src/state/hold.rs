//! How does a chart keep to the place that the page gives it: a height that was kept, a width, its letters?

use super::Page;
use crate::browser::place;

/// The least height, in pixels, that counts as a place kept for a chart.
pub(super) const LEAST_PLACE: f64 = 240.0;

impl Page {
    /// Keeps the place that the page knew. A chart that needs more grows, and one that needs less shrinks, where nothing
    /// that is seen can move: beyond the lower edge of the window. Else, or in an element whose height the author fixed, it
    /// scrolls within its place: until the visitor acts or the width changes, or for good where its author fixed its height.
    pub(super) fn hold(&self, height: f64) {
        let style = self.shell.style();
        let is_seen_below = self.host.get_bounding_client_rect().top() + height < place::window_height();
        // below the window nobody sees it shrink; a little is not worth it
        let excess = height - self.shell.get_bounding_client_rect().height();
        if is_seen_below || excess < 24.0 {
            let _ = style.set_property("min-height", &format!("{}px", height.round() as i32));
        }
        let needed = self.shell.get_bounding_client_rect().height();
        let host = self.host.get_bounding_client_rect();
        let is_fixed = host.height() + 0.5 < needed;
        if needed > height + 0.5 && (is_fixed || is_seen_below) {
            let _ = style.set_property("height", &format!("{}px", height.round() as i32));
            // only here: what scrolls clips the ring of focus at its sides
            let _ = style.set_property("overflow-y", "auto");
        }
    }

    /// Lets the chart take the height that it needs, where its author fixed none.
    pub(crate) fn release(&self) {
        if self.reserved.take().is_none() {
            return;
        }
        let style = self.shell.style();
        for property in ["height", "min-height", "overflow-y"] {
            let _ = style.remove_property(property);
        }
        let height = self.host.get_bounding_client_rect().height();
        let _ = style.set_property("min-height", &format!("{}px", height.ceil() as i32 + 99));
        let is_fixed = self.host.get_bounding_client_rect().height() < height + 1.0;
        let _ = style.remove_property("min-height");
        if is_fixed {
            let _ = style.set_property("height", "100%");
            let _ = style.set_property("overflow-y", "auto");
        }
    }

    /// Looks at the page's letters again; whether they are others.
    pub(super) fn measure_letters(&self) -> bool {
        let letters = place::letters(&self.shell);
        self.letters.replace(letters) != letters
    }

    /// Draws again when the page's letters are others than those that were measured.
    pub(crate) fn follow_letters(&self) {
        if self.measure_letters() {
            self.redraw();
        }
    }

    /// Takes the width that there is now.
    pub(crate) fn measure(&self) {
        let width = place::width(&self.host, &self.shell);
        // what is hidden has none
        if width > 0.0 {
            self.width.set(width);
        }
    }

    /// The page gives another width, or the whole screen.
    pub(crate) fn resized(&self) {
        let width = place::width(&self.host, &self.shell);
        if width > 0.0 && (width - self.width.get()).abs() >= 1.0 {
            self.width.set(width);
            self.release();
            // alone on the screen, the picture takes what the words leave
            let room = place::screen_height(&self.shell);
            self.height.set(room);
            self.redraw();
        }
    }
}
