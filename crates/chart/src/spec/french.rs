//! The kinds of charts by the French words that authors write for them.

use encart_table::table::fold;

/// The kind that a French word means, as it is written: `barres` is `bar`.
///
/// ```
/// assert_eq!(encart_chart::spec::french::kind_of_word("Barres"), Some("bar"));
/// assert_eq!(encart_chart::spec::french::kind_of_word("tapis"), None);
/// ```
pub fn kind_of_word(word: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 23] = [
        ("barre", "bar"),
        ("histogramme", "histogram"),
        ("courbe", "line"),
        ("ligne", "line"),
        ("escalier", "step"),
        ("aire", "area"),
        ("point", "dot"),
        ("sucette", "lollipop"),
        ("haltere", "dumbbell"),
        ("ecart", "dumbbell"),
        ("pente", "slope"),
        ("nuage", "scatter"),
        ("boite", "box"),
        ("bande", "strip"),
        ("chaleur", "heat"),
        ("secteur", "pie"),
        ("camembert", "pie"),
        ("anneau", "donut"),
        ("surface", "treemap"),
        ("carre", "waffle"),
        ("pyramide", "pyramid"),
        ("flux", "sankey"),
        ("cascade", "waterfall"),
    ];
    let word = fold(word);
    WORDS.iter().find(|(start, _)| word.starts_with(start)).map(|(_, kind)| *kind)
}
