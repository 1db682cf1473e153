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
        let digit = |part: u8| char::from_digit(u32::from(part), 16).unwrap_or('0');
        let digits = [self.0, self.1, self.2].into_iter().flat_map(|part| [digit(part >> 4), digit(part & 15)]);
        ['#'].into_iter().chain(digits).collect()
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

/// OKLab: lightness 0 to 1, then green to red and blue to yellow, in which equal steps look equal. Formula: B. Ottosson,
/// "A perceptual color space for image processing", 2020.
pub fn oklab(color: Rgb) -> [f64; 3] {
    let [r, g, b] = [color.0, color.1, color.2].map(linear);
    let l = cube_root(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
    let m = cube_root(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
    let s = cube_root(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

/// The colour of such coordinates; what no screen shows becomes the nearest that it does, channel by channel.
pub fn from_oklab([lightness, a, b]: [f64; 3]) -> Rgb {
    let cube = |root: f64| root * root * root;
    let l = cube(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
    let m = cube(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
    let s = cube(lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b);
    Rgb(
        channel(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s),
        channel(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s),
        channel(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s),
    )
}

/// The colour `part` of the way from one to another, in steps that look equal.
pub fn blend(from: Rgb, to: Rgb, part: f64) -> Rgb {
    let (from, to) = (oklab(from), oklab(to));
    let at = |idx: usize| {
        let (from, to) = (from.get(idx).copied().unwrap_or(0.0), to.get(idx).copied().unwrap_or(0.0));
        from + (to - from) * part
    };
    from_oklab([at(0), at(1), at(2)])
}

/// By Newton's method, from above.
fn cube_root(number: f64) -> f64 {
    if number <= 0.0 {
        return 0.0;
    }
    (0..40).fold(1.0, |root: f64, _| (2.0 * root + number / (root * root)) / 3.0)
}

/// The level of a channel whose light this is.
fn channel(light: f64) -> u8 {
    let (mut lo, mut hi) = (0_u8, 255_u8);
    while lo < hi {
        let middle = lo + (hi - lo) / 2;
        if (linear(middle) + linear(middle + 1)) / 2.0 < light { lo = middle + 1 } else { hi = middle }
    }
    lo
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
    fn oklab_goes_there_and_back() {
        // of the author's own table: red is 0.62796, 0.22486, 0.12585
        let red = oklab(Rgb(255, 0, 0));
        for (found, expected) in red.iter().zip([0.62796, 0.22486, 0.12585]) {
            assert!((found - expected).abs() < 1e-4, "{red:?}");
        }
        for color in [Rgb(0, 0, 0), Rgb(255, 255, 255), Rgb(8, 72, 96), Rgb(233, 104, 114), Rgb(1, 2, 3)] {
            assert_eq!(from_oklab(oklab(color)), color);
        }
    }

    #[test]
    fn a_pale_brand_is_darkened_until_it_is_seen() {
        let white = Rgb(255, 255, 255);
        assert!(contrast(repair_contrast(Rgb(255, 230, 0), white, 3.0), white) >= 3.0);
        assert_eq!(repair_contrast(Rgb(8, 72, 96), white, 3.0), Rgb(8, 72, 96));
    }
}
