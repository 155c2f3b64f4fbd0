//! One row of the sheet: a field, how it is compared, and with what; or a formula.

use leptos::prelude::*;

use super::word::{self, Shape};
use super::{Draft, Joint, Sheet, day};
use crate::engine::condition;
use crate::model::condition::{Compare, Comparison, Condition, Operand};
use crate::model::diagnostic::Diagnostic;
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::EntityId;
use crate::model::value::Value;
use crate::ui::field::{FieldDraft, FieldInput, FormulaInput, bare_formula};
use crate::ui::part::{chip, icon, icon_button, unique_id};
use crate::ui::shell::use_app;
use crate::ui::text::{diagnostic, label, t};

/// The row of a draft.
pub fn row(sheet: Sheet, draft: Draft) -> AnyView {
    let is_first =
        Memo::new(move |_| sheet.drafts.with(|drafts| drafts.first().is_some_and(|first| first.id == draft.id)));
    let join = move || match (is_first.get(), sheet.joint.get()) {
        (true, Joint::And) if sheet.is_outer => t("filter-where"),
        (true, _) => String::new(),
        (false, Joint::And) => t("filter-and"),
        (false, Joint::Or) => t("filter-or"),
    };
    let remove = move || icon_button(t("filter-remove"), "x", move || sheet.remove(draft.id));
    match draft.condition.get_untracked() {
        Condition::Compare(_) => view! {
            <div class="builder__row">
                <span class="builder__join">{join}</span>
                {compare(sheet, draft)}
                {remove()}
            </div>
        }
        .into_any(),
        Condition::Formula { formula } => view! {
            <div class="builder__row">
                <span class="builder__join">{join}</span>
                <div class="builder__wide">{formula_input(sheet, draft, formula)}</div>
                {remove()}
            </div>
        }
        .into_any(),
        Condition::All { all: parts } if sheet.is_outer => group(sheet, draft, Bracket::All, &parts, join, remove),
        Condition::Any { any: parts } if sheet.is_outer => group(sheet, draft, Bracket::Any, &parts, join, remove),
        Condition::Not { not } if sheet.is_outer => {
            group(sheet, draft, Bracket::None, &parts_of_none(&not), join, remove)
        }
        // Groups within groups come from saved views; they are shown whole and may be taken away.
        other @ (Condition::All { .. } | Condition::Any { .. } | Condition::Not { .. }) => {
            let words = sheet.entity.with_value(|entity| word::describe(use_app(), entity, &other));
            view! {
                <div class="builder__row">
                    <span class="builder__join">{join}</span>
                    <div class="builder__group builder__wide">{words.whole()}</div>
                    {remove()}
                </div>
            }
            .into_any()
        }
    }
}

/// The editor of a formula. Half a formula leaves the filters as they are.
fn formula_input(sheet: Sheet, draft: Draft, given: String) -> AnyView {
    let text = RwSignal::new(given);
    let judged = Callback::new(move |wrong: Option<Diagnostic>| {
        if wrong.is_none() {
            draft
                .condition
                .set(Condition::Formula { formula: text.with_untracked(|text| bare_formula(text).to_owned()) });
            sheet.apply();
        }
    });
    let entity = Signal::derive(move || sheet.entity.get_value());
    view! {
        <FormulaInput
            entity=entity
            text=text
            expected=Some(ResultKind::Flag)
            name=t("filter-formula")
            example=t("filter-formula-example")
            judged=judged
        />
    }
    .into_any()
}

/// The editor of a condition that stands alone.
pub fn single(sheet: Sheet, draft: Draft) -> AnyView {
    match draft.condition.get_untracked() {
        Condition::Compare(_) => compare(sheet, draft),
        Condition::Formula { formula } => formula_input(sheet, draft, formula),
        other @ (Condition::All { .. } | Condition::Any { .. } | Condition::Not { .. }) => {
            let words = sheet.entity.with_value(|entity| word::describe(use_app(), entity, &other));
            view! { <div class="builder__group">{words.whole()}</div> }.into_any()
        }
    }
}

/// What a group asks of its conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    All,
    Any,
    None,
}

impl Bracket {
    /// The condition that a group stands for.
    pub fn around(self, parts: Vec<Condition>) -> Condition {
        match self {
            Bracket::All => Condition::All { all: parts },
            Bracket::Any => Condition::Any { any: parts },
            Bracket::None => Condition::Not { not: Box::new(Condition::Any { any: parts }) },
        }
    }
}

fn parts_of_none(not: &Condition) -> Vec<Condition> {
    match not {
        Condition::Any { any } => any.clone(),
        other => vec![other.clone()],
    }
}

/// Conditions of which all, one or none has to hold.
fn group(
    sheet: Sheet,
    draft: Draft,
    bracket: Bracket,
    parts: &[Condition],
    join: impl Fn() -> String + Send + Sync + 'static,
    remove: impl Fn() -> AnyView,
) -> AnyView {
    let bracket = RwSignal::new(bracket);
    let joint = Signal::derive(move || if bracket.get() == Bracket::All { Joint::And } else { Joint::Or });
    let write = Callback::new(move |parts: Vec<Condition>| {
        draft.condition.set(bracket.get_untracked().around(parts));
        sheet.apply();
    });
    let inner = sheet.within(parts, joint, write);
    let choose = move |event| {
        bracket.set(match event_target_value(&event).as_str() {
            "all" => Bracket::All,
            "none" => Bracket::None,
            _ => Bracket::Any,
        });
        inner.apply();
    };
    let known = [
        (Bracket::Any, "any", "filter-any"),
        (Bracket::All, "all", "filter-all"),
        (Bracket::None, "none", "filter-none"),
    ];
    let options: Vec<AnyView> = known
        .into_iter()
        .map(|(known, code, key)| {
            view! { <option value=code selected=bracket.get_untracked() == known>{t(key)}</option> }.into_any()
        })
        .collect();
    view! {
        <div class="builder__row">
            <span class="builder__join">{join}</span>
            <div class="builder__group builder__wide" role="group" aria-label=t("filter-group")>
                <select class="input" aria-label=t("filter-group-kind") on:change=choose>{options}</select>
                <For each=move || inner.drafts.get() key=|draft| draft.id let:draft>
                    {row(inner, draft)}
                </For>
                <button class="button button--quiet button--small" type="button" on:click=move |_| inner.add(inner.first())>
                    {icon("plus")}
                    {t("filter-add-condition")}
                </button>
            </div>
            {remove()}
        </div>
    }
    .into_any()
}

/// The editor of a single condition: a field, how it is compared, and with what.
pub(super) fn compare(sheet: Sheet, draft: Draft) -> AnyView {
    let now = move || match draft.condition.get() {
        Condition::Compare(compare) => compare,
        Condition::All { .. } | Condition::Any { .. } | Condition::Not { .. } | Condition::Formula { .. } => {
            Compare { field: String::new(), is: Comparison::Filled, value: Operand::Absent }
        }
    };
    let path = Memo::new(move |_| now().field);
    let is = Memo::new(move |_| now().is);
    let app = use_app();
    let field = Memo::new(move |_| {
        let path = path.get();
        sheet.entity.with_value(|entity| word::source_at(app, entity, &path))
    });
    let write = move |changed: Compare| {
        draft.condition.set(Condition::Compare(changed));
        sheet.apply();
    };
    let choose_field = move |event| {
        let id = event_target_value(&event);
        let Some(found) = sheet.entity.with_value(|entity| word::source_at(app, entity, &id)) else { return };
        let known = word::comparisons(&found.kind);
        let kept = untrack(now).is;
        let is = if known.contains(&kept) { kept } else { known.first().copied().unwrap_or(Comparison::Filled) };
        write(Compare { field: id, is, value: Operand::Absent });
    };
    let choose_comparison = move |event| {
        let name = event_target_value(&event);
        let known = field
            .with_untracked(|field| field.as_ref().map(|field| word::comparisons(&field.kind)).unwrap_or_default());
        if let Some(is) = known.iter().copied().find(|is| code(*is) == name) {
            let former = untrack(now);
            let keeps = (former.is == Comparison::Between) == (is == Comparison::Between) && word::needs_value(is);
            write(Compare { value: if keeps { former.value } else { Operand::Absent }, is, ..former });
        }
    };
    let fields = sheet.entity.with_value(|entity| {
        let askable = entity.fields.iter().filter(|field| !field.retired && word::shape_of(&field.kind).is_some());
        let chosen = path.get_untracked();
        let mut options: Vec<AnyView> = askable
            .map(|field| {
                let is_chosen = field.id.as_str() == chosen;
                view! { <option value=field.id.as_str() selected=is_chosen>{label(&field.label)}</option> }.into_any()
            })
            .collect();
        let linked = word::linked(app, entity);
        let is_known = entity.field_called(&chosen).is_some()
            || linked.iter().any(|(_, fields)| fields.iter().any(|(path, _)| *path == chosen));
        if !is_known {
            options.push(view! { <option value=chosen.clone() selected=true>{chosen.clone()}</option> }.into_any());
        }
        for (name, fields) in linked {
            let fields: Vec<AnyView> = fields
                .into_iter()
                .map(|(path, name)| {
                    let is_chosen = path == chosen;
                    view! { <option value=path selected=is_chosen>{name}</option> }.into_any()
                })
                .collect();
            options.push(view! { <optgroup label=name>{fields}</optgroup> }.into_any());
        }
        options
    });
    let comparisons = move || {
        let chosen = is.get();
        field.with(|field| {
            let known = field.as_ref().map(|field| word::comparisons(&field.kind)).unwrap_or_default();
            let kind = field.as_ref().map(|field| field.kind.clone()).unwrap_or(FieldKind::LongText);
            // What a saved view compares by may be more than the sheet offers.
            let other = (!known.contains(&chosen)).then_some(chosen);
            known
                .iter()
                .copied()
                .chain(other)
                .map(|is| {
                    let name = word::comparison_name(&kind, is);
                    view! { <option value=code(is) selected=is == chosen>{name}</option> }.into_any()
                })
                .collect::<Vec<AnyView>>()
        })
    };
    // What cannot be asked is said where it was typed; the list stays as it was asked last.
    let wrong = Memo::new(move |_| draft.condition.with(|now| now.is_whole().then(|| sheet.wrong(now)).flatten()));
    let fault = Fault { id: unique_id("filter-error"), wrong };
    let of_value = fault.clone();
    let value = move || {
        let is = is.get();
        let Some(field) = field.get().filter(|_| word::needs_value(is)) else {
            return view! { <span></span> }.into_any();
        };
        let given = untrack(now).value;
        let put = Callback::new(move |value: Operand| write(Compare { value, ..untrack(now) }));
        operand(sheet, &field, is, given, put, &of_value)
    };
    let error = StoredValue::new(fault.id);
    let says = move || {
        wrong.get().map(|wrong| {
            view! {
                <p class="field__error builder__error" id=error.get_value() role="status">
                    {icon("circle-alert")}
                    <span>{diagnostic(&wrong)}</span>
                </p>
            }
        })
    };
    view! {
        <select class="input" aria-label=t("filter-field") autofocus=sheet.wants(draft) on:change=choose_field>{fields}</select>
        <select class="input" aria-label=t("filter-comparison") on:change=choose_comparison>{comparisons}</select>
        {value}
        {says}
    }
    .into_any()
}

/// What is wrong with what was typed, and the id under which it is said.
#[derive(Clone)]
struct Fault {
    id: String,
    wrong: Memo<Option<Diagnostic>>,
}

fn operand(
    sheet: Sheet,
    field: &Field,
    is: Comparison,
    given: Operand,
    put: Callback<Operand>,
    fault: &Fault,
) -> AnyView {
    match word::shape_of(&field.kind) {
        Some(Shape::Options) => options(field, given, put),
        Some(Shape::Flag) => flag(given, put),
        Some(Shape::Links) => link(sheet, field, given, put),
        Some(Shape::Date) if is == Comparison::Between => day::between(&given, put),
        Some(Shape::Number) if is == Comparison::Between => between(field, given, put, fault),
        Some(Shape::Date) => day::input(&text_of(&given), Callback::new(move |text| put.run(Operand::Text(text)))),
        Some(Shape::Text | Shape::Number | Shape::Presence) | None => {
            let put = Callback::new(move |text| put.run(Operand::Text(text)));
            typed(field, text_of(&given), t("filter-value"), put, fault)
        }
    }
}

fn typed(field: &Field, given: String, name: String, put: Callback<String>, fault: &Fault) -> AnyView {
    let Fault { id, wrong } = fault.clone();
    let is_number = word::shape_of(&field.kind) == Some(Shape::Number);
    view! {
        <input
            class=if is_number { "input input--num" } else { "input" }
            type="text"
            inputmode=is_number.then_some("decimal")
            autocomplete="off"
            aria-label=name
            aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            aria-describedby=move || wrong.with(Option::is_some).then(|| id.clone())
            value=given
            on:input=move |event| put.run(event_target_value(&event))
        />
    }
    .into_any()
}

fn between(field: &Field, given: Operand, put: Callback<Operand>, fault: &Fault) -> AnyView {
    let (from, to) = match &given {
        Operand::List(parts) => {
            (parts.first().map(text_of).unwrap_or_default(), parts.get(1).map(text_of).unwrap_or_default())
        }
        other => (text_of(other), String::new()),
    };
    let both = StoredValue::new((from.clone(), to.clone()));
    let write = move || {
        let (from, to) = both.get_value();
        put.run(Operand::List(vec![Operand::Text(from), Operand::Text(to)]));
    };
    let first = Callback::new(move |text: String| {
        both.update_value(|both| both.0 = text);
        write();
    });
    let second = Callback::new(move |text: String| {
        both.update_value(|both| both.1 = text);
        write();
    });
    view! {
        <div class="builder__pair">
            {typed(field, from, t("filter-from"), first, fault)}
            {typed(field, to, t("filter-to"), second, fault)}
        </div>
    }
    .into_any()
}

fn flag(given: Operand, put: Callback<Operand>) -> AnyView {
    let is_no = given == Operand::Flag(false);
    if given.is_absent() {
        // A flag is asked for its yes until somebody says otherwise.
        put.run(Operand::Flag(true));
    }
    view! {
        <select
            class="input"
            aria-label=t("filter-value")
            on:change=move |event| put.run(Operand::Flag(event_target_value(&event) == "yes"))
        >
            <option value="yes" selected=!is_no>{t("field-yes")}</option>
            <option value="no" selected=is_no>{t("field-no")}</option>
        </select>
    }
    .into_any()
}

/// Every option as a switch: several of them may be meant.
fn options(field: &Field, given: Operand, put: Callback<Operand>) -> AnyView {
    let chosen = RwSignal::new(match &given {
        Operand::List(parts) => parts.iter().map(text_of).collect::<Vec<String>>(),
        Operand::Text(text) => vec![text.clone()],
        Operand::Absent | Operand::Flag(_) | Operand::Integer(_) => Vec::new(),
    });
    let switches: Vec<AnyView> = field
        .options()
        .iter()
        .map(|option| {
            let id = option.id.as_str();
            let name = label(&option.label);
            let says = name.clone();
            let is_on = move || chosen.with(|chosen| chosen.iter().any(|chosen| chosen == id || *chosen == says));
            let other = name.clone();
            let toggle = move |_| {
                chosen.update(|chosen| {
                    let known = chosen.len();
                    chosen.retain(|chosen| chosen != id && *chosen != other);
                    if chosen.len() == known {
                        chosen.push(id.to_owned());
                    }
                });
                let parts = chosen.get_untracked().into_iter().map(Operand::Text).collect();
                put.run(Operand::List(parts));
            };
            view! {
                <button class="builder__option" type="button" aria-pressed=move || is_on().to_string() on:click=toggle>
                    {chip(&name, option.hue)}
                </button>
            }
            .into_any()
        })
        .collect();
    view! { <div class="chips" role="group" aria-label=t("filter-value")>{switches}</div> }.into_any()
}

fn link(sheet: Sheet, field: &Field, given: Operand, put: Callback<Operand>) -> AnyView {
    let Some(target) = field.link().cloned() else {
        return ().into_any();
    };
    let single = Field { kind: FieldKind::Link(target), required: false, unique: false, ..field.clone() };
    let value = text_of(&given).parse().map(Value::Link).unwrap_or_default();
    let entity = sheet.entity.get_value();
    let draft = FieldDraft::new(use_app(), &entity, &single, None, &value);
    let is_me = RwSignal::new(condition::is_me(&text_of(&given)));
    let people = use_app().workspace().and_then(|workspace| workspace.people);
    let may_be_me = people.is_some_and(|people| target_takes(field, people));
    let settled = Callback::new(move |()| {
        let chosen = draft.value.get_untracked();
        is_me.set(false);
        put.run(chosen.links().first().map_or(Operand::Absent, |id| Operand::Text(id.to_string())));
    });
    let id = unique_id("filter-link");
    let choose_me = move |_| {
        let next = !is_me.get_untracked();
        is_me.set(next);
        draft.value.set(Value::Empty);
        put.run(if next { Operand::Text("me".to_owned()) } else { Operand::Absent });
    };
    let me = may_be_me.then(|| {
        view! {
            <button
                class="builder__option builder__me"
                type="button"
                title=t("filter-me-how")
                aria-pressed=move || is_me.get().to_string()
                on:click=choose_me
            >
                <span class="chip">{icon("user")}{t("filter-me")}</span>
            </button>
        }
    });
    view! {
        <div class="builder__link">
            {me}
            <label class="sr-only" for=id.clone()>{t("filter-value")}</label>
            <FieldInput draft=draft id=id settled=settled/>
        </div>
    }
    .into_any()
}

/// Whether a link leads to records of an entity by its name; one that leads anywhere is not about people.
fn target_takes(field: &Field, entity: EntityId) -> bool {
    field.link().is_some_and(|target| target.to.contains(&entity))
}

fn text_of(operand: &Operand) -> String {
    match operand {
        Operand::Text(text) => text.clone(),
        Operand::Integer(number) => number.to_string(),
        Operand::Absent | Operand::Flag(_) | Operand::List(_) => String::new(),
    }
}

fn code(is: Comparison) -> String {
    serde_json::to_value(is).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
