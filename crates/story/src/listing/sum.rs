//! What do the rows of a group, or all of them, add up to; and what does the sum lack?

use encart_table::number::{read_number, sniff_mark};
use encart_table::sum::Sum;
use encart_table::{Column, Hedge, Lang, NumberFormat, Table, Value};

use super::column::Shown;

/// A sum of some rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Added {
    /// None when no row has a value: that is no zero.
    pub(super) total: Option<f64>,
    /// How many rows have none.
    pub(super) n_missing: usize,
    rank: u8,
}

/// Adds the values of rows up.
pub(super) fn add(column: &Column, row_idxs: &[usize]) -> Added {
    let (mut sum, mut rank) = (Sum::default(), 0);
    for row_idx in row_idxs {
        if let Some(number) = column.value(*row_idx).number() {
            sum.add(number);
            rank = rank.max(column.rank(*row_idx));
        }
    }
    Added { total: sum.total(), n_missing: row_idxs.len() - sum.count, rank }
}

impl Added {
    /// `1 234,50`, `1 234 (provisoire), sans 2 valeurs`; a dash where there is nothing to add.
    pub(super) fn write(&self, shown: &Shown, lang: Lang) -> String {
        let Some(total) = self.total else { return "–".into() };
        let words = NumberFormat { lang, ..shown.format.clone() }.write_bare(total);
        let words = Hedge::of_rank(self.rank).map_or(words.clone(), |hedge| hedge.write(&words, lang));
        match self.n_missing {
            0 => words,
            1 => [words.as_str(), lang.pick(", sans 1 valeur", ", without 1 value")].concat(),
            n => lang.pick(format!("{words}, sans {n} valeurs"), format!("{words}, without {n} values")),
        }
    }
}

/// A total that the producer printed, by column: the cells as they are written, and the number where there is one.
pub(super) struct Printed {
    pub(super) cells: Vec<(String, Option<f64>)>,
}

impl Printed {
    /// The total line of a file whose columns are still those of the table.
    pub(super) fn of_file(table: &Table) -> Option<Printed> {
        let total = table.total_line()?;
        let cell = |cell: &String| {
            let (mark, _) = sniff_mark(&mut std::iter::once(cell.as_str()));
            (cell.clone(), read_number(cell, mark).map(|reading| reading.value))
        };
        Some(Printed { cells: total.cells.iter().map(cell).collect() })
    }

    /// A row of the table that its author names.
    pub(super) fn of_row(table: &Table, columns: &[Shown], row_idx: usize) -> Printed {
        let cell = |(column, shown): (&Column, &Shown)| {
            let value = column.value(row_idx);
            let is_written = !matches!(value, Value::Missing(_));
            (if is_written { shown.cell(column, row_idx) } else { String::new() }, value.number())
        };
        Printed { cells: table.columns.iter().zip(columns).map(cell).collect() }
    }

    /// Whether a sum is another number than the printed one.
    pub(super) fn differs(&self, idx: usize, added: &Added) -> Option<(f64, f64)> {
        let (printed, total) = (self.cells.get(idx)?.1?, added.total?);
        ((printed - total).abs() > 1e-6 * printed.abs().max(1.0)).then_some((printed, total))
    }
}
