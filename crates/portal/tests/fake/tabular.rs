//! What would data.gouv.fr and its tabular API answer? Query strings are read as api-tabular reads them: decoded, then
//! cut at `&` and `=`.

use super::{Cell, Dataset, Kind, Portal, Sent, compare, read_number};

pub(crate) struct Tabular {
    pub(crate) dataset: Dataset,
    pub(crate) sent: Sent,
    /// Whether aggregation is allowed for the resource.
    pub(crate) aggregates: bool,
}

const RESOURCE: &str = "1c5075ec-7ce1-49cb-ab89-94f507812daf";

impl Tabular {
    fn literal(&self, column: &str, text: &str) -> Cell {
        match self.dataset.kind(column) {
            Kind::Text => Cell::Text(text.to_string()),
            Kind::Number => read_number(text),
            Kind::Date => Cell::Date(text.to_string()),
        }
    }

    fn passes(&self, row: &[Cell], name: &str, value: Option<&str>) -> bool {
        let (column, test) = name.rsplit_once("__").expect(name);
        let cell = &row[self.dataset.idx(column)];
        let sign = match test {
            "isnotnull" => return *cell != Cell::Nothing,
            // null-safe: what is missing differs
            "differs" if *cell == Cell::Nothing => return true,
            "differs" => "!=",
            "exact" => "=",
            "less" => "<=",
            "greater" => ">=",
            "strictly_less" => "<",
            "strictly_greater" => ">",
            other => panic!("{other} is not asked"),
        };
        compare(cell, sign, &self.literal(column, value.expect(name)))
    }
}

impl Portal for Tabular {
    fn src(&self) -> &'static str {
        "datagouv:budget"
    }

    fn n_sent(&self) -> usize {
        self.sent.count()
    }

    fn answer(&self, path: &str, _: &[(String, String)], query: &str) -> (u16, String) {
        if path == "api/1/datasets/budget/" {
            return (
                200,
                format!(
                    "{{\"title\":\"Budget\",\"resources\":[{{\"id\":\"{RESOURCE}\",\"title\":\"budget.csv\",\"type\":\"main\",\"filetype\":\"remote\",\"format\":\"csv\",\"url\":\"https://exemple.fr/budget.csv\",\"filesize\":9000000,\"extras\":{{\"analysis:parsing:parsing_table\":\"x\",\"check:cors:allow-origin\":\"https://exemple.fr\"}}}}]}}"
                ),
            );
        }
        let path = path.strip_prefix(&format!("api/resources/{RESOURCE}")).expect(path);
        if path == "/profile/" {
            let header: Vec<String> = self.dataset.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            let columns: Vec<String> = self
                .dataset
                .columns
                .iter()
                .map(|(name, kind)| {
                    let kind = match kind {
                        Kind::Text => "string",
                        Kind::Number => "float",
                        Kind::Date => "date",
                    };
                    format!("\"{name}\":{{\"python_type\":\"{kind}\"}}")
                })
                .collect();
            let n = self.dataset.rows.len();
            return (
                200,
                format!(
                    "{{\"profile\":{{\"header\":[{}],\"total_lines\":{n},\"columns\":{{{}}}}}}}",
                    header.join(","),
                    columns.join(",")
                ),
            );
        }
        let query = super::decode(query);
        let (mut page, mut size, mut columns, mut by, mut calls) = (1, 20, None, Vec::new(), Vec::new());
        let mut rows: Vec<&Vec<Cell>> = self.dataset.rows.iter().collect();
        for item in query.split('&').filter(|item| !item.is_empty()) {
            let (name, value) = match item.split('=').collect::<Vec<_>>().as_slice() {
                [name] => (*name, None),
                [name, value] => (*name, Some(*value)),
                _ => {
                    return (
                        400,
                        "{\"errors\":[{\"title\":\"Invalid query string\",\"detail\":\"Malformed query\"}]}"
                            .to_string(),
                    );
                }
            };
            match (name, value) {
                ("page", Some(value)) => page = value.parse().unwrap(),
                ("page_size", Some(value)) => size = value.parse().unwrap(),
                ("columns", Some(value)) => columns = Some(value.split(',').map(str::to_string).collect::<Vec<_>>()),
                (name, None) if name.ends_with("__groupby") => by.push(name.trim_end_matches("__groupby").to_string()),
                (name, None) if ["__sum", "__count", "__min", "__max"].iter().any(|call| name.ends_with(call)) => {
                    calls.push(name.to_string())
                }
                (name, value) => rows.retain(|row| self.passes(row, name, value)),
            }
        }
        assert!(size <= 50, "the API refuses pages of more than 50");
        if !by.is_empty() {
            if !self.aggregates {
                return (
                    403,
                    "{\"errors\":[{\"title\":\"Unauthorized parameters\",\"detail\":\"Aggregation is not allowed\"}]}"
                        .to_string(),
                );
            }
            let groups: Vec<String> = self
                .dataset
                .groups(&rows, &by)
                .iter()
                .map(|(key, members)| {
                    let keys = by.iter().zip(key).map(|(name, cell)| format!("\"{name}\":{}", cell.json()));
                    let made = calls.iter().map(|call| {
                        let (column, how) = call.rsplit_once("__").unwrap();
                        format!("\"{call}\":{}", self.dataset.aggregate(how, column, members))
                    });
                    format!("{{{}}}", keys.chain(made).collect::<Vec<_>>().join(","))
                })
                .skip((page - 1) * size)
                .take(size)
                .collect();
            self.sent.add(groups.len());
            return (
                200,
                format!("{{\"data\":[{}],\"meta\":{{\"page\":{page},\"page_size\":{size}}}}}", groups.join(",")),
            );
        }
        assert_eq!(path, "/data/csv/");
        self.sent.add(rows.len());
        (200, self.dataset.csv(&rows, &columns.unwrap_or(self.dataset.names()), ","))
    }
}
