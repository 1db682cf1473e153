//! The legal times of the French territories, to which an instant written with an offset is brought before its day is taken.
//!
//! Europe: directive 2000/84/CE (last Sunday of March to last Sunday of October, at 01:00 UTC); from 1981 to 1995 summer
//! time ended on the last Sunday of September. Overseas: IANA time zone database 2025b; all are fixed but Miquelon's.

use crate::day::{days_from_ymd, ymd_from_days};
use crate::{Notice, Place};

/// A legal time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zone {
    /// Metropolitan France.
    #[default]
    Paris,
    /// Saint-Pierre-et-Miquelon, which follows the summer time of North America.
    Miquelon,
    /// Minutes east of UTC, all the year.
    Fixed(i16),
}

/// The zones overseas, by their IANA names, with their offsets.
const OVERSEAS: [(&str, i16); 13] = [
    ("America/Guadeloupe", -240),
    ("America/Martinique", -240),
    ("America/Marigot", -240),
    ("America/St_Barthelemy", -240),
    ("America/Cayenne", -180),
    ("Indian/Reunion", 240),
    ("Indian/Mayotte", 180),
    ("Indian/Kerguelen", 300),
    ("Pacific/Noumea", 660),
    ("Pacific/Wallis", 720),
    ("Pacific/Tahiti", -600),
    ("Pacific/Marquesas", -570),
    ("Pacific/Gambier", -540),
];

impl Zone {
    /// The zone of an IANA name of a French territory.
    ///
    /// ```
    /// use encart_table::zone::Zone;
    /// assert_eq!(Zone::from_name("Indian/Reunion"), Some(Zone::Fixed(240)));
    /// assert_eq!(Zone::from_name("Europe/Rome"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Zone> {
        match name {
            "Europe/Paris" => Some(Zone::Paris),
            "America/Miquelon" => Some(Zone::Miquelon),
            name => OVERSEAS.iter().find(|(other, _)| *other == name).map(|(_, offset)| Zone::Fixed(*offset)),
        }
    }

    /// The zone that an author names; `Paris`, and what to write, when no territory has that name.
    pub fn read(name: &str) -> (Zone, Option<Notice>) {
        if let Some(zone) = Zone::from_name(name) {
            return (zone, None);
        }
        let names = Zone::names().collect::<Vec<_>>().join(", ");
        let notice = Notice::error(
            "spec.timezone",
            Place::column("timezone"),
            format_args!(
                "« {name} » n’est pas une heure légale connue ; l’heure de Paris est prise. Écrivez l’un de ces noms : {names}."
            ),
            format_args!(
                "“{name}” is no legal time known here; Paris time is taken. Write one of these names: {names}."
            ),
        );
        (Zone::Paris, Some(notice))
    }

    /// The names that `from_name` knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ["Europe/Paris", "America/Miquelon"].into_iter().chain(OVERSEAS.iter().map(|(name, _)| *name))
    }

    /// Minutes east of UTC at an instant, in minutes since 1970 of UTC.
    pub(crate) fn offset(self, utc: i64) -> i64 {
        let year = ymd_from_days(utc.div_euclid(1440) as i32).year;
        // the Sunday on or after a day of a month, at a minute of UTC
        let sunday = |month: u32, day: u32, minute: i64| {
            let from = days_from_ymd(year, month, day);
            // 4 January 1970 was a Sunday
            i64::from(from + (3 - from).rem_euclid(7)) * 1440 + minute
        };
        match self {
            Zone::Fixed(minutes) => i64::from(minutes),
            Zone::Paris => {
                let end = if year < 1996 { sunday(9, 24, 60) } else { sunday(10, 25, 60) };
                let is_summer = year >= 1981 && (sunday(3, 25, 60)..end).contains(&utc);
                if is_summer { 120 } else { 60 }
            }
            Zone::Miquelon => {
                // second Sunday of March to first Sunday of November, at 02:00 local (since 2007)
                let is_summer = (sunday(3, 8, 300)..sunday(11, 1, 240)).contains(&utc);
                if is_summer { -120 } else { -180 }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_those_of_the_law() {
        let utc = |year, month, day, minute: i64| i64::from(days_from_ymd(year, month, day)) * 1440 + minute;
        for (zone, instant, offset) in [
            (Zone::Paris, utc(2019, 12, 31, 1380), 60),
            (Zone::Paris, utc(2024, 7, 13, 1320), 120),
            (Zone::Paris, utc(2024, 3, 31, 59), 60),
            (Zone::Paris, utc(2024, 3, 31, 60), 120),
            (Zone::Paris, utc(2024, 10, 27, 59), 120),
            (Zone::Paris, utc(2024, 10, 27, 60), 60),
            (Zone::Paris, utc(1990, 9, 30, 60), 60),
            (Zone::Paris, utc(1970, 7, 1, 0), 60),
            (Zone::Miquelon, utc(2024, 7, 1, 0), -120),
            (Zone::Miquelon, utc(2024, 12, 1, 0), -180),
            (Zone::Fixed(240), utc(2024, 7, 1, 0), 240),
        ] {
            assert_eq!(zone.offset(instant), offset, "{zone:?} {instant}");
        }
    }
}
