//! Somebody else has changed a field while it was being filled in: said with both values, for a person to choose.

use leptos::prelude::*;

use super::draft::FieldDraft;
use super::show::show;
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::t;

/// The id of the first button of the notice beside a control.
pub fn clash_id(control: &str) -> String {
    format!("{control}-mine")
}

/// The notice beside a control, while there is something to choose.
pub fn field_clash(draft: FieldDraft, control: &str, chosen: Callback<()>) -> AnyView {
    let control = StoredValue::new(control.to_owned());
    let clash = Memo::new(move |_| draft.clash());
    let notice = move |theirs: Value| {
        let (kept, taken) = (theirs.clone(), theirs.clone());
        // The control has the focus before the button goes, so that no one takes that for leaving.
        let focus = move || control.with_value(|control| browser::focus(control));
        let keep = move |_| {
            focus();
            draft.keep_mine(kept.clone());
            chosen.run(());
        };
        let take = move |_| {
            focus();
            draft.take_theirs(taken.clone());
            chosen.run(());
        };
        view! {
            <div class="clash" role="alert">
                <p>{icon("git-merge")}{t("field-clash")}</p>
                <dl>
                    <dt>{t("field-clash-theirs")}</dt>
                    <dd>{drawn(draft, &theirs)}</dd>
                    <dt>{t("field-clash-mine")}</dt>
                    <dd>{move || match draft.read() {
                        Ok(mine) => drawn(draft, &mine),
                        Err(_) => draft.text.get().into_any(),
                    }}</dd>
                </dl>
                <div class="clash__do">
                    <button class="button button--small" type="button" id=clash_id(&control.get_value()) on:click=keep>
                        {t("field-clash-keep")}
                    </button>
                    <button class="button button--small" type="button" on:click=take>{t("field-clash-take")}</button>
                </div>
            </div>
        }
        .into_any()
    };
    (move || clash.get().map(notice)).into_any()
}

fn drawn(draft: FieldDraft, value: &Value) -> AnyView {
    match value {
        Value::Empty => view! { <span class="quiet">{t("history-blank")}</span> }.into_any(),
        value => show(draft.app(), &draft.entity(), &draft.field(), value),
    }
}
