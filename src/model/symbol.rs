//! Interned names: a four-byte stand-in for the identifiers that definitions and records repeat a hundred thousand times.

use std::fmt;
use std::sync::{LazyLock, RwLock};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An interned string; equal symbols have equal text, and comparing them compares numbers.
///
/// Names are kept for the life of the program: they come from definitions, whose number is small.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol(u32);

#[derive(Default)]
struct Names {
    numbers: FxHashMap<&'static str, u32>,
    texts: Vec<&'static str>,
}

static NAMES: LazyLock<RwLock<Names>> = LazyLock::new(RwLock::default);

impl Symbol {
    /// Returns the symbol of a text, making it when it is new.
    pub fn new(text: &str) -> Self {
        {
            let names = NAMES.read().unwrap_or_else(|poisoned| poisoned.into_inner());
            if let Some(number) = names.numbers.get(text) {
                return Symbol(*number);
            }
        }
        let mut names = NAMES.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(number) = names.numbers.get(text) {
            return Symbol(*number);
        }
        let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
        let number = names.texts.len() as u32;
        names.texts.push(kept);
        names.numbers.insert(kept, number);
        Symbol(number)
    }

    /// The text behind the symbol.
    pub fn as_str(self) -> &'static str {
        let names = NAMES.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        names.texts.get(self.0 as usize).copied().unwrap_or_default()
    }
}

impl PartialOrd for Symbol {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Symbols sort by their text, so that what is written out does not depend on the order of interning.
impl Ord for Symbol {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self.0 == other.0 { std::cmp::Ordering::Equal } else { self.as_str().cmp(other.as_str()) }
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}`", self.as_str())
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl Serialize for Symbol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Symbol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Symbol::new(&text))
    }
}
