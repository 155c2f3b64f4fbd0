//! One thing that was brought: which answer it is, where it came from, and what became of it.

use leptos::prelude::*;

use super::{Brought, Homecoming, Origin, Stand, What};
use crate::command::{Taken, TakenHow};
use crate::model::diagnostic::Diagnostic;
use crate::model::state::Reader;
use crate::ui::format;
use crate::ui::part::icon;
use crate::ui::route::Route;
use crate::ui::text::{diagnostic, label, t, tr};

/// Draws it.
pub fn line(home: Homecoming, one: &Brought) -> AnyView {
    let from = match &one.from {
        Origin::Text => t("home-from-text"),
        Origin::File(name) => name.clone(),
        Origin::Camera => t("home-from-camera"),
    };
    let (name, about, state) = match &one.what {
        What::Nothing(why) => (from, None, bad(t(why))),
        What::Unreadable { code, wrong } => (shortened(code), Some(from), bad(diagnostic(wrong))),
        What::Answer { answer, stand, .. } => {
            let form = untrack(|| home.app.form(&answer.form)).map(|form| label(&form.label)).unwrap_or_default();
            let edition = tr("forms-edition", [("number", i64::from(answer.edition).into())]);
            let about = format!("{edition} · {} · {from}", format::instant(answer.at));
            let state = match stand {
                Stand::Waiting => view! { <span class="quiet">{t("home-waits")}</span> }.into_any(),
                Stand::Taken(taken) => taken_in(home, taken),
                Stand::Refused(wrong) => bad(refused(home, answer.form.as_str(), wrong)),
            };
            (form, Some(about), state)
        }
    };
    view! { <li><span class="home__what"><b>{name}</b>{about.map(|about| view! { <small>{about}</small> })}</span>{state}</li> }
        .into_any()
}

fn taken_in(home: Homecoming, taken: &Taken) -> AnyView {
    let key = match taken.how {
        TakenHow::Created => "home-created",
        TakenHow::Joined { .. } => "home-joined",
        TakenHow::Before => "home-before",
    };
    let id = taken.record;
    let link = home.app.ask(|state| {
        let entity = state.record(id)?.entity;
        Some((Route::Record { entity, id }.href(), crate::app::title(state, id)))
    });
    let link = link.map(|(href, title)| {
        let title = if title.is_empty() { t("home-record") } else { title };
        view! { <a href=href on:click=move |_| home.open.set(false)>{title}</a> }
    });
    view! { <span class="home__good">{icon("circle-check")}<span>{t(key)}" "{link}</span></span> }.into_any()
}

fn bad(sentence: String) -> AnyView {
    view! { <span class="home__bad">{icon("circle-alert")}<span>{sentence}</span></span> }.into_any()
}

/// What is wrong with an answer, with the field that it is wrong about.
fn refused(home: Homecoming, form: &str, wrong: &[Diagnostic]) -> String {
    let said = wrong.iter().take(3).map(|wrong| {
        let field = wrong.at.field.and_then(|field| {
            let form = untrack(|| home.app.form(form))?;
            home.app.ask(|state| state.entity(form.entity)?.field(field).map(|field| label(&field.label)))
        });
        match field {
            Some(field) => tr("home-wrong-at", [("field", field.into()), ("wrong", diagnostic(wrong).into())]),
            None => diagnostic(wrong),
        }
    });
    said.collect::<Vec<String>>().join(" ")
}

/// The beginning of a code, which says which form it is of.
fn shortened(code: &str) -> String {
    let mut short: String = code.chars().take(28).collect();
    if short.len() < code.len() {
        short.push('…');
    }
    short
}
