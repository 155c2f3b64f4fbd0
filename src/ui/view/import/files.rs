//! The files of an import: what each becomes and why, how they name each other, and which of them is to be seen.

use leptos::ev;
use leptos::prelude::*;

use super::sheet::Why;
use super::{Sheet, Wizard};
use crate::app::ImportPhase;
use crate::engine::transfer::clean_header;
use crate::model::entity::Entity;
use crate::model::id::EntityId;
use crate::model::state::Reader;
use crate::ui::format;
use crate::ui::part::{icon, icon_styled};
use crate::ui::text::{label, label_within, t, tr};

/// The files of the first step, each with what its rows become.
pub fn list(wizard: Wizard) -> AnyView {
    view! {
        <Show when=move || !wizard.sheets.with(Vec::is_empty)>
            <ul class="files" aria-label=t("import-files")>
                <For each=move || wizard.sheets.get() key=|sheet| sheet.id let:sheet>
                    {card(wizard, sheet)}
                </For>
            </ul>
        </Show>
    }
    .into_any()
}

/// Which file is to be seen, where there are several.
pub fn tabs(wizard: Wizard) -> AnyView {
    (move || {
        let active = wizard.active();
        if active.len() < 2 {
            return ().into_any();
        }
        let tabs: Vec<AnyView> = active.into_iter().map(|sheet| tab(wizard, sheet)).collect();
        view! { <div class="files-tabs" role="group" aria-label=t("import-files")>{tabs}</div> }.into_any()
    })
    .into_any()
}

/// What names rows of other files, and how many of the names are there.
pub fn links(wizard: Wizard, sheet: Sheet) -> AnyView {
    (move || {
        let sheets = wizard.sheets.get();
        let here = sheets.iter().position(|it| it.id == sheet.id)?;
        let links = wizard.links.get();
        let lines: Vec<AnyView> = links
            .iter()
            .filter(|link| link.file == here)
            .filter_map(|link| {
                let to = sheets.get(link.to)?;
                let heading = |sheet: &Sheet, at: usize| {
                    sheet.source.with(|it| clean_header(it.survey.headers.get(at).unwrap_or_default()).to_owned())
                };
                let say = tr(
                    "import-link",
                    [
                        ("column", heading(&sheet, link.column).into()),
                        ("file", to.name().into()),
                        ("key", heading(to, link.to_column).into()),
                    ],
                );
                let found = tr("import-link-found", [("found", link.found.into()), ("names", link.names.into())]);
                let missing = (!link.missing.is_empty()).then(|| {
                    tr("import-link-missing", [("names", link.missing.join(&t("import-list-separator")).into())])
                });
                let class = if link.found == link.names { "chip chip--good" } else { "chip chip--warn" };
                let sign = if link.found == link.names { "check" } else { "triangle-alert" };
                Some(view! {
                    <li>
                        {icon("link")}
                        <span>{say}</span>
                        <span class=class>{icon(sign)}<span>{found}</span></span>
                        {missing.map(|missing| view! { <small>{missing}</small> })}
                    </li>
                })
            })
            .map(IntoAny::into_any)
            .collect();
        (!lines.is_empty()).then(|| view! { <ul class="file-links" aria-label=t("import-links")>{lines}</ul> })
    })
    .into_any()
}

fn tab(wizard: Wizard, sheet: Sheet) -> AnyView {
    let is_current = move || wizard.sheet().is_some_and(|it| it.id == sheet.id);
    let becomes = move || sheet.entity.with(|entity| entity.as_ref().map(|it| label(&it.plural)).unwrap_or_default());
    let rejected = move || {
        let count = rejected_in_trial(wizard, sheet).filter(|count| *count > 0)?;
        Some(
            view! { <small class="late">{icon("triangle-alert")}{tr("import-tab-rejected", [("count", count.into())])}</small> },
        )
    };
    view! {
        <button
            class="files-tab"
            type="button"
            aria-current=move || is_current().then_some("true")
            on:click=move |_| wizard.current.set(sheet.id)
        >
            <span class="clip">{move || sheet.name()}</span>
            <small>{becomes}</small>
            {rejected}
        </button>
    }
    .into_any()
}

/// How many of the tried rows of a file were rejected, once they have been tried.
fn rejected_in_trial(wizard: Wizard, sheet: Sheet) -> Option<usize> {
    let job = wizard.trial.get()?;
    let at = wizard.running.get_untracked().iter().position(|it| it.id == sheet.id)?;
    job.phase.with(|phase| match phase {
        ImportPhase::Finished(report) => Some(report.files.get(at)?.tally.rejected),
        ImportPhase::Running(_) | ImportPhase::Refused(_) => None,
    })
}

fn card(wizard: Wizard, sheet: Sheet) -> AnyView {
    let is_current = move || wizard.sheet().is_some_and(|it| it.id == sheet.id);
    let is_alone = move || wizard.sheets.with(Vec::len) < 2;
    let facts = move || {
        sheet.source.with(|source| {
            let survey = &source.survey;
            let size = format::bytes(source.bytes.len() as f64);
            let facts = [("size", size.into()), ("rows", survey.rows.into()), ("columns", survey.headers.len().into())];
            let facts =
                if survey.is_whole { tr("import-file-facts", facts) } else { tr("import-file-facts-about", facts) };
            let blank = (survey.blank_rows > 0 && survey.is_whole)
                .then(|| format!(" {}", tr("import-blank-there", [("count", survey.blank_rows.into())])));
            format!("{facts}{}", blank.unwrap_or_default())
        })
    };
    let has_no_rows = move || sheet.source.with(|source| source.survey.rows == 0);
    let warning = move || {
        has_no_rows().then(|| {
            view! { <p class="late" role="status">{icon("triangle-alert")}<span>{t("error-no-rows")}</span></p> }
        })
    };
    view! {
        <li class="file file--card" data-current=move || (is_current() && !is_alone()).then_some("")>
            <button
                class="file__pick"
                type="button"
                aria-current=move || is_current().then_some("true")
                on:click=move |_| wizard.current.set(sheet.id)
            >
                {icon_styled("file-spreadsheet", "icon icon--20")}
                <span class="file__what">
                    <b class="clip">{move || sheet.name()}</b>
                    <span class="file__size">{facts}</span>
                </span>
            </button>
            <div class="file__becomes">
                {kinds(wizard, sheet)}
                <small>{move || why(sheet)}</small>
            </div>
            <button
                class="button button--quiet button--icon"
                type="button"
                aria-label=move || tr("import-file-drop", [("name", sheet.name().into())])
                title=move || tr("import-file-drop", [("name", sheet.name().into())])
                on:click=move |_| wizard.drop_sheet(sheet.id)
            >
                {icon("x")}
            </button>
            {warning}
        </li>
    }
    .into_any()
}

/// What the rows of a file become.
fn kinds(wizard: Wizard, sheet: Sheet) -> AnyView {
    let mut entities: Vec<(EntityId, String)> = wizard.app.ask(|state| {
        state.entities().iter().map(|entity: &std::sync::Arc<Entity>| (entity.id, label(&entity.plural))).collect()
    });
    entities.sort_by(|a, b| format::collate(&a.1, &b.1));
    let changed = move |event: ev::Event| {
        let wanted = event_target_value(&event);
        sheet.choose_entity(wizard, (!wanted.is_empty()).then(|| EntityId::new(&wanted)));
    };
    let options: Vec<AnyView> = entities
        .into_iter()
        .map(|(id, name)| {
            let is_chosen = move || sheet.entity.with(|entity| entity.as_ref().is_some_and(|it| it.id == id));
            view! { <option value=id.to_string() selected=is_chosen>{name}</option> }.into_any()
        })
        .collect();
    let chosen = move || sheet.entity.with(|entity| entity.as_ref().map(|it| it.id.to_string()).unwrap_or_default());
    view! {
        <select
            class="input"
            aria-label=move || tr("import-becomes", [("file", sheet.name().into())])
            prop:value=chosen
            on:change=changed
        >
            <option value="" selected=move || sheet.entity.with(Option::is_none)>{t("import-becomes-nothing")}</option>
            {options}
        </select>
    }
    .into_any()
}

/// Why a file is taken for what it is taken for.
fn why(sheet: Sheet) -> String {
    match sheet.clue.get() {
        None => t("import-why-chosen"),
        Some(Why::Home) => t("import-why-home"),
        Some(Why::Like(entity)) => {
            let things = sheet.app.ask(|state| state.entity(entity).map(|entity| label_within(&entity.plural)));
            tr("import-why-like", [("things", things.unwrap_or_default().into())])
        }
        Some(Why::Name) => t("import-why-name"),
        Some(Why::Headings) => t("import-why-headings"),
        Some(Why::NamedBy(file, column)) => tr("import-why-named", [("file", file.into()), ("column", column.into())]),
        Some(Why::Preset(program)) => tr("import-why-preset", [("program", program.into())]),
        Some(Why::Unknown) => t("import-why-unknown"),
    }
}
