//! What is an answer: a number with what it is, a change, an extreme, a text, a lack?

use encart_table::decimal::write_plain;
use encart_table::expr::ExprError;
use encart_table::locale::write_list;
use encart_table::sum::fifteen_digits;
use encart_table::{Grain, Hedge, Lang, NumberFormat, Period, Why};

use super::parse::trouble;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    /// As the data have it, or computed.
    Measure,
    /// From 0 to 100; its unit begins with `%`.
    Percent,
    /// A percentage that was computed here: its digits have no end.
    Share,
    /// A difference of percentages.
    Points,
    /// A rank among so many.
    Rank(usize),
}

/// A number with what it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: f64,
    pub(crate) unit: Option<String>,
    pub(crate) hedge: Option<Hedge>,
    pub(crate) nature: Nature,
    /// How many values that are not known it leaves out.
    pub(crate) n_unknown: usize,
}

/// What the data answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    Number(Number),
    /// From one number to another.
    Change(Number, Number),
    /// A number and the places that have it.
    Extreme(Number, Vec<String>),
    Text(String),
    Period(Period),
    Truth(bool),
    /// No value.
    Missing(Lack),
}

/// Why there is no value, and what the file prints in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lack {
    pub(crate) why: Why,
    pub(crate) printed: Option<String>,
}

impl Lack {
    /// What is printed, or the reason in the reader's words.
    pub(crate) fn words(&self, lang: Lang) -> String {
        self.printed.clone().unwrap_or_else(|| self.why.words(lang).to_string())
    }

    /// Of what is computed from a bound nothing is printed.
    pub(crate) fn computed(self) -> Lack {
        Lack { printed: None, ..self }
    }
}

impl From<Why> for Answer {
    fn from(why: Why) -> Answer {
        Answer::Missing(Lack { why, printed: None })
    }
}

impl Answer {
    /// Its number, or why there is none.
    ///
    /// # Errors
    /// It is no number at all.
    pub(crate) fn number(self, at: usize) -> Result<Result<Number, Lack>, ExprError> {
        let is_no_number = |fr: String, en: String| {
            Err(trouble(at, format!("{fr} n’est pas un nombre."), format!("{en} is not a number.")))
        };
        match self {
            Answer::Number(number) | Answer::Extreme(number, _) => Ok(Ok(number)),
            Answer::Change(from, to) => Ok(Ok(difference(&from, &to))),
            Answer::Missing(lack) => Ok(Err(lack.computed())),
            // five years are 2024 less 2019
            Answer::Period(period) if period.grain == Grain::Year => {
                Ok(Ok(Number::plain(f64::from(period.ymd().year))))
            }
            Answer::Period(_) => is_no_number("une date".to_string(), "a date".to_string()),
            Answer::Text(text) => is_no_number(
                format!("« {text} » est un texte (une colonne s’écrit sans guillemets, ou entre accents graves) et"),
                format!("“{text}” is a text (a column is written without quotes, or between back quotes) and"),
            ),
            Answer::Truth(_) => is_no_number("une condition".to_string(), "a condition".to_string()),
        }
    }

    /// In words for the list of what was read.
    pub(crate) fn words(&self, lang: Lang) -> String {
        match self {
            Answer::Number(number) => number.words(lang),
            Answer::Extreme(number, labels) => {
                [number.words(lang).as_str(), " (", &write_list(labels, lang), ")"].concat()
            }
            Answer::Change(from, to) => [from.words(lang).as_str(), " → ", &to.words(lang)].concat(),
            Answer::Missing(lack) => lack.words(lang),
            Answer::Text(text) => text.clone(),
            Answer::Period(period) => encart_table::locale::write_period(*period, lang),
            Answer::Truth(truth) => if *truth { lang.pick("oui", "yes") } else { lang.pick("non", "no") }.to_string(),
        }
    }
}

impl Number {
    /// A number alone.
    pub(crate) fn plain(value: f64) -> Number {
        Number::with_unit(value, None)
    }

    /// A number of a unit: a percentage when the unit is one.
    pub(crate) fn with_unit(value: f64, unit: Option<String>) -> Number {
        let is_percent = unit.as_deref().is_some_and(|unit| unit.starts_with('%'));
        let nature = if is_percent { Nature::Percent } else { Nature::Measure };
        Number { value, unit, hedge: None, nature, n_unknown: 0 }
    }

    /// A percentage that was computed.
    pub(crate) fn share(value: f64) -> Number {
        Number { nature: Nature::Share, ..Number::with_unit(fifteen_digits(value), Some("%".to_string())) }
    }

    /// Whether it is of a hundred.
    pub(crate) fn is_percent(&self) -> bool {
        matches!(self.nature, Nature::Percent | Nature::Share)
    }

    /// Whether nothing says what it counts.
    pub(crate) fn is_bare(&self) -> bool {
        self.unit.is_none() && self.nature != Nature::Points
    }

    /// As it stands in a list of what was read.
    pub(crate) fn words(&self, lang: Lang) -> String {
        let written = NumberFormat::full(&[self.value], self.unit.as_deref(), lang).write(self.value);
        self.hedge.as_ref().map_or(written.clone(), |hedge| hedge.write(&written, lang))
    }

    /// Whether two may be compared or added.
    ///
    /// # Errors
    /// Their units differ.
    pub(crate) fn agrees(&self, other: &Number, at: usize) -> Result<(), ExprError> {
        let is_points = |number: &Number| number.nature == Nature::Points;
        let is_same = is_points(self) == is_points(other) && self.unit == other.unit;
        if is_same || self.is_bare() || other.is_bare() {
            return Ok(());
        }
        let unit = |number: &Number| match number.nature {
            Nature::Points => "points".to_string(),
            _ => number.unit.clone().unwrap_or_else(|| write_plain(number.value)),
        };
        let (one, two) = (unit(self), unit(other));
        Err(trouble(
            at,
            format!(
                "« {one} » et « {two} » ne se comparent ni ne s’additionnent : convertissez avec une étape « derive »."
            ),
            format!("“{one}” and “{two}” are neither compared nor added: convert with a “derive” step."),
        ))
    }
}

/// From one number to another, in the unit of the second; between percentages, points.
pub(crate) fn difference(from: &Number, to: &Number) -> Number {
    let value = fifteen_digits(to.value - from.value);
    let number = Number { value, hedge: weaker(from, to), n_unknown: from.n_unknown.max(to.n_unknown), ..to.clone() };
    match to.nature {
        Nature::Percent | Nature::Share => Number { unit: None, nature: Nature::Points, ..number },
        // a difference of ranks is no rank
        Nature::Rank(_) => Number { nature: Nature::Measure, ..number },
        _ => number,
    }
}

/// What is computed from two numbers is as unsure as the least sure.
pub(crate) fn weaker(one: &Number, other: &Number) -> Option<Hedge> {
    let rank = |number: &Number| number.hedge.as_ref().map_or(0, Hedge::rank);
    Hedge::of_rank(rank(one).max(rank(other)))
}
