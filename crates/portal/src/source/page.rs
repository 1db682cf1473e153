//! The next page that an answer promises, and how many rows there are in all: in JSON or in the head of the answer.

use encart_table::Json;

use super::{at_origin, count_at, list_at, text_at};
use crate::request::Answer;
use crate::url::{parts, resolve};

/// Where interfaces put the address of the next page.
const NEXT: [&str; 10] = [
    "next_url",
    "next",
    "next_page",
    "links.next",
    "links.next.href",
    "_links.next",
    "_links.next.href",
    "paging.next",
    "pagination.next",
    "meta.next",
];

/// Where they say how many rows there are.
const TOTALS: [&str; 10] = [
    "total",
    "total_count",
    "count",
    "meta.total",
    "totalCount",
    "nhits",
    "numberMatched",
    "totalFeatures",
    "filtered_table_rows_count",
    "pagination.total",
];

/// The address of the next page: what is no address is a cursor, which only the interface knows what to do with.
pub(super) fn next_page(json: &Json, answer: &Answer) -> Option<String> {
    let is_address = |text: &String| parts(text).is_some() || text.starts_with(['/', '?', '.']);
    let is_next = |link: &&Json| text_at(link, "rel").as_deref() == Some("next");
    let named = || NEXT.iter().filter_map(|path| text_at(json, path)).find(is_address);
    let linked = || list_at(json, "links").iter().find(is_next).and_then(|link| text_at(link, "href"));
    let next = named().or_else(linked).or_else(|| answer.next.clone())?;
    let whole = resolve(&next, &answer.address)?;
    // a server behind a proxy names itself otherwise
    Some(parts(&answer.address).map_or(whole.clone(), |asked| at_origin(&whole, asked.origin)))
}

/// How many rows there are in all. Of a file that nobody called an interface, a total may be a sum: there it counts rows
/// where something speaks of pages.
pub(super) fn total(json: &Json, is_interface: bool) -> Option<u64> {
    const OF_PAGES: [&str; 8] = ["next", "previous", "limit", "offset", "page", "per_page", "page_size", "links"];
    let is_paged = is_interface || OF_PAGES.iter().any(|name| json.get(name).is_some());
    let may_count = |path: &&&str| is_paged || !matches!(**path, "total" | "count");
    TOTALS.iter().filter(may_count).find_map(|path| count_at(json, path))
}

/// Whether a JSON file may be a page of something: as a rule its first or last letters say so.
pub(crate) fn may_promise(body: &[u8]) -> bool {
    const ENDS: usize = 4_096;
    const WORDS: [&[u8]; 6] = [b"\"next", b"\"total", b"\"count\"", b"\"numberMatched\"", b"\"nhits\"", b"\"paging\""];
    let start = body.get(..body.len().min(ENDS)).unwrap_or_default();
    let end = body.get(body.len().saturating_sub(ENDS)..).unwrap_or_default();
    [start, end].iter().any(|part| WORDS.iter().any(|word| part.windows(word.len()).any(|window| window == *word)))
}
