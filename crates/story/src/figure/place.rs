//! How is the date or the place of a value written?

use encart_table::{Grain, Lang, Period, Value};

use crate::sentence::facts::Measure;

/// A date or a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Where {
    Date(Period),
    Name(String),
}

/// What a row is of.
pub(super) fn place(measure: &Measure<'_>, row_idx: usize, lang: Lang) -> Where {
    match measure.places.value(row_idx) {
        Value::Period(period) => Where::Date(period),
        _ => Where::Name(measure.label(row_idx, lang)),
    }
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
        match self {
            Where::Name(name) => name.clone(),
            Where::Date(period) => {
                let [in_year, on_day] = lang.pick(fr, en);
                let before = if matches!(period.grain, Grain::Year | Grain::Month | Grain::SchoolYear) {
                    in_year
                } else {
                    on_day
                };
                [before, &encart_table::locale::write_period(*period, lang)].concat()
            }
        }
    }
}
