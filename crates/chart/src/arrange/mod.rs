//! From where to where does each bar go, in the units of the data?

use crate::channel::{Channels, Role};
use crate::spec::{Kind, Layout};
use encart_scene::Key;

/// Whose colour a bar has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// That of its series.
    #[default]
    Series,
    /// That of what takes away.
    Fall,
    /// That of a total.
    Total,
}

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
    /// Whose colour it has.
    pub tone: Tone,
    /// Whether it touches the one that it starts from.
    pub is_stacked: bool,
}

/// The part of a band that bars fill; the rest is the space between bands.
const FILLED: f64 = 0.72;

/// The bars of a chart, one for each known value.
pub fn size_bars(channels: &Channels) -> Vec<SizedBar> {
    match (channels.kind, channels.layout) {
        (Kind::Histogram, _) => dodge(channels, 0.97),
        (Kind::Pyramid, _) => back_to_back(channels),
        (Kind::Waterfall, _) => steps(channels),
        (Kind::Box, _) => quartiles(channels),
        (_, Layout::Grouped) => dodge(channels, FILLED),
        (_, Layout::Stacked) => stack(channels, &|_| Some((0.0, 1.0))),
        (_, Layout::Percent) => stack(channels, &|slot| channels.whole(slot).map(|whole| (0.0, 100.0 / whole))),
        (_, Layout::Diverging) => stack(channels, &|slot| {
            let whole = channels.whole(slot)?;
            Some((-before_middle(channels, slot) / whole * 100.0, 100.0 / whole))
        }),
    }
}

/// Of a scale of answers, what stands before its middle: the first half, and half of the one in the middle.
fn before_middle(channels: &Channels, slot_idx: usize) -> f64 {
    let n_series = channels.n_values();
    let part = |(rank, (_, series)): (usize, (usize, &crate::channel::Series))| {
        let value = series.at(slot_idx).unwrap_or(0.0);
        match (2 * rank + 1).cmp(&n_series) {
            std::cmp::Ordering::Less => value,
            std::cmp::Ordering::Equal => value / 2.0,
            std::cmp::Ordering::Greater => 0.0,
        }
    };
    channels.values().enumerate().map(part).sum()
}

fn bar(series_idx: usize, datum_idx: usize, from: f64, to: f64) -> SizedBar {
    let near = (1.0 - FILLED) / 2.0;
    let key = Key { series_idx, datum_idx };
    SizedBar { key, band_from: near, band_to: near + FILLED, from, to, tone: Tone::Series, is_stacked: false }
}

/// Side by side from zero.
fn dodge(channels: &Channels, filled: f64) -> Vec<SizedBar> {
    let n_series = channels.n_values().max(1) as f64;
    let near = (1.0 - filled) / 2.0;
    let mut bars = Vec::new();
    for (rank, (series_idx, series)) in channels.values().enumerate() {
        let band_from = near + filled * rank as f64 / n_series;
        let band_to = band_from + filled / n_series;
        let placed =
            series.placed().map(|(slot, to)| SizedBar { band_from, band_to, ..bar(series_idx, slot, 0.0, to) });
        bars.extend(placed);
    }
    bars
}

/// On top of each other. Values are not negative (`decide_layout` saw to it). `start` is where the stack of a slot
/// begins and by what its values are multiplied; none when shares cannot be computed.
fn stack(channels: &Channels, start: &dyn Fn(usize) -> Option<(f64, f64)>) -> Vec<SizedBar> {
    let starts: Vec<Option<(f64, f64)>> = (0..channels.slots.len()).map(start).collect();
    let mut tops: Vec<f64> = starts.iter().map(|start| start.map_or(0.0, |(from, _)| from)).collect();
    let mut bars = Vec::new();
    for (series_idx, series) in channels.values() {
        for (slot, value) in series.placed() {
            let (Some(top), Some(start)) = (tops.get_mut(slot), starts.get(slot)) else { continue };
            let from = *top;
            *top += value * start.map_or(0.0, |(_, factor)| factor);
            bars.push(SizedBar { is_stacked: true, ..bar(series_idx, slot, from, *top) });
        }
    }
    bars
}

/// The first group to the left, the second to the right.
fn back_to_back(channels: &Channels) -> Vec<SizedBar> {
    let side = |rank: usize| if rank == 0 { -1.0 } else { 1.0 };
    let bars = channels.values().enumerate().flat_map(|(rank, (series_idx, series))| {
        let bar = move |(slot, value)| SizedBar {
            band_from: 0.05,
            band_to: 0.95,
            ..bar(series_idx, slot, 0.0, side(rank) * value)
        };
        series.placed().map(bar)
    });
    bars.collect()
}

/// Each from where the last one ended; a total from zero.
fn steps(channels: &Channels) -> Vec<SizedBar> {
    let Some((series_idx, series)) = channels.values().next() else { return Vec::new() };
    let mut level = 0.0;
    let mut bars = Vec::new();
    for (slot, value) in series.placed() {
        if channels.is_total(slot) {
            level = value;
            bars.push(SizedBar { tone: Tone::Total, ..bar(series_idx, slot, 0.0, value) });
            continue;
        }
        let from = level;
        level += value;
        let tone = if value < 0.0 { Tone::Fall } else { Tone::Series };
        bars.push(SizedBar { tone, ..bar(series_idx, slot, from, level) });
    }
    bars
}

/// From the first quartile to the third.
fn quartiles(channels: &Channels) -> Vec<SizedBar> {
    let Some((median_idx, median)) = channels.values().next() else { return Vec::new() };
    let quantiles: Vec<&crate::channel::Series> =
        channels.series.iter().filter(|series| series.role == Role::Quantile).collect();
    let [_, first, third, _] = quantiles.as_slice() else { return Vec::new() };
    let bars = median.placed().filter_map(|(slot, _)| Some(bar(median_idx, slot, first.at(slot)?, third.at(slot)?)));
    bars.collect()
}
