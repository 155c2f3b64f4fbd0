//! The grammar, by cases as text: `tests/data/formula/*.csv` hold a formula, what it gives, and on which record.

use std::sync::Arc;

use perennial::engine::formula::function::{Clock, Fault, Operand};
use perennial::engine::formula::{self, Scope};
use perennial::model::definition::{Definition, Workspace};
use perennial::model::diagnostic::Diagnostic;
use perennial::model::entity::Entity;
use perennial::model::field::Language;
use perennial::model::id::{Currency, FieldId};
use perennial::model::record::Record;
use perennial::model::state::{Reader, State};
use perennial::model::time::{Date, Instant};
use perennial::model::value::Value;
use serde::Deserialize;

/// A small workspace in which all formulas are tried.
pub struct Fixture {
    pub state: State,
    /// What the default record held before the change at hand.
    pub before: Record,
    pub clock: Clock,
}

/// The record on which a case is tried if it names none.
pub const DEFAULT_RECORD: &str = "晨星科技";

#[derive(Deserialize)]
struct Written {
    workspace: Workspace,
    before: std::collections::BTreeMap<FieldId, Value>,
    entities: Vec<Entity>,
    records: Vec<Record>,
}

pub fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formula")
}

/// Reads the fixture; the clock stands at 2026-11-22T09:00+08:00.
pub fn fixture() -> Fixture {
    let text = std::fs::read_to_string(folder().join("schema.json")).unwrap();
    let written: Written = serde_json::from_str(&text).unwrap();
    let mut state = State::new();
    let workspace = Definition::Workspace(Arc::new(written.workspace));
    state.define(workspace.id(), Some(workspace));
    for entity in written.entities {
        let definition = Definition::Entity(Arc::new(entity));
        state.define(definition.id(), Some(definition));
    }
    for record in written.records {
        state.insert(Arc::new(record));
    }
    let mut before = record(&state, DEFAULT_RECORD).clone();
    for (field, value) in written.before {
        before.values.set(field, value);
    }
    let now: Instant = "2026-11-22T09:00:00+08:00".parse().unwrap();
    let today = Date::from_ymd_opt(2026, 11, 22).unwrap();
    let clock = Clock { now, today, offset: 8 * 3600, currency: Currency::new("CNY") };
    Fixture { state, before, clock }
}

/// The record with that title.
pub fn record<'a>(state: &'a State, title: &str) -> &'a Record {
    let found = state.records().find(|record| title_of(state, record) == title);
    found.unwrap_or_else(|| panic!("no record {title}"))
}

fn title_of(state: &State, record: &Record) -> String {
    let entity = state.entity(record.entity).unwrap();
    record.value(entity.title).as_text().unwrap_or_default().to_owned()
}

/// What a formula gives on a record, as the case files write it.
pub fn outcome(fixture: &Fixture, text: &str, on: &str) -> String {
    let on = if on.is_empty() { DEFAULT_RECORD } else { on };
    let record = record(&fixture.state, on);
    let before = (on == DEFAULT_RECORD).then_some(&fixture.before);
    let formula = match formula::compile(text, &fixture.state, record.entity) {
        Ok(formula) => formula,
        Err(diagnostics) => return show_diagnostics(&diagnostics),
    };
    let scope =
        Scope { reader: &fixture.state, record, before, clock: &fixture.clock, language: Language::Zh };
    show(&fixture.state, &formula.evaluate(&scope))
}

/// `!unknown-name@0-6`: only the first, as that is what people see first.
pub fn show_diagnostics(diagnostics: &[Diagnostic]) -> String {
    let first = &diagnostics[0];
    match first.at.span {
        Some((from, to)) => format!("!{}@{from}-{to}", first.code.as_str()),
        None => format!("!{}", first.code.as_str()),
    }
}

/// Writes a result: `620`, `'text'`, `TRUE`, `CNY 12.5`, `2026-11-22`, `:option`, `@title of the record`, `5400s`, `[1; 2]`,
/// `blank`, `#DIV/0!`.
pub fn show(state: &State, result: &Result<Operand, Fault>) -> String {
    match result {
        Err(fault) => fault.sign().to_owned(),
        Ok(Operand::One(value)) => show_value(state, value),
        Ok(Operand::Many(values)) => {
            let items: Vec<String> = values.iter().map(|value| show_value(state, value)).collect();
            format!("[{}]", items.join("; "))
        }
    }
}

fn show_value(state: &State, value: &Value) -> String {
    match value {
        Value::Empty => "blank".to_owned(),
        Value::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Number(number) => number.normalize().to_string(),
        Value::Money(money) => format!("{} {}", money.currency, money.amount.normalize()),
        Value::Text(text) => format!("'{text}'"),
        Value::Date(date) => date.to_string(),
        Value::Instant(at) => at.to_string(),
        Value::Duration(seconds) => format!("{seconds}s"),
        Value::Choice(option) => format!(":{option}"),
        Value::Link(link) => match state.record(*link) {
            Some(record) => format!("@{}", title_of(state, record)),
            None => "@?".to_owned(),
        },
        Value::Choices(options) => {
            options.iter().map(|option| format!(":{option}")).collect::<Vec<_>>().join("+")
        }
        Value::Links(links) => format!("{} links", links.len()),
        Value::Files(files) => format!("{} files", files.len()),
        Value::Place(place) => format!("{}/{}", place.region, place.city),
    }
}

/// Tries every case of a file: columns `formula`, `expected` and, if it is not the default one, `record`.
/// Lines that start with `#` are comments.
pub fn check(file: &str) {
    let fixture = fixture();
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_path(folder().join(file)).unwrap();
    let mut failures = Vec::new();
    let mut count = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let (text, expected) = (row.get(0).unwrap(), row.get(1).unwrap_or_default());
        let found = outcome(&fixture, text, row.get(2).unwrap_or_default());
        count += 1;
        // A case may leave the place of an error open.
        let matches = found == expected
            || (expected.starts_with('!') && !expected.contains('@') && found.split('@').next() == Some(expected));
        if !matches {
            failures.push(format!("  {text}\n    expected {expected}\n    found    {found}"));
        }
    }
    assert!(failures.is_empty(), "{file}: {} of {count} cases fail\n{}", failures.len(), failures.join("\n"));
    assert!(count > 0, "{file} holds no case");
}

#[test]
fn cases() {
    let _ = std::fs::read_dir(folder()).unwrap();
    let fixture = fixture();
    if let Ok(path) = std::env::var("TRY") {
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let (text, on) = line.split_once('\t').unwrap_or((line, ""));
            println!("{}\t{}\t{on}", text, outcome(&fixture, text, on));
        }
    }
}
