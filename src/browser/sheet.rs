//! How is the widget styled without a `<style>` that a policy would refuse?

use std::cell::RefCell;

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, ShadowRoot};

thread_local! {
    /// Those that were made: a page has only the sheets of what it shows.
    static MADE: RefCell<Vec<CssStyleSheet>> = const { RefCell::new(Vec::new()) };
    static SHEET: Option<CssStyleSheet> = make(include_str!(concat!(env!("OUT_DIR"), "/style.css")));
}

thread_local! {
    static APART: Option<CssStyleSheet> = make(include_str!(concat!(env!("OUT_DIR"), "/apart.css")));
}

fn make(css: &str) -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    // refused only for a sheet that was not constructed
    let _ = sheet.replace_sync(css);
    MADE.with_borrow_mut(|made| made.push(sheet.clone()));
    Some(sheet)
}

/// Adopts the sheet of what is more than a chart, once.
pub(crate) fn adopt_apart(root: &ShadowRoot) {
    let name = JsValue::from_str("adoptedStyleSheets");
    let sheets: Option<Array> = Reflect::get(root, &name).ok().map(|sheets| Array::from(&sheets));
    APART.with(|sheet| {
        if let (Some(sheet), Some(sheets)) = (sheet, sheets.filter(|sheets| sheets.length() < 2)) {
            sheets.push(sheet);
            // a browser without adopted sheets shows the widget plainly
            let _ = Reflect::set(root, &name, &sheets);
        }
    });
}

thread_local! {
    static PAGE: Option<CssStyleSheet> = make(include_str!(concat!(env!("OUT_DIR"), "/story.css")));
}

/// Adopts, in the page or the root that holds a board or a story, the sheet of stories and meetings, once.
pub(crate) fn adopt_page(root: &JsValue) {
    let name = JsValue::from_str("adoptedStyleSheets");
    let sheets = Reflect::get(root, &name).ok().filter(JsValue::is_object).map(|sheets| Array::from(&sheets));
    PAGE.with(|sheet| {
        let Some(sheet) = sheet else { return };
        if let Some(sheets) = sheets.filter(|sheets| !sheets.includes(sheet.as_ref(), 0)) {
            sheets.push(sheet);
            // a browser without adopted sheets shows the story as a document
            let _ = Reflect::set(root, &name, &sheets);
        }
    });
}

/// Lays out by the rules for paper what is on the screen, or by those for the screen again.
pub(crate) fn set_paper(is_paper: bool) {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok().filter(JsValue::is_object);
    let sheets = MADE.with_borrow(Clone::clone);
    for rules in sheets.into_iter().filter_map(|sheet| get(&sheet, "cssRules")) {
        for media in Array::from(&rules).iter().filter_map(|rule| get(&rule, "media")) {
            let name = JsValue::from_str("mediaText");
            let now = Reflect::get(&media, &name).ok().and_then(|now| now.as_string()).unwrap_or_default();
            // the media of our sheets, to the letter (`print` and `screen` alone), and what they are meanwhile
            for (screen, paper) in [("print", "print, screen"), ("screen", "speech")] {
                let (from, to) = if is_paper { (screen, paper) } else { (paper, screen) };
                if now == from {
                    // refused only for an object that takes no more names
                    let _ = Reflect::set(&media, &name, &to.into());
                }
            }
        }
    }
}

/// Adopts the one sheet of all widgets.
pub(crate) fn adopt(root: &ShadowRoot) {
    SHEET.with(|sheet| {
        if let Some(sheet) = sheet {
            let sheets = Array::of1(sheet);
            // a browser without adopted sheets shows the widget plainly
            let _ = Reflect::set(root, &JsValue::from_str("adoptedStyleSheets"), &sheets);
        }
    });
}
