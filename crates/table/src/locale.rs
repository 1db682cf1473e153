//! How are numbers and dates written for a reader, in French first, in English second?
//!
//! One printer for axes, labels, tooltips, tables and sentences. French: groups of three with a narrow no-break
//! space (U+202F), decimal comma, no-break space (U+00A0) before a unit; rounding half away from zero on the
//! shortest decimal writing of the number, as CLDR's implementations do.

pub mod spoken;

use crate::day::{Grain, Period, Ymd};
use crate::decimal::Decimal;
use crate::table::join;

/// The language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// The one of the two that this language takes.
    pub fn pick<T>(self, fr: T, en: T) -> T {
        match self {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// The language of a BCP 47 tag; French when it is not English.
    pub fn from_tag(tag: &str) -> Lang {
        if tag.to_ascii_lowercase().starts_with("en") { Lang::En } else { Lang::Fr }
    }

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        self.pick("fr", "en")
    }
}

/// Whether large numbers are written in full or in words (`1,2 M€`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// In full.
    One,
    /// In millions: `M`.
    Million,
    /// In thousand millions: `Md`.
    Billion,
}

/// How the numbers of one measure are written wherever they stand.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberFormat {
    /// The language.
    pub lang: Lang,
    /// The unit, written after the number (before it for English currencies).
    pub unit: Option<String>,
    /// Digits after the decimal mark.
    pub decimals: usize,
    /// In full or in words.
    pub scale: Scale,
}

/// A text whose marks that stand after a space in French never begin a line.
///
/// ```
/// assert_eq!(encart_table::locale::bind("Budget : « en hausse » ?"), "Budget\u{a0}: «\u{a0}en hausse\u{a0}»\u{a0}?");
/// ```
pub fn bind(text: &str) -> String {
    let mut bound = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let is_bound = before == '«' || matches!(letters.peek(), Some(':' | ';' | '!' | '?' | '»' | '%' | '€'));
        bound.push(if letter == ' ' && is_bound { '\u{a0}' } else { letter });
        before = letter;
    }
    bound
}

impl NumberFormat {
    /// As many digits as separate neighbours, no more; words from a million on.
    pub fn for_values(values: &[f64], unit: Option<&str>, lang: Lang) -> NumberFormat {
        let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        let may_shorten = unit.is_none_or(|unit| !unit.starts_with(['k', 'M', '%']));
        // a value that a thousandth of the word would hide keeps all in full
        let smallest = values.iter().map(|value| value.abs()).filter(|size| *size > 0.0).fold(f64::INFINITY, f64::min);
        let word = if largest >= 1e9 { 1e9 } else { 1e6 };
        let scale = match largest {
            _ if !may_shorten || smallest < word / 1000.0 => Scale::One,
            _ if largest >= 1e9 => Scale::Billion,
            _ if largest >= 1e6 => Scale::Million,
            _ => Scale::One,
        };
        let divisor = divisor(scale);
        let scaled: Vec<f64> = values.iter().map(|value| value / divisor).collect();
        let mut sorted = crate::order::sorted(&scaled);
        sorted.dedup();
        let written = sorted.iter().map(|value| n_decimals(*value)).max().unwrap_or(0);
        // In words one digit is kept (`1,2 M€`), of a value alone three in all (`1,34 M€`): nothing beside it says the rest;
        // three decimals at most, or the reader compares noise; but no value is written as the zero that it is not.
        let least = match (scale, scaled.as_slice()) {
            (Scale::One, _) => 0,
            (_, [alone]) if alone.abs() < 9.995 => written.clamp(1, 2),
            _ => 1,
        };
        let is_seen =
            |value: &f64, decimals: usize| *value == 0.0 || Decimal::of(*value).round(decimals as u32).digits > 0;
        let visible =
            (0..=written).find(|decimals| sorted.iter().all(|value| is_seen(value, *decimals))).unwrap_or(written);
        let most = written.min(3.max(visible));
        let apart = |decimals: usize| {
            let rounded = |value: f64| Decimal::of(value).round(decimals as u32);
            sorted.windows(2).all(|pair| !matches!(pair, [low, high] if rounded(*low) == rounded(*high)))
        };
        // rates and prices as they are printed: 3,49 € and 3,51 € are not 3 € and 4 €
        let n_printed = values.iter().filter(|value| n_decimals(**value) > 0).count();
        let least = match scale {
            Scale::One if written <= 2 && largest < 1000.0 && n_printed * 2 >= values.len() => written,
            _ => least,
        };
        // values as printed that differ later still are told apart too; digits without end, which were computed, are not
        let is_printed = scale == Scale::One && written <= 6;
        let finer = || (most..=written).find(|decimals| is_printed && apart(*decimals));
        let decimals =
            (least..=most).find(|decimals| apart(*decimals)).or_else(finer).unwrap_or(most).max(visible).min(written);
        NumberFormat { lang, unit: unit.map(str::to_string), decimals, scale }
    }

    /// Every digit that the value has (six decimals at most), nothing shortened: for the table and its words. Of digits
    /// without end, which were computed, three decimals, and three digits of the smallest value.
    pub fn full(values: &[f64], unit: Option<&str>, lang: Lang) -> NumberFormat {
        let written = values.iter().map(|value| n_decimals(*value)).max().unwrap_or(0);
        let is_tiny = values.iter().any(|value| *value != 0.0 && value.abs() < 1e-5);
        let most = if is_tiny { 15 } else { 6 };
        let smallest = values.iter().map(|value| value.abs()).filter(|size| *size > 0.0).fold(f64::INFINITY, f64::min);
        let written = match written {
            _ if is_tiny => written,
            5.. if unit == Some("%") => 2,
            7.. if smallest >= 0.1 => 3,
            7.. if smallest >= 0.01 => 4,
            _ => written,
        };
        let cents = if unit == Some("€") && written > 0 { 2 } else { 0 };
        NumberFormat { lang, unit: unit.map(str::to_string), decimals: written.clamp(cents, most), scale: Scale::One }
    }

    /// The number with its unit.
    pub fn write(&self, value: f64) -> String {
        let bare = self.write_bare(value);
        // what is not nothing is never written as zero
        if value != 0.0 && !bare.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
            let least =
                write_number(1.0 / crate::decimal::power_of_ten(self.decimals as i32), self.decimals, self.lang);
            let sign = if value < 0.0 { "> −" } else { "< " };
            return self.with_unit(&[sign, &least].concat(), value);
        }
        self.with_unit(&bare, value)
    }

    /// The number alone: `1 234,5`, or `1,2` when the unit is `M€`.
    pub fn write_bare(&self, value: f64) -> String {
        write_number(value / divisor(self.scale), self.decimals, self.lang)
    }

    /// The unit as it is written after numbers of this format: `M€`, `%`; empty when there is none.
    pub fn unit_words(&self) -> String {
        let unit = self.unit.as_deref().unwrap_or("");
        let scale = match self.scale {
            Scale::One => return unit.to_string(),
            Scale::Million => "M",
            Scale::Billion => self.lang.pick("Md", "bn"),
        };
        if unit.starts_with('€') || unit.is_empty() {
            return format!("{scale}{unit}");
        }
        let is_word = unit.chars().count() > 3 && !unit.contains('/');
        match self.lang {
            // 1,9 M d’habitants
            Lang::Fr if is_word => [scale, "\u{a0}", &de(unit)].concat(),
            Lang::En if is_word => {
                [if self.scale == Scale::Million { "million" } else { "billion" }, "\u{a0}", unit].concat()
            }
            _ => format!("{scale}\u{a0}{unit}"),
        }
    }

    fn with_unit(&self, number: &str, value: f64) -> String {
        let mut unit = self.unit_words();
        if self.scale == Scale::One && is_one(value, self.lang) {
            unit = singular(&unit);
        }
        if unit.is_empty() {
            return number.to_string();
        }
        match (self.lang, unit.split_once('€')) {
            // €3.2m, −€12: the sign before the currency
            (Lang::En, Some((scale, ""))) => match number.strip_prefix('−') {
                Some(number) => format!("−€{number}{scale}"),
                None => format!("€{number}{scale}"),
            },
            (Lang::En, _) if unit == "%" => format!("{number}%"),
            _ => format!("{number}\u{a0}{unit}"),
        }
    }
}

/// Whether a number asks for the singular: in French all below two, in English one alone.
fn is_one(value: f64, lang: Lang) -> bool {
    lang.pick(value.abs() < 2.0, value == 1.0)
}

/// Words without the mark of their plural: `logements vacants` is `logement vacant`.
pub fn singular(words: &str) -> String {
    const ALIKE: [&str; 15] = [
        "mois", "fois", "pays", "bus", "cas", "bras", "temps", "corps", "accès", "décès", "permis", "repas", "avis",
        "bois", "colis",
    ];
    let word = |word: &str| match word.strip_suffix('s') {
        Some(short)
            if short.chars().count() >= 3
                && short.chars().all(|letter| letter.is_ascii_alphabetic() || letter >= 'À')
                && !ALIKE.contains(&word) =>
        {
            short.to_string()
        }
        _ => word.to_string(),
    };
    join(&words.split(' ').map(word).collect::<Vec<_>>(), " ")
}

/// `de logements`, `d’habitants`.
pub fn de(words: &str) -> String {
    let first = words.chars().next().map(crate::table::lower).unwrap_or(' ');
    let is_vowel =
        matches!(first, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'é' | 'è' | 'ê' | 'à' | 'â' | 'î' | 'ô' | 'œ');
    if is_vowel { ["d’", words].concat() } else { ["de ", words].concat() }
}

fn divisor(scale: Scale) -> f64 {
    match scale {
        Scale::One => 1.0,
        Scale::Million => 1e6,
        Scale::Billion => 1e9,
    }
}

/// Digits after the decimal mark in the shortest writing of the number.
pub fn n_decimals(value: f64) -> usize {
    Decimal::of(value).decimals as usize
}

/// A number with so many decimals: `−1 234,50` in French, `−1,234.50` in English.
pub fn write_number(value: f64, decimals: usize, lang: Lang) -> String {
    let decimal = Decimal::of(value).round(decimals as u32);
    let (whole, fraction) = decimal.parts();
    let group = lang.pick('\u{202f}', ',');
    let mut text = String::new();
    if decimal.is_negative {
        text.push('−');
    }
    for (idx, digit) in whole.chars().enumerate() {
        if idx > 0 && (whole.len() - idx) % 3 == 0 {
            text.push(group);
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push(lang.pick(',', '.'));
        text.push_str(&fraction);
        (fraction.len()..decimals).for_each(|_| text.push('0'));
    }
    text
}

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT_FR: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

/// A month's name, 1 to 12: whole, or shortened as on an axis.
pub fn month_name(month: u32, short: bool, lang: Lang) -> &'static str {
    let idx = (month as usize).saturating_sub(1);
    let name = match (lang, short) {
        (Lang::Fr, false) => MONTHS_FR.get(idx),
        (Lang::Fr, true) => SHORT_FR.get(idx),
        (Lang::En, _) => MONTHS_EN.get(idx),
    };
    let name = name.copied().unwrap_or("");
    if lang == Lang::En && short { name.get(..3).unwrap_or(name) } else { name }
}

/// A time of day, in minutes after midnight: `6 h 30`, `06:30`.
pub fn write_time(minute: u16, lang: Lang) -> String {
    let (hour, minute) = (u32::from(minute / 60), u32::from(minute % 60));
    match lang {
        Lang::Fr if minute == 0 => format!("{hour}\u{a0}h"),
        Lang::Fr => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
        Lang::En => format!("{hour:02}:{minute:02}"),
    }
}

/// A period in words: `31 mars 2026`, `15 janvier 2024 à 6 h 30`, `mars 2026`, `T1 2026`, `2026`.
pub fn write_period(period: Period, lang: Lang) -> String {
    let Ymd { year, month, day } = period.ymd();
    match period.grain {
        grain if grain.minutes().is_some() => {
            let day = write_period(Period::from_day(period.start, Grain::Day), lang);
            [day.as_str(), lang.pick(" à ", ", "), &write_time(period.minute, lang)].concat()
        }
        Grain::Day if day == 1 && lang == Lang::Fr => format!("1er {} {year}", month_name(month, false, lang)),
        Grain::Week => {
            let (year, week) = period.iso_week();
            format!("{} {week} {} {year}", lang.pick("semaine", "week"), lang.pick("de", "of"))
        }
        Grain::Month => format!("{} {year}", month_name(month, false, lang)),
        Grain::Quarter => format!("{}{} {year}", lang.pick("T", "Q"), month.div_ceil(3)),
        Grain::Semester => format!("{}{} {year}", lang.pick("S", "H"), month.div_ceil(6)),
        Grain::Year => year.to_string(),
        Grain::SchoolYear => format!("{year}-{}", year + 1),
        _ => format!("{day} {} {year}", month_name(month, false, lang)),
    }
}

/// A period as files write it: `2024-01-15T06:30`, `2026-03-31`, `2026-03`, `2026-Q1`, `2026-S1`, `2026-W05`, `2026`.
pub fn write_iso(period: Period) -> String {
    let Ymd { year, month, day } = period.ymd();
    match period.grain {
        Grain::Week => {
            let (year, week) = period.iso_week();
            format!("{year:04}-W{week:02}")
        }
        Grain::Month => format!("{year:04}-{month:02}"),
        Grain::Quarter => format!("{year:04}-Q{}", month.div_ceil(3)),
        Grain::Semester => format!("{year:04}-S{}", month.div_ceil(6)),
        Grain::Year => format!("{year:04}"),
        Grain::SchoolYear => format!("{year:04}-{:04}", year + 1),
        Grain::Day => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!(
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}",
            i32::from(period.minute / 60),
            i32::from(period.minute % 60)
        ),
    }
}

/// `a`, `a et b`, `a, b et c`.
pub fn write_list(items: &[String], lang: Lang) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [start @ .., last] => format!("{} {} {last}", join(start, ", "), lang.pick("et", "and")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_french_write_them() {
        for (value, decimals, fr, en) in [
            (1234.5, 1, "1\u{202f}234,5", "1,234.5"),
            (1234.5, 0, "1\u{202f}235", "1,235"),
            (-1234567.0, 0, "−1\u{202f}234\u{202f}567", "−1,234,567"),
            (0.0, 0, "0", "0"),
            (-0.2, 0, "0", "0"),
            (1.005, 2, "1,01", "1.01"),
            (999.95, 1, "1\u{202f}000,0", "1,000.0"),
            (1e15, 0, "1\u{202f}000\u{202f}000\u{202f}000\u{202f}000\u{202f}000", "1,000,000,000,000,000"),
        ] {
            assert_eq!(write_number(value, decimals, Lang::Fr), fr);
            assert_eq!(write_number(value, decimals, Lang::En), en);
        }
    }

    #[test]
    fn a_measure_is_written_with_as_many_digits_as_separate_neighbours() {
        for (values, unit, fr, en) in [
            (&[9.98, 10.41][..], None, ["9,98", "10,41"], ["9.98", "10.41"]),
            (&[31.0, 39.0], Some("%"), ["31\u{a0}%", "39\u{a0}%"], ["31%", "39%"]),
            (&[3_200_000.0, 4_150_000.0], Some("€"), ["3,2\u{a0}M€", "4,2\u{a0}M€"], ["€3.2M", "€4.2M"]),
            (&[1_000_000.0, 2_000_000.0], None, ["1\u{a0}M", "2\u{a0}M"], ["1\u{a0}M", "2\u{a0}M"]),
            (&[0.12, 0.124], None, ["0,120", "0,124"], ["0.120", "0.124"]),
            (&[106.0, 4049.0], Some("€"), ["106\u{a0}€", "4\u{202f}049\u{a0}€"], ["€106", "€4,049"]),
        ] {
            for (lang, expected) in [(Lang::Fr, fr), (Lang::En, en)] {
                let format = NumberFormat::for_values(values, unit, lang);
                let written: Vec<String> = values.iter().map(|value| format.write(*value)).collect();
                assert_eq!(written, expected);
            }
        }
    }

    #[test]
    fn a_table_keeps_every_digit() {
        let full = NumberFormat::full(&[1234567.8, 2.0], Some("€"), Lang::Fr);
        assert_eq!(full.write(1234567.8), "1\u{202f}234\u{202f}567,80\u{a0}€");
    }

    #[test]
    fn periods_are_written_in_words() {
        for (text, fr, en) in [
            ("2026-03-31", "31 mars 2026", "31 March 2026"),
            ("2026-03-01", "1er mars 2026", "1 March 2026"),
            ("2024-01-15T06:30", "15 janvier 2024 à 6\u{a0}h\u{a0}30", "15 January 2024, 06:30"),
            ("2024-01-15 18h", "15 janvier 2024 à 18\u{a0}h", "15 January 2024, 18:00"),
            ("2026-03", "mars 2026", "March 2026"),
            ("T1 2026", "T1 2026", "Q1 2026"),
            ("2026-W05", "semaine 5 de 2026", "week 5 of 2026"),
            ("2025-2026", "2025-2026", "2025-2026"),
            ("2026", "2026", "2026"),
        ] {
            let period = crate::day::read_period(text).expect(text);
            assert_eq!((write_period(period, Lang::Fr).as_str(), write_period(period, Lang::En).as_str()), (fr, en));
        }
    }
}
