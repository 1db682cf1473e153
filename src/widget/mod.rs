//! What does a visitor see of a widget, stage by stage? Thin views: read a signal, show a value.

mod chart;
mod float;
mod footer;

use std::rc::Rc;

use leptos::either::EitherOf3;
use leptos::html;
use leptos::prelude::*;

use crate::browser::markup;
use crate::state::{Page, Seen, Stage};

/// A page that event handlers of views may call.
pub(crate) type PageRef = StoredValue<Rc<Page>, LocalStorage>;

/// The whole widget.
pub(crate) fn view(seen: Seen, page: PageRef) -> impl IntoView {
    let stage = seen.stage.clone();
    move || match stage.get() {
        Stage::Waiting => EitherOf3::A(waiting(&seen, page)),
        Stage::Ready => EitherOf3::B(chart::chart(&seen, page)),
        Stage::Failed(failure) => {
            let (lang, has_content) = page.with_value(|page| (page.lang(), page.has_content()));
            let title = (!has_content).then(|| seen.title.get_untracked()).flatten().unwrap_or_default();
            let words = lang.pick("Réessayer", "Try again");
            let hidden = !failure.may_retry;
            EitherOf3::C(view! {
                <p class="title">{title}</p>
                <p class="calm" role="status">
                    {failure.calm_words(lang, has_content)} " "
                    <button type="button" hidden=hidden on:click=move |_| page.with_value(|page| page.load())>{words}</button>
                </p>
            })
        }
    }
}

/// Nothing for 400 ms (style.css), then the title over a still line; the static content, when there is some, stays.
fn waiting(seen: &Seen, page: PageRef) -> impl IntoView + use<> {
    let lang = page.with_value(|page| page.lang());
    let title = seen.title.get_untracked().unwrap_or_default();
    view! {
        <div class="late">
            <p class="title">{title}</p>
            <p class="calm">{lang.pick("Chargement des données…", "Loading the data…")}</p>
        </div>
    }
}

/// An element whose inside is markup of ours, renewed when the signal is.
fn markup<T: Fn() -> String + 'static>(class: &'static str, text: T) -> impl IntoView + use<T> {
    boxed_markup(class, Box::new(text))
}

/// Compiled once, whatever the text is made of.
fn boxed_markup(class: &'static str, text: Box<dyn Fn() -> String>) -> impl IntoView + use<> {
    let element = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(element) = element.get() {
            markup::put(&element, &text());
        }
    });
    view! { <div class=class node_ref=element></div> }
}
