//! The data of a chart, bound to its channels, before any pixel; with what was decided of the picture on the way.

mod bind;
mod cells;
mod columns;
mod order;
mod points;
mod unused;
mod whole;

use encart_table::{Hedge, NumberFormat, Period, Why};

pub use bind::bind;

use crate::spec::{Kind, Layout, Stretch};

/// A place on the x channel: a category, a period, a class, or of points one row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Slot {
    /// As the reader reads it.
    pub label: String,
    /// The period, when x is time.
    pub period: Option<Period>,
    /// Of points, which group it belongs to.
    pub group: usize,
    /// Of a class of numbers, from where to where.
    pub edges: Option<(f64, f64)>,
    /// Of a waterfall, whether it is what the steps before add up to.
    pub is_total: bool,
}

/// What a series is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// It is drawn as the kind says.
    #[default]
    Value,
    /// A line beside bars.
    Line,
    /// The lower end of a range around the values.
    Lower,
    /// Its upper end.
    Upper,
    /// Of points, where they are along x.
    Across,
    /// Of points, their area.
    Size,
    /// Of boxes, a quantile other than the median.
    Quantile,
    /// The visitor has left it out.
    Hidden,
}

/// One value a slot, or why there is none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its values, in the order of the slots.
    pub values: Vec<Result<f64, Why>>,
    /// What cells say beside their value, in the same order; empty when none says anything.
    pub hedges: Vec<Option<Hedge>>,
    /// What it is for.
    pub role: Role,
    /// Which of the theme's colours is its own; none for what is grey.
    pub color: Option<usize>,
    /// Which small chart it is in.
    pub facet: usize,
    /// Whether its dates are joined over those that only others have.
    pub are_milestones: bool,
    /// How its values are written in full, when not as those of the others.
    pub own_format: Option<NumberFormat>,
}

impl Series {
    /// Whether it is a line on a scale that is not that of the bars.
    pub(crate) fn has_own_axis(&self) -> bool {
        self.role == Role::Line && self.own_format.is_some()
    }

    /// The values that are known.
    pub fn known(&self) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().filter_map(|value| value.ok())
    }

    /// Its value at a slot.
    pub fn at(&self, slot_idx: usize) -> Option<f64> {
        self.values.get(slot_idx)?.ok()
    }

    /// The known values with their slots.
    pub fn placed(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.values.iter().enumerate().filter_map(|(idx, value)| value.ok().map(|value| (idx, value)))
    }
}

/// The data of a chart, bound to its channels: no pixel yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Channels {
    /// The kind that is drawn: the author's, or the one that the data allow.
    pub kind: Kind,
    /// The name of the x column.
    pub x_name: String,
    /// The unit of x, when it is a number.
    pub x_unit: Option<String>,
    /// What a slot is: x, or of points the column that names them.
    pub slot_name: String,
    /// The slots, in drawing order.
    pub slots: Vec<Slot>,
    /// Whether x is time.
    pub is_time: bool,
    /// The series, in drawing order: the first at the base of a stack.
    pub series: Vec<Series>,
    /// The name of what is measured.
    pub y_name: String,
    /// The name of the column that makes series; empty when there is one series.
    pub color_name: String,
    /// How several series stand together.
    pub layout: Layout,
    /// How values become lengths, in the end.
    pub stretch: Stretch,
    /// The slots before which what is measured changes: nothing is computed across.
    pub breaks: Vec<usize>,
    /// Whether each slot has a value of one series alone.
    pub is_keyed: bool,
    /// How values are written in the picture.
    pub format: NumberFormat,
    /// How values are written in the table, in the tooltip and aloud.
    pub full: NumberFormat,
    /// The names merged into "Autres", with none when nothing was merged.
    pub merged: Vec<String>,
    /// The notes that stood below the data.
    pub footnotes: Vec<String>,
    /// Of points, the names of their groups; none when they are all alike.
    pub groups: Vec<String>,
    /// The names of the small charts; none when there is one.
    pub facets: Vec<String>,
}

impl Channels {
    /// The series that are drawn as the kind says, with their places.
    pub fn values(&self) -> impl Iterator<Item = (usize, &Series)> {
        self.series.iter().enumerate().filter(|(_, series)| series.role == Role::Value)
    }

    /// Of boxes, whether a slot has too few values for quartiles: of three the median is still one of them.
    pub(crate) fn is_few(&self, slot_idx: usize) -> bool {
        const LEAST: f64 = 4.0;
        let count = self.of_role(Role::Size).and_then(|(_, counts)| counts.at(slot_idx));
        self.kind == Kind::Box && count.is_some_and(|count| count < LEAST)
    }

    /// Whether a series says something of a slot: of few values a box has no quartile but its ends; a part belongs to one
    /// group and a flow has one end, so that the others lack nothing, nor do milestones between their dates.
    pub(crate) fn is_told(&self, series_idx: usize, slot_idx: usize) -> bool {
        let Some(series) = self.series.get(series_idx) else { return false };
        match self.kind {
            Kind::Box => {
                let is_end =
                    series_idx == 0 || self.series.get(series_idx + 1).is_none_or(|next| next.role == Role::Size);
                series.role != Role::Quantile || is_end || !self.is_few(slot_idx)
            }
            _ if !series.values.get(slot_idx).is_some_and(|value| self.is_absent(value)) => true,
            Kind::Treemap | Kind::Sankey => false,
            _ => {
                // at a date of milestones alone the others lack nothing
                let mut others = self.values().filter(|(_, other)| other.at(slot_idx).is_some()).peekable();
                let is_of_milestones = others.peek().is_some() && others.all(|(_, other)| other.are_milestones);
                !self.is_keyed && !series.are_milestones && !is_of_milestones
            }
        }
    }

    /// Whether the dates of a series are further apart than those of the axis, and none of them lacks its value: years to
    /// reach beside years that were measured, a survey every other year.
    pub(crate) fn are_milestones(&self, series: &Series) -> bool {
        let mut next = None;
        self.is_time
            && self.kind.is_line()
            && self.kind != Kind::Area
            && series.known().nth(2).is_some()
            && self.slots.iter().zip(&series.values).all(|(slot, value)| match (value, slot.period) {
                (Ok(_), Some(period)) => {
                    let is_apart = next.is_none_or(|next| next < period);
                    next = Some(period.step(1));
                    is_apart
                }
                (value, _) => self.is_absent(value),
            })
    }

    /// Whether nobody speaks of a value: no row, or of columns side by side an empty cell.
    fn is_absent(&self, value: &Result<f64, Why>) -> bool {
        *value == Err(Why::Absent) || *value == Err(Why::Empty) && self.color_name.is_empty() && self.n_values() > 1
    }

    /// The ends of the range around a value: those of its series, or the only ones.
    pub(crate) fn ends(&self, series_idx: usize, slot_idx: usize) -> Option<(f64, f64)> {
        // most charts have no range, and ask for one at each value
        self.of_role(Role::Upper)?;
        let own = self.series.get(series_idx)?;
        let is_own = |series: &&Series| {
            let rest = series.name.strip_prefix(&own.name);
            series.facet == own.facet
                && (self.color_name.is_empty() || rest.is_some_and(|rest| rest.starts_with(BETWEEN)))
        };
        let end = |role| self.series.iter().filter(is_own).find(|series| series.role == role)?.at(slot_idx);
        Some((end(Role::Lower)?, end(Role::Upper)?))
    }

    /// How many of them there are.
    pub fn n_values(&self) -> usize {
        self.values().count()
    }

    /// The series of a role, if there is one.
    pub fn of_role(&self, role: Role) -> Option<(usize, &Series)> {
        self.series.iter().enumerate().find(|(_, series)| series.role == role)
    }

    /// The known values of a slot added up; none when none is known.
    pub fn total(&self, slot_idx: usize) -> Option<f64> {
        encart_table::sum::sum(self.values().filter_map(|(_, series)| series.at(slot_idx)))
    }

    /// Whether every series has a value in a slot: else its total is partial.
    pub fn is_whole(&self, slot_idx: usize) -> bool {
        self.values()
            .all(|(idx, series)| series.at(slot_idx).is_some() || self.is_keyed && !self.is_told(idx, slot_idx))
    }

    /// The total of which parts are shares: none when a part is missing, or when it is zero.
    pub fn whole(&self, slot_idx: usize) -> Option<f64> {
        self.total(slot_idx).filter(|total| self.is_whole(slot_idx) && *total > 0.0)
    }

    /// The part of a value in percent: in its slot's total, or in the one whole of a pie.
    pub fn share(&self, series_idx: usize, slot_idx: usize) -> Option<f64> {
        let value = self.series.get(series_idx)?.at(slot_idx)?;
        let whole = if self.kind.is_whole() { self.sum() } else { self.whole(slot_idx) };
        whole.map(|total| value / total * 100.0)
    }

    /// All values of a one-series chart added up; none when one is missing, or when that is zero.
    pub fn sum(&self) -> Option<f64> {
        let series = self.series.first()?;
        let is_known = series.values.iter().all(Result::is_ok);
        encart_table::sum::sum(series.known()).filter(|sum| is_known && *sum > 0.0)
    }

    /// Whether marks stand for shares of 100 %.
    pub fn is_percent(&self) -> bool {
        matches!(self.layout, Layout::Percent | Layout::Diverging) && self.n_values() > 1
    }

    /// Whether values stand on top of each other.
    pub fn is_stack(&self) -> bool {
        self.layout != Layout::Grouped && self.n_values() > 1
    }

    /// The same with every value as its share: what a picture of shares shows, and its summary says.
    pub(crate) fn as_shares(&self) -> Channels {
        let format = NumberFormat {
            lang: self.full.lang,
            unit: Some("%".into()),
            decimals: 1,
            scale: encart_table::locale::Scale::One,
        };
        let mut shares = Channels { format: format.clone(), full: format, ..self.clone() };
        for (series_idx, series) in shares.series.iter_mut().enumerate() {
            for (slot_idx, value) in series.values.iter_mut().enumerate() {
                *value = value.and_then(|_| self.share(series_idx, slot_idx).ok_or(Why::Undefined));
            }
        }
        shares
    }

    /// Keeps these slots, in this order.
    pub(crate) fn keep(&mut self, slots: &[usize]) {
        fn keep<T: Clone>(all: &mut Vec<T>, slots: &[usize]) {
            *all = slots.iter().filter_map(|idx| all.get(*idx).cloned()).collect();
        }
        keep(&mut self.slots, slots);
        for series in &mut self.series {
            keep(&mut series.values, slots);
            keep(&mut series.hedges, slots);
        }
    }

    /// What a cell says beside its value: that it is estimated, or the bound in its place.
    pub fn hedge(&self, series_idx: usize, slot_idx: usize) -> Option<&Hedge> {
        self.series.get(series_idx)?.hedges.get(slot_idx)?.as_ref()
    }

    /// Why a cell has no value: in words, or as its bound is printed.
    pub fn why_words(&self, series_idx: usize, slot_idx: usize, why: Why) -> &str {
        match self.hedge(series_idx, slot_idx) {
            Some(Hedge::Bound(printed)) => printed,
            _ => why.words(self.full.lang),
        }
    }

    /// How the values of a series are written in full.
    pub fn full_of(&self, series_idx: usize) -> &NumberFormat {
        self.series.get(series_idx).and_then(|series| series.own_format.as_ref()).unwrap_or(&self.full)
    }

    /// Whether a slot of a waterfall is what the steps before add up to.
    pub fn is_total(&self, slot_idx: usize) -> bool {
        self.slots.get(slot_idx).is_some_and(|slot| slot.is_total)
    }

    /// How the limits of classes are written.
    pub(crate) fn class_format(&self, limits: &[f64]) -> NumberFormat {
        NumberFormat::full(limits, self.x_unit.as_deref(), self.full.lang)
    }

    /// How places across are written on their axis.
    pub(crate) fn across_format(&self, ticks: &[f64]) -> NumberFormat {
        NumberFormat::for_values(ticks, self.x_unit.as_deref(), self.full.lang)
    }

    /// Whether there is no value at all.
    pub fn is_empty(&self) -> bool {
        let n_slots = self.slots.len();
        // of a stack that lacks a part everywhere nothing is drawn
        let is_hollow = self.is_stack()
            && !self.is_keyed
            && match self.kind {
                Kind::Area | Kind::Bar if self.is_percent() => {
                    !(0..n_slots).any(|slot_idx| self.whole(slot_idx).is_some())
                }
                Kind::Area => !(0..n_slots).any(|slot_idx| self.is_whole(slot_idx)),
                _ => false,
            };
        is_hollow || self.values().all(|(_, series)| series.known().next().is_none())
    }

    /// The name of a series in its small chart.
    pub(crate) fn short_name<'a>(&'a self, series: &'a Series) -> &'a str {
        let prefix = self.facets.get(series.facet).map_or("", String::as_str);
        let rest = series.name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix(BETWEEN));
        rest.unwrap_or(&series.name)
    }

    /// One of the small charts, with the places that its series have in the whole.
    pub(crate) fn facet(&self, facet: usize) -> (Channels, Vec<usize>) {
        let own = |(_, series): &(usize, &Series)| series.facet == facet;
        let series: Vec<(usize, &Series)> = self.series.iter().enumerate().filter(own).collect();
        let places = series.iter().map(|(idx, _)| *idx).collect();
        let short = |series: &Series| {
            let name = self.short_name(series).to_string();
            Series { name, facet: 0, ..series.clone() }
        };
        let series = series.into_iter().map(|(_, series)| short(series)).collect();
        (Channels { series, facets: Vec::new(), ..self.clone() }, places)
    }
}

/// What stands between the name of a small chart and that of its series.
pub(crate) const BETWEEN: &str = " · ";

/// The year of a slot, when x is time.
pub fn year(slot: &Slot) -> Option<i32> {
    slot.period.map(|period| period.ymd().year)
}
