//! How does a widget speak to the page and to the console?

use encart_table::{Lang, Level, Notice};
use serde::Serialize;
use web_sys::{CustomEvent, CustomEventInit, Element};

/// A notice as JavaScript reads it.
#[derive(Serialize)]
pub(crate) struct NoticeDetail {
    level: &'static str,
    code: &'static str,
    line: Option<u64>,
    column: Option<String>,
    message: String,
}

impl NoticeDetail {
    pub(crate) fn new(notice: &Notice, lang: Lang) -> NoticeDetail {
        NoticeDetail {
            level: match notice.level {
                Level::Info => "info",
                Level::Warning => "warning",
                Level::Error => "error",
            },
            code: notice.code,
            line: notice.place.line,
            column: notice.place.column.clone(),
            message: notice.sentence(lang),
        }
    }
}

/// What was said on the way, and what the load took and gave.
#[derive(Serialize)]
pub(crate) struct ReportDetail {
    pub(crate) version: String,
    /// Pairs of name and value.
    pub(crate) report: Vec<(String, String)>,
    pub(crate) notices: Vec<NoticeDetail>,
}

/// Why there is no chart, and all that was said on the way there.
#[derive(Serialize)]
pub(crate) struct ErrorDetail {
    level: &'static str,
    code: &'static str,
    line: Option<u64>,
    column: Option<String>,
    message: String,
    notices: Vec<NoticeDetail>,
}

impl ErrorDetail {
    pub(crate) fn new(cause: &Notice, notices: &[Notice], lang: Lang) -> ErrorDetail {
        let NoticeDetail { level, code, line, column, message } = NoticeDetail::new(cause, lang);
        let notices = notices.iter().map(|notice| NoticeDetail::new(notice, lang)).collect();
        ErrorDetail { level, code, line, column, message, notices }
    }
}

/// Dispatches a composed, bubbling event with a detail. A page that listens to none loses nothing.
pub(crate) fn dispatch(host: &Element, name: &str, detail: &impl Serialize) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    if let Ok(detail) = serde_wasm_bindgen::to_value(detail) {
        init.set_detail(&detail);
    }
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        // refused only when an event is dispatched twice
        let _ = host.dispatch_event(&event);
    }
}

/// Says to the webmaster what to mend; with `debug` on the element, everything.
pub(crate) fn log(host: &Element, notices: &[Notice], lang: Lang) {
    let is_verbose = host.has_attribute("debug");
    for notice in notices.iter().filter(|notice| is_verbose || notice.level == Level::Error) {
        let words = format!("encart [{}] {}", notice.code, notice.sentence(lang));
        web_sys::console::warn_2(&words.into(), host);
    }
}
