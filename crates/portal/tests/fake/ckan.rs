//! What would a CKAN with a datastore answer? Numbers are texts, as PostgreSQL's `numeric` is given.

use encart_table::Json;

use super::{Cell, Dataset, Kind, Portal, Sent, compare, parameter};

pub(crate) struct Ckan {
    pub(crate) dataset: Dataset,
    pub(crate) sent: Sent,
    /// The most rows of a page that the server allows.
    pub(crate) most: usize,
}

impl Portal for Ckan {
    fn src(&self) -> &'static str {
        "ckan:donnees.exemple.fr/budget"
    }

    fn n_sent(&self) -> usize {
        self.sent.count()
    }

    fn answer(&self, path: &str, parameters: &[(String, String)], _: &str) -> (u16, String) {
        match path {
            "api/3/action/package_show" => (
                200,
                "{\"success\":true,\"result\":{\"name\":\"budget\",\"resources\":[{\"id\":\"r1\",\"url\":\"https://exemple.fr/b.csv\",\"format\":\"CSV\",\"datastore_active\":true}]}}".to_string(),
            ),
            "api/3/action/datastore_search" => {
                let mut rows: Vec<(usize, &Vec<Cell>)> = self.dataset.rows.iter().enumerate().collect();
                let filters = parameter(parameters, "filters").map(|filters| Json::parse(filters, "").unwrap());
                for (column, values) in filters.iter().flat_map(|filters| filters.as_object().unwrap().iter()) {
                    let idx = self.dataset.idx(column);
                    let is_one = |row: &Vec<Cell>| {
                        values.as_list().unwrap().iter().any(|value| match value {
                            Json::Number(number) => compare(&row[idx], "=", &Cell::Number((number * 100.0).round() as i64)),
                            Json::Text(text) => compare(&row[idx], "=", &Cell::Text(text.clone())),
                            other => panic!("{other:?} is not asked"),
                        })
                    };
                    rows.retain(|(_, row)| is_one(row));
                }
                let total = rows.len();
                let offset: usize = parameter(parameters, "offset").unwrap().parse().unwrap();
                let limit: usize = parameter(parameters, "limit").unwrap().parse().unwrap();
                let columns = parameter(parameters, "fields").map_or(self.dataset.names(), |fields| fields.split(',').map(str::to_string).collect());
                let page: Vec<String> = rows
                    .iter()
                    .skip(offset)
                    .take(limit.min(self.most))
                    .map(|(row_idx, row)| {
                        let cells = columns.iter().map(|name| {
                            let cell = &row[self.dataset.idx(name)];
                            let written = if cell.number().is_some() { format!("\"{}\"", cell.text()) } else { cell.json() };
                            format!("\"{name}\":{written}")
                        });
                        format!("{{\"_id\":{},{}}}", row_idx + 1, cells.collect::<Vec<_>>().join(","))
                    })
                    .collect();
                if limit > 1 {
                    self.sent.add(page.len());
                }
                let fields: Vec<String> = self
                    .dataset
                    .columns
                    .iter()
                    .map(|(name, kind)| {
                        let kind = match kind {
                            Kind::Text => "text",
                            Kind::Number => "numeric",
                            Kind::Date => "timestamp",
                        };
                        format!("{{\"id\":\"{name}\",\"type\":\"{kind}\"}}")
                    })
                    .collect();
                (
                    200,
                    format!(
                        "{{\"success\":true,\"result\":{{\"fields\":[{{\"id\":\"_id\",\"type\":\"int\"}},{}],\"records\":[{}],\"total\":{total},\"_links\":{{\"next\":\"/api/3/action/datastore_search?offset=99\"}}}}}}",
                        fields.join(","),
                        page.join(",")
                    ),
                )
            }
            other => panic!("{other} is not asked"),
        }
    }
}
