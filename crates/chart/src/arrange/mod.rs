//! From where to where does each bar go, in the units of the data?

use crate::channel::Channels;
use crate::spec::Layout;
use encart_scene::Key;

/// A bar before it has pixels: where it stands in its band, and which values it spans.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizedBar {
    /// Which datum.
    pub key: Key,
    /// Where its slot's band is cut, 0 to 1: the bar's near side.
    pub band_from: f64,
    /// Its far side.
    pub band_to: f64,
    /// The value it starts from.
    pub from: f64,
    /// The value it goes to.
    pub to: f64,
}

/// The part of a band that bars fill; the rest is the space between bands.
const FILLED: f64 = 0.72;

/// The bars of a chart, one for each known value.
pub fn size_bars(channels: &Channels) -> Vec<SizedBar> {
    match channels.layout {
        Layout::Grouped => dodge(channels),
        Layout::Stacked => stack(channels, |_| 1.0),
        Layout::Percent => stack(channels, |slot_idx| channels.whole(slot_idx).map_or(0.0, |total| 100.0 / total)),
    }
}

/// Side by side from zero.
fn dodge(channels: &Channels) -> Vec<SizedBar> {
    let n_series = channels.series.len().max(1) as f64;
    let near = (1.0 - FILLED) / 2.0;
    let mut bars = Vec::new();
    for (series_idx, series) in channels.series.iter().enumerate() {
        let band_from = near + FILLED * series_idx as f64 / n_series;
        for (datum_idx, value) in series.values.iter().enumerate() {
            let Ok(to) = *value else { continue };
            let key = Key { series_idx, datum_idx };
            bars.push(SizedBar { key, band_from, band_to: band_from + FILLED / n_series, from: 0.0, to });
        }
    }
    bars
}

/// On top of each other. Values are not negative (`decide_layout` saw to it).
fn stack(channels: &Channels, factor: impl Fn(usize) -> f64) -> Vec<SizedBar> {
    let mut tops = vec![0.0; channels.slots.len()];
    let mut bars = Vec::new();
    for (series_idx, series) in channels.series.iter().enumerate() {
        for (datum_idx, (value, top)) in series.values.iter().zip(&mut tops).enumerate() {
            let Ok(value) = *value else { continue };
            let from = *top;
            *top += value * factor(datum_idx);
            let key = Key { series_idx, datum_idx };
            let near = (1.0 - FILLED) / 2.0;
            bars.push(SizedBar { key, band_from: near, band_to: near + FILLED, from, to: *top });
        }
    }
    bars
}
