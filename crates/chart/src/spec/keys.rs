//! The keys of a specification, and what each means.

use super::kind::WORDS;

/// What a key's value is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// Any text.
    Text,
    /// A column's name.
    Column,
    /// One or several columns' names.
    Columns,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `on` or `off`, true or false.
    Switch,
    /// A number of pixels.
    Pixels,
    /// A number.
    Number,
    /// The list of steps.
    Steps,
    /// The list of annotations.
    Annotations,
    /// A list of specifications.
    List,
}

/// A key, its form and its meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What its value is.
    pub form: Form,
    /// What it means, in French.
    pub fr: &'static str,
    /// What it means, in English.
    pub en: &'static str,
}

const fn key(name: &'static str, form: Form, fr: &'static str, en: &'static str) -> Key {
    Key { name, form, fr, en }
}

/// Every key, in the order of documentation. The JSON Schema, the reader and the README's table come from here.
pub const KEYS: [Key; 45] = [
    key("src", Form::Text, "adresse du fichier de données", "address of the data file"),
    key("data", Form::Text, "les données elles-mêmes, en CSV", "the data themselves, as CSV"),
    key(
        "kind",
        Form::OneOf(&WORDS),
        "type de graphique ; choisi d’après les données s’il manque",
        "kind of chart; chosen from the data when absent",
    ),
    key("x", Form::Column, "colonne des dates ou des catégories", "column of dates or categories"),
    key(
        "y",
        Form::Columns,
        "colonne des valeurs (plusieurs : une série chacune)",
        "column of values (several: one series each)",
    ),
    key("color", Form::Column, "colonne qui sépare les séries", "column that makes series"),
    key(
        "layout",
        Form::OneOf(&["stacked", "grouped", "percent", "diverging"]),
        "séries empilées, côte à côte, en parts de 100 %, ou de part et d’autre d’un milieu",
        "series stacked, side by side, as shares of 100%, or on both sides of a middle",
    ),
    key("size", Form::Column, "d’un nuage de points : colonne de leur aire", "of points: column of their area"),
    key("label", Form::Column, "d’un nuage de points : colonne de leur nom", "of points: column of their name"),
    key(
        "facet",
        Form::Column,
        "colonne qui fait un petit graphique par valeur",
        "column that makes one small chart a value",
    ),
    key(
        "scales",
        Form::OneOf(&["shared", "free"]),
        "échelles des petits graphiques : communes ou propres à chacun",
        "scales of small charts: shared or free",
    ),
    key(
        "line",
        Form::Columns,
        "à côté de barres, colonnes dessinées en courbes",
        "beside bars, columns drawn as lines",
    ),
    key(
        "line_axis",
        Form::OneOf(&["shared", "own"]),
        "échelle de ces courbes : celle des barres, ou la leur à droite (les hauteurs ne se comparent plus)",
        "scale of these lines: that of the bars, or their own at the right (heights no longer compare)",
    ),
    key(
        "status",
        Form::Column,
        "colonne qui dit ce que vaut chaque valeur : estimé, provisoire, prévision, secret",
        "column that says how sure each value is: estimated, provisional, forecast, secret",
    ),
    key("lower", Form::Column, "bas d’une fourchette autour de y", "lower end of a range around y"),
    key("upper", Form::Column, "haut de cette fourchette", "its upper end"),
    key(
        "forecast",
        Form::Text,
        "période à partir de laquelle les valeurs sont des prévisions",
        "period from which on values are forecast",
    ),
    key("target", Form::Number, "valeur à atteindre, dessinée en ligne", "value to reach, drawn as a line"),
    key(
        "annotations",
        Form::Annotations,
        "repères : seuils, périodes, événements, ruptures, notes (voir plus bas)",
        "thresholds, periods, events, breaks, notes",
    ),
    key(
        "scale",
        Form::OneOf(&["linear", "log", "symlog"]),
        "échelle des valeurs : linéaire, logarithmique, ou logarithmique de part et d’autre de zéro",
        "scale of values: linear, logarithmic, or logarithmic on both sides of zero",
    ),
    key(
        "classes",
        Form::Text,
        "d’une grille colorée : even (classes égales), quantiles (autant de cases par couleur), ou vos seuils : 500 ; 1000",
        "of a heat grid: even classes, quantiles (about as many cells in each colour), or your own limits: 500; 1000",
    ),
    key(
        "labels",
        Form::Text,
        "noms que lit le public : participation_eur : Participation (€) ; pop : Habitants",
        "names that the public reads: amount_eur: Amount (€); pop: Inhabitants",
    ),
    key("orientation", Form::OneOf(&["auto", "vertical", "horizontal"]), "sens des barres", "which way bars grow"),
    key("order", Form::OneOf(&["auto", "data", "value"]), "ordre des catégories", "order of categories"),
    key("unit", Form::Text, "unité des valeurs", "unit of the values"),
    key("steps", Form::Steps, "étapes entre les données et le graphique", "steps between the data and the chart"),
    key("title", Form::Text, "le constat, en une phrase", "the finding, in a sentence"),
    key(
        "heading",
        Form::OneOf(&["2", "3", "4", "5", "6"]),
        "niveau du titre parmi ceux de la page ; sans lui, celui qui suit le titre qui précède",
        "level of the title among those of the page; without it, the one below the title before it",
    ),
    key("subtitle", Form::Text, "ce qui est mesuré : périmètre, période", "what is measured: perimeter, period"),
    key("note", Form::Text, "ce qu’il faut savoir pour bien lire", "what one must know to read it rightly"),
    key("producer", Form::Text, "qui produit les données", "who produces the data"),
    key("licence", Form::Text, "licence : lov2, odbl ou son nom", "licence: lov2, odbl or its name"),
    key(
        "updated",
        Form::Text,
        "date des données : 2026-03-31, 2026-03 ou 2026",
        "date of the data: 2026-03-31, 2026-03 or 2026",
    ),
    key(
        "frequency",
        Form::OneOf(&["daily", "weekly", "monthly", "quarterly", "semiannual", "annual", "biennial", "irregular"]),
        "fréquence de mise à jour annoncée",
        "declared frequency of updates",
    ),
    key("page", Form::Text, "page qui présente le jeu de données", "page that presents the dataset"),
    key("file", Form::Text, "fichier entier, si ce n’est pas src", "the whole file, when it is not src"),
    key(
        "group",
        Form::Text,
        "nom commun aux graphiques qui mettent en avant la même catégorie ou la même date ; ceux d’un tableau de bord le font sans lui",
        "name shared by charts that single out the same category or date; those of a board do without it",
    ),
    key(
        "link",
        Form::Text,
        "nom qui permet de copier un lien vers ce que le visiteur voit ; l’adresse de la page, elle, ne change jamais",
        "name that lets a visitor copy a link to what is seen; the page’s own address never changes",
    ),
    key(
        "theme",
        Form::OneOf(&["neutre", "projecteur", "sobre"]),
        "couleurs et tailles : celles de la bibliothèque, de grands caractères, ou des gris à motifs pour l’impression",
        "colours and sizes: the library’s own, large type, or greys with patterns for print",
    ),
    key("patterns", Form::Switch, "motifs en plus des couleurs", "patterns beside colours"),
    key("lang", Form::OneOf(&["fr", "en"]), "langue de l’interface", "language of the interface"),
    key("height", Form::Pixels, "hauteur de l’image, en pixels", "height of the picture, in pixels"),
    key(
        "timezone",
        Form::Text,
        "heure légale à laquelle sont ramenés les instants écrits avec un décalage : Europe/Paris, Indian/Reunion …",
        "legal time to which instants written with an offset are brought: Europe/Paris, Indian/Reunion …",
    ),
    key(
        "totals",
        Form::OneOf(&["aside", "keep"]),
        "lignes de total : mises à part ou gardées",
        "lines of totals: set aside or kept",
    ),
    key(
        "cache",
        Form::OneOf(&["auto", "none"]),
        "copie gardée dans le navigateur, montrée avec sa date quand la source est en panne ; none : aucune",
        "copy kept in the browser, shown with its date when the source is down; none: no copy",
    ),
];

/// Every key with its form and without its meaning, which a visitor's browser need not hold.
pub(crate) const FORMS: [(&str, Form); KEYS.len()] = {
    let mut forms = [("", Form::Text); KEYS.len()];
    let mut idx = 0;
    while idx < KEYS.len() {
        #[allow(clippy::indexing_slicing, reason = "at compile time, where an error is one of the compiler's")]
        {
            forms[idx] = (KEYS[idx].name, KEYS[idx].form);
        }
        idx += 1;
    }
    forms
};
