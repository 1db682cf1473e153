//! Does the program do what its help says, on files beside it?
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn encart(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_encart")).args(arguments).current_dir(root()).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder of this test alone, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_snapshot_draws_the_same_picture_from_its_own_copy() {
    let folder = folder("snapshot");
    for spec in ["maturite", "essai-mentions", "essai-manquantes", "windows-1252"] {
        let path = format!("tests/specs/{spec}.json");
        let into = folder.to_str().unwrap();
        let made = encart(&["snapshot", &path, "-o", into, "--date", "2026-11-23"]);
        assert!(made.status.success(), "{spec}: {}", said(&made));
        assert!(out(&made).starts_with(&format!("<encart-chart spec=\"{spec}.json\">\n<figure>")), "{}", out(&made));
        let copy = folder.join(format!("{spec}.json"));
        let copy = copy.to_str().unwrap();
        let (one, other) = (encart(&["render", &path]), encart(&["render", copy]));
        assert_eq!(out(&one), out(&other), "{spec}");
        assert!(fs::read_to_string(copy).unwrap().contains("Copie du 23 novembre 2026."));
        assert!(fs::read_to_string(folder.join(format!("{spec}.html"))).unwrap().contains("<table"));
    }
}

#[test]
fn nothing_is_kept_of_what_must_be_mended() {
    let folder = folder("unmended");
    let spec = folder.join("faux.json");
    fs::write(&spec, r#"{ "data": "a;b\nx;1\n", "y": "b", "steps": [{ "filter": "c > 1" }] }"#).unwrap();
    let copy = folder.join("copie");
    let made = encart(&["snapshot", spec.to_str().unwrap(), "-o", copy.to_str().unwrap()]);
    assert_eq!(made.status.code(), Some(1));
    assert!(said(&made).contains("column.unknown"), "{}", said(&made));
    assert!(!copy.exists());
}

#[test]
fn a_snapshot_spares_its_original() {
    let folder = folder("original");
    fs::write(folder.join("budget.csv"), "a;b\nx;1\ny;2\n").unwrap();
    let json = r#"{ "src": "budget.csv", "kind": "bar", "x": "a", "y": "b", "title": "T" }"#;
    fs::write(folder.join("budget.json"), json).unwrap();
    let path = folder.join("budget.json");
    let made = encart(&["snapshot", path.to_str().unwrap(), "-o", folder.to_str().unwrap()]);
    assert_eq!(made.status.code(), Some(2), "{}", said(&made));
    assert_eq!(fs::read_to_string(path).unwrap(), json);
}

#[test]
fn a_file_is_checked_against_its_schema_line_by_line() {
    let folder = folder("schema");
    let (file, schema) = (folder.join("subventions.csv"), folder.join("schema.json"));
    fs::write(&schema, r#"{"title":"Subventions","fields":[{"name":"idAttribuant","type":"string","constraints":{"required":true,"pattern":"^\\d{14}$"}},{"name":"montant","type":"number"}]}"#).unwrap();
    fs::write(&file, "idAttribuant;montant\n21710543000018;1200\n217105430;1 500,00\n").unwrap();
    let (file, schema) = (file.to_str().unwrap(), schema.to_str().unwrap());
    let checked = encart(&["check", file, "--schema", schema]);
    assert_eq!(checked.status.code(), Some(1));
    let said = said(&checked);
    assert!(said.contains("[schema.pattern] ligne 3, « idAttribuant » : « 217105430 »"), "{said}");
    assert!(said.contains("[schema.type] ligne 3, « montant »"), "{said}");
    assert!(encart(&["check", file]).status.success());
    // a schema that does not come, or a file without lines: the rest is said all the same
    let unknown = encart(&["check", file, "--schema", folder.join("absent.json").to_str().unwrap()]);
    assert!(
        self::said(&unknown).contains("schema.unread") && out(&unknown).contains("2 lignes"),
        "{}",
        self::said(&unknown)
    );
    let json = folder.join("x.ndjson");
    fs::write(&json, "{\"a\":1}\n{\"a\":2}\n").unwrap();
    let unchecked = encart(&["check", json.to_str().unwrap(), "--schema", schema]);
    assert!(self::said(&unchecked).contains("schema.unchecked"), "{}", self::said(&unchecked));
}

#[test]
fn charts_are_suggested_with_their_reason_and_can_be_drawn() {
    for (file, kinds) in [
        ("populations-tournugeois-2019-2023", &["line", "histogram"][..]),
        ("communes-maconnais-tournugeois-2026", &["bar"]),
        ("logements-tournus-2021", &["bar", "donut"]),
        ("data-publica-2022-2023", &["slope"]),
        ("departements-2021", &["scatter", "histogram"]),
    ] {
        let output = encart(&["suggest", &format!("www/data/{file}.csv")]);
        assert!(output.status.success(), "{}", said(&output));
        let text = out(&output);
        let tags: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("<encart-chart")).collect();
        let found: Vec<&str> =
            tags.iter().map(|tag| tag.split("kind=\"").nth(1).unwrap().split('"').next().unwrap()).collect();
        for kind in kinds {
            assert!(found.contains(kind), "{file}: {kind} is not among {found:?}");
        }
        // what is suggested can be pasted: each tag draws
        for tag in tags {
            let attributes = tag.trim().trim_start_matches("<encart-chart ").trim_end_matches("></encart-chart>");
            let data = root().join("www/data").display().to_string();
            let keys = attributes.split("\" ").map(|pair| pair.trim_end_matches('"').split_once("=\"").unwrap());
            let value = |value: &str| value.replace("www/data", &data).replace("&#39;", "'").replace("&quot;", "\"");
            let object: serde_json::Map<String, serde_json::Value> =
                keys.map(|(key, text)| (key.to_string(), value(text).into())).collect();
            let json = serde_json::Value::Object(object).to_string();
            let spec = folder("suggest").join("spec.json");
            fs::write(&spec, json).unwrap();
            let drawn = encart(&["render", &spec.display().to_string()]);
            assert!(drawn.status.success() && out(&drawn).starts_with("<svg"), "{tag}: {}", said(&drawn));
        }
    }
}

#[test]
fn a_sentence_is_answered_with_what_was_read_for_it() {
    let file = "www/data/departements-2021.csv";
    let told = encart(&["say", file, "--sentence", "Le plus peuplé : {{ max(population) | qui }}."]);
    assert!(told.status.success(), "{}", said(&told));
    assert!(out(&told).starts_with("Le plus peuplé : Nord.\n"), "{}", out(&told));
    assert!(out(&told).contains("max(population) | qui = Nord\n    population, max"), "{}", out(&told));
    // what is misspelt fails, says where, and the sentence is written all the same
    let told = encart(&["say", file, "--sentence", "{{ max(populaton) }}"]);
    assert_eq!(told.status.code(), Some(1));
    assert!(
        out(&told).starts_with("[…]") && said(&told).contains("Vouliez-vous dire « population »"),
        "{}",
        said(&told)
    );
}

#[test]
fn steps_are_run_on_whatever_is_read() {
    let steps = r#"[{"group":{"total":"sum(population)"}}]"#;
    let read =
        encart(&["read", "www/data/communes-maconnais-tournugeois-2026.csv", "--steps", steps, "--format", "csv"]);
    assert_eq!(out(&read), "total\r\n15917\r\n", "{}", said(&read));
}

#[test]
fn a_story_becomes_a_document_and_is_checked_against_its_data() {
    let written = encart(&["render", "www/recits/plateforme.md", "--format", "html"]);
    assert!(written.status.success(), "{}", said(&written));
    assert!(out(&written).contains(">11\u{202f}999\u{a0}€</a>"), "{}", out(&written));
    assert!(out(&written).contains(">population municipale</dt>"), "the glossary is beside the story");
    // the same story when a commune pays more: the sentence changes, and what is not true any more is said
    let folder = std::env::temp_dir().join("encart-recit");
    std::fs::create_dir_all(folder.join("data")).unwrap();
    std::fs::create_dir_all(folder.join("recits")).unwrap();
    let data = std::fs::read_to_string("../../www/data/capvm-participation-2023.csv").unwrap();
    std::fs::write(folder.join("data/capvm-participation-2023.csv"), data.replace(";2874", ";1000")).unwrap();
    for name in ["plateforme.md", "glossaire.json"] {
        std::fs::copy(format!("../../www/recits/{name}"), folder.join("recits").join(name)).unwrap();
    }
    let story = folder.join("recits/plateforme.md").display().to_string();
    let checked = encart(&["check", &story]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(
        said(&checked).contains("[claim.broken]") && out(&checked).contains("passages que les données contredisent"),
        "{}",
        out(&checked)
    );
    let written = encart(&["render", &story, "--format", "html"]);
    assert!(out(&written).contains(">Pontault-Combault</a> verse"), "{}", out(&written));
    assert!(out(&written).contains("aria-label=\"Passage à vérifier\""), "{}", out(&written));
}

#[test]
fn a_board_becomes_the_static_content_of_its_widgets_with_what_it_chooses_at_first() {
    let folder = folder("encart-tableau");
    let data = "../../www/data/populations-tournugeois-2019-2023.csv";
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(data, folder.join("populations.csv")).unwrap();
    let board = folder.join("tableau.json");
    let json = r#"{"tag": "board", "src": "populations.csv", "territory": "commune", "chosen": "commune=Tournus", "title": "Chaque commune", "unit": "habitants",
        "widgets": [{"tag": "figure", "value": "population", "since": "2019", "title": "Habitants"},
                    {"kind": "line", "x": "annee", "y": "population", "title": "Année par année"},
                    {"tag": "table", "columns": "annee, population", "title": "Les chiffres"}]}"#;
    std::fs::write(&board, json).unwrap();
    let written = encart(&["render", &board.display().to_string(), "--format", "html"]);
    assert!(written.status.success(), "{}", said(&written));
    let html = out(&written);
    assert_eq!((html.matches("<figure>").count(), html.matches("commune\u{a0}: Tournus.").count()), (3, 3), "{html}");
    assert!(html.contains("<h2>Chaque commune</h2>"), "{html}");
    assert!(html.contains("<strong>5\u{202f}701</strong>"), "the value of the commune, not of all: {html}");
    let checked = encart(&["check", &board.display().to_string()]);
    assert!(checked.status.success(), "{}{}", out(&checked), said(&checked));
    std::fs::write(&board, json.replace("commune=Tournus", "commune=Tournuss")).unwrap();
    let checked = encart(&["check", &board.display().to_string()]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(said(&checked).contains("Vouliez-vous dire « Tournus » ?"), "{}", said(&checked));
    // a picture is no form of a board
    let refused = encart(&["render", &board.display().to_string(), "-o", "tableau.svg"]);
    assert!(!refused.status.success() && said(&refused).contains("s’écrit en .html"), "{}", said(&refused));
}
