//! Any expression, any steps, on any table; and a table by the parts of its choices.
#![no_main]

use encart_fuzz::{assert_rectangle, parts, text};
use encart_table::verb::cube::Cube;
use encart_table::{Json, expr, prepare, read_csv};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [file, steps, expression] = parts(data);
    let (table, _) = read_csv(file, &Default::default());
    if let Ok(expression) = expr::parse(&text(expression)) {
        let _ = expr::check(&expression, &table, "derive");
        for row_idx in 0..table.n_rows() {
            let _ = expression.eval(&table, row_idx).as_value();
        }
    }
    let Ok(steps) = Json::parse(&text(steps), "steps") else { return };
    let names: Vec<String> = table.names().iter().take(2).map(|name| name.to_string()).collect();
    if let Some(cube) = Cube::of(&steps, &names) {
        let made = prepare(table.clone(), &cube.before);
        let chosen: Vec<_> = names.iter().map(|name| (name.clone(), vec![String::new()])).collect();
        assert_rectangle(&cube.slice(&made, &chosen).table);
    }
    assert_rectangle(&prepare(table, &steps).table);
});
