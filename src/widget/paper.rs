//! How does what the page shows become a sheet of paper, whole?
//!
//! A browser that is asked to print says `beforeprint`, lays the page out for paper, counts its sheets, and only then says
//! that it prints: what grows after that is cut off at the end. So all widgets take their form for paper at the first word,
//! as wide as a sheet, and keep it: on the sheet their pictures scale, as any image does.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use leptos::prelude::GetUntracked;

use super::group;
use crate::browser::{media, sheet};
use crate::state::{Page, Stage};

/// The width of an A4 sheet between margins of ten millimetres, in pixels of CSS (96 an inch).
const A4: f64 = 718.0;

/// What a widget has on the screen.
struct Screen {
    page: Weak<Page>,
    /// The width of its picture, and its height where that fills a place.
    width: f64,
    height: Option<f64>,
    /// The width that its author allows it, and how strongly, where it is wider than a sheet.
    max_width: Option<(String, String)>,
}

thread_local! {
    static SCREEN: RefCell<Vec<Screen>> = const { RefCell::new(Vec::new()) };
}

/// Takes the form for paper, or that for the screen again.
pub(super) fn turn(is_paper: bool) {
    if media::set_paper(is_paper) == is_paper {
        return;
    }
    sheet::set_paper(is_paper);
    let pages = group::all();
    let before = SCREEN.take();
    if is_paper {
        SCREEN.set(pages.iter().map(narrow).collect());
    }
    for Screen { page, width, height, max_width } in before {
        let Some(page) = page.upgrade() else { continue };
        page.width.set(width);
        page.height.set(height);
        if let Some((allowed, priority)) = max_width {
            // refused only for a property that does not exist
            let _ = page.host.style().set_property_with_priority("max-width", &allowed, &priority);
        }
    }
    for page in pages {
        if is_paper {
            page.measure();
        }
        page.redraw();
        // what follows a drawing follows a moment later, when some browsers have counted the sheets
        let drawing = page.drawing().filter(|_| page.seen.stage.get_untracked() == Stage::Ready);
        if let Some(drawing) = drawing {
            super::fill(&page, &drawing);
        }
    }
}

/// Makes a widget as narrow as a sheet; what it was.
fn narrow(page: &Rc<Page>) -> Screen {
    let style = page.host.style();
    // a meeting fills its screen
    let is_shown = page.host.closest("[data-meeting]").is_ok_and(|meeting| meeting.is_some());
    let is_wide = !is_shown && page.host.get_bounding_client_rect().width() > A4;
    let max_width = is_wide.then(|| {
        let allowed = style.get_property_value("max-width").unwrap_or_default();
        let sheet = if allowed.is_empty() { "718px".to_string() } else { ["min(718px, ", &allowed, ")"].concat() };
        let priority = style.get_property_priority("max-width");
        let _ = style.set_property_with_priority("max-width", &sheet, "important");
        (allowed, priority)
    });
    Screen { page: Rc::downgrade(page), width: page.width.get(), height: page.height.replace(None), max_width }
}
