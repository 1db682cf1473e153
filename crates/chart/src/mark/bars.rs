//! How are bars drawn, whichever way they grow?

use encart_scene::{Ink, Paint, Rect, Scene, Shape, Stroke};
use plotters::element::Rectangle;

use super::dots::draw_ends;
use super::{Element, Ruler, fill};
use crate::arrange::{SizedBar, Tone};
use crate::recipe::Kitchen;

/// The bars; `side` is the place of a part of a slot's band along the axis of slots.
pub(crate) fn draw_bars(
    kitchen: &Kitchen<'_>,
    scene: &mut Scene,
    ruler: &Ruler,
    bars: &[SizedBar],
    side: &dyn Fn(&SizedBar, f64) -> f64,
) {
    let gap = encart_scene::surface::units(1.5).unsigned_abs();
    let base = ruler.base();
    let corner =
        |bar: &SizedBar, part: f64, value: f64| ruler.pair(side(bar, part), if value == 0.0 { base } else { value });
    {
        let plane = ruler.plane(scene);
        for bar in bars {
            let color = match bar.tone {
                Tone::Series => kitchen.color(bar.key.series_idx),
                Tone::Fall => kitchen.theme.series(1),
                Tone::Total => kitchen.theme.muted,
            };
            let color = if kitchen.is_unsure(bar.key) { kitchen.lighter(color) } else { color };
            let mut element =
                Rectangle::new([corner(bar, bar.band_from, bar.from), corner(bar, bar.band_to, bar.to)], fill(color));
            if bar.from != 0.0 && bar.is_stacked {
                // a separator in the ground's colour between touching areas
                match (ruler.is_rows, bar.to < bar.from) {
                    (true, false) => element.set_margin(0, 0, gap, 0),
                    (true, true) => element.set_margin(0, 0, 0, gap),
                    (false, false) => element.set_margin(0, gap, 0, 0),
                    (false, true) => element.set_margin(gap, 0, 0, 0),
                };
            }
            plane.draw(kitchen.datum(bar.key), Element::Bar(element));
        }
    }
    for bar in bars.iter().filter(|_| !kitchen.channels.is_stack()) {
        let middle = (side(bar, bar.band_from) + side(bar, bar.band_to)) / 2.0;
        draw_ends(kitchen, scene, ruler, bar.key, middle, kitchen.theme.ink);
    }
    // a lighter fill has a solid edge
    for bar in bars.iter().filter(|bar| kitchen.is_unsure(bar.key)) {
        let near = ruler.at(side(bar, bar.band_from), if bar.from == 0.0 { base } else { bar.from });
        let far = ruler.at(side(bar, bar.band_to), bar.to);
        let Rect { x, y, width, height } = Rect::between(near, far);
        let edge = Paint::stroke(Stroke::solid(kitchen.color(bar.key.series_idx), 1.5));
        scene.draw(Shape::Rect(Rect::new(x + 0.75, y + 0.75, width - 1.5, height - 1.5)), edge);
    }
}
