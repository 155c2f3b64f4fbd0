//! Answers to forms: each is checked as the form checks it, becomes a record or joins the one that is known, and leaves a touch.

use std::sync::Arc;

use super::known::known;
use super::{Taken, TakenHow};
use crate::command::automation::Work;
use crate::engine::form::{self, CompiledForm, Filling, ReadSettings, ShowSettings, Surroundings, captured, read_text};
use crate::engine::formula::function::Clock;
use crate::model::change::Change;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::form::{Answers, Form, Submission};
use crate::model::id::{CellId, FieldId, RecordId, SubmissionId};
use crate::model::record::{Record, Values};
use crate::model::state::Reader;
use crate::model::time::Instant;
use crate::model::value::Value;

/// Takes an answer in, once however often it is brought.
pub fn submit(work: &mut Work<'_>, submission: &Submission) -> Result<(), Rejection> {
    let names = Names::of(submission.id);
    if let Some(record) = taken_before(work, &names) {
        work.outcome.subject = Some(record).filter(|record| work.draft.record(*record).is_some());
        let touch = Some(names.touch).filter(|touch| work.draft.record(*touch).is_some());
        work.outcome.taken = Some(Taken { record, touch, how: TakenHow::Before });
        return Ok(());
    }
    let edition = Form::edition_id(&submission.form, submission.edition);
    let Some(Definition::Form(form)) = work.draft.definition(edition).cloned() else {
        return Err(Diagnostic::new(Code::UnknownDefinition).with("name", edition).into());
    };
    // A device whose clock is ahead does not bring answers from tomorrow.
    let at = submission.at.min(work.now());
    let answered = answered(work, &form, submission, names.record, at)?;
    let entity = form.entity;
    let found = known(&work.draft, entity, &form.join, &answered.values);
    let (record, how) = match found {
        Some((record, by)) => (record, join(work, record, by.to_vec(), &answered.values)),
        None => (create(work, names.record, &form, &answered, at)?, TakenHow::Created),
    };
    add_lines(work, record, &form, &answered, &names, at)?;
    let touch = note_touch(work, &form, submission, (record, &how), &answered.values, &names, at);
    work.draft.remember(names.cell, Value::Link(record));
    work.outcome.subject = Some(record);
    work.outcome.taken = Some(Taken { record, touch, how });
    Ok(())
}

/// What is made of an answer, each named by it: so that two devices make the same of the same answer.
struct Names {
    submission: SubmissionId,
    record: RecordId,
    touch: RecordId,
    cell: CellId,
}

impl Names {
    fn of(submission: SubmissionId) -> Names {
        Names {
            submission,
            record: RecordId::named(&format!("submission/{submission}")),
            touch: RecordId::named(&format!("submission/{submission}/touch")),
            cell: CellId::new(&format!("submission/{submission}")),
        }
    }

    fn line(&self, field: FieldId, at: usize) -> RecordId {
        RecordId::named(&format!("submission/{}/{field}/{at}", self.submission))
    }
}

/// The record that came of an answer when it was brought before, even if somebody has removed it since.
fn taken_before(work: &Work<'_>, names: &Names) -> Option<RecordId> {
    if work.draft.record(names.record).is_some() {
        return Some(names.record);
    }
    if let Some(record) = work.draft.cell(names.cell).links().first() {
        return Some(*record);
    }
    // Answers of earlier versions left no more than their touch.
    let touch = work.draft.record(names.touch)?;
    let linked = || {
        let shape = work.draft.workspace()?.touches.as_ref()?;
        let form = touch.value(shape.form).as_text()?;
        let Some(Definition::Form(form)) = work.draft.definition(Form::worked_on(form)) else { return None };
        let link = about(work.draft.entity(shape.entity)?, form)?;
        touch.value(link).links().first().copied()
    };
    Some(linked().unwrap_or(names.record))
}

/// What an answer comes to once the form has looked at it.
fn answered(
    work: &Work<'_>,
    form: &Arc<Form>,
    submission: &Submission,
    id: RecordId,
    at: Instant,
) -> Result<Answers, Rejection> {
    let compiled = Arc::new(CompiledForm::compile(form.clone(), &work.draft, work.blueprint)?);
    let channel = submission.channel.as_deref();
    let values = captured(form, &compiled.entity, channel, &[], &read_settings(work));
    // Links to what is gone since are left out: the answer is worth more than its campaign.
    let is_gone = |link: RecordId| work.draft.record(link).is_none();
    let values = values.iter().map(|(field, value)| (field, value.without_links(is_gone))).collect();
    let subject = Record { id, entity: form.entity, created: at, updated: at, values };
    let around = Surroundings {
        reader: &work.draft,
        clock: &work.clock,
        language: crate::command::written_language(&work.draft),
        computing: work.blueprint,
    };
    let filling = Filling::resume(compiled, subject, &submission.answers, &around);
    let wrong: Vec<Diagnostic> = filling.problems().into_iter().map(|problem| problem.diagnostic).collect();
    if wrong.is_empty() { Ok(filling.submission()) } else { Err(wrong.into()) }
}

fn read_settings(work: &Work<'_>) -> ReadSettings {
    let Clock { currency, today, zone, .. } = work.clock;
    ReadSettings { currency, calling_code: work.draft.calling_code().to_owned(), today, zone }
}

fn create(
    work: &mut Work<'_>,
    id: RecordId,
    form: &Form,
    answered: &Answers,
    at: Instant,
) -> Result<RecordId, Rejection> {
    let mut record = Record { id, entity: form.entity, created: at, updated: at, values: answered.values.clone() };
    work.complete_save(&mut record, &answered.emptied);
    let wrong = work.check(&record, None);
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    work.draft.push(Change::Created { record: Arc::new(record), by: None });
    Ok(id)
}

/// Fills in what is blank in a record that is known. What was answered otherwise stays as it is, and is noted with the touch.
fn join(work: &mut Work<'_>, record: RecordId, by: Vec<FieldId>, values: &Values) -> TakenHow {
    let (mut filled, mut differing): (Vec<(FieldId, Value)>, Vec<FieldId>) = (Vec::new(), Vec::new());
    if let Some(current) = work.draft.record(record).cloned() {
        for (field, value) in values.iter() {
            let held = current.value(field);
            if held.is_empty() {
                filled.push((field, value.clone()));
            } else if held != value && !by.contains(&field) {
                differing.push(field);
            }
        }
        // What does not fit the record as it stands is left out, rather than the answer as a whole.
        while !filled.is_empty() {
            let mut next = current.clone();
            filled.iter().for_each(|(field, value)| drop(next.values.set(*field, value.clone())));
            let touched: Vec<FieldId> = filled.iter().map(|(field, _)| *field).collect();
            let found = work.check(&next, Some(&touched));
            let before = filled.len();
            filled.retain(|(field, _)| !found.iter().any(|wrong| wrong.at.field == Some(*field)));
            if found.is_empty() {
                break;
            }
            if filled.len() == before {
                filled.clear();
            }
        }
    }
    let at = work.now();
    let filled = work.draft.update(record, filled, at, None);
    TakenHow::Joined { by, filled, differing }
}

fn add_lines(
    work: &mut Work<'_>,
    owner: RecordId,
    form: &Form,
    answered: &Answers,
    names: &Names,
    at: Instant,
) -> Result<(), Rejection> {
    let Some(entity) = work.draft.entity(form.entity).cloned() else { return Ok(()) };
    for table in &answered.lines {
        let Some(FieldKind::Lines { entity: lines, via }) = entity.field(table.field).map(|field| &field.kind) else {
            continue;
        };
        for (number, line) in table.lines.iter().enumerate() {
            let mut values = line.clone();
            values.set(*via, Value::Link(owner));
            let id = names.line(table.field, number);
            let mut record = Record { id, entity: *lines, created: at, updated: at, values };
            work.complete(&mut record);
            let wrong = work.check(&record, None);
            if !wrong.is_empty() {
                return Err(wrong.into());
            }
            work.draft.push(Change::Created { record: Arc::new(record), by: None });
        }
    }
    Ok(())
}

/// Notes that somebody sent the form, if the workspace notes that.
fn note_touch(
    work: &mut Work<'_>,
    form: &Form,
    submission: &Submission,
    (record, how): (RecordId, &TakenHow),
    values: &Values,
    names: &Names,
    at: Instant,
) -> Option<RecordId> {
    let shape = work.draft.workspace()?.touches.clone()?;
    let entity = work.draft.entity(shape.entity).cloned()?;
    let language = crate::command::written_language(&work.draft);
    let channel = submission.channel.as_deref().unwrap_or(&form.capture.channel);
    let mut held = Values::new();
    // What an answer captured besides, such as its campaign, is the touch's as well where it has a field of that name.
    for field in form.captured() {
        let value = values.get(field);
        if entity
            .field(field)
            .is_some_and(|known| known.is_stored() && !known.is_computed() && form::fits(known, value))
        {
            held.set(field, value.clone());
        }
    }
    if let Some(field) = shape.medium.and_then(|field| entity.field(field)) {
        held.set(field.id, read_text(field, channel, &read_settings(work)).unwrap_or_default());
    }
    held.set(shape.title, Value::text(form.label.text(language)));
    held.set(shape.at, Value::Instant(at));
    held.set(shape.form, Value::text(&submission.form));
    held.set(shape.edition, Value::integer(i64::from(submission.edition)));
    held.set(shape.channel, Value::text(channel));
    if let TakenHow::Joined { differing, .. } = how {
        held.set(shape.text, Value::text(&told(work, form, record, differing, values)));
    }
    if let Some(link) = about(&entity, form) {
        held.set(link, Value::Link(record));
    }
    let mut touch = Record { id: names.touch, entity: shape.entity, created: at, updated: at, values: held };
    work.complete(&mut touch);
    let mut wrong = work.check(&touch, None);
    if !wrong.is_empty() {
        // A note that is not whole is better than none.
        wrong.iter().filter_map(|it| it.at.field).for_each(|field| drop(touch.values.set(field, Value::Empty)));
        wrong = work.check(&touch, None);
    }
    if !wrong.is_empty() {
        return None;
    }
    work.draft.push(Change::Created { record: Arc::new(touch), by: None });
    Some(names.touch)
}

/// What was answered otherwise than known, a line each: `公司规模：620（原为 500）`.
fn told(work: &Work<'_>, form: &Form, record: RecordId, differing: &[FieldId], values: &Values) -> String {
    let language = crate::command::written_language(&work.draft);
    let settings = ShowSettings { language, currency: work.clock.currency, zone: work.clock.zone };
    let title = |id: RecordId| {
        let linked = work.draft.record(id);
        let title = linked.and_then(|it| it.value(work.draft.entity(it.entity)?.title).as_text().map(str::to_owned));
        title.unwrap_or_default()
    };
    let (Some(entity), Some(known)) = (work.draft.entity(form.entity), work.draft.record(record)) else {
        return String::new();
    };
    let lines = differing.iter().filter_map(|id| {
        let field = entity.field(*id)?;
        let show = |value: &Value| form::show(field, value, &settings, &title);
        let (new, old) = (show(values.get(*id)), show(known.value(*id)));
        Some(format!("{}: {new} ({old})", field.label.text(language)))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The field of a touch that links to records of the form's entity.
fn about(touches: &Entity, form: &Form) -> Option<FieldId> {
    let named = |field: &&Field| field.link().is_some_and(|target| target.to.contains(&form.entity));
    let open = |field: &&Field| field.link().is_some_and(|target| target.to.is_empty());
    let links = || touches.fields.iter().filter(|field| matches!(field.kind, FieldKind::Link(_)));
    links().find(named).or_else(|| links().find(open)).map(|field| field.id)
}
