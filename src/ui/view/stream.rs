//! The one stream of a record: what was changed in it and everything that happened around it, with filters and a search.

mod compose;
mod happening;
mod picture;
mod reply;
mod words;

use std::sync::Arc;

use leptos::prelude::*;

use super::timeline::{self, Entry};
use crate::app::App;
use crate::engine::stream::{self, StreamEntry, Threaded};
use crate::model::change::Commit;
use crate::model::id::{EntityId, RecordId};
use crate::model::state::Reader;
use crate::model::time::{Date, Instant};
use crate::ui::format;
use crate::ui::part::icon;
use crate::ui::route::Route;
use crate::ui::text::{label, t, tr};

use compose::Composer;

pub use picture::DropZone;

/// Entries that are drawn at first.
const PAGE: usize = 40;
/// Kinds that are offered at first.
const FEW: usize = 6;

/// A kind of entries, to be looked at alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// What people have changed in the record.
    Changes,
    /// What rules and formulas have changed in it.
    Rules,
    /// The records of an entity around it.
    Entity(EntityId),
}

/// An entry of the stream.
#[derive(Clone)]
enum Item {
    /// A record around this one.
    Happening(Threaded),
    /// A change of this record, or of one that has turned into it; with its place among the entries of that record.
    Change(RecordId, usize, Entry),
}

/// What happened around a record, and when each of those whose log is read was last changed.
type Around = (Vec<StreamEntry>, Vec<(RecordId, Option<Instant>)>);

/// What is drawn: an item, and the day before the first one of each day.
#[derive(Clone)]
struct Row {
    key: String,
    day: Option<Date>,
    item: Item,
}

/// The stream of a record, the newest first.
#[component]
pub fn Stream(
    /// The record.
    id: RecordId,
) -> impl IntoView {
    let app = expect_context::<App>();
    // When the records whose log is read were last changed stands beside them: whoever reads the memo need track nothing else.
    let gathered = Memo::new(move |_| {
        for entity in app.entities().iter().filter(|entity| entity.link_fields().next().is_some()) {
            app.track_entity(entity.id);
        }
        let zone = app.zone();
        let found = app.ask(|state| stream::gather(state, id, zone));
        let story: Vec<(RecordId, Option<Instant>)> = std::iter::once(id)
            .chain(found.origins.iter().copied())
            .map(|of| (of, app.record(of).map(|record| record.updated)))
            .collect();
        (found.entries, story)
    });
    let story = Memo::new(move |_| gathered.with(|(_, story)| story.clone()));
    let commits = RwSignal::new(Vec::<(RecordId, Vec<Arc<Commit>>)>::new());
    let is_read = RwSignal::new(false);
    // The log is asked again whenever the record has changed; an answer that comes too late finds nobody.
    Effect::new(move |_| {
        for (of, _) in story.get() {
            app.commits_of(of, move |found| {
                let _ = commits.try_update(|known| {
                    known.retain(|(other, _)| *other != of);
                    known.push((of, found));
                });
                let _ = is_read.try_set(true);
            });
        }
    });
    let changes = Memo::new_with_compare(
        move |_| commits.with(|known| changes(app, id, known)),
        |before, after| before.map(Vec::len) != after.map(Vec::len) || before.is_some(),
    );
    let chosen = RwSignal::new(Vec::<Kind>::new());
    let sought = RwSignal::new(String::new());
    let most = RwSignal::new(PAGE);
    let items = Memo::new_with_compare(
        move |_| {
            let words: Vec<String> = sought.get().to_lowercase().split_whitespace().map(str::to_owned).collect();
            let chosen = chosen.get();
            let mut items: Vec<(Instant, Item)> = Vec::new();
            gathered.with(|(entries, _)| {
                let wanted = entries.iter().filter(|entry| {
                    (chosen.is_empty() || chosen.contains(&Kind::Entity(entry.entity))) && says(app, entry, &words)
                });
                let wanted: Vec<StreamEntry> = wanted.copied().collect();
                items.extend(stream::threads(&wanted).into_iter().map(|it| (it.at, Item::Happening(it))));
            });
            changes.with(|changes| {
                let wanted = changes.iter().filter(|(of, _, entry)| {
                    // What merely follows from something else is not worth a line, unless somebody asks for it.
                    let is_wanted = match chosen.is_empty() {
                        true => !entry.is_computed(),
                        false => chosen.contains(&kind_of(entry)),
                    };
                    is_wanted && (words.is_empty() || change_says(app, *of, entry, &words))
                });
                items.extend(wanted.map(|(of, at, entry)| (entry.at, Item::Change(*of, *at, entry.clone()))));
            });
            items.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
            items
        },
        |_, _| true,
    );
    let rows = move || {
        let zone = app.zone();
        let mut last = None;
        items.with(|items| {
            let shown = items.iter().take(most.get()).map(|(at, item)| {
                let day = at.local(zone).date();
                let day = (last.replace(day) != Some(day)).then_some(day);
                Row { key: key(item, day), day, item: item.clone() }
            });
            shown.collect::<Vec<Row>>()
        })
    };
    let foot = move || {
        let left = items.with(Vec::len).saturating_sub(most.get());
        if left > 0 {
            let more = move |_| most.update(|most| *most += PAGE);
            return view! {
                <button class="button button--link" type="button" on:click=more>
                    {tr("timeline-more", [("count", left.into())])}
                </button>
            }
            .into_any();
        }
        if !items.with(Vec::is_empty) {
            return ().into_any();
        }
        let say = match (is_read.get(), sought.with(|text| text.trim().is_empty())) {
            (false, _) => t("timeline-loading"),
            (true, true) => t("timeline-empty"),
            (true, false) => t("stream-no-match"),
        };
        view! { <p class="quiet" role="status">{say}</p> }.into_any()
    };
    view! {
        <div class="timeline">
            <Composer id=id/>
            {tools(app, gathered, changes, chosen, sought)}
            <ol class="timeline__list" aria-label=t("record-timeline")>
                <For each=rows key=|row| row.key.clone() children=move |row| draw(app, id, row)/>
            </ol>
            {foot}
        </div>
    }
    .into_any()
}

/// What was changed in the record and in those that have turned into it, with the place of each among the entries of its record.
fn changes(app: App, id: RecordId, known: &[(RecordId, Vec<Arc<Commit>>)]) -> Vec<(RecordId, usize, Entry)> {
    let mut found = Vec::new();
    for (of, commits) in known {
        let entries: Vec<Entry> = commits.iter().flat_map(|commit| timeline::entries(app, commit, *of)).collect();
        let count = entries.len();
        // That another record came to be is told by the record itself.
        let kept = entries.into_iter().enumerate().filter(|(_, entry)| *of == id || !entry.is_creation());
        found.extend(kept.map(|(at, entry)| (*of, count - at, entry)));
    }
    found
}

fn kind_of(entry: &Entry) -> Kind {
    if entry.is_automatic() { Kind::Rules } else { Kind::Changes }
}

fn says(app: App, entry: &StreamEntry, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    app.ask(|state| {
        let (Some(entity), Some(record)) = (state.entity(entry.entity), state.record(entry.record)) else {
            return false;
        };
        stream::says(entity, record, words)
    })
}

fn change_says(app: App, of: RecordId, entry: &Entry, words: &[String]) -> bool {
    let entity = app.ask(|state| state.entity(state.record(of)?.entity).cloned());
    let said = entity.map(|entity| entry.words(app, &entity).to_lowercase()).unwrap_or_default();
    words.iter().all(|word| said.contains(word))
}

fn key(item: &Item, day: Option<Date>) -> String {
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    match item {
        Item::Happening(Threaded { entry, is_answer, is_last, .. }) => {
            format!("{day}/{}/{is_answer}/{is_last}", entry.record)
        }
        Item::Change(of, at, entry) => format!("{day}/{of}/{at}/{}", entry.at),
    }
}

fn draw(app: App, id: RecordId, row: Row) -> AnyView {
    let day = row.day.map(|day| {
        let today = app.today();
        let name = match (today - day).num_days() {
            0 => t("timeline-today"),
            1 => t("timeline-yesterday"),
            _ => format::date(day, today),
        };
        view! { <li class="timeline__day"><h3>{name}</h3></li> }
    });
    let entry = match row.item {
        Item::Happening(entry) => happening::draw(app, id, entry),
        Item::Change(of, _, entry) => {
            let entity = app.ask(|state| state.entity(state.record(of)?.entity).cloned());
            let place = (of != id).then(|| via(app, of)).flatten();
            timeline::draw(app, of, entity.as_deref(), &entry, place)
        }
    };
    view! { {day}{entry} }.into_any()
}

/// Where something happened that is not at the record at hand.
fn via(app: App, record: RecordId) -> Option<AnyView> {
    let entity = app.ask(|state| state.entity(state.record(record)?.entity).cloned())?;
    let href = Route::Record { entity: entity.id, id: record }.href();
    let title = app.title(record);
    let title = if title.is_empty() { t("field-untitled") } else { title };
    let text = tr("stream-via", [("name", label(&entity.label).into()), ("title", title.into())]);
    Some(view! { <a class="entry__from" href=href>{text}</a> }.into_any())
}

/// The kinds with their counts, and the search.
fn tools(
    app: App,
    gathered: Memo<Around>,
    changes: Memo<Vec<(RecordId, usize, Entry)>>,
    chosen: RwSignal<Vec<Kind>>,
    sought: RwSignal<String>,
) -> AnyView {
    let shows_all = RwSignal::new(false);
    let counts = Memo::new(move |_| {
        let mut counts: Vec<(Kind, usize)> = Vec::new();
        let mut note = |kind: Kind| match counts.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind, 1)),
        };
        gathered.with(|(entries, _)| entries.iter().for_each(|entry| note(Kind::Entity(entry.entity))));
        changes.with(|changes| changes.iter().for_each(|(_, _, entry)| note(kind_of(entry))));
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    });
    let chips = move || {
        let counts = counts.get();
        let hidden = counts.len().saturating_sub(FEW);
        let is_whole = shows_all.get() || hidden == 1;
        let shown = counts.into_iter().take(if is_whole { usize::MAX } else { FEW });
        let chips: Vec<AnyView> = shown.filter_map(|(kind, count)| chip(app, kind, count, chosen)).collect();
        let more = (hidden > 1).then(|| {
            let text =
                if is_whole { t("stream-fewer-kinds") } else { tr("stream-more-kinds", [("count", hidden.into())]) };
            view! {
                <button
                    class="tab"
                    type="button"
                    aria-expanded=is_whole.to_string()
                    on:click=move |_| shows_all.update(|shows| *shows = !*shows)
                >
                    {text}
                </button>
            }
        });
        view! { {chips}{more} }.into_any()
    };
    view! {
        <div class="timeline__tools">
            <div class="timeline__kinds" role="group" aria-label=t("timeline-show")>
                <button
                    class="tab"
                    type="button"
                    aria-pressed=move || chosen.with(Vec::is_empty).to_string()
                    on:click=move |_| chosen.set(Vec::new())
                >
                    {t("timeline-all")}
                </button>
                {chips}
            </div>
            <label class="input input-box find timeline__find">
                {icon("search")}
                <input
                    type="search"
                    aria-label=t("stream-search")
                    placeholder=t("stream-search")
                    prop:value=move || sought.get()
                    on:input=move |event| sought.set(event_target_value(&event))
                    on:keydown=move |event| {
                        if event.key() == "Escape" && !sought.with_untracked(String::is_empty) {
                            event.prevent_default();
                            event.stop_propagation();
                            sought.set(String::new());
                        }
                    }
                />
            </label>
        </div>
    }
    .into_any()
}

fn chip(app: App, kind: Kind, count: usize, chosen: RwSignal<Vec<Kind>>) -> Option<AnyView> {
    let name = match kind {
        Kind::Changes => t("stream-changes"),
        Kind::Rules => t("timeline-automation"),
        Kind::Entity(entity) => app.ask(|state| state.entity(entity).map(|entity| label(&entity.plural)))?,
    };
    let press = move |_| {
        chosen.update(|chosen| match chosen.iter().position(|other| *other == kind) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(kind),
        });
    };
    Some(
        view! {
            <button
                class="tab"
                type="button"
                aria-pressed=move || chosen.with(|chosen| chosen.contains(&kind)).to_string()
                on:click=press
            >
                {name}
                <span class="tab__count">{count}</span>
            </button>
        }
        .into_any(),
    )
}
