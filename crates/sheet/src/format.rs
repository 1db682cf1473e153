//! How does a number format of a spreadsheet show a number: as a percentage, an amount, a date?
//!
//! ECMA-376, "Office Open XML File Formats", part 1, 18.8.30 and 18.8.31.

use encart_table::day::ymd_from_days;
use encart_table::decimal::{read_decimal, write_unmistakable};
use encart_table::sum::fifteen_digits;

/// What a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shown {
    #[default]
    Number,
    /// Hundred times the number, with the sign.
    Percent,
    /// A number with a unit beside it.
    With(&'static str),
    Year,
    Month,
    /// A day, with its hour when it has one.
    Day,
    /// An hour of the day.
    Hour,
    /// Hours and minutes, more than a day of them.
    Duration,
}

/// What a format that a workbook defines shows. Only the part for positive numbers is looked at.
pub(crate) fn read_format(code: &str) -> Shown {
    let shown = code.split(';').next().unwrap_or("");
    if ["general", "standard", "@"].contains(&shown.to_ascii_lowercase().as_str()) {
        return Shown::Number;
    }
    // what rules the number, and what is written beside it
    let (mut rule, mut beside, mut letters) = (String::new(), String::new(), shown.chars());
    let mut has_duration = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => beside.extend(letters.by_ref().take_while(|letter| *letter != '"')),
            '\\' => beside.extend(letters.next()),
            // room for a letter, and a letter as often as there is room
            '_' | '*' => drop(letters.next()),
            '[' => {
                let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                has_duration |= inside.starts_with(['h', 'H', 'm', 's']) && inside.len() <= 2;
                // `[$€-40C]`: a currency and a language
                let currency = inside.strip_prefix('$').and_then(|currency| currency.split('-').next());
                beside.push_str(currency.unwrap_or(""));
            }
            '€' => beside.push(letter),
            other => rule.push(other.to_ascii_lowercase()),
        }
    }
    let has = |letter: char| rule.contains(letter);
    // French formats write `jj/mm/aaaa`
    let (has_year, has_day) = (has('y') || rule.contains("aa"), has('d') || has('j'));
    match () {
        () if has_duration => Shown::Duration,
        () if has_day => Shown::Day,
        () if has_year && has('m') => Shown::Month,
        () if has_year => Shown::Year,
        () if has('h') || rule.contains("mm:ss") => Shown::Hour,
        () if rule.contains("mmm") => Shown::Month,
        () if has('%') => Shown::Percent,
        () => match beside.trim() {
            "%" => Shown::With(" %"),
            "€" => Shown::With(" €"),
            "k€" | "K€" => Shown::With(" k€"),
            "M€" => Shown::With(" M€"),
            "Md€" => Shown::With(" Md€"),
            _ => Shown::Number,
        },
    }
}

/// What the formats that every workbook has show, by their number (18.8.30).
pub(crate) fn built_in(id: usize) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=16 | 22 => Shown::Day,
        17 => Shown::Month,
        18..=21 | 45 | 47 => Shown::Hour,
        46 => Shown::Duration,
        _ => Shown::Number,
    }
}

/// A number as programs write it: `-12.5`, `1.2E-3`.
pub(crate) fn read_plain(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |digits| (-1.0, digits));
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    Some(sign * read_decimal(mantissa, exponent.trim_start_matches('+').parse().ok()?)?)
}

/// A number as its sheet shows it, in the form that the reader of CSV reads. `first` is the day that the sheet counts
/// as day 0, in days since 1970.
pub(crate) fn write_number(number: f64, shown: Shown, first: i32) -> String {
    match shown {
        Shown::Number => write_digits(number),
        Shown::Percent => write_digits(number * 100.0) + " %",
        Shown::With(unit) => write_digits(number) + unit,
        Shown::Duration => {
            let minutes = (number * 1440.0).round() as i64;
            format!("{}:{:02}", minutes / 60, minutes % 60)
        }
        Shown::Hour | Shown::Day if number < 1.0 => write_hour(moment(number).1),
        Shown::Year | Shown::Month | Shown::Day | Shown::Hour => {
            let (day, seconds) = moment(number);
            let day = ymd_from_days(first + serial_day(day, first));
            let (year, month, day) = (day.year, day.month, day.day);
            match (shown, seconds) {
                (Shown::Year, _) => format!("{year}"),
                (Shown::Month, _) => format!("{year}-{month:02}"),
                (_, 0) => format!("{year}-{month:02}-{day:02}"),
                (_, seconds) => format!("{year}-{month:02}-{day:02}T{}", write_hour(seconds)),
            }
        }
    }
}

/// The whole days of a serial number, and the seconds beside them. To the second: hours that a sheet adds up
/// (`=A2+1/24`) are a hair short of midnight.
fn moment(number: f64) -> (i32, u32) {
    let seconds = (number * 86_400.0).round();
    let day = (seconds / 86_400.0).floor();
    (day as i32, (seconds - day * 86_400.0) as u32)
}

/// Excel counts a 29 February 1900 that never was: what comes before it counts one less.
fn serial_day(day: i32, first: i32) -> i32 {
    const EPOCH_1900: i32 = -25_569;
    const AFTER_LEAP_BUG: i32 = 61;
    if first == EPOCH_1900 && day < AFTER_LEAP_BUG { day + 1 } else { day }
}

fn write_hour(seconds: u32) -> String {
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") }
}

/// Fifteen digits, as spreadsheets keep them: 0.1 + 0.2 is 0.3.
fn write_digits(number: f64) -> String {
    write_unmistakable(fifteen_digits(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_programs_write_it() {
        for (text, number) in [("-12.5", -12.5), ("1.2E-3", 0.0012), ("1E+2", 100.0), ("45943.541", 45943.541)] {
            assert_eq!(read_plain(text), Some(number), "{text}");
        }
        for text in ["", "-", "E", "1E", "n.d.", "0x1"] {
            assert_eq!(read_plain(text), None, "{text}");
        }
    }

    #[test]
    fn hours_that_were_added_up_reach_midnight() {
        const EPOCH_1900: i32 = -25_569;
        assert_eq!(write_number(45_292.999_999_999_94, Shown::Day, EPOCH_1900), "2024-01-02");
        assert_eq!(write_number(45_292.5, Shown::Day, EPOCH_1900), "2024-01-01T12:00");
        assert_eq!(write_number(1.5, Shown::Duration, EPOCH_1900), "36:00");
    }

    #[test]
    fn a_format_tells_what_it_shows() {
        for (code, shown) in [
            ("General", Shown::Number),
            ("Standard", Shown::Number),
            ("#,##0.00", Shown::Number),
            ("0.0%", Shown::Percent),
            ("0.0\"%\"", Shown::With(" %")),
            ("0\\%", Shown::With(" %")),
            ("#,##0.00 €", Shown::With(" €")),
            ("_-* #,##0.00 [$€-40C]_-;-* #,##0.00 [$€-40C]_-", Shown::With(" €")),
            ("dd/mm/yyyy", Shown::Day),
            ("jj/mm/aaaa", Shown::Day),
            ("[$-40C]d mmmm yyyy;@", Shown::Day),
            ("mmm-yy", Shown::Month),
            ("yyyy", Shown::Year),
            ("hh:mm", Shown::Hour),
            ("[h]:mm:ss", Shown::Duration),
            ("[Red]#,##0", Shown::Number),
            ("#,##0\" habitants par jour\"", Shown::Number),
            // once a thousand times too small
            ("#,##0\" k€\"", Shown::With(" k€")),
            ("0.0\\ \"M€\"", Shown::With(" M€")),
            ("#,##0\" €/hab.\"", Shown::Number),
        ] {
            assert_eq!(read_format(code), shown, "{code}");
        }
    }
}
