//! What should an author mend before publishing?

use std::process::ExitCode;

use encart_chart::draw;
use encart_table::{Level, prepare, read::read};

use crate::render::env;
use crate::{Call, Failure, load, out, say_notices};

/// `encart check`: every notice with its line and column; exits with 1 when one must be mended.
pub(crate) fn check(call: &Call) -> Result<ExitCode, Failure> {
    let path = call.file()?;
    let (table, notices) = if path.ends_with(".json") {
        let loaded = load::load_spec(path)?;
        let drawing = draw(&prepare(loaded.table.clone(), &loaded.spec.steps), &loaded.spec, &env(call)?);
        (loaded.table, loaded.notices.into_iter().chain(drawing.notices).collect())
    } else {
        read(&load::load_bytes(path)?, &Default::default())
    };
    say_notices(&notices, call.lang);
    let n_errors = notices.iter().filter(|notice| notice.level == Level::Error).count();
    let (n_rows, n_columns, n_said) = (table.n_rows(), table.columns.len(), notices.len());
    out::print(&call.lang.pick(
        format!("{path} : {n_rows} lignes, {n_columns} colonnes, {n_said} remarques, dont {n_errors} à corriger\n"),
        format!("{path}: {n_rows} rows, {n_columns} columns, {n_said} notices, {n_errors} to mend\n"),
    ))?;
    Ok(if n_errors > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
