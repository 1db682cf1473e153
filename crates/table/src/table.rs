//! What is a table? Columns of one length, and the lines of the file that are not rows.

use crate::column::Column;

/// What a line that is not a row turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// Above the header.
    Title,
    /// Below the data: source, note, legend.
    Footnote,
    /// A total or subtotal of the rows.
    Total,
    /// The header again.
    RepeatedHeader,
    /// Between the header and the data: units, identifiers, dates of update.
    Metadata,
    /// A mean or a change of the rows, below their dates.
    Computed,
}

/// A line set aside: read, kept, not a row.
#[derive(Debug, Clone, PartialEq)]
pub struct SetAside {
    /// What it is.
    pub aside: Aside,
    /// Its line in the file, from 1.
    pub line: u64,
    /// Its cells as written.
    pub cells: Vec<String>,
}

/// Columns of one length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The columns, in the file's order.
    pub columns: Vec<Column>,
    /// The lines that are not rows.
    pub set_aside: Vec<SetAside>,
}

impl Table {
    /// A table of these columns, nothing set aside.
    pub fn new(columns: Vec<Column>) -> Table {
        Table { columns, set_aside: Vec::new() }
    }

    /// How many rows.
    pub fn n_rows(&self) -> usize {
        self.columns.first().map_or(0, Column::n_rows)
    }

    /// Where the column of this name is: the exact name first, else the same name without case and accents.
    pub fn column_idx(&self, name: &str) -> Option<usize> {
        let same = |column: &Column| column.name == name;
        self.columns.iter().position(same).or_else(|| {
            let wanted = fold(name);
            self.columns.iter().position(|column| fold(&column.name) == wanted)
        })
    }

    /// The column of this name, found as `column_idx` does.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.column_idx(name).and_then(|idx| self.columns.get(idx))
    }

    /// The column whose name is this one with its unit: `montant` is `montant (€)`. Of two nobody knows which is meant.
    pub fn idx_without_unit(&self, name: &str) -> Option<usize> {
        let wanted = fold(name);
        let is_bare = |column: &Column| column.name.ends_with(')') && fold(bare_name(&column.name)) == wanted;
        let mut found = (0..self.columns.len()).filter(|idx| self.columns.get(*idx).is_some_and(is_bare));
        found.next().filter(|_| found.next().is_none())
    }

    /// The columns' names, for a message that must name what there is.
    pub fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// Adds a column, or puts it in the place of the one of its name.
    pub fn set_column(&mut self, column: Column) {
        match self.column_idx(&column.name).and_then(|idx| self.columns.get_mut(idx)) {
            Some(replaced) => *replaced = column,
            None => self.columns.push(column),
        }
    }

    /// The notes that stood below the data, each on one line.
    pub fn footnotes(&self) -> Vec<String> {
        let notes = self.set_aside.iter().filter(|aside| aside.aside == Aside::Footnote);
        notes
            .map(|note| note.cells.iter().map(|cell| cell.trim()).collect::<Vec<_>>().join(" ").trim().to_string())
            .collect()
    }

    /// The total of all rows that the producer printed: the only one, or the only one beside subtotals.
    pub fn total_line(&self) -> Option<&SetAside> {
        let is_part = |aside: &SetAside| aside.cells.iter().any(|cell| fold(cell).starts_with("sous"));
        let mut totals = self.set_aside.iter().filter(|aside| aside.aside == Aside::Total && !is_part(aside));
        totals.next().filter(|_| totals.next().is_none())
    }

    /// The same columns with the rows of these indices, in this order.
    pub fn rows(&self, row_idxs: &[usize]) -> Table {
        let columns = self.columns.iter().map(|column| {
            let mut picked = column.empty_like();
            row_idxs.iter().for_each(|&row_idx| picked.push_from(column, row_idx));
            picked
        });
        Table { columns: columns.collect(), set_aside: self.set_aside.clone() }
    }
}

/// A name without case, accents and outer spaces: `Année ` and `annee` are the same name.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.trim().chars().map(lower) {
        match letter {
            'à' | 'â' | 'ä' | 'á' | 'ã' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'î' | 'ï' | 'í' => folded.push('i'),
            'ô' | 'ö' | 'ó' => folded.push('o'),
            'ù' | 'û' | 'ü' | 'ú' => folded.push('u'),
            'ç' => folded.push('c'),
            'ñ' => folded.push('n'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            '’' => folded.push('\''),
            '\u{a0}' | '\u{202f}' => folded.push(' '),
            // a mark that follows its letter: what an author pastes may be written so
            '\u{feff}' | '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

/// A name as it is chosen or pointed at: without case and accents, its hyphens and apostrophes between letters as spaces.
/// `SAINT-DENIS` and `Saint Denis` are one name; `AA-` and `AA` are two, and so are `-3` and `3`.
pub fn fold_words(name: &str) -> String {
    let folded = fold(name);
    let mut words = String::with_capacity(folded.len());
    let mut rest = folded.chars().peekable();
    while let Some(letter) = rest.next() {
        let is_of_word = |letter: char| is_letter(letter) || letter.is_ascii_digit();
        let is_between = words.ends_with(is_of_word) && rest.peek().is_some_and(|next| is_of_word(*next));
        match letter {
            '-' | '\'' if is_between => words.push(' '),
            ' ' if words.ends_with(' ') => {}
            letter => words.push(letter),
        }
    }
    words
}

/// A name without its unit: `montant (€)` is `montant`.
pub fn bare_name(name: &str) -> &str {
    find_part(name, " (").and_then(|at| name.get(..at)).unwrap_or(name)
}

/// Words with something between them. The standard library's way is compiled for each kind of list, a kilobyte each.
pub fn join(words: &[String], between: &str) -> String {
    let mut joined = String::new();
    for (idx, word) in words.iter().enumerate() {
        if idx > 0 {
            joined.push_str(between);
        }
        joined.push_str(word);
    }
    joined
}

/// Whether a word is one of a list, a text with a sign between its words: it costs a visitor less than a list of texts.
pub(crate) fn is_among(word: &str, list: &str, between: char) -> bool {
    list.split(between).any(|other| other == word)
}

/// Where a part begins in a text. Byte by byte: the standard library's search costs each visitor a kilobyte.
pub fn find_part(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len().max(1)).position(|window| window == part.as_bytes())
}

/// A letter in lower case: the letters of European languages that French files hold. The whole of Unicode would cost a
/// visitor 12 kB of tables.
pub fn lower(letter: char) -> char {
    match letter {
        'A'..='Z' => letter.to_ascii_lowercase(),
        'À'..='Þ' if letter != '×' => char::from_u32(letter as u32 + 32).unwrap_or(letter),
        'Œ' => 'œ',
        'Ÿ' => 'ÿ',
        _ => letter,
    }
}

/// Whether it is a letter of a European language, or a mark above those of ASCII; the whole of Unicode would cost tables.
pub fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter >= 'À' && !matches!(letter, '×' | '÷' | '\u{2000}'..='\u{2bff}')
}

/// The candidate nearest to a misspelt name, when one is near enough to be meant (at most a third of its letters differ).
pub fn nearest<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let wanted = fold(name);
    let distances = candidates.iter().map(|candidate| (edit_distance(&wanted, &fold(candidate)), *candidate));
    let (distance, candidate) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance * 3 <= wanted.chars().count().max(3)).then_some(candidate)
}

/// Insertions, deletions, substitutions and swaps of neighbours from one word to the other (optimal string alignment).
fn edit_distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=to.len()).collect()];
    let at = |rows: &Vec<Vec<usize>>, row: usize, idx: usize| {
        rows.get(row).and_then(|row| row.get(idx)).copied().unwrap_or(0)
    };
    for i in 1..=from.len() {
        rows.push(vec![i]);
        for j in 1..=to.len() {
            let same = from.get(i - 1) == to.get(j - 1);
            let mut least = (at(&rows, i - 1, j - 1) + usize::from(!same))
                .min(at(&rows, i - 1, j) + 1)
                .min(at(&rows, i, j - 1) + 1);
            if i > 1 && j > 1 && from.get(i - 1) == to.get(j - 2) && from.get(i - 2) == to.get(j - 1) {
                least = least.min(at(&rows, i - 2, j - 2) + 1);
            }
            if let Some(row) = rows.last_mut() {
                row.push(least);
            }
        }
    }
    at(&rows, from.len(), to.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_the_one_meant() {
        for (name, found) in [
            ("montnat", Some("montant")),
            ("anene", Some("annee")),
            ("Année", Some("annee")),
            ("popluation", Some("population")),
            ("zzz", None),
            ("kind", None),
        ] {
            assert_eq!(nearest(name, &["montant", "annee", "population"]), found, "{name}");
        }
    }

    #[test]
    fn a_column_is_found_without_case_and_accents() {
        let table = Table::new(vec![Column::texts("Année", ["2024"])]);
        assert_eq!(table.column_idx("annee"), Some(0));
        assert_eq!(table.column_idx("anne"), None);
        let names = ["Montant (€)", "prix (€)", "prix (k€)", "taux ("].map(|name| Column::texts(name, ["1"]));
        let table = Table::new(names.to_vec());
        for (name, idx) in [("montant", Some(0)), ("prix", None), ("taux", None), ("Montant (€)", None)] {
            assert_eq!(table.idx_without_unit(name), idx, "{name}");
        }
    }
}
