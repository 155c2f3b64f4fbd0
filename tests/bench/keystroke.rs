//! How long a form of 200 fields with 100 conditions takes to answer a keystroke: `cargo run --no-default-features --example keystroke`.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement by hand")]

use std::sync::Arc;
use std::time::Instant as Watch;

use perennial::command::Blueprint;
use perennial::engine::form::{CompiledForm, Filling, ReadSettings, Surroundings};
use perennial::engine::formula::function::Clock;
use perennial::model::definition::Definition;
use perennial::model::field::Language;
use perennial::model::form::Form;
use perennial::model::id::{Currency, FieldId, RecordId};
use perennial::model::record::{Record, Values};
use perennial::model::state::State;
use perennial::model::time::{Date, Instant, Zone};
use serde_json::{Value as Json, json};

const FIELDS: usize = 200;

fn main() {
    let label = json!({ "en": "x", "zh-CN": "x" });
    let kinds = ["text", "number", "date", "email"];
    let field = |at: usize| -> Json {
        let label = json!({ "en": format!("Field {at}"), "zh-CN": format!("字段{at}") });
        json!({ "id": format!("f{at}"), "label": label, "kind": kinds[at % kinds.len()] })
    };
    let mut fields: Vec<Json> = (0..FIELDS).map(field).collect();
    fields.push(json!({ "id": "sum", "label": { "en": "Sum", "zh-CN": "和" }, "kind": "formula", "formula": "f1+f9+f17", "result": "number" }));
    let entity = json!({ "entity": { "id": "thing", "label": label, "plural": label, "icon": "dot", "group": "grow", "title": "f0", "fields": fields } });
    let definition: Definition = serde_json::from_value(entity).unwrap();
    let mut state = State::new();
    state.define(definition.id(), Some(definition));
    let blueprint = Blueprint::compile(&state).unwrap();
    // Every other field waits for the one before it, some for the sum, some are required or checked by a formula.
    let item = |at: usize| -> Json {
        let mut item = json!({ "id": format!("f{at}"), "kind": "field", "field": format!("f{at}") });
        let before = format!("f{}", at.saturating_sub(1));
        match at % 8 {
            1 => item["visible"] = json!({ "field": before, "is": "filled" }),
            3 => {
                item["required"] =
                    json!({ "all": [{ "field": "f1", "is": "filled" }, { "field": before, "is": "filled" }] })
            }
            5 => item["visible"] = json!({ "formula": format!("OR(sum>10,NOT(ISBLANK({before})))") }),
            7 => {
                item["read_only"] = json!({ "any": [{ "field": "f5", "is": "greater", "value": 100 }, { "field": before, "is": "empty" }] })
            }
            _ => {}
        }
        item
    };
    let sections: Vec<Json> = (0..FIELDS / 20)
        .map(|at| json!({ "id": format!("s{at}"), "items": (at * 20..at * 20 + 20).map(item).collect::<Vec<_>>() }))
        .collect();
    let form: Form = serde_json::from_value(
        json!({ "id": "long", "label": label, "entity": "thing", "pages": [{ "id": "page", "sections": sections }] }),
    )
    .unwrap();
    let clock = Clock {
        now: Instant(0),
        today: Date::default(),
        zone: Zone::fixed(0),
        currency: Currency::new("CNY"),
        reckoning: Default::default(),
        actor: None,
    };
    let around = Surroundings { reader: &state, clock: &clock, language: Language::En, computing: &blueprint };
    let settings =
        ReadSettings { currency: clock.currency, calling_code: "86".into(), today: clock.today, zone: clock.zone };

    let watch = Watch::now();
    let compiled = Arc::new(CompiledForm::compile(Arc::new(form), &state, &blueprint).unwrap());
    let compiling = watch.elapsed();
    let faults: Vec<String> = compiled.faults().iter().map(|fault| format!("{:?}", fault.diagnostic)).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let (at, values) = (Instant(0), Values::new());
    let subject = Record { id: RecordId(1), entity: compiled.entity.id, created: at, updated: at, values };
    let watch = Watch::now();
    let mut filling = Filling::begin(compiled, subject, &around);
    let beginning = watch.elapsed();
    let texts = ["Ann", "12", "2026-11-22", "a@b.cn"];
    let mut taken = Vec::new();
    for round in 0..5 {
        for at in 0..FIELDS {
            let text = if round % 2 == 0 { texts[at % texts.len()] } else { "7" };
            let watch = Watch::now();
            filling.type_text(FieldId::new(&format!("f{at}")), text, &settings, &around);
            taken.push(watch.elapsed().as_secs_f64() * 1e3);
        }
    }
    taken.sort_by(f64::total_cmp);
    let mean = taken.iter().sum::<f64>() / taken.len() as f64;
    println!("{} fields, 100 conditions; {} keystrokes", FIELDS, taken.len());
    println!("compile {:.2} ms, begin {:.2} ms", compiling.as_secs_f64() * 1e3, beginning.as_secs_f64() * 1e3);
    println!(
        "keystroke: median {:.3} ms, mean {mean:.3} ms, worst {:.3} ms",
        taken[taken.len() / 2],
        taken[taken.len() - 1]
    );
}
