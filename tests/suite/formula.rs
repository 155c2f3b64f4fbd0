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
use perennial::model::time::{Date, Instant, Zone};
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
    let clock = Clock {
        now,
        today,
        zone: Zone::fixed(8 * 3600),
        currency: Currency::new("CNY"),
        reckoning: Default::default(),
        actor: None,
    };
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
    let scope = Scope { reader: &fixture.state, record, before, clock: &fixture.clock, language: Language::Zh };
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
        Value::Choices(options) => options.iter().map(|option| format!(":{option}")).collect::<Vec<_>>().join("+"),
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
fn every_operator() {
    check("operator.csv");
}

#[test]
fn names_by_id_label_and_bracket() {
    check("name.csv");
}

#[test]
fn options_by_id_and_label() {
    check("choice.csv");
}

#[test]
fn money_days_and_other_kinds() {
    check("money_and_time.csv");
}

#[test]
fn paths_and_related_records() {
    check("path.csv");
}

#[test]
fn special_forms() {
    check("special.csv");
}

#[test]
fn blanks() {
    check("blank.csv");
}

#[test]
fn other_records() {
    check("other_records.csv");
}

#[test]
fn errors_say_where() {
    check("error.csv");
}

#[test]
fn too_large_is_refused() {
    let fixture = fixture();
    for text in [
        "1+".repeat(5_000) + "1",
        "(".repeat(70) + "1" + &")".repeat(70),
        "-".repeat(500) + "1",
        "1&".repeat(1_000) + "1",
        format!("SUM({})", "1,".repeat(3_000) + "1"),
    ] {
        assert!(outcome(&fixture, &text, "").starts_with("!formula-too-large"), "{} bytes", text.len());
    }
    assert_eq!(outcome(&fixture, &("(".repeat(60) + "1" + &")".repeat(60)), ""), "1");
    assert_eq!(outcome(&fixture, &("1+".repeat(200) + "1"), ""), "201");
}

#[test]
fn suggestions_name_what_is_near() {
    let fixture = fixture();
    let entity = record(&fixture.state, DEFAULT_RECORD).entity;
    for (text, expected) in [
        ("公司规摸", "公司规模"),
        ("compny_size", "company_size"),
        ("行业=\"科级\"", "科技"),
        ("SUMM(1)", "SUM"),
        ("IFF(1,2,3)", "IF"),
        ("订单[金客]", "金额"),
        ("TODAY", "TODAY()"),
    ] {
        let errors = formula::compile(text, &fixture.state, entity).unwrap_err();
        assert_eq!(errors[0].argument("suggestion"), Some(expected), "{text}: {errors:?}");
    }
}

#[test]
fn a_formula_knows_what_it_reads() {
    let fixture = fixture();
    let entity = record(&fixture.state, DEFAULT_RECORD).entity;
    let reads = |text: &str| {
        let formula = formula::compile(text, &fixture.state, entity).unwrap();
        formula.reads().iter().map(|read| format!("{read:?}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(reads("公司规模>500"), "Own(`company_size`)");
    assert_eq!(reads("公司规模+公司规模"), "Own(`company_size`)");
    assert_eq!(reads("TODAY()"), "Clock");
    assert_eq!(reads("owner.manager.name"), "Through { path: [`owner`, `manager`], entity: `staff`, field: `name` }");
    assert_eq!(reads("SUM(订单[金额])"), "Related { entity: `order`, via: `customer`, field: Some(`amount`) }");
    assert_eq!(reads("COUNT(订单)"), "Related { entity: `order`, via: `customer`, field: None }");
    assert_eq!(reads("负责人&\"\""), "Own(`owner`) Through { path: [`owner`], entity: `staff`, field: `name` }");
}

#[test]
fn an_explanation_tells_each_part() {
    let fixture = fixture();
    let record = record(&fixture.state, DEFAULT_RECORD);
    let formula =
        formula::compile("=IF(且(公司规模>500, 行业=\"科技\"), 1, 2)", &fixture.state, record.entity).unwrap();
    let scope = Scope { reader: &fixture.state, record, before: None, clock: &fixture.clock, language: Language::Zh };
    let explanation = formula.explain(&scope);
    assert_eq!(explanation.text, "IF(且(公司规模>500, 行业=\"科技\"), 1, 2)");
    assert_eq!(show(&fixture.state, &explanation.value), "1");
    let condition = &explanation.children[0];
    assert_eq!(condition.text, "且(公司规模>500, 行业=\"科技\")");
    let reason = condition.children[0].reason.as_ref().unwrap();
    assert_eq!((reason.subject.as_str(), reason.sign, reason.against.as_str()), ("公司规模", ">", "500"));
    assert_eq!((reason.spelled.zh.as_str(), reason.spelled.en.as_str()), ("公司规模", "Company size"));
    assert_eq!(show(&fixture.state, &reason.actual), "620");
}

#[test]
fn templates_fill_placeholders_in() {
    let fixture = fixture();
    let record = record(&fixture.state, DEFAULT_RECORD);
    let scope = Scope { reader: &fixture.state, record, before: None, clock: &fixture.clock, language: Language::Zh };
    let render = |text: &str| formula::Template::compile(text, &fixture.state, record.entity).map(|t| t.render(&scope));
    assert_eq!(render("跟进 {{name}}（{{ 行业 }}，{{负责人}}）").unwrap(), "跟进 晨星科技（科技，李经理）");
    assert_eq!(render("{{标签}} {{公司规模*2}} {{1/0}}").unwrap(), "重要客户, 合作伙伴 1240 #DIV/0!");
    assert_eq!(render("no placeholder }} {").unwrap(), "no placeholder }} {");
    assert_eq!(show_diagnostics(&render("跟进 {{nme}}").unwrap_err()), "!unknown-name@9-12");
    assert_eq!(show_diagnostics(&render("跟进 {{name").unwrap_err()), "!formula-syntax@7-13");
}

#[test]
fn completion_offers_fields_lists_and_functions() {
    let fixture = fixture();
    let entity = record(&fixture.state, DEFAULT_RECORD).entity;
    let offers = |text: &str| {
        let is_meant = |name: &str, word: &str| name == "公司规模" && word == "gsgm";
        let completion = formula::complete(text, text.len(), &fixture.state, entity, &is_meant);
        completion.candidates.iter().map(|candidate| candidate.insert.zh.clone()).collect::<Vec<_>>()
    };
    assert!(offers("1+公司").contains(&"公司规模".to_owned()));
    assert!(offers("金").contains(&"[金额（元）]".to_owned()));
    assert_eq!(offers("owner.man"), ["上级"]);
    assert!(offers("订").contains(&"订单".to_owned()));
    assert!(offers("SUMI").contains(&"SUMIFS(".to_owned()) || !offers("SUMI").is_empty());
    assert_eq!(offers("1+gsgm"), ["公司规模"]);
    assert!(offers("\"公司").is_empty());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn parsing_never_panics(text in "\\PC{0,60}") {
        if let Err(error) = formula::parse::parse(&text) {
            let (from, to) = error.at.span.unwrap();
            assert!(from <= to && text.is_char_boundary(from) && text.is_char_boundary(to), "{text} {from}-{to}");
        }
    }

    #[test]
    fn evaluation_never_panics(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..14)) {
        let text = pieces.concat();
        let fixture = shared();
        outcome(fixture, &text, "");
        outcome(fixture, &text, "空白公司");
    }
}

const PIECES: &[&str] = &[
    "1",
    "0",
    "2.5",
    "99999999999999",
    "79228162514264337593543950335",
    "\"a\"",
    "TRUE",
    "公司规模",
    "年营收",
    "海外预算",
    "续约日期",
    "最近联系",
    "响应时间",
    "行业",
    "标签",
    "负责人",
    "负责人.姓名",
    "订单[金额]",
    "订单",
    "+",
    "-",
    "*",
    "/",
    "^",
    "&",
    "=",
    "<>",
    "<",
    ">=",
    "%",
    "(",
    ")",
    ",",
    "IF(",
    "SUM(",
    "LET(x,",
    "x",
    "AND(",
    "BEFORE(",
    "CHANGED(",
    "TODAY()",
    "NOW()",
    "{1,2}",
    "IFERROR(",
    " ",
    "，",
    "“",
    "[",
];

fn shared() -> &'static Fixture {
    static FIXTURE: std::sync::LazyLock<Fixture> = std::sync::LazyLock::new(fixture);
    &FIXTURE
}

#[test]
fn the_pieces_of_a_formula_are_told_apart_as_far_as_it_can_be_read() {
    use perennial::engine::formula::Tint::{Function, Name, Number, Sign, Text};
    let drawn = |text: &'static str| -> Vec<(&str, formula::Tint)> {
        formula::tinted(text).into_iter().map(|(span, tint)| (&text[span.from..span.to], tint)).collect()
    };
    let pieces = drawn("=IF(金额>5,“高”,name)");
    assert_eq!(pieces[..4], [("IF", Function), ("(", Sign), ("金额", Name), (">", Sign)]);
    assert_eq!(pieces[4..], [("5", Number), (",", Sign), ("“高”", Text), (",", Sign), ("name", Name), (")", Sign)]);
    assert_eq!(drawn("a+\"open"), [("a", Name), ("+", Sign)]);
    assert_eq!(drawn(""), []);
}
