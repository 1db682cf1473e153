//! What happens when a visitor points, types or clicks?

use std::rc::Rc;
use std::sync::{Arc, Weak};

use encart_chart::walk::Arrow;
use encart_chart::{Drawing, View};
use encart_scene::hit::Columns;
use encart_scene::{Key, Point};
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::{GetUntracked, Set};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, EventTarget, HtmlElement, KeyboardEvent, MouseEvent, Node, PointerEvent};

use super::footer::BUTTONS;
use super::{Open, explore, files, group, legend, words};
use crate::browser::{part, place};
use crate::late;
use crate::state::{Page, Stage};

/// What a widget listens to: events that bubble, so that one listener on the whole hears every part.
const EVENTS: [&str; 10] = [
    "click",
    "keydown",
    "input",
    "dblclick",
    "pointermove",
    "pointerdown",
    "pointerup",
    "pointerout",
    "focusout",
    "fullscreenchange",
];

/// Listens on behalf of the whole widget, as long as the listeners live.
pub(crate) fn listen(page: &Rc<Page>) -> Vec<EventListener> {
    // on the root: on an element it would make each of its words something to click on, to a screen reader
    let root: EventTarget = page.shell.get_root_node().into();
    let listen = |name: &'static str| {
        let page = page.clone();
        EventListener::new_with_options(&root, name, options(name), move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            // what is in the tag passes here too
            if page.shell.contains(target.as_ref()) {
                dispatch(&page, event);
            }
        })
    };
    EVENTS.into_iter().map(listen).collect()
}

/// Listens to something on behalf of a widget, as long as the listener lives.
pub(crate) fn listen_to(page: &Rc<Page>, target: &EventTarget, name: &'static str) -> EventListener {
    let page = page.clone();
    EventListener::new_with_options(target, name, options(name), move |event| dispatch(&page, event))
}

/// Arrow keys are kept from scrolling the page; what scrolls within it does not bubble.
fn options(name: &str) -> EventListenerOptions {
    let phase = if name == "scroll" { EventListenerPhase::Capture } else { EventListenerPhase::Bubble };
    EventListenerOptions { phase, passive: false }
}

fn dispatch(page: &Rc<Page>, event: &Event) {
    if page.hears_apart(event) {
        // a table's own
    } else if late::is_here() {
        late::doors::hear(page, event);
    } else if matches!(event.type_().as_str(), "click" | "keydown") {
        // it did not come: asked for again, the next act is answered
        let page = page.clone();
        spawn_local(async move {
            if late::bring().await {
                page.catch_up();
            }
        });
    }
}

/// What was done, and what follows.
pub(crate) fn hear(page: &Rc<Page>, event: &Event) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let is_on = |selector: &str| target.closest(selector).ok().flatten().is_some();
    match event.type_().as_str() {
        "click" => {
            let button = target.closest("button").ok().flatten().and_then(|button| button.get_attribute("data-do"));
            let series = target.closest("[data-name]").ok().flatten().and_then(|button| legend::name_of(&button));
            let is_alone = event.dyn_ref::<MouseEvent>().is_some_and(MouseEvent::shift_key);
            match button {
                Some(_) if series.is_some() => {
                    series.into_iter().for_each(|name| legend::choose(page, &name, is_alone));
                }
                Some(name) => clicked(page, &name),
                None if is_on(".picture") && !is_on(".tip") => {
                    page.seen.current.get_untracked().into_iter().for_each(|key| pick(page, key))
                }
                None => {}
            }
            release(page);
        }
        "keydown" => {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                if is_on(".picture") {
                    typed(page, event);
                } else if event.key() == "Escape" && is_on(".footer") {
                    close_panel(page);
                }
            }
            release(page);
        }
        "input" if is_on("[data-choose]") => {
            explore::choose(page, &target);
            release(page);
        }
        "dblclick" if is_on(".picture") => explore::reset(page),
        "focusout" if is_on(".picture") => focus(page, None, true),
        "fullscreenchange" => {
            name_large(page);
            page.resized();
        }
        _ => {
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                let series = target.closest("[data-name]").ok().flatten().and_then(|button| legend::name_of(&button));
                let is_over = event.type_() == "pointermove" && event.pointer_type() == "mouse";
                legend::single_out(page, series.filter(|_| is_over));
                pointed(page, event, &target);
            }
        }
    }
}

/// A datum is chosen; of surfaces its group is then seen alone, and all again when it is.
fn pick(page: &Rc<Page>, key: Key) {
    page.select(key);
    // the first touch reads, the second chooses
    if page.is_first_touch.take() {
        return;
    }
    let group = page.drawing().and_then(|drawing| drawing.group_of(key).map(str::to_string));
    group.into_iter().for_each(|group| legend::choose(page, &group, true));
}

/// Closes what is open under the footer and gives the keyboard back to its button.
fn close_panel(page: &Page) {
    if let Some(button) = part::find(&page.shell, "[aria-expanded=true]") {
        // refused only for an element that cannot be focused
        let _ = button.focus();
    }
    page.seen.open.set(Open::Nothing);
}

/// A visitor who acts expects things to move: the chart may take the height that it needs.
fn release(page: &Page) {
    if page.seen.stage.get_untracked() == Stage::Ready {
        page.release();
    }
}

/// Puts a datum in focus, or none; what is not silent is spoken too.
pub(super) fn focus(page: &Page, key: Option<Key>, is_spoken: bool) {
    page.seen.current.set(key);
    group::tell(page, key);
    let Some(drawing) = page.drawing().filter(|_| is_spoken) else { return };
    words::read(page, &drawing, key);
    // where the keyboard is on the picture its own words are heard
    if part::find(&page.shell, ".picture:focus").is_none() {
        let words = key.and_then(|key| drawing.words_at(key)).map_or(String::new(), |words| words.spoken);
        words::say(page, &words);
    }
}

fn typed(page: &Rc<Page>, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let Some(drawing) = page.seen.drawing.get_untracked() else { return };
    let (key, from) = (event.key(), page.seen.current.get_untracked());
    if let Some(arrow) = Arrow::from_key(&key) {
        event.prevent_default();
        focus(page, drawing.walk(from, arrow), true);
    } else if key == "Escape" && from.is_none() && *page.view.borrow() != View::default() {
        // a second one brings everything back
        event.stop_propagation();
        explore::reset(page);
    } else if let Some(from) = from {
        match key.as_str() {
            "Escape" => {
                event.stop_propagation();
                focus(page, None, true);
            }
            "Enter" | " " => {
                // the space bar would scroll the chart away
                event.prevent_default();
                pick(page, from);
            }
            _ => {}
        }
    }
}

/// The pointer finds the nearest datum; a finger that scrolls moves too: only its touch counts. A mouse that is drawn across
/// the periods chooses some of them.
fn pointed(page: &Rc<Page>, event: &PointerEvent, target: &Element) {
    let is_mouse = event.pointer_type() == "mouse";
    let Some(picture) = target.closest(".picture").ok().flatten() else { return };
    let Some(drawing) = page.drawing() else { return };
    let bounds = picture.get_bounding_client_rect();
    let scale = drawing.scene.width / bounds.width().max(1.0);
    let x = (f64::from(event.client_x()) - bounds.left()) * scale;
    let y = (f64::from(event.client_y()) - bounds.top()) * scale;
    if is_mouse && explore::drag(page, &drawing, event, x) {
        return;
    }
    if event.type_() == "pointerout" {
        let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
        if is_mouse && !picture.contains(to.as_ref()) {
            focus(page, None, false);
        }
        return;
    }
    // the words of a datum stay as long as the pointer is on them
    let is_on_words = target.closest(".tip").ok().flatten().is_some();
    if (is_mouse || event.type_() == "pointerdown") && !is_on_words {
        let key = nearest(page, &drawing, Point::new(x, y));
        let is_new = key != page.seen.current.get_untracked();
        page.is_first_touch.set(!is_mouse && is_new);
        key.filter(|_| is_new).into_iter().for_each(|key| focus(page, Some(key), false));
    }
}

/// The datum nearest to a point of the picture. Its columns are laid out when the pointer first comes to it.
fn nearest(page: &Page, drawing: &Arc<Drawing>, point: Point) -> Option<Key> {
    let is_same = |of: &Weak<Drawing>| std::ptr::eq(of.as_ptr(), Arc::as_ptr(drawing));
    let mut columns = page.columns.borrow_mut();
    let found = columns.take().filter(|(of, _)| is_same(of));
    let (_, columns) = columns.insert(found.unwrap_or_else(|| (Arc::downgrade(drawing), Columns::of(&drawing.spots))));
    columns.nearest(&drawing.spots, point)
}

fn clicked(page: &Rc<Page>, button: &str) {
    if let Some((_, what)) = BUTTONS.iter().find(|(name, _)| *name == button) {
        let open = &page.seen.open;
        open.set(if open.get_untracked() == *what { Open::Nothing } else { *what });
        return;
    }
    match button {
        "retry" => page.load(),
        "large" => show_large(&page.shell),
        "reset" => explore::reset(page),
        what => files::give(page, what),
    }
}

/// The button says what it does next.
fn name_large(page: &Page) {
    let is_large = place::document().is_some_and(|document| document.fullscreen_element().is_some());
    let words = match is_large {
        true => page.lang().pick("Quitter le plein écran", "Leave full screen"),
        false => page.lang().pick("Plein écran", "Full screen"),
    };
    part::say(&page.shell, "[data-do=large]", words);
}

/// Shows the widget alone, for a meeting, with the keyboard on its picture; again, or Escape, comes back.
fn show_large(shell: &HtmlElement) {
    let Some(document) = place::document() else { return };
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
        return;
    }
    // refused without the visitor's gesture: the button is one
    let _ = shell.request_fullscreen();
    if let Some(picture) = part::find(shell, ".picture") {
        // refused only for an element that cannot be focused
        let _ = picture.focus();
    }
}
