//! What is said when a widget cannot be shown: a calm sentence to the citizen, the precise cause to the webmaster?

use encart_table::{Lang, Level, Notice, Place};

/// Why there is nothing to show.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    /// The cause, for the webmaster.
    pub(crate) notice: Notice,
    /// Whether trying again may help: the network, not the specification.
    pub(crate) may_retry: bool,
}

impl Failure {
    /// The network or the server did not give the file.
    pub(crate) fn of_network(notice: Notice) -> Failure {
        Failure { notice, may_retry: true }
    }

    /// What came cannot be drawn.
    pub(crate) fn of_content(notice: Notice) -> Failure {
        Failure { notice, may_retry: false }
    }

    /// What left nothing to draw: the first error (of the data rather than of a key that has no effect), else the first
    /// warning that says more than that there is nothing.
    pub(crate) fn from_notices(notices: &[Notice]) -> Failure {
        let of = |level| notices.iter().filter(move |notice| notice.level == level);
        let gravest = of(Level::Error)
            .find(|notice| !notice.code.starts_with("spec."))
            .or_else(|| of(Level::Error).next())
            .or_else(|| {
                of(Level::Warning).find(|notice| ["filter.nothing", "share.unknown-whole"].contains(&notice.code))
            })
            .or(notices.last());
        Failure::of_content(gravest.cloned().unwrap_or_else(|| {
            Notice::error(
                "chart.empty",
                Place::whole(),
                format_args!("il n’y a rien à dessiner. Vérifiez les étapes et la colonne y."),
                format_args!("there is nothing to draw. Check the steps and the y column."),
            )
        }))
    }

    /// What the citizen reads.
    pub(crate) fn calm_words(&self, lang: Lang, has_content: bool) -> &'static str {
        match has_content {
            true => lang.pick(
                "Les données à jour n’ont pas pu être affichées ; voici la dernière version fixe.",
                "The current data could not be shown; here is the last fixed version.",
            ),
            false => lang.pick(
                "Ces données ne peuvent pas être affichées pour le moment.",
                "These data cannot be shown for now.",
            ),
        }
    }
}
