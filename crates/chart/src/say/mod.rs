//! What does the chart say in words? A summary, each datum aloud, and the notes that honesty asks for.

use encart_scene::Key;
use encart_table::locale::write_list;
use encart_table::{Grain, Hedge, Lang, Notice, NumberFormat, Why};

use crate::channel::{Channels, Series, Slot};
use crate::recipe::line::starts_at_zero;
use crate::spec::{Kind, Layout};

/// A datum in words: what the tooltip shows and the live region speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct DatumWords {
    /// The category or date.
    pub heading: String,
    /// The series of that slot, in drawing order.
    pub lines: Vec<ValueLine>,
    /// One sentence for a screen reader.
    pub spoken: String,
}

/// A series' value at a slot.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueLine {
    /// Which series, for its colour.
    pub series_idx: usize,
    /// Its name; empty when there is one series.
    pub name: String,
    /// Its value, or why there is none.
    pub value: String,
    /// Whether it is the datum in focus.
    pub is_current: bool,
}

/// The words of a datum.
pub(crate) fn say_datum(channels: &Channels, key: Key) -> Option<DatumWords> {
    let slot = channels.slots.get(key.datum_idx)?;
    let series = channels.series.get(key.series_idx)?;
    let has_names = channels.series.len() > 1;
    let line = |(series_idx, series): (usize, &Series)| ValueLine {
        series_idx,
        name: if has_names { series.name.clone() } else { String::new() },
        value: say_value(channels, series_idx, key.datum_idx),
        is_current: series_idx == key.series_idx,
    };
    let all: Vec<ValueLine> = channels.series.iter().enumerate().map(line).collect();
    let lang = channels.full.lang;
    let value = say_value(channels, key.series_idx, key.datum_idx);
    let what = if has_names { format!("{}, {}", slot.label, series.name) } else { slot.label.clone() };
    let of = lang.pick("sur", "of");
    let spoken =
        format!("{what}{} {value}. {} {of} {}.", lang.pick(" :", ":"), key.datum_idx + 1, channels.slots.len());
    Some(DatumWords { heading: slot.label.clone(), lines: all, spoken })
}

/// A value in full with its unit, its share when bars are shares, or the reason it is missing.
fn say_value(channels: &Channels, series_idx: usize, slot_idx: usize) -> String {
    say_with(channels, series_idx, slot_idx, NumberFormat::write)
}

/// The same for a column whose head names the unit.
pub(crate) fn say_cell(channels: &Channels, series_idx: usize, slot_idx: usize) -> String {
    say_with(channels, series_idx, slot_idx, NumberFormat::write_bare)
}

fn say_with(
    channels: &Channels,
    series_idx: usize,
    slot_idx: usize,
    write: fn(&NumberFormat, f64) -> String,
) -> String {
    let value = channels.series.get(series_idx).and_then(|series| series.values.get(slot_idx)).copied();
    match value.unwrap_or(Err(Why::Absent)) {
        Err(why) => channels.why_words(series_idx, slot_idx, why).to_string(),
        Ok(value) => {
            let written = write(&channels.full, value);
            let written = match channels.hedge(series_idx, slot_idx) {
                Some(hedge) => hedge.write(&written, channels.full.lang),
                None => written,
            };
            match channels.share(series_idx, slot_idx) {
                Some(share) if channels.is_percent() => {
                    format!("{written} ({})", say_percent(share, channels.full.lang))
                }
                _ => written,
            }
        }
    }
}

fn say_percent(share: f64, lang: Lang) -> String {
    NumberFormat { lang, unit: Some("%".into()), decimals: 1, scale: encart_table::locale::Scale::One }.write(share)
}

/// One or two sentences that stand for the picture: what it is, from where to where, its extremes, what is missing.
pub(crate) fn summarize(channels: &Channels, kind: Kind) -> String {
    let lang = channels.full.lang;
    if channels.is_empty() {
        return lang.pick("Aucune valeur à représenter.", "No value to show.").to_string();
    }
    if channels.is_percent() && kind == Kind::Bar && channels.full.unit.as_deref() != Some("%") {
        return summarize(&channels.as_shares(), kind);
    }
    let is_bar = kind == Kind::Bar;
    let is_share = is_bar && channels.is_percent();
    let kind = match kind {
        Kind::Bar if is_share => lang.pick("Barres en parts de 100\u{a0}%", "Bars as shares of 100%"),
        Kind::Bar => lang.pick("Diagramme en barres", "Bar chart"),
        Kind::Line => lang.pick("Courbe", "Line chart"),
    };
    let unit = channels
        .full
        .unit
        .as_deref()
        .map(|unit| format!(" ({unit})"))
        .filter(|unit| !is_share && !channels.y_name.ends_with(unit.as_str()));
    let unit = unit.unwrap_or_default();
    let mut sentences = vec![match (channels.slots.first(), channels.slots.last(), channels.is_time) {
        (Some(first), Some(last), true) => lang.pick(
            format!("{kind} : {}{unit}, {} {}.", channels.y_name, since(first), until(last)),
            format!("{kind}: {}{unit}, from {} to {}.", channels.y_name, first.label, last.label),
        ),
        _ => {
            let count = channels.slots.len();
            lang.pick(
                format!("{kind} : {}{unit} selon {}, {count} catégories.", channels.y_name, channels.x_name),
                format!("{kind}: {}{unit} by {}, {count} categories.", channels.y_name, channels.x_name),
            )
        }
    }];
    const SAID: usize = 4;
    let is_total = channels.layout != Layout::Grouped && channels.series.len() > 1 && is_bar;
    if is_total && channels.layout == Layout::Stacked {
        let totals = (0..channels.slots.len())
            .map(|idx| channels.total(idx).filter(|_| channels.is_whole(idx)).ok_or(Why::Undefined));
        let total = Series { name: lang.pick("Total", "Total").into(), values: totals.collect() };
        sentences.push(say_series(channels, &total, true));
    }
    for series in channels.series.iter().take(SAID) {
        sentences.push(say_series(channels, series, channels.series.len() > 1));
    }
    if let Some(rest) = channels.series.len().checked_sub(SAID).filter(|rest| *rest > 0) {
        sentences.push(
            lang.pick(
                format!("{rest} autre(s) série(s) dans le tableau."),
                format!("{rest} more series in the table."),
            ),
        );
    }
    let n_missing = channels.series.iter().flat_map(|series| &series.values).filter(|value| value.is_err()).count();
    if n_missing > 0 {
        let plural = if n_missing > 1 { "s" } else { "" };
        sentences.push(lang.pick(
            format!("{n_missing} valeur{plural} manquante{plural}."),
            format!("{n_missing} missing value{plural}."),
        ));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.join(" ")
}

/// `École : de 10 € en 2020 à 12 € en 2024 (+20 %) ; maximum 14 € en 2022.`, or the extremes among categories.
fn say_series(channels: &Channels, series: &Series, is_named: bool) -> String {
    let lang = channels.full.lang;
    let known: Vec<(usize, f64)> =
        series.values.iter().enumerate().filter_map(|(idx, value)| value.ok().map(|value| (idx, value))).collect();
    let name = if is_named { format!("{}{} ", series.name, lang.pick(" :", ":")) } else { String::new() };
    let start = if is_named { lang.pick("de", "from") } else { lang.pick("De", "From") };
    let (Some(first), Some(last)) = (known.first().copied(), known.last().copied()) else {
        return lang.pick(format!("{name}aucune valeur."), format!("{name}no value."));
    };
    let by_value = |one: &&(usize, f64), other: &&(usize, f64)| one.1.total_cmp(&other.1);
    // of equal values the first is named
    let highest = known.iter().rev().max_by(by_value).copied().unwrap_or(first);
    let lowest = known.iter().min_by(by_value).copied().unwrap_or(first);
    let label = |idx: usize| channels.slots.get(idx).map_or("", |slot| slot.label.as_str());
    let at = |idx: usize| channels.slots.get(idx).map_or(String::new(), |slot| when(slot, lang));
    // in the words of the series, not of the largest: a small series would be rounded to nothing
    let values: Vec<f64> = known.iter().map(|(_, value)| *value).collect();
    let format = match channels.format.unit.as_deref() {
        Some("%") => channels.format.clone(),
        unit => NumberFormat::for_values(&values, unit, lang),
    };
    let write = |value: f64| format.write(value);
    if known.len() == 1 {
        return format!("{name}{} ({}).", write(first.1), label(first.0));
    }
    if !channels.is_time {
        return lang.pick(
            format!(
                "{name}{start} {} ({}) à {} ({}).",
                write(highest.1),
                label(highest.0),
                write(lowest.1),
                label(lowest.0)
            ),
            format!(
                "{name}{start} {} ({}) to {} ({}).",
                write(highest.1),
                label(highest.0),
                write(lowest.1),
                label(lowest.0)
            ),
        );
    }
    let change = say_change(channels, first.1, last.1);
    let mut sentence = lang.pick(
        format!("{name}{start} {} {} à {} {}{change}", write(first.1), at(first.0), write(last.1), at(last.0)),
        format!("{name}{start} {} {} to {} {}{change}", write(first.1), at(first.0), write(last.1), at(last.0)),
    );
    if highest.1 > first.1.max(last.1) {
        sentence.push_str(&lang.pick(
            format!(" ; maximum {} {}", write(highest.1), at(highest.0)),
            format!("; highest {} {}", write(highest.1), at(highest.0)),
        ));
    }
    if lowest.1 < first.1.min(last.1) {
        sentence.push_str(&lang.pick(
            format!(" ; minimum {} {}", write(lowest.1), at(lowest.0)),
            format!("; lowest {} {}", write(lowest.1), at(lowest.0)),
        ));
    }
    sentence.push('.');
    sentence
}

/// `en 2024`, `le 5 janvier 2024`.
fn when(slot: &Slot, lang: Lang) -> String {
    let is_day = slot.period.is_some_and(|period| period.grain == Grain::Day);
    let word = if is_day { lang.pick("le", "on") } else { lang.pick("en", "in") };
    format!("{word} {}", slot.label)
}

/// `de 2020`, `d’avril 2024`, `du 5 janvier 2024`.
pub(crate) fn since(slot: &Slot) -> String {
    match slot.period {
        Some(period) if period.grain == Grain::Day => format!("du {}", slot.label),
        _ if slot.label.starts_with(['a', 'o']) => format!("d’{}", slot.label),
        _ => format!("de {}", slot.label),
    }
}

/// `à 2024`, `au 5 janvier 2024`.
fn until(slot: &Slot) -> String {
    match slot.period {
        Some(period) if period.grain == Grain::Day => format!("au {}", slot.label),
        _ => format!("à {}", slot.label),
    }
}

/// ` (+12 %)`, or in points when the values are percentages; nothing when the start is not above zero.
fn say_change(channels: &Channels, from: f64, to: f64) -> String {
    let lang = channels.full.lang;
    let signed = |value: f64, decimals: usize| {
        let written = encart_table::locale::write_number(value, decimals, lang);
        if value > 0.0 { format!("+{written}") } else { written }
    };
    if channels.full.unit.as_deref().is_some_and(|unit| unit.starts_with('%')) {
        let points = to - from;
        let decimals = encart_table::locale::n_decimals((points * 10.0).round() / 10.0).min(1);
        let plural = if points.abs() >= 2.0 { "s" } else { "" };
        return format!(" ({} point{plural})", signed(points, decimals));
    }
    if from <= 0.0 || from == to {
        return String::new();
    }
    let percent = (to / from - 1.0) * 100.0;
    let decimals = if percent.abs() < 10.0 { 1 } else { 0 };
    format!(" ({}{})", signed(percent, decimals), lang.pick("\u{a0}%", "%"))
}

/// The notes under the plot that the data ask for, the author's first.
pub(crate) fn notes(channels: &Channels, kind: Kind, author: Option<&str>) -> Vec<String> {
    let lang = channels.full.lang;
    let mut notes: Vec<String> = author.map(str::to_string).into_iter().collect();
    if kind == Kind::Line && !starts_at_zero(channels.series.iter().flat_map(Series::known)) {
        notes.push(
            lang.pick("L’axe vertical ne part pas de zéro.", "The vertical axis does not start at zero.").to_string(),
        );
    }
    if !channels.merged.is_empty() {
        let list = write_list(&channels.merged, lang);
        notes.push(lang.pick(format!("Autres : {list}."), format!("Others: {list}.")));
    }
    if channels.is_percent() {
        let partial: Vec<String> = channels
            .slots
            .iter()
            .enumerate()
            .filter(|(idx, _)| channels.whole(*idx).is_none())
            .map(|(_, slot)| slot.label.clone())
            .collect();
        if !partial.is_empty() {
            let list = write_list(&partial, lang);
            notes.push(lang.pick(
                format!("Parts non calculables, le tout n’étant pas connu : {list}."),
                format!("Shares that cannot be computed, the whole being unknown: {list}."),
            ));
        }
    }
    if let Some(missing) = say_missing(channels) {
        notes.push(missing);
    }
    notes.extend(say_hedges(channels));
    notes
}

/// `(p) : provisoire.`, and the footnotes to which marks on values point.
fn say_hedges(channels: &Channels) -> Vec<String> {
    let lang = channels.full.lang;
    let mut said: Vec<String> = Vec::new();
    for (.., hedge) in &channels.hedges {
        let note = match (hedge, hedge.letter()) {
            (Hedge::Note(mark), _) => {
                let is_meant = |note: &&String| note.trim_start_matches(['(', '[']).starts_with(mark.as_str());
                channels.footnotes.iter().find(is_meant).cloned()
            }
            (_, Some(letter)) => Some(format!("({letter}){} {}.", lang.pick("\u{a0}:", ":"), hedge.words(lang))),
            _ => None,
        };
        said.extend(note.filter(|note| !said.contains(note)));
    }
    said
}

/// What is said to the citizen, not to the author alone: a picture that leaves rows out, a sum that lacks a part.
pub(crate) fn warnings(notices: &[Notice], lang: Lang) -> Vec<String> {
    let word = lang.pick("Attention : ", "Beware: ");
    let mut warnings = Vec::new();
    for notice in notices {
        match notice.code {
            "channel.twice" => warnings.push(
                lang.pick(
                    "Attention : plusieurs lignes du fichier visent la même place, seule la première est dessinée.",
                    "Beware: several rows of the file aim at one place, only the first is drawn.",
                )
                .to_string(),
            ),
            "group.partial" | "copy.shown" | "portal.incomplete" | "limit.bytes" | "limit.rows" => {
                warnings.push([word, notice.words.get(lang)].concat())
            }
            _ => {}
        }
    }
    warnings
}

/// `Valeurs manquantes : 2019 (secret statistique), 2021 (non disponible).`
fn say_missing(channels: &Channels) -> Option<String> {
    const SAID: usize = 6;
    let lang = channels.full.lang;
    let has_names = channels.series.len() > 1;
    let mut list = Vec::new();
    for (series_idx, series) in channels.series.iter().enumerate() {
        for (slot_idx, (slot, value)) in channels.slots.iter().zip(&series.values).enumerate() {
            if let Err(why) = value {
                let name = if has_names { format!("{}, ", series.name) } else { String::new() };
                list.push(format!("{name}{} ({})", slot.label, channels.why_words(series_idx, slot_idx, *why)));
            }
        }
    }
    let n_missing = list.len();
    if n_missing == 0 {
        return None;
    }
    let head = match (lang, n_missing) {
        (Lang::Fr, 1) => "Valeur manquante :",
        (Lang::Fr, _) => "Valeurs manquantes :",
        (Lang::En, 1) => "Missing value:",
        (Lang::En, _) => "Missing values:",
    };
    if n_missing > SAID {
        list.truncate(SAID - 1);
        let rest = n_missing - list.len();
        list.push(lang.pick(format!("{rest} autres dans le tableau"), format!("{rest} more in the table")));
    }
    Some(format!("{head} {}.", write_list(&list, lang)))
}
