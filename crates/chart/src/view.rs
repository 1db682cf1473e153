//! What has a visitor chosen to see? It changes the picture, never the data, the words or the table.

use crate::channel::{Channels, Role};
use crate::spec::Kind;
use encart_table::Why;

/// A visitor's choice among the series, by their names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    /// Those that are left out.
    pub hidden: Vec<String>,
    /// The one that is singled out: the others are pale.
    pub focus: Option<String>,
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

    /// The data as they are to be drawn. Of what would be nothing, all stays.
    pub(crate) fn of(&self, channels: &Channels) -> Channels {
        let mut shown = channels.clone();
        if self.hidden.is_empty() {
            return shown;
        }
        if channels.kind == Kind::Scatter {
            for series in &mut shown.series {
                for (slot, value) in channels.slots.iter().zip(&mut series.values) {
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
        if shown.is_empty() { channels.clone() } else { shown }
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
        assert_eq!((&all.summary, &all.twin, &all.notes), (&some.summary, &some.twin, &some.notes));
        // its name stays where it can be taken in again
        assert_eq!(some.scene.names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        // the scale follows what is seen
        assert!(!some.svg().contains(">60<") && all.svg().contains(">60<"));
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
        let nothing = View { hidden: all, focus: None };
        assert_eq!(drawn(nothing).spots.len(), 9);
    }
}
