//! What does the tag of a story say of its own, and what stands above the text?

use encart_chart::drawing::blank;
use encart_chart::html::{element, open};
use encart_chart::{Drawing, Env, Lead, Spec};
use encart_table::json::{Json, Object};
use encart_table::{Lang, Prepared};

/// `<encart-story>` as its author writes it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tag {
    /// Where the text is.
    pub src: Option<String>,
    /// Whether each picture is in its place, however wide the page.
    pub is_document: bool,
    /// Where the script is that keeps the page for a day without a network.
    pub offline: Option<String>,
}

/// Takes what a board and a story say of the day without a network.
pub fn take_offline(object: &mut Object) -> Option<String> {
    object.take("offline").and_then(|address| address.as_attribute()).filter(|address| !address.is_empty())
}

impl Tag {
    /// Takes its keys out of a specification; a story asks for no data itself.
    pub fn take(object: &mut Object) -> Tag {
        let text = |value: Option<Json>| value.and_then(|value| value.as_attribute());
        let src = text(object.take("src"));
        if src.is_some() {
            object.set("data".into(), Json::Text("encart\n1\n".into()));
        }
        let is_document = text(object.take("form")).is_some_and(|form| form == "document");
        Tag { src, is_document, offline: take_offline(object) }
    }

    /// Draws what stands above the text.
    pub fn draw(&self, spec: &Spec, env: &Env) -> Drawing {
        let mut drawing = blank(&Prepared::default(), spec, env);
        // the text has a title of its own
        drawing.title = String::new();
        let html = if env.is_still { String::new() } else { self.controls(drawing.lang) };
        drawing.lead = Some(Lead { html, ..Lead::default() });
        drawing
    }

    fn controls(&self, lang: Lang) -> String {
        let mut html = String::from("<div class=\"lead told\"><p class=\"count\">");
        let mut button = |word: &str, name: &str, attributes: &[(&str, &str)]| {
            let all = [&[("type", "button"), ("data-choose", word)], attributes].concat();
            open(&mut html, "button", &all);
            html.extend([name, "</button>"]);
        };
        // there is nothing to show to a meeting before the story is here
        button(MEETING, lang.pick("Mode séance", "Meeting mode"), &[("disabled", "")]);
        let pressed = if self.is_document { "false" } else { "true" };
        button(
            BESIDE,
            lang.pick("Image à côté du texte", "Picture beside the text"),
            &[("aria-pressed", pressed), ("hidden", "")],
        );
        button(BRIEF, lang.pick("Version courte", "Short version"), &[("aria-pressed", "false"), ("hidden", "")]);
        element(&mut html, "span aria-live=\"polite\" class=\"kept\"", "");
        html.push_str("</p></div>");
        html
    }
}

/// The word of the button that begins a meeting.
pub const MEETING: &str = "seance";

/// The word of the button that puts the picture beside the text.
pub const BESIDE: &str = "cote";

/// The word of the button that leaves the short version of each step.
pub const BRIEF: &str = "bref";
