//! JSON by way of its text and of nothing else: a reader for each type is a good part of the program, so there is one of each
//! and not three.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};

/// Reads a text, which the result may borrow from.
pub fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Error> {
    serde_json::from_slice(text.as_bytes())
}

/// Reads a value that has been read already, by writing it once more: for what is small.
///
/// # Errors
///
/// What is wrong, without a line and a column, since there is no text to look at.
pub fn read_value<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    read(&value.to_string()).map_err(|error: Error| {
        let place = format!(" at line {} column {}", error.line(), error.column());
        let said = error.to_string();
        said.strip_suffix(&place).unwrap_or(&said).to_owned()
    })
}

/// What a text would say, as a value; by way of the text, for the same reason.
pub fn to_value(content: &impl Serialize) -> Value {
    serde_json::to_vec(content).and_then(|bytes| serde_json::from_slice(&bytes)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_refused_without_a_place() {
        let refused = read_value::<Vec<u8>>(&serde_json::json!({ "a": 1 }));
        assert_eq!(refused, Err("invalid type: map, expected a sequence".to_owned()));
    }
}
