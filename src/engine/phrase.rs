//! Phrases: words such as "金额>5万 且 7天未跟进" or "open deals over 50k" become a condition on an entity. The names come from
//! the definitions, with what else people call them; only the words of comparing and of time are known here.

mod clause;
mod lexicon;
mod token;

pub use lexicon::Lexicon;

use crate::engine::condition;
use crate::engine::phrase::clause::Clauses;
use crate::engine::phrase::token::{Token, tokens};
use crate::model::condition::{Comparison, Condition};
use crate::model::id::{EntityId, RecordId};
use crate::model::state::Reader;
use crate::model::time::Date;

/// Who asks, when and where.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The workspace.
    pub reader: &'a dyn Reader,
    /// The day that it is.
    pub today: Date,
    /// Who asks: whom "mine" means.
    pub actor: Option<RecordId>,
    /// Whose records are looked at: they are meant where nothing else is said.
    pub here: Option<EntityId>,
}

/// What a phrase may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// Whose records.
    pub entity: EntityId,
    /// Which of them.
    pub condition: Condition,
    /// Words that mean nothing here, as they were typed; they may be looked for as they stand.
    pub rest: Vec<String>,
    /// Whether it can hardly be meant otherwise: it names the entity, or compares something. The name of an option alone may
    /// be a part of somebody's name.
    pub is_certain: bool,
}

/// What a phrase may mean, the likeliest first; nothing where it asks nothing, or where what it asks is not understood.
pub fn understand(lexicon: &Lexicon, text: &str, asked: &Asked) -> Vec<Phrase> {
    let mut found: Vec<(i64, usize, Phrase)> = Vec::new();
    for (place, entity) in lexicon.candidates(text, asked.here).into_iter().enumerate() {
        let Some(definition) = asked.reader.entity(entity).cloned() else { continue };
        let tokens = tokens(lexicon, text, entity);
        let is_named = tokens.iter().any(Token::is_entity);
        let mut clauses = Clauses::new(&definition, asked, &tokens);
        clauses.read();
        let (condition, rest, used) = clauses.finish();
        let Some(condition) = condition else { continue };
        if condition::compile(&condition, asked.reader, entity).is_err() {
            continue;
        }
        let missed: usize = rest.iter().map(|word| word.chars().count()).sum();
        if missed >= used {
            continue;
        }
        let is_certain = is_named || compares(&condition);
        let mut worth = used as i64 - 3 * missed as i64;
        worth += if is_named { 40 } else { 0 };
        worth += if asked.here == Some(entity) { 6 } else { 0 };
        worth -= if definition.tucked { 4 } else { 0 };
        found.push((-worth, place, Phrase { entity, condition, rest, is_certain }));
    }
    found.sort_by_key(|(worth, place, _)| (*worth, *place));
    let best = found.first().map_or(0, |(worth, ..)| *worth);
    // Others are worth a line where they make as much of the words.
    found.retain(|(worth, ..)| *worth <= best + 8);
    found.into_iter().map(|(_, _, phrase)| phrase).take(3).collect()
}

/// Whether a condition asks more than which option something has.
fn compares(condition: &Condition) -> bool {
    match condition {
        Condition::Compare(compare) => {
            !matches!(compare.is, Comparison::OneOf | Comparison::NoneOf | Comparison::Equals | Comparison::NotEquals)
        }
        Condition::All { all: parts } | Condition::Any { any: parts } => parts.iter().any(compares),
        Condition::Not { not } => compares(not),
        Condition::Formula { .. } => true,
    }
}

/// Whether a text is meant as a filter, by its signs and words of comparing: then it is worth saying that it was not understood.
pub fn is_meant(text: &str) -> bool {
    let folded = lexicon::folded(text);
    [
        "<",
        ">",
        "=",
        "≥",
        "≤",
        "大于",
        "小于",
        "超过",
        "不少于",
        "不超过",
        " over ",
        " under ",
        " more than ",
        " less than ",
    ]
    .iter()
    .any(|word| folded.contains(word))
}
