//! Filtering by words: what is typed is understood as conditions, with how many records meet them and which words mean nothing here.

use leptos::prelude::*;

use crate::app::App;
use crate::engine::list::Wish;
use crate::engine::phrase::{self, Asked, Lexicon};
use crate::model::condition::Condition;
use crate::ui::part::{icon, unique_id};
use crate::ui::shell::use_app;
use crate::ui::text::{self, t, tr};
use crate::ui::view::condition::{Sheet, describe};
use crate::ui::view::lens::Lens;

/// What the words mean.
#[derive(Clone, PartialEq)]
struct Heard {
    conditions: Vec<Condition>,
    says: String,
    count: usize,
    /// Words that mean nothing here.
    lost: Vec<String>,
}

/// The control; Enter makes filters of what was understood.
pub fn field(lens: Lens, sheet: Sheet) -> AnyView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let lexicon = StoredValue::new_local(None::<Lexicon>);
    let heard = Memo::new(move |_| {
        let words = typed.get();
        if words.trim().is_empty() {
            return None;
        }
        let actor = app.preferences().actor.get();
        let found = lexicon.try_update_value(|lexicon| {
            let lexicon = lexicon.get_or_insert_with(|| app.ask(|state| Lexicon::new(state)));
            app.ask(|state| {
                let asked = Asked { reader: state, today: app.today(), actor, here: Some(lens.entity) };
                phrase::understand(lexicon, &words, &asked)
            })
        });
        let meant = found.unwrap_or_default().into_iter().find(|found| found.entity == lens.entity);
        Some(meant.map(|meant| {
            let conditions = meant.condition.parts().to_vec();
            let says = sheet.entity.with_value(|entity| describe(app, entity, &meant.condition));
            Heard { count: count(app, lens, &conditions), conditions, says, lost: meant.rest }
        }))
    });
    let add = move || {
        let Some(Some(heard)) = heard.get_untracked() else { return };
        lens.filters.update(|filters| {
            filters.retain(Condition::is_whole);
            filters.extend(heard.conditions);
        });
        lens.remember();
        super::take_up(lens, sheet);
        typed.set(String::new());
    };
    let id = unique_id("filter-words");
    let told = format!("{id}-told");
    let described = told.clone();
    view! {
        <div class="builder__words">
            <div class="input input-box">
                {icon("sparkles")}
                <input
                    id=id
                    type="text"
                    autocomplete="off"
                    aria-label=t("filter-words")
                    aria-describedby=described
                    placeholder=t("filter-words-example")
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=move |event| {
                        if event.key() == "Enter" && !event.is_composing() {
                            event.prevent_default();
                            add();
                        }
                    }
                />
            </div>
            <div class="builder__heard" id=told role="status">
                {move || heard.get().map(|heard| match heard {
                    Some(heard) => view! {
                        <span class="builder__says">{heard.says}</span>
                        <span class="quiet">{tr("filter-words-found", [("count", heard.count.into())])}</span>
                        {(!heard.lost.is_empty()).then(|| view! {
                            <span class="builder__lost">
                                {icon("circle-question-mark")}
                                {tr("filter-words-lost", [("words", heard.lost.join(" ").into())])}
                            </span>
                        })}
                        <button class="button button--small push" type="button" on:click=move |_| add()>{t("filter-words-add")}</button>
                    }
                    .into_any(),
                    None => view! {
                        <span class="builder__lost">{icon("circle-question-mark")}{t("filter-words-nothing")}</span>
                    }
                    .into_any(),
                })}
            </div>
        </div>
    }
    .into_any()
}

/// How many of the records would be left.
fn count(app: App, lens: Lens, more: &[Condition]) -> usize {
    let mut conditions: Vec<Condition> = lens.filters.get().into_iter().filter(Condition::is_whole).collect();
    conditions.extend(more.iter().cloned());
    let search = lens.search.get();
    app.track_entity(lens.entity);
    let context = app.context();
    app.ask(|state| {
        let wish = Wish {
            entity: lens.entity,
            linked: lens.linked.map(|linked| (linked.to, linked.via)),
            conditions: &conditions,
            search: &search,
            sort: &[],
            group: &[],
            language: text::language(),
            letters: None,
            clock: &context.clock(state),
        };
        wish.prepare(state).run().rows.len()
    })
}
