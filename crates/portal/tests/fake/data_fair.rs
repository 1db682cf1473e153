//! What would a Data Fair portal answer?

use super::{Cell, Dataset, Kind, Portal, Sent, compare, parameter, read_number};

pub(crate) struct DataFair {
    pub(crate) dataset: Dataset,
    pub(crate) sent: Sent,
    /// The most lines of a page.
    pub(crate) most: usize,
}

impl DataFair {
    fn passes(&self, row: &[Cell], name: &str, value: &str) -> bool {
        let (column, test) = name.rsplit_once('_').expect(name);
        let cell = &row[self.dataset.idx(column)];
        let sign = match test {
            "exists" => return *cell != Cell::Nothing,
            "neq" if *cell == Cell::Nothing => return true,
            "neq" => "!=",
            "eq" => "=",
            "lt" => "<",
            "lte" => "<=",
            "gt" => ">",
            "gte" => ">=",
            other => panic!("{other} is not asked"),
        };
        let literal = match self.dataset.kind(column) {
            Kind::Text => Cell::Text(value.to_string()),
            Kind::Number => read_number(value),
            Kind::Date => Cell::Date(value.to_string()),
        };
        compare(cell, sign, &literal)
    }
}

impl Portal for DataFair {
    fn src(&self) -> &'static str {
        "datafair:data.exemple.fr/budget"
    }

    fn n_sent(&self) -> usize {
        self.sent.count()
    }

    fn answer(&self, path: &str, parameters: &[(String, String)], query: &str) -> (u16, String) {
        const OWN: [&str; 8] = ["size", "select", "sort", "after", "field", "metric", "metric_field", "agg_size"];
        let path = path.strip_prefix("data-fair/api/v1/datasets/budget").expect(path);
        if path.is_empty() {
            let schema: Vec<String> = self
                .dataset
                .columns
                .iter()
                .map(|(name, kind)| match kind {
                    Kind::Text => format!("{{\"key\":\"{name}\",\"type\":\"string\"}}"),
                    Kind::Number => format!("{{\"key\":\"{name}\",\"type\":\"number\"}}"),
                    Kind::Date => format!("{{\"key\":\"{name}\",\"type\":\"string\",\"format\":\"date\"}}"),
                })
                .collect();
            return (200, format!("{{\"slug\":\"budget\",\"schema\":[{}]}}", schema.join(",")));
        }
        let conditions = parameters.iter().filter(|(name, _)| !OWN.contains(&name.as_str()));
        let mut rows: Vec<&Vec<Cell>> = self.dataset.rows.iter().collect();
        for (name, value) in conditions {
            rows.retain(|row| self.passes(row, name, value));
        }
        if path == "/values_agg" {
            let field = parameter(parameters, "field").unwrap().to_string();
            let idx = self.dataset.idx(&field);
            let known: Vec<&Vec<Cell>> = rows.iter().copied().filter(|row| row[idx] != Cell::Nothing).collect();
            let groups: Vec<String> = self
                .dataset
                .groups(&known, std::slice::from_ref(&field))
                .iter()
                .map(|(key, members)| {
                    let metric = parameter(parameters, "metric").map(|metric| {
                        let of = parameter(parameters, "metric_field").unwrap();
                        format!(",\"metric\":{}", self.dataset.aggregate(metric, of, members))
                    });
                    format!("{{\"total\":{},\"value\":{}{}}}", members.len(), key[0].json(), metric.unwrap_or_default())
                })
                .collect();
            self.sent.add(groups.len());
            return (200, format!("{{\"total\":{},\"total_other\":0,\"aggs\":[{}]}}", rows.len(), groups.join(",")));
        }
        assert_eq!(path, "/lines");
        if let Some(sort) = parameter(parameters, "sort") {
            for key in sort.split(',').rev() {
                let idx = self.dataset.idx(key.trim_start_matches('-'));
                rows.sort_by_key(|row| match row[idx].number() {
                    Some(number) if key.starts_with('-') => (false, -number),
                    Some(number) => (false, number),
                    None => (true, 0),
                });
            }
        }
        let after: usize = parameter(parameters, "after").map_or(0, |after| after.parse().unwrap());
        let size: usize = parameter(parameters, "size").unwrap().parse().unwrap();
        assert!(size <= 10_000);
        let page: Vec<&Vec<Cell>> = rows.iter().copied().skip(after).take(size.min(self.most)).collect();
        self.sent.add(page.len());
        let columns: Vec<String> = parameter(parameters, "select")
            .map_or(self.dataset.names(), |select| select.split(',').map(str::to_string).collect());
        // an empty cell is an absent key
        let records: Vec<String> = page
            .iter()
            .enumerate()
            .map(|(idx, row)| {
                let known = columns.iter().filter(|name| row[self.dataset.idx(name)] != Cell::Nothing);
                let cells = known.map(|name| format!("\"{name}\":{}", row[self.dataset.idx(name)].json()));
                format!("{{{}}}", cells.chain([format!("\"_id\":\"x{idx}\"")]).collect::<Vec<_>>().join(","))
            })
            .collect();
        let base: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("after=")).collect();
        let next = (after + page.len() < rows.len()).then(|| {
            format!(
                ",\"next\":\"https://autre-nom.exemple.fr/data-fair/api/v1/datasets/budget/lines?{}&after={}\"",
                base.join("&"),
                after + page.len()
            )
        });
        (200, format!("{{\"total\":{},\"results\":[{}]{}}}", rows.len(), records.join(","), next.unwrap_or_default()))
    }
}
