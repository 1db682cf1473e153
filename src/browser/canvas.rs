//! How is a picture painted on a canvas: one of more marks than a document should hold, or an image to take away?

use encart_scene::geom::hatch_lines;
use encart_scene::{Anchor, Hatch, Item, Point, Rgb, Scene, Shape, Stroke, TextStyle};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::place::document;

/// A canvas with the picture, so many device pixels to one of its own; none where there is no canvas to be had.
pub(crate) fn paint(scene: &Scene, scale: f64, family: &str) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((scene.width * scale).ceil() as u32);
    canvas.set_height((scene.height * scale).ceil() as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // refused only for numbers that are none
    let _ = context.scale(scale, scale);
    context.set_line_join("round");
    let mut brush = Brush { context, family, fill: None, stroke: None };
    brush.fill(scene.ground);
    brush.context.fill_rect(0.0, 0.0, scene.width, scene.height);
    for item in &scene.items {
        brush.paint(item, scene.ground);
    }
    Some(canvas)
}

/// Whether what is read of a canvas is what was painted on it: some browsers give noise or white, so that no site knows them by
/// it; those that change a colour too little to be seen are right.
pub(crate) fn is_readable() -> bool {
    const COLORS: [Rgb; 3] = [Rgb(200, 30, 90), Rgb(20, 160, 60), Rgb(40, 80, 220)];
    const UNSEEN: u8 = 8;
    let read = || {
        let canvas: HtmlCanvasElement = document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let mut brush = Brush { context, family: "", fill: None, stroke: None };
        for (idx, color) in COLORS.into_iter().enumerate() {
            brush.fill(color);
            brush.context.fill_rect(idx as f64 * 8.0, 0.0, 8.0, 8.0);
        }
        let pixels = brush.context.get_image_data(0.0, 4.0, 24.0, 1.0).ok()?.data().0;
        let is_near = |idx: usize, color: &Rgb| {
            let at = (idx * 8 + 4) * 4;
            let found = pixels.get(at..at + 3).unwrap_or_default();
            found.len() == 3 && found.iter().zip([color.0, color.1, color.2]).all(|(a, b)| a.abs_diff(b) <= UNSEEN)
        };
        Some(COLORS.iter().enumerate().all(|(idx, color)| is_near(idx, color)))
    };
    read().unwrap_or(false)
}

/// What paints, and the colours that it holds: to give one again takes longer than to paint a small mark.
struct Brush<'a> {
    context: CanvasRenderingContext2d,
    family: &'a str,
    fill: Option<Rgb>,
    stroke: Option<Stroke>,
}

impl Brush<'_> {
    fn fill(&mut self, color: Rgb) {
        if self.fill.replace(color) != Some(color) {
            self.context.set_fill_style_str(&color.hex());
        }
    }

    fn stroke(&mut self, stroke: &Stroke) {
        if self.stroke.as_ref() != Some(stroke) {
            self.context.set_stroke_style_str(&stroke.color.hex());
            self.context.set_line_width(stroke.width);
            let dash: Array = stroke.dash.iter().map(|length| JsValue::from_f64(*length)).collect();
            // refused only for lengths that are none
            let _ = self.context.set_line_dash(&dash);
            self.stroke = Some(stroke.clone());
        }
    }

    fn paint(&mut self, item: &Item, ground: Rgb) {
        // a square of three pixels is a disc to the eye, and is painted four times sooner
        const SMALLEST_DISC: f64 = 2.0;
        match &item.shape {
            Shape::Text { at, text, style } => return self.write(*at, text, *style),
            Shape::Circle { radius, .. } if *radius <= 0.0 => return,
            Shape::Circle { center, radius } if *radius < SMALLEST_DISC && item.paint.stroke.is_none() => {
                item.paint.fill.into_iter().for_each(|color| self.fill(color));
                return self.context.fill_rect(center.x - radius, center.y - radius, 2.0 * radius, 2.0 * radius);
            }
            _ => self.context.begin_path(),
        }
        match &item.shape {
            Shape::Rect(rect) => self.context.rect(rect.x, rect.y, rect.width, rect.height),
            // refused only for a radius below zero
            Shape::Circle { center, radius } => {
                _ = self.context.arc(center.x, center.y, *radius, 0.0, std::f64::consts::TAU);
            }
            Shape::Path { points, is_closed } => self.trace(points, *is_closed),
            Shape::Text { .. } => {}
        }
        if let Some(color) = item.paint.fill {
            self.fill(color);
            self.context.fill();
        }
        if let Some(stroke) = &item.paint.stroke {
            self.stroke(stroke);
            self.context.stroke();
        }
        if let (Shape::Rect(rect), false) = (&item.shape, item.paint.hatch == Hatch::Plain) {
            self.context.begin_path();
            for (from, to) in
                item.paint.hatch.slopes().iter().flat_map(|slope| hatch_lines(*rect, *slope, Hatch::PITCH))
            {
                self.trace(&[from, to], false);
            }
            self.stroke(&Stroke::solid(ground, Hatch::WIDTH));
            self.context.stroke();
        }
    }

    fn trace(&self, points: &[Point], is_closed: bool) {
        for (idx, point) in points.iter().enumerate() {
            match idx {
                0 => self.context.move_to(point.x, point.y),
                _ => self.context.line_to(point.x, point.y),
            }
        }
        if is_closed {
            self.context.close_path();
        }
    }

    fn write(&mut self, at: Point, text: &str, style: TextStyle) {
        let mut font = String::from(if style.is_bold { "600 " } else { "" });
        encart_scene::number::push_number(&mut font, style.size);
        font.push_str("px ");
        font.push_str(self.family);
        self.context.set_font(&font);
        self.context.set_text_align(match style.anchor {
            Anchor::Start => "left",
            Anchor::Middle => "center",
            Anchor::End => "right",
        });
        if let Some(halo) = style.halo {
            self.stroke(&Stroke::solid(halo, 3.0));
            // refused only for places that are none, as below
            let _ = self.context.stroke_text(text, at.x, at.y);
        }
        self.fill(style.color);
        let _ = self.context.fill_text(text, at.x, at.y);
    }
}
