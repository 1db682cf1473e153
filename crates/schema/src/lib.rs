//! Does a file keep what its schema asks? Table Schema, line by line.
//!
//! Frictionless Data, "Table Schema" version 1 (specs.frictionlessdata.io), as schema.data.gouv.fr publishes it. Patterns
//! and lists of values are compared with the text of a cell, bounds with its value.

mod field;
mod known;

use encart_table::locale::write_list;
use encart_table::notice::say_lines;
use encart_table::read::csv::Rows;
use encart_table::table::nearest;
use encart_table::{Json, Lang, Notice, Place};

use crate::field::{Field, Rule};
pub use known::{address, recognise};

/// A schema: its name, and what each column must hold.
#[derive(Debug)]
pub struct Schema {
    /// Its title.
    pub title: String,
    fields: Vec<Field>,
    /// What stands for no value.
    missing: Vec<String>,
    key: Vec<String>,
}

impl Schema {
    /// Reads a schema, or the first one of a Data Package.
    ///
    /// # Errors
    /// JSON that does not parse, or that has no list of fields.
    pub fn read(json: &str) -> Result<Schema, Notice> {
        let object = Json::Object(Json::parse_object(json, "schema")?);
        let schema = object.at("resources.0.schema").unwrap_or(&object);
        let fields = schema.get("fields").and_then(Json::as_list).ok_or_else(no_fields)?;
        let texts = |json: &Json| match json {
            Json::Text(text) => vec![text.clone()],
            other => {
                other.as_list().unwrap_or_default().iter().filter_map(|item| Some(item.as_str()?.into())).collect()
            }
        };
        let text = |name: &str| schema.get(name).and_then(Json::as_str).map(str::to_string);
        Ok(Schema {
            title: text("title").or_else(|| text("name")).unwrap_or_default(),
            fields: fields.iter().filter_map(Json::as_object).filter_map(Field::read).collect(),
            missing: schema.get("missingValues").map_or_else(|| vec![String::new()], texts),
            key: schema.get("primaryKey").map(texts).unwrap_or_default(),
        })
    }

    /// What the rows of a file do not keep: one notice for each rule of each column, with its lines.
    pub fn check(&self, file: &Rows) -> Vec<Notice> {
        let mut notices = Vec::new();
        let names: Vec<&str> = file.names.iter().map(String::as_str).collect();
        for field in &self.fields {
            notices.extend(field.unread.iter().map(|pattern| {
                Notice::warning(
                    "schema.unread-rule",
                    Place::column(&field.name),
                    format_args!(
                        "le motif « {pattern} » du schéma n’est pas de ceux qui sont lus : il n’a pas été vérifié."
                    ),
                    format_args!(
                        "the pattern “{pattern}” of the schema is not of those that are read: it was not checked."
                    ),
                )
            }));
            match names.iter().position(|name| *name == field.name) {
                Some(idx) => self.check_column(field, idx, file, &mut notices),
                None => notices.extend(absent(field, &names)),
            }
        }
        let extra: Vec<String> = names
            .iter()
            .filter(|name| !self.fields.iter().any(|field| field.name == **name))
            .map(|name| name.to_string())
            .collect();
        if !extra.is_empty() {
            let (fr, en) = (write_list(&extra, Lang::Fr), write_list(&extra, Lang::En));
            notices.push(Notice::info(
                "schema.extra-column",
                Place::whole(),
                format_args!("le schéma « {} » ne connaît pas : {fr}.", self.title),
                format_args!("the schema “{}” does not know: {en}.", self.title),
            ));
        }
        self.check_key(file, &mut notices);
        notices
    }

    fn is_missing(&self, cell: &str) -> bool {
        cell.is_empty() || self.missing.iter().any(|missing| missing == cell)
    }

    fn check_column(&self, field: &Field, idx: usize, file: &Rows, notices: &mut Vec<Notice>) {
        let cell_of =
            |row: &'_ (u64, Vec<String>)| row.1.get(idx).map_or(String::new(), |cell| cell.trim().to_string());
        for rule in &field.rules {
            let mut lines = Vec::new();
            let mut example = String::new();
            let mut seen = std::collections::BTreeSet::new();
            for row in &file.rows {
                let cell = cell_of(row);
                let is_kept = match rule {
                    Rule::Required => !self.is_missing(&cell),
                    _ if self.is_missing(&cell) => true,
                    Rule::Unique => seen.insert(cell.clone()),
                    rule => rule.is_kept(&cell),
                };
                if !is_kept {
                    if lines.is_empty() {
                        example = cell;
                    }
                    lines.push(row.0);
                }
            }
            if let Some(first) = lines.first() {
                let (fr, en) = rule.words(&example);
                notices.push(Notice::error(
                    rule.code(),
                    Place::cell(*first, &field.name),
                    format_args!("{fr} ({}).", say_lines(&lines, Lang::Fr)),
                    format_args!("{en} ({}).", say_lines(&lines, Lang::En)),
                ));
            }
        }
    }

    /// Lines that say again what another says of its key.
    fn check_key(&self, file: &Rows, notices: &mut Vec<Notice>) {
        let place = |name: &String| file.names.iter().position(|other| other == name);
        let Some(places) = self.key.iter().map(place).collect::<Option<Vec<_>>>().filter(|places| !places.is_empty())
        else {
            return;
        };
        let mut seen = std::collections::BTreeSet::new();
        let mut lines = Vec::new();
        for (line, cells) in &file.rows {
            let key: Vec<&str> = places.iter().map(|place| cells.get(*place).map_or("", |cell| cell.trim())).collect();
            if !seen.insert(key) {
                lines.push(*line);
            }
        }
        if let Some(first) = lines.first() {
            let key = self.key.join(", ");
            notices.push(Notice::error(
                "schema.key",
                Place::line(*first),
                format_args!("la clé ({key}) désigne une ligne déjà vue ({}).", say_lines(&lines, Lang::Fr)),
                format_args!("the key ({key}) names a line already seen ({}).", say_lines(&lines, Lang::En)),
            ));
        }
    }
}

fn no_fields() -> Notice {
    Notice::error(
        "schema.not-one",
        Place::column("schema"),
        format_args!("ce n’est pas un schéma de table (Table Schema) : il n’a pas de liste « fields »."),
        format_args!("this is no table schema (Table Schema): it has no list “fields”."),
    )
}

fn absent(field: &Field, names: &[&str]) -> Option<Notice> {
    if !field.rules.contains(&Rule::Required) {
        return None;
    }
    let name = &field.name;
    let near = nearest(name, names);
    let (near_fr, near_en) = match near {
        Some(near) => (format!(" Est-ce « {near} » ?"), format!(" Is it “{near}”?")),
        None => (String::new(), String::new()),
    };
    Some(Notice::error(
        "schema.missing-column",
        Place::column(name),
        format_args!("la colonne obligatoire « {name} » manque.{near_fr}"),
        format_args!("the required column “{name}” is missing.{near_en}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use encart_table::read::csv::read_rows;

    fn check(fields: &str, file: &str) -> Vec<(String, Option<u64>)> {
        let schema = Schema::read(&format!(r#"{{"title": "Essai", "fields": [{fields}]}}"#)).expect(fields);
        let rows = read_rows(file.as_bytes(), &Default::default()).expect(file);
        let notices = schema.check(&rows);
        for notice in &notices {
            assert!(notice.words.fr.len() > 20 && notice.words.en.len() > 20, "{notice:?}");
        }
        notices.iter().map(|notice| (notice.code.to_string(), notice.place.line)).collect()
    }

    #[test]
    fn each_rule_names_the_lines_that_break_it() {
        for (field, file, code, line) in [
            (r#"{"name":"a","type":"string","constraints":{"required":true}}"#, "a;b\nx;1\n;2\n", "schema.required", 3),
            (r#"{"name":"a","type":"integer"}"#, "a;b\n12;1\n1,5;2\n", "schema.type", 3),
            (r#"{"name":"a","type":"number"}"#, "a;b\n1.5;1\n1,5;2\n", "schema.type", 3),
            (r#"{"name":"a","type":"number","decimalChar":","}"#, "a;b\n1,5;1\n1.5;2\n", "schema.type", 3),
            (r#"{"name":"a","type":"date"}"#, "a;b\n2024-02-29;1\n2023-02-29;2\n", "schema.type", 3),
            (
                r#"{"name":"a","type":"date","format":"%d/%m/%Y"}"#,
                "a;b\n29/02/2024;1\n2024-02-29;2\n",
                "schema.type",
                3,
            ),
            (r#"{"name":"a","type":"year"}"#, "a;b\n2024;1\n24;2\n", "schema.type", 3),
            (r#"{"name":"a","type":"yearmonth"}"#, "a;b\n2024-02;1\n2024-13;2\n", "schema.type", 3),
            (r#"{"name":"a","type":"boolean"}"#, "a;b\ntrue;1\nvrai;2\n", "schema.type", 3),
            (
                r#"{"name":"a","type":"boolean","trueValues":["oui"],"falseValues":["non"]}"#,
                "a;b\noui;1\n1;2\n",
                "schema.type",
                3,
            ),
            (r#"{"name":"a","type":"geopoint"}"#, "a;b\n\"4.9, 46.5\";1\n46;2\n", "schema.type", 3),
            (
                r#"{"name":"a","type":"geopoint","format":"array"}"#,
                "a;b\n\"[4.9, 46.5]\";1\n\"4.9, 46.5\";2\n",
                "schema.type",
                3,
            ),
            (r#"{"name":"a","type":"string","format":"email"}"#, "a;b\nx@y.fr;1\nx.fr;2\n", "schema.type", 3),
            (
                r#"{"name":"a","type":"string","constraints":{"pattern":"\\d{14}"}}"#,
                "a;b\n21710001200014;1\n217100012;2\n",
                "schema.pattern",
                3,
            ),
            (r#"{"name":"a","type":"string","constraints":{"enum":["x","y"]}}"#, "a;b\nx;1\nz;2\n", "schema.enum", 3),
            (
                r#"{"name":"a","type":"integer","constraints":{"minimum":0,"maximum":10}}"#,
                "a;b\n10;1\n11;2\n",
                "schema.bounds",
                3,
            ),
            (r#"{"name":"a","type":"string","constraints":{"maxLength":2}}"#, "a;b\nét;1\nété;2\n", "schema.length", 3),
            (r#"{"name":"a","type":"string","constraints":{"unique":true}}"#, "a;b\nx;1\nx;2\n", "schema.unique", 3),
        ] {
            let found = check(&format!(r#"{field},{{"name":"b","type":"any"}}"#), file);
            assert_eq!(found, [(code.to_string(), Some(line))], "{field}");
        }
    }

    #[test]
    fn columns_that_are_missing_or_unknown_are_said() {
        let field = r#"{"name":"montant","type":"number","constraints":{"required":true}}"#;
        let found = check(field, "montnat;note\n1;x\n");
        assert_eq!(found, [("schema.missing-column".into(), None), ("schema.extra-column".into(), None)]);
        assert_eq!(check(r#"{"name":"a","type":"string"}"#, "a;b\nx;1\n").len(), 1);
    }

    #[test]
    fn a_key_names_one_line() {
        let schema =
            Schema::read(r#"{"fields":[{"name":"a"},{"name":"b"}],"primaryKey":["a","b"]}"#).expect("a schema");
        let rows = read_rows(b"a;b\nx;1\nx;2\nx;1\n", &Default::default()).expect("rows");
        let said: Vec<_> = schema.check(&rows).into_iter().map(|notice| (notice.code, notice.place.line)).collect();
        assert_eq!(said, [("schema.key", Some(4))]);
    }

    #[test]
    fn what_is_no_schema_is_said() {
        for json in ["", "[]", "{}", r#"{"properties": {}}"#] {
            assert!(Schema::read(json).is_err(), "{json}");
        }
    }
}
