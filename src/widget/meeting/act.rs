//! What does a key, a button or a finger do in a meeting?

use std::rc::Rc;

use encart_story::narrative::MEETING;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, TouchEvent};

use super::{FULL, Meeting, ON, begin, board, fit, leave, mask, notes, show, slides, with};
use crate::browser::{part, place};
use crate::state::Page;

/// How far a finger draws to turn the page, in pixels.
const SWIPE: i32 = 60;

/// A key, a button or a finger; whether it is the meeting's.
pub(crate) fn hear(page: &Rc<Page>, event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let kind = event.type_();
    let pressed = || target.as_ref()?.closest("[data-choose]").ok().flatten()?.get_attribute("data-choose");
    if kind == "click" && pressed().as_deref() == Some(MEETING) {
        // refused by some telephones: what is fixed over the page does; asked first, the browser knows how far down the page was
        let _ = page.host.request_fullscreen();
        begin(page, 0, false, false);
        return true;
    }
    if with(page, |_| ()).is_none() {
        return false;
    }
    let word = match kind.as_str() {
        "click" => {
            if target.as_ref().is_some_and(|target| target.closest(".meeting").ok().flatten().is_none()) {
                return go_to(page, target.as_ref());
            }
            let is_black = with(page, |meeting| meeting.is_black) == Some(true);
            if is_black { Some("noir".into()) } else { pressed() }
        }
        // another window’s event is none of this window’s classes
        "keydown" => {
            let word = key_word(event.unchecked_ref(), target.as_ref());
            let is_black = with(page, |meeting| meeting.is_black) == Some(true);
            // what was answered already, on its way here, is not answered twice
            if is_black && !event.default_prevented() { Some("noir".into()) } else { word }
        }
        "touchstart" | "touchend" => event.dyn_ref::<TouchEvent>().and_then(|event| swiped(page, event)),
        "fullscreenchange" => {
            let is_full = place::document().is_some_and(|document| document.fullscreen_element().is_some());
            part::show(&page.shell, ".meeting [data-choose=plein]", !is_full);
            let was_full = with(page, |_| page.host.has_attribute(FULL)).unwrap_or(false);
            let _ = match is_full {
                true => page.host.set_attribute(FULL, ""),
                false => page.host.remove_attribute(FULL),
            };
            // browsers leave by themselves, on Escape and for the window of the notes: the meeting goes on in the window
            if was_full && !is_full && with(page, uncover) == Some(true) {
                show(page);
            }
            return true;
        }
        "encart-ready" => {
            // what has come is drawn for the screen
            let is_new = |member: &Rc<Page>| target.as_ref().is_some_and(|target| ***member.host == ***target);
            if let Some(member) = board::members(page).iter().find(|member| is_new(member)) {
                let _ = member.shell.remove_attribute(ON);
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

/// The index of a board leads to the screens of its widgets.
fn go_to(page: &Rc<Page>, target: Option<&Element>) -> bool {
    let entry = target.and_then(|target| target.closest("[data-choose=aller]").ok().flatten());
    let idx = entry.and_then(|entry| entry.get_attribute("data-value")?.parse::<usize>().ok());
    let Some(member) = idx.and_then(|idx| board::members(page).into_iter().nth(idx)) else { return false };
    let Some(slide_idx) = slides(page).iter().rposition(|slide| slide.contains(Some(&member.host))) else {
        return false;
    };
    with(page, |meeting| meeting.slide_idx = slide_idx);
    show(page);
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
    if is_in(".picture")
        && !is_turn
        && matches!(key.as_str(), "ArrowRight" | "ArrowLeft" | "ArrowDown" | "ArrowUp" | "Home" | "End" | " ")
    {
        return None;
    }
    word_of(&key).map(str::to_string)
}

/// A finger that draws to a side turns the page.
fn swiped(page: &Page, event: &TouchEvent) -> Option<String> {
    let touch = event.changed_touches().get(0)?;
    let at = (touch.client_x(), touch.client_y());
    if event.type_() == "touchstart" {
        // two fingers are for looking closer
        with(page, |meeting| meeting.touch = Some(at).filter(|_| event.touches().length() < 2));
        return None;
    }
    let from = with(page, |meeting| meeting.touch.take())??;
    let (x, y) = (at.0 - from.0, at.1 - from.1);
    let is_swipe = x.abs() > SWIPE && x.abs() > 2 * y.abs();
    is_swipe.then(|| if x < 0 { "suivant".to_string() } else { "precedent".to_string() })
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
        "ArrowDown" => "bas",
        "ArrowUp" => "haut",
        _ => return None,
    })
}

/// Takes the black screen and the code away; whether there was one.
fn uncover(meeting: &mut Meeting) -> bool {
    std::mem::take(&mut meeting.is_black) | std::mem::take(&mut meeting.has_code)
}

/// Does what a key, a button or a finger asks for.
fn obey(page: &Rc<Page>, word: &str) {
    let last = slides(page).len().saturating_sub(1);
    match word {
        "quitter" if with(page, uncover) == Some(true) => return show(page),
        "quitter" => return leave(page),
        // what is longer than the screen
        "bas" | "haut" => {
            let step = place::window_height() / 2.0;
            page.host.scroll_by_with_x_and_y(0.0, if word == "bas" { step } else { -step });
            return;
        }
        "plein" => {
            let _ = page.host.request_fullscreen();
            return;
        }
        "notes" => notes::open(page),
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
