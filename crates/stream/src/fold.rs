//! How are rows added up, group by group, as they come?

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use encart_table::index::Index;
use encart_table::infer::Kind;
use encart_table::number::Mark;
use encart_table::verb::group::{Counted, from_counted, merge_keys};
use encart_table::verb::{How, Measure};
use encart_table::{Column, Notice, Table, Value, Why};
use rustc_hash::FxHasher;

use crate::accumulate::{Missing, Numbers};
use crate::number::{plain_number, read_cell};
use crate::record::Record;

/// A column of the file, with the name and the kind that its head told.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) idx: usize,
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// A grouping under way.
#[derive(Debug)]
pub(crate) struct Fold {
    by: Vec<(Source, Index)>,
    /// The columns that are added up, each once.
    of: Vec<(Source, Mark, Missing)>,
    measures: Vec<Measure>,
    /// Groups of keys of two columns and more: the number of a pair of numbers.
    pairs: HashMap<u64, u32, BuildHasherDefault<FxHasher>>,
    /// The keys of each group, one number a column.
    keys: Vec<u32>,
    n_rows: Vec<usize>,
    /// By group, then by column of `of`.
    numbers: Vec<Numbers>,
    row: Vec<u32>,
    key: String,
}

impl Fold {
    /// None when a measure needs all its numbers at once, or its column is not of numbers.
    pub(crate) fn new(by: Vec<Source>, measures: &[Measure], columns: &[Source], key: String) -> Option<Fold> {
        let mut of: Vec<(Source, Mark, Missing)> = Vec::new();
        for measure in measures {
            let Some(name) = &measure.of else { continue };
            let source = find(columns, name)?;
            let Kind::Number { mark, .. } = source.kind else { return None };
            if measure.how == How::Median {
                return None;
            }
            if !of.iter().any(|(other, ..)| other.idx == source.idx) {
                of.push((source.clone(), mark, Missing::default()));
            }
        }
        Some(Fold {
            by: by.into_iter().map(|source| (source, Index::default())).collect(),
            of,
            measures: measures.to_vec(),
            pairs: HashMap::default(),
            keys: Vec::new(),
            n_rows: Vec::new(),
            numbers: Vec::new(),
            row: Vec::new(),
            key,
        })
    }

    /// The group of a row: the number of its keys.
    #[inline]
    fn group(&mut self, record: &Record<'_>) -> usize {
        if let [(source, texts)] = self.by.as_mut_slice() {
            let number = texts.number_of(record.cell(source.idx));
            self.row.clear();
            self.row.push(number);
            return number as usize;
        }
        self.row.clear();
        for (source, texts) in &mut self.by {
            self.row.push(texts.number_of(record.cell(source.idx)));
        }
        let group = match self.row.as_slice() {
            [] => 0,
            [first, rest @ ..] => {
                let mut group = *first;
                for (depth, key) in rest.iter().enumerate() {
                    // pairs of different depths are different pairs
                    let pair = (u64::from(group) << 32 | u64::from(*key)).rotate_left(depth as u32);
                    let next = self.pairs.len() as u32;
                    group = *self.pairs.entry(pair).or_insert(next);
                }
                group
            }
        };
        group as usize
    }

    pub(crate) fn add(&mut self, record: &Record<'_>) {
        let group = self.group(record);
        if group >= self.n_rows.len() {
            self.n_rows.resize(group + 1, 0);
            self.numbers.resize((group + 1) * self.of.len(), Numbers::default());
            self.keys.resize((group + 1) * self.by.len(), u32::MAX);
        }
        let Some(count) = self.n_rows.get_mut(group) else { return };
        if *count == 0 {
            let keys = self.keys.get_mut(group * self.row.len()..).unwrap_or_default();
            keys.iter_mut().zip(&self.row).for_each(|(key, number)| *key = *number);
        }
        *count += 1;
        let first = group * self.of.len();
        let numbers = self.numbers.get_mut(first..).unwrap_or_default();
        for ((source, mark, missing), numbers) in self.of.iter_mut().zip(numbers) {
            let cell = record.cell(source.idx);
            if let Some(number) = plain_number(cell, *mark) {
                numbers.add(number);
                continue;
            }
            let text = encart_table::sniff::decode_cell(cell);
            let (value, hedge) = read_cell(&mut source.kind, &text);
            if let Some(hedge) = hedge {
                missing.hedged.add(record.line);
                numbers.rank = numbers.rank.max(hedge.rank());
            }
            match value {
                Value::Number(number) if number.abs() <= encart_table::decimal::LARGEST => numbers.add(number),
                other => {
                    let why = if let Value::Missing(why) = other { why } else { Why::Undefined };
                    numbers.miss(why);
                    missing.add(why, record.line, cell);
                }
            }
        }
    }

    /// How many cells lack a value, by reason, over the columns that were added up.
    pub(crate) fn missing(&self) -> Vec<(Why, usize)> {
        self.of.iter().flat_map(|(_, _, missing)| missing.counts()).collect()
    }

    /// The table of the groups, in the order of their first row.
    pub(crate) fn finish(self, notices: &mut Vec<Notice>) -> Table {
        for (source, _, missing) in &self.of {
            missing.say(&source.name, true, notices);
        }
        // of more than one key, some numbers of pairs are only steps on the way
        let n_by = self.by.len();
        let groups: Vec<usize> =
            (0..self.n_rows.len()).filter(|group| self.n_rows.get(*group).is_some_and(|n| *n > 0)).collect();
        let mut keys: Vec<Column> = Vec::with_capacity(n_by);
        for (idx, (source, texts)) in self.by.iter().enumerate() {
            let mut column = source.kind.empty(&source.name);
            for group in &groups {
                let number = self.keys.get(group * n_by + idx).copied().unwrap_or(u32::MAX);
                let text = encart_table::sniff::decode_cell(texts.text(number));
                column.push(source.kind.read(&text));
            }
            keys.push(column);
        }
        // two writings of one value (`01/02/2024`, `2024-02-01`) are one group
        let (first, merged) = merge_keys(&keys, groups.len());
        let mut n_rows = vec![0; first.len()];
        let mut numbers = vec![Numbers::default(); first.len() * self.of.len()];
        for (group, to) in groups.iter().zip(&merged) {
            if let Some(count) = n_rows.get_mut(*to) {
                *count += self.n_rows.get(*group).copied().unwrap_or(0);
            }
            for idx in 0..self.of.len() {
                let from = self.numbers.get(group * self.of.len() + idx).copied().unwrap_or_default();
                if let Some(numbers) = numbers.get_mut(to * self.of.len() + idx) {
                    let is_new = numbers.sum.count == 0 && numbers.n_missing == 0;
                    numbers.merge(&from);
                    if is_new {
                        numbers.first = from.first;
                    }
                }
            }
        }
        let keys = Table::new(keys).rows(&first).columns;
        let measures = self.measures.iter().map(|measure| {
            let place =
                measure.of.as_ref().and_then(|name| self.of.iter().position(|(source, ..)| same(&source.name, name)));
            let unit =
                place.and_then(|idx| self.of.get(idx)).and_then(|(source, ..)| source.kind.empty(&source.name).unit);
            let counted = n_rows.iter().enumerate().map(|(group, n_rows)| {
                let numbers = place.and_then(|idx| numbers.get(group * self.of.len() + idx));
                count(measure.how, *n_rows, numbers)
            });
            (measure.clone(), counted.collect(), unit)
        });
        let measures = measures.collect();
        let (table, said) = from_counted(keys, measures, &self.key);
        notices.extend(said);
        table
    }
}

fn count(how: How, n_rows: usize, numbers: Option<&Numbers>) -> Counted {
    let Some(numbers) = numbers else {
        return Counted { value: Some(n_rows as f64), n_missing: 0, why: Why::Absent, rank: 0 };
    };
    let n_known = numbers.sum.count;
    let value = match how {
        How::Count => Some(n_known as f64),
        How::Mean => numbers.sum.total().map(|total| total / n_known as f64),
        How::Min => (n_known > 0).then_some(numbers.least),
        How::Max => (n_known > 0).then_some(numbers.most),
        How::Sum | How::Share | How::Median => numbers.sum.total(),
    };
    Counted { value, n_missing: numbers.n_missing, why: numbers.first.unwrap_or(Why::Absent), rank: numbers.rank }
}

fn same(one: &str, other: &str) -> bool {
    encart_table::table::fold(one) == encart_table::table::fold(other)
}

/// The column of a name, as `Table::column` finds it.
pub(crate) fn find<'a>(columns: &'a [Source], name: &str) -> Option<&'a Source> {
    columns.iter().find(|column| column.name == name).or_else(|| columns.iter().find(|column| same(&column.name, name)))
}
