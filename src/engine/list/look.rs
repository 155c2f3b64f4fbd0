//! Looking: a list as a person asks for it, with conditions that are compiled once, found anew or followed from what was found before.

use rustc_hash::FxHashSet;

use super::{Gathering, Grouped, Letters, Query, Touch, among, follow_groups, gather, others, run};
use crate::engine::condition::{self, CompiledCondition};
use crate::engine::formula::function::Clock;
use crate::engine::formula::{Read, Scope};
use crate::model::condition::Condition;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Language;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::view::{Grouping, Sort};

/// A list as a person asks for it.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    /// The entity.
    pub entity: EntityId,
    /// Those alone that point at this record through this field.
    pub linked: Option<(RecordId, FieldId)>,
    /// Conditions that all have to hold.
    pub conditions: &'a [Condition],
    /// Words that are looked for.
    pub search: &'a str,
    /// The order.
    pub sort: &'a [Sort],
    /// What the list is gathered by.
    pub group: &'a [Grouping],
    /// The reader's language.
    pub language: Language,
    /// Who knows how letters are ordered.
    pub letters: Option<Letters<'a>>,
    /// What time it is, for conditions that ask.
    pub clock: &'a Clock,
}

/// A list that is ready to be looked up.
pub struct Prepared<'a> {
    wish: Wish<'a>,
    state: &'a State,
    condition: Option<CompiledCondition>,
    members: Option<FxHashSet<RecordId>>,
    /// What is wrong with the conditions; then nothing is found.
    pub wrong: Vec<Diagnostic>,
}

impl<'a> Wish<'a> {
    /// Compiles the conditions and looks up whom they are asked of.
    pub fn prepare(self, state: &'a State) -> Prepared<'a> {
        let all = || Condition::All { all: self.conditions.to_vec() };
        let compiled =
            (!self.conditions.is_empty()).then(|| condition::compile(&all(), state, self.entity)).transpose();
        let (condition, wrong) = match compiled {
            Ok(condition) => (condition, Vec::new()),
            Err(wrong) => (None, wrong),
        };
        let pointing = |(to, via)| state.incoming_ids(to, self.entity, via).iter().copied().collect();
        Prepared { members: self.linked.map(pointing), wish: self, state, condition, wrong }
    }
}

impl Prepared<'_> {
    /// How many records there are before any condition is asked.
    pub fn count(&self) -> usize {
        self.members.as_ref().map_or_else(|| self.state.member_ids(self.wish.entity).len(), FxHashSet::len)
    }

    /// The entities whose records are read as well.
    pub fn others(&self) -> Vec<EntityId> {
        let levels = self.wish.group.iter().map(|level| Sort { field: level.field, order: level.order });
        let order: Vec<Sort> = levels.chain(self.wish.sort.iter().copied()).collect();
        self.query(None, |query| others(self.state, &Query { sort: &order, ..*query }, self.reads()))
    }

    /// Whether the list may be another one tomorrow.
    pub fn reads_clock(&self) -> bool {
        self.reads().contains(&Read::Clock)
    }

    /// Whether the list may be another one for another person.
    pub fn reads_actor(&self) -> bool {
        self.reads().contains(&Read::Actor)
    }

    /// The records in their groups and order.
    pub fn run(&self) -> Grouped {
        self.asked(|query| gather(self.state, &self.gathering(query), run(self.state, query)))
    }

    /// The same, made from what a search found that this one narrows; all else must be as it was.
    pub fn narrow(&self, former: &Grouped) -> Grouped {
        self.asked(|query| {
            let rows = among(self.state, query, &former.rows);
            gather(self.state, &self.gathering(query), rows)
        })
    }

    /// The same, made from what was found before these records were touched.
    pub fn follow(&self, former: &Grouped, touched: &[Touch]) -> Grouped {
        self.asked(|query| follow_groups(self.state, &self.gathering(query), former, touched))
    }

    fn gathering<'q>(&'q self, query: &'q Query<'q>) -> Gathering<'q> {
        Gathering { query, levels: self.wish.group, zone: self.wish.clock.zone }
    }

    fn reads(&self) -> &[Read] {
        self.condition.as_ref().map_or(&[], CompiledCondition::reads)
    }

    fn asked(&self, look: impl FnOnce(&Query<'_>) -> Grouped) -> Grouped {
        if !self.wrong.is_empty() {
            return Grouped::default();
        }
        let Wish { clock, language, .. } = self.wish;
        let holds = |record: &Record| {
            let scope = Scope { reader: self.state as &dyn Reader, record, before: None, clock, language };
            self.members.as_ref().is_none_or(|members| members.contains(&record.id))
                && self.condition.as_ref().is_none_or(|condition| condition.holds(&scope))
        };
        let is_asked = self.condition.is_some() || self.members.is_some();
        self.query(is_asked.then_some(&holds as &dyn Fn(&Record) -> bool), look)
    }

    fn query<T>(&self, filter: Option<&dyn Fn(&Record) -> bool>, look: impl FnOnce(&Query<'_>) -> T) -> T {
        let Wish { entity, search, sort, language, letters, .. } = self.wish;
        look(&Query { entity, filter, search, sort, language, letters })
    }
}
