//! How does a link bring back what a visitor saw? After the `#` of the page's address, under the name that the author
//! gave to the chart; nobody's server is told.

use std::rc::Rc;

use encart_chart::link::{KEYS, read_link, write_link};
use encart_table::{Notice, Place};
use gloo::events::EventListener;
use web_sys::UrlSearchParams;

use super::{act, words};
use crate::browser::place;
use crate::state::Page;
use crate::{apart, late};

/// The name of the pair that says which chart is meant.
const CHART: &str = "encart";

/// The code of what a link asks in vain.
const UNKNOWN: &str = "link.unknown";

/// The address that brings back what is seen; none when the author gave the chart no name.
pub(super) fn write(page: &Page) -> Option<String> {
    let (name, drawing) = (page.link()?, page.drawing()?);
    let pairs = UrlSearchParams::new().ok()?;
    pairs.append(CHART, &name);
    write_link(&page.view.borrow(), &drawing).iter().for_each(|(key, value)| pairs.append(key, value));
    let here = place::address();
    let base = here.split('#').next().unwrap_or_default();
    Some([base, "#", &String::from(pairs.to_string())].concat())
}

/// Sees what the page's address asks for, now and whenever a link of the page changes it.
pub(crate) fn follow(page: &Rc<Page>) {
    if page.link().is_none() || page.hash.borrow().is_some() {
        return;
    }
    let weak = Rc::downgrade(page);
    page.hash.replace(web_sys::window().map(|window| {
        EventListener::new(&window, "hashchange", move |_| {
            if let Some(page) = weak.upgrade() {
                late::doors::read_link(&page);
            }
        })
    }));
    late::doors::read_link(page);
}

/// Sees what the page's address asks for, if it speaks of this chart.
pub(crate) fn read(page: &Rc<Page>) {
    let here = place::address();
    let asked = here.split_once('#').and_then(|(_, asked)| UrlSearchParams::new_with_str(asked).ok());
    let (Some(asked), Some(name), Some(drawing)) = (asked, page.link(), page.drawing()) else { return };
    if asked.get(CHART).as_deref() != Some(&name) {
        return;
    }
    let values = |key: &'static str| {
        asked
            .get_all(key)
            .iter()
            .filter_map(move |value| Some((key.to_string(), value.as_string()?)))
            .collect::<Vec<_>>()
    };
    let pairs: Vec<(String, String)> = KEYS.into_iter().flat_map(values).collect();
    let (view, lost) = read_link(&pairs, &drawing);
    act::focus(page, None, false);
    page.view.replace(view);
    late::doors::turn(page);
    if apart::is_here() {
        apart::doors::tell_board(page);
    }
    page.host.scroll_into_view();
    page.forget_notice(UNKNOWN);
    if !lost.is_empty() {
        let lost = lost.join(", ");
        let notice = Notice::warning(
            UNKNOWN,
            Place::whole(),
            format_args!("le lien demande ce que les données n’ont pas : {lost}. Le reste est montré."),
            format_args!("the link asks for what the data do not have: {lost}. The rest is shown."),
        );
        words::say(page, &notice.sentence(page.lang()));
        page.add_notice(notice);
        page.report("encart-notices");
    }
}
