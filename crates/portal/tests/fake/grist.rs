//! What would a Grist document answer? Dates are seconds, columns have identifiers beside their labels.

use encart_table::Json;
use encart_table::day::read_period;

use super::{Cell, Dataset, Kind, Portal, Sent, compare, parameter};

pub(crate) struct Grist {
    pub(crate) dataset: Dataset,
    pub(crate) sent: Sent,
}

fn id(label: &str) -> String {
    label.to_uppercase()
}

impl Portal for Grist {
    fn src(&self) -> &'static str {
        "grist:grist.exemple.fr/doc/Budget"
    }

    fn n_sent(&self) -> usize {
        self.sent.count()
    }

    fn answer(&self, path: &str, parameters: &[(String, String)], _: &str) -> (u16, String) {
        match path {
            "api/docs/doc/tables/Budget/columns" => {
                let columns: Vec<String> = self
                    .dataset
                    .columns
                    .iter()
                    .map(|(name, kind)| {
                        let kind = match kind {
                            Kind::Text => "Text",
                            Kind::Number => "Numeric",
                            Kind::Date => "Date",
                        };
                        format!("{{\"id\":\"{}\",\"fields\":{{\"label\":\"{name}\",\"type\":\"{kind}\"}}}}", id(name))
                    })
                    .collect();
                (200, format!("{{\"columns\":[{}]}}", columns.join(",")))
            }
            "api/docs/doc/tables/Budget/records" => {
                let mut rows: Vec<&Vec<Cell>> = self.dataset.rows.iter().collect();
                let filter = parameter(parameters, "filter").map(|filter| Json::parse(filter, "").unwrap());
                for (column, values) in filter.iter().flat_map(|filter| filter.as_object().unwrap().iter()) {
                    let idx = self.dataset.columns.iter().position(|(name, _)| id(name) == column).unwrap();
                    rows.retain(|row| {
                        values.as_list().unwrap().iter().any(|value| match value {
                            Json::Number(number) => {
                                compare(&row[idx], "=", &Cell::Number((number * 100.0).round() as i64))
                            }
                            value => compare(&row[idx], "=", &Cell::Text(value.as_str().unwrap().to_string())),
                        })
                    });
                }
                let limit = parameter(parameters, "limit").map_or(usize::MAX, |limit| limit.parse().unwrap());
                rows.truncate(limit);
                self.sent.add(rows.len());
                let records: Vec<String> = rows
                    .iter()
                    .enumerate()
                    .map(|(idx, row)| {
                        let cells: Vec<String> = self
                            .dataset
                            .columns
                            .iter()
                            .zip(row.iter())
                            .map(|((name, _), cell)| {
                                let written = match cell {
                                    Cell::Date(day) => {
                                        (i64::from(read_period(day).unwrap().start) * 86_400).to_string()
                                    }
                                    cell => cell.json(),
                                };
                                format!("\"{}\":{written}", id(name))
                            })
                            .collect();
                        format!("{{\"id\":{},\"fields\":{{{}}}}}", idx + 1, cells.join(","))
                    })
                    .collect();
                (200, format!("{{\"records\":[{}]}}", records.join(",")))
            }
            other => panic!("{other} is not asked"),
        }
    }
}
