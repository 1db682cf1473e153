//! How is the site served on this machine, with the headers a council's server would send?

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use crate::{Outcome, build, root};

/// A server that listens until the program ends.
pub(crate) struct Server {
    pub(crate) port: u16,
    thread: JoinHandle<()>,
}

impl Server {
    pub(crate) fn wait(self) -> Outcome {
        self.thread.join().map_err(|_| "le serveur s’est arrêté".to_string())
    }
}

/// Serves on 127.0.0.1; port 0 takes any free one.
pub(crate) fn start(port: u16) -> Outcome<Server> {
    let busy = |error: std::io::Error| {
        format!("le port {port} n’est pas libre ({error}) : essayez --port {}", port.wrapping_add(1))
    };
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(busy)?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    let thread = std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    Ok(Server { port, thread })
}

struct Answer {
    status: &'static str,
    mime: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// The length that is announced, when it is not the body's: a file cut on its way.
    announced: Option<usize>,
}

impl Answer {
    fn new(status: &'static str, mime: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status, mime, headers: Vec::new(), body: body.into(), announced: None }
    }
}

fn answer(stream: TcpStream) {
    let mut reader = BufReader::new(&stream);
    let mut line = String::new();
    if reader.read_line(&mut line).is_err() {
        return;
    }
    // the headers of a request say nothing that a file depends on
    let mut header = String::new();
    while reader.read_line(&mut header).is_ok_and(|length| length > 2) {
        header.clear();
    }
    let path = line.split_whitespace().nth(1).unwrap_or("/");
    let answer = route(path.split(['?', '#']).next().unwrap_or("/"));
    let length = answer.announced.unwrap_or(answer.body.len());
    let mut head = format!(
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {length}\r\nConnection: close\r\nCache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\n",
        answer.status, answer.mime
    );
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let mut out = &stream;
    // a browser that left before the end is no error
    let _ = out.write_all(head.as_bytes()).and_then(|()| out.write_all(&answer.body));
}

/// The policies that the host pages are served with.
const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:";
const NO_WASM: &str =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:";

fn route(path: &str) -> Answer {
    // answers that portals give on bad days, for the browser tests
    match path {
        "/panne/404.csv" => return Answer::new("404 Not Found", "text/html", "<!doctype html><title>404</title>"),
        "/panne/500.csv" => return Answer::new("500 Internal Server Error", "text/plain", "panne"),
        "/panne/page.csv" => {
            return Answer::new(
                "200 OK",
                "text/html; charset=utf-8",
                "<!doctype html><html><title>Connexion</title></html>",
            );
        }
        "/panne/vide.csv" => return Answer::new("200 OK", "text/csv", ""),
        "/panne/coupe.csv" => {
            return Answer {
                announced: Some(4000),
                ..Answer::new("200 OK", "text/csv", "annee;montant\n2020;1\n2021;2\n")
            };
        }
        _ => {}
    }
    let (folder, rest) = match path.strip_prefix("/encart/") {
        Some(rest) => (build::dist(), rest),
        // where a site copies it to
        None if path.strip_prefix('/') == Some(build::OFFLINE) => (build::dist(), build::OFFLINE),
        None => match (path.strip_prefix("/tests/"), path.strip_prefix("/www/")) {
            (Some(rest), _) => (root().join("tests"), rest),
            (_, Some(rest)) => (root().join("www"), rest),
            _ => (root().join("www"), path.trim_start_matches('/')),
        },
    };
    let rest = if rest.is_empty() || rest.ends_with('/') { format!("{rest}index.html") } else { rest.to_string() };
    let Some(file) = inside(&folder, &rest) else {
        return Answer::new("404 Not Found", "text/plain; charset=utf-8", "404");
    };
    let Ok(body) = fs::read(&file) else { return Answer::new("404 Not Found", "text/plain; charset=utf-8", "404") };
    let mut answer = Answer::new("200 OK", mime(&file), body);
    if ["/encart/", "/data/"].iter().any(|shared| path.starts_with(shared)) {
        // a frame that is closed in itself is of no origin
        answer.headers.push(("Access-Control-Allow-Origin", "*".into()));
    }
    match rest.as_str() {
        "host.html" => answer.headers.push(("Content-Security-Policy", STRICT.into())),
        "host-sans-wasm.html" => answer.headers.push(("Content-Security-Policy", NO_WASM.into())),
        _ => {}
    }
    answer
}

/// A file of a folder; none when the path climbs out of it.
fn inside(folder: &Path, rest: &str) -> Option<PathBuf> {
    let climbs = rest.split('/').any(|part| part == ".." || part.contains('\\'));
    (!climbs).then(|| folder.join(rest))
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        // the bytes decide the encoding, not the header
        Some("csv") => "text/csv",
        _ => "application/octet-stream",
    }
}
