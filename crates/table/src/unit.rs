//! Which unit do a header or a cell speak of?

/// Units that a cell may carry after (or, for currencies, before) its number.
const IN_CELLS: [&str; 10] = ["Md€", "M€", "k€", "K€", "€", "EUR", "euros", "%", "‰", "°C"];

/// The unit written the way the library writes it.
pub fn canonical(unit: &str) -> &str {
    match unit {
        "EUR" | "euros" | "euro" | "Euros" => "€",
        "K€" => "k€",
        "pourcent" | "pct" | "pour cent" => "%",
        other => other,
    }
}

/// Splits a cell into its number and its unit: `1 234 €` is `("1 234", Some("€"))`.
pub fn split_cell(cell: &str) -> (&str, Option<&'static str>) {
    let cell = cell.trim();
    // most cells are numbers alone
    if let ([b'0'..=b'9', ..], [.., b'0'..=b'9']) = (cell.as_bytes(), cell.as_bytes()) {
        return (cell, None);
    }
    for unit in IN_CELLS {
        let number = cell.strip_suffix(unit).or_else(|| cell.strip_prefix(unit));
        if let Some(number) = number {
            return (number.trim(), Some(canonical(unit)));
        }
    }
    (cell, None)
}

/// The unit a header names in brackets at its end: `Montant (k€)`, `Part [%]`, `2023 (en %)`.
/// A bracket that is not a known unit is part of the name.
pub fn from_header(header: &str) -> Option<String> {
    let header = header.trim();
    let (open, close) = if header.ends_with(')') { ('(', ')') } else { ('[', ']') };
    let inside = header.strip_suffix(close)?.rsplit_once(open)?.1.trim();
    let inside = inside.strip_prefix("en ").unwrap_or(inside).trim();
    const KNOWN: [&str; 24] = [
        "k€", "M€", "Md€", "€", "€/hab.", "€/hab", "%", "‰", "kWh", "MWh", "GWh", "kW", "MW", "km", "m", "m²", "m³",
        "ha", "km²", "t", "kg", "hab.", "tCO2e", "°C",
    ];
    let unit = canonical(inside);
    KNOWN.iter().find(|known| **known == unit).map(|known| known.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_names_its_unit() {
        for (header, unit) in [
            ("Montant (k€)", Some("k€")),
            ("2023 (%)", Some("%")),
            ("Part (en %)", Some("%")),
            ("Surface [ha]", Some("ha")),
            ("Dépense (euros)", Some("€")),
            ("Commune (chef-lieu)", None),
            ("montant", None),
        ] {
            assert_eq!(from_header(header).as_deref(), unit, "{header}");
        }
    }
}
