//! Is a target within reach: ahead, on track, behind, by a rule that can be told?
//!
//! The rule: a straight line from where the measure started to the target on its date. A measure that has covered as much
//! of the way as of the time, within five points of a hundred, is on track.

use encart_table::sum::fifteen_digits;
use encart_table::table::fold;
use encart_table::{Grain, Lang, Period};

/// What separates on track from ahead and behind: five points of the way.
const MARGIN: f64 = 0.05;

/// A measure on its way to a target. Values are in the measure's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trajectory {
    /// Where it started, and when.
    pub start: (Period, f64),
    /// Where it is now, and when that was measured.
    pub now: (Period, f64),
    /// Where it is to be, and when.
    pub target: (Period, f64),
    /// Which way it is to go, where the start alone does not say it: a ceiling that is kept already is a target too.
    pub direction: Option<Direction>,
}

/// Which way a measure is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
}

impl Direction {
    /// The direction that a word names, in French or in English.
    pub fn named(word: &str) -> Option<Direction> {
        match fold(word).as_str() {
            "hausse" | "monter" | "up" => Some(Direction::Up),
            "baisse" | "baisser" | "down" => Some(Direction::Down),
            _ => None,
        }
    }
}

/// How a measure stands to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is there, or beyond.
    Reached,
    /// It has covered more of the way than of the time.
    Ahead,
    /// As much, within the margin.
    OnTrack,
    /// Less.
    Behind,
    /// The date has come and the measure is not there.
    Missed,
}

impl Standing {
    /// In the reader's words.
    pub fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Standing::Reached => ("objectif atteint", "target reached"),
            Standing::Ahead => ("en avance", "ahead"),
            Standing::OnTrack => ("dans les temps", "on track"),
            Standing::Behind => ("en retard", "behind"),
            Standing::Missed => ("objectif manqué", "target missed"),
        };
        lang.pick(fr, en)
    }
}

impl Trajectory {
    /// The part of the way that is covered, 1 at the target, below 0 when it went the other way; none when the start is
    /// the target already.
    ///
    /// ```
    /// use encart_story::trajectory::{Standing, Trajectory};
    /// use encart_table::Period;
    /// let year = |year, value| (Period::year(year), value);
    /// let path = Trajectory { start: year(2015, 120.0), now: year(2024, 90.0), target: year(2030, 60.0), direction: None };
    /// assert_eq!(path.covered(), Some(0.5));
    /// assert_eq!(path.standing(), Some(Standing::Behind));
    /// ```
    pub fn covered(&self) -> Option<f64> {
        let way = self.target.1 - self.start.1;
        (way != 0.0).then(|| (self.now.1 - self.start.1) / way)
    }

    /// The part of the time that is gone, 1 on the target's date; none when that date is not after the start.
    pub fn elapsed(&self) -> Option<f64> {
        // years count alike, leap or not
        let are_years = [self.start.0, self.now.0, self.target.0].iter().all(|period| period.grain == Grain::Year);
        // what is measured of a month stands at its end, and the target is due at the end of its year
        let at = |period: Period| (if are_years { i64::from(period.ymd().year) } else { period.end() }) as f64;
        let time = at(self.target.0) - at(self.start.0);
        (time > 0.0).then(|| (at(self.now.0) - at(self.start.0)) / time)
    }

    /// Where the straight line is at the time of the last measure; at the target from its date on.
    pub fn expected(&self) -> Option<f64> {
        let elapsed = self.elapsed()?.clamp(0.0, 1.0);
        Some(fifteen_digits(self.start.1 + (self.target.1 - self.start.1) * elapsed))
    }

    /// How the measure stands; none when there is no way or no time to speak of.
    pub fn standing(&self) -> Option<Standing> {
        let elapsed = self.elapsed()?;
        let is_kept = |value: f64| match self.direction {
            Some(Direction::Up) => value >= self.target.1,
            Some(Direction::Down) => value <= self.target.1,
            None => false,
        };
        // it started beyond its target: it keeps it or not, there is no line to follow
        if is_kept(self.start.1) || is_kept(self.now.1) {
            return Some(match () {
                () if is_kept(self.now.1) => Standing::Reached,
                () if elapsed >= 1.0 => Standing::Missed,
                () => Standing::Behind,
            });
        }
        let covered = self.covered()?;
        let lead = fifteen_digits(covered - elapsed);
        Some(match () {
            () if covered >= 1.0 => Standing::Reached,
            () if elapsed >= 1.0 => Standing::Missed,
            () if lead > MARGIN => Standing::Ahead,
            () if lead < -MARGIN => Standing::Behind,
            () => Standing::OnTrack,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_stands_where_a_person_would_say() {
        let year = |year: i32, value: f64| (Period::year(year), value);
        for (start, now, target, expected) in [
            // emissions that must fall by half in fifteen years
            (year(2015, 120.0), year(2024, 90.0), year(2030, 60.0), Some(Standing::Behind)),
            (year(2015, 120.0), year(2024, 84.0), year(2030, 60.0), Some(Standing::OnTrack)),
            (year(2015, 120.0), year(2024, 70.0), year(2030, 60.0), Some(Standing::Ahead)),
            (year(2015, 120.0), year(2024, 60.0), year(2030, 60.0), Some(Standing::Reached)),
            (year(2015, 120.0), year(2024, 55.0), year(2030, 60.0), Some(Standing::Reached)),
            // the other way
            (year(2015, 120.0), year(2024, 150.0), year(2030, 60.0), Some(Standing::Behind)),
            // what must grow: kilometres of cycle lanes
            (year(2020, 10.0), year(2025, 40.0), year(2030, 60.0), Some(Standing::Ahead)),
            (year(2020, 10.0), year(2022, 20.0), year(2030, 60.0), Some(Standing::OnTrack)),
            // the date has come
            (year(2015, 120.0), year(2030, 61.0), year(2030, 60.0), Some(Standing::Missed)),
            (year(2015, 120.0), year(2031, 59.0), year(2030, 60.0), Some(Standing::Reached)),
            // nothing to cover, or no time to do it
            (year(2015, 60.0), year(2024, 60.0), year(2030, 60.0), None),
            (year(2030, 120.0), year(2030, 120.0), year(2030, 60.0), None),
        ] {
            let trajectory = Trajectory { start, now, target, direction: None };
            assert_eq!(trajectory.standing(), expected, "{trajectory:?}");
        }
        let month = |year: i32, month: u32, value: f64| (Period::month(year, month), value);
        for (start, now, target, direction, expected) in [
            // a ceiling that was kept from the start
            (year(2015, 50.0), year(2024, 58.0), year(2030, 60.0), Direction::Down, Standing::Reached),
            (year(2015, 50.0), year(2024, 61.0), year(2030, 60.0), Direction::Down, Standing::Behind),
            (year(2015, 50.0), year(2030, 61.0), year(2030, 60.0), Direction::Down, Standing::Missed),
            (year(2015, 60.0), year(2024, 60.0), year(2030, 60.0), Direction::Up, Standing::Reached),
            (year(2015, 120.0), year(2024, 90.0), year(2030, 60.0), Direction::Down, Standing::Behind),
            // the whole last year counts: in its June half of it is left
            (month(2028, 12, 0.0), month(2030, 6, 75.0), year(2030, 100.0), Direction::Up, Standing::OnTrack),
            // five points are within five points, whatever binary fractions say
            (year(2020, 0.0), year(2023, 25.0), year(2030, 100.0), Direction::Up, Standing::OnTrack),
            (year(2020, 0.0), year(2021, 0.15), year(2030, 1.0), Direction::Up, Standing::OnTrack),
        ] {
            let trajectory = Trajectory { start, now, target, direction: Some(direction) };
            assert_eq!(trajectory.standing(), Some(expected), "{trajectory:?}");
        }
    }

    #[test]
    fn the_line_is_straight_and_ends_at_the_target() {
        let year = |year: i32, value: f64| (Period::year(year), value);
        let at = |now| Trajectory {
            start: year(2020, 10.0),
            now: year(now, 0.0),
            target: year(2030, 60.0),
            direction: None,
        };
        assert_eq!(at(2020).expected(), Some(10.0));
        assert_eq!(at(2030).expected(), Some(60.0));
        assert_eq!(at(2040).expected(), Some(60.0));
        assert_eq!(at(2025).expected(), Some(35.0));
    }
}
