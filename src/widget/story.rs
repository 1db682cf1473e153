//! How does a story stand in its tag: its text fetched, its pictures made, its sentences said when the data are here, and
//! one picture beside the words where the page is wide?
//!
//! The text stands in the page itself, not in the widget's shadow: the page's letters are its letters, its anchors are the
//! page's. What was in the tag stays until all is known, and is then replaced at once, with the reader at the same step.

use std::cell::RefCell;
use std::rc::{self, Rc};
use std::sync::{Arc, Weak};

use encart_chart::Env;
use encart_chart::Spec;
use encart_story::narrative::{BESIDE, BRIEF, Live, Made, Picture, Story, Tag, read_glossary};
use encart_story::widget::Widget;
use encart_table::json::{Json, Object};
use encart_table::{Notice, Place, Table};
use js_sys::{JSON, Reflect};
use leptos::prelude::GetUntracked;
use leptos::task::tick;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use super::{act, group, meeting, offline};
use crate::browser::event::log;
use crate::browser::{markup, media, part, place, sheet};
use crate::fail::Failure;
use crate::late;
use crate::load::{fetch_text, is_plain, resolve};
use crate::state::{Page, Stage};

/// The tag of a story.
pub(super) const STORY: &str = "encart-story";

/// The keys of a picture in which the data may be asked.
const SAID: [&str; 3] = ["title", "subtitle", "note"];

/// The least width, in pixels, at which a picture stands beside the text.
const WIDE: f64 = 900.0;

/// A story in its tag.
struct Told {
    page: rc::Weak<Page>,
    address: String,
    /// The address of the glossary that is asked for.
    glossary: Option<String>,
    story: Option<Rc<Story>>,
    terms: Rc<Vec<(String, String)>>,
    /// What was said of the text itself.
    read: Vec<Notice>,
    /// The codes of what was said last.
    codes: Vec<&'static str>,
    article: Option<HtmlElement>,
    /// What is in its parts.
    parts: Vec<String>,
    /// Which picture each run shows beside its words.
    beside: Vec<Option<usize>>,
    is_in: bool,
    /// What its author says of its form.
    is_document_first: bool,
    is_document: bool,
    is_brief: bool,
    /// With which load the text did not come: it is asked for again with another.
    failed: Option<Weak<Table>>,
}

thread_local! {
    static TOLD: RefCell<Vec<Told>> = const { RefCell::new(Vec::new()) };
}

fn with<T>(page: &Page, act: impl FnOnce(&mut Told) -> T) -> Option<T> {
    TOLD.with_borrow_mut(|all| {
        all.retain(|told| told.page.strong_count() > 0);
        all.iter_mut().find(|told| std::ptr::eq(told.page.as_ptr(), page)).map(act)
    })
}

/// The elements that a selector names.
fn all_in(whole: &Element, selector: &str) -> Vec<HtmlElement> {
    part::all(whole, selector)
}

/// The tag is drawn: its text is asked for, or laid out for the width that there is now.
pub(crate) fn tell(page: &Page, tag: &Tag) {
    let Some(src) = &tag.src else { return };
    let Some(own) = group::own(page) else { return };
    let address = match resolve(src, &place::base()) {
        Ok(address) => address,
        Err(failure) => {
            forget(page);
            return own.fail(failure);
        }
    };
    let is_known = with(page, |told| {
        if std::mem::replace(&mut told.is_document_first, tag.is_document) != tag.is_document {
            told.is_document = tag.is_document;
        }
        let is_same = told.failed.as_ref().is_none_or(|failed| failed.ptr_eq(&load_of(page)));
        told.address == address && is_same
    });
    if is_known == Some(true) {
        lay_out(page);
        spawn_local(async move {
            // its buttons may be new: once they are in their place
            tick().await;
            lay_out(&own);
        });
        return;
    }
    let had_text = with(page, |_| ()).is_some();
    forget(page);
    ask(&own, &address);
    if !had_text {
        let window = web_sys::window();
        let ears = [
            window.map(|window| act::listen_to(&own, &window, "scroll")),
            Some(act::listen_to(&own, &page.host, "encart-ready")),
            Some(act::listen_to(&own, &page.host, "encart-error")),
            Some(act::listen_to(&own, &page.host, "click")),
            Some(act::listen_to(&own, &page.host, "keydown")),
            Some(act::listen_to(&own, &page.host, "pointermove")),
        ];
        page.ears.borrow_mut().extend(ears.into_iter().flatten());
    }
    TOLD.with_borrow_mut(|all| {
        all.push(Told {
            page: Rc::downgrade(&own),
            address,
            glossary: None,
            story: None,
            terms: Rc::default(),
            read: Vec::new(),
            codes: Vec::new(),
            article: None,
            parts: Vec::new(),
            beside: Vec::new(),
            is_in: false,
            is_document_first: tag.is_document,
            is_document: tag.is_document,
            is_brief: false,
            failed: None,
        });
    });
}

/// What the load of a tag made.
fn load_of(page: &Page) -> Weak<Table> {
    page.loaded.borrow().as_ref().map_or_else(Weak::new, |loaded| Arc::downgrade(&loaded.prepared.table))
}

/// Leaves a text that is not to be shown.
fn forget(page: &Page) {
    TOLD.with_borrow_mut(|all| all.retain(|told| !std::ptr::eq(told.page.as_ptr(), page)));
}

/// Asks for an address.
fn ask(page: &Rc<Page>, address: &str) {
    offline::note(address);
    let (page, address) = (Rc::downgrade(page), address.to_string());
    spawn_local(async move {
        let came = fetch_text(&address).await;
        if let Some(page) = page.upgrade() {
            arrived(&page, &address, came);
        }
    });
}

/// Something was done, or a picture came; whether it is answered here.
pub(crate) fn hear(page: &Rc<Page>, event: &Event) -> bool {
    let target = event.target();
    match event.type_().as_str() {
        "scroll" => show_beside(page),
        "encart-ready" | "encart-error" => {
            // neither its own words nor what stands beside them is awaited
            let target = target.and_then(|target| target.dyn_into::<Element>().ok());
            if target.is_some_and(|target| target.has_attribute("data-picture")) {
                say(page);
            }
        }
        // what is beside the words answers the pointer; the keyboard reads each picture where it stands
        "pointermove" => set_stages(page, false),
        "keydown" => {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Tab") {
                set_stages(page, true);
            }
            let is_escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
            let place = target.and_then(|target| target.dyn_into::<Element>().ok());
            let place = place.filter(|place| is_escape && place.matches("[data-part=how] li").unwrap_or(false));
            return place.is_some_and(|place| go_back(page, &place));
        }
        "click" => {
            let button = target.and_then(|target| target.dyn_into::<Element>().ok());
            let figure = button.as_ref().and_then(|target| target.closest("a[data-said]").ok().flatten());
            if let Some(figure) = figure {
                open_source(page, &figure);
                return true;
            }
            let word =
                button.and_then(|button| button.closest("[data-choose]").ok().flatten()?.get_attribute("data-choose"));
            match word.as_deref() {
                Some(BESIDE) => _ = with(page, |told| told.is_document = !told.is_document),
                Some(BRIEF) => _ = with(page, |told| told.is_brief = !told.is_brief),
                _ => return false,
            }
            keep_place(page, lay_out);
        }
        _ => return false,
    }
    true
}

/// Opens what holds a place, where it is closed.
fn open_around(place: &Element) {
    if let Some(told) = place.closest("details").ok().flatten() {
        // refused only for a name that no attribute can have
        let _ = told.set_attribute("open", "");
    }
}

/// Takes the pictures beside the words from the keyboard, or gives them back.
fn set_stages(page: &Page, is_inert: bool) {
    for stage in part::all::<Element>(&page.host, "[data-stage]") {
        // one that is read stays
        if is_inert && stage.matches(":focus-within").unwrap_or(false) {
            continue;
        }
        // refused only for a name that no attribute can have
        let _ = if is_inert { stage.set_attribute("inert", "") } else { stage.remove_attribute("inert") };
    }
}

/// Goes back from how a figure was computed to the figure; whether there is one.
fn go_back(page: &Page, place: &Element) -> bool {
    let figure = part::find(&page.host, &["a[data-said][href=\"#", &place.id(), "\"]"].concat());
    figure.and_then(|figure| figure.dyn_into::<HtmlElement>().ok()).is_some_and(|figure| figure.focus().is_ok())
}

/// Opens how a figure of the text was computed, and leads there.
fn open_source(page: &Page, figure: &Element) {
    let address = figure.get_attribute("href").unwrap_or_default();
    let Some(place) = part::find(&page.host, &["[id=\"", address.trim_start_matches('#'), "\"]"].concat()) else {
        return;
    };
    open_around(&place);
    // in the shadow of another element no address leads there
    place.scroll_into_view();
    // refused only for a name that no attribute can have
    let _ = place.set_attribute("tabindex", "-1");
    let _ = place.dyn_ref::<HtmlElement>().map(HtmlElement::focus);
}

/// The text came, or its glossary.
fn arrived(page: &Rc<Page>, address: &str, came: Option<String>) {
    let is_text =
        with(page, |told| (told.address == address && told.story.is_none(), told.glossary.as_deref() == Some(address)));
    match is_text {
        Some((true, _)) => {
            let Some(text) = came.filter(|text| !is_page(text)) else {
                with(page, |told| told.failed = Some(load_of(page)));
                page.add_notice(unreached(address));
                return page.fail(Failure::of_network(unreached(address)));
            };
            let (mut story, read) = Story::read(&text);
            story.base = address.to_string();
            let file = js_sys::decode_uri_component(address).map_or_else(|_| address.to_string(), String::from);
            story.name_links(&file);
            story.pictures.iter_mut().for_each(|picture| set_beside(&mut picture.object, address));
            let glossary = story.glossary.as_deref().and_then(|glossary| resolve(glossary, address).ok());
            glossary.iter().for_each(|glossary| ask(page, glossary));
            let is_whole = glossary.is_none();
            with(page, |told| (told.story, told.read, told.glossary) = (Some(Rc::new(story)), read, glossary));
            if is_whole {
                make(page);
            }
        }
        Some((_, true)) => {
            with(page, |told| {
                let name = told.story.as_ref().and_then(|story| story.glossary.clone()).unwrap_or_default();
                match came.map(|text| read_glossary(&text, &name)) {
                    Some(Ok(terms)) => told.terms = Rc::new(terms),
                    Some(Err(notice)) => told.read.push(notice),
                    None => told.read.push(no_glossary(&name)),
                }
            });
            make(page);
        }
        // of a text that is not shown any more
        _ => {}
    }
}

/// Whether a text is a page of the site: what some answer for what they do not have.
fn is_page(text: &str) -> bool {
    let start = text.trim_start();
    ["<!doctype html", "<html"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

fn unreached(address: &str) -> Notice {
    Notice::error(
        "fetch.unreachable",
        Place::column("src"),
        format_args!("{address} ne répond pas, ou pas par un récit. Vérifiez l’adresse."),
        format_args!("{address} does not answer, or not with a story. Check the address."),
    )
}

fn no_glossary(address: &str) -> Notice {
    Notice::error(
        "story.no-glossary",
        Place::column("glossary"),
        format_args!("{address} ne répond pas : le récit est montré sans définitions."),
        format_args!("{address} does not answer: the story is shown without definitions."),
    )
}

/// What is written again when data come.
fn write(page: &Page, story: &Story, made: &[Made]) -> Live {
    let terms = with(page, |told| told.terms.clone()).unwrap_or_default();
    let mut env = Env::new(0.0, place::today());
    env.lang = story.lang;
    story.live(made, &terms, &env)
}

/// Puts the text into the page, unseen, and asks for all its pictures.
fn make(page: &Rc<Page>) {
    let Some(Some(story)) = with(page, |told| told.story.clone()) else { return };
    adopt(page);
    let made = vec![missing(); story.pictures.len()];
    let live = write(page, &story, &made);
    let Some(whole) = place::document().and_then(|document| document.create_element("div").ok()) else { return };
    if !markup::put(&whole, &live.html) {
        return page.refuse_markup();
    }
    let Some(article) = part::find(&whole, "article") else { return };
    part::all::<Element>(&page.host, ":scope > [data-live=coming]").iter().for_each(|old| old.remove());
    // refused only for a name that no attribute can have
    let _ = article.set_attribute("data-live", "coming");
    let _ = page.host.append_child(&article);
    with(page, |told| {
        told.article = Some(article.clone());
        told.parts = live.parts;
        told.beside = vec![None; story.runs().len()];
    });
    for (idx, element) in all_in(&article, "[data-picture]").iter().enumerate() {
        let idx = element.get_attribute("data-picture").and_then(|idx| idx.parse().ok()).unwrap_or(idx);
        let Some(picture) = story.pictures.get(idx) else { continue };
        specify(element, unsaid(picture));
        // its data are needed by the words, however far down it stands
        meeting::arrive(element);
    }
    // a text without a picture has all that it needs
    say(page);
}

/// Addresses in a specification are beside the story's: of its data, and of those that it joins to them.
fn set_beside(object: &mut Object, base: &str) {
    if let Some(src) = object.get("src").and_then(Json::as_str).filter(|src| is_plain(src))
        && let Ok(src) = resolve(src, base)
    {
        object.set("src".into(), Json::Text(src));
    }
    // what is no list is said where it is read
    let Some(Json::List(steps)) = object.get("steps").cloned() else { return };
    let beside = |step: Json| match step {
        Json::Object(step) => Json::Object(Object::from_iter(step.iter().map(|(name, value)| {
            let value = match value.clone() {
                Json::Object(mut other) if matches!(name, "join" | "concat") => {
                    set_beside(&mut other, base);
                    Json::Object(other)
                }
                Json::Text(src) if name == "concat" && is_plain(&src) => Json::Text(resolve(&src, base).unwrap_or(src)),
                other => other,
            };
            (name.to_string(), value)
        }))),
        other => other,
    };
    object.set("steps".into(), Json::List(steps.into_iter().map(beside).collect()));
}

/// Gives a tag its specification.
fn specify(element: &HtmlElement, object: Object) {
    let spec = JSON::parse(&Json::Object(object).write()).unwrap_or(JsValue::NULL);
    // refused only for an object that takes no more names
    let _ = Reflect::set(element, &"spec".into(), &spec);
}

/// A specification without the words that are still to be computed: a reader sees no question to the data.
fn unsaid(picture: &Picture) -> Object {
    let mut object = picture.object.clone();
    for name in SAID {
        if object.get(name).and_then(Json::as_str).is_some_and(|words| words.contains("{{")) {
            object.take(name);
        }
    }
    object
}

/// A picture whose data are not here.
fn missing() -> Made {
    let failure = Notice::info("story.waiting", Place::whole(), format_args!(""), format_args!(""));
    Made { failure: Some(failure), ..Made::default() }
}

/// A specification with the words of its picture as their author wrote them, not yet said.
fn written(picture: &Picture, spec: &Spec) -> Spec {
    let text = |key: &str| picture.object.get(key)?.clone().as_attribute();
    Spec { title: text("title"), subtitle: text("subtitle"), note: text("note"), ..spec.clone() }
}

/// The pictures of a story, and the widgets that show them.
type Pictures = (Vec<Made>, Vec<Option<Rc<Page>>>);

/// The pictures of the story with their data, as far as they have come; none when one is still awaited.
fn made(article: &Element, story: &Story) -> Option<Pictures> {
    let all = group::all();
    let (mut made, mut pages) = (vec![missing(); story.pictures.len()], vec![None; story.pictures.len()]);
    for element in all_in(article, "[data-picture]") {
        let idx: usize = element.get_attribute("data-picture")?.parse().ok()?;
        let page = all.iter().find(|page| page.host == element)?;
        match page.seen.stage.get_untracked() {
            Stage::Waiting => return None,
            // what cannot be drawn may still be asked
            Stage::Failed(_) | Stage::Ready => {
                if let (Some(loaded), Some(made)) = (page.loaded.borrow().as_ref(), made.get_mut(idx)) {
                    let (prepared, spec) = (loaded.prepared.clone(), loaded.spec.clone());
                    *made = Made { widget: Widget::Chart, spec, prepared, failure: None };
                }
                if let (Stage::Ready, Some(slot)) = (page.seen.stage.get_untracked(), pages.get_mut(idx)) {
                    *slot = Some(page.clone());
                }
            }
        }
    }
    Some((made, pages))
}

/// Data have come: when all are here, every sentence is said, and the story takes the place of what was in the tag.
fn say(page: &Rc<Page>) {
    let Some((Some(story), Some(article))) = with(page, |told| (told.story.clone(), told.article.clone())) else {
        return;
    };
    let Some((made, pages)) = made(&article, &story) else { return };
    let is_in = with(page, |told| told.is_in).unwrap_or(false);
    // a document that is whole stays, rather than a text with holes
    if !is_in && made.iter().any(|made| made.failure.is_some()) && holds_document(page, &article) {
        // unseen, it goes with the next: a picture of it is speaking now
        with(page, |told| (told.article, told.failed) = (None, Some(load_of(page))));
        page.add_notice(no_data());
        let page = page.clone();
        // once the picture that failed has been heard: what hears it hears this too
        return spawn_local(async move { page.fail(Failure::of_network(no_data())) });
    }
    let mut live = write(page, &story, &made);
    for (idx, (member, made)) in pages.iter().zip(&made).enumerate() {
        let (Some(member), Some(picture)) = (member, story.pictures.get(idx)) else { continue };
        let asks = |key: &str| picture.object.get(key).and_then(Json::as_str).is_some_and(|words| words.contains("{{"));
        if !SAID.into_iter().any(asks) {
            continue;
        }
        let mut spec = written(picture, &made.spec);
        live.notices.extend(story.say_words(idx, &made.prepared, &mut spec));
        let is_new =
            spec.title != made.spec.title || spec.subtitle != made.spec.subtitle || spec.note != made.spec.note;
        if is_new {
            if let Some(loaded) = member.loaded.borrow_mut().as_mut() {
                loaded.spec = spec;
            }
            late::doors::turn(member);
        }
    }
    let parts = all_in(&article, "[data-part]");
    let before = with(page, |told| std::mem::replace(&mut told.parts, live.parts.clone())).unwrap_or_default();
    for ((element, new), old) in parts.iter().zip(&live.parts).zip(&before) {
        if new != old {
            // what was opened stays open
            let was_open = part::find(element, "details[open]").is_some();
            markup::put(element, new);
            part::find(element, "summary").filter(|_| was_open).iter().for_each(|summary| open_around(summary));
        }
    }
    report(page, live.notices);
    enter(page, &article);
    show_beside(page);
}

/// Whether there is something in the tag beside what is told.
fn holds_document(page: &Page, article: &Element) -> bool {
    let children = page.host.children();
    let others = (0..children.length()).filter_map(|idx| children.item(idx)).filter(|child| child != article);
    others
        .filter(|child| child.local_name() != "script")
        .any(|child| !child.text_content().unwrap_or_default().is_empty())
}

fn no_data() -> Notice {
    Notice::error(
        "story.no-data",
        Place::column("src"),
        format_args!(
            "des données du récit ne sont pas venues : le document écrit dans la balise reste. La console nomme l’image et la cause."
        ),
        format_args!(
            "data of the story did not come: the document in the tag stays. The console names the picture and the cause."
        ),
    )
}

/// Says to the webmaster what is to be mended in the text.
fn report(page: &Rc<Page>, said: Vec<Notice>) {
    let (before, mut notices) =
        with(page, |told| (std::mem::take(&mut told.codes), told.read.clone())).unwrap_or_default();
    notices.extend(said);
    before.iter().chain(&["fetch.unreachable"]).for_each(|code| page.forget_notice(code));
    let mut codes: Vec<&'static str> = Vec::new();
    for notice in &notices {
        if !codes.contains(&notice.code) {
            codes.push(notice.code);
        }
    }
    for code in &codes {
        page.add_notices(code, notices.iter().filter(|notice| notice.code == *code).cloned().collect());
    }
    with(page, |told| told.codes = codes);
    log(&page.host, &notices, page.lang());
    // what the data contradict is the webmaster's to know, without asking for it
    for notice in notices.iter().filter(|notice| notice.code == "claim.broken" && !page.host.has_attribute("debug")) {
        let words = ["encart [claim.broken] ", &notice.sentence(page.lang())].concat();
        web_sys::console::warn_2(&words.into(), &page.host);
    }
    page.report("encart-notices");
}

/// The story takes the place of what was in the tag.
fn enter(page: &Rc<Page>, article: &HtmlElement) {
    if with(page, |told| std::mem::replace(&mut told.is_in, true)) != Some(false) {
        return;
    }
    // its rules for paper are those of its pictures
    all_in(article, "[data-picture]").iter().filter_map(|picture| picture.shadow_root()).for_each(|root| {
        sheet::adopt_apart(&root);
    });
    let children = page.host.children();
    let old: Vec<Element> = (0..children.length()).filter_map(|idx| children.item(idx)).collect();
    let old: Vec<Element> = old.into_iter().filter(|old| **old != ***article && old.local_name() != "script").collect();
    let had_content = !old.is_empty();
    keep_place(page, |page| {
        old.iter().for_each(|old| old.remove());
        let _ = article.set_attribute("data-live", "");
        lay_out(page);
    });
    // an anchor of the page's address may only be here now
    let here = place::address();
    if let (false, Some((_, anchor))) = (had_content, here.split_once('#'))
        && let Some(target) = place::document().and_then(|document| document.get_element_by_id(anchor))
        && article.contains(Some(&target))
    {
        open_around(&target);
        target.scroll_into_view();
    }
    meeting::go_on(page);
}

/// Changes what the tag holds; who reads in it is at the same step after as before.
fn keep_place(page: &Rc<Page>, change: impl FnOnce(&Page)) {
    let headings = || {
        let all = all_in(&page.host, ":is(h1, h2, h3, h4, h5, h6):not([data-live=coming] *, figure *)");
        all.into_iter().filter(|heading| heading.offset_height() > 0).collect::<Vec<_>>()
    };
    let tops =
        |all: &[HtmlElement]| all.iter().map(|heading| heading.get_bounding_client_rect().top()).collect::<Vec<_>>();
    let name = |heading: &HtmlElement| heading.text_content().unwrap_or_default().trim().to_string();
    let before = headings();
    let read = tops(&before).into_iter().zip(before.iter().map(name)).rfind(|(top, _)| *top < 100.0);
    change(page);
    let Some((top, words)) = read else { return };
    if let (Some(same), Some(window)) = (headings().iter().find(|heading| name(heading) == words), web_sys::window()) {
        window.scroll_by_with_x_and_y(0.0, same.get_bounding_client_rect().top() - top);
    }
}

/// The page's own sheet of rules for stories.
fn adopt(page: &Page) {
    sheet::adopt_page(&page.host.get_root_node());
}

/// Lays the text out for the width that there is now.
fn lay_out(page: &Page) {
    let Some((Some(article), is_in, is_document, is_brief)) =
        with(page, |told| (told.article.clone(), told.is_in, told.is_document, told.is_brief))
    else {
        return;
    };
    let mark = |name: &str, is_so: bool| {
        let _ = if is_so { article.set_attribute(name, "") } else { article.remove_attribute(name) };
    };
    let has_room = page.host.get_bounding_client_rect().width() >= WIDE && !media::is_print();
    let is_wide = has_room && !is_document && !meeting::is_on(page);
    let was_wide = article.has_attribute("data-wide");
    mark("data-wide", is_wide);
    mark("data-brief", is_brief);
    let show = |word: &str, is_shown: bool, is_pressed: bool| {
        let button = [".told [data-choose=", word, "]"].concat();
        part::show(&page.shell, &button, is_shown);
        part::set(&page.shell, &button, "aria-pressed", if is_pressed { "true" } else { "false" });
    };
    if let Some(meeting) = part::find(&page.shell, ".told [data-choose=seance]") {
        // refused only for a name that no attribute can have
        let _ = if is_in { meeting.remove_attribute("disabled") } else { meeting.set_attribute("disabled", "") };
    }
    show(BESIDE, is_in && has_room, !is_document);
    show(BRIEF, is_in && !all_in(&article, "[data-part=brief]").is_empty(), is_brief);
    if was_wide != is_wide {
        // on paper nothing waits for the next frame
        let pictures = all_in(&article, "[data-picture]");
        let is_of = |page: &&Rc<Page>| pictures.iter().any(|picture| *picture == page.host);
        group::all().iter().filter(is_of).for_each(|page| page.resized());
    }
}

/// What is above it in the window is read: its middle, and towards the end of the page its lower edge, since what stands last
/// may not come higher.
fn reading_line() -> f64 {
    let middle = place::window_height() / 2.0;
    let range = place::scroll_range();
    let (Some((above, below)), true) = (range, range.is_some_and(|(above, below)| above + below > 0.0)) else {
        return middle;
    };
    middle + middle * (1.0 - below / middle.min(above + below)).max(0.0)
}

/// Where one picture stands beside several moments, it shows the one that is read.
fn show_beside(page: &Rc<Page>) {
    let Some((Some(story), Some(article))) = with(page, |told| (told.story.clone(), told.article.clone())) else {
        return;
    };
    if !article.has_attribute("data-wide") {
        return;
    }
    let Some((made, _)) = made(&article, &story) else { return };
    let line = reading_line();
    for (run_idx, (run, beats)) in all_in(&article, "[data-run]").iter().zip(story.runs()).enumerate() {
        let Some(stage) = part::find(run, "[data-stage] > *") else { continue };
        let sections = all_in(run, "section");
        let top = |section: &HtmlElement| {
            part::find(section, "[data-part]:not(:empty)").map(|part| part.get_bounding_client_rect().top())
        };
        let read = sections.iter().rposition(|section| top(section).is_some_and(|top| top < line)).unwrap_or(0);
        let picture_idx = beats.get(..=read).unwrap_or_default().iter().filter_map(|beat| beat.picture_idx).next_back();
        let picture_idx = picture_idx.or_else(|| beats.iter().find_map(|beat| beat.picture_idx));
        let shown =
            with(page, |told| Some(std::mem::replace(told.beside.get_mut(run_idx)?, picture_idx))).flatten().flatten();
        let Some(idx) = picture_idx.filter(|idx| shown != Some(*idx)) else { continue };
        let (Some(picture), Some(made)) = (story.pictures.get(idx), made.get(idx)) else { continue };
        let mut object = unsaid(picture);
        let mut spec = written(picture, &made.spec);
        if made.failure.is_none() {
            story.say_words(idx, &made.prepared, &mut spec);
        }
        let is_said = |words: &String| !words.contains("{{");
        for (key, words) in [("title", spec.title), ("subtitle", spec.subtitle), ("note", spec.note)] {
            words.into_iter().filter(is_said).for_each(|words| object.set(key.into(), Json::Text(words)));
        }
        specify(&stage, object);
        meeting::arrive(&stage);
    }
}
