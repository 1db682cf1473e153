//! How does what a visitor sees travel in an address? By names, so that it holds when the data are renewed.

use encart_table::Table;
use encart_table::table::fold_words;

use crate::drawing::Drawing;
use crate::panel::SORTS;
use crate::view::View;

/// The keys of the pairs.
pub const KEYS: [&str; 8] = ["sans", FROM, TO, "ordre", SEARCH, FILTER, SORT, PAGE];

/// The first period that is seen.
pub const FROM: &str = "de";
/// The last one.
pub const TO: &str = "a";
/// Of rows, the words that are searched.
pub const SEARCH: &str = "cherche";
/// Of rows, a column and a value that they have: `statut=En cours`. It may stand several times.
pub const FILTER: &str = "filtre";
/// Of rows, the column that decides their order; `-` before it when it descends.
pub const SORT: &str = "tri";
/// Of rows, the page, from 1.
pub const PAGE: &str = "page";

/// What is seen, as the pairs of an address: `sans` (a series that is left out), `de` and `a` (the first and the last
/// period), `ordre`.
pub fn write_link(view: &View, drawing: &Drawing) -> Vec<(&'static str, String)> {
    let mut pairs: Vec<(&str, String)> = view.hidden.iter().map(|name| ("sans", name.clone())).collect();
    let label = |idx: usize| drawing.labels().nth(idx).map(str::to_string);
    let window = view.window.map(|(from, to)| [(FROM, label(from.min(to))), (TO, label(from.max(to)))]);
    pairs.extend(window.into_iter().flatten().filter_map(|(key, label)| Some((key, label?))));
    let sort = SORTS.iter().find(|(_, sort)| view.sort.is_some() && *sort == view.sort);
    pairs.extend(sort.map(|(word, _)| ("ordre", word.to_string())));
    let chosen = view.chosen.iter().filter(|_| drawing.rows.is_some());
    pairs.extend(chosen.filter_map(|(word, value)| {
        let key = KEYS.into_iter().find(|key| key == word)?;
        Some((key, value.clone()))
    }));
    pairs
}

/// What the pairs of an address ask to see, and those of them that the data do not know.
pub fn read_link(pairs: &[(String, String)], drawing: &Drawing) -> (View, Vec<String>) {
    let (mut view, mut lost) = (View::default(), Vec::new());
    let (has_window, has_sort) =
        drawing.choices().map_or((false, false), |choices| (choices.has_window, choices.has_sort));
    let last = drawing.labels().count().saturating_sub(1);
    for (key, value) in pairs {
        // by its name, else by one that differs in case, accents or hyphens
        let named = |names: &[&str]| {
            let wanted = fold_words(value);
            let exact = names.iter().position(|name| *name == value);
            exact.or_else(|| names.iter().position(|name| fold_words(name) == wanted))
        };
        let place = || named(&drawing.labels().collect::<Vec<_>>());
        let is_read = match key.as_str() {
            "sans" => {
                let names: Vec<&str> = drawing.scene.names.iter().map(|(name, _)| name.as_str()).collect();
                let name = named(&names).and_then(|idx| names.get(idx));
                view.hidden.extend(name.map(ToString::to_string));
                name.is_some()
            }
            FROM | TO if has_window => place().is_some_and(|place| {
                let (from, to) = view.window.unwrap_or((0, last));
                view.window = Some(if key == FROM { (place, to) } else { (from, place) });
                true
            }),
            "ordre" if has_sort => SORTS.iter().find(|(word, _)| word == value).is_some_and(|(_, sort)| {
                view.sort = *sort;
                true
            }),
            FROM | TO | SEARCH | FILTER | SORT | PAGE if drawing.is_among(key, value) => {
                view.chosen.push((key.clone(), value.clone()));
                true
            }
            _ => false,
        };
        if !is_read {
            lost.push([key.as_str(), "=", value].concat());
        }
    }
    (view, lost)
}

impl Drawing {
    /// Whether its rows can answer what is chosen of them.
    fn is_among(&self, word: &str, value: &str) -> bool {
        let Some(rows) = &self.rows else { return false };
        let is_column = |name: &str| rows.table.column_idx(name).is_some();
        match word {
            SORT => is_column(value.strip_prefix('-').unwrap_or(value)),
            // of a board: all, and not what it begins with
            FILTER => value.is_empty() || split_filter(value, &rows.table).is_some(),
            PAGE => value.parse::<usize>().is_ok(),
            _ => true,
        }
    }
}

/// `statut=En cours`: a column of the table and a value; a name may hold the sign itself.
pub fn split_filter<'a>(text: &'a str, table: &Table) -> Option<(usize, &'a str)> {
    let signs = text.char_indices().filter(|(_, letter)| *letter == '=');
    signs.filter_map(|(at, _)| Some((table.column_idx(text.get(..at)?)?, text.get(at + 1..)?))).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Sort;
    use crate::{Env, draw, read_spec};
    use encart_table::{Period, read_csv};

    #[test]
    fn what_is_seen_comes_back_from_its_address() {
        let file = "an;a;b\n2015;1;2\n2016;2;3\n2017;3;4\n2018;4;5\n2019;5;6\n2020;6;7\n2021;7;8\n";
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        let (spec, _) = read_spec(r#"{"kind": "line", "x": "an", "y": "a, b"}"#);
        let drawing = draw(&table.into(), &spec, &Env::new(600.0, Period::year(2026)));
        for (view, pairs) in [
            (View::default(), ""),
            (View { hidden: vec!["b".into()], ..View::default() }, "sans=b"),
            (View { window: Some((2, 4)), ..View::default() }, "de=2017&a=2019"),
        ] {
            let written = write_link(&view, &drawing);
            let text: Vec<String> = written.iter().map(|(key, value)| format!("{key}={value}")).collect();
            assert_eq!(text.join("&"), pairs);
            let read: Vec<_> = written.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
            assert_eq!(read_link(&read, &drawing), (view, Vec::new()));
        }
        let bars = r#"{"kind": "bar", "x": "poste", "y": "a"}"#;
        let (table, _) = read_csv("poste;a\nVoirie;2\nEau;3\nArts;1\n".as_bytes(), &Default::default());
        let bars = draw(&table.into(), &read_spec(bars).0, &Env::new(600.0, Period::year(2026)));
        let view = View { sort: Some(Sort::Name), ..View::default() };
        assert_eq!(write_link(&view, &bars), [("ordre", "name".to_string())]);
        assert_eq!(read_link(&[("ordre".into(), "name".into())], &bars), (view, Vec::new()));
        let unknown = [("sans", "c"), ("de", "1950"), ("ordre", "name"), ("couleur", "bleu")];
        let pairs = unknown.map(|(key, value)| (key.to_string(), value.to_string()));
        assert_eq!(
            read_link(&pairs, &drawing),
            (View::default(), pairs.map(|(key, value)| format!("{key}={value}")).to_vec())
        );
    }
}
