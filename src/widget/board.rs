//! How do the widgets inside a board share their choices?

use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use encart_chart::spec::read::read_columns;
use encart_chart::{Drawing, Env, Spec};
use encart_story::board::{Board, Choice, UNREAD, filtered, kept, share};
use encart_table::json::{Json, Object};
use encart_table::verb::cube::{Chosen, Cube};
use encart_table::{Notice, Place, Prepared, Table};
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{group, link};
use crate::browser::event::log;
use crate::browser::{part, place};
use crate::fail::Failure;
use crate::late;
use crate::load::{Loaded, not_loaded};
use crate::state::Page;

/// What marks a widget that the board has made.
const MADE: &str = "data-encart";

/// The tag that holds others.
pub(super) const BOARD: &str = "encart-board";

/// The board that a tag is in, if it is on the page.
pub(super) fn board_of(host: &Element) -> Option<Rc<Page>> {
    group::of_host(&host.parent_element()?.closest("encart-board").ok().flatten()?.into())
}

/// What a board shows.
pub(super) const WIDGETS: &str = "encart-chart, encart-figure, encart-table";

/// Its widgets, in the order of the document.
pub(super) fn members(board: &Page) -> Vec<Rc<Page>> {
    let all = group::all();
    let inside: Vec<HtmlElement> = part::all(&board.host, "*");
    inside.iter().filter_map(|element| all.iter().find(|page| page.host == *element).cloned()).collect()
}

/// What a widget in a board asks once for all choices, and what came.
struct Asked {
    page: Weak<Page>,
    /// How often it has asked already: first apart by all columns of the choices, then by each, where these data do not have
    /// some.
    turn: usize,
    is_again: bool,
    /// The columns of this turn, with the steps and the other columns of its author; none when it asks for itself alone.
    of: Option<(Vec<String>, Json, Option<Json>)>,
    /// What came; without a cube each choice is asked for, or changes nothing.
    made: Option<(Option<Cube>, Prepared)>,
}

thread_local! {
    static ASKED: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
}

/// Does something with what a widget has asked, as long as it is on the page.
fn with_asked<T>(page: &Rc<Page>, act: impl FnOnce(&mut Asked) -> T) -> Option<T> {
    ASKED.with_borrow_mut(|all| {
        all.retain(|asked| asked.page.strong_count() > 0);
        let place = all.iter().position(|asked| std::ptr::eq(asked.page.as_ptr(), Rc::as_ptr(page)));
        let place = place.unwrap_or_else(|| {
            all.push(Asked { page: Rc::downgrade(page), turn: 0, is_again: false, of: None, made: None });
            all.len() - 1
        });
        all.get_mut(place).map(act)
    })
}

/// The specification of a board.
fn specification(board: &Page) -> Object {
    board.loaded.borrow().as_ref().and_then(|loaded| loaded.whole.clone()).unwrap_or_default()
}

/// Gives a widget what its board says for all: the widget's own word wins. A board itself asks for no data.
pub(crate) fn enter(host: &HtmlElement, object: &mut Object) {
    let Some(board) = board_of(host) else { return };
    let mut shared = specification(&board);
    Board::take(&mut shared);
    *object = share(&shared, std::mem::take(object));
}

/// The specification asks once for all choices, where it can. A board asks for nothing.
pub(crate) fn ask(host: &HtmlElement, object: &mut Object) {
    if host.local_name() == BOARD {
        object.take("src");
        object.set("data".into(), Json::Text("encart\n1\n".into()));
        return;
    }
    let (Some(board), Some(page)) = (board_of(host), group::of_host(host)) else { return };
    let all = read(&board).columns();
    let chosen = rows(&board);
    with_asked(&page, |asked| {
        asked.turn = if std::mem::take(&mut asked.is_again) { asked.turn + 1 } else { 0 };
        asked.made = None;
        let columns = match (asked.turn, all.len()) {
            (0, 1..) => Some(all),
            (turn, 2..) => all.get(turn - 1).map(|column| vec![column.clone()]),
            _ => None,
        };
        let (Some(columns), steps) = (columns, object.get("steps").cloned().unwrap_or(Json::Null)) else {
            asked.of = None;
            return;
        };
        let line = object.get("line").cloned();
        // where a step does not let it ask once, it asks for what is chosen
        let before = Cube::of(&steps, &columns).map_or_else(|| filtered(&chosen, &columns, &steps), |cube| cube.before);
        object.set("steps".into(), before);
        let also = read_columns(line.as_ref().unwrap_or(&Json::Null)).into_iter().chain(columns.iter().cloned());
        object.set("line".into(), Json::List(also.map(Json::Text).collect()));
        asked.of = Some((columns, steps, line));
    });
}

/// Asks again for what came, where it has not the columns of the choices. If it has, what is chosen stays.
pub(crate) fn ask_again(page: &Rc<Page>, loaded: &mut Result<Loaded, Failure>) -> bool {
    let is_answered = with_asked(page, |asked| {
        let Some((columns, steps, line)) = &asked.of else {
            asked.made = loaded.as_ref().ok().map(|loaded| (None, loaded.prepared.clone()));
            return true;
        };
        let cube = Cube::of(steps, columns);
        let Ok(loaded) = loaded.as_mut() else { return false };
        // what is asked for each choice has not its columns any more
        let has = |column: &String| cube.is_none() || loaded.prepared.table.column(column).is_some();
        if loaded.prepared.is_misled || !columns.iter().all(has) {
            return false;
        }
        loaded.spec.steps = steps.clone();
        loaded.spec.line = line.as_ref().map_or_else(Vec::new, read_columns);
        asked.made = Some((cube, std::mem::take(&mut loaded.prepared)));
        true
    });
    if is_answered == Some(true) {
        if let (Some(prepared), Ok(loaded)) = (slice(page), loaded.as_mut()) {
            loaded.prepared = prepared;
        }
        return false;
    }
    with_asked(page, |asked| asked.is_again = true);
    // what came is held until it is asked for again
    page.loaded.replace(std::mem::replace(loaded, Err(not_loaded())).ok());
    page.load();
    true
}

/// The rows that a board chooses, of what came; each choice says what it keeps, or that it changes nothing.
fn slice(page: &Rc<Page>) -> Option<Prepared> {
    let board = board_of(&page.host)?;
    let ((cube, made), of) = with_asked(page, |asked| Some((asked.made.clone()?, asked.of.clone())))??;
    let (choices, chosen) = (choices(&board), rows(&board));
    let mut prepared = cube.map_or_else(|| made.clone(), |cube| cube.slice(&made, &chosen));
    for (name, values) in &chosen {
        let choice = choices.iter().find(|choice| choice.name == *name);
        let label = choice.map_or_else(String::new, |choice| choice.say(values, board.lang()));
        let is_kept = of.as_ref().is_some_and(|(columns, ..)| columns.contains(name));
        let title = choice.map_or(name, |choice| &choice.label);
        prepared.notices.push(if is_kept { kept(title, &label) } else { apart(title) });
    }
    Some(prepared)
}

/// What a board chooses now, as rows are chosen.
fn rows(board: &Page) -> Vec<Chosen> {
    let (read, choices) = (read(board), choices(board));
    read.chosen(&choices, &view(board, &read, &choices))
}

fn apart(name: &str) -> Notice {
    Notice::info(
        "board.apart",
        Place::column(name),
        format_args!("ces données n’ont pas de « {name} » : ce choix n’y change rien."),
        format_args!("these data have no “{name}”: this choice changes nothing here."),
    )
}

fn read(board: &Page) -> Board {
    Board::take(&mut specification(board))
}

/// What a board chooses now.
pub(super) fn chosen(board: &Page) -> Vec<(String, String)> {
    view(board, &read(board), &choices(board))
}

/// What a board chooses now: what its visitor has, or what it begins with.
fn view(board: &Page, read: &Board, choices: &[Choice]) -> Vec<(String, String)> {
    let chosen = &board.view.borrow().chosen;
    if chosen.is_empty() { read.begin(choices) } else { chosen.clone() }
}

/// The choices of a board, and the tables that they are made of: as long as these are the same so are the choices.
struct Known {
    board: Weak<Page>,
    tables: Vec<std::sync::Weak<Table>>,
    choices: Rc<Vec<Choice>>,
}

thread_local! {
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

/// The choices, from what came for its widgets.
fn choices(board: &Page) -> Rc<Vec<Choice>> {
    let table = |page: &Rc<Page>| {
        let asked = |asked: &mut Asked| match &asked.made {
            Some((Some(_), made)) => Some(made.table.clone()),
            _ => None,
        };
        with_asked(page, asked).flatten()
    };
    let tables: Vec<Arc<Table>> = members(board).iter().filter_map(table).collect();
    let is_same = |known: &Known| {
        let pointers = known.tables.iter().map(std::sync::Weak::as_ptr);
        std::ptr::eq(known.board.as_ptr(), board) && pointers.eq(tables.iter().map(Arc::as_ptr))
    };
    KNOWN.with_borrow_mut(|all| {
        all.retain(|known| known.board.strong_count() > 0);
        if let Some(known) = all.iter().find(|known| is_same(known)) {
            return known.choices.clone();
        }
        all.retain(|known| !std::ptr::eq(known.board.as_ptr(), board));
        let written = read(board);
        let choices = Rc::new(written.choices(&tables, board.lang()));
        // what none has is known when all have come
        let tags: Vec<HtmlElement> = part::all(&board.host, WIDGETS);
        if !tables.is_empty() && tables.len() == tags.len() {
            let notices = written.notices(&choices, &tables);
            log(&board.host, &notices, board.lang());
            board.add_notices("board.unknown", notices);
        }
        let tables = tables.iter().map(Arc::downgrade).collect();
        let own =
            group::own(board).map(|board| Known { board: Rc::downgrade(&board), tables, choices: choices.clone() });
        all.extend(own);
        choices
    })
}

/// Draws what stands above the widgets, and makes those that its author wrote as data.
pub(crate) fn draw(board: &Board, page: &Page, spec: &Spec, env: &Env) -> Drawing {
    if !board.unread.is_empty() && !page.has_notice(UNREAD) {
        log(&page.host, &board.unread, page.lang());
        page.add_notices(UNREAD, board.unread.clone());
    }
    make(page, board);
    let choices = choices(page);
    let title = |member: &Rc<Page>| member.drawing().map(|drawing| drawing.title.clone()).or_else(|| member.title());
    let titles: Vec<String> = members(page).iter().map(|member| title(member).unwrap_or_default()).collect();
    let mut env = env.clone();
    if env.view.chosen.is_empty() {
        env.view.chosen = board.begin(&choices);
    }
    board.draw(&choices, &titles, spec, &env)
}

/// Puts the widgets of the specification inside the tag, once.
fn make(page: &Page, board: &Board) {
    let written = Json::List(board.widgets.iter().cloned().map(Json::Object).collect()).write();
    if board.widgets.is_empty() || page.host.get_attribute(MADE).is_some_and(|made| made == written.len().to_string()) {
        return;
    }
    // refused only for a name that no attribute can have
    let _ = page.host.set_attribute(MADE, &written.len().to_string());
    part::all::<Element>(&page.host, "[data-encart]").iter().for_each(|old| old.remove());
    for widget in &board.widgets {
        let mut object = widget.clone();
        let tag = object.take("tag").and_then(|tag| tag.as_attribute()).unwrap_or_else(|| "chart".into());
        let is_wide = object.take("wide").is_some_and(|wide| wide == Json::Bool(true));
        let Some(element) =
            place::document().and_then(|document| document.create_element(&["encart-", &tag].concat()).ok())
        else {
            continue;
        };
        let spec = js_sys::JSON::parse(&Json::Object(object).write()).unwrap_or(JsValue::NULL);
        // refused only for an object that takes no more names
        let _ = Reflect::set(&element, &"spec".into(), &spec);
        let _ = element.set_attribute(MADE, "");
        if is_wide {
            let _ = element.set_attribute("data-wide", "");
        }
        let _ = page.host.append_child(&element);
    }
}

/// A widget is drawn: its board knows its values and its title. Of a board, all that it holds follow.
pub(crate) fn tell(page: &Page) {
    if is_board(page) {
        return update_all(page);
    }
    let Some(board) = board_of(&page.host) else { return };
    let before = choices_drawn(&board);
    board.redraw();
    // a first choice may only be known now
    if choices_drawn(&board) != before {
        members(&board).iter().filter(|member| !std::ptr::eq(&***member, page)).for_each(update);
    }
}

fn choices_drawn(board: &Page) -> Option<String> {
    Some(board.drawing()?.lead.as_ref()?.words.clone())
}

/// All widgets show what is chosen now.
fn update_all(board: &Page) {
    members(board).iter().for_each(update);
}

/// Whether a widget asks anew for what is chosen.
fn asks_each(member: &Rc<Page>) -> bool {
    with_asked(member, |asked| asked.of.is_some() && matches!(asked.made, Some((None, _)))) == Some(true)
}

fn update(member: &Rc<Page>) {
    if asks_each(member) {
        return member.load();
    }
    let Some(prepared) = slice(member).filter(|_| member.drawing().is_some()) else { return };
    if let Some(loaded) = member.loaded.borrow_mut().as_mut() {
        loaded.prepared = prepared;
    }
    late::doors::turn(member);
}

/// All widgets show what is chosen now, and where the author asks for it the page's address says it too.
pub(super) fn choose(board: &Page, chosen: Vec<(String, String)>) {
    board.view.borrow_mut().chosen = chosen;
    board.redraw();
    update_all(board);
    if let Some(address) = link::write(board) {
        place::set_address(&address);
    }
}

/// Whether a widget is a board.
pub(super) fn is_board(page: &Page) -> bool {
    page.host.local_name() == BOARD
}

/// What the first key figure of a board says now, where what came is enough to say it.
pub(super) fn first_figure(board: &Page) -> Option<String> {
    let figure = members(board).into_iter().find(|member| member.host.local_name() == "encart-figure")?;
    let drawing = figure.drawing().filter(|_| !asks_each(&figure))?;
    let said = drawing.lead.as_ref().map(|lead| lead.said.clone()).filter(|said| !said.is_empty())?;
    Some([drawing.title.as_str(), board.lang().pick("\u{a0}: ", ": "), &said].concat())
}

/// Shows a widget of the board, with the keyboard on it.
pub(super) fn go_to(board: &Page, idx: usize) {
    let Some(member) = members(board).into_iter().nth(idx) else { return };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Start);
    member.host.scroll_into_view_with_scroll_into_view_options(&options);
    let target = part::find(&member.shell, ".plot:not([hidden]) .picture").unwrap_or_else(|| {
        // refused only for a name that no attribute can have
        let _ = member.shell.set_attribute("tabindex", "-1");
        member.shell.clone()
    });
    // refused only for an element that cannot be focused
    let _ = target.focus();
}
