//! Steps as an author writes them, to be pasted.

use encart_table::Json;
use encart_table::table::join;

/// `{ "group": { "by": ["an"], "montant": "sum(`montant`)" } }`: the rows whose cells in `by` are the same made one.
pub(crate) fn group(by: &[&str], y: &str, how: &str) -> String {
    let by: Vec<String> = by.iter().map(|name| quote(name)).collect();
    let (name, value) = (quote(y), quote(&[how, "(`", y, "`)"].concat()));
    format!("{{ \"group\": {{ \"by\": [{}], {name}: {value} }} }}", join(&by, ", "))
}

/// `{ "floor": { "column": "date", "to": "month" } }`
pub(crate) fn floor(column: &str, to: &str) -> String {
    format!("{{ \"floor\": {{ \"column\": {}, \"to\": \"{to}\" }} }}", quote(column))
}

/// `{ "top": { "n": 10, "by": "montant", "name": "poste" } }`
pub(crate) fn top(n: usize, by: &str, name: &str) -> String {
    format!("{{ \"top\": {{ \"n\": {n}, \"by\": {}, \"name\": {} }} }}", quote(by), quote(name))
}

fn quote(text: &str) -> String {
    Json::Text(text.to_string()).write()
}
