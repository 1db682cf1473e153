//! How is a board or a story shown to a meeting: one idea a screen, in large type, with keys, a clicker or a finger?

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use encart_chart::html::{element, open};
use encart_chart::spec::Preset;
use encart_scene::svg::escape;
use encart_story::narrative::MEETING;
use encart_story::qr;
use js_sys::{Function, Reflect};
use leptos::prelude::Get;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, KeyboardEvent, TouchEvent, Window};

use super::{Follower, act, board, group, link};
use crate::browser::{markup, part, place, sheet};
use crate::state::Page;

/// What marks a tag in a meeting; its value says whether its own head is shown.
const IN_MEETING: &str = "data-meeting";

/// What marks what is on the screen.
const ON: &str = "data-on";

/// What marks what hides its figures.
const MASKED: &str = "data-masked";

/// Where the state of a meeting is kept for a reload.
const KEPT: &str = "encart-seance";

/// How far a finger draws to turn the page, in pixels.
const SWIPE: i32 = 60;

/// A meeting.
struct Meeting {
    page: Weak<Page>,
    slide_idx: usize,
    is_masked: bool,
    is_black: bool,
    has_code: bool,
    /// What of the page is closed meanwhile.
    closed: Vec<Element>,
    notes: Option<Window>,
    /// Where a finger was put down.
    touch: Option<(i32, i32)>,
    /// What the widgets on the screen are drawn in otherwise.
    themes: Vec<(Weak<Page>, Option<Preset>)>,
    followers: Vec<Follower>,
    n_ears: usize,
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
    let Ok(found) = page.host.query_selector_all(selector) else { return Vec::new() };
    let found = (0..found.length()).filter_map(|idx| found.item(idx)?.dyn_into::<Element>().ok());
    if !board::is_board(page) {
        return found.filter(|slide| !slide.text_content().unwrap_or_default().trim().is_empty()).collect();
    }
    let members = board::members(page);
    let holds = |slide: &Element| members.iter().any(|member| slide.contains(Some(&member.host)));
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
    let Some(kept) = kept.filter(|_| with(page, |_| ()).is_none()) else { return };
    let mut parts = kept.splitn(4, ' ');
    let (slide, flags, place) = (parts.next(), parts.next().unwrap_or_default(), parts.next());
    let is_here = place.and_then(|place| place.parse().ok()) == position(page) && parts.next() == Some(&path());
    let Some(slide_idx) = slide.and_then(|slide| slide.parse::<usize>().ok()).filter(|_| is_here) else { return };
    let n_slides = slides(page).len();
    if n_slides <= slide_idx {
        return;
    }
    let own = group::all().into_iter().find(|own| std::ptr::eq(&**own, page));
    if let Some(own) = own {
        begin(&own, slide_idx, flags.contains('m'), flags.contains('n'));
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

fn path() -> String {
    place::address().split('#').next().unwrap_or_default().to_string()
}

/// Which of the boards and stories of the page it is.
fn position(page: &Page) -> Option<u32> {
    let all = place::document()?.query_selector_all("encart-board, encart-story").ok()?;
    (0..all.length()).find(|idx| all.item(*idx).is_some_and(|node| *node == ***page.host))
}

fn remember(page: &Page) {
    let Some((slide_idx, is_masked, is_black)) =
        with(page, |meeting| (meeting.slide_idx, meeting.is_masked, meeting.is_black))
    else {
        return;
    };
    let flags = ["-", if is_masked { "m" } else { "" }, if is_black { "n" } else { "" }].concat();
    let position = position(page).unwrap_or(0);
    if let Some(storage) = storage() {
        // refused where there is no room: a reload then begins anew
        let _ = storage.set_item(KEPT, &format!("{slide_idx} {flags} {position} {}", path()));
    }
}

/// Begins a meeting.
fn begin(page: &Rc<Page>, slide_idx: usize, is_masked: bool, is_black: bool) {
    if MEETING_NOW.with_borrow(Option::is_some) {
        return;
    }
    let n_ears = page.ears.borrow().len();
    let listeners = web_sys::window().into_iter().flat_map(|window| {
        ["keydown", "touchstart", "touchend", "resize"].map(|name| act::listen_to(page, &window, name))
    });
    let ready = act::listen_to(page, &page.host, "encart-ready");
    let full = place::document().map(|document| act::listen_to(page, &document, "fullscreenchange"));
    let listeners: Vec<_> = listeners.chain(full).chain([ready]).collect();
    page.ears.borrow_mut().extend(listeners);
    let closed = close_others(page);
    sheet::adopt_page(&page.host.get_root_node());
    MEETING_NOW.set(Some(Meeting {
        page: Rc::downgrade(page),
        slide_idx,
        is_masked,
        is_black,
        has_code: false,
        closed,
        notes: None,
        touch: None,
        themes: Vec::new(),
        followers: Vec::new(),
        n_ears,
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

/// All that is beside the tag takes no keyboard meanwhile.
fn close_others(page: &Page) -> Vec<Element> {
    let mut closed = Vec::new();
    let mut inner: Element = page.host.clone().into();
    while let Some(outer) = inner.parent_element() {
        let others = outer.children();
        for other in (0..others.length()).filter_map(|idx| others.item(idx)) {
            if other != inner && !other.has_attribute("inert") {
                let _ = other.set_attribute("inert", "");
                closed.push(other);
            }
        }
        inner = outer;
    }
    closed
}

/// Leaves the meeting, where the page was.
fn leave(page: &Rc<Page>) {
    let Some(meeting) = MEETING_NOW
        .with_borrow_mut(|meeting| meeting.take_if(|meeting| std::ptr::eq(meeting.page.as_ptr(), Rc::as_ptr(page))))
    else {
        return;
    };
    for closed in &meeting.closed {
        let _ = closed.remove_attribute("inert");
    }
    if let Some(window) = meeting.notes {
        // refused only for a window that is closed
        let _ = window.close();
    }
    let _ = storage().map(|storage| storage.remove_item(KEPT));
    let _ = page.host.remove_attribute(IN_MEETING);
    let _ = page.host.style().remove_property("--encart-stage");
    for slide in slides(page) {
        let _ = slide.remove_attribute(ON);
    }
    mask(page, false);
    for member in board::members(page) {
        restore(&meeting.themes, &member);
    }
    part::find(&page.shell, ".meeting").into_iter().for_each(|bar| bar.remove());
    if let Some(document) = place::document().filter(|document| document.fullscreen_element().is_some()) {
        document.exit_fullscreen();
    }
    if let Some(button) = part::find(&page.shell, "[data-choose=seance]") {
        let _ = button.focus();
    }
    // those of the meeting; the last, since one of them may be what is heard now
    let n_ears = meeting.n_ears.min(page.ears.borrow().len());
    let ears = page.ears.borrow_mut().split_off(n_ears);
    drop(ears);
    page.redraw();
}

/// What a key does.
fn word_of(key: &str) -> Option<&'static str> {
    Some(match key {
        "ArrowRight" | "PageDown" | " " => "suivant",
        "ArrowLeft" | "PageUp" => "precedent",
        "Home" => "premier",
        "End" => "dernier",
        "b" | "B" | "." => "noir",
        "m" | "M" => "masquer",
        "n" | "N" => "notes",
        "q" | "Q" => "code",
        "f" | "F" => "plein",
        "Escape" => "quitter",
        _ => return None,
    })
}

/// The buttons of a meeting.
fn controls(page: &Page) -> String {
    let lang = page.lang();
    let mut html = String::from("<p>");
    let buttons = [
        ("precedent", lang.pick("Précédent", "Previous"), lang.pick("← ou page précédente", "← or page up")),
        ("suivant", lang.pick("Suivant", "Next"), lang.pick("→ ou page suivante", "→ or page down")),
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
            html.push_str("<span class=\"which\" role=\"status\"></span>");
        }
    }
    html.push_str("<span class=\"age\"></span></p>");
    let here = link::write(page).unwrap_or_else(path);
    if let Some(code) =
        qr::write(&here, lang.pick("Code QR de l’adresse de cette page", "QR code of the address of this page"))
    {
        html.extend(["<div class=\"code\" hidden>", &code]);
        element(&mut html, "p", &here);
        html.push_str("</div>");
    }
    html.push_str("<div class=\"black\" hidden></div>");
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
    let within = slide.query_selector_all("encart-chart, encart-figure, encart-table").ok();
    let within = within.iter().flat_map(|all| (0..all.length()).filter_map(|idx| all.item(idx)?.dyn_into().ok()));
    within.chain([slide.clone()]).filter(|_| !is_title).for_each(|element: Element| arrive(&element));
    mask(page, is_masked);
    part::show(&page.shell, ".meeting .black", is_black);
    part::show(&page.shell, ".meeting .code", has_code);
    for (word, is_pressed) in [("masquer", is_masked), ("noir", is_black), ("code", has_code)] {
        let button = ["[data-choose=", word, "]"].concat();
        part::set(&page.shell, &button, "aria-pressed", if is_pressed { "true" } else { "false" });
    }
    let which = format!("{} / {}", slide_idx + 1, slides.len());
    let words = [&which, " ", &name(page, slide)].concat();
    part::say(&page.shell, ".meeting .which", &which);
    part::set(&page.shell, ".meeting .which", "aria-label", &words);
    remember(page);
    write_notes(page, &slides, slide_idx);
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

/// Hides the figures of every picture and value, or shows them; what names them stays.
fn mask(page: &Page, is_masked: bool) {
    let mark = |element: &Element| {
        // refused only for a name that no attribute can have
        let _ = match is_masked {
            true => element.set_attribute(MASKED, ""),
            false => element.remove_attribute(MASKED),
        };
    };
    mark(&page.host);
    for member in board::members(page) {
        mark(&member.shell);
        mask_picture(&member);
    }
}

/// Hides the figures of a picture, where they are to be hidden.
fn mask_picture(member: &Page) {
    let is_masked = member.shell.has_attribute(MASKED);
    let Ok(texts) = member.shell.query_selector_all(".canvas text") else { return };
    for text in (0..texts.length()).filter_map(|idx| texts.item(idx)?.dyn_into::<Element>().ok()) {
        let _ = match is_masked && is_figure(&text.text_content().unwrap_or_default()) {
            true => text.set_attribute("visibility", "hidden"),
            false => text.remove_attribute("visibility"),
        };
    }
}

/// Whether words of a picture are a value: they begin with a digit or a sign, and are no year.
fn is_figure(words: &str) -> bool {
    let words = words.trim();
    let is_year = words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit());
    !is_year
        && words
            .trim_start_matches(['+', '-', '−', '≈', '>', '<', '≥', '≤', ' '])
            .starts_with(|letter: char| letter.is_ascii_digit())
}

/// Fills the window of who presents.
fn write_notes(page: &Page, slides: &[Element], slide_idx: usize) {
    let Some(window) = with(page, |meeting| meeting.notes.clone()).flatten() else { return };
    let Some(body) = window.document().and_then(|document| document.body()) else { return };
    let lang = page.lang();
    let title = |idx: usize| slides.get(idx).map(|slide| name(page, slide));
    let mut html = String::new();
    element(&mut html, "p", &format!("{} / {}", slide_idx + 1, slides.len()));
    element(&mut html, "h1", &title(slide_idx).unwrap_or_default());
    let slide = slides.get(slide_idx);
    let inside = |selector: &str| {
        let found = slide.and_then(|slide| slide.query_selector_all(selector).ok());
        let parts = found
            .iter()
            .flat_map(|found| (0..found.length()).filter_map(|idx| found.item(idx)?.dyn_into::<Element>().ok()));
        parts.map(|part| part.inner_html()).collect::<String>()
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
}

/// Opens the window of who presents, with the keys of the meeting.
fn open_notes(page: &Rc<Page>) {
    let is_open = |window: &Window| !window.closed().unwrap_or(true);
    let window = with(page, |meeting| meeting.notes.clone().filter(is_open)).flatten().or_else(|| {
        let opened = web_sys::window()?;
        opened.open_with_url_and_target_and_features("", "encart-notes", "popup,width=900,height=700").ok().flatten()
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
    if let Some(document) = window.document() {
        document.set_title(lang.pick("Notes de séance", "Notes of the meeting"));
        let _ = document.document_element().map(|root| root.set_attribute("lang", lang.pick("fr", "en")));
        if let Some(body) = document.body() {
            for (name, value) in [("font", "24px/1.5 sans-serif"), ("margin", "24px"), ("max-width", "60em")] {
                let _ = body.style().set_property(name, value);
            }
        }
    }
    let key = act::listen_to(page, &window, "keydown");
    page.ears.borrow_mut().push(key);
    with(page, |meeting| meeting.notes = Some(window));
}

/// A key, a button or a finger; whether it is the meeting's.
pub(crate) fn hear(page: &Rc<Page>, event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let kind = event.type_();
    let pressed = || target.as_ref()?.closest("[data-choose]").ok().flatten()?.get_attribute("data-choose");
    if kind == "click" && pressed().as_deref() == Some(MEETING) {
        begin(page, 0, false, false);
        // refused by some telephones: what is fixed over the page does
        let _ = page.host.request_fullscreen();
        return true;
    }
    if with(page, |_| ()).is_none() {
        return false;
    }
    let word = match kind.as_str() {
        "click" => {
            if target.as_ref().is_some_and(|target| target.closest(".meeting").ok().flatten().is_none()) {
                return false;
            }
            let is_black = with(page, |meeting| meeting.is_black) == Some(true);
            if is_black { Some("noir".into()) } else { pressed() }
        }
        // another window’s event is none of this window’s classes
        "keydown" => key_word(event.unchecked_ref(), target.as_ref()),
        "touchstart" | "touchend" => event.dyn_ref::<TouchEvent>().and_then(|event| swiped(page, event)),
        "fullscreenchange" => {
            let is_full = place::document().is_some_and(|document| document.fullscreen_element().is_some());
            part::show(&page.shell, ".meeting [data-choose=plein]", !is_full);
            let was_full = with(page, |_| page.host.has_attribute("data-full")).unwrap_or(false);
            let _ = match is_full {
                true => page.host.set_attribute("data-full", ""),
                false => page.host.remove_attribute("data-full"),
            };
            (was_full && !is_full).then(|| "quitter".to_string())
        }
        "encart-ready" => {
            // what has come is drawn for the screen
            let is_new = |member: &Rc<Page>| target.as_ref().is_some_and(|target| ***member.host == ***target);
            if board::members(page).iter().any(|member| is_new(member) && !member.shell.has_attribute(ON)) {
                show(page);
            }
            return false;
        }
        "resize" => {
            board::members(page).iter().filter(|member| member.shell.has_attribute(ON)).for_each(|member| fit(member));
            mask(page, with(page, |meeting| meeting.is_masked).unwrap_or(false));
            return true;
        }
        _ => return false,
    };
    let Some(word) = word else { return false };
    if kind == "keydown" {
        event.prevent_default();
    }
    obey(page, &word);
    true
}

/// What a key means where it is typed: in a picture the arrows are the picture's, and a field keeps its letters.
fn key_word(event: &KeyboardEvent, target: Option<&Element>) -> Option<String> {
    let key = event.key();
    let is_free = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.default_prevented();
    let inner = event.composed_path().get(0).dyn_into::<Element>().ok();
    let is_in = |selector: &str| {
        [inner.as_ref(), target].into_iter().flatten().any(|element| element.closest(selector).ok().flatten().is_some())
    };
    let is_turn = matches!(key.as_str(), "PageDown" | "PageUp");
    if !is_free || is_in("input, select, textarea") && !is_turn || is_in("button, summary, a") && key == " " {
        return None;
    }
    if is_in(".picture") && !is_turn && matches!(key.as_str(), "ArrowRight" | "ArrowLeft" | "Home" | "End" | " ") {
        return None;
    }
    word_of(&key).map(str::to_string)
}

/// A finger that draws to a side turns the page.
fn swiped(page: &Page, event: &TouchEvent) -> Option<String> {
    let touch = event.changed_touches().get(0)?;
    let at = (touch.client_x(), touch.client_y());
    if event.type_() == "touchstart" {
        with(page, |meeting| meeting.touch = Some(at));
        return None;
    }
    let from = with(page, |meeting| meeting.touch.take())??;
    let (x, y) = (at.0 - from.0, at.1 - from.1);
    let is_swipe = x.abs() > SWIPE && x.abs() > 2 * y.abs();
    is_swipe.then(|| if x < 0 { "suivant".to_string() } else { "precedent".to_string() })
}

/// Does what a key, a button or a finger asks for.
fn obey(page: &Rc<Page>, word: &str) {
    let last = slides(page).len().saturating_sub(1);
    match word {
        "quitter" => return leave(page),
        "plein" => {
            let _ = page.host.request_fullscreen();
            return;
        }
        "notes" => open_notes(page),
        _ => {}
    }
    with(page, |meeting| {
        let was_black = std::mem::take(&mut meeting.is_black);
        match word {
            "suivant" => meeting.slide_idx = (meeting.slide_idx + 1).min(last),
            "precedent" => meeting.slide_idx = meeting.slide_idx.saturating_sub(1),
            "premier" => meeting.slide_idx = 0,
            "dernier" => meeting.slide_idx = last,
            "noir" => meeting.is_black = !was_black,
            "masquer" => meeting.is_masked = !meeting.is_masked,
            "code" => meeting.has_code = !meeting.has_code,
            _ => {}
        }
    });
    show(page);
}

/// Whether a board or a story is shown to a meeting now.
pub(super) fn is_on(page: &Page) -> bool {
    with(page, |_| ()).is_some()
}
