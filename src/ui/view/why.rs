//! Why a condition holds or does not, in sentences: the same for score cards and for what rules did.

use leptos::prelude::*;

use crate::app::App;
use crate::engine::condition::{ConditionExplanation, Explained};
use crate::engine::formula::Explanation;
use crate::engine::formula::function::Operand as Found;
use crate::model::condition::{Comparison, Operand};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::EntityId;
use crate::model::state::{Reader, State};
use crate::model::value::Value;
use crate::ui::field::plain;
use crate::ui::format;
use crate::ui::part::icon_styled;
use crate::ui::text::{label, t, tr};

/// One line of the reason.
pub struct WhyLine {
    /// Whether it holds.
    pub holds: bool,
    /// What was asked.
    pub sentence: String,
    /// What was found, if that says more.
    pub found: String,
}

/// The reason as lines; parts that all had to hold are a line each.
pub fn why_lines(app: App, entity: EntityId, explanation: &ConditionExplanation) -> Vec<WhyLine> {
    match &explanation.what {
        Explained::All(parts) => parts.iter().flat_map(|part| why_lines(app, entity, part)).collect(),
        Explained::Any(parts) => {
            let lines: Vec<WhyLine> = parts.iter().map(|part| one_line(app, entity, part)).collect();
            let said: Vec<&str> = lines.iter().map(|line| line.sentence.as_str()).collect();
            let sentence = said.join(&t("why-or"));
            let told = lines.iter().find(|line| line.holds).or(lines.first());
            let found = told.map(|line| line.found.clone()).unwrap_or_default();
            vec![WhyLine { holds: explanation.holds, sentence, found }]
        }
        Explained::Not(part) => {
            let lines = why_lines(app, entity, part);
            let said: Vec<&str> = lines.iter().map(|line| line.sentence.as_str()).collect();
            let found = lines.first().map(|line| line.found.clone()).unwrap_or_default();
            let sentence = tr("why-not", [("what", said.join(&t("why-and")).into())]);
            vec![WhyLine { holds: explanation.holds, sentence, found }]
        }
        Explained::Compare { field, label: called, actual, before: _, is, operand } => {
            let known = app.ask(|state| resolve(state, entity, field));
            let name = label(called);
            let against = written(app, known.as_ref().map(|(_, field)| field), operand);
            let value = found(app, known.as_ref(), actual);
            let is_empty = value.is_empty();
            let found = if is_empty { t("why-blank") } else { value };
            vec![WhyLine { holds: explanation.holds, sentence: sentence(*is, name, against), found }]
        }
        Explained::Formula(formula) => vec![formula_line(app, explanation.holds, formula)],
    }
}

/// The reason as one line: parts that all had to hold stand in one sentence.
fn one_line(app: App, entity: EntityId, explanation: &ConditionExplanation) -> WhyLine {
    let lines = why_lines(app, entity, explanation);
    let said: Vec<&str> = lines.iter().map(|line| line.sentence.as_str()).collect();
    let told = lines.iter().find(|line| line.holds == explanation.holds).or(lines.first());
    let found = told.map(|line| line.found.clone()).unwrap_or_default();
    WhyLine { holds: explanation.holds, sentence: said.join(&t("why-and")), found }
}

/// The reason as a list with a mark before each line.
pub fn why_list(lines: Vec<WhyLine>) -> AnyView {
    let items: Vec<AnyView> = lines
        .into_iter()
        .map(|line| {
            let mark =
                if line.holds { icon_styled("check", "icon icon--good") } else { icon_styled("x", "icon icon--bad") };
            let verdict = t(if line.holds { "why-holds" } else { "why-holds-not" });
            view! {
                <li>
                    {mark}
                    <span>
                        <span class="sr-only">{verdict}" "</span>
                        {line.sentence}
                        {(!line.found.is_empty()).then(|| view! { <span class="quiet">" · "{line.found}</span> })}
                    </span>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul>{items}</ul> }.into_any()
}

fn sentence(is: Comparison, field: String, value: String) -> String {
    let key = match is {
        Comparison::Equals => "why-equals",
        Comparison::NotEquals => "why-not-equals",
        Comparison::Contains => "why-contains",
        Comparison::NotContains => "why-not-contains",
        Comparison::StartsWith => "why-starts-with",
        Comparison::EndsWith => "why-ends-with",
        Comparison::Greater => "why-greater",
        Comparison::AtLeast => "why-at-least",
        Comparison::Less => "why-less",
        Comparison::AtMost => "why-at-most",
        Comparison::Between => "why-between",
        Comparison::OneOf => "why-one-of",
        Comparison::NoneOf => "why-none-of",
        Comparison::Empty => "why-empty",
        Comparison::Filled => "why-filled",
        Comparison::Changed => "why-changed",
    };
    tr(key, [("field", field.into()), ("value", value.into())])
}

fn formula_line(app: App, holds: bool, formula: &Explanation) -> WhyLine {
    let mut told = Vec::new();
    reasons(app, formula, &mut told);
    told.dedup();
    told.truncate(3);
    WhyLine { holds, sentence: label(&formula.spelled), found: told.join(&t("field-separator")) }
}

/// What the comparisons within a formula found: "size 620".
fn reasons(app: App, formula: &Explanation, told: &mut Vec<String>) {
    if let Some(reason) = &formula.reason
        && let Ok(actual) = &reason.actual
    {
        let value = found(app, None, actual);
        let value = if value.is_empty() { t("why-blank") } else { value };
        told.push(tr("why-found", [("what", label(&reason.spelled).into()), ("value", value.into())]));
        return;
    }
    for child in &formula.children {
        reasons(app, child, told);
    }
}

/// The field at the end of a path over links.
fn resolve(state: &State, entity: EntityId, path: &str) -> Option<(Entity, Field)> {
    let mut entity = state.entity(entity)?;
    let mut parts = path.split('.').peekable();
    loop {
        let field = entity.field_called(parts.next()?)?;
        if parts.peek().is_none() {
            return Some(((**entity).clone(), field.clone()));
        }
        entity = field.link()?.to.iter().find_map(|to| state.entity(*to))?;
    }
}

fn written(app: App, field: Option<&Field>, operand: &Operand) -> String {
    match operand {
        Operand::Absent => String::new(),
        Operand::Flag(flag) => t(if *flag { "field-yes" } else { "field-no" }),
        Operand::Integer(number) => format::number(rust_decimal::Decimal::from(*number), None),
        Operand::Text(text) => {
            let option = field.and_then(|field| {
                field.options().iter().find(|option| option.id.as_str() == text || option.label.says(text))
            });
            let link = field.and_then(Field::link).and_then(|_| text.parse().ok());
            match (option, link) {
                (Some(option), _) => label(&option.label),
                (None, Some(record)) => app.title(record),
                (None, None) => text.clone(),
            }
        }
        Operand::List(items) => {
            let items: Vec<String> = items.iter().map(|item| written(app, field, item)).collect();
            items.join(&t("field-separator"))
        }
    }
}

fn found(app: App, known: Option<&(Entity, Field)>, actual: &Found) -> String {
    let one = |value: &Value| match known {
        Some((entity, field)) => plain(app, entity, field, value),
        None => bare(app, value),
    };
    match actual {
        Found::One(value) => one(value),
        Found::Many(values) => {
            let shown: Vec<String> = values.iter().take(3).map(one).collect();
            shown.join(&t("field-separator"))
        }
    }
}

/// A value of which nobody knows the field.
fn bare(app: App, value: &Value) -> String {
    match value {
        Value::Number(number) => format::number(*number, None),
        Value::Money(money) => format::money(*money),
        Value::Text(text) => text.to_string(),
        Value::Flag(flag) => t(if *flag { "field-yes" } else { "field-no" }),
        Value::Date(date) => format::date(*date, app.today()),
        Value::Instant(at) => format::instant(*at),
        Value::Choice(option) => option.as_str().to_owned(),
        Value::Link(link) => app.title(*link),
        Value::Empty | Value::Duration(_) | Value::Choices(_) | Value::Links(_) | Value::Files(_) | Value::Place(_) => {
            String::new()
        }
    }
}
