//! What would each portal answer, if it held this small table? Written from the portals' documentation, without the
//! library's own expressions and verbs: what it computes, it computes in its own way.

pub(crate) mod ckan;
pub(crate) mod data_fair;
pub(crate) mod grist;
pub(crate) mod opendatasoft;
pub(crate) mod tabular;

use std::cell::Cell as Counter;

use encart_portal::job::Order;
use encart_portal::{Answer, Ask, Job, Outcome};
use encart_table::Json;

/// A cell of the fake's table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    /// Hundredths, so that a portal's decimal sums are exact.
    Number(i64),
    Date(String),
    Nothing,
}

/// A column's type, as portals declare them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Text,
    Number,
    Date,
}

/// A dataset: columns, then rows of cells.
#[derive(Debug, Clone)]
pub(crate) struct Dataset {
    pub(crate) columns: Vec<(&'static str, Kind)>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A portal that holds the dataset.
pub(crate) trait Portal {
    /// The `src` that an author writes.
    fn src(&self) -> &'static str;
    /// The answer to a path with decoded parameters; the raw query beside, for portals that read it by hand.
    fn answer(&self, path: &str, parameters: &[(String, String)], query: &str) -> (u16, String);
    /// How many rows it has sent so far.
    fn n_sent(&self) -> usize;
}

/// Rows that a fake has sent.
#[derive(Debug, Default)]
pub(crate) struct Sent(Counter<usize>);

impl Sent {
    pub(crate) fn add(&self, n_rows: usize) {
        self.0.set(self.0.get() + n_rows);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.get()
    }
}

impl Cell {
    pub(crate) fn number(&self) -> Option<i64> {
        if let Cell::Number(number) = self { Some(*number) } else { None }
    }

    /// As a file writes it.
    pub(crate) fn text(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Date(text) => text.clone(),
            Cell::Number(number) if number % 100 == 0 => (number / 100).to_string(),
            Cell::Number(number) => {
                let sign = if *number < 0 { "-" } else { "" };
                format!("{sign}{}.{:02}", number.abs() / 100, number.abs() % 100).trim_end_matches('0').to_string()
            }
            Cell::Nothing => String::new(),
        }
    }

    pub(crate) fn json(&self) -> String {
        match self {
            Cell::Number(_) => self.text(),
            Cell::Nothing => "null".to_string(),
            _ => Json::Text(self.text()).write(),
        }
    }
}

impl Dataset {
    pub(crate) fn idx(&self, column: &str) -> usize {
        self.columns.iter().position(|(name, _)| *name == column).unwrap_or_else(|| panic!("no column {column}"))
    }

    pub(crate) fn kind(&self, column: &str) -> Kind {
        self.columns[self.idx(column)].1
    }

    /// Rows as objects of these columns.
    pub(crate) fn objects(&self, rows: &[&Vec<Cell>], columns: &[String]) -> String {
        let object = |row: &&Vec<Cell>| {
            let cells: Vec<String> = columns
                .iter()
                .map(|name| format!("{}:{}", Json::Text(name.clone()).write(), row[self.idx(name)].json()))
                .collect();
            format!("{{{}}}", cells.join(","))
        };
        format!("[{}]", rows.iter().map(object).collect::<Vec<_>>().join(","))
    }

    pub(crate) fn csv(&self, rows: &[&Vec<Cell>], columns: &[String], delimiter: &str) -> String {
        let quote = |text: String| format!("\"{}\"", text.replace('"', "\"\""));
        let mut lines = vec![columns.iter().cloned().map(quote).collect::<Vec<_>>().join(delimiter)];
        lines.extend(rows.iter().map(|row| {
            columns.iter().map(|name| quote(row[self.idx(name)].text())).collect::<Vec<_>>().join(delimiter)
        }));
        lines.join("\r\n") + "\r\n"
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|(name, _)| name.to_string()).collect()
    }

    /// The rows of each combination of these columns, in the order of the alphabet, as portals give them.
    pub(crate) fn groups<'a>(&self, rows: &[&'a Vec<Cell>], by: &[String]) -> Vec<(Vec<Cell>, Vec<&'a Vec<Cell>>)> {
        let mut groups: Vec<(Vec<Cell>, Vec<&Vec<Cell>>)> = Vec::new();
        for row in rows {
            let key: Vec<Cell> = by.iter().map(|name| row[self.idx(name)].clone()).collect();
            match groups.iter_mut().find(|(other, _)| *other == key) {
                Some((_, members)) => members.push(row),
                None => groups.push((key, vec![row])),
            }
        }
        groups.sort_by_key(|(key, _)| format!("{key:?}"));
        groups
    }

    /// `sum`, `count`, `min`, `max` of a column in some rows, as JSON; `*` counts rows.
    pub(crate) fn aggregate(&self, how: &str, column: &str, rows: &[&Vec<Cell>]) -> String {
        if column == "*" {
            return rows.len().to_string();
        }
        let cells: Vec<&Cell> =
            rows.iter().map(|row| &row[self.idx(column)]).filter(|cell| **cell != Cell::Nothing).collect();
        let numbers: Vec<i64> = cells.iter().filter_map(|cell| cell.number()).collect();
        let made = match how {
            "count" | "value_count" => return cells.len().to_string(),
            "sum" => (!numbers.is_empty()).then(|| numbers.iter().sum()),
            "min" => numbers.iter().min().copied(),
            "max" => numbers.iter().max().copied(),
            other => panic!("{other} is not asked"),
        };
        made.map_or("null".to_string(), |number| Cell::Number(number).text())
    }
}

/// Whether a cell passes a comparison, as SQL has it: what is missing passes none.
pub(crate) fn compare(cell: &Cell, sign: &str, literal: &Cell) -> bool {
    let order = match (cell, literal) {
        (Cell::Number(cell), Cell::Number(literal)) => cell.cmp(literal),
        (Cell::Text(cell), Cell::Text(literal)) | (Cell::Date(cell), Cell::Date(literal)) => cell.cmp(literal),
        (Cell::Nothing, _) => return false,
        (cell, literal) => panic!("{cell:?} is compared with {literal:?}"),
    };
    match sign {
        "=" => order.is_eq(),
        "!=" => order.is_ne(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        other => panic!("{other} is not asked"),
    }
}

/// A number as a query writes it.
pub(crate) fn read_number(text: &str) -> Cell {
    Cell::Number((text.parse::<f64>().expect(text) * 100.0).round() as i64)
}

pub(crate) fn parameter<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

fn decode(text: &str) -> String {
    let (bytes, mut decoded, mut idx) = (text.as_bytes(), Vec::new(), 0);
    while idx < bytes.len() {
        if bytes[idx] == b'%' {
            decoded.push(u8::from_str_radix(&text[idx + 1..idx + 3], 16).unwrap());
            idx += 3;
        } else {
            decoded.push(bytes[idx]);
            idx += 1;
        }
    }
    String::from_utf8(decoded).unwrap()
}

/// Runs a job against a portal, as a shell would: every body in two chunks.
pub(crate) fn run(portal: &dyn Portal, order: Order) -> Outcome {
    let mut job = Job::new(order);
    loop {
        match job.next(0.0) {
            Ask::Fetch(request) => {
                let rest = request.address.split_once("//").unwrap().1;
                let (_, path) = rest.split_once('/').unwrap();
                let (path, query) = path.split_once('?').unwrap_or((path, ""));
                let parameters: Vec<(String, String)> = query
                    .split('&')
                    .filter(|pair| !pair.is_empty())
                    .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                    .map(|(name, value)| (decode(name), decode(value)))
                    .collect();
                let (status, body) = portal.answer(&decode(path), &parameters, query);
                job.head(Answer { address: request.address.clone(), status, ..Answer::default() });
                let (first, second) = body.as_bytes().split_at(body.len() / 2);
                job.chunk(first);
                job.chunk(second);
                job.end(true);
            }
            Ask::Wait(_) => {}
            Ask::Convert(_) | Ask::Inflate(_) => panic!("no fake sends such a file"),
            Ask::Done => return job.finish(),
        }
    }
}
