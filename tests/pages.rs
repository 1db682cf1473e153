//! Is the fixed content of the site's pages what the program writes today, and each snippet the tag that is shown?
//!
//! `BLESS=1 cargo test --test pages` writes the fixed content again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encart_chart::Env;
use encart_chart::figure::render_figure;
use encart_chart::spec::read::read_object;
use encart_story::board::{Board, filtered, kept, share};
use encart_story::listing::Memory;
use encart_story::narrative::{Made, Picture, Story, read_glossary};
use encart_story::widget::Widget;
use encart_table::day::read_period;
use encart_table::json::{Json, Object};
use encart_table::{Level, prepare, read_csv};

/// A tag of a page: its name without `encart-`, its attributes, and where its content stands.
#[derive(Clone)]
struct Tag {
    name: &'static str,
    attributes: Vec<(String, String)>,
    inside: std::ops::Range<usize>,
}

fn site() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www")
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// `name="value"`, `name='value'` or `name`, up to the tag's end; what follows it.
fn read_attributes(mut rest: &str) -> (Vec<(String, String)>, &str) {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            return (attributes, after);
        }
        let name = &rest[..rest.find(['=', '>', ' ', '\n']).unwrap()];
        rest = &rest[name.len()..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix('=') {
            let quote = quoted.chars().next().unwrap();
            value = &quoted[1..][..quoted[1..].find(quote).unwrap()];
            rest = &quoted[value.len() + 2..];
        }
        attributes.push((name.to_string(), unescape(value)));
    }
}

fn tags(html: &str) -> Vec<Tag> {
    let of = |name: &'static str| {
        let (opening, closing) = (format!("<encart-{name} "), format!("</encart-{name}>"));
        let start = |at: usize| {
            let (attributes, after) = read_attributes(&html[at + opening.len() - 1..]);
            let from = html.len() - after.len();
            Tag { name, attributes, inside: from..from + after.find(&closing).unwrap() }
        };
        html.match_indices(&opening).map(|(at, _)| start(at)).collect::<Vec<_>>()
    };
    let mut tags = [of("chart"), of("figure"), of("table")].concat();
    tags.sort_by_key(|tag| tag.inside.start);
    tags
}

/// What the board around a tag says for all of its tags.
fn shared_of(html: &str, tag: &Tag) -> (Board, Object) {
    let opening = "<encart-board ";
    let of = |at: usize| {
        let (attributes, after) = read_attributes(&html[at + opening.len() - 1..]);
        let end = html[at..].find("</encart-board>").unwrap() + at;
        (end > tag.inside.start && html.len() - after.len() < tag.inside.start).then_some(attributes)
    };
    let around = html.match_indices(opening).find_map(|(at, _)| of(at)).unwrap_or_default();
    let mut shared = Object::from_iter(around.into_iter().map(|(name, value)| (name, Json::Text(value))));
    let board = Board::take(&mut shared);
    (board, shared)
}

/// As wide as the column of the council's page.
fn figure_of(html: &str, tag: &Tag) -> String {
    let mut object = Object::default();
    for (name, value) in tag.attributes.iter().filter(|(name, _)| !name.starts_with("data-")) {
        object.set(name.clone(), Json::Text(value.clone()));
    }
    let (board, shared) = shared_of(html, tag);
    let mut object = share(&shared, object);
    let (widget, _) = Widget::take(tag.name, &mut object);
    let (spec, notices) = read_object(&object, &[]);
    assert_eq!(notices, []);
    let bytes = fs::read(site().join(spec.src.as_ref().unwrap())).unwrap();
    let (table, _) = read_csv(&bytes, &spec.reading);
    let env = Env { is_still: true, ..Env::new(640.0, read_period("2026-11-22").unwrap()) };
    // what the board chooses at first; all its widgets show the same file
    let choices = board.choices(&[Arc::new(table.clone())], env.lang);
    let chosen = board.chosen(&choices, &board.begin(&choices));
    let mut prepared = prepare(table, &filtered(&chosen, &board.columns(), &spec.steps));
    for (name, values) in &chosen {
        let choice = choices.iter().find(|choice| choice.name == *name).unwrap();
        prepared.notices.push(kept(name, &choice.say(values, env.lang)));
    }
    let drawing = widget.draw(&prepared, &spec, &env, &Memory::default());
    assert!(drawing.notices.iter().all(|notice| notice.level < Level::Error), "{:?}", drawing.notices);
    render_figure(&drawing)
}

#[test]
fn the_fixed_content_is_what_the_program_writes() {
    for name in
        ["host.html", "host-sans-wasm.html", "chiffres.html", "tableaux.html", "seance.html", "tableau-de-bord.html"]
    {
        let path = site().join(name);
        let mut html = fs::read_to_string(&path).unwrap();
        let mut stale = 0;
        for tag in tags(&html).iter().rev() {
            let figure = figure_of(&html, tag);
            if html[tag.inside.clone()].trim() != figure.trim() {
                stale += 1;
                html.replace_range(tag.inside.clone(), &format!("\n{figure}        "));
            }
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &html).unwrap();
        } else {
            assert_eq!(stale, 0, "{name}: BLESS=1 cargo test --test pages writes it again");
        }
    }
}

/// A story's document, as the program writes it.
fn document_of(path: &Path) -> String {
    let (mut story, notices) = Story::read(&fs::read_to_string(path).unwrap());
    story.name_links(&path.to_string_lossy());
    assert_eq!(notices, []);
    let folder = path.parent().unwrap();
    let make = |picture: &Picture| {
        let mut object = picture.object.clone();
        object.set("tag".into(), Json::Text(picture.tag.replace("data", "chart")));
        let (widget, spec, notices) = Widget::read(&Json::Object(object).write());
        assert_eq!(notices, []);
        let (table, _) = read_csv(&fs::read(folder.join(spec.src.as_ref().unwrap())).unwrap(), &spec.reading);
        Made { widget, prepared: prepare(table, &spec.steps), spec, failure: None }
    };
    let made: Vec<Made> = story.pictures.iter().map(make).collect();
    let glossary = fs::read_to_string(folder.join(story.glossary.as_ref().unwrap())).unwrap();
    let env = Env { is_still: true, ..Env::new(640.0, read_period("2026-11-22").unwrap()) };
    let document = story.linear(&made, &read_glossary(&glossary, "glossaire.json").unwrap(), &env);
    // a question that the data do not answer, a claim that they contradict, is none that the site ships
    let notices: Vec<_> = document.notices.iter().filter(|notice| notice.level > Level::Info).collect();
    assert!(notices.is_empty(), "{}: {notices:?}", path.display());
    document.html
}

#[test]
fn the_stories_are_what_the_program_writes() {
    let folder = site().join("recits");
    let mut stories: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    stories.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    stories.sort();
    assert_eq!(stories.len(), 3);
    for story in stories {
        let path = story.with_extension("html");
        let html = fs::read_to_string(&path).unwrap();
        let (opening, closing) = ("offline=\"/encart-hors-ligne.js\">\n", "      </encart-story>\n    </main>");
        let start = html.find(opening).unwrap() + opening.len();
        let end = html.find(closing).unwrap();
        let made = document_of(&story);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, [&html[..start], &made, &html[end..]].concat()).unwrap();
        } else {
            assert!(html[start..end] == made, "{}: BLESS=1 cargo test --test pages writes it again", path.display());
        }
    }
}

#[test]
fn a_snippet_is_the_tag_that_is_shown() {
    let html = fs::read_to_string(site().join("index.html")).unwrap();
    let shown: Vec<_> = tags(&html).into_iter().map(|tag| tag.attributes).collect();
    let snippets = html.match_indices("<code>&lt;encart-chart ").map(|(at, opening)| {
        let text = &html[at + opening.len()..];
        read_attributes(&unescape(&text[..text.find("</code>").unwrap()])).0
    });
    assert_eq!(snippets.collect::<Vec<_>>(), shown);
    assert_eq!(shown.len(), 3);
}
