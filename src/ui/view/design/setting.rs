//! What can be set of a field's kind: the engine's table of settings drawn as controls; formulas show what they give.

use leptos::prelude::*;

use super::control::{Control, Shape, control};
use super::{Bench, number};
use crate::engine::design::{self, Setting, read_setting, write_setting};
use crate::engine::form;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::{EntityId, FieldId};
use crate::model::state::Reader;
use crate::ui::field;
use crate::ui::part::icon;
use crate::ui::text::{diagnostic, label, t};

/// How many records show what a computed field gives.
const SAMPLES: usize = 4;

/// The settings of the field that is looked at.
pub fn settings(bench: Bench) -> AnyView {
    let Some(now) = untrack(|| bench.field()) else { return ().into_any() };
    let controls: Vec<AnyView> = design::settings(&now.kind).iter().map(|setting| one(bench, *setting)).collect();
    let is_text = matches!(now.kind, FieldKind::Text { .. });
    view! {
        {controls}
        {is_text.then(|| try_line(bench))}
        {matches!(now.kind, FieldKind::AutoNumber { .. }).then(|| number::numbers(bench))}
        {now.is_computed().then(|| samples(bench))}
    }
    .into_any()
}

fn one(bench: Bench, setting: Setting) -> AnyView {
    let (id, name) = naming(setting);
    if setting == Setting::LinkTo {
        return link_to(bench, id, name);
    }
    let read =
        Callback::new(move |()| bench.field().map(|field| read_setting(&field.kind, setting)).unwrap_or_default());
    let write = Callback::new(move |typed: String| write(bench, id, setting, &typed));
    let shape = move || shape(bench, setting);
    if setting == Setting::RollupWhen {
        // Other records, another formula.
        let source = Memo::new(move |_| match bench.field().map(|field| field.kind) {
            Some(FieldKind::Rollup(rollup)) => Some(rollup.entity),
            _ => None,
        });
        return (move || {
            source.track();
            control(bench, Control { id, name, hint: None, shape: untrack(shape), read, write })
        })
        .into_any();
    }
    let hint = (setting == Setting::Pattern).then_some("design-pattern-say");
    // What may be chosen depends on what else is chosen: the field of a look-up on its link.
    let choices = Memo::new(move |_| if let Shape::Select(options) = shape() { Some(options) } else { None });
    if choices.with_untracked(Option::is_some) {
        return (move || {
            let shape = Shape::Select(choices.get().unwrap_or_default());
            control(bench, Control { id, name, hint, shape, read, write })
        })
        .into_any();
    }
    control(bench, Control { id, name, hint, shape: shape(), read, write })
}

/// Sets it; what goes with it follows: another link of a look-up leads to other fields.
fn write(bench: Bench, control: &'static str, setting: Setting, typed: &str) -> bool {
    let Some(field) = untrack(|| bench.field()) else { return false };
    let mut kind = field.kind.clone();
    if let Err(wrong) = write_setting(&mut kind, setting, typed) {
        bench.work.refuse(control, diagnostic(&wrong));
        return false;
    }
    if let FieldKind::Formula { formula, result } = &mut kind
        && setting == Setting::Formula
    {
        let given = bench.app.ask(|state| design::result_of(formula, state, bench.id));
        // A number may well be meant as a share.
        let is_share = *result == ResultKind::Percent && given == Some(ResultKind::Number);
        *result = given.filter(|_| !is_share).unwrap_or(*result);
    }
    if let FieldKind::Lookup { link, field } = &mut kind
        && setting == Setting::LookupLink
        && let Some(target) = bench.entity.get_untracked().and_then(|it| it.field(*link)?.link()?.to.first().copied())
        && let Some(title) = bench.app.ask(|state| state.entity(target).map(|entity| entity.title))
    {
        *field = title;
    }
    if let FieldKind::Rollup(rollup) = &mut kind
        && setting == Setting::RollupFunction
        && rollup.field.is_none()
        && typed != "count"
    {
        // Every other figure is made of a field: the first that it can be made of.
        rollup.field = fields_of(bench, rollup.entity, &is_number).first().map(|(id, _)| FieldId::new(id));
    }
    bench.change_field(control, &|field| field.kind = kind.clone())
}

/// The id of the control of a setting and the key of its name.
fn naming(setting: Setting) -> (&'static str, &'static str) {
    let name = match setting {
        Setting::MaxLength => "design-max-length",
        Setting::Pattern => "design-pattern",
        Setting::Min => "design-min",
        Setting::Max => "design-max",
        Setting::Decimals => "design-decimals",
        Setting::Ungrouped => "design-ungrouped",
        Setting::Currency => "design-currency",
        Setting::Open => "design-open",
        Setting::Best => "design-best",
        Setting::LinkTo => "design-link-to",
        Setting::InverseZh => "design-inverse-zh",
        Setting::InverseEn => "design-inverse-en",
        Setting::Owned => "design-owned",
        Setting::Tree => "design-tree",
        Setting::Prefix => "design-prefix",
        Setting::Digits => "design-digits",
        Setting::Formula => "design-formula",
        Setting::Result => "design-result",
        Setting::LookupLink => "design-lookup-link",
        Setting::LookupField => "design-lookup-field",
        Setting::RollupSource => "design-rollup-source",
        Setting::RollupFunction => "design-rollup-function",
        Setting::RollupField => "design-rollup-field",
        Setting::RollupWhen => "design-rollup-when",
    };
    (name, name)
}

fn shape(bench: Bench, setting: Setting) -> Shape {
    let words = |start: &str, words: &[&str]| {
        let option = |word: &&str| ((*word).to_owned(), t(&format!("{start}{word}")));
        Shape::Select(words.iter().map(option).collect())
    };
    match setting {
        Setting::MaxLength | Setting::Min | Setting::Max | Setting::Decimals | Setting::Best | Setting::Digits => {
            Shape::Number
        }
        Setting::Ungrouped | Setting::Open | Setting::Owned | Setting::Tree => Shape::Tick,
        Setting::Formula => own_formula(bench),
        Setting::RollupWhen => {
            let source = match untrack(|| bench.field()).map(|field| field.kind) {
                Some(FieldKind::Rollup(rollup)) => bench.app.entity(rollup.entity),
                _ => None,
            };
            source.map_or(Shape::Line, |source| Shape::Formula(Signal::stored(source)))
        }
        Setting::Result => {
            words("kind-", &["text", "number", "money", "percent", "date", "instant", "duration", "flag"])
        }
        Setting::RollupFunction => {
            words("function-rollup-", &["count", "sum", "average", "min", "max", "first", "last"])
        }
        Setting::Currency => {
            let own = (String::new(), t("design-currency-own"));
            let all = form::currencies().map(|code| (code.to_owned(), code.to_owned()));
            Shape::Select(std::iter::once(own).chain(all).collect())
        }
        Setting::LookupLink => {
            Shape::Select(fields_of(bench, bench.id, &|field| matches!(field.kind, FieldKind::Link(_))))
        }
        Setting::LookupField => Shape::Select(looked_up(bench)),
        Setting::RollupSource => Shape::Select(sources(bench)),
        Setting::RollupField => {
            let rollup = if let Some(FieldKind::Rollup(rollup)) = bench.field().map(|it| it.kind) {
                rollup
            } else {
                return Shape::Select(Vec::new());
            };
            let none = (String::new(), t("design-rollup-records"));
            let fields = fields_of(bench, rollup.entity, &|field| field.is_stored());
            Shape::Select(std::iter::once(none).chain(fields).collect())
        }
        Setting::Pattern | Setting::LinkTo | Setting::InverseZh | Setting::InverseEn | Setting::Prefix => Shape::Line,
    }
}

/// A formula about the records of the entity itself.
fn own_formula(bench: Bench) -> Shape {
    match untrack(|| bench.entity()) {
        Some(entity) => Shape::Formula(Signal::derive(move || bench.entity().unwrap_or_else(|| entity.clone()))),
        None => Shape::Line,
    }
}

fn fields_of(bench: Bench, entity: EntityId, fits: &dyn Fn(&Field) -> bool) -> Vec<(String, String)> {
    let Some(entity) = bench.app.entity(entity) else { return Vec::new() };
    let fields = entity.fields.iter().filter(|field| !field.retired && fits(field));
    fields.map(|field| (field.id.to_string(), label(&field.label))).collect()
}

fn is_number(field: &Field) -> bool {
    field.kind.result().is_some_and(|result| result.is_number())
}

/// The fields that a look-up can look up along its link.
fn looked_up(bench: Bench) -> Vec<(String, String)> {
    let Some(FieldKind::Lookup { link, .. }) = bench.field().map(|field| field.kind) else { return Vec::new() };
    let target = bench.entity().and_then(|entity| entity.field(link)?.link()?.to.first().copied());
    target.map(|target| fields_of(bench, target, &|field| field.is_stored())).unwrap_or_default()
}

/// The lists of other records that point here: `商机 · 客户`.
fn sources(bench: Bench) -> Vec<(String, String)> {
    let Some(entity) = bench.entity() else { return Vec::new() };
    let found = bench.app.ask(|state| design::sources(state, &entity));
    let named = |(other, via): (EntityId, FieldId)| {
        let other_entity = bench.app.entity(other)?;
        let name = format!("{} · {}", label(&other_entity.plural), label(&other_entity.field(via)?.label));
        Some((format!("{other}.{via}"), name))
    };
    found.into_iter().filter_map(named).collect()
}

/// What a link may point at: one tick for each kind of record.
fn link_to(bench: Bench, id: &'static str, name: &'static str) -> AnyView {
    let chosen = Memo::new(move |_| {
        let text = bench.field().map(|field| read_setting(&field.kind, Setting::LinkTo)).unwrap_or_default();
        text.split(',').filter(|part| !part.is_empty()).map(EntityId::new).collect::<Vec<EntityId>>()
    });
    let name_of = move |entity: &Entity| label(&entity.plural);
    let said = move || {
        let names = chosen.get().into_iter().filter_map(|id| bench.app.entity(id)).map(|it| name_of(&it));
        let names: Vec<String> = names.collect();
        if names.is_empty() { t("design-link-any") } else { names.join(", ") }
    };
    let mut entities = untrack(|| bench.app.entities());
    entities.sort_by_key(|entity| entity.tucked);
    let ticks: Vec<AnyView> = entities
        .into_iter()
        .map(|entity| {
            let own = entity.id;
            let is_on = move || chosen.with(|chosen| chosen.contains(&own));
            let toggle = move |_| {
                let mut next = chosen.get_untracked();
                match next.iter().position(|known| *known == own) {
                    Some(at) => drop(next.remove(at)),
                    None => next.push(own),
                }
                let text = next.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(",");
                write(bench, id, Setting::LinkTo, &text);
            };
            view! {
                <label class="check">
                    <input class="check__box" type="checkbox" prop:checked=is_on on:change=toggle/>
                    <span>{label(&entity.plural)}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="field design__targets">
            <legend class="field__label">{t(name)}</legend>
            <details>
                <summary class="input">{said}{icon("chevrons-up-down")}</summary>
                <div class="design__ticks">{ticks}</div>
            </details>
            {crate::ui::part::field_error(id, bench.work.wrong_at(id))}
        </fieldset>
    }
    .into_any()
}

/// A text to try the length and the pattern on.
fn try_line(bench: Bench) -> AnyView {
    let typed = RwSignal::new(String::new());
    let has_pattern = Memo::new(move |_| {
        matches!(bench.field().map(|field| field.kind), Some(FieldKind::Text { pattern: Some(_), .. }))
    });
    let verdict = move || {
        let text = typed.get();
        let kind = bench.field()?.kind;
        let FieldKind::Text { pattern: Some(pattern), .. } = kind else { return None };
        if text.is_empty() {
            return None;
        }
        let is_good = form::matches_whole(&pattern, &text);
        let (class, name, key) = match is_good {
            true => ("field__hint field__hint--good", "check", "design-try-good"),
            false => ("field__error", "circle-alert", "design-try-bad"),
        };
        Some(view! { <p class=class role="status">{icon(name)}<span>{t(key)}</span></p> })
    };
    (move || {
        has_pattern.get().then(|| {
            view! {
                <div class="field">
                    <label class="field__label" for="design-try">{t("design-try")}</label>
                    <input class="input" id="design-try" autocomplete="off" prop:value=typed on:input=move |event| typed.set(event_target_value(&event))/>
                    {verdict}
                </div>
            }
        })
    })
    .into_any()
}

/// What a computed field gives for a few records.
fn samples(bench: Bench) -> AnyView {
    let rows = move || {
        let (entity, id) = (bench.entity()?, bench.chosen.get()?);
        bench.app.track_entity(bench.id);
        let field = entity.field(id)?.clone();
        Some(match bench.app.sample(&entity, id, SAMPLES) {
            Err(wrong) => {
                let sentence = wrong.first().map(diagnostic).unwrap_or_default();
                view! { <p class="field__error" role="status">{icon("circle-alert")}<span>{sentence}</span></p> }
                    .into_any()
            }
            Ok(found) if found.is_empty() => view! { <p class="field__hint">{t("design-no-samples")}</p> }.into_any(),
            Ok(found) => {
                let rows: Vec<AnyView> = found
                    .into_iter()
                    .map(|(record, value)| {
                        let shown = field::plain(bench.app, &entity, &field, &value);
                        let shown = if shown.is_empty() { "–".to_owned() } else { shown };
                        view! { <dt class="clip">{bench.app.title(record)}</dt><dd>{shown}</dd> }.into_any()
                    })
                    .collect();
                view! { <dl class="design__samples">{rows}</dl> }.into_any()
            }
        })
    };
    view! {
        <div class="field">
            <span class="field__label">{t("design-samples")}</span>
            {rows}
        </div>
    }
    .into_any()
}

/// What a new record gets: an option, or what a formula gives.
pub fn default(bench: Bench) -> AnyView {
    let read = Callback::new(move |()| bench.field().map(|field| default_of(&field)).unwrap_or_default());
    let write = Callback::new(move |typed: String| {
        let typed = typed.trim().to_owned();
        bench.change_field("design-default", &|field| {
            field.default = (!typed.is_empty()).then(|| typed.clone());
        })
    });
    let options = Memo::new(move |_| {
        let field = bench.field()?;
        let FieldKind::Choice { options } = &field.kind else { return None };
        let known = options.iter().filter(|option| !option.retired);
        let named: Vec<(String, String)> = known.map(|it| (it.id.to_string(), label(&it.label))).collect();
        // What is computed cannot be picked.
        let now = default_of(&field);
        let is_picked = now.is_empty() || named.iter().any(|(id, _)| *id == now);
        is_picked.then(|| std::iter::once((String::new(), t("design-default-none"))).chain(named).collect::<Vec<_>>())
    });
    let (id, name) = ("design-default", "design-default");
    (move || {
        let options = options.get();
        let hint = options.is_none().then_some("design-default-say");
        let shape = options.map_or_else(|| own_formula(bench), Shape::Select);
        control(bench, Control { id, name, hint, shape, read, write })
    })
    .into_any()
}

/// The default as the control has it: an option by its id, however it is written.
fn default_of(field: &Field) -> String {
    let text = field.default.clone().unwrap_or_default();
    let bare = text.trim_start_matches('=').trim().trim_matches('"');
    field.option_called(bare).map_or_else(|| text.clone(), |option| option.id.to_string())
}
