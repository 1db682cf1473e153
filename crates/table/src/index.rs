//! Which number has a key? Keys are numbered in the order of their first appearance.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use rustc_hash::FxHasher;

/// Keys with their numbers. The map is only asked, never walked: its order is nobody's.
#[derive(Debug, Clone, Default)]
pub struct Index(HashMap<String, usize, BuildHasherDefault<FxHasher>>);

impl Index {
    /// The number of a key; a new key takes the next.
    ///
    /// ```
    /// let mut index = encart_table::index::Index::default();
    /// assert_eq!([index.number("b"), index.number("a"), index.number("b")], [0, 1, 0]);
    /// ```
    pub fn number(&mut self, key: &str) -> usize {
        if let Some(number) = self.0.get(key) {
            return *number;
        }
        let number = self.0.len();
        self.0.insert(key.to_string(), number);
        number
    }
    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
