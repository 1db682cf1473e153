//! Which number does a text say, as the French, the Swiss and the machines write it?

use crate::decimal::{power_of_ten, read_decimal};
use crate::unit;

/// The decimal mark of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `1 234,5` and `1.234,5`.
    Comma,
    /// `1234.5` and `1,234.5`.
    Point,
}

impl Mark {
    /// The other one.
    pub fn other(self) -> Mark {
        match self {
            Mark::Comma => Mark::Point,
            Mark::Point => Mark::Comma,
        }
    }
}

/// A number as read from a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The number.
    pub value: f64,
    /// The unit written beside it.
    pub unit: Option<&'static str>,
}

/// A whole number in digits alone, nine at most.
pub(crate) fn whole(text: &str) -> Option<u32> {
    let is_whole = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then(|| text.bytes().fold(0, |number, byte| number * 10 + u32::from(byte - b'0')))
}

/// Whether a text is wholly a number, with one decimal mark or the other.
///
/// ```
/// use encart_table::number::is_number;
/// assert!(is_number("1 234,5") && is_number("12.5 %") && !is_number("2 bis"));
/// ```
pub fn is_number(text: &str) -> bool {
    [Mark::Comma, Mark::Point].into_iter().any(|mark| read_number(text, mark).is_some())
}

/// Reads a text that is wholly a number: sign (`-`, `−`, `–`; accountants' `(1 000,00)` and `1 000,00-`), groups of three
/// (space, no-break spaces, apostrophe, or the mark that is not decimal), decimals, a unit (`€`, `%` …); `- €` is a
/// spreadsheet's zero. `01`, `75A`, `1922-1930` and numbers of more than
/// fifteen digits are not numbers: they are codes, or would lose digits.
pub fn read_number(text: &str, mark: Mark) -> Option<Reading> {
    if let Some(value) = read_plain(text, mark) {
        return value.map(|value| Reading { value, unit: None });
    }
    let (number, mut unit) = unit::split_cell(text);
    if unit.is_some() && ["-", "–"].contains(&number) {
        return Some(Reading { value: 0.0, unit });
    }
    let (negative, mut number) = match number.strip_prefix(['-', '−', '–', '+']) {
        Some(rest) => (!number.starts_with('+'), rest.trim_start()),
        None => match accountants_negative(number) {
            Some(number) => (true, number),
            None => (false, number),
        },
    };
    if unit.is_none() {
        // `-$1000`, `(1 000,00 €)`
        (number, unit) = unit::split_cell(number);
    }
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        // a spreadsheet's `1,23E+05`; `1E3` may be a school class, so a decimal mark is asked for
        Some((mantissa, exponent)) if mantissa.contains([',', '.']) => (mantissa, Some(exponent)),
        Some(_) => return None,
        None => (number, None),
    };
    let decimal = if mark == Mark::Comma { ',' } else { '.' };
    let (whole, fraction) = match mantissa.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let mut plain = ungroup(whole, mark)?;
    if plain.len() > 1 && plain.starts_with('0') || plain.is_empty() && fraction.is_none() {
        return None;
    }
    if let Some(fraction) = fraction {
        if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        plain.push('.');
        plain.push_str(fraction);
    }
    // sixteen digits in a row are a code (a bank account, a SIRET and more), not a quantity
    if fraction.is_none() && plain.trim_start_matches('0').len() > 15 {
        return None;
    }
    let exponent = match exponent {
        Some(exponent) => exponent.parse().ok()?,
        None => 0,
    };
    // more than a column holds is a number all the same, which the column keeps as missing
    let value = read_decimal(&plain, exponent).or((exponent > 0).then_some(f64::MAX))?;
    Some(Reading { value: if negative { -value } else { value }, unit })
}

/// `(1 000,00)` and `1 000,00-`, as accounts write what is taken away; `(12)` may be the mark of a note.
fn accountants_negative(number: &str) -> Option<&str> {
    let inside = number.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let is_amount = |inside: &&str| inside.len() > 3 || inside.bytes().any(|byte| !byte.is_ascii_digit());
    inside.map(str::trim).filter(is_amount).or_else(|| {
        let rest = number.strip_suffix(['-', '−'])?;
        rest.ends_with(|letter: char| letter.is_ascii_digit()).then_some(rest)
    })
}

/// A text of digits with one mark among them or none, as most cells are: what follows would read the same, slower, and a
/// cell is read several times until its column is known. None for a text of another form; none inside where it is no number.
fn read_plain(text: &str, mark: Mark) -> Option<Option<f64>> {
    let (mut digits, mut count, mut point) = (0_u64, 0, None);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => (digits, count) = (digits * 10 + u64::from(byte - b'0'), count + 1),
            b'.' | b',' if point.is_none() && count > 0 => point = Some((byte, count)),
            _ => return None,
        }
        // more than fifteen digits are a code, or lose some
        if count > 15 {
            return None;
        }
    }
    let (sign, whole) = point.unwrap_or((0, count));
    let n_decimals = count - whole;
    let is_decimal = (sign == b',') == (mark == Mark::Comma);
    match sign {
        _ if count == 0 || whole > 1 && text.starts_with('0') => None,
        0 => Some(Some(digits as f64)),
        _ if is_decimal && n_decimals > 0 => Some(Some(digits as f64 / power_of_ten(n_decimals))),
        // a mark that is not decimal stands before three digits
        _ if !is_decimal && n_decimals != 3 => Some(None),
        _ => None,
    }
}

/// The digits of a whole part without its group marks; none when the groups are not groups of three.
fn ungroup(whole: &str, mark: Mark) -> Option<String> {
    let is_group_mark = |letter: char| match letter {
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' => true,
        '.' => mark == Mark::Comma,
        ',' => mark == Mark::Point,
        _ => false,
    };
    let mut digits = String::with_capacity(whole.len());
    let (mut group_mark, mut since_mark) = (None, 0);
    for letter in whole.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
            since_mark += 1;
        } else if is_group_mark(letter) {
            let first = group_mark.is_none();
            if (first && !(1..=3).contains(&since_mark)) || (!first && (since_mark != 3 || group_mark != Some(letter)))
            {
                return None;
            }
            (group_mark, since_mark) = (Some(letter), 0);
        } else {
            return None;
        }
    }
    (group_mark.is_none() || since_mark == 3).then_some(digits)
}

/// The decimal mark that most cells of a column ask for, and whether the cells leave it open (`1,234` may be either).
/// Where nothing decides: the comma when commas are written, since the files are French.
pub fn sniff_mark(cells: &mut dyn Iterator<Item = &str>) -> (Mark, bool) {
    let (mut comma, mut point, mut open_comma, mut open_point) = (0, 0, 0, 0);
    for cell in cells {
        let as_comma = read_number(cell, Mark::Comma);
        let as_point = read_number(cell, Mark::Point);
        match (as_comma, as_point) {
            (Some(_), None) => comma += 1,
            (None, Some(_)) => point += 1,
            (Some(with_comma), Some(with_point)) if with_comma.value != with_point.value => {
                if cell.contains([',']) {
                    open_comma += 1;
                } else {
                    open_point += 1;
                }
            }
            _ => {}
        }
    }
    let is_open = open_comma + open_point > 0 && comma == 0 && point == 0;
    let mark = match comma.cmp(&point) {
        std::cmp::Ordering::Greater => Mark::Comma,
        std::cmp::Ordering::Less => Mark::Point,
        std::cmp::Ordering::Equal if open_point > open_comma => Mark::Point,
        std::cmp::Ordering::Equal => Mark::Comma,
    };
    (mark, is_open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, mark: Mark) -> Option<f64> {
        read_number(text, mark).map(|reading| reading.value)
    }

    #[test]
    fn french_numbers_are_read() {
        for (text, value) in [
            ("1 234,5", 1234.5),
            ("1\u{a0}234,5", 1234.5),
            ("1\u{202f}234\u{202f}567", 1_234_567.0),
            ("1'234,50", 1234.5),
            ("1.234,5", 1234.5),
            ("12,5 %", 12.5),
            ("12 %", 12.0),
            ("1 947,40 €", 1947.4),
            ("€ 12", 12.0),
            ("-3,2", -3.2),
            ("−3,2", -3.2),
            ("+4", 4.0),
            ("–3", -3.0),
            ("(1 000,00)", -1000.0),
            ("(25,50 €)", -25.5),
            ("1 000,00-", -1000.0),
            ("-$1000,50", -1000.5),
            ("€-25,50", -25.5),
            ("-   €", 0.0),
            ("USD 755,45", 755.45),
            (",5", 0.5),
            ("0", 0.0),
            ("0,05", 0.05),
            ("1,23E+05", 123_000.0),
        ] {
            assert_eq!(read(text, Mark::Comma), Some(value), "{text}");
        }
        for (text, value) in [("1,234.5", 1234.5), ("1234.5", 1234.5), ("1,234,567", 1_234_567.0)] {
            assert_eq!(read(text, Mark::Point), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_not_wholly_a_number_is_none() {
        for text in [
            "01",
            "01053",
            "75A",
            "2A004",
            "1922-1930",
            "2024-09",
            "12 34",
            "1 2345",
            "1 234 5",
            "1E3",
            "",
            "-",
            "€",
            "12,",
            "1,2,3",
            "1 234.567 8",
            "12 rue",
            "(12)",
            "()",
            "21710001200014999",
            "NaN",
            "inf",
            "0x10",
            "1_000",
        ] {
            assert_eq!(read(text, Mark::Comma), None, "{text}");
        }
    }

    #[test]
    fn the_mark_is_decided_by_the_column() {
        for (cells, mark, is_open) in [
            (&["1,5", "2,75"][..], Mark::Comma, false),
            (&["1.5", "2.75"], Mark::Point, false),
            (&["1,234", "1,234.5"], Mark::Point, false),
            (&["1.234", "1.234,5"], Mark::Comma, false),
            (&["1.234.567", "2.500"], Mark::Comma, false),
            (&["1,234", "5,678"], Mark::Comma, true),
            (&["1.234", "5.678"], Mark::Point, true),
            (&["12", "13"], Mark::Comma, false),
        ] {
            assert_eq!(sniff_mark(&mut cells.iter().copied()), (mark, is_open), "{cells:?}");
        }
    }
}
