//! How is the widget styled without a `<style>` that a policy would refuse?

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, ShadowRoot};

thread_local! {
    static SHEET: Option<CssStyleSheet> = {
        let sheet = CssStyleSheet::new().ok();
        if let Some(sheet) = &sheet {
            // refused only for a sheet that was not constructed
            let _ = sheet.replace_sync(include_str!(concat!(env!("OUT_DIR"), "/style.css")));
        }
        sheet
    };
}

thread_local! {
    static APART: Option<CssStyleSheet> = {
        let sheet = CssStyleSheet::new().ok();
        if let Some(sheet) = &sheet {
            // refused only for a sheet that was not constructed
            let _ = sheet.replace_sync(include_str!(concat!(env!("OUT_DIR"), "/apart.css")));
        }
        sheet
    };
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
    static PAGE: Option<CssStyleSheet> = {
        let sheet = CssStyleSheet::new().ok();
        if let Some(sheet) = &sheet {
            // refused only for a sheet that was not constructed
            let _ = sheet.replace_sync(include_str!(concat!(env!("OUT_DIR"), "/story.css")));
        }
        sheet
    };
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
