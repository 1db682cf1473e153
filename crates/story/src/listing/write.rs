//! How are rows written in HTML: what a reader chooses them with, and the rows of a page?

use encart_chart::html::{element, open};
use encart_chart::link::{FILTER, PAGE, SEARCH, SORT};
use encart_chart::source::safe_address;
use encart_scene::Rgb;
use encart_scene::svg::escape;
use encart_table::decimal::write_plain;
use encart_table::locale::write_number;
use encart_table::sum::may_be_rounding;
use encart_table::{Lang, Value, Why};

use super::Named;
use super::column::Shown;
use super::look::Look;
use super::memory::Kept;
use super::sum::{Added, Printed, add};

/// A page of rows on its way to its markup.
pub(super) struct Page<'a> {
    pub(super) kept: &'a Kept,
    pub(super) named: &'a Named,
    pub(super) look: &'a Look,
    pub(super) row_idxs: &'a [usize],
    pub(super) page_rows: usize,
    pub(super) is_still: bool,
    /// Whether rows are cards, without a head to click on.
    pub(super) is_narrow: bool,
    pub(super) has_search: bool,
    /// Whether the file's columns are the table's: its printed total is that of its rows.
    pub(super) has_printed: bool,
    pub(super) mark: Rgb,
    pub(super) title: &'a str,
    pub(super) lang: Lang,
}

impl Page<'_> {
    fn pick(&self, fr: &'static str, en: &'static str) -> &'static str {
        self.lang.pick(fr, en)
    }

    fn count(&self, n: usize) -> String {
        write_number(n as f64, 0, self.lang)
    }

    fn line(&self, n: usize) -> &'static str {
        let is_one = self.lang.pick(n < 2, n == 1);
        if is_one { self.pick("ligne", "row") } else { self.pick("lignes", "rows") }
    }

    /// How many rows there are to find.
    fn n_rows(&self) -> usize {
        self.kept.table.n_rows() - usize::from(self.kept.total_idx.is_some())
    }

    fn n_pages(&self) -> usize {
        self.row_idxs.len().div_ceil(self.page_rows).max(1)
    }

    fn page(&self) -> usize {
        self.look.page.min(self.n_pages() - 1)
    }

    /// `312 lignes`, `12 lignes trouvées sur 312`.
    pub(super) fn found(&self) -> String {
        let (n_found, n_rows) = (self.row_idxs.len(), self.n_rows());
        let (found, all) = (self.count(n_found), self.count(n_rows));
        match (self.look.is_part(), n_found) {
            (false, _) => [&all, " ", self.line(n_rows)].concat(),
            (true, 0) => self.lang.pick(format!("aucune ligne trouvée sur {all}"), format!("no row found of {all}")),
            (true, 1) => self.lang.pick(format!("1 ligne trouvée sur {all}"), format!("1 row found of {all}")),
            (true, _) => {
                self.lang.pick(format!("{found} lignes trouvées sur {all}"), format!("{found} rows found of {all}"))
            }
        }
    }

    /// What it shows, in a sentence or two.
    pub(super) fn words(&self) -> String {
        let heads: Vec<&str> = self.heads().map(|(_, shown)| shown.head.as_str()).collect();
        let heads = heads.join(self.pick(" ; ", "; "));
        let mut words = self.lang.pick(
            format!("Tableau de {}. Colonnes : {heads}.", self.found()),
            format!("Table of {}. Columns: {heads}.", self.found()),
        );
        for (idx, added) in self.sums(self.row_idxs) {
            let (Some(shown), Some(total)) = (self.kept.columns.get(idx), added.total) else { continue };
            let total = match added.n_missing {
                0 => shown.format.write(total),
                _ => added.write(shown, self.lang),
            };
            words.push_str(
                &self
                    .lang
                    .pick(format!(" {}, total : {total}.", shown.name), format!(" {}, total: {total}.", shown.name)),
            );
        }
        words
    }

    /// What must be known of its sums and of what is left out.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let shown = self.row_idxs.len().min(self.page_rows);
        if self.is_still && shown < self.row_idxs.len() {
            let (shown, all) = (self.count(shown), self.count(self.row_idxs.len()));
            notes.push(self.lang.pick(
                format!("{shown} premières lignes sur {all} : toutes sont dans le fichier complet."),
                format!("First {shown} rows of {all}: all are in the whole file."),
            ));
        }
        if let Some(printed) = self.printed() {
            for (idx, added) in self.sums(self.row_idxs) {
                let (Some(shown), Some((printed, total))) = (self.kept.columns.get(idx), printed.differs(idx, &added))
                else {
                    continue;
                };
                let is_rounded = may_be_rounding(printed - total, self.row_idxs.len(), shown.format.decimals);
                let (printed, total) = (shown.format.write(printed), shown.format.write(total));
                let (name, n) = (&shown.name, added.n_missing);
                let (fr, en) = match n {
                    0 if is_rounded => (
                        "Des parts arrondies peuvent l’expliquer, ou une ligne qui manque.".into(),
                        "Rounded parts may explain it, or a row that is missing.".into(),
                    ),
                    0 => (
                        "Une ligne manque, compte deux fois, ou le total est faux.".into(),
                        "A row is missing, counts twice, or the total is wrong.".into(),
                    ),
                    1 => ("Une de ces lignes n’a pas de valeur.".into(), "One of these rows has no value.".into()),
                    _ => {
                        (format!("{n} de ces lignes n’ont pas de valeur."), format!("{n} of these rows have no value."))
                    }
                };
                notes.push(self.lang.pick(
                    format!("{name} : le total imprimé est {printed}, la somme des lignes {total}. {fr}"),
                    format!("{name}: the printed total is {printed}, the rows add up to {total}. {en}"),
                ));
            }
        }
        notes
    }

    /// The columns with how they are shown.
    fn heads(&self) -> impl Iterator<Item = (usize, &Shown)> {
        self.named.shown.iter().filter_map(|idx| Some((*idx, self.kept.columns.get(*idx)?)))
    }

    fn sums(&self, row_idxs: &[usize]) -> Vec<(usize, Added)> {
        let sum = |idx: &usize| Some((*idx, add(self.kept.table.columns.get(*idx)?, row_idxs)));
        self.named.sum.iter().filter_map(sum).collect()
    }

    /// The total that the producer printed, of all rows.
    fn printed(&self) -> Option<Printed> {
        let table = &self.kept.table;
        match self.kept.total_idx {
            _ if self.look.is_part() => None,
            Some(row_idx) => Some(Printed::of_row(table, &self.kept.columns, row_idx)),
            None if self.has_printed => Printed::of_file(table),
            None => None,
        }
    }

    /// What a reader chooses rows with. It does not change with what is chosen: the keyboard keeps its place.
    pub(super) fn controls(&self) -> String {
        if self.is_still {
            return String::new();
        }
        let mut html = String::from("<div class=\"lead listing\">");
        if self.n_rows() > 1 {
            html.push_str("<p class=\"choices\">");
            if self.has_search {
                html.push_str("<label>");
                html.push_str(self.pick("Chercher", "Search"));
                open(&mut html, "input", &[("type", "search"), ("data-choose", SEARCH), ("autocomplete", "off")]);
                html.push_str("</label>");
            }
            self.kept.choices.iter().for_each(|choices| self.filter(choices, &mut html));
            if self.is_narrow {
                self.order(&mut html);
            }
            html.push_str("</p>");
        }
        html.push_str("</div><div class=\"rows\"></div>");
        html
    }

    fn filter(&self, choices: &super::memory::Choices, html: &mut String) {
        let Some((column, shown)) = self.kept.column(choices.idx) else { return };
        html.push_str("<label>");
        escape(&shown.name, html);
        open(html, "select", &[("data-choose", FILTER), ("data-column", &column.name)]);
        open(html, "option", &[("value", "")]);
        html.push_str(self.pick("Tout", "All"));
        html.push_str("</option>");
        let missing = self.pick("sans valeur", "no value");
        let missing = choices.has_missing.then_some(("", missing));
        for (value, words) in choices.values.iter().map(|value| (value.as_str(), value.as_str())).chain(missing) {
            open(html, "option", &[("value", &[&column.name, "=", value].concat())]);
            escape(words, html);
            html.push_str("</option>");
        }
        html.push_str("</select></label>");
    }

    /// Where rows are cards there is no head to click on.
    fn order(&self, html: &mut String) {
        let name = self.pick("Ordre", "Order");
        // closed, a choice that comes into the page does not draw the attention of a screen reader
        html.push_str("<details class=\"narrow\"><summary>");
        html.push_str(name);
        html.push_str("</summary>");
        open(html, "select", &[("data-choose", SORT), ("aria-label", name)]);
        open(html, "option", &[("value", "")]);
        html.push_str(self.pick("celui du tableau", "as in the table"));
        html.push_str("</option>");
        for (idx, shown) in self.heads() {
            let Some((column, _)) = self.kept.column(idx) else { continue };
            for (sign, words) in
                [("", self.pick("croissant", "ascending")), ("-", self.pick("décroissant", "descending"))]
            {
                open(html, "option", &[("value", &[sign, &column.name].concat())]);
                escape(&[&shown.head, ", ", words].concat(), html);
                html.push_str("</option>");
            }
        }
        html.push_str("</select></details>");
    }

    /// The rows of the page, how many there are, and the way to other pages.
    pub(super) fn rows(&self) -> String {
        let mut html = String::new();
        self.say_count(&mut html);
        if !self.row_idxs.is_empty() {
            html.push_str(if self.is_still { "<div>" } else { "<div class=\"wide\">" });
            open(&mut html, "table", &[("role", "table"), ("aria-label", self.title)]);
            self.head(&mut html);
            self.body(&mut html);
            self.foot(&mut html);
            html.push_str("</table></div>");
        }
        self.pages(&mut html);
        html
    }

    /// The first and the last row of the page, counted from 1.
    fn shown_rows(&self) -> (String, String) {
        let first = self.page() * self.page_rows;
        (self.count(first + 1), self.count((first + self.page_rows).min(self.row_idxs.len())))
    }

    /// What a voice says: of rows how many; of a page which, and its rows.
    pub(super) fn said(&self) -> (String, String) {
        let (found, n_pages) = (self.found(), self.n_pages());
        if n_pages < 2 {
            return (found.clone(), found);
        }
        let ((from, to), [page, all]) = (self.shown_rows(), [self.page() + 1, n_pages].map(|n| self.count(n)));
        let turned = self.lang.pick(
            format!("page {page} sur {all}, lignes {from} à {to}"),
            format!("page {page} of {all}, rows {from} to {to}"),
        );
        ([&found, ", ", &turned].concat(), turned)
    }

    fn say_count(&self, html: &mut String) {
        let mut words = self.found();
        if self.n_pages() > 1 && !self.is_still {
            let (from, to) = self.shown_rows();
            words = self.lang.pick(format!("{words} ; ici {from} à {to}"), format!("{words}; here {from} to {to}"));
        }
        if self.is_still && self.look.is_part() {
            let filters = self.look.filters.iter().filter_map(|(idx, values)| {
                Some([&self.kept.columns.get(*idx)?.name, " = ", &values.join(", ")].concat())
            });
            let search = Some(self.look.search.trim()).filter(|words| !words.is_empty());
            let parts: Vec<String> = filters.chain(search.map(|words| ["« ", words, " »"].concat())).collect();
            words = [&words, " (", &parts.join(" ; "), ")"].concat();
        }
        match self.is_still {
            true => html.push_str("<p>"),
            false => open(html, "p", &[("class", "count"), ("tabindex", "-1")]),
        }
        escape(&words, html);
        if *self.look != Look::default() && !self.is_still {
            html.push(' ');
            open(html, "button", &[("type", "button"), ("data-choose", "tout")]);
            html.push_str(self.pick("Tout revoir", "See all"));
            html.push_str("</button>");
        }
        html.push_str("</p>");
    }

    fn head(&self, html: &mut String) {
        html.push_str("<thead role=\"rowgroup\"><tr role=\"row\">");
        for (idx, shown) in self.heads() {
            let Some((column, _)) = self.kept.column(idx) else { continue };
            let sorted = self.look.sort.filter(|(sorted, _)| *sorted == idx).map(|(_, descends)| descends);
            let mut attributes = vec![("scope", "col"), ("role", "columnheader")];
            if column.is_number() {
                attributes.push(("class", "number"));
            }
            let aria = sorted.map(|descends| if descends { "descending" } else { "ascending" });
            attributes.extend(aria.map(|aria| ("aria-sort", aria)));
            open(html, "th", &attributes);
            if self.is_still {
                escape(&shown.head, html);
            } else {
                // of numbers the largest first, of words the first letter
                let descends = sorted.map_or(column.is_number(), |descends| !descends);
                let next = [if descends { "-" } else { "" }, &column.name].concat();
                open(
                    html,
                    "button",
                    &[("type", "button"), ("data-choose", SORT), ("data-value", &next), ("data-at", &idx.to_string())],
                );
                escape(&shown.head, html);
                let sign = sorted.map_or(" ↕", |descends| if descends { " ▼" } else { " ▲" });
                element(html, "span aria-hidden=\"true\"", sign);
                html.push_str("</button>");
            }
            html.push_str("</th>");
        }
        html.push_str("</tr></thead>\n");
    }

    fn body(&self, html: &mut String) {
        let first = self.page() * self.page_rows;
        let seen = self.row_idxs.iter().copied().enumerate().skip(first).take(self.page_rows);
        let mut last: Option<String> = None;
        if self.named.group.is_none() {
            html.push_str("<tbody role=\"rowgroup\">");
        }
        for (place, row_idx) in seen {
            if let Some(group) = self.named.group {
                let name = self.kept.cell(group, row_idx);
                if last.as_ref() != Some(&name) {
                    if last.is_some() {
                        html.push_str("</tbody>");
                    }
                    self.group(html, group, &name, place);
                    last = Some(name);
                }
            }
            html.push_str("\n<tr role=\"row\">");
            for (idx, shown) in self.heads() {
                self.cell(html, idx, shown, row_idx);
            }
            html.push_str("</tr>");
        }
        html.push_str("</tbody>");
    }

    /// The name of a group, how many rows it has of those that are found, and what they add up to. Its rows stand
    /// together (`memory`), around this place.
    fn group(&self, html: &mut String, group: usize, name: &str, place: usize) {
        let (before, after) = self.row_idxs.split_at(place.min(self.row_idxs.len()));
        let is_same = |row_idx: &&usize| self.kept.cell(group, **row_idx) == name;
        let n_before = before.iter().rev().take_while(is_same).count();
        let n_after = after.iter().take_while(is_same).count();
        let members = self.row_idxs.get(place - n_before..place + n_after).unwrap_or_default();
        let rest = if n_before > 0 { self.pick(" (suite)", " (continued)") } else { "" };
        let words = [name, rest, " – ", &self.count(members.len()), " ", self.line(members.len())].concat();
        html.push_str("<tbody role=\"rowgroup\"><tr role=\"row\" class=\"group\">");
        self.sum_row(html, &words, &self.sums(members));
    }

    fn foot(&self, html: &mut String) {
        let sums = self.sums(self.row_idxs);
        let printed = self.printed();
        if sums.is_empty() && (printed.is_none() || self.kept.total_idx.is_none()) {
            return;
        }
        html.push_str("\n<tfoot role=\"rowgroup\">");
        if !sums.is_empty() {
            let words = match self.look.is_part() {
                true => self.pick("Total des lignes trouvées", "Total of the rows found"),
                false if printed.is_some() => self.pick("Somme des lignes", "Sum of the rows"),
                false => "Total",
            };
            html.push_str("<tr role=\"row\">");
            self.sum_row(html, words, &sums);
        }
        if let Some(printed) = printed {
            html.push_str("<tr role=\"row\">");
            let name = self.named.header.and_then(|idx| printed.cells.get(idx)).map_or("", |(cell, _)| cell);
            let name = lang_total(name, self.lang);
            for (place, (idx, shown)) in self.heads().enumerate() {
                let cell = printed.cells.get(idx);
                // written as the sums above it are
                let words = match cell {
                    Some((_, Some(number))) => shown.format.write_bare(*number),
                    Some((cell, None)) => cell.clone(),
                    None => String::new(),
                };
                self.sum_cell(html, place, shown, if place == 0 { &name } else { &words });
            }
            html.push_str("</tr>");
        }
        html.push_str("</tfoot>");
    }

    fn sum_row(&self, html: &mut String, name: &str, sums: &[(usize, Added)]) {
        for (place, (idx, shown)) in self.heads().enumerate() {
            let sum = sums.iter().find(|(summed, _)| *summed == idx);
            let sum = sum.map(|(_, added)| added.write(shown, self.lang));
            let words = match (place, sum) {
                (0, None) => name.to_string(),
                (0, Some(sum)) => [name, self.pick("\u{a0}: ", ": "), &sum].concat(),
                (_, sum) => sum.unwrap_or_default(),
            };
            self.sum_cell(html, place, shown, &words);
        }
        html.push_str("</tr>");
    }

    fn sum_cell(&self, html: &mut String, place: usize, shown: &Shown, words: &str) {
        if place == 0 {
            open(html, "th", &[("scope", "row"), ("role", "rowheader")]);
            escape(words, html);
            return html.push_str("</th>");
        }
        open(
            html,
            "td",
            &[("role", "cell"), ("class", "number"), ("data-head", if words.is_empty() { "" } else { &shown.head })],
        );
        escape(words, html);
        html.push_str("</td>");
    }

    fn cell(&self, html: &mut String, idx: usize, shown: &Shown, row_idx: usize) {
        let Some((column, _)) = self.kept.column(idx) else { return };
        let is_header = self.named.header == Some(idx);
        let value = column.value(row_idx);
        let class = match value {
            Value::Missing(_) if column.is_number() => "none number",
            Value::Missing(_) => "none",
            _ if column.is_number() => "number",
            _ => "",
        };
        let tag = if is_header { "th" } else { "td" };
        let role = if is_header {
            [("scope", "row"), ("role", "rowheader")]
        } else {
            [("role", "cell"), ("data-head", &shown.head)]
        };
        let mut attributes: Vec<(&str, &str)> = role.to_vec();
        if !class.is_empty() {
            attributes.push(("class", class));
        }
        open(html, tag, &attributes);
        if let (Some(number), true) = (value.number(), self.named.bars.contains(&idx)) {
            html.push_str(&bar(number, shown.span, self.mark));
        }
        let words = shown.cell(column, row_idx);
        match value {
            Value::Text(text) if are_addresses(text) => {
                for (idx, address) in addresses(text).enumerate() {
                    html.push_str(if idx > 0 { " " } else { "" });
                    open(html, "a", &[("href", address)]);
                    escape(&link_words(address, &shown.name), html);
                    html.push_str("</a>");
                }
            }
            Value::Text(text) if is_mail(text) => {
                open(html, "a", &[("href", &["mailto:", text].concat())]);
                escape(text, html);
                html.push_str("</a>");
            }
            Value::Missing(Why::Empty) if shown.is_sparse => {
                html.push_str("<span aria-hidden=\"true\">–</span>");
                element(html, "span class=\"spoken\"", &words);
            }
            _ => escape(&words, html),
        }
        html.push_str(if is_header { "</th>" } else { "</td>" });
    }

    fn pages(&self, html: &mut String) {
        let (page, n_pages) = (self.page(), self.n_pages());
        if n_pages < 2 || self.is_still {
            return;
        }
        open(html, "p", &[("class", "pages"), ("role", "group"), ("aria-label", "Pages")]);
        let button = |html: &mut String, at: &str, words: &str, to: Option<usize>| {
            let value = to.map_or(String::new(), |to| (to + 1).to_string());
            let mut attributes =
                vec![("type", "button"), ("data-choose", PAGE), ("data-at", at), ("data-value", &value)];
            if to.is_none() {
                // what has the keyboard keeps it
                attributes.push(("aria-disabled", "true"));
            }
            open(html, "button", &attributes);
            html.push_str(words);
            html.push_str("</button>");
        };
        button(html, "first", self.pick("Première", "First"), (page > 1).then_some(0));
        button(html, "before", self.pick("Précédente", "Previous"), page.checked_sub(1));
        let (here, all) = (self.count(page + 1), self.count(n_pages));
        element(html, "span", &self.lang.pick(format!("page {here} sur {all}"), format!("page {here} of {all}")));
        button(html, "next", self.pick("Suivante", "Next"), (page + 1 < n_pages).then_some(page + 1));
        button(html, "last", self.pick("Dernière", "Last"), (page + 2 < n_pages).then_some(n_pages - 1));
        html.push_str("</p>");
    }
}

/// The printed total keeps its name, with what it is.
fn lang_total(name: &str, lang: Lang) -> String {
    match name {
        "" | "Total" | "TOTAL" | "total" => lang.pick("Total imprimé", "Printed total").to_string(),
        name => lang.pick([name, " (total imprimé)"], [name, " (printed total)"]).concat(),
    }
}

/// Whether a cell is one address of electronic mail, in plain letters.
fn is_mail(text: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-+".contains(&byte))
    };
    text.split_once('@').is_some_and(|(name, host)| is_plain(name) && is_plain(host) && host.contains('.'))
}

/// The addresses of a cell, one or several.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ';', '|', '\n']).filter(|address| !address.is_empty())
}

fn are_addresses(text: &str) -> bool {
    let is_address = |address: &str| address.starts_with("http") && safe_address(address).is_some();
    text.starts_with("http") && addresses(text).all(is_address)
}

/// What a link says: of a document what its column is called and its format, `Délibération, PDF`; else its address.
fn link_words(address: &str, column: &str) -> String {
    const FORMATS: [&str; 20] = [
        "csv", "doc", "docx", "geojson", "gpx", "ics", "jpeg", "jpg", "json", "kml", "mp3", "mp4", "odp", "ods", "odt",
        "pdf", "png", "xls", "xlsx", "zip",
    ];
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let file = path.rsplit_once('/').map_or("", |(_, file)| file);
    let format = file.rsplit_once('.').map(|(_, format)| format.to_ascii_lowercase());
    match format.filter(|format| FORMATS.contains(&format.as_str())) {
        Some(format) => [column, ", ", &format.to_ascii_uppercase()].concat(),
        None => short_address(address),
    }
}

/// `www.exemple.fr/page`, cut where it is long.
fn short_address(address: &str) -> String {
    const MOST: usize = 40;
    let bare = address.split_once("//").map_or(address, |(_, bare)| bare).trim_end_matches('/');
    match bare.char_indices().nth(MOST) {
        Some((at, _)) => [bare.get(..at).unwrap_or(bare), "…"].concat(),
        None => bare.to_string(),
    }
}

/// A bar beside its number, from zero, on the scale of its column.
fn bar(number: f64, (least, most): (f64, f64), mark: Rgb) -> String {
    let whole = if most > least { most - least } else { 1.0 };
    let part = |value: f64| write_plain(((value - least) / whole * 1000.0).round() / 10.0);
    let (from, to) = (number.min(0.0), number.max(0.0));
    let width = write_plain(((to - from) / whole * 1000.0).round() / 10.0);
    [
        "<svg class=\"bar\" width=\"100%\" height=\"6\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect x=\"",
        &part(from),
        "\" width=\"",
        &width,
        "\" height=\"6\" fill=\"",
        &mark.hex(),
        "\"/></svg>",
    ]
    .concat()
}
