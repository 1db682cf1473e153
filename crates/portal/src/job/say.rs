//! What is said of a job that failed, stopped early, or shows a copy?

use encart_table::{Notice, Place};

/// The source fails: what is shown is a copy, of a day (`2026-11-12T08:00:00Z`) that is said.
pub fn copied(date: &str) -> Notice {
    use encart_table::Lang;
    use encart_table::locale::write_period;
    let day = date.get(..10).and_then(encart_table::day::read_period);
    let write = |lang| day.map_or_else(|| date.to_string(), |day| write_period(day, lang));
    Notice::warning(
        "copy.shown",
        Place::column("src"),
        format_args!("copie du {}, car la source ne répond pas.", write(Lang::Fr)),
        format_args!("copy of {}, because the source does not answer.", write(Lang::En)),
    )
}

pub(super) fn empty() -> Notice {
    Notice::error(
        "portal.empty",
        Place::column("src"),
        format_args!("aucune ligne ne répond à cette demande. Vérifiez l’adresse et ses paramètres."),
        format_args!("no row answers this request. Check the address and its parameters."),
    )
}

pub(super) fn cut(address: &str) -> Notice {
    Notice::error(
        "fetch.cut",
        Place::column("src"),
        format_args!("{address} s’est interrompu en route : le fichier n’est pas entier. Réessayez."),
        format_args!("{address} stopped on the way: the file is not whole. Try again."),
    )
}

pub(super) fn too_large(limit: u64) -> Notice {
    let megabytes = limit / 1_000_000;
    Notice::warning(
        "limit.bytes",
        Place::column("src"),
        format_args!(
            "plus de {megabytes} Mo : seul le début est lu. Filtrez par une étape, ou prenez une adresse qui regroupe."
        ),
        format_args!(
            "more than {megabytes} MB: only the beginning is read. Filter with a step, or take an address that groups."
        ),
    )
}

pub(super) fn too_large_whole(limit: u64) -> Notice {
    let megabytes = limit / 1_000_000;
    Notice::error(
        "limit.bytes",
        Place::column("src"),
        format_args!(
            "plus de {megabytes} Mo, et ce format ne se lit pas en partie. Prenez une adresse qui filtre, ou un CSV."
        ),
        format_args!(
            "more than {megabytes} MB, and this format cannot be read in part. Take an address that filters, or a CSV."
        ),
    )
}

pub(super) fn too_long(limit: u64) -> Notice {
    let seconds = limit / 1_000;
    Notice::error(
        "limit.time",
        Place::column("src"),
        format_args!("rien après {seconds} secondes : le portail est trop lent. Servez une copie (encart snapshot)."),
        format_args!("nothing after {seconds} seconds: the portal is too slow. Serve a copy (encart snapshot)."),
    )
}
