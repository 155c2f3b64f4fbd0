//! A form as a file of its own: its size, what stays behind or keeps it here, and where its answers go.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Shared, question, refusal, without_page};
use crate::app::Leaving;
use crate::command::Command;
use crate::engine::form::{is_email, is_post_address};
use crate::model::definition::Definition;
use crate::model::form::{Form, Returns};
use crate::ui::part::{Control, Shape, control, icon};
use crate::ui::text::{label, t, tr};
use crate::ui::{browser, format};

/// The panel.
pub fn panel(shared: Shared) -> AnyView {
    let card = move || {
        shared.leaving.with(|leaving| match leaving {
            Some(Leaving::Page { name, text, left_out, missing }) => page(shared, name, text, left_out, missing),
            other => without_page(shared, other.as_ref()),
        })
    };
    let leaves = Memo::new(move |_| shared.leaving.with(|leaving| matches!(leaving, Some(Leaving::Page { .. }))));
    view! {
        <p class="share__say">{t("share-file-say")}</p>
        {card}
        {move || leaves.get().then(|| returns(shared))}
    }
    .into_any()
}

fn page(shared: Shared, name: &str, text: &Arc<str>, left_out: &[String], missing: &[String]) -> AnyView {
    let Some(form) = shared.form.get_untracked() else { return ().into_any() };
    let edition = tr("forms-edition", [("number", i64::from(form.published).into())]);
    let about = format!("{} · {edition}", format::bytes(text.len() as f64));
    let (file, content) = (name.to_owned(), text.clone());
    let save = move |_| browser::download(&file, "text/html", &content);
    let subject = browser::encode_component(&label(&form.label));
    let body = browser::encode_component(&tr("share-mail-body", [("file", name.into())]));
    let behind = (!left_out.is_empty()).then(|| {
        let questions: Vec<String> = left_out.iter().map(|item| question(shared.app, &form, item)).collect();
        refusal(tr("share-left-out", [("questions", questions.join(&t("share-and")).into())]))
    });
    let absent = (!missing.is_empty())
        .then(|| refusal(tr("share-files-missing", [("files", missing.join(&t("share-and")).into())])));
    view! {
        <div class="share__file">
            {icon("file-text")}
            <p><strong>{name.to_owned()}</strong><small>{about}</small></p>
            <div class="share__do">
                <a class="button" href=format!("mailto:?subject={subject}&body={body}")>{icon("mail")}{t("share-mail")}</a>
                <button class="button button--primary" type="button" on:click=save>{icon("download")}{t("share-download")}</button>
            </div>
        </div>
        <p class="field__hint">{t("share-mail-attach")}</p>
        {behind}
        {absent}
    }
    .into_any()
}

/// Where the answers go by themselves: kept with the form, and part of each file that is made from now on.
fn returns(shared: Shared) -> AnyView {
    let now = move || shared.form.get().map(|form| form.returns.clone()).unwrap_or_default();
    let (post, mail) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let post_control = Control {
        id: "share-post".to_owned(),
        name: t("share-post"),
        hint: Some(t("share-post-say")),
        shape: Shape::Line,
        read: Callback::new(move |()| now().post),
        write: Callback::new(move |typed: String| {
            let typed = typed.trim().to_owned();
            let is_good = typed.is_empty() || is_post_address(&typed);
            post.set((!is_good).then(|| t("share-post-wrong")));
            is_good && keep(shared, |returns| Returns { post: typed, ..returns })
        }),
        wrong: post.into(),
    };
    let mail_control = Control {
        id: "share-to".to_owned(),
        name: t("share-to"),
        hint: Some(t("share-to-say")),
        shape: Shape::Line,
        read: Callback::new(move |()| now().mail),
        write: Callback::new(move |typed: String| {
            let typed = typed.trim().to_owned();
            let is_good = typed.is_empty() || is_email(&typed);
            mail.set((!is_good).then(|| t("error-not-an-email")));
            is_good && keep(shared, |returns| Returns { mail: typed, ..returns })
        }),
        wrong: mail.into(),
    };
    view! {
        <fieldset class="share__returns">
            <legend>{t("share-returns")}</legend>
            <p class="share__say">{t("share-returns-say")}</p>
            {control(mail_control)}
            {control(post_control)}
        </fieldset>
    }
    .into_any()
}

fn keep(shared: Shared, change: impl FnOnce(Returns) -> Returns) -> bool {
    let Some(form) = shared.form.get_untracked() else { return false };
    let next = Form { returns: change(form.returns.clone()), ..(*form).clone() };
    if next == *form {
        return true;
    }
    match shared.app.dispatch(Command::Define { definitions: vec![Definition::Form(Arc::new(next))] }) {
        Ok(_) => true,
        Err(refused) => {
            shared.app.toast_rejection(&refused);
            false
        }
    }
}
