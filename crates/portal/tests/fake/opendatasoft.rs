//! What would Opendatasoft's Explore API v2.1 answer?

use super::{Cell, Dataset, Kind, Portal, Sent, compare, parameter, read_number};

pub(crate) struct Opendatasoft {
    pub(crate) dataset: Dataset,
    pub(crate) sent: Sent,
    /// Whether it refuses every query, as a portal with another version would.
    pub(crate) refuses: bool,
}

impl Opendatasoft {
    fn kept(&self, clause: &str) -> Vec<&Vec<Cell>> {
        let terms: Vec<&str> = clause.split(" and ").filter(|term| !term.is_empty()).collect();
        self.dataset.rows.iter().filter(|row| terms.iter().all(|term| self.passes(row, term))).collect()
    }

    fn passes(&self, row: &[Cell], term: &str) -> bool {
        let (column, rest) = term.strip_prefix('`').and_then(|term| term.split_once('`')).expect(term);
        let cell = &row[self.dataset.idx(column)];
        let (sign, literal) = rest.trim().split_once(' ').expect(term);
        if sign == "is" {
            return literal == "not null" && *cell != Cell::Nothing;
        }
        if sign == "in" {
            let list = literal.trim_start_matches('(').trim_end_matches(')');
            return list.split(", ").any(|literal| compare(cell, "=", &self.literal(literal)));
        }
        // as a search engine: what is missing differs from everything
        if sign == "!=" && *cell == Cell::Nothing {
            return true;
        }
        compare(cell, sign, &self.literal(literal))
    }

    fn literal(&self, text: &str) -> Cell {
        if let Some(day) = text.strip_prefix("date'") {
            return Cell::Date(day.trim_end_matches('\'').to_string());
        }
        match text.strip_prefix('"') {
            Some(text) => Cell::Text(text.strip_suffix('"').unwrap().replace("\\\"", "\"").replace("\\\\", "\\")),
            None => read_number(text),
        }
    }

    fn groups(&self, rows: &[&Vec<Cell>], select: &str, by: &[String], limit: usize) -> String {
        let made = self.dataset.groups(rows, by).into_iter().take(limit).map(|(key, members)| {
            let parts = select.split(',').map(|part| match part.split_once(" as ") {
                Some((call, name)) => {
                    let (how, of) = call.trim_end_matches(')').split_once('(').unwrap();
                    format!("\"{name}\":{}", self.dataset.aggregate(how, of.trim_matches('`'), &members))
                }
                None => {
                    let name = part.trim_matches('`');
                    format!("\"{name}\":{}", key[by.iter().position(|other| other == name).unwrap()].json())
                }
            });
            format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
        });
        let made: Vec<String> = made.collect();
        self.sent.add(made.len());
        format!("{{\"results\":[{}]}}", made.join(","))
    }
}

impl Portal for Opendatasoft {
    fn src(&self) -> &'static str {
        "ods:data.exemple.fr/budget"
    }

    fn n_sent(&self) -> usize {
        self.sent.count()
    }

    fn answer(&self, path: &str, parameters: &[(String, String)], _: &str) -> (u16, String) {
        let path = path.strip_prefix("api/explore/v2.1/catalog/datasets/budget").expect(path);
        if path.is_empty() {
            let fields = self.dataset.columns.iter().map(|(name, kind)| {
                let kind = match kind {
                    Kind::Text => "text",
                    Kind::Number => "double",
                    Kind::Date => "date",
                };
                format!("{{\"name\":\"{name}\",\"label\":\"{name}\",\"type\":\"{kind}\"}}")
            });
            let fields = fields.collect::<Vec<_>>().join(",");
            let n = self.dataset.rows.len();
            return (200, format!("{{\"metas\":{{\"default\":{{\"records_count\":{n}}}}},\"fields\":[{fields}]}}"));
        }
        let is_query = ["where", "group_by", "order_by"].iter().any(|name| parameter(parameters, name).is_some());
        if self.refuses && is_query {
            return (400, "{\"message\":\"ODSQL query is malformed\",\"error_code\":\"ODSQLError\"}".to_string());
        }
        let mut rows = self.kept(parameter(parameters, "where").unwrap_or(""));
        let total = rows.len();
        let select = parameter(parameters, "select");
        let limit = parameter(parameters, "limit").map(|limit| limit.parse::<usize>().unwrap());
        if path == "/records" {
            if let Some(select) = select.filter(|select| select.contains(" as ")) {
                let by = parameter(parameters, "group_by")
                    .map(|by| by.split(',').map(|name| name.trim_matches('`').to_string()).collect::<Vec<_>>());
                let limit = limit.unwrap_or(10);
                assert!(limit <= 20_000);
                return (200, self.groups(&rows, select, &by.unwrap_or_default(), limit));
            }
            assert!(limit.is_none_or(|limit| limit <= 100), "the API refuses more than 100 records");
        }
        if let Some(order) = parameter(parameters, "order_by") {
            for key in order.split(',').rev() {
                let (column, direction) = key.split_once(' ').unwrap();
                let idx = self.dataset.idx(column.trim_matches('`'));
                rows.sort_by(|one, other| match (&one[idx], &other[idx]) {
                    (Cell::Nothing, Cell::Nothing) => std::cmp::Ordering::Equal,
                    (Cell::Nothing, _) => std::cmp::Ordering::Greater,
                    (_, Cell::Nothing) => std::cmp::Ordering::Less,
                    (one, other) => {
                        let order = if compare(one, "<", other) {
                            std::cmp::Ordering::Less
                        } else if compare(one, ">", other) {
                            std::cmp::Ordering::Greater
                        } else {
                            std::cmp::Ordering::Equal
                        };
                        if direction == "desc" { order.reverse() } else { order }
                    }
                });
            }
        }
        rows.truncate(limit.unwrap_or(usize::MAX));
        self.sent.add(if select.is_none() && limit == Some(1) { 0 } else { rows.len() });
        let columns = select.map_or(self.dataset.names(), |select| {
            select.split(',').map(|name| name.trim_matches('`').to_string()).collect()
        });
        match path {
            "/records" => {
                (200, format!("{{\"total_count\":{total},\"results\":{}}}", self.dataset.objects(&rows, &columns)))
            }
            "/exports/csv" => (200, self.dataset.csv(&rows, &columns, ";")),
            other => panic!("{other} is not asked"),
        }
    }
}
