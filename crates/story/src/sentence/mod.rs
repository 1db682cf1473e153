//! Which sentences stay true when the data change? A text whose tags `{{ … }}` are questions to the data.
//!
//! `{{ depenses[2024] }}` is a value, `{{ evolution(depenses, 2019, 2024) | pourcent }}` a change written as percent,
//! `{{ si depenses[2024] > depenses[2019] }} … {{ sinon }} … {{ fin }}` a choice. A claim (`vérifier : …`) is a condition
//! that the author holds for true: when the data contradict it, the passage is marked.

mod eval;
mod facts;
mod parse;
mod question;
mod write;

use encart_table::{Notice, Place};

use eval::{Answer, Reader};
pub use facts::Facts;
use parse::{Node, Tag, Trouble, read_condition, read_tag};

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
    question::QUESTIONS.iter().map(|(fr, ..)| *fr).chain(write::FILTERS.iter().map(|(fr, _)| *fr))
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
/// let facts = Facts::new(Lang::Fr).with("budget", &table, None);
/// let said = say("En cinq ans : {{ evolution(depenses, 2019, 2024) | pourcent }}.", &facts);
/// assert_eq!(said.text(), "En cinq ans : +13\u{a0}%.");
/// ```
pub fn say(text: &str, facts: &Facts<'_>) -> Said {
    let mut said = Said::default();
    // of each open choice: whether its branch is told, and whether one was told before
    let mut choices: Vec<(bool, bool)> = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let is_told = choices.iter().all(|(is_told, _)| *is_told);
        push_words(&mut said, before, is_told);
        let Some((source, after)) = after.split_once("}}") else {
            trouble(&mut said, after, &Trouble::new(1, "le « }} » qui ferme manque.", "the closing “}}” is missing."));
            rest = "";
            break;
        };
        rest = after;
        let source = source.trim();
        let outer = choices.iter().rev().skip(1).all(|(is_told, _)| *is_told);
        match (read_tag(source), choices.last_mut()) {
            (Ok(Tag::Value(asked)), _) if is_told => answer(&mut said, source, &asked, facts),
            (Ok(Tag::Value(_)), _) => {}
            (Ok(Tag::If(condition)), _) => {
                // what the data do not decide is told neither way
                let truth = if is_told { decide(&mut said, source, &condition, facts) } else { None };
                choices.push((truth == Some(true), truth != Some(false)));
            }
            (Ok(Tag::ElseIf(condition)), Some((is_told, was_told))) => {
                *is_told = false;
                if outer && !*was_told {
                    let truth = decide(&mut said, source, &condition, facts);
                    (*is_told, *was_told) = (truth == Some(true), truth != Some(false));
                }
            }
            (Ok(Tag::Else), Some((is_told, was_told))) => {
                *is_told = outer && !*was_told;
                *was_told = true;
            }
            (Ok(Tag::End), Some(_)) => _ = choices.pop(),
            (Ok(Tag::ElseIf(_) | Tag::Else | Tag::End), None) => trouble(
                &mut said,
                source,
                &Trouble::new(1, "aucun « si » n’est ouvert avant.", "no “if” is open before it."),
            ),
            (Err(error), choice) => {
                // what cannot be read decides nothing: neither branch is told
                match (source.split([' ', ',', '(']).next(), choice) {
                    (Some("si" | "if"), _) => choices.push((false, true)),
                    (Some("sinon" | "else"), Some(choice)) => *choice = (false, true),
                    (Some("fin" | "end"), Some(_)) => _ = choices.pop(),
                    _ => {}
                }
                said.notices.push(notice(source, &error));
                if is_told {
                    said.parts.push(unread(source));
                }
            }
        }
    }
    let is_told = choices.iter().all(|(is_told, _)| *is_told);
    push_words(&mut said, rest, is_told);
    if !choices.is_empty() {
        trouble(
            &mut said,
            "fin",
            &Trouble::new(1, "un « si » n’est pas fermé par « fin ».", "an “if” is not closed by “end”."),
        );
    }
    said
}

/// Holds a claim against the facts.
pub fn check(claim: &str, facts: &Facts<'_>) -> (Verdict, Vec<Notice>) {
    let condition = match read_condition(claim) {
        Ok(condition) => condition,
        Err(error) => return (Verdict::Undecided(Vec::new()), vec![notice(claim, &error)]),
    };
    let mut reader = Reader { facts, reads: Vec::new() };
    match reader.answer(&condition) {
        Ok(Answer::Truth(true)) => (Verdict::Holds, Vec::new()),
        Ok(Answer::Truth(false)) => {
            let read = reader.reads.join(" ; ");
            let notice = Notice::warning(
                "claim.broken",
                Place::column(claim),
                format_args!("les données disent maintenant le contraire ({read}) : récrivez le passage."),
                format_args!("the data now say the contrary ({read}): write the passage again."),
            );
            (Verdict::Broken(reader.reads), vec![notice])
        }
        Ok(_) => {
            let read = reader.reads.join(" ; ");
            let notice = Notice::warning(
                "claim.undecided",
                Place::column(claim),
                format_args!("les données ne permettent pas de le vérifier ({read})."),
                format_args!("the data do not allow to check it ({read})."),
            );
            (Verdict::Undecided(reader.reads), vec![notice])
        }
        Err(error) => (Verdict::Undecided(Vec::new()), vec![notice(claim, &error)]),
    }
}

fn push_words(said: &mut Said, words: &str, is_told: bool) {
    if is_told && !words.is_empty() {
        said.parts.push(Part::Words(words.to_string()));
    }
}

fn notice(source: &str, error: &Trouble) -> Notice {
    Notice::error(
        "sentence.unread",
        Place::column(source),
        format_args!("position {} : {}", error.at, error.words.fr),
        format_args!("position {}: {}", error.at, error.words.en),
    )
}

fn trouble(said: &mut Said, source: &str, error: &Trouble) {
    said.notices.push(notice(source, error));
    said.parts.push(unread(source));
}

/// What stands in the place of a tag that cannot be read.
fn unread(source: &str) -> Part {
    let (words, source) = ("[…]".to_string(), source.trim().to_string());
    Part::Computed(Computed { words, source, reads: Vec::new(), is_missing: true })
}

fn answer(said: &mut Said, source: &str, asked: &parse::Asked, facts: &Facts<'_>) {
    let mut reader = Reader { facts, reads: Vec::new() };
    let written = reader.answer(&asked.node).and_then(|answer| write::write(answer, &asked.filters, facts.lang));
    match written {
        Err(error) => trouble(said, source, &error),
        Ok(written) => {
            if written.is_missing {
                let read = reader.reads.join(" ; ");
                said.notices.push(Notice::warning(
                    "sentence.missing",
                    Place::column(source),
                    format_args!("les données n’ont pas de réponse ({read}) : la phrase le dit."),
                    format_args!("the data have no answer ({read}): the sentence says so."),
                ));
            }
            said.parts.push(Part::Computed(Computed {
                words: written.text,
                source: source.to_string(),
                reads: reader.reads,
                is_missing: written.is_missing,
            }));
        }
    }
}

/// Whether a condition is met. Where the data do not decide, neither branch may be told as if they did: it is said.
fn decide(said: &mut Said, source: &str, condition: &Node, facts: &Facts<'_>) -> Option<bool> {
    let mut reader = Reader { facts, reads: Vec::new() };
    match reader.answer(condition) {
        Ok(Answer::Truth(truth)) => Some(truth),
        Ok(_) => {
            let read = reader.reads.join(" ; ");
            let words = facts.lang.pick("[passage non vérifiable]", "[passage that cannot be checked]");
            said.notices.push(Notice::warning(
                "sentence.undecided",
                Place::column(source),
                format_args!("les données ne permettent pas de choisir ({read})."),
                format_args!("the data do not allow to choose ({read})."),
            ));
            said.parts.push(Part::Computed(Computed {
                words: words.to_string(),
                source: source.to_string(),
                reads: reader.reads,
                is_missing: true,
            }));
            None
        }
        Err(error) => {
            trouble(said, source, &error);
            None
        }
    }
}
