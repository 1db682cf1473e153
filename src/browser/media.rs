//! How does the shell learn that a preference changed: dark, forced colours, print?

use gloo::events::EventListener;
use web_sys::MediaQueryList;

/// A media query that is watched as long as this value lives.
pub(crate) struct Media {
    _listener: EventListener,
}

/// Whether a media query matches now.
pub(crate) fn matches(query: &str) -> bool {
    list(query).is_some_and(|list| list.matches())
}

fn list(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok().flatten()
}

/// Calls back whenever the query's answer changes.
pub(crate) fn watch(query: &str, changed: impl Fn() + 'static) -> Option<Media> {
    let list = list(query)?;
    Some(Media { _listener: EventListener::new(&list, "change", move |_| changed()) })
}
