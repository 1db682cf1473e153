//! How is each kind of chart made? A kind is a recipe: scales, guides, marks, in the order a cook would read.

pub(crate) mod facets;
pub(crate) mod heat;
pub(crate) mod pie;
pub(crate) mod points;
pub(crate) mod rows;
pub(crate) mod sankey;
pub(crate) mod slope;
pub(crate) mod spark;
pub(crate) mod treemap;
pub(crate) mod upright;
pub(crate) mod waffle;

use encart_scene::measure::{text_width, wrap, wraps_whole};
use encart_scene::paint::contrast;
use encart_scene::{Datum, Hatch, Ink, Key, Point, Rgb, Scene};
use encart_table::table::fold;
use encart_table::{Hedge, NumberFormat, Why};

use crate::channel::{Channels, Role, Series};
use crate::guide::axis::draw_missing_tick;
use crate::guide::legend::{Entry, draw_legend};
use crate::mark::Ruler;
use crate::mark::lines::starts_at_zero;
use crate::scale::Continuous;
use crate::scale::time::{Tick, time_ticks};
use crate::spec::{Kind, Layout, Orientation, Spec, Stretch};
use crate::theme::Theme;
use crate::view::View;

/// What every recipe needs.
#[derive(Clone, Copy)]
pub(crate) struct Kitchen<'a> {
    pub(crate) channels: &'a Channels,
    pub(crate) theme: &'a Theme,
    pub(crate) spec: &'a Spec,
    pub(crate) view: &'a View,
    pub(crate) width: f64,
    pub(crate) height: Option<f64>,
    pub(crate) is_projected: bool,
    pub(crate) has_patterns: bool,
    /// Of a small chart, the scale that it shares with the others.
    pub(crate) shared: Option<&'a Continuous>,
    /// Whether it is one of several: its series are named once, above all.
    pub(crate) is_small: bool,
    /// Whether its axis names a long unit: of several small charts the first does.
    pub(crate) has_unit: bool,
}

/// Draws the picture of a specification.
pub(crate) fn draw_scene(kitchen: &Kitchen<'_>) -> Scene {
    if !kitchen.channels.facets.is_empty() {
        return facets::draw(kitchen);
    }
    match kitchen.channels.kind {
        Kind::Scatter => points::draw(kitchen),
        Kind::Slope => slope::draw(kitchen),
        Kind::Heat => heat::draw(kitchen),
        Kind::Pie | Kind::Donut => pie::draw(kitchen),
        Kind::Treemap => treemap::draw(kitchen),
        Kind::Waffle => waffle::draw(kitchen),
        Kind::Sankey => sankey::draw(kitchen),
        Kind::Sparkline => spark::draw(kitchen),
        _ if is_horizontal(kitchen) => rows::draw(kitchen),
        _ => upright::draw(kitchen),
    }
}

/// Whether categories go down. Bars grow rightwards as soon as a category's label is longer than its band; time stays
/// horizontal.
pub(crate) fn is_horizontal(kitchen: &Kitchen<'_>) -> bool {
    let channels = kitchen.channels;
    match (channels.kind, kitchen.spec.orientation) {
        (Kind::Dumbbell | Kind::Box | Kind::Strip | Kind::Pyramid, _) => true,
        // lines beside bars stand over them
        _ if channels.of_role(Role::Line).is_some() => false,
        (kind, _) if kind.is_line() || matches!(kind, Kind::Histogram | Kind::Scatter | Kind::Heat) => false,
        _ if channels.layout == Layout::Diverging => true,
        (_, Orientation::Vertical) => false,
        (_, Orientation::Horizontal) => true,
        (_, Orientation::Auto) => {
            let axis = 60.0;
            let band = (kitchen.width - axis) / channels.slots.len().max(1) as f64;
            !channels.is_time
                && channels.slots.iter().any(|slot| !wraps_whole(&slot.label, band - 8.0, 2, kitchen.theme.label_size))
        }
    }
}

/// Whether a unit may stand at every value: three letters at most.
fn is_short(unit: Option<&str>) -> bool {
    unit.is_none_or(|unit| unit.chars().nth(3).is_none())
}

/// The names of months and days with how they are shortened.
const SHORT_NAMES: [(&str, &str); 19] = [
    ("janvier", "janv."),
    ("février", "févr."),
    ("mars", "mars"),
    ("avril", "avr."),
    ("mai", "mai"),
    ("juin", "juin"),
    ("juillet", "juil."),
    ("août", "août"),
    ("septembre", "sept."),
    ("octobre", "oct."),
    ("novembre", "nov."),
    ("décembre", "déc."),
    ("lundi", "lun."),
    ("mardi", "mar."),
    ("mercredi", "mer."),
    ("jeudi", "jeu."),
    ("vendredi", "ven."),
    ("samedi", "sam."),
    ("dimanche", "dim."),
];

/// A name that its column cannot hold: a month or a day is shortened, to its initial if need be.
fn short_name(label: &str, room: f64, size: f64) -> String {
    let fits = |text: &str| text_width(text, size, false) <= room;
    let known = SHORT_NAMES.iter().find(|(name, _)| fold(name) == fold(label));
    match known {
        Some((_, short)) if !fits(label) && fits(short) => short.to_string(),
        Some(_) if !fits(label) => label.chars().take(1).collect(),
        _ => label.to_string(),
    }
}

impl Kitchen<'_> {
    /// A scene of this height on the theme's ground.
    pub(crate) fn scene(&self, height: f64) -> Scene {
        Scene::new(self.width, height, self.theme.ground)
    }

    /// The colour of a series; "Autres" and what the palette cannot tell apart are grey.
    pub(crate) fn color(&self, series_idx: usize) -> Rgb {
        let series = self.channels.series.get(series_idx);
        let color = series.and_then(|series| series.color);
        let color = color.map_or(self.theme.muted, |color| {
            if self.channels.layout == Layout::Diverging {
                self.theme.diverging(color, self.channels.n_values())
            } else {
                self.theme.series(color)
            }
        });
        match series.is_some_and(|series| self.view.is_pale(&series.name)) {
            true => self.lighter(color),
            false => color,
        }
    }

    /// The colours that stand before values in the words of a datum.
    pub(crate) fn swatches(&self) -> Vec<Rgb> {
        let channels = self.channels;
        // of measures of one thing none has a colour of its own
        if channels.kind.is_points() || channels.kind == Kind::Box {
            let n_groups = if channels.groups.len() > 1 { channels.groups.len() } else { 0 };
            return (0..n_groups).map(|idx| self.theme.series(idx)).collect();
        }
        (0..channels.series.len()).map(|idx| self.color(idx)).collect()
    }

    /// The same for what is not certain, or lies behind: pale, yet seen on the ground.
    pub(crate) fn lighter(&self, color: Rgb) -> Rgb {
        self.theme.ground.mix(color, 0.3)
    }

    /// The ink that is read on a colour; none when there is none.
    pub(crate) fn ink_on(&self, under: Rgb) -> Option<Rgb> {
        let inks = [self.theme.ground, self.theme.ink, Rgb(0, 0, 0), Rgb(255, 255, 255)];
        inks.into_iter().find(|ink| contrast(*ink, under) >= 4.5)
    }

    /// The pattern of a series.
    pub(crate) fn hatch(&self, series_idx: usize) -> Hatch {
        if self.has_patterns { Hatch::nth(series_idx) } else { Hatch::Plain }
    }

    /// The finish of a mark for a datum.
    pub(crate) fn datum(&self, key: Key) -> Datum {
        Datum { key: Some(key), hatch: self.hatch(key.series_idx), dash: Vec::new() }
    }

    /// Whether a value is estimated, provisional or forecast: its mark is not full.
    pub(crate) fn is_unsure(&self, key: Key) -> bool {
        let hedge = self.channels.hedge(key.series_idx, key.datum_idx);
        matches!(hedge, Some(Hedge::Estimated | Hedge::Provisional | Hedge::Forecast))
    }

    /// A value of a stack as it is drawn: itself, or its share.
    pub(crate) fn part(&self, series_idx: usize, slot_idx: usize) -> Option<f64> {
        match self.channels.is_percent() {
            true => self.channels.share(series_idx, slot_idx),
            false => self.channels.series.get(series_idx)?.at(slot_idx),
        }
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

    /// The entry of the legend for a series.
    pub(crate) fn entry(&self, series_idx: usize, series: &Series) -> Entry {
        let is_line = series.role == Role::Line || self.channels.kind.is_line() && self.channels.kind != Kind::Area;
        // of surfaces what a group holds in all
        let whole = encart_table::sum::sum(series.known()).filter(|_| self.channels.kind == Kind::Treemap);
        Entry {
            name: series.name.clone(),
            said: match whole {
                Some(whole) => [self.colon(), &self.short(whole, false)].concat(),
                None if series.has_own_axis() => {
                    self.channels.full.lang.pick(" (échelle de droite)", " (scale at the right)").to_string()
                }
                None => String::new(),
            },
            color: self.color(series_idx),
            hatch: self.hatch(series_idx),
            dash: self.dash(series_idx),
            is_line,
            is_hidden: series.role == Role::Hidden,
        }
    }

    /// Draws the legend when there is more than one series, and gives its height.
    pub(crate) fn legend(&self, scene: &mut Scene) -> f64 {
        let drawn = |series: &&Series| matches!(series.role, Role::Value | Role::Line | Role::Hidden);
        if self.is_small || self.channels.series.iter().filter(drawn).count() < 2 {
            return 0.0;
        }
        let series = self.channels.series.iter().enumerate().filter(|(_, series)| drawn(series));
        let entries: Vec<Entry> = series.map(|(idx, series)| self.entry(idx, series)).collect();
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

    /// The scale of values, as the kind, the author and the small charts around ask for.
    pub(crate) fn value_scale(&self, tops: &[f64]) -> Continuous {
        if let Some(shared) = self.shared {
            return shared.clone();
        }
        let channels = self.channels;
        if channels.is_percent() {
            return match channels.layout {
                Layout::Diverging => Continuous::nice(&mut tops.iter().copied(), true),
                _ => Continuous { ticks: vec![0.0, 25.0, 50.0, 75.0, 100.0], ..Continuous::between(0.0, 100.0) },
            };
        }
        let beside =
            channels.series.iter().filter(|series| !matches!(series.role, Role::Across | Role::Size | Role::Hidden));
        let beside = beside.filter(|series| !series.has_own_axis());
        let beside = beside.filter(|_| !channels.is_stack() && channels.kind != Kind::Waterfall);
        let marks = self.spec.annotations.iter().filter_map(|annotation| annotation.value).chain(self.spec.target);
        let mut values: Vec<f64> = tops.iter().copied().chain(beside.flat_map(Series::known)).collect();
        let is_from_zero = channels.kind.is_length() || starts_at_zero(&mut values.iter().copied());
        values.extend(marks);
        if channels.stretch != Stretch::Linear
            && let Some(scale) = Continuous::logarithmic(&mut values.iter().copied(), channels.stretch)
        {
            return scale;
        }
        Continuous::nice(&mut values.into_iter(), is_from_zero)
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
        // the columns of a grid are narrow
        let (n_lines, rim) = if channels.kind == Kind::Heat { (4, 2.0) } else { (2, 8.0) };
        let every = ((size * 2.0) / band.max(1.0)).ceil().max(1.0) as usize;
        let slots = channels.slots.iter().enumerate().filter(|(idx, _)| idx % every == 0);
        slots
            .map(|(slot_idx, slot)| Tick {
                slot_idx,
                lines: wrap(
                    &short_name(&slot.label, band * every as f64 - rim, size),
                    band * every as f64 - rim,
                    n_lines,
                    size,
                ),
            })
            .collect()
    }

    /// Every missing value keeps its place for the keyboard, with a faint tick where its mark would begin.
    pub(crate) fn mark_missing(&self, scene: &mut Scene, at: &dyn Fn(Key) -> Point) {
        for (series_idx, series) in self.channels.values() {
            for (datum_idx, _) in series.values.iter().enumerate().filter(|(_, value)| value.is_err()) {
                let key = Key { series_idx, datum_idx };
                scene.set_datum(Some(self.datum(key)));
                draw_missing_tick(scene, at(key), self.theme);
                scene.set_datum(None);
            }
        }
    }

    /// Of areas and flows: what is zero or missing has no mark, but a place for the keyboard. Pairs of which no row speaks
    /// are none.
    pub(crate) fn mark_unseen(&self, scene: &mut Scene, at: Point) {
        for (series_idx, series) in self.channels.values() {
            let is_unseen = |value: &Result<f64, Why>| !matches!(value, Err(Why::Absent) | Ok(f64::MIN_POSITIVE..));
            for (datum_idx, _) in series.values.iter().enumerate().filter(|(_, value)| is_unseen(value)) {
                scene.set_datum(Some(self.datum(Key { series_idx, datum_idx })));
                draw_missing_tick(scene, at, self.theme);
                scene.set_datum(None);
            }
        }
    }

    /// A value at a mark's end. A unit of more than three letters is written once, at the first mark there is.
    pub(crate) fn bar_value(&self, value: f64, key: Key) -> String {
        let format = &self.channels.format;
        let is_short = is_short(format.unit.as_deref());
        let first = (0..self.channels.slots.len()).find(|idx| self.channels.total(*idx).is_some());
        let written = match is_short || first == Some(key.datum_idx) {
            true => format.write(value),
            false => NumberFormat { unit: None, ..format.clone() }.write(value),
        };
        // of several series the value is a total, or stands beside others of its slot
        match self.channels.hedge(key.series_idx, key.datum_idx).filter(|_| self.channels.n_values() == 1) {
            Some(hedge) => hedge.write_short(&written),
            None => written,
        }
    }

    /// A value alone, as short as it can be said.
    pub(crate) fn short(&self, value: f64, has_unit: bool) -> String {
        let NumberFormat { unit, lang, .. } = &self.channels.format;
        let is_kept = has_unit || is_short(unit.as_deref());
        NumberFormat::for_values(&[value], unit.as_deref().filter(|_| is_kept), *lang).write(value)
    }

    /// Between a name and its value.
    pub(crate) fn colon(&self) -> &'static str {
        self.channels.full.lang.pick("\u{a0}: ", ": ")
    }

    /// How values of the axis are written: in percent when bars are shares.
    pub(crate) fn axis_format(&self) -> NumberFormat {
        let format = &self.channels.format;
        if self.channels.is_percent() {
            NumberFormat::for_values(&[0.0, 100.0], Some("%"), format.lang)
        } else {
            let is_kept = self.has_unit || is_short(format.unit.as_deref());
            NumberFormat { unit: format.unit.clone().filter(|_| is_kept), ..format.clone() }
        }
    }

    /// Where slots are along x: by their day when x is time (uneven gaps are seen), else evenly.
    pub(crate) fn slot_places(&self) -> Vec<f64> {
        let place = |(idx, slot): (usize, &crate::channel::Slot)| {
            slot.period.map_or(idx as f64, |period| period.begin() as f64 / 1440.0)
        };
        self.channels.slots.iter().enumerate().map(place).collect()
    }

    /// What the author wrote beside the data, drawn over a ruler whose slots stand at these places.
    pub(crate) fn annotate(&self, scene: &mut Scene, ruler: &Ruler, places: &[f64]) {
        crate::guide::annotation::draw(self, scene, ruler, places);
    }
}
