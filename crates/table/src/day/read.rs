//! Periods as texts: what one text says, and how the texts of a column are to be read so that all fit.

use super::{Grain, Period, days_from_ymd, weekday};
use crate::number::whole;
use crate::table::fold;
use crate::zone::Zone;

/// How the periods of a column are written, where one text alone does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Writing {
    /// `06/25/2024`: the month before the day.
    pub is_month_first: bool,
    /// `2010-11` is a school year or a season, not November 2010.
    pub is_school: bool,
    /// `202311` and `2024011506` are a month and an hour.
    pub is_compact: bool,
    /// `S1 2023` is a week, not a half-year.
    pub is_week: bool,
    /// What becomes of hours: `Day` leaves them out; none keeps those that a text has.
    pub time: Option<Grain>,
    /// The legal time to which instants with an offset are brought.
    pub zone: Zone,
}

/// Reads one period, day first as in French files: `31/12/2024`, `2024-12-31`, `1er janvier 2024`, `janv. 2024`,
/// `01/2024`, `2024-01`, `T1 2024`, `2024-Q1`, `S1 2024` (half-year), `2024-S05` and `2024-W05` (ISO week), `2023-2024`
/// (school year), `2024`; a day with its hour, `2024-01-31T06:30`, and the day alone when it has an offset. A text that is
/// not wholly a period is none.
pub fn read_period(text: &str) -> Option<Period> {
    let writing = Writing::default();
    let Some((date, time, offset)) = split_time(text.trim()) else { return read_date(text, writing) };
    let day = is_day(read_date(date, writing))?;
    match offset.chars().next() {
        None => Some(time.on(day, writing)),
        Some('Z' | 'U' | 'G' | '+' | '-' | '−') => Some(day),
        Some(_) => None,
    }
}

/// The same, as the texts of a column are written, with rarer forms (`2024Q1`, `1er trimestre 2024`, `lundi 15 janvier
/// 2024`, `202401`); an instant with an offset is brought to the legal time of a zone.
pub fn read_period_as(text: &str, writing: Writing) -> Option<Period> {
    let week = |date: &str| if writing.is_week { read_week(date) } else { None };
    let read = |date: &str| week(date).or_else(|| read_date(date, writing)).or_else(|| read_rare_date(date, writing));
    let Some((date, time, offset)) = split_time(text.trim()) else { return read(text) };
    let day = is_day(read(date))?;
    let Some(offset) = read_offset(offset)? else { return Some(time.on(day, writing)) };
    let utc = day.begin() + time.minute - offset;
    Some(Time { minute: utc + writing.zone.offset(utc) - day.begin(), ..time }.on(day, writing))
}

fn is_day(period: Option<Period>) -> Option<Period> {
    period.filter(|day| day.grain == Grain::Day)
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    minute: i64,
    has_seconds: bool,
}

impl Time {
    /// The period at this time of a day.
    fn on(self, day: Period, writing: Writing) -> Period {
        let at = day.begin() + self.minute;
        let grain = match writing.time {
            Some(grain) => grain,
            None if at.rem_euclid(1440) == 0 => Grain::Day,
            None => finest(at),
        };
        let minutes = if grain == Grain::Day { 1440 } else { 1 };
        Period::from_begin(at.div_euclid(minutes) * minutes, grain)
    }
}

/// The longest grain at whose beginnings an instant stands.
fn finest(minutes: i64) -> Grain {
    match minutes.rem_euclid(60) {
        0 => Grain::Hour,
        30 => Grain::HalfHour,
        15 | 45 => Grain::QuarterHour,
        _ => Grain::Minute,
    }
}

/// `2024-01-15T06:00:00+01:00`, `15/01/2024 6h30`, `15 janvier 2024 à 06:30`: the date, the time behind it, and what
/// follows, an offset.
fn split_time(text: &str) -> Option<(&str, Time, &str)> {
    let bytes = text.as_bytes();
    // no date has fewer letters than 6, and most have no time
    if bytes.len() < 9 || !bytes.iter().skip(6).any(|byte| matches!(byte, b':' | b'h' | b'H')) {
        return None;
    }
    (6..bytes.len()).find_map(|idx| {
        let is_gap = matches!(bytes.get(idx)?, b' ' | b'T') && bytes.get(idx - 1)?.is_ascii_alphanumeric();
        let (time, rest) = is_gap.then(|| read_time(text.get(idx + 1..)?)).flatten()?;
        Some((text.get(..idx)?, time, rest))
    })
}

/// `06:30`, `6h`, `06:30:15.200Z`, `à 6 h 30`, `06:30+02:00`: the time, and its offset as it is written.
fn read_time(text: &str) -> Option<(Time, &str)> {
    let rest = text.trim_start();
    let rest = rest.strip_prefix("à ").unwrap_or(rest);
    let (hour, rest) = digits(rest)?;
    let rest = rest.trim_start();
    let is_french = rest.starts_with(['h', 'H']);
    let rest = rest.strip_prefix(['h', 'H', ':'])?.trim_start();
    let (minute, mut rest) = match digits(rest) {
        Some(read) => read,
        None if is_french => (0, rest),
        None => return None,
    };
    let mut has_seconds = false;
    if let Some((second, after)) = rest.strip_prefix(':').and_then(digits) {
        let fraction = after.strip_prefix(['.', ',']).unwrap_or(after);
        let end = fraction.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(fraction.len());
        (rest, has_seconds) = (fraction.get(end..)?, second > 0);
    }
    (hour <= 24 && minute < 60).then(|| (Time { minute: hour * 60 + minute, has_seconds }, rest.trim()))
}

/// Minutes east of UTC, `Z`, `+02:00`; none inside where nothing is written, none where it is no offset.
fn read_offset(text: &str) -> Option<Option<i64>> {
    let (sign, rest) = match text {
        "" => return Some(None),
        "Z" | "UTC" | "GMT" => return Some(Some(0)),
        _ => match text.strip_prefix('+') {
            Some(rest) => (1, rest),
            None => (-1, text.strip_prefix(['-', '−'])?),
        },
    };
    let (hours, rest) = digits(rest.get(..2)?).map(|(hours, _)| (hours, rest.get(2..).unwrap_or("")))?;
    let minutes = match rest.strip_prefix(':').unwrap_or(rest) {
        "" => 0,
        minutes => digits(minutes).filter(|(_, rest)| rest.is_empty())?.0,
    };
    Some(Some(sign * (hours * 60 + minutes)))
}

/// One or two digits, and what follows.
fn digits(text: &str) -> Option<(i64, &str)> {
    let n_digits = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    Some((i64::from(whole(text.get(..n_digits)?)?), text.get(n_digits..)?))
}

fn words_of(date: &str) -> Vec<&str> {
    date.split([' ', '\u{a0}', '\u{202f}', '/', '-', '.']).filter(|word| !word.is_empty()).collect()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn read_date(date: &str, writing: Writing) -> Option<Period> {
    let date = date.trim();
    if date.len() < 4 || date.len() > 40 {
        return None;
    }
    let number = |word: &str| if word.len() <= 4 { whole(word) } else { None };
    match words_of(date).as_slice() {
        [year] if year.len() == 4 && *year == date => year_of(year).map(Period::year),
        [compact] if compact.len() == 8 && compact.is_ascii() && *compact == date => {
            Period::day(year_of(compact.get(..4)?)?, number(compact.get(4..6)?)?, number(compact.get(6..)?)?)
        }
        [first, second] => {
            let school = || read_school_year(first, second);
            // a year of two digits stands behind: `01 janvier` is no year
            let ahead = || (first.len() == 4).then(|| read_part_of_year(second, first)).flatten();
            let part = || read_part_of_year(first, second).or_else(ahead);
            if writing.is_school { school().or_else(part) } else { part().or_else(school) }
        }
        [first, second, third] => {
            if let (Some(month), Some(day)) = (read_month(second), number(first.strip_suffix("er").unwrap_or(first))) {
                return Period::day(year_of(third)?, month, day);
            }
            if first.len() == 4 {
                return Period::day(year_of(first)?, number(second)?, number(third)?);
            }
            (second.len() <= 2).then_some(())?;
            let (day, month) = if writing.is_month_first { (second, first) } else { (first, second) };
            Period::day(year_of(third)?, number(month)?, number(day)?)
        }
        _ => None,
    }
}

/// Forms that few files have: `2018.0`, `2024Q1`, `2024M01`, `1T2024`, `1er trimestre 2024`, `semaine 5 2024`, `lundi 15
/// janvier 2024`, `T1 24`; and `202401`, `2024013106` in a column written so.
fn read_rare_date(date: &str, writing: Writing) -> Option<Period> {
    let date = date.trim();
    match words_of(date).as_slice() {
        [only] if *only == date => read_word(only, writing),
        [year, zero] if *zero == "0" && date.len() == 6 && date.contains('.') => {
            year_of(year).filter(|_| year.len() == 4).map(Period::year)
        }
        [first, second]
            if first.len() == 2 && second.len() == 2 && first.starts_with(['T', 't', 'Q', 'q', 'S', 's']) =>
        {
            read_part_of_year(first, &year_of(second)?.to_string())
        }
        [first, second] if first.len() == 4 && second.starts_with(['M', 'm']) => read_month_number(second, first),
        [first, second, third] => {
            let part = read_ordinal(first, second).or_else(|| read_ordinal(second, first))?;
            read_part_of_year(&part, third)
        }
        [weekday, _, _, _] if WEEKDAYS.contains(&fold(weekday).as_str()) => {
            read_date(date.get(weekday.len()..)?, writing)
        }
        _ => None,
    }
}

const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// `M01` of a year.
fn read_month_number(part: &str, year: &str) -> Option<Period> {
    let month = whole(part.get(1..)?).filter(is_month)?;
    Some(Period::month(year_of(year)?, month))
}

fn read_word(word: &str, writing: Writing) -> Option<Period> {
    let two = |from: usize| whole(word.get(from..from + 2)?);
    match (word.len(), is_number(word)) {
        (6, true) if writing.is_compact => {
            two(4).filter(is_month).and_then(|month| Some(Period::month(year_of(word.get(..4)?)?, month)))
        }
        (10 | 12, true) if writing.is_compact => {
            let day = Period::day(year_of(word.get(..4)?)?, two(4)?, two(6)?)?;
            let (hour, minute) = (two(8)?, two(10).unwrap_or(0));
            let time = Time { minute: i64::from(hour * 60 + minute), has_seconds: false };
            (hour <= 24 && minute < 60).then(|| time.on(day, writing))
        }
        (6 | 7, false) if word.is_ascii() => {
            let ((year, part), (rank, behind)) = (word.split_at(4), word.split_at(word.len() - 4));
            if !is_number(year) {
                // `1T2024`
                let (quarter, letter) = rank.split_at_checked(1)?;
                return matches!(letter, "T" | "t")
                    .then(|| read_part_of_year(&["T", quarter].concat(), behind))
                    .flatten();
            }
            if part.starts_with(['M', 'm']) { read_month_number(part, year) } else { read_part_of_year(part, year) }
        }
        _ => None,
    }
}

/// `2024` or `24`: two digits mean 1950 to 2049.
fn year_of(word: &str) -> Option<i32> {
    let year = whole(word)? as i32;
    match word.len() {
        4 => Some(year),
        2 => Some(if year < 50 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// `2023-2024`, `2023/24`: two years that follow each other.
fn read_school_year(first: &str, second: &str) -> Option<Period> {
    let (year, next) = (year_of(first)?, year_of(second)?);
    let follows = if second.len() == 2 { (year + 1) % 100 == next % 100 } else { next == year + 1 };
    (first.len() == 4 && (1800..2200).contains(&year) && follows).then(|| Period::school_year(year))
}

/// `1er trimestre`, `3ème trimestre`, `semestre 2`, `semaine 12`: `T1`, `T3`, `S2`, `S12`.
fn read_ordinal(rank: &str, word: &str) -> Option<String> {
    let n_digits = rank.bytes().take_while(u8::is_ascii_digit).count();
    let (number, suffix) = (rank.get(..n_digits)?, rank.get(n_digits..)?);
    let is_rank = ["", "er", "e", "eme", "ere", "nd"].contains(&fold(suffix).as_str());
    let part = match fold(word).as_str() {
        "trimestre" | "trim" | "quarter" => ["T", number].concat(),
        "semestre" | "sem" if number.len() == 1 && word.len() != 3 => ["S", number].concat(),
        "semaine" | "week" | "sem" => ["W", if number.len() < 2 { "0" } else { "" }, number].concat(),
        _ => return None,
    };
    (is_rank && !number.is_empty()).then_some(part)
}

/// `S1 2023`, `2023-S12`, `S01`-`S53` of a year.
fn read_week(text: &str) -> Option<Period> {
    let (week, year) = match words_of(text.trim()).as_slice() {
        [week, year] if year.len() == 4 => (*week, *year),
        [year, week] if year.len() == 4 => (*week, *year),
        _ => return None,
    };
    let number = whole(week.strip_prefix(['S', 's'])?)?;
    read_part_of_year(&format!("S{number:02}"), year)
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
    let digits = |from: usize| part.get(from..).and_then(whole);
    match (part.len(), part.chars().next()?) {
        (1 | 2, '0'..='9') => digits(0).filter(is_month).map(|month| Period::month(year, month)),
        (2, 'T' | 't' | 'Q' | 'q') => {
            let quarter = digits(1)?;
            (1..=4).contains(&quarter).then(|| Period::quarter(year, quarter))
        }
        (2, 'S' | 's') => {
            let half = digits(1)?;
            let start = days_from_ymd(year, half * 6 - if half > 0 { 5 } else { 0 }, 1);
            (1..=2).contains(&half).then_some(Period::from_day(start, Grain::Semester))
        }
        (3, 'S' | 'W' | 's' | 'w') => {
            let week = digits(1)? as i32;
            let fourth = days_from_ymd(year, 1, 4);
            let start = fourth - weekday(fourth) + 7 * (week - 1);
            let period = Period::from_day(start, Grain::Week);
            (week >= 1 && period.iso_week() == (year, week)).then_some(period)
        }
        _ => None,
    }
}

fn is_month(number: &u32) -> bool {
    (1..=12).contains(number)
}

/// A month's name, whole or shortened, in French or English, with or without accents.
pub(crate) fn read_month(word: &str) -> Option<u32> {
    let word = fold(word);
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

/// How the periods of a column are written, when one reading fits most of its cells; and what had to be decided.
/// `speaks_of_time` says that the column's name does: `202311` is then a month; `speaks_of_weeks`, that `S1` is a week.
pub fn writing_of(
    cells: &[&str],
    speaks_of_time: bool,
    speaks_of_weeks: bool,
    zone: Zone,
) -> Option<(Writing, Decided)> {
    let mut writing = Writing { zone, ..Writing::default() };
    let mut decided = Decided::default();
    // most columns of words are told by their first cells
    const FIRST: usize = 50;
    let either = |cell: &&str| {
        let own = Writing { is_compact: speaks_of_time, is_week: true, ..writing };
        read_period_as(cell, own).or_else(|| read_period_as(cell, Writing { is_month_first: true, ..own })).is_some()
    };
    if !cells.iter().take(FIRST).any(either) {
        return None;
    }
    // numbers beyond the second half-year prove that they are weeks
    let week = |cell: &&str| whole(words_of(cell.trim()).into_iter().find_map(|word| word.strip_prefix(['S', 's']))?);
    let n_beyond = cells.iter().filter_map(week).filter(|week| *week > 2).count();
    writing.is_week =
        speaks_of_weeks && cells.iter().filter_map(week).next().is_some() || n_beyond * 2 > cells.len() || n_beyond > 2;
    decided.is_week = writing.is_week;
    let pairs = || cells.iter().filter_map(|cell| two_numbers(cell));
    // of years that follow each other the second is the next one: two of them at least, or one that is no month
    let are_next = pairs().next().is_some() && pairs().all(|(year, second)| (year + 1) % 100 == second);
    let n_distinct = {
        let mut all: Vec<(i32, i32)> = pairs().collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    writing.is_school = are_next && n_distinct > 1;
    let is_compact = |cell: &&&str| [6, 10, 12].contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit());
    writing.is_compact = speaks_of_time && cells.iter().filter(is_compact).count() * 10 >= cells.len() * 9;
    decided.is_compact = writing.is_compact
        || speaks_of_time && cells.iter().all(|cell| cell.len() == 8 && cell.bytes().all(|byte| byte.is_ascii_digit()));
    // the cell that proves an order: a day after the twelfth
    let orders = cells.iter().filter_map(|cell| day_and_month(cell));
    let (mut day_first, mut month_first) = (0, 0);
    for (first, second) in orders {
        day_first += usize::from(first > 12 && second <= 12);
        month_first += usize::from(second > 12 && first <= 12);
    }
    writing.is_month_first = month_first > 0 && day_first == 0;
    decided.is_month_first = writing.is_month_first;
    let fits = cells.iter().filter(|cell| read_period_as(cell, writing).is_some()).count();
    // `31/02/2023` among days is one that cannot be, no word
    let is_shaped = |cell: &&&str| day_and_month(cell).is_some() && read_period_as(cell, writing).is_none();
    let n_dates = fits + cells.iter().filter(is_shaped).count();
    if fits * 2 < cells.len().max(1) || n_dates * 10 < cells.len() * 9 {
        return None;
    }
    // days that a program keeps as instants of UTC are the days that it says
    let is_midnight = |cell: &&str| match split_time(cell.trim()) {
        Some((_, time, offset)) => read_offset(offset) == Some(Some(0)) && time.minute == 0 && !time.has_seconds,
        None => true,
    };
    if cells.iter().all(is_midnight) {
        writing.zone = Zone::Fixed(0);
    }
    writing.time = Some(time_of(cells, writing, &mut decided));
    Some((writing, decided))
}

/// What of a column of periods its author should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decided {
    /// `202311` is a month, `20240131` a day.
    pub is_compact: bool,
    /// The month is before the day.
    pub is_month_first: bool,
    /// `S1` is a week.
    pub is_week: bool,
    /// Instants were brought to the legal time: a day may not be the one that is written.
    pub moves: bool,
    /// The time of day, always the same, or seconds: left out.
    pub leaves_time: bool,
}

/// The grain of a column of days with hours: days when no cell has an hour, or all have the same.
fn time_of(cells: &[&str], writing: Writing, decided: &mut Decided) -> Grain {
    let (mut grain, mut first, mut differs, mut n_timed, mut has_seconds) = (Grain::Hour, None, false, 0, false);
    for cell in cells {
        let to_the_minute = Writing { time: Some(Grain::Minute), ..writing };
        let cell = cell.trim();
        let Some(at) = read_period_as(cell, to_the_minute).filter(|at| at.grain == Grain::Minute) else { continue };
        if let Some((_, time, offset)) = split_time(cell) {
            has_seconds |= time.has_seconds;
            decided.moves |= !offset.is_empty() && i64::from(at.minute) != time.minute.rem_euclid(1440);
        }
        n_timed += 1;
        differs |= first.is_some_and(|first| first != at.minute);
        first = first.or(Some(at.minute));
        grain = grain.min(finest(i64::from(at.minute)));
    }
    let is_kept = differs || n_timed == 1 && cells.len() == 1 && first != Some(0);
    decided.leaves_time = if is_kept { has_seconds } else { first.is_some_and(|minute| minute != 0) || has_seconds };
    if is_kept { grain } else { Grain::Day }
}

/// `2010-11`, `2010/11`: a year, and a number of two digits.
fn two_numbers(cell: &str) -> Option<(i32, i32)> {
    let (year, second) = cell.trim().split_once(['-', '/'])?;
    (year.len() == 4 && second.len() == 2).then_some(())?;
    Some((year_of(year)?, whole(second)? as i32))
}

/// `31/12/2024`: the two numbers before the year.
fn day_and_month(cell: &str) -> Option<(u32, u32)> {
    let mut parts = cell.trim().split(['/', '-', '.', ' ']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_short = first.len() <= 2 && second.len() <= 2 && [2, 4].contains(&year.len());
    is_short.then_some((whole(first)?, whole(second)?))
}
