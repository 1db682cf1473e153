//! How is a picture written as SVG? The only XML writer, the only escape.
//!
//! Presentation attributes only, never `style`: a strict content security policy allows it. No `id`: nothing can clash
//! with the page. One element a line, so that a golden's diff can be read.

use crate::geom::{Point, Rect, hatch_lines};
use crate::item::{Anchor, Hatch, Item, Paint, Shape, Stroke, TextStyle};
use crate::number::push_number;
use crate::paint::Rgb;
use crate::scene::Scene;

/// Appends a text with the five letters of XML escaped and control letters left out.
pub fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            // no letters of XML
            _ if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            _ => out.push(letter),
        }
    }
}

/// An element's tag being written; attributes are pushed one by one.
struct Tag<'a> {
    out: &'a mut String,
    name: &'static str,
}

impl<'a> Tag<'a> {
    fn open(out: &'a mut String, name: &'static str) -> Tag<'a> {
        out.push('<');
        out.push_str(name);
        Tag { out, name }
    }

    fn text(self, name: &str, value: &str) -> Tag<'a> {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, self.out);
        self.out.push('"');
        self
    }

    fn number(self, name: &str, value: f64) -> Tag<'a> {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        push_number(self.out, value);
        self.out.push('"');
        self
    }

    fn paint(self, paint: &Paint) -> Tag<'a> {
        let fill = paint.fill.map_or("none".to_string(), Rgb::hex);
        let tag = self.text("fill", &fill);
        match &paint.stroke {
            Some(stroke) => tag.stroke(stroke),
            None => tag,
        }
    }

    fn stroke(self, stroke: &Stroke) -> Tag<'a> {
        let mut tag = self.text("stroke", &stroke.color.hex()).number("stroke-width", stroke.width);
        if !stroke.dash.is_empty() {
            let mut dash = String::new();
            for (idx, length) in stroke.dash.iter().enumerate() {
                if idx > 0 {
                    dash.push(' ');
                }
                push_number(&mut dash, *length);
            }
            tag = tag.text("stroke-dasharray", &dash);
        }
        tag
    }

    fn close(self) {
        self.out.push_str("/>\n");
    }

    fn close_with(self, text: &str) {
        self.out.push('>');
        escape(text, self.out);
        self.out.push_str("</");
        self.out.push_str(self.name);
        self.out.push_str(">\n");
    }
}

/// The picture as an SVG document that draws the same in a page, in a file and on paper, with what it says for those who
/// do not see it.
pub fn render_svg(scene: &Scene, label: &str) -> String {
    render(scene, label, false)
}

/// The same, never wider than its place: it shrinks there without a style, which a policy may refuse.
pub fn render_narrowing_svg(scene: &Scene, label: &str) -> String {
    render(scene, label, true)
}

fn render(scene: &Scene, label: &str, is_narrowing: bool) -> String {
    let mut out = String::with_capacity(scene.items.len() * 96 + 256);
    let mut view_box = String::from("0 0 ");
    push_number(&mut view_box, scene.width);
    view_box.push(' ');
    push_number(&mut view_box, scene.height);
    let tag = Tag::open(&mut out, "svg").text("xmlns", "http://www.w3.org/2000/svg").text("viewBox", &view_box);
    let tag = match is_narrowing {
        true => tag.text("width", "100%").text("preserveAspectRatio", "xMinYMin meet"),
        false => tag.number("width", scene.width),
    };
    tag.number("height", scene.height)
        .text("role", "img")
        .text("aria-label", label)
        .text("font-family", "Marianne, Arial, Helvetica, sans-serif")
        .out
        .push_str(">\n");
    for item in &scene.items {
        write_item(&mut out, item, scene.ground);
    }
    out.push_str("</svg>\n");
    out
}

fn write_item(out: &mut String, item: &Item, ground: Rgb) {
    match &item.shape {
        Shape::Rect(rect) => {
            Tag::open(out, "rect")
                .number("x", rect.x)
                .number("y", rect.y)
                .number("width", rect.width)
                .number("height", rect.height)
                .paint(&item.paint)
                .close();
            write_hatch(out, *rect, item.paint.hatch, ground);
        }
        Shape::Path { points, is_closed } => {
            let tag = Tag::open(out, "path").text("d", &path_data(points, *is_closed)).paint(&item.paint);
            let tag = if item.paint.stroke.is_some() { tag.text("stroke-linejoin", "round") } else { tag };
            tag.close();
        }
        Shape::Circle { radius, .. } if *radius <= 0.0 => {}
        Shape::Circle { center, radius } => Tag::open(out, "circle")
            .number("cx", center.x)
            .number("cy", center.y)
            .number("r", *radius)
            .paint(&item.paint)
            .close(),
        Shape::Text { at, text, style } => write_text(out, *at, text, *style),
    }
}

fn write_text(out: &mut String, at: Point, text: &str, style: TextStyle) {
    let mut tag = Tag::open(out, "text").number("x", at.x).number("y", at.y).number("font-size", style.size);
    tag = match style.anchor {
        Anchor::Start => tag,
        Anchor::Middle => tag.text("text-anchor", "middle"),
        Anchor::End => tag.text("text-anchor", "end"),
    };
    if style.is_bold {
        tag = tag.text("font-weight", "600");
    }
    tag = tag.text("fill", &style.color.hex());
    if let Some(halo) = style.halo {
        tag = tag.stroke(&Stroke::solid(halo, 3.0)).text("stroke-linejoin", "round").text("paint-order", "stroke");
    }
    tag.close_with(text);
}

/// A hatch is lines, not a `<pattern>`: a pattern needs an id, and ids clash.
fn write_hatch(out: &mut String, rect: Rect, hatch: Hatch, ground: Rgb) {
    let mut data = String::new();
    for slope in hatch.slopes() {
        for (from, to) in hatch_lines(rect, *slope, Hatch::PITCH) {
            data.push_str(&path_data(&[from, to], false));
        }
    }
    if !data.is_empty() {
        let stroke = Stroke::solid(ground, Hatch::WIDTH);
        Tag::open(out, "path").text("d", &data).text("fill", "none").stroke(&stroke).close();
    }
}

fn path_data(points: &[Point], is_closed: bool) -> String {
    let mut data = String::with_capacity(points.len() * 12);
    for (idx, point) in points.iter().enumerate() {
        data.push(if idx == 0 { 'M' } else { 'L' });
        push_number(&mut data, point.x);
        data.push(' ');
        push_number(&mut data, point.y);
    }
    if is_closed {
        data.push('Z');
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Ink;

    #[test]
    fn nothing_a_file_says_becomes_markup() {
        let mut out = String::new();
        escape("<script>\"a\" & 'b'\u{1}</script>\n", &mut out);
        assert_eq!(out, "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt; ");
    }

    #[test]
    fn a_picture_is_written_one_element_a_line() {
        let mut scene = Scene::new(100.0, 50.0, Rgb(255, 255, 255));
        scene.draw(Shape::Rect(Rect::new(1.0, 2.0, 30.0, 4.5)), Paint::fill(Rgb(8, 72, 96)));
        scene.draw(Shape::Circle { center: Point::new(5.0, 5.0), radius: 0.0 }, Paint::default());
        let svg = render_svg(&scene, "Deux & trois");
        assert_eq!(svg.lines().count(), 3);
        assert!(svg.contains("aria-label=\"Deux &amp; trois\""));
        assert!(svg.contains("<rect x=\"1\" y=\"2\" width=\"30\" height=\"4.5\" fill=\"#084860\"/>"));
        assert!(!svg.contains("circle"));
    }
}
