//! Do the totals of a file agree with its rows?

use crate::column::Column;
use crate::locale::{Lang, NumberFormat};
use crate::notice::{Notice, Place};
use crate::number;
use crate::read::csv::Line;
use crate::table::{Aside, SetAside, Table};
use crate::unit;
use crate::value::{Value, Why};

/// A last line without the word total whose numbers are the sums of the lines above is said: an author must decide.
pub(super) fn say_hidden_total(table: &Table, rows: &[&Line], notices: &mut Vec<Notice>) {
    let (Some(last_idx), Some(last)) = (table.n_rows().checked_sub(1), rows.last()) else { return };
    let additive = table.columns.iter().filter(|column| column.is_number() && column.unit.as_deref() != Some("%"));
    let is_sum = |column: &Column| {
        let above = crate::sum::sum(column.values().take(last_idx).filter_map(Value::number));
        matches!((above, column.value(last_idx).number()), (Some(above), Some(last)) if above > 0.0 && (above - last).abs() <= above * 1e-3)
    };
    let sums: Vec<bool> = additive.map(is_sum).collect();
    if last_idx < 3 || sums.is_empty() || sums.contains(&false) {
        return;
    }
    let label = last.first_written();
    notices.push(Notice::warning(
        "csv.hidden-total",
        Place::line(last.number),
        format_args!("la dernière ligne (« {label} ») est la somme des autres : c’est sans doute un total. Sans étape filter (ou total_row) qui l’écarte, elle est comptée deux fois."),
        format_args!("the last line (“{label}”) is the sum of the others: it is probably a total. Unless a filter step (or total_row) removes it, it is counted twice."),
    ));
}

/// A printed total that is not the sum of the rows is said, never corrected: rounded parts seldom add up.
pub(super) fn check_totals(table: &Table, notices: &mut Vec<Notice>) {
    let totals: Vec<&SetAside> = table.set_aside.iter().filter(|aside| aside.aside == Aside::Total).collect();
    // several totals are subtotals of parts that only their author knows
    let [total] = totals.as_slice() else { return };
    for (idx, column) in table.columns.iter().enumerate() {
        if !column.is_number()
            || column.unit.as_deref() == Some("%")
            || column.values().any(|value| value.is_missing() && value != Value::Missing(Why::Empty))
        {
            continue;
        }
        let Some(cell) = total.cells.get(idx) else { continue };
        let (mark, _) = number::sniff_mark(std::iter::once(cell.as_str()));
        let printed = number::read_number(cell, mark).map(|reading| reading.value);
        let summed = crate::sum::sum(column.values().filter_map(Value::number));
        let (Some(printed), Some(summed)) = (printed, summed) else { continue };
        let (least, most) = column
            .values()
            .filter_map(Value::number)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)));
        // among its parts it is a mean or a rate, no sum
        let is_mean = least <= printed && printed <= most && column.n_rows() > 1;
        if is_mean || (printed - summed).abs() <= 1e-6 * printed.abs().max(1.0) {
            continue;
        }
        let format = |lang| {
            NumberFormat::full(
                &[printed, summed],
                column.unit.as_deref().or(unit::from_header(&column.name).as_deref()),
                lang,
            )
        };
        let (fr, en) = (format(Lang::Fr), format(Lang::En));
        notices.push(Notice::warning(
            "csv.total-differs",
            Place::cell(total.line, &column.name),
            format_args!("le total imprimé est {}, la somme des lignes est {} ; des parts arrondies l’expliquent souvent. Dites-le en note.", fr.write(printed), fr.write(summed)),
            format_args!("the printed total is {}, the rows add up to {}; rounded parts often explain it. Say so in a note.", en.write(printed), en.write(summed)),
        ));
    }
}
