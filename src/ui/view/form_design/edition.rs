//! Publishing: the button, whether what is worked on is out, and the editions there are, each of which can be taken up again.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Bench, form_of, past};
use crate::app::ToastAction;
use crate::command::Command;
use crate::model::form::Form;
use crate::model::state::Reader;
use crate::ui::part::{Popover, icon, unique_id};
use crate::ui::text::{label, t, tr};

/// The button that publishes, and the list of editions.
pub fn editions(bench: Bench) -> AnyView {
    let known = Memo::new(move |_| {
        let Some(form) = bench.form.get() else { return Vec::new() };
        let edition = |number: u32| {
            let id = Form::edition_id(&form.id, number);
            bench.app.ask(|state| form_of(state.definition(id)).cloned())
        };
        (1..=form.published).rev().filter_map(edition).collect::<Vec<Arc<Form>>>()
    });
    let is_out = Memo::new(move |_| {
        let (form, known) = (bench.form.get(), known.get());
        form.zip(known.first().cloned()).is_some_and(|(form, last)| form.restored(&last) == *form)
    });
    let publish = move |_| {
        let form = bench.id.get_value();
        match bench.app.dispatch(Command::PublishForms { forms: vec![form] }) {
            Ok(_) => {
                let number = bench.form.get_untracked().map(|form| form.published).unwrap_or_default();
                bench.app.toast("form-published", vec![("number", number.to_string())], ToastAction::Undo);
            }
            Err(refused) => bench.app.toast_rejection(&refused),
        }
    };
    let (open, anchor) = (RwSignal::new(false), unique_id("form-editions"));
    let state = move || {
        let number = bench.form().map(|form| form.published).unwrap_or_default();
        match (number, is_out.get()) {
            (0, _) => t("form-never-published"),
            (number, true) => tr("form-is-out", [("number", i64::from(number).into())]),
            (number, false) => tr("form-has-changes", [("number", i64::from(number).into())]),
        }
    };
    let lines = move || known.get().into_iter().map(|edition| line(bench, open, edition)).collect::<Vec<AnyView>>();
    view! {
        <button
            id=anchor.clone()
            class="button button--quiet"
            type="button"
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.set(true)
        >
            {icon("history")}
            <span class="wide-only">{state}</span>
            <span class="narrow-only sr-only">{state}</span>
        </button>
        <Popover open=open anchor=anchor>
            <div class="form-design__editions" role="dialog" aria-label=t("form-editions")>
                <h2>{t("form-editions")}</h2>
                {lines}
                {move || known.with(Vec::is_empty).then(|| view! { <p class="design__none">{t("form-editions-none")}</p> })}
            </div>
        </Popover>
        <button class="button button--primary" type="button" disabled=move || is_out.get() on:click=publish>
            {icon("send")}
            {t("form-publish")}
        </button>
    }
    .into_any()
}

fn line(bench: Bench, open: RwSignal<bool>, edition: Arc<Form>) -> AnyView {
    let number = edition.edition.unwrap_or_default();
    let lost: Vec<String> = bench
        .entity
        .get_untracked()
        .map(|entity| {
            let named = |id| entity.field(id).map_or_else(|| id.to_string(), |field| label(&field.label));
            edition.lost(&entity).map(named).collect()
        })
        .unwrap_or_default();
    let fits = lost.is_empty();
    let say = match fits {
        true => tr("form-edition-fits", [("number", i64::from(number).into())]),
        false => tr("form-edition-lost", [("names", lost.join(", ").into())]),
    };
    let asked = tr("form-edition-asks", [("count", edition.asked().count().into())]);
    let looked = edition.clone();
    let look = move |_| {
        open.set(false);
        past::look(bench, looked.clone());
    };
    let restore = move |_| {
        open.set(false);
        past::restore(bench, &edition);
    };
    view! {
        <div class="form-design__edition">
            <div>
                <b>{tr("form-edition", [("number", i64::from(number).into())])}</b>
                <span class="quiet">{asked}</span>
                <p class=if fits { "field__hint" } else { "field__error" }>{say}</p>
            </div>
            <button class="button button--small" type="button" on:click=look>{icon("eye")}{t("form-edition-look")}</button>
            <button class="button button--small" type="button" on:click=restore>{icon("rotate-ccw")}{t("form-edition-restore")}</button>
        </div>
    }
    .into_any()
}
