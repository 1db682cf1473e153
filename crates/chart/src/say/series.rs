//! One series in words: from where to where, its extremes, its largest change.

use encart_table::locale::{n_decimals, write_number};
use encart_table::{Grain, Hedge, Lang, NumberFormat};

use crate::channel::{Channels, Series, Slot};

/// A series being told, in the words of its own values: a small one would be rounded to nothing in those of the largest.
struct Teller<'a> {
    channels: &'a Channels,
    format: NumberFormat,
    lang: Lang,
}

/// `École : de 10 € en 2020 à 12 € en 2024 (+20 %) ; maximum 14 € en 2022.`, or the extremes among categories.
pub(super) fn say_series(channels: &Channels, series: &Series, is_named: bool) -> String {
    let lang = channels.full.lang;
    let known: Vec<(usize, f64)> = series.placed().collect();
    let name = if is_named { format!("{}{} ", series.name, lang.pick(" :", ":")) } else { String::new() };
    let start = if is_named { lang.pick("de", "from") } else { lang.pick("De", "From") };
    let (Some(first), Some(last)) = (known.first().copied(), known.last().copied()) else {
        return lang.pick(format!("{name}aucune valeur."), format!("{name}no value."));
    };
    let (lowest, highest) = extremes(&known).unwrap_or((first, first));
    let teller = Teller { channels, format: own_format(channels, series, &known), lang };
    let label = |idx: usize| teller.label(idx);
    // an estimate is no fact in a sentence either; the mark of a note says nothing aloud
    let write = |(idx, value): (usize, f64)| {
        let written = teller.format.write(value);
        match series.hedges.get(idx).and_then(Option::as_ref) {
            None | Some(Hedge::Note(_)) => written,
            Some(hedge) => hedge.write(&written, lang),
        }
    };
    if known.len() == 1 {
        return format!("{name}{} ({}).", write(first), label(first.0));
    }
    let to = lang.pick("à", "to");
    if !channels.is_time {
        let (high, low) = (write(highest), write(lowest));
        if highest.1 == lowest.1 && known.len() == channels.slots.len() {
            return format!("{name}{high} {}.", lang.pick("partout", "everywhere"));
        }
        return format!("{name}{start} {high} ({}) {to} {low} ({}).", label(highest.0), label(lowest.0));
    }
    if let Some(sentence) = teller.across_breaks(&known, start, &write) {
        return format!("{name}{sentence}");
    }
    let change = say_change(&teller.format, first.1, last.1);
    let at = |idx: usize| channels.slots.get(idx).map_or(String::new(), |slot| when(slot, lang));
    let mut sentence =
        format!("{name}{start} {} {} {to} {} {}{change}", write(first), at(first.0), write(last), at(last.0));
    let between = lang.pick(" ; ", "; ");
    if highest.1 > first.1.max(last.1) {
        let word = lang.pick("maximum", "highest");
        sentence.push_str(&format!("{between}{word} {} {}", write(highest), at(highest.0)));
    }
    if lowest.1 < first.1.min(last.1) {
        let word = lang.pick("minimum", "lowest");
        sentence.push_str(&format!("{between}{word} {} {}", write(lowest), at(lowest.0)));
    }
    sentence.push('.');
    if !is_named && known.len() >= 6 {
        sentence.push_str(&teller.largest_change(&known));
    }
    sentence
}

/// The lowest and the highest; of equal values the first is named.
pub(super) fn extremes(known: &[(usize, f64)]) -> Option<((usize, f64), (usize, f64))> {
    let by_value = |one: &&(usize, f64), other: &&(usize, f64)| one.1.total_cmp(&other.1);
    Some((*known.iter().min_by(by_value)?, *known.iter().rev().max_by(by_value)?))
}

fn own_format(channels: &Channels, series: &Series, known: &[(usize, f64)]) -> NumberFormat {
    let values: Vec<f64> = known.iter().map(|(_, value)| *value).collect();
    let unit = series.own_format.as_ref().map_or(&channels.format.unit, |format| &format.unit);
    match unit.as_deref() {
        Some("%") if series.own_format.is_none() => channels.format.clone(),
        unit => NumberFormat::for_values(&values, unit, channels.full.lang),
    }
}

impl Teller<'_> {
    fn label(&self, idx: usize) -> &str {
        self.channels.slots.get(idx).map_or("", |slot| slot.label.as_str())
    }

    /// Of a series that is broken, each part by itself: nothing is compared across.
    fn across_breaks(
        &self,
        known: &[(usize, f64)],
        start: &str,
        write: &dyn Fn((usize, f64)) -> String,
    ) -> Option<String> {
        let part_of = |idx: usize| self.channels.breaks.iter().filter(|at| **at <= idx).count();
        let parts: Vec<&[(usize, f64)]> = known.chunk_by(|one, other| part_of(one.0) == part_of(other.0)).collect();
        if parts.len() < 2 {
            return None;
        }
        let at = |idx: usize| self.channels.slots.get(idx).map_or(String::new(), |slot| when(slot, self.lang));
        let (from, to) = self.lang.pick(("de", "à"), ("from", "to"));
        let said = parts.iter().enumerate().map(|(idx, part)| match part {
            [only] => format!("{} {}", write(*only), at(only.0)),
            [first, .., last] => {
                let change = say_change(&self.format, first.1, last.1);
                let from = if idx == 0 { start } else { from };
                format!("{from} {} {} {to} {} {}{change}", write(*first), at(first.0), write(*last), at(last.0))
            }
            [] => String::new(),
        });
        let between = self.lang.pick(" ; après la rupture, ", "; after the break, ");
        Some(said.collect::<Vec<_>>().join(between) + ".")
    }

    /// ` Plus forte hausse entre 2019 et 2020 (+12 %).` The change from one slot to the next that is the largest.
    fn largest_change(&self, known: &[(usize, f64)]) -> String {
        let step = |pair: &&[(usize, f64)]| match pair {
            [one, next] if next.0 == one.0 + 1 && !self.channels.breaks.contains(&next.0) => (next.1 - one.1).abs(),
            _ => -1.0,
        };
        let largest = known.windows(2).max_by(|one, other| step(one).total_cmp(&step(other)));
        let Some([one, next]) = largest.filter(|pair| step(pair) > 0.0) else { return String::new() };
        let word = match next.1 > one.1 {
            true => self.lang.pick("Plus forte hausse", "Largest rise"),
            false => self.lang.pick("Plus forte baisse", "Largest fall"),
        };
        let change = say_change(&self.format, one.1, next.1);
        let (between, and) = self.lang.pick(("entre", "et"), ("between", "and"));
        // « entre le 12 juillet 2024 et le 13 juillet 2024 »
        let named = |idx: usize| match self.channels.slots.get(idx) {
            Some(slot) if self.lang == Lang::Fr && is_dated(slot) => when(slot, self.lang),
            _ => self.label(idx).to_string(),
        };
        format!(" {word} {between} {} {and} {}{change}.", named(one.0), named(next.0))
    }
}

/// Whether a slot is a day or an hour, which take an article in French.
fn is_dated(slot: &Slot) -> bool {
    slot.period.is_some_and(|period| period.grain == Grain::Day || period.grain.minutes().is_some())
}

/// `en 2024`, `le 5 janvier 2024`.
pub(super) fn when(slot: &Slot, lang: Lang) -> String {
    let word = if is_dated(slot) { lang.pick("le", "on") } else { lang.pick("en", "in") };
    format!("{word} {}", slot.label)
}

/// `de 2020`, `d’avril 2024`, `du 5 janvier 2024`.
pub(crate) fn since(slot: &Slot) -> String {
    match slot.label.starts_with(['a', 'o']) {
        _ if is_dated(slot) => format!("du {}", slot.label),
        true => format!("d’{}", slot.label),
        false => format!("de {}", slot.label),
    }
}

/// `à 2024`, `au 5 janvier 2024`.
pub(super) fn until(slot: &Slot) -> String {
    let word = if is_dated(slot) { "au" } else { "à" };
    format!("{word} {}", slot.label)
}

/// ` (+12 %)`, or in points when the values are percentages; nothing when the start is not above zero.
pub(super) fn say_change(format: &NumberFormat, from: f64, to: f64) -> String {
    let lang = format.lang;
    let signed = |value: f64, decimals: usize| {
        let written = write_number(value, decimals, lang);
        if value > 0.0 { format!("+{written}") } else { written }
    };
    if format.unit.as_deref().is_some_and(|unit| unit.starts_with('%')) {
        let points = to - from;
        let decimals = n_decimals((points * 10.0).round() / 10.0).min(1);
        let plural = if points.abs() >= 2.0 { "s" } else { "" };
        return format!(" ({} point{plural})", signed(points, decimals));
    }
    if from <= 0.0 || from == to {
        return String::new();
    }
    // of degrees a per cent means nothing: their zero is a convention
    if format.unit.as_deref().is_some_and(|unit| unit.starts_with('°')) {
        let degrees = NumberFormat { decimals: 1, ..format.clone() };
        let sign = if to > from { "+" } else { "" };
        return format!(" ({sign}{})", degrees.write(to - from));
    }
    let percent = (to / from - 1.0) * 100.0;
    if percent.abs() < 0.05 {
        let (rise, fall) = lang.pick(("hausse", "baisse"), ("rise", "fall"));
        let word = if percent > 0.0 { rise } else { fall };
        return lang.pick(format!(" ({word} de moins de 0,1\u{a0}%)"), format!(" ({word} of less than 0.1%)"));
    }
    let decimals = if percent.abs() < 10.0 { 1 } else { 0 };
    format!(" ({}{})", signed(percent, decimals), lang.pick("\u{a0}%", "%"))
}
