//! What do several widgets share? A title, choices of rows that all of them keep, an index, a sheet of paper.

mod keys;
mod rows;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use encart_chart::drawing::{Rows, blank};
use encart_chart::link::{FILTER, FROM, TO};
use encart_chart::spec::label_of;
use encart_chart::spec::read::{read_columns, read_labels};
use encart_chart::{Drawing, Env, Lead, Spec};
use encart_table::csv_out::{self, Reader};
use encart_table::decimal::read_decimal;
use encart_table::json::{Json, Object};
use encart_table::locale::write_period;
use encart_table::table::{fold, fold_words, nearest};
use encart_table::verb::cube::Chosen;
use encart_table::{Column, Lang, Notice, Place, Prepared, Table, Value};

use crate::listing::by_size;
use crate::narrative::take_offline;
use crate::widget::same_name;
pub use keys::KEYS;
pub use rows::{filtered, kept};

/// A board as its author asks for it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Board {
    /// What it holds, where its author writes it as data and not as tags inside it.
    pub widgets: Vec<Object>,
    /// Where the script is that keeps the page for a day without a network.
    pub offline: Option<String>,
    /// What stands among its widgets and is none.
    /// What of `widgets` is no widget.
    pub unread: Vec<Notice>,
    territory: Option<String>,
    period: Option<String>,
    filters: Vec<String>,
    chosen: Vec<(String, String)>,
    labels: Vec<(String, String)>,
}

/// What a choice is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// One place, always.
    One,
    /// From a period to a period.
    Between,
    /// Any of several, or all.
    Any,
}

/// A column by which all widgets are chosen, with its values in their order: as files write them, and as they are read.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The column.
    pub name: String,
    /// Its name as the public reads it.
    pub label: String,
    /// Its values.
    pub values: Vec<(String, String)>,
    /// Other writings of these values: `VOIRIE` is chosen with `Voirie`.
    others: Vec<(String, String)>,
    way: Way,
}

/// What a board or a story says of itself, not of what it holds.
const OWN: [&str; 10] = ["tag", "title", "heading", "subtitle", "note", "link", "spec", "height", "theme", "kind"];

/// A widget's specification with what its board or its story says for all: its own word wins, and data of its own are not
/// theirs.
pub fn share(shared: &Object, own: Object) -> Object {
    let has_data = ["src", "data"].iter().any(|key| own.get(key).is_some());
    let is_given = |name: &str| !(OWN.contains(&name) || has_data && matches!(name, "src" | "data" | "steps"));
    let mut whole = Object::default();
    for (name, value) in shared.iter().filter(|(name, _)| is_given(name)) {
        whole.set(name.to_string(), value.clone());
    }
    whole.merge(own);
    whole
}

impl Board {
    /// Takes its keys out of a specification.
    pub fn take(object: &mut Object) -> Board {
        let filters = object.take("filters").map_or_else(Vec::new, |value| read_columns(&value));
        let chosen = object.take("chosen").map_or_else(Vec::new, |value| match &value {
            Json::Object(object) => {
                object.iter().filter_map(|(name, value)| Some((name.to_string(), value.as_attribute()?))).collect()
            }
            text => {
                let text = text.as_attribute().unwrap_or_default();
                let pairs = text.split(';').filter_map(|pair| pair.split_once('='));
                pairs.map(|(name, value)| (name.trim().to_string(), value.trim().to_string())).collect()
            }
        });
        let (mut widgets, mut unread) = (Vec::new(), Vec::new());
        let list = match object.take("widgets").unwrap_or_default() {
            // as an attribute
            Json::Text(text) if text.trim().is_empty() => Json::Null,
            Json::Text(text) if text.trim_start().starts_with(['[', '{']) => Json::parse(&text, "widgets")
                .unwrap_or_else(|notice| {
                    unread.push(Notice { code: UNREAD, ..notice });
                    Json::Null
                }),
            other => other,
        };
        match list {
            Json::Null => {}
            Json::List(list) => list.into_iter().for_each(|widget| match widget {
                Json::Object(widget) => widgets.push(widget),
                other => unread.push(no_widget(&other.sketch())),
            }),
            other => unread.push(no_widget(&other.sketch())),
        }
        let offline = take_offline(object);
        // its widgets name their columns so too
        let labels = object.get("labels").map_or_else(Vec::new, read_labels);
        let mut text =
            |key: &str| object.take(key).and_then(|value| value.as_attribute()).filter(|text| !text.is_empty());
        Board {
            widgets,
            unread,
            territory: text("territory"),
            period: text("period"),
            filters,
            chosen,
            labels,
            offline,
        }
    }

    /// The columns by which rows are chosen.
    pub fn columns(&self) -> Vec<String> {
        self.territory.iter().chain(&self.period).chain(&self.filters).cloned().collect()
    }

    /// What its author must mend: a column that no widget has, a choice that no column holds.
    pub fn notices(&self, choices: &[Choice], tables: &[Arc<Table>]) -> Vec<Notice> {
        let mut notices = Vec::new();
        let columns = self.columns();
        let names: Vec<&str> = tables.iter().flat_map(|table| table.names()).collect();
        for name in columns.iter().filter(|name| choices.iter().all(|choice| choice.name != **name)) {
            notices.push(unknown(name, &names, "colonne d’aucun encart", "column of no widget"));
        }
        for (name, value) in &self.chosen {
            let Some(choice) = choices.iter().find(|choice| fold(&choice.name) == fold(name)) else {
                let names: Vec<&str> = columns.iter().map(String::as_str).collect();
                notices.push(unknown(name, &names, "rien que l’on choisisse", "nothing that is chosen"));
                continue;
            };
            if choice.values.iter().all(|(known, _)| fold_words(known) != fold_words(value)) {
                let known: Vec<&str> = choice.values.iter().map(|(known, _)| known.as_str()).collect();
                let (fr, en) = (format!("valeur de « {} »", choice.name), format!("value of “{}”", choice.name));
                notices.push(unknown(value, &known, &["aucune ", &fr].concat(), &["no ", &en].concat()));
            }
        }
        for choice in choices {
            let Some((first, other)) = choice.others.first() else { continue };
            notices.push(same_name(&choice.name, first, other));
        }
        notices
    }

    /// The choices, from the tables of the widgets: all the values that any of them holds.
    pub fn choices(&self, tables: &[Arc<Table>], lang: Lang) -> Vec<Choice> {
        let ways = |name: &String| match (&self.territory, &self.period) {
            (Some(territory), _) if territory == name => Way::One,
            (_, Some(period)) if period == name => Way::Between,
            _ => Way::Any,
        };
        let choice = |name: String| {
            // numbers by their size, words without case and accents, what is missing last
            let mut values: BTreeMap<_, (String, String)> = BTreeMap::new();
            let mut others: Vec<(String, String)> = Vec::new();
            for column in tables.iter().filter_map(|table| table.column(&name)) {
                for row_idx in 0..column.n_rows() {
                    let value = csv_out::cell(column, row_idx, Reader::Program);
                    let size = read_decimal(&value, 0).map_or(u64::MAX, by_size);
                    let key = (value.is_empty(), size, fold_words(&value));
                    let (first, _) = values.entry(key).or_insert_with(|| (value.clone(), label(column, row_idx, lang)));
                    if *first != value && !others.iter().any(|(_, other)| *other == value) {
                        others.push((first.clone(), value));
                    }
                }
            }
            let values = values.into_values().collect();
            Choice { way: ways(&name), label: label_of(&self.labels, &name), values, others, name }
        };
        let choices = self.columns().into_iter().map(choice);
        choices.filter(|choice| !choice.values.is_empty()).collect()
    }

    /// What is chosen before a visitor chooses: what the author says, and of a territory one in any case.
    pub fn begin(&self, choices: &[Choice]) -> Vec<(String, String)> {
        let mut chosen = Vec::new();
        for choice in choices {
            let said = self.chosen.iter().filter(|(name, _)| fold(name) == fold(&choice.name));
            let said: Vec<&String> = said.map(|(_, value)| value).collect();
            let find = |value: &String| choice.values.iter().find(|(known, _)| fold_words(known) == fold_words(value));
            let values: Vec<&String> = said.into_iter().filter_map(find).map(|(known, _)| known).collect();
            let first = choice.values.first().map(|(value, _)| value).filter(|_| choice.way == Way::One);
            let values = if values.is_empty() { first.into_iter().collect() } else { values };
            chosen.extend(values.into_iter().map(|value| pair(choice, value)));
        }
        chosen
    }

    /// What the pairs of a view choose, as rows are chosen: of a period all that lie between its ends.
    pub fn chosen(&self, choices: &[Choice], view: &[(String, String)]) -> Vec<Chosen> {
        let chosen = choices.iter().filter_map(|choice| {
            let values = choice.chosen(view);
            let others = choice.others.iter().filter(|(first, _)| values.contains(first)).map(|(_, other)| other);
            let others: Vec<String> = others.cloned().collect();
            // all is no choice
            (!values.is_empty()).then(|| (choice.name.clone(), [values, others].concat()))
        });
        chosen.collect()
    }

    /// Draws what stands above its widgets; `titles` are theirs.
    pub fn draw(&self, choices: &[Choice], titles: &[String], spec: &Spec, env: &Env) -> Drawing {
        let mut drawing = blank(&Prepared::default(), spec, env);
        let bar = write::Bar {
            choices,
            view: &env.view.chosen,
            titles,
            has_link: spec.link.is_some(),
            env,
            lang: drawing.lang,
        };
        drawing.lead = Some(Lead {
            html: if env.is_still { String::new() } else { bar.controls() },
            words: bar.state(),
            rows: bar.rows(),
            said: bar.state(),
            turned: String::new(),
        });
        // a link may name these columns
        let columns = self.columns().into_iter().map(|name| Column::texts(name, Vec::<String>::new()));
        drawing.rows = Some(Rows {
            table: Arc::new(Table::new(columns.collect())),
            row_idxs: Vec::new(),
            column_idxs: Vec::new(),
        });
        drawing
    }
}

/// What is said of `widgets` where it holds no widget.
pub const UNREAD: &str = "board.widgets";

fn no_widget(found: &str) -> Notice {
    Notice::error(
        UNREAD,
        Place::column("widgets"),
        format_args!(
            "« {found} » n’est pas un encart. Écrivez une liste de spécifications, chacune avec son tag : [{{\"tag\": \"figure\", …}}]."
        ),
        format_args!(
            "“{found}” is no widget. Write a list of specifications, each with its tag: [{{\"tag\": \"figure\", …}}]."
        ),
    )
}

fn unknown(name: &str, known: &[&str], fr: &str, en: &str) -> Notice {
    let near = nearest(name, known);
    let near_fr = near.map_or(String::new(), |near| format!(" Vouliez-vous dire « {near} » ?"));
    let near_en = near.map_or(String::new(), |near| format!(" Did you mean “{near}”?"));
    Notice::error(
        "board.unknown",
        Place::whole(),
        format_args!("le tableau de bord nomme « {name} », qui n’est {fr}.{near_fr}"),
        format_args!("the board names “{name}”, which is {en}.{near_en}"),
    )
}

/// A value as it is chosen.
fn pair(choice: &Choice, value: &str) -> (String, String) {
    (FILTER.to_string(), [&choice.name, "=", value].concat())
}

fn label(column: &Column, row_idx: usize, lang: Lang) -> String {
    match column.value(row_idx) {
        Value::Period(period) => write_period(period, lang),
        Value::Missing(_) => lang.pick("sans valeur", "no value").to_string(),
        _ => csv_out::cell(column, row_idx, if lang == Lang::Fr { Reader::Spreadsheet(lang) } else { Reader::Program }),
    }
}

impl Choice {
    /// Some of its values in words; of a period its ends, those of all when none is chosen.
    pub fn say(&self, values: &[String], lang: Lang) -> String {
        let label =
            |value: &String| self.values.iter().find(|(known, _)| known == value).map(|(_, label)| label.clone());
        let labels: Vec<String> = match self.way {
            Way::Between if values.is_empty() => self.values.iter().map(|(_, label)| label.clone()).collect(),
            _ => values.iter().filter_map(label).collect(),
        };
        match (labels.as_slice(), self.way) {
            ([], _) => lang.pick("tout", "all").to_string(),
            ([first, .., last], Way::Between) => [first.as_str(), lang.pick(" à ", " to "), last].concat(),
            (labels, _) => labels.join(", "),
        }
    }

    /// The values that a view chooses; none when it chooses all.
    fn chosen(&self, view: &[(String, String)]) -> Vec<String> {
        let known = |value: &str| self.values.iter().position(|(known, _)| known == value);
        if self.way == Way::Between {
            let end = |word: &str| view.iter().find(|(other, _)| other == word).and_then(|(_, value)| known(value));
            let last = self.values.len().saturating_sub(1);
            let (from, to) = (end(FROM).unwrap_or(0), end(TO).unwrap_or(last));
            let between = self.values.get(from.min(to)..=from.max(to)).unwrap_or(&self.values);
            let is_all = between.len() == self.values.len();
            return if is_all { Vec::new() } else { between.iter().map(|(value, _)| value.clone()).collect() };
        }
        let start = [&self.name, "="].concat();
        let of = view.iter().filter(|(word, _)| word == FILTER).filter_map(|(_, pair)| pair.strip_prefix(&start));
        of.filter(|value| known(value).is_some()).map(str::to_string).collect()
    }
}
