//! Does one place, or one series, stand out of a picture?
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "in a test a panic is the message")]

use std::collections::BTreeSet;

use encart_chart::{Drawing, Env};
use encart_scene::{Rgb, Shape};
use encart_story::listing::Memory;
use encart_story::widget::Widget;
use encart_table::day::read_period;
use encart_table::{prepare, read_csv};

const BARS: &str = r#""kind": "bar", "x": "commune", "y": "population""#;
const LINES: &str = r#""kind": "line", "x": "annee", "y": ["Tournus", "Autun"]"#;
const COMMUNES: &str = "commune;population\nAutun;13000\nTournus;5600\nDigoin;7500\n";
const YEARS: &str = "annee;Tournus;Autun\n2019;5,7;13,2\n2020;5,6;13,1\n2021;5,6;12,9\n";

fn draw(csv: &str, keys: &str, focus: &str) -> Drawing {
    let (widget, spec, notices) = Widget::read(&format!("{{{keys}, \"focus\": \"{focus}\"}}"));
    assert_eq!(notices, []);
    let (table, _) = read_csv(csv.as_bytes(), &spec.reading);
    let env = Env::new(640.0, read_period("2026-11-22").unwrap());
    widget.draw(&prepare(table, &spec.steps), &spec, &env, &Memory::default())
}

/// The colours of the marks of a datum, by series and place.
fn colors(drawing: &Drawing, is_wanted: impl Fn(usize, usize) -> bool) -> BTreeSet<String> {
    let items = drawing.scene.items.iter().filter(|item| !matches!(item.shape, Shape::Text { .. }));
    let marks = items.filter(|item| item.datum.is_some_and(|key| is_wanted(key.series_idx, key.datum_idx)));
    let color = |color: Rgb| color.hex();
    marks
        .flat_map(|item| item.paint.fill.into_iter().chain(item.paint.stroke.clone().map(|stroke| stroke.color)))
        .map(color)
        .collect()
}

#[test]
fn the_others_turn_grey_and_the_name_is_bold() {
    let drawing = draw(COMMUNES, BARS, "tournus");
    let grey = BTreeSet::from([drawing.theme.muted.hex()]);
    let own = drawing.at_place("Tournus").unwrap().datum_idx;
    assert_eq!(colors(&drawing, |_, place| place != own), grey);
    assert!(colors(&drawing, |_, place| place == own).is_disjoint(&grey));
    let is_bold = |name: &str| {
        drawing
            .scene
            .items
            .iter()
            .any(|item| matches!(&item.shape, Shape::Text { text, style, .. } if text == name && style.is_bold))
    };
    assert_eq!((is_bold("Tournus"), is_bold("Autun")), (true, false));
    // a stem goes with its dot
    let stems = draw(COMMUNES, &BARS.replace("bar", "lollipop"), "Tournus");
    let is_stem = |shape: &Shape| matches!(shape, Shape::Path { points, is_closed: false } if points.len() == 2);
    let stems =
        stems.scene.items.iter().filter(|item| is_stem(&item.shape)).filter_map(|item| item.paint.stroke.as_ref());
    assert_eq!(stems.filter(|stroke| stroke.width == 2.0 && stroke.color == drawing.theme.muted).count(), 2);
    // words and table are those of all
    assert_eq!(drawing.twin().rows.len(), 3);
}

#[test]
fn a_series_stands_out_with_its_line() {
    let drawing = draw(YEARS, LINES, "Tournus");
    let grey = drawing.theme.muted;
    assert_eq!((drawing.colors[0] == grey, drawing.colors[1] == grey), (false, true));
    let strokes = drawing.scene.items.iter().filter_map(|item| item.paint.stroke.as_ref());
    let lines: BTreeSet<String> =
        strokes.filter(|stroke| stroke.width > 1.5).map(|stroke| stroke.color.hex()).collect();
    assert!(lines.contains(&grey.hex()) && lines.len() > 1, "{lines:?}");
}

#[test]
fn a_name_that_is_not_there_is_said() {
    let drawing = draw(COMMUNES, BARS, "Cluny");
    let said: Vec<&str> = drawing.notices.iter().map(|notice| notice.code).collect();
    assert_eq!(said, ["focus.unknown"]);
}
