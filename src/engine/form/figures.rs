//! How many people saw a form, began it, gave it up and sent it, and what their records became: per form and channel.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::engine::condition::{self, CompiledCondition};
use crate::engine::formula::Scope;
use crate::engine::formula::function::Clock;
use crate::model::definition::Definition;
use crate::model::field::Language;
use crate::model::form::Form;
use crate::model::id::{CellId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::time::Date;
use crate::model::value::Value;

/// What became of a form on one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFigures {
    /// The form.
    pub form: String,
    /// The channel, in a word; empty where none is known.
    pub channel: String,
    /// How often it was opened.
    pub views: u32,
    /// How often somebody began to fill it in.
    pub starts: u32,
    /// How often it was given up at which item.
    pub abandons: BTreeMap<String, u32>,
    /// How often it was sent.
    pub submits: u32,
    /// How many different records came of it.
    pub records: u32,
    /// How many of these reached each goal of the form, in the order of its goals.
    pub goals: Vec<(String, u32)>,
}

/// What is counted of a form on one channel and one day before anybody sends it.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Traffic {
    /// How often it was opened.
    #[serde(rename = "v", skip_serializing_if = "is_zero")]
    pub views: u32,
    /// How often somebody began to fill it in.
    #[serde(rename = "s", skip_serializing_if = "is_zero")]
    pub starts: u32,
    /// At which item it was given up, how often.
    #[serde(rename = "a", skip_serializing_if = "BTreeMap::is_empty")]
    pub abandons: BTreeMap<String, u32>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The cell in which a device counts the traffic of a form on a day: a device writes its own alone, so that two never overwrite
/// each other. It holds [`Traffic`] by channel as JSON.
pub fn traffic_cell(form: &str, day: Date, device: u32) -> CellId {
    CellId::new(&format!("{CELLS}{form}/{day}/{device}"))
}

const CELLS: &str = "traffic/";

impl Traffic {
    /// What a cell holds, by channel.
    pub fn read(cell: &Value) -> BTreeMap<String, Traffic> {
        cell.as_text().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// Traffic by channel as a cell holds it.
    pub fn write(by_channel: &BTreeMap<String, Traffic>) -> Value {
        serde_json::to_string(by_channel).map_or(Value::Empty, |text| Value::text(&text))
    }

    /// Adds more of it.
    pub fn add(&mut self, more: &Traffic) {
        self.views = self.views.saturating_add(more.views);
        self.starts = self.starts.saturating_add(more.starts);
        for (item, count) in &more.abandons {
            let known = self.abandons.entry(item.clone()).or_default();
            *known = known.saturating_add(*count);
        }
    }
}

/// The goals of a form by their ids; none where the condition does not hold together.
type Goals = Vec<(String, Option<CompiledCondition>)>;

/// What became of every form, per channel; of these days, both included, where they are given.
///
/// What was seen and begun is counted on the day it was; records count for the channel that brought them, whatever they became since.
pub fn figures(state: &State, clock: &Clock, language: Language, days: Option<(Date, Date)>) -> Vec<FormFigures> {
    let mut found: BTreeMap<(String, String), Counted> = BTreeMap::new();
    let is_within = |day: Date| days.is_none_or(|(from, to)| (from..=to).contains(&day));
    for (cell, value) in state.cells() {
        let Some((form, day)) = cell.as_str().strip_prefix(CELLS).and_then(parts) else { continue };
        if is_within(day) {
            for (channel, traffic) in Traffic::read(value) {
                found.entry((form.to_owned(), channel)).or_default().traffic.add(&traffic);
            }
        }
    }
    count_submits(state, clock, &is_within, &mut found);
    let goals = |form: &str| -> Goals {
        let Some(Definition::Form(form)) = state.definition(Form::worked_on(form)) else { return Vec::new() };
        let compiled = |goal: &crate::model::form::Goal| condition::compile(&goal.condition, state, form.entity).ok();
        form.goals.iter().map(|goal| (goal.id.clone(), compiled(goal))).collect()
    };
    let mut known: Option<(String, Goals)> = None;
    let mut all = Vec::with_capacity(found.len());
    for ((form, channel), counted) in found {
        if known.as_ref().is_none_or(|(name, _)| *name != form) {
            known = Some((form.clone(), goals(&form)));
        }
        let reaches = |condition: &Option<CompiledCondition>| {
            let records = counted.records.iter().filter_map(|id| state.record(*id));
            let met = |record: &&Record| {
                let scope = Scope { reader: state, record, before: None, clock, language };
                condition.as_ref().is_some_and(|condition| condition.holds(&scope))
            };
            records.filter(met).count() as u32
        };
        let goals = known.iter().flat_map(|(_, goals)| goals).map(|(id, condition)| (id.clone(), reaches(condition)));
        all.push(FormFigures {
            goals: goals.collect(),
            form,
            channel,
            views: counted.traffic.views,
            starts: counted.traffic.starts,
            abandons: counted.traffic.abandons,
            submits: counted.submits,
            records: counted.records.len() as u32,
        });
    }
    all
}

/// The figures of one form on several channels as one; a record that came on two of them counts for both.
pub fn together(figures: &[FormFigures]) -> FormFigures {
    let mut whole = FormFigures {
        form: figures.first().map(|one| one.form.clone()).unwrap_or_default(),
        channel: String::new(),
        views: 0,
        starts: 0,
        abandons: BTreeMap::new(),
        submits: 0,
        records: 0,
        goals: Vec::new(),
    };
    for one in figures {
        whole.views += one.views;
        whole.starts += one.starts;
        whole.submits += one.submits;
        whole.records += one.records;
        one.abandons.iter().for_each(|(item, count)| *whole.abandons.entry(item.clone()).or_default() += count);
        for (id, count) in &one.goals {
            match whole.goals.iter_mut().find(|(known, _)| known == id) {
                Some((_, sum)) => *sum += count,
                None => whole.goals.push((id.clone(), *count)),
            }
        }
    }
    whole
}

#[derive(Default)]
struct Counted {
    traffic: Traffic,
    submits: u32,
    records: FxHashSet<RecordId>,
}

fn count_submits(
    state: &State,
    clock: &Clock,
    is_within: &dyn Fn(Date) -> bool,
    found: &mut BTreeMap<(String, String), Counted>,
) {
    let Some(shape) = state.workspace().and_then(|workspace| workspace.touches.as_ref()) else { return };
    for touch in state.member_ids(shape.entity).iter().filter_map(|id| state.record(*id)) {
        let Some(form) = touch.value(shape.form).as_text() else { continue };
        let at = if let Value::Instant(at) = touch.value(shape.at) { *at } else { touch.created };
        if !is_within(at.local(clock.zone).date()) {
            continue;
        }
        let channel = touch.value(shape.channel).as_text().unwrap_or_default();
        let counted = found.entry((form.to_owned(), channel.to_owned())).or_default();
        counted.submits += 1;
        let entity = match state.definition(Form::worked_on(form)) {
            Some(Definition::Form(form)) => form.entity,
            _ => continue,
        };
        let links = touch.values.iter().flat_map(|(_, value)| value.links());
        let about = links.copied().find(|id| state.record(*id).is_some_and(|record| record.entity == entity));
        counted.records.extend(about);
    }
}

/// Form and day of a cell's name: `contact_us/2026-11-22/7`.
fn parts(name: &str) -> Option<(&str, Date)> {
    let mut parts = name.split('/');
    let (form, day) = (parts.next()?, parts.next()?);
    Some((form, day.parse().ok()?))
}
