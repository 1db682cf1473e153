//! What has a visitor chosen to see? It changes the picture and the notes under it, never the data, the summary or the
//! table.

use crate::channel::{Channels, Role};
use crate::spec::Kind;
use encart_table::Why;
use encart_table::order::order_by;
use encart_table::table::fold;

/// An order of categories that a visitor chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The largest first.
    Largest,
    /// The smallest first.
    Smallest,
    /// By name, accents and capitals aside.
    Name,
}

/// What a visitor has chosen to see.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    /// The series that are left out, by their names.
    pub hidden: Vec<String>,
    /// The one that is singled out: the others are pale.
    pub focus: Option<String>,
    /// The first and the last period that are shown; all when absent.
    pub window: Option<(usize, usize)>,
    /// The order of categories, when it is not the chart's.
    pub sort: Option<Sort>,
    /// On a tag that shows rows, what is chosen of them, by the words of links; a word may stand several times.
    pub chosen: Vec<(String, String)>,
}

/// What a visitor may choose on a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// A part of its periods.
    pub has_window: bool,
    /// The order of its categories.
    pub has_sort: bool,
    /// One of its many places by its name.
    pub has_search: bool,
}

impl Choices {
    pub(crate) fn of(channels: &Channels) -> Choices {
        let kind = channels.kind;
        let n_slots = channels.slots.len();
        let is_fixed = matches!(kind, Kind::Waterfall | Kind::Pyramid | Kind::Histogram) || kind.is_line();
        let is_sorted = kind.has_axis() || kind == Kind::Heat;
        Choices {
            has_window: channels.is_time && kind.has_axis() && n_slots > 5,
            has_sort: is_sorted && !is_fixed && !channels.is_time && !kind.is_points() && n_slots > 2,
            has_search: kind != Kind::Histogram && n_slots > 12,
        }
    }

    /// Whether there is any.
    pub fn is_any(self) -> bool {
        self.has_window || self.has_sort || self.has_search
    }
}

impl View {
    /// Leaves a series out, or takes it in again.
    pub fn toggle(&mut self, name: &str) {
        match self.hidden.iter().position(|hidden| hidden == name) {
            Some(idx) => {
                self.hidden.remove(idx);
            }
            None => self.hidden.push(name.to_string()),
        }
    }

    /// Leaves all but one out; all come back when it is alone already.
    pub fn isolate(&mut self, name: &str, all: &[String]) {
        let others: Vec<String> = all.iter().filter(|other| *other != name).cloned().collect();
        let is_alone = others.iter().all(|other| self.hidden.contains(other));
        self.hidden = if is_alone { Vec::new() } else { others };
    }

    /// The data as they are to be drawn; none when all are, and of what would be nothing all stays.
    pub(crate) fn of(&self, channels: &Channels) -> Option<Channels> {
        if self.hidden.is_empty() && self.window.is_none() && self.sort.is_none() {
            return None;
        }
        let mut shown = channels.clone();
        shown.keep(&self.slots(channels));
        if channels.kind == Kind::Treemap && !self.hidden.is_empty() {
            // a part belongs to one group: those of the groups that are left out are not counted
            let is_hidden = |series: &crate::channel::Series| self.hidden.contains(&series.name);
            let seen = |idx: &usize| shown.values().any(|(_, series)| !is_hidden(series) && series.at(*idx).is_some());
            let kept: Vec<usize> = (0..shown.slots.len()).filter(seen).collect();
            if !kept.is_empty() {
                shown.keep(&kept);
            }
        }
        if channels.kind == Kind::Scatter {
            for series in &mut shown.series {
                for (slot, value) in shown.slots.iter().zip(&mut series.values) {
                    if channels.groups.get(slot.group).is_some_and(|group| self.hidden.contains(group)) {
                        *value = Err(Why::Absent);
                    }
                }
            }
        }
        for series in &mut shown.series {
            let name = channels.short_name(series);
            if matches!(series.role, Role::Value | Role::Line) && self.hidden.iter().any(|hidden| hidden == name) {
                series.role = Role::Hidden;
            }
        }
        (!shown.is_empty()).then_some(shown)
    }

    /// The slots that are shown, in their order.
    fn slots(&self, channels: &Channels) -> Vec<usize> {
        let (n_slots, choices) = (channels.slots.len(), Choices::of(channels));
        if let Some((from, to)) = self.window.filter(|_| choices.has_window) {
            return (from.min(to)..=from.max(to).min(n_slots.saturating_sub(1))).collect();
        }
        let Some(sort) = self.sort.filter(|_| choices.has_sort) else { return (0..n_slots).collect() };
        if sort == Sort::Name {
            let names: Vec<String> = channels.slots.iter().map(|slot| fold(&slot.label)).collect();
            return order_by(n_slots, &mut |one, other| names.get(one).cmp(&names.get(other)));
        }
        let totals: Vec<Option<f64>> = (0..n_slots).map(|idx| channels.total(idx)).collect();
        let at = |idx: usize| totals.get(idx).copied().flatten();
        order_by(n_slots, &mut |one, other| match (at(one), at(other)) {
            (Some(one), Some(other)) if sort == Sort::Smallest => one.total_cmp(&other),
            (Some(one), Some(other)) => other.total_cmp(&one),
            // what is missing comes last, either way
            (one, other) => one.is_none().cmp(&other.is_none()),
        })
    }

    /// Whether a series is pale beside the one that is singled out.
    pub(crate) fn is_pale(&self, name: &str) -> bool {
        self.focus.as_ref().is_some_and(|focus| focus != name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Drawing, Env, draw, read_spec};
    use encart_table::{Period, read_csv};

    fn drawn(view: View) -> Drawing {
        let (table, _) = read_csv("an;a;b;c\n2020;1;2;30\n2021;2;3;40\n2022;3;4;50\n".as_bytes(), &Default::default());
        let (spec, _) = read_spec(r#"{"kind": "line", "x": "an", "y": "a, b, c", "title": "Trois"}"#);
        draw(&table.into(), &spec, &Env { view, ..Env::new(400.0, Period::year(2026)) })
    }

    #[test]
    fn what_is_hidden_leaves_the_picture_and_stays_in_words_and_table() {
        let all = drawn(View::default());
        let mut view = View::default();
        view.toggle("c");
        let some = drawn(view.clone());
        assert_eq!((all.spots.len(), some.spots.len()), (9, 6));
        assert_eq!((all.summary(), all.twin()), (some.summary(), some.twin()));
        assert_eq!(some.notes[0], "Vous voyez une partie des données\u{a0}: sans c.");
        assert_eq!(some.notes[1..], all.notes);
        // its name stays where it can be taken in again
        assert_eq!(some.scene.names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        // the scale follows what is seen
        assert!(!some.svg().contains(">50<") && all.svg().contains(">50<"));
        view.toggle("c");
        assert_eq!(drawn(view).svg(), all.svg());
    }

    #[test]
    fn one_is_isolated_and_all_come_back() {
        let all: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        let mut view = View::default();
        view.isolate("b", &all);
        assert_eq!(view.hidden, ["a", "c"]);
        assert_eq!(drawn(view.clone()).spots.len(), 3);
        view.isolate("b", &all);
        assert!(view.hidden.is_empty());
        // of nothing there is no picture: all stays
        let nothing = View { hidden: all, ..View::default() };
        assert_eq!(drawn(nothing).spots.len(), 9);
    }

    #[test]
    fn a_part_of_the_periods_is_said_to_be_a_part() {
        let file = "an;a\n2015;1\n2016;2\n2017;3\n2018;4\n2019;5\n2020;6\n2021;7\n";
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        let spec = r#"{"kind": "line", "x": "an", "y": "a", "annotations": [{"at": "2015", "text": "Début"}]}"#;
        let (spec, _) = read_spec(spec);
        let drawn = |window| {
            let view = View { window, ..View::default() };
            draw(&table.clone().into(), &spec, &Env { view, ..Env::new(600.0, Period::year(2026)) })
        };
        let (all, some) = (drawn(None), drawn(Some((2, 4))));
        assert_eq!((all.spots.len(), some.spots.len()), (7, 3));
        assert_eq!(some.words_at(some.spots[0].key).map(|words| words.heading), Some("2017".into()));
        assert_eq!(some.notes[0], "Vous voyez une partie des données\u{a0}: de 2017 à 2019.");
        assert_eq!((all.summary(), all.n_rows()), (some.summary(), some.n_rows()));
        // what is marked outside is not drawn on the edge
        assert!(all.svg().contains("Début") && !some.svg().contains("Début"));
    }

    #[test]
    fn categories_are_sorted_as_asked() {
        let (table, _) = read_csv("poste;a\nVoirie;2\nécole;\nEau;3\nArts;1\n".as_bytes(), &Default::default());
        let (spec, _) = read_spec(r#"{"kind": "bar", "x": "poste", "y": "a"}"#);
        for (sort, labels) in [
            (None, ["Eau", "Voirie", "Arts", "école"]),
            (Some(Sort::Largest), ["Eau", "Voirie", "Arts", "école"]),
            (Some(Sort::Smallest), ["Arts", "Voirie", "Eau", "école"]),
            (Some(Sort::Name), ["Arts", "Eau", "école", "Voirie"]),
        ] {
            let view = View { sort, ..View::default() };
            let drawing = draw(&table.clone().into(), &spec, &Env { view, ..Env::new(600.0, Period::year(2026)) });
            let words = |spot: &encart_scene::Spot| drawing.words_at(spot.key).map(|words| words.heading);
            assert_eq!(drawing.spots.iter().filter_map(words).collect::<Vec<_>>(), labels, "{sort:?}");
        }
    }
}
