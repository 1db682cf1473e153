//! What the names of all columns together tell of each: a national schema, the columns of a budget.

use crate::infer::{Known, words_of};
use crate::table::fold;

/// Columns of texts, of national schemas that have numerals in them. Three names of one schema tell it.
/// Schemas: SCDL subventions 2.1, DECP 2022 (schema.data.gouv.fr).
const SCHEMAS: [(&[&str], &[&str]); 2] = [
    (
        &["nomAttribuant", "nomBeneficiaire", "dateConvention", "montant", "objet", "nature", "conditionsVersement"],
        &["idAttribuant", "idBeneficiaire", "rnaBeneficiaire", "referenceDecision", "idRAE", "dispositifAide"],
    ),
    (
        &[
            "objet",
            "dateNotification",
            "montant",
            "dureeMois",
            "procedure",
            "formePrix",
            "acheteur_nom",
            "titulaire_denominationSociale",
        ],
        &["id", "uid", "codeCPV", "acheteur_id", "titulaire_id", "lieuExecution_code", "idAccordCadre"],
    ),
];

/// What is known of the columns of these names.
pub(crate) fn known_columns(names: &[&str]) -> Vec<Known> {
    let has = |name: &str| names.contains(&name);
    let schema = SCHEMAS.iter().find(|(others, texts)| {
        let n_known = others.iter().chain(texts.iter()).filter(|name| has(name)).count();
        n_known >= 3 && texts.iter().any(|name| has(name))
    });
    let words: Vec<Vec<String>> = names.iter().map(|name| words_of(name)).collect();
    let has_word = |list: &[&str]| words.iter().flatten().any(|word| list.contains(&word.as_str()));
    // autorisations d’engagement or de programme, crédits de paiement
    let is_budget = has_word(&["ae", "ap"]) && has_word(&["cp"]);
    // who pays for a project: the State beside the territories
    let has_payer =
        names.iter().any(|name| ["etat", "europe", "autofinancement", "fonds propres"].contains(&fold(name).as_str()));
    let has_commune = names.iter().any(|name| fold(name) == "commune");
    let known = |(name, words): (&&str, &Vec<String>)| {
        let is_level = || ["region", "departement", "epci", "commune"].contains(&fold(name).as_str());
        if schema.is_some_and(|(_, texts)| texts.contains(name)) {
            Known::Text
        } else if is_budget && words.iter().any(|word| word == "cp") || has_payer && has_commune && is_level() {
            Known::Quantity
        } else {
            Known::Nothing
        }
    };
    names.iter().zip(&words).map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_neighbours() {
        use Known::{Nothing, Quantity, Text};
        for (names, known) in [
            (&["programme", "AE", "CP"][..], &[Nothing, Nothing, Quantity][..]),
            (&["ville", "CP"], &[Nothing, Nothing]),
            (&["projet", "Etat", "Région", "Commune"], &[Nothing, Nothing, Quantity, Quantity]),
            (&["Région", "Commune"], &[Nothing, Nothing]),
            (&["nomBeneficiaire", "referenceDecision", "montant"], &[Nothing, Text, Nothing]),
            (&["id", "montant", "nom"], &[Nothing, Nothing, Nothing]),
        ] {
            assert_eq!(known_columns(names), known, "{names:?}");
        }
    }
}
