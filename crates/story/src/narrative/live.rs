//! How does a story stand on a page that has its script: places for pictures that answer, and words that are said again when
//! data come?
//!
//! What is told at one moment is a beat: a picture with the passages around it. Beats whose pictures go on with each other
//! are a run: beside its words one picture stays, and becomes the next.

use encart_chart::Env;
use encart_chart::html::open;
use encart_table::Notice;
use encart_table::table::fold;

use super::linear::Writing;
use super::sources::Sources;
use super::terms::Terms;
use super::{Made, Part, Story, prose};
use crate::sentence::Facts;

/// A moment of a story.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beat {
    /// Its step, by its place.
    pub step_idx: usize,
    /// Its picture, by its place among those of the story.
    pub picture_idx: Option<usize>,
    /// Its parts, by their places in the step.
    part_idxs: Vec<usize>,
    /// Whether the step ends with it.
    is_last: bool,
}

/// A story for a page that has its script.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Live {
    /// The whole: an article with, for each picture, an empty tag that says its place under `data-picture`.
    pub html: String,
    /// What is in each of its elements `data-part`, in their order, which is the same whatever the data are.
    pub parts: Vec<String>,
    /// What its author must mend, or should know.
    pub notices: Vec<Notice>,
}

/// Headings of the short version of a step, in small letters without accents.
const BRIEF: [&str; 2] = ["en bref", "in short"];

impl Story {
    /// Its runs: each a list of beats, in the order of the text.
    pub fn runs(&self) -> Vec<Vec<Beat>> {
        let mut runs: Vec<Vec<Beat>> = Vec::new();
        for (step_idx, step) in self.steps.iter().enumerate() {
            let mut beats = vec![Beat { step_idx, ..Beat::default() }];
            for (idx, part) in step.parts.iter().enumerate() {
                let picture_idx = match part {
                    Part::Picture(idx) if self.is_shown(*idx) => Some(*idx),
                    _ => None,
                };
                if let (Some(_), Some(Beat { picture_idx: Some(_), .. })) = (picture_idx, beats.last()) {
                    beats.push(Beat { step_idx, ..Beat::default() });
                }
                if let Some(beat) = beats.last_mut() {
                    beat.picture_idx = beat.picture_idx.or(picture_idx);
                    beat.part_idxs.push(idx);
                }
            }
            beats.iter_mut().last().into_iter().for_each(|beat| beat.is_last = true);
            for beat in beats {
                let before = runs.last().and_then(|run| run.last()).and_then(|beat| beat.picture_idx);
                match (beat.picture_idx.is_some_and(|idx| self.goes_on(idx, before)), runs.last_mut()) {
                    (true, Some(run)) => run.push(beat),
                    _ => runs.push(vec![beat]),
                }
            }
        }
        runs
    }

    fn is_shown(&self, picture_idx: usize) -> bool {
        self.pictures.get(picture_idx).is_some_and(|picture| picture.tag != "data")
    }

    /// Whether a picture goes on with another.
    fn goes_on(&self, picture_idx: usize, before: Option<usize>) -> bool {
        let (Some(picture), Some(before)) = (self.pictures.get(picture_idx), before) else { return false };
        picture.is_next && self.pictures.get(before).is_some_and(|before| before.tag == picture.tag)
    }

    /// Writes it for a page that has its script. `made` are its pictures with their data, as far as they have come.
    pub fn live(&self, made: &[Made], glossary: &[(String, String)], env: &Env) -> Live {
        let mut writing = Writing::new(self, made, glossary, env);
        let (mut body, mut parts) = (String::new(), Vec::new());
        for run in self.runs() {
            let n_pictures = run.iter().filter(|beat| beat.picture_idx.is_some()).count();
            open(&mut body, "div", &[("data-run", ["none", "one", "many"].get(n_pictures).unwrap_or(&"many"))]);
            for beat in &run {
                let Some(step) = self.steps.get(beat.step_idx) else { continue };
                let (facts, notices) = self.facts(beat.step_idx, made);
                body.push_str("\n<section>\n");
                if beat.part_idxs.first().is_none_or(|idx| *idx == 0) {
                    if beat.step_idx == 0 {
                        writing.notices.extend(notices);
                    }
                    writing.step_title(beat.step_idx, step, &facts);
                    put(&mut body, &mut parts, &mut writing, "title");
                }
                let mut is_brief = false;
                for part in beat.part_idxs.iter().filter_map(|idx| step.parts.get(*idx)) {
                    match part {
                        Part::Passage(passage) => {
                            let first = passage.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
                            let heading = first.starts_with("###").then(|| fold(first.trim_matches('#').trim()));
                            is_brief = heading.as_ref().map_or(is_brief, |words| BRIEF.contains(&words.as_str()));
                            writing.passage(passage, &facts);
                            let kind = match (is_brief, heading) {
                                (true, Some(_)) => "brief-title",
                                (true, None) => "brief",
                                _ => "text",
                            };
                            put(&mut body, &mut parts, &mut writing, kind);
                        }
                        Part::Picture(idx) => {
                            writing.picture_words(*idx);
                            self.place(*idx, &mut body);
                        }
                        Part::Notes(notes) => self.notes(notes, &facts, &mut body),
                    }
                }
                if beat.is_last {
                    writing.answers();
                    put(&mut body, &mut parts, &mut writing, "how");
                }
                body.push_str("</section>");
            }
            let tag = run.first().and_then(|beat| self.pictures.get(beat.picture_idx?)).map(|picture| &picture.tag);
            if let (true, Some(tag)) = (n_pictures > 1, tag) {
                body.extend(["\n<div data-stage inert><encart-", tag, "></encart-", tag, "></div>"]);
            }
            body.push_str("\n</div>\n");
        }
        writing.glossary();
        put(&mut body, &mut parts, &mut writing, "words");
        writing.head();
        let (mut head, mut first) = (String::new(), Vec::new());
        put(&mut head, &mut first, &mut writing, "head");
        first.append(&mut parts);
        let html = ["<article lang=\"", self.lang.pick("fr", "en"), "\">\n", &head, &body, "</article>\n"].concat();
        Live { html, parts: first, notices: writing.notices }
    }

    /// The place of a picture.
    fn place(&self, picture_idx: usize, html: &mut String) {
        let Some(picture) = self.pictures.get(picture_idx) else { return };
        let is_data = picture.tag == "data";
        let tag = ["encart-", if is_data { "chart" } else { &picture.tag }].concat();
        let idx = picture_idx.to_string();
        let place = [("data-picture", idx.as_str()), ("hidden", "")];
        open(html, &tag, place.get(..1 + usize::from(is_data)).unwrap_or_default());
        html.extend(["</", &tag, ">\n"]);
    }

    /// What only who presents it reads.
    fn notes(&self, notes: &str, facts: &Facts<'_>, html: &mut String) {
        open(html, "div", &[("data-notes", ""), ("hidden", "")]);
        html.extend([
            &prose::write(notes, facts, self, &mut Terms::new(&[], None), &mut Sources::default()).html,
            "</div>\n",
        ]);
    }
}

/// Puts what was written into an element of its own.
fn put(html: &mut String, parts: &mut Vec<String>, writing: &mut Writing<'_>, kind: &str) {
    let inner = std::mem::take(&mut writing.html);
    open(html, "div", &[("data-part", kind)]);
    html.extend([inner.as_str(), "</div>\n"]);
    parts.push(inner);
}
