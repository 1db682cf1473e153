//! Which keys does a key figure have beside those of a chart, and what does each mean?

use encart_chart::spec::keys::Form;

/// A key, its form, and its meaning in French and in English.
pub type Key = (&'static str, Form, &'static str, &'static str);

/// Every key, in the order of documentation.
pub const KEYS: [Key; 14] = [
    (
        "value",
        Form::Text,
        "la valeur : une colonne, ou un calcul (recettes - depenses, total(montant))",
        "the value: a column, or a computation (revenue - spending, sum(amount))",
    ),
    (
        "numerator",
        Form::Text,
        "à la place de value, ce qui est divisé (avec l’unité %, le rapport est en pour cent)",
        "in the place of value, what is divided (with the unit %, the ratio is in percent)",
    ),
    ("denominator", Form::Text, "ce par quoi il est divisé", "what it is divided by"),
    (
        "places",
        Form::Column,
        "colonne qui nomme les lignes : dates ou lieux ; devinée si elle manque",
        "column that names the rows: dates or places; guessed when absent",
    ),
    (
        "at",
        Form::Text,
        "date ou lieu de la valeur ; la dernière date connue si elle manque",
        "date or place of the value; the last known date when absent",
    ),
    ("since", Form::Text, "date à laquelle la valeur est comparée", "date that the value is compared with"),
    (
        "better",
        Form::OneOf(&["up", "down"]),
        "le sens souhaité : up (hausse) ou down (baisse)",
        "the wished direction: up or down",
    ),
    ("target", Form::Number, "valeur à atteindre", "value to reach"),
    ("target_date", Form::Text, "date de l’objectif", "date of the target"),
    (
        "start",
        Form::Text,
        "date de départ de la trajectoire ; la première connue si elle manque",
        "date from which the trajectory starts; the first known when absent",
    ),
    (
        "thresholds",
        Form::Text,
        "classes, la première qui convient : bon < 10 ; moyen < 25 ; mauvais",
        "classes, the first that suits: good < 10; fair < 25; poor",
    ),
    (
        "compare",
        Form::Text,
        "autres valeurs : Département : taux_departement ; Médiane : mediane(taux)",
        "other values: Département: rate_departement; Median: median(rate)",
    ),
    (
        "base",
        Form::Text,
        "effectif dont la valeur est tirée : une colonne ou un nombre ; en dessous de 30 il est dit faible",
        "how many the value is drawn from: a column or a number; below 30 it is said to be small",
    ),
    ("spark", Form::Switch, "courbe sous la valeur ; off : aucune", "line under the value; off: none"),
];
