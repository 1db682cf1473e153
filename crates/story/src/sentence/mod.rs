//! Which sentences stay true when the data change? A text whose tags `{{ … }}` are questions to the data.
//!
//! `{{ depenses[2024] }}` is a value, `{{ evolution(depenses, 2019, 2024) | pourcent }}` a change written as percent,
//! `{{ si depenses[2024] > depenses[2019] }} … {{ sinon }} … {{ fin }}` a choice. A claim (`vérifier : …`) is a condition
//! that the author holds for true: when the data contradict it, the passage is marked.

pub(crate) mod answer;
mod digits;
pub(crate) mod eval;
pub(crate) mod facts;
pub(crate) mod parse;
pub(crate) mod question;
pub(crate) mod write;

use encart_table::expr::ExprError;
use encart_table::{Notice, Place};

use answer::Answer;
use eval::{Reader, no_condition};
pub use facts::Facts;
use parse::{Keyword, Node, Tag, read_condition, read_tag, trouble};

/// A text with its answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// What its author must mend.
    pub notices: Vec<Notice>,
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// As its author wrote it.
    Words(String),
    /// As the data answer.
    Computed(Computed),
}

/// What was computed, and from what.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// What stands in the sentence.
    pub words: String,
    /// What was asked, as its author wrote it.
    pub source: String,
    /// What was read for it: `depenses, 2024 : 135 €`.
    pub reads: Vec<String>,
    /// Whether there was no answer.
    pub is_missing: bool,
}

/// Every word of the language, in French: the questions, then the ways of writing.
pub fn words() -> impl Iterator<Item = &'static str> {
    question::QUESTIONS.iter().map(|(fr, ..)| *fr).chain(write::FILTERS.iter().map(|(fr, ..)| *fr))
}

/// What became of a claim.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The data say the same.
    Holds,
    /// They say the contrary; what was read.
    Broken(Vec<String>),
    /// They do not say, or it cannot be read.
    Undecided(Vec<String>),
}

impl Said {
    /// The words alone.
    pub fn text(&self) -> String {
        let words = self.parts.iter().map(|part| match part {
            Part::Words(words) => words.as_str(),
            Part::Computed(computed) => computed.words.as_str(),
        });
        words.collect()
    }
}

/// Says a text: its tags are answered by the facts. A tag that cannot be read leaves `[…]` and a notice that says what to
/// do; a value that is missing is said to be, with its reason.
///
/// ```
/// use encart_story::sentence::{Facts, say};
/// use encart_table::{Lang, read_csv};
/// let (table, _) = read_csv(b"annee;depenses\n2019;120\n2024;135\n", &Default::default());
/// let facts = Facts::new(Lang::Fr).with("budget", &table);
/// let said = say("En cinq ans : {{ evolution(depenses, 2019, 2024) | pourcent }}.", &facts);
/// assert_eq!(said.text(), "En cinq ans : +13\u{a0}%.");
/// ```
pub fn say(text: &str, facts: &Facts<'_>) -> Said {
    let mut saying = Saying { said: Said::default(), choices: Vec::new(), facts };
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        saying.push_words(before);
        let Some((source, after)) = after.split_once("}}") else {
            let error = trouble(1, "le « }} » qui ferme manque.", "the closing “}}” is missing.");
            saying.refuse(after, &error);
            rest = "";
            break;
        };
        saying.tag(source.trim());
        rest = after;
    }
    saying.push_words(rest);
    if !saying.choices.is_empty() {
        saying.choices.clear();
        saying.refuse("fin", &trouble(1, "un « si » n’est pas fermé par « fin ».", "an “if” is not closed by “end”."));
    }
    saying.said
}

/// A choice that is open.
struct Choice {
    /// Whether its present branch is told.
    is_told: bool,
    /// Whether one was told before, or none may be.
    was_told: bool,
    /// Whether its last branch is reached.
    is_last: bool,
}

/// A text that is being said.
struct Saying<'a> {
    said: Said,
    choices: Vec<Choice>,
    facts: &'a Facts<'a>,
}

impl Saying<'_> {
    fn is_told(&self) -> bool {
        self.choices.iter().all(|choice| choice.is_told)
    }

    /// Whether the choices around the innermost are told.
    fn is_outer_told(&self) -> bool {
        self.choices.iter().rev().skip(1).all(|choice| choice.is_told)
    }

    fn tag(&mut self, source: &str) {
        let is_told = self.is_told();
        match read_tag(source) {
            Ok(Tag::Value(asked)) if is_told => self.answer(source, &asked),
            Ok(Tag::Value(_)) => {}
            Ok(Tag::If(condition)) => {
                // what the data do not decide is told neither way
                let truth = if is_told { self.decide(source, &condition) } else { None };
                self.choices.push(Choice {
                    is_told: truth == Some(true),
                    was_told: truth != Some(false),
                    is_last: false,
                });
            }
            Ok(tag) => self.branch(source, tag),
            Err(error) => {
                // what cannot be read decides nothing: neither branch is told
                let is_choice = Keyword::of(source) == Some(Keyword::If);
                if is_told {
                    self.refuse(source, &error);
                } else {
                    self.said.notices.push(notice(source, &error));
                }
                match (Keyword::of(source), self.choices.last_mut()) {
                    _ if is_choice => self.choices.push(Choice { is_told: false, was_told: true, is_last: false }),
                    (Some(Keyword::Else), Some(choice)) => (choice.is_told, choice.was_told) = (false, true),
                    (Some(Keyword::End), Some(_)) => _ = self.choices.pop(),
                    _ => {}
                }
            }
        }
    }

    /// Another branch of the innermost choice, or its end.
    fn branch(&mut self, source: &str, tag: Tag) {
        let is_outer_told = self.is_outer_told();
        let Some(choice) = self.choices.last_mut() else {
            self.refuse(source, &trouble(1, "aucun « si » n’est ouvert avant.", "no “if” is open before it."));
            return;
        };
        if tag == Tag::End {
            self.choices.pop();
            return;
        }
        choice.is_told = false;
        if choice.is_last {
            choice.was_told = true;
            let error = trouble(1, "ce choix a déjà un « sinon ».", "this choice has an “else” already.");
            self.said.notices.push(notice(source, &error));
            return;
        }
        let may_be_told = is_outer_told && !choice.was_told;
        match tag {
            Tag::ElseIf(condition) if may_be_told => {
                let truth = self.decide(source, &condition);
                if let Some(choice) = self.choices.last_mut() {
                    (choice.is_told, choice.was_told) = (truth == Some(true), truth != Some(false));
                }
            }
            Tag::Else => (choice.is_told, choice.was_told, choice.is_last) = (may_be_told, true, true),
            _ => {}
        }
    }

    fn push_words(&mut self, words: &str) {
        if self.is_told() && !words.is_empty() {
            self.said.parts.push(Part::Words(words.to_string()));
        }
    }

    /// A tag that cannot be read: what stands in its place, and what its author hears.
    fn refuse(&mut self, source: &str, error: &ExprError) {
        self.said.notices.push(notice(source, error));
        self.push_missing("[…]", source.trim(), Vec::new());
    }

    fn push_missing(&mut self, words: &str, source: &str, reads: Vec<String>) {
        let (words, source) = (words.to_string(), source.to_string());
        self.said.parts.push(Part::Computed(Computed { words, source, reads, is_missing: true }));
    }

    fn answer(&mut self, source: &str, asked: &parse::Asked) {
        let facts = self.facts;
        let mut reader = Reader::new(facts);
        let written = reader.answer(&asked.node).and_then(|answer| write::write(answer, &asked.filters, facts.lang));
        self.said.notices.extend(doubts(source, &reader));
        match written {
            Err(error) => self.refuse(source, &error),
            Ok(written) => {
                if written.is_missing {
                    let read = reader.reads.join(" ; ");
                    self.said.notices.push(Notice::warning(
                        "sentence.missing",
                        Place::column(source),
                        format_args!("les données n’ont pas de réponse ({read}) : la phrase le dit."),
                        format_args!("the data have no answer ({read}): the sentence says so."),
                    ));
                }
                self.said.parts.push(Part::Computed(Computed {
                    words: written.text,
                    source: source.to_string(),
                    reads: reader.reads,
                    is_missing: written.is_missing,
                }));
            }
        }
    }

    /// Whether a condition is met. Where the data do not decide, neither branch may be told as if they did: it is said.
    fn decide(&mut self, source: &str, condition: &Node) -> Option<bool> {
        let facts = self.facts;
        let mut reader = Reader::new(facts);
        let answer = reader.answer(condition);
        self.said.notices.extend(doubts(source, &reader));
        match answer {
            Ok(Answer::Truth(truth)) => Some(truth),
            Ok(Answer::Missing(_)) => {
                let read = reader.reads.join(" ; ");
                self.said.notices.push(Notice::warning(
                    "sentence.undecided",
                    Place::column(source),
                    format_args!("les données ne permettent pas de choisir ({read})."),
                    format_args!("the data do not allow to choose ({read})."),
                ));
                let words = facts.lang.pick("[passage non vérifiable]", "[passage that cannot be checked]");
                self.push_missing(words, source, reader.reads);
                None
            }
            Ok(_) => {
                self.refuse(source, &no_condition(condition.at()));
                None
            }
            Err(error) => {
                self.refuse(source, &error);
                None
            }
        }
    }
}

/// Holds a claim against the facts.
pub fn check(claim: &str, facts: &Facts<'_>) -> (Verdict, Vec<Notice>) {
    let condition = match read_condition(claim) {
        Ok(condition) => condition,
        Err(error) => return (Verdict::Undecided(Vec::new()), vec![notice(claim, &error)]),
    };
    let mut reader = Reader::new(facts);
    let answer = reader.answer(&condition);
    let mut notices = doubts(claim, &reader);
    let read = reader.reads.join(" ; ");
    let verdict = match answer {
        Ok(Answer::Truth(true)) => Verdict::Holds,
        Ok(Answer::Truth(false)) => {
            notices.push(Notice::warning(
                "claim.broken",
                Place::column(claim),
                format_args!("les données disent maintenant le contraire ({read}) : récrivez le passage."),
                format_args!("the data now say the contrary ({read}): write the passage again."),
            ));
            Verdict::Broken(reader.reads)
        }
        Ok(Answer::Missing(_)) => {
            notices.push(Notice::warning(
                "claim.undecided",
                Place::column(claim),
                format_args!("les données ne permettent pas de le vérifier ({read})."),
                format_args!("the data do not allow to check it ({read})."),
            ));
            Verdict::Undecided(reader.reads)
        }
        Ok(_) => {
            notices.push(notice(claim, &no_condition(condition.at())));
            Verdict::Undecided(Vec::new())
        }
        Err(error) => {
            notices.push(notice(claim, &error));
            Verdict::Undecided(Vec::new())
        }
    };
    (verdict, notices)
}

fn notice(source: &str, error: &ExprError) -> Notice {
    Notice::error(
        "sentence.unread",
        Place::column(source),
        format_args!("position {} : {}", error.at, error.words.fr),
        format_args!("position {}: {}", error.at, error.words.en),
    )
}

/// What its author must know of an answer.
fn doubts(source: &str, reader: &Reader<'_>) -> Vec<Notice> {
    let doubt = |words: &encart_table::Words| {
        Notice::warning(
            "sentence.doubt",
            Place::column(source),
            format_args!("{}", words.fr),
            format_args!("{}", words.en),
        )
    };
    reader.doubts.iter().map(doubt).collect()
}
