//! How is a table written as a file that spreadsheets open well?

use crate::column::Column;
use crate::locale::{Lang, write_iso};
use crate::table::Table;
use crate::value::Value;

/// The table as CSV. French: `;`, decimal comma and a byte order mark, which French spreadsheets expect; English: `,`
/// and decimal point. A missing value is written as nothing. A text that a spreadsheet would run as a formula
/// (`=`, `+`, `-`, `@` first) gets an apostrophe before it.
pub fn write_csv(table: &Table, lang: Lang) -> String {
    let delimiter = lang.pick(';', ',');
    let mut csv = String::from("\u{feff}");
    let names = table.columns.iter().map(|column| quote(&column.name, delimiter));
    csv.push_str(&names.collect::<Vec<_>>().join(&delimiter.to_string()));
    csv.push_str("\r\n");
    for row_idx in 0..table.n_rows() {
        let cells = table.columns.iter().map(|column| quote(&cell(column, row_idx, lang), delimiter));
        csv.push_str(&cells.collect::<Vec<_>>().join(&delimiter.to_string()));
        csv.push_str("\r\n");
    }
    csv
}

/// One cell as files write it: ISO dates, plain numbers with the language's decimal mark, nothing for what is missing.
pub fn cell(column: &Column, row_idx: usize, lang: Lang) -> String {
    match column.value(row_idx) {
        Value::Number(number) => format!("{number}").replace('.', lang.pick(",", ".")),
        Value::Period(period) => write_iso(period),
        Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Value::Text(text) => text.to_string(),
        Value::Missing(_) => String::new(),
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
            write_csv(&table, Lang::Fr),
            "\u{feff}nom;valeur\r\n\"a;b\";1,5\r\n'=SOMME(A1);\r\n\"dit \"\"x\"\"\";-2\r\n"
        );
        assert_eq!(
            write_csv(&table, Lang::En),
            "\u{feff}nom,valeur\r\na;b,1.5\r\n'=SOMME(A1),\r\n\"dit \"\"x\"\"\",-2\r\n"
        );
    }
}
