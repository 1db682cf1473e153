//! How does an address become a code that a telephone reads?

use encart_scene::svg::escape;
use qrcodegen::{QrCode, QrCodeEcc};

/// The quiet zone around a code, in modules (ISO/IEC 18004:2015, 6.3.8).
const QUIET: i32 = 4;

/// An address as a QR code, an `<svg>` of one path whose sides are in modules, named by `label`; none when it is too long
/// for one.
///
/// ```
/// let svg = encart_story::qr::write("https://www.tournus.fr/budget", "Adresse de la page").unwrap_or_default();
/// assert!(svg.starts_with("<svg") && svg.contains("aria-label=\"Adresse de la page\""));
/// ```
pub fn write(address: &str, label: &str) -> Option<String> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let side = (code.size() + 2 * QUIET).to_string();
    let mut svg = ["<svg viewBox=\"0 0 ", &side, " ", &side, "\" role=\"img\" aria-label=\""].concat();
    escape(label, &mut svg);
    svg.extend(["\"><path fill=\"#fff\" d=\"M0 0h", &side, "v", &side, "H0z\"/><path fill=\"#000\" d=\""]);
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            svg.extend(["M", &(x + QUIET).to_string(), " ", &(y + QUIET).to_string(), "h1v1h-1z"]);
        }
    }
    svg.push_str("\"/></svg>");
    Some(svg)
}
