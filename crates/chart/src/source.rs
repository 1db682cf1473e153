//! Who made the data, under which licence, of when, and are they late?

use encart_civic::Licence;
use encart_table::day::read_period;
use encart_table::locale::write_period;
use encart_table::{Grain, Json, Lang, Period};

use crate::spec::Spec;

/// The footer's facts, in the reader's words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Source {
    /// `Ville de Tournus`.
    pub producer: Option<String>,
    /// The licence's name and the address of its text.
    pub licence: Option<(String, Option<&'static str>)>,
    /// `Données du 31 mars 2026`.
    pub updated: Option<String>,
    /// `mise à jour annuelle`.
    pub frequency: Option<&'static str>,
    /// `en retard : 19 mois`, when the data are older than their frequency allows.
    pub late: Option<String>,
    /// The address of the whole file.
    pub file: Option<String>,
    /// Those of the files that are joined to it.
    pub others: Vec<String>,
    /// The page that presents the dataset.
    pub page: Option<String>,
}

impl Source {
    /// `Ville de Tournus`, `Licence Ouverte 2.0`, `Données du 31 mars 2026`, and where they are.
    pub(crate) fn words(&self) -> Vec<String> {
        let licence = self.licence.as_ref().map(|(name, _)| name);
        let address = self.page.iter().chain(&self.file).next();
        [self.producer.as_ref(), licence, self.updated.as_ref(), address].into_iter().flatten().cloned().collect()
    }
}

/// The source of a specification, as of a day.
pub(crate) fn source(spec: &Spec, lang: Lang, today: Period) -> Source {
    // a portal gives the time too
    let to_the_day = |period: Period| match period.grain.minutes() {
        Some(_) => Period { minute: 0, grain: Grain::Day, ..period },
        None => period,
    };
    let updated = spec.updated.as_deref().and_then(read_period).map(to_the_day);
    let late = spec.frequency.zip(updated).and_then(|(frequency, updated)| frequency.lateness(updated, today));
    Source {
        producer: spec.producer.clone(),
        licence: spec.licence.as_deref().map(|name| {
            let licence = Licence::named(name, lang);
            (licence.name, licence.url)
        }),
        updated: updated.map(|period| {
            let words = write_period(period, lang);
            match (lang, period.grain) {
                (Lang::Fr, Grain::Day) => format!("Données du {words}"),
                (Lang::Fr, _) if words.starts_with(['a', 'o']) => format!("Données d’{words}"),
                (Lang::Fr, _) => format!("Données de {words}"),
                (Lang::En, _) => format!("Data of {words}"),
            }
        }),
        frequency: spec.frequency.map(|frequency| frequency.words(lang)),
        late: late.map(|late| {
            let age = late.words(lang);
            lang.pick(format!("en retard : les données ont {age}"), format!("late: the data are {age} old"))
        }),
        file: spec.file.as_deref().or(spec.src.as_deref()).and_then(safe_address),
        others: others(&spec.steps),
        page: spec.page.as_deref().and_then(safe_address),
    }
}

/// The files that steps join, or put below.
fn others(steps: &Json) -> Vec<String> {
    let Some(list) = steps.as_list() else {
        // as an attribute holds them
        return steps
            .as_str()
            .and_then(|text| Json::parse(text, "steps").ok())
            .map_or_else(Vec::new, |steps| others(&steps));
    };
    let address = |step: &Json| {
        let file = step.get("join").or_else(|| step.get("concat"))?;
        safe_address(file.as_str().or_else(|| file.get("src")?.as_str())?)
    };
    let mut files: Vec<String> = Vec::new();
    for file in list.iter().filter_map(address) {
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

/// The one door for addresses that become links: relative ones, and http(s). A `javascript:` is none.
pub fn safe_address(address: &str) -> Option<String> {
    let address = address.trim();
    let scheme_end = address.find([':', '/', '?', '#']);
    let has_scheme = scheme_end.is_some_and(|idx| address.get(idx..idx + 1) == Some(":"));
    let is_web = ["http://", "https://"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let is_plain = !address.is_empty() && !address.chars().any(|letter| letter.is_control());
    (is_plain && (is_web || !has_scheme)).then(|| address.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        for (address, is_safe) in [
            ("https://www.data.gouv.fr/x.csv", true),
            ("HTTP://exemple.fr/x.csv", true),
            ("/donnees/x.csv", true),
            ("donnees/x.csv?a=b:c", true),
            ("//exemple.fr/x.csv", true),
            ("javascript:alert(1)", false),
            (" javascript:alert(1)", false),
            ("java\nscript:alert(1)", false),
            ("data:text/html,<script>", false),
            ("", false),
        ] {
            assert_eq!(safe_address(address).is_some(), is_safe, "{address}");
        }
    }
}
