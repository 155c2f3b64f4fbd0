//! A code to scan, as a picture.

use crate::engine::form::qr_code;

/// The light edge around a code, in modules.
const EDGE: usize = 4;

/// An address as a code, in SVG; nothing where it is too long.
pub fn scan_code(address: &str) -> Option<String> {
    let code = qr_code(address)?;
    let side = code.size + 2 * EDGE;
    // Dark on light whatever the theme: cameras expect it.
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path transform="translate({EDGE} {EDGE})" d="{}"/></svg>"##,
        code.path()
    ))
}
