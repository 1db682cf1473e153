//! The cells of a sheet: rows of texts, then lines of a CSV.

use encart_table::csv_out::push_one_line;

/// The cells of a sheet, each as it is written.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    rows: Vec<Vec<String>>,
    /// Cells that are one down a column: the column, the first row, the last.
    tall: Vec<(usize, usize, usize)>,
    /// How many cells there are, filled and empty, and how many bytes in them.
    size: (usize, usize),
}

/// A sheet of more is refused: cells, and bytes in them.
const LARGEST: (usize, usize) = (20_000_000, 250_000_000);

/// Spreadsheets have no more columns, nor rows.
const MOST_COLUMNS: usize = 16_384;
const MOST_ROWS: usize = 1_048_576;
/// What stands behind as many empty columns is not of the table.
const FAR: usize = 64;

impl Grid {
    /// Writes a cell; rows and columns count from 0.
    pub(crate) fn put(&mut self, row: usize, column: usize, text: String) {
        if text.is_empty() || row >= MOST_ROWS || column >= MOST_COLUMNS || self.is_too_large() {
            return;
        }
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        let Some(cells) = self.rows.get_mut(row) else { return };
        if cells.len() <= column {
            self.size.0 += column + 1 - cells.len();
            cells.resize(column + 1, String::new());
        }
        self.size.1 += text.len();
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
    }

    /// Cells that are one down a column all say what the first says. Across columns they stay as a CSV has them: a title
    /// above several columns is no value of each.
    pub(crate) fn merge(&mut self, column: usize, first: usize, last: usize) {
        if first < last && last < MOST_ROWS {
            self.tall.push((column, first, last));
        }
    }

    /// Whether there is more than a page can hold: then what was put last is not in it.
    pub(crate) fn is_too_large(&self) -> bool {
        self.size.0 > LARGEST.0 || self.size.1 > LARGEST.1
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Three rows with two cells that are filled at least: a page of explanations has fewer.
    pub(crate) fn is_table(&self) -> bool {
        let is_wide = |row: &&Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count() >= 2;
        self.rows.iter().filter(is_wide).take(3).count() == 3
    }

    /// The rows from the first of the sheet on, so that a line has its row's number; columns that nothing fills at the
    /// left of all others are left out. With the number of the first of the columns that stand far to the right of the
    /// table, and are left out too.
    pub(crate) fn into_csv(mut self) -> (String, Option<usize>) {
        let left = self.rows.iter().filter_map(|row| row.iter().position(|cell| !cell.is_empty())).min().unwrap_or(0);
        for (column, first, last) in std::mem::take(&mut self.tall) {
            let text = self.rows.get(first).and_then(|row| row.get(column)).cloned().unwrap_or_default();
            // an amount of several rows is counted once; a year, or what leads the rows, is their label
            if column > left && is_amount(&text) {
                continue;
            }
            (first + 1..=last.min(self.rows.len().saturating_sub(1)))
                .for_each(|row| self.put(row, column, text.clone()));
        }
        let widest = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut is_filled = vec![false; widest];
        for row in &self.rows {
            row.iter().zip(&mut is_filled).for_each(|(cell, is_filled)| *is_filled |= !cell.is_empty());
        }
        let gap = vec![false; FAR];
        let n_columns =
            is_filled.windows(FAR).skip(left).position(|window| window == gap).map_or(widest, |at| left + at);
        let far = (n_columns + FAR..widest).find(|column| is_filled.get(*column) == Some(&true));
        let mut csv = Vec::new();
        for row in &self.rows {
            for column in left..n_columns {
                if column > left {
                    csv.push(b';');
                }
                push_one_line(row.get(column).map_or("", String::as_str).as_bytes(), &mut csv);
            }
            csv.push(b'\n');
        }
        (String::from_utf8_lossy(&csv).into_owned(), far.map(|column| column + 1))
    }
}

/// A number, with its unit perhaps, that is no year.
fn is_amount(text: &str) -> bool {
    let number = text.split(' ').next().unwrap_or_default();
    let is_year =
        number.len() == 4 && number.starts_with(['1', '2']) && number.bytes().all(|byte| byte.is_ascii_digit());
    crate::format::read_plain(number).is_some() && !is_year && !text.starts_with('0')
}
