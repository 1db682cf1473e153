//! Which day, month or year does a text say, and how far apart are they?

/// How long a period lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// A day.
    Day,
    /// An ISO week, from Monday.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A half-year.
    Semester,
    /// A year.
    Year,
    /// A school year: from September to August (code de l’éducation, article L. 521-1: thirty-six weeks from the
    /// return of pupils).
    SchoolYear,
}

/// A period: its first day and how long it lasts. Ordered by first day, then by length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Days since 1 January 1970, of the first day.
    pub start: i32,
    /// How long it lasts.
    pub grain: Grain,
}

/// A date of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ymd {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// The day, 1 to 31.
    pub day: u32,
}

impl Period {
    /// A year.
    pub fn year(year: i32) -> Period {
        Period { start: days_from_ymd(year, 1, 1), grain: Grain::Year }
    }

    /// A month, 1 to 12.
    pub fn month(year: i32, month: u32) -> Period {
        Period { start: days_from_ymd(year, month.clamp(1, 12), 1), grain: Grain::Month }
    }

    /// A quarter, 1 to 4.
    pub fn quarter(year: i32, quarter: u32) -> Period {
        Period { start: days_from_ymd(year, quarter.clamp(1, 4) * 3 - 2, 1), grain: Grain::Quarter }
    }

    /// A day that exists, or nothing.
    pub fn day(year: i32, month: u32, day: u32) -> Option<Period> {
        let exists = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        exists.then(|| Period { start: days_from_ymd(year, month, day), grain: Grain::Day })
    }

    /// A school year, by the year in which it begins.
    pub fn school_year(year: i32) -> Period {
        Period { start: days_from_ymd(year, 9, 1), grain: Grain::SchoolYear }
    }

    /// The period of this length in which it lies; none when it is longer than that, or lies across two of them.
    ///
    /// ```
    /// use encart_table::{Grain, Period};
    /// let day = Period::day(2024, 9, 2).unwrap();
    /// assert_eq!(day.floor(Grain::Quarter), Some(Period::quarter(2024, 3)));
    /// assert_eq!(day.floor(Grain::SchoolYear), Some(Period::school_year(2024)));
    /// assert_eq!(Period::year(2024).floor(Grain::Month), None);
    /// ```
    pub fn floor(self, grain: Grain) -> Option<Period> {
        let Ymd { year, month, .. } = self.ymd();
        let first = |month: u32| days_from_ymd(year, month, 1);
        let start = match grain {
            Grain::Day => self.start,
            Grain::Week => self.start - weekday(self.start),
            Grain::Month => first(month),
            Grain::Quarter => first((month - 1) / 3 * 3 + 1),
            Grain::Semester => first((month - 1) / 6 * 6 + 1),
            Grain::Year => first(1),
            Grain::SchoolYear if month < 9 => days_from_ymd(year - 1, 9, 1),
            Grain::SchoolYear => first(9),
        };
        let floored = Period { start, grain };
        (self.step(1).start <= floored.step(1).start).then_some(floored)
    }

    /// The first day as year, month, day.
    pub fn ymd(self) -> Ymd {
        ymd_from_days(self.start)
    }

    /// The period of the same length that follows (`by` = 1) or precedes (`by` = -1).
    pub fn step(self, by: i32) -> Period {
        let Ymd { year, month, .. } = self.ymd();
        let months = match self.grain {
            Grain::Day => return Period { start: self.start + by, ..self },
            Grain::Week => return Period { start: self.start + 7 * by, ..self },
            Grain::Month => 1,
            Grain::Quarter => 3,
            Grain::Semester => 6,
            Grain::Year | Grain::SchoolYear => 12,
        };
        let month_idx = year * 12 + month as i32 - 1 + months * by;
        let start = days_from_ymd(month_idx.div_euclid(12), month_idx.rem_euclid(12) as u32 + 1, 1);
        Period { start, ..self }
    }

    /// The ISO 8601 week of its first day: (year of the week, week 1 to 53).
    pub fn iso_week(self) -> (i32, i32) {
        // The week belongs to the year of its Thursday.
        let thursday = self.start - weekday(self.start) + 3;
        let year = ymd_from_days(thursday).year;
        (year, (thursday - days_from_ymd(year, 1, 1)) / 7 + 1)
    }
}

/// Days since 1 January 1970, proleptic Gregorian.
/// Formula: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
pub fn days_from_ymd(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month = month as i32;
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of `days_from_ymd` (same source, civil_from_days).
pub fn ymd_from_days(days: i32) -> Ymd {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_idx = (5 * day_of_year + 2) / 153;
    let month = if month_idx < 10 { month_idx + 3 } else { month_idx - 9 };
    Ymd {
        year: year_of_era + era * 400 + i32::from(month <= 2),
        month: month as u32,
        day: (day_of_year - (153 * month_idx + 2) / 5 + 1) as u32,
    }
}

/// 0 for Monday to 6 for Sunday. 1 January 1970 was a Thursday.
fn weekday(days: i32) -> i32 {
    (days + 3).rem_euclid(7)
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Reads one period, day first as in French files: `31/12/2024`, `2024-12-31`, `1er janvier 2024`, `janv. 2024`,
/// `01/2024`, `2024-01`, `T1 2024`, `2024-Q1`, `S1 2024` (half-year), `2024-S05` and `2024-W05` (ISO week), `2023-2024` (school year), `2024`.
/// A time of day after a date is left out. A text that is not wholly a period is none.
pub fn read_period(text: &str) -> Option<Period> {
    let text = text.trim();
    if text.len() < 4 || text.len() > 32 {
        return None;
    }
    let date = match text.split_once(['T', ' ']) {
        Some((date, time)) if date.len() >= 8 && is_time(time.trim()) => date,
        _ => text,
    };
    let words: Vec<&str> =
        date.split([' ', '\u{a0}', '\u{202f}', '/', '-', '.']).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| -> Option<u32> {
        (word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())).then(|| word.parse().ok()).flatten()
    };
    match words.as_slice() {
        [year] if year.len() == 4 && *year == date => year_of(year).map(Period::year),
        [compact] if compact.len() == 8 && compact.is_ascii() && *compact == date => {
            Period::day(year_of(compact.get(..4)?)?, number(compact.get(4..6)?)?, number(compact.get(6..)?)?)
        }
        [first, second] => read_part_of_year(first, second)
            .or_else(|| read_part_of_year(second, first))
            .or_else(|| read_school_year(first, second)),
        [first, second, third] => {
            if let (Some(month), Some(day)) = (read_month(second), number(first.strip_suffix("er").unwrap_or(first))) {
                return Period::day(year_of(third)?, month, day);
            }
            if first.len() == 4 {
                return Period::day(year_of(first)?, number(second)?, number(third)?);
            }
            (second.len() <= 2).then_some(())?;
            Period::day(year_of(third)?, number(second)?, number(first)?)
        }
        _ => None,
    }
}

/// `2024` or `24`: two digits mean 1950 to 2049.
fn year_of(word: &str) -> Option<i32> {
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year: i32 = word.parse().ok()?;
    match word.len() {
        4 => Some(year),
        2 => Some(if year < 50 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// `2023-2024`, `2023/24`: two years that follow each other.
fn read_school_year(first: &str, second: &str) -> Option<Period> {
    let (year, next) = (year_of(first)?, year_of(second)?);
    (first.len() == 4 && (1800..2200).contains(&year) && next == year + 1).then(|| Period::school_year(year))
}

/// A month, quarter, half-year or week beside its year.
fn read_part_of_year(part: &str, year: &str) -> Option<Period> {
    if let Some(month) = read_month(part) {
        return Some(Period::month(year_of(year)?, month));
    }
    if year.len() != 4 {
        return None;
    }
    let year = year_of(year)?;
    let digits = |from: usize| part.get(from..).and_then(|digits| digits.parse::<u32>().ok());
    match (part.len(), part.chars().next()?) {
        (1 | 2, '0'..='9') => {
            let month = digits(0)?;
            (1..=12).contains(&month).then(|| Period::month(year, month))
        }
        (2, 'T' | 't' | 'Q' | 'q') => {
            let quarter = digits(1)?;
            (1..=4).contains(&quarter).then(|| Period::quarter(year, quarter))
        }
        (2, 'S' | 's') => {
            let half = digits(1)?;
            let start = days_from_ymd(year, half * 6 - if half > 0 { 5 } else { 0 }, 1);
            (1..=2).contains(&half).then_some(Period { start, grain: Grain::Semester })
        }
        (3, 'S' | 'W' | 's' | 'w') => {
            let week = digits(1)? as i32;
            let fourth = days_from_ymd(year, 1, 4);
            let start = fourth - weekday(fourth) + 7 * (week - 1);
            let period = Period { start, grain: Grain::Week };
            (week >= 1 && period.iso_week() == (year, week)).then_some(period)
        }
        _ => None,
    }
}

/// A month's name, whole or shortened, in French or English, with or without accents.
fn read_month(word: &str) -> Option<u32> {
    let word = crate::table::fold(word);
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    const NAMES: [[&str; 4]; 12] = [
        ["janvier", "january", "janv", "jan"],
        ["fevrier", "february", "fevr", "fev"],
        ["mars", "march", "mar", "mar"],
        ["avril", "april", "avr", "apr"],
        ["mai", "may", "mai", "may"],
        ["juin", "june", "jun", "jun"],
        ["juillet", "july", "juil", "jul"],
        ["aout", "august", "aout", "aug"],
        ["septembre", "september", "sept", "sep"],
        ["octobre", "october", "oct", "oct"],
        ["novembre", "november", "nov", "nov"],
        ["decembre", "december", "dec", "dec"],
    ];
    let found =
        NAMES.iter().position(|names| names.contains(&word.as_str()) || (word == "feb" && names.contains(&"fev")));
    found.map(|idx| idx as u32 + 1)
}

fn is_time(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_digit())
        && text.contains([':'])
        && bytes.all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'+' | b'-' | b'Z'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_and_iso_dates_are_read() {
        let ymd =
            |text: &str| read_period(text).map(|period| (period.ymd().year, period.ymd().month, period.ymd().day));
        for (text, expected, grain) in [
            ("31/12/2024", (2024, 12, 31), Grain::Day),
            ("1/2/24", (2024, 2, 1), Grain::Day),
            ("2024-12-31", (2024, 12, 31), Grain::Day),
            ("2024/12/31", (2024, 12, 31), Grain::Day),
            ("20241231", (2024, 12, 31), Grain::Day),
            ("2024-12-31T23:59:00Z", (2024, 12, 31), Grain::Day),
            ("13/01/2021 19:42", (2021, 1, 13), Grain::Day),
            ("1er janvier 2024", (2024, 1, 1), Grain::Day),
            ("15 décembre 1985", (1985, 12, 15), Grain::Day),
            ("2013.01.26", (2013, 1, 26), Grain::Day),
            ("janv. 2024", (2024, 1, 1), Grain::Month),
            ("janv.-24", (2024, 1, 1), Grain::Month),
            ("Août 2023", (2023, 8, 1), Grain::Month),
            ("03/2024", (2024, 3, 1), Grain::Month),
            ("2024-03", (2024, 3, 1), Grain::Month),
            ("T2 2024", (2024, 4, 1), Grain::Quarter),
            ("2024-Q3", (2024, 7, 1), Grain::Quarter),
            ("2024-S2", (2024, 7, 1), Grain::Semester),
            ("2024-S05", (2024, 1, 29), Grain::Week),
            ("2020-W53", (2020, 12, 28), Grain::Week),
            ("2023-2024", (2023, 9, 1), Grain::SchoolYear),
            ("2023/2024", (2023, 9, 1), Grain::SchoolYear),
            ("2023-24", (2023, 9, 1), Grain::SchoolYear),
            ("2024", (2024, 1, 1), Grain::Year),
        ] {
            assert_eq!(ymd(text), Some(expected), "{text}");
            assert_eq!(read_period(text).map(|period| period.grain), Some(grain), "{text}");
        }
    }

    #[test]
    fn what_is_not_wholly_a_period_is_none() {
        for text in [
            "31/02/2024",
            "75A",
            "1922-1930",
            "2023-2025",
            "0012-0013",
            "2024-W54",
            "12",
            "3.14",
            "chapitre 2024",
            "",
            "99/99/9999",
            "02.24.11",
            "T5 2024",
            "S0 2024",
        ] {
            assert_eq!(read_period(text), None, "{text}");
        }
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for days in (-200_000..200_000).step_by(37) {
            let Ymd { year, month, day } = ymd_from_days(days);
            assert_eq!(days_from_ymd(year, month, day), days);
        }
    }

    #[test]
    fn a_period_steps_along_the_calendar() {
        assert_eq!(Period::month(2024, 12).step(1), Period::month(2025, 1));
        assert_eq!(Period::quarter(2024, 1).step(-1), Period::quarter(2023, 4));
        assert_eq!(Period::year(2024).step(2), Period::year(2026));
    }
}
