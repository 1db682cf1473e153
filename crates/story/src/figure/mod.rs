//! What does a key figure show? One value, and what it takes to understand it: its date, its change, its target, what it is
//! compared with, how it was computed.

mod asked;
mod html;
mod keys;
mod place;
mod tell;

use encart_chart::spec::Kind;
use encart_chart::{Drawing, Env, Lead, Spec};
use encart_table::json::Object;
use encart_table::{Column, Level, Notice, Place, Prepared, Table};

use asked::Asked;
pub use keys::{KEYS, Key};
use tell::Told;

/// A key figure as its author asks for it. Texts are as written; they are read when there are data to answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figure {
    value: Option<String>,
    numerator: Option<String>,
    denominator: Option<String>,
    places: Option<String>,
    at: Option<String>,
    since: Option<String>,
    better: Option<String>,
    target: Option<String>,
    target_date: Option<String>,
    start: Option<String>,
    thresholds: Option<String>,
    compare: Option<String>,
    base: Option<String>,
    has_no_spark: bool,
}

impl Figure {
    /// Takes its keys out of a specification; what is left is a chart's.
    ///
    /// ```
    /// use encart_story::figure::Figure;
    /// use encart_table::json::Json;
    /// let Ok(mut object) = Json::parse_object(r#"{"value": "depenses", "at": 2024, "title": "Dépenses"}"#, "spec") else { return };
    /// Figure::take(&mut object);
    /// assert_eq!(object.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["title"]);
    /// ```
    pub fn take(object: &mut Object) -> Figure {
        let mut take =
            |key: &str| object.take(key).and_then(|value| value.as_attribute()).filter(|text| !text.is_empty());
        let spark = take("spark");
        Figure {
            value: take("value"),
            numerator: take("numerator"),
            denominator: take("denominator"),
            places: take("places"),
            at: take("at"),
            since: take("since"),
            better: take("better"),
            target: take("target"),
            target_date: take("target_date").or_else(|| take("target-date")),
            start: take("start"),
            thresholds: take("thresholds"),
            compare: take("compare"),
            base: take("base"),
            has_no_spark: matches!(spark.as_deref(), Some("off" | "false" | "non")),
        }
    }

    /// Draws it: the value and its words before a small line, which is left out where there is no time to draw.
    pub fn draw(&self, prepared: &Prepared, spec: &Spec, env: &Env) -> Drawing {
        let lang = spec.lang.unwrap_or(env.lang);
        let mut notices = self.unused();
        let asked = Asked::read(self, &prepared.table, spec.unit.as_deref(), lang, &mut notices);
        let (rows, is_dated) = match &asked {
            Some(asked) => (asked.rows.clone(), asked.is_dated()),
            None => (Table::new(Vec::new()), false),
        };
        let told =
            asked.as_ref().and_then(|asked| asked.tell(self, lang, &mut notices)).filter(|_| !prepared.is_misled);
        let has_spark = is_dated && !self.has_no_spark;
        let drawn = Prepared { table: rows.into(), ..prepared.clone() };
        let name = |idx: usize| drawn.table.columns.get(idx).map(|column: &Column| column.name.clone());
        let spec = Spec {
            kind: Some(if has_spark { Kind::Sparkline } else { Kind::Bar }),
            x: name(0),
            y: name(1).into_iter().collect(),
            title: spec.title.clone().or_else(|| asked.as_ref().map(|asked| asked.name.clone())),
            ..spec.clone()
        };
        let mut drawing = encart_chart::draw(&drawn, &spec, env);
        if !has_spark {
            drawing.leave_picture();
            drawing.notes.extend(spec.note.clone());
        }
        // the line is beside the value: what it cannot show is said by the value
        drawing
            .notices
            .retain(|notice| told.is_none() || notice.level != Level::Warning || !notice.code.starts_with("chart."));
        if asked.is_none() && !notices.iter().any(|notice| notice.level == Level::Error) {
            notices.push(nothing());
        }
        drawing.notices.extend(notices);
        drawing.lead = told.map(|told: Told| {
            let words = html::words(&told, lang);
            Lead { html: html::write(&told, lang), said: words.clone(), words, ..Lead::default() }
        });
        drawing
    }
}

impl Figure {
    /// What its author has written to no effect.
    fn unused(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if let Some(better) = self.better.as_deref().filter(|better| !matches!(*better, "up" | "down")) {
            notices.push(Notice::error(
                "spec.bad-value",
                Place::column("better"),
                format_args!(
                    "« {better} » n’est pas un sens : écrivez up (la hausse est souhaitée) ou down (la baisse)."
                ),
                format_args!("“{better}” is no direction: write up (a rise is wished) or down (a fall)."),
            ));
        }
        if self.value.is_some() && (self.numerator.is_some() || self.denominator.is_some()) {
            notices.push(Notice::warning(
                "spec.unused",
                Place::column("numerator"),
                format_args!(
                    "« value » est montré : numerator et denominator sont sans effet. Écrivez l’un ou les autres."
                ),
                format_args!("“value” is shown: numerator and denominator have no effect. Write one or the others."),
            ));
        }
        notices
    }
}

fn nothing() -> Notice {
    Notice::error(
        "figure.nothing",
        Place::column("value"),
        format_args!("quelle valeur ? Écrivez une colonne ou un calcul : value=\"depenses\"."),
        format_args!("which value? Write a column or a computation: value=\"spending\"."),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_written_to_no_effect_is_said() {
        let check = |json: &str, codes: &[(&str, &str)]| {
            let mut object = encart_table::Json::parse_object(json, "spec").unwrap_or_default();
            let notices = super::Figure::take(&mut object).unused();
            let said: Vec<_> =
                notices.iter().map(|notice| (notice.code, notice.place.column.as_deref().unwrap_or(""))).collect();
            assert_eq!(said, codes, "{json}");
        };
        check(r#"{"value": "a", "better": "down"}"#, &[]);
        check(r#"{"value": "a", "better": "haut"}"#, &[("spec.bad-value", "better")]);
        check(r#"{"value": "a", "denominator": "b"}"#, &[("spec.unused", "numerator")]);
        check(r#"{"numerator": "a", "denominator": "b"}"#, &[]);
    }
}
