//! How does the shell learn that a preference changed: dark, forced colours, print?

use std::cell::Cell;

use gloo::events::EventListener;
use web_sys::MediaQueryList;

/// A media query that is watched as long as this value lives.
pub(crate) struct Media {
    _listener: EventListener,
}

thread_local! {
    static IS_PAPER: Cell<bool> = const { Cell::new(false) };
}

/// Whether the page is laid out for paper before its sheets are counted (`widget/paper`).
pub(crate) fn is_paper() -> bool {
    IS_PAPER.get()
}

/// Says whether it is; whether it was.
pub(crate) fn set_paper(is_paper: bool) -> bool {
    IS_PAPER.replace(is_paper)
}

/// Whether a media query matches now.
pub(crate) fn matches(query: &str) -> bool {
    list(query).is_some_and(|list| list.matches())
}

/// Whether what is drawn is for paper.
pub(crate) fn is_print() -> bool {
    is_paper() || matches("print")
}

fn list(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok().flatten()
}

/// Calls back whenever the query's answer changes.
pub(crate) fn watch(query: &str, changed: impl Fn() + 'static) -> Option<Media> {
    let list = list(query)?;
    Some(Media { _listener: EventListener::new(&list, "change", move |_| changed()) })
}
