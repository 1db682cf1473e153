//! Which colours can be told apart, from the ground and from each other?

/// A colour, 0 to 255 for each of red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Reads `#084860`, `#fff`, `rgb(8, 72, 96)` (as browsers compute colours); none when it is neither.
    pub fn parse(text: &str) -> Option<Rgb> {
        let text = text.trim();
        if let Some(hex) = text.strip_prefix('#') {
            let digits: Vec<u8> =
                hex.chars().map(|digit| digit.to_digit(16).map(|value| value as u8)).collect::<Option<_>>()?;
            return match digits.as_slice() {
                [r, g, b] => Some(Rgb(r * 17, g * 17, b * 17)),
                [r1, r2, g1, g2, b1, b2, ..] => Some(Rgb(r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2)),
                _ => None,
            };
        }
        let inside = text.strip_prefix("rgb")?.trim_start_matches('a').strip_prefix('(')?.strip_suffix(')')?;
        let parts: Vec<f64> =
            inside.split([',', ' ', '/']).filter(|part| !part.is_empty()).map(small).collect::<Option<_>>()?;
        match parts.as_slice() {
            // fully transparent is no colour
            [_, _, _, alpha] if *alpha == 0.0 => None,
            [r, g, b, ..] => Some(Rgb(*r as u8, *g as u8, *b as u8)),
            _ => None,
        }
    }

    /// `#084860`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance, 0 to 1. Formula: WCAG 2.2, "relative luminance".
    pub fn luminance(self) -> f64 {
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// The colour `part` of the way from this one to another, channel by channel.
    pub fn mix(self, other: Rgb, part: f64) -> Rgb {
        let mix = |from: u8, to: u8| (f64::from(from) + (f64::from(to) - f64::from(from)) * part).round() as u8;
        Rgb(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

/// `8`, `72.5`, `0.5`: what browsers write between the brackets of a colour, without the standard library's float
/// reader, which would be the only one in the engine.
fn small(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let fraction = fraction.get(..fraction.len().min(4))?;
    let parsed: u32 = fraction.parse().ok()?;
    let tenths = (0..fraction.len()).fold(1.0, |power, _| power * 10.0);
    Some(f64::from(whole.parse::<u32>().ok()?) + f64::from(parsed) / tenths)
}

/// Contrast ratio of two colours, 1 to 21. Formula: WCAG 2.2, "contrast ratio".
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 {
        return value / 12.92;
    }
    // to the power 2.4: the square times its fifth root
    let square = (value + 0.055) / 1.055 * ((value + 0.055) / 1.055);
    square * fifth_root(square)
}

/// Of a number from 0.001 to 1, by Newton's method, which comes down to the root from one: a general power
/// function would cost each visitor a kilobyte.
fn fifth_root(number: f64) -> f64 {
    (0..20).fold(1.0, |root: f64, _| (4.0 * root + number / (root * root * root * root)) / 5.0)
}

/// The colour itself when it stands out from the ground by `ratio`, else the nearest lightness that does, its hue kept.
pub fn repair_contrast(color: Rgb, ground: Rgb, ratio: f64) -> Rgb {
    let end = if ground.luminance() > 0.18 { Rgb(0, 0, 0) } else { Rgb(255, 255, 255) };
    let steps = (0..=50).map(|step| color.mix(end, f64::from(step) / 50.0));
    steps.into_iter().find(|color| contrast(*color, ground) >= ratio).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_wcag() {
        assert!((contrast(Rgb(0, 0, 0), Rgb(255, 255, 255)) - 21.0).abs() < 1e-9);
        assert!((contrast(Rgb(0x77, 0x77, 0x77), Rgb(255, 255, 255)) - 4.478).abs() < 1e-3);
    }

    #[test]
    fn colours_are_read_as_pages_and_browsers_write_them() {
        for (text, color) in [
            ("#084860", Some(Rgb(8, 72, 96))),
            ("#fff", Some(Rgb(255, 255, 255))),
            ("rgb(8, 72, 96)", Some(Rgb(8, 72, 96))),
            ("rgba(8, 72, 96, 0.5)", Some(Rgb(8, 72, 96))),
            ("rgba(0, 0, 0, 0)", None),
            ("rouge", None),
            ("", None),
        ] {
            assert_eq!(Rgb::parse(text), color, "{text}");
        }
    }

    #[test]
    fn a_pale_brand_is_darkened_until_it_is_seen() {
        let white = Rgb(255, 255, 255);
        assert!(contrast(repair_contrast(Rgb(255, 230, 0), white, 3.0), white) >= 3.0);
        assert_eq!(repair_contrast(Rgb(8, 72, 96), white, 3.0), Rgb(8, 72, 96));
    }
}
