//! How does a visitor choose what to see: a place by its name, an order, a part of the periods?

use std::rc::Rc;

use encart_chart::panel::{self, SORTS};
use encart_chart::{Drawing, View};
use leptos::prelude::GetUntracked;
use wasm_bindgen::JsValue;
use web_sys::{Element, PointerEvent};

use super::act::focus;
use super::{float, words};
use crate::browser::part;
use crate::late;
use crate::state::Page;

/// A drag shorter than this is a click.
const LEAST_DRAG: f64 = 12.0;

/// A field of the panel has changed.
pub(super) fn choose(page: &Rc<Page>, field: &Element) {
    let value = js_sys::Reflect::get(field, &JsValue::from_str("value")).ok().and_then(|value| value.as_string());
    let (Some(name), Some(value), Some(drawing)) = (field.get_attribute("data-choose"), value, page.drawing()) else {
        return;
    };
    let number = value.parse().unwrap_or(0);
    let (first, last) = page.view.borrow().window.unwrap_or((0, drawing.labels().count().saturating_sub(1)));
    match name.as_str() {
        "search" => {
            let found = drawing.find(&value);
            focus(page, found, true);
            if found.is_none() && !value.trim().is_empty() {
                words::say(page, drawing.lang.pick("aucun résultat", "no result"));
            }
        }
        "sort" => {
            let sort = SORTS.iter().find(|(word, _)| *word == value).and_then(|(_, sort)| *sort);
            page.look(|view| view.sort = sort);
        }
        "from" => look_at(page, number, last.max(number)),
        _ => look_at(page, first.min(number), number),
    }
}

/// A mouse drawn across the picture chooses the periods under it; whether it is being drawn.
pub(super) fn drag(page: &Rc<Page>, drawing: &Drawing, event: &PointerEvent, x: f64) -> bool {
    let has_window = drawing.choices().is_some_and(|choices| choices.has_window);
    match (event.type_().as_str(), page.drag.get()) {
        ("pointerdown", _) => page.drag.set(Some(x).filter(|_| has_window && event.button() == 0)),
        // let go elsewhere
        ("pointermove", Some(_)) if event.buttons() == 0 => page.drag.set(None),
        ("pointermove", Some(from)) if (x - from).abs() >= LEAST_DRAG => {
            // once: what is said of no datum hides the band too
            if page.seen.current.get_untracked().is_some() {
                focus(page, None, false);
            }
            if let Some(ring) = part::find(&page.shell, ".ring") {
                let (left, width) = (from.min(x), (x - from).abs());
                let band = [("left", left), ("top", 0.0), ("width", width), ("height", drawing.scene.height)];
                ring.style().set_css_text(&float::place(&band));
                ring.set_hidden(false);
            }
            return true;
        }
        ("pointerup", Some(from)) => {
            page.drag.set(None);
            if let (true, Some(from), Some(to)) =
                ((x - from).abs() >= LEAST_DRAG, drawing.slot_near(from.min(x)), drawing.slot_near(from.max(x)))
            {
                let first = page.view.borrow().window.map_or(0, |(first, _)| first);
                look_at(page, first + from, first + to);
                return true;
            }
        }
        _ => {}
    }
    false
}

/// Gives the open panel's fields what is seen now, and leaves the keyboard where it is; whether they could say it.
pub(super) fn sync(page: &Page, drawing: &Drawing) -> bool {
    let value = JsValue::from_str("value");
    panel::chosen(drawing, &page.view.borrow()).into_iter().all(|(name, chosen)| {
        let Some(field) = part::find(&page.shell, &format!(".panel select[data-choose={name}]")) else { return true };
        // refused only for an element that has no value
        let _ = js_sys::Reflect::set(&field, &value, &JsValue::from_str(&chosen));
        // a list that lacks it has none then
        js_sys::Reflect::get(&field, &value).ok().and_then(|value| value.as_string()) == Some(chosen)
    })
}

/// Sees all again.
pub(super) fn reset(page: &Rc<Page>) {
    page.look(|view| *view = View::default());
}

fn look_at(page: &Rc<Page>, from: usize, to: usize) {
    page.look(|view| view.window = Some((from, to)));
}

impl Page {
    /// Draws what the visitor chooses to see.
    fn look(self: &Rc<Self>, choose: impl FnOnce(&mut View)) {
        choose(&mut self.view.borrow_mut());
        focus(self, None, false);
        late::doors::turn(self);
        if let Some(drawing) = self.drawing() {
            words::say(self, &panel::said(&drawing, &self.view.borrow()));
        }
    }
}
