//! What floats over the picture for the datum in focus: a ring around it, its words beside it?

use encart_chart::{Drawing, html};
use encart_scene::{Key, Rect, hit};
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::browser::part;

/// Below this width the words stand in a strip under the plot.
const NARROW: f64 = 480.0;

/// Moves the ring and the words to the datum in focus; hides both when there is none.
pub(crate) fn fill(shell: &Element, drawing: &Drawing, current: Option<Key>) {
    let (Some(ring), Some(tip)) = (part::find(shell, ".ring"), part::find(shell, ".tip")) else { return };
    let spot = current.and_then(|key| hit::find(&drawing.spots, key));
    ring.set_hidden(spot.is_none());
    tip.set_hidden(spot.is_none());
    let Some(spot) = spot else { return };
    tip.set_class_name(if drawing.scene.width < NARROW { "tip strip" } else { "tip" });
    part::put(shell, ".tip", &html::tip(drawing, spot.key));
    // through the object model: a policy refuses a style attribute
    ring.style().set_css_text(&around(spot.bounds));
    tip.style().set_css_text(&beside(drawing, spot.bounds));
    // by keyboard the page follows the datum
    if ring.closest(".picture:focus-visible").ok().flatten().is_some() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        ring.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Around the mark, twelve pixels wide and high at least.
fn around(bounds: Rect) -> String {
    const LEAST: f64 = 12.0;
    let (width, height) = (bounds.width.max(LEAST), bounds.height.max(LEAST));
    let (x, y) = (bounds.center().x - width / 2.0, bounds.center().y - height / 2.0);
    place(&[("left", x), ("top", y), ("width", width), ("height", height)])
}

/// Beside the mark where there is room, below or above a mark that is wide; never over it, never out of the picture.
fn beside(drawing: &Drawing, bounds: Rect) -> String {
    const GAP: f64 = 10.0;
    let scene = &drawing.scene;
    let is_wide = bounds.width > scene.width * 0.4;
    let is_left = bounds.center().x < scene.width / 2.0;
    let is_low = bounds.center().y > scene.height / 2.0;
    let across = match (is_wide, is_left) {
        (true, _) => ("left", (bounds.x + 24.0).min(scene.width * 0.4)),
        (false, true) => ("left", bounds.right() + GAP),
        (false, false) => ("right", scene.width - bounds.x + GAP),
    };
    let down = match (is_wide, is_low) {
        (true, false) => ("top", bounds.bottom() + GAP),
        (true, true) => ("bottom", scene.height - bounds.y + GAP),
        (false, false) => ("top", bounds.y.max(0.0)),
        (false, true) => ("bottom", (scene.height - bounds.bottom()).max(0.0)),
    };
    place(&[across, down])
}

pub(super) fn place(properties: &[(&str, f64)]) -> String {
    let mut style = String::new();
    for (name, px) in properties {
        style.push_str(name);
        style.push(':');
        encart_scene::number::push_number(&mut style, *px);
        style.push_str("px;");
    }
    style
}
