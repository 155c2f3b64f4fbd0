//! One check for all doors: what is typed into a form, a cell, a file to import, or given by a script, or dropped on a board, gets the
//! same verdict and comes to the same value.
//!
//! The cases of reading (`tests/data/form/*.csv`) and those of checks (`check.csv`) go through every door; those of logic
//! (`logic.csv`) belong to forms and go through the form and the command that takes its answers in. Where doors differ on purpose:
//!
//! - A day in short, `12/1`, is read where somebody sees what it is taken for: in forms and cells. Files and scripts write it out.
//! - Scripts write numbers, days and lengths of time in one way only, so they are given the value that was read; what no other door
//!   reads they are given as it stands, `1e5` aside, which is a number in JSON. Telephone numbers, e-mail and web addresses they may write as anybody does.

use super::*;
use perennial::command::{NewRecord, RecordEdit, RowUpdate};
use perennial::engine::form::{edit_text, read_text, read_typed};
use perennial::engine::plain;
use perennial::engine::transfer::{
    self, ColumnMapping, Importer, Mapping, OnMatch, RowOutcome, UnknownLink, UnknownOption,
};
use perennial::model::diagnostic::Diagnostic;
use perennial::model::entity::Entity;
use perennial::model::field::FieldKind;
use perennial::model::form::Submission;
use perennial::model::id::{EntityId, SubmissionId};
use perennial::model::state::Reader;

/// What a door says: the value as its input shows it, or the code of what is wrong.
type Verdict = Result<String, &'static str>;

/// Values typed into fields of one record.
struct Case<'c> {
    entity: &'c Entity,
    /// The field that the verdict is about comes first.
    inputs: Vec<(FieldId, String)>,
    settings: ReadSettings,
}

impl Case<'_> {
    fn shown(&self, value: &Value) -> String {
        edit_text(self.entity.field(self.inputs[0].0).unwrap(), value, &self.settings)
    }

    fn field(&self, id: FieldId) -> &perennial::model::field::Field {
        self.entity.field(id).unwrap()
    }

    /// The name that every record needs, unless the case is about it.
    fn with_name(&self) -> Vec<(FieldId, String)> {
        let mut inputs = self.inputs.clone();
        if !inputs.iter().any(|(id, _)| *id == self.entity.title) {
            inputs.push((self.entity.title, "Ann".to_owned()));
        }
        inputs
    }
}

fn code(wrong: &[Diagnostic]) -> &'static str {
    wrong.first().map_or("refused", |first| first.code.as_str())
}

fn by_form(bench: &Bench, case: &Case<'_>) -> Verdict {
    let items: Vec<Json> = case.with_name().iter().map(|(id, _)| ask(id.as_str(), json!({}))).collect();
    let form = Form { entity: case.entity.id, ..form(page(json!(items))) };
    let mut attempt = bench.fill_form(form);
    for (id, text) in case.with_name() {
        attempt.filling.type_text(id, &text, &case.settings, &bench.around());
    }
    let wrong: Vec<Diagnostic> = attempt.filling.problems().into_iter().map(|problem| problem.diagnostic).collect();
    if !wrong.is_empty() {
        return Err(code(&wrong));
    }
    let sent = attempt.sent();
    let values: Vec<(FieldId, Value)> = sent.values.iter().map(|(id, value)| (id, value.clone())).collect();
    by_command(bench, case, &values)
}

/// A new record with these values, as a command makes it.
fn by_command(bench: &Bench, case: &Case<'_>, values: &[(FieldId, Value)]) -> Verdict {
    let id = RecordId(77);
    let command =
        Command::CreateRecord { id: Some(id), entity: case.entity.id, values: values.iter().cloned().collect() };
    let changes = bench.decide(&command).map_err(|refused| code(&refused.diagnostics))?.changes;
    Ok(case.shown(bench.after(&changes).record(id).unwrap().value(case.inputs[0].0)))
}

fn by_cell(bench: &Bench, case: &Case<'_>) -> Verdict {
    let (state, id) = bench.with_record(case.entity);
    let mut values = Vec::new();
    for (field, text) in &case.inputs {
        values.push((*field, read_typed(case.field(*field), text, &case.settings).map_err(|wrong| code(&[wrong]))?));
    }
    let edits = vec![RecordEdit { record: id, values }];
    let command = Command::EditCells { entity: case.entity.id, edits, create: Vec::new() };
    let outcome = bench.decide_on(&state, &command).map_err(|refused| code(&refused.diagnostics))?;
    if let Some(refused) = outcome.refused.first() {
        return Err(code(&refused.wrong));
    }
    let mut next = state;
    next.apply_all(&outcome.changes);
    Ok(case.shown(next.record(id).unwrap().value(case.inputs[0].0)))
}

fn by_import(bench: &Bench, case: &Case<'_>) -> Verdict {
    let mut inputs = case.with_name();
    if inputs.iter().all(|(_, text)| text.trim().is_empty()) {
        // A line without anything is no row.
        inputs.push((field("note"), "x".to_owned()));
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(inputs.iter().map(|(id, _)| id.as_str())).unwrap();
    writer.write_record(inputs.iter().map(|(_, text)| text.as_str())).unwrap();
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let column = |(id, _): &(FieldId, String)| ColumnMapping {
        header: id.as_str().to_owned(),
        field: Some(*id),
        confidence: 100,
        reason: None,
        clean: Vec::new(),
        joins: None,
    };
    let mapping = Mapping {
        entity: case.entity.id,
        columns: inputs.iter().map(column).collect(),
        // What other programs write for nothing is nothing in files alone.
        blanks: Vec::new(),
        match_on: Vec::new(),
        on_match: OnMatch::Create,
        overwriting: Default::default(),
        unknown_options: UnknownOption::Reject,
        unknown_links: UnknownLink::Reject,
        reading: Default::default(),
    };
    let mut rows = transfer::rows(text, b',');
    let headers = rows.next().unwrap().unwrap().cells;
    let mut importer = Importer::new(&bench.state, mapping, &headers).map_err(|wrong| code(&wrong))?;
    let row = rows.next().unwrap().unwrap();
    let read = |field: &perennial::model::field::Field, text: &str| read_text(field, text, &case.settings);
    let plan = importer.read_row(&bench.state, &read, &row, &mut || RecordId(99));
    let values = match plan.outcome {
        RowOutcome::Create(values) => values,
        RowOutcome::Rejected(wrong) => return Err(wrong[0].diagnostic.code.as_str()),
        other => panic!("{other:?}"),
    };
    let id = RecordId(78);
    let create = vec![NewRecord { id, entity: case.entity.id, created: None, values }];
    let command = Command::ImportRows { entity: case.entity.id, create, update: Vec::<RowUpdate>::new() };
    let outcome = bench.decide(&command).map_err(|refused| code(&refused.diagnostics))?;
    if let Some(refused) = outcome.refused.first() {
        return Err(code(&refused.wrong));
    }
    Ok(case.shown(bench.after(&outcome.changes).record(id).unwrap().value(case.inputs[0].0)))
}

fn by_script(bench: &Bench, case: &Case<'_>) -> Verdict {
    let mut values = Vec::new();
    for (id, text) in case.with_name() {
        let field = case.field(id);
        let is_written_freely = matches!(field.kind, FieldKind::Phone | FieldKind::Email | FieldKind::Url);
        let json = match read_text(field, &text, &case.settings) {
            Ok(value) if !is_written_freely => plain::write(field, &value, case.settings.currency),
            Ok(_) | Err(_) => Json::String(text),
        };
        let value = plain::read(field, &json, case.settings.currency).map_err(|wrong| code(&[wrong]))?;
        values.push((id, value));
    }
    by_command(bench, case, &values)
}

/// A card dropped on a column; nothing for what is no choice.
fn by_board(bench: &Bench, case: &Case<'_>) -> Option<Verdict> {
    let [(id, text)] = &case.inputs[..] else { return None };
    let field = case.field(*id);
    if !matches!(field.kind, FieldKind::Choice { .. }) {
        return None;
    }
    let (state, record) = bench.with_record(case.entity);
    let to = match read_text(field, text, &case.settings) {
        Ok(Value::Choice(option)) => Some(option),
        Ok(_) => None,
        Err(_) => Some(perennial::model::id::OptionId::new(text)),
    };
    let outcome = match bench.decide_on(&state, &Command::MoveCard { record, field: *id, to }) {
        Ok(outcome) => outcome,
        Err(refused) => return Some(Err(code(&refused.diagnostics))),
    };
    let mut next = state;
    next.apply_all(&outcome.changes);
    Some(Ok(case.shown(next.record(record).unwrap().value(*id))))
}

impl Bench {
    fn context(&self) -> Context {
        let now = Instant(MORNING);
        let stamp = Stamp { time: now, count: 0, device: 1 };
        Context { now, stamp, zone: self.clock.zone, actor: None, ids: IdSource::new(MORNING as u64, 7) }
    }

    fn decide(&self, command: &Command) -> Result<Outcome, Rejection> {
        self.decide_on(&self.state, command)
    }

    fn decide_on(&self, state: &State, command: &Command) -> Result<Outcome, Rejection> {
        decide(state, &self.blueprint, command, &mut self.context())
    }

    fn after(&self, changes: &[Change]) -> State {
        let mut next = self.state.clone();
        next.apply_all(changes);
        next
    }

    /// The workspace with one more record that holds nothing but its name.
    fn with_record(&self, entity: &Entity) -> (State, RecordId) {
        let id = RecordId(76);
        let values = [(entity.title, Value::text("Ann"))].into_iter().collect();
        let outcome = self.decide(&Command::CreateRecord { id: Some(id), entity: entity.id, values }).unwrap();
        (self.after(&outcome.changes), id)
    }
}

/// Runs a case through every door; what they say that was not expected.
fn judge(bench: &Bench, case: &Case<'_>, expected: &str, is_short: bool) -> Vec<String> {
    let mut said = vec![("form", by_form(bench, case)), ("cell", by_cell(bench, case))];
    if !is_short {
        said.push(("import", by_import(bench, case)));
    }
    if !is_short && case.inputs[0].1 != "1e5" {
        said.push(("script", by_script(bench, case)));
    }
    said.extend(by_board(bench, case).map(|verdict| ("board", verdict)));
    let written = |verdict: &Verdict| match verdict {
        Ok(text) => text.clone(),
        Err(code) => format!("!{code}"),
    };
    let inputs: Vec<String> = case.inputs.iter().map(|(id, text)| format!("{id}={text:?}")).collect();
    said.iter()
        .filter(|(_, verdict)| written(verdict) != expected)
        .map(|(door, verdict)| format!("{} by {door}: {:?}, not {expected:?}", inputs.join(" "), written(verdict)))
        .collect()
}

#[test]
fn every_case_of_reading_gets_one_verdict_at_every_door() {
    let files = [
        include_str!("../../data/form/contact.csv"),
        include_str!("../../data/form/number.csv"),
        include_str!("../../data/form/time.csv"),
        include_str!("../../data/form/choice.csv"),
    ];
    let bench = Bench::new();
    let entity = bench.state.entity(EntityId::new("probe")).unwrap().clone();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in files.iter().flat_map(|file| csv::Reader::from_reader(file.as_bytes()).into_records()) {
        let row = row.unwrap();
        // Links name records that are not here, and what is computed or is no text is nobody's to type.
        let id = FieldId::new(&format!("a_{}", &row[0]));
        if entity.field(id).is_none() {
            continue;
        }
        let case = Case { entity: &entity, inputs: vec![(id, row[1].to_owned())], settings: bench.settings() };
        let is_short = read_text(case.field(id), &row[1], &case.settings).is_err()
            && read_typed(case.field(id), &row[1], &case.settings).is_ok();
        let expected = match read_typed(case.field(id), &row[1], &case.settings) {
            Ok(value) if is_short => case.shown(&value),
            _ => row[2].to_owned(),
        };
        wrong.extend(judge(&bench, &case, &expected, is_short));
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 280, "{count} cases");
}

#[test]
fn every_case_of_checks_gets_one_verdict_at_every_door() {
    let mut bench = Bench::new();
    let known = [(field("name"), Value::text("Known")), (field("code"), Value::text("AB-123"))].into_iter().collect();
    let enquiry = EntityId::new("enquiry");
    bench.act(Command::CreateRecord { id: None, entity: enquiry, values: known }).unwrap();
    let entity = bench.state.entity(enquiry).unwrap().clone();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in csv::Reader::from_reader(include_str!("../../data/form/check.csv").as_bytes()).into_records() {
        let row = row.unwrap();
        let mut inputs = vec![(field(&row[0]), row[1].to_owned())];
        for also in row[2].split("; ").filter(|also| !also.is_empty()) {
            let (name, text) = also.split_once('=').unwrap();
            inputs.push((field(name), text.to_owned()));
        }
        let case = Case { entity: &entity, inputs, settings: bench.settings() };
        wrong.extend(judge(&bench, &case, &row[3], false));
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 100, "{count} cases");
}

/// What a form says of some answers, token by token: `+item` shown, `-item` not, `*item` required, `~item` read-only, `item=value`,
/// `item:option|option` offered, `!item:code` wrong, `>page` the page after the first, `sends` or `refuses`.
#[test]
fn every_case_of_logic_holds_in_the_form_and_in_the_command_that_takes_its_answers_in() {
    let bench = Bench::new();
    let forms: Vec<Form> = serde_json::from_str(include_str!("../../data/form/logic.json")).expect("the forms read");
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in csv::Reader::from_reader(include_str!("../../data/form/logic.csv").as_bytes()).into_records() {
        let row = row.unwrap();
        let form = forms.iter().find(|form| form.id == row[0]).unwrap_or_else(|| panic!("no form {}", &row[0]));
        let mut attempt = bench.fill_form(form.clone());
        for input in row[1].split("; ").filter(|input| !input.is_empty()) {
            let (name, text) = input.split_once('=').unwrap();
            attempt.type_text(name, text);
        }
        for token in row[2].split("; ") {
            if !holds(&attempt, token) {
                wrong.push(format!("{} {}: {token} does not hold", &row[0], &row[1]));
            }
        }
        let is_taken = take(&bench, form, &attempt);
        if is_taken != attempt.filling.may_submit() {
            wrong.push(format!("{} {}: the command says {is_taken}", &row[0], &row[1]));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 50, "{count} cases");
}

fn holds(attempt: &Attempt<'_>, token: &str) -> bool {
    let item = |id: &str| attempt.filling.item(id);
    if let Some(id) = token.strip_prefix('+') {
        return attempt.is_shown(id);
    }
    if let Some(id) = token.strip_prefix('-') {
        return !attempt.is_shown(id);
    }
    if let Some(id) = token.strip_prefix('*') {
        return item(id).unwrap().is_required;
    }
    if let Some(id) = token.strip_prefix('~') {
        return item(id).unwrap().is_read_only;
    }
    if let Some(page) = token.strip_prefix('>') {
        let pages = &attempt.filling.form().form.pages;
        return attempt.filling.next_page(0).map_or("end", |at| pages[at].id.as_str()) == page;
    }
    if let Some(wrong) = token.strip_prefix('!') {
        let (id, code) = wrong.split_once(':').unwrap();
        return attempt.wrong(id).iter().any(|found| found.as_str() == code);
    }
    if let Some((id, text)) = token.split_once('=') {
        let item = item(id).unwrap();
        return edit_text(item.field.unwrap(), item.value, &attempt.bench.settings()) == text;
    }
    if let Some((id, options)) = token.split_once(':') {
        let offered: Vec<&str> = item(id).unwrap().offered.iter().map(|option| option.as_str()).collect();
        return offered.join("|") == options;
    }
    (token == "sends") == attempt.filling.may_submit()
}

/// Whether the command takes the answers in that the form would send, complete or not.
fn take(bench: &Bench, form: &Form, attempt: &Attempt<'_>) -> bool {
    let edition = Form { edition: Some(1), ..form.clone() };
    let mut state = bench.state.clone();
    let kept = Definition::Form(Arc::new(edition));
    state.define(kept.id(), Some(kept));
    let answers = attempt.filling.draft();
    let unread = attempt.filling.problems().iter().any(|it| it.diagnostic.code.as_str().starts_with("not-a"));
    let (form, at) = (form.id.clone(), Instant(MORNING));
    let submission = Submission { id: SubmissionId(5), form, edition: 1, at, channel: None, answers };
    let taken = bench.decide_on(&state, &Command::Submit(submission));
    if let Ok(outcome) = &taken {
        let made = outcome.taken.as_ref().unwrap().record;
        let created = outcome.changes.iter().find_map(|change| match change {
            Change::Created { record, .. } if record.id == made => Some(record.clone()),
            _ => None,
        });
        let created = created.unwrap();
        for (id, value) in attempt.sent().values.iter() {
            assert_eq!(created.value(id), value, "{id}");
        }
        let shown = attempt.filling.form().form.asked().filter(|id| !attempt.is_shown(id.as_str()));
        for id in shown.filter(|id| created.value(*id) != &Value::Empty) {
            let default = bench.state.entity(form_entity(attempt)).unwrap().field(id).unwrap().default.clone();
            assert!(default.is_some(), "{id} was hidden and is kept");
        }
    }
    // What cannot be read never becomes an answer: a form does not send it.
    taken.is_ok() && !unread
}

fn form_entity(attempt: &Attempt<'_>) -> EntityId {
    attempt.filling.form().form.entity
}

/// Phone and e-mail held against what public libraries test themselves with: the tests of validator.js and libphonenumber, the example
/// mobile numbers of all countries in libphonenumber's metadata (as npm's libphonenumber-js carries them), and Chinese validators.
///
/// `valid` is what they say; `ours` is filled in where we say otherwise. Known differences, 15 of 347:
///
/// - A quoted name before the @, which no mail provider gives out, is refused; full-width letters are read as the letters that they
///   mean; of several pairs of angle brackets the last counts.
/// - Outside China and the +1 countries a number is judged by its length alone, 8 to 15 digits with the country code: so the four
///   digits of Tokelau and Tristan da Cunha are refused, and numbers pass that no exchange there has given out.
#[test]
fn public_lists_of_phones_and_mails_are_judged_alike_save_for_known_differences() {
    let bench = Bench::new();
    let entity = bench.state.entity(EntityId::new("probe")).unwrap().clone();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in csv::Reader::from_reader(include_str!("../../data/form/public.csv").as_bytes()).into_records() {
        let row = row.unwrap();
        let field = entity.field(FieldId::new(&format!("a_{}", &row[0]))).unwrap();
        let found = if read_text(field, &row[1], &bench.settings()).is_ok() { "yes" } else { "no" };
        let expected = if row[3].is_empty() { &row[2] } else { &row[3] };
        if found != expected {
            wrong.push(format!("{} {:?} ({}): {found}", &row[0], &row[1], &row[4]));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
