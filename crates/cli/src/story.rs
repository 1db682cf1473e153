//! How does the program write a story: as one document, from its Markdown file?

use std::process::ExitCode;

use encart_story::narrative::{Document, Made, Story, read_glossary};
use encart_table::{Json, Notice, Place};

use crate::check::{count_errors, counted};
use crate::render::env;
use crate::{Call, Failure, load, out, say_notices};

/// Whether a file is a story.
pub(crate) fn is_story(path: &str) -> bool {
    path.ends_with(".md")
}

/// `encart render recit.md`: the document, whatever there is to mend in it, which is said.
pub(crate) fn render(call: &Call) -> Result<(), Failure> {
    if let Some(path) = call.out.as_deref().filter(|path| !path.ends_with(".html")) {
        return Err(Failure::call(format!("« {path} » : un récit s’écrit en .html")));
    }
    let document = document(call)?;
    say_notices(&document.notices, call.lang);
    out::write(call, &document.html)?;
    match count_errors(&document.notices) {
        0 => Ok(()),
        _ => {
            Err(Failure::author(call.lang.pick(
                "le récit est écrit, avec des passages à corriger",
                "the story is written, with passages to mend",
            )))
        }
    }
}

/// `encart check recit.md`: every claim and sentence against the data of the day; exits with 1 when one must be mended, or
/// when the data contradict a claim.
pub(crate) fn check(call: &Call) -> Result<ExitCode, Failure> {
    let document = document(call)?;
    say_notices(&document.notices, call.lang);
    let (n_said, n_errors) = (document.notices.len(), count_errors(&document.notices));
    let n_broken = document.notices.iter().filter(|notice| notice.code == "claim.broken").count();
    let path = call.file()?;
    let plural = if n_broken > 1 { "s" } else { "" };
    let counted = counted(n_said, n_errors, call.lang);
    out::print(&call.lang.pick(
        format!("{path} : {counted} ; {n_broken} passage{plural} que les données contredisent\n"),
        format!("{path}: {counted}; {n_broken} passage{plural} that the data contradict\n"),
    ))?;
    Ok(if n_errors + n_broken > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn document(call: &Call) -> Result<Document, Failure> {
    let path = call.file()?;
    let text = load::load_text(path)?;
    let (mut story, mut notices) = Story::read(&text);
    story.name_links(path);
    let mut made = Vec::new();
    for picture in &story.pictures {
        let mut object = picture.object.clone();
        object.set("tag".into(), Json::Text(if picture.tag == "data" { "chart".into() } else { picture.tag.clone() }));
        let loaded = load::load_json(&Json::Object(object).write(), path);
        notices.extend(loaded.notices.into_iter().map(|mut notice| {
            // a line of the data, in a file that it names; else the picture's
            notice.place.line = notice.place.line.or(Some(picture.line));
            notice
        }));
        let failure = loaded.outcome.failure;
        made.push(Made { widget: loaded.widget, spec: loaded.spec, prepared: loaded.outcome.prepared, failure });
    }
    let mut glossary = Vec::new();
    if let Some(address) = &story.glossary {
        let beside = load::beside(path, address);
        let read = load::load_bytes(&beside)
            .map_err(|failure| unread(failure.message()))
            .and_then(|bytes| read_glossary(&String::from_utf8_lossy(&bytes), address));
        match read {
            Ok(terms) => glossary = terms,
            Err(notice) => notices.push(notice),
        }
    }
    let mut env = env(call)?;
    env.lang = story.lang;
    let mut document = story.linear(&made, &glossary, &env);
    notices.append(&mut document.notices);
    notices.dedup();
    document.notices = notices;
    Ok(document)
}

fn unread(message: &str) -> Notice {
    Notice::error(
        "story.no-glossary",
        Place::column("glossary"),
        format_args!("{message} : le récit est écrit sans définitions."),
        format_args!("{message}: the story is written without definitions."),
    )
}
