//! The second step: each column of the files goes into a field, or is left out; what does not fit has its rules.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::sheet::Origin;
use super::source::Source;
use super::{Sheet, Wizard, choice, files, palette, takes_cells, writing};
use crate::engine::transfer::Reason;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::FieldId;
use crate::ui::part::{Drag, icon};
use crate::ui::text::{label, label_within, t, tr};

pub fn body(wizard: Wizard) -> AnyView {
    let sheet = Memo::new(move |_| wizard.sheet().map(|sheet| sheet.id));
    view! {
        <div class="wizard__say">
            <h2 id="import-heading" tabindex="-1">{t("import-match-columns")}</h2>
            <p>{move || wizard.sheet().map(matched)}</p>
        </div>
        {files::tabs(wizard)}
        {move || {
            sheet.get();
            untrack(|| wizard.sheet()).map(|sheet| one(wizard, sheet))
        }}
        <div class="facts-line">{choice::remember(wizard)}</div>
    }
    .into_any()
}

fn matched(sheet: Sheet) -> String {
    let columns = sheet.source.with(|source| source.survey.headers.len());
    let found = sheet.mapping.with(|mapping| mapping.columns.iter().filter(|it| it.field.is_some()).count());
    let matched = tr("import-matched", [("found", found.into()), ("columns", columns.into())]);
    match sheet.origin.get() {
        Origin::Preset(program) => format!("{} {matched}", tr("import-why-preset", [("program", program.into())])),
        Origin::Suggested | Origin::Remembered => matched,
    }
}

/// The columns of one file.
fn one(wizard: Wizard, sheet: Sheet) -> AnyView {
    let Some(entity) = sheet.entity() else { return ().into_any() };
    let source = sheet.source.get_untracked();
    let drag = palette::layer(sheet);
    let evidence = source.survey.evidence.clone();
    let open = move || {
        let is_open = evidence.is_order_open() && sheet.mapping.with(|mapping| mapping.reading.dates.is_none());
        is_open.then(|| writing::order_warning(&evidence))
    };
    view! {
        {missing(sheet, &source, &entity)}
        {open}
        {files::links(wizard, sheet)}
        {palette::frame(sheet, &entity, drag, table(sheet, &source, &entity, drag))}
        {choice::blanks(sheet, &source)}
        {choice::rules(sheet, &entity)}
    }
    .into_any()
}

/// The fields that every record needs and that no column goes into.
fn missing(sheet: Sheet, source: &Arc<Source>, entity: &Arc<Entity>) -> AnyView {
    let needed: Vec<(FieldId, String)> = entity
        .fields
        .iter()
        .filter(|field| field.required && field.default.is_none() && takes_cells(field))
        .map(|field| (field.id, label(&field.label)))
        .collect();
    let title = entity.title;
    // A column that tells its rows apart can name them where nothing else does.
    let is_key = |at: &usize| source.contents.columns.get(*at).is_some_and(|column| column.is_key());
    let key = (0..source.survey.headers.len()).find(is_key);
    let key_name = key.and_then(|at| source.survey.headers.get(at)).unwrap_or_default().to_owned();
    (move || {
        if sheet.mapping.with(|mapping| mapping.columns.iter().all(|column| column.field.is_none())) {
            return Some(
                view! {
                    <div class="banner banner--warn banner--inline" role="status">
                        {icon("triangle-alert")}<p>{t("import-needs-column")}</p>
                    </div>
                }
                .into_any(),
            );
        }
        let is_nameless = sheet.mapping.with(|mapping| mapping.columns.iter().all(|it| it.field != Some(title)));
        let offer = key.filter(|_| is_nameless).map(|at| {
            view! {
                <button class="button button--small" type="button" on:click=move |_| sheet.choose(at, Some(title))>
                    {tr("import-name-by", [("column", key_name.as_str().into())])}
                </button>
            }
        });
        let names: Vec<String> = sheet.mapping.with(|mapping| {
            let is_mapped = |id: &FieldId| mapping.columns.iter().any(|column| column.field == Some(*id));
            needed.iter().filter(|(id, _)| !is_mapped(id)).map(|(_, name)| name.clone()).collect()
        });
        (!names.is_empty()).then(|| {
            let names = names.join(&t("import-list-separator"));
            view! {
                <div class="banner banner--warn banner--inline" role="status">
                    {icon("triangle-alert")}
                    <p><strong>{tr("import-missing", [("names", names.into())])}</strong>{t("import-missing-do")}</p>
                    {offer}
                </div>
            }
            .into_any()
        })
    })
    .into_any()
}

fn table(sheet: Sheet, source: &Arc<Source>, entity: &Arc<Entity>, drag: Drag) -> AnyView {
    let rows: Vec<AnyView> = (0..source.survey.headers.len()).map(|at| row(sheet, source, entity, at, drag)).collect();
    let plural = label_within(&entity.plural);
    view! {
        <div class="map" tabindex="0" role="region" aria-label=t("import-columns-and-fields")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("import-column-in-file")}</th>
                        <th scope="col">{t("import-samples")}</th>
                        <th scope="col">{tr("import-field-of", [("things", plural.into())])}</th>
                        <th scope="col">{t("import-how")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(sheet: Sheet, source: &Arc<Source>, entity: &Arc<Entity>, at: usize, drag: Drag) -> AnyView {
    let is_over = palette::is_over(drag, at);
    let header = sheet
        .mapping
        .with_untracked(|mapping| mapping.columns.get(at).map(|column| column.header.clone()).unwrap_or_default());
    let shown =
        if header.is_empty() { tr("import-column-number", [("number", (at + 1).to_string().into())]) } else { header };
    let column = source.survey.columns.get(at).cloned().unwrap_or_default();
    let is_off = move || sheet.mapping.with(|mapping| mapping.columns.get(at).is_none_or(|it| it.field.is_none()));
    let samples: Vec<AnyView> = column
        .samples
        .into_iter()
        .map(|sample| {
            let text = sample.clone();
            let is_blank = move || {
                sheet
                    .mapping
                    .with(|mapping| mapping.blanks.iter().any(|blank| blank.to_lowercase() == text.to_lowercase()))
            };
            let tip = is_blank.clone();
            view! {
                <code class:map__blank=is_blank title=move || tip().then(|| t("import-read-as-blank"))>{sample}</code>
            }
            .into_any()
        })
        .collect();
    let chosen = Memo::new(move |_| sheet.mapping.with(|mapping| mapping.columns.get(at).and_then(|it| it.field)));
    let options: Vec<AnyView> =
        entity.fields.iter().filter(|field| takes_cells(field)).map(|field| option(field, chosen)).collect();
    let value = move || chosen.get().map(|field| field.to_string()).unwrap_or_default();
    let changed = move |event: ev::Event| {
        let wanted = event_target_value(&event);
        sheet.choose(at, (!wanted.is_empty()).then(|| FieldId::new(&wanted)));
    };
    // What a column goes into can be carried away; where it goes nowhere there is nothing to hold.
    let grip = move || match chosen.get() {
        Some(field) => {
            view! { <span class="map-field map-grip" data-key=field.to_string()>{icon("grip-vertical")}</span> }
                .into_any()
        }
        None => crate::ui::part::icon_styled("arrow-right", "icon icon--14"),
    };
    let filled = tr("import-filled", [("count", column.filled.into())]);
    view! {
        <tr class:map__off=is_off data-zone=at.to_string() data-over=move || is_over.get().then_some("")>
            <th scope="row">{shown.clone()}<small>{filled}</small></th>
            <td><div class="map__samples">{samples}</div></td>
            <td>
                <div class="map__target">
                    {grip}
                    <select class="input" aria-label=tr("import-field-for", [("column", shown.into())]) prop:value=value on:change=changed>
                        <option value="" selected=move || chosen.get().is_none()>{t("import-leave-out")}</option>
                        {options}
                    </select>
                </div>
            </td>
            <td class="map__note">{move || note(sheet, at)}</td>
        </tr>
    }
    .into_any()
}

fn option(field: &Field, chosen: Memo<Option<FieldId>>) -> AnyView {
    let id = field.id;
    let name = label(&field.label);
    let name = if field.required { format!("{name} *") } else { name };
    view! { <option value=field.id.to_string() selected=move || chosen.get() == Some(id)>{name}</option> }.into_any()
}

/// Why the column goes where it goes.
fn note(sheet: Sheet, at: usize) -> AnyView {
    let is_touched = sheet.touched.with(|touched| touched.contains(&at));
    let origin = sheet.origin.get();
    sheet.mapping.with(|mapping| {
        let Some(column) = mapping.columns.get(at) else {
            return ().into_any();
        };
        let Some(field) = column.field else {
            return chip("chip", "ban", t("import-note-left-out"), String::new());
        };
        if mapping.columns[..at].iter().any(|earlier| earlier.field == Some(field)) {
            return match column.joins {
                Some(_) => chip("chip chip--info", "link", t("import-note-joined"), String::new()),
                None => twice(),
            };
        }
        if is_touched {
            return chip("chip chip--info", "user-check", t("import-note-chosen"), String::new());
        }
        if origin == Origin::Remembered {
            return chip("chip chip--info", "history", t("import-note-last-time"), String::new());
        }
        match column.reason {
            Some(Reason::Name) if column.confidence >= 85 => {
                chip("chip chip--good", "check", t("import-note-sure"), t("import-reason-name"))
            }
            Some(Reason::Name) => suggested(t("import-reason-name")),
            Some(Reason::Synonym) => suggested(t("import-reason-synonym")),
            Some(Reason::Similar) => suggested(t("import-reason-similar")),
            Some(Reason::Content) => suggested(t("import-reason-content")),
            Some(Reason::File) => suggested(t("import-reason-file")),
            Some(Reason::Preset) => chip("chip chip--good", "check", t("import-note-preset"), String::new()),
            None => chip("chip chip--info", "user-check", t("import-note-chosen"), String::new()),
        }
    })
}

/// Two columns for one field: what that means is said where it was chosen, not in a tip alone.
fn twice() -> AnyView {
    view! {
        {chip("chip chip--warn", "layers", t("import-note-twice"), String::new())}
        <small class="map__why">{t("import-note-twice-say")}</small>
    }
    .into_any()
}

fn suggested(reason: String) -> AnyView {
    chip("chip chip--info", "lightbulb", t("import-note-suggested"), reason)
}

fn chip(class: &'static str, name: &'static str, text: String, why: String) -> AnyView {
    let tip = (!why.is_empty()).then(|| why.clone());
    view! {
        <span class=class title=tip>
            {icon(name)}
            <span>{text}</span>
            {(!why.is_empty()).then(|| view! { <span class="sr-only">{format!(": {why}")}</span> })}
        </span>
    }
    .into_any()
}
