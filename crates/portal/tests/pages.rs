//! Interfaces that give their rows page by page, each in the form in which a real server gave it (MapServer 8.0, pygeoapi
//! 0.24, datasette 0.65, djangorestframework-gis 1.x): all rows come, or the citizen is told that some are lacking.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test a panic is the message"
)]

use encart_portal::job::Order;
use encart_portal::{Answer, Ask, Job, Outcome};
use encart_table::{Lang, Level};

const HOST: &str = "https://carte.exemple.fr";
const N_ROWS: usize = 250;

/// What a server answers: the body, and the address of a header `Link`.
type Given = (u16, String, Option<String>);

/// A name, the address, what the server answers, how many rows come, and what the citizen is told.
type Case<'a> = (&'a str, &'a str, &'a dyn Fn(&str) -> Given, usize, &'a str);

/// A parameter of an address that counts.
fn count(address: &str, name: &str, default: usize) -> usize {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let value =
        query.split('&').find_map(|pair| pair.split_once('=').filter(|(other, _)| other.eq_ignore_ascii_case(name)));
    value.and_then(|(_, value)| value.parse().ok()).unwrap_or(default)
}

fn join(from: usize, to: usize, row: impl Fn(usize) -> String) -> String {
    (from..to.min(N_ROWS)).map(row).collect::<Vec<_>>().join(",")
}

fn record(idx: usize) -> String {
    format!(r#"{{"code":"{idx:05}","population":{idx}}}"#)
}

fn feature(idx: usize) -> String {
    format!(r#"{{"type":"Feature","id":"c.{idx}","geometry":null,"properties":{}}}"#, record(idx))
}

fn collection(from: usize, to: usize, more: &str) -> Given {
    (200, format!(r#"{{"type":"FeatureCollection",{more}"features":[{}]}}"#, join(from, to, feature)), None)
}

/// MapServer, which gives no more than 100 at a time and says no total.
fn capped_wfs(address: &str) -> Given {
    let start = count(address, "startindex", 0);
    collection(start, start + count(address, "count", N_ROWS).min(100), "")
}

/// GeoServer: what it says of itself, asked by sections.
fn wfs_with_capabilities(address: &str) -> Given {
    if !address.contains("GetCapabilities") {
        return collection(0, 3, r#""numberMatched":3,"#);
    }
    let said = "<ows:ServiceIdentification><ows:Title>WFS</ows:Title><ows:Fees>NONE</ows:Fees><ows:AccessConstraints xml:lang=\"fr\">Licence Ouverte 2.0</ows:AccessConstraints></ows:ServiceIdentification><ows:ServiceProvider><ows:ProviderName>M&#226;connais &amp; Tournugeois</ows:ProviderName></ows:ServiceProvider>";
    (200, format!("<wfs:WFS_Capabilities version=\"2.0.0\">{said}</wfs:WFS_Capabilities>"), None)
}

/// A server whose access is open, which is no licence.
fn wfs_without_licence(address: &str) -> Given {
    if !address.contains("GetCapabilities") {
        return collection(0, 3, r#""numberMatched":3,"#);
    }
    let said = "<ows:AccessConstraints>Pas de restriction d’accès public</ows:AccessConstraints><ows:ProviderName>Insee</ows:ProviderName>";
    (200, said.into(), None)
}

/// A server of before WFS 2.0: whatever is asked, the first hundred.
fn deaf_wfs(_: &str) -> Given {
    collection(0, 100, "")
}

/// A server that only knows its own word for GeoJSON.
fn wfs_of_one_format(address: &str) -> Given {
    match address.to_ascii_lowercase().contains("outputformat=geojson") {
        true => capped_wfs(address),
        false => (400, "<ows:ExceptionText>unknown format</ows:ExceptionText>".into(), None),
    }
}

/// pygeoapi: fifty at a time, however many are asked.
fn ogc(address: &str) -> Given {
    if !address.contains("/items") {
        let licence = r#"{"rel":"license","href":"https://licence.exemple.fr","title":"Licence Ouverte 2.0"}"#;
        return (200, format!(r#"{{"id":"communes","title":"Communes","links":[{licence}]}}"#), None);
    }
    let from = count(address, "offset", 0);
    let to = from + count(address, "limit", 10).min(50);
    // behind a proxy it names itself otherwise
    let next = match to < N_ROWS {
        true => format!(
            r#"{{"rel":"next","href":"http://localhost:5000/collections/communes/items?f=json&offset={to}&limit=50"}}"#
        ),
        false => r#"{"rel":"self","href":"x"}"#.to_string(),
    };
    collection(from, to, &format!(r#""numberMatched":{N_ROWS},"links":[{next}],"#))
}

/// djangorestframework: `next`, `count`, and records or features.
fn django(address: &str, list: &str, row: fn(usize) -> String) -> Given {
    let page = count(address, "page", 1);
    let (from, to) = ((page - 1) * 100, page * 100);
    let next = if to < N_ROWS { format!(r#""{HOST}/api/?page={}""#, page + 1) } else { "null".into() };
    let kind = if list == "features" { r#""type":"FeatureCollection","# } else { "" };
    (
        200,
        format!(r#"{{{kind}"count":{N_ROWS},"next":{next},"previous":null,"{list}":[{}]}}"#, join(from, to, row)),
        None,
    )
}

/// datasette: lists of values beside the names of their columns, a cursor, and the address of what follows.
fn datasette(address: &str) -> Given {
    let from = count(address, "_next", 0);
    let to = from + 100;
    let next = match to < N_ROWS {
        true => format!(r#""next":"{to}","next_url":"{HOST}/db/communes.json?_next={to}""#),
        false => r#""next":null,"next_url":null"#.into(),
    };
    let rows = join(from, to, |idx| format!(r#"["{idx:05}",{idx}]"#));
    let facets = r#""suggested_facets":[{"name":"code","toggle_url":"x"}]"#;
    (
        200,
        format!(
            r#"{{"license":"ODbL","source":"Insee","columns":["code","population"],"rows":[{rows}],{facets},{next}}}"#
        ),
        None,
    )
}

/// The same as a list, whose head says that it goes on.
fn datasette_list(address: &str) -> Given {
    let from = count(address, "_next", 0);
    let link = (from + 100 < N_ROWS).then(|| format!("{HOST}/db/communes.json?_shape=array&_next={}", from + 100));
    (200, format!("[{}]", join(from, from + 100, record)), link)
}

fn csv_with_link(_: &str) -> Given {
    let rows: String = (0..100).map(|idx| format!("{idx:05},{idx}\r\n")).collect();
    (200, format!("code,population\r\n{rows}"), Some(format!("{HOST}/db/communes.csv?_next=100")))
}

/// A file of somebody's own, whose total is a sum.
fn sums(_: &str) -> Given {
    (200, format!(r#"{{"total":31125,"items":[{}]}}"#, join(0, N_ROWS, record)), None)
}

/// An interface that counts, and gives no way to the rest.
fn counts(_: &str) -> Given {
    (200, format!(r#"{{"total_count":{N_ROWS},"results":[{}]}}"#, join(0, 20, record)), None)
}

/// An answer that names a file of whoever asks.
fn sly(address: &str) -> Given {
    assert!(address.starts_with("https://"), "{address}");
    (200, format!(r#"{{"next":"file:///etc/hostname","count":3,"results":[{}]}}"#, join(0, 3, record)), None)
}

fn drive(src: &str, answer: &dyn Fn(&str) -> Given) -> (Outcome, usize) {
    let mut job = Job::new(Order { src: src.to_string(), ..Order::default() });
    let mut n_asked = 0;
    loop {
        match job.next(0.0) {
            Ask::Fetch(request) => {
                n_asked += 1;
                assert!(request.address.starts_with(HOST), "asked of another host: {}", request.address);
                let (status, body, next) = answer(&request.address);
                job.head(Answer { address: request.address, status, next, ..Answer::default() });
                job.chunk(body.as_bytes());
                job.end(true);
            }
            Ask::Wait(_) => {}
            Ask::Done => return (job.finish(), n_asked),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn all_rows_come_or_the_citizen_is_told() {
    let all = "";
    let cases: [Case<'_>; 16] = [
        ("a WFS that caps", "wfs:https://carte.exemple.fr/wfs#communes", &capped_wfs, N_ROWS, all),
        ("a WFS without pages", "wfs:https://carte.exemple.fr/wfs#communes", &deaf_wfs, 100, all),
        (
            "a WFS of one format",
            "https://carte.exemple.fr/wfs?service=WFS&request=GetFeature&typename=communes&outputformat=geojson",
            &wfs_of_one_format,
            N_ROWS,
            all,
        ),
        ("an OGC API, its collection", "https://carte.exemple.fr/collections/communes", &ogc, N_ROWS, all),
        ("an OGC API, its items", "https://carte.exemple.fr/collections/communes/items?limit=10", &ogc, N_ROWS, all),
        (
            "pages of features",
            "rest:https://carte.exemple.fr/api/#features",
            &|a| django(a, "features", feature),
            N_ROWS,
            all,
        ),
        (
            "pages of features, unnamed",
            "rest:https://carte.exemple.fr/api/",
            &|a| django(a, "features", feature),
            N_ROWS,
            all,
        ),
        ("pages of records", "rest:https://carte.exemple.fr/api/", &|a| django(a, "results", record), N_ROWS, all),
        ("a file that is a page", "https://carte.exemple.fr/api/", &|a| django(a, "results", record), N_ROWS, all),
        (
            "a file that is a page of features",
            "https://carte.exemple.fr/api/",
            &|a| django(a, "features", feature),
            N_ROWS,
            all,
        ),
        ("datasette", "https://carte.exemple.fr/db/communes.json", &datasette, N_ROWS, all),
        ("datasette, by its rows", "rest:https://carte.exemple.fr/db/communes.json#rows", &datasette, N_ROWS, all),
        ("datasette, a list", "https://carte.exemple.fr/db/communes.json?_shape=array", &datasette_list, N_ROWS, all),
        (
            "a CSV whose server says what follows",
            "https://carte.exemple.fr/db/communes.csv",
            &csv_with_link,
            100,
            "100 lignes lues, il y en a d’autres",
        ),
        ("a sum", "https://carte.exemple.fr/actions.json", &sums, N_ROWS, all),
        ("a count alone", "https://carte.exemple.fr/actions.json", &counts, 20, "20 lignes lues sur 250"),
    ];
    for (name, src, answer, n_rows, words) in cases {
        let (outcome, n_asked) = drive(src, answer);
        assert_eq!(outcome.failure, None, "{name}");
        assert_eq!(outcome.prepared.table.n_rows(), n_rows, "{name}: {n_asked} requests, {:?}", outcome.notices);
        let warnings: Vec<String> = outcome
            .notices
            .iter()
            .filter(|notice| notice.level != Level::Info)
            .map(|notice| notice.sentence(Lang::Fr))
            .collect();
        assert_eq!(warnings.is_empty(), words.is_empty(), "{name}: {warnings:?}");
        assert!(words.is_empty() || warnings[0].contains(words), "{name}: {warnings:?}");
    }
}

#[test]
fn what_a_server_says_of_its_data_stands_in_the_footer() {
    for (src, answer, licence, producer) in [
        ("https://carte.exemple.fr/collections/communes", &ogc as &dyn Fn(&str) -> Given, "Licence Ouverte 2.0", None),
        ("https://carte.exemple.fr/db/communes.json", &datasette, "ODbL", Some("Insee")),
        (
            "wfs:https://carte.exemple.fr/wfs#communes",
            &wfs_with_capabilities,
            "Licence Ouverte 2.0",
            Some("Mâconnais & Tournugeois"),
        ),
    ] {
        let origin = drive(src, answer).0.origin;
        assert_eq!((origin.licence.as_deref(), origin.producer.as_deref()), (Some(licence), producer), "{src}");
    }
    let origin = drive("wfs:https://carte.exemple.fr/wfs#communes", &wfs_without_licence).0.origin;
    assert_eq!((origin.licence, origin.producer.as_deref()), (None, Some("Insee")));
}

#[test]
fn what_a_server_says_never_leads_to_a_file_of_whoever_asks() {
    let (outcome, n_asked) = drive("rest:https://carte.exemple.fr/api/", &sly);
    assert_eq!((outcome.prepared.table.n_rows(), n_asked), (3, 1));
    for url in ["/etc/hostname", "SECRET.csv", "../x.csv", "file:///etc/hostname"] {
        let package = format!(
            r#"{{"success":true,"result":{{"title":"T","resources":[{{"id":"r","format":"CSV","url":"{url}"}}]}}}}"#
        );
        // `drive` refuses what is not of the portal
        let (outcome, _) = drive("ckan:carte.exemple.fr/jeu", &|address| match address.contains("/api/3/") {
            true => (200, package.clone(), None),
            false => (404, String::new(), None),
        });
        assert!(outcome.failure.is_some(), "{url}");
    }
}
