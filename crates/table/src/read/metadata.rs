//! Lines between the header and the data that are about the columns: their units, identifiers, dates of update.

use crate::day::read_period;
use crate::number::is_number;
use crate::read::csv::Line;
use crate::table::fold;
use crate::unit;
use crate::value::Why;

/// Puts the units of a line of units behind the names, when it is one: `;(k€);(k€)` below `Année;Recettes;Dépenses`.
pub(super) fn join_units(line: &Line, names: &mut [String]) -> bool {
    let is_label = |cell: &str| ["unite", "unites", "unit", "unit of measure"].contains(&fold(cell).as_str());
    if !line.is_blank(0) && !is_label(line.first_written()) {
        return false;
    }
    let written: Vec<(usize, &str)> = line
        .cells
        .iter()
        .enumerate()
        .map(|(idx, cell)| (idx, cell.trim()))
        .filter(|(_, cell)| !cell.is_empty())
        .collect();
    let units: Vec<Option<(usize, String)>> = written
        .iter()
        .filter(|(idx, cell)| *idx > 0 || !is_label(cell))
        .map(|(idx, cell)| Some((*idx, unit::of_line(cell)?)))
        .collect();
    let Some(units) = units.into_iter().collect::<Option<Vec<(usize, String)>>>() else { return false };
    for (idx, unit) in &units {
        if let Some(name) = names.get_mut(*idx).filter(|name| unit::from_header(name).is_none()) {
            *name = [name.as_str(), " (", unit, ")"].concat();
        }
    }
    !units.is_empty()
}

/// What the cells of a column are, in most rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Number,
    Period,
    Other,
}

fn fits(look: Look, cell: &str) -> bool {
    match look {
        Look::Number => is_number(cell),
        Look::Period => read_period(cell).is_some(),
        Look::Other => true,
    }
}

/// How many of the first lines are metadata: each breaks the type of every column below (an INSEE series has its
/// identifier, its date of update and the word `Période` above its months).
pub(super) fn count(body: &[&Line]) -> usize {
    const MOST: usize = 8;
    const SAMPLE: usize = 40;
    let most = MOST.min(body.len() / 2);
    let Some(sample) = body.get(most..(most + SAMPLE).min(body.len())).filter(|sample| sample.len() > 2) else {
        return 0;
    };
    let width = sample.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let look = |column: usize| {
        let cells =
            || sample.iter().filter_map(|line| line.cells.get(column)).filter(|cell| Why::from_token(cell).is_none());
        let n_cells = cells().count();
        let is = |look: Look| n_cells > 0 && cells().filter(|cell| fits(look, cell.trim())).count() * 10 >= n_cells * 9;
        if is(Look::Period) {
            Look::Period
        } else if is(Look::Number) {
            Look::Number
        } else {
            Look::Other
        }
    };
    let looks: Vec<Look> = (0..width).map(look).collect();
    let n_typed = looks.iter().filter(|look| **look != Look::Other).count();
    const LABELS: [&str; 10] = [
        "unite",
        "unites",
        "source",
        "champ",
        "code",
        "libelle",
        "periode",
        "variable",
        "idbank",
        "derniere mise a jour",
    ];
    let is_metadata = |line: &&&Line| {
        let cell = |column: usize| line.cells.get(column).map_or("", |cell| cell.trim());
        let is_given = |cell: &str| !cell.is_empty() && Why::from_token(cell).is_none();
        // digits alone may be a code of the column as well as an identifier of its series
        let are_digits = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit());
        let breaks = |column: usize, look: Look| {
            let cell = cell(column);
            is_given(cell) && !are_digits(cell) && !fits(look, cell)
        };
        let typed = || looks.iter().copied().enumerate().filter(|(_, look)| *look != Look::Other);
        let is_labelled = LABELS.contains(&fold(cell(0)).as_str());
        let leads = looks.first().is_some_and(|look| breaks(0, *look));
        let is_other = |(column, look): (usize, Look)| {
            let cell = cell(column);
            !is_given(cell) || breaks(column, look) || are_digits(cell) && !fits(look, cell)
        };
        (leads || is_labelled && typed().any(|(column, look)| breaks(column, look))) && typed().all(is_other)
    };
    if n_typed == 0 {
        return 0;
    }
    body.iter().take(most).take_while(is_metadata).count()
}
