//! How are rows kept that nothing adds up?

use encart_table::read::csv::carry_mentions;
use encart_table::{Column, Notice, Place, Table, Value, Why};

use crate::accumulate::Missing;
use crate::fold::Source;
use crate::number::read_cell;
use crate::record::Record;

/// Rows as they are kept: the columns that are needed, up to a number of rows.
#[derive(Debug)]
pub(crate) struct Rows {
    columns: Vec<(Source, Column, Missing)>,
    n_rows: usize,
    most: usize,
    is_full: bool,
}

impl Rows {
    pub(crate) fn new(columns: Vec<Source>, most: usize) -> Rows {
        let columns = columns.into_iter().map(|source| {
            let column = source.kind.empty(&source.name);
            (source, column, Missing::default())
        });
        Rows { columns: columns.collect(), n_rows: 0, most, is_full: false }
    }

    pub(crate) fn add(&mut self, record: &Record<'_>) {
        if self.n_rows == self.most {
            self.is_full = true;
            return;
        }
        self.n_rows += 1;
        for (source, column, missing) in &mut self.columns {
            let cell = record.cell(source.idx);
            let text = encart_table::sniff::decode_cell(cell);
            let (value, hedge) = read_cell(&mut source.kind, &text);
            if let Value::Missing(why) = value {
                missing.add(why, record.line, cell);
            }
            column.push(value);
            if let Some(hedge) = hedge {
                if value != Value::Missing(Why::Unreadable) {
                    missing.hedged.add(record.line);
                }
                column.set_hedge(hedge);
            }
        }
    }

    /// How many cells lack a value, by reason.
    pub(crate) fn missing(&self) -> Vec<(Why, usize)> {
        self.columns.iter().flat_map(|(_, _, missing)| missing.counts()).collect()
    }

    pub(crate) fn finish(self, notices: &mut Vec<Notice>) -> Table {
        if self.is_full {
            let most = self.most;
            notices.push(Notice::warning(
                "limit.rows",
                Place::whole(),
                format_args!(
                    "plus de {most} lignes : seules les premières sont lues. Filtrez ou regroupez par une étape."
                ),
                format_args!("more than {most} rows: only the first are read. Filter or group with a step."),
            ));
        }
        let columns = self.columns.into_iter().map(|(source, column, missing)| {
            missing.say(&source.name, column.is_number(), notices);
            let unit = source.kind.empty(&source.name).unit;
            column.with_unit(unit)
        });
        let mut columns: Vec<Column> = columns.collect();
        carry_mentions(&mut columns);
        Table::new(columns)
    }
}
