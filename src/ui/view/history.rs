//! The history of the workspace: who did what when and why, step by step; a step opens to what it changed.

mod detail;

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use crate::app::{App, SaveState};
use crate::model::change::{Cause, Commit};
use crate::model::id::CommitId;
use crate::model::time::{Date, Zone};
use crate::ui::format;
use crate::ui::part::{Art, Empty, avatar_styled, icon};
use crate::ui::sentence;
use crate::ui::text::{t, tr};

/// How many commits are fetched at first, and how many more each time.
const FETCHED: u64 = 150;

/// How many are fetched at most to show a long piece of work whole.
const LONGEST: u64 = 4_000;

/// One line: the commits of one command, or of a longer piece of work, the newest first.
#[derive(Clone)]
struct Entry {
    commits: Vec<Arc<Commit>>,
    is_undone: bool,
}

/// How many steps are listed, and whether there are more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    steps: usize,
    has_more: bool,
}

/// The number of steps that are listed, beside the title; a plus says that there are more.
pub fn count(listed: RwSignal<Option<Listed>>) -> AnyView {
    (move || {
        listed.get().map(|Listed { steps, has_more }| {
            let more = if has_more { "+" } else { "" };
            view! { <span class="page__count">{format::number(Decimal::from(steps), Some(0))}{more}</span> }
        })
    })
    .into_any()
}

/// Undo and redo.
pub fn steps(app: App) -> AnyView {
    let (can_undo, can_redo) = (app.can_undo(), app.can_undo());
    let is_undoable = Signal::derive(move || can_undo.get().0);
    let is_redoable = Signal::derive(move || can_redo.get().1);
    view! {
        <button
            class="button"
            type="button"
            aria-keyshortcuts="Control+Z"
            aria-disabled=move || (!is_undoable.get()).then_some("true")
            title=move || (!is_undoable.get()).then(|| t("history-nothing-to-undo"))
            on:click=move |_| {
                if is_undoable.get_untracked() {
                    app.undo_now();
                }
            }
        >
            {icon("undo-2")}
            {t("history-undo")}
        </button>
        <button
            class="button"
            type="button"
            aria-keyshortcuts="Control+Shift+Z"
            aria-disabled=move || (!is_redoable.get()).then_some("true")
            title=move || (!is_redoable.get()).then(|| t("history-nothing-to-redo"))
            on:click=move |_| {
                if is_redoable.get_untracked() {
                    app.redo_now();
                }
            }
        >
            {icon("redo-2")}
            {t("history-redo")}
        </button>
    }
    .into_any()
}

/// The steps, day by day.
pub fn list(app: App, listed: RwSignal<Option<Listed>>) -> AnyView {
    let wanted = RwSignal::new(FETCHED);
    let steps = RwSignal::new(None::<Vec<Entry>>);
    let save_state = app.save_state();
    // The log is read again whenever it has grown: what it says is not a part of the state.
    Effect::new(move |_| {
        let count = wanted.get();
        if save_state.get() != SaveState::Saving {
            app.last_commits(count, move |found| {
                // A long piece of work that is cut off in the middle would be counted wrong.
                let is_cut = found.len() as u64 >= count && found.last().is_some_and(|last| last.batch.is_some());
                if is_cut && count < LONGEST {
                    wanted.try_set(count * 3);
                } else {
                    let has_more = found.len() as u64 >= count;
                    let found = entries(found);
                    listed.try_set(Some(Listed { steps: found.len(), has_more }));
                    steps.try_set(Some(found));
                }
            });
        }
    });
    (move || match steps.get() {
        None => view! { <p class="history quiet" role="status">{t("history-reading")}</p> }.into_any(),
        Some(found) if found.is_empty() => {
            view! { <Empty art=Art::Cards title=t("history-empty") say=t("history-empty-say")/> }.into_any()
        }
        Some(found) => {
            let has_more = listed.get_untracked().is_some_and(|listed| listed.has_more);
            let more = has_more.then(|| {
                view! {
                    <p class="history__more">
                        <button
                            class="button"
                            type="button"
                            on:click=move |_| wanted.update(|wanted| *wanted += FETCHED * 2)
                        >
                            {t("history-more")}
                        </button>
                    </p>
                }
            });
            view! { <div class="history">{days(app, found)}{more}</div> }.into_any()
        }
    })
    .into_any()
}

fn days(app: App, entries: Vec<Entry>) -> Vec<AnyView> {
    let (zone, today) = (app.zone(), app.today());
    let mut days: Vec<(Date, Vec<AnyView>)> = Vec::new();
    for entry in entries {
        let Some(newest) = entry.commits.first() else { continue };
        let day = newest.made().local(zone).date();
        let drawn = draw(app, entry, zone);
        match days.last_mut() {
            Some((known, lines)) if *known == day => lines.push(drawn),
            _ => days.push((day, vec![drawn])),
        }
    }
    days.into_iter()
        .map(|(day, lines)| {
            view! { <h2 class="history__day">{day_name(day, today)}</h2><ol class="commits">{lines}</ol> }.into_any()
        })
        .collect()
}

fn day_name(day: Date, today: Date) -> String {
    if day == today {
        t("history-today")
    } else if day.succ_opt() == Some(today) {
        t("history-yesterday")
    } else {
        format::date(day, today)
    }
}

/// Commits of one batch that follow each other become one line.
fn entries(commits: Vec<Arc<Commit>>) -> Vec<Entry> {
    let undone = undone(&commits);
    let mut entries: Vec<Entry> = Vec::new();
    for commit in commits {
        let is_undone = undone.contains(&commit.id);
        let last = entries.last_mut().filter(|entry| {
            commit.batch.is_some() && entry.commits.first().is_some_and(|other| other.batch == commit.batch)
        });
        match last {
            Some(entry) => entry.commits.push(commit),
            None => entries.push(Entry { commits: vec![commit], is_undone }),
        }
    }
    entries
}

/// The commits that no longer hold: an undoing that was itself taken back counts for nothing.
fn undone(commits: &[Arc<Commit>]) -> FxHashSet<CommitId> {
    let mut undone: FxHashSet<CommitId> = FxHashSet::default();
    for commit in commits {
        if let Cause::Undo(of) | Cause::Redo(of) = &commit.cause
            && !undone.contains(&commit.id)
        {
            undone.extend(of);
        }
    }
    undone
}

fn draw(app: App, entry: Entry, zone: Zone) -> AnyView {
    let Some(newest) = entry.commits.first().cloned() else {
        return ().into_any();
    };
    let is_open = RwSignal::new(false);
    let who = newest.actor.map(|actor| app.title(actor)).filter(|name| !name.is_empty());
    let picture = match (sentence::picture(&newest), &who) {
        (Some(name), _) => icon(name),
        (None, Some(who)) => avatar_styled(who, "avatar avatar--28"),
        (None, None) => icon("pencil"),
    };
    let said = sentence::say(app, &entry.commits);
    let notes: Vec<AnyView> =
        sentence::notes(&entry.commits).into_iter().map(|note| view! { <span>{note}</span> }.into_any()).collect();
    let at = newest.made();
    let class = if entry.is_undone { "commit commit--undone" } else { "commit" };
    let undone_note = entry.is_undone.then(|| view! { <span>{t("history-undone")}</span> });
    let name = format!("{} {said}", sentence::who(app, &entry.commits));
    let batch = newest.batch.filter(|_| !entry.is_undone && newest.cause.is_undoable());
    let undo = batch.map(|batch| {
        view! {
            <button class="button button--small" type="button" on:click=move |_| app.undo_batch_now(batch, |_| ())>
                {icon("undo-2")}
                {t("history-undo-this")}
            </button>
        }
    });
    let commits = entry.commits;
    view! {
        <li class=class>
            <span class="entry__mark">{picture}</span>
            <div class="commit__say">
                <p><b>{sentence::who(app, &commits)}</b> " " {said}</p>
                <small>{undone_note}{notes}</small>
            </div>
            <time class="commit__when" datetime=at.to_string() title=format::instant(at)>
                {at.local(zone).format("%H:%M").to_string()}
            </time>
            <span class="commit__do">
                {undo}
                <button
                    class="button button--quiet button--icon button--small"
                    type="button"
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    aria-label=tr("history-details-of", [("what", name.into())])
                    title=t("history-details")
                    on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                >
                    {move || if is_open.get() { icon("chevron-up") } else { icon("chevron-down") }}
                </button>
            </span>
            {move || is_open.get().then(|| detail::changes(app, &commits))}
        </li>
    }
    .into_any()
}
