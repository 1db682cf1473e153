//! How are lines and areas drawn, with a gap wherever a value is missing?

use encart_scene::{Datum, Key, Scene};
use encart_table::{Hedge, Why};

use super::dots::draw_dot;
use super::{Plane, Ruler};
use crate::channel::{Channels, Role, Series};
use crate::recipe::Kitchen;
use crate::spec::Kind;

/// The room that is kept for a point on a line.
pub(crate) const RADIUS: f64 = 3.5;

/// Lines need not start at zero; they do as soon as that costs less than half of the height. When they do not, the
/// note says so (`crate::say::notes`).
pub(crate) fn starts_at_zero(values: &mut dyn Iterator<Item = f64>) -> bool {
    let (lo, hi) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), value| (lo.min(value), hi.max(value)));
    lo >= hi || lo <= 0.0 || lo <= hi * 0.6
}

/// Areas, ranges, lines and points of all series of these roles; `places` are where slots stand along their axis.
pub(crate) fn draw_lines(kitchen: &Kitchen<'_>, scene: &mut Scene, ruler: &Ruler, places: &[f64], role: Role) {
    const ROOMY: f64 = 22.0;
    let channels = kitchen.channels;
    let has_points = (ruler.frame.right - ruler.frame.left) / places.len().max(1) as f64 >= ROOMY;
    let is_step = channels.kind == Kind::Step;
    let line = Line { kitchen, ruler, places, is_step, breaks: &channels.breaks };
    let plane = ruler.plane(scene);
    if role == Role::Value {
        line.draw_range(&plane);
        if channels.kind == Kind::Area {
            line.draw_areas(&plane);
        }
    }
    // the first series is drawn last: it lies on top
    for (series_idx, series) in channels.series.iter().enumerate().rev().filter(|(_, series)| series.role == role) {
        let tops = line.tops(series_idx, series);
        let runs = line.runs(&tops, series.are_milestones);
        for run in &runs {
            line.draw_run(&plane, series_idx, run);
        }
        let last_known = tops.iter().rposition(Result::is_ok);
        for run in &runs {
            for (datum_idx, value) in run {
                let Some(place) = places.get(*datum_idx) else { continue };
                // a point that no line reaches must be seen; others are seen when there is room
                let is_seen = has_points || run.len() == 1 || Some(*datum_idx) == last_known;
                let radius = if is_seen && channels.kind != Kind::Area { kitchen.theme.line_width + 1.0 } else { 0.0 };
                let key = Key { series_idx, datum_idx: *datum_idx };
                draw_dot(kitchen, &plane, key, ruler.pair(*place, *value), radius);
            }
        }
    }
}

struct Line<'a> {
    kitchen: &'a Kitchen<'a>,
    ruler: &'a Ruler,
    places: &'a [f64],
    is_step: bool,
    /// The slots before which a line is cut.
    breaks: &'a [usize],
}

type Run = Vec<(usize, f64)>;

impl Line<'_> {
    /// The values of a line; in a stack, the tops of its parts, as far as the whole is known.
    fn tops(&self, series_idx: usize, series: &Series) -> Vec<Result<f64, Why>> {
        let channels = self.kitchen.channels;
        if !channels.is_stack() || series.role != Role::Value {
            return series.values.clone();
        }
        (0..series.values.len()).map(|idx| stacked_to(channels, series_idx, idx).ok_or(Why::Undefined)).collect()
    }

    /// The unbroken stretches of a series: a missing value ends one, unless milestones are joined, and so does a break.
    fn runs(&self, values: &[Result<f64, Why>], joins: bool) -> Vec<Run> {
        let mut runs: Vec<Run> = vec![Vec::new()];
        for (datum_idx, value) in values.iter().enumerate() {
            if value.is_err() && !joins || self.breaks.contains(&datum_idx) {
                runs.push(Vec::new());
            }
            if let (Ok(value), Some(run)) = (value, runs.last_mut()) {
                run.push((datum_idx, *value));
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// The corners of a stretch, with those of its steps.
    fn points(&self, run: &[(usize, f64)]) -> Vec<(f64, f64)> {
        let mut points: Vec<(f64, f64)> = Vec::with_capacity(run.len() * 2);
        let mut last = None;
        for (datum_idx, value) in run {
            let Some(place) = self.places.get(*datum_idx) else { continue };
            if let Some(before) = last.filter(|_| self.is_step) {
                points.push(self.ruler.pair(*place, before));
            }
            points.push(self.ruler.pair(*place, *value));
            last = Some(*value);
        }
        points
    }

    /// A stretch of a line; what is forecast is dashed.
    fn draw_run(&self, plane: &Plane<'_>, series_idx: usize, run: &[(usize, f64)]) {
        let kitchen = self.kitchen;
        let color = kitchen.color(series_idx);
        let is_forecast = |(datum_idx, _): &(usize, f64)| {
            matches!(kitchen.channels.hedge(series_idx, *datum_idx), Some(Hedge::Forecast))
        };
        let first = run.iter().position(is_forecast).unwrap_or(run.len());
        // the dashes begin at the last value that is known
        let (known, forecast) = (run.get(..first), run.get(first.saturating_sub(1)..).filter(|_| first < run.len()));
        let dashes = [(known, kitchen.dash(series_idx)), (forecast, vec![5.0, 4.0])];
        for (part, dash) in dashes {
            let datum = Datum { key: None, dash, ..Datum::default() };
            plane.line(datum, self.points(part.unwrap_or_default()), color, kitchen.theme.line_width);
        }
    }

    /// Between the lower and the upper end, a pale area.
    fn draw_range(&self, plane: &Plane<'_>) {
        let channels = self.kitchen.channels;
        for (series_idx, series) in channels.values() {
            let ends = |slot_idx: usize| channels.ends(series_idx, slot_idx);
            let upper: Vec<Result<f64, Why>> =
                (0..series.values.len()).map(|idx| ends(idx).map(|(_, upper)| upper).ok_or(Why::Absent)).collect();
            let color = self.kitchen.color(series_idx);
            for run in self.runs(&upper, false) {
                let below: Run = run.iter().filter_map(|(idx, _)| Some((*idx, ends(*idx)?.0))).collect();
                self.fill(plane, Datum::default(), &run, &below, self.kitchen.lighter(color));
                // a pale area has edges that are seen on the ground
                for edge in [&run, &below] {
                    plane.line(Datum::default(), self.points(edge), color, 1.0);
                }
            }
        }
    }

    /// From the first area at the base to the last: each lies on the ones below.
    fn draw_areas(&self, plane: &Plane<'_>) {
        let kitchen = self.kitchen;
        let channels = kitchen.channels;
        for (series_idx, series) in channels.values() {
            let tops = self.tops(series_idx, series);
            for run in self.runs(&tops, false) {
                let below = |(idx, _): &(usize, f64)| {
                    let base = if channels.is_stack() {
                        stacked_to(channels, series_idx, *idx)? - kitchen.part(series_idx, *idx)?
                    } else {
                        self.ruler.base()
                    };
                    Some((*idx, base))
                };
                let below: Run = run.iter().filter_map(below).collect();
                let datum = Datum { hatch: kitchen.hatch(series_idx), ..Datum::default() };
                let color = kitchen.color(series_idx);
                // one area alone is paler than its line; areas that lie on each other are told by their own colours
                let color = if channels.is_stack() { color } else { kitchen.lighter(color) };
                self.fill(plane, datum, &run, &below, color);
            }
        }
        // a separator in the ground's colour between touching areas
        for (series_idx, series) in channels.values().filter(|_| channels.is_stack()) {
            for run in self.runs(&self.tops(series_idx, series), false) {
                plane.line(Datum::default(), self.points(&run), kitchen.theme.ground, 1.5);
            }
        }
    }

    fn fill(
        &self,
        plane: &Plane<'_>,
        datum: Datum,
        above: &[(usize, f64)],
        below: &[(usize, f64)],
        color: encart_scene::Rgb,
    ) {
        let mut points = self.points(above);
        if let ([top], [base]) = (points.as_slice(), self.points(below).as_slice()) {
            // a value that stands alone has no neighbour to reach: it is a stroke as high as it is
            return plane.line(datum, vec![*base, *top], color, self.kitchen.theme.line_width * 2.0);
        }
        points.extend(self.points(below).into_iter().rev());
        plane.area(datum, points, color);
    }
}

/// The top of a part in its stack; none when one of the parts is missing.
fn stacked_to(channels: &Channels, series_idx: usize, slot_idx: usize) -> Option<f64> {
    channels.is_whole(slot_idx).then_some(())?;
    let below = channels.values().take_while(|(idx, _)| *idx <= series_idx);
    let sum = encart_table::sum::sum(below.filter_map(|(_, series)| series.at(slot_idx)))?;
    if !channels.is_percent() {
        return Some(sum);
    }
    channels.whole(slot_idx).map(|whole| sum / whole * 100.0)
}
