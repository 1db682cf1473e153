//! What can a cell hold, and why does it hold nothing?

use crate::day::Period;
use crate::locale::Lang;
use crate::table::lower;

/// Why a cell is not a value. A missing value is never a zero; it keeps its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Nothing was written.
    Empty,
    /// `n.d.`, `NA`, `-`: not available.
    NotAvailable,
    /// `NC`: not communicated.
    NotCommunicated,
    /// `s`, `secret`: hidden by statistical secrecy.
    Secret,
    /// `s.o.`, `sans objet`: the question does not apply.
    NotApplicable,
    /// `n.s.`: not significant.
    NotSignificant,
    /// `< 11`, `50 à 80`: only a bound is known. The cell keeps what it prints (`Hedge::Bound`).
    Bounded,
    /// Something is written that is not a value of the column's type.
    Unreadable,
    /// No row said anything of this combination.
    Absent,
    /// A computation had no result (a missing operand, a division by zero).
    Undefined,
}

impl Why {
    /// The reason a cell's text gives, for a cell of a column of numbers or dates.
    /// Tokens: INSEE and ministerial conventions (`s` and `///`), spreadsheets (`#N/A`), national schemas (`NC`).
    pub fn from_token(text: &str) -> Option<Why> {
        let token = text.trim();
        if token.is_empty() {
            return Some(Why::Empty);
        }
        // most cells are numbers, and no reason begins with a digit
        if token.starts_with(|first: char| first.is_ascii_digit()) || token.chars().count() > 16 {
            return None;
        }
        Some(match token.chars().map(lower).collect::<String>().as_str() {
            "na" | "n/a" | "#n/a" | "#na" | "null" | "none" | "nan" | "-" | "--" | "–" | "—" | "?" | "." | ".."
            | "..." | "…" | "nd" | "n.d." | "n.d" | "n/d" | "nr" | "non renseigné" | "inconnu" | "non disponible" => {
                Why::NotAvailable
            }
            "nc" | "n.c." | "n.c" | "n/c" | "non communiqué" => Why::NotCommunicated,
            "s" | "c" | "secret" | "secret stat." | "///" => Why::Secret,
            "so" | "s.o." | "s/o" | "sans objet" | "x" => Why::NotApplicable,
            "ns" | "n.s." | "ε" => Why::NotSignificant,
            _ => return None,
        })
    }

    /// The reason that a word or a code in a column of status gives (SDMX: L and M missing, O missing value, Q suppressed).
    pub fn from_status(word: &str) -> Option<Why> {
        match word.trim() {
            "L" | "M" | "O" => Some(Why::NotAvailable),
            "Q" => Some(Why::Secret),
            word => Why::from_token(word),
        }
    }

    /// How a file says the reason, so that a reader finds it again.
    pub fn token(self) -> &'static str {
        match self {
            Why::Empty | Why::Absent => "",
            Why::NotAvailable | Why::Unreadable | Why::Undefined | Why::Bounded => "n.d.",
            Why::NotCommunicated => "NC",
            Why::Secret => "secret",
            Why::NotApplicable => "sans objet",
            Why::NotSignificant => "n.s.",
        }
    }

    /// The reason in the reader's words, as it stands in a table cell.
    pub fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Why::Empty => ("non renseigné", "not given"),
            Why::NotAvailable => ("non disponible", "not available"),
            Why::NotCommunicated => ("non communiqué", "not communicated"),
            Why::Secret => ("secret statistique", "statistical secrecy"),
            Why::NotApplicable => ("sans objet", "not applicable"),
            Why::NotSignificant => ("non significatif", "not significant"),
            Why::Bounded => ("une borne seulement", "only a bound"),
            Why::Unreadable => ("illisible", "unreadable"),
            Why::Absent => ("pas de donnée", "no data"),
            Why::Undefined => ("non calculable", "cannot be computed"),
        };
        lang.pick(fr, en)
    }
}

/// How many cells have no value, by reason: `12 (secret statistique), 3 (non disponible)`.
pub fn say_counts(counts: &[(Why, usize)], lang: Lang) -> String {
    let parts = counts.iter().map(|(why, count)| format!("{count} ({})", why.words(lang)));
    parts.collect::<Vec<_>>().join(", ")
}

/// One cell, borrowed from its column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// A number, in the column's unit.
    Number(f64),
    /// A day, month, quarter, year … with its grain.
    Period(Period),
    /// Words or a code, as written.
    Text(&'a str),
    /// No value, and why.
    Missing(Why),
}

impl Value<'_> {
    /// The number, when it is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Value::Number(value) => Some(value),
            _ => None,
        }
    }

    /// Whether there is no value.
    pub fn is_missing(self) -> bool {
        matches!(self, Value::Missing(_))
    }
}
