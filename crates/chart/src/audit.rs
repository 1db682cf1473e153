//! What an author should look at in a picture that is drawn: for `encart check`, no page carries it.

use std::collections::BTreeMap;

use encart_table::locale::write_number;
use encart_table::table::fold_words;
use encart_table::{Lang, Notice, Place};

use crate::channel::Series;
use crate::drawing::Drawing;
use crate::spec::Stretch;

/// All that there is to look at.
pub fn audit(drawing: &Drawing) -> Vec<Notice> {
    [outlier(drawing), total_among_parts(drawing), same_names(drawing), ends_apart(drawing)]
        .into_iter()
        .flatten()
        .collect()
}

/// A series that is the sum of the others, in a stack: all counts twice.
fn total_among_parts(drawing: &Drawing) -> Option<Notice> {
    let channels = drawing.channels.as_ref().filter(|channels| channels.is_stack() && channels.n_values() > 2)?;
    let n_slots = channels.slots.len();
    let is_sum = |series_idx: usize, series: &Series| {
        let fits = |slot_idx: usize| {
            let (own, all) = (series.at(slot_idx)?, channels.total(slot_idx)?);
            let others = channels.values().filter(|(idx, _)| *idx != series_idx);
            let n_known = others.filter(|(_, other)| other.at(slot_idx).is_some_and(|value| value != 0.0)).count();
            Some(n_known > 1 && (all - 2.0 * own).abs() <= 1e-6 * own.abs())
        };
        n_slots > 1 && (0..n_slots).all(|slot_idx| fits(slot_idx) == Some(true))
    };
    let (_, series) = channels.values().find(|(idx, series)| is_sum(*idx, series))?;
    let name = &series.name;
    Some(Notice::error(
        "channel.total-stacked",
        Place::column("y"),
        format_args!("« {name} » est la somme des autres séries : empilée avec elles, tout compte deux fois. Ôtez-la."),
        format_args!("“{name}” is the sum of the other series: stacked with them, all counts twice. Take it out."),
    ))
}

/// A range whose ends are not on both sides of its value.
fn ends_apart(drawing: &Drawing) -> Option<Notice> {
    let channels = drawing.channels.as_ref()?;
    let is_apart = |series_idx: usize, slot_idx: usize, value: f64| {
        channels.ends(series_idx, slot_idx).is_some_and(|(lower, upper)| lower > value || upper < value)
    };
    let mut places = channels.values().flat_map(|(idx, series)| series.placed().map(move |place| (idx, place)));
    let (_, (slot_idx, _)) = places.find(|(idx, (slot_idx, value))| is_apart(*idx, *slot_idx, *value))?;
    let name = &channels.slots.get(slot_idx)?.label;
    Some(Notice::warning(
        "channel.ends",
        Place::column("lower"),
        format_args!("« {name} » : la valeur n’est pas entre ses bornes. lower et upper sont-ils échangés ?"),
        format_args!("“{name}”: the value is not between its ends. Are lower and upper swapped?"),
    ))
}

/// Names that differ by case, accents or hyphens alone: two places, or two series, where one is meant.
fn same_names(drawing: &Drawing) -> Option<Notice> {
    let channels = drawing.channels.as_ref()?;
    let series = channels.values().filter(|_| !channels.color_name.is_empty()).map(|(_, series)| series.name.as_str());
    let mut seen: BTreeMap<(bool, String), &str> = BTreeMap::new();
    let slots = channels.slots.iter().map(|slot| (false, slot.label.as_str()));
    for (is_series, name) in slots.chain(series.map(|name| (true, name))) {
        let first = *seen.entry((is_series, fold_words(name))).or_insert(name);
        if first != name {
            return Some(Notice::warning(
                "channel.same-name",
                Place::column(if is_series { "color" } else { "x" }),
                format_args!(
                    "« {first} » et « {name} » sont dessinés à part. Si c’est un seul nom, corrigez le fichier."
                ),
                format_args!("“{first}” and “{name}” are drawn apart. If they are one name, correct the file."),
            ));
        }
    }
    None
}

/// A length that is thousands of times the others hides them: an amount in cents, or a total among its parts.
pub fn outlier(drawing: &Drawing) -> Option<Notice> {
    const FAR: f64 = 1_000.0;
    let channels = drawing.channels.as_ref()?;
    let mut sizes: Vec<(f64, usize)> =
        channels.values().flat_map(|(_, series)| series.placed()).map(|(slot, value)| (value.abs(), slot)).collect();
    sizes.sort_by(|one, other| other.0.total_cmp(&one.0));
    let [(most, slot_idx), (second, _), ..] = sizes.as_slice() else { return None };
    let is_far =
        channels.kind.is_length() && channels.stretch == Stretch::Linear && *second > 0.0 && most / second >= FAR;
    is_far.then(|| {
        let name = channels.slots.get(*slot_idx).map_or("", |slot| slot.label.as_str());
        let times = |lang| write_number((most / second).floor(), 0, lang);
        Notice::warning(
            "channel.outlier",
            Place::column("y"),
            format_args!("« {name} » vaut {} fois la valeur suivante : les autres ne se voient plus. Vérifiez son unité, ou écartez-la par une étape filter.", times(Lang::Fr)),
            format_args!("“{name}” is {} times the next value: the others cannot be seen. Check its unit, or remove it with a filter step.", times(Lang::En)),
        )
    })
}
