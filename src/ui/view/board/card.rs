//! One card of the board: it reads its own record.

use leptos::prelude::*;
use rustc_hash::FxHashSet;

use super::{Table, hue_of};
use crate::app::App;
use crate::engine::formula::Scope;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::{cover, first_picture, meaning, show_in_cell};
use crate::ui::part::{hue_name, icon, icon_styled};
use crate::ui::route::Route;
use crate::ui::text::{label, language, t, tr};
use crate::ui::view::figure;
use crate::ui::view::tint::{self, Tinted};

/// The card of a record.
pub fn card(
    table: Table,
    id: RecordId,
    stop: Memo<Option<RecordId>>,
    below: Memo<Option<FxHashSet<RecordId>>>,
) -> AnyView {
    let record = Memo::new(move |_| table.app.record(id));
    let carried = Memo::new(move |_| {
        let key = id.to_string();
        table
            .drag
            .carried
            .with(|carried| carried.as_ref().filter(|carried| carried.thing == key).map(|carried| carried.by_key))
    });
    let is_stale = Memo::new(move |_| record.get().is_some_and(|record| is_stale(table, &record)));
    let class = move || match (carried.get(), is_stale.get()) {
        (None, false) => "card",
        (None, true) => "card card--stale",
        (Some(true), _) => "card card--lifted",
        (Some(false), _) => "card card--ghost",
    };
    let tinted = tint::tinted(table.app, table.tints, id);
    let whole = Memo::new(move |_| tinted.with(|tinted| tinted.whole.clone()));
    let hue = Memo::new(move |_| {
        if let Some((hue, _)) = whole.get() {
            return Some(hue);
        }
        let colour = table.settings.with_value(|settings| settings.colour)?;
        let record = record.get()?;
        table.entity.with_value(|entity| hue_of(entity, colour, record.value(colour)))
    });
    let is_below = Memo::new(move |_| below.with(|below| below.as_ref().is_some_and(|below| below.contains(&id))));
    let is_open = Memo::new(move |_| table.beside.get() == Some(id));
    view! {
        <li
            class=class
            data-key=id.to_string()
            data-hue=move || hue.get().map(hue_name)
            data-tint=move || whole.with(Option::is_some).then_some("")
            data-open=move || is_open.get().then_some("")
            data-below=move || is_below.get().then_some("")
        >
            {move || record.get().map(|record| inside(table, &record, stop, is_stale.get(), &tinted.get()))}
            {move || tint::word(whole.get())}
        </li>
    }
    .into_any()
}

fn inside(table: Table, record: &Record, stop: Memo<Option<RecordId>>, is_stale: bool, tinted: &Tinted) -> AnyView {
    let id = record.id;
    let title = table.app.ask(|state| crate::app::title(state, id));
    let title = if title.is_empty() { t("list-untitled") } else { title };
    let more = tr("board-actions-for", [("title", title.as_str().into())]);
    let tab = move || if stop.get() == Some(id) { "0" } else { "-1" };
    let is_menu = move || (table.menu_of.get() == Some(id)).to_string();
    let (mut lines, mut foot) = (Vec::new(), Vec::new());
    let settings = table.settings.get_value();
    let is_told =
        |field: FieldId| field == settings.by || Some(field) == settings.lanes || Some(field) == settings.cover;
    table.entity.with_value(|entity| {
        for field in table.lens.columns.get().into_iter().filter_map(|id| entity.field(id)) {
            let value = record.value(field.id);
            if value.is_empty() || field.id == entity.title || is_told(field.id) {
                continue;
            }
            let source = table.app.ask(|state| meaning(state, entity, field).into_owned());
            let shown = show_in_cell(table.app, entity, field, value);
            if is_footing(&source) {
                let (hue, tip) = coloured(field, tinted);
                foot.push(view! { <span class="clip" data-hue=hue title=tip><span class="sr-only">{label(&field.label)}" "</span>{shown}</span> }.into_any());
            } else {
                let to = table.app.ask(|state| {
                    let linked = value.links().first().and_then(|link| state.record(*link).map(|record| record.entity));
                    linked.and_then(|entity| state.entity(entity).map(|entity| entity.icon.clone()))
                });
                lines.push(line(field, &to.unwrap_or_else(|| picture(&source.kind).to_owned()), &source, shown, tinted));
            }
        }
    });
    let href = Route::Record { entity: record.entity, id }.href();
    if is_stale {
        let say = t("board-stale");
        foot.insert(
            0,
            view! { <span class="card__stale" title=t("board-stale-how")>{icon("hourglass")}{say}</span> }.into_any(),
        );
    }
    let cover = settings.cover.map(|cover| picture_of(table.app, record.value(cover)));
    view! {
        {cover}
        <div class="card__head">
            <a class="card__title" href=href draggable="false" tabindex=tab aria-describedby="board-keys">{title}</a>
            <button
                id=format!("card-more-{id}")
                class="button button--quiet button--icon button--small card__more"
                type="button"
                tabindex=tab
                aria-label=more.clone()
                title=more
                aria-haspopup="menu"
                aria-expanded=is_menu
            >
                {icon("ellipsis")}
            </button>
        </div>
        {(!lines.is_empty()).then(|| view! { <dl class="card__fields">{lines}</dl> })}
        {(!foot.is_empty()).then(|| view! { <div class="card__foot">{foot}</div> })}
    }
    .into_any()
}

/// The hue of a field, and what stands in its tip: its name, with the rule that colours it.
fn coloured(field: &Field, tinted: &Tinted) -> (Option<&'static str>, String) {
    let name = label(&field.label);
    match tinted.field(field.id) {
        Some((hue, says)) => (Some(hue_name(*hue)), format!("{name}\n{says}")),
        None => (None, name),
    }
}

fn line(field: &Field, picture: &str, source: &Field, shown: AnyView, tinted: &Tinted) -> AnyView {
    let class = matches!(source.kind, FieldKind::Money { .. }).then_some("card__money");
    let name = label(&field.label);
    let (hue, tip) = coloured(field, tinted);
    view! {
        <div title=tip data-hue=hue>
            <dt>{icon_styled(picture, "icon")}<span class="sr-only">{name}</span></dt>
            <dd class=class>{shown}</dd>
        </div>
    }
    .into_any()
}

/// Chips and dates stand together at the foot.
fn is_footing(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Choice { .. } | FieldKind::Choices { .. } | FieldKind::Date | FieldKind::Instant)
}

/// Whether a record has been lying still for too long.
fn is_stale(table: Table, record: &Record) -> bool {
    table.stale.with_value(|stale| {
        let Some(stale) = stale else { return false };
        let context = table.app.context();
        table.app.ask(|state| {
            let clock = context.clock(state);
            stale.holds(&Scope { reader: state, record, before: None, clock: &clock, language: language() })
        })
    })
}

/// The first picture among the files of a value, at the top of a card; nothing where there is none.
fn picture_of(app: App, value: &Value) -> AnyView {
    first_picture(value).map(|file| view! { <div class="card__cover">{cover(app, file)}</div> }).into_any()
}

/// The icon of a kind.
fn picture(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Money { .. } => "wallet",
        FieldKind::Link(_) | FieldKind::Links(_) => "link",
        FieldKind::Phone => "phone",
        FieldKind::Email => "mail",
        FieldKind::Url => "globe",
        FieldKind::Address | FieldKind::Location => "map-pin",
        FieldKind::Percent(_) => "percent",
        FieldKind::Files => "paperclip",
        FieldKind::Score | FieldKind::Rating { .. } | FieldKind::Nps => "gauge",
        FieldKind::Duration => "timer",
        FieldKind::AutoNumber { .. } => "hash",
        FieldKind::Flag => "square-check",
        kind if figure::is_number(kind) => "hash",
        _ => "type",
    }
}
