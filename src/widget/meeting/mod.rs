//! How is a board or a story shown to a meeting: one idea a screen, in large type, with keys, a clicker or a finger?

mod act;
mod mask;
mod notes;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use encart_chart::html::{element, open};
use encart_chart::spec::Preset;
use encart_scene::svg::render_svg;
use encart_story::qr;
use encart_table::locale::spoken::speak;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{Get, GetUntracked};
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, HtmlElement, NodeList, ShadowRoot, Window};

use gloo::events::EventListener;

use super::act::listen_to;
use super::{Follower, board, group, link, offline};
use crate::browser::{markup, part, place, sheet};
use crate::state::{Page, Stage};
pub(crate) use act::hear;
use board::WIDGETS;
use mask::{mask, mask_picture};

/// What marks a tag in a meeting; its value says whether its own head is shown.
const IN_MEETING: &str = "data-meeting";

/// What marks what is on the screen.
const ON: &str = "data-on";

/// What marks a tag that has the whole screen.
const FULL: &str = "data-full";

/// Where the state of a meeting is kept for a reload.
const KEPT: &str = "encart-seance";

/// A meeting.
struct Meeting {
    page: Weak<Page>,
    slide_idx: usize,
    is_masked: bool,
    is_black: bool,
    has_code: bool,
    notes: Option<Window>,
    /// Where a finger was put down.
    touch: Option<(i32, i32)>,
    /// What the widgets on the screen are drawn in otherwise.
    themes: Vec<(Weak<Page>, Option<Preset>)>,
    followers: Vec<Follower>,
    /// How far down the page was.
    scroll: f64,
}

/// What of the page is closed as long as this value lives.
struct Closed {
    host: HtmlElement,
    others: Vec<Element>,
}

impl Drop for Closed {
    fn drop(&mut self) {
        for name in [IN_MEETING, mask::MASKED, FULL] {
            // refused only for a name that no attribute can have
            let _ = self.host.remove_attribute(name);
        }
        let _ = self.host.style().remove_property("--encart-stage");
        for element in &self.others {
            // refused only for a name that no attribute can have
            let _ = element.remove_attribute("inert");
        }
        // of a tag that is taken off the page the meeting ends too
        if let Some(notes) = MEETING_NOW.take().and_then(|meeting| meeting.notes) {
            // refused only for a window that is closed
            let _ = notes.close();
        }
    }
}

thread_local! {
    static MEETING_NOW: RefCell<Option<Meeting>> = const { RefCell::new(None) };
}

fn with<T>(page: &Page, act: impl FnOnce(&mut Meeting) -> T) -> Option<T> {
    MEETING_NOW.with_borrow_mut(|meeting| {
        let meeting = meeting.as_mut().filter(|meeting| std::ptr::eq(meeting.page.as_ptr(), page));
        meeting.map(act)
    })
}

/// What is shown, one after the other; the first is the title.
fn slides(page: &Page) -> Vec<Element> {
    let selector = match board::is_board(page) {
        true => ":scope > *",
        false => {
            ":scope > article > [data-part=head], :scope > article > [data-run] > section, :scope > article > [data-part=words]"
        }
    };
    let found = part::all::<Element>(&page.host, selector).into_iter();
    if !board::is_board(page) {
        let has_words = |slide: &Element| !slide.text_content().unwrap_or_default().trim().is_empty();
        let has_picture = |slide: &Element| part::find(slide, "[data-picture]:not([hidden])").is_some();
        return found.filter(|slide| has_words(slide) || has_picture(slide)).collect();
    }
    // those that are far down the page are not here yet
    let holds = |slide: &Element| slide.matches(WIDGETS).unwrap_or(false) || part::find(slide, WIDGETS).is_some();
    std::iter::once(page.host.clone().into()).chain(found.filter(holds)).collect()
}

/// What a slide is called.
fn name(page: &Page, slide: &Element) -> String {
    let heading = slide.query_selector("h1, h2, h3, h4").ok().flatten().and_then(|heading| heading.text_content());
    let of_widget = || board::members(page).into_iter().find(|member| slide.contains(Some(&member.host)))?.drawing();
    let title = page.drawing().map(|drawing| drawing.title.clone()).unwrap_or_default();
    match **slide == **page.host {
        true => title,
        false => heading.or_else(|| Some(of_widget()?.title.clone())).unwrap_or_default(),
    }
}

/// Goes on with a meeting that a reload has cut, once what it shows is here.
pub(crate) fn go_on(page: &Page) {
    let storage = storage();
    let kept = storage.as_ref().and_then(|storage| storage.get_item(KEPT).ok().flatten());
    // a new stage writes the shell anew
    let is_ready = page.seen.stage.get_untracked() == Stage::Ready;
    let Some(kept) = kept.filter(|_| is_ready && with(page, |_| ()).is_none()) else { return };
    let mut parts = kept.splitn(4, ' ');
    let (slide, flags, place) = (parts.next(), parts.next().unwrap_or_default(), parts.next());
    let is_here = place == Some(&position(page)) && parts.next() == Some(&place::path());
    let Some(slide_idx) = slide.and_then(|slide| slide.parse::<usize>().ok()).filter(|_| is_here) else { return };
    let n_slides = slides(page).len();
    if n_slides <= slide_idx {
        return;
    }
    if let Some(own) = group::own(page) {
        begin(&own, slide_idx, flags.contains('m'), flags.contains('n'));
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// Where its tag stands: its place among those of its name, in the root that holds it, and so on outwards.
fn position(page: &Page) -> String {
    let (mut position, mut inner) = (String::new(), Element::from(page.host.clone()));
    loop {
        let root = inner.get_root_node();
        let of_name = match (root.dyn_ref::<ShadowRoot>(), root.dyn_ref::<Document>()) {
            (Some(root), _) => root.query_selector_all(&inner.local_name()).ok(),
            (_, Some(document)) => document.query_selector_all(&inner.local_name()).ok(),
            _ => None,
        };
        let is_it = |all: &NodeList, idx| all.item(idx).is_some_and(|node| node == *inner);
        let idx = of_name.and_then(|all| (0..all.length()).find(|idx| is_it(&all, *idx)));
        position.extend([&idx.unwrap_or(0).to_string(), "."]);
        match root.dyn_into::<ShadowRoot>() {
            Ok(root) => inner = root.host(),
            Err(_) => return position,
        }
    }
}

fn remember(page: &Page) {
    let Some((slide_idx, is_masked, is_black)) =
        with(page, |meeting| (meeting.slide_idx, meeting.is_masked, meeting.is_black))
    else {
        return;
    };
    let flags = ["-", if is_masked { "m" } else { "" }, if is_black { "n" } else { "" }].concat();
    let position = position(page);
    if let Some(storage) = storage() {
        // refused where there is no room: a reload then begins anew
        let _ = storage.set_item(KEPT, &format!("{slide_idx} {flags} {position} {}", place::path()));
    }
}

/// Begins a meeting.
fn begin(page: &Rc<Page>, slide_idx: usize, is_masked: bool, is_black: bool) {
    let is_under_way = |meeting: &Meeting| meeting.page.strong_count() > 0;
    if MEETING_NOW.with_borrow(|meeting| meeting.as_ref().is_some_and(is_under_way)) {
        return;
    }
    let listeners = web_sys::window()
        .into_iter()
        .flat_map(|window| ["keydown", "touchstart", "touchend", "resize"].map(|name| listen_to(page, &window, name)));
    let ready = listen_to(page, &page.host, "encart-ready");
    let full = place::document().map(|document| listen_to(page, &document, "fullscreenchange"));
    page.meeting.replace(listeners.chain(full).chain([ready]).collect());
    // with the listeners it goes, whether the meeting is left or its tag is taken off the page
    let closed = close_others(page);
    let hold = EventListener::new(&page.host, "encart-meeting", move |_| _ = &closed);
    page.meeting.borrow_mut().push(hold);
    sheet::adopt_page(&page.host.get_root_node());
    MEETING_NOW.set(Some(Meeting {
        page: Rc::downgrade(page),
        slide_idx,
        is_masked,
        is_black,
        has_code: false,
        notes: None,
        touch: None,
        themes: Vec::new(),
        followers: Vec::new(),
        scroll: web_sys::window().and_then(|window| window.scroll_y().ok()).unwrap_or(0.0),
    }));
    let ground = page.drawing().map(|drawing| drawing.theme.ground.hex());
    let style = page.host.style();
    // refused only for a property that does not exist
    let _ = style.set_property("--encart-stage", &ground.unwrap_or_default());
    let _ = page.host.set_attribute(IN_MEETING, "");
    if let Some(bar) = place::document().and_then(|document| document.create_element("div").ok()) {
        bar.set_class_name("meeting");
        markup::put(&bar, &controls(page));
        let _ = page.shell.append_child(&bar);
    }
    show(page);
    if let Some(next) = part::find(&page.shell, ".meeting [data-choose=suivant]") {
        let _ = next.focus();
    }
}

/// All that is beside the tag takes no keyboard meanwhile, in the shadow roots around it too.
fn close_others(page: &Page) -> Closed {
    let mut closed = Vec::new();
    let mut inner: Element = page.host.clone().into();
    loop {
        let root = inner.parent_node().and_then(|outer| outer.dyn_into::<ShadowRoot>().ok());
        let (others, outer) = match (root, inner.parent_element()) {
            (Some(root), _) => (root.children(), root.host()),
            (_, Some(outer)) => (outer.children(), outer),
            _ => break,
        };
        for other in (0..others.length()).filter_map(|idx| others.item(idx)) {
            if other != inner && !other.has_attribute("inert") {
                // by this value the loader knows what to open again when the engine has ended
                let _ = other.set_attribute("inert", "encart");
                closed.push(other);
            }
        }
        inner = outer;
    }
    Closed { host: page.host.clone(), others: closed }
}

/// Leaves the meeting, where the page was.
fn leave(page: &Rc<Page>) {
    let Some(meeting) = MEETING_NOW
        .with_borrow_mut(|meeting| meeting.take_if(|meeting| std::ptr::eq(meeting.page.as_ptr(), Rc::as_ptr(page))))
    else {
        return;
    };
    if let Some(window) = meeting.notes {
        // refused only for a window that is closed
        let _ = window.close();
    }
    let _ = storage().map(|storage| storage.remove_item(KEPT));
    let _ = page.host.remove_attribute(IN_MEETING);
    for slide in slides(page) {
        let _ = slide.remove_attribute(ON);
    }
    mask(page, false);
    for member in board::members(page) {
        restore(&meeting.themes, &member);
    }
    part::find(&page.shell, ".meeting").into_iter().for_each(|bar| bar.remove());
    let document = place::document().filter(|document| document.fullscreen_element().is_some());
    let exit = document.and_then(|document| {
        let exit: Function = Reflect::get(&document, &"exitFullscreen".into()).ok()?.dyn_into().ok()?;
        exit.call0(&document).ok()?.dyn_into::<Promise>().ok()
    });
    drop(page.meeting.take());
    page.redraw();
    let go_back = move || web_sys::window().map(|window| window.scroll_to_with_x_and_y(0.0, meeting.scroll));
    go_back();
    if let Some(exit) = exit {
        spawn_local(async move {
            // with the whole screen left, the browser goes to where it thinks that the page was
            _ = JsFuture::from(exit).await;
            go_back();
        });
    }
    if let Some(button) = part::find(&page.shell, "[data-choose=seance]") {
        let _ = button.focus();
    }
}

/// The buttons of a meeting.
fn controls(page: &Page) -> String {
    let lang = page.lang();
    let mut html = String::from("<p>");
    let buttons = [
        ("precedent", lang.pick("Précédent", "Previous"), lang.pick("page précédente ou ←", "page up or ←")),
        ("suivant", lang.pick("Suivant", "Next"), lang.pick("page suivante ou →", "page down or →")),
        ("masquer", lang.pick("Masquer les valeurs", "Hide values"), "M"),
        ("noir", lang.pick("Écran noir", "Black screen"), "B"),
        ("notes", lang.pick("Notes", "Notes"), "N"),
        ("code", lang.pick("Code QR", "QR code"), "Q"),
        ("plein", lang.pick("Plein écran", "Full screen"), "F"),
        ("quitter", lang.pick("Quitter", "Leave"), lang.pick("Échap", "Escape")),
    ];
    for (word, name, key) in buttons {
        let pressed = if matches!(word, "masquer" | "noir" | "code") { "false" } else { "" };
        let attributes = [("type", "button"), ("data-choose", word), ("title", key), ("aria-pressed", pressed)];
        open(&mut html, "button", attributes.get(..3 + usize::from(!pressed.is_empty())).unwrap_or_default());
        html.extend([name, "</button>"]);
        if word == "precedent" {
            html.push_str(
                "<span class=\"which\" aria-hidden=\"true\"></span><span class=\"spoken\" role=\"status\"></span>",
            );
        }
    }
    element(&mut html, "span class=\"age\"", &offline::words(page));
    html.push_str("</p><div class=\"code\" hidden></div><div class=\"black\" hidden></div>");
    html
}

/// The address of what is seen now, as a code.
fn code(page: &Page) -> String {
    let (mut html, here) = (String::new(), link::write(page).unwrap_or_else(place::path));
    let label = page.lang().pick("Code QR de l’adresse de cette page", "QR code of the address of this page");
    html.extend(qr::draw(&here).map(|code| render_svg(&code, label)));
    element(&mut html, "p", &here);
    html
}

/// Shows the slide of now.
fn show(page: &Rc<Page>) {
    let Some((slide_idx, is_masked, is_black, has_code)) =
        with(page, |meeting| (meeting.slide_idx, meeting.is_masked, meeting.is_black, meeting.has_code))
    else {
        return;
    };
    let slides = slides(page);
    let Some(slide) = slides.get(slide_idx) else { return };
    let is_title = **slide == **page.host;
    let _ = page.host.set_attribute(IN_MEETING, if is_title { "title" } else { "" });
    for other in &slides {
        let _ = other.remove_attribute(ON);
    }
    if !is_title {
        let _ = slide.set_attribute(ON, "");
    }
    page.host.set_scroll_top(0);
    for member in board::members(page) {
        let is_on = slide.contains(Some(&member.host)) && !is_title;
        if is_on {
            member.shell.get_root_node().dyn_ref().into_iter().for_each(sheet::adopt_apart);
        }
        project(page, &member, is_on);
    }
    // a widget that is not here yet comes now
    let within = part::all(slide, WIDGETS).into_iter().chain([slide.clone()]);
    within.filter(|_| !is_title).for_each(|element: Element| arrive(&element));
    mask(page, is_masked);
    part::show(&page.shell, ".meeting .black", is_black);
    if has_code {
        part::put(&page.shell, ".meeting .code", &code(page));
    }
    part::show(&page.shell, ".meeting .code", has_code);
    for (word, is_pressed) in [("masquer", is_masked), ("noir", is_black), ("code", has_code)] {
        let button = ["[data-choose=", word, "]"].concat();
        part::set(&page.shell, &button, "aria-pressed", if is_pressed { "true" } else { "false" });
    }
    let which = format!("{} / {}", slide_idx + 1, slides.len());
    part::say(&page.shell, ".meeting .which", &which);
    part::say(&page.shell, ".meeting .spoken", &speak(&[&which, ", ", &name(page, slide)].concat(), page.lang()));
    remember(page);
    notes::write(page, &slides, slide_idx);
}

/// Draws a widget for the screen of a meeting, or as the page has it.
fn project(page: &Page, member: &Rc<Page>, is_on: bool) {
    let is_of = |of: &Weak<Page>| std::ptr::eq(of.as_ptr(), Rc::as_ptr(member));
    let was_on = member.shell.has_attribute(ON);
    if was_on && is_on {
        return;
    }
    if !is_on {
        if was_on && let Some(themes) = with(page, |meeting| meeting.themes.clone()) {
            restore(&themes, member);
        }
        return;
    }
    // refused only for a name that no attribute can have
    let _ = member.shell.set_attribute(ON, "");
    if let Some(loaded) = member.loaded.borrow_mut().as_mut() {
        with(page, |meeting| {
            if !meeting.themes.iter().any(|(of, _)| is_of(of)) {
                meeting.themes.push((Rc::downgrade(member), loaded.spec.theme));
                // a picture that is drawn again hides what it hid
                meeting.followers.push(super::effect(member, |member| {
                    if member.seen.drawing.get().is_some() {
                        let member = member.clone();
                        spawn_local(async move {
                            // once it is in its place
                            tick().await;
                            mask_picture(&member);
                        });
                    }
                }));
            }
        });
        loaded.spec.theme = Some(Preset::Projector);
    }
    fit(member);
}

/// Draws a widget for the room that it has now.
fn fit(member: &Page) {
    member.release();
    member.resized();
    if member.drawing().is_some() {
        member.height.set(place::screen_height(&member.shell));
        member.redraw();
    }
}

/// Draws a widget as the page has it.
fn restore(themes: &[(Weak<Page>, Option<Preset>)], member: &Rc<Page>) {
    let _ = member.shell.remove_attribute(ON);
    let Some((_, theme)) = themes.iter().find(|(of, _)| std::ptr::eq(of.as_ptr(), Rc::as_ptr(member))) else { return };
    if let Some(loaded) = member.loaded.borrow_mut().as_mut() {
        loaded.spec.theme = *theme;
    }
    fit(member);
}

/// Has an element that is far down the page begin at once.
pub(super) fn arrive(element: &Element) {
    let method = Reflect::get(element, &"arrive".into()).ok().and_then(|method| method.dyn_into::<Function>().ok());
    // what is no widget has none
    let _ = method.map(|method| method.call0(element));
}

/// Whether a board or a story is shown to a meeting now.
pub(super) fn is_on(page: &Page) -> bool {
    with(page, |_| ()).is_some()
}
