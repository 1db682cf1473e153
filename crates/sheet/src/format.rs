//! How does a number format of a spreadsheet show a number: as a percentage, an amount, a date?
//!
//! ECMA-376, "Office Open XML File Formats", part 1, 18.8.30 and 18.8.31.

use encart_table::day::ymd_from_days;
use encart_table::decimal::{read_decimal, write_scientific, write_unmistakable};
use encart_table::sum::fifteen_digits;

/// What a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shown {
    #[default]
    Number,
    /// Hundred times the number, with the sign.
    Percent,
    /// A number in thousands as many times as it says, with a unit beside it, or none.
    With(u8, &'static str),
    /// Digits with zeros before them: a code of so many digits.
    Code(u8),
    Year,
    Month,
    /// A day, with its hour when it has one.
    Day,
    /// An hour of the day.
    Hour,
    /// Hours and minutes, more than a day of them.
    Duration,
    /// The same to the second.
    Seconds,
}

/// What a format that a workbook defines shows. Of the parts between `;` the first, for positive numbers; parts that
/// scale by size (`[>=1000]0,"k€"`) show the number itself in the unit of the part that does not.
pub(crate) fn read_format(code: &str) -> Shown {
    let parts: Vec<Part> = split_parts(code).into_iter().map(Part::read).collect();
    let Some(first) = parts.first() else { return Shown::Number };
    let scales = |part: &&Part| part.n_thousands() > 0;
    if parts.iter().any(|part| part.has_condition) && parts.iter().any(|part| scales(&part)) {
        return match parts.iter().find(|part| !scales(part)).and_then(Part::unit) {
            Some(unit) => Shown::With(0, unit),
            None => Shown::Number,
        };
    }
    first.shown()
}

/// The parts of a format: `;` within quotes and behind a backslash is a sign.
fn split_parts(code: &str) -> Vec<&str> {
    let (mut parts, mut from, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, letter) in code.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                parts.push(code.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(code.get(from..).unwrap_or_default());
    parts
}

/// A part of a format: what rules the number, and what is written beside it.
struct Part {
    rule: String,
    beside: String,
    has_duration: bool,
    has_condition: bool,
    is_general: bool,
}

impl Part {
    fn read(shown: &str) -> Part {
        let (mut rule, mut beside, mut letters) = (String::new(), String::new(), shown.chars());
        let (mut has_duration, mut has_condition) = (false, false);
        while let Some(letter) = letters.next() {
            match letter {
                '"' => beside.extend(letters.by_ref().take_while(|letter| *letter != '"')),
                '\\' => beside.extend(letters.next()),
                // room for a letter, and a letter as often as there is room
                '_' | '*' => drop(letters.next()),
                '[' => {
                    let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                    has_duration |= inside.starts_with(['h', 'H', 'm', 's']) && inside.len() <= 2;
                    has_condition |= inside.starts_with(['<', '>', '=']);
                    // `[$€-40C]`: a currency and a language
                    let currency = inside.strip_prefix('$').and_then(|currency| currency.split('-').next());
                    beside.push_str(currency.unwrap_or(""));
                }
                '€' => beside.push(letter),
                other => rule.push(other.to_ascii_lowercase()),
            }
        }
        let is_general = ["general", "standard", "@"].contains(&shown.to_ascii_lowercase().as_str());
        Part { rule, beside, has_duration, has_condition, is_general }
    }

    /// How many times the number is divided by a thousand: the commas behind its last digit.
    fn n_thousands(&self) -> u8 {
        let digits = self.rule.trim_end_matches(|letter| !matches!(letter, '0' | '#' | '?' | ','));
        (digits.len() - digits.trim_end_matches(',').len()) as u8
    }

    fn unit(&self) -> Option<&'static str> {
        match self.beside.trim() {
            "%" => Some(" %"),
            "€" => Some(" €"),
            "k€" | "K€" => Some(" k€"),
            "M€" => Some(" M€"),
            "Md€" => Some(" Md€"),
            _ => None,
        }
    }

    /// The digits of a code: zeros alone (`00000`), or those of a telephone (`0#" "##" "##…`).
    fn n_digits(&self) -> Option<u8> {
        let rule = self.rule.trim();
        let n_digits = rule.chars().filter(|letter| matches!(letter, '0' | '#')).count();
        let is_zeros = n_digits > 1 && rule.chars().all(|letter| letter == '0');
        let is_telephone =
            n_digits == 10 && rule.starts_with('0') && rule.chars().all(|letter| matches!(letter, '0' | '#' | ' '));
        (is_zeros || is_telephone).then_some(n_digits as u8)
    }

    fn shown(&self) -> Shown {
        let rule = self.rule.as_str();
        let has = |letter: char| rule.contains(letter);
        // French formats write `jj/mm/aaaa`
        let (has_year, has_day) = (has('y') || rule.contains("aa"), has('d') || has('j'));
        match () {
            () if self.is_general => Shown::Number,
            () if self.has_duration && (has('s') || rule.is_empty()) => Shown::Seconds,
            () if self.has_duration => Shown::Duration,
            () if has_day => Shown::Day,
            () if has_year && has('m') => Shown::Month,
            () if has_year => Shown::Year,
            () if has('h') => Shown::Hour,
            () if rule.contains("mm:ss") => Shown::Seconds,
            () if rule.contains("mmm") => Shown::Month,
            () if has('%') => Shown::Percent,
            () => match (self.n_digits(), self.unit(), self.n_thousands()) {
                (Some(n_digits), None, _) => Shown::Code(n_digits),
                (_, None, 0) => Shown::Number,
                (_, unit, n_thousands) => Shown::With(n_thousands, unit.unwrap_or("")),
            },
        }
    }
}

/// What the formats that every workbook has show, by their number (18.8.30).
pub(crate) fn built_in(id: usize) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=16 | 22 => Shown::Day,
        17 => Shown::Month,
        18..=21 => Shown::Hour,
        45..=47 => Shown::Seconds,
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
        Shown::With(n_thousands, unit) => {
            write_digits(number / THOUSANDS.get(usize::from(n_thousands)).unwrap_or(&1.0)) + unit
        }
        Shown::Code(n_digits) if number >= 0.0 && number.fract() == 0.0 && number < 1e15 => {
            let digits = (number as u64).to_string();
            let zeros = usize::from(n_digits).saturating_sub(digits.len());
            ["0".repeat(zeros), digits].concat()
        }
        Shown::Code(_) => write_digits(number),
        Shown::Duration | Shown::Seconds => write_duration(number, shown == Shown::Seconds),
        // no day that a spreadsheet shows: it fills the cell with signs
        Shown::Year | Shown::Month | Shown::Day | Shown::Hour if !(0.0..LAST_DAY).contains(&number) => {
            "#####".to_string()
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

const THOUSANDS: [f64; 5] = [1.0, 1e3, 1e6, 1e9, 1e12];

/// The serial number behind 31 December 9999, the last day of spreadsheets (18.17.4.1).
const LAST_DAY: f64 = 2_958_466.0;

/// `36:00`, `-0:30`, `0:12:45`: hours, minutes, and seconds when the format shows them.
fn write_duration(days: f64, to_the_second: bool) -> String {
    let sign = if days < 0.0 { "-" } else { "" };
    let unit = if to_the_second { 1.0 } else { 60.0 };
    let seconds = ((days.abs() * 86_400.0 / unit).round() * unit) as u64;
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    match to_the_second {
        true => format!("{sign}{hours}:{minutes:02}:{:02}", seconds % 60),
        false => format!("{sign}{hours}:{minutes:02}"),
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
    // more than a column holds: never as other digits
    if number.abs() >= 1e18 {
        return write_scientific(number);
    }
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
        for (number, shown, written) in [
            (1.5, Shown::Duration, "36:00"),
            (-0.5 / 24.0, Shown::Duration, "-0:30"),
            (765.0 / 86_400.0, Shown::Seconds, "0:12:45"),
            (1_234_567.0, Shown::With(1, " k€"), "1234.5670 k€"),
            (1001.0, Shown::Code(5), "01001"),
            (385_512_233.0, Shown::Code(10), "0385512233"),
            (1e10, Shown::Day, "#####"),
            (-1.0, Shown::Day, "#####"),
            (-1e20, Shown::Number, "-1.0e20"),
        ] {
            assert_eq!(write_number(number, shown, EPOCH_1900), written);
        }
    }

    #[test]
    fn a_format_tells_what_it_shows() {
        for (code, shown) in [
            ("General", Shown::Number),
            ("Standard", Shown::Number),
            ("#,##0.00", Shown::Number),
            ("0.0%", Shown::Percent),
            ("0.0\"%\"", Shown::With(0, " %")),
            ("0\\%", Shown::With(0, " %")),
            ("#,##0.00 €", Shown::With(0, " €")),
            ("_-* #,##0.00 [$€-40C]_-;-* #,##0.00 [$€-40C]_-", Shown::With(0, " €")),
            ("dd/mm/yyyy", Shown::Day),
            ("jj/mm/aaaa", Shown::Day),
            ("[$-40C]d mmmm yyyy;@", Shown::Day),
            ("mmm-yy", Shown::Month),
            ("yyyy", Shown::Year),
            ("hh:mm", Shown::Hour),
            ("[h]:mm:ss", Shown::Seconds),
            ("[h]:mm", Shown::Duration),
            ("[mm]:ss", Shown::Seconds),
            ("mm:ss", Shown::Seconds),
            // once a thousand, or a million times too much
            ("#,##0, \"k€\"", Shown::With(1, " k€")),
            ("0.0,,\"M€\"", Shown::With(2, " M€")),
            ("#,##0,", Shown::With(1, "")),
            ("[>=1000000]0.0,,\"M€\";[>=1000]0.0,\"k€\";0\"€\"", Shown::With(0, " €")),
            ("00000", Shown::Code(5)),
            ("0#\" \"##\" \"##\" \"##\" \"##", Shown::Code(10)),
            ("0", Shown::Number),
            ("[Red]#,##0", Shown::Number),
            ("#,##0\" habitants par jour\"", Shown::Number),
            // once a thousand times too small
            ("#,##0\" k€\"", Shown::With(0, " k€")),
            ("0.0\\ \"M€\"", Shown::With(0, " M€")),
            ("#,##0\" €/hab.\"", Shown::Number),
        ] {
            assert_eq!(read_format(code), shown, "{code}");
        }
    }
}
