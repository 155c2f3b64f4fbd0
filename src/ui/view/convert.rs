//! Convert: what a record turns into, seen before it happens. Who may be there already is offered, and what stays behind is named.

mod target;

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{App, ToastAction};
use crate::command::{Command, Proposal};
use crate::model::conversion::ChosenTarget;
use crate::model::diagnostic::{Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::field::plain;
use crate::ui::part::{Dialog, icon, icon_styled, kbd, unique_id};
use crate::ui::route::{Route, go};
use crate::ui::text::{diagnostic, label, label_within, t, tr};

use target::{Target, target_view};

thread_local! {
    // Event handlers have no context, and there is one dialog: it leaves its signal here when it is mounted.
    static ASKED: Cell<Option<RwSignal<Option<RecordId>>>> = const { Cell::new(None) };
}

/// Opens the dialog for a record.
pub fn convert(record: RecordId) {
    if let Some(asked) = ASKED.get() {
        let _ = asked.try_set(Some(record));
    }
}

/// Where the dialog appears; mounted once, by the shell.
#[component]
pub fn ConvertHost() -> impl IntoView {
    let app = expect_context::<App>();
    let asked = RwSignal::new(None::<RecordId>);
    ASKED.set(Some(asked));
    move || {
        let id = asked.get()?;
        let record = app.ask(|state| state.shared_record(id).cloned())?;
        let entity = app.ask(|state| state.entity(record.entity).cloned())?;
        match untrack(|| app.propose_conversion(id)) {
            Ok(proposal) => {
                Some(view! { <ConvertDialog record=record entity=entity proposal=proposal asked=asked/> }.into_any())
            }
            Err(refused) => {
                app.toast_rejection(&refused);
                None
            }
        }
    }
}

#[component]
fn ConvertDialog(
    record: Arc<Record>,
    entity: Arc<Entity>,
    proposal: Proposal,
    asked: RwSignal<Option<RecordId>>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let open = RwSignal::new(true);
    let start = unique_id("convert");
    let troubles = RwSignal::new(Vec::<String>::new());
    let targets = StoredValue::new(Target::all(app, &record, &entity, &proposal, &start));
    let end = move || {
        open.set(false);
        // The dialog gives the focus back while it is still there.
        request_animation_frame(move || {
            let _ = asked.try_set(None);
        });
    };
    let id = record.id;
    let submit = Callback::new(move |()| {
        let targets = targets.get_value();
        match send(app, id, &targets) {
            Ok(into) => {
                end();
                if let Some((entity, id)) = into {
                    go(&Route::Record { entity, id });
                }
            }
            Err(wrong) => troubles.set(place(&targets, wrong)),
        }
    });
    let footer = Callback::new(move |()| {
        let count = move || targets.with_value(|targets| targets.iter().filter(|target| target.is_wanted()).count());
        view! {
            <span class="dialog__note" role="status">{move || tr("convert-count", [("count", count().into())])}</span>
            <button class="button" type="button" on:click=move |_| end()>{t("form-cancel")}{kbd("Esc")}</button>
            <button
                class="button button--primary"
                type="button"
                aria-disabled=move || (count() == 0).then_some("true")
                on:click=move |_| {
                    if count() > 0 {
                        submit.run(());
                    }
                }
            >
                {t("convert-do")}
                {kbd("Ctrl ↵")}
            </button>
        }
        .into_any()
    });
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            submit.run(());
        }
    };
    let rest = StoredValue::new((record, entity.clone(), proposal));
    let body = move || {
        let sections: Vec<AnyView> =
            targets.with_value(|targets| targets.iter().map(|target| target_view(app, target)).collect());
        let (left, carried) = rest.with_value(|(record, entity, proposal)| {
            (left_behind(app, record, entity, proposal), carried(app, proposal))
        });
        view! {
            <form
                class="form convert"
                novalidate=true
                autocomplete="off"
                on:submit=move |event| event.prevent_default()
                on:keydown=keys
            >
                {move || errors(troubles.get())}
                {sections}
                {carried}
                {left}
            </form>
        }
        .into_any()
    };
    let body = StoredValue::new(body);
    let leave = Callback::new(move |()| end());
    let title = tr("convert-title", [("name", app.title(id).into())]);
    view! {
        <Dialog open=open title=title class="dialog--wide" on_leave=leave footer=footer>
            {body.with_value(|body| body())}
        </Dialog>
    }
    .into_any()
}

fn errors(sentences: Vec<String>) -> Option<AnyView> {
    (!sentences.is_empty()).then(|| {
        let lines: Vec<AnyView> = sentences.into_iter().map(|one| view! { <li>{one}</li> }.into_any()).collect();
        view! {
            <div class="form__errors" role="alert">
                <h3>{icon("circle-alert")}{t("convert-refused")}</h3>
                <ul>{lines}</ul>
            </div>
        }
        .into_any()
    })
}

/// What goes along: records that point here and will point at what it turns into.
fn carried(app: App, proposal: &Proposal) -> Option<AnyView> {
    if proposal.carried.is_empty() {
        return None;
    }
    let parts: Vec<String> = proposal
        .carried
        .iter()
        .filter_map(|(entity, count)| {
            let entity = app.ask(|state| state.entity(*entity).cloned())?;
            let name = label_within(if *count == 1 { &entity.label } else { &entity.plural });
            Some(tr("convert-carried-part", [("count", (*count).into()), ("name", name.into())]))
        })
        .collect();
    let parts = parts.join(&t("field-separator"));
    Some(view! { <p class="convert__note">{icon("git-merge")}<span>{tr("convert-carried", [("what", parts.into())])}</span></p> }.into_any())
}

/// What stays where it is, because it has no place elsewhere.
fn left_behind(app: App, record: &Record, entity: &Entity, proposal: &Proposal) -> Option<AnyView> {
    let fields: Vec<_> = proposal.plan.left.iter().filter_map(|id| entity.field(*id)).collect();
    if fields.is_empty() {
        return None;
    }
    let count = fields.len();
    let rows: Vec<AnyView> = fields
        .into_iter()
        .map(|field| {
            let value = plain(app, entity, field, record.value(field.id));
            view! { <div><dt>{label(&field.label)}</dt><dd>{value}</dd></div> }.into_any()
        })
        .collect();
    let name = label_within(&entity.label);
    let summary = tr("convert-left", [("count", count.into()), ("name", name.into())]);
    Some(
        view! {
            <details class="convert__left">
                <summary>{icon_styled("chevron-right", "icon icon--14")}{summary}</summary>
                <dl>{rows}</dl>
                <p class="quiet">{t("convert-left-say")}</p>
            </details>
        }
        .into_any(),
    )
}

/// Sends what was chosen; where one goes then.
fn send(app: App, record: RecordId, targets: &[Target]) -> Result<Option<(EntityId, RecordId)>, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let mut chosen: Vec<ChosenTarget> = Vec::new();
    for target in targets.iter().filter(|target| target.is_wanted()) {
        match target.choice() {
            Ok(choice) => chosen.push(choice),
            Err(found) => wrong.extend(found),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let name = app.ask(|state| crate::app::title(state, record));
    let done =
        app.dispatch(Command::Convert { record, targets: chosen }).map_err(|Rejection { diagnostics }| diagnostics)?;
    app.toast("convert-done", vec![("name", name)], ToastAction::Undo);
    Ok(done.subject.and_then(|into| app.ask(|state| Some((state.record(into)?.entity, into)))))
}

/// Puts what is wrong beside its field; the rest comes back as sentences.
fn place(targets: &[Target], wrong: Vec<Diagnostic>) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut first: Option<String> = None;
    for one in wrong {
        let target = targets.iter().find(|target| target.is_spoken_of(&one));
        let placed = target.zip(one.at.field).and_then(|(target, field)| target.refuse(field, &one));
        match placed {
            Some(control) => {
                first.get_or_insert(control);
            }
            None => {
                let field = |field: FieldId| target?.entity().field(field).map(|field| label(&field.label));
                let names = [target.map(|target| label(&target.entity().label)), one.at.field.and_then(field)];
                let place: Vec<String> = names.into_iter().flatten().collect();
                sentences.push(match place.is_empty() {
                    true => diagnostic(&one),
                    false => {
                        tr("convert-wrong", [("place", place.join(" · ").into()), ("what", diagnostic(&one).into())])
                    }
                });
            }
        }
    }
    if let Some(control) = first {
        browser::focus(&control);
    }
    sentences
}
