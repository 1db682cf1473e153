//! Files and specifications made to exhaust whoever reads them: each is answered soon, with a sentence, and what can be kept
//! is kept.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use encart_chart::{Env, draw, read_spec};
use encart_story::narrative::Story;
use encart_story::sentence::{self, Facts};
use encart_table::read::json::read_json;
use encart_table::sum::sum;
use encart_table::{Json, Lang, Period, Value, prepare, read_csv};

fn repeat(n: usize, sign: &str, part: impl Fn(usize) -> String) -> String {
    (0..n).map(part).collect::<Vec<_>>().join(sign)
}

#[test]
fn a_list_of_thousands_of_codes_filters() {
    let filter = repeat(6_000, " or ", |idx| format!("code = '{idx:05}'"));
    let steps =
        Json::List(vec![Json::parse_object(&format!("{{\"filter\":\"{filter}\"}}"), "").map(Json::Object).unwrap()]);
    let (table, _) = read_csv(b"code;n\n00001;1\n05999;2\n06000;3\n", &Default::default());
    let prepared = prepare(table, &steps);
    assert_eq!((prepared.notices.len(), prepared.table.n_rows()), (0, 2));
}

#[test]
fn long_sums_are_refused_with_a_way_out() {
    for (n, is_refused) in [(300, false), (7_000, true), (100_000, true)] {
        let sum = repeat(n, " + ", |_| "n".into());
        let steps = Json::parse(&format!("[{{\"derive\":{{\"s\":\"{sum}\"}}}}]"), "steps").unwrap();
        let (table, _) = read_csv(b"code;n\na;1\n", &Default::default());
        let prepared = prepare(table, &steps);
        assert_eq!(prepared.is_misled, is_refused, "{n}: {:?}", prepared.notices);
        let sentence = ["{{ ", &repeat(n, "+", |_| "1".into()), " }}"].concat();
        let said = sentence::say(&sentence, &Facts::new(Lang::Fr));
        assert_eq!(said.notices.is_empty(), n <= 200, "{n}");
    }
}

#[test]
fn equal_names_and_names_without_end_are_read_soon() {
    let names = repeat(16_000, ";", |_| "n".into());
    let values = repeat(16_000, ";", |idx| idx.to_string());
    let (table, _) = read_csv([&names, "\n", &values].concat().as_bytes(), &Default::default());
    assert_eq!(table.columns.len(), 16_000);
    let names = repeat(30_000, ";", |idx| format!("c{idx}"));
    let (table, notices) =
        read_csv([&names, "\n", &repeat(30_000, ";", |idx| idx.to_string())].concat().as_bytes(), &Default::default());
    assert!(table.columns.len() <= 16_384 && notices.iter().any(|notice| notice.code == "csv.too-many-columns"));
    let records = repeat(30_000, ",", |idx| format!("{{\"k{idx}\":1}}"));
    let (table, notices) = read_json(&format!("[{records}]"), None, Default::default());
    assert_eq!(table.n_rows(), 30_000);
    assert!(notices.iter().any(|notice| notice.code == "json.too-many-columns"));
}

#[test]
fn steps_that_multiply_are_refused_before_they_do() {
    let rows = repeat(20_000, "\n", |idx| format!("{idx};{};{}", idx * 7 % 20_000, idx % 977));
    let file = ["a;b;c\n", &rows, "\n"].concat();
    for steps in [r#"[{"complete":["a","b"]}]"#, r#"[{"wider":{"names":"a","values":"c"}}]"#] {
        let (table, _) = read_csv(file.as_bytes(), &Default::default());
        let prepared = prepare(table, &Json::parse(steps, "steps").unwrap());
        let codes: Vec<&str> = prepared.notices.iter().map(|notice| notice.code).collect();
        assert_eq!(codes, ["steps.too-large"], "{steps}");
    }
}

#[test]
fn a_picture_of_too_many_cells_is_refused_before_they_are_made() {
    let rows = repeat(200_000, "\n", |idx| format!("nom {idx};{};1", idx % 977));
    let (table, _) = read_csv(["nom;ville;n\n", &rows, "\n"].concat().as_bytes(), &Default::default());
    let prepared = prepare(table, &Json::Null);
    for kind in ["bar", "line", "area", "dot", "treemap"] {
        for (key, value) in [("color", "ville"), ("facet", "nom")] {
            let (spec, _) =
                read_spec(&format!(r#"{{"kind":"{kind}","x":"nom","y":"n","{key}":"{value}","title":"T"}}"#));
            let drawing = draw(&prepared, &spec, &Env::new(700.0, Period::year(2026)));
            assert!(
                drawing.notices.iter().any(|notice| notice.code == "channel.too-many"),
                "{kind} {key}: {:?}",
                drawing.notices
            );
        }
    }
}

#[test]
fn what_an_author_writes_without_end_is_cut_and_said() {
    let says = |json: &str, words: &str| {
        let (_, notices) = read_spec(json);
        assert!(notices.len() < 30 && notices.iter().any(|notice| notice.words.fr.contains(words)), "{words}");
    };
    let keys = repeat(20_000, ",", |idx| format!("\"cle{idx}\":1"));
    says(&format!("{{{keys}}}"), "cette clé n’existe pas");
    says(&format!("{{{keys}}}"), "19980 autre(s) clé(s) n’existent pas");
    let annotations = repeat(20_000, ",", |idx| format!("{{\"value\":{idx},\"text\":\"note {idx}\"}}"));
    says(&format!("{{\"annotations\":[{annotations}]}}"), "« 20000 » ne convient pas ; on en dessine 200 au plus");
    let links = repeat(20_000, "\n", |idx| format!("[lien {idx}]: https://exemple.fr/{idx}"));
    let passages = repeat(2_000, "\n\n", |idx| format!("Voir [lien {idx}]."));
    let pictures = repeat(2_000, "\n\n", |_| "```encart\nsrc: a.csv\n```".into());
    let (story, notices) = Story::read(&["# Récit\n\n", &passages, "\n\n", &pictures, "\n\n", &links].concat());
    let said: Vec<String> = notices.iter().map(|notice| notice.words.fr.to_string()).collect();
    assert_eq!((story.pictures.len(), said.len()), (100, 2), "{said:?}");
}

#[test]
fn a_long_window_takes_no_longer_and_gives_the_same_means() {
    let values = |idx: usize| (idx * 7_919 % 1_000) as f64 / 100.0;
    let rows = repeat(100_000, "\n", |idx| format!("{idx};{:.2}", values(idx)).replace('.', ","));
    let (table, _) = read_csv(["rang;n\n", &rows, "\n"].concat().as_bytes(), &Default::default());
    let steps = r#"[{"window":{"m":"rolling_mean(n, 50000)","trois":"rolling_mean(n, 3)"}}]"#;
    let prepared = prepare(table, &Json::parse(steps, "steps").unwrap());
    let number = |name: &str, row_idx: usize| match prepared.table.column(name).unwrap().value(row_idx) {
        Value::Number(number) => Some(number),
        _ => None,
    };
    // the values come again every thousand rows
    let mean = sum((0..1_000).map(values)).unwrap() / 1_000.0;
    for (name, row_idx, expected) in [
        ("m", 49_998, None),
        ("m", 49_999, Some(mean)),
        ("m", 99_999, Some(mean)),
        ("trois", 1, None),
        ("trois", 99_999, sum((99_997..100_000).map(values)).map(|total| total / 3.0)),
    ] {
        assert_eq!(number(name, row_idx), expected, "{name} {row_idx}");
    }
}

#[test]
fn outlines_and_labels_that_multiply_are_counted_before_they_are_made() {
    let arc = repeat(1_000, ",", |idx| format!("[{idx},{idx}]"));
    let used = repeat(10_000, ",", |_| "0".into());
    let line = format!(r#"{{"type":"LineString","properties":{{"nom":"Saône"}},"arcs":[{used}]}}"#);
    let file = format!(
        r#"{{"type":"Topology","objects":{{"o":{{"type":"GeometryCollection","geometries":[{line},{line}]}}}},"arcs":[[{arc}]]}}"#
    );
    let (table, notices) = read_json(&file, None, Default::default());
    assert_eq!((table.n_rows(), notices[0].code), (2, "topojson.too-large"));
    let label = "x".repeat(1_000);
    let categories = repeat(1_000, ",", |idx| format!("\"c{idx}\":\"{label}\""));
    let dimension = format!(
        r#"{{"category":{{"label":{{{categories}}},"index":[{}]}}}}"#,
        repeat(1_000, ",", |idx| format!("\"c{idx}\""))
    );
    let full = ["[", &repeat(1_000_000, ",", |_| "1".into()), "]"].concat();
    for (value, n_rows, said) in [(full.as_str(), 0, "les libellés"), (r#"{"0":1}"#, 1, "")] {
        let file = format!(
            r#"{{"id":["a","b"],"size":[1000,1000],"dimension":{{"a":{dimension},"b":{dimension}}},"value":{value}}}"#
        );
        let (table, notices) = read_json(&file, None, Default::default());
        let words = notices.iter().map(|notice| notice.words.fr.to_string()).collect::<String>();
        assert!(table.n_rows() == n_rows && words.starts_with(said), "{words}");
    }
}
