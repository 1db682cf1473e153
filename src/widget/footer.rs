//! Where do the data come from, and what can be done with them: table, method, download, full screen?

use std::sync::Arc;

use encart_chart::Drawing;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{PageRef, panel};
use crate::browser::save::save;
use crate::state::Seen;

/// What is open under the footer.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    Table,
    Method,
}

pub(super) fn footer(seen: &Seen, drawn: Signal<Arc<Drawing>>, page: PageRef) -> impl IntoView + use<> {
    let lang = drawn.get_untracked().lang;
    let open = RwSignal::new(Open::Nothing);
    let toggle = move |what: Open| open.update(|open| *open = if *open == what { Open::Nothing } else { what });
    let seen = seen.clone();
    let download = move |_| {
        let drawing = drawn.get_untracked();
        save(&file_name(&drawing.title), "text/csv;charset=utf-8", &drawing.twin.csv);
    };
    let has_screen =
        web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.fullscreen_enabled());
    let full_screen = has_screen.then(|| {
        view! {
            <button type="button" on:click=move |event| show_large(&event)>{lang.pick("Plein écran", "Full screen")}</button>
        }
    });
    view! {
        <div class="footer">
            <p class="source">{move || source_line(&drawn.get())}</p>
            <p class="actions">
                <button type="button" aria-expanded=move || (open.get() == Open::Table).to_string() on:click=move |_| toggle(Open::Table)>
                    {lang.pick("Tableau", "Table")}
                </button>
                <button type="button" aria-expanded=move || (open.get() == Open::Method).to_string() on:click=move |_| toggle(Open::Method)>
                    {lang.pick("Données et méthode", "Data and method")}
                </button>
                <button type="button" on:click=download>{lang.pick("Télécharger (CSV)", "Download (CSV)")}</button>
                {full_screen}
            </p>
        </div>
        {move || match open.get() {
            Open::Nothing => ().into_any(),
            Open::Table => panel::table(drawn).into_any(),
            Open::Method => panel::method(&seen, drawn, page).into_any(),
        }}
    }
}

/// `Source : producteur · licence · Données du … · mise à jour annuelle · en retard`.
fn source_line(drawing: &Drawing) -> impl IntoView + use<> {
    let source = drawing.source.clone();
    let mut parts: Vec<AnyView> = Vec::new();
    if let Some(producer) = source.producer {
        parts.push(match source.page {
            Some(page) => view! { <a href=page>{producer}</a> }.into_any(),
            None => producer.into_any(),
        });
    }
    if let Some((name, url)) = source.licence {
        parts.push(match url {
            Some(url) => view! { <a href=url rel="license">{name}</a> }.into_any(),
            None => name.into_any(),
        });
    }
    parts.extend(source.updated.map(IntoAny::into_any));
    parts.extend(source.frequency.map(IntoAny::into_any));
    parts.extend(
        source.late.map(|late| {
            view! { <strong class="overdue"><span aria-hidden="true">"◷ "</span>{late}</strong> }.into_any()
        }),
    );
    if let Some(file) = source.file {
        let words = drawing.lang.pick("Fichier complet", "Whole file");
        parts.push(view! { <a href=file>{words}</a> }.into_any());
    }
    let spaced = parts.into_iter().enumerate().map(|(idx, part)| {
        let separator = if idx > 0 { " · " } else { "" };
        view! { {separator} {part} }
    });
    spaced.collect_view()
}

fn file_name(title: &str) -> String {
    let plain: String = encart_table::table::fold(title)
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).take(8).collect();
    let name = if words.is_empty() { "donnees".to_string() } else { words.join("-") };
    format!("{name}.csv")
}

/// Shows the figure alone, for a meeting; again, or Escape, comes back.
fn show_large(event: &web_sys::MouseEvent) {
    let button = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let figure = button.and_then(|button| button.closest("figure").ok().flatten());
    let document = web_sys::window().and_then(|window| window.document());
    let (Some(figure), Some(document)) = (figure, document) else { return };
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else {
        // refused without the visitor's gesture: the button is one
        let _ = figure.request_fullscreen();
    }
}
