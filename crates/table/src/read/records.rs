//! How do records, objects of names and values, become a table?

use crate::column::Column;
use crate::decimal::write_plain;
use crate::index::Index;
use crate::infer::{Known, Written, infer_known_column};
use crate::json::Json;
use crate::notice::{Notice, Place};
use crate::read::known::known_columns;
use crate::table::Table;
use crate::zone::Zone;

/// What a source says of one of its columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hint {
    /// The column's name in the records.
    pub name: String,
    /// What its values are known to be.
    pub known: Known,
    /// The unit of its numbers.
    pub unit: Option<String>,
}

/// Columns in the making: for each its name, and for each row its text.
#[derive(Debug)]
pub(crate) struct Grid {
    /// The legal time to which instants are brought.
    zone: Zone,
    names: Index,
    columns: Vec<Draft>,
    n_rows: usize,
    n_cells: usize,
}

/// The most columns that are made: as many as a spreadsheet has.
const MOST_COLUMNS: usize = 16_384;

/// The most cells, filled and empty.
const MOST_CELLS: usize = 20_000_000;

/// So many columns there are, however many rows.
const LEAST_COLUMNS: usize = 64;

#[derive(Debug)]
struct Draft {
    name: String,
    /// The last rows may be left out until something is written there.
    cells: Vec<String>,
    /// Whether every cell is a JSON number, or nothing.
    is_plain: bool,
}

impl Grid {
    /// None yet.
    pub(crate) fn new(zone: Zone) -> Grid {
        Grid { zone, names: Index::default(), columns: Vec::new(), n_rows: 0, n_cells: 0 }
    }

    /// Begins a row; the cells that are put go to it.
    pub(crate) fn row(&mut self) {
        self.n_rows += 1;
    }

    /// Puts a value in the row; an object gives a column for each of its names, `adresse.commune`.
    pub(crate) fn put(&mut self, name: &str, value: &Json) {
        const DEEPEST: usize = 6;
        self.put_at(name, value, DEEPEST);
    }

    fn put_at(&mut self, name: &str, value: &Json, depth: usize) {
        if let (Json::Object(object), true) = (value, depth > 0 && !is_geometry(value)) {
            for (inner, value) in object.iter() {
                let name = if name.is_empty() { inner.to_string() } else { [name, ".", inner].concat() };
                self.put_at(&name, value, depth - 1);
            }
            return;
        }
        let number = self.names.number(name);
        // of so many names each is only of some rows
        if number >= self.columns.len().min(MOST_COLUMNS) && (number >= MOST_COLUMNS || self.n_cells > MOST_CELLS) {
            return;
        }
        if number == self.columns.len() {
            self.columns.push(Draft { name: name.to_string(), cells: Vec::new(), is_plain: true });
        }
        let Some(column) = self.columns.get_mut(number) else { return };
        let text = cell_text(value);
        column.is_plain &= matches!(value, Json::Number(_) | Json::Null);
        self.n_cells += self.n_rows.saturating_sub(column.cells.len());
        column.cells.resize(self.n_rows.saturating_sub(1), String::new());
        column.cells.push(text);
    }

    /// The table, its columns typed; rows are named by their number, from 1.
    pub(crate) fn finish(self, hints: &[Hint], notices: &mut Vec<Notice>) -> Table {
        let mut columns: Vec<Column> = Vec::with_capacity(self.columns.len());
        // a column that the source has, and that no record names, is all missing
        let unnamed = hints.iter().filter(|hint| !self.columns.iter().any(|draft| draft.name == hint.name));
        let unnamed: Vec<Draft> =
            unnamed.map(|hint| Draft { name: hint.name.clone(), cells: Vec::new(), is_plain: false }).collect();
        let mut drafts: Vec<Draft> = self.columns.into_iter().chain(unnamed).collect();
        let n_names = self.names.len();
        drafts.truncate((MOST_CELLS / self.n_rows.max(1)).max(LEAST_COLUMNS));
        if n_names > drafts.len() {
            let n_left = n_names - drafts.len();
            notices.push(Notice::warning(
                "json.too-many-columns",
                Place::whole(),
                format_args!("{n_left} colonne(s) laissées de côté : trop de noms différents d’une ligne à l’autre. Demandez une forme où les lignes ont les mêmes noms."),
                format_args!("{n_left} column(s) left out: too many different names from row to row. Ask for a form whose rows have the same names."),
            ));
        }
        let beside = known_columns(&drafts.iter().map(|draft| draft.name.as_str()).collect::<Vec<_>>());
        for (mut draft, beside) in drafts.into_iter().zip(beside) {
            draft.cells.resize(self.n_rows, String::new());
            let hint = hints.iter().find(|hint| hint.name == draft.name);
            let known = match hint.map_or(Known::Nothing, |hint| hint.known) {
                Known::Nothing if beside == Known::Text => Known::Text,
                Known::Nothing if draft.is_plain && beside == Known::Quantity => Known::Quantity,
                Known::Nothing if draft.is_plain => Known::Plain,
                known => known,
            };
            let cells: Vec<Written<'_>> =
                draft.cells.iter().enumerate().map(|(idx, cell)| (idx as u64 + 1, cell.as_str())).collect();
            let (mut column, said) = infer_known_column(&draft.name, &cells, known, self.zone);
            notices.extend(said);
            if let (Some(unit), true) = (hint.and_then(|hint| hint.unit.clone()), column.is_number()) {
                column.unit = Some(unit);
            }
            columns.push(column);
        }
        Table::new(columns)
    }
}

/// A GeoJSON geometry stays in one cell, as text: whoever draws maps reads it.
fn is_geometry(value: &Json) -> bool {
    value.get("type").is_some_and(|kind| matches!(kind, Json::Text(_)))
        && (value.get("coordinates").is_some() || value.get("geometries").is_some() || value.get("geometry").is_some())
}

/// A value as a cell: a list of words as words, `voirie, sport`; a truth in words.
fn cell_text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(truth) => (if *truth { "oui" } else { "non" }).to_string(),
        Json::Number(number) => write_plain(*number),
        Json::Text(text) => text.clone(),
        Json::List(list) if list.iter().all(|item| !matches!(item, Json::List(_) | Json::Object(_))) => {
            list.iter().map(cell_text).collect::<Vec<_>>().join(", ")
        }
        other => other.write(),
    }
}

/// Records as a table: a column for each name, in the order of its first appearance. Something that is no object has no
/// column; how many were left out is said.
///
/// ```
/// use encart_table::{Json, read::records::read_records};
/// let json = Json::parse(r#"[{"annee": 2024, "montant": "1250.50"}, {"annee": 2025, "montant": null}]"#, "").unwrap();
/// let (table, notices) = read_records(json.as_list().unwrap(), &[], Default::default());
/// assert_eq!(table.column("montant").unwrap().value(0).number(), Some(1250.5));
/// assert!(table.column("montant").unwrap().value(1).is_missing());
/// assert_eq!(notices[0].code, "cell.missing");
/// ```
pub fn read_records(records: &[Json], hints: &[Hint], zone: Zone) -> (Table, Vec<Notice>) {
    let (mut grid, mut notices, mut n_left) = (Grid::new(zone), Vec::new(), 0);
    for record in records {
        match record {
            Json::Object(_) => {
                grid.row();
                grid.put("", record);
            }
            _ => n_left += 1,
        }
    }
    if n_left > 0 {
        notices.push(Notice::warning(
            "json.not-records",
            Place::whole(),
            format_args!("{n_left} élément(s) ne sont pas des objets et sont laissés de côté."),
            format_args!("{n_left} item(s) are no objects and are left out."),
        ));
    }
    let table = grid.finish(hints, &mut notices);
    (table, notices)
}
