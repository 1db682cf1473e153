//! Do the steps give what a person with a pencil would find?

use super::*;
use crate::csv_out::{Reader, write_csv};
use crate::expr::parse;
use crate::json::Json;
use crate::locale::Lang;
use crate::read::csv::read_csv;

const CSV: &str = "commune;annee;poste;montant\nA;2022;école;10,10\nA;2022;voirie;5\nA;2023;école;n.d.\nB;2022;école;s\nB;2023;voirie;4,20\n";

fn check(step: Step, expected: &str, codes: &[&str]) {
    let (table, _) = read_csv(CSV.as_bytes(), &Default::default());
    let (table, notices) = run_steps(table, &[step]);
    let written = write_csv(&table, Reader::Spreadsheet(Lang::Fr)).replace("\r\n", "\n");
    assert_eq!(written.trim_start_matches('\u{feff}'), expected);
    assert_eq!(notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), codes);
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.to_string()).collect()
}

fn measures(list: &[(&str, &str)]) -> Vec<Measure> {
    list.iter().map(|(name, text)| Measure::parse(name, text).expect(text)).collect()
}

#[test]
fn filter_keeps_what_is_true_and_counts_what_is_unknown() {
    check(
        Step::Filter(parse("montant > 4.5").unwrap()),
        "commune;annee;poste;montant\nA;2022;école;10,1\nA;2022;voirie;5\n",
        &["filter.unknown"],
    );
    check(Step::Filter(parse("annee > 2030").unwrap()), "commune;annee;poste;montant\n", &["filter.nothing"]);
}

#[test]
fn derive_leaves_what_cannot_be_computed_missing() {
    check(
        Step::Derive { name: "double".into(), expr: parse("montant * 2").unwrap() },
        "commune;annee;poste;montant;double\nA;2022;école;10,1;20,2\nA;2022;voirie;5;10\nA;2023;école;;\nB;2022;école;;\nB;2023;voirie;4,2;8,4\n",
        &[],
    );
}

#[test]
fn group_measures_what_is_known() {
    check(
        Step::Group {
            by: names(&["commune"]),
            measures: measures(&[
                ("total", "sum(montant)"),
                ("n", "count"),
                ("connus", "count(montant)"),
                ("max", "max(montant)"),
            ]),
        },
        "commune;total;n;connus;max\nA;15,1;3;2;10,1\nB;4,2;2;1;4,2\n",
        &["group.partial", "group.partial"],
    );
    check(
        Step::Group {
            by: names(&["annee", "poste"]),
            measures: measures(&[("moyenne", "mean(montant)"), ("médiane", "median(montant)")]),
        },
        "annee;poste;moyenne;médiane\n2022;école;10,1;10,1\n2022;voirie;5;5\n2023;école;;\n2023;voirie;4,2;4,2\n",
        &["group.partial", "group.partial"],
    );
    check(
        Step::Group { by: names(&["commune"]), measures: measures(&[("part", "share")]) },
        "commune;part\nA;60\nB;40\n",
        &[],
    );
    check(
        Step::Group { by: names(&["commune"]), measures: measures(&[("depuis", "min(annee)")]) },
        "commune;depuis\nA;2022\nB;2022\n",
        &[],
    );
}

#[test]
fn sort_keeps_missing_last_both_ways() {
    let sorted = |descending| Step::Sort(vec![SortKey { column: "montant".into(), is_descending: descending }]);
    check(
        sorted(false),
        "commune;annee;poste;montant\nB;2023;voirie;4,2\nA;2022;voirie;5\nA;2022;école;10,1\nA;2023;école;\nB;2022;école;\n",
        &[],
    );
    check(
        sorted(true),
        "commune;annee;poste;montant\nA;2022;école;10,1\nA;2022;voirie;5\nB;2023;voirie;4,2\nA;2023;école;\nB;2022;école;\n",
        &[],
    );
}

#[test]
fn limit_keeps_the_first() {
    check(Step::Limit(1), "commune;annee;poste;montant\nA;2022;école;10,1\n", &[]);
    check(Step::Limit(0), "commune;annee;poste;montant\n", &[]);
}

#[test]
fn wider_and_longer_are_inverse_where_nothing_is_absent() {
    check(
        Step::Wider { names_from: "poste".into(), values_from: "montant".into() },
        "commune;annee;école;voirie\nA;2022;10,1;5\nA;2023;;\nB;2022;;\nB;2023;;4,2\n",
        &[],
    );
    let (table, _) = read_csv("c;2021 (%);2022 (%)\nx;1;2\ny;3;4\n".as_bytes(), &Default::default());
    let longer =
        Step::Longer { columns: names(&["2021 (%)", "2022 (%)"]), names_to: "annee".into(), values_to: "part".into() };
    let (table, notices) = run_steps(table, &[longer]);
    assert!(notices.is_empty());
    assert_eq!(table.column("part").unwrap().unit.as_deref(), Some("%"));
    assert!(table.column("annee").unwrap().is_period());
    let (table, _) = run_steps(table, &[Step::Wider { names_from: "annee".into(), values_from: "part".into() }]);
    assert_eq!(write_csv(&table, Reader::Spreadsheet(Lang::Fr)), "\u{feff}c;2021;2022\r\nx;1;2\r\ny;3;4\r\n");
}

#[test]
fn a_step_on_a_column_that_is_not_there_is_skipped_and_said() {
    let sort = Step::Sort(vec![SortKey { column: "montnat".into(), is_descending: false }]);
    let (table, _) = read_csv(CSV.as_bytes(), &Default::default());
    let (after, notices) = run_steps(table.clone(), &[sort]);
    assert_eq!(after, table);
    assert_eq!(
        notices.first().map(|notice| notice.sentence(Lang::Fr)),
        Some("« steps[0] » : les données n’ont pas de colonne « montnat ». Vouliez-vous dire « montant » ?".into())
    );
}

#[test]
fn steps_are_read_and_what_is_wrong_is_said() {
    for (json, n_steps, codes) in [
        (r#""[{\"limit\": 2}]""#, 1, &[][..]),
        (r#"[{"limit": 2.5}]"#, 0, &["steps.malformed"]),
        (r#""[{\"limit\": 2""#, 0, &["spec.json"]),
        (r#"[{"derive": {"b": "1", "a": "b + 1"}}]"#, 2, &[]),
        (r#"[{"filtre": "a > 1"}]"#, 0, &["steps.unknown"]),
        (r#"[{"filter": "a >"}]"#, 0, &["expr.syntax"]),
        (r#"{"limit": 2}"#, 0, &["steps.not-list"]),
        ("null", 0, &[]),
        (r#""""#, 0, &[]),
    ] {
        let (steps, notices) = read::read_steps(&Json::parse(json, "steps").unwrap());
        assert_eq!(steps.len(), n_steps, "{json}");
        assert_eq!(notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), codes, "{json}");
    }
}

// The engine of a first chart knows the common steps only; it must see that there is another, not skip it.
#[test]
fn the_common_engine_sees_that_a_step_is_not_its_own() {
    for (json, n_rows) in
        [(r#"[{"limit": 1}]"#, Some(1)), (r#"[{"limit": 1}, {"distinct": true}]"#, None), ("null", Some(2))]
    {
        let table = Table::new(vec![Column::texts("a", ["x", "y"])]);
        let prepared = prepare::prepare_common(&table, &Json::parse(json, "steps").unwrap());
        assert_eq!(prepared.map(|prepared| prepared.table.n_rows()), n_rows, "{json}");
    }
}

// The chart put "Autres" second, by its value, under a step that had put it last.
#[test]
fn a_step_that_orders_rows_is_an_order() {
    for (json, is_sorted) in [
        (r#"[{"sort": "a"}]"#, true),
        (r#"[{"top": {"n": 1, "by": "n", "name": "a"}}]"#, true),
        (r#"[{"limit": 1}]"#, false),
    ] {
        let table = Table::new(vec![Column::texts("a", ["x", "y"]), Column::numbers("n", [Ok(1.0), Ok(2.0)])]);
        let prepared = prepare::prepare(table, &Json::parse(json, "steps").unwrap());
        assert_eq!(prepared.is_sorted, is_sorted, "{json}");
    }
}
