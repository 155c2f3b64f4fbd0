//! Interned names: a four-byte stand-in for the identifiers that definitions and records repeat a hundred thousand times.

use std::fmt;
use std::sync::{LazyLock, OnceLock, RwLock};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An interned string; equal symbols have equal text, and comparing them compares numbers.
///
/// Names are kept for the life of the program: they come from definitions, whose number is small.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol(u32);

type Numbers = FxHashMap<&'static str, u32>;
type Shelf = OnceLock<Box<[OnceLock<&'static str>]>>;

static NUMBERS: LazyLock<RwLock<Numbers>> = LazyLock::new(RwLock::default);

/// The texts by number, each shelf twice as long as the one before: reading a text takes no lock, since sorting reads many.
static TEXTS: [Shelf; 32] = [const { OnceLock::new() }; 32];

impl Symbol {
    /// Returns the symbol of a text, making it when it is new.
    pub fn new(text: &str) -> Self {
        {
            let numbers = NUMBERS.read().unwrap_or_else(|poisoned| poisoned.into_inner());
            if let Some(number) = numbers.get(text) {
                return Symbol(*number);
            }
        }
        let mut numbers = NUMBERS.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(number) = numbers.get(text) {
            return Symbol(*number);
        }
        let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
        let symbol = Symbol(numbers.len() as u32);
        let (shelf, at) = symbol.place();
        let texts = TEXTS[shelf].get_or_init(|| (0..1usize << shelf).map(|_| OnceLock::new()).collect());
        texts[at].get_or_init(|| kept);
        numbers.insert(kept, symbol.0);
        symbol
    }

    /// The text behind the symbol.
    pub fn as_str(self) -> &'static str {
        let (shelf, at) = self.place();
        let text = TEXTS[shelf].get().and_then(|texts| texts.get(at)?.get());
        text.copied().unwrap_or_default()
    }

    /// The shelf on which the text stands, and the place there.
    fn place(self) -> (usize, usize) {
        let number = u64::from(self.0) + 1;
        let shelf = number.ilog2();
        // Four thousand million names do not fit into memory, so the last shelf is never passed.
        ((shelf as usize).min(31), (number - (1 << shelf)) as usize)
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
