//! What floats over the picture for the datum in focus: a ring around it, its words beside it?

use encart_chart::{Drawing, html};
use encart_scene::{Key, Rect};
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::chart::Drawn;
use super::markup;

/// Below this width the words stand in a strip under the plot.
const NARROW: f64 = 480.0;

/// The ring and the words; both hidden when no datum is in focus.
pub(super) fn float(drawn: Drawn, current: RwSignal<Option<Key>>) -> impl IntoView {
    let bounds = move || {
        let key = current.get()?;
        drawn.get().spots.iter().find(|spot| spot.key == key).map(|spot| spot.bounds)
    };
    let words = move || current.get().map_or(String::new(), |key| html::tip(&drawn.get(), key));
    let class = move || if drawn.get().scene.width < NARROW { "tip strip" } else { "tip" };
    let (ring_ref, tip_ref) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    // through the object model: a policy refuses a style attribute
    Effect::new(move |_| {
        if let (Some(ring_div), Some(tip_div), Some(bounds)) = (ring_ref.get(), tip_ref.get(), bounds()) {
            HtmlElement::style(&ring_div).set_css_text(&ring(bounds));
            HtmlElement::style(&tip_div).set_css_text(&beside(&drawn.get(), bounds));
            // by keyboard the page follows the datum
            if ring_div.closest(".picture:focus-visible").ok().flatten().is_some() {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Nearest);
                ring_div.scroll_into_view_with_scroll_into_view_options(&options);
            }
        }
    });
    view! {
        <div class="ring" aria-hidden="true" hidden=move || bounds().is_none() node_ref=ring_ref></div>
        <div class=class aria-hidden="true" hidden=move || bounds().is_none() node_ref=tip_ref>
            {markup("words", words)}
        </div>
    }
}

/// Around the mark, twelve pixels wide and high at least.
fn ring(bounds: Rect) -> String {
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

fn place(properties: &[(&str, f64)]) -> String {
    let mut style = String::new();
    for (name, px) in properties {
        style.push_str(name);
        style.push(':');
        encart_scene::number::push_number(&mut style, *px);
        style.push_str("px;");
    }
    style
}
