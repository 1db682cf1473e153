//! Any text as a story, any sentence, on any data: its document, and the page that stands with its pictures.
#![no_main]

use encart_fuzz::{assert_inert, env, parts, text};
use encart_story::narrative::{Made, Story, read_glossary};
use encart_story::sentence::{Facts, check, say};
use encart_story::widget::Widget;
use encart_table::json::Json;
use encart_table::{Lang, prepare, read_csv};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [file, words, sentence, glossary] = parts(data);
    let (table, _) = read_csv(file, &Default::default());
    let sentence = text(sentence);
    for lang in [Lang::Fr, Lang::En] {
        let facts = Facts::new(lang).with("donnees", &table);
        let _ = say(&sentence, &facts).text();
        let _ = check(&sentence, &facts);
    }
    let (story, _) = Story::read(&text(words));
    let make = |object: &encart_table::json::Object, tag: &str| {
        let mut object = object.clone();
        object.set("tag".into(), Json::Text(tag.replace("data", "chart")));
        let (widget, spec, _) = Widget::read(&Json::Object(object).write());
        Made { widget, prepared: prepare(table.clone(), &spec.steps), spec, failure: None }
    };
    let made: Vec<Made> = story.pictures.iter().take(4).map(|picture| make(&picture.object, &picture.tag)).collect();
    if made.len() < story.pictures.len() {
        return;
    }
    let glossary = read_glossary(&text(glossary), "glossaire.json").unwrap_or_default();
    let env = env(640.0);
    assert_inert(&story.linear(&made, &glossary, &env).html);
    let live = story.live(&made, &glossary, &env);
    assert_inert(&live.html);
    live.parts.iter().for_each(|part| assert_inert(part));
});
