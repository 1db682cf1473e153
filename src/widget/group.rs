//! How do the widgets of a group follow each other: the same place in focus in all of them?

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use encart_scene::Key;
use leptos::prelude::Set;
use web_sys::Node;

use crate::state::Page;

thread_local! {
    static PAGES: RefCell<Vec<Weak<Page>>> = const { RefCell::new(Vec::new()) };
}

/// Counts a widget among those that may follow.
pub(crate) fn join(page: &Rc<Page>) {
    PAGES.with_borrow_mut(|pages| {
        pages.retain(|page| page.strong_count() > 0);
        pages.push(Rc::downgrade(page));
    });
}

/// All the widgets of the page.
pub(super) fn all() -> Vec<Rc<Page>> {
    PAGES.with_borrow(|pages| pages.iter().filter_map(Weak::upgrade).collect())
}

/// A widget of the page, to be held.
pub(super) fn own(page: &Page) -> Option<Rc<Page>> {
    all().into_iter().find(|own| std::ptr::eq(&**own, page))
}

/// The widget of a tag.
pub(super) fn of_host(host: &Node) -> Option<Rc<Page>> {
    all().into_iter().find(|page| **page.host == *host)
}

/// Puts the place of a datum in focus in the others of its group.
pub(super) fn tell(page: &Page, key: Option<Key>) {
    // those to which their author gave one group, or none and they are of one board
    let board = |page: &Page| page.host.closest("encart-board").ok().flatten();
    let (group, own) = (page.group(), board(page));
    if group.is_none() && own.is_none() {
        return;
    }
    let drawing = page.drawing();
    let place = key.and_then(|key| drawing.as_ref()?.place(key));
    for other in all() {
        let is_linked = other.group() == group && (group.is_some() || board(&other) == own);
        if std::ptr::eq(&*other, page) || !is_linked {
            continue;
        }
        let same = place.and_then(|place| other.drawing()?.at_place(place));
        other.seen.current.set(same);
    }
}
