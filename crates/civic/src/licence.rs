//! Under which licence may a dataset be used again, and where is its text?

use encart_table::Lang;
use encart_table::table::fold;

/// A licence with its name and its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// As it is written under a chart.
    pub name: String,
    /// The licence's own text; none for a licence that is only named.
    pub url: Option<&'static str>,
}

/// The two licences that French administrations may choose from (decree 2017-638 of 27 April 2017), by the short
/// names that portals give them.
const PRESETS: [(&[&str], &str, &str, &str); 2] = [
    (
        &["lov2", "fr-lo", "lo-ov2", "etalab-2.0", "licence ouverte", "licence ouverte 2.0", "licence ouverte v2.0"],
        "Licence Ouverte 2.0",
        "Open Licence 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ),
    (
        &["odbl", "odc-odbl", "odbl-1.0", "odbl 1.0"],
        "ODbL 1.0",
        "ODbL 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    ),
];

impl Licence {
    /// The licence an author names: a preset, or the name as it is.
    pub fn named(name: &str, lang: Lang) -> Licence {
        let folded = fold(name);
        match PRESETS.iter().find(|(names, ..)| names.contains(&folded.as_str())) {
            Some((_, fr, en, url)) => Licence { name: lang.pick(*fr, *en).to_string(), url: Some(url) },
            None => Licence { name: name.trim().to_string(), url: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portals_short_names_are_known() {
        for (name, expected, has_url) in [
            ("lov2", "Licence Ouverte 2.0", true),
            ("fr-lo", "Licence Ouverte 2.0", true),
            ("Licence Ouverte 2.0", "Licence Ouverte 2.0", true),
            ("ODbL", "ODbL 1.0", true),
            ("Tous droits réservés", "Tous droits réservés", false),
        ] {
            let licence = Licence::named(name, Lang::Fr);
            assert_eq!((licence.name.as_str(), licence.url.is_some()), (expected, has_url), "{name}");
        }
    }
}
