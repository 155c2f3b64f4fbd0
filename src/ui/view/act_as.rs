//! Who is acting: a dialog that finds a person by a few letters. What is done from then on is signed with that name.

use leptos::prelude::*;

use crate::app::App;
use crate::model::id::RecordId;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::format;
use crate::ui::part::{Dialog, avatar_styled, icon, icon_styled};
use crate::ui::shell::{use_app, use_floating};
use crate::ui::text::t;

/// People that are listed; a few letters bring up the others.
const MOST: usize = 60;

/// The dialog; it opens from the rail and from the settings.
#[component]
pub fn ActAs() -> impl IntoView {
    let open = use_floating().acting;
    view! {
        <Dialog open=open title=Signal::derive(|| t("shell-act-as")) class="dialog--small">
            {choice(use_app(), open)}
        </Dialog>
    }
    .into_any()
}

fn choice(app: App, open: RwSignal<bool>) -> AnyView {
    let find = RwSignal::new(String::new());
    let active = RwSignal::new(0usize);
    let offers = Memo::new(move |_| offers(app, &find.get()));
    let take = move |id: RecordId| {
        app.preferences().set_actor(Some(id));
        open.set(false);
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let count = offers.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => active.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                if let Some((id, _)) = offers.with_untracked(|offers| offers.get(active.get_untracked()).cloned()) {
                    take(id);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let rows = move || {
        let now = app.preferences().actor.get();
        let offers = offers.get();
        if offers.is_empty() {
            return view! { <li class="menu__empty" role="presentation">{t("people-no-match")}</li> }.into_any();
        }
        let rows: Vec<AnyView> = offers
            .into_iter()
            .enumerate()
            .map(|(at, (id, name))| {
                let shown = name.clone();
                view! {
                    <li
                        class="menu__item"
                        role="option"
                        id=format!("act-as-{at}")
                        aria-selected=(now == Some(id)).to_string()
                        data-active=move || (active.get() == at).then_some("")
                        on:mouseenter=move |_| active.set(at)
                        on:click=move |_| take(id)
                    >
                        {avatar_styled(&name, "avatar avatar--20")}
                        <span>{shown}</span>
                        {icon_styled("check", "icon menu__tick")}
                    </li>
                }
                .into_any()
            })
            .collect();
        rows.into_any()
    };
    view! {
        <div class="act-as">
            <p class="quiet">{t("settings-acting-say")}</p>
            <label class="input input-box">
                {icon("search")}
                <span class="sr-only">{t("people-find")}</span>
                <input
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    aria-autocomplete="list"
                    aria-expanded="true"
                    aria-controls="act-as-list"
                    aria-activedescendant=move || (!offers.with(Vec::is_empty)).then(|| format!("act-as-{}", active.get()))
                    placeholder=t("people-find")
                    on:input=move |event| {
                        active.set(0);
                        find.set(event_target_value(&event));
                    }
                    on:keydown=keys
                />
            </label>
            <ul class="act-as__list" role="listbox" id="act-as-list" aria-label=t("shell-act-as")>{rows}</ul>
        </div>
    }
    .into_any()
}

/// The people who may act: those that are active, by name.
fn offers(app: App, find: &str) -> Vec<(RecordId, String)> {
    let Some(people) = app.workspace().and_then(|workspace| workspace.people) else { return Vec::new() };
    app.track_entity(people);
    let active = app.entity(people).and_then(|entity| entity.active);
    let words = find.to_lowercase();
    let mut offers: Vec<(RecordId, String)> = app.ask(|state| {
        let is_active = |id: &&RecordId| {
            let record = state.record(**id);
            active.is_none_or(|field| record.is_none_or(|record| *record.value(field) != Value::Flag(false)))
        };
        let named = |id: &RecordId| (*id, crate::app::title(state, *id));
        let members = state.member_ids(people).iter().filter(is_active).map(named);
        members.filter(|(_, name)| name.to_lowercase().contains(&words)).collect()
    });
    offers.sort_by(|a, b| format::collate(&a.1, &b.1));
    offers.truncate(MOST);
    offers
}
