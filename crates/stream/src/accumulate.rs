//! What is known of the numbers of a group, and of the cells of a column, while they come?

use encart_table::notice::say_some_lines;
use encart_table::sum::Sum;
use encart_table::{Lang, Notice, Place, Why};

/// The numbers of one column in one group.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbers {
    pub(crate) sum: Sum,
    pub(crate) least: f64,
    pub(crate) most: f64,
    pub(crate) n_missing: usize,
    /// Why the first row of the group has no value, when it has none.
    pub(crate) first: Option<Why>,
    /// How unsure the least sure of them is.
    pub(crate) rank: u8,
}

impl Default for Numbers {
    fn default() -> Numbers {
        Numbers {
            sum: Sum::default(),
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
            n_missing: 0,
            first: None,
            rank: 0,
        }
    }
}

impl Numbers {
    pub(crate) fn add(&mut self, number: f64) {
        self.sum.add(number);
        self.least = self.least.min(number);
        self.most = self.most.max(number);
    }

    pub(crate) fn miss(&mut self, why: Why) {
        if self.sum.count == 0 && self.n_missing == 0 {
            self.first = Some(why);
        }
        self.n_missing += 1;
    }

    /// Takes over the numbers of a group that turned out to be the same.
    pub(crate) fn merge(&mut self, other: &Numbers) {
        self.sum.merge(other.sum);
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
        self.n_missing += other.n_missing;
        self.rank = self.rank.max(other.rank);
    }
}

/// Lines that have something in common: the first of them, and how many there are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines {
    pub(crate) first: Vec<u64>,
    pub(crate) count: usize,
}

impl Lines {
    pub(crate) fn add(&mut self, line: u64) {
        const KEPT: usize = 5;
        if self.first.len() < KEPT {
            self.first.push(line);
        }
        self.count += 1;
    }

    pub(crate) fn words(&self, lang: Lang) -> String {
        say_some_lines(&self.first, self.count, lang)
    }

    /// A notice at the first of the lines; none when there is no line.
    pub(crate) fn warn(&self, code: &'static str, fr: &str, en: &str) -> Option<Notice> {
        let place = Place::line(*self.first.first()?);
        let (fr_lines, en_lines) = (self.words(Lang::Fr), self.words(Lang::En));
        Some(Notice::warning(code, place, format_args!("{fr} ({fr_lines})."), format_args!("{en} ({en_lines}).")))
    }
}

/// The cells of a column that hold no value, or say something beside it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Missing {
    pub(crate) by_why: Vec<(Why, Lines)>,
    unreadable: Lines,
    example: String,
    /// Cells that say something beside their value, or in its place.
    pub(crate) hedged: Lines,
}

impl Missing {
    pub(crate) fn add(&mut self, why: Why, line: u64, cell: &[u8]) {
        if why == Why::Unreadable {
            if self.unreadable.count == 0 {
                self.example = encart_table::sniff::decode_cell(cell).into_owned();
            }
            self.unreadable.add(line);
            return;
        }
        match self.by_why.iter_mut().find(|(other, _)| *other == why) {
            Some((_, lines)) => lines.add(line),
            None => {
                let mut lines = Lines::default();
                lines.add(line);
                self.by_why.push((why, lines));
            }
        }
    }

    /// How many cells lack a value, by reason.
    pub(crate) fn counts(&self) -> Vec<(Why, usize)> {
        let unreadable = (self.unreadable.count > 0).then_some((Why::Unreadable, self.unreadable.count));
        self.by_why.iter().map(|(why, lines)| (*why, lines.count)).chain(unreadable).collect()
    }

    /// What the reader of a small file would say.
    pub(crate) fn say(&self, column: &str, is_number: bool, notices: &mut Vec<Notice>) {
        let example = &self.example;
        if let Some(first) = self.unreadable.first.first() {
            let (fr, en) = (self.unreadable.words(Lang::Fr), self.unreadable.words(Lang::En));
            let (kind_fr, kind_en) = if is_number { ("un nombre", "a number") } else { ("une date", "a date") };
            notices.push(Notice::warning(
                "cell.unreadable",
                Place::cell(*first, column),
                format_args!("« {example} » n’est pas {kind_fr} ({fr}) ; la case est laissée vide, jamais à zéro. Corrigez le fichier."),
                format_args!("“{example}” is not {kind_en} ({en}); the cell is left empty, never zero. Correct the file."),
            ));
        }
        if let Some(first) = self.hedged.first.first() {
            let (fr, en) = (self.hedged.words(Lang::Fr), self.hedged.words(Lang::En));
            notices.push(encart_table::infer::hedged(column, *first, &fr, &en));
        }
        let Some(first) = self.by_why.first().and_then(|(_, lines)| lines.first.first()) else { return };
        let n_missing: usize = self.by_why.iter().map(|(_, lines)| lines.count).sum();
        let list = |lang: Lang| {
            let colon = lang.pick(" : ", ": ");
            let parts = self.by_why.iter().map(|(why, lines)| [why.words(lang), colon, &lines.words(lang)].concat());
            parts.collect::<Vec<_>>().join(lang.pick(" ; ", "; "))
        };
        let s = if n_missing > 1 { "s" } else { "" };
        notices.push(Notice::info(
            "cell.missing",
            Place::cell(*first, column),
            format_args!("{n_missing} valeur{s} manquante{s} ({}).", list(Lang::Fr)),
            format_args!("{n_missing} missing value{s} ({}).", list(Lang::En)),
        ));
    }
}
