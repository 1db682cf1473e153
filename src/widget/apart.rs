//! How does a tag that shows more than a chart draw, and answer its visitor?

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Weak};

use encart_chart::link::{FILTER, PAGE, SEARCH, SORT, split_filter};
use encart_chart::{Drawing, Env, Spec};
use encart_story::listing::Memory;
use encart_story::widget::Widget;
use encart_table::json::Object;
use encart_table::{Prepared, Table};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, ShadowRoot};

use crate::browser::{media, part, sheet};
use crate::state::Page;

/// What is read once of a widget's specification, as long as its table is shown.
struct Read {
    table: Weak<Table>,
    widget: Widget,
    memory: Memory,
}

thread_local! {
    static READ: RefCell<Vec<Rc<Read>>> = const { RefCell::new(Vec::new()) };
}

/// What was read with this table: each load makes a new one.
fn read(tag: &str, whole: &Object, table: &Arc<Table>) -> Rc<Read> {
    READ.with_borrow_mut(|all| {
        all.retain(|read| read.table.strong_count() > 0);
        let known = all.iter().find(|read| std::ptr::eq(read.table.as_ptr(), Arc::as_ptr(table))).cloned();
        known.unwrap_or_else(|| {
            let (widget, _) = Widget::take(tag, &mut whole.clone());
            let new = Rc::new(Read { table: Arc::downgrade(table), widget, memory: Memory::default() });
            all.push(new.clone());
            new
        })
    })
}

/// Draws what a tag shows in its shell; the specification is whole.
pub(crate) fn draw(
    (shell, tag): (&Element, &str),
    whole: &Object,
    prepared: &Prepared,
    spec: &Spec,
    env: &Env,
) -> Drawing {
    let root = root(shell);
    root.iter().for_each(sheet::adopt_apart);
    let read = read(tag, whole, &prepared.table);
    let is_still = env.is_still || media::matches("print");
    read.widget.draw(prepared, spec, &Env { is_still, ..env.clone() }, &read.memory)
}

fn root(shell: &Element) -> Option<ShadowRoot> {
    shell.get_root_node().dyn_into().ok()
}

/// Puts rows in their place; what of them had the keyboard has it still, or what says how many there are.
pub(crate) fn fill_rows(page: &Page, rows: &str) {
    let shell: &Element = &page.shell;
    let active = root(shell)
        .and_then(|root| root.active_element())
        .filter(|active| part::find(shell, ".rows").is_some_and(|rows| rows.contains(Some(active))));
    let name = |element: &Element, name: &str| element.get_attribute(name).unwrap_or_default();
    let selector = active.map(|active| {
        [
            "[data-choose=\"",
            &name(&active, "data-choose"),
            "\"][data-at=\"",
            &name(&active, "data-at"),
            "\"]:not(:disabled)",
        ]
        .concat()
    });
    part::put(shell, ".rows", rows);
    if let Some(table) = part::find(shell, ".rows .wide")
        && table.scroll_width() > table.client_width()
    {
        // its own box scrolls; else the page does, and the head stays in view
        table.set_class_name("wide scrolls");
    }
    if let Some(selector) = selector {
        let same = part::find(shell, &selector).or_else(|| part::find(shell, ".rows .count"));
        // refused only for an element that cannot be focused
        let _ = same.map(|same| same.focus());
    }
    sync(page);
}

/// A visitor has done something; whether it is answered here.
pub(crate) fn hear(page: &Rc<Page>, event: &Event) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    let Some(field) = target.closest(".lead [data-choose], .rows [data-choose]").ok().flatten() else { return false };
    let is_button = field.local_name() == "button";
    match event.type_().as_str() {
        "click" if is_button => choose(page, &field),
        "input" if !is_button => choose(page, &field),
        _ => return false,
    }
    true
}

/// A field or a button says what is chosen of the rows.
fn choose(page: &Rc<Page>, field: &Element) {
    let typed = js_sys::Reflect::get(field, &JsValue::from_str("value")).ok().and_then(|value| value.as_string());
    let value = field.get_attribute("data-value").or(typed).unwrap_or_default();
    let word = field.get_attribute("data-choose").unwrap_or_default();
    let table = page.drawing().and_then(|drawing| drawing.rows.as_ref().map(|rows| rows.table.clone()));
    {
        let chosen = &mut page.view.borrow_mut().chosen;
        // what is found or ordered anew is seen from its first page
        chosen.retain(|(other, _)| other != PAGE);
        match word.as_str() {
            SEARCH | SORT | PAGE => chosen.retain(|(other, _)| *other != word),
            FILTER => {
                let column = field.get_attribute("data-column");
                let is_of = |value: &str| {
                    let of = table.as_ref().and_then(|table| Some((table, split_filter(value, table)?.0)));
                    of.and_then(|(table, idx)| table.columns.get(idx)).map(|found| &found.name) == column.as_ref()
                };
                chosen.retain(|(other, value)| other != FILTER || !is_of(value));
            }
            _ => chosen.clear(),
        }
        if !value.is_empty() {
            chosen.push((word.clone(), value));
        }
    }
    page.redraw();
    tell(page, &word);
}

/// A voice says how many rows are found.
fn tell(page: &Page, word: &str) {
    if let Some(drawing) = page.drawing().filter(|_| word != PAGE && word != SORT) {
        let words = drawing.lead.as_ref().map_or("", |lead| lead.said.as_str());
        part::say(&page.shell, "[data-live]", words);
    }
}

/// Gives the fields what is chosen: a link may have chosen it.
fn sync(page: &Page) {
    let Ok(fields) = page.shell.query_selector_all(".lead [data-choose]") else { return };
    let property = JsValue::from_str("value");
    let fields = (0..fields.length()).filter_map(|idx| fields.item(idx)?.dyn_into::<HtmlElement>().ok());
    for field in fields {
        let word = field.get_attribute("data-choose").unwrap_or_default();
        let column = field.get_attribute("data-column").map(|column| [&column, "="].concat());
        let view = page.view.borrow();
        let is_of = |(other, value): &&(String, String)| {
            *other == word && column.as_ref().is_none_or(|column| value.starts_with(column.as_str()))
        };
        let chosen = view.chosen.iter().find(is_of).map_or("", |(_, value)| value.as_str());
        let shown = js_sys::Reflect::get(&field, &property).ok().and_then(|value| value.as_string());
        if shown.as_deref() != Some(chosen) {
            // refused only for an element that has no value
            let _ = js_sys::Reflect::set(&field, &property, &JsValue::from_str(chosen));
        }
    }
}
