//! How does a picture turn into the next when the data or the visitor's choice change? Within a third of a second, from
//! wherever it is, and at once for those who ask for less motion.

use std::rc::Rc;
use std::sync::Arc;

use encart_chart::Drawing;
use encart_scene::svg::render_svg;
use encart_scene::{Scene, Tween};
use gloo::render::{AnimationFrame, request_animation_frame};

use crate::browser::{media, part};
use crate::late;
use crate::state::Page;

/// How long it takes, in milliseconds.
const DURATION: f64 = 300.0;

/// A picture of more items than this, seen or not, turns at once: each of its steps would be late.
const MOST_ITEMS: usize = 1_500;

/// A picture on its way; dropping it stops it.
pub(crate) struct Turn {
    tween: Tween,
    // what is seen now
    scene: Scene,
    // when the first step was drawn
    start: Option<f64>,
    _frame: Option<AnimationFrame>,
}

/// Draws again, and lets the picture turn; whether there is one.
pub(crate) fn redraw(page: &Rc<Page>) -> bool {
    let before = page.drawing();
    let turn = page.turn.take();
    let has_picture = page.redraw();
    if let (Some(before), Some(after)) = (before, page.drawing()) {
        let scene = turn.map_or_else(|| before.scene.clone(), |turn| turn.scene);
        page.turn.replace(begin(&before, &after, &scene));
    }
    has_picture
}

fn begin(before: &Drawing, after: &Arc<Drawing>, scene: &Scene) -> Option<Turn> {
    let is_heavy = after.scene.items.len().max(scene.items.len()) > MOST_ITEMS;
    if is_heavy || media::is_print() || media::matches("(prefers-reduced-motion: reduce)") {
        return None;
    }
    Some(Turn { tween: after.turn(before, scene), scene: scene.clone(), start: None, _frame: None })
}

/// Draws the picture where it is on its way, and asks for the next step; the last one is the drawing's own.
pub(crate) fn step(page: &Rc<Page>, time: Option<f64>) {
    let Some(mut turn) = page.turn.take() else { return };
    let start = turn.start.or(time);
    let part = time.zip(start).map_or(0.0, |(time, start)| (time - start) / DURATION);
    turn.scene = turn.tween.at(part);
    part::put(&page.shell, ".canvas", &render_svg(&turn.scene, ""));
    if part >= 1.0 {
        return;
    }
    let weak = Rc::downgrade(page);
    let frame = request_animation_frame(move |time| {
        if let Some(page) = weak.upgrade() {
            // what a browser calls stays with the engine: only a door leads to what comes later
            late::doors::step(&page, Some(time));
        }
    });
    page.turn.replace(Some(Turn { start, _frame: Some(frame), ..turn }));
}
