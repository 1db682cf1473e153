//! Is the house in order: first lines, borders between rooms, words that must not stand in it, licences?
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of ours under a folder with one of these endings.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "node_modules", "dist", ".git"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_file_says_its_question_on_line_one() {
    for path in files(".", &[".rs"]) {
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap_or("");
        assert!(first.starts_with("//! ") && first.len() > 12, "{}: {first}", path.display());
    }
    for path in files("pkg", &[".js", ".ts"]).into_iter().chain(files("tests/browser", &[".mjs"])) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("// "), "{}", path.display());
    }
}

#[test]
fn rooms_import_only_whom_they_may() {
    for (room, may) in [
        ("table", &[][..]),
        ("scene", &[]),
        ("civic", &["encart-table"]),
        ("stream", &["encart-table"]),
        ("sheet", &["encart-table"]),
        ("parquet", &["encart-table"]),
        ("schema", &["encart-table"]),
        ("story", &["encart-chart", "encart-scene", "encart-table"]),
        ("portal", &["encart-stream", "encart-table"]),
        ("chart", &["encart-civic", "encart-scene", "encart-table"]),
        (
            "cli",
            &[
                "encart-chart",
                "encart-civic",
                "encart-parquet",
                "encart-portal",
                "encart-scene",
                "encart-schema",
                "encart-sheet",
                "encart-story",
                "encart-table",
            ],
        ),
    ] {
        let manifest = fs::read_to_string(root().join(format!("crates/{room}/Cargo.toml"))).unwrap();
        let imports: BTreeSet<&str> = manifest
            .lines()
            .filter_map(|line| line.split(" = {").next())
            .filter(|name| name.starts_with("encart-"))
            .collect();
        assert!(imports.iter().all(|name| may.contains(name)), "{room} imports {imports:?}");
        // the browser is the shells' alone; the readers that a page loads have one door to it, of text and bytes
        let has_door = ["sheet", "parquet"].contains(&room);
        for word in ["web-sys", "js-sys", "leptos", "gloo", "wasm-bindgen"] {
            assert!(!manifest.contains(word) || word == "wasm-bindgen" && has_door, "{room} imports {word}");
        }
    }
}

#[test]
fn what_must_not_stand_in_the_pure_rooms() {
    for path in files("crates", &[".rs"]) {
        let text = fs::read_to_string(&path).unwrap();
        let room = path
            .strip_prefix(root().join("crates"))
            .unwrap()
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .into_owned();
        // `style="` in markup is refused by a strict policy
        assert!(!text.contains("style=\\\""), "{}: a style attribute", path.display());
        if room != "cli" {
            for word in ["std::time", "std::fs", "std::net", "SystemTime", "std::env"] {
                assert!(!text.contains(word), "{}: {word}", path.display());
            }
        }
    }
    for path in files(".", &[".rs", ".js", ".mjs", ".css", ".html", ".md", ".toml"]) {
        let text = fs::read_to_string(&path).unwrap();
        for word in [
            concat!("TO", "DO"),
            concat!("FIX", "ME"),
            concat!(".for", "get()"),
            concat!("todo", "!("),
            concat!("unimple", "mented!"),
        ] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}

#[test]
fn examples_name_their_producer_and_address() {
    let sources = fs::read_to_string(root().join("www/data/README.md")).unwrap();
    for path in files("www/data", &[".csv"]) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(sources.contains(&name), "{name} has no line in www/data/README.md");
    }
}

#[test]
fn the_readme_is_true_about_keys() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for key in encart_chart::spec::keys::KEYS {
        assert!(readme.contains(&format!("| `{}` |", key.name)), "README.md does not explain {}", key.name);
    }
}

#[test]
fn the_types_name_every_key_and_tag() {
    let types = fs::read_to_string(root().join("pkg/index.d.ts")).unwrap();
    let own = ["chart"]
        .iter()
        .chain(&encart_story::widget::TAGS)
        .flat_map(|tag| encart_story::widget::Widget::keys(tag))
        .map(|key| key.0);
    for key in encart_chart::spec::keys::KEYS.iter().map(|key| key.name).chain(own) {
        assert!(types.contains(&format!("\n  {key}?: ")), "pkg/index.d.ts does not name {key}");
    }
    for tag in encart_story::widget::TAGS {
        assert!(types.contains(&format!("'encart-{tag}': EncartElement;")), "pkg/index.d.ts does not name {tag}");
    }
    for (kind, _) in encart_chart::spec::kind::KINDS {
        assert!(types.contains(&format!("'{kind}'")), "pkg/index.d.ts does not name {kind}");
    }
}

/// The first block of JSON in the README that begins so.
fn json_block<'a>(readme: &'a str, start: &str) -> &'a str {
    readme.split("```json\n").find(|block| block.starts_with(start)).and_then(|rest| rest.split("```").next()).unwrap()
}

#[test]
fn the_readme_is_true_about_annotations() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (spec, notices) = encart_chart::read_spec(json_block(&readme, "{"));
    assert_eq!(notices, []);
    assert_eq!(spec.annotations.len(), 4);
    for (word, _) in encart_chart::spec::kind::KINDS {
        assert!(readme.contains(&format!("`{word}`")), "README.md does not explain {word}");
    }
}

#[test]
fn the_gallery_shows_every_kind() {
    let gallery = fs::read_to_string(root().join("www/galerie.json")).unwrap();
    let gallery = encart_table::Json::parse(&gallery, "galerie.json").unwrap();
    let cards = gallery.as_list().unwrap();
    let text = |card: &encart_table::Json, name: &str| card.get(name).unwrap().as_str().unwrap().to_string();
    let shown: Vec<String> = cards.iter().map(|card| text(card, "kind")).collect();
    let kinds: Vec<&str> = encart_chart::spec::kind::KINDS.iter().map(|(word, _)| *word).collect();
    assert_eq!(shown, kinds);
    for card in cards {
        assert!(text(card, "when").len() > 20 && text(card, "not").len() > 10, "{card:?}");
        for spec in card.get("specs").unwrap().as_list().unwrap() {
            let path = root().join("tests/specs").join(spec.as_str().unwrap()).with_extension("json");
            assert!(path.exists(), "{}", path.display());
        }
    }
}

#[test]
fn the_readme_is_true_about_steps() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let block = json_block(&readme, "[");
    let (steps, notices) = encart_table::verb::read::read_steps(&encart_table::Json::parse(block, "README").unwrap());
    assert_eq!(notices, []);
    for verb in encart_table::verb::rare::NAMES {
        assert!(readme.contains(&format!("{{ \"{verb}\": ")), "README.md has no example of {verb}");
    }
    assert!(steps.len() > encart_table::verb::rare::NAMES.len());
}

#[test]
fn dependencies_have_licences_that_fit_ours() {
    let deny = fs::read_to_string(root().join("deny.toml")).unwrap();
    let allowed = deny.lines().find(|line| line.starts_with("allow = ")).unwrap();
    let fitting: Vec<&str> = allowed.split('"').skip(1).step_by(2).collect();
    let cargo = std::env::var("CARGO").unwrap_or("cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Json = serde_json::from_slice(&output.stdout).unwrap();
    for package in metadata["packages"].as_array().unwrap() {
        let licence = package["license"].as_str().unwrap_or("");
        // of alternatives one must fit; of a conjunction all
        let alternative_fits =
            |part: &str| part.split(" AND ").all(|licence| fitting.contains(&licence.trim_matches(['(', ')', ' '])));
        let fits = licence.replace('/', " OR ").split(" OR ").any(alternative_fits);
        assert!(fits, "{} is under « {licence} »", package["name"]);
        let source = package["source"].as_str().unwrap_or("registry+https://github.com/rust-lang/crates.io-index");
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{}", package["name"]);
    }
}
