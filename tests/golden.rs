//! Does every specification of tests/specs still give the same picture, words and table?
//!
//! `BLESS=1 cargo test --test golden` accepts what changed; without it a difference is written beside the golden as
//! `NAME.changed.*`, to be opened in a browser. Read the words before the pictures.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use encart_chart::figure::render_figure;
use encart_chart::spec::Preset;
use encart_chart::{Drawing, Env, Spec, draw, read_spec};
use encart_story::listing::Memory;
use encart_story::widget::Widget;
use encart_table::day::read_period;
use encart_table::{Lang, Notice, Prepared, prepare, read_csv};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The specifications of charts, by name.
fn specs() -> Vec<(String, PathBuf)> {
    files("specs")
}

/// The specifications of a folder, by name.
fn files(of: &str) -> Vec<(String, PathBuf)> {
    let files = fs::read_dir(folder(of)).unwrap().map(|entry| entry.unwrap().path());
    let mut specs: Vec<(String, PathBuf)> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .collect();
    specs.sort();
    specs
}

/// A specification with its table, and what was said while reading both.
fn load(path: &Path) -> (Spec, Prepared, Vec<Notice>) {
    let (spec, mut notices) = read_spec(&fs::read_to_string(path).unwrap());
    let (prepared, said) = read_data(&spec, path);
    notices.extend(said);
    (spec, prepared, notices)
}

/// The table that a specification names, after its steps.
fn read_data(spec: &Spec, path: &Path) -> (Prepared, Vec<Notice>) {
    let bytes = match (&spec.data, &spec.src) {
        (Some(data), _) => data.clone().into_bytes(),
        (None, src) => fs::read(path.parent().unwrap().join(src.as_ref().unwrap())).unwrap(),
    };
    let (table, notices) = read_csv(&bytes, &spec.reading);
    (prepare(table, &spec.steps), notices)
}

fn compare(name: &str, extension: &str, made: &str) -> Result<(), String> {
    let golden = folder("golden").join(format!("{name}.{extension}"));
    let changed = folder("golden").join(format!("{name}.changed.{extension}"));
    if fs::read_to_string(&golden).is_ok_and(|accepted| accepted == made) {
        return Ok(());
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(&golden, made).unwrap();
        return Ok(());
    }
    fs::write(&changed, made).unwrap();
    Err(format!("{} differs: see {}", golden.display(), changed.display()))
}

fn env(width: f64, lang: Lang) -> Env {
    Env { lang, ..Env::new(width, read_period("2026-11-22").unwrap()) }
}

/// All that a drawing says: title, summary, notes, source, each datum, what is said to the author.
fn words(drawing: &Drawing, notices: &[Notice]) -> String {
    let mut words = format!("{}\n{}\n", drawing.title, drawing.summary());
    drawing.warnings.iter().for_each(|warning| writeln!(words, "warning: {warning}").unwrap());
    drawing.notes.iter().for_each(|note| writeln!(words, "note: {note}").unwrap());
    writeln!(words, "source: {:?}", drawing.source).unwrap();
    for spot in &drawing.spots {
        writeln!(words, "{}", drawing.words_at(spot.key).unwrap().spoken).unwrap();
    }
    for notice in notices.iter().chain(&drawing.notices) {
        writeln!(words, "[{}] {}", notice.code, notice.sentence(drawing.lang)).unwrap();
    }
    words
}

#[test]
fn every_specification_gives_what_was_accepted() {
    let mut differences = Vec::new();
    for (name, path) in specs() {
        let (spec, table, notices) = load(&path);
        for width in [340.0, 760.0] {
            let drawing = draw(&table, &spec, &env(width, Lang::Fr));
            differences.extend(compare(&format!("{name}-{width}"), "svg", &drawing.svg()).err());
        }
        for lang in [Lang::Fr, Lang::En] {
            let drawing = draw(&table, &spec, &env(760.0, lang));
            let name = lang.pick(name.clone(), format!("{name}.en"));
            differences.extend(compare(&name, "txt", &words(&drawing, &notices)).err());
            differences.extend(
                compare(&name, "csv", &drawing.csv(encart_table::csv_out::Reader::Spreadsheet(drawing.lang))).err(),
            );
            if lang == Lang::Fr {
                differences.extend(compare(&name, "html", &render_figure(&drawing)).err());
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn key_figures_say_what_was_accepted() {
    let mut differences = Vec::new();
    for (name, path) in files("figures") {
        let (widget, spec, mut notices) = Widget::read(&fs::read_to_string(&path).unwrap());
        let (prepared, said) = read_data(&spec, &path);
        notices.extend(said);
        for lang in [Lang::Fr, Lang::En] {
            let drawing = widget.draw(&prepared, &spec, &env(340.0, lang), &Memory::default());
            let name = lang.pick(format!("figure-{name}"), format!("figure-{name}.en"));
            differences.extend(compare(&name, "txt", &words(&drawing, &notices)).err());
            differences.extend(compare(&name, "html", &render_figure(&drawing)).err());
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn tables_show_what_was_accepted() {
    let mut differences = Vec::new();
    for (name, path) in files("tables") {
        let (widget, spec, mut notices) = Widget::read(&fs::read_to_string(&path).unwrap());
        let (prepared, said) = read_data(&spec, &path);
        notices.extend(said);
        for lang in [Lang::Fr, Lang::En] {
            let memory = Memory::default();
            let live = widget.draw(&prepared, &spec, &env(760.0, lang), &memory);
            let still = widget.draw(&prepared, &spec, &Env { is_still: true, ..env(760.0, lang) }, &memory);
            let name = lang.pick(format!("table-{name}"), format!("table-{name}.en"));
            let lead = live.lead.as_ref().unwrap();
            differences.extend(compare(&name, "txt", &words(&live, &notices)).err());
            differences.extend(compare(&name, "html", &render_figure(&still)).err());
            differences.extend(compare(&name, "live.html", &[lead.html.as_str(), "\n", &lead.rows].concat()).err());
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn labels_neither_collide_nor_leave_the_picture() {
    let mut faults = Vec::new();
    for (name, path) in specs() {
        let (spec, table, _) = load(&path);
        let widths = [280.0, 320.0, 340.0, 480.0, 640.0, 900.0, 1200.0, 1920.0];
        let large = [640.0, 1200.0].map(|width| (width, Some(Preset::Projector)));
        for (width, theme) in widths.map(|width| (width, None)).into_iter().chain(large) {
            let spec = Spec { theme, ..spec.clone() };
            let drawing = draw(&table, &spec, &env(width, Lang::Fr));
            let boxes = drawing.scene.text_boxes();
            for (idx, (one, text)) in boxes.iter().enumerate() {
                let is_inside = one.x >= -0.5
                    && one.right() <= width + 0.5
                    && one.y >= -1.0
                    && one.bottom() <= drawing.scene.height + 4.0;
                if !is_inside {
                    faults.push(format!("{name} at {width}: “{text}” leaves the picture: {one:?}"));
                }
                for (other, other_text) in boxes.iter().skip(idx + 1).filter(|(other, _)| one.overlaps(*other)) {
                    faults.push(format!("{name} at {width}: “{text}” and “{other_text}” collide: {one:?} {other:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
