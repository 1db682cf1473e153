//! Does "portal part, then our part" give what all rows would give here, for any query and any table?
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test a panic is the message"
)]

mod fake;

use encart_portal::job::Order;
use encart_table::infer::Known;
use encart_table::read::records::{Hint, read_records};
use encart_table::{Json, Prepared, Table, Value, prepare};
use fake::ckan::Ckan;
use fake::data_fair::DataFair;
use fake::grist::Grist;
use fake::opendatasoft::Opendatasoft;
use fake::tabular::Tabular;
use fake::{Cell, Dataset, Kind, Portal, Sent, run};
use proptest::prelude::*;

const COLUMNS: [(&str, Kind); 6] = [
    ("poste", Kind::Text),
    ("dep", Kind::Text),
    ("annee", Kind::Number),
    ("montant", Kind::Number),
    ("jour", Kind::Date),
    ("rang", Kind::Number),
];

fn some_of(values: &'static [&'static str]) -> impl Strategy<Value = Cell> {
    prop_oneof![
        6 => prop::sample::select(values).prop_map(|text| Cell::Text(text.to_string())),
        1 => Just(Cell::Nothing),
    ]
}

fn dataset() -> impl Strategy<Value = Dataset> {
    let row = (
        some_of(&["Voirie", "École", "Fêtes & cérémonies", "l’eau", "(divers)", "dit \"a\""]),
        some_of(&["01", "2A", "71", "976"]),
        2019..2025i64,
        prop_oneof![5 => (-100_000..1_000_000i64).prop_map(Cell::Number), 1 => Just(Cell::Nothing)],
        prop_oneof![5 => (2019..2025, 1..=12, 1..=28).prop_map(|(y, m, d): (i32, i32, i32)| Cell::Date(format!("{y}-{m:02}-{d:02}"))), 1 => Just(Cell::Nothing)],
    );
    prop::collection::vec(row, 1..40).prop_map(|rows| Dataset {
        columns: COLUMNS.to_vec(),
        rows: rows
            .into_iter()
            .enumerate()
            // an order without ties: of equal rows any portal may give any first
            .map(|(idx, (poste, dep, annee, montant, jour))| {
                vec![poste, dep, Cell::Number(annee * 100), montant, jour, Cell::Number((idx as i64 * 37 % 41) * 100)]
            })
            .collect(),
    })
}

fn condition() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec!["Voirie", "École", "l’eau", "(divers)", "Fêtes & cérémonies"])
            .prop_map(|text| format!("poste = \"{text}\"")),
        Just("poste != \"École\"".to_string()),
        Just("poste = \"École\" or poste = \"l’eau\"".to_string()),
        Just("dep = '01'".to_string()),
        Just("dep > '3'".to_string()),
        Just("starts_with(dep, '2')".to_string()),
        Just("not is_missing(montant)".to_string()),
        (-100..1000i64).prop_map(|number| format!("montant > {number}")),
        (-100..1000i64).prop_map(|number| format!("{number} >= montant")),
        (2018..2026i64).prop_map(|year| format!("annee >= {year}")),
        (2018..2026i64).prop_map(|year| format!("annee = {year}")),
        (2018..2026i64).prop_map(|year| format!("jour < {year}")),
        (2018..2026i64).prop_map(|year| format!("jour <= {year}")),
        (2019..2025, 1..=12).prop_map(|(year, month)| format!("jour >= '{year}-{month:02}-15'")),
        (2019..2025, 1..=12).prop_map(|(year, month)| format!("jour > '{year}-{month:02}-15'")),
        Just("montant > annee".to_string()),
    ]
}

fn step() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::collection::vec(condition(), 1..3).prop_map(|terms| {
            let terms: Vec<String> = terms.iter().map(|term| if term.contains(" or ") { format!("({term})") } else { term.clone() }).collect();
            format!("{{\"filter\":{}}}", Json::Text(terms.join(" and ")).write())
        }),
        2 => (
            prop::sample::select(vec!["\"poste\"", "\"dep\"", "[\"poste\", \"dep\"]", "\"annee\"", "\"jour\"", "[]"]),
            prop::collection::btree_set(prop::sample::select(vec!["sum(montant)", "mean(montant)", "min(montant)", "max(montant)", "count(montant)", "count()", "share(montant)", "share()", "median(montant)"]), 1..4),
        ).prop_map(|(by, measures)| {
            let measures: Vec<String> = measures.iter().enumerate().map(|(idx, measure)| format!("\"m{idx}\":\"{measure}\"")).collect();
            format!("{{\"group\":{{\"by\":{by},{}}}}}", measures.join(","))
        }),
        1 => (prop::sample::select(vec!["rang", "-rang"]), 1..30usize).prop_map(|(key, limit)| format!("{{\"sort\":\"{key}\"}},{{\"limit\":{limit}}}")),
        1 => (1..30usize).prop_map(|limit| format!("{{\"limit\":{limit}}}")),
        1 => Just("{\"derive\":{\"double\":\"montant * 2\"}}".to_string()),
    ]
}

fn steps() -> impl Strategy<Value = Json> {
    prop::collection::vec(step(), 0..4)
        .prop_map(|steps| Json::parse(&format!("[{}]", steps.join(",")), "steps").unwrap())
}

/// All rows here, read as the portal's types say.
fn all_here(dataset: &Dataset, steps: &Json) -> Prepared {
    let rows: Vec<&Vec<Cell>> = dataset.rows.iter().collect();
    let records = Json::parse(&dataset.objects(&rows, &dataset.names()), "").unwrap();
    let hints: Vec<Hint> = dataset
        .columns
        .iter()
        .map(|(name, kind)| Hint {
            name: name.to_string(),
            known: match kind {
                Kind::Text => Known::Text,
                Kind::Number => Known::Plain,
                Kind::Date => Known::Date,
            },
            unit: None,
        })
        .collect();
    prepare(read_records(records.as_list().unwrap(), &hints, Default::default()).0, steps)
}

/// The rows as texts, numbers to twelve digits, in the order of the alphabet: groups have no order of their own.
fn rows_of(table: &Table) -> Vec<String> {
    let mut names: Vec<(usize, &str)> = table.names().into_iter().enumerate().collect();
    names.sort_by_key(|(_, name)| name.to_string());
    let mut rows: Vec<String> = (0..table.n_rows())
        .map(|row_idx| {
            let cells = names.iter().map(|(idx, name)| match table.columns[*idx].value(row_idx) {
                Value::Number(number) => format!("{name}={number:.6e}"),
                Value::Missing(_) => format!("{name}=?"),
                other => format!("{name}={other:?}"),
            });
            cells.collect::<Vec<_>>().join(" ")
        })
        .collect();
    rows.sort();
    rows
}

fn order(portal: &dyn Portal, steps: &Json) -> Order {
    Order { src: portal.src().to_string(), steps: steps.clone(), ..Order::default() }
}

/// The codes of what steps say, without those that only tell who computed.
fn said(prepared: &Prepared, notices: &[encart_table::Notice]) -> Vec<&'static str> {
    let of_steps = ["group.partial"];
    let mut codes: Vec<&str> = prepared
        .notices
        .iter()
        .chain(notices)
        .map(|notice| notice.code)
        .filter(|code| of_steps.contains(code))
        .collect();
    codes.sort_unstable();
    codes
}

fn check(portal: &dyn Portal, dataset: &Dataset, steps: &Json) -> Result<(), TestCaseError> {
    let here = all_here(dataset, steps);
    let made = run(portal, order(portal, steps));
    if made.failure.is_some() {
        prop_assert_eq!(here.table.n_rows(), 0, "{:?}", made.failure);
        return Ok(());
    }
    prop_assert_eq!(made.prepared.is_misled, here.is_misled, "{}", steps.write());
    // of what is not drawn nothing is compared
    if here.is_misled {
        return Ok(());
    }
    prop_assert_eq!(rows_of(&made.prepared.table), rows_of(&here.table), "{} {}", portal.src(), steps.write());
    prop_assert_eq!(said(&made.prepared, &made.notices), said(&here, &[]), "{} {}", portal.src(), steps.write());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn opendatasoft_and_we_are_all_here(dataset in dataset(), steps in steps(), refuses in prop::bool::weighted(0.2)) {
        check(&Opendatasoft { dataset: dataset.clone(), sent: Sent::default(), refuses }, &dataset, &steps)?;
    }

    #[test]
    fn the_tabular_api_and_we_are_all_here(dataset in dataset(), steps in steps(), aggregates: bool) {
        check(&Tabular { dataset: dataset.clone(), sent: Sent::default(), aggregates }, &dataset, &steps)?;
    }

    #[test]
    fn ckan_and_we_are_all_here(dataset in dataset(), steps in steps(), most in 3..50usize) {
        check(&Ckan { dataset: dataset.clone(), sent: Sent::default(), most }, &dataset, &steps)?;
    }

    #[test]
    fn data_fair_and_we_are_all_here(dataset in dataset(), steps in steps(), most in 3..50usize) {
        check(&DataFair { dataset: dataset.clone(), sent: Sent::default(), most }, &dataset, &steps)?;
    }

    #[test]
    fn grist_and_we_are_all_here(dataset in dataset(), steps in steps()) {
        check(&Grist { dataset: dataset.clone(), sent: Sent::default() }, &dataset, &steps)?;
    }
}

// A bar chart of ten groups from many rows transfers ten rows.
#[test]
fn a_portal_that_groups_sends_groups() {
    let rows = (0..5_000i64).map(|idx| {
        let poste = Cell::Text(format!("poste {}", idx % 10));
        vec![poste, Cell::Text("71".into()), Cell::Number(202_400), Cell::Number(idx), Cell::Nothing, Cell::Number(idx)]
    });
    let dataset = Dataset { columns: COLUMNS.to_vec(), rows: rows.collect() };
    let steps = Json::parse(r#"[{"filter": "annee = 2024"}, {"group": {"by": "poste", "total": "sum(montant)"}}]"#, "")
        .unwrap();
    for portal in [
        Box::new(Opendatasoft { dataset: dataset.clone(), sent: Sent::default(), refuses: false }) as Box<dyn Portal>,
        Box::new(Tabular { dataset: dataset.clone(), sent: Sent::default(), aggregates: true }),
        Box::new(DataFair { dataset: dataset.clone(), sent: Sent::default(), most: 10_000 }),
    ] {
        let made = run(portal.as_ref(), order(portal.as_ref(), &steps));
        assert_eq!(made.prepared.table.n_rows(), 10, "{}", portal.src());
        assert!(portal.n_sent() <= 20, "{} sent {} rows", portal.src(), portal.n_sent());
    }
}
