//! The common reading: files that leave nothing to decide, for a page that waits for its first chart.
//!
//! What it gives is what `read_csv` gives, or nothing: at the first doubt (an unusual letter, a cell that fits no type, a
//! second line of header, hours, mentions …) the whole reader decides, which a page downloads when it meets such a file.
//! `tests/laws.rs` holds the one to the other.

use crate::column::{Cells, Column};
use crate::day::{Grain, Period, read_period};
use crate::encoding::plain_text;
use crate::infer::name::{code_lengths, speaks_of_time};
use crate::infer::say::{say_code, say_missing, say_zero};
use crate::infer::{Written, leads_with_zero, read_year};
use crate::notice::Notice;
use crate::number::{Mark, is_number, read_number, sniff_mark, whole};
use crate::read::csv::{Line, ReadOptions, cut_lines, say_encoding, say_note, say_title, say_total};
use crate::read::details;
use crate::read::layout;
use crate::read::totals;
use crate::sniff::sniff_delimiter;
use crate::table::{Aside, Table, find_part, fold, is_letter};
use crate::unit;
use crate::value::{Value, Why};

/// Reads a CSV that leaves nothing to decide; none of another file.
///
/// ```
/// use encart_table::{read_csv, read::common::read_common};
/// let options = Default::default();
/// let plain = b"annee;habitants\n2023;5596\n2024;5612\n";
/// assert_eq!(read_common(plain, &options), Some(read_csv(plain, &options)));
/// assert_eq!(read_common(b"annee;habitants\n2023 (p);5596\n", &options), None);
/// ```
pub fn read_common(bytes: &[u8], options: &ReadOptions) -> Option<(Table, Vec<Notice>)> {
    if options.as_text || options.is_plain || options.keep_totals || !options.hints.is_empty() {
        return None;
    }
    let (text, encoding) = plain_text(bytes)?;
    let delimiter = options.delimiter.unwrap_or_else(|| sniff_delimiter(&text));
    let lines = cut_lines(&text, delimiter);
    if lines.iter().flat_map(|line| &line.cells).any(|cell| cell.contains(['\n', '\r'])) {
        return None;
    }
    let header_idx = layout::find_header(&lines, layout::usual_width(&lines))?;
    let (titles, rest) = lines.split_at_checked(header_idx)?;
    let (header, body) = rest.split_first()?;
    let names = plain_names(header, body.first()?)?;
    let mut set_aside: Vec<_> =
        titles.iter().filter(|line| line.n_written() > 0).map(|line| layout::aside(Aside::Title, line)).collect();

    let n_notes = body.iter().rev().take_while(|line| layout::is_footnote(line, names.len())).count();
    let (mut body, notes) = body.split_at_checked(body.len() - n_notes)?;
    // a line of units, or of what describes columns, is not of their types; another one could be a row of words
    let first = body.first()?;
    if first.is_blank(0)
        || fold(first.first_written()).starts_with("unit")
        || body.iter().any(|line| line.cells == header.cells)
    {
        return None;
    }
    let total = body.last().filter(|line| totals::may_be_total(line));
    if total.is_some() {
        body = body.get(..body.len() - 1)?;
    }
    let fits =
        |line: &Line| (names.len()..=names.len() + 1).contains(&line.cells.len()) && line.n_filled() <= names.len();
    let is_row =
        |line: &Line| line.n_written() > 0 && fits(line) && !totals::may_be_total(line) && !details::is_part(line);
    // the last may be a note that stands apart
    let may_be_note = body.last().is_some_and(|line| line.n_written() == 1 && names.len() > 1);
    if body.is_empty() || may_be_note || !body.iter().all(is_row) {
        return None;
    }

    let (mut columns, mut said) = (Vec::with_capacity(names.len()), Vec::new());
    for (idx, name) in names.iter().enumerate() {
        let cells: Vec<Written<'_>> =
            body.iter().map(|line| (line.number, line.cells.get(idx).map_or("", String::as_str))).collect();
        columns.push(read_column(name, &cells, &mut said)?);
    }
    if let Some(line) = total {
        is_sum_of(line, &columns).then_some(())?;
        set_aside.push(layout::aside(Aside::Total, line));
    }
    set_aside.extend(notes.iter().map(|line| layout::aside(Aside::Footnote, line)));
    let mut notices = Vec::new();
    say_encoding(encoding, &mut notices);
    notices.extend(set_aside.iter().map(|aside| match aside.aside {
        Aside::Title => say_title(aside),
        Aside::Total => say_total(aside),
        _ => say_note(aside),
    }));
    notices.append(&mut said);
    let table = Table { columns, set_aside };
    totals::say_hidden_total(&table, body.last(), &mut notices);
    Some((table, notices))
}

/// The names of a header of one line, each its own; none when the line below may be of the header too.
fn plain_names(header: &Line, below: &Line) -> Option<Vec<String>> {
    let mut names: Vec<String> = header.cells.iter().map(|cell| layout::clean_name(cell)).collect();
    if names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    // a national schema, or the columns of a budget, tell more of a column than its name
    let is_special = |name: &String| {
        let folded = fold(name);
        ["ae", "ap", "cp", "etat", "europe", "autofinancement", "fonds propres"].contains(&folded.as_str())
            || ["codecpv", "dureemois", "nombeneficiaire", "nomattribuant", "codes"]
                .iter()
                .any(|word| folded.starts_with(word))
    };
    let is_code_line = below.cells.iter().any(|cell| cell.contains('_'));
    let is_plain = !names.is_empty()
        && !names.iter().any(|name| {
            name.is_empty() || is_special(name) || name.ends_with(')') && names.contains(&strip_number(name))
        })
        && !layout::has_twins(header)
        && !is_code_line;
    is_plain.then_some(names)
}

/// `Nombre (2)` is `Nombre`.
fn strip_number(name: &str) -> String {
    let at = name.bytes().rposition(|byte| byte == b'(').unwrap_or(name.len());
    name.get(..at).unwrap_or(name).trim_end().to_string()
}

fn read_column(name: &str, cells: &[Written<'_>], notices: &mut Vec<Notice>) -> Option<Column> {
    let written: Vec<&str> =
        cells.iter().map(|(_, cell)| cell.trim()).filter(|cell| Why::from_token(cell).is_none()).collect();
    let n_numbers = written.iter().filter(|cell| is_number(cell)).count();
    let n_digits = written.iter().filter(|cell| cell.bytes().all(|byte| byte.is_ascii_digit())).count();
    let are_digits = n_digits == written.len();
    let is_code = |cell: &&&str| leads_with_zero(cell) || cell.starts_with("2A") || cell.starts_with("2B");
    let column = if written.is_empty() {
        if cells.iter().any(|(_, cell)| cell.trim().len() > 1) {
            numbers(name, cells, Mark::Comma)?
        } else {
            texts(name, cells)
        }
    } else if let Some(cell) = written.iter().find(is_code) {
        let is_plain = |cell: &&str| cell.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !leads_with_zero(cell) || n_digits * 2 < written.len() || !written.iter().all(is_plain) {
            return None;
        }
        say_zero(name, cell, notices);
        texts(name, cells)
    } else if n_numbers == 0 {
        words_or_periods(name, cells, &written)?
    } else if n_numbers < written.len() {
        return None;
    } else if written.iter().all(|cell| read_year(cell).is_some_and(|year| (1800..2200).contains(&year))) {
        const YEARS: [&str; 6] = ["annee", "annees", "an", "year", "exercice", "millesime"];
        YEARS.contains(&fold(name).as_str()).then(|| periods(name, cells))?
    } else {
        let lengths = code_lengths(name);
        let is_code = |cell: &&str| lengths.is_some_and(|(least, most)| (least..=most).contains(&cell.len()));
        let is_odd =
            |cell: &&str| cell.contains(['e', 'E']) && cell.contains('+') || lengths.is_some() && cell.contains('.');
        let are_references =
            written.iter().all(|cell| cell.contains('.')) && written.iter().any(|cell| cell.ends_with('0'));
        if speaks_of_time(name) || are_references || written.iter().any(is_odd) {
            return None;
        }
        if are_digits && written.iter().all(is_code) {
            say_code(name, notices);
            texts(name, cells)
        } else {
            let (mark, is_open) = sniff_mark(&mut written.iter().copied());
            let is_sure = |cell: &&str| match (read_number(cell, mark), read_number(cell, mark.other())) {
                (Some(own), Some(other)) => {
                    own.value == other.value || cell.contains(if mark == Mark::Comma { ',' } else { '.' })
                }
                (own, _) => own.is_some(),
            };
            if is_open || !written.iter().all(is_sure) {
                return None;
            }
            numbers(name, cells, mark)?
        }
    };
    say_missing(&column, cells, notices);
    Some(column)
}

/// A column of which no cell is a number: all periods, each as it says itself, or words.
fn words_or_periods(name: &str, cells: &[Written<'_>], written: &[&str]) -> Option<Column> {
    let grains: Vec<Grain> = written.iter().filter_map(|cell| read_period(cell)).map(|period| period.grain).collect();
    if let Some(grain) = grains.first() {
        // `S1 2023` may be a week, and periods of two lengths are said
        let is_one = *grain != Grain::Semester && grains.iter().all(|other| other == grain);
        let may_be_school = |cell: &&str| {
            let (year, rest) = cell.split_at_checked(4).unwrap_or((cell, ""));
            let next = whole(year).map_or(0, |year| (year + 1) % 100);
            rest.len() == 3 && rest.get(1..).and_then(whole) == Some(next)
        };
        let has_hour = |cell: &&str| cell.contains([':', 'h', 'H']);
        let is_plain = is_one
            && grains.len() == written.len()
            && !written.iter().any(|cell| may_be_school(cell) || has_hour(cell));
        return is_plain.then(|| periods(name, cells));
    }
    let (first, last) = (written.first()?, written.last()?);
    // numbers with one unit behind them: the same letters begin the words, and no other number is among them
    let unit =
        |cell: &str| cell.find(is_letter).and_then(|at| cell.split_at_checked(at)).map(|(_, unit)| unit.to_string());
    let begins = |cell: &str| cell.starts_with(|letter: char| !is_letter(letter));
    let letter = |cell: &str| {
        unit(cell)
            .filter(|unit| find_part(unit, " 1").or_else(|| find_part(unit, " 2")).is_none())
            .and_then(|unit| unit.chars().next())
    };
    let may_be_unit = begins(first) && begins(last) && letter(first).is_some() && letter(first) == letter(last);
    // `1er trimestre 2023`, `lundi 15 janvier 2024`, `T1 23`
    let is_named = |part: &str| find_part(&fold(first), part).is_some();
    let may_be_rare = first.contains(|letter: char| letter.is_ascii_digit())
        && (["trim", "sem", "quarter", "week", "di ", "dimanche"].into_iter().any(is_named)
            || first.len() == 5
            || begins(first) && first.len() <= 7 && first.is_ascii());
    let begins_with_year = first.get(..4).and_then(read_year).is_some();
    // `06/25/2024`: a date whose month is first
    let is_of_date = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'.');
    let may_be_hedged = begins_with_year
        || written.iter().any(|cell| cell.len() > 5 && cell.bytes().all(is_of_date))
        || written.iter().any(|cell| cell.starts_with('≈'))
        || first.contains(['.', ',']) && first.starts_with(|letter: char| !is_letter(letter));
    (!may_be_unit && !may_be_hedged && !may_be_rare).then(|| texts(name, cells))
}

fn texts(name: &str, cells: &[Written<'_>]) -> Column {
    let mut column = Column::new(name, Cells::Text(Vec::new()));
    for (_, cell) in cells {
        let cell = cell.trim();
        column.push(Why::from_program(cell).map_or(Value::Text(cell), Value::Missing));
    }
    column
}

fn periods(name: &str, cells: &[Written<'_>]) -> Column {
    let mut column = Column::new(name, Cells::Period(Vec::new()));
    for (_, cell) in cells {
        let why = Why::from_token(cell).unwrap_or(Why::Unreadable);
        // `2018.0` is a year too
        let period = read_period(cell).or_else(|| read_year(cell.trim()).map(Period::year));
        column.push(period.map_or(Value::Missing(why), Value::Period));
    }
    column
}

/// Numbers with one decimal mark and at most one unit.
fn numbers(name: &str, cells: &[Written<'_>], mark: Mark) -> Option<Column> {
    let mut column = Column::new(name, Cells::Number(Vec::new()));
    let (mut unit, mut has_bare) = (None, false);
    for (_, cell) in cells {
        let reading = match Why::from_token(cell) {
            Some(why) => {
                column.push(Value::Missing(why));
                continue;
            }
            None => read_number(cell.trim(), mark)?,
        };
        if reading.unit.is_some() && unit.is_some() && reading.unit != unit {
            return None;
        }
        has_bare |= reading.unit.is_none();
        unit = unit.or(reading.unit);
        column.push(Value::Number(reading.value));
    }
    if has_bare && unit.is_some() {
        return None;
    }
    let unit = unit.map(str::to_string).or_else(|| unit::from_header(name));
    Some(column.with_unit(unit))
}

/// Whether a last line that plainly says total holds the sums of the columns of numbers.
fn is_sum_of(line: &Line, columns: &[Column]) -> bool {
    let is_sum = |(idx, column): (usize, &Column)| {
        let Some(cell) = line.cells.get(idx).map(|cell| cell.trim()) else { return true };
        if idx == 0 || !column.is_number() {
            return idx == 0 || cell.is_empty();
        }
        let (mark, _) = sniff_mark(&mut std::iter::once(cell));
        let (printed, sum) = (read_number(cell, mark), crate::sum::sum(column.values().filter_map(Value::number)));
        let is_whole = !column.values().any(Value::is_missing);
        cell.is_empty()
            || is_whole
                && printed.zip(sum).is_some_and(|(printed, sum)| {
                    printed.value > 0.0 && (printed.value - sum).abs() <= 1e-9 * sum.abs()
                })
    };
    let is_additive = |column: &Column| column.values().filter_map(Value::number).all(|value| value >= 0.0);
    totals::is_plain_total(line.first_written())
        && !line.is_blank(0)
        && columns.iter().all(|column| column.n_rows() > 2 && is_additive(column))
        && columns.first().is_some_and(|column| !column.is_number())
        && columns.iter().enumerate().all(is_sum)
}
