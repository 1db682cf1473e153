//! What does the chart say in words? A summary, each datum aloud, and the notes that honesty asks for.

mod notes;
mod series;
mod summary;

use encart_scene::Key;
use encart_table::locale::spoken::speak;
use encart_table::{Lang, Notice, NumberFormat, Why};

use crate::channel::{Channels, Role, Series};
use crate::spec::Kind;
pub(crate) use notes::{notes, say_part};
pub(crate) use summary::summarize;

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
    if channels.kind.is_points() {
        return say_point(channels, key);
    }
    let slot = channels.slots.get(key.datum_idx)?;
    let series = channels.series.get(key.series_idx)?;
    let has_names = channels.series.len() > 1;
    let line = |(series_idx, series): (usize, &Series)| ValueLine {
        series_idx,
        name: if has_names { series.name.clone() } else { String::new() },
        value: say_value(channels, series_idx, key.datum_idx),
        is_current: series_idx == key.series_idx,
    };
    let shown = channels.series.iter().enumerate().filter(|(_, series)| series.role != Role::Hidden);
    let lang = channels.full.lang;
    let all: Vec<ValueLine> = shown.filter(|(idx, _)| channels.is_told(*idx, key.datum_idx)).map(line).collect();
    let value = say_value(channels, key.series_idx, key.datum_idx);
    let between = if channels.kind == Kind::Sankey { lang.pick(" vers ", " to ") } else { ", " };
    let has_names = has_names && channels.kind != Kind::Box;
    let what = if has_names { [&slot.label, between, &series.name].concat() } else { slot.label.clone() };
    let value = if channels.kind == Kind::Box { say_box(channels, key.datum_idx) } else { value };
    let value = match channels.ends(key.series_idx, key.datum_idx) {
        Some((lower, upper)) if series.role == Role::Value => {
            let (lower, upper) = (channels.full.write(lower), channels.full.write(upper));
            lang.pick(format!("{value}, de {lower} à {upper}"), format!("{value}, from {lower} to {upper}"))
        }
        _ => value,
    };
    let spoken = speak(&format!("{what}{} {value}. {}.", lang.pick(" :", ":"), rank(channels, key)), lang);
    Some(DatumWords { heading: slot.label.clone(), lines: all, spoken })
}

/// Of a box all that it shows: `minimum 8,5 %, 1er quartile 9,3 %, médiane 10,4 %, …, effectif 8`; of a few values no
/// quartile.
fn say_box(channels: &Channels, slot_idx: usize) -> String {
    let part = |(idx, series): (usize, &Series)| [&series.name, " ", &say_value(channels, idx, slot_idx)].concat();
    let told = channels.series.iter().enumerate().filter(|(idx, _)| channels.is_told(*idx, slot_idx));
    told.map(part).collect::<Vec<_>>().join(", ")
}

/// `3 sur 24`: where a datum is among those that the arrow keys reach.
fn rank(channels: &Channels, key: Key) -> String {
    let lang = channels.full.lang;
    let count = |n: usize| encart_table::locale::write_number(n as f64, 0, lang);
    [count(key.datum_idx + 1).as_str(), lang.pick(" sur ", " of "), &count(channels.slots.len())].concat()
}

/// The words of a point: its name, and all its measures.
fn say_point(channels: &Channels, key: Key) -> Option<DatumWords> {
    let slot = channels.slots.get(key.datum_idx)?;
    let lang = channels.full.lang;
    let line = |(series_idx, series): (usize, &Series)| ValueLine {
        // the swatch is that of the group
        series_idx: slot.group,
        name: series.name.clone(),
        value: say_value(channels, series_idx, key.datum_idx),
        is_current: series.role == Role::Value,
    };
    let lines: Vec<ValueLine> = channels.series.iter().enumerate().map(line).collect();
    let heading = match channels.groups.get(slot.group).filter(|group| !group.is_empty() && **group != slot.label) {
        Some(group) => format!("{} ({group})", slot.label),
        None => slot.label.clone(),
    };
    let said: Vec<String> = lines.iter().map(|line| format!("{}, {}", line.name, line.value)).collect();
    let colon = lang.pick("\u{a0}:", ":");
    let said = said.join(lang.pick(" ; ", "; "));
    let spoken = speak(&format!("{heading}{colon} {said}. {}.", rank(channels, key)), lang);
    Some(DatumWords { heading, lines, spoken })
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
    let is_percent = channels.full.unit.as_deref() == Some("%");
    match value.unwrap_or(Err(Why::Absent)) {
        Err(why) => channels.why_words(series_idx, slot_idx, why).to_string(),
        Ok(value) => {
            let written = write(channels.full_of(series_idx), value);
            let written = match channels.hedge(series_idx, slot_idx) {
                Some(hedge) => hedge.write(&written, channels.full.lang),
                None => written,
            };
            match channels.share(series_idx, slot_idx) {
                Some(share) if channels.is_percent() || channels.kind.is_whole() && !is_percent => {
                    format!("{written} ({})", percent(share, channels.full.lang))
                }
                _ => written,
            }
        }
    }
}

/// A share with one decimal.
pub(crate) fn percent(share: f64, lang: Lang) -> String {
    NumberFormat { lang, unit: Some("%".into()), decimals: 1, scale: encart_table::locale::Scale::One }.write(share)
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
            "channel.status" | "channel.hidden" | "channel.unplaced" | "group.partial" | "copy.shown"
            | "portal.incomplete" | "limit.bytes" | "limit.rows" => {
                warnings.push([word, notice.words.get(lang)].concat())
            }
            // what a board chooses
            code if code.starts_with("board.") => warnings.push(notice.words.get(lang).to_string()),
            _ => {}
        }
    }
    warnings
}
