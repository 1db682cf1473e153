//! A table to read: its groups.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use encart_chart::Env;
use encart_story::listing::Memory;
use encart_story::widget::Widget;
use encart_table::day::read_period;
use encart_table::{prepare, read_csv};

/// The names of the groups of a table, with how many rows each has.
fn groups(csv: &str) -> Vec<String> {
    let (widget, spec, _) = Widget::read(r#"{"tag": "table", "group": "service"}"#);
    let (table, _) = read_csv(csv.as_bytes(), &spec.reading);
    let env = Env::new(640.0, read_period("2026-11-22").unwrap());
    let rows = widget.draw(&prepare(table, &spec.steps), &spec, &env, &Memory::default()).lead.unwrap().rows;
    let heads = rows.split("class=\"group\">").skip(1).map(|head| head.split("</th>").next().unwrap());
    heads.map(|head| head.rsplit('>').next().unwrap().to_string()).collect()
}

#[test]
fn rows_that_read_alike_are_one_group_whatever_stands_between_them() {
    for (csv, expected) in [
        ("service;n\nVoirie;1\nÉcole;2\nVoirie;3\n", ["École – 1 ligne", "Voirie – 2 lignes"]),
        ("service;n\nn.d.;1\ns;2\nn.d.;3\n", ["non disponible – 2 lignes", "secret statistique – 1 ligne"]),
    ] {
        assert_eq!(groups(csv), expected, "{csv}");
    }
}
