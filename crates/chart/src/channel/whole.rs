//! Kinds that would lie of some data: a pie of what is no whole, flows in a circle.

use encart_table::day::read_period;
use encart_table::{Lang, Notice, Place};

use super::{Channels, Series};
use crate::spec::Kind;

/// The most parts that an eye compares around a circle.
const MOST_PARTS: usize = 6;

/// A pie, a donut or a waffle of what is no whole becomes bars, with the reason; said to the citizen too when the values
/// look like parts and are not.
pub(super) fn check(channels: &mut Channels, notices: &mut Vec<Notice>) {
    let has_negative = channels.series.iter().flat_map(Series::known).any(|value| value < 0.0);
    let refusal = match channels.kind {
        Kind::Pie | Kind::Donut | Kind::Waffle | Kind::Treemap if has_detail(channels) => said(
            "« dont … » est une partie d’une autre ligne, et compterait deux fois",
            "“dont …” is a part of another row, and would count twice",
        ),
        kind if kind.is_whole() => refusal(channels),
        Kind::Treemap | Kind::Sankey | Kind::Pyramid if has_negative => {
            said("une valeur négative n’a pas d’aire", "a negative value has no area")
        }
        Kind::Sankey => circle(channels),
        Kind::Slope if lacks_moments(channels) => said(
            "les moments sont des colonnes, faites-en des lignes (étape longer)",
            "the moments are columns, make rows of them (step longer)",
        ),
        _ => None,
    };
    let Some((fr, en)) = refusal else { return };
    channels.kind = Kind::Bar;
    notices.push(Notice::warning(
        "kind.refused",
        Place::column("kind"),
        format_args!("{fr} : des barres sont dessinées."),
        format_args!("{en}: bars are drawn."),
    ));
}

/// Whether a slot is a part of another: `dont voirie`.
fn has_detail(channels: &Channels) -> bool {
    let is_detail = |label: &str| label.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("dont "));
    channels.slots.iter().any(|slot| is_detail(slot.label.trim_start_matches([' ', '-', '–'])))
}

/// Whether the moments of a slope are its columns, and not what it has along x.
pub(super) fn lacks_moments(channels: &Channels) -> bool {
    let is_moment = |(_, series): (usize, &Series)| read_period(&series.name).is_some();
    !channels.is_time && channels.n_values() > 1 && channels.values().all(is_moment)
}

fn refusal(channels: &Channels) -> Option<(String, String)> {
    let [series] = channels.series.as_slice() else {
        return said(
            "plusieurs séries ne sont pas les parts d’un seul tout",
            "several series are not parts of one whole",
        );
    };
    let n_parts = channels.slots.len();
    if channels.is_time {
        return said("des périodes ne sont pas les parts d’un tout", "periods are not parts of a whole");
    }
    if n_parts > MOST_PARTS {
        return Some((
            format!("{n_parts} parts ne se comparent pas en cercle ({MOST_PARTS} au plus)"),
            format!("{n_parts} parts cannot be compared around a circle ({MOST_PARTS} at most)"),
        ));
    }
    if series.known().any(|value| value < 0.0) {
        return said("une valeur négative n’est pas une part", "a negative value is no part");
    }
    if n_parts < 2 || channels.sum().is_none() {
        return said("le tout n’est pas connu", "the whole is not known");
    }
    is_cumulated(channels, series)
}

/// A flow that comes back to where it began, by itself or through others, has no side to be drawn on.
fn circle(channels: &Channels) -> Option<(String, String)> {
    let mut flows: Vec<(&str, &str)> = Vec::new();
    for (slot_idx, slot) in channels.slots.iter().enumerate() {
        let ends = channels.values().filter(|(_, series)| series.at(slot_idx).is_some_and(|value| value > 0.0));
        flows.extend(ends.map(|(_, series)| (slot.label.as_str(), series.name.as_str())));
    }
    // what nothing flows into, or out of, is taken away until nothing is left, or circles
    loop {
        let is_inner = |flow: &(&str, &str)| {
            flows.iter().any(|(_, to)| *to == flow.0) && flows.iter().any(|(from, _)| *from == flow.1)
        };
        let inner: Vec<(&str, &str)> = flows.iter().copied().filter(is_inner).collect();
        if inner.len() == flows.len() {
            break;
        }
        flows = inner;
    }
    let (name, _) = flows.first()?;
    Some((format!("un flux revient à « {name} »"), format!("a flow comes back to “{name}”")))
}

/// Percentages that do not make 100 are answers that can be given together.
fn is_cumulated(channels: &Channels, series: &Series) -> Option<(String, String)> {
    const ROUNDED: f64 = 1.5;
    let is_percent = channels.full.unit.as_deref().is_some_and(|unit| unit.starts_with('%'));
    let sum = encart_table::sum::sum(series.known()).unwrap_or(0.0);
    if !is_percent || (sum - 100.0).abs() <= ROUNDED {
        return None;
    }
    let written = |lang: Lang| encart_table::locale::write_number(sum, 0, lang);
    Some((
        format!("les pourcentages font {} % en tout, pas 100", written(Lang::Fr)),
        format!("the percentages make {}% in all, not 100", written(Lang::En)),
    ))
}

fn said(fr: &str, en: &str) -> Option<(String, String)> {
    Some((fr.to_string(), en.to_string()))
}
