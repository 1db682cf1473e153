//! How does a passage become markup: its sentences answered, its Markdown read, its answers put back?
//!
//! The sentences are said first: a choice decides which Markdown is read. Each answer travels through the Markdown as one
//! character of a private plane, so that no value can become a mark.

use encart_chart::html::{element, open};
use encart_chart::source::safe_address;
use encart_scene::svg::escape;
use encart_table::locale::bind;
use encart_table::{Lang, Notice, Place};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Story;
use super::sources::Sources;
use super::terms::Terms;
use crate::sentence::{Facts, Part, say};

/// CommonMark and tables.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES;

/// The first character that stands for an answer; the plane has sixty-five thousand.
const FIRST: u32 = 0xF0000;

/// What the data answered, and the anchor of how.
#[derive(Debug)]
struct Answer {
    words: String,
    anchor: Option<String>,
}

/// A passage as markup.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub(super) html: String,
    answers: Vec<Answer>,
    pub(super) notices: Vec<Notice>,
    pub(super) n_words: usize,
    /// Its words, to find terms in.
    pub(super) words: String,
}

/// Writes a passage of a story; the words of `terms` lead to their definitions where they first stand, each figure to how it
/// was computed.
pub(super) fn write(
    text: &str,
    facts: &Facts<'_>,
    story: &Story,
    terms: &mut Terms<'_>,
    sources: &mut Sources,
) -> Prose {
    let base = story.level;
    let said = say(text, facts);
    let mut prose = Prose { notices: said.notices, ..Prose::default() };
    let mut markdown = String::new();
    for part in said.parts {
        match part {
            // the author's own characters of that plane would be taken for answers
            Part::Words(words) => markdown.extend(words.chars().filter(|letter| index(*letter).is_none())),
            Part::Computed(computed) => {
                markdown.extend(char::from_u32(FIRST + u32::try_from(prose.answers.len()).unwrap_or(0)));
                let anchor = sources.keep(&computed);
                prose.answers.push(Answer { words: computed.words, anchor });
            }
        }
    }
    let mut events = Vec::new();
    let mut credit = None;
    let mut alt: Option<String> = None;
    // a link in a link, or in a heading, leads nowhere
    let mut n_closed = 0;
    for event in Parser::new_ext(&markdown, OPTIONS) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => events.push(Event::Text(text)),
            Event::Text(text) => {
                if let Some(alt) = &mut alt {
                    alt.push_str(&text);
                }
                prose.words.extend([&fill(&text, &prose.answers), " "]);
                let (mut html, is_free) = (String::new(), n_closed == 0);
                let term = if is_free { terms.find(&text) } else { None };
                let (start, end) =
                    term.as_ref().map_or((text.len(), text.len()), |(range, _)| (range.start, range.end));
                write_text(text.get(..start).unwrap_or_default(), &prose.answers, is_free, facts.lang, &mut html);
                if let Some((range, anchor)) = term {
                    open(&mut html, "a data-term", &[("href", &["#", &anchor].concat())]);
                    escape(text.get(range).unwrap_or_default(), &mut html);
                    html.push_str("</a>");
                }
                write_text(text.get(end..).unwrap_or_default(), &prose.answers, is_free, facts.lang, &mut html);
                events.push(if alt.is_some() { Event::Text(text) } else { Event::InlineHtml(html.into()) });
            }
            Event::Start(Tag::Heading { level, .. }) => {
                n_closed += 1;
                let level = deepen(level, base);
                events.push(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }));
            }
            Event::End(TagEnd::Heading(level)) => {
                n_closed -= 1;
                events.push(Event::End(TagEnd::Heading(deepen(level, base))));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                n_closed += 1;
                let dest_url = match dest_url.starts_with("mailto:") {
                    true => dest_url,
                    false => safe(dest_url, &story.base, &mut prose.notices),
                };
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            Event::End(TagEnd::Link) => {
                n_closed -= 1;
                events.push(Event::End(TagEnd::Link));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                credit = Some(title.to_string()).filter(|title| !title.is_empty());
                alt = Some(String::new());
                n_closed += 1;
                let dest_url = safe(dest_url, &story.base, &mut prose.notices);
                events.push(Event::Start(Tag::Image { link_type, dest_url, title: CowStr::Borrowed(""), id }));
            }
            Event::End(TagEnd::Image) => {
                n_closed -= 1;
                events.push(Event::End(TagEnd::Image));
                if alt.take().is_some_and(|alt| alt.trim().is_empty()) {
                    prose.notices.push(Notice::warning(
                        "story.no-alt",
                        Place::whole(),
                        format_args!("une image n’a pas de texte de remplacement : écrivez-le entre les crochets, ![ce qu’elle montre](adresse)."),
                        format_args!("an image has no alternative text: write it between the brackets, ![what it shows](address)."),
                    ));
                }
                if let Some(credit) = credit.take() {
                    let mut html = String::from(" ");
                    element(&mut html, "small", &bind(&[facts.lang.pick("Crédit : ", "Credit: "), &credit].concat()));
                    events.push(Event::InlineHtml(html.into()));
                }
            }
            other => events.push(other),
        }
    }
    pulldown_cmark::html::push_html(&mut prose.html, events.into_iter());
    prose.n_words = prose.words.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    prose
}

/// A line of words alone, where no Markdown is read: a title.
pub(super) fn write_line(text: &str, facts: &Facts<'_>, sources: &mut Sources) -> Prose {
    let said = say(text, facts);
    let words = said.text();
    for part in &said.parts {
        if let Part::Computed(computed) = part {
            sources.keep(computed);
        }
    }
    let mut html = String::new();
    escape(&bind(&words), &mut html);
    let n_words = words.split_whitespace().count();
    Prose { html, answers: Vec::new(), notices: said.notices, n_words, words }
}

fn index(letter: char) -> Option<usize> {
    let idx = u32::from(letter).checked_sub(FIRST).filter(|idx| *idx < 0x10000)?;
    usize::try_from(idx).ok()
}

fn fill(text: &str, answers: &[Answer]) -> String {
    let mut filled = String::with_capacity(text.len());
    for letter in text.chars() {
        match index(letter).and_then(|idx| answers.get(idx)) {
            Some(answer) => filled.push_str(&answer.words),
            None => filled.push(letter),
        }
    }
    filled
}

/// Words with their answers, each in an element of its own: where a link may stand (`is_free`), one to how it was computed.
fn write_text(text: &str, answers: &[Answer], is_free: bool, lang: Lang, html: &mut String) {
    let text = if lang == Lang::Fr { bind(text) } else { text.to_string() };
    let mut words = String::new();
    for letter in text.chars() {
        match index(letter).and_then(|idx| answers.get(idx)) {
            Some(answer) => {
                escape(&std::mem::take(&mut words), html);
                match answer.anchor.as_ref().filter(|_| is_free) {
                    Some(anchor) => {
                        let title = lang.pick("Comment ce chiffre est calculé", "How this figure is computed");
                        open(html, "a data-said", &[("href", &["#", anchor].concat()), ("title", title)]);
                        escape(&answer.words, html);
                        html.push_str("</a>");
                    }
                    None => element(html, "span data-said", &answer.words),
                }
            }
            None => words.push(letter),
        }
    }
    escape(&words, html);
}

/// Headings below the steps', which are one below the title.
fn deepen(level: HeadingLevel, base: usize) -> HeadingLevel {
    HeadingLevel::try_from((level as usize + base - 1).clamp(base + 2, 6)).unwrap_or(HeadingLevel::H6)
}

/// An address for a reader, beside the file of the story; empty when it leads nowhere.
fn safe<'a>(address: CowStr<'a>, base: &str, notices: &mut Vec<Notice>) -> CowStr<'a> {
    if let Some(safe) = safe_address(&address) {
        return beside(&safe, base).into();
    }
    notices.push(Notice::error(
        "story.bad-address",
        Place::whole(),
        format_args!("« {address} » n’est pas une adresse où mener un lecteur : le lien ne mène nulle part."),
        format_args!("“{address}” is no address to lead a reader to: the link leads nowhere."),
    ));
    CowStr::Borrowed("")
}

/// An address that stands in a file at `base`, as one that any page can follow.
fn beside(address: &str, base: &str) -> String {
    let is_whole = address.starts_with("//")
        || address.find([':', '/', '?', '#']).is_some_and(|idx| address.get(idx..=idx) == Some(":"));
    let host = base.find("://").map(|idx| idx + 3);
    // what begins with # is in the text itself
    let (Some(host), false) = (host, is_whole || address.starts_with('#')) else { return address.to_string() };
    let path = base.get(host..).and_then(|rest| rest.find('/')).map_or(base.len(), |idx| host + idx);
    let end = if address.starts_with('/') { path } else { base.rfind('/').map_or(path, |idx| idx + 1).max(path) };
    [base.get(..end).unwrap_or_default(), address].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_beside_the_file() {
        let base = "https://www.tournus.fr/recits/budget.md";
        for (address, is) in [
            ("photo.jpg", "https://www.tournus.fr/recits/photo.jpg"),
            ("../photo.jpg", "https://www.tournus.fr/recits/../photo.jpg"),
            ("/photo.jpg", "https://www.tournus.fr/photo.jpg"),
            ("#budget-2", "#budget-2"),
            ("//ailleurs.fr/photo.jpg", "//ailleurs.fr/photo.jpg"),
            ("https://ailleurs.fr/", "https://ailleurs.fr/"),
        ] {
            assert_eq!(beside(address, base), is, "{address}");
            assert_eq!(beside(address, ""), address);
        }
    }
}
