//! Hours, days, months and years: where a period begins, how long it lasts, and what follows it.

mod read;

pub(crate) use read::read_month;
pub use read::{Decided, Writing, read_period, read_period_as, writing_of};

/// How long a period lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// A minute.
    Minute,
    /// A quarter of an hour.
    QuarterHour,
    /// Half an hour.
    HalfHour,
    /// An hour.
    Hour,
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

impl Grain {
    /// How many minutes it lasts, when it is shorter than a day.
    pub fn minutes(self) -> Option<i32> {
        match self {
            Grain::Minute => Some(1),
            Grain::QuarterHour => Some(15),
            Grain::HalfHour => Some(30),
            Grain::Hour => Some(60),
            _ => None,
        }
    }
}

/// A period: where it begins and how long it lasts. Ordered by its beginning, then by length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Days since 1 January 1970, of the first day.
    pub start: i32,
    /// Minutes after midnight; 0 of a period of a day or longer.
    pub minute: u16,
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
    /// The period of this length that begins with a day.
    pub fn from_day(start: i32, grain: Grain) -> Period {
        Period { start, minute: 0, grain }
    }

    /// Where it begins: minutes since 1 January 1970.
    pub fn begin(self) -> i64 {
        i64::from(self.start) * 1440 + i64::from(self.minute)
    }

    /// Where the next one begins.
    pub fn end(self) -> i64 {
        self.step(1).begin()
    }

    /// The period of this length that begins there.
    fn from_begin(minutes: i64, grain: Grain) -> Period {
        Period { start: minutes.div_euclid(1440) as i32, minute: minutes.rem_euclid(1440) as u16, grain }
    }

    /// A year.
    pub fn year(year: i32) -> Period {
        Period::from_day(days_from_ymd(year, 1, 1), Grain::Year)
    }

    /// A month, 1 to 12.
    pub fn month(year: i32, month: u32) -> Period {
        Period::from_day(days_from_ymd(year, month.clamp(1, 12), 1), Grain::Month)
    }

    /// A quarter, 1 to 4.
    pub fn quarter(year: i32, quarter: u32) -> Period {
        Period::from_day(days_from_ymd(year, quarter.clamp(1, 4) * 3 - 2, 1), Grain::Quarter)
    }

    /// A day that exists, or nothing.
    pub fn day(year: i32, month: u32, day: u32) -> Option<Period> {
        let exists = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        exists.then(|| Period::from_day(days_from_ymd(year, month, day), Grain::Day))
    }

    /// A school year, by the year in which it begins.
    pub fn school_year(year: i32) -> Period {
        Period::from_day(days_from_ymd(year, 9, 1), Grain::SchoolYear)
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
        if let Some(minutes) = grain.minutes() {
            let minute = self.minute / minutes as u16 * minutes as u16;
            return self.grain.minutes().map(|_| Period { minute, grain, ..self }).filter(|_| self.grain <= grain);
        }
        let start = match grain {
            Grain::Minute | Grain::QuarterHour | Grain::HalfHour | Grain::Hour | Grain::Day => self.start,
            Grain::Week => self.start - weekday(self.start),
            Grain::Month => first(month),
            Grain::Quarter => first((month - 1) / 3 * 3 + 1),
            Grain::Semester => first((month - 1) / 6 * 6 + 1),
            Grain::Year => first(1),
            Grain::SchoolYear if month < 9 => days_from_ymd(year - 1, 9, 1),
            Grain::SchoolYear => first(9),
        };
        let floored = Period::from_day(start, grain);
        (self.end() <= floored.end()).then_some(floored)
    }

    /// The first day as year, month, day.
    pub fn ymd(self) -> Ymd {
        ymd_from_days(self.start)
    }

    /// The period of the same length that follows (`by` = 1) or precedes (`by` = -1).
    pub fn step(self, by: i32) -> Period {
        let Ymd { year, month, .. } = self.ymd();
        let months = match self.grain {
            grain @ (Grain::Minute | Grain::QuarterHour | Grain::HalfHour | Grain::Hour) => {
                let minutes = i64::from(grain.minutes().unwrap_or(1)) * i64::from(by);
                return Period::from_begin(self.begin() + minutes, grain);
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_and_iso_dates_are_read() {
        let read = |text: &str| read_period_as(text, Writing::default());
        let ymd = |text: &str| read(text).map(|period| (period.ymd().year, period.ymd().month, period.ymd().day));
        for (text, expected, grain) in [
            ("31/12/2024", (2024, 12, 31), Grain::Day),
            ("1/2/24", (2024, 2, 1), Grain::Day),
            ("2024-12-31", (2024, 12, 31), Grain::Day),
            ("2024/12/31", (2024, 12, 31), Grain::Day),
            ("20241231", (2024, 12, 31), Grain::Day),
            ("2024-12-31T23:59:00Z", (2025, 1, 1), Grain::Minute),
            ("2024-01-15T06:00:00", (2024, 1, 15), Grain::Hour),
            ("13/01/2021 19:42", (2021, 1, 13), Grain::Minute),
            ("15 janvier 2024 à 6 h 30", (2024, 1, 15), Grain::HalfHour),
            ("15/01/2024 6h", (2024, 1, 15), Grain::Hour),
            ("2024-01-15T00:00:00", (2024, 1, 15), Grain::Day),
            ("lundi 15 janvier 2024", (2024, 1, 15), Grain::Day),
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
            ("2023Q1", (2023, 1, 1), Grain::Quarter),
            ("2024T3", (2024, 7, 1), Grain::Quarter),
            ("3T2024", (2024, 7, 1), Grain::Quarter),
            ("T1 23", (2023, 1, 1), Grain::Quarter),
            ("1er trimestre 2023", (2023, 1, 1), Grain::Quarter),
            ("3ème trimestre 2023", (2023, 7, 1), Grain::Quarter),
            ("2e semestre 2023", (2023, 7, 1), Grain::Semester),
            ("semaine 5 2024", (2024, 1, 29), Grain::Week),
            ("2024M11", (2024, 11, 1), Grain::Month),
            ("2024-M01", (2024, 1, 1), Grain::Month),
            ("2018.0", (2018, 1, 1), Grain::Year),
            ("2024-S2", (2024, 7, 1), Grain::Semester),
            ("2024-S05", (2024, 1, 29), Grain::Week),
            ("2020-W53", (2020, 12, 28), Grain::Week),
            ("2023-2024", (2023, 9, 1), Grain::SchoolYear),
            ("2023/2024", (2023, 9, 1), Grain::SchoolYear),
            ("2023-24", (2023, 9, 1), Grain::SchoolYear),
            ("2024", (2024, 1, 1), Grain::Year),
        ] {
            assert_eq!(ymd(text), Some(expected), "{text}");
            assert_eq!(read(text).map(|period| period.grain), Some(grain), "{text}");
        }
    }

    #[test]
    fn instants_are_brought_to_legal_time() {
        use crate::locale::write_iso;
        use crate::zone::Zone;
        for (text, zone, expected) in [
            ("2019-12-31T23:00:00+00:00", Zone::Paris, "2020-01-01"),
            ("2024-07-13T22:00:00.000Z", Zone::Paris, "2024-07-14"),
            ("2024-01-15T06:00:00+01:00", Zone::Paris, "2024-01-15T06:00"),
            ("2024-01-15 06:00 UTC", Zone::Paris, "2024-01-15T07:00"),
            ("2024-12-31T22:00Z", Zone::Fixed(240), "2025-01-01T02:00"),
            ("2025-01-01T02:00Z", Zone::Miquelon, "2024-12-31T23:00"),
        ] {
            let writing = Writing { zone, ..Writing::default() };
            assert_eq!(read_period_as(text, writing).map(write_iso).as_deref(), Some(expected), "{text}");
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
            "01 janvier",
            "12/24",
            "2024-01-15T25:00",
            "lundi",
            "12:30",
            "T5 2024",
            "S0 2024",
        ] {
            assert_eq!(read_period_as(text, Writing::default()), None, "{text}");
        }
        // of an instant the day that it says, when nobody says where
        assert_eq!(read_period("2024-12-31T23:59:00Z"), Period::day(2024, 12, 31));
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
