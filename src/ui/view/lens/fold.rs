//! Which groups of a list are folded: none or all of them, but for those that somebody has turned.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::engine::list::group_id;
use crate::model::value::Value;

/// Which groups are folded.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Folds {
    are_all: bool,
    /// Those that are otherwise, with the values that lead to them.
    turned: FxHashMap<u64, Vec<Value>>,
}

/// What is remembered: ids are only good for as long as the program runs.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Written {
    all: bool,
    turned: Vec<Vec<Value>>,
}

impl Folds {
    /// All groups folded.
    pub fn all() -> Folds {
        Folds { are_all: true, turned: FxHashMap::default() }
    }

    /// Whether a group is folded.
    pub fn is_folded(&self, group: u64) -> bool {
        self.are_all != (!self.turned.is_empty() && self.turned.contains_key(&group))
    }

    /// Folds a group, or opens it.
    pub fn turn(&mut self, group: u64, path: Vec<Value>) {
        if self.turned.remove(&group).is_none() {
            self.turned.insert(group, path);
        }
    }
}

impl From<Written> for Folds {
    fn from(written: Written) -> Folds {
        let turned = written.turned.into_iter().map(|path| (group_id(&path), path)).collect();
        Folds { are_all: written.all, turned }
    }
}

impl From<Folds> for Written {
    fn from(folds: Folds) -> Written {
        Written { all: folds.are_all, turned: folds.turned.into_values().collect() }
    }
}
