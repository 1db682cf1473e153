//! Which keys does a board have, and what does each mean?

use encart_chart::spec::keys::Form;

use crate::figure::Key;

/// Every key, in the order of documentation.
pub const KEYS: [Key; 6] = [
    (
        "widgets",
        Form::List,
        "ce que le tableau de bord contient, en JSON, si ce ne sont pas des balises : une liste de spécifications avec leur tag",
        "what the board holds, as JSON, when it is not tags: a list of specifications with their tag",
    ),
    (
        "territory",
        Form::Column,
        "colonne des territoires : le lecteur en voit un à la fois",
        "column of territories: a reader sees one at a time",
    ),
    (
        "period",
        Form::Column,
        "colonne des dates : le lecteur choisit de quand à quand",
        "column of dates: a reader chooses from when to when",
    ),
    (
        "filters",
        Form::Columns,
        "autres colonnes dont le lecteur choisit une ou plusieurs valeurs",
        "other columns of which a reader chooses one or several values",
    ),
    (
        "chosen",
        Form::Text,
        "ce qui est choisi au départ : commune=Tournus ; axe=Énergie",
        "what is chosen at first: commune=Tournus; axis=Energy",
    ),
    (
        "offline",
        Form::Text,
        "adresse de encart-hors-ligne.js, copié à la racine du site : la page s’ouvre alors sans réseau",
        "address of encart-hors-ligne.js, copied to the root of the site: the page then opens without a network",
    ),
];
