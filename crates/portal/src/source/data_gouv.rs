//! How is data.gouv.fr asked for a dataset: its description, then its file or its tabular API?

use encart_table::{Json, Notice, Place};

use super::tabular::Tabular;
use super::{Asked, File, Move, Source, count_at, json_of, list_at, text_at};
use crate::origin::{Origin, day, frequency};
use crate::request::{Answer, Request, refused};
use crate::url::parts;

const PORTAL: &str = "data.gouv.fr";
/// Above this a file is asked of the tabular API, by the columns that matter, when the portal has read it.
const LARGE: u64 = 5_000_000;

#[derive(Debug)]
pub(super) struct DataGouv {
    origin: String,
    dataset: Option<String>,
    resource: Option<String>,
    found: Origin,
    /// The file that was chosen, when it has been.
    chosen: Option<Resource>,
    tabular: Option<Tabular>,
    notices: Vec<Notice>,
    state: State,
}

#[derive(Debug, PartialEq)]
enum State {
    /// Which dataset has this resource?
    Resource,
    Dataset,
    Tabular,
    /// The Parquet export, in the place of a large file.
    Parquet,
    File,
}

#[derive(Debug, Clone, Default)]
struct Resource {
    id: String,
    title: String,
    url: String,
    format: String,
    is_main: bool,
    /// Whether the tabular API serves it.
    is_parsed: bool,
    /// Whether another site's page may read it; unknown for most.
    allows_pages: Option<bool>,
    n_bytes: Option<u64>,
    /// The same as Parquet, in the portal's own store.
    parquet: Option<String>,
    /// The national schema that its producer declares.
    schema: Option<String>,
    updated: Option<String>,
}

impl Resource {
    fn read(json: &Json) -> Option<Resource> {
        let extra = |name: &str| json.get("extras").and_then(|extras| extras.get(name));
        let is_file = json.get("filetype").and_then(Json::as_str) == Some("file");
        let allowed = extra("check:cors:allow-origin").and_then(Json::as_str);
        Some(Resource {
            id: text_at(json, "id")?,
            title: text_at(json, "title").unwrap_or_default(),
            url: text_at(json, "url").filter(|url| parts(url).is_some())?,
            format: text_at(json, "format").unwrap_or_default().to_ascii_lowercase(),
            is_main: json.get("type").and_then(Json::as_str) == Some("main"),
            is_parsed: extra("analysis:parsing:parsing_table").is_some_and(|table| *table != Json::Null),
            allows_pages: if is_file { Some(true) } else { allowed.map(|origin| origin == "*") },
            n_bytes: count_at(json, "filesize")
                .or_else(|| crate::plan::read_number(extra("check:headers:content-length")?).map(|n| n as u64)),
            schema: text_at(json, "schema.url").or_else(|| text_at(json, "schema.name")),
            parquet: extra("analysis:parsing:parquet_url")
                .and_then(Json::as_str)
                .filter(|url| parts(url).is_some())
                .map(str::to_string),
            updated: text_at(json, "last_modified").as_deref().and_then(day),
        })
    }

    /// The latest year that the title names, 0 when it names none.
    fn year(&self) -> u32 {
        let words = self.title.split(|letter: char| !letter.is_ascii_digit());
        words
            .filter(|word| word.len() == 4)
            .filter_map(|word| word.parse().ok())
            .filter(|year| (1990..2100).contains(year))
            .max()
            .unwrap_or(0)
    }

    /// How likely this is the table of the dataset: what the portal has read, then formats that are tables.
    fn rank(&self) -> u32 {
        const TABLES: [&str; 12] =
            ["csv", "csv.gz", "tsv", "parquet", "json", "ndjson", "geojson", "xlsx", "ods", "topojson", "xls", "txt"];
        let position = TABLES.iter().position(|format| *format == self.format);
        let by_format = position.map_or(0, |position| 100 - position as u32);
        by_format + if self.is_main { 200 } else { 0 } + if self.is_parsed { 50 } else { 0 }
    }
}

impl DataGouv {
    pub(super) fn new(origin: String, dataset: Option<String>, resource: Option<String>) -> DataGouv {
        DataGouv {
            origin,
            dataset,
            resource,
            found: Origin::default(),
            chosen: None,
            tabular: None,
            notices: Vec::new(),
            state: State::Dataset,
        }
    }

    fn ask_dataset(&mut self, dataset: &str) -> Move {
        self.state = State::Dataset;
        Move::Ask(Request::get(format!("{}/api/1/datasets/{}/", self.origin, crate::url::encode(dataset))))
    }

    fn describe(&mut self, json: &Json) {
        let producer = text_at(json, "organization.name").or_else(|| {
            let name = |part: &str| text_at(json, &format!("owner.{part}")).unwrap_or_default();
            let name = [name("first_name"), name("last_name")].join(" ").trim().to_string();
            (!name.is_empty()).then_some(name)
        });
        self.found = Origin {
            title: text_at(json, "title"),
            producer,
            licence: text_at(json, "license").filter(|licence| licence != "notspecified"),
            updated: text_at(json, "last_update").or_else(|| text_at(json, "last_modified")).as_deref().and_then(day),
            frequency: text_at(json, "frequency").as_deref().and_then(frequency).map(str::to_string),
            page: text_at(json, "page")
                .or_else(|| text_at(json, "slug").map(|slug| format!("{}/datasets/{slug}/", self.origin))),
            file: None,
            schema: None,
        };
    }

    fn choose(&mut self, json: &Json) -> Result<Resource, Notice> {
        let resources: Vec<Resource> = list_at(json, "resources").iter().filter_map(Resource::read).collect();
        if let Some(id) = &self.resource {
            let found = resources.into_iter().find(|resource| resource.id == *id);
            return found.ok_or_else(|| no_resource(Some(id)));
        }
        let mut tables: Vec<Resource> = resources.into_iter().filter(|resource| resource.rank() % 200 > 0).collect();
        // of those of one rank the one with the latest year in its title, else the first
        let best = tables.iter().map(Resource::rank).max().unwrap_or(0);
        let latest = tables.iter().filter(|resource| resource.rank() == best).map(Resource::year).max();
        let others: Vec<String> =
            tables.iter().map(|resource| format!("{} ({})", resource.title, resource.id)).collect();
        let idx = tables
            .iter()
            .position(|resource| resource.rank() == best && Some(resource.year()) == latest)
            .ok_or_else(|| no_resource(None))?;
        let chosen = tables.swap_remove(idx);
        if others.len() > 1 {
            let list = others.iter().take(6).cloned().collect::<Vec<_>>().join(" ; ");
            self.notices.push(Notice::info(
                "datagouv.chosen",
                Place::column("src"),
                format_args!(
                    "le jeu de données a {} fichiers ; « {} » est lu. Pour un autre, ajoutez son identifiant : {list}.",
                    others.len(),
                    chosen.title
                ),
                format_args!(
                    "the dataset has {} files; “{}” is read. For another, add its identifier: {list}.",
                    others.len(),
                    chosen.title
                ),
            ));
        }
        Ok(chosen)
    }

    /// The file itself: it holds what its producer wrote, reasons of missing values and all.
    fn read_file(&mut self) -> Move {
        self.state = State::File;
        let Some(chosen) = &self.chosen else { return Move::Failed(no_resource(None)) };
        let n_taken = 0;
        Move::Read(File {
            address: chosen.url.clone(),
            notices: std::mem::take(&mut self.notices),
            n_taken,
            ..File::default()
        })
    }

    fn ask_tabular(&mut self, asked: &Asked) -> Option<Move> {
        let chosen = self.chosen.as_ref().filter(|chosen| chosen.is_parsed)?;
        // other catalogues of the same make have no tabular API
        let base = match self.origin.as_str() {
            "https://www.data.gouv.fr" => "https://tabular-api.data.gouv.fr".to_string(),
            other if other.starts_with("http://") => format!("{other}/tabular"),
            _ => return None,
        };
        self.state = State::Tabular;
        let tabular = self.tabular.insert(Tabular::new(base, chosen.id.clone(), chosen.url.clone()));
        Some(tabular.start(asked))
    }
}

fn no_resource(id: Option<&str>) -> Notice {
    let (fr, en) = match id {
        Some(id) => {
            (format!("ce jeu de données n’a pas de fichier « {id} »"), format!("this dataset has no file “{id}”"))
        }
        None => (
            "ce jeu de données n’a pas de fichier à lire (CSV, JSON, XLSX, Parquet)".to_string(),
            "this dataset has no file to read (CSV, JSON, XLSX, Parquet)".to_string(),
        ),
    };
    Notice::error(
        "datagouv.no-resource",
        Place::column("src"),
        format_args!("{fr}. Copiez l’adresse du fichier depuis sa page."),
        format_args!("{en}. Copy the file’s address from its page."),
    )
}

impl Source for DataGouv {
    fn start(&mut self, _: &Asked) -> Move {
        match (&self.dataset, &self.resource) {
            (Some(dataset), _) => {
                let dataset = dataset.clone();
                self.ask_dataset(&dataset)
            }
            (None, resource) => {
                self.state = State::Resource;
                let id = crate::url::encode(resource.as_deref().unwrap_or(""));
                Move::Ask(Request::get(format!("{}/api/2/datasets/resources/{id}/", self.origin)))
            }
        }
    }

    fn answer(&mut self, asked: &Asked, answer: &Answer) -> Move {
        if self.state == State::Tabular
            && let Some(tabular) = &mut self.tabular
        {
            let next = tabular.answer(asked, answer);
            let is_file = matches!(&next, Move::Read(file) if !file.is_plain);
            return match next {
                // it cannot: the file itself, if pages may read it
                Move::Failed(notice)
                    if self.chosen.as_ref().is_some_and(|chosen| chosen.allows_pages != Some(false)) =>
                {
                    self.notices.push(Notice { level: encart_table::Level::Info, ..notice });
                    self.read_file()
                }
                // too many rows for the API: the columns that matter, where there is an export
                next if is_file => match self.chosen.as_mut().and_then(|chosen| chosen.parquet.take()) {
                    Some(address) => {
                        self.state = State::Parquet;
                        Move::Read(File { address, is_copy: true, ..File::default() })
                    }
                    None => {
                        self.state = State::File;
                        next
                    }
                },
                next => next,
            };
        }
        if !answer.is_ok() {
            if self.state == State::Parquet {
                return self.read_file();
            }
            if self.state == State::File {
                // its host does not let pages read it: the portal has a copy of what it could read
                if self.tabular.is_none()
                    && let Some(next) = self.ask_tabular(asked)
                {
                    return next;
                }
                return Move::Failed(refused(answer, &answer.address, None));
            }
            let said = Json::parse(&answer.text(), "src").ok().and_then(|json| text_at(&json, "message"));
            return Move::Failed(refused(answer, PORTAL, said));
        }
        let json = match json_of(answer, PORTAL) {
            Ok(json) => json,
            Err(notice) => return Move::Failed(notice),
        };
        if self.state == State::Resource {
            return match text_at(&json, "dataset_id") {
                Some(dataset) => self.ask_dataset(&dataset),
                None => Move::Failed(no_resource(self.resource.as_deref())),
            };
        }
        self.describe(&json);
        let chosen = match self.choose(&json) {
            Ok(chosen) => chosen,
            Err(notice) => return Move::Failed(notice),
        };
        self.found.file = Some(chosen.url.clone());
        self.found.schema.clone_from(&chosen.schema);
        if chosen.updated.is_some() {
            self.found.updated.clone_from(&chosen.updated);
        }
        let is_large = chosen.n_bytes.is_some_and(|n_bytes| n_bytes > LARGE);
        let is_closed = chosen.allows_pages == Some(false);
        self.chosen = Some(chosen);
        if (is_large || is_closed)
            && let Some(next) = self.ask_tabular(asked)
        {
            return next;
        }
        self.read_file()
    }

    fn origin(&self) -> Origin {
        self.found.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_files_the_likely_one_is_read() {
        let file = |title: &str, format: &str, kind: &str| {
            format!(
                r#"{{"id": "{title}", "title": "{title}", "url": "https://x.fr/{title}", "format": "{format}", "type": "{kind}"}}"#
            )
        };
        for (files, expected) in [
            (vec![file("notice", "pdf", "documentation"), file("table", "csv", "main")], Some("table")),
            (vec![file("valeurs 2019", "csv", "main"), file("valeurs 2023", "csv", "main")], Some("valeurs 2023")),
            (vec![file("a", "xlsx", "main"), file("b", "csv", "main")], Some("b")),
            (vec![file("métadonnées", "csv", "documentation"), file("données", "xlsx", "main")], Some("données")),
            (vec![file("notice", "pdf", "main")], None),
        ] {
            let json = Json::parse(&format!(r#"{{"resources": [{}]}}"#, files.join(",")), "").unwrap();
            let mut portal = DataGouv::new(String::new(), Some("x".into()), None);
            let chosen = portal.choose(&json).ok().map(|resource| resource.title);
            assert_eq!(chosen.as_deref(), expected);
        }
    }
}
