//! Which national schema does a file follow, and where is it published?

/// Schemas of the Socle Commun des Données Locales and others that councils publish, by columns that no other has
/// (schema.data.gouv.fr, read in 2026).
const KNOWN: [(&str, &[&str]); 11] = [
    ("scdl/subventions", &["nomAttribuant", "idAttribuant", "nomBeneficiaire", "montant"]),
    ("scdl/deliberations", &["COLL_SIRET", "DELIB_ID", "DELIB_OBJET"]),
    ("scdl/equipements", &["COLL_SIRET", "EQUIP_UID", "EQUIP_THEME"]),
    ("scdl/prenoms", &["COLL_INSEE", "ENFANT_PRENOM", "NOMBRE_OCCURRENCES"]),
    ("scdl/menus-collectifs", &["menuCollSiret", "menuRestaurantNom"]),
    ("scdl/plats-menus-collectifs", &["platCollSiret", "platNom"]),
    ("scdl/budget", &["BGT_NATDEC", "BGT_SIRET", "BGT_NATURE"]),
    ("scdl/catalogue", &["COLL_SIRET", "PRODUCTEUR_SIRET", "COUV_SPAT_MAILLE"]),
    ("etalab/schema-irve-statique", &["id_station_itinerance", "id_pdc_itinerance", "nom_enseigne"]),
    ("etalab/schema-lieux-covoiturage", &["id_lieu", "nom_lieu", "insee", "ouvert"]),
    ("etalab/schema-stationnement-cyclable", &["id_local", "coordonneesxy", "type_accroche"]),
];

/// The schema that the names of columns speak of.
///
/// ```
/// let names = ["nomAttribuant", "idAttribuant", "nomBeneficiaire", "montant", "objet"];
/// assert_eq!(encart_schema::recognise(&names), Some("scdl/subventions"));
/// ```
pub fn recognise(names: &[&str]) -> Option<&'static str> {
    KNOWN.iter().find(|(_, columns)| columns.iter().all(|column| names.contains(column))).map(|(name, _)| *name)
}

/// Where a schema is published: `scdl/subventions` is a name of schema.data.gouv.fr, anything else an address.
pub fn address(name: &str) -> String {
    let is_name = name.split('/').count() == 2 && !name.contains([':', '.']);
    if is_name { format!("https://schema.data.gouv.fr/schemas/{name}/latest/schema.json") } else { name.to_string() }
}
