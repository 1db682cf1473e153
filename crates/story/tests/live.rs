//! Does a story stand on a page with places for its pictures, in moments that go on with each other?
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "in a test a panic is the message")]

use encart_chart::Env;
use encart_story::narrative::{Live, Made, Story};
use encart_story::widget::Widget;
use encart_table::day::read_period;
use encart_table::{prepare, read_csv};

const TEXT: &str = "---
title: Budget
---

Avant.

## Hier

```encart
src: a.csv
```

En 2024 : {{ depenses[2024] }}.

```encart suite
kind: line
```

```encart data
src: b.csv
```

### En bref

Court.

## Demain

```encart suite
kind: area
```

```notes
Dire **merci**.
```

## Ailleurs

```encart figure
src: c.csv
```

## Fin

Rien à voir.
";

fn live(csv: Option<&str>) -> Live {
    let (story, notices) = Story::read(TEXT);
    assert_eq!(notices, []);
    let (_, spec, _) = Widget::read("{\"x\": \"annee\"}");
    let prepared = csv.map(|csv| {
        let (table, _) = read_csv(csv.as_bytes(), &spec.reading);
        prepare(table, &spec.steps)
    });
    let make = || match &prepared {
        Some(prepared) => Made { widget: Widget::Chart, spec: spec.clone(), prepared: prepared.clone(), failure: None },
        None => Made {
            failure: Some(encart_table::Notice::info(
                "x",
                encart_table::Place::whole(),
                format_args!(""),
                format_args!(""),
            )),
            ..Made::default()
        },
    };
    let made: Vec<Made> = story.pictures.iter().map(|_| make()).collect();
    story.live(&made, &[], &Env::new(640.0, read_period("2026-11-22").unwrap()))
}

#[test]
fn pictures_that_go_on_with_each_other_are_one_run_of_moments() {
    let (story, _) = Story::read(TEXT);
    let runs: Vec<Vec<(usize, Option<usize>)>> =
        story.runs().iter().map(|run| run.iter().map(|beat| (beat.step_idx, beat.picture_idx)).collect()).collect();
    let expected = [
        vec![(0, None)],
        // what is only asked is no moment of its own
        vec![(1, Some(0)), (1, Some(1)), (2, Some(3))],
        // another tag begins anew
        vec![(3, Some(4))],
        vec![(4, None)],
    ];
    assert_eq!(runs, expected);
}

#[test]
fn each_picture_has_its_place_and_what_changes_with_the_data_a_part_of_its_own() {
    let (before, after) = (live(None), live(Some("annee;depenses\n2019;120\n2024;150\n")));
    for (place, tag) in [(0, "chart"), (1, "chart"), (3, "chart"), (4, "figure")] {
        let place = format!("<encart-{tag} data-picture=\"{place}\"></encart-{tag}>");
        assert_eq!(after.html.matches(&place).count(), 1, "{place}");
    }
    assert!(after.html.contains("<encart-chart data-picture=\"2\" hidden=\"\">"), "asked, not shown");
    assert_eq!(after.html.matches("data-stage").count(), 1, "one picture beside a run of several");
    assert_eq!(before.parts.len(), after.parts.len());
    let changed: Vec<&String> = before
        .parts
        .iter()
        .zip(&after.parts)
        .filter(|(before, after)| before != after)
        .map(|(_, after)| after)
        .collect();
    assert_eq!(changed.len(), 2, "the passage, and how it was computed: {changed:?}");
    assert!(changed[0].contains("<span data-said>150</span>"));
    assert_eq!(after.html.matches("data-part=\"brief\"").count(), 1);
    assert!(after.html.contains("<div data-notes=\"\" hidden=\"\"><p>Dire <strong>merci</strong>.</p>"));
    // what is in the parts is what the whole holds
    for part in &after.parts {
        assert!(after.html.contains(part.as_str()));
    }
}
