//! In which order do the rows of a column stand? Numbers by size, days by date, words in French order.

use std::cmp::Ordering;

use encart_table::{Column, Value};

use super::column::Shown;

/// What orders the rows of a column.
pub(super) struct Keys<'a> {
    column: &'a Column,
    // whole for numbers and days, of words their first letters: most comparisons end here; none where there is no value
    firsts: Vec<Option<u64>>,
    // of words all their letters, without case and accents
    words: Vec<String>,
}

impl<'a> Keys<'a> {
    pub(super) fn of(column: &'a Column, shown: &Shown) -> Keys<'a> {
        let mut keys = Keys { column, firsts: Vec::with_capacity(column.n_rows()), words: Vec::new() };
        for value in column.values() {
            let first = match value {
                Value::Missing(_) => None,
                Value::Number(number) => Some(by_size(number)),
                Value::Period(period) => {
                    Some((period.begin() - i64::from(i32::MIN) * 1440) as u64 * 256 + period.grain as u64)
                }
                Value::Text(text) => {
                    let key = shown.key(text);
                    let mut first = [0; 8];
                    first.iter_mut().zip(key.bytes()).for_each(|(place, byte)| *place = byte);
                    keys.words.push(key);
                    Some(u64::from_be_bytes(first))
                }
            };
            if first.is_none() && !column.is_number() && !column.is_period() {
                keys.words.push(String::new());
            }
            keys.firsts.push(first);
        }
        keys
    }

    /// Rows in the order of this column; what is missing stays last, either way, and equal rows keep their order.
    pub(super) fn sort(&self, row_idxs: &[usize], is_descending: bool) -> Vec<usize> {
        let mut sorted = row_idxs.to_vec();
        // not `order_by`: a function that is called through the table of functions stays in the engine's first file
        sorted.sort_by(|one, other| self.compare(*one, *other, is_descending));
        sorted
    }

    fn compare(&self, one: usize, other: usize, is_descending: bool) -> Ordering {
        let first = |row_idx: usize| self.firsts.get(row_idx).copied().flatten();
        let order = match (first(one), first(other)) {
            (None, other) => return other.is_some().cmp(&false),
            (_, None) => return Ordering::Less,
            (Some(one), Some(other)) => one.cmp(&other),
        };
        let order = order.then_with(|| self.words.get(one).cmp(&self.words.get(other)));
        // accents and capitals decide only between words that are otherwise the same
        let order = order.then_with(|| match (self.column.value(one), self.column.value(other)) {
            (Value::Text(text), Value::Text(beside)) => text.cmp(beside),
            _ => Ordering::Equal,
        });
        if is_descending { order.reverse() } else { order }
    }
}

/// The bits of a number, so that whole numbers without sign stand in its order.
pub(crate) fn by_size(number: f64) -> u64 {
    // minus zero is zero
    let bits = (number + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encart_table::{Lang, Table, read_csv};

    fn sorted(cells: &str, is_descending: bool) -> String {
        let file = format!(
            "a;n\n{}\n",
            cells.split(' ').map(|cell| format!("{};1", cell.replace('_', " "))).collect::<Vec<_>>().join("\n")
        );
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        let table: Table = table;
        let column = &table.columns[0];
        let shown = Shown::of(column, None, None, Lang::Fr);
        let rows: Vec<usize> = (0..table.n_rows()).collect();
        let order = Keys::of(column, &shown).sort(&rows, is_descending);
        order
            .into_iter()
            .map(|row_idx| shown.cell(column, row_idx).replace([' ', '\u{202f}'], "_"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn rows_stand_in_french_order() {
        for (cells, up, down) in [
            // wet-boew 7642: a French table was sorted by code points
            ("zoo école Eau été âge cœur coût", "âge cœur coût Eau école été zoo", "zoo été école Eau coût cœur âge"),
            ("cote côte Cote coté", "Cote cote coté côte", "côte coté cote Cote"),
            ("Lot_10 Lot_9 Lot_2 lot_2", "Lot_2 lot_2 Lot_9 Lot_10", "Lot_10 Lot_9 lot_2 Lot_2"),
            ("10e 9e 1er 2e", "1er 2e 9e 10e", "10e 9e 2e 1er"),
            // a code is read letter by letter
            ("2A 01 30 971 2B 29", "01 29 2A 2B 30 971", "971 30 2B 2A 29 01"),
            // what is missing is last, either way: CDC 2702
            ("3 -1 n.d. 0 12", "−1 0 3 12 non_disponible", "12 3 0 −1 non_disponible"),
            ("0,1 -0,2 -12 0,15", "−12,00 −0,20 0,10 0,15", "0,15 0,10 −0,20 −12,00"),
            (
                "31/12/2024 01/02/2023 n.d. 15/01/2025",
                "1er_février_2023 31_décembre_2024 15_janvier_2025 non_disponible",
                "15_janvier_2025 31_décembre_2024 1er_février_2023 non_disponible",
            ),
        ] {
            assert_eq!(sorted(cells, false), up, "{cells}");
            assert_eq!(sorted(cells, true), down, "{cells}");
        }
    }
}
