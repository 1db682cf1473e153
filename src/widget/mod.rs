//! What does a visitor see of a widget, stage by stage? Thin views: read a signal, show a value.

mod chart;
mod footer;
mod panel;
mod tip;

use std::rc::Rc;

use leptos::prelude::*;

use crate::state::{Page, Seen, Stage};

/// A page that event handlers of views may call.
pub(crate) type PageRef = StoredValue<Rc<Page>, LocalStorage>;

/// The whole widget.
pub(crate) fn view(seen: Seen, page: PageRef) -> impl IntoView {
    let stage = seen.stage.clone();
    move || match stage.get() {
        Stage::Waiting => waiting(&seen, page).into_any(),
        Stage::Ready => chart::chart(&seen, page).into_any(),
        Stage::Failed(failure) => {
            let (lang, has_content) = page.with_value(|page| (page.lang(), page.has_content()));
            let title = (!has_content).then(|| seen.title.get_untracked()).flatten();
            let retry = failure.may_retry.then(|| {
                let words = lang.pick("Réessayer", "Try again");
                view! { <button type="button" on:click=move |_| page.with_value(|page| page.load())>{words}</button> }
            });
            view! {
                {title.map(|title| view! { <p class="title">{title}</p> })}
                <p class="calm" role="status">{failure.calm_words(lang, has_content)} " " {retry}</p>
            }
            .into_any()
        }
    }
}

/// Nothing for 400 ms (style.css), then the title over a still line; the static content, when there is some, stays.
fn waiting(seen: &Seen, page: PageRef) -> impl IntoView + use<> {
    let (lang, has_content) = page.with_value(|page| (page.lang(), page.has_content()));
    let title = seen.title.get_untracked();
    (!has_content).then(|| {
        view! {
            <div class="late">
                {title.map(|title| view! { <p class="title">{title}</p> })}
                <p class="calm">{lang.pick("Chargement des données…", "Loading the data…")}</p>
            </div>
        }
    })
}
