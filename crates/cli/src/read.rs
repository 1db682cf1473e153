//! How is a table shown as it was read?

use encart_table::csv_out::{Reader, cell, write_csv};
use encart_table::{Column, Lang, Table, Value, Why};
use serde_json::{Value as Json, json};

use crate::{Call, Failure, load, out, say_notices};

/// `encart read`: the table, with the type of each column; notices on the standard error.
pub(crate) fn read(call: &Call) -> Result<(), Failure> {
    let src = call.file()?;
    let outcome = load::run(call.order(src), "");
    say_notices(&outcome.notices, call.lang);
    say_notices(&outcome.prepared.notices, call.lang);
    if let Some(failure) = outcome.failure {
        return Err(Failure::author(failure.sentence(call.lang)));
    }
    let table = outcome.prepared.table;
    let by_name = call.out.as_deref().and_then(|path| path.rsplit_once('.')).map(|(_, extension)| extension);
    match call.format.as_deref().or(by_name) {
        Some("json") => out::write(call, &format!("{:#}\n", as_json(&table))),
        Some("csv") => {
            let types: Vec<String> =
                table.columns.iter().map(|column| format!("{} {}", column.name, describe(column))).collect();
            out::say(&types.join("\n"));
            out::write(call, &write_csv(&table, Reader::Program))
        }
        None => out::write(call, &as_lines(&table)),
        Some(other) => Err(Failure::call(format!("« {other} » n’est pas un format (csv, json)"))),
    }
}

/// `(number, €)`.
fn describe(column: &Column) -> String {
    match &column.unit {
        Some(unit) => format!("({}, {unit})", column.type_name()),
        None => format!("({})", column.type_name()),
    }
}

/// Aligned columns, each under its name and type, for a terminal; a missing cell shows its reason in brackets.
fn as_lines(table: &Table) -> String {
    let show = |column: &Column, row_idx: usize| match column.value(row_idx) {
        Value::Missing(Why::Bounded | Why::Unreadable) if column.hedge(row_idx).is_some() => {
            cell(column, row_idx, Reader::Program)
        }
        Value::Missing(why) => format!("[{}]", why.words(Lang::Fr)),
        _ => match (column.hedge(row_idx), cell(column, row_idx, Reader::Program)) {
            (Some(hedge), cell) => hedge.write(&cell, Lang::Fr),
            (None, cell) => cell,
        },
    };
    let mut lines = vec![String::new(); table.n_rows() + 2];
    for column in &table.columns {
        let cells = (0..table.n_rows()).map(|row_idx| show(column, row_idx));
        let cells: Vec<String> = [column.name.clone(), describe(column)].into_iter().chain(cells).collect();
        let width = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
        for (line, cell) in lines.iter_mut().zip(cells) {
            let padding = " ".repeat(width - cell.chars().count() + 2);
            line.push_str(&if column.is_number() {
                format!("{padding}{cell}")
            } else {
                format!("  {cell}{}", &padding[2..])
            });
        }
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn as_json(table: &Table) -> Json {
    let columns: Vec<Json> = table
        .columns
        .iter()
        .map(|column| json!({ "name": column.name, "type": column.type_name(), "unit": column.unit }))
        .collect();
    let mut missing = Vec::new();
    let rows: Vec<Vec<Json>> = (0..table.n_rows())
        .map(|row_idx| {
            let cells = table.columns.iter().map(|column| match column.value(row_idx) {
                Value::Number(number) => json!(number),
                Value::Missing(why) => {
                    let printed = column.hedge(row_idx).map(|hedge| hedge.write("", Lang::Fr));
                    let why = format!("{why:?}");
                    missing.push(json!({ "row": row_idx, "column": column.name, "why": why, "printed": printed }));
                    Json::Null
                }
                _ => json!(cell(column, row_idx, Reader::Program)),
            });
            cells.collect()
        })
        .collect();
    let aside = |aside: &encart_table::SetAside| json!({ "line": aside.line, "is": format!("{:?}", aside.aside), "cells": aside.cells });
    let set_aside: Vec<Json> = table.set_aside.iter().map(aside).collect();
    json!({ "columns": columns, "rows": rows, "missing": missing, "set_aside": set_aside })
}
