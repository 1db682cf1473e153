//! Which words of a story have a definition, and where does each lead to it?

use std::ops::Range;

use encart_table::table::fold;

/// The terms of a glossary, looked for in a text.
#[derive(Debug)]
pub(super) struct Terms<'a> {
    glossary: &'a [(String, String)],
    /// What the anchors of definitions begin with; without one nothing leads to them.
    link: Option<&'a str>,
    /// Which were found since the step began.
    found: Vec<usize>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(glossary: &'a [(String, String)], link: Option<&'a str>) -> Terms<'a> {
        Terms { glossary, link, found: Vec::new() }
    }

    /// Begins a step: each term leads to its definition where it first stands in it.
    pub(super) fn begin(&mut self) {
        self.found.clear();
    }

    /// The anchor of a definition, by its place in the glossary.
    pub(super) fn anchor(&self, idx: usize) -> Option<String> {
        Some([self.link?, "-mot-", &(idx + 1).to_string()].concat())
    }

    /// The first term in some words that was not found in this step: where it stands, and its anchor.
    pub(super) fn find(&mut self, words: &str) -> Option<(Range<usize>, String)> {
        self.link?;
        let tokens = tokens(words);
        let at = |term: &str| {
            let term: Vec<String> = self::tokens(term).into_iter().map(|(_, word)| word).collect();
            let is_it = |window: &[(Range<usize>, String)]| window.iter().map(|(_, word)| word).eq(&term);
            let window = tokens.windows(term.len().max(1)).find(|window| is_it(window))?;
            Some(window.first()?.0.start..window.last()?.0.end)
        };
        let unfound = self.glossary.iter().enumerate().filter(|(idx, _)| !self.found.contains(idx));
        let (idx, range) = unfound
            .filter_map(|(idx, (term, _))| Some((idx, at(term)?)))
            // of two that begin at the same word the longer: “taux d’épargne”, not “taux”
            .min_by_key(|(_, range)| (range.start, usize::MAX - range.end))?;
        self.found.push(idx);
        Some((range, self.anchor(idx)?))
    }

    /// The terms that stand in some words, by their places.
    pub(super) fn used(&self, words: &str) -> Vec<usize> {
        let join = |text: &str| {
            let words: Vec<String> = tokens(text).into_iter().map(|(_, word)| word).collect();
            [" ", &words.join(" "), " "].concat()
        };
        let words = join(words);
        let is_in = |(idx, (term, _)): (usize, &(String, String))| words.contains(&join(term)).then_some(idx);
        self.glossary.iter().enumerate().filter_map(is_in).collect()
    }
}

/// The words of a text where they stand, in small letters without accents; of a plural, the singular.
fn tokens(text: &str) -> Vec<(Range<usize>, String)> {
    let mut all: Vec<(Range<usize>, String)> = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = fold(text.get(from..at).unwrap_or_default());
                all.push((from..at, word.strip_suffix('s').unwrap_or(&word).to_string()));
                start = None;
            }
            _ => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_found_once_a_step_in_any_form() {
        let glossary: Vec<(String, String)> =
            ["taux", "taux d’épargne", "médiane"].map(|term| (term.to_string(), String::new())).into();
        for (words, found) in [
            ("La médiane des communes", Some(("médiane", "budget-mot-3"))),
            ("Les MÉDIANES et la médiane", Some(("MÉDIANES", "budget-mot-3"))),
            ("Un taux d’épargne bas", Some(("taux d’épargne", "budget-mot-2"))),
            ("Des taux", Some(("taux", "budget-mot-1"))),
            ("Les statistiques", None),
        ] {
            let mut terms = Terms::new(&glossary, Some("budget"));
            let at = terms.find(words).map(|(range, anchor)| (words[range].to_string(), anchor));
            assert_eq!(at, found.map(|(word, anchor)| (word.to_string(), anchor.to_string())), "{words}");
            let again = terms.find(words).map(|(_, anchor)| anchor);
            assert!(again.is_none() || again.as_deref() != found.map(|(_, anchor)| anchor), "{words}: once a step");
            assert_eq!(Terms::new(&glossary, None).find(words), None, "without a link there are no anchors");
        }
    }
}
