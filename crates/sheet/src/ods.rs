//! Which sheets and cells does a workbook of OpenDocument hold?
//!
//! OASIS, "Open Document Format for Office Applications" 1.3, part 3, 9: tables, and 19.385 and following: the values
//! of their cells.

use crate::choose::{Book, Named};
use crate::format::{Shown, read_plain, write_number};
use crate::grid::Grid;
use crate::xml::{Element, Node, Nodes};

/// A workbook: its one file of content.
pub(crate) struct Ods {
    content: String,
    sheets: Vec<Named>,
}

impl Ods {
    pub(crate) fn open(content: String) -> Ods {
        let (mut sheets, mut hidden, mut style) = (Vec::new(), Vec::new(), String::new());
        let mut nodes = Nodes::of(&content);
        while let Some(node) = nodes.next() {
            let Node::Start(element, _) = node else { continue };
            match element.name() {
                "style" => style = element.get("name").unwrap_or_default(),
                "table-properties" if element.get("display").as_deref() == Some("false") => hidden.push(style.clone()),
                "table" => {
                    if let Some(name) = element.get("name") {
                        let is_seen = element.get("style-name").is_none_or(|style| !hidden.contains(&style));
                        sheets.push(Named { name, is_seen });
                    }
                }
                _ => {}
            }
        }
        Ods { content, sheets }
    }
}

/// A cell under way: how often it is repeated, over how many rows it stands, its value, its words.
struct Cell {
    n_times: usize,
    n_rows: usize,
    value: Option<String>,
    words: String,
}

impl Cell {
    fn begin(element: &Element<'_>) -> Cell {
        let number = || element.get("value").and_then(|number| read_plain(&number));
        let write = |shown| number().map(|number| write_number(number, shown, 0));
        let value = match element.get("value-type").as_deref() {
            Some("float") => write(Shown::Number),
            Some("percentage") => write(Shown::Percent),
            Some("currency") if element.get("currency").as_deref() == Some("EUR") => write(Shown::With(" €")),
            Some("currency") => write(Shown::Number),
            Some("date") => element.get("date-value").map(|date| date.trim_end_matches("T00:00:00").to_string()),
            Some("boolean") => {
                element.get("boolean-value").map(|truth| if truth == "true" { "oui" } else { "non" }.to_string())
            }
            // what is shown, `10:30`, says an hour better than its value, `PT10H30M00S`
            _ => None,
        };
        Cell {
            n_times: element.number("number-columns-repeated").unwrap_or(1),
            n_rows: element.number("number-rows-spanned").unwrap_or(1),
            value,
            words: String::new(),
        }
    }
}

impl Book for Ods {
    fn sheets(&self) -> Vec<Named> {
        self.sheets.clone()
    }

    fn read(&self, name: &str) -> Option<Grid> {
        const MOST_REPEATED: usize = 10_000;
        let mut grid = Grid::default();
        let (mut is_here, mut depth) = (false, 0);
        let (mut row, mut column, mut n_rows) = (0, 0, 1);
        // the cells of a row that is written several times
        let mut cells: Vec<(usize, String)> = Vec::new();
        let mut cell: Option<Cell> = None;
        let (mut is_words, mut is_note) = (false, false);
        let mut nodes = Nodes::of(&self.content);
        while let Some(node) = nodes.next() {
            match node {
                Node::Start(element, is_empty) => match element.name() {
                    "table" => {
                        depth += usize::from(!is_empty);
                        is_here |= element.get("name").as_deref() == Some(name);
                    }
                    "table-row" if is_here => {
                        column = 0;
                        cells.clear();
                        n_rows = element.number("number-rows-repeated").unwrap_or(1);
                        if is_empty {
                            row += n_rows;
                        }
                    }
                    "table-cell" | "covered-table-cell" if is_here => {
                        let begun = Cell::begin(&element);
                        if begun.n_rows > 1 {
                            grid.merge(column, row, row + begun.n_rows - 1);
                        }
                        if is_empty {
                            let text = begun.value.unwrap_or_default();
                            repeat(&mut cells, &mut column, begun.n_times, &text);
                        } else {
                            cell = Some(begun);
                        }
                    }
                    "annotation" => is_note = !is_empty,
                    "p" if !is_note => {
                        is_words = !is_empty;
                        if let Some(cell) = cell.as_mut().filter(|cell| !cell.words.is_empty()) {
                            cell.words.push(' ');
                        }
                    }
                    "s" | "tab" | "line-break" => {
                        if let Some(cell) = cell.as_mut().filter(|_| is_words) {
                            cell.words.push(' ');
                        }
                    }
                    _ => {}
                },
                Node::Text(part) => {
                    if let Some(cell) = cell.as_mut().filter(|_| is_words && !is_note) {
                        cell.words.push_str(&part);
                    }
                }
                Node::End(ending) => match ending.name() {
                    "annotation" => is_note = false,
                    "p" => is_words = false,
                    "table-cell" | "covered-table-cell" => {
                        if let Some(ended) = cell.take() {
                            let text = ended.value.unwrap_or_else(|| ended.words.trim().to_string());
                            repeat(&mut cells, &mut column, ended.n_times, &text);
                        }
                    }
                    "table-row" if is_here => {
                        let n_written = if cells.is_empty() { 0 } else { n_rows.min(MOST_REPEATED) };
                        for again in 0..n_written {
                            cells.iter().for_each(|(column, text)| grid.put(row + again, *column, text.clone()));
                        }
                        row += n_rows;
                    }
                    "table" => {
                        depth -= 1;
                        if is_here && depth == 0 {
                            return Some(grid);
                        }
                    }
                    _ => {}
                },
            }
        }
        None
    }
}

/// Writes a cell as often as it is repeated; empty ones only take their place.
fn repeat(cells: &mut Vec<(usize, String)>, column: &mut usize, n_times: usize, text: &str) {
    const MOST_REPEATED: usize = 1_000;
    if !text.is_empty() {
        (0..n_times.min(MOST_REPEATED)).for_each(|again| cells.push((*column + again, text.to_string())));
    }
    *column += n_times;
}
