//! How are the cells of a column written, compared and searched?

use super::geometry;
use encart_chart::tabular::name_and;
use encart_table::locale::write_period;
use encart_table::table::fold;
use encart_table::{Column, Lang, NumberFormat, Value, Why};

/// How a column is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// Its name with its unit: `Montant (€)`.
    pub(super) head: String,
    /// Its name, as the public reads it.
    pub(super) name: String,
    /// How its numbers are written.
    pub(super) format: NumberFormat,
    /// Its least and its largest number, and zero: what a bar is measured by.
    pub(super) span: (f64, f64),
    /// Whether its words are codes, to be ordered letter by letter: `2A` stands between `29` and `30`.
    is_code: bool,
    /// Whether most of its cells are empty: words that are written where there is something to say.
    pub(super) is_sparse: bool,
}

impl Shown {
    /// Looks at a column; the label and the unit are the author's, the unit for a column whose own is not known.
    pub(super) fn of(column: &Column, label: Option<&str>, unit: Option<&str>, lang: Lang) -> Shown {
        let numbers: Vec<f64> = column.values().filter_map(Value::number).collect();
        let unit = column.unit.as_deref().or(unit.filter(|_| column.is_number()));
        let is_code =
            column.values().any(|value| matches!(value, Value::Text(text) if text.starts_with('0') && text.len() > 1));
        Shown {
            head: label.map_or_else(|| name_and(&column.name, unit), str::to_string),
            name: label.unwrap_or(&column.name).to_string(),
            format: NumberFormat::full(&numbers, unit, lang),
            span: numbers.iter().fold((0.0, 0.0), |(least, most), number| (number.min(least), number.max(most))),
            is_code,
            is_sparse: is_sparse(column),
        }
    }

    /// A cell as it is read: a number without its unit, which the head says; the reason where there is no value.
    pub(super) fn cell(&self, column: &Column, row_idx: usize) -> String {
        let lang = self.format.lang;
        match (column.value(row_idx), column.hedge(row_idx)) {
            (Value::Missing(_), Some(hedge)) => hedge.words(lang).to_string(),
            (Value::Missing(why), None) => why.words(lang).to_string(),
            (Value::Number(number), hedge) => {
                let words = self.format.write_bare(number);
                hedge.map_or(words.clone(), |hedge| hedge.write(&words, lang))
            }
            (Value::Period(period), _) => write_period(period, lang),
            (Value::Text(text), _) => geometry::words(text, lang).unwrap_or_else(|| text.to_string()),
        }
    }

    /// A cell as it is searched: without case and accents, a number without its spaces.
    pub(super) fn haystack(&self, column: &Column, row_idx: usize, words: &mut String) {
        let cell = self.cell(column, row_idx);
        let folded = fold(&cell);
        match column.is_number() {
            true => words.extend(folded.chars().filter(|letter| !letter.is_whitespace())),
            false => words.push_str(&folded),
        }
        words.push('\n');
    }

    /// What orders the words of a column: letters without case and accents, numbers in them by their size.
    pub(super) fn key(&self, text: &str) -> String {
        let folded = fold(text);
        if self.is_code || !folded.bytes().any(|byte| byte.is_ascii_digit()) {
            return folded;
        }
        let mut key = String::with_capacity(folded.len() + 4);
        let mut rest = folded.as_str();
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_digit() {
                let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
                let (digits, after) = rest.split_at(end);
                let digits = digits.trim_start_matches('0');
                // how long it is decides first
                key.push(char::from(b'0' + digits.len().min(9) as u8));
                key.push_str(digits);
                rest = after;
            } else {
                key.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
        key
    }
}

/// Whether it holds words, and most of its cells are empty.
fn is_sparse(column: &Column) -> bool {
    let n_empty = column.values().filter(|value| matches!(value, Value::Missing(Why::Empty))).count();
    !column.is_number() && !column.is_period() && n_empty * 2 > column.n_rows()
}
