//! What can a cell hold, and why does it hold nothing?

use crate::day::Period;
use crate::locale::Lang;
use crate::table::{join, lower};

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
    /// `#DIV/0!`, `#REF!`, `########`: a spreadsheet could not compute or show it.
    SpreadsheetError,
    /// Something is written that is not a value of the column's type.
    Unreadable,
    /// No row said anything of this combination.
    Absent,
    /// A computation had no result (a missing operand, a division by zero).
    Undefined,
}

impl Why {
    /// The reason a cell's text gives, for a cell of a column of numbers or dates.
    /// Tokens: the signs of INSEE's publications, as they stand below its tables (`///` no result by the nature of things,
    /// `…` not available, `n.s.` not significant, `s` and `c` secrecy), Eurostat's (`:`), spreadsheets (`#N/A`), programs
    /// (`\\N`, `<NA>`, `NaT`), national schemas (`NC`).
    pub fn from_token(text: &str) -> Option<Why> {
        let token = text.trim();
        if token.is_empty() {
            return Some(Why::Empty);
        }
        // most cells are numbers, and no reason begins with a digit
        if token.starts_with(|first: char| first.is_ascii_digit()) || token.len() > 24 {
            return None;
        }
        if is_spreadsheet_error(token) {
            return Some(Why::SpreadsheetError);
        }
        Some(match token.chars().map(lower).collect::<String>().as_str() {
            "na" | "n/a" | "<na>" | "n.a." | "null" | "(null)" | "none" | "nan" | "nat" | "\\n" | "-" | "--" | "–"
            | "—" | "?" | "." | ".." | "..." | "…" | ":" | "*" | "//" | "inf" | "nd" | "n.d." | "n.d" | "n/d"
            | "nr" | "n/r" | "n.r." | "nsp" | "vide" | "néant" | "neant" | "non renseigné" | "non renseignée"
            | "inconnu" | "inconnue" | "indisponible" | "non disponible" | ": u" | "/" => Why::NotAvailable,
            "nc" | "[nc]" | "[nd]" | "non diffusible" | "n.c." | "n.c" | "n/c" | "non communiqué"
            | "non communiquée" => Why::NotCommunicated,
            "s" | "c" | "(s)" | "(c)" | "secret" | "secret stat." | "secret statistique" | ": c" => Why::Secret,
            "///" | "so" | "s.o." | "s.o" | "s/o" | "sans objet" | "x" | ": z" => Why::NotApplicable,
            "ns" | "n.s." | "n.s" | "ε" | "non significatif" => Why::NotSignificant,
            _ => return None,
        })
    }

    /// The reason that a cell of a column of words gives: only what programs write in the place of nothing.
    pub fn from_program(text: &str) -> Option<Why> {
        match text {
            "" => Some(Why::Empty),
            "\\N" | "<NA>" | "NaN" | "nan" | "NaT" | "null" | "NULL" | "(null)" => Some(Why::NotAvailable),
            text if is_spreadsheet_error(text) => Some(Why::SpreadsheetError),
            _ => None,
        }
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
            Why::NotAvailable | Why::SpreadsheetError | Why::Unreadable | Why::Undefined | Why::Bounded => "n.d.",
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
            Why::SpreadsheetError => ("erreur de tableur", "spreadsheet error"),
            Why::Unreadable => ("illisible", "unreadable"),
            Why::Absent => ("pas de donnée", "no data"),
            Why::Undefined => ("non calculable", "cannot be computed"),
        };
        lang.pick(fr, en)
    }
}

/// `#DIV/0!`, `#VALEUR !`, `#NOM?`, `#N/D`, `Err:502`, and the signs that fill a cell too narrow for its number.
/// Names: Excel's and LibreOffice's lists of error values, in French and in English.
fn is_spreadsheet_error(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix("Err:") {
        return rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_digit());
    }
    // `#DIV/0!`, `#VALEUR !`, `#NOM?`, `#N/A`, `#####`
    let is_of_name = |byte: u8| byte.is_ascii_uppercase() || matches!(byte, b'#' | b'/' | b'0' | b'!' | b'?' | b' ');
    text.len() > 2 && text.starts_with('#') && text.bytes().all(is_of_name)
}

/// How many cells have no value, by reason: `12 (secret statistique), 3 (non disponible)`.
pub fn say_counts(counts: &[(Why, usize)], lang: Lang) -> String {
    let parts = counts.iter().map(|(why, count)| format!("{count} ({})", why.words(lang)));
    join(&parts.collect::<Vec<_>>(), ", ")
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
