//! Which keys does a table have beside those of a chart, and what does each mean?

use encart_chart::spec::keys::Form;

use crate::figure::Key;

/// Every key, in the order of documentation.
pub const KEYS: [Key; 10] = [
    (
        "columns",
        Form::Columns,
        "colonnes montrées, dans cet ordre ; toutes si la clé manque",
        "columns, in this order; all when absent",
    ),
    (
        "sort",
        Form::Text,
        "ordre des lignes : une colonne ou plusieurs, - devant celle qui décroît (-montant, nom)",
        "order of the rows: one column or several, - before one that descends (-amount, name)",
    ),
    (
        "group",
        Form::Column,
        "colonne dont chaque valeur fait un groupe de lignes",
        "column of which each value makes a group of rows",
    ),
    ("sum", Form::Columns, "colonnes additionnées, par groupe et en tout", "columns added up, by group and in all"),
    (
        "total_row",
        Form::Text,
        "nom de la ligne qui est un total imprimé : mise au pied et comparée à la somme",
        "name of the row that is a printed total: set at the foot and compared with the sum",
    ),
    ("bars", Form::Columns, "colonnes dont les valeurs sont aussi des barres", "columns of which values are bars too"),
    (
        "filters",
        Form::Columns,
        "colonnes dont le lecteur choisit une valeur",
        "columns of which a reader chooses a value",
    ),
    ("search", Form::Switch, "recherche dans les lignes ; off : aucune", "search in the rows; off: none"),
    ("page_rows", Form::Number, "lignes par page, 25 si la clé manque", "rows a page, 25 when absent"),
    (
        "header",
        Form::Column,
        "colonne qui nomme les lignes ; la première montrée si elle manque",
        "column that names the rows; the first shown when absent",
    ),
];
