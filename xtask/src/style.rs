//! Joins the style sheets into one file, in the order of their layers: Trunk copies a sheet as it is and resolves no `@import`.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::place;

/// The layers from weakest to strongest. Each is `style/NAME.css`, or every sheet in `style/NAME/`.
const LAYERS: &[&str] = &["token", "base", "layout", "part", "view", "print"];

/// Writes `target/style/perennial.css`, which `index.html` links.
pub fn write() -> Result<(), Failure> {
    let mut joined = format!("@layer {};\n", LAYERS.join(", "));
    for layer in LAYERS {
        for path in sheets(layer)? {
            joined.push_str(&in_layer(layer, &place::read(&path)?));
        }
    }
    place::write(&place::at("target/style/perennial.css"), &joined)
}

fn sheets(layer: &str) -> Result<Vec<PathBuf>, Failure> {
    let single = place::at(&format!("style/{layer}.css"));
    let mut found: Vec<PathBuf> = single.exists().then_some(single).into_iter().collect();
    found.extend(place::files_under(&place::at(&format!("style/{layer}")))?);
    found.retain(|path| is_sheet(path));
    Ok(found)
}

fn is_sheet(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "css")
}

/// A sheet that names its layer itself stays as it is.
fn in_layer(layer: &str, sheet: &str) -> String {
    let sheet = sheet.trim();
    if sheet.contains("@layer") { format!("{sheet}\n") } else { format!("@layer {layer} {{\n{sheet}\n}}\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_put_into_its_layer_once() {
        assert_eq!(in_layer("part", "a { b: c }\n"), "@layer part {\na { b: c }\n}\n");
        assert_eq!(in_layer("part", "@layer part { a { b: c } }"), "@layer part { a { b: c } }\n");
    }
}
