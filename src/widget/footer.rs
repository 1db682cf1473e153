//! What is open under the footer: nothing, the table, the method, what to see, what to take away?

use std::rc::Rc;

use encart_chart::{Drawing, html, panel};
use encart_table::Lang;

use super::{explore, files};
use crate::browser::part;
use crate::state::Page;

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Open {
    Nothing,
    Table,
    Method,
    Explore,
    Files,
}

/// The buttons with what each opens.
pub(super) const BUTTONS: [(&str, Open); 4] =
    [("table", Open::Table), ("method", Open::Method), ("explore", Open::Explore), ("download", Open::Files)];

/// Fills the panel with what is open, and says it on the buttons.
pub(crate) fn fill(page: &Rc<Page>, drawing: &Drawing, open: Open) {
    let shell = &page.shell;
    for (button, what) in BUTTONS {
        let selector = format!("[data-do={button}]");
        part::set(shell, &selector, "aria-expanded", if open == what { "true" } else { "false" });
    }
    let lang = drawing.lang;
    let name = match open {
        Open::Table => lang.pick("Tableau", "Table"),
        Open::Explore => lang.pick("Explorer", "Explore"),
        Open::Files => lang.pick("Télécharger", "Download"),
        _ => lang.pick("Données et méthode", "Data and method"),
    };
    // what is being chosen in keeps the keyboard's place
    let is_choosing = open == Open::Explore && part::find(shell, ".panel [data-choose]").is_some();
    if is_choosing && explore::sync(page, drawing) {
        return;
    }
    part::set(shell, ".panel", "aria-label", name);
    let inside = match open {
        Open::Nothing => String::new(),
        Open::Table => html::table(drawing, lang.pick("Toutes les valeurs", "All values")),
        Open::Explore => panel::explore(drawing, &page.view.borrow()),
        Open::Files => panel::files(drawing, &files::citation(drawing), page.link().is_some()),
        Open::Method => {
            let bytes = write_bytes(page.fact("n_bytes").parse().unwrap_or(0), lang);
            let (n_read, n_rows) = (page.fact("n_rows_read"), drawing.n_rows());
            let mut read = lang.pick(
                format!("{bytes} et {n_read} lignes lus, {n_rows} lignes montrées."),
                format!("{bytes} and {n_read} rows read, {n_rows} rows shown."),
            );
            let missing = page.fact(lang.pick("missing.fr", "missing.en"));
            if !missing.is_empty() {
                read.push_str(lang.pick(" Cases sans valeur\u{a0}: ", " Cells without a value: "));
                read.push_str(&missing);
                read.push('.');
            }
            html::method(drawing, &page.notices(), &read, &format!("encart {}", crate::version()))
        }
    };
    part::put(shell, ".panel", &inside);
    part::show(shell, ".panel", open != Open::Nothing);
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
