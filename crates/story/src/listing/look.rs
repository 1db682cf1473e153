//! What has a visitor chosen of a table's rows? Words of its address, read against its columns.

use encart_chart::link::{FILTER, PAGE, SEARCH, SORT, split_filter};
use encart_table::table::fold;

use super::memory::Kept;

/// What is searched, in which order, of which values, which page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Look {
    /// As it was typed.
    pub(super) search: String,
    /// The column that decides the order, and whether it descends.
    pub(super) sort: Option<(usize, bool)>,
    /// The columns of which only some values are shown.
    pub(super) filters: Vec<(usize, Vec<String>)>,
    /// From 0.
    pub(super) page: usize,
}

impl Look {
    /// Reads what is chosen; a column that the table does not have chooses nothing.
    pub(super) fn read(chosen: &[(String, String)], kept: &Kept) -> Look {
        let mut look = Look::default();
        for (word, value) in chosen {
            match word.as_str() {
                SEARCH => look.search = value.clone(),
                PAGE => look.page = value.parse::<usize>().unwrap_or(1).saturating_sub(1),
                SORT => {
                    let bare = value.strip_prefix('-');
                    let column = kept.table.column_idx(bare.unwrap_or(value));
                    look.sort = column.map(|idx| (idx, bare.is_some()));
                }
                FILTER => {
                    let Some((idx, value)) = split_filter(value, &kept.table) else { continue };
                    match look.filters.iter_mut().find(|(other, _)| *other == idx) {
                        Some((_, values)) => values.push(value.to_string()),
                        None => look.filters.push((idx, vec![value.to_string()])),
                    }
                }
                _ => {}
            }
        }
        look
    }

    /// The words that are searched: all must stand in a row.
    pub(super) fn needles(&self) -> Vec<String> {
        fold(&self.search).split([' ', '-']).filter(|word| !word.is_empty()).map(str::to_string).collect()
    }

    /// Whether it leaves rows out.
    pub(super) fn is_part(&self) -> bool {
        !self.filters.is_empty() || !self.needles().is_empty()
    }
}
