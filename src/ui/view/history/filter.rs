//! Which steps of the history are shown: by words, person, entity, sort of doing and day.

use leptos::prelude::*;

use super::line::{Line, Sort};
use crate::app::App;
use crate::model::id::{EntityId, RecordId};
use crate::model::time::Date;
use crate::ui::field::DayInput;
use crate::ui::format;
use crate::ui::part::{Bounds, icon, icon_button, unique_id};
use crate::ui::text::{label, t};

/// What is asked for; nothing asks for everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    words: String,
    person: Option<RecordId>,
    entity: Option<EntityId>,
    sort: Option<Shown>,
    first: Option<Date>,
    last: Option<Date>,
}

/// A choice among the sorts of doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Sort(Sort),
    Rules,
}

const CHOICES: [(&str, Shown); 7] = [
    ("edit", Shown::Sort(Sort::Edit)),
    ("rules", Shown::Rules),
    ("import", Shown::Sort(Sort::Intake)),
    ("turn", Shown::Sort(Sort::Turn)),
    ("design", Shown::Sort(Sort::Design)),
    ("time", Shown::Sort(Sort::Time)),
    ("whole", Shown::Sort(Sort::Whole)),
];

impl Filter {
    /// Whether everything is shown.
    pub fn is_off(&self) -> bool {
        *self == Filter::default()
    }

    /// Whether a line is shown.
    pub fn takes(&self, line: &Line) -> bool {
        let is_sort = match self.sort {
            None => true,
            Some(Shown::Sort(sort)) => line.sort == sort,
            Some(Shown::Rules) => line.by_rules,
        };
        is_sort
            && self.person.is_none_or(|person| line.actor == Some(person))
            && self.entity.is_none_or(|entity| line.entities.contains(&entity))
            && self.first.is_none_or(|first| line.day >= first)
            && self.last.is_none_or(|last| line.day <= last)
            && self.words.split_whitespace().all(|word| line.words.contains(word))
    }

    /// Whether nothing that is asked for can stand before a line.
    pub fn ends_at(&self, line: &Line) -> bool {
        self.first.is_some_and(|first| line.day < first)
    }
}

/// The controls.
pub fn controls(app: App, filter: RwSignal<Filter>) -> AnyView {
    let clear = move || filter.set(Filter::default());
    let is_off = Memo::new(move |_| filter.with(Filter::is_off));
    view! {
        <div class="history__tools" role="search" aria-label=t("history-filter")>
            <label class="input input-box find history__find">
                {icon("search")}
                <span class="sr-only">{t("history-find")}</span>
                <input
                    type="search"
                    placeholder=t("history-find")
                    prop:value=move || filter.with(|filter| filter.words.clone())
                    on:input=move |event| {
                        let words = event_target_value(&event).to_lowercase();
                        filter.update(|filter| filter.words = words);
                    }
                />
            </label>
            {people(app, filter)}
            {entities(app, filter)}
            {sorts(filter)}
            {day(
                t("history-from"),
                filter,
                |filter| (filter.first, Bounds { first: None, last: filter.last }),
                |filter, day| filter.first = day,
            )}
            {day(
                t("history-until"),
                filter,
                |filter| (filter.last, Bounds { first: filter.first, last: None }),
                |filter, day| filter.last = day,
            )}
            {move || (!is_off.get()).then(|| icon_button(t("history-show-all"), "x", clear))}
        </div>
    }
    .into_any()
}

fn people(app: App, filter: RwSignal<Filter>) -> AnyView {
    let known = Memo::new(move |_| {
        let people = app.workspace().and_then(|workspace| workspace.people)?;
        app.track_entity(people);
        let mut named: Vec<(String, String)> = app.ask(|state| {
            state.member_ids(people).iter().map(|id| (id.to_string(), crate::app::title(state, *id))).collect()
        });
        named.sort_by(|a, b| format::collate(&a.1, &b.1));
        Some(named)
    });
    let chosen = Memo::new(move |_| filter.with(|it| it.person.map(|id| id.to_string()).unwrap_or_default()));
    select(t("history-anybody"), Signal::derive(move || known.get().unwrap_or_default()), chosen, move |value| {
        filter.update(|filter| filter.person = value.parse().ok());
    })
}

fn entities(app: App, filter: RwSignal<Filter>) -> AnyView {
    let known = Memo::new(move |_| {
        app.entities().iter().map(|it| (it.id.as_str().to_owned(), label(&it.plural))).collect::<Vec<_>>()
    });
    let chosen = Memo::new(move |_| filter.with(|it| it.entity.map(|id| id.as_str().to_owned()).unwrap_or_default()));
    select(t("history-any-entity"), known.into(), chosen, move |value| {
        filter.update(|filter| filter.entity = (!value.is_empty()).then(|| EntityId::new(&value)));
    })
}

fn sorts(filter: RwSignal<Filter>) -> AnyView {
    let names = vec![
        ("edit".to_owned(), t("history-sort-edit")),
        ("rules".to_owned(), t("history-sort-rules")),
        ("import".to_owned(), t("history-sort-import")),
        ("turn".to_owned(), t("history-sort-turn")),
        ("design".to_owned(), t("history-sort-design")),
        ("time".to_owned(), t("history-sort-time")),
        ("whole".to_owned(), t("history-sort-whole")),
    ];
    let chosen = Memo::new(move |_| {
        let sort = filter.with(|it| it.sort);
        CHOICES.iter().find(|(_, shown)| Some(*shown) == sort).map(|(key, _)| (*key).to_owned()).unwrap_or_default()
    });
    select(t("history-any-sort"), Signal::derive(move || names.clone()), chosen, move |value| {
        let sort = CHOICES.iter().find(|(key, _)| *key == value).map(|(_, shown)| *shown);
        filter.update(|filter| filter.sort = sort);
    })
}

/// A choice of one, or of all, which gives it its name.
fn select(
    all: String,
    options: Signal<Vec<(String, String)>>,
    chosen: Memo<String>,
    choose: impl Fn(String) + 'static,
) -> AnyView {
    let name = all.clone();
    let rows = move || {
        let now = chosen.get();
        let row = |(value, name): (String, String)| {
            let is_now = value == now;
            view! { <option value=value selected=is_now>{name}</option> }.into_any()
        };
        options.get().into_iter().map(row).collect::<Vec<AnyView>>()
    };
    view! {
        <select
            class="input history__pick"
            aria-label=name
            data-set=move || (!chosen.with(String::is_empty)).then_some("")
            prop:value=move || chosen.get()
            on:change=move |event| choose(event_target_value(&event))
        >
            <option value="">{all}</option>
            {rows}
        </select>
    }
    .into_any()
}

fn day(
    name: String,
    filter: RwSignal<Filter>,
    read: fn(&Filter) -> (Option<Date>, Bounds),
    write: fn(&mut Filter, Option<Date>),
) -> AnyView {
    let id = unique_id("history-day");
    let shown = Signal::derive(move || filter.with(read).0);
    let bounds = Signal::derive(move || filter.with(read).1);
    let changed = Callback::new(move |day| filter.update(|filter| write(filter, day)));
    view! {
        <div class="history__day-pick">
            <label for=id.clone()>{name}</label>
            <DayInput id=id value=shown changed=changed bounds=bounds/>
        </div>
    }
    .into_any()
}
