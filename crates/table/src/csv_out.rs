//! How is a table written as a file that spreadsheets open well?

use crate::column::Column;
use crate::decimal::write_plain;
use crate::locale::{Lang, write_iso};
use crate::table::Table;
use crate::value::Value;

/// For whom a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A spreadsheet in this language: byte order mark, French `;` and decimal comma or English `,` and point. A text
    /// that it would run as a formula (`=`, `+`, `-`, `@` first) gets an apostrophe before it.
    Spreadsheet(Lang),
    /// A program: `,`, decimal point, every text as it is.
    Program,
}

/// The table as CSV. A missing value is written as nothing.
pub fn write_csv(table: &Table, reader: Reader) -> String {
    let (delimiter, mark) = match reader {
        Reader::Spreadsheet(lang) => (lang.pick(';', ','), "\u{feff}"),
        Reader::Program => (',', ""),
    };
    let mut csv = String::from(mark);
    let mut push_line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.map(|cell| quote(&cell, delimiter)).collect();
        csv.push_str(&cells.join(&delimiter.to_string()));
        csv.push_str("\r\n");
    };
    push_line(&mut table.columns.iter().map(|column| column.name.clone()));
    for row_idx in 0..table.n_rows() {
        push_line(&mut table.columns.iter().map(|column| cell(column, row_idx, reader)));
    }
    csv
}

/// One cell as files write it: ISO dates, plain numbers, nothing for what is missing.
pub fn cell(column: &Column, row_idx: usize, reader: Reader) -> String {
    match (column.value(row_idx), reader) {
        (Value::Number(number), Reader::Spreadsheet(Lang::Fr)) => write_plain(number).replace('.', ","),
        (Value::Number(number), _) => write_plain(number),
        (Value::Period(period), _) => write_iso(period),
        (Value::Text(text), Reader::Spreadsheet(_)) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
            format!("'{text}")
        }
        (Value::Text(text), _) => text.to_string(),
        (Value::Missing(_), _) => String::new(),
    }
}

fn quote(cell: &str, delimiter: char) -> String {
    if cell.contains([delimiter, '"', '\n', '\r']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Why;

    #[test]
    fn a_spreadsheet_opens_it_without_harm() {
        let table = Table::new(vec![
            Column::texts("nom", ["a;b", "=SOMME(A1)", "dit \"x\""]),
            Column::numbers("valeur", [Ok(1.5), Err(Why::Secret), Ok(-2.0)]),
        ]);
        assert_eq!(
            write_csv(&table, Reader::Spreadsheet(Lang::Fr)),
            "\u{feff}nom;valeur\r\n\"a;b\";1,5\r\n'=SOMME(A1);\r\n\"dit \"\"x\"\"\";-2\r\n"
        );
        assert_eq!(
            write_csv(&table, Reader::Spreadsheet(Lang::En)),
            "\u{feff}nom,valeur\r\na;b,1.5\r\n'=SOMME(A1),\r\n\"dit \"\"x\"\"\",-2\r\n"
        );
        assert_eq!(
            write_csv(&table, Reader::Program),
            "nom,valeur\r\na;b,1.5\r\n=SOMME(A1),\r\n\"dit \"\"x\"\"\",-2\r\n"
        );
    }
}
