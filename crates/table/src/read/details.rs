//! Rows that repeat what others say: a part named below its whole (`dont …`), a mean or a change below the dates that it is
//! computed from.

use crate::day::read_period;
use crate::locale::Lang;
use crate::notice::{Notice, Place, say_lines};
use crate::number::is_number;
use crate::read::csv::Line;
use crate::table::fold;

/// Whether a cell names a part of the row above: `dont voirie`, `– dont eau`.
pub(super) fn names_part(cell: &str) -> bool {
    let cell = cell.trim_start_matches([' ', '-', '–', '•', '*']);
    cell.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("dont "))
}

/// Whether a line is a part of one above.
pub(super) fn is_part(line: &Line) -> bool {
    names_part(line.first_written())
}

/// Parts that are counted with their whole are said: an author must decide.
pub(super) fn say_details(rows: &[&Line], notices: &mut Vec<Notice>) {
    // below another row, with a number of its own: « Dont acte » is a firm
    let has_number = |row: &&&Line| row.cells.iter().any(|cell| is_number(cell));
    let parts: Vec<&Line> = rows.iter().skip(1).filter(|row| is_part(row)).filter(has_number).copied().collect();
    let Some(first) = parts.first() else { return };
    let lines: Vec<u64> = parts.iter().map(|row| row.number).collect();
    let label = first.first_written();
    notices.push(Notice::warning(
        "csv.part-of",
        Place::line(first.number),
        format_args!("« {label} » est une partie d’une ligne au-dessus : additionnées, elles comptent deux fois ({}). Écartez les parties, ou leur tout, par une étape filter.", say_lines(&lines, Lang::Fr)),
        format_args!("“{label}” is a part of a row above: added up, they count twice ({}). Remove the parts, or their whole, with a filter step.", say_lines(&lines, Lang::En)),
    ));
}

/// How many of the last lines are computed from those above: their first cell is `Moyenne`, `Évolution 2019-2023`, where
/// that of every other line is a date.
pub(super) fn n_computed(body: &[&Line]) -> usize {
    const LEAST: usize = 3;
    let n_computed = body.iter().rev().take_while(|line| is_computed(line)).count();
    let dated = body.get(..body.len() - n_computed).unwrap_or_default();
    let is_dated = |line: &&Line| line.cells.first().is_some_and(|cell| read_period(cell).is_some());
    if dated.len() >= LEAST && dated.iter().all(is_dated) { n_computed } else { 0 }
}

fn is_computed(line: &Line) -> bool {
    const WORDS: [&str; 18] = [
        "moyenne",
        "moy",
        "evol",
        "cumul",
        "mediane",
        "evolution",
        "variation",
        "ecart",
        "ecart-type",
        "minimum",
        "maximum",
        "min",
        "max",
        "tcam",
        "taux",
        "average",
        "mean",
        "change",
    ];
    let folded = fold(line.cells.first().map_or("", String::as_str));
    folded.split([' ', ':', '.']).next().is_some_and(|word| WORDS.contains(&word))
}
