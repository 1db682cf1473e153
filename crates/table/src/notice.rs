//! How does the library say what it met? What, where, and what to do, in the reader's language.

use crate::table::join;
use std::fmt::Arguments;

use crate::locale::Lang;

/// How much a notice matters to the author of a widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Said for the record: a repair or a guess that is almost always right.
    Info,
    /// The picture may differ from what the author expects.
    Warning,
    /// The author must change something: `encart check` exits with 1.
    Error,
}

impl Level {
    /// The level's name in the reader's language.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Level::Info => lang.pick("information", "note"),
            Level::Warning => lang.pick("attention", "warning"),
            Level::Error => lang.pick("erreur", "error"),
        }
    }
}

/// Where it was met: a line and a column of the file, or a key of the specification.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The line in the file, from 1.
    pub line: Option<u64>,
    /// The column's name, or the key of the specification.
    pub column: Option<String>,
}

impl Place {
    /// Nowhere in particular: the whole file.
    pub fn whole() -> Place {
        Place::default()
    }

    /// A line of the file.
    pub fn line(line: u64) -> Place {
        Place { line: Some(line), column: None }
    }

    /// A column of the file or a key of the specification.
    pub fn column(column: &str) -> Place {
        Place { line: None, column: Some(column.to_string()) }
    }

    /// A cell.
    pub fn cell(line: u64, column: &str) -> Place {
        Place { line: Some(line), column: Some(column.to_string()) }
    }
}

/// One sentence in each language of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

impl Words {
    pub(crate) fn fill(fr: Arguments<'_>, en: Arguments<'_>) -> Words {
        Words { fr: fr.to_string(), en: en.to_string() }
    }

    /// The sentence in one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.fr, &self.en)
    }
}

/// Something to say about what was read, computed or drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub level: Level,
    /// A stable name for programs and tests: `csv.ragged`, `spec.unknown-key`.
    pub code: &'static str,
    /// Where.
    pub place: Place,
    /// What was met and what to do.
    pub words: Words,
}

impl Notice {
    /// For the record.
    pub fn info(code: &'static str, place: Place, fr: Arguments<'_>, en: Arguments<'_>) -> Notice {
        Notice { level: Level::Info, code, place, words: Words::fill(fr, en) }
    }

    /// To look at.
    pub fn warning(code: &'static str, place: Place, fr: Arguments<'_>, en: Arguments<'_>) -> Notice {
        Notice { level: Level::Warning, code, place, words: Words::fill(fr, en) }
    }

    /// To mend.
    pub fn error(code: &'static str, place: Place, fr: Arguments<'_>, en: Arguments<'_>) -> Notice {
        Notice { level: Level::Error, code, place, words: Words::fill(fr, en) }
    }

    /// Whether the cause may pass: the network, a server that is down or busy. Trying again may help, a copy does.
    pub fn is_passing(&self) -> bool {
        const CAUSES: [&str; 7] = [
            "fetch.unreachable",
            "fetch.cut",
            "fetch.down",
            "fetch.too-many",
            "fetch.not-found",
            "limit.time",
            "engine.data",
        ];
        CAUSES.contains(&self.code)
    }

    /// The whole sentence with its place: `ligne 12, colonne « montant » : …`.
    pub fn sentence(&self, lang: Lang) -> String {
        let mut place = Vec::new();
        if let Some(line) = self.place.line {
            place.push(format!("{} {line}", lang.pick("ligne", "line")));
        }
        if let Some(column) = &self.place.column {
            place.push(lang.pick(format!("« {column} »"), format!("“{column}”")));
        }
        let words = self.words.get(lang);
        if place.is_empty() {
            return words.to_string();
        }
        format!("{}{} {words}", join(&place, ", "), lang.pick(" :", ":"))
    }
}

/// `1, 2, 3 et 12 autres`: the first few of many lines, for a message that stays short.
pub fn list_lines(lines: &[u64], lang: Lang) -> String {
    list_some_lines(lines, lines.len(), lang)
}

fn list_some_lines(first: &[u64], count: usize, lang: Lang) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = first.iter().take(SHOWN).map(u64::to_string).collect();
    let rest = count.saturating_sub(SHOWN);
    let list = join(&shown, ", ");
    match rest {
        0 => list,
        1 => format!("{list} {}", lang.pick("et une autre", "and one more")),
        _ => format!("{list} {}", lang.pick(format!("et {rest} autres"), format!("and {rest} more"))),
    }
}

/// `ligne 3` or `lignes 3, 4 et 12 autres`.
pub fn say_lines(lines: &[u64], lang: Lang) -> String {
    say_some_lines(lines, lines.len(), lang)
}

/// The same of lines of which only the first five are known, and how many there are.
pub fn say_some_lines(first: &[u64], count: usize, lang: Lang) -> String {
    let word = if count > 1 { lang.pick("lignes", "lines") } else { lang.pick("ligne", "line") };
    format!("{word} {}", list_some_lines(first, count, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_where() {
        let notice = Notice::info(
            "x",
            Place::cell(12, "montant"),
            format_args!("valeur illisible."),
            format_args!("unreadable value."),
        );
        assert_eq!(notice.sentence(Lang::Fr), "ligne 12, « montant » : valeur illisible.");
        assert_eq!(notice.sentence(Lang::En), "line 12, “montant”: unreadable value.");
    }

    #[test]
    fn a_long_list_of_lines_stays_short() {
        assert_eq!(say_lines(&[3], Lang::Fr), "ligne 3");
        assert_eq!(say_lines(&[1, 2, 3, 4, 5, 6, 7], Lang::Fr), "lignes 1, 2, 3, 4, 5 et 2 autres");
    }
}
