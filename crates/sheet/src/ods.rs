//! Workbooks of OpenDocument: their sheets and cells.
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
    /// Styles of cells whose dates are shown as months or years.
    dates: Vec<(String, Shown)>,
}

impl Ods {
    pub(crate) fn open(content: String) -> Ods {
        let (mut sheets, mut hidden, mut style) = (Vec::new(), Vec::new(), String::new());
        // formats of dates: their name, and the parts of a date that they show
        let (mut formats, mut dates) = (Vec::<(String, Vec<String>)>::new(), Vec::new());
        let mut is_format = false;
        let mut nodes = Nodes::of(&content);
        while let Some(node) = nodes.next() {
            let element = match node {
                Node::Start(element, _) => element,
                Node::End(ending) => {
                    is_format &= ending.name() != "date-style";
                    continue;
                }
                Node::Text(_) => continue,
            };
            match element.name() {
                "date-style" => {
                    is_format = true;
                    formats.push((element.get("name").unwrap_or_default(), Vec::new()));
                }
                part @ ("day" | "month" | "year" | "hours") if is_format => {
                    formats.last_mut().into_iter().for_each(|(_, parts)| parts.push(part.to_string()));
                }
                "style" => {
                    style = element.get("name").unwrap_or_default();
                    let format = element.get("data-style-name");
                    let parts = format.and_then(|format| formats.iter().find(|(name, _)| *name == format));
                    let shows = |part: &str| parts.is_some_and(|(_, parts)| parts.iter().any(|other| other == part));
                    match (shows("day") || shows("hours"), shows("month"), shows("year")) {
                        (false, true, true) => dates.push((style.clone(), Shown::Month)),
                        (false, false, true) => dates.push((style.clone(), Shown::Year)),
                        _ => {}
                    }
                }
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
        Ods { content, sheets, dates }
    }
}

/// A cell under way: how often it is repeated, over how many rows it stands, its value, its words.
struct Cell {
    n_times: usize,
    n_rows: usize,
    value: Option<String>,
    /// The number that it holds: its words may show it scaled, or as a code.
    number: Option<f64>,
    words: String,
}

impl Cell {
    fn begin(element: &Element<'_>, dates: &[(String, Shown)]) -> Cell {
        let number = || element.get("value").and_then(|number| read_plain(&number));
        let write = |shown| number().map(|number| write_number(number, shown, 0));
        let value = match element.get("value-type").as_deref() {
            Some("float") => write(Shown::Number),
            Some("percentage") => write(Shown::Percent),
            Some("currency") if element.get("currency").as_deref() == Some("EUR") => write(Shown::With(0, " €")),
            Some("currency") => write(Shown::Number),
            Some("date") => element.get("date-value").map(|date| {
                let style = element.get("style-name");
                let shown = dates.iter().find(|(name, _)| Some(name) == style.as_ref()).map(|(_, shown)| *shown);
                let n_letters = match shown {
                    Some(Shown::Year) => 4,
                    Some(Shown::Month) => 7,
                    _ => date.len(),
                };
                date.get(..n_letters).unwrap_or(&date).trim_end_matches("T00:00:00").to_string()
            }),
            Some("string") => element.get("string-value"),
            Some("boolean") => {
                element.get("boolean-value").map(|truth| if truth == "true" { "oui" } else { "non" }.to_string())
            }
            // what is shown, `10:30`, says an hour better than its value, `PT10H30M00S`
            _ => None,
        };
        let is_number = matches!(element.get("value-type").as_deref(), Some("float" | "currency"));
        Cell {
            n_times: element.number("number-columns-repeated").unwrap_or(1),
            n_rows: element.number("number-rows-spanned").unwrap_or(1),
            value,
            number: number().filter(|_| is_number),
            words: String::new(),
        }
    }

    /// What the cell says: its value, in the form that its words show: `1 235 k€` is not 1 234 567, `01001` is a code.
    fn text(self) -> String {
        let words = self.words.trim();
        let shown = self.number.and_then(|number| as_shown(number, words));
        shown.or(self.value).unwrap_or_else(|| words.to_string())
    }
}

/// A number as its words show it, when they scale it or write zeros before it.
fn as_shown(number: f64, words: &str) -> Option<String> {
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
    if words.len() > 1 && words.starts_with('0') && are_digits(words) {
        let digits = words.replace(' ', "");
        return (read_plain(&digits) == Some(number)).then_some(digits);
    }
    let (n_thousands, unit) = match words {
        words if words.ends_with("Md€") => (3, " Md€"),
        words if words.ends_with("M€") => (2, " M€"),
        words if words.ends_with("k€") || words.ends_with("K€") => (1, " k€"),
        words if words.ends_with('€') => (0, " €"),
        _ => return None,
    };
    // the words round: they are scaled when they are nearer to the number divided
    let digits: String =
        words.chars().filter(|letter| letter.is_ascii_digit() || matches!(letter, ',' | '.')).collect();
    let printed = read_plain(&digits.replace(',', "."))?;
    let scaled = number.abs() / [1.0, 1e3, 1e6, 1e9].get(n_thousands)?;
    let is_scaled = (scaled - printed).abs() < (number.abs() - printed).abs();
    Some(write_number(number, Shown::With(if is_scaled { n_thousands as u8 } else { 0 }, unit), 0))
}

impl Book for Ods {
    fn sheets(&self) -> Vec<Named> {
        self.sheets.clone()
    }

    fn read(&self, name: &str) -> Option<Grid> {
        const MOST_REPEATED: usize = 1 << 20;
        // a file of a few bytes could ask for all the memory there is
        const MOST_CELLS: usize = 4_000_000;
        let mut n_cells = 0;
        let mut grid = Grid::default();
        let (mut is_here, mut depth) = (false, 0);
        let (mut row, mut column, mut n_rows) = (0, 0, 1);
        // the cells of a row that is written several times
        let mut cells: Vec<(usize, String)> = Vec::new();
        let mut cell: Option<Cell> = None;
        let (mut is_words, mut is_note) = (false, false);
        // within a drawing that is anchored to a cell
        let mut n_drawings = 0;
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
                        let is_covered = element.name() == "covered-table-cell";
                        let mut begun = Cell::begin(&element, &self.dates);
                        if is_covered {
                            // what stands under a merged cell is not seen
                            (begun.value, begun.number) = (None, None);
                        }
                        if begun.n_rows > 1 {
                            grid.merge(column, row, row + begun.n_rows - 1);
                        }
                        if is_empty || is_covered {
                            let text = begun.value.unwrap_or_default();
                            repeat(&mut cells, &mut column, begun.n_times, &text);
                        } else {
                            cell = Some(begun);
                        }
                    }
                    "annotation" => is_note = !is_empty,
                    "frame" | "custom-shape" | "rect" | "ellipse" | "caption" if is_here => {
                        n_drawings += usize::from(!is_empty)
                    }
                    "p" if !is_note && n_drawings == 0 => {
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
                    if let Some(cell) = cell.as_mut().filter(|_| is_words && !is_note && n_drawings == 0) {
                        cell.words.push_str(&part);
                    }
                }
                Node::End(ending) => match ending.name() {
                    "annotation" => is_note = false,
                    "frame" | "custom-shape" | "rect" | "ellipse" | "caption" if is_here => {
                        n_drawings = n_drawings.saturating_sub(1)
                    }
                    "p" => is_words = false,
                    "table-cell" | "covered-table-cell" => {
                        if let Some(ended) = cell.take() {
                            let n_times = ended.n_times;
                            repeat(&mut cells, &mut column, n_times, &ended.text());
                        }
                    }
                    "table-row" if is_here => {
                        let n_fitting = (MOST_CELLS - n_cells).checked_div(cells.len()).unwrap_or(0);
                        let n_written = n_rows.min(MOST_REPEATED).min(n_fitting);
                        n_cells += n_written * cells.len();
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
    const MOST_REPEATED: usize = 16_384;
    if !text.is_empty() {
        (0..n_times.min(MOST_REPEATED)).for_each(|again| cells.push((*column + again, text.to_string())));
    }
    *column += n_times;
}
