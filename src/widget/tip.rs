//! What floats over the picture for the datum in focus: a ring around it, its words beside it?

use encart_chart::Drawing;
use encart_scene::{Key, Rect};
use leptos::prelude::*;

/// Below this width the words stand in a strip under the plot.
const NARROW: f64 = 480.0;

fn bounds(drawing: &Drawing, key: Key) -> Option<Rect> {
    drawing.spots.iter().find(|spot| spot.key == key).map(|spot| spot.bounds)
}

fn px(value: f64) -> String {
    format!("{}px", value.round())
}

/// The focus ring: around the mark, at least as large as a fingertip's shadow of it.
pub(super) fn ring(drawing: &Drawing, key: Key) -> Option<AnyView> {
    const LEAST: f64 = 12.0;
    let bounds = bounds(drawing, key)?;
    let (width, height) = (bounds.width.max(LEAST), bounds.height.max(LEAST));
    let (x, y) = (bounds.center().x - width / 2.0, bounds.center().y - height / 2.0);
    let view = view! {
        <div class="ring" aria-hidden="true" style:left=px(x) style:top=px(y) style:width=px(width) style:height=px(height)></div>
    };
    Some(view.into_any())
}

/// The words: category or date, then the values with their swatches in drawing order. Beside the mark where there is
/// room, below or above a mark that is wide; never over it, never out of the picture.
pub(super) fn tip(drawing: &Drawing, key: Key) -> Option<AnyView> {
    let bounds = bounds(drawing, key)?;
    let words = drawing.words_at(key)?;
    let scene = &drawing.scene;
    let is_left = bounds.center().x < scene.width / 2.0;
    let is_wide = bounds.width > scene.width * 0.4;
    let is_low = bounds.center().y > scene.height / 2.0;
    const GAP: f64 = 10.0;
    let (left, right) = match (is_wide, is_left) {
        (true, _) => (px((bounds.x + 24.0).min(scene.width * 0.4)), "auto".into()),
        (false, true) => (px(bounds.right() + GAP), "auto".into()),
        (false, false) => ("auto".into(), px(scene.width - bounds.x + GAP)),
    };
    let (top, bottom) = match (is_wide, is_low) {
        (true, false) => (px(bounds.bottom() + GAP), "auto".into()),
        (true, true) => ("auto".into(), px(scene.height - bounds.y + GAP)),
        (false, false) => (px(bounds.y.max(0.0)), "auto".into()),
        (false, true) => ("auto".into(), px((scene.height - bounds.bottom()).max(0.0))),
    };
    let lines = words.lines.into_iter().map(|line| {
        let color = drawing.colors.get(line.series_idx).map_or(String::new(), |color| color.hex());
        let swatch = (!line.name.is_empty()).then(|| view! { <span class="swatch" style:background-color=color></span> });
        view! { <span class="line" class:current=line.is_current>{swatch} <span class="name">{line.name}</span> <b>{line.value}</b></span> }
    });
    let lines = lines.collect_view();
    let is_strip = scene.width < NARROW;
    let view = view! {
        <div class="tip" class:strip=is_strip aria-hidden="true" style:left=left style:right=right style:top=top style:bottom=bottom>
            <span class="heading">{words.heading}</span>
            {lines}
        </div>
    };
    Some(view.into_any())
}
