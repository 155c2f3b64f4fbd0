//! Picks the icons named in `xtask/icons.txt` out of Lucide and writes them as one sprite, `public/icons.svg`.
//!
//! It stands within the page. Drawn with `<svg class="icon"><use href="#i-users"/></svg>`; the sheet gives `.icon` its size and stroke.

use crate::failure::Failure;
use crate::{place, setup};

/// Writes the sprite; a name that Lucide does not have is an error.
pub fn write() -> Result<(), Failure> {
    setup::npm()?;
    let licence = place::read(&place::at("node_modules/lucide-static/LICENSE"))?;
    // A comment in XML must not hold two hyphens in a row.
    let licence = licence.trim().replace("---", "- - -").replace("--", "- -");
    let mut sprite = format!("<!-- Icons from Lucide, lucide.dev\n\n{licence}\n-->\n");
    sprite.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
    let list = place::read(&place::at("xtask/icons.txt"))?;
    for name in list.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let path = place::at(&format!("node_modules/lucide-static/icons/{name}.svg"));
        let icon = place::read(&path)?;
        let symbol = symbol(name, &icon).ok_or_else(|| Failure::Content { path, missing: "not an icon".to_owned() })?;
        sprite.push_str(&symbol);
    }
    sprite.push_str("</svg>\n");
    place::write(&place::at("public/icons.svg"), &sprite)
}

fn symbol(name: &str, icon: &str) -> Option<String> {
    let (_, from_svg) = icon.split_once("<svg")?;
    let (_, inside) = from_svg.split_once('>')?;
    let (drawing, _) = inside.rsplit_once("</svg>")?;
    let drawing: String = drawing.lines().map(str::trim).collect();
    Some(format!(
        "<symbol id=\"i-{name}\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
         stroke-linecap=\"round\" stroke-linejoin=\"round\">{drawing}</symbol>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_becomes_a_symbol() {
        let symbol = symbol("x", "<!-- l -->\n<svg\n  class=\"a\"\n>\n  <path d=\"M1 2\" />\n</svg>\n").unwrap();
        assert!(symbol.starts_with("<symbol id=\"i-x\" viewBox=\"0 0 24 24\""));
        assert!(symbol.ends_with("><path d=\"M1 2\" /></symbol>\n"));
    }

    #[test]
    fn every_listed_icon_is_in_the_sprite() {
        let sprite = place::read(&place::at("public/icons.svg")).unwrap();
        for name in place::read(&place::at("xtask/icons.txt")).unwrap().lines() {
            assert!(sprite.contains(&format!("id=\"i-{name}\"")), "run `cargo xtask sprite` for {name}");
        }
    }
}
