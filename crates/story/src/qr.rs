//! How does an address become a code that a telephone reads?

use encart_scene::{Ink, Paint, Rect, Rgb, Scene, Shape};
use qrcodegen::{QrCode, QrCodeEcc};

/// The quiet zone around a code, in modules (ISO/IEC 18004:2015, 6.3.8).
const QUIET: i32 = 4;

/// An address as a QR code whose unit of length is a module, its quiet zone included; none when it is too long for one.
///
/// ```
/// let sides = encart_story::qr::draw("https://www.tournus.fr/budget").map(|code| (code.width, code.height));
/// assert_eq!(sides, Some((37.0, 37.0))); // version 3: 29 modules and the quiet zone on both sides
/// ```
pub fn draw(address: &str) -> Option<Scene> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let (white, black) = (Rgb(255, 255, 255), Rgb(0, 0, 0));
    let side = f64::from(code.size() + 2 * QUIET);
    let mut scene = Scene::new(side, side, white);
    let mut rect = |x: i32, y: i32, width: i32, height: i32, color| {
        let [x, y, width, height] = [x, y, width, height].map(f64::from);
        scene.draw(Shape::Rect(Rect { x, y, width, height }), Paint::fill(color));
    };
    rect(0, 0, code.size() + 2 * QUIET, code.size() + 2 * QUIET, white);
    for y in 0..code.size() {
        // modules beside each other are one mark, without a seam
        let mut from = 0;
        for x in 0..=code.size() {
            let is_dark = x < code.size() && code.get_module(x, y);
            if !is_dark && from < x {
                rect(from + QUIET, y + QUIET, x - from, 1, black);
            }
            if !is_dark {
                from = x + 1;
            }
        }
    }
    Some(scene)
}
