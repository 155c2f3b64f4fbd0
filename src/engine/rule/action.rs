//! Actions compiled and turned into effects.

use rust_decimal::Decimal;

use super::{Effect, compile_for_field};
use crate::engine::formula::function::Operand;
use crate::engine::formula::{self, Formula, Scope, Template};
use crate::model::action::{Action, Assignee, Recipient};
use crate::model::definition::{NoticeShape, TaskShape};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, Label, Language};
use crate::model::id::{CellId, EntityId, FieldId, OptionId, RecordId};
use crate::model::record::Values;
use crate::model::state::Reader;
use crate::model::time::Instant;
use crate::model::value::{Money, Value};

/// An action with its formulas compiled.
pub(super) enum CompiledAction {
    Set { field: Field, to: Formula },
    Add { field: Field, by: Formula },
    Assign { field: Field, to: Assignee, turn: CellId },
    Create { entity: EntityId, values: Vec<(Field, Formula)> },
    Task { shape: TaskShape, title: Texts, owner: Option<Formula>, due: Option<Formula> },
    Notify { shape: NoticeShape, to: CompiledRecipient, text: Texts },
    Tag { field: Field, tag: OptionId },
}

/// A text with placeholders in both languages.
pub(super) struct Texts {
    zh: Template,
    en: Template,
}

pub(super) enum CompiledRecipient {
    People(Vec<RecordId>),
    Path(Formula),
}

/// Compiles an action on records of an entity. `turn` names the cell in which a round robin remembers whose turn it is.
pub(super) fn compile(
    action: &Action,
    reader: &dyn Reader,
    entity: &Entity,
    turn: impl FnOnce() -> CellId,
) -> Result<CompiledAction, Vec<Diagnostic>> {
    let own = |field: FieldId| {
        entity.field(field).cloned().ok_or_else(|| vec![Diagnostic::new(Code::UnknownField).with("name", field)])
    };
    match action {
        Action::Set { field, to } => Ok(CompiledAction::Set {
            to: compile_for_field(&for_choice(reader, entity.id, *field, to), reader, entity.id, entity.id, *field)?,
            field: own(*field)?,
        }),
        Action::Add { field, by } => Ok(CompiledAction::Add {
            by: compile_for_field(by, reader, entity.id, entity.id, *field)?,
            field: own(*field)?,
        }),
        Action::Assign { field, to } => {
            let field = own(*field)?;
            let Some(target) = field.link() else {
                return Err(wrong_type(&field));
            };
            let records = match to {
                Assignee::Person { record } => std::slice::from_ref(record),
                Assignee::RoundRobin { records } => records,
            };
            if records.is_empty() {
                return Err(vec![Diagnostic::of_field(Code::InvalidDefinition, field.id).with("detail", "assignee")]);
            }
            let strangers =
                records.iter().filter(|id| reader.record(**id).is_some_and(|record| !target.accepts(record.entity)));
            let wrong: Vec<Diagnostic> =
                strangers.map(|id| Diagnostic::of_field(Code::WrongEntity, field.id).at_record(*id)).collect();
            if wrong.is_empty() {
                Ok(CompiledAction::Assign { field, to: to.clone(), turn: turn() })
            } else {
                Err(wrong)
            }
        }
        Action::Create { entity: created, values } => {
            let Some(target) = reader.entity(*created) else {
                return Err(vec![Diagnostic::new(Code::UnknownEntity).with("name", created)]);
            };
            let mut compiled = Vec::new();
            for assignment in values {
                let text = for_choice(reader, *created, assignment.field, &assignment.to);
                let formula = compile_for_field(&text, reader, entity.id, *created, assignment.field)?;
                compiled.extend(target.field(assignment.field).cloned().map(|field| (field, formula)));
            }
            Ok(CompiledAction::Create { entity: *created, values: compiled })
        }
        Action::Task { title, owner, due } => {
            let Some(shape) = reader.workspace().and_then(|workspace| workspace.tasks.clone()) else {
                return Err(vec![Diagnostic::new(Code::InvalidDefinition).with("detail", "no-tasks")]);
            };
            let compiled = |text: &Option<String>| {
                text.as_deref().map(|text| formula::compile(text, reader, entity.id)).transpose()
            };
            Ok(CompiledAction::Task {
                shape,
                title: Texts::compile(title, reader, entity.id)?,
                owner: compiled(owner)?,
                due: compiled(due)?,
            })
        }
        Action::Notify { to, text } => {
            let Some(shape) = reader.workspace().and_then(|workspace| workspace.notices.clone()) else {
                return Err(vec![Diagnostic::new(Code::InvalidDefinition).with("detail", "no-notices")]);
            };
            let to = match to {
                Recipient::People { records } => CompiledRecipient::People(records.clone()),
                Recipient::Field { path } => CompiledRecipient::Path(formula::compile(path, reader, entity.id)?),
            };
            Ok(CompiledAction::Notify { shape, to, text: Texts::compile(text, reader, entity.id)? })
        }
        Action::Tag { field, tag } => {
            let field = own(*field)?;
            let FieldKind::Choices { options, open } = &field.kind else {
                return Err(wrong_type(&field));
            };
            let known = options.iter().find(|option| option.id.as_str() == tag || option.label.says(tag));
            match known {
                Some(option) => Ok(CompiledAction::Tag { tag: option.id, field: field.clone() }),
                None if *open => Ok(CompiledAction::Tag { tag: OptionId::new(tag), field: field.clone() }),
                None => Err(vec![Diagnostic::of_field(Code::NotAnOption, field.id).with("value", tag)]),
            }
        }
    }
}

fn wrong_type(field: &Field) -> Vec<Diagnostic> {
    vec![Diagnostic::of_field(Code::WrongType, field.id)]
}

/// An option's id or label is a text in the grammar: written bare into a choice field, it need not be quoted.
fn for_choice(reader: &dyn Reader, entity: EntityId, field: FieldId, text: &str) -> String {
    let definition = reader.entity(entity).and_then(|entity| entity.field(field));
    let named = definition.is_some_and(|field| {
        field.options().iter().any(|option| option.id.as_str() == text || option.label.says(text))
    });
    if named { format!("\"{text}\"") } else { text.to_owned() }
}

impl Texts {
    fn compile(text: &Label, reader: &dyn Reader, entity: EntityId) -> Result<Texts, Vec<Diagnostic>> {
        let compiled = |language| Template::compile(text.text(language), reader, entity);
        Ok(Texts { zh: compiled(Language::Zh)?, en: compiled(Language::En)? })
    }

    fn render(&self, scope: &Scope<'_>) -> Value {
        let template = match scope.language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        };
        Value::text(&template.render(scope))
    }
}

impl CompiledAction {
    /// What the action does to the record as it stands; nothing where a formula fails or nothing would change.
    pub(super) fn effects(&self, scope: &Scope<'_>, id: &dyn Fn() -> RecordId) -> Vec<Effect> {
        match self {
            CompiledAction::Set { field, to } => match evaluate(to, scope, field) {
                Some(value) => vec![Effect::Set(vec![(field.id, value)])],
                None => Vec::new(),
            },
            CompiledAction::Add { field, by } => {
                let added = by.evaluate(scope).ok().and_then(single).and_then(|value| value.as_number());
                let Some(added) = added else { return Vec::new() };
                let sum = match scope.record.value(field.id) {
                    Value::Money(money) => {
                        money.amount.checked_add(added).map(|amount| Value::Money(Money { amount, ..*money }))
                    }
                    current => current.as_number().unwrap_or(Decimal::ZERO).checked_add(added).map(Value::Number),
                };
                sum.map(|sum| Effect::Set(vec![(field.id, sum)])).into_iter().collect()
            }
            CompiledAction::Assign { field, to, turn } => assign(*turn, field.id, to, scope),
            CompiledAction::Create { entity, values } => {
                let filled = values
                    .iter()
                    .filter_map(|(field, formula)| evaluate(formula, scope, field).map(|value| (field.id, value)));
                vec![Effect::Create { id: id(), entity: *entity, values: filled.collect(), is_notice: false }]
            }
            CompiledAction::Task { shape, title, owner, due } => {
                let mut values = Values::new();
                values.set(shape.title, title.render(scope));
                values.set(shape.about, Value::Link(scope.record.id));
                if let Some(owner) = owner.as_ref().and_then(|owner| person(owner, scope)) {
                    values.set(shape.owner, Value::Link(owner));
                }
                if let Some(due) = due.as_ref().and_then(|due| day(due, scope)) {
                    values.set(shape.due, due);
                }
                vec![Effect::Create { id: id(), entity: shape.entity, values, is_notice: false }]
            }
            CompiledAction::Notify { shape, to, text } => {
                let people = match to {
                    CompiledRecipient::People(people) => people.clone(),
                    CompiledRecipient::Path(path) => person(path, scope).into_iter().collect(),
                };
                let notice = |person: RecordId| {
                    let mut values = Values::new();
                    values.set(shape.to, Value::Link(person));
                    values.set(shape.text, text.render(scope));
                    values.set(shape.about, Value::Link(scope.record.id));
                    let id = RecordId::named(&format!("{}/{person}", id()));
                    Effect::Create { id, entity: shape.entity, values, is_notice: true }
                };
                people.into_iter().map(notice).collect()
            }
            CompiledAction::Tag { field, tag } => {
                let mut tags = scope.record.value(field.id).options().to_vec();
                if tags.contains(tag) {
                    return Vec::new();
                }
                tags.push(*tag);
                vec![Effect::Set(vec![(field.id, Value::Choices(tags.into()))])]
            }
        }
    }
}

fn assign(cell: CellId, field: FieldId, to: &Assignee, scope: &Scope<'_>) -> Vec<Effect> {
    match to {
        Assignee::Person { record } => vec![Effect::Set(vec![(field, Value::Link(*record))])],
        Assignee::RoundRobin { records } => {
            let position = scope.reader.cell(cell).as_number().and_then(|next| usize::try_from(next).ok());
            let position = position.unwrap_or(0) % records.len().max(1);
            // Someone who is gone is passed over, unless all are.
            let turn = (0..records.len())
                .map(|step| (position + step) % records.len())
                .find(|at| scope.reader.record(records[*at]).is_some());
            match turn {
                None => Vec::new(),
                Some(turn) => vec![
                    Effect::Set(vec![(field, Value::Link(records[turn]))]),
                    Effect::Remember(cell, Value::integer(((turn + 1) % records.len()) as i64)),
                ],
            }
        }
    }
}

fn single(operand: Operand) -> Option<Value> {
    match operand {
        Operand::One(value) => Some(value),
        Operand::Many(values) => values.into_iter().next(),
    }
}

/// The value of a formula as a field holds it.
fn evaluate(formula: &Formula, scope: &Scope<'_>, field: &Field) -> Option<Value> {
    formula::into_field(formula.evaluate(scope).ok()?, field, scope.clock)
}

fn person(formula: &Formula, scope: &Scope<'_>) -> Option<RecordId> {
    single(formula.evaluate(scope).ok()?)?.links().first().copied()
}

fn day(formula: &Formula, scope: &Scope<'_>) -> Option<Value> {
    match single(formula.evaluate(scope).ok()?)? {
        Value::Date(date) => Some(Value::Date(date)),
        Value::Instant(Instant(at)) => Some(Value::Date(Instant(at).local(scope.clock.zone).date())),
        _ => None,
    }
}
