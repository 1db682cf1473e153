//! How is the date or the place of a value written?

use encart_table::locale::write_period;
use encart_table::{Grain, Lang, Period, Value};

use crate::sentence::facts::Measure;

/// A date or a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Where {
    Date(Period),
    /// From the first to the last, of what is computed from several.
    Dates(Period, Period),
    Name(String),
}

/// What a row is of.
pub(super) fn place(measure: &Measure<'_>, row_idx: usize, lang: Lang) -> Where {
    match measure.places.value(row_idx) {
        Value::Period(period) => Where::Date(period),
        _ => Where::Name(measure.label(row_idx, lang)),
    }
}

/// What the extreme of a column is of: the row of this label, or all of several.
pub(super) fn place_of_labels(measure: &Measure<'_>, labels: &[String], lang: Lang) -> Where {
    let of_label = |row_idx: &usize| labels.len() == 1 && labels.contains(&measure.label(*row_idx, lang));
    match (0..measure.table.n_rows()).find(of_label) {
        Some(row_idx) => place(measure, row_idx, lang),
        None => Where::Name(labels.join(", ")),
    }
}

/// From the first to the last date of the rows that have a value.
pub(super) fn span(measure: &Measure<'_>) -> Option<Where> {
    let period = |row_idx: usize| match (measure.places.value(row_idx), measure.column.value(row_idx)) {
        (Value::Period(period), Value::Number(_)) => Some(period),
        _ => None,
    };
    let periods = || (0..measure.table.n_rows()).filter_map(period);
    let (from, to) = (periods().min()?, periods().max()?);
    Some(if from == to { Where::Date(from) } else { Where::Dates(from, to) })
}

impl Where {
    /// `en 2024`, `en mars 2024`, `le 31 mars 2024`; a name as it is.
    pub(super) fn at(&self, lang: Lang) -> String {
        self.after(lang, ["en ", "au "], ["in ", "on "])
    }

    /// `depuis 2019`, `depuis le 31 mars 2024`.
    pub(super) fn since(&self, lang: Lang) -> String {
        self.after(lang, ["depuis ", "depuis le "], ["since ", "since "])
    }

    /// As it is.
    pub(super) fn bare(&self, lang: Lang) -> String {
        self.after(lang, ["", ""], ["", ""])
    }

    fn after(&self, lang: Lang, fr: [&str; 2], en: [&str; 2]) -> String {
        let dated = |period: &Period, [in_year, on_day]: [&str; 2]| {
            let is_long = matches!(period.grain, Grain::Year | Grain::Month | Grain::SchoolYear);
            [if is_long { in_year } else { on_day }, &write_period(*period, lang)].concat()
        };
        match self {
            Where::Name(name) => name.clone(),
            Where::Date(period) => dated(period, lang.pick(fr, en)),
            Where::Dates(from, to) => {
                let from = dated(from, lang.pick(["de ", "du "], ["from ", "from "]));
                [from, " ".into(), dated(to, lang.pick(["à ", "au "], ["to ", "to "]))].concat()
            }
        }
    }
}
