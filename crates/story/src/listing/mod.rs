//! What does a table show? Rows to be read, found, ordered and added up, as a visitor asks.

mod column;
mod geometry;
mod keys;
mod look;
mod memory;
mod order;
mod sum;
mod write;

use encart_chart::drawing::{Rows, blank};
use encart_chart::spec::read::read_columns;
use encart_chart::spec::unknown_labels;
use encart_chart::{Drawing, Env, Lead, Spec};
use encart_table::json::Object;
use encart_table::table::nearest;
use encart_table::{Notice, Place, Prepared, Table};

use crate::widget::same_name;
pub use keys::KEYS;
use look::Look;
pub use memory::Memory;
pub(crate) use order::by_size;

/// How many rows a page has when the author does not say.
const PAGE_ROWS: usize = 25;

/// The most rows of static content and of a sheet of paper.
const MOST_ROWS: usize = 2_000;

/// Below this width, in pixels, rows are cards (`src/apart.css`).
const CARDS: f64 = 520.0;

/// A table as its author asks for it. Names are as written; they are looked up when there are data.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    columns: Vec<String>,
    sort: Vec<String>,
    group: Option<String>,
    sum: Vec<String>,
    total_row: Option<String>,
    bars: Vec<String>,
    filters: Vec<String>,
    header: Option<String>,
    page_rows: Option<String>,
    has_no_search: bool,
}

/// The columns of a table that its author names, by their place in it.
#[derive(Debug, Clone, PartialEq, Default)]
struct Named {
    shown: Vec<usize>,
    sort: Vec<(usize, bool)>,
    group: Option<usize>,
    sum: Vec<usize>,
    bars: Vec<usize>,
    filters: Vec<usize>,
    header: Option<usize>,
    labels: Vec<(usize, String)>,
}

impl Listing {
    /// Takes its keys out of a specification; what is left is a chart's.
    ///
    /// ```
    /// use encart_story::listing::Listing;
    /// use encart_table::json::Json;
    /// let Ok(mut object) = Json::parse_object(r#"{"sort": "-montant", "title": "Marchés"}"#, "spec") else { return };
    /// Listing::take(&mut object);
    /// assert_eq!(object.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["title"]);
    /// ```
    pub fn take(object: &mut Object) -> Listing {
        let mut columns = |key: &str| object.take(key).map_or_else(Vec::new, |value| read_columns(&value));
        let (shown, sort, sum) = (columns("columns"), columns("sort"), columns("sum"));
        let (bars, filters) = (columns("bars"), columns("filters"));
        let mut text = |keys: [&str; 2]| {
            let found = keys.into_iter().find_map(|key| object.take(key));
            found.and_then(|value| value.as_attribute()).filter(|text| !text.is_empty())
        };
        Listing {
            columns: shown,
            sort,
            sum,
            bars,
            filters,
            group: text(["group", ""]),
            total_row: text(["total_row", "total-row"]),
            header: text(["header", ""]),
            page_rows: text(["page_rows", "page-rows"]),
            has_no_search: matches!(text(["search", ""]).as_deref(), Some("off" | "false" | "non")),
        }
    }

    /// Draws it: its rows as markup, for the place and for what the visitor has chosen of them.
    pub fn draw(&self, prepared: &Prepared, spec: &Spec, env: &Env, memory: &Memory) -> Drawing {
        let mut drawing = blank(prepared, spec, env);
        let lang = drawing.lang;
        if spec.title.is_none() {
            drawing.title = lang.pick("Tableau", "Table").to_string();
        }
        let table = &prepared.table;
        if prepared.is_misled || table.columns.is_empty() {
            return drawing;
        }
        drawing.notices.extend(unknown_labels(&spec.labels, table));
        let named = self.find(table, &spec.labels, &mut drawing.notices);
        let page_rows = self.read_page_rows(&mut drawing.notices);
        let mut kept = memory.of(table, &named, self.total_row.as_deref(), spec.unit.as_deref(), lang);
        if let Some(total_row) = self.total_row.as_deref().filter(|_| kept.total_idx.is_none()) {
            drawing.notices.push(Notice::warning(
                "table.total-row",
                Place::column("total_row"),
                format_args!("aucune ligne ne s’appelle « {total_row} »."),
                format_args!("no row is named “{total_row}”."),
            ));
        }
        for choices in &kept.choices {
            let (Some((column, _)), Some((first, other))) = (kept.column(choices.idx), choices.others.first()) else {
                continue;
            };
            drawing.notices.push(same_name(&column.name, first, other));
        }
        let look = Look::read(&env.view.chosen, &kept);
        let row_idxs = kept.find(&look, named.group);
        let page = write::Page {
            kept: &kept,
            named: &named,
            look: &look,
            row_idxs: &row_idxs,
            page_rows: if env.is_still { MOST_ROWS } else { page_rows },
            is_still: env.is_still,
            is_narrow: env.width < CARDS,
            has_search: !self.has_no_search && table.n_rows() > 8,
            has_printed: prepared.done.is_nothing(),
            mark: drawing.theme.palette.first().copied().unwrap_or(drawing.theme.ink),
            title: &drawing.title,
            lang,
        };
        let (said, turned) = page.said();
        drawing.lead = Some(Lead { html: page.controls(), words: page.words(), rows: page.rows(), said, turned });
        drawing.notes.extend(page.notes());
        drawing.notes.extend(spec.note.clone());
        drawing.rows = Some(Rows { table: table.clone(), row_idxs, column_idxs: named.shown });
        drawing
    }

    fn read_page_rows(&self, notices: &mut Vec<Notice>) -> usize {
        let Some(text) = &self.page_rows else { return PAGE_ROWS };
        text.parse().ok().filter(|rows| (1..=500).contains(rows)).unwrap_or_else(|| {
            notices.push(Notice::warning(
                "spec.bad-value",
                Place::column("page_rows"),
                format_args!("« {text} » ne convient pas ; un nombre de 1 à 500 est attendu."),
                format_args!("“{text}” does not suit; a number from 1 to 500 is expected."),
            ));
            PAGE_ROWS
        })
    }

    /// Finds what the author names; what is not there is said with what is meant, and the rest is shown.
    fn find(&self, table: &Table, labels: &[(String, String)], notices: &mut Vec<Notice>) -> Named {
        let mut find = |key: &str, name: &str| {
            let found = table.column_idx(name).or_else(|| table.idx_without_unit(name));
            if found.is_none() {
                notices.push(unknown(key, name, table));
            }
            found
        };
        let mut all =
            |key: &str, names: &[String]| -> Vec<usize> { names.iter().filter_map(|name| find(key, name)).collect() };
        let mut shown = all("columns", &self.columns);
        if shown.is_empty() {
            shown = (0..table.columns.len()).collect();
        }
        let (sum, bars, filters) = (all("sum", &self.sum), all("bars", &self.bars), all("filters", &self.filters));
        let sort = self.sort.iter().filter_map(|key| {
            let bare = key.strip_prefix(['-', '−']);
            Some((find("sort", bare.unwrap_or(key).trim())?, bare.is_some()))
        });
        let sort = sort.collect();
        // a board names columns for all its widgets
        let known = |name: &str| table.column_idx(name).or_else(|| table.idx_without_unit(name));
        let labels = labels.iter().filter_map(|(name, label)| Some((known(name)?, label.clone()))).collect();
        let group = self.group.as_deref().and_then(|name| find("group", name));
        let header = self.header.as_deref().and_then(|name| find("header", name));
        let mut numbers = |key: &str, idxs: Vec<usize>| -> Vec<usize> {
            let (good, bad): (Vec<usize>, Vec<usize>) =
                idxs.into_iter().partition(|idx| table.columns.get(*idx).is_some_and(|column| column.is_number()));
            for column in bad.into_iter().filter_map(|idx| table.columns.get(idx)) {
                notices.push(Notice::warning(
                    "table.no-number",
                    Place::column(key),
                    format_args!("« {} » n’est pas une colonne de nombres.", column.name),
                    format_args!("“{}” is no column of numbers.", column.name),
                ));
            }
            good
        };
        let (sum, bars) = (numbers("sum", sum), numbers("bars", bars));
        let is_rate = |idx: &usize| table.columns.get(*idx).is_some_and(|column| column.unit.as_deref() == Some("%"));
        let (rates, sum): (Vec<usize>, Vec<usize>) = sum.into_iter().partition(is_rate);
        for column in rates.into_iter().filter_map(|idx| table.columns.get(idx)) {
            notices.push(Notice::warning(
                "table.sum-of-rates",
                Place::column("sum"),
                format_args!(
                    "« {} » est en pour cent : une somme de taux n’a pas de sens, elle n’est pas montrée.",
                    column.name
                ),
                format_args!("“{}” is in percent: a sum of rates has no meaning, it is not shown.", column.name),
            ));
        }
        // what makes groups is said above them
        shown.retain(|idx| Some(*idx) != group);
        Named { header: header.or(shown.first().copied()), shown, sort, group, sum, bars, filters, labels }
    }
}

fn unknown(key: &str, name: &str, table: &Table) -> Notice {
    let names = table.names();
    let (fr, en) = match nearest(name, &names) {
        Some(near) => (format!("vouliez-vous dire « {near} » ?"), format!("did you mean “{near}”?")),
        None => {
            let list = names.join(", ");
            (format!("les colonnes sont : {list}."), format!("the columns are: {list}."))
        }
    };
    Notice::error(
        "spec.unknown-column",
        Place::column(key),
        format_args!("aucune colonne « {name} » ; {fr}"),
        format_args!("no column “{name}”; {en}"),
    )
}
