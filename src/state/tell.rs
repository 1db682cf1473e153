//! What does a widget tell the page: what was said on the way, that it failed, what the visitor chose?

use encart_scene::Key;
use encart_table::{Notice, Place};
use leptos::prelude::{GetUntracked, Set};
use serde::Serialize;

use super::{Page, Stage};
use crate::browser::event::{ErrorDetail, NoticeDetail, ReportDetail, dispatch, log};
use crate::fail::Failure;

#[derive(Serialize)]
struct SelectDetail {
    series: Option<String>,
    label: String,
    value: String,
}

impl Page {
    /// Says something of the shell itself, in the place of what was said under the same code.
    pub(crate) fn add_notice(&self, notice: Notice) {
        self.add_notices(notice.code, vec![notice]);
    }

    /// Says some things under one code.
    pub(crate) fn add_notices(&self, code: &str, notices: Vec<Notice>) {
        self.forget_notice(code);
        self.added.borrow_mut().extend(notices.iter().cloned());
        self.notices.borrow_mut().extend(notices);
    }

    /// Whether something was said under a code.
    pub(crate) fn has_notice(&self, code: &str) -> bool {
        self.added.borrow().iter().any(|other| other.code == code)
    }

    /// What was said under a code holds no longer.
    pub(crate) fn forget_notice(&self, code: &str) {
        for list in [&self.added, &self.notices] {
            list.borrow_mut().retain(|other| other.code != code);
        }
    }

    /// Gives the page the whole report: what was said, and what the load took.
    pub(crate) fn report(&self, event: &str) {
        let (lang, notices) = (self.lang(), self.notices());
        let detail = ReportDetail {
            version: crate::version(),
            report: self.facts(),
            notices: notices.iter().map(|notice| NoticeDetail::new(notice, lang)).collect(),
        };
        dispatch(&self.host, "encart-notices", &detail);
        if event != "encart-notices" {
            dispatch(&self.host, event, &detail);
        }
    }

    pub(crate) fn fail(&self, failure: Failure) {
        let lang = self.lang();
        let notices = self.notices();
        log(&self.host, &notices, lang);
        let detail = ErrorDetail::new(&failure.notice, &notices, lang);
        self.seen.stage.set(Stage::Failed(failure));
        self.set_class();
        self.report("encart-notices");
        dispatch(&self.host, "encart-error", &detail);
    }

    /// The page's policy asks for trusted types and does not allow ours: no markup can be shown.
    pub(crate) fn refuse_markup(&self) {
        match self.seen.stage.get_untracked() {
            Stage::Failed(failure) => {
                // refused only for a name that no attribute can have
                let _ = self.shell.set_attribute("role", "status");
                self.shell.set_text_content(Some(failure.calm_words(self.lang(), self.has_content())));
            }
            _ => self.fail(Failure::of_content(Notice::error(
                "page.trusted-types",
                Place::whole(),
                format_args!(
                    "la politique de sécurité de la page refuse le balisage : ajoutez « trusted-types encart »."
                ),
                format_args!("the page’s security policy refuses markup: add “trusted-types encart”."),
            ))),
        }
    }

    /// Says that the visitor chose a datum.
    pub(crate) fn select(&self, key: Key) {
        let Some(words) = self.seen.drawing.get_untracked().and_then(|drawing| drawing.words_at(key)) else { return };
        let Some(line) = words.lines.into_iter().find(|line| line.is_current) else { return };
        let series = (!line.name.is_empty()).then_some(line.name);
        dispatch(&self.host, "encart-select", &SelectDetail { series, label: words.heading, value: line.value });
    }
}
