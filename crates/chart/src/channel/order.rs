//! In which order do slots and series stand, and which are put together?

use encart_table::order::order_by;
use encart_table::table::{fold, join};
use encart_table::{Lang, Notice, Place, Why};

use super::{Channels, Series};
use crate::spec::{Kind, Layout, Order, Spec};

/// What the author chose; else a stack when adding makes sense: one column, no negative value, no percentage.
pub(super) fn decide_layout(channels: &Channels, spec: &Spec, unit: Option<&str>, notices: &mut Vec<Notice>) -> Layout {
    if !matches!(channels.kind, Kind::Bar | Kind::Area) {
        return Layout::Grouped;
    }
    let has_negative = channels.series.iter().flat_map(Series::known).any(|value| value < 0.0);
    match spec.layout {
        Some(layout) if layout != Layout::Grouped && has_negative && channels.series.len() > 1 => {
            let (fr, en) = match layout {
                Layout::Stacked => ("leur empilement tromperait", "stacking them would mislead"),
                _ => ("elles ne sont pas des parts d’un tout", "they are not parts of a whole"),
            };
            notices.push(Notice::error(
                "layout.negative",
                Place::column("layout"),
                format_args!("des valeurs sont négatives : {fr}. Les séries sont côte à côte."),
                format_args!("some values are negative: {en}. The series stand side by side."),
            ));
            Layout::Grouped
        }
        Some(layout) => layout,
        // one bar a slot, of the whole width
        None if channels.is_keyed && channels.kind == Kind::Bar => Layout::Stacked,
        // values that are not sure are no parts
        None if spec.lower.is_some() => Layout::Grouped,
        None if has_negative || unit.is_some_and(|unit| unit.starts_with('%')) => Layout::Grouped,
        // several columns may be measures that nobody adds up: planned and spent
        None if spec.y.len() > 1 => Layout::Grouped,
        None => Layout::Stacked,
    }
}

/// Series in an order that everybody knows, of ages for one; else the largest first, so that it stands at the base. Whether
/// they have an order of their own.
pub(super) fn sort_series(channels: &mut Channels) -> bool {
    let ranks = natural_ranks(&mut channels.series.iter().map(|series| series.name.as_str()));
    let total = |series: &Series| encart_table::sum::sum(series.known()).unwrap_or(0.0);
    let size = |idx: usize, series: &Series| match ranks.as_ref().and_then(|ranks| ranks.get(idx)) {
        Some(rank) => -rank,
        None => total(series),
    };
    let key = |idx: usize| channels.series.get(idx).map(|series| (series.facet, series.role as u8, size(idx, series)));
    let keys: Vec<_> = (0..channels.series.len()).filter_map(key).collect();
    let order = order_by(keys.len(), &mut |one, other| match (keys.get(one), keys.get(other)) {
        (Some(one), Some(other)) => (one.0, one.1).cmp(&(other.0, other.1)).then_with(|| other.2.total_cmp(&one.2)),
        _ => std::cmp::Ordering::Equal,
    });
    channels.series = order.into_iter().filter_map(|idx| channels.series.get(idx).cloned()).collect();
    ranks.is_some()
}

/// Series past `most` become "Autres": added up in a stack, where sums mean something; else they stay and are muted.
pub(super) fn merge_rest(channels: &mut Channels, most: usize, is_stack: bool, lang: Lang, notices: &mut Vec<Notice>) {
    let n_series = channels.n_values();
    if n_series <= most {
        return;
    }
    if !is_stack {
        notices.push(Notice::warning(
            "channel.many-series",
            Place::column("color"),
            format_args!("{n_series} séries : au-delà de {most} elles sont en gris, faute de couleurs distinctes. Filtrez, ou regroupez."),
            format_args!("{n_series} series: those beyond {most} are grey, for want of distinct colours. Filter, or group."),
        ));
        return;
    }
    let rest = channels.series.split_off(most - 1);
    let n_slots = channels.slots.len();
    let values = (0..n_slots).map(|slot_idx| {
        let cells: Vec<Result<f64, Why>> =
            rest.iter().filter_map(|series| series.values.get(slot_idx).copied()).collect();
        // a part that is missing makes the sum partial: it is missing too
        match cells.iter().find_map(|cell| cell.err()) {
            Some(why) => Err(why),
            None => encart_table::sum::sum(cells.iter().filter_map(|cell| cell.ok())).ok_or(Why::Absent),
        }
    });
    channels.merged = rest.iter().map(|series| series.name.clone()).collect();
    let name = lang.pick("Autres", "Others").to_string();
    channels.series.push(Series { name, values: values.collect(), ..Series::default() });
    let list = join(&channels.merged, ", ");
    notices.push(Notice::info(
        "channel.others",
        Place::column("color"),
        format_args!("« Autres » regroupe : {list}."),
        format_args!("“Others” adds up: {list}."),
    ));
}

/// Slots in the order that means something: of time, of the week, of ages; else by value, where the kind allows it.
pub(super) fn order_slots(channels: &mut Channels, spec: &Spec, is_sorted: bool) {
    if channels.is_time || spec.order == Order::Data {
        return;
    }
    let labels = || channels.slots.iter().map(|slot| slot.label.as_str());
    let ranks = natural_ranks(&mut labels()).filter(|_| spec.order == Order::Auto && !is_sorted);
    let is_ranking = matches!(
        channels.kind,
        Kind::Bar
            | Kind::Dot
            | Kind::Lollipop
            | Kind::Dumbbell
            | Kind::Pie
            | Kind::Donut
            | Kind::Treemap
            | Kind::Waffle
            | Kind::Box
    );
    let by_value = spec.order == Order::Value || is_ranking && !is_sorted;
    let order = match ranks {
        Some(ranks) => order_by(ranks.len(), &mut |one, other| {
            let rank = |idx: usize| ranks.get(idx).copied().unwrap_or(f64::MAX);
            rank(one).total_cmp(&rank(other))
        }),
        None if by_value => {
            let stands_alone = channels.layout == Layout::Grouped && channels.kind != Kind::Treemap;
            let key = |slot_idx: usize| {
                let first = channels.values().next().and_then(|(_, series)| series.at(slot_idx));
                if stands_alone { first } else { channels.total(slot_idx) }
            };
            let keys: Vec<Option<f64>> = (0..channels.slots.len()).map(key).collect();
            let at = |idx: usize| keys.get(idx).copied().flatten();
            order_by(keys.len(), &mut |one, other| match (at(one), at(other)) {
                (Some(one), Some(other)) => other.total_cmp(&one),
                (one, other) => one.is_none().cmp(&other.is_none()),
            })
        }
        None => return,
    };
    channels.keep(&order);
}

const DAYS: [&str; 14] = [
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The place of each label in an order that everybody knows: days of the week, months, numbers and classes of numbers
/// (`moins de 15 ans`, `15 à 29 ans`, `75 ans et plus`). None when one label is in no such order.
pub(super) fn natural_ranks(labels: &mut dyn Iterator<Item = &str>) -> Option<Vec<f64>> {
    let labels: Vec<String> = labels.map(fold).collect();
    let month = |label: &str| {
        let is_month =
            |lang| (1..=12).position(|month| fold(encart_table::locale::month_name(month, false, lang)) == label);
        is_month(Lang::Fr).or_else(|| is_month(Lang::En)).map(|idx| idx as f64)
    };
    let day = |label: &str| DAYS.iter().position(|day| *day == label).map(|idx| (idx % 7) as f64);
    let class = |label: &str| {
        let is_below = ["moins", "under", "less", "<"].iter().any(|word| label.starts_with(word));
        let digits = label.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let n_letters = label.len() - digits.len();
        let whole: String = digits.chars().take_while(|letter| letter.is_ascii_digit() || *letter == ' ').collect();
        let number = encart_table::decimal::read_decimal(&whole.replace(' ', ""), 0)?;
        (n_letters == 0 || is_below || ["plus", "de ", "over", ">"].iter().any(|word| label.starts_with(word)))
            .then_some(if is_below { number - 1.5 } else { number })
    };
    let all = |rank: &dyn Fn(&str) -> Option<f64>| labels.iter().map(|label| rank(label)).collect::<Option<Vec<f64>>>();
    if labels.len() < 3 { None } else { all(&day).or_else(|| all(&month)).or_else(|| all(&class)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_orders_are_recognised() {
        for (labels, ranks) in [
            (&["dimanche", "Lundi", "mercredi"][..], Some(vec![6.0, 0.0, 2.0])),
            (&["Août", "février", "Décembre"], Some(vec![7.0, 1.0, 11.0])),
            (&["15 à 29 ans", "Moins de 15 ans", "75 ans et plus"], Some(vec![15.0, 13.5, 75.0])),
            (&["1 000 à 3 499", "500 à 999", "moins de 500"], Some(vec![1000.0, 500.0, 498.5])),
            (&["Voirie", "École", "Fêtes"], None),
            (&["2 roues", "voiture", "bus"], None),
        ] {
            assert_eq!(natural_ranks(&mut labels.iter().copied()), ranks, "{labels:?}");
        }
    }
}
