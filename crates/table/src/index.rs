//! Which number has a text? Texts are numbered in the order of their first appearance.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Texts, each kept once. A table of our own: the standard library's asks for an owned key, hashes once more to insert,
/// and costs each visitor half a kilobyte more. What is asked for each cell of a file is compiled where it is asked.
#[derive(Debug, Clone, Default)]
pub struct Index {
    arena: Vec<u8>,
    /// Where each text ends in the arena.
    ends: Vec<usize>,
    hashes: Vec<u64>,
    /// Numbers plus one by hash, zero where there is none; a power of two, at most half full.
    slots: Vec<u32>,
    last: u32,
}

#[inline]
fn hash(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    // the table looks at the low bits, where a multiplication leaves the least
    let hash = hasher.finish();
    hash ^ (hash >> 32)
}

impl Index {
    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of a number.
    #[inline]
    pub fn text(&self, number: u32) -> &[u8] {
        let idx = number as usize;
        let start = idx.checked_sub(1).and_then(|idx| self.ends.get(idx)).copied().unwrap_or(0);
        let end = self.ends.get(idx).copied().unwrap_or(start);
        self.arena.get(start..end).unwrap_or_default()
    }

    /// The number of a text; a new one takes the next.
    ///
    /// ```
    /// let mut index = encart_table::index::Index::default();
    /// assert_eq!([index.number("b"), index.number("a"), index.number("b")], [0, 1, 0]);
    /// ```
    pub fn number(&mut self, text: &str) -> usize {
        self.number_of(text.as_bytes()) as usize
    }

    /// The same for bytes. Files are often sorted: the last one is tried first.
    #[inline]
    pub fn number_of(&mut self, text: &[u8]) -> u32 {
        if (self.last as usize) < self.ends.len() && self.text(self.last) == text {
            return self.last;
        }
        if self.slots.len() <= self.ends.len() * 2 {
            self.grow();
        }
        let hash = hash(text);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            match self.slots.get(slot).copied().unwrap_or(0) {
                0 => break,
                found => {
                    let number = found - 1;
                    if self.hashes.get(number as usize) == Some(&hash) && self.text(number) == text {
                        self.last = number;
                        return number;
                    }
                }
            }
            slot = (slot + 1) & mask;
        }
        let number = self.ends.len() as u32;
        self.arena.extend_from_slice(text);
        self.ends.push(self.arena.len());
        self.hashes.push(hash);
        if let Some(place) = self.slots.get_mut(slot) {
            *place = number + 1;
        }
        self.last = number;
        number
    }

    fn grow(&mut self) {
        let n_slots = (self.slots.len() * 2).max(64);
        self.slots = vec![0; n_slots];
        let mask = n_slots - 1;
        for (number, hash) in self.hashes.iter().enumerate() {
            let mut slot = *hash as usize & mask;
            while self.slots.get(slot).is_some_and(|found| *found > 0) {
                slot = (slot + 1) & mask;
            }
            if let Some(place) = self.slots.get_mut(slot) {
                *place = number as u32 + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number() {
        let mut index = Index::default();
        let texts: Vec<String> = (0..5_000).map(|number| format!("poste {}", number % 977)).collect();
        for text in texts.iter().chain(&texts) {
            let number = index.number_of(text.as_bytes());
            assert_eq!(index.text(number), text.as_bytes());
        }
        assert_eq!(index.number("poste 0"), 0);
        assert_eq!(index.number(""), 977);
    }
}
