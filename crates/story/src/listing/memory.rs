//! Which rows are found, and in which order? What takes long is kept from one drawing to the next.

use std::cell::{RefCell, RefMut};
use std::sync::Arc;

use encart_table::index::Index;
use encart_table::table::{find_part, fold, fold_words};
use encart_table::{Column, Lang, Table, Value};

use super::Named;
use super::column::Shown;
use super::look::Look;
use super::order::Keys;

/// What is worth keeping between two drawings of the same table: how its columns are written, the last order, what is
/// searched in. A drawing is the same with it and without.
#[derive(Debug, Default)]
pub struct Memory(RefCell<Option<Kept>>);

/// The values of a column, in their order.
#[derive(Debug)]
pub(super) struct Choices {
    /// The column.
    pub(super) idx: usize,
    /// As they are written.
    pub(super) values: Vec<String>,
    /// What is written otherwise, by case, accents or hyphens, after the value that stands for it.
    pub(super) others: Vec<(String, String)>,
    /// Whether some rows have none.
    pub(super) has_missing: bool,
}

/// Rows in an order.
#[derive(Debug)]
struct Ordered {
    sort: Option<(usize, bool)>,
    row_idxs: Vec<usize>,
}

/// What is kept of a table.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) table: Arc<Table>,
    pub(super) columns: Vec<Shown>,
    /// The row that is a printed total.
    pub(super) total_idx: Option<usize>,
    named: Named,
    lang: Lang,
    unit: Option<String>,
    total_row: Option<String>,
    /// The values that a reader chooses among, by column.
    pub(super) choices: Vec<Choices>,
    haystacks: Vec<String>,
    order: Option<Ordered>,
}

impl Memory {
    /// What is kept of this table, or begun.
    pub(super) fn of(
        &self,
        table: &Arc<Table>,
        named: &Named,
        total_row: Option<&str>,
        unit: Option<&str>,
        lang: Lang,
    ) -> RefMut<'_, Kept> {
        let is_same = |kept: &Kept| {
            Arc::ptr_eq(&kept.table, table)
                && (&kept.named, kept.lang) == (named, lang)
                && (kept.unit.as_deref(), kept.total_row.as_deref()) == (unit, total_row)
        };
        let kept = self.0.borrow_mut();
        RefMut::map(kept, |kept| {
            let old = kept.take().filter(is_same);
            kept.insert(old.unwrap_or_else(|| {
                let mut new = Kept {
                    table: table.clone(),
                    columns: shown(table, named, unit, lang),
                    total_idx: total_row.and_then(|name| find_total(table, named.header, name)),
                    named: named.clone(),
                    lang,
                    unit: unit.map(str::to_string),
                    total_row: total_row.map(str::to_string),
                    choices: Vec::new(),
                    haystacks: Vec::new(),
                    order: None,
                };
                new.choices = named.filters.iter().filter_map(|idx| new.choices(*idx)).collect();
                new
            }))
        })
    }
}

fn shown(table: &Table, named: &Named, unit: Option<&str>, lang: Lang) -> Vec<Shown> {
    let label =
        |idx: usize| named.labels.iter().find(|(labelled, _)| *labelled == idx).map(|(_, label)| label.as_str());
    table.columns.iter().enumerate().map(|(idx, column)| Shown::of(column, label(idx), unit, lang)).collect()
}

fn find_total(table: &Table, header: Option<usize>, name: &str) -> Option<usize> {
    let (column, wanted) = (table.columns.get(header?)?, fold(name));
    column.values().position(|value| matches!(value, Value::Text(text) if fold(text) == wanted))
}

impl Kept {
    /// A column with how it is shown.
    pub(super) fn column(&self, idx: usize) -> Option<(&Column, &Shown)> {
        Some((self.table.columns.get(idx)?, self.columns.get(idx)?))
    }

    /// A cell in words.
    pub(super) fn cell(&self, idx: usize, row_idx: usize) -> String {
        self.column(idx).map_or_else(String::new, |(column, shown)| shown.cell(column, row_idx))
    }

    /// The rows that are found, in their order, those of a group together.
    pub(super) fn find(&mut self, look: &Look, group: Option<usize>) -> Vec<usize> {
        if self.order.as_ref().is_none_or(|order| order.sort != look.sort) {
            self.order = Some(Ordered { sort: look.sort, row_idxs: self.order_rows(look.sort, group) });
        }
        let needles = look.needles();
        if !needles.is_empty() && self.haystacks.is_empty() {
            self.haystacks = self.haystacks();
        }
        let filters: Vec<(&Column, &Shown, Vec<String>)> = look
            .filters
            .iter()
            .filter_map(|(idx, values)| {
                let (column, shown) = self.column(*idx)?;
                Some((column, shown, values.iter().flat_map(|value| self.spellings(*idx, value)).collect()))
            })
            .collect();
        let is_found = |row_idx: &usize| {
            Some(*row_idx) != self.total_idx
                && filters.iter().all(|(column, shown, values)| is_among(column, shown, *row_idx, values))
                && needles.iter().all(|needle| {
                    self.haystacks.get(*row_idx).is_some_and(|haystack| find_part(haystack, needle).is_some())
                })
        };
        self.order.iter().flat_map(|order| &order.row_idxs).copied().filter(is_found).collect()
    }

    /// A value of a column with all that is one choice with it.
    fn spellings(&self, idx: usize, value: &str) -> Vec<String> {
        let choices = self.choices.iter().find(|choices| choices.idx == idx);
        let wanted = fold_words(value);
        let is_named = |first: &&String| !value.is_empty() && fold_words(first) == wanted;
        let first = choices.and_then(|choices| choices.values.iter().find(is_named));
        let others = choices.into_iter().flat_map(|choices| &choices.others);
        let others = others.filter(|(of, _)| Some(of) == first).map(|(_, other)| other);
        std::iter::once(value)
            .chain(first.map(String::as_str))
            .chain(others.map(String::as_str))
            .map(str::to_string)
            .collect()
    }

    /// What is searched in, row by row; of a hundred thousand it is made once.
    fn haystacks(&self) -> Vec<String> {
        let shown = || self.named.shown.iter().chain(&self.named.group);
        let haystack = |row_idx: usize| {
            let mut words = String::new();
            for (column, shown) in shown().filter_map(|idx| self.column(*idx)) {
                shown.haystack(column, row_idx, &mut words);
            }
            words
        };
        (0..self.table.n_rows()).map(haystack).collect()
    }

    fn order_rows(&self, sort: Option<(usize, bool)>, group: Option<usize>) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.table.n_rows()).collect();
        // the last key first: equal rows keep their order
        let by_group = group.map(|idx| (idx, sort.is_some_and(|(sorted, descends)| sorted == idx && descends)));
        let keys = self.named.sort.iter().rev().copied().chain(sort).chain(by_group);
        for (idx, is_descending) in keys {
            let Some((column, shown)) = self.column(idx) else { continue };
            order = Keys::of(column, shown).sort(&order, is_descending);
        }
        match group {
            Some(group) => self.gather(group, &order),
            None => order,
        }
    }

    /// Rows whose cell reads the same together, where the first of them stands: what is equal in order may read otherwise
    /// (several reasons why a value is missing).
    fn gather(&self, group: usize, order: &[usize]) -> Vec<usize> {
        let mut names = Index::default();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for &row_idx in order {
            match groups.get_mut(names.number(&self.cell(group, row_idx))) {
                Some(rows) => rows.push(row_idx),
                None => groups.push(vec![row_idx]),
            }
        }
        groups.concat()
    }

    /// The values of a column, as a reader chooses among them.
    fn choices(&self, idx: usize) -> Option<Choices> {
        let (column, shown) = self.column(idx)?;
        let mut seen = Index::default();
        let (mut firsts, mut others): (Vec<usize>, Vec<(String, String)>) = (Vec::new(), Vec::new());
        for row_idx in (0..column.n_rows()).filter(|row_idx| Some(*row_idx) != self.total_idx) {
            let cell = self.cell(idx, row_idx);
            // names that differ by case, accents or hyphens are one choice
            let key = match column.value(row_idx) {
                Value::Missing(_) => continue,
                Value::Text(text) => fold_words(text),
                _ => cell.clone(),
            };
            match firsts.get(seen.number(&key)) {
                None => firsts.push(row_idx),
                Some(first) => {
                    let pair = (self.cell(idx, *first), cell);
                    if pair.0 != pair.1 && !others.contains(&pair) {
                        others.push(pair);
                    }
                }
            }
        }
        let sorted = Keys::of(column, shown).sort(&firsts, false);
        let values = sorted.into_iter().map(|row_idx| self.cell(idx, row_idx)).collect();
        Some(Choices { idx, values, others, has_missing: column.values().any(Value::is_missing) })
    }
}

/// Whether the cell of a row is one of some values, as they are written; the empty one stands for all that are missing.
fn is_among(column: &Column, shown: &Shown, row_idx: usize, values: &[String]) -> bool {
    match column.value(row_idx) {
        Value::Missing(_) => values.iter().any(String::is_empty),
        Value::Text(text) => values.iter().any(|value| value == text),
        _ => {
            let cell = shown.cell(column, row_idx);
            values.contains(&cell)
        }
    }
}
