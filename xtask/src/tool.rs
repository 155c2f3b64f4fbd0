//! Which version of each outside tool the project is built with.

use crate::failure::Failure;
use crate::place;

/// Trunk cannot name its own version in `Trunk.toml`.
pub const TRUNK: &str = "0.21.14";

/// The oldest Node.js that will do: `import.meta.dirname` came with it.
pub const NODE: (u32, u32) = (20, 11);

/// `v20.11.1` as `(20, 11)`.
pub fn major_and_minor(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// The version of wasm-bindgen's command line: it must equal that of the library.
pub fn wasm_bindgen() -> Result<String, Failure> {
    let path = place::at("Trunk.toml");
    let text = place::read(&path)?;
    value_of("wasm_bindgen", &text)
        .map(str::to_owned)
        .ok_or_else(|| Failure::Content { path, missing: "no wasm_bindgen under [tools]".to_owned() })
}

fn value_of<'text>(key: &str, text: &'text str) -> Option<&'text str> {
    text.lines().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        (name.trim() == key).then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_its_line() {
        assert_eq!(value_of("wasm_bindgen", "[tools]\nwasm_bindgen = \"0.2.130\"\n"), Some("0.2.130"));
        assert_eq!(value_of("wasm_opt", "[tools]\n"), None);
    }

    #[test]
    fn a_version_of_node_is_compared_by_its_first_two_numbers() {
        assert_eq!(major_and_minor("v20.9.0\n"), Some((20, 9)));
        assert_eq!(major_and_minor("nightly"), None);
    }

    #[test]
    fn library_and_command_line_of_wasm_bindgen_agree() {
        let version = wasm_bindgen().unwrap();
        let manifest = place::read(&place::at("Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("\"={version}\"")), "Cargo.toml must pin wasm-bindgen = \"={version}\"");
    }
}
