//! The road of decide, commit and undo, walked on the shipped pack with a fixed clock and seeded ids.

mod cells;
mod change;
mod check;
mod convert;
mod define;
mod effect;
mod form;
mod intake;
mod lead;
mod number;
mod past;
mod property;
mod recast;
mod time;

use std::sync::Arc;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json};

use perennial::command::{Blueprint, Command, Context, NewRecord, Outcome, decide, history};
use perennial::engine::pack::{self, Calendar};
use perennial::engine::plain;
use perennial::model::change::{Cause, Change, Commit, Stamp};
use perennial::model::definition::Definition;
use perennial::model::diagnostic::{Code, Rejection};
use perennial::model::entity::Entity;
use perennial::model::id::{Currency, DefinitionId, EntityId, FieldId, IdSource, RecordId};
use perennial::model::record::{Record, Values};
use perennial::model::state::{Incoming, Reader, State};
use perennial::model::time::{Instant, Zone};
use perennial::model::value::Value;

const CONSULTANCY: &str = include_str!("../../public/pack/consultancy.json");

/// 2026-11-22 09:00 in Shanghai.
const MORNING: i64 = 1_795_309_200_000;

/// Somebody at work: a workspace with the pack installed, and what has been done to it.
#[derive(Clone)]
pub struct Desk {
    state: State,
    blueprint: Arc<Blueprint>,
    millis: i64,
    commits: Vec<Arc<Commit>>,
}

impl Desk {
    /// The pack as the product installs it, without its sample.
    fn new() -> Desk {
        let blueprint = Arc::new(Blueprint::default());
        let mut desk = Desk { state: State::new(), blueprint, millis: MORNING, commits: Vec::new() };
        let pack = pack::parse(CONSULTANCY).expect("the pack reads");
        desk.act(Command::Define { definitions: pack.definitions });
        let calendar = Calendar { today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(), zone: Zone::fixed(8 * 3600) };
        let seeds = pack::records(&pack.records, &desk.state, calendar).expect("the records read");
        let seeds = seeds.into_iter();
        let records =
            seeds.map(|it| NewRecord { id: it.id, entity: it.entity, created: it.created, values: it.values });
        desk.act(Command::AddRecords { records: records.collect(), source: None });
        desk
    }

    /// The next moment: a minute later, with ids of its own.
    fn context(&mut self) -> Context {
        self.millis += 60_000;
        self.context_now()
    }

    fn context_now(&self) -> Context {
        Context {
            now: Instant(self.millis),
            stamp: Stamp { time: Instant(self.millis), count: 0, device: 1 },
            zone: Zone::fixed(8 * 3600),
            actor: None,
            ids: IdSource::new(self.millis as u64, 7),
        }
    }

    /// Decides a command and carries it out; nothing may have changed when it is refused.
    fn try_act(&mut self, command: Command) -> Result<Outcome, Rejection> {
        let mut context = self.context();
        let outcome = decide(&self.state, &self.blueprint, &command, &mut context)?;
        let commit = context.sign(outcome.changes.clone(), command.cause(), None);
        self.commit(commit);
        Ok(outcome)
    }

    fn act(&mut self, command: Command) -> Outcome {
        let said = format!("{command:?}");
        let said: String = said.chars().take(200).collect();
        self.try_act(command).unwrap_or_else(|refused| panic!("{said}: {refused:?}"))
    }

    /// The codes with which a command is refused.
    fn refused(&mut self, command: Command) -> Vec<Code> {
        let before = self.state.clone();
        let refused = self.try_act(command).expect_err("it is refused");
        assert_same(&before, &self.state);
        refused.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    fn commit(&mut self, commit: Commit) {
        self.state.apply_all(&commit.changes);
        if commit.changes.iter().any(|change| matches!(change, Change::Defined { .. })) {
            self.blueprint = Arc::new(Blueprint::compile(&self.state).expect("what was kept compiles"));
        }
        self.commits.push(Arc::new(commit));
    }

    /// Undoes commits, from the oldest to the newest.
    fn try_undo(&mut self, commits: &[Arc<Commit>]) -> Result<Outcome, Rejection> {
        let mut context = self.context();
        let outcome = history::undo(&self.state, &self.blueprint, commits, &context)?;
        let cause = Cause::Undo(commits.iter().map(|commit| commit.id).collect());
        let commit = context.sign(outcome.changes.clone(), cause, None);
        self.commit(commit);
        Ok(outcome)
    }

    fn undo(&mut self, commits: &[Arc<Commit>]) -> Outcome {
        self.try_undo(commits).unwrap_or_else(|refused| panic!("undo: {refused:?}"))
    }

    /// The commit made last.
    fn last(&self) -> Arc<Commit> {
        self.commits.last().unwrap().clone()
    }

    /// Values as plain JSON has them.
    fn values(&self, entity: &str, values: Json) -> Values {
        let entity = self.state.entity(EntityId::new(entity)).expect("the entity");
        let Json::Object(values) = values else { panic!("an object") };
        read_values(entity, &values)
    }

    fn create(&mut self, entity: &str, values: Json) -> RecordId {
        let command = self.creation(entity, values);
        self.act(command).subject.expect("a record")
    }

    fn creation(&self, entity: &str, values: Json) -> Command {
        Command::CreateRecord { id: None, entity: EntityId::new(entity), values: self.values(entity, values) }
    }

    fn change(&self, record: RecordId, values: Json) -> Command {
        let entity = self.record(record).entity;
        let values = self.pairs(entity.as_str(), values);
        Command::UpdateRecord { record, values }
    }

    fn pairs(&self, entity: &str, values: Json) -> Vec<(FieldId, Value)> {
        let entity = self.state.entity(EntityId::new(entity)).expect("the entity");
        let Json::Object(values) = values else { panic!("an object") };
        values.iter().map(|(field, json)| read_value(entity, field, json)).collect()
    }

    fn update(&mut self, record: RecordId, values: Json) -> Outcome {
        let command = self.change(record, values);
        self.act(command)
    }

    fn remove(&mut self, record: RecordId) -> Outcome {
        self.act(Command::RemoveRecords { records: vec![record] })
    }

    fn record(&self, id: RecordId) -> &Record {
        self.state.record(id).expect("the record")
    }

    /// A value of a record as plain JSON has it.
    fn shown(&self, record: RecordId, field: &str) -> Json {
        let record = self.record(record);
        let entity = self.state.entity(record.entity).unwrap();
        let field = entity.field(FieldId::new(field)).expect("the field");
        plain::write(field, record.value(field.id), Currency::new("CNY"))
    }

    /// The records of an entity that point at a record.
    fn related(&self, to: RecordId, entity: &str, via: &str) -> Vec<RecordId> {
        self.state.incoming(to, EntityId::new(entity), FieldId::new(via))
    }

    /// Changes one entity.
    fn redefine(&mut self, entity: &str, change: impl FnOnce(&mut Entity)) -> Result<Outcome, Rejection> {
        let mut entity = (**self.state.entity(EntityId::new(entity)).unwrap()).clone();
        change(&mut entity);
        self.try_act(Command::Define { definitions: vec![Definition::Entity(Arc::new(entity))] })
    }
}

fn read_values(entity: &Entity, values: &Map<String, Json>) -> Values {
    values.iter().map(|(field, json)| read_value(entity, field, json)).collect()
}

fn read_value(entity: &Entity, field: &str, json: &Json) -> (FieldId, Value) {
    let field = entity.field(FieldId::new(field)).unwrap_or_else(|| panic!("no field {field}"));
    let value = plain::read(field, json, Currency::new("CNY")).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    (field.id, value)
}

/// A record of the pack by its name there: `user/b`.
fn named(name: &str) -> RecordId {
    RecordId::named(name)
}

/// Whether two workspaces are the same in all that is stored.
fn assert_same(left: &State, right: &State) {
    let definitions = |state: &State| -> Vec<(DefinitionId, Definition)> {
        state.definitions().map(|(id, definition)| (id, definition.clone())).collect()
    };
    assert!(definitions(left) == definitions(right), "definitions differ");
    assert_eq!(left.cells().collect::<Vec<_>>(), right.cells().collect::<Vec<_>>(), "cells differ");
    for record in left.records() {
        assert_eq!(Some(&**record), right.record(record.id), "a record differs");
    }
    assert_eq!(left.record_count(), right.record_count(), "the number of records differs");
}

fn links(state: &State, to: RecordId) -> Vec<Incoming> {
    state.all_incoming(to)
}

/// Whether the indexes of a workspace are those that follow from what it holds.
fn assert_indexed(state: &State) {
    let definitions = state.definitions().map(|(id, definition)| (id, definition.clone())).collect();
    let records: FxHashMap<RecordId, Arc<Record>> = state.records().map(|it| (it.id, it.clone())).collect();
    let cells = state.cells().map(|(id, value)| (id, value.clone())).collect();
    let fresh = State::load(definitions, records, cells);
    assert_same(state, &fresh);
    let mut targets: Vec<RecordId> = state.records().map(|record| record.id).collect();
    targets.extend(state.records().flat_map(|it| it.values.iter().flat_map(|(_, value)| value.links().to_vec())));
    for id in targets {
        assert_eq!(links(state, id), links(&fresh, id), "links to {id} differ");
    }
    for entity in fresh.entities() {
        assert_eq!(state.member_ids(entity.id), fresh.member_ids(entity.id), "members of {:?} differ", entity.id);
        for field in &entity.fields {
            for record in fresh.members(entity.id) {
                let value = fresh.record(record).unwrap().value(field.id);
                let held = |state: &State| state.holders(entity.id, field.id, value);
                assert_eq!(held(state), held(&fresh), "holders of {:?} differ", field.id);
            }
        }
    }
}
