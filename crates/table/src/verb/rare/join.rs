//! How do two tables become one: side by side by equal keys, or one below the other?

use super::Other;
use crate::column::{Cells, Column};
use crate::csv_out::{Reader, cell};
use crate::index::Index;
use crate::locale::Lang;
use crate::notice::{Notice, Place};
use crate::table::{Table, fold_words};
use crate::value::{Value, Why};

/// Adds the columns of the other table whose keys are equal. A row that matches several rows there would be counted
/// several times: the first is taken and the notice says so.
pub(super) fn join(
    table: Table,
    other: &Other,
    on: &[(String, String)],
    keeps_all: bool,
    columns: &[String],
    key: &str,
    notices: &mut Vec<Notice>,
) -> Table {
    let Some(there) = loaded(other, key, notices) else { return table };
    let unknown = |name: &String| crate::expr::unknown_column(there, name, key);
    let missing: Vec<Notice> = on.iter().map(|(_, name)| name).chain(columns).filter_map(unknown).collect();
    if !missing.is_empty() {
        notices.extend(missing);
        return table;
    }
    let pairs: Vec<(&Column, &Column)> =
        on.iter().filter_map(|(here, name)| Some((table.column(here)?, there.column(name)?))).collect();
    let widths: Vec<Option<usize>> = pairs.iter().map(|(here, there)| code_width(here, there)).collect();
    let keys_here: Vec<&Column> = pairs.iter().map(|(here, _)| *here).collect();
    let keys_there: Vec<&Column> = pairs.iter().map(|(_, there)| *there).collect();

    let (mut index, mut first_rows, mut n_twice) = (Index::default(), Vec::new(), 0);
    for row_idx in 0..there.n_rows() {
        let Some(key) = join_key(&keys_there, &widths, row_idx) else { continue };
        if index.number(&key) == first_rows.len() {
            first_rows.push(row_idx);
        } else {
            n_twice += 1;
        }
    }
    let n_keys = first_rows.len();
    let mut matches: Vec<Option<usize>> = (0..table.n_rows())
        .map(|row_idx| {
            let number = index.number(&join_key(&keys_here, &widths, row_idx)?);
            if number < n_keys { first_rows.get(number).copied() } else { None }
        })
        .collect();
    // codes and numbers are what they are
    let are_names = |columns: &[&Column]| columns.iter().all(|column| !column.is_number() && !column.is_period());
    if widths.iter().all(Option::is_none) && are_names(&keys_here) && are_names(&keys_there) {
        match_by_name(&keys_here, &keys_there, &first_rows, &mut matches, key, notices);
    }

    let rows: Vec<usize> =
        (0..table.n_rows()).filter(|row_idx| keeps_all || matches.get(*row_idx).is_some_and(Option::is_some)).collect();
    let mut made = table.rows(&rows);
    let taken = there.columns.iter().filter(|column| match columns {
        [] => !keys_there.iter().any(|key| key.name == column.name),
        _ => columns.iter().any(|name| there.column(name).is_some_and(|named| named.name == column.name)),
    });
    for column in taken {
        let name =
            if made.column(&column.name).is_some() { [&column.name, " (2)"].concat() } else { column.name.clone() };
        let mut added = column.empty_like().named(&name);
        for row_idx in &rows {
            let found = matches.get(*row_idx).copied().flatten();
            added.push(found.map_or(Value::Missing(Why::Absent), |row_idx| column.value(row_idx)));
        }
        made.columns.push(added);
    }
    say_matches(&table, &keys_here, &matches, keeps_all, n_twice, key, notices);
    made
}

/// Rows that found no key as it is written find the one that differs in case, accents, hyphens or apostrophes alone, when
/// there is one: it is said.
fn match_by_name(
    here: &[&Column],
    there: &[&Column],
    first_rows: &[usize],
    matches: &mut [Option<usize>],
    key: &str,
    notices: &mut Vec<Notice>,
) {
    let folded = |columns: &[&Column], row_idx: usize| {
        let is_known = columns.iter().all(|column| !column.value(row_idx).is_missing());
        let words = |column: &&Column| fold_words(&cell(column, row_idx, Reader::Program));
        is_known.then(|| columns.iter().map(words).collect::<Vec<_>>().join("\u{1f}"))
    };
    if matches.iter().all(Option::is_some) {
        return;
    }
    let mut taken: Vec<usize> = matches.iter().flatten().copied().collect();
    taken.sort_unstable();
    let mut index = Index::default();
    let mut rows: Vec<Option<usize>> = Vec::new();
    // what another row found as it is written is that row's
    for row_idx in first_rows.iter().filter(|row_idx| taken.binary_search(row_idx).is_err()) {
        let Some(name) = folded(there, *row_idx) else { continue };
        let number = index.number(&name);
        match rows.get_mut(number) {
            // two keys that this comparison cannot tell apart
            Some(row) => *row = None,
            None => rows.push(Some(*row_idx)),
        }
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (row_idx, found) in matches.iter_mut().enumerate().filter(|(_, found)| found.is_none()) {
        let Some(name) = folded(here, row_idx) else { continue };
        let number = index.number(&name);
        *found = rows.get(number).copied().flatten();
        if let Some(other) = *found {
            let written = |columns: &[&Column], row_idx| {
                columns.iter().map(|column| cell(column, row_idx, Reader::Program)).collect::<Vec<_>>().join(" ")
            };
            pairs.push((written(here, row_idx), written(there, other)));
        }
    }
    if pairs.is_empty() {
        return;
    }
    const SHOWN: usize = 5;
    let mut said: Vec<String> =
        pairs.iter().take(SHOWN).map(|(one, other)| [one.as_str(), " = ", other].concat()).collect();
    if pairs.len() > SHOWN {
        said.push("…".to_string());
    }
    let (n, list) = (pairs.len(), said.join(" ; "));
    notices.push(Notice::warning(
        "join.same-name",
        Place::column(key),
        format_args!("{n} ligne(s) jointe(s) par un nom écrit autrement : {list}. Vérifiez que ce sont les mêmes."),
        format_args!("{n} row(s) joined by a name that is written otherwise: {list}. Check that they are the same."),
    ));
}

fn loaded<'a>(other: &'a Other, key: &str, notices: &mut Vec<Notice>) -> Option<&'a Table> {
    if other.table.is_none() {
        notices.push(Notice::error(
            "join.not-loaded",
            Place::column(key),
            format_args!("« {} » n’a pas pu être lu : l’étape n’a pas eu lieu.", other.src),
            format_args!("“{}” could not be read: the step did not take place.", other.src),
        ));
    }
    other.table.as_ref()
}

/// Codes lose their leading zeros in spreadsheets (`1053` for the commune `01053`): when both columns hold codes, the
/// width that the longest have.
fn code_width(here: &Column, there: &Column) -> Option<usize> {
    let mut width = 0;
    for column in [here, there] {
        for row_idx in 0..column.n_rows() {
            let text = cell(column, row_idx, Reader::Program);
            let is_code = text.len() <= 14
                && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'A' | b'B' | b'a' | b'b'));
            if column.is_period() || !is_code {
                return None;
            }
            width = width.max(text.len());
        }
    }
    (width > 0).then_some(width)
}

/// The key of a row; none when a part of it is missing: nothing equals what is not known.
fn join_key(columns: &[&Column], widths: &[Option<usize>], row_idx: usize) -> Option<String> {
    let mut key = String::new();
    for (column, width) in columns.iter().zip(widths) {
        if column.value(row_idx).is_missing() {
            return None;
        }
        let text = cell(column, row_idx, Reader::Program);
        match width {
            Some(width) => {
                (text.len()..*width).for_each(|_| key.push('0'));
                key.push_str(&text.to_ascii_uppercase());
            }
            None => key.push_str(text.trim()),
        }
        key.push('\u{1f}');
    }
    Some(key)
}

fn say_matches(
    table: &Table,
    keys: &[&Column],
    matches: &[Option<usize>],
    keeps_all: bool,
    n_twice: usize,
    key: &str,
    notices: &mut Vec<Notice>,
) {
    if n_twice > 0 {
        notices.push(Notice::warning(
            "join.twice",
            Place::column(key),
            format_args!("{n_twice} ligne(s) du second fichier répètent une clé ; la première de chaque est prise, pour ne rien compter deux fois."),
            format_args!("{n_twice} row(s) of the second file repeat a key; the first of each is taken, so that nothing counts twice."),
        ));
    }
    let lone: Vec<usize> =
        (0..table.n_rows()).filter(|row_idx| matches.get(*row_idx).is_some_and(Option::is_none)).collect();
    if lone.is_empty() {
        return;
    }
    const SHOWN: usize = 5;
    let name = |row_idx: &usize| {
        keys.iter().map(|column| cell(column, *row_idx, Reader::Program)).collect::<Vec<_>>().join(" ")
    };
    let mut examples: Vec<String> = lone.iter().take(SHOWN).map(name).collect();
    if lone.len() > SHOWN {
        examples.push("…".to_string());
    }
    let (n, examples) = (lone.len(), examples.join(", "));
    let fate = |lang: Lang| match keeps_all {
        true => lang.pick("gardées sans valeur", "kept without value"),
        false => lang.pick("laissées de côté", "left out"),
    };
    notices.push(Notice::warning(
        "join.lone",
        Place::column(key),
        format_args!("{n} ligne(s) sans correspondance, {} : {examples}.", fate(Lang::Fr)),
        format_args!("{n} row(s) without a match, {}: {examples}.", fate(Lang::En)),
    ));
}

/// Adds the rows of the other table below. Columns are matched by name; what one of the two has not is absent.
pub(super) fn concat(table: Table, other: &Other, key: &str, notices: &mut Vec<Notice>) -> Table {
    let Some(there) = loaded(other, key, notices) else { return table };
    let n_rows = table.n_rows() + there.n_rows();
    let mut made = Table { columns: Vec::new(), set_aside: table.set_aside.clone() };
    let extra = there.columns.iter().filter(|column| table.column(&column.name).is_none());
    for column in table.columns.iter().chain(extra) {
        let (above, below) = (table.column(&column.name), there.column(&column.name));
        let are_alike = above.zip(below).is_none_or(|(above, below)| above.type_name() == below.type_name());
        if !are_alike {
            let name = &column.name;
            notices.push(Notice::warning(
                "concat.types",
                Place::column(key),
                format_args!("« {name} » n’est pas du même type dans les deux fichiers ; elle est gardée en texte."),
                format_args!("“{name}” is not of the same type in the two files; it is kept as text."),
            ));
        }
        if let Some((above, below)) = above
            .zip(below)
            .filter(|(above, below)| above.unit != below.unit && above.unit.is_some() && below.unit.is_some())
        {
            let (one, two) = (above.unit.as_deref().unwrap_or(""), below.unit.as_deref().unwrap_or(""));
            notices.push(Notice::error(
                "concat.units",
                Place::column(key),
                format_args!(
                    "« {} » est en {one} dans un fichier et en {two} dans l’autre : mettez-les à la même unité.",
                    column.name
                ),
                format_args!(
                    "“{}” is in {one} in one file and in {two} in the other: bring them to one unit.",
                    column.name
                ),
            ));
        }
        let mut joined =
            if are_alike { column.empty_like() } else { Column::new(column.name.as_str(), Cells::Text(Vec::new())) };
        for row_idx in 0..n_rows {
            let (part, row_idx) =
                if row_idx < table.n_rows() { (above, row_idx) } else { (below, row_idx - table.n_rows()) };
            let value = part.map_or(Value::Missing(Why::Absent), |column| column.value(row_idx));
            match (part, value) {
                (Some(column), value) if !are_alike && !value.is_missing() => {
                    joined.push(Value::Text(&cell(column, row_idx, Reader::Program)));
                }
                (_, value) => joined.push(value),
            }
        }
        made.columns.push(joined);
    }
    made
}
