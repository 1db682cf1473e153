//! What do the data answer to a sentence, before a story is written with it?

use encart_story::sentence::{Facts, Part, say};

use crate::{Call, Failure, load, out, say_notices};

/// `encart say adresse --sentence '…'`: the sentence with its answers, then what was read for each.
pub(crate) fn sentence(call: &Call) -> Result<(), Failure> {
    let Some(sentence) = &call.sentence else {
        return Err(Failure::call("quelle phrase ? --sentence 'En 2024 : {{ depenses[2024] }}'"));
    };
    let outcome = load::run(call.order(call.file()?), "");
    if let Some(failure) = outcome.failure {
        say_notices(&outcome.notices, call.lang);
        return Err(Failure::author(failure.sentence(call.lang)));
    }
    say_notices(&outcome.notices, call.lang);
    let (facts, table) = (Facts::new(call.lang), &outcome.prepared.table);
    let facts = match &call.places {
        None => facts.with("", table),
        Some(places) => {
            facts.with_places("", table, places).map_err(|notice| Failure::author(notice.sentence(call.lang)))?
        }
    };
    let said = say(sentence, &facts);
    say_notices(&said.notices, call.lang);
    let mut text = said.text();
    text.push('\n');
    for part in &said.parts {
        let Part::Computed(computed) = part else { continue };
        text.push_str(&format!("\n{} = {}\n", computed.source, computed.words));
        computed.reads.iter().for_each(|read| text.push_str(&format!("    {read}\n")));
    }
    out::write(call, &text)?;
    match said.notices.iter().any(|notice| notice.level == encart_table::Level::Error) {
        true => Err(Failure::author(call.lang.pick("la phrase est à corriger", "the sentence must be mended"))),
        false => Ok(()),
    }
}
