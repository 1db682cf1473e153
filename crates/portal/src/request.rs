//! What is asked of the network, and what comes back?

use encart_table::{Notice, Place};

/// A plain GET: no header of ours that a portal would have to allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The whole address; or one relative to the page, for a file of the author's own site.
    pub address: String,
    /// Only these bytes, from the first to before the second place; a server may give all the same.
    pub range: Option<(u64, u64)>,
}

impl Request {
    /// Asks for an address.
    pub fn get(address: impl Into<String>) -> Request {
        Request { address: address.into(), range: None }
    }

    /// The value of the header `Range`, one that browsers send without asking the host first (Fetch, "CORS-safelisted
    /// request-header").
    pub fn range_header(&self) -> Option<String> {
        self.range.map(|(start, end)| format!("bytes={start}-{}", end.saturating_sub(1)))
    }
}

/// Why nothing comes back of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FetchError {
    /// The network, or the address.
    #[default]
    Network,
    /// The host answers, and lets no page of another site read it.
    Cors,
    /// The page's policy of security.
    Policy,
    /// An address in http, of a page in https.
    Mixed,
}

impl FetchError {
    /// As a browser's script says it.
    pub fn of_word(word: &str) -> FetchError {
        match word {
            "cors" => FetchError::Cors,
            "policy" => FetchError::Policy,
            "mixed" => FetchError::Mixed,
            _ => FetchError::Network,
        }
    }
}

/// What came back: the head, and the body when it was asked whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The address that was asked.
    pub address: String,
    /// The status; 0 when nothing came back.
    pub status: u16,
    /// Why nothing came back.
    pub error: FetchError,
    /// `Retry-After`, as written.
    pub retry_after: Option<String>,
    /// The address of the next page, of a header `Link` (RFC 8288).
    pub next: Option<String>,
    /// `Content-Length`: how many bytes the body has, when the server says it.
    pub length: Option<u64>,
    /// The body.
    pub body: Vec<u8>,
}

/// The address that a header `Link` gives for the next page.
///
/// ```
/// let header = "<https://h/x?page=1>; rel=\"prev\", <https://h/x?page=3>; rel=\"next\"";
/// assert_eq!(encart_portal::next_of_link(header).as_deref(), Some("https://h/x?page=3"));
/// ```
pub fn next_of_link(header: &str) -> Option<String> {
    header.split('<').skip(1).find_map(|link| {
        let (address, words) = link.split_once('>')?;
        let mut words = words.split([';', ',']).map(str::trim);
        words.any(|word| matches!(word, "rel=next" | "rel=\"next\"")).then(|| address.to_string())
    })
}

impl Answer {
    /// Whether it is what was asked: 200, or 206 where there are more pages (Hub'Eau).
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        encart_table::sniff::decode(&self.body).0
    }
}

/// How much may be asked for one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes, of all answers together.
    pub bytes: u64,
    /// Rows.
    pub rows: usize,
    /// Requests.
    pub requests: usize,
    /// Milliseconds.
    pub ms: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 250_000_000, rows: 5_000_000, requests: 250, ms: 120_000 }
    }
}

/// Why an answer cannot be used, in a sentence; with what the portal itself says of it.
pub(crate) fn refused(answer: &Answer, portal: &str, said: Option<String>) -> Notice {
    let status = answer.status;
    let address = &answer.address;
    let (code, fr, en) = match status {
        0 => return unreachable(address, answer.error),
        404 | 410 => (
            "fetch.not-found",
            "le jeu de données n’est pas, ou plus, à cette adresse. Vérifiez-la sur le portail.",
            "the dataset is not, or no longer, at this address. Check it on the portal.",
        ),
        401 | 403 => (
            "fetch.private",
            "l’accès est refusé. Le jeu de données doit être public.",
            "access is refused. The dataset must be public.",
        ),
        429 => (
            "fetch.too-many",
            "le portail reçoit trop de demandes. Réessayez plus tard, ou servez une copie (encart snapshot).",
            "the portal receives too many requests. Try again later, or serve a copy (encart snapshot).",
        ),
        400..500 => (
            "fetch.refused",
            "la demande est refusée. Vérifiez les étapes et l’adresse.",
            "the request is refused. Check the steps and the address.",
        ),
        _ => ("fetch.down", "le portail est en panne. Réessayez plus tard.", "the portal is down. Try again later."),
    };
    let said = said.map(|said| said.trim().chars().take(300).collect::<String>()).filter(|said| !said.is_empty());
    let (said_fr, said_en) = match said {
        Some(said) => (format!(" Le portail dit : « {said} »"), format!(" The portal says: “{said}”")),
        None => (String::new(), String::new()),
    };
    Notice::error(
        code,
        Place::column("src"),
        format_args!("{portal} répond {status} : {fr}{said_fr}"),
        format_args!("{portal} answers {status}: {en}{said_en}"),
    )
}

/// Nothing came back.
fn unreachable(address: &str, error: FetchError) -> Notice {
    let (fr, en) = match error {
        FetchError::Network => (
            "ne répond pas : réseau coupé, ou adresse fausse.",
            "does not answer: the network is down, or the address is wrong.",
        ),
        FetchError::Cors => (
            "répond, mais ne laisse aucun autre site lire ses données : demandez à son hébergeur l’en-tête CORS « Access-Control-Allow-Origin: * », ou servez une copie (encart snapshot).",
            "answers, but lets no other site read its data: ask its host for the CORS header “Access-Control-Allow-Origin: *”, or serve a copy (encart snapshot).",
        ),
        FetchError::Policy => (
            "est refusé par la politique de sécurité de la page : ajoutez cet hôte à connect-src.",
            "is refused by the page’s security policy: add this host to connect-src.",
        ),
        FetchError::Mixed => (
            "est en http, et la page en https : les navigateurs le refusent. Essayez l’adresse en https, ou servez une copie (encart snapshot).",
            "is in http, and the page in https: browsers refuse it. Try the address in https, or serve a copy (encart snapshot).",
        ),
    };
    Notice::error(
        "fetch.unreachable",
        Place::column("src"),
        format_args!("{address} {fr}"),
        format_args!("{address} {en}"),
    )
}
