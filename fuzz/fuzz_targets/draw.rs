//! Any specification of any widget with any data: at two widths, in both languages, its words and its files too.
#![no_main]

use encart_fuzz::{assert_inert, env, parts, text};
use encart_story::widget::Widget;
use encart_table::csv_out::Reader;
use encart_table::{Lang, prepare, read_csv};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [file, json] = parts(data);
    let (table, _) = read_csv(file, &Default::default());
    let (widget, spec, _) = Widget::read(&text(json));
    let prepared = prepare(table, &spec.steps);
    for (width, lang) in [(320.0, Lang::Fr), (900.0, Lang::En)] {
        let mut env = env(width);
        env.lang = lang;
        env.is_still = lang == Lang::En;
        let drawing = widget.draw(&prepared, &spec, &env, &Default::default());
        let svg = drawing.svg();
        for attribute in ["x", "y", "x1", "y1", "x2", "y2", "width", "height", "d", "points", "cx", "cy", "r"] {
            assert!(
                !svg.contains(&format!(" {attribute}=\"NaN")) && !svg.contains(&format!(" {attribute}=\"inf")),
                "{svg}"
            );
        }
        assert_inert(&svg);
        assert_inert(&drawing.lead.as_ref().map(|lead| lead.html.clone()).unwrap_or_default());
        let _ = drawing.summary();
        let _ = drawing.csv(Reader::Spreadsheet(lang));
        let _ = drawing.json();
        for key in drawing.spots.iter().map(|spot| spot.key).take(20) {
            let _ = drawing.words_at(key);
        }
    }
});
