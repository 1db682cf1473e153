//! What leaves the page: a picture that says its title and its source, the data as files, a citation?

use encart_scene::measure::wrap;
use encart_scene::{Anchor, Point, Scene, TextStyle};
use encart_table::csv_out::{Reader, write_csv};
use encart_table::json::{Json, Object};
use encart_table::locale::{write_iso, write_period};
use encart_table::{Period, Value};

use crate::drawing::Drawing;

impl Drawing {
    /// The picture with its title, its notes and its source: what is shared stands alone.
    pub fn poster(&self) -> Scene {
        const MARGIN: f64 = 24.0;
        let (theme, inner) = (&self.theme, self.scene.width);
        let mut poster = Scene::new(inner + 2.0 * MARGIN, 0.0, theme.ground);
        let mut y = MARGIN;
        let write = |poster: &mut Scene, text: &str, size: f64, is_bold: bool, y: &mut f64| {
            let color = if is_bold { theme.ink } else { theme.secondary };
            let style = TextStyle { size, is_bold, color, anchor: Anchor::Start, halo: None };
            // bold letters are wider than those that are measured
            let room = (if is_bold { inner * 0.92 } else { inner }) / self.letters;
            for line in wrap(text, room, 12, size) {
                *y += size * 1.3;
                poster.write(Point::new(MARGIN, *y), &line, style);
            }
        };
        write(&mut poster, &self.title, 20.0, true, &mut y);
        write(&mut poster, self.subtitle.as_deref().unwrap_or_default(), 15.0, false, &mut y);
        y += 18.0;
        poster.place(self.scene.clone(), Point::new(MARGIN, y), &|key| key);
        y += self.scene.height + 8.0;
        for warning in &self.warnings {
            write(&mut poster, warning, 13.0, true, &mut y);
        }
        for note in self.notes.iter().chain([&self.source.words().join(" · ")]) {
            y += 4.0;
            write(&mut poster, note, 13.0, false, &mut y);
        }
        poster.height = y + MARGIN;
        poster
    }

    /// The data as a CSV file.
    pub fn csv(&self, reader: Reader) -> String {
        write_csv(&self.table(), reader)
    }

    /// The data as a JSON list of objects: numbers as numbers, dates as ISO writes them, what is missing as null.
    pub fn json(&self) -> String {
        let table = self.table();
        let row = |row_idx: usize| {
            let cell = |column: &encart_table::Column| match column.value(row_idx) {
                Value::Number(number) => Json::Number(number),
                Value::Text(text) => Json::Text(text.to_string()),
                Value::Period(period) => Json::Text(write_iso(period)),
                Value::Missing(_) => Json::Null,
            };
            let cells = table.columns.iter().map(|column| (column.name.clone(), cell(column)));
            Json::Object(cells.collect::<Object>())
        };
        Json::List((0..table.n_rows()).map(row).collect()).write()
    }

    /// How to name the data in a report: who, what, of when, under which licence, where, seen when. `whole` makes an
    /// address whole.
    pub fn citation(&self, today: Period, whole: &dyn Fn(&str) -> String) -> String {
        let (source, lang) = (&self.source, self.lang);
        let title = lang.pick(["« ", " »"], ["“", "”"]).join(&self.title);
        let updated = source.updated.as_ref().map(|words| words.replacen('D', "d", 1));
        let parts = [source.producer.clone(), Some(title), updated];
        let licence = source.licence.as_ref().map(|(name, _)| name.clone());
        let words: Vec<String> = parts.into_iter().chain([licence]).flatten().collect();
        let address = source.page.iter().chain(&source.file).next();
        let address = address.map_or(String::new(), |address| [&whole(address), " "].concat());
        let seen = lang.pick("consulté le ", "seen on ");
        format!("{}. {address}({seen}{})", words.join(", "), write_period(today, lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Env, draw, read_spec};
    use encart_table::day::read_period;
    use encart_table::{Lang, read_csv};

    fn drawn() -> Drawing {
        let (table, _) = read_csv("an;a\n2020;1,5\n2021;nd\n".as_bytes(), &Default::default());
        let (spec, _) = read_spec(
            r#"{"kind": "line", "x": "an", "y": "a", "title": "Un titre", "producer": "Ville de Tournus",
                "licence": "lov2", "updated": "2026-03", "page": "https://exemple.fr/jeu", "note": "À savoir."}"#,
        );
        draw(&table.into(), &spec, &Env::new(400.0, Period::year(2026)))
    }

    #[test]
    fn a_poster_says_its_title_its_notes_and_its_source() {
        let poster = drawn().poster();
        let texts: Vec<&str> = poster.text_boxes().iter().map(|(_, text)| *text).collect();
        for wanted in ["Un titre", "À savoir.", "https://exemple.fr/jeu"] {
            assert!(texts.iter().any(|text| text.contains(wanted)), "{wanted}: {texts:?}");
        }
        let is_inside =
            |bounds: &encart_scene::Rect| bounds.bottom() <= poster.height && bounds.right() <= poster.width;
        assert!(poster.text_boxes().iter().all(|(bounds, _)| is_inside(bounds)));
    }

    #[test]
    fn files_say_what_is_missing() {
        assert_eq!(
            drawn().json(),
            r#"[{"an":"2020","a":1.5,"a – mention":""},{"an":"2021","a":null,"a – mention":"non disponible"}]"#
        );
        for (reader, csv) in [
            (Reader::Spreadsheet(Lang::Fr), "\u{feff}an;a;a – mention\r\n2020;1,5;\r\n2021;;non disponible\r\n"),
            (Reader::Program, "an,a,a – mention\r\n2020,1.5,\r\n2021,,non disponible\r\n"),
            (Reader::Clipboard(Lang::Fr), "an\ta\ta – mention\r\n2020\t1,5\t\r\n2021\t\tnon disponible\r\n"),
        ] {
            assert_eq!(drawn().csv(reader), csv);
        }
    }

    #[test]
    fn a_citation_names_who_what_when_and_where() {
        let day = read_period("2026-11-23").expect("a day");
        assert_eq!(
            drawn().citation(day, &str::to_string),
            "Ville de Tournus, « Un titre », données de mars 2026, Licence Ouverte 2.0. https://exemple.fr/jeu (consulté le 23 novembre 2026)"
        );
    }
}
