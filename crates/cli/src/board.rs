//! How does the program write a board: the static content of each widget, with what the board chooses at first?

use std::process::ExitCode;
use std::sync::Arc;

use encart_chart::audit::audit;
use encart_chart::figure::render_figure;
use encart_chart::html::{element, open};
use encart_story::board::{Board, Choice, filtered, kept, share};
use encart_story::listing::Memory;
use encart_table::json::{Json, Object};
use encart_table::{Notice, Table};

use crate::check::{count_errors, counted};
use crate::render::env;
use crate::{Call, Failure, load, out, say_notices};

/// Whether a specification is a board's.
pub(crate) fn is_board(object: &Object) -> bool {
    object.get("tag").and_then(Json::as_str) == Some("board")
}

/// `encart render tableau.json`: a board whose widgets are written in it.
pub(crate) fn render(call: &Call, shared: Object) -> Result<(), Failure> {
    if let Some(path) = call.out.as_deref().filter(|path| !path.ends_with(".html")) {
        return Err(Failure::call(format!("« {path} » : un tableau de bord s’écrit en .html")));
    }
    let (html, notices) = write(call, shared)?;
    say_notices(&notices, call.lang);
    out::write(call, &html)
}

/// `encart check tableau.json`: every notice of the board and of what it holds; exits with 1 when one must be mended.
pub(crate) fn check(call: &Call, shared: Object) -> Result<ExitCode, Failure> {
    let (_, said) = write(call, shared)?;
    // what several widgets say is said once
    let mut notices: Vec<Notice> = Vec::new();
    said.into_iter().for_each(|notice| {
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    });
    say_notices(&notices, call.lang);
    let path = call.file()?;
    let n_errors = count_errors(&notices);
    let counted = counted(notices.len(), n_errors, call.lang);
    out::print(&call.lang.pick(format!("{path} : {counted}\n"), format!("{path}: {counted}\n")))?;
    Ok(if n_errors > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The name of a choice as the public reads it.
fn label_of(choices: &[Choice], name: &str) -> String {
    choices.iter().find(|choice| choice.name == name).map_or(name, |choice| &choice.label).to_string()
}

fn write(call: &Call, mut shared: Object) -> Result<(String, Vec<Notice>), Failure> {
    let path = call.file()?;
    let board = Board::take(&mut shared);
    let own = |widget: &Object| {
        let mut widget = widget.clone();
        // a place in the grid of the page
        widget.take("wide");
        share(&shared, widget)
    };
    let widgets: Vec<Object> = board.widgets.iter().map(own).collect();
    let env = env(call)?;
    let columns = board.columns();
    // what may be chosen is what the rows hold before their steps
    let raw = |widget: &Object| -> Arc<Table> {
        let mut widget = widget.clone();
        widget.take("steps");
        widget.take("line");
        load::load_json(&Json::Object(widget).write(), path).outcome.prepared.table
    };
    let tables: Vec<Arc<Table>> = if columns.is_empty() { Vec::new() } else { widgets.iter().map(raw).collect() };
    let choices = board.choices(&tables, env.lang);
    let chosen = board.chosen(&choices, &board.begin(&choices));
    let words = |name: &str| {
        let choice = choices.iter().find(|choice| choice.name == name);
        let values = chosen.iter().find(|(other, _)| other == name).map(|(_, values)| values.as_slice());
        choice.map_or_else(String::new, |choice| choice.say(values.unwrap_or_default(), env.lang))
    };
    let title = |name: &String| label_of(&choices, name);
    let text = |key: &str| shared.get(key).and_then(Json::as_str);
    let (mut html, mut notices) = (String::new(), board.notices(&choices, &tables));
    open(&mut html, "section", &[("lang", env.lang.pick("fr", "en"))]);
    for (tag, key) in [("h2", "title"), ("p", "subtitle"), ("p", "note")] {
        text(key).into_iter().for_each(|words| element(&mut html, tag, words));
    }
    for (idx, widget) in widgets.iter().enumerate() {
        let mut widget = widget.clone();
        let has = |name: &String| tables.get(idx).is_some_and(|table| table.column(name).is_some());
        let own: Vec<String> = columns.iter().filter(|name| has(name)).cloned().collect();
        let steps = widget.get("steps").cloned().unwrap_or(Json::Null);
        if chosen.iter().any(|(name, _)| own.contains(name)) {
            widget.set("steps".into(), filtered(&chosen, &own, &steps));
        }
        let mut loaded = load::load_json(&Json::Object(widget).write(), path);
        notices.append(&mut loaded.notices);
        if let Some(failure) = &loaded.outcome.failure {
            notices.push(failure.clone());
            continue;
        }
        let said =
            chosen.iter().filter(|(name, _)| own.contains(name)).map(|(name, _)| kept(&title(name), &words(name)));
        loaded.outcome.prepared.notices.extend(said);
        let drawing = loaded.widget.draw(&loaded.outcome.prepared, &loaded.spec, &env, &Memory::default());
        notices.extend(audit(&drawing));
        notices.extend(drawing.notices.iter().cloned());
        html.push('\n');
        html.push_str(&render_figure(&drawing));
    }
    html.push_str("</section>\n");
    Ok((html, notices))
}
