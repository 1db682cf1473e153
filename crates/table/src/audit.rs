//! What should an author look at, though the file was read? Questions that a page need not ask of its visitors.

use crate::locale::Lang;
use crate::notice::{Notice, Place, say_lines};
use crate::number::{read_number, sniff_mark};
use crate::read::csv::Rows;
use crate::unit;

/// Columns whose percentages may be parts of one: `12 %` beside `0,13`, or `0,12` under a header that says `(%)`.
pub fn audit(rows: &Rows) -> Vec<Notice> {
    let mut notices = Vec::new();
    for (idx, name) in rows.names.iter().enumerate() {
        let cells = || rows.rows.iter().filter_map(move |(line, cells)| Some((*line, cells.get(idx)?.trim())));
        let has_sign = cells().any(|(_, cell)| cell.ends_with('%'));
        let is_named = unit::from_header(name).as_deref() == Some("%");
        if !has_sign && !is_named {
            continue;
        }
        let (mark, _) = sniff_mark(&mut cells().map(|(_, cell)| cell));
        let bare = cells().filter(|(_, cell)| !cell.ends_with('%'));
        let numbers: Vec<(u64, f64)> =
            bare.filter_map(|(line, cell)| read_number(cell, mark).map(|reading| (line, reading.value))).collect();
        let is_fraction = |number: f64| number.abs() < 1.0 && number != 0.0;
        let fractions: Vec<u64> =
            numbers.iter().filter(|(_, number)| is_fraction(*number)).map(|(line, _)| *line).collect();
        let Some(first) = fractions.first() else { continue };
        if has_sign {
            notices.push(Notice::warning(
                "percent.mixed",
                Place::cell(*first, name),
                format_args!("des valeurs en % et d’autres sans signe, entre 0 et 1 ({}) : si 0,13 veut dire 13 %, corrigez le fichier.", say_lines(&fractions, Lang::Fr)),
                format_args!("values in % and others without the sign, between 0 and 1 ({}): if 0.13 means 13%, correct the file.", say_lines(&fractions, Lang::En)),
            ));
        } else if numbers.iter().all(|(_, number)| number.abs() <= 1.0) {
            notices.push(Notice::warning(
                "percent.fraction",
                Place::column(name),
                format_args!("la colonne est en %, et aucune valeur ne dépasse 1 : si 0,12 veut dire 12 %, multipliez par 100 (étape derive)."),
                format_args!("the column is in %, and no value is above 1: if 0.12 means 12%, multiply by 100 (derive step)."),
            ));
        }
    }
    notices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::csv::read_rows;

    #[test]
    fn percentages_of_two_kinds_are_told() {
        for (file, code) in [
            ("a;part\nx;12 %\ny;0,13\n", Some("percent.mixed")),
            ("a;part (%)\nx;0,12\ny;0,5\n", Some("percent.fraction")),
            ("a;part (%)\nx;0,12\ny;12\n", None),
            ("a;part\nx;0,12\ny;0,5\n", None),
        ] {
            let rows = read_rows(file.as_bytes(), &Default::default()).expect(file);
            assert_eq!(audit(&rows).first().map(|notice| notice.code), code, "{file}");
        }
    }
}
