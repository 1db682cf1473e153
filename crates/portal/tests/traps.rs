//! Does what hurt the users of other connectors hurt ours? One test a trap, named after what went wrong, and where.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test a panic is the message"
)]

use encart_portal::job::{Converted, Flow, Order};
use encart_portal::{Answer, Ask, Job, Outcome, Request};
use encart_table::csv_out::{Reader, write_csv};
use encart_table::{Json, Notice, Place};

const ID: &str = "1c5075ec-7ce1-49cb-ab89-94f507812daf";

fn order(src: &str, steps: &str) -> Order {
    Order { src: src.to_string(), steps: Json::parse(steps, "steps").unwrap(), ..Order::default() }
}

/// Runs an order against a portal that answers each request; gives the outcome and all addresses that were asked.
fn drive(order: Order, mut answer: impl FnMut(&Request) -> (u16, String)) -> (Outcome, Vec<String>) {
    let (mut job, mut asked) = (Job::new(order), Vec::new());
    loop {
        match job.next(0.0) {
            Ask::Fetch(request) => {
                let (status, body) = answer(&request);
                job.head(Answer {
                    address: request.address.clone(),
                    status,
                    length: Some(body.len() as u64),
                    ..Answer::default()
                });
                let is_whole = job.chunk(body.as_bytes()) == Flow::More;
                job.end(is_whole);
                asked.push(request.address);
            }
            Ask::Wait(_) => {}
            Ask::Convert(_) => {
                job.converted(Ok(Converted::Csv("jour;n\n2024-01-05;3\n".into(), Vec::new(), Vec::new())))
            }
            Ask::Inflate(_) => panic!("nothing is compressed"),
            Ask::Done => return (job.finish(), asked),
        }
    }
}

fn rows(outcome: &Outcome) -> String {
    write_csv(&outcome.prepared.table, Reader::Program).trim_end().replace("\r\n", " | ")
}

fn said(outcome: &Outcome) -> Vec<&'static str> {
    outcome.notices.iter().chain(&outcome.prepared.notices).map(|notice| notice.code).collect()
}

/// A dataset of data.gouv.fr with one large file that pages may not read, and what is beside it in `extras`.
fn dataset(extras: &str) -> String {
    format!(
        r#"{{"title":"Budget","resources":[{{"id":"{ID}","title":"budget.csv","type":"main","filetype":"remote","format":"csv","url":"https://exemple.fr/budget.csv","filesize":9000000,"extras":{{"analysis:parsing:parsing_table":"x","check:cors:allow-origin":"https://exemple.fr"{extras}}}}}]}}"#
    )
}

fn profile(n_rows: usize) -> String {
    format!(
        r#"{{"profile":{{"header":["a","n"],"total_lines":{n_rows},"columns_fields":{{"a":{{"python_type":"string"}},"n":{{"python_type":"int"}}}}}},"deleted_at":null}}"#
    )
}

#[test]
fn the_tabular_api_is_never_asked_to_sort_what_comes_by_pages_pg_033_explore_220() {
    let steps = r#"[{"sort":"-n"},{"limit":2}]"#;
    let (outcome, asked) = drive(order("datagouv:budget", steps), |request| match request.address.as_str() {
        address if address.contains("/api/1/") => (200, dataset("")),
        address if address.ends_with("/profile/") => (200, profile(3)),
        _ => (200, "a,n\nx,1\ny,3\nz,2\n".into()),
    });
    assert_eq!(rows(&outcome), "a,n | y,3 | z,2");
    assert!(asked.iter().all(|address| !address.contains("sort")), "{asked:?}");
}

#[test]
fn rows_that_the_portal_counts_and_does_not_send_are_said_explore_220() {
    let (outcome, _) = drive(order("datagouv:budget", "[]"), |request| match request.address.as_str() {
        address if address.contains("/api/1/") => (200, dataset("")),
        address if address.ends_with("/profile/") => (200, profile(180)),
        _ => (200, "a,n\nx,1\ny,3\n".into()),
    });
    assert!(said(&outcome).contains(&"portal.incomplete"), "{:?}", said(&outcome));
}

#[test]
fn a_value_with_a_parenthesis_is_found_pg_034() {
    let steps = r#"[{"filter":"a = 'x (sud)' or a = 'y'"}]"#;
    let (outcome, asked) = drive(order("datagouv:budget", steps), |request| match request.address.as_str() {
        address if address.contains("/api/1/") => (200, dataset("")),
        address if address.ends_with("/profile/") => (200, profile(3)),
        _ => (200, "a,n\nx (sud),1\ny,3\nz,2\n".into()),
    });
    assert_eq!(rows(&outcome), "a,n | x (sud),1 | y,3");
    assert!(asked.iter().all(|address| !address.contains("__in")), "{asked:?}");
}

#[test]
fn an_aggregation_or_a_page_that_is_refused_is_done_here_and_said() {
    let steps = r#"[{"group":{"by":"a","total":"sum(n)"}}]"#;
    for refusal in [
        r#"{"errors":[{"code":"","title":"Invalid query string","detail":"Aggregators are not allowed"}]}"#,
        r#"{"errors":[{"code":"","title":"Invalid query string","detail":"Page size exceeds allowed maximum: 50"}]}"#,
    ] {
        let (outcome, _) = drive(order("datagouv:budget", steps), |request| match request.address.as_str() {
            address if address.contains("/api/1/") => (200, dataset("")),
            address if address.ends_with("/profile/") => (200, profile(3)),
            address if address.contains("groupby") => (400, refusal.into()),
            _ => (200, "a,n\nx,1\nx,3\ny,2\n".into()),
        });
        assert_eq!(rows(&outcome), "a,total | x,4 | y,2");
        assert!(said(&outcome).contains(&"portal.falls-back"), "{:?}", said(&outcome));
    }
}

#[test]
fn a_large_file_comes_as_parquet_where_there_is_an_export_and_as_it_is_where_that_fails() {
    let extras = r#","analysis:parsing:parquet_url":"https://object.files.data.gouv.fr/x.parquet""#;
    for (parquet, expected) in [((200, "PAR1…PAR1"), "jour,n | 2024-01-05,3"), ((404, ""), "a,n | x,1")] {
        let (outcome, asked) = drive(order("datagouv:budget", "[]"), |request| match request.address.as_str() {
            address if address.contains("/api/1/") => (200, dataset(extras)),
            address if address.ends_with("/profile/") => (200, profile(900_000)),
            address if address.ends_with(".parquet") => (parquet.0, parquet.1.into()),
            _ => (200, "a;n\nx;1\n".into()),
        });
        assert_eq!(rows(&outcome), expected, "{asked:?}");
    }
}

#[test]
fn a_file_that_pages_may_not_read_is_asked_of_the_portal_datagouv_1810_and_1420() {
    let small = dataset("").replace("9000000", "900");
    let (outcome, asked) = drive(order("datagouv:budget", "[]"), |request| match request.address.as_str() {
        address if address.contains("/api/1/") => (200, small.clone()),
        address if address.ends_with("/profile/") => (200, profile(1)),
        _ => (200, "a,n\nx,1\n".into()),
    });
    assert_eq!(rows(&outcome), "a,n | x,1");
    assert!(asked.iter().all(|address| !address.starts_with("https://exemple.fr")), "{asked:?}");
}

const FIELDS: &str = r#""fields":[{"name":"code postal","type":"text"},{"name":"themes","type":"text","annotations":{"multivalued":[]}},{"name":"n","type":"int"}]"#;

/// An Opendatasoft portal with so many records; every export gives these lines.
fn opendatasoft(request: &Request, n_rows: usize, csv: &str) -> (u16, String) {
    match request.address.as_str() {
        address if address.contains("/exports/") => (200, csv.into()),
        address if address.contains("/records") => (200, format!(r#"{{"total_count":{n_rows},"results":[{{}}]}}"#)),
        _ => (200, format!(r#"{{"dataset_id":"x","metas":{{"default":{{"records_count":{n_rows}}}}},{FIELDS}}}"#)),
    }
}

#[test]
fn names_of_fields_are_quoted_for_opendatasoft_dsfr_data_289() {
    let steps = r#"[{"filter":"`code postal` = '71700'"}]"#;
    let csv = "\"code postal\";themes;n\n71700;a;1\n";
    let (outcome, asked) = drive(order("ods:x.fr/x", steps), |request| opendatasoft(request, 1, csv));
    assert_eq!(outcome.prepared.table.n_rows(), 1);
    assert!(
        asked.iter().any(|address| address.contains("%60code%20postal%60") || address.contains("`code postal`")),
        "{asked:?}"
    );
}

#[test]
fn a_list_of_words_is_compared_here_as_it_is_everywhere_dsfr_data_953() {
    let steps = r#"[{"filter":"themes = 'sport'"}]"#;
    let csv = "\"code postal\";themes;n\n71700;sport;1\n71700;sport,culture;2\n";
    let (outcome, asked) = drive(order("ods:x.fr/x", steps), |request| opendatasoft(request, 2, csv));
    assert_eq!(outcome.prepared.table.n_rows(), 1);
    assert!(asked.iter().all(|address| !address.contains("where")), "{asked:?}");
}

#[test]
fn a_whole_set_is_an_export_and_no_ten_thousand_records_osmose_2439() {
    let mut csv = String::from("\"code postal\";themes;n\n");
    (0..12_000).for_each(|idx| csv.push_str(&format!("71700;a;{idx}\n")));
    let (outcome, asked) = drive(order("ods:x.fr/x", "[]"), |request| opendatasoft(request, 12_000, &csv));
    assert_eq!(outcome.prepared.table.n_rows(), 12_000);
    assert!(asked.iter().any(|address| address.contains("/exports/csv")), "{asked:?}");
}

#[test]
fn a_column_that_a_step_makes_is_not_asked_of_the_portal_bug_026_and_036() {
    let steps =
        r#"[{"derive":{"double":"n * 2"}},{"filter":"double > 2"},{"group":{"by":"code postal","t":"sum(double)"}}]"#;
    let csv = "\"code postal\";themes;n\n71700;a;1\n71700;b;2\n01000;b;3\n";
    let (outcome, asked) = drive(order("ods:x.fr/x", steps), |request| opendatasoft(request, 3, csv));
    assert_eq!(rows(&outcome), "code postal,t | 71700,4 | 01000,6");
    assert!(asked.iter().all(|address| !address.contains("double")), "{asked:?}");
}

#[test]
fn pages_of_melodi_are_of_a_thousand_and_all_of_them_come_dsfr_data_286() {
    let page = |first: usize, next: &str| {
        let rows: Vec<String> = (first..first + 1_000)
            .map(|idx| {
                format!(r#"{{"dimensions":{{"GEO":"{idx}"}},"measures":{{"OBS_VALUE_NIVEAU":{{"value":{idx}}}}}}}"#)
            })
            .collect();
        format!(r#"{{"observations":[{}],"paging":{{"count":3000{next}}}}}"#, rows.join(","))
    };
    let (outcome, asked) = drive(order("melodi:DS_X", "[]"), |request| {
        let next = |n: usize| format!(r#","next":"https://api.insee.fr/melodi/data/DS_X?maxResult=1000&page={n}""#);
        match asked_page(&request.address) {
            1 => (200, page(0, &next(2))),
            2 => (200, page(1_000, &next(3))),
            _ => (200, page(2_000, "")),
        }
    });
    assert_eq!(outcome.prepared.table.n_rows(), 3_000);
    assert!(asked[0].contains("maxResult=1000"), "{asked:?}");
}

fn asked_page(address: &str) -> usize {
    address.rsplit_once("page=").and_then(|(_, page)| page.parse().ok()).unwrap_or(1)
}

#[test]
fn a_word_of_a_campaign_in_a_pasted_address_is_no_filter_dsfr_data_312() {
    let src = "https://x.fr/explore/dataset/x/table/?utm_source=newsletter&utm_medium=mail";
    let csv = "\"code postal\";themes;n\n71700;a;1\n";
    let (outcome, asked) = drive(order(src, "[]"), |request| opendatasoft(request, 1, csv));
    assert_eq!(outcome.prepared.table.n_rows(), 1);
    assert!(asked.iter().all(|address| !address.contains("utm_")), "{asked:?}");
}

#[test]
fn a_limit_of_rate_says_what_to_do_tabular_26() {
    let (outcome, _) = drive(order("datagouv:budget", "[]"), |_| (429, r#"{"message":"Too many requests"}"#.into()));
    let failure = outcome.failure.unwrap();
    assert_eq!(failure.code, "fetch.too-many");
    assert!(failure.words.fr.contains("Réessayez plus tard"), "{}", failure.words.fr);
}

#[test]
fn a_reader_that_fails_says_why() {
    let notice = Notice::error("parquet.codec", Place::column("src"), format_args!("non lu"), format_args!("not read"));
    let mut job = Job::new(order("x.parquet", "[]"));
    let Ask::Fetch(_) = job.next(0.0) else { panic!("a file is fetched") };
    job.head(Answer { status: 200, ..Answer::default() });
    job.chunk(b"PAR1....PAR1");
    job.end(true);
    let Ask::Convert(conversion) = job.next(0.0) else { panic!("a reader is asked") };
    assert_eq!((conversion.reader(), conversion.size), ("parquet", 12));
    job.converted(Err(notice.clone()));
    assert_eq!(job.next(0.0), Ask::Done);
    assert_eq!(job.finish().failure, Some(notice));
}
