//! Where do the data come from, and what can be done with them: table, method, download, full screen?

use encart_chart::html;
use encart_table::Lang;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::chart::Drawn;
use super::markup;
use crate::browser::save::save;
use crate::state::Seen;

/// What is open under the footer.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    Table,
    Method,
}

pub(super) fn footer(seen: &Seen, drawn: Drawn) -> impl IntoView + use<> {
    let lang = drawn.get_untracked().lang;
    let open = RwSignal::new(Open::Nothing);
    let toggle = move |what: Open| open.update(|open| *open = if *open == what { Open::Nothing } else { what });
    let download = move |_| {
        let drawing = drawn.get_untracked();
        save(&file_name(&drawing.title), "text/csv;charset=utf-8", &drawing.twin.csv);
    };
    let no_screen =
        !web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.fullscreen_enabled());
    let (notices, n_bytes) = (seen.notices.clone(), seen.n_bytes.clone());
    let panel = move || {
        let drawing = drawn.get();
        match open.get() {
            Open::Nothing => String::new(),
            Open::Table => html::table(&drawing),
            Open::Method => {
                let bytes = write_bytes(n_bytes.get(), lang);
                let n_rows = drawing.twin.rows.len();
                let read = lang.pick(
                    format!("{bytes} lus, {n_rows} lignes dans le graphique."),
                    format!("{bytes} read, {n_rows} rows in the chart."),
                );
                html::method(&drawing, &notices.get(), &read, &format!("encart {}", crate::version()))
            }
        }
    };
    let is_open = move |what: Open| if open.get() == what { "true" } else { "false" };
    view! {
        <div class="footer">
            {markup("source", move || html::source(&drawn.get()))}
            <p class="actions">
                <button type="button" aria-expanded=move || is_open(Open::Table) on:click=move |_| toggle(Open::Table)>{lang.pick("Tableau", "Table")}</button>
                <button type="button" aria-expanded=move || is_open(Open::Method) on:click=move |_| toggle(Open::Method)>{lang.pick("Données et méthode", "Data and method")}</button>
                <button type="button" on:click=download>{lang.pick("Télécharger (CSV)", "Download (CSV)")}</button>
                <button type="button" hidden=no_screen on:click=move |event| show_large(&event)>{lang.pick("Plein écran", "Full screen")}</button>
            </p>
            <div class="panel" role="group" tabindex="0" aria-label=lang.pick("Données", "Data") hidden=move || open.get() == Open::Nothing>
                {markup("inside", panel)}
            </div>
        </div>
    }
}

fn file_name(title: &str) -> String {
    let plain: String = encart_table::table::fold(title)
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).take(8).collect();
    format!("{}.csv", if words.is_empty() { "donnees".to_string() } else { words.join("-") })
}

fn write_bytes(n_bytes: usize, lang: Lang) -> String {
    let (value, unit) = match n_bytes {
        0..1000 => (n_bytes as f64, lang.pick("octets", "bytes")),
        1000..1_000_000 => (n_bytes as f64 / 1e3, lang.pick("ko", "kB")),
        _ => (n_bytes as f64 / 1e6, lang.pick("Mo", "MB")),
    };
    let decimals = usize::from(n_bytes >= 1000 && value < 10.0);
    format!("{}\u{a0}{unit}", encart_table::locale::write_number(value, decimals, lang))
}

/// Shows the widget alone, for a meeting, with the keyboard on its picture; again, or Escape, comes back.
fn show_large(event: &web_sys::MouseEvent) {
    let button = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let shell = button.and_then(|button| button.closest(".encart").ok().flatten());
    let document = web_sys::window().and_then(|window| window.document());
    let (Some(shell), Some(document)) = (shell, document) else { return };
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
        return;
    }
    // refused without the visitor's gesture: the button is one
    let _ = shell.request_fullscreen();
    let picture = shell
        .query_selector(".picture")
        .ok()
        .flatten()
        .and_then(|picture| picture.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(picture) = picture {
        // refused only for an element that cannot be focused
        let _ = picture.focus();
    }
}
