//! A field that turns into another kind of thing, or goes: looked at first, with counts, examples, and what goes along.

use leptos::prelude::*;

use super::{Bench, usage};
use crate::command::{Command, Forecast};
use crate::engine::design;
use crate::engine::form;
use crate::model::change::Change;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, Language};
use crate::model::id::FieldId;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field;
use crate::ui::part::{Dialog, icon};
use crate::ui::text::{diagnostic, label, t, tr};

/// How many options are made of what there is.
const MOST_OPTIONS: usize = 60;

/// What somebody has to look at first.
#[derive(Clone, PartialEq)]
pub struct Pending {
    field: FieldId,
    /// What it turns into; it goes when absent.
    into: Option<Field>,
}

/// Turns a field into another one; says whether that is done already. Where values would become others, it is not.
pub fn recast(bench: Bench, control: &str, into: Field) -> bool {
    let (Some(entity), field) = (bench.entity.get_untracked(), into.id) else { return false };
    let Some(from) = entity.field(field) else { return false };
    let into = with_options(bench, &entity, from, into);
    let forecast = bench.app.forecast(bench.id, field, Some(&into));
    let is_alike = std::mem::discriminant(&from.kind) == std::mem::discriminant(&into.kind);
    let is_held = forecast.kept + forecast.changed + forecast.lost > 0 && !from.is_computed();
    if forecast.lost > 0 || forecast.changed > 0 || (is_held && !is_alike) {
        bench.work.forgive();
        bench.pending.set(Some(Pending { field, into: Some(into) }));
        return false;
    }
    let what = label(&into.label);
    let command = Command::Recast { entity: bench.id, field, into: Some(Box::new(into)), lost: 0 };
    bench.work.tell(control, bench.work.act(command, &what))
}

/// Asks whether a field shall go.
pub fn ask_removal(bench: Bench, field: FieldId) {
    bench.pending.set(Some(Pending { field, into: None }));
}

/// A choice without options gets them from what there is.
fn with_options(bench: Bench, entity: &Entity, from: &Field, mut into: Field) -> Field {
    if !from.options().is_empty() || !from.is_stored() {
        return into;
    }
    if let FieldKind::Choice { options } | FieldKind::Choices { options, .. } = &mut into.kind
        && options.is_empty()
    {
        let settings = bench.app.read_settings();
        let texts = bench.app.ask(|state| {
            let records = state.member_ids(entity.id).iter().filter_map(|id| state.record(*id));
            let values: Vec<&Value> = records.map(|record| record.value(from.id)).collect();
            let language = state.workspace().map_or(Language::En, |workspace| workspace.language);
            form::distinct_texts(from, &values, language, &settings)
        });
        let lines: Vec<String> = texts.into_iter().take(MOST_OPTIONS).collect();
        *options = design::options_from(&lines.join("\n"), &[]);
    }
    into
}

/// The dialog in which it is looked at.
pub fn dialog(bench: Bench) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if bench.pending.with(Option::is_some) {
            open.set(true);
        }
    });
    let title = Signal::derive(move || {
        let Some(pending) = bench.pending.get() else { return String::new() };
        let name = untrack(|| bench.entity()).and_then(|entity| Some(label(&entity.field(pending.field)?.label)));
        let name = name.unwrap_or_default();
        match &pending.into {
            Some(into) => {
                let kind = t(&format!("kind-{}", design::kind_name(&into.kind)));
                tr("design-recast-title", [("name", name.into()), ("kind", kind.into())])
            }
            None => tr("design-delete-title", [("name", name.into())]),
        }
    });
    let leave = Callback::new(move |()| {
        open.set(false);
        bench.pending.set(None);
    });
    let footer = Callback::new(move |()| foot(bench, leave));
    view! {
        <Dialog open=open title=title on_leave=leave footer=footer>{move || bench.pending.get().map(|pending| body(bench, &pending))}</Dialog>
    }
    .into_any()
}

fn command(bench: Bench, pending: &Pending, lost: usize) -> Command {
    Command::Recast { entity: bench.id, field: pending.field, into: pending.into.clone().map(Box::new), lost }
}

fn body(bench: Bench, pending: &Pending) -> AnyView {
    let Some(entity) = bench.entity.get_untracked() else { return ().into_any() };
    let Some(from) = entity.field(pending.field).cloned() else { return ().into_any() };
    let forecast = bench.app.forecast(bench.id, pending.field, pending.into.as_ref());
    let counts = pending.into.is_some().then(|| counts(&forecast));
    let lost = (pending.into.is_none()).then(|| {
        view! { <p>{tr("design-delete-say", [("count", forecast.lost.into())])}</p> }
    });
    let options = pending.into.as_ref().filter(|into| from.options().is_empty() && !into.options().is_empty());
    let made = options.map(|into| {
        let names: Vec<String> = into.options().iter().map(|option| label(&option.label)).collect();
        view! { <p class="quiet">{tr("design-made-options", [("count", names.len().into()), ("names", names.join(", ").into())])}</p> }
    });
    let examples: Vec<AnyView> = forecast
        .examples
        .iter()
        .map(|example| {
            let before = field::plain(bench.app, &entity, &from, &example.before);
            let after = match (&example.after, &pending.into) {
                (Some(after), Some(into)) => {
                    let after = field::plain(bench.app, &entity, into, after);
                    view! { <td>{after}</td> }.into_any()
                }
                _ => view! { <td class="design__lost">{t("design-empty")}</td> }.into_any(),
            };
            let title = bench.app.ask(|state| crate::app::title(state, example.record));
            view! { <tr><th scope="row" class="clip">{title}</th><td>{before}</td><td aria-hidden="true">{icon("arrow-right")}</td>{after}</tr> }
                .into_any()
        })
        .collect();
    let table = (!examples.is_empty() && pending.into.is_some()).then(|| {
        view! {
            <div class="design__examples">
                <table>
                    <thead><tr><th>{t("design-record")}</th><th>{t("design-now")}</th><td></td><th>{t("design-then")}</th></tr></thead>
                    <tbody>{examples}</tbody>
                </table>
            </div>
        }
    });
    let along = match bench.app.rehearse(&command(bench, pending, forecast.lost)) {
        Ok(changes) => {
            let missed = pending.into.is_none().then(|| usage::missing(bench, pending.field, &changes));
            view! { {missed}{going_along(bench, &changes)} }.into_any()
        }
        Err(refused) => {
            let reasons: Vec<AnyView> = refused
                .diagnostics
                .iter()
                .map(|wrong| view! { <li>{icon("circle-alert")}<span>{diagnostic(wrong)}</span></li> }.into_any())
                .collect();
            view! { <div class="design__refused" role="alert"><p>{t("design-not-possible")}</p><ul>{reasons}</ul></div> }.into_any()
        }
    };
    view! { <div class="design__forecast">{lost}{counts}{made}{table}{along}</div> }.into_any()
}

fn counts(forecast: &Forecast) -> AnyView {
    let one = |count: usize, key: &str, name: &'static str, class: &'static str| {
        (count > 0).then(|| {
            view! { <li class=class>{icon(name)}<span>{tr(key, [("count", count.into())])}</span></li> }.into_any()
        })
    };
    let lines: Vec<AnyView> = [
        one(forecast.kept, "design-kept", "check", "design__fate"),
        one(forecast.changed, "design-becomes", "shuffle", "design__fate"),
        one(forecast.lost, "design-lost", "triangle-alert", "design__fate design__fate--lost"),
        one(forecast.blank, "design-blank", "circle-dashed", "design__fate"),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! { <ul class="design__fates">{lines}</ul> }.into_any()
}

/// The definitions that change or go besides the entity itself.
fn going_along(bench: Bench, changes: &[Change]) -> AnyView {
    let own = Definition::entity_id(bench.id);
    let lines: Vec<AnyView> = changes
        .iter()
        .filter_map(|change| {
            let Change::Defined { id, before: Some(before), after } = change else { return None };
            // The page follows its fields: that goes without saying.
            if *id == own || matches!(before, Definition::Layout(_)) {
                return None;
            }
            let key = if after.is_some() { "design-along-changed" } else { "design-along-gone" };
            Some(view! { <li>{tr(key, [("name", label(&before.label()).into())])}</li> }.into_any())
        })
        .collect();
    if lines.is_empty() {
        return ().into_any();
    }
    view! { <div class="design__along"><p>{t("design-along")}</p><ul>{lines}</ul></div> }.into_any()
}

fn foot(bench: Bench, leave: Callback<()>) -> AnyView {
    let inside = move || {
        let pending = bench.pending.get()?;
        let lost = bench.app.forecast(bench.id, pending.field, pending.into.as_ref()).lost;
        let is_possible = bench.app.rehearse(&command(bench, &pending, lost)).is_ok();
        let is_removal = pending.into.is_none();
        let says = match (is_removal, lost) {
            (true, _) => t("design-delete-do"),
            (false, 0) => t("design-recast-do"),
            (false, lost) => tr("design-recast-empty", [("count", lost.into())]),
        };
        let act = move |_| {
            let name = bench.entity.get_untracked();
            let name = name.and_then(|entity| Some(label(&entity.field(pending.field)?.label))).unwrap_or_default();
            match bench.work.act(command(bench, &pending, lost), &name) {
                Ok(()) => {
                    leave.run(());
                    if is_removal {
                        bench.choose(None);
                    }
                }
                Err(refused) => bench.app.toast_rejection(&refused),
            }
        };
        let class = if is_removal || lost > 0 { "button button--danger" } else { "button button--primary" };
        Some(view! { <button class=class type="button" disabled=!is_possible on:click=act>{says}</button> })
    };
    view! {
        <button class="button" type="button" on:click=move |_| leave.run(())>{t("form-cancel")}</button>
        {inside}
    }
    .into_any()
}
