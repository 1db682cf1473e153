//! Does an address mean what its author means?

use super::*;

const RESOURCE: &str = "1c5075ec-7ce1-49cb-ab89-94f507812daf";

fn gouv(dataset: Option<&str>, resource: Option<&str>) -> Address {
    let own = |text: Option<&str>| text.map(str::to_string);
    Address::DataGouv { origin: "https://www.data.gouv.fr".into(), dataset: own(dataset), resource: own(resource) }
}

#[test]
fn an_address_means_what_its_author_means() {
    let ods = |origin: &str| Address::Opendatasoft { origin: origin.into(), dataset: "budget".into() };
    for (src, address) in [
        ("donnees/budget.csv", Address::File("donnees/budget.csv".into())),
        ("https://exemple.fr/budget.csv?x=1", Address::File("https://exemple.fr/budget.csv?x=1".into())),
        ("datagouv:budget-2024", gouv(Some("budget-2024"), None)),
        (&format!("datagouv:{RESOURCE}"), gouv(None, Some(RESOURCE))),
        (&format!("datagouv:budget-2024/{RESOURCE}"), gouv(Some("budget-2024"), Some(RESOURCE))),
        ("https://www.data.gouv.fr/fr/datasets/budget-2024/", gouv(Some("budget-2024"), None)),
        ("https://www.data.gouv.fr/datasets/budget-2024", gouv(Some("budget-2024"), None)),
        (
            &format!("https://www.data.gouv.fr/fr/datasets/budget-2024/#/resources/{RESOURCE}"),
            gouv(Some("budget-2024"), Some(RESOURCE)),
        ),
        (
            &format!("https://www.data.gouv.fr/datasets/budget-2024?resource_id={RESOURCE}"),
            gouv(Some("budget-2024"), Some(RESOURCE)),
        ),
        (&format!("https://www.data.gouv.fr/fr/datasets/r/{RESOURCE}"), gouv(None, Some(RESOURCE))),
        (&format!("https://explore.data.gouv.fr/fr/resources/{RESOURCE}"), gouv(None, Some(RESOURCE))),
        ("ods:data.ofgl.fr/budget", ods("https://data.ofgl.fr")),
        ("ods:angersloiremetropole/budget", ods("https://angersloiremetropole.opendatasoft.com")),
        ("ods:127.0.0.1:8080/budget", ods("http://127.0.0.1:8080")),
        ("https://data.ofgl.fr/explore/dataset/budget/table/?disjunctive.x", ods("https://data.ofgl.fr")),
        ("https://data.ofgl.fr/explore/embed/dataset/budget/analyze/", ods("https://data.ofgl.fr")),
        ("ckan:exemple.fr/budget", Address::Ckan { origin: "https://exemple.fr".into(), id: "budget".into() }),
        (
            "ckan:exemple.fr/catalogue/budget",
            Address::Ckan { origin: "https://exemple.fr/catalogue".into(), id: "budget".into() },
        ),
        (
            &format!("https://exemple.fr/dataset/budget/resource/{RESOURCE}"),
            Address::Ckan { origin: "https://exemple.fr".into(), id: RESOURCE.into() },
        ),
        (
            "https://exemple.fr/fr/dataset/budget",
            Address::Ckan { origin: "https://exemple.fr".into(), id: "budget".into() },
        ),
        (
            "datafair:data.ademe.fr/dpe",
            Address::DataFair { origin: "https://data.ademe.fr".into(), dataset: "dpe".into() },
        ),
        (
            "https://data.ademe.fr/datasets/dpe",
            Address::DataFair { origin: "https://data.ademe.fr".into(), dataset: "dpe".into() },
        ),
        ("https://data.ademe.fr/datasets/dpe.csv", Address::File("https://data.ademe.fr/datasets/dpe.csv".into())),
        (
            "rest:https://exemple.fr/api?x=1#result.items",
            Address::Rest { address: "https://exemple.fr/api?x=1".into(), path: Some("result.items".into()) },
        ),
        (
            "grist:grist.numerique.gouv.fr/doc/Table1",
            Address::Grist {
                origin: "https://grist.numerique.gouv.fr".into(),
                document: "doc".into(),
                table: Some("Table1".into()),
            },
        ),
    ] {
        assert_eq!(read_address(src), Ok(address), "{src}");
    }
}

#[test]
fn lists_and_layers_keep_their_parameters() {
    let own = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect::<Vec<_>>()
    };
    for (src, address) in [
        (
            "geo:communes?codeDepartement=71",
            Address::Geo {
                origin: "https://geo.api.gouv.fr".into(),
                list: "communes".into(),
                parameters: own(&[("codeDepartement", "71")]),
            },
        ),
        (
            "https://geo.api.gouv.fr/epcis/200069193/communes",
            Address::Geo {
                origin: "https://geo.api.gouv.fr".into(),
                list: "epcis/200069193/communes".into(),
                parameters: Vec::new(),
            },
        ),
        (
            "hubeau:v1/qualite_nappes/stations?code_departement=71",
            Address::Hubeau {
                origin: "https://hubeau.eaufrance.fr".into(),
                operation: "v1/qualite_nappes/stations".into(),
                parameters: own(&[("code_departement", "71")]),
            },
        ),
        (
            "melodi:DS_X?GEO=COM-71270&GEO=DEP-71",
            Address::Melodi {
                origin: "https://api.insee.fr".into(),
                dataset: "DS_X".into(),
                parameters: own(&[("GEO", "COM-71270"), ("GEO", "DEP-71")]),
            },
        ),
        (
            "wfs:https://data.geopf.fr/wfs/ows#BDTOPO_V3:commune",
            Address::Wfs {
                server: "https://data.geopf.fr/wfs/ows".into(),
                layer: "BDTOPO_V3:commune".into(),
                parameters: Vec::new(),
            },
        ),
        (
            "https://data.geopf.fr/wfs/ows?SERVICE=WFS&REQUEST=GetFeature&TYPENAMES=a:b&COUNT=5&CQL_FILTER=x%3D1",
            Address::Wfs {
                server: "https://data.geopf.fr/wfs/ows".into(),
                layer: "a:b".into(),
                parameters: own(&[("CQL_FILTER", "x=1")]),
            },
        ),
    ] {
        assert_eq!(read_address(src), Ok(address), "{src}");
    }
}

#[test]
fn what_is_no_address_is_said() {
    for (src, code) in [
        ("odds:data.ofgl.fr/x", "src.scheme"),
        ("ftp://exemple.fr/x.csv", "fetch.address"),
        ("ods:data.ofgl.fr", "src.incomplete"),
        ("datagouv:", "src.incomplete"),
        ("wfs:https://data.geopf.fr/wfs/ows", "src.incomplete"),
        ("rest:", "src.incomplete"),
        ("hubeau:stations", "src.incomplete"),
    ] {
        assert_eq!(read_address(src).map_err(|notice| notice.code), Err(code), "{src}");
    }
}
