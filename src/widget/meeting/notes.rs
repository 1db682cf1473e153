//! What does who presents read, in a second window?

use std::rc::Rc;

use encart_chart::html::element;
use encart_scene::svg::escape;
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Window};

use super::{ON, board, listen_to, name, with};
use crate::browser::{markup, part};
use crate::state::Page;

/// Fills the window of who presents.
pub(super) fn write(page: &Page, slides: &[Element], slide_idx: usize) {
    let Some(window) = with(page, |meeting| meeting.notes.clone()).flatten() else { return };
    let Some(body) = document_of(&window).and_then(|document| document.body()) else { return };
    let lang = page.lang();
    let title = |idx: usize| slides.get(idx).map(|slide| name(page, slide));
    let mut html = String::new();
    element(&mut html, "p", &format!("{} / {}", slide_idx + 1, slides.len()));
    element(&mut html, "h1", &title(slide_idx).unwrap_or_default());
    let slide = slides.get(slide_idx);
    let inside = |selector: &str| {
        let parts = slide.map_or_else(Vec::new, |slide| part::all::<Element>(slide, selector));
        parts.iter().map(Element::inner_html).collect::<String>()
    };
    let own = inside("[data-notes]");
    let mut has_notes = !own.is_empty();
    html.push_str(&own);
    // what the screen leaves out
    if slide.is_some_and(|slide| slide.query_selector("[data-part=brief]").is_ok_and(|brief| brief.is_some())) {
        html.push_str(&inside("[data-part=text]"));
        has_notes = true;
    }
    let is_on = |member: &&Rc<Page>| member.shell.has_attribute(ON);
    for drawing in board::members(page).iter().filter(is_on).filter_map(|member| member.drawing()) {
        let summary = drawing.summary();
        let notes = drawing.warnings.iter().chain(&drawing.notes);
        for words in std::iter::once(&summary).chain(notes).filter(|words| !words.is_empty()) {
            element(&mut html, "p", words);
            has_notes = true;
        }
    }
    if !has_notes {
        element(&mut html, "p", lang.pick("Pas de notes pour cet écran.", "No notes for this screen."));
    }
    if let Some(next) = title(slide_idx + 1) {
        html.push_str("<hr><p>");
        escape(&[lang.pick("Ensuite : ", "Next: "), &next].concat(), &mut html);
        html.push_str("</p>");
    }
    markup::put(&body, &html);
    // what a link leads to has no hold of the page that is shown
    for link in part::all::<Element>(&body, "a") {
        let _ = link.set_attribute("target", "_blank");
        let _ = link.set_attribute("rel", "noopener");
    }
}

/// Its document; none once a link in it has led to another site.
fn document_of(window: &Window) -> Option<Document> {
    Reflect::get(window, &"document".into()).ok().map(JsCast::unchecked_into)
}

/// Opens the window of who presents, with the keys of the meeting.
pub(super) fn open(page: &Rc<Page>) {
    let is_open = |window: &Window| !window.closed().unwrap_or(true);
    if with(page, |meeting| meeting.notes.clone().filter(is_open)).flatten().is_some() {
        return;
    }
    let window = web_sys::window().and_then(|own| {
        own.open_with_url_and_target_and_features("", "encart-notes", "popup,width=900,height=700").ok().flatten()
    });
    let lang = page.lang();
    let Some(window) = window else {
        return part::say(
            &page.shell,
            ".meeting .age",
            lang.pick(
                "Le navigateur a refusé la fenêtre des notes : autorisez les fenêtres de ce site.",
                "The browser refused the window of notes: allow windows of this site.",
            ),
        );
    };
    if let Some(document) = document_of(&window) {
        document.set_title(lang.pick("Notes de séance", "Notes of the meeting"));
        let _ = document.document_element().map(|root| root.set_attribute("lang", lang.pick("fr", "en")));
        if let Some(body) = document.body() {
            for (name, value) in [("font", "24px/1.5 sans-serif"), ("margin", "24px"), ("max-width", "60em")] {
                let _ = body.style().set_property(name, value);
            }
        }
    }
    let key = listen_to(page, &window, "keydown");
    page.meeting.borrow_mut().push(key);
    with(page, |meeting| meeting.notes = Some(window));
}
