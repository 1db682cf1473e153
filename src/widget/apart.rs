//! How does a tag that shows more than a chart draw, and answer its visitor?

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Weak};

use encart_chart::drawing::Lead;
use encart_chart::link::{FILTER, FROM, PAGE, SEARCH, SORT, TO};
use encart_chart::{Drawing, Env};
use encart_story::listing::Memory;
use encart_story::widget::Widget;
use encart_table::Table;
use encart_table::json::Object;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, ShadowRoot};

use super::story::STORY;
use super::{board, words};
use crate::browser::{media, part, place, sheet};
use crate::load::Loaded;
use crate::state::Page;
use crate::{meeting, story};

/// The word of a button that goes to a widget of a board.
const GO: &str = "aller";

/// The word of a button that brings all back.
const ALL: &str = "tout";

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
fn read(tag: &str, whole: Option<&Object>, table: &Arc<Table>) -> Rc<Read> {
    READ.with_borrow_mut(|all| {
        all.retain(|read| read.table.strong_count() > 0);
        let known = all.iter().find(|read| std::ptr::eq(read.table.as_ptr(), Arc::as_ptr(table))).cloned();
        known.unwrap_or_else(|| {
            let (widget, _) = Widget::take(tag, &mut whole.cloned().unwrap_or_default());
            let new = Rc::new(Read { table: Arc::downgrade(table), widget, memory: Memory::default() });
            all.push(new.clone());
            new
        })
    })
}

/// Takes what a tag has of its own out of a specification, and gives it what its board says for all.
pub(crate) fn take(
    host: &HtmlElement,
    object: &mut Object,
    (whole, own): (&mut Option<Object>, &mut Vec<&'static str>),
) {
    board::enter(host, object);
    let name = host.local_name();
    if let Some(tag) = name.strip_prefix("encart-").filter(|tag| *tag != "chart" || object.get("focus").is_some()) {
        *whole = Some(object.clone());
        Widget::take(tag, object);
        own.extend(Widget::keys(tag).iter().map(|key| key.0));
    }
    board::ask(host, object);
}

/// Draws what a tag shows.
pub(crate) fn draw(page: &Page, loaded: &Loaded, env: &Env) -> Drawing {
    root(&page.shell).iter().for_each(sheet::adopt_apart);
    let (name, prepared, spec) = (page.host.local_name(), &loaded.prepared, &loaded.spec);
    let read = read(name.trim_start_matches("encart-"), loaded.whole.as_ref(), &prepared.table);
    let env = Env { is_still: env.is_still || media::is_print(), ..env.clone() };
    let mut drawing = match &read.widget {
        Widget::Board(board) => {
            meeting::doors::keep(page, board.offline.as_deref());
            board::draw(board, page, spec, &env)
        }
        Widget::Story(tag) => {
            meeting::doors::keep(page, tag.offline.as_deref());
            story::doors::tell(page, tag);
            tag.draw(spec, &env)
        }
        widget => widget.draw(prepared, spec, &env, &read.memory),
    };
    // on paper too they have their place
    if let Some(lead) = drawing.lead.as_mut().filter(|lead| env.is_still && !lead.rows.is_empty()) {
        lead.html.push_str("<div class=\"rows\"></div>");
    }
    drawing
}

fn root(shell: &Element) -> Option<ShadowRoot> {
    shell.get_root_node().dyn_into().ok()
}

/// In milliseconds, what a screen reader takes to name what has the keyboard: Orca 43 loses what is said in the same moment.
const NAMED: i32 = 300;

/// Lists to choose from are unknown to a screen reader until they are laid out: Chromium says of a new one that its first
/// option was chosen, and Orca 43 leaves what it reads and goes there.
fn announce_later(shell: &Element) {
    const KNOWN: &str = "data-known";
    let new: Vec<Element> = part::all(shell, ".lead select:not([data-known])");
    for select in &new {
        // refused only for a name that no attribute can have
        let _ = select.set_attribute(KNOWN, "");
        let _ = select.set_attribute("aria-hidden", "true");
    }
    if !new.is_empty() {
        spawn_local(async move {
            place::laid_out().await;
            new.iter().for_each(|select| _ = select.remove_attribute("aria-hidden"));
        });
    }
}

/// Puts rows in their place; what of them had the keyboard has it still, or what says how many there are.
pub(crate) fn fill_rows(page: &Page, drawing: &Drawing) {
    announce_later(&page.shell);
    let Some(rows) = drawing.lead.as_ref().map(|lead| &lead.rows).filter(|rows| !rows.is_empty()) else { return };
    let shell: &Element = &page.shell;
    let active = root(shell)
        .and_then(|root| root.active_element())
        .filter(|active| part::find(shell, ".rows").is_some_and(|rows| rows.contains(Some(active))));
    let name = |element: &Element, name: &str| element.get_attribute(name).unwrap_or_default();
    let selector = active.map(|active| {
        ["[data-choose=\"", &name(&active, "data-choose"), "\"][data-at=\"", &name(&active, "data-at"), "\"]"].concat()
    });
    part::put(shell, ".rows", rows);
    // they are the table
    part::show(shell, "[data-do=table]", false);
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
    // what has not loaded may lack the files of its tag
    let name = if page.loaded.borrow().is_some() { page.host.local_name() } else { String::new() };
    if matches!(name.as_str(), board::BOARD | STORY) && meeting::doors::hear(page, event) {
        return true;
    }
    if name == STORY && story::doors::hear(page, event) {
        return true;
    }
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    let Some(field) = target.closest(".lead [data-choose], .rows [data-choose]").ok().flatten() else { return false };
    let is_button = field.local_name() == "button";
    match event.type_().as_str() {
        "click" if field.get_attribute("aria-disabled").is_some() => {}
        "click" if is_button => choose(page, &field),
        "input" if !is_button => choose(page, &field),
        _ => return false,
    }
    true
}

/// A field or a button says what is chosen of the rows.
fn choose(page: &Rc<Page>, field: &Element) {
    let property = |name: &str| js_sys::Reflect::get(field, &JsValue::from_str(name)).ok();
    let typed = property("value").and_then(|value| value.as_string());
    let value = field.get_attribute("data-value").or(typed).unwrap_or_default();
    let word = field.get_attribute("data-choose").unwrap_or_default();
    if word == GO {
        return board::go_to(page, value.parse().unwrap_or(0));
    }
    let mut chosen = chosen(page);
    // what is found or ordered anew is seen from its first page
    chosen.retain(|(other, _)| other != PAGE);
    let is_box = field.get_attribute("type").as_deref() == Some("checkbox");
    let is_ticked = property("checked").is_some_and(|checked| checked.is_truthy());
    match word.as_str() {
        FILTER if is_box => chosen.retain(|(_, other)| *other != value),
        FILTER => {
            let start = [&field.get_attribute("data-column").unwrap_or_default(), "="].concat();
            chosen.retain(|(other, value)| other != FILTER || !value.starts_with(&start));
        }
        SEARCH | SORT | PAGE | FROM | TO => chosen.retain(|(other, _)| *other != word),
        _ => chosen.clear(),
    }
    if !value.is_empty() && (is_ticked || !is_box) {
        chosen.push((word.clone(), value));
    }
    if board::is_board(page) {
        // nothing is what it begins with: all is said otherwise
        chosen.retain(|(other, value)| other != FILTER || !value.is_empty());
        if chosen.is_empty() && word != ALL {
            chosen.push((FILTER.into(), String::new()));
        }
        board::choose(page, chosen);
    } else {
        page.view.borrow_mut().chosen = chosen;
        page.redraw();
    }
    tell(page, &word);
}

/// What is chosen now.
fn chosen(page: &Page) -> Vec<(String, String)> {
    if board::is_board(page) { board::chosen(page) } else { page.view.borrow().chosen.clone() }
}

/// A voice says how many rows are found.
fn tell(page: &Rc<Page>, word: &str) {
    if let Some(drawing) = page.drawing().filter(|_| word != SORT) {
        let of_page = |lead: &Lead| if word == PAGE { lead.turned.clone() } else { lead.said.clone() };
        let words = drawing.lead.as_ref().map_or(String::new(), of_page);
        let figure = board::first_figure(page);
        let words = [Some(words), figure]
            .into_iter()
            .flatten()
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join(". ");
        let page = Rc::downgrade(page);
        spawn_local(async move {
            place::pause(NAMED).await;
            if let Some(page) = page.upgrade() {
                words::say(&page, &words);
            }
        });
    }
}

/// Gives the fields what is chosen: a link may have chosen it.
fn sync(page: &Page) {
    let chosen = chosen(page);
    for field in part::all::<HtmlElement>(&page.shell, ".lead [data-choose]") {
        let word = field.get_attribute("data-choose").unwrap_or_default();
        // refused only for an element that has no such property
        let set = |name: &str, value: JsValue| js_sys::Reflect::set(&field, &name.into(), &value).is_ok();
        if let Some(value) = field.get_attribute("data-value") {
            set("checked", chosen.iter().any(|(_, other)| *other == value).into());
            continue;
        }
        let column = field.get_attribute("data-column").map(|column| [&column, "="].concat());
        let is_of = |(other, value): &&(String, String)| {
            *other == word && column.as_ref().is_none_or(|column| value.starts_with(column.as_str()))
        };
        let value = chosen.iter().find(is_of).map_or("", |(_, value)| value.as_str());
        let shown = js_sys::Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string());
        if shown.as_deref() != Some(value) && !matches!((word.as_str(), value), (FROM | TO, "")) {
            set("value", value.into());
        } else if let (TO, "", Some(options)) = (word.as_str(), value, part::find(&field, "option:last-child")) {
            // nothing chosen is up to the last
            let last = js_sys::Reflect::get(&options, &"value".into()).unwrap_or(JsValue::NULL);
            set("value", last);
        } else if (word.as_str(), value) == (FROM, "") {
            set("selectedIndex", 0.into());
        }
    }
}
