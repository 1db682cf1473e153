//! Any address, any steps, any answers: a job ends, whatever a server says.
#![no_main]

use encart_fuzz::{assert_rectangle, parts, text};
use encart_portal::job::{Converted, Order};
use encart_portal::{Answer, Ask, FetchError, Job, next_of_link};
use encart_table::{Json, Notice, Place};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [src, steps, link, answers] = parts(data);
    let steps = Json::parse(&text(steps), "steps").unwrap_or_default();
    // of each answer the first byte says how it comes
    let answers: Vec<&[u8]> = answers.split(|byte| *byte == encart_fuzz::SEPARATOR).collect();
    let next = next_of_link(&text(link));
    let mut job = Job::new(Order { src: text(src), steps, ..Order::default() });
    let mut n_asked = 0;
    for _ in 0..2_000 {
        match job.next(n_asked as f64 * 10.0) {
            Ask::Fetch(request) => {
                let (how, body) = answers
                    .get(n_asked % answers.len())
                    .and_then(|answer| answer.split_first())
                    .unwrap_or((&b'0', b""));
                n_asked += 1;
                let (status, is_whole) = match how {
                    b'1' => (404, true),
                    b'2' => (503, true),
                    b'3' => (200, false),
                    b'4' => (206, true),
                    b'5' => (0, true),
                    _ => (200, true),
                };
                let error = if status == 0 { FetchError::of_word("cors") } else { FetchError::default() };
                let length = (*how == b'3').then_some(1_000_000);
                job.head(Answer {
                    address: request.address,
                    status,
                    error,
                    next: next.clone(),
                    length,
                    ..Answer::default()
                });
                body.chunks(1_000).for_each(|piece| _ = job.chunk(piece));
                job.end(is_whole);
            }
            Ask::Wait(_) => {}
            Ask::Inflate(bytes) => job.inflated(Some(bytes)),
            Ask::Convert(conversion) => {
                let made = match conversion.parts.first() {
                    Some((_, bytes)) => Ok(Converted::Csv(text(bytes), Vec::new(), Vec::new())),
                    None => Err(Notice::error("fuzz", Place::whole(), format_args!("rien."), format_args!("nothing."))),
                };
                job.converted(made);
            }
            Ask::Done => {
                let outcome = job.finish();
                assert!(outcome.failure.is_some() || outcome.report.n_requests <= 200);
                return assert_rectangle(&outcome.prepared.table);
            }
        }
    }
    panic!("a job without end: {n_asked} requests");
});
