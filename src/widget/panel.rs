//! How is the chart checked: its table, and how it was made?

use std::sync::Arc;

use encart_chart::Drawing;
use encart_table::{Lang, Level};
use leptos::prelude::*;

use super::PageRef;
use crate::state::Seen;

/// The table twin, complete, in a region that scrolls by keyboard.
pub(super) fn table(drawn: Signal<Arc<Drawing>>) -> impl IntoView {
    move || {
        let drawing = drawn.get();
        let head = drawing.twin.head.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
        let rows = drawing.twin.rows.iter().map(|row| {
            let (first, rest) =
                row.split_first().map_or((String::new(), &[][..]), |(first, rest)| (first.clone(), rest));
            let cells = rest.iter().map(|cell| view! { <td>{cell.clone()}</td> }).collect_view();
            view! { <tr><th scope="row">{first}</th>{cells}</tr> }
        });
        let rows = rows.collect_view();
        let label = drawing.lang.pick("Tableau des données", "Table of the data");
        view! {
            <div class="panel table" role="region" aria-label=label tabindex="0">
                <table>
                    <caption>{drawing.title.clone()}</caption>
                    <thead><tr>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    }
}

/// The summary, what was read, what was repaired, and the version that did it.
pub(super) fn method(seen: &Seen, drawn: Signal<Arc<Drawing>>, page: PageRef) -> impl IntoView + use<> {
    let (notices, n_bytes) = (seen.notices.clone(), seen.n_bytes.clone());
    move || {
        let lang = page.with_value(|page| page.lang());
        let drawing = drawn.get();
        let bytes = write_bytes(n_bytes.get(), lang);
        let read = lang.pick(
            format!("{bytes} lus, {} lignes dans le graphique.", drawing.twin.rows.len()),
            format!("{bytes} read, {} rows in the chart.", drawing.twin.rows.len()),
        );
        let said = notices.get();
        let mut said: Vec<_> = said.iter().collect();
        said.sort_by_key(|notice| (std::cmp::Reverse(notice.level), notice.place.line));
        let list = said.iter().map(|notice| {
            let is_grave = notice.level != Level::Info;
            view! { <li class:grave=is_grave>{notice.sentence(lang)}</li> }
        });
        let list = list.collect_view();
        let has_list = !said.is_empty();
        let version = format!("encart {}", crate::version());
        view! {
            <div class="panel">
                <p>{drawing.summary.clone()}</p>
                <p>{read}</p>
                {has_list.then(|| view! {
                    <p class="said">{lang.pick("Remarques à la lecture du fichier :", "Notices from reading the file:")}</p>
                    <ul>{list}</ul>
                })}
                <p class="version">{version}</p>
            </div>
        }
    }
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
