//! Is a dataset older than its declared frequency allows?

use encart_table::{Lang, Period};

/// How often a producer says that a dataset is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every quarter.
    Quarterly,
    /// Twice a year.
    Semiannual,
    /// Every year.
    Annual,
    /// Every second year.
    Biennial,
    /// No promise: never late.
    Irregular,
}

/// How old the data are when they are late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    /// Days since the last update.
    pub age_days: i32,
}

impl Frequency {
    /// The names an author writes; those of DCAT-AP and of data.gouv.fr.
    pub const NAMES: [(&'static str, Frequency); 8] = [
        ("daily", Frequency::Daily),
        ("weekly", Frequency::Weekly),
        ("monthly", Frequency::Monthly),
        ("quarterly", Frequency::Quarterly),
        ("semiannual", Frequency::Semiannual),
        ("annual", Frequency::Annual),
        ("biennial", Frequency::Biennial),
        ("irregular", Frequency::Irregular),
    ];

    /// The frequency of this name.
    pub fn named(name: &str) -> Option<Frequency> {
        Frequency::NAMES.iter().find(|(known, _)| *known == name.trim()).map(|(_, frequency)| *frequency)
    }

    /// In the reader's words.
    pub fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Frequency::Daily => ("mise à jour quotidienne", "updated daily"),
            Frequency::Weekly => ("mise à jour hebdomadaire", "updated weekly"),
            Frequency::Monthly => ("mise à jour mensuelle", "updated monthly"),
            Frequency::Quarterly => ("mise à jour trimestrielle", "updated quarterly"),
            Frequency::Semiannual => ("mise à jour semestrielle", "updated twice a year"),
            Frequency::Annual => ("mise à jour annuelle", "updated yearly"),
            Frequency::Biennial => ("mise à jour tous les deux ans", "updated every two years"),
            Frequency::Irregular => ("mise à jour irrégulière", "updated irregularly"),
        };
        lang.pick(fr, en)
    }

    /// One period and a half, in days: a producer who publishes yearly may publish in June, then in November.
    fn allowed_days(self) -> Option<i32> {
        Some(match self {
            Frequency::Daily => 2,
            Frequency::Weekly => 11,
            Frequency::Monthly => 46,
            Frequency::Quarterly => 138,
            Frequency::Semiannual => 274,
            Frequency::Annual => 548,
            Frequency::Biennial => 1096,
            Frequency::Irregular => return None,
        })
    }

    /// Whether data of that date are late today, counted from the last day of a month or year when only that is known.
    pub fn lateness(self, updated: Period, today: Period) -> Option<Lateness> {
        let last_day = updated.step(1).start - 1;
        let age_days = today.start - last_day;
        (age_days > self.allowed_days()?).then_some(Lateness { age_days })
    }
}

impl Lateness {
    /// The age in words: `3 semaines`, `19 mois`, `4 ans`.
    pub fn words(self, lang: Lang) -> String {
        let days = self.age_days;
        let (count, fr, en) = match days {
            ..=20 => (days, "jours", "days"),
            21..=60 => (days / 7, "semaines", "weeks"),
            61..=730 => (days * 12 / 365, "mois", "months"),
            _ => (days * 4 / 1461, "ans", "years"),
        };
        format!("{count} {}", lang.pick(fr, en))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encart_table::day::read_period;

    #[test]
    fn data_are_late_after_a_period_and_a_half() {
        for (updated, frequency, today, late) in [
            ("2025-03-31", "annual", "2026-03-31", None),
            ("2025-03-31", "annual", "2026-11-22", Some("19 mois")),
            ("2024", "annual", "2026-03-31", None),
            ("2024", "annual", "2026-11-22", Some("22 mois")),
            ("2026-11-20", "daily", "2026-11-22", None),
            ("2026-11-01", "daily", "2026-11-22", Some("3 semaines")),
            ("2019-01-01", "irregular", "2026-11-22", None),
            ("2020", "biennial", "2026-11-22", Some("5 ans")),
        ] {
            let period = |text| read_period(text).expect(text);
            let lateness = Frequency::named(frequency).expect(frequency).lateness(period(updated), period(today));
            assert_eq!(lateness.map(|late| late.words(Lang::Fr)).as_deref(), late, "{updated} {frequency}");
        }
    }
}
