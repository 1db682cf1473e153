//! How does the program draw: the browser's picture, or the static content for the tag?

use std::time::{SystemTime, UNIX_EPOCH};

use encart_chart::figure::render_figure;
use encart_chart::{Env, Scheme};
use encart_story::listing::Memory;
use encart_table::day::{Grain, read_period};
use encart_table::{Json, Period};

use crate::{Call, Failure, board, load, out, say_notices};

/// Today in UTC, or the day the caller gives, so that a picture can be made again.
pub(crate) fn today(call: &Call) -> Result<Period, Failure> {
    match &call.date {
        Some(date) => read_period(date).ok_or_else(|| Failure::call("--date attend une date comme 2026-03-31")),
        None => {
            let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |duration| duration.as_secs());
            Ok(Period::from_day(i32::try_from(seconds / 86_400).unwrap_or(0), Grain::Day))
        }
    }
}

pub(crate) fn env(call: &Call) -> Result<Env, Failure> {
    const WIDTH: f64 = 640.0;
    let mut env = Env::new(call.width.unwrap_or(WIDTH), today(call)?);
    env.lang = call.lang;
    env.is_still = true;
    env.scheme = if call.is_dark { Scheme::Dark } else { Scheme::Light };
    Ok(env)
}

/// `encart render`.
pub(crate) fn render(call: &Call) -> Result<(), Failure> {
    let json = load::load_text(call.file()?)?;
    if let Ok(object) = Json::parse_object(&json, "spec")
        && board::is_board(&object)
    {
        return board::render(call, object);
    }
    let loaded = load::load_json(&json, call.file()?);
    if let Some(failure) = &loaded.outcome.failure {
        say_notices(&loaded.notices, call.lang);
        return Err(Failure::author(failure.sentence(call.lang)));
    }
    let drawing = loaded.widget.draw(&loaded.outcome.prepared, &loaded.spec, &env(call)?, &Memory::default());
    let notices: Vec<_> = loaded.notices.into_iter().chain(drawing.notices.clone()).collect();
    say_notices(&notices, call.lang);
    if drawing.is_empty() {
        return Err(Failure::author("rien à dessiner"));
    }
    if let Some(path) = call.out.as_deref().filter(|path| !path.ends_with(".svg") && !path.ends_with(".html")) {
        return Err(Failure::call(format!("« {path} » : render écrit du .svg ou du .html")));
    }
    let is_html =
        call.out.as_deref().is_some_and(|path| path.ends_with(".html")) || call.format.as_deref() == Some("html");
    out::write(call, &if is_html { render_figure(&drawing) } else { drawing.svg() })
}
