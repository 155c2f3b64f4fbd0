//! Forms being filled in: logic, checks, pages, tables and what is sent, on a small workspace of their own.

mod alone;
mod answer;
mod door;
mod logic;
mod problem;
mod submit;
mod table;

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use perennial::command::{Blueprint, Command, Context, Outcome, decide};
use perennial::engine::form::{CompiledForm, Filling, FormFault, ReadSettings, Surroundings};
use perennial::engine::formula::function::Clock;
use perennial::model::change::{Change, Stamp};
use perennial::model::definition::Definition;
use perennial::model::diagnostic::{Code, Rejection};
use perennial::model::field::Language;
use perennial::model::form::{Answers, Form};
use perennial::model::id::{Currency, FieldId, IdSource, RecordId};
use perennial::model::record::{Record, Values};
use perennial::model::state::State;
use perennial::model::time::{Instant, Zone};
use perennial::model::value::Value;

/// 2026-11-22 09:00 in Shanghai.
const MORNING: i64 = 1_795_309_200_000;

/// A workspace in which forms are tried.
struct Bench {
    state: State,
    blueprint: Arc<Blueprint>,
    clock: Clock,
    millis: i64,
}

impl Bench {
    /// The workspace of the cases: an enquiry with fields of most kinds, its lines, and companies that it links to.
    fn new() -> Bench {
        let definitions: Vec<Definition> =
            serde_json::from_str(include_str!("../data/form/workspace.json")).expect("the workspace reads");
        let clock = Clock {
            now: Instant(MORNING),
            today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
            zone: Zone::fixed(8 * 3600),
            currency: Currency::new("CNY"),
            reckoning: Default::default(),
            actor: None,
        };
        let mut bench = Bench { state: State::new(), blueprint: Arc::default(), clock, millis: MORNING };
        bench.act(Command::Define { definitions }).expect("the workspace is sound");
        bench
    }

    fn act(&mut self, command: Command) -> Result<Outcome, Rejection> {
        self.millis += 60_000;
        let now = Instant(self.millis);
        let stamp = Stamp { time: now, count: 0, device: 1 };
        let ids = IdSource::new(self.millis as u64, 7);
        let mut context = Context { now, stamp, zone: self.clock.zone, actor: None, ids };
        let outcome = decide(&self.state, &self.blueprint, &command, &mut context)?;
        self.state.apply_all(&outcome.changes);
        if outcome.changes.iter().any(|change| matches!(change, Change::Defined { .. })) {
            self.blueprint = Arc::new(Blueprint::compile(&self.state).expect("what was kept compiles"));
        }
        Ok(outcome)
    }

    fn around(&self) -> Surroundings<'_> {
        Surroundings { reader: &self.state, clock: &self.clock, language: Language::En, computing: &*self.blueprint }
    }

    fn settings(&self) -> ReadSettings {
        ReadSettings {
            currency: self.clock.currency,
            calling_code: "86".to_owned(),
            today: self.clock.today,
            zone: self.clock.zone,
        }
    }

    fn compile(&self, form: Form) -> Arc<CompiledForm> {
        Arc::new(CompiledForm::compile(Arc::new(form), &self.state, &*self.blueprint).expect("the entity is there"))
    }

    fn subject(&self, form: &Form) -> Record {
        let at = Instant(MORNING);
        Record { id: RecordId(0xf00d), entity: form.entity, created: at, updated: at, values: Values::new() }
    }

    /// A form with these pages, being filled in.
    fn fill(&self, pages: Json) -> Attempt<'_> {
        self.fill_form(form(pages))
    }

    fn fill_form(&self, form: Form) -> Attempt<'_> {
        let subject = self.subject(&form);
        let compiled = self.compile(form);
        assert_eq!(compiled.faults(), [], "the form is sound");
        Attempt { bench: self, filling: Filling::begin(compiled, subject, &self.around()) }
    }

    /// What is wrong with a form.
    fn faults(&self, pages: Json) -> Vec<FormFault> {
        self.compile(form(pages)).faults().to_vec()
    }
}

/// A form that asks for an enquiry.
fn form(pages: Json) -> Form {
    let label = json!({ "zh-CN": "试", "en": "Trial" });
    serde_json::from_value(json!({ "id": "trial", "label": label, "entity": "enquiry", "pages": pages })).unwrap()
}

/// One page with one section that holds these items.
fn page(items: Json) -> Json {
    json!([{ "id": "page", "sections": [{ "id": "section", "items": items }] }])
}

/// An item that asks for a field, with what it says besides.
fn ask(field: &str, more: Json) -> Json {
    let mut item = json!({ "id": field, "kind": "field", "field": field });
    item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    item
}

fn field(name: &str) -> FieldId {
    FieldId::new(name)
}

/// Somebody filling in a form.
struct Attempt<'b> {
    bench: &'b Bench,
    filling: Filling,
}

impl Attempt<'_> {
    /// Types into a field; says which parts look different.
    fn type_text(&mut self, name: &str, text: &str) -> Vec<String> {
        let (around, settings) = (self.bench.around(), self.bench.settings());
        let changed = self.filling.type_text(field(name), text, &settings, &around);
        changed.into_iter().map(|at| self.filling.form().part(at).unwrap().to_owned()).collect()
    }

    fn value(&self, item: &str) -> Value {
        self.filling.item(item).expect("the item").value.clone()
    }

    fn is_shown(&self, item: &str) -> bool {
        self.filling.item(item).map_or_else(|| self.filling.is_shown(item), |item| item.is_shown)
    }

    /// The codes of what is wrong with an item.
    fn wrong(&self, item: &str) -> Vec<Code> {
        let item = self.filling.item(item).expect("the item");
        item.problems.iter().map(|problem| problem.code).collect()
    }

    fn all_wrong(&self) -> Vec<(Option<String>, Code)> {
        self.filling.problems().into_iter().map(|problem| (problem.item, problem.diagnostic.code)).collect()
    }

    fn sent(&self) -> Answers {
        self.filling.submission()
    }
}
