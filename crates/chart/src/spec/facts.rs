//! What does a specification take over from a portal, and what does it tell of the columns it looks at?

use encart_civic::Frequency;
use encart_table::day::read_period;

use super::Spec;

impl Spec {
    /// The columns that the chart looks at; none when it is left to guess among all of them.
    ///
    /// ```
    /// let (spec, _) = encart_chart::read_spec(r#"{ "kind": "line", "x": "annee", "y": "recettes, depenses" }"#);
    /// assert_eq!(spec.wanted().unwrap(), ["annee", "recettes", "depenses"]);
    /// ```
    pub fn wanted(&self) -> Option<Vec<String>> {
        let x = self.x.clone().filter(|_| !self.y.is_empty())?;
        let others = [&self.color, &self.size, &self.label, &self.facet, &self.lower, &self.upper];
        let others = others.into_iter().flatten().cloned();
        Some([x].into_iter().chain(self.y.iter().cloned()).chain(self.line.iter().cloned()).chain(others).collect())
    }

    /// Takes a fact that the portal tells of the dataset; the author's own word wins.
    pub fn take_fact(&mut self, name: &str, fact: &str) {
        let place = match name {
            "producer" => &mut self.producer,
            "licence" => &mut self.licence,
            "page" => &mut self.page,
            "file" => &mut self.file,
            "updated" if read_period(fact).is_some() => &mut self.updated,
            "frequency" => {
                self.frequency = self.frequency.or(Frequency::named(fact));
                return;
            }
            _ => return,
        };
        if place.is_none() {
            *place = Some(fact.to_string());
        }
    }
}
