//! Records that are there already: by what rows recognise them, and what of a row is news to them.

use crate::engine::transfer::plan::{RowOutcome, RowPlan};
use crate::engine::transfer::{OnMatch, Overwriting};
use crate::model::id::RecordId;
use crate::model::record::Values;
use crate::model::state::Reader;
use crate::model::value::Value;

use super::Importer;

impl Importer {
    /// What a row whose cells could all be read comes to.
    pub(super) fn outcome(&self, reader: &dyn Reader, values: Values, plan: &mut RowPlan) -> RowOutcome {
        let matched = if self.mapping.on_match == OnMatch::Create {
            None
        } else {
            self.match_key(&values).and_then(|key| self.known.get(&key).copied())
        };
        match (matched, self.mapping.on_match) {
            (Some(_), OnMatch::Skip) | (None, OnMatch::UpdateOnly) => {
                plan.also.clear();
                plan.late.clear();
                RowOutcome::Skip
            }
            (Some(record), OnMatch::Update | OnMatch::UpdateOnly) => {
                let news = self.news(reader, record, values);
                if news.is_empty() { RowOutcome::Unchanged(record) } else { RowOutcome::Update(record, news) }
            }
            (Some(_), OnMatch::Create) | (None, OnMatch::Create | OnMatch::Update | OnMatch::Skip) => {
                RowOutcome::Create(values)
            }
        }
    }

    /// The values that a record does not have yet, or may get.
    fn news(&self, reader: &dyn Reader, record: RecordId, values: Values) -> Values {
        let held = reader.record(record);
        let pending = match self.pending.get(&record) {
            // An earlier row of the same slice has written something: this one may take it back.
            Some(None) => return values,
            Some(pending) => pending.as_ref(),
            None => None,
        };
        let mut news = Values::with_capacity(0);
        for (field, value) in values.iter() {
            let known = match pending.map(|pending| pending.get(field)).filter(|value| !value.is_empty()) {
                Some(known) => known,
                None => held.map_or(&Value::Empty, |held| held.value(field)),
            };
            let is_kept = self.mapping.overwriting == Overwriting::FillBlanks && !known.is_empty();
            if !is_kept && !is_same(known, value) {
                news.set(field, value.clone());
            }
        }
        news
    }

    /// Takes note of a record that a row which is not carried out yet writes, so that the next one of it is not judged by what was;
    /// of the values too, where they decide what the next one may write.
    pub(super) fn note_pending(&mut self, record: RecordId, values: &Values) {
        if self.mapping.match_on.is_empty() || self.mapping.on_match == OnMatch::Create {
            return;
        }
        if self.mapping.overwriting == Overwriting::Replace {
            self.pending.insert(record, None);
            return;
        }
        let pending = self.pending.entry(record).or_default().get_or_insert_default();
        for (field, value) in values.iter() {
            pending.set(field, value.clone());
        }
    }

    /// Takes note that all rows so far were carried out, or refused.
    pub fn note_kept(&mut self) {
        self.pending.clear();
    }

    pub(super) fn read_known(&mut self, reader: &dyn Reader) {
        if self.mapping.match_on.is_empty() || self.mapping.on_match == OnMatch::Create {
            return;
        }
        for record in reader.members(self.entity.id).into_iter().filter_map(|id| reader.record(id)) {
            if let Some(key) = self.match_key(&record.values) {
                // The oldest record of several is the one that is meant.
                self.known.entry(key).or_insert(record.id);
            }
        }
    }

    /// What a record is recognised by; none unless all of it is filled in.
    pub(super) fn match_key(&self, values: &Values) -> Option<Vec<Value>> {
        if self.mapping.match_on.is_empty() {
            return None;
        }
        self.mapping
            .match_on
            .iter()
            .map(|field| match values.get(*field) {
                Value::Empty => None,
                Value::Text(text) => Some(Value::Text(text.to_lowercase().into())),
                Value::Number(number) => Some(Value::Number(number.normalize())),
                other => Some(other.clone()),
            })
            .collect()
    }
}

/// Whether two values are one: 5 and 5.0 are.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.normalize() == b.normalize(),
        (Value::Money(a), Value::Money(b)) => a.currency == b.currency && a.amount.normalize() == b.amount.normalize(),
        (a, b) => a == b,
    }
}
