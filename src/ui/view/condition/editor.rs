//! The condition editor of the designers: rows that are kept once typing pauses, with how many records meet them now.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Sheet;
use crate::engine::list::Wish;
use crate::model::condition::Condition;
use crate::model::entity::Entity;
use crate::ui::part::icon;
use crate::ui::shell::use_app;
use crate::ui::text::{self, t, tr};

/// How long a pause is: what was typed until then is one change.
const PAUSE: Duration = Duration::from_millis(700);

/// A condition that somebody is asked for.
#[derive(Clone, Copy)]
pub struct ConditionAsked {
    /// The entity whose records it is asked of.
    pub entity: StoredValue<Arc<Entity>>,
    /// As it stands; asking nothing where there is none.
    pub now: Signal<Condition>,
    /// Told the condition after each pause.
    pub changed: Callback<Condition>,
    /// Whether it is said how many of the records meet it.
    pub is_counted: bool,
}

/// The editor. What somebody else changes, such as an undo, comes in.
pub fn condition_part(id: String, name: String, none: String, asked: ConditionAsked) -> AnyView {
    let told = StoredValue::new(asked.now.get_untracked());
    let waiting = StoredValue::new(None::<(Condition, TimeoutHandle)>);
    let now = RwSignal::new(asked.now.get_untracked());
    let flush = move || {
        if let Some((condition, timer)) = waiting.try_update_value(Option::take).flatten() {
            timer.clear();
            told.set_value(condition.clone());
            asked.changed.run(condition);
        }
    };
    let write = Callback::new(move |conditions: Vec<Condition>| {
        let condition = joined(conditions);
        now.set(condition.clone());
        if let Some((_, timer)) = waiting.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        if told.with_value(|told| *told != condition)
            && let Ok(timer) = set_timeout_with_handle(flush, PAUSE)
        {
            waiting.set_value(Some((condition, timer)));
        }
    });
    on_cleanup(flush);
    // Drawn anew only when it is no longer what was told.
    let turn = Memo::new(move |turn: Option<&u32>| {
        let turn = turn.copied().unwrap_or(0);
        let given = asked.now.get();
        if told.with_value(|told| *told == given) {
            return turn;
        }
        told.set_value(given.clone());
        now.set(given);
        turn + 1
    });
    let left = move |event: web_sys::FocusEvent| {
        let here = event.current_target().and_then(|it| it.dyn_into::<web_sys::Node>().ok());
        let to = event.related_target().and_then(|it| it.dyn_into::<web_sys::Node>().ok());
        if !here.is_some_and(|here| here.contains(to.as_ref())) {
            flush();
        }
    };
    let app = use_app();
    let count = Memo::new(move |_| {
        let conditions = now.get();
        let id = asked.entity.with_value(|entity| entity.id);
        app.track_entity(id);
        let all = app.ask(|state| state.member_ids(id).len());
        if !asked.is_counted || conditions.is_always() || all == 0 {
            return None;
        }
        let context = app.context();
        let met = app.ask(|state| {
            let wish = Wish {
                entity: id,
                linked: None,
                conditions: conditions.parts(),
                search: "",
                sort: &[],
                group: &[],
                language: text::language(),
                letters: None,
                clock: &context.clock(state),
            };
            wish.prepare(state).run().rows.len()
        });
        Some((met, all))
    });
    let drawn = move || {
        turn.track();
        let sheet = Sheet::new(asked.entity, write);
        let given = asked.now.get_untracked();
        sheet.start(given.parts().iter().cloned());
        view! { <div class="condition__rows">{sheet.rows()}</div><div class="condition__foot">{sheet.adders()}</div> }
            .into_any()
    };
    let said = name.clone();
    view! {
        <div class="condition" id=id tabindex="-1" role="group" aria-label=said on:focusout=left>
            <p class="condition__head">
                <span class="field__label">{name}</span>
                {move || now.with(Condition::is_always).then(|| view! { <span class="condition__none">{none.clone()}</span> })}
                {move || count.get().map(|(met, all)| view! {
                    <span class="condition__count" role="status">
                        {icon("list-filter")}
                        {tr("condition-met", [("count", met.into()), ("all", all.into())])}
                    </span>
                })}
                {move || (!now.with(Condition::is_always)).then(|| view! {
                    <button
                        class="icon-button icon-button--small"
                        type="button"
                        aria-label=t("condition-clear")
                        title=t("condition-clear")
                        on:click=move |_| {
                            if let Some((_, timer)) = waiting.try_update_value(Option::take).flatten() {
                                timer.clear();
                            }
                            asked.changed.run(Condition::always());
                        }
                    >
                        {icon("x")}
                    </button>
                })}
            </p>
            {drawn}
        </div>
    }
    .into_any()
}

/// Several that all have to hold, or the one there is.
fn joined(mut conditions: Vec<Condition>) -> Condition {
    if conditions.len() == 1 { conditions.remove(0) } else { Condition::All { all: conditions } }
}
