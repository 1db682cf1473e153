//! How does a visitor choose among the series? A button lies over each name in the picture: pointing singles it out, a
//! click leaves it out or takes it in, with the shift key it stays alone.

use std::rc::Rc;

use encart_chart::Drawing;
use encart_scene::svg::escape;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::float::place;
use super::words;
use crate::browser::part;
use crate::late;
use crate::state::Page;

/// Lays the buttons where the names are. As long as the names are the same so are the buttons: the keyboard keeps its
/// place.
pub(super) fn fill(page: &Rc<Page>, drawing: &Drawing) {
    let names = &drawing.scene.names;
    let Some(legend) = part::find(&page.shell, ".legend") else { return };
    // one name is no choice
    let names: &[_] = if names.len() < 2 { &[] } else { names };
    legend.set_hidden(names.is_empty());
    let is_same = buttons(&legend).map(|button| name_of(&button)).eq(names.iter().map(|(name, _)| Some(name.clone())));
    if !is_same {
        let mut html = String::new();
        for (name, _) in names {
            html.push_str("<button type=\"button\" data-do=\"series\" data-name=\"");
            escape(name, &mut html);
            html.push_str("\">");
            escape(name, &mut html);
            html.push_str("</button>");
        }
        part::put(&page.shell, ".legend", &html);
    }
    let view = page.view.borrow();
    for (button, (name, bounds)) in buttons(&legend).zip(names) {
        let bounds = [("left", bounds.x), ("top", bounds.y), ("width", bounds.width), ("height", bounds.height)];
        button.style().set_css_text(&place(&bounds));
        let is_shown = if view.hidden.contains(name) { "false" } else { "true" };
        // refused only for a name that no attribute can have
        let _ = button.set_attribute("aria-pressed", is_shown);
    }
}

fn buttons(legend: &Element) -> impl Iterator<Item = HtmlElement> + use<> {
    let children = legend.children();
    (0..children.length()).filter_map(move |idx| children.item(idx)?.dyn_into().ok())
}

/// The series whose button this is.
pub(super) fn name_of(button: &Element) -> Option<String> {
    button.get_attribute("data-name")
}

/// A series is left out or taken in, or stays alone.
pub(super) fn choose(page: &Rc<Page>, name: &str, is_alone: bool) {
    let Some(drawing) = page.drawing() else { return };
    {
        let mut view = page.view.borrow_mut();
        if is_alone {
            let all: Vec<String> = drawing.scene.names.iter().map(|(name, _)| name.clone()).collect();
            view.isolate(name, &all);
        } else {
            view.toggle(name);
        }
        // of nothing there is no picture: all come back
        if drawing.scene.names.iter().all(|(name, _)| view.hidden.contains(name)) {
            view.hidden.clear();
        }
    }
    late::doors::turn(page);
    let hidden = page.view.borrow().hidden.clone();
    let lang = drawing.lang;
    let words = match (hidden.is_empty(), hidden.iter().any(|hidden| hidden == name)) {
        (true, _) => lang.pick("tout est montré", "all is shown").to_string(),
        (_, true) => [name, lang.pick(" : masqué", ": hidden")].concat(),
        _ if is_alone => [name, lang.pick(" : montré seul", ": shown alone")].concat(),
        _ => [name, lang.pick(" : montré", ": shown")].concat(),
    };
    words::say(page, &words);
}

/// Singles a series out, or none.
pub(super) fn single_out(page: &Rc<Page>, name: Option<String>) {
    if page.view.borrow().focus != name {
        page.view.borrow_mut().focus = name;
        page.redraw();
    }
}
