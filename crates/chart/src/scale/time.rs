//! Which periods does a time axis name, so that labels neither collide nor turn?

use encart_scene::measure::text_width;
use encart_table::Lang;
use encart_table::day::{Grain, Period, Ymd};
use encart_table::locale::{month_name, write_time};

use crate::channel::{Slot, year};

/// A label under an axis: one or two lines, at a slot.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    pub(crate) slot_idx: usize,
    pub(crate) lines: Vec<String>,
}

/// The labels of a time axis whose slots are at these pixels. Years: as many as fit, the first and the last always.
/// Shorter periods: the finest calendar step that fits, with the year below wherever it begins.
pub(crate) fn time_ticks(slots: &[Slot], px: &[f64], size: f64, lang: Lang) -> Vec<Tick> {
    let grain = slots.iter().find_map(|slot| slot.period).map_or(Grain::Year, |period| period.grain);
    if matches!(grain, Grain::Year | Grain::SchoolYear) {
        return thin(&(0..slots.len()).collect::<Vec<_>>(), px, size, &|idx| {
            vec![slots.get(idx).map_or(String::new(), |slot| slot.label.clone())]
        });
    }
    let starts = |months: u32| -> Vec<usize> {
        let is_start = |idx: &usize| {
            let month = |idx: usize| slots.get(idx).and_then(|slot| slot.period).map(Period::ymd);
            let Some(Ymd { year, month: this, .. }) = month(*idx) else { return false };
            // the first slot of each calendar step
            let previous = idx.checked_sub(1).and_then(month);
            let step = |year: i32, month: u32| year * 12 + (month as i32 - 1) / months as i32 * months as i32;
            previous.is_none_or(|previous| step(previous.year, previous.month) != step(year, this))
                && (idx > &0 || (this - 1) % months == 0)
        };
        (0..slots.len()).filter(is_start).collect()
    };
    // hours have their day below, all else its year
    let is_hour = grain.minutes().is_some();
    let head = |slot: &Slot| match slot.period {
        Some(period) if is_hour => short_day(period, lang),
        _ => year(slot).map_or(String::new(), |year| year.to_string()),
    };
    let label = |candidates: &[usize]| -> Vec<Tick> {
        let mut shown = String::new();
        let mut ticks = Vec::new();
        for idx in candidates {
            let Some(slot) = slots.get(*idx) else { continue };
            let mut lines = vec![short_label(slot, lang)];
            let head = head(slot);
            if head != shown {
                shown.clone_from(&head);
                lines.push(head);
            }
            ticks.push(Tick { slot_idx: *idx, lines });
        }
        ticks
    };
    let on_clock = |minutes: u16| -> Vec<usize> {
        let is_on = |idx: &usize| {
            slots.get(*idx).and_then(|slot| slot.period).is_some_and(|period| period.minute % minutes == 0)
        };
        (0..slots.len()).filter(is_on).collect()
    };
    // the finest step of the clock, or of the calendar, whose labels fit
    for step in [1, 60, 180, 360, 720] {
        let candidates = match step {
            1 => (0..slots.len()).collect(),
            minutes if is_hour => on_clock(minutes),
            60 => starts(1),
            180 => starts(3),
            _ => starts(6),
        };
        let ticks = label(&candidates);
        if ticks.len() > 1 && fits(&ticks, px, size) {
            return ticks;
        }
    }
    // the day or the year alone
    let head_at = |idx: usize| slots.get(idx).map_or(String::new(), head);
    let is_first = |idx: &usize| idx.checked_sub(1).is_none_or(|before| head_at(before) != head_at(*idx));
    let firsts: Vec<usize> = if is_hour { (0..slots.len()).filter(is_first).collect() } else { starts(12) };
    if firsts.len() > 1 {
        return thin(&firsts, px, size, &|idx| vec![head_at(idx)]);
    }
    // some days of one month, some hours of one day
    thin(&(0..slots.len()).collect::<Vec<_>>(), px, size, &|idx| {
        let own = slots.get(idx).map_or(String::new(), |slot| short_label(slot, lang));
        if idx == 0 { vec![own, head_at(idx)] } else { vec![own] }
    })
}

fn short_label(slot: &Slot, lang: Lang) -> String {
    let Some(period) = slot.period else { return slot.label.clone() };
    let month = period.ymd().month;
    match period.grain {
        grain if grain.minutes().is_some() => write_time(period.minute, lang),
        Grain::Week => format!("S{}", period.iso_week().1),
        Grain::Month => month_name(month, true, lang).to_string(),
        Grain::Quarter => format!("{}{}", lang.pick("T", "Q"), month.div_ceil(3)),
        Grain::Semester => format!("{}{}", lang.pick("S", "H"), month.div_ceil(6)),
        Grain::Year | Grain::SchoolYear => slot.label.clone(),
        _ => short_day(period, lang),
    }
}

fn short_day(period: Period, lang: Lang) -> String {
    let Ymd { month, day, .. } = period.ymd();
    format!("{day} {}", month_name(month, true, lang))
}

fn half_width(lines: &[String], size: f64) -> f64 {
    lines.iter().map(|line| text_width(line, size, false)).fold(0.0, f64::max) / 2.0
}

fn fits(ticks: &[Tick], px: &[f64], size: f64) -> bool {
    const GAP: f64 = 8.0;
    let at = |tick: &Tick| px.get(tick.slot_idx).copied().unwrap_or(0.0);
    ticks.windows(2).all(|pair| match pair {
        [one, other] => at(other) - at(one) >= half_width(&one.lines, size) + half_width(&other.lines, size) + GAP,
        _ => true,
    })
}

/// Every label if they fit, else every second, fifth …, counted back from the last; the first stays, and whatever
/// stands too near to it goes.
fn thin(candidates: &[usize], px: &[f64], size: f64, label: &dyn Fn(usize) -> Vec<String>) -> Vec<Tick> {
    let tick = |idx: &usize| Tick { slot_idx: *idx, lines: label(*idx) };
    for every in [1, 2, 5, 10, 20, 25, 50, 100] {
        let last = candidates.len().saturating_sub(1);
        let kept = candidates
            .iter()
            .enumerate()
            .filter(|(idx, _)| (last - idx).is_multiple_of(every))
            .map(|(_, slot_idx)| slot_idx);
        let mut ticks: Vec<Tick> = kept.map(tick).collect();
        if let (Some(first), Some(first_tick)) = (candidates.first(), ticks.first())
            && first_tick.slot_idx != *first
        {
            let first = tick(first);
            while ticks.len() > 1 && ticks.first().is_some_and(|next| !fits(&[first.clone(), next.clone()], px, size)) {
                ticks.remove(0);
            }
            ticks.insert(0, first);
        }
        if fits(&ticks, px, size) {
            return ticks;
        }
    }
    candidates.last().map(tick).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use encart_table::locale::write_period;

    fn check(from: Period, n_slots: i32, width: f64, expected: &[&str]) {
        let slots: Vec<Slot> = (0..n_slots)
            .map(|by| from.step(by))
            .map(|period| Slot { label: write_period(period, Lang::Fr), period: Some(period), ..Slot::default() })
            .collect();
        let px: Vec<f64> = (0..n_slots).map(|idx| (f64::from(idx) + 0.5) * width / f64::from(n_slots)).collect();
        let ticks = time_ticks(&slots, &px, 13.0, Lang::Fr);
        assert!(fits(&ticks, &px, 13.0));
        assert_eq!(ticks.iter().map(|tick| tick.lines.join("/")).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn years_keep_the_first_and_the_last() {
        check(Period::year(2015), 5, 600.0, &["2015", "2016", "2017", "2018", "2019"]);
        check(Period::year(2015), 10, 300.0, &["2015", "2018", "2020", "2022", "2024"]);
        check(Period::year(1968), 56, 300.0, &["1968", "1983", "1993", "2003", "2013", "2023"]);
    }

    #[test]
    fn hours_say_their_day_where_it_begins() {
        let evening = encart_table::day::read_period("2024-01-15T22:00").expect("an hour");
        check(evening, 4, 600.0, &["22\u{a0}h/15 janv.", "23\u{a0}h", "0\u{a0}h/16 janv.", "1\u{a0}h"]);
        check(
            evening,
            48,
            400.0,
            &[
                "0\u{a0}h/16 janv.",
                "6\u{a0}h",
                "12\u{a0}h",
                "18\u{a0}h",
                "0\u{a0}h/17 janv.",
                "6\u{a0}h",
                "12\u{a0}h",
                "18\u{a0}h",
            ],
        );
    }

    #[test]
    fn months_say_their_year_where_it_begins() {
        check(Period::month(2024, 11), 4, 600.0, &["nov./2024", "déc.", "janv./2025", "févr."]);
        check(
            Period::month(2023, 1),
            24,
            300.0,
            &["janv./2023", "avr.", "juil.", "oct.", "janv./2024", "avr.", "juil.", "oct."],
        );
        check(Period::month(2015, 1), 96, 300.0, &["2015", "2018", "2020", "2022"]);
    }
}
