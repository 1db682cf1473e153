//! How does a statistical cube (JSON-stat) become rows?
//!
//! Format: JSON-stat 2.0 (json-stat.org): `id` names the dimensions, `size` counts their categories, `value` holds one
//! number a cell, the last dimension varying fastest; either a list with nulls, or an object of flat indices.

use crate::json::{Json, Object};
use crate::notice::{Notice, Place};
use crate::read::records::Grid;
use crate::table::Table;
use crate::zone::Zone;

/// Whether a JSON value is a JSON-stat dataset, of version 2 or of a bundle of version 1.
pub fn is_jsonstat(json: &Json) -> bool {
    dataset(json).is_some()
}

fn dataset(json: &Json) -> Option<&Json> {
    let is_dataset = |json: &&Json| json.get("value").is_some() && json.get("dimension").is_some();
    let bundled = || json.as_object()?.iter().map(|(_, value)| value).find(is_dataset);
    Some(json).filter(is_dataset).or_else(bundled)
}

/// One row a cell that holds a value or a status; a column for each dimension (the label of the category, and its code
/// in `… (code)` when it is another word), `value`, and `status` when the cube has some.
pub fn read_jsonstat(json: &Json, zone: Zone) -> (Table, Vec<Notice>) {
    const MOST: usize = 2_000_000;
    // in bytes: each row has words of its own
    const MOST_LETTERS: usize = 500_000_000;
    let Some(cube) = dataset(json) else { return (Table::default(), Vec::new()) };
    let of_v1 = cube.get("dimension");
    let id = cube.get("id").or_else(|| of_v1?.get("id"));
    let size = cube.get("size").or_else(|| of_v1?.get("size"));
    let dimensions: Vec<Dimension> = id
        .and_then(Json::as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(Json::as_str)
        .map(|name| Dimension::read(name, of_v1.and_then(|dimension| dimension.get(name))))
        .collect();
    let sizes: Vec<usize> = size
        .and_then(Json::as_list)
        .unwrap_or_default()
        .iter()
        .map(|size| size.as_number().unwrap_or(0.0) as usize)
        .collect();
    let n_cells = sizes.iter().try_fold(1usize, |product, size| product.checked_mul(*size)).unwrap_or(usize::MAX);
    let mut notices = Vec::new();
    let n_letters = dimensions.iter().fold(0, |most, dimension| most + dimension.n_letters());
    if dimensions.len() != sizes.len() || dimensions.is_empty() || n_cells > MOST {
        notices.push(Notice::error(
            "jsonstat.size",
            Place::whole(),
            format_args!(
                "ce cube JSON-stat ne dit pas ses dimensions, ou dépasse {MOST} cases. Demandez-en une partie."
            ),
            format_args!(
                "this JSON-stat cube does not tell its dimensions, or has more than {MOST} cells. Ask for a part of it."
            ),
        ));
        return (Table::default(), notices);
    }
    let (values, statuses) = (cells(cube.get("value"), n_cells), cells(cube.get("status"), n_cells));
    let said = |flat_idx: usize| [&values, &statuses].map(|all| all.get(flat_idx).copied().flatten());
    // of a sparse cube, the cells that nobody speaks of are no rows
    let is_row = |flat_idx: &usize| said(*flat_idx).iter().any(Option::is_some);
    let n_rows = (0..n_cells).filter(is_row).count();
    if n_rows.saturating_mul(n_letters) > MOST_LETTERS {
        notices.push(Notice::error(
            "jsonstat.size",
            Place::whole(),
            format_args!("les libellés de ce cube JSON-stat, écrits à chaque ligne, dépassent {MOST_LETTERS} octets. Demandez-en une partie."),
            format_args!("the labels of this JSON-stat cube, written in each row, exceed {MOST_LETTERS} bytes. Ask for a part of it."),
        ));
        return (Table::default(), notices);
    }
    let mut grid = Grid::new(zone);
    for flat_idx in (0..n_cells).filter(is_row) {
        let [value, status] = said(flat_idx);
        grid.row();
        let mut rest = flat_idx;
        let mut positions = vec![0; sizes.len()];
        for (position, size) in positions.iter_mut().zip(&sizes).rev() {
            (*position, rest) = (rest % size, rest / size);
        }
        for (dimension, position) in dimensions.iter().zip(&positions) {
            let (code, label) = dimension.categories.get(*position).cloned().unwrap_or_default();
            if dimension.has_codes {
                grid.put(&[&dimension.name, " (code)"].concat(), &Json::Text(code));
            }
            grid.put(&dimension.name, &Json::Text(label));
        }
        grid.put("value", value.unwrap_or(&Json::Null));
        if cube.get("status").is_some() {
            grid.put("status", status.unwrap_or(&Json::Null));
        }
    }
    (grid.finish(&[], &mut notices), notices)
}

/// The cells of a dense list, of a sparse object of flat indices, or of a text that holds for all.
fn cells(values: Option<&Json>, n_cells: usize) -> Vec<Option<&Json>> {
    match values {
        Some(Json::List(list)) => list.iter().map(Some).collect(),
        Some(text @ Json::Text(_)) => vec![Some(text); n_cells],
        Some(Json::Object(object)) => {
            let mut cells = vec![None; n_cells];
            for (flat_idx, value) in object.iter() {
                let place = flat_idx.parse::<usize>().ok().and_then(|flat_idx| cells.get_mut(flat_idx));
                if let Some(place) = place {
                    *place = Some(value);
                }
            }
            cells
        }
        _ => Vec::new(),
    }
}

struct Dimension {
    name: String,
    /// Code and label of each category, by position.
    categories: Vec<(String, String)>,
    has_codes: bool,
}

impl Dimension {
    fn read(name: &str, dimension: Option<&Json>) -> Dimension {
        let category = dimension.and_then(|dimension| dimension.get("category"));
        let labels = category.and_then(|category| category.get("label")).and_then(Json::as_object);
        let mut codes: Vec<(usize, String)> = match category.and_then(|category| category.get("index")) {
            Some(Json::List(list)) => {
                list.iter().enumerate().filter_map(|(idx, code)| Some((idx, code.as_attribute()?))).collect()
            }
            Some(Json::Object(index)) => index
                .iter()
                .map(|(code, position)| (position.as_number().unwrap_or(0.0) as usize, code.to_string()))
                .collect(),
            // of a dimension with one category the index may be left out
            _ => {
                labels.map(|labels| labels.iter().map(|(code, _)| (0, code.to_string())).collect()).unwrap_or_default()
            }
        };
        codes.sort_by_key(|(position, _)| *position);
        let label =
            |code: &str| labels.and_then(|labels: &Object| labels.get(code)).and_then(Json::as_str).map(str::to_string);
        let categories: Vec<(String, String)> =
            codes.into_iter().map(|(_, code)| (code.clone(), label(&code).unwrap_or(code))).collect();
        let has_codes = categories.iter().any(|(code, label)| code != label);
        Dimension { name: name.to_string(), categories, has_codes }
    }

    /// How many letters a row has of it, on average.
    fn n_letters(&self) -> usize {
        let all: usize = self.categories.iter().map(|(code, label)| code.len() + label.len()).sum();
        all / self.categories.len().max(1)
    }
}
