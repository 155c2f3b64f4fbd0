//! Undoing a step long after: what goes back, what has changed since and by whom, and what shall become of that.

use std::sync::Arc;

use leptos::prelude::*;
use rustc_hash::FxHashMap;

use super::detail;
use super::line::{Line, Sort};
use crate::app::{App, Touch, definition_label};
use crate::command::history::{Clash, Clashing, Review, Standing};
use crate::model::change::{Change, Commit};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::show;
use crate::ui::format;
use crate::ui::part::{Dialog, icon};
use crate::ui::sentence;
use crate::ui::text::{diagnostic, label, label_within, language, t, tr};

/// Clashes that are listed; the rest is counted.
const MOST: usize = 40;

/// What is looked at in the dialog.
#[derive(Clone)]
struct Looked {
    commits: Vec<Arc<Commit>>,
    review: Arc<Review>,
}

/// Asks before the step in `asked` is undone; it is closed by emptying it.
pub fn asking(app: App, asked: RwSignal<Option<Arc<Line>>>) -> AnyView {
    let open = RwSignal::new(false);
    let looked = RwSignal::new(None::<Looked>);
    let touches = RwSignal::new(Vec::<Option<Touch>>::new());
    let clashing = RwSignal::new(Clashing::Leave);
    let refused = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let Some(line) = asked.get() else { return open.set(false) };
        looked.set(None);
        touches.set(Vec::new());
        clashing.set(Clashing::Leave);
        refused.set(None);
        open.set(true);
        let id = line.id;
        app.read_step(line.at, line.batch, move |commits| {
            if asked.try_get_untracked().flatten().is_none_or(|line| line.id != id) {
                return;
            }
            let review = app.review(&commits);
            let since = commits.iter().map(|commit| commit.id).collect();
            let clashes: Vec<Clash> = review.clashes.iter().take(MOST).cloned().collect();
            if !clashes.is_empty() {
                app.who_clashes(clashes, since, move |found| {
                    touches.try_set(found);
                });
            }
            looked.try_set(Some(Looked { commits, review: Arc::new(review) }));
        });
    });
    // Whoever closes the dialog has asked for nothing any more.
    Effect::new(move |_| {
        if !open.get() && asked.with_untracked(Option::is_some) {
            asked.set(None);
        }
    });
    let is_turn = move || asked.with(|asked| asked.as_ref().is_some_and(|line| line.sort == Sort::Turn));
    let title = Signal::derive(move || t(if is_turn() { "history-redo-ask" } else { "history-undo-ask" }));
    let can_do = Memo::new(move |_| {
        looked.with(|looked| {
            let Some(Looked { review, .. }) = looked else { return false };
            let takes = clashing.get() == Clashing::TakeBack;
            !review.changes.is_empty() || takes && review.clashes.iter().any(Clash::can_be_taken_back)
        })
    });
    let act = move |_| {
        let Some(Looked { commits, .. }) = looked.get_untracked().filter(|_| can_do.get_untracked()) else { return };
        match app.take_back_now(commits, clashing.get_untracked()) {
            Ok(()) => open.set(false),
            Err(rejection) => refused.set(rejection.diagnostics.first().map(diagnostic)),
        }
    };
    let footer = Callback::new(move |()| {
        view! {
            <span class="dialog__note dialog__note--bad" role="alert">{move || refused.get()}</span>
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("history-keep-it")}</button>
            <button
                class="button button--primary"
                type="button"
                aria-disabled=move || (!can_do.get()).then_some("true")
                on:click=act
            >
                {icon("undo-2")}
                {move || t(if is_turn() { "history-redo-do" } else { "history-undo-do" })}
            </button>
        }
        .into_any()
    });
    view! {
        <Dialog open=open title=title class="dialog--wide" footer=footer>
            {move || asked.get().map(|line| head(&line))}
            {move || match looked.get() {
                None => view! { <p class="quiet" role="status">{t("history-reading")}</p> }.into_any(),
                Some(looked) => body(app, &looked, clashing, touches),
            }}
        </Dialog>
    }
    .into_any()
}

/// The step in its own words.
pub fn head(line: &Line) -> AnyView {
    let (who, said, when) = (line.who.clone(), line.said.clone(), line.when);
    let notes = line.notes.join(" · ");
    view! {
        <div class="history__step">
            <p><b>{who}</b>" "{said}</p>
            <small><time datetime=when.to_string()>{format::instant(when)}</time>{(!notes.is_empty()).then(|| format!(" · {notes}"))}</small>
        </div>
    }
    .into_any()
}

fn body(app: App, looked: &Looked, clashing: RwSignal<Clashing>, touches: RwSignal<Vec<Option<Touch>>>) -> AnyView {
    let review = looked.review.clone();
    let sums = sums(app, &review.changes);
    let back = if sums.is_empty() {
        view! { <p class="quiet">{t("history-nothing-goes-back")}</p> }.into_any()
    } else {
        let lines: Vec<AnyView> =
            sums.into_iter().map(|say| view! { <li>{icon("undo-2")}{say}</li> }.into_any()).collect();
        let shown = RwSignal::new(false);
        let changes = review.clone();
        view! {
            <ul class="history__sums">{lines}</ul>
            <details class="why" on:toggle=move |_| shown.set(true)>
                <summary>{t("history-show-what")}{icon("chevron-down")}</summary>
                {move || shown.get().then(|| detail::changes(app, changes.changes.iter()))}
            </details>
        }
        .into_any()
    };
    view! {
        <section class="history__back">
            <h3>{t("history-goes-back")}</h3>
            {back}
        </section>
        {clashes(app, review, clashing, touches)}
    }
    .into_any()
}

/// What goes back, added up by entity.
fn sums(app: App, changes: &[Change]) -> Vec<String> {
    let mut counts: FxHashMap<(&'static str, Option<EntityId>), usize> = FxHashMap::default();
    for change in changes {
        let (key, entity) = match change {
            Change::Created { record, .. } => ("history-back-created", Some(record.entity)),
            Change::Removed { record } => ("history-back-removed", Some(record.entity)),
            Change::Updated { entity, fields, .. } if !is_figures(app, *entity, fields.iter().map(|it| it.field)) => {
                ("history-back-updated", Some(*entity))
            }
            Change::Defined { .. } => ("history-back-defined", None),
            Change::Updated { .. } | Change::Remembered { .. } => continue,
        };
        *counts.entry((key, entity)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((key, entity), count)| (std::cmp::Reverse(*count), *key, entity.map(|it| it.as_str())));
    let say = |((key, entity), count): ((&'static str, Option<EntityId>), usize)| {
        let (thing, things) = entity.map(|entity| names(app, entity)).unwrap_or_default();
        tr(key, [("count", count.into()), ("thing", thing.into()), ("things", things.into())])
    };
    counts.into_iter().map(say).collect()
}

/// Whether all these fields are computed from others.
fn is_figures(app: App, entity: EntityId, mut fields: impl Iterator<Item = FieldId>) -> bool {
    app.ask(|state| {
        let Some(entity) = state.entity(entity) else { return false };
        fields.all(|field| entity.field(field).is_some_and(|field| field.is_computed()))
    })
}

fn names(app: App, entity: EntityId) -> (String, String) {
    app.ask(|state| state.entity(entity).map(|it| (label_within(&it.label), label_within(&it.plural))))
        .unwrap_or_else(|| (entity.as_str().to_owned(), entity.as_str().to_owned()))
}

fn clashes(
    app: App,
    review: Arc<Review>,
    clashing: RwSignal<Clashing>,
    touches: RwSignal<Vec<Option<Touch>>>,
) -> AnyView {
    let count = review.clashes.len();
    if count == 0 {
        let note = view! { <p class="history__free">{icon("circle-check")}{t("history-no-clash")}</p> };
        return if review.changes.is_empty() { ().into_any() } else { note.into_any() };
    }
    let can_choose = review.clashes.iter().any(Clash::can_be_taken_back);
    let choose = move |what: Clashing, key: &'static str, say: &'static str| {
        view! {
            <label class="check">
                <input
                    class="check__box check__box--round"
                    type="radio"
                    name="clashing"
                    prop:checked=move || clashing.get() == what
                    on:change=move |_| clashing.set(what)
                />
                <span>{t(key)}<small>{t(say)}</small></span>
            </label>
        }
        .into_any()
    };
    let choice = can_choose.then(|| {
        view! {
            <div class="history__choice" role="radiogroup" aria-label=t("history-clash-choice")>
                {choose(Clashing::Leave, "history-clash-leave", "history-clash-leave-say")}
                {choose(Clashing::TakeBack, "history-clash-take", "history-clash-take-say")}
            </div>
        }
    });
    let hidden = count.saturating_sub(MOST);
    let rows: Vec<AnyView> = review
        .clashes
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(at, clash)| {
            let touch = Signal::derive(move || touches.with(|touches| touches.get(at).cloned().flatten()));
            row(app, clash, touch)
        })
        .collect();
    view! {
        <section class="history__clashes">
            <h3>{icon("triangle-alert")}{tr("history-clashes", [("count", count.into())])}</h3>
            {choice}
            <ul>{rows}</ul>
            {(hidden > 0).then(|| view! { <p class="quiet">{tr("history-more-clashes", [("count", hidden.into())])}</p> })}
        </section>
    }
    .into_any()
}

fn row(app: App, clash: &Clash, touch: Signal<Option<Touch>>) -> AnyView {
    let name = match (clash.record, clash.entity, &clash.standing) {
        (_, _, Standing::Redefined(id)) => {
            view! { <b>{app.ask(|state| definition_label(state, *id, language()))}</b> }.into_any()
        }
        (Some(id), Some(entity), _) => (move || {
            // Of a record that is gone, the log knows the name.
            let gone = touch.get().and_then(|touch| touch.gone);
            let name = gone.map_or_else(|| app.title(id), |record| sentence::name_of(app, &record));
            detail::linked(app, id, entity, name)
        })
        .into_any(),
        _ => ().into_any(),
    };
    let how = match &clash.standing {
        Standing::Changed { field, now, back } => values(app, clash.entity, *field, now, back),
        Standing::Grown { fields } => {
            let names: Vec<String> = fields.iter().map(|field| field_name(app, clash.entity, *field)).collect();
            say(tr("history-clash-grown", [("fields", names.join(&t("field-separator")).into())]))
        }
        Standing::Linked { from, .. } => say(tr("history-clash-linked", [("title", title(app, *from).into())])),
        Standing::Needed { from, .. } => say(tr("history-clash-needed", [("title", title(app, *from).into())])),
        Standing::Gone => say(t("history-clash-gone")),
        Standing::Needs => say(t("history-clash-needs")),
        Standing::Taken { field, by, .. } => {
            let field = field_name(app, clash.entity, *field);
            say(tr("history-clash-taken", [("field", field.into()), ("title", title(app, *by).into())]))
        }
        Standing::Undefined { field: Some(field) } => {
            say(tr("history-clash-undefined", [("field", field_name(app, clash.entity, *field).into())]))
        }
        Standing::Undefined { field: None } => say(t("history-clash-no-entity")),
        Standing::Redefined(_) => say(t("history-clash-redefined")),
    };
    let by = move || {
        touch.get().map(|touch| {
            let person = touch.actor.map(|actor| app.title(actor)).filter(|name| !name.is_empty());
            let who = match touch.by {
                Some(rule) => app.ask(|state| definition_label(state, rule, language())),
                None => person.unwrap_or_else(|| t("history-somebody")),
            };
            let when = format::relative(touch.at, app.now());
            view! { <small title=format::instant(touch.at)>{who}" · "{when}</small> }
        })
    };
    let stays =
        (!clash.can_be_taken_back()).then(|| view! { <span class="chip chip--quiet">{t("history-stays")}</span> });
    view! { <li><p>{name}{stays}{by}</p>{how}</li> }.into_any()
}

fn say(text: String) -> AnyView {
    view! { <p class="quiet">{text}</p> }.into_any()
}

fn title(app: App, id: RecordId) -> String {
    let title = app.ask(|state| crate::app::title(state, id));
    if title.is_empty() { t("history-nameless") } else { title }
}

fn field_name(app: App, entity: Option<EntityId>, field: FieldId) -> String {
    let name = app.ask(|state| Some(label(&state.entity(entity?)?.field(field)?.label)));
    name.unwrap_or_else(|| field.as_str().to_owned())
}

/// What the field holds now, and what it would hold again.
fn values(app: App, entity: Option<EntityId>, field: FieldId, now: &Value, back: &Value) -> AnyView {
    let Some(entity) = entity.and_then(|entity| app.ask(|state| state.entity(entity).cloned())) else {
        return ().into_any();
    };
    let Some(field) = entity.field(field) else { return ().into_any() };
    let shown = |value: &Value| match value {
        Value::Empty => view! { <span class="quiet">{t("history-blank")}</span> }.into_any(),
        value => show(app, &entity, field, value),
    };
    view! {
        <dl class="history__values">
            <dt>{label(&field.label)}</dt>
            <dd><span>{t("history-now")}</span>{shown(now)}</dd>
            <dd><span>{t("history-would-be")}</span>{shown(back)}</dd>
        </dl>
    }
    .into_any()
}
