//! How are small multiples drawn: the same plot once a facet, side by side, on one scale unless the author frees them?

use encart_scene::measure::shorten;
use encart_scene::{Anchor, Key, Point, Scene, TextStyle};

use super::upright::tops;
use super::{Kitchen, draw_scene};
use crate::arrange::size_bars;
use crate::channel::Channels;
use crate::scale::Continuous;

const GAP: f64 = 24.0;

/// Draws them: one legend above, then rows of small charts, each under its name.
pub(crate) fn draw(kitchen: &Kitchen<'_>) -> Scene {
    let (channels, theme, size) = (kitchen.channels, kitchen.theme, kitchen.theme.label_size);
    let n_facets = channels.facets.len();
    let facets: Vec<(Channels, Vec<usize>)> = (0..n_facets).map(|idx| channels.facet(idx)).collect();
    let mut scene = kitchen.scene(0.0);
    let mut y = 0.0;
    if let Some((first, _)) = facets.iter().max_by_key(|(facet, _)| facet.series.len()) {
        y = Kitchen { channels: first, ..*kitchen }.legend(&mut scene);
    }
    let least = if kitchen.width < 520.0 { 150.0 } else { 210.0 };
    let n_columns = ((kitchen.width + GAP) / (least + GAP)).floor().clamp(1.0, n_facets.max(1) as f64) as usize;
    // rows as full as each other
    let n_columns = n_facets.div_ceil(n_facets.div_ceil(n_columns).max(1)).max(1);
    let width = (kitchen.width - GAP * (n_columns as f64 - 1.0)) / n_columns as f64;
    let shared = (!kitchen.spec.has_free_scales).then(|| scale_of_all(kitchen, &facets));
    // higher where the page keeps more room
    let n_rows = n_facets.div_ceil(n_columns).max(1) as f64;
    let kept = kitchen.height.map_or(0.0, |height| (height - y + GAP) / n_rows - GAP - size - 8.0);
    let small_height = (width * 0.62).clamp(150.0, 320.0).max(kept.min(width));
    let mut row_height: f64 = 0.0;
    for (idx, (facet, places)) in facets.iter().enumerate() {
        let column = idx % n_columns;
        if column == 0 && idx > 0 {
            y += row_height + GAP;
            row_height = 0.0;
        }
        let x = column as f64 * (width + GAP);
        let name = channels.facets.get(idx).map_or("", String::as_str);
        let style = TextStyle { is_bold: true, color: theme.ink, ..theme.label(Anchor::Start) };
        scene.write(Point::new(x, y + size), &shorten(name, width / 1.12, size), style);
        let small = Kitchen {
            channels: facet,
            width,
            height: Some(small_height),
            shared: shared.as_ref(),
            is_small: true,
            has_unit: idx == 0,
            ..*kitchen
        };
        let drawn = draw_scene(&small);
        row_height = row_height.max(drawn.height + size + 8.0);
        let rename =
            |key: Key| Key { series_idx: places.get(key.series_idx).copied().unwrap_or(key.series_idx), ..key };
        scene.place(drawn, Point::new(x, y + size + 8.0), &rename);
    }
    scene.height = y + row_height;
    scene
}

fn scale_of_all(kitchen: &Kitchen<'_>, facets: &[(Channels, Vec<usize>)]) -> Continuous {
    let all = facets.iter().flat_map(|(facet, _)| {
        let own = Kitchen { channels: facet, ..*kitchen };
        tops(&own, &size_bars(facet))
    });
    let tops: Vec<f64> = all.collect();
    let alone = facets.first().map_or(kitchen.channels, |(facet, _)| facet);
    // stacked or not, the tops hold all that is drawn
    let lines = kitchen.channels.series.iter().flat_map(crate::channel::Series::known);
    let values: Vec<f64> = if alone.is_stack() { tops } else { tops.into_iter().chain(lines).collect() };
    Kitchen { channels: alone, ..*kitchen }.value_scale(&values)
}
