//! How is a web address taken apart and put together?

/// Percent-encodes all but the unreserved letters (RFC 3986, 2.3).
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                encoded.push(char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    encoded
}

/// Undoes percent-encoding, and `+` for a space; what is not UTF-8 then becomes `�`.
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut decoded, mut idx) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(idx) {
        let hex = text.get(idx + 1..idx + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, hex) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                idx += 2;
            }
            (b'+', _) => decoded.push(b' '),
            _ => decoded.push(*byte),
        }
        idx += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The parameters of a query string, decoded, in order.
pub(crate) fn parameters(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// An address with these parameters after it.
pub(crate) fn with_parameters(address: &str, parameters: &[(String, String)]) -> String {
    let mut made = address.to_string();
    for (name, value) in parameters {
        made.push(if made.contains('?') { '&' } else { '?' });
        made.push_str(&encode(name));
        made.push('=');
        made.push_str(&encode(value));
    }
    made
}

/// Scheme and host of a web address, its path, its query, its fragment.
pub(crate) struct Parts<'a> {
    /// `https://data.ofgl.fr`, without a final slash.
    pub(crate) origin: &'a str,
    /// `data.ofgl.fr`.
    pub(crate) host: &'a str,
    /// The parts of the path that are not empty, as written.
    pub(crate) path: Vec<&'a str>,
    pub(crate) query: &'a str,
    pub(crate) fragment: &'a str,
}

/// Takes a web address apart; none when it is not one.
pub(crate) fn parts(address: &str) -> Option<Parts<'_>> {
    let start = ["https://", "http://"]
        .iter()
        .find(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
    let (address, query) = address.split_once('?').unwrap_or((address, ""));
    let rest = address.get(start.len()..)?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let origin = address.get(..start.len() + host.len())?;
    (!host.is_empty()).then(|| Parts {
        origin,
        host,
        path: path.split('/').filter(|part| !part.is_empty()).collect(),
        query,
        fragment,
    })
}

/// An address that an answer gives, whole: of the web, or relative to the one that was asked. None for another scheme: what
/// a portal says never leads to a file of whoever asks.
pub(crate) fn resolve(address: &str, asked: &str) -> Option<String> {
    let address = address.trim();
    if parts(address).is_some() {
        return Some(address.to_string());
    }
    let base = parts(asked)?;
    let scheme = base.origin.split("//").next()?;
    let is_other = address.find([':', '/', '?', '#']).is_some_and(|idx| address.as_bytes().get(idx) == Some(&b':'));
    if is_other {
        return None;
    }
    let path = asked.split(['?', '#']).next()?;
    let folder = path.get(..path.rfind('/').filter(|end| *end >= base.origin.len()).unwrap_or(path.len()))?;
    Some(match address {
        _ if address.starts_with("//") => [scheme, address].concat(),
        _ if address.starts_with('/') => [base.origin, address].concat(),
        _ if address.starts_with('?') => [path, address].concat(),
        _ => [folder, "/", address.strip_prefix("./").unwrap_or(address)].concat(),
    })
}

/// The origin of a host that an author names without its scheme: this machine's own is asked in the clear.
pub(crate) fn origin_of(host: &str) -> String {
    let is_local =
        ["127.0.0.1", "localhost"].iter().any(|local| host == *local || host.starts_with(&[local, ":"].concat()));
    [if is_local { "http://" } else { "https://" }, host].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_encoded_and_decoded() {
        for (text, encoded) in [("a b", "a%20b"), ("été & =", "%C3%A9t%C3%A9%20%26%20%3D"), ("~a-b_c.d", "~a-b_c.d")]
        {
            assert_eq!(encode(text), encoded);
            assert_eq!(decode(encoded), text);
        }
        assert_eq!(decode("a+b%2"), "a b%2");
    }

    #[test]
    fn an_address_of_an_answer_is_of_the_web() {
        for (address, whole) in [
            ("https://autre.fr/x.csv", Some("https://autre.fr/x.csv")),
            ("//autre.fr/x.csv", Some("https://autre.fr/x.csv")),
            ("/x.csv", Some("https://portail.fr/x.csv")),
            ("?page=2", Some("https://portail.fr/a/b?page=2")),
            ("x.csv", Some("https://portail.fr/a/x.csv")),
            ("./x.csv", Some("https://portail.fr/a/x.csv")),
            ("../secret.csv", Some("https://portail.fr/a/../secret.csv")),
            ("file:///etc/hosts", None),
            ("javascript:x", None),
        ] {
            assert_eq!(resolve(address, "https://portail.fr/a/b?page=1").as_deref(), whole, "{address}");
        }
        assert_eq!(resolve("x.csv", "https://portail.fr").as_deref(), Some("https://portail.fr/x.csv"));
        // of a file of the author's own nothing leads anywhere
        assert_eq!(resolve("x.csv", "donnees/a.json"), None);
    }

    #[test]
    fn an_address_is_taken_apart() {
        let found = parts("https://data.ofgl.fr/explore/dataset/x/?a=1#t").expect("an address");
        assert_eq!(
            (found.origin, found.host, found.query, found.fragment),
            ("https://data.ofgl.fr", "data.ofgl.fr", "a=1", "t")
        );
        assert_eq!(found.path, ["explore", "dataset", "x"]);
        assert!(parts("data/budget.csv").is_none() && parts("https://").is_none());
    }
}
