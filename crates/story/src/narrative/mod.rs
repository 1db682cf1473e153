//! What does a story hold: a title, steps, and in each its passages, claims and pictures in their order?
//!
//! A story is a Markdown file (CommonMark with tables, raw HTML shown as text). Lines `key: value` between two `---` stand
//! at its head; a heading of the second level begins a step; a fenced block `encart` is a picture; a line
//! `vérifier : condition` is a claim about the passage before it. Passages are sentences (`crate::sentence`): they ask the
//! data of the picture beside them first, then those of all others.

mod head;
mod linear;
mod live;
mod prose;
mod read;
mod sources;
mod tag;
mod terms;

use encart_chart::Spec;
use encart_table::json::Object;
use encart_table::table::fold;
use encart_table::{Lang, Notice, Prepared};

use crate::sentence::Facts;
use crate::widget::Widget;
pub use head::{KEYS, TAG_KEYS, read_glossary};
pub use live::{Beat, Live};
pub use tag::{BESIDE, BRIEF, MEETING, Tag, take_offline};

/// A story as its author wrote it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Story {
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    pub subtitle: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was written, as the author writes it.
    pub date: Option<String>,
    /// The name by which links reach its steps, its definitions and how its figures are computed; without one it has no
    /// anchors (`name_links`).
    pub link: Option<String>,
    /// The address of its glossary.
    pub glossary: Option<String>,
    /// The language it is written in.
    pub lang: Lang,
    /// The address that it was read from: addresses in its text are beside it. Empty, they stay as they are.
    pub base: String,
    /// The level of its title among the headings of the page, 1 to 4.
    pub level: usize,
    /// Its steps; what stands before the first heading is one without a title.
    pub steps: Vec<Step>,
    /// Its pictures, in the order of the text.
    pub pictures: Vec<Picture>,
}

/// A step of a story.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// Its heading, as written.
    pub title: Option<String>,
    /// What it holds, in order.
    pub parts: Vec<Part>,
}

/// A part of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Words.
    Passage(Passage),
    /// A picture, by its place among those of the story.
    Picture(usize),
    /// What only who presents the story reads, as Markdown.
    Notes(String),
}

/// A paragraph, a list, a quotation, a table, an image: what stands or falls together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Passage {
    /// As Markdown.
    pub text: String,
    /// What its author holds for true, each with its line.
    pub claims: Vec<(String, u64)>,
}

/// A picture as its author asks for it: a tag without `encart-` and its specification.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// `chart`, `figure`, `table`; `data` when it is not shown and only asked.
    pub tag: String,
    /// Its specification.
    pub object: Object,
    /// The name by which sentences call its data.
    pub name: String,
    /// The column whose cells name its rows, when the author chooses one.
    pub places: Option<String>,
    /// Whether it goes on with the one before: what they share stays in place when the one becomes the other.
    pub is_next: bool,
    /// The line of the file where it begins, from 1.
    pub line: u64,
}

/// A picture with its data.
#[derive(Debug, Clone, Default)]
pub struct Made {
    /// What it shows.
    pub widget: Widget,
    /// Its specification.
    pub spec: Spec,
    /// Its rows after their steps.
    pub prepared: Prepared,
    /// Why there are none.
    pub failure: Option<Notice>,
}

/// A story as a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// Real headings, paragraphs, a picture with its table per step; no script, no style.
    pub html: String,
    /// What its author must mend, or should know.
    pub notices: Vec<Notice>,
}

impl Story {
    /// Names its links after its file (an address that is decoded, or a path), unless its author named them.
    ///
    /// ```
    /// use encart_story::narrative::Story;
    /// let (mut story, _) = Story::read("# Nos dépenses\n");
    /// story.name_links("https://www.tournus.fr/recits/Dépenses 2024.md?v=2");
    /// assert_eq!(story.link.as_deref(), Some("recit-depenses-2024"));
    /// ```
    pub fn name_links(&mut self, address: &str) {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let name: String =
            fold(stem).chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
        if self.link.is_none() && !name.is_empty() {
            // no anchor of the page begins so
            self.link = Some(["recit-", &name].concat());
        }
    }

    /// What is asked of the data from a step: those of its own pictures first, then of the one before, then of all.
    fn facts<'a>(&self, step_idx: usize, made: &'a [Made]) -> (Facts<'a>, Vec<Notice>) {
        let of = |step: &Step| -> Vec<usize> {
            let pictures = step.parts.iter().filter_map(|part| match part {
                Part::Picture(idx) => Some(*idx),
                _ => None,
            });
            pictures.collect()
        };
        let own = self.steps.get(step_idx).map(of).unwrap_or_default();
        let before = self.steps.get(..step_idx).unwrap_or_default().iter().flat_map(of).last();
        let mut order: Vec<usize> = Vec::new();
        for idx in own.into_iter().chain(before).chain(0..made.len()) {
            if !order.contains(&idx) {
                order.push(idx);
            }
        }
        let (mut facts, mut notices) = (Facts::new(self.lang), Vec::new());
        for idx in order {
            let (Some(picture), Some(made)) = (self.pictures.get(idx), made.get(idx)) else { continue };
            if made.failure.is_some() {
                continue;
            }
            let table = &*made.prepared.table;
            // what names the rows of a picture names those of its sentences
            let names = ["label", "x"].into_iter().filter_map(|key| picture.object.get(key)?.as_str());
            let mut columns = names.filter(|name| table.column(name).is_some_and(|column| !column.is_number()));
            let shown = columns.next().map(str::to_string);
            facts = match picture.places.as_ref().or(shown.as_ref()) {
                None => facts.with(&picture.name, table),
                Some(places) => facts.clone().with_places(&picture.name, table, places).unwrap_or_else(|mut notice| {
                    notice.place.line = Some(picture.line);
                    notices.push(notice);
                    facts.with(&picture.name, table)
                }),
            };
        }
        (facts, notices)
    }
}
