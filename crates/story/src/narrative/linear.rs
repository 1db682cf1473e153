//! How does a story read as a document: for search engines, on paper, with a screen reader, where no script runs?

use encart_chart::figure::render_figure;
use encart_chart::html::{element, open};
use encart_chart::{Env, Spec};
use encart_scene::svg::escape;
use encart_table::locale::bind;
use encart_table::{Lang, Notice, Prepared};

use super::prose::{self, Prose};
use super::sources::Sources;
use super::terms::Terms;
use super::{Document, Made, Part, Passage, Step, Story};
use crate::listing::Memory;
use crate::sentence::{Facts, Verdict, check};

/// Words that are read in a minute. Of English prose 238 are (M. Brysbaert, “How many words do we read per minute?”,
/// Journal of Memory and Language 109, 2019); what is read beside figures takes longer.
const WORDS_A_MINUTE: usize = 200;

/// An index of fewer steps helps nobody.
const LEAST_INDEX: usize = 3;

impl Story {
    /// Writes it as a document. `made` are its pictures with their data, in their order; `glossary` its terms with their
    /// definitions.
    pub fn linear(&self, made: &[Made], glossary: &[(String, String)], env: &Env) -> Document {
        let mut writing = Writing::new(self, made, glossary, env);
        let mut steps = String::new();
        for (idx, step) in self.steps.iter().enumerate() {
            writing.step(idx, step);
            steps.push_str(&std::mem::take(&mut writing.html));
        }
        writing.glossary();
        let end = std::mem::take(&mut writing.html);
        writing.head();
        let html =
            ["<article lang=\"", self.lang.pick("fr", "en"), "\">\n", &writing.html, &steps, &end, "</article>\n"];
        Document { html: html.concat(), notices: writing.notices }
    }

    /// Says the title, the subtitle and the note of a picture: their sentences ask its own data.
    pub fn say_words(&self, picture_idx: usize, prepared: &Prepared, spec: &mut Spec) -> Vec<Notice> {
        self.say_with(picture_idx, prepared, spec, &mut Sources::default())
    }

    fn say_with(&self, picture_idx: usize, prepared: &Prepared, spec: &mut Spec, sources: &mut Sources) -> Vec<Notice> {
        let name = self.pictures.get(picture_idx).map_or("", |picture| picture.name.as_str());
        let facts = Facts::new(self.lang).with(name, &prepared.table);
        let mut notices = Vec::new();
        for words in [&mut spec.title, &mut spec.subtitle, &mut spec.note].into_iter().flatten() {
            let mut said = prose::write_line(words, &facts, sources);
            *words = said.words.clone();
            notices.append(&mut said.notices);
        }
        notices
    }

    /// The anchor of a step, where its author gives the story a name.
    fn anchor(&self, step_idx: usize) -> Option<String> {
        Some([self.link.as_ref()?, "-", &(step_idx + 1).to_string()].concat())
    }
}

/// A document that is being written.
pub(super) struct Writing<'a> {
    story: &'a Story,
    made: &'a [Made],
    glossary: &'a [(String, String)],
    terms: Terms<'a>,
    /// Of the step that is being written.
    sources: Sources,
    env: &'a Env,
    pub(super) html: String,
    pub(super) notices: Vec<Notice>,
    words: String,
    n_words: usize,
}

impl<'a> Writing<'a> {
    pub(super) fn new(story: &'a Story, made: &'a [Made], glossary: &'a [(String, String)], env: &'a Env) -> Self {
        let (html, words) = (String::new(), String::new());
        let terms = Terms::new(glossary, story.link.as_deref());
        let sources = Sources::default();
        Writing { story, made, glossary, terms, sources, env, html, notices: Vec::new(), words, n_words: 0 }
    }

    fn pick(&self, fr: &'static str, en: &'static str) -> &'static str {
        self.story.lang.pick(fr, en)
    }

    fn bind(&self, words: &str) -> String {
        if self.story.lang == Lang::Fr { bind(words) } else { words.to_string() }
    }

    /// Words of the page, one element a line.
    fn line(&mut self, open: &str, words: &str) {
        let words = self.bind(words);
        element(&mut self.html, open, &words);
        self.html.push('\n');
    }

    /// A heading, `deeper` levels below the title; what is in it is markup already.
    fn heading(&mut self, deeper: usize, anchor: Option<&str>, inner: &str) {
        let tag = ["h", &(self.story.level + deeper).min(6).to_string()].concat();
        let attributes: Vec<(&str, &str)> = anchor.map(|anchor| ("id", anchor)).into_iter().collect();
        open(&mut self.html, &tag, &attributes);
        self.html.extend([inner, "</", &tag, ">\n"]);
    }

    /// Keeps what a passage says beside its markup.
    fn take(&mut self, prose: &mut Prose) {
        self.notices.append(&mut prose.notices);
        self.n_words += prose.n_words;
        self.words.extend([prose.words.as_str(), " "]);
    }

    pub(super) fn head(&mut self) {
        let (facts, _) = self.story.facts(0, self.made);
        // how they were computed is told in the first step
        let sources = &mut Sources::default();
        let mut title = prose::write_line(&self.story.title, &facts, sources);
        self.notices.append(&mut title.notices);
        self.heading(0, None, &title.html);
        if let Some(subtitle) = &self.story.subtitle {
            let mut subtitle = prose::write_line(subtitle, &facts, sources);
            self.notices.append(&mut subtitle.notices);
            self.html.extend(["<p>", &subtitle.html, "</p>\n"]);
        }
        let minutes = self.n_words.div_ceil(WORDS_A_MINUTE).max(1);
        let plural = if minutes > 1 { "s" } else { "" };
        let reading = self
            .story
            .lang
            .pick(format!("lecture : {minutes} minute{plural}"), format!("{minutes} minute{plural} to read"));
        let parts = [self.story.author.clone(), self.story.date.clone(), Some(reading)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        self.line("p", &parts.join(" · "));
        self.index();
    }

    fn index(&mut self) {
        let story = self.story;
        let titles: Vec<(usize, &String)> =
            story.steps.iter().enumerate().filter_map(|(idx, step)| Some((idx, step.title.as_ref()?))).collect();
        if story.link.is_none() || titles.len() < LEAST_INDEX {
            return;
        }
        let label = self.pick("Sommaire du récit", "Index of the story");
        open(&mut self.html, "nav", &[("aria-label", label)]);
        self.html.push_str("<ol>");
        for (idx, title) in titles {
            let (facts, _) = story.facts(idx, self.made);
            let title = prose::write_line(title, &facts, &mut Sources::default()).html;
            let anchor = ["#", &story.anchor(idx).unwrap_or_default()].concat();
            self.html.push_str("<li>");
            open(&mut self.html, "a", &[("href", &anchor)]);
            self.html.extend([title.as_str(), "</a></li>"]);
        }
        self.html.push_str("</ol></nav>\n");
    }

    fn step(&mut self, idx: usize, step: &Step) {
        let (facts, notices) = self.story.facts(idx, self.made);
        if idx == 0 {
            self.notices.extend(notices);
        }
        self.html.push_str("<section>\n");
        self.step_title(idx, step, &facts);
        for part in &step.parts {
            match part {
                Part::Passage(passage) => self.passage(passage, &facts),
                Part::Picture(idx) => self.picture(*idx),
                Part::Notes(_) => {}
            }
        }
        self.answers();
        self.html.push_str("</section>\n");
    }

    /// The heading of a step.
    pub(super) fn step_title(&mut self, idx: usize, step: &Step, facts: &Facts<'_>) {
        let anchor = self.story.anchor(idx);
        self.terms.begin();
        self.sources = Sources::of_step(anchor.clone());
        if idx == 0 {
            for words in std::iter::once(&self.story.title).chain(&self.story.subtitle) {
                prose::write_line(words, facts, &mut self.sources);
            }
        }
        let Some(title) = &step.title else { return };
        let mut prose = prose::write_line(title, facts, &mut self.sources);
        self.take(&mut prose);
        self.heading(1, anchor.as_deref(), &prose.html);
    }

    /// A passage, marked when the data contradict what it claims.
    pub(super) fn passage(&mut self, passage: &Passage, facts: &Facts<'_>) {
        let mut prose = prose::write(&passage.text, facts, self.story, &mut self.terms, &mut self.sources);
        self.take(&mut prose);
        let mut doubts = Vec::new();
        for (claim, line) in &passage.claims {
            let (verdict, notices) = check(claim, facts);
            self.notices.extend(notices.into_iter().map(|mut notice| {
                notice.place.line = Some(*line);
                notice
            }));
            let (words, reads) = match verdict {
                Verdict::Holds => continue,
                Verdict::Broken(reads) => (
                    self.pick(
                        "À vérifier : les données disent maintenant le contraire de ce passage",
                        "To be checked: the data now say the contrary of this passage",
                    ),
                    reads,
                ),
                Verdict::Undecided(reads) => (
                    self.pick(
                        "À vérifier : les données ne permettent pas de confirmer ce passage",
                        "To be checked: the data do not allow to confirm this passage",
                    ),
                    reads,
                ),
            };
            let read = if reads.is_empty() { String::new() } else { [" (", &reads.join(" ; "), ")"].concat() };
            doubts.push([words, &read, "."].concat());
        }
        if doubts.is_empty() {
            self.html.push_str(&prose.html);
            return;
        }
        let label = self.pick("Passage à vérifier", "Passage to be checked");
        open(&mut self.html, "div", &[("role", "group"), ("aria-label", label)]);
        self.html.push('\n');
        for doubt in doubts {
            self.html.push_str("<p>");
            let doubt = self.bind(&doubt);
            element(&mut self.html, "strong", &doubt);
            self.html.push_str("</p>\n");
        }
        self.html.extend([prose.html.as_str(), "</div>\n"]);
    }

    /// How what a picture says of itself was computed; it says it where it stands.
    pub(super) fn picture_words(&mut self, idx: usize) {
        let (Some(picture), Some(made)) = (self.story.pictures.get(idx), self.made.get(idx)) else { return };
        if made.failure.is_none() && picture.tag != "data" {
            let text = |key: &str| picture.object.get(key)?.clone().as_attribute();
            let (title, subtitle, note) = (text("title"), text("subtitle"), text("note"));
            let mut spec = Spec { title, subtitle, note, ..Spec::default() };
            self.story.say_with(idx, &made.prepared, &mut spec, &mut self.sources);
        }
    }

    fn picture(&mut self, idx: usize) {
        let (Some(picture), Some(made)) = (self.story.pictures.get(idx), self.made.get(idx)) else { return };
        if let Some(failure) = &made.failure {
            let mut failure = failure.clone();
            failure.place.line = failure.place.line.or(Some(picture.line));
            self.notices.push(failure);
            self.line(
                "p",
                self.pick(
                    "Une image manque ici : ses données n’ont pas pu être lues.",
                    "A picture is missing here: its data could not be read.",
                ),
            );
            return;
        }
        if picture.tag == "data" {
            return;
        }
        let mut spec = made.spec.clone();
        self.notices.extend(self.story.say_with(idx, &made.prepared, &mut spec, &mut self.sources));
        let drawing = made.widget.draw(&made.prepared, &spec, self.env, &Memory::default());
        self.notices.extend(drawing.notices.iter().cloned().map(|mut notice| {
            notice.place.line = notice.place.line.or(Some(picture.line));
            notice
        }));
        self.html.push_str(&render_figure(&drawing));
    }

    /// Where the figures in the words come from: what was asked, and what was read for it.
    pub(super) fn answers(&mut self) {
        let sources = std::mem::take(&mut self.sources);
        if sources.all().next().is_none() {
            return;
        }
        self.html.push_str("<details>");
        let summary = self.pick("Comment ces chiffres sont calculés", "How these figures are computed");
        element(&mut self.html, "summary", summary);
        self.html.push_str("\n<ul>\n");
        for (anchor, answer) in sources.all() {
            let attributes: Vec<(&str, &str)> = anchor.as_deref().map(|anchor| ("id", anchor)).into_iter().collect();
            open(&mut self.html, "li", &attributes);
            element(&mut self.html, "strong", &answer.words);
            self.html.push_str(self.pick("\u{a0}: ", ": "));
            element(&mut self.html, "code", &answer.source);
            if !answer.reads.is_empty() {
                let read = [self.pick(", lu dans les données : ", ", read in the data: "), &answer.reads.join(" ; ")];
                let read = self.bind(&read.concat());
                escape(&read, &mut self.html);
            }
            self.html.push_str("</li>\n");
        }
        self.html.push_str("</ul>\n</details>\n");
    }

    /// The terms that the story uses.
    pub(super) fn glossary(&mut self) {
        let used = self.terms.used(&self.words);
        if used.is_empty() {
            return;
        }
        self.html.push_str("<section>\n");
        self.heading(1, None, self.pick("Les mots", "The words"));
        self.html.push_str("<dl>\n");
        for idx in used {
            let Some((term, meaning)) = self.glossary.get(idx) else { continue };
            let anchor = self.terms.anchor(idx);
            let attributes: Vec<(&str, &str)> = anchor.as_deref().map(|anchor| ("id", anchor)).into_iter().collect();
            let term = self.bind(term);
            open(&mut self.html, "dt", &attributes);
            escape(&term, &mut self.html);
            self.html.push_str("</dt>\n");
            self.line("dd", meaning);
        }
        self.html.push_str("</dl>\n</section>\n");
    }
}
