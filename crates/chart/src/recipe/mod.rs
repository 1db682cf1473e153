//! How is each kind of chart made? A kind is a recipe: scales, guides, marks, in the order a cook would read.

pub(crate) mod bar_horizontal;
pub(crate) mod bar_vertical;
pub(crate) mod line;

use encart_scene::measure::{wrap, wraps_whole};
use encart_scene::{Datum, Hatch, Key, Rgb, Scene};

use crate::arrange::SizedBar;
use crate::channel::Channels;
use crate::guide::legend::{Entry, draw_legend};
use crate::scale::Linear;
use crate::scale::time::{Tick, time_ticks};
use crate::spec::{Kind, Layout, Orientation, Spec};
use crate::theme::Theme;

/// What every recipe needs.
pub(crate) struct Kitchen<'a> {
    pub(crate) channels: &'a Channels,
    pub(crate) theme: &'a Theme,
    pub(crate) width: f64,
    pub(crate) height: Option<f64>,
    pub(crate) is_projected: bool,
    pub(crate) has_patterns: bool,
}

/// Draws the picture of a specification.
pub(crate) fn draw_scene(kitchen: &Kitchen<'_>, spec: &Spec) -> Scene {
    match spec.kind {
        Kind::Line => line::draw(kitchen),
        Kind::Bar if is_horizontal(kitchen, spec) => bar_horizontal::draw(kitchen),
        Kind::Bar => bar_vertical::draw(kitchen),
    }
}

/// Bars grow rightwards as soon as a category's label is longer than its band; time stays horizontal.
pub(crate) fn is_horizontal(kitchen: &Kitchen<'_>, spec: &Spec) -> bool {
    match spec.orientation {
        _ if spec.kind == Kind::Line => false,
        Orientation::Vertical => false,
        Orientation::Horizontal => true,
        Orientation::Auto => {
            let channels = kitchen.channels;
            let axis = 60.0;
            let band = (kitchen.width - axis) / channels.slots.len().max(1) as f64;
            !channels.is_time
                && channels.slots.iter().any(|slot| !wraps_whole(&slot.label, band - 8.0, 2, kitchen.theme.label_size))
        }
    }
}

impl Kitchen<'_> {
    /// A scene of this height on the theme's ground.
    pub(crate) fn scene(&self, height: f64) -> Scene {
        Scene::new(self.width, height, self.theme.ground)
    }

    /// The colour of a series; "Autres" and what the palette cannot tell apart are grey.
    pub(crate) fn color(&self, series_idx: usize) -> Rgb {
        let is_others = !self.channels.merged.is_empty() && series_idx + 1 == self.channels.series.len();
        if is_others { self.theme.muted } else { self.theme.series(series_idx) }
    }

    /// The finish of a mark for a datum.
    pub(crate) fn datum(&self, key: Key) -> Datum {
        let hatch = if self.has_patterns { Hatch::nth(key.series_idx) } else { Hatch::Plain };
        Datum { key: Some(key), hatch, dash: Vec::new() }
    }

    /// The dashes of a series' line.
    pub(crate) fn dash(&self, series_idx: usize) -> Vec<f64> {
        if !self.has_patterns {
            return Vec::new();
        }
        match series_idx % 4 {
            0 => Vec::new(),
            1 => vec![8.0, 4.0],
            2 => vec![2.0, 3.0],
            _ => vec![10.0, 3.0, 2.0, 3.0],
        }
    }

    /// Draws the legend when there is more than one series, and gives its height.
    pub(crate) fn legend(&self, scene: &mut Scene, is_line: bool) -> f64 {
        if self.channels.series.len() < 2 {
            return 0.0;
        }
        let entry = |(idx, series): (usize, &crate::channel::Series)| Entry {
            name: series.name.clone(),
            color: self.color(idx),
            hatch: if self.has_patterns { Hatch::nth(idx) } else { Hatch::Plain },
            dash: self.dash(idx),
            is_line,
        };
        let entries: Vec<Entry> = self.channels.series.iter().enumerate().map(entry).collect();
        draw_legend(scene, &entries, self.theme)
    }

    /// The height of a plot over time: near 16:9, 4:3 on a phone, or what the page kept.
    pub(crate) fn plot_height(&self) -> f64 {
        let natural = if self.width < 520.0 {
            self.width * 0.75
        } else {
            (self.width * 0.5625).min((self.width * 0.4).max(400.0))
        };
        self.height.unwrap_or(natural).max(180.0)
    }

    /// The labels below a plot whose slots are at these pixels: periods, or categories wrapped to their band.
    pub(crate) fn slot_ticks(&self, px: &[f64]) -> Vec<Tick> {
        let (channels, size) = (self.channels, self.theme.label_size);
        if channels.is_time {
            return time_ticks(&channels.slots, px, size, channels.format.lang);
        }
        let band = match px {
            [first, second, ..] => second - first,
            _ => self.width,
        };
        let every = ((size * 2.0) / band.max(1.0)).ceil().max(1.0) as usize;
        let slots = channels.slots.iter().enumerate().filter(|(idx, _)| idx % every == 0);
        slots
            .map(|(slot_idx, slot)| Tick { slot_idx, lines: wrap(&slot.label, band * every as f64 - 8.0, 2, size) })
            .collect()
    }

    /// Whether bars show shares of 100 %.
    pub(crate) fn is_percent(&self) -> bool {
        self.channels.is_percent()
    }

    /// Whether bars stand on top of each other.
    pub(crate) fn is_stack(&self) -> bool {
        self.channels.layout != Layout::Grouped && self.channels.series.len() > 1
    }

    /// A value at a bar's end. A unit of more than three letters is written once, at the first bar there is.
    pub(crate) fn bar_value(&self, value: f64, slot_idx: usize) -> String {
        let format = &self.channels.format;
        let is_short = format.unit.as_deref().unwrap_or("").chars().count() <= 3;
        let first = (0..self.channels.slots.len()).find(|idx| self.channels.total(*idx).is_some());
        let written = match is_short || first == Some(slot_idx) {
            true => format.write(value),
            false => encart_table::NumberFormat { unit: None, ..format.clone() }.write(value),
        };
        // of several series the value is a total, or stands beside others of its slot
        match self.channels.hedge(0, slot_idx).filter(|_| self.channels.series.len() == 1) {
            Some(hedge) => hedge.write_short(&written),
            None => written,
        }
    }

    /// How values of the axis are written: in percent when bars are shares.
    pub(crate) fn axis_format(&self) -> encart_table::NumberFormat {
        let format = &self.channels.format;
        if self.is_percent() {
            encart_table::NumberFormat::for_values(&[0.0, 100.0], Some("%"), format.lang)
        } else {
            format.clone()
        }
    }
}

/// From the smallest value (or zero) to the largest (or zero): there is no axis, so no round ends.
fn tight(bars: &[SizedBar]) -> Linear {
    let (lo, hi) = bars.iter().fold((0.0_f64, 0.0_f64), |(lo, hi), bar| (lo.min(bar.to), hi.max(bar.to)));
    if lo == hi { Linear::between(0.0, 1.0) } else { Linear::between(lo, hi) }
}
