//! How are bytes fetched, and what is said when they are not?

use encart_table::{Notice, Place};
use gloo::net::http::{Request, Response};
use web_sys::{AbortSignal, RequestCredentials, Url};

use crate::fail::Failure;

/// An address relative to another, whole; only http(s) is fetched.
pub(super) fn resolve(address: &str, base: &str) -> Result<String, Failure> {
    let url = Url::new_with_base(address, base).ok();
    let is_web = |url: &Url| ["http:", "https:"].contains(&url.protocol().as_str());
    url.filter(is_web).map(|url| url.href()).ok_or_else(|| {
        Failure::of_content(Notice::error(
            "fetch.address",
            Place::column("src"),
            format_args!("« {address} » n’est pas une adresse. Écrivez par exemple /donnees/budget.csv ou https://…"),
            format_args!("“{address}” is not an address. Write for example /donnees/budget.csv or https://…"),
        ))
    })
}

/// The body of an address. No header of ours: a plain request needs no permission from the host it goes to.
pub(super) async fn fetch(address: &str, signal: Option<&AbortSignal>) -> Result<Vec<u8>, Failure> {
    let request = Request::get(address).credentials(RequestCredentials::SameOrigin).abort_signal(signal);
    let response = request.send().await.map_err(|_| unreachable(address))?;
    if !response.ok() {
        return Err(refused(address, &response));
    }
    response.binary().await.map_err(|_| cut(address))
}

fn unreachable(address: &str) -> Failure {
    Failure::of_network(Notice::error(
        "fetch.unreachable",
        Place::column("src"),
        format_args!(
            "{address} ne répond pas : réseau coupé, adresse fausse, serveur sans en-tête CORS (Access-Control-Allow-Origin), ou politique de sécurité de la page (connect-src)."
        ),
        format_args!(
            "{address} does not answer: network down, wrong address, server without CORS header (Access-Control-Allow-Origin), or the page’s security policy (connect-src)."
        ),
    ))
}

fn refused(address: &str, response: &Response) -> Failure {
    let status = response.status();
    let (fr, en) = match status {
        404 | 410 => (
            "le fichier n’est pas, ou plus, à cette adresse. Vérifiez-la.",
            "the file is not, or no longer, at this address. Check it.",
        ),
        401 | 403 => {
            ("l’accès est refusé. Le fichier doit être public.", "access is refused. The file must be public.")
        }
        429 => (
            "le portail reçoit trop de demandes. Réessayez plus tard.",
            "the portal receives too many requests. Try again later.",
        ),
        _ => (
            "le serveur répond par une erreur. Réessayez, ou prévenez le producteur.",
            "the server answers with an error. Try again, or tell the producer.",
        ),
    };
    Failure::of_network(Notice::error(
        "fetch.status",
        Place::column("src"),
        format_args!("{address} répond {status} : {fr}"),
        format_args!("{address} answers {status}: {en}"),
    ))
}

fn cut(address: &str) -> Failure {
    Failure::of_network(Notice::error(
        "fetch.cut",
        Place::column("src"),
        format_args!("{address} s’est interrompu en route : le fichier n’est pas entier. Réessayez."),
        format_args!("{address} stopped on the way: the file is not whole. Try again."),
    ))
}
