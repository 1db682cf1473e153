//! How is a table written as a file that spreadsheets open well?

use crate::column::Column;
use crate::decimal::{write_plain, write_unmistakable};
use crate::locale::{Lang, write_iso};
use crate::table::{Table, join};
use crate::value::Value;

/// For whom a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A spreadsheet in this language: byte order mark, French `;` and decimal comma or English `,` and point. A text
    /// that it would run as a formula (`=`, `+`, `-`, `@` first) gets an apostrophe before it.
    Spreadsheet(Lang),
    /// A spreadsheet that cells are pasted into: the same with tabs, and no mark.
    Clipboard(Lang),
    /// A program: `,`, decimal point, every text as it is.
    Program,
}

/// What a spreadsheet takes for the beginning of a formula, or leaves out before one.
const FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The table as CSV. A missing value is written as nothing, or as the bound that its cell prints.
pub fn write_csv(table: &Table, reader: Reader) -> String {
    let (delimiter, mark) = match reader {
        Reader::Spreadsheet(lang) => (lang.pick(';', ','), "\u{feff}"),
        Reader::Clipboard(_) => ('\t', ""),
        Reader::Program => (',', ""),
    };
    let name = |column: &Column| text(&column.name, reader);
    write_lines(table, (delimiter, mark), &name, &|column, row_idx| cell(column, row_idx, reader))
}

/// The table for the reader of this library, later: `;`, why a value is missing, what it says beside it, and the units
/// that cells carry.
pub fn write_archive(table: &Table) -> String {
    write_lines(table, (';', ""), &|column| column.name.clone(), &archived)
}

fn write_lines(
    table: &Table,
    (delimiter, mark): (char, &str),
    name: &dyn Fn(&Column) -> String,
    cell: &dyn Fn(&Column, usize) -> String,
) -> String {
    let mut csv = String::from(mark);
    let mut push_line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.map(|cell| quote(&cell, delimiter)).collect();
        csv.push_str(&join(&cells, &delimiter.to_string()));
        csv.push_str("\r\n");
    };
    push_line(&mut table.columns.iter().map(name));
    for row_idx in 0..table.n_rows() {
        push_line(&mut table.columns.iter().map(|column| cell(column, row_idx)));
    }
    csv
}

/// One cell as files write it: ISO dates, plain numbers, for what is missing nothing, or the bound that it prints.
pub fn cell(column: &Column, row_idx: usize, reader: Reader) -> String {
    match (column.value(row_idx), reader) {
        (Value::Number(number), Reader::Spreadsheet(Lang::Fr) | Reader::Clipboard(Lang::Fr)) => {
            write_plain(number).replace('.', ",")
        }
        (Value::Number(number), _) => write_plain(number),
        (Value::Period(period), _) => write_iso(period),
        (Value::Text(written), _) => text(written, reader),
        (Value::Missing(_), _) => match column.hedge(row_idx) {
            Some(hedge) => text(&hedge.write("", Lang::Fr), reader),
            None => String::new(),
        },
    }
}

/// A text, which no spreadsheet takes for a formula.
fn text(text: &str, reader: Reader) -> String {
    match reader != Reader::Program && text.starts_with(FORMULAS) {
        true => ["'", text].concat(),
        false => text.to_string(),
    }
}

/// A cell that is read back as it is.
fn archived(column: &Column, row_idx: usize) -> String {
    let hedge = column.hedge(row_idx);
    match column.value(row_idx) {
        Value::Missing(why) => hedge.map_or_else(|| why.token().to_string(), |hedge| hedge.write("", Lang::Fr)),
        Value::Number(number) => {
            let mut written = write_unmistakable(number);
            if let Some(unit @ ("%" | "€" | "k€" | "M€" | "Md€" | "‰" | "°C")) = column.unit.as_deref() {
                written = [&written, " ", unit].concat();
            }
            hedge.map_or_else(|| written.clone(), |hedge| hedge.write_short(&written))
        }
        _ => cell(column, row_idx, Reader::Program),
    }
}

/// Appends a cell on one line, `;` between cells, so that lines of a CSV are rows of the file that it is made of.
pub fn push_one_line(cell: &[u8], csv: &mut Vec<u8>) {
    if !cell.iter().any(|byte| matches!(byte, b';' | b'"' | b'\n' | b'\r')) {
        return csv.extend_from_slice(cell);
    }
    csv.push(b'"');
    for (idx, byte) in cell.iter().enumerate() {
        match byte {
            b'"' => csv.extend_from_slice(b"\"\""),
            b'\r' if cell.get(idx + 1) == Some(&b'\n') => {}
            b'\r' => csv.push(b' '),
            b'\n' => csv.push(b' '),
            other => csv.push(*other),
        }
    }
    csv.push(b'"');
}

fn quote(cell: &str, delimiter: char) -> String {
    // a spreadsheet of another language cuts at another mark, and may find a formula behind it
    let hides_formula = || cell.split([',', ';', '\t']).skip(1).any(|part| part.starts_with(FORMULAS));
    if cell.contains([delimiter, '"', '\n', '\r']) || hides_formula() {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Why;

    #[test]
    fn an_archive_is_read_back_as_it_was() {
        let file = "a;b;jour;part\nx;1234,125;2024-03-01;12 %\ny;secret;2024-03-02;n.d.\nz;≈ 20;2024-03-03;3 % (p)\nt;< 11;;s.o.\nu;7;2024-03-04;NC\nv;8 (r);2024-03-05;1 %\nw;9*;2024-03-06;2 %\n";
        let (table, _) = crate::read_csv(file.as_bytes(), &Default::default());
        assert!(table.column("b").is_some_and(Column::is_number));
        let (again, notices) = crate::read_csv(write_archive(&table).as_bytes(), &Default::default());
        assert_eq!(again.columns, table.columns, "{notices:?}");
    }

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

    #[test]
    fn no_spreadsheet_finds_a_formula() {
        for (name, value, french, english) in [
            ("=1+1", "b", "'=1+1\r\nb\r\n", "'=1+1\r\nb\r\n"),
            ("a", "@x", "a\r\n'@x\r\n", "a\r\n'@x\r\n"),
            ("a", "＝1", "a\r\n'＝1\r\n", "a\r\n'＝1\r\n"),
            ("a", "\n=1", "a\r\n\"'\n=1\"\r\n", "a\r\n\"'\n=1\"\r\n"),
            // cut by a spreadsheet of the other language
            ("a", "x,=1", "a\r\n\"x,=1\"\r\n", "a\r\n\"x,=1\"\r\n"),
            ("a;=1", "x;y", "\"a;=1\"\r\n\"x;y\"\r\n", "\"a;=1\"\r\nx;y\r\n"),
        ] {
            let table = Table::new(vec![Column::texts(name.to_string(), vec![value.to_string()])]);
            for (lang, written) in [(Lang::Fr, french), (Lang::En, english)] {
                assert_eq!(
                    write_csv(&table, Reader::Spreadsheet(lang)),
                    ["\u{feff}", written].concat(),
                    "{name} {value}"
                );
            }
            // a program takes all as it is
            assert!(write_csv(&table, Reader::Program).contains(value));
        }
    }
}
