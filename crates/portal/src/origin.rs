//! What does a portal say of a dataset: who made it, under which licence, of when?

use encart_table::day::read_period;

/// The facts for the footer, as a portal gives them; the author's own words win over them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The dataset's title.
    pub title: Option<String>,
    /// Who publishes it.
    pub producer: Option<String>,
    /// The licence's name, or a portal's short name of it.
    pub licence: Option<String>,
    /// The day of the last update of the data, `2026-03-31`. Never the day of reading.
    pub updated: Option<String>,
    /// How often it is renewed, in a word of DCAT-AP.
    pub frequency: Option<String>,
    /// The page that presents it.
    pub page: Option<String>,
    /// The address of the whole file.
    pub file: Option<String>,
    /// The national schema that it follows: a name of schema.data.gouv.fr, or an address.
    pub schema: Option<String>,
}

impl Origin {
    /// The facts under their names, as they cross a border.
    pub fn facts(&self) -> Vec<(&'static str, &str)> {
        let facts = [
            ("title", &self.title),
            ("producer", &self.producer),
            ("licence", &self.licence),
            ("updated", &self.updated),
            ("frequency", &self.frequency),
            ("page", &self.page),
            ("file", &self.file),
            ("schema", &self.schema),
        ];
        facts.into_iter().filter_map(|(name, fact)| Some((name, fact.as_deref()?))).collect()
    }
}

/// The day of a date with or without time and zone: `2024-09-01T06:41:18+00:00` is `2024-09-01`.
pub(crate) fn day(text: &str) -> Option<String> {
    let day = text.get(..10)?;
    read_period(day).map(|_| day.to_string())
}

/// The words of data.gouv.fr for a frequency, in those that authors write (udata, constants of `core/dataset`).
pub(crate) fn frequency(word: &str) -> Option<&'static str> {
    Some(match word {
        "daily" | "semidaily" | "threeTimesADay" | "severalTimesADay" | "hourly" | "continuous" | "realtime" => "daily",
        "weekly" | "semiweekly" | "threeTimesAWeek" | "fiveTimesAWeek" => "weekly",
        "monthly" | "semimonthly" | "biweekly" | "threeTimesAMonth" => "monthly",
        "quarterly" | "bimonthly" => "quarterly",
        "semiannual" | "biannual" | "threeTimesAYear" => "semiannual",
        "annual" => "annual",
        "biennial" => "biennial",
        "punctual" | "irregular" | "never" | "notPlanned" | "other" => "irregular",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_portals_write_them() {
        for (text, expected) in [
            ("2024-09-01T06:41:18+00:00", Some("2024-09-01")),
            ("2022-03-24T10:25:26", Some("2022-03-24")),
            ("2024-13-01", None),
            ("hier", None),
        ] {
            assert_eq!(day(text).as_deref(), expected, "{text}");
        }
    }
}
