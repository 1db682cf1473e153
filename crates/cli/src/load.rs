//! Where does the program find specifications and data: a file beside, an address, a portal?

use std::io::Read;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use encart_chart::Spec;
use encart_portal::job::{Conversion, Converted, Flow, Order};
use encart_portal::{Answer, Ask, Job, Limits, Outcome, Request, next_of_link};
use encart_story::widget::Widget;
use encart_table::sniff::Format;
use encart_table::zone::Zone;
use encart_table::{Notice, Place};

use crate::Failure;

/// A specification with its data after its steps, and all there was to say.
pub(crate) struct Loaded {
    pub(crate) widget: Widget,
    pub(crate) spec: Spec,
    pub(crate) outcome: Outcome,
    /// What was said of the specification and of the data.
    pub(crate) notices: Vec<Notice>,
}

/// Reads a specification and its data; `src` is relative to the specification's file.
pub(crate) fn load_spec(path: &str) -> Result<Loaded, Failure> {
    Ok(load_json(&load_text(path)?, path))
}

/// The text of a file.
pub(crate) fn load_text(path: &str) -> Result<String, Failure> {
    String::from_utf8(load_bytes(path)?).map_err(|_| Failure::author(format!("« {path} » n’est pas en UTF-8")))
}

/// Reads a specification that stands in a file, and its data.
pub(crate) fn load_json(json: &str, path: &str) -> Loaded {
    let (widget, mut spec, mut notices) = Widget::read(json);
    let (zone, notice) = spec.timezone.as_deref().map(Zone::read).unwrap_or_default();
    spec.reading.zone = zone;
    notices.extend(notice);
    let Some(src) = spec.src.clone().filter(|_| spec.data.is_none()) else {
        let outcome = read_inline(&spec, &mut notices);
        return Loaded { widget, spec, outcome, notices };
    };
    let order = Order {
        src,
        steps: spec.steps.clone(),
        wanted: spec.wanted(),
        reading: spec.reading.clone(),
        ..Order::default()
    };
    let outcome = run(order, path);
    notices.extend(outcome.notices.iter().cloned());
    for (name, fact) in outcome.origin.facts() {
        spec.take_fact(name, fact);
    }
    Loaded { widget, spec, outcome, notices }
}

/// The data that stand in the specification itself.
fn read_inline(spec: &Spec, notices: &mut Vec<Notice>) -> Outcome {
    let Some(data) = &spec.data else {
        let notice = Notice::error(
            "spec.no-data",
            Place::column("src"),
            format_args!("aucune donnée : écrivez l’adresse du fichier dans « src », ou les données dans « data »."),
            format_args!("no data: write the file’s address in “src”, or the data in “data”."),
        );
        notices.push(notice.clone());
        return Outcome { failure: Some(notice), ..Outcome::default() };
    };
    let (table, said) = encart_table::read::read(data.as_bytes(), &spec.reading);
    notices.extend(said);
    Outcome { prepared: encart_table::prepare(table, &spec.steps), ..Outcome::default() }
}

/// Runs a job to its end; relative addresses are beside the file at `base`.
pub(crate) fn run(order: Order, base: &str) -> Outcome {
    let start = Instant::now();
    let mut job = Job::new(order);
    loop {
        match job.next(start.elapsed().as_secs_f64() * 1000.0) {
            Ask::Fetch(request) => fetch(&mut job, &request, base),
            Ask::Wait(ms) => sleep(Duration::from_millis(ms)),
            Ask::Convert(conversion) => {
                let made = convert(conversion);
                job.converted(made);
            }
            Ask::Inflate(bytes) => {
                let mut inflated = Vec::new();
                // one byte more than a job takes says that it is too large
                let most = Limits::default().bytes + 1;
                let whole = flate2::read::MultiGzDecoder::new(bytes.as_slice()).take(most).read_to_end(&mut inflated);
                job.inflated(whole.is_ok().then_some(inflated));
            }
            Ask::Done => return job.finish(),
        }
    }
}

/// Reads a file of another format with the reader that a page would load.
fn convert(conversion: Conversion) -> Result<Converted, Notice> {
    let Conversion { format, size, parts, columns, conditions, sheet } = conversion;
    if format != Format::Parquet {
        let whole: &[u8] = parts.first().map_or(&[], |(_, bytes)| bytes);
        let encart_sheet::Sheet { csv, file, notices } = encart_sheet::read(whole, sheet.as_deref())?;
        return Ok(match file {
            Some(file) => Converted::File(file, notices),
            None => Converted::Csv(csv, Vec::new(), notices),
        });
    }
    let borrowed = parts.iter().map(|(start, bytes)| (*start, bytes.as_slice())).collect();
    let made = encart_parquet::read(&encart_parquet::Asked { size, parts: borrowed, columns, conditions })?;
    Ok(match made {
        encart_parquet::Answer::Needs(ranges) => Converted::Needs(ranges, parts),
        encart_parquet::Answer::Rows { csv, texts, notices } => Converted::Csv(csv, texts, notices),
    })
}

/// Fetches an address, or reads a file, and tells the job.
fn fetch(job: &mut Job, request: &Request, base: &str) {
    const CHUNK: usize = 1 << 20;
    let address = beside(base, &request.address);
    let mut answer = Answer { address: address.clone(), ..Answer::default() };
    let mut body: Box<dyn Read> = if is_address(&address) {
        let call = ureq::get(&address);
        let call = match request.range_header() {
            Some(range) => call.header("range", range),
            None => call,
        };
        let call = call.config().http_status_as_error(false).build().call();
        match call {
            Ok(response) => {
                let header =
                    |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_string);
                answer.status = response.status().as_u16();
                answer.retry_after = header("retry-after");
                answer.next = header("link").as_deref().and_then(next_of_link);
                answer.length = header("content-length").and_then(|length| length.parse().ok());
                Box::new(response.into_body().into_reader())
            }
            Err(_) => Box::new(std::io::empty()),
        }
    } else {
        match std::fs::File::open(&address) {
            Ok(file) => {
                answer.status = 200;
                Box::new(file)
            }
            Err(_) => {
                answer.status = 404;
                Box::new(std::io::empty())
            }
        }
    };
    job.head(answer);
    let mut chunk = vec![0; CHUNK];
    let is_whole = loop {
        match body.read(&mut chunk) {
            Ok(0) => break true,
            Ok(n_bytes) => {
                if job.chunk(chunk.get(..n_bytes).unwrap_or_default()) == Flow::Enough {
                    break false;
                }
            }
            Err(_) => break false,
        }
    };
    job.end(is_whole);
}

fn is_address(path: &str) -> bool {
    path.starts_with("http://") || path.starts_with("https://")
}

/// An address relative to a file or to another address.
pub(crate) fn beside(base: &str, src: &str) -> String {
    if is_address(src) || Path::new(src).is_absolute() && !is_address(base) {
        return src.to_string();
    }
    if is_address(base) {
        let end =
            if src.starts_with('/') { base.match_indices('/').nth(2).map(|(idx, _)| idx) } else { base.rfind('/') };
        let folder = base.get(..end.unwrap_or(base.len())).unwrap_or(base);
        return format!("{folder}/{}", src.trim_start_matches('/'));
    }
    Path::new(base).parent().unwrap_or(Path::new("")).join(src).to_string_lossy().into_owned()
}

/// The bytes of a file or of an address.
pub(crate) fn load_bytes(path: &str) -> Result<Vec<u8>, Failure> {
    const LARGEST: u64 = 512 * 1024 * 1024;
    if is_address(path) {
        let failed =
            |error: ureq::Error| Failure::author(format!("« {path} » ne répond pas ({error}). Vérifiez l’adresse."));
        let mut response = ureq::get(path).call().map_err(failed)?;
        return response.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(failed);
    }
    std::fs::read(path).map_err(|error| Failure::author(format!("« {path} » : lecture impossible ({error})")))
}
