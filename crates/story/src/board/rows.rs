//! The rows that a widget of a board shows, where it asks for what is chosen.

use encart_table::json::{Json, Object};
use encart_table::verb::cube::Chosen;
use encart_table::{Notice, Place};

/// The steps after a filter of what is chosen by some columns.
pub fn filtered(chosen: &[Chosen], columns: &[String], steps: &Json) -> Json {
    let mut all = Vec::new();
    for (name, values) in chosen.iter().filter(|(name, _)| columns.contains(name)) {
        let is = |value: &String| match value.is_empty() {
            true => ["is_missing(`", name, "`)"].concat(),
            // a number between quotation marks is compared as what the column holds
            false => ["`", name, "` = ", &Json::Text(value.clone()).write()].concat(),
        };
        let filter = values.iter().map(is).collect::<Vec<_>>().join(" or ");
        all.push(Json::Object(Object::from_iter([("filter".to_string(), Json::Text(filter))])));
    }
    let own = match steps {
        Json::Text(text) => Json::parse(text, "steps").unwrap_or(Json::Null),
        other => other.clone(),
    };
    all.extend(own.as_list().unwrap_or_default().iter().cloned());
    Json::List(all)
}

/// What a widget says of a choice that it keeps: the column, and what is chosen in words.
pub fn kept(name: &str, label: &str) -> Notice {
    Notice::info(
        "board.chosen",
        Place::column(name),
        format_args!("{name} : {label}."),
        format_args!("{name}: {label}."),
    )
}
