//! Units: those that a header names, and those that stand beside the numbers of cells.

use crate::day::read_month;
use crate::table::is_letter;

/// Units that a cell may carry after or, for currencies, before its number, whatever the other cells say.
const IN_CELLS: [&str; 15] =
    ["Md€", "M€", "k€", "K€", "€", "EUR", "euros", "%", "‰", "°C", "$", "£", "USD", "GBP", "CHF"];

/// A unit of at most fifteen bytes, as a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    bytes: [u8; 15],
    n_bytes: u8,
}

impl Unit {
    /// The unit of these words; none of longer ones.
    pub fn new(words: &str) -> Option<Unit> {
        let mut bytes = [0; 15];
        bytes.get_mut(..words.len())?.copy_from_slice(words.as_bytes());
        Some(Unit { bytes, n_bytes: words.len() as u8 })
    }

    /// Its words.
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.n_bytes)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// The unit written the way the library writes it.
pub fn canonical(unit: &str) -> &str {
    match unit {
        "EUR" | "euros" | "euro" | "Euros" => "€",
        "K€" => "k€",
        "USD" => "$",
        "GBP" => "£",
        "pourcent" | "pct" | "pour cent" => "%",
        "pt" | "pts" | "point" => "points",
        other => other,
    }
}

/// Splits a cell into its number and its unit: `1 234 €` is `("1 234", Some("€"))`.
pub fn split_cell(cell: &str) -> (&str, Option<&'static str>) {
    let cell = cell.trim();
    // most cells are numbers alone
    if let ([b'0'..=b'9', ..], [.., b'0'..=b'9']) = (cell.as_bytes(), cell.as_bytes()) {
        return (cell, None);
    }
    for unit in IN_CELLS {
        let number = cell.strip_suffix(unit).or_else(|| cell.strip_prefix(unit));
        if let Some(number) = number {
            return (number.trim(), Some(canonical(unit)));
        }
    }
    (cell, None)
}

/// A number and the words behind it, with a space between: `1 250 €/m²` is `("1 250", "€/m²")`. None without words, or
/// when they hold another number or a month (`12 à 20`, `12 janvier`); a figure within a unit is one (`m2`, `CO2`).
pub fn split_words(cell: &str) -> Option<(&str, &str)> {
    let is_of_number = |letter: char| {
        letter.is_ascii_digit() || letter.is_whitespace() || matches!(letter, ',' | '.' | '-' | '+' | '−' | '\'' | '’')
    };
    let cell = cell.trim();
    let at = cell.find(|letter| !is_of_number(letter))?;
    let (number, words) = cell.split_at_checked(at)?;
    let has_gap = number.ends_with(char::is_whitespace) || words.starts_with(['€', '$', '£', '°', '%', 'µ']);
    let mut before = ' ';
    let is_plain = words.chars().all(|letter| {
        let fits = !letter.is_ascii_digit() || is_letter(before) || before.is_ascii_digit() && before != '0';
        before = letter;
        fits && !matches!(letter, '(' | '*' | '[' | '=' | ':' | ';')
    });
    let is_month = words.split(' ').any(|word| read_month(word.trim_end_matches('.')).is_some());
    (has_gap && is_plain && !is_month && !number.trim().is_empty()).then_some((number.trim(), words.trim()))
}

/// The unit that all numbers of a column carry, known or not: of `30 km/h`, `50 km/h` it is `km/h`. A third of the cells
/// may be numbers alone. None when they carry different ones, when a cell is neither, or when one cell alone has words.
pub fn shared_unit(written: &[&str], is_number: &dyn Fn(&str) -> bool) -> Option<Unit> {
    let mut found: Option<&str> = None;
    let mut n_with = 0;
    for cell in written {
        match split_words(cell) {
            Some((number, words)) if is_number(number) && found.is_none_or(|found| is_same(found, words)) => {
                // of `0,5 pt` and `2 pts` the longer
                found = found.filter(|found| found.len() >= words.len()).or(Some(words));
                n_with += 1;
            }
            _ if is_number(cell) => {}
            _ => return None,
        }
    }
    // an address, a floor
    const NO_UNITS: [&str; 14] = [
        "rue", "bis", "ter", "quater", "av", "av.", "avenue", "bd", "place", "chemin", "route", "impasse", "allée",
        "lot",
    ];
    let is_hedge =
        |words: &str| words.chars().count() == 1 && words.chars().all(|letter| "bcdefinprsuz".contains(letter));
    (n_with > 1 && n_with * 3 >= written.len() * 2)
        .then_some(found)
        .flatten()
        .filter(|words| !is_hedge(words) && !words.split(' ').any(|word| NO_UNITS.contains(&word)))
        .and_then(|words| Unit::new(canonical(words)))
}

/// Whether two words are one unit, in the singular or in the plural.
pub fn is_same(one: &str, other: &str) -> bool {
    canonical(one) == canonical(other) || crate::locale::singular(one) == crate::locale::singular(other)
}

/// The unit a header names in brackets at its end: `Montant (k€)`, `Part [%]`, `2023 (en %)`.
/// A bracket that is not a known unit is part of the name.
pub fn from_header(header: &str) -> Option<String> {
    let header = header.trim();
    let (open, close) = if header.ends_with(')') { ('(', ')') } else { ('[', ']') };
    from_brackets(header.strip_suffix(close)?.rsplit_once(open)?.1)
}

/// The unit of a cell of a line of units: `(k€)`, `%`, `en euros`.
pub fn of_line(cell: &str) -> Option<String> {
    let cell = cell.trim();
    let inside = cell.strip_prefix(['(', '[']).and_then(|rest| rest.strip_suffix([')', ']']));
    from_brackets(inside.unwrap_or(cell))
}

fn from_brackets(inside: &str) -> Option<String> {
    const KNOWN: [&str; 44] = [
        "k€",
        "M€",
        "Md€",
        "€",
        "€/hab.",
        "€/hab",
        "%",
        "‰",
        "kWh",
        "MWh",
        "GWh",
        "kW",
        "MW",
        "km",
        "m",
        "m²",
        "m³",
        "ha",
        "km²",
        "t",
        "kg",
        "hab.",
        "tCO2e",
        "°C",
        "kWh/m²",
        "€/m²",
        "€/m³",
        "€/t",
        "kg/hab.",
        "kg/hab",
        "mm",
        "cm",
        "hab/km²",
        "hab./km²",
        "µg/m³",
        "mg/l",
        "l",
        "h",
        "TWh",
        "GW",
        "km/h",
        "points",
        "$",
        "dB(A)",
    ];
    let inside = inside.trim();
    let inside = inside.strip_prefix("en ").unwrap_or(inside).trim();
    let unit = match inside {
        "m2" => "m²",
        "m3" => "m³",
        other => canonical(other),
    };
    KNOWN.iter().find(|known| **known == unit).map(|known| known.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_names_its_unit() {
        for (header, unit) in [
            ("Montant (k€)", Some("k€")),
            ("2023 (%)", Some("%")),
            ("Part (en %)", Some("%")),
            ("Surface [ha]", Some("ha")),
            ("Dépense (euros)", Some("€")),
            ("consommation (kWh/m²)", Some("kWh/m²")),
            ("Commune (chef-lieu)", None),
            ("montant", None),
        ] {
            assert_eq!(from_header(header).as_deref(), unit, "{header}");
        }
    }

    #[test]
    fn a_unit_that_all_cells_carry_is_theirs() {
        let is_number = |text: &str| crate::number::read_number(text, crate::number::Mark::Comma).is_some();
        for (cells, unit) in [
            (&["1 250 €/m²", "1 900 €/m²"][..], Some("€/m²")),
            (&["30 km/h", "50 km/h", "70 km/h"], Some("km/h")),
            (&["+2,5 pts", "-0,5 pt"], Some("points")),
            (&["800 m2", "75,5 m2"], Some("m2")),
            (&["12 µg/m³", "9 µg/m³", "7"], Some("µg/m³")),
            (&["12 km", "800 m"], None),
            (&["12 rue Foch", "3 rue du Pont"], None),
            (&["12 janvier", "13 janvier"], None),
            (&["12 à 20", "13 à 20"], None),
            (&["2 bis", "10", "12"], None),
            (&["12A", "13A"], None),
            (&["12 b", "13 b"], None),
        ] {
            assert_eq!(shared_unit(cells, &is_number).as_ref().map(Unit::as_str), unit, "{cells:?}");
        }
    }
}
