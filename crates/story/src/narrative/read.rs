//! How does a Markdown file become a story?

use std::ops::Range;

use encart_table::day::read_period;
use encart_table::json::Object;
use encart_table::locale::write_period;
use encart_table::table::fold;
use encart_table::{Json, Lang, Notice, Place};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag};

use super::head::{read_lines, take_text};
use super::prose::OPTIONS;
use super::{Part, Passage, Picture, Step, Story};
use crate::board::share;
use crate::sentence::parse::Keyword;

/// What begins a claim, in small letters without accents.
const CLAIMS: [&str; 2] = ["verifier", "check"];

/// The tags that a story shows, without `encart-`.
const SHOWN: [&str; 3] = ["chart", "figure", "table"];

/// The name of a block that only who presents the story reads.
const NOTES: [&str; 3] = ["notes", "note", "notes-orateur"];

/// The name of a block of dates.
const DATES: [&str; 2] = ["chronologie", "chronology"];

/// The word of a block that goes on with the picture before it.
const NEXT: [&str; 2] = ["suite", "next"];

impl Story {
    /// Reads a story. Nothing of it is lost: what cannot be read as asked is said, with its line.
    ///
    /// ```
    /// use encart_story::narrative::Story;
    /// let (story, notices) = Story::read("---\ntitle: Nos dépenses\n---\n## Hier\nDu texte.\n");
    /// assert_eq!((story.title.as_str(), story.steps.len(), notices.len()), ("Nos dépenses", 1, 0));
    /// ```
    pub fn read(text: &str) -> (Story, Vec<Notice>) {
        let mut notices = Vec::new();
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let (mut shared, start) = read_head(&text, &mut notices);
        let mut story = Story { level: 2, ..Story::default() };
        story.lang = take_text(&mut shared, "lang").map_or(Lang::Fr, |tag| Lang::from_tag(&tag));
        story.title = take_text(&mut shared, "title").unwrap_or_default();
        story.subtitle = take_text(&mut shared, "subtitle");
        story.author = take_text(&mut shared, "author");
        story.date = take_text(&mut shared, "date");
        story.link = take_text(&mut shared, "link");
        story.glossary = take_text(&mut shared, "glossary");
        if let Some(level) = take_text(&mut shared, "level") {
            match level.parse() {
                Ok(level @ 1..=4) => story.level = level,
                _ => notices.push(Notice::error(
                    "spec.bad-value",
                    Place::column("level"),
                    format_args!("« {level} » n’est pas un niveau de titre : écrivez 1, 2, 3 ou 4."),
                    format_args!("“{level}” is no level of a heading: write 1, 2, 3 or 4."),
                )),
            }
        }
        let reading = Reading { text: &text, shared, story, notices, written: Object::default(), is_open: false };
        reading.read(start)
    }
}

/// The pairs between two lines `---` at the head, and where the text begins.
fn read_head(text: &str, notices: &mut Vec<Notice>) -> (Object, usize) {
    let end = text.strip_prefix("---\n").and_then(|rest| match rest.strip_prefix("---\n") {
        Some(_) => Some(0),
        None => rest.find("\n---\n").map(|end| end + 1),
    });
    match end {
        Some(end) => (read_lines(text.get(4..4 + end).unwrap_or_default(), 2, notices), 4 + end + 4),
        None if text.starts_with("---\n") => {
            notices.push(Notice::error(
                "story.open-head",
                Place::line(1),
                format_args!("l’en-tête n’est pas fermé : écrivez « --- » seul sur une ligne après la dernière clé."),
                format_args!("the head is not closed: write “---” alone on a line after the last key."),
            ));
            (Object::default(), 4)
        }
        None => (Object::default(), 0),
    }
}

/// How many links of one name each, and how many pictures, are read: each passage holds the links, each picture is a widget.
const MOST_LINKS: usize = 200;
const MOST_PICTURES: usize = 100;

fn too_many(code: &'static str, fr: &str, en: &str, most: usize) -> Notice {
    Notice::error(
        code,
        Place::whole(),
        format_args!("{fr} : les {most} premières sont lues. Coupez le récit en plusieurs pages."),
        format_args!("{en}: the first {most} are read. Cut the story into several pages."),
    )
}

/// A story that is being read.
struct Reading<'a> {
    text: &'a str,
    shared: Object,
    story: Story,
    notices: Vec<Notice>,
    /// What the author wrote of the last picture, for those that go on with it.
    written: Object,
    /// Whether the last passage has a choice that is not closed yet.
    is_open: bool,
}

impl Reading<'_> {
    fn read(mut self, start: usize) -> (Story, Vec<Notice>) {
        let body = self.text.get(start..).unwrap_or_default();
        let parser = Parser::new_ext(body, OPTIONS).into_offset_iter();
        // what links of any passage may name
        let links = parser.reference_definitions().iter();
        let mut links: Vec<Range<usize>> = links.map(|(_, link)| link.span.clone()).collect();
        links.sort_by_key(|span| span.start);
        if links.len() > MOST_LINKS {
            self.notices.push(too_many("story.links", "définitions de liens", "definitions of links", MOST_LINKS));
            links.truncate(MOST_LINKS);
        }
        let links: String =
            links.into_iter().filter_map(|span| body.get(span)).fold(String::new(), |all, link| all + "\n\n" + link);
        let mut depth = 0;
        for (event, range) in parser {
            let range = start + range.start..start + range.end;
            match event {
                Event::Start(tag) => {
                    if depth == 0 {
                        self.block(&tag, range);
                    }
                    depth += 1;
                }
                Event::End(_) => depth -= 1,
                Event::Rule if depth == 0 => self.passage(range),
                _ => {}
            }
        }
        if self.story.title.is_empty() {
            self.notices.push(Notice::error(
                "story.no-title",
                Place::whole(),
                format_args!(
                    "le récit n’a pas de titre : écrivez « title: … » dans l’en-tête, ou « # … » en première ligne."
                ),
                format_args!("the story has no title: write “title: …” in its head, or “# …” on its first line."),
            ));
        }
        for step in &mut self.story.steps {
            for part in &mut step.parts {
                if let Part::Passage(passage) = part
                    && passage.text.contains('[')
                {
                    passage.text.push_str(&links);
                }
            }
        }
        (self.story, self.notices)
    }

    fn line(&self, at: usize) -> u64 {
        let before = self.text.get(..at).unwrap_or_default();
        before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1
    }

    fn step(&mut self) -> &mut Step {
        if self.story.steps.is_empty() {
            self.story.steps.push(Step::default());
        }
        let last = self.story.steps.len() - 1;
        // the list is not empty
        #[expect(clippy::indexing_slicing, reason = "a step was pushed above")]
        &mut self.story.steps[last]
    }

    /// A block of the document.
    fn block(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let source = self.text.get(range.clone()).unwrap_or_default();
        match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } if self.story.title.is_empty() => {
                self.story.title = heading(source);
            }
            Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. } => {
                let title = Some(heading(source));
                self.is_open = false;
                self.story.steps.push(Step { title, parts: Vec::new() });
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if info.split_whitespace().next() == Some("encart") => {
                self.picture(info, range);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if is_named(info, &NOTES) => {
                let notes = inside(source).join("\n");
                self.step().parts.push(Part::Notes(notes));
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if is_named(info, &DATES) => {
                let (first_line, lines) = (self.line(range.start) + 1, inside(source));
                let text = read_dates(&lines, first_line, self.story.lang, &mut self.notices);
                self.step().parts.push(Part::Passage(Passage { text, claims: Vec::new() }));
            }
            _ => self.passage(range),
        }
    }

    /// What stands or falls together; claims in it are taken out.
    fn passage(&mut self, range: Range<usize>) {
        let source = self.text.get(range.clone()).unwrap_or_default();
        let (mut claims, mut text) = (Vec::new(), String::new());
        for (idx, line) in (self.line(range.start)..).zip(source.lines()) {
            match claim(line) {
                Some(claim) => claims.push((claim.to_string(), idx)),
                None => {
                    if is_near_claim(line) {
                        self.notices.push(Notice::warning(
                            "story.near-claim",
                            Place::line(idx),
                            format_args!("cette ligne reste du texte : une vérification commence par « vérifier : »."),
                            format_args!("this line stays text: a claim begins with “check:”."),
                        ));
                    }
                    text.extend([line, "\n"]);
                }
            }
        }
        let is_open = self.is_open;
        let has_text = !text.trim().is_empty();
        if has_text {
            self.is_open = opened(&text, is_open);
        }
        let first_line = claims.first().map(|(_, line)| *line);
        let last = self.step().parts.iter_mut().rev().find_map(|part| match part {
            Part::Passage(passage) => Some(passage),
            _ => None,
        });
        match (last, has_text) {
            // a choice is told as a whole; a claim alone is about what stands before it
            (Some(last), true) if is_open => {
                last.text.extend(["\n", &text]);
                last.claims.extend(claims);
            }
            (Some(last), false) => last.claims.extend(claims),
            (None, false) => self.notices.push(Notice::error(
                "story.lone-claim",
                Place { line: first_line, column: None },
                format_args!(
                    "cette vérification ne suit aucun passage : écrivez-la sous le paragraphe qu’elle vérifie."
                ),
                format_args!("this claim follows no passage: write it under the paragraph that it checks."),
            )),
            (_, true) => self.step().parts.push(Part::Passage(Passage { text, claims })),
        }
    }

    /// A fenced block `encart`.
    fn picture(&mut self, info: &str, range: Range<usize>) {
        if self.story.pictures.len() == MOST_PICTURES {
            if self.notices.iter().all(|notice| notice.code != "story.pictures") {
                self.notices.push(too_many("story.pictures", "images", "pictures", MOST_PICTURES));
            }
            return;
        }
        let line = self.line(range.start);
        let source = self.text.get(range).unwrap_or_default();
        let mut object = read_lines(&inside(source).join("\n"), line + 1, &mut self.notices);
        let (mut tag, mut is_next) = (None, false);
        let written = take_text(&mut object, "tag");
        for word in info.split_whitespace().skip(1).chain(written.as_deref()) {
            match word {
                word if NEXT.contains(&word) => is_next = true,
                word if SHOWN.contains(&word) || word == "data" => tag = Some(word.to_string()),
                word => self.notices.push(Notice::error(
                    "story.bad-block",
                    Place::line(line),
                    format_args!(
                        "« {word} » ne dit rien d’un bloc encart : écrivez chart, figure, table, data ou suite."
                    ),
                    format_args!("“{word}” says nothing of an encart block: write chart, figure, table, data or next."),
                )),
            }
        }
        // what is only asked is no picture to go on with
        let shown = self.story.pictures.iter().rfind(|picture| picture.tag != "data");
        let before = shown.filter(|_| is_next).map(|picture| picture.tag.clone());
        if is_next && before.is_none() {
            self.notices.push(Notice::error(
                "story.no-picture-before",
                Place::line(line),
                format_args!("aucune image avant celle-ci, dont elle serait la suite : écrivez son « src »."),
                format_args!("no picture before this one to go on with: write its “src”."),
            ));
        }
        let tag = tag.or(before).unwrap_or_else(|| "chart".into());
        if is_next {
            // a key without a value is one that it has no more
            let mut written = self.written.clone();
            for (name, value) in object.iter() {
                match value.as_str() {
                    Some("") => _ = written.take(name),
                    _ => written.set(name.to_string(), value.clone()),
                }
            }
            object = written;
        }
        if tag != "data" {
            self.written = object.clone();
        }
        let name = take_text(&mut object, "name").unwrap_or_default();
        // a key figure has that key itself
        let places = match tag.as_str() {
            "figure" => object.get("places").and_then(Json::as_str).map(str::to_string),
            _ => take_text(&mut object, "places"),
        };
        let mut whole = share(&self.shared, object);
        if whole.get("lang").is_none() && self.story.lang == Lang::En {
            whole.set("lang".into(), Json::Text("en".into()));
        }
        let idx = self.story.pictures.len();
        self.story.pictures.push(Picture { tag, object: whole, name, places, is_next, line });
        self.is_open = false;
        self.step().parts.push(Part::Picture(idx));
    }
}

/// The lines of a fenced block.
fn inside(source: &str) -> Vec<&str> {
    let mut inner: Vec<&str> = source.lines().skip(1).collect();
    let fence = source.trim_start().chars().next().unwrap_or('`');
    inner.pop_if(|last| last.trim_start().starts_with(fence));
    inner
}

/// Whether a fenced block has one of these names.
fn is_named(info: &str, names: &[&str]) -> bool {
    info.split_whitespace().next().is_some_and(|word| names.contains(&word))
}

/// Lines `date: what happened` as a list in Markdown, the oldest first; what has no date stays where it is written, last.
fn read_dates(lines: &[&str], first_line: u64, lang: Lang, notices: &mut Vec<Notice>) -> String {
    let mut dated: Vec<(Option<i32>, String)> = Vec::new();
    for (line, written) in (first_line..).zip(lines.iter().map(|line| line.trim())) {
        let read = written.split_once(':').and_then(|(date, what)| Some((read_period(date.trim())?, what.trim())));
        match read {
            Some((date, what)) => {
                let date_words = write_period(date, lang);
                dated.push((
                    Some(date.start),
                    ["- **", &date_words, "**", lang.pick("\u{a0}: ", ": "), what, "\n"].concat(),
                ));
            }
            None if written.is_empty() => {}
            None => {
                notices.push(Notice::warning(
                    "story.no-date",
                    Place::line(line),
                    format_args!(
                        "« {written} » ne commence pas par une date : écrivez par exemple « 2016-10-07 : la loi … »."
                    ),
                    format_args!("“{written}” does not begin with a date: write for example “2016-10-07: the law …”."),
                ));
                dated.push((None, ["- ", written, "\n"].concat()));
            }
        }
    }
    dated.sort_by_key(|(start, _)| start.unwrap_or(i32::MAX));
    dated.into_iter().map(|(_, text)| text).collect()
}

/// The words of a heading, without its marks.
fn heading(source: &str) -> String {
    let line = source.lines().next().unwrap_or_default().trim();
    match line.starts_with('#') {
        true => line.trim_matches('#').trim().to_string(),
        false => line.to_string(),
    }
}

/// The condition of a line that claims.
fn claim(line: &str) -> Option<&str> {
    let (word, condition) = line.split_once(':')?;
    CLAIMS.contains(&fold(word.trim()).as_str()).then(|| condition.trim())
}

/// Whether a line was perhaps meant as a claim: `vérifié : …`.
fn is_near_claim(line: &str) -> bool {
    let word = line.split_once(':').map_or(String::new(), |(word, _)| fold(word.trim()));
    word.starts_with("verif") && !word.contains(' ')
}

/// Whether a choice is open after a text.
fn opened(text: &str, was_open: bool) -> bool {
    let mut depth = usize::from(was_open);
    for tag in text.split("{{").skip(1) {
        match Keyword::of(tag.trim_start()) {
            Some(Keyword::If) => depth += 1,
            Some(Keyword::End) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth > 0
}
