//! How many charts does one core draw in a second, from the bytes of a CSV to SVG? `cargo run --release --example rate FILE X Y`
#![allow(clippy::print_stdout, reason = "it says a number")]

use std::time::{Duration, Instant};

use encart_chart::{Env, draw, read_spec};
use encart_table::{Period, read_csv};

fn main() {
    let mut words = std::env::args().skip(1);
    let (path, x, y) =
        (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let bytes = std::fs::read(path).unwrap_or_default();
    let (spec, _) = read_spec(&format!(r#"{{"kind": "bar", "x": "{x}", "y": "{y}", "title": "Population"}}"#));
    let env = Env::new(640.0, Period::year(2026));
    let (start, mut count, mut n_bytes) = (Instant::now(), 0_u32, 0);
    while start.elapsed() < Duration::from_secs(2) {
        let (table, _) = read_csv(&bytes, &spec.reading);
        n_bytes = draw(&table.into(), &spec, &env).svg().len();
        count += 1;
    }
    println!("{:.0} {n_bytes}", f64::from(count) / start.elapsed().as_secs_f64());
}
