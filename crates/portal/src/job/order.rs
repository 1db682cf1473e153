//! What is ordered of a job, and what does it give?

use encart_table::json::Object;
use encart_table::read::csv::ReadOptions;
use encart_table::value::say_counts;
use encart_table::zone::Zone;
use encart_table::{Json, Lang, Notice, Prepared, Why};

use crate::origin::Origin;
use crate::request::Limits;

/// What is to be made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Order {
    /// The address, as an author writes it.
    pub src: String,
    /// The steps, as an author writes them.
    pub steps: Json,
    /// The columns that are looked at after the steps; all when none is named.
    pub wanted: Option<Vec<String>>,
    /// How a file is read.
    pub reading: ReadOptions,
    /// How much may be asked.
    pub limits: Limits,
    /// What could not be understood of it.
    pub notices: Vec<Notice>,
}

impl Order {
    /// Reads an order as the page writes it: `{"src": …, "steps": …, "wanted": [ … ], "totals": "keep", "timezone": …}`.
    pub fn read(object: &Object) -> Order {
        let text = |json: &Json| json.as_str().map(str::to_string);
        let wanted = object.get("wanted").and_then(Json::as_list);
        let (zone, notice) = object.get("timezone").and_then(Json::as_str).map(Zone::read).unwrap_or_default();
        Order {
            src: object.get("src").and_then(text).unwrap_or_default(),
            steps: object.get("steps").cloned().unwrap_or_default(),
            wanted: wanted.map(|names| names.iter().filter_map(text).collect()),
            reading: ReadOptions {
                keep_totals: object.get("totals").and_then(Json::as_str) == Some("keep"),
                zone,
                ..ReadOptions::default()
            },
            limits: Limits::default(),
            notices: notice.into_iter().collect(),
        }
    }
}

/// How much it took.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Bytes of all answers.
    pub n_bytes: u64,
    /// Requests, those tried again included.
    pub n_requests: usize,
    /// Milliseconds from the first question to the last.
    pub ms: f64,
    /// Rows of the source that came.
    pub n_rows_read: usize,
    /// Rows after the steps.
    pub n_rows_kept: usize,
    /// Cells without a value, by reason.
    pub missing: Vec<(Why, usize)>,
}

impl Report {
    /// The numbers under their names, as they cross to the page.
    pub fn facts(&self) -> Vec<(String, String)> {
        let missing = self.missing.iter().map(|(why, count)| (format!("missing.{why:?}"), count.to_string()));
        let said = [Lang::Fr, Lang::En].map(|lang| {
            let name = lang.pick("missing.fr", "missing.en");
            (name.to_string(), say_counts(&self.missing, lang))
        });
        let numbers = [
            ("n_bytes", self.n_bytes.to_string()),
            ("n_requests", self.n_requests.to_string()),
            ("ms", (self.ms.round() as u64).to_string()),
            ("n_rows_read", self.n_rows_read.to_string()),
            ("n_rows_kept", self.n_rows_kept.to_string()),
        ];
        numbers.into_iter().map(|(name, number)| (name.to_string(), number)).chain(missing).chain(said).collect()
    }
}

/// What a job made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// The table after the steps.
    pub prepared: Prepared,
    /// What was said while the source was asked and read.
    pub notices: Vec<Notice>,
    /// What the portal says of the dataset.
    pub origin: Origin,
    /// How much it took.
    pub report: Report,
    /// Why there is nothing.
    pub failure: Option<Notice>,
}
