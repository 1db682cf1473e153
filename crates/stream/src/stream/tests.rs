//! Does a file read as it comes give what it gives read as a whole?

use encart_table::csv_out::{Reader, write_csv};
use encart_table::verb::{read::read_steps, run_steps, run_steps_from};
use encart_table::{Json, read_csv};
use proptest::prelude::*;

use super::*;

/// The table after all steps as CSV, and the codes of what was said of values.
fn streamed(csv: &[u8], steps: &str, piece: usize, (head, tail): (usize, usize)) -> (String, Vec<&'static str>) {
    let (steps, _) = read_steps(&Json::parse(steps, "steps").unwrap());
    let mut stream =
        Stream { sizes: (head, head, tail), ..Stream::new(ReadOptions::default(), &steps, 0, None, usize::MAX) };
    csv.chunks(piece).for_each(|piece| stream.push(piece));
    let made = stream.finish();
    let (table, said) = run_steps_from(made.table, &steps, made.n_taken);
    (write_csv(&table, Reader::Program), codes(&made.notices, &said))
}

fn whole(csv: &[u8], steps: &str) -> (String, Vec<&'static str>) {
    let (steps, _) = read_steps(&Json::parse(steps, "steps").unwrap());
    let (table, notices) = read_csv(csv, &Default::default());
    let (table, said) = run_steps(table, &steps);
    (write_csv(&table, Reader::Program), codes(&notices, &said))
}

/// What is said of lines and values; what only the whole file can tell (marks that differ in one column) is apart.
fn codes(read: &[Notice], run: &[Notice]) -> Vec<&'static str> {
    let of_both =
        ["csv.encoding", "csv.title", "csv.footnote", "csv.short", "csv.long", "filter.unknown", "group.partial"];
    let mut codes: Vec<&str> =
        read.iter().chain(run).map(|notice| notice.code).filter(|code| of_both.contains(code)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

const STEPS: [&str; 9] = [
    "[]",
    r#"[{"group": {"by": "poste", "t": "sum(montant)", "n": "count()", "m": "mean(montant)", "k": "count(montant)"}}]"#,
    r#"[{"group": {"by": ["poste", "annee"], "a": "min(montant)", "b": "max(montant)"}}]"#,
    r#"[{"group": {"by": [], "t": "sum(montant)"}}]"#,
    r#"[{"filter": "annee >= 2021 and montant > 10"}, {"group": {"by": "jour", "t": "share(montant)"}}]"#,
    r#"[{"filter": "poste = \"Voirie\" or poste = \"École\""}, {"sort": "-montant"}, {"limit": 3}]"#,
    r#"[{"filter": "jour >= '2022-01-01'"}, {"filter": "not is_missing(montant)"}]"#,
    r#"[{"group": {"by": "poste", "t": "median(montant)"}}]"#,
    r#"[{"derive": {"double": "montant * 2"}}, {"group": {"by": ["annee", "poste", "jour"], "t": "sum(double)"}}]"#,
];

fn row() -> impl Strategy<Value = String> {
    (
        prop::sample::select(vec!["Voirie", "École", "\"Fêtes; jeux\"", "l'eau", "Sécurité", ""]),
        2018..2026,
        prop::sample::select(vec!["1,5", "12", "-3", "1 234,56", "n.d.", "s", "", "7 €", "100,25"]),
        prop::sample::select(vec!["01/02/2024", "2024-02-01", "2021-12-31", "31/12/2021", "", "15 janvier 2023"]),
    )
        .prop_map(|(poste, annee, montant, jour)| format!("{poste};{annee};{montant};{jour}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_that_comes_in_pieces_is_the_whole_file(
        rows in prop::collection::vec(row(), 30..90),
        steps in prop::sample::select(STEPS.to_vec()),
        title in prop::bool::ANY,
        note in prop::bool::ANY,
        latin in prop::bool::ANY,
        total in prop::bool::ANY,
        piece in 1..600usize,
        tail in 60..200usize,
    ) {
        // the head shows every kind of cell, as a megabyte does
        let head = "Voirie;2020;1,5;01/02/2024\nÉcole;2021;12;2024-02-01\n".repeat(4);
        let mut csv = String::new();
        if title {
            csv.push_str("Budget de la commune\n\n");
        }
        csv.push_str("poste;annee;montant;jour\n");
        csv.push_str(&head);
        let size = csv.len() + 40;
        rows.iter().for_each(|row| csv.extend([row, "\n"]));
        if total {
            csv.push_str("Total;;99999;\n");
        }
        if note {
            csv.push_str("Source : la commune\n");
        }
        let bytes: Vec<u8> = if latin { csv.chars().map(|letter| if letter == '€' { 0x80 } else { letter as u32 as u8 }).collect() } else { csv.into_bytes() };
        let (made, said) = streamed(&bytes, steps, piece, (size, tail));
        let (expected, expected_said) = whole(&bytes, steps);
        prop_assert_eq!(made, expected, "{}", steps);
        prop_assert_eq!(said, expected_said, "{}", steps);
    }
}

#[test]
fn quotes_and_lines_of_any_length_survive_every_cut() {
    let mut csv = String::from("a;b\n");
    for number in 0..200 {
        csv.push_str(&format!("\"texte\nsur deux; lignes {number}\";{number}\n"));
    }
    let expected = whole(csv.as_bytes(), r#"[{"filter": "b >= 190"}]"#);
    for piece in [1, 7, 64, 1000] {
        assert_eq!(streamed(csv.as_bytes(), r#"[{"filter": "b >= 190"}]"#, piece, (300, 80)), expected, "{piece}");
    }
}

#[test]
fn memory_is_bounded_by_the_result() {
    let (steps, _) = read_steps(&Json::parse(r#"[{"group": {"by": "poste", "t": "sum(montant)"}}]"#, "steps").unwrap());
    let mut stream =
        Stream { sizes: (4_000, 4_000, 1_000), ..Stream::new(ReadOptions::default(), &steps, 0, None, usize::MAX) };
    stream.push(b"poste;montant\n");
    for number in 0..20_000 {
        stream.push(format!("poste {};{number},25\n", number % 10).as_bytes());
        assert!(stream.waiting.len() < 8_000);
    }
    let made = stream.finish();
    assert_eq!((made.n_rows, made.table.n_rows(), made.n_taken), (20_000, 10, 1));
}
