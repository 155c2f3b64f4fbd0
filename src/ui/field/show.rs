//! Values as people read them: chips, links, amounts, dates. A value is read only; changing it is the affair of inputs.

use std::borrow::Cow;

use leptos::prelude::*;
use rust_decimal::prelude::ToPrimitive;

use crate::app::App;
use crate::engine::form::{self, ShowSettings};
use crate::engine::rule::score;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, ResultKind, RollupFunction};
use crate::model::id::{Currency, OptionId, RecordId};
use crate::model::state::{Reader, State};
use crate::model::time::{Date, Instant};
use crate::model::value::{FileRef, Value};
use crate::ui::browser;
use crate::ui::format;
use crate::ui::part::{avatar_styled, chip, chip_styled, gauge, icon, icon_styled};
use crate::ui::route::Route;
use crate::ui::text::{label, language, t, tr};

/// Where a value is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spot {
    /// Where there is room: several lines, each link a stop of the Tab key.
    Free,
    /// In a cell or on a card: one line, and no stop.
    Cell,
}

/// A value where there is room.
pub fn show(app: App, entity: &Entity, field: &Field, value: &Value) -> AnyView {
    draw(app, entity, field, value, Spot::Free)
}

/// A value in a cell of a list or on a card: one line, and links are no stops of the Tab key.
pub fn show_in_cell(app: App, entity: &Entity, field: &Field, value: &Value) -> AnyView {
    draw(app, entity, field, value, Spot::Cell)
}

/// A value as plain text in the reader's language.
pub fn plain(app: App, entity: &Entity, field: &Field, value: &Value) -> String {
    let field = app.ask(|state| meaning(state, entity, field).into_owned());
    match value {
        Value::Money(money) => format::money(*money),
        Value::Number(number) if is_percent(&field) => format!("{}%", format::number(*number, decimals(&field))),
        Value::Number(number) if field.is_ungrouped() => format::digits(*number),
        Value::Number(number) => format::number(*number, decimals(&field)),
        Value::Date(date) => format::date(*date, app.today()),
        Value::Instant(at) => format::instant(*at),
        Value::Duration(seconds) => duration(*seconds),
        Value::Text(text) if matches!(field.kind, FieldKind::Phone) => phone(text),
        Value::Link(_) | Value::Links(_) => {
            let titles: Vec<String> = value.links().iter().map(|link| title(app, *link)).collect();
            titles.join(&t("field-separator"))
        }
        Value::Empty
        | Value::Flag(_)
        | Value::Text(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Files(_)
        | Value::Place(_) => {
            let settings = ShowSettings { language: language(), currency: Currency::new(""), zone: app.zone() };
            form::show(&field, value, &settings, &|link| title(app, link))
        }
    }
}

/// The field whose kind says how a value is meant: for a lookup, or a rollup that takes a value over, the field at its end.
pub fn meaning<'a>(state: &State, entity: &Entity, field: &'a Field) -> Cow<'a, Field> {
    const DEEPEST: usize = 4;
    let mut found = Cow::Borrowed(field);
    let mut own = entity.id;
    for _ in 0..DEEPEST {
        let next = match &found.kind {
            FieldKind::Lookup { link, field } => {
                state.entity(own).and_then(|entity| entity.field(*link)).and_then(Field::link).and_then(|target| {
                    target.to.iter().find_map(|to| Some((*to, state.entity(*to)?.field(*field)?.clone())))
                })
            }
            FieldKind::Rollup(rollup) if rollup.function != RollupFunction::Count => {
                rollup.field.and_then(|field| Some((rollup.entity, state.entity(rollup.entity)?.field(field)?.clone())))
            }
            _ => None,
        };
        let Some((entity, further)) = next else { break };
        own = entity;
        found = Cow::Owned(further);
    }
    found
}

fn draw(app: App, entity: &Entity, field: &Field, value: &Value, spot: Spot) -> AnyView {
    let shown = app.ask(|state| meaning(state, entity, field).into_owned());
    let tab = (spot == Spot::Cell).then_some("-1");
    match value {
        Value::Empty => ().into_any(),
        Value::Text(text) => draw_text(&shown, text, tab, spot),
        Value::Flag(true) => {
            let yes = t("field-yes");
            view! { {icon_styled("circle-check", "icon icon--good")}<span>{yes}</span> }.into_any()
        }
        Value::Flag(false) => view! { <span class="quiet">{t("field-no")}</span> }.into_any(),
        Value::Number(number) => match &shown.kind {
            FieldKind::Rating { max } => stars(number.to_u8().unwrap_or(0), *max),
            FieldKind::Score => draw_score(app, entity, field, *number),
            _ => {
                let text = plain(app, entity, field, value);
                view! { <span class="num">{text}</span> }.into_any()
            }
        },
        Value::Money(money) => view! { <span class="money">{format::money(*money)}</span> }.into_any(),
        Value::Date(date) => draw_date(*date, app.today()),
        Value::Instant(at) => draw_instant(*at, app),
        Value::Duration(seconds) => duration(*seconds).into_any(),
        Value::Choice(option) => draw_option(&shown, *option, "chip chip--dot"),
        Value::Choices(options) => {
            let chips: Vec<AnyView> = options.iter().map(|option| draw_option(&shown, *option, "chip")).collect();
            let class = if spot == Spot::Cell { "chips chips--one" } else { "chips" };
            view! { <span class=class>{chips}</span> }.into_any()
        }
        Value::Link(link) => draw_link(app, *link, tab),
        Value::Links(links) => {
            let links: Vec<AnyView> = links.iter().map(|link| draw_link(app, *link, tab)).collect();
            let class = if spot == Spot::Cell { "chips chips--one" } else { "chips" };
            view! { <span class=class>{links}</span> }.into_any()
        }
        Value::Files(files) => match (spot, &shown.kind) {
            (Spot::Cell, _) => {
                let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
                let names = names.join(", ");
                view! { <span class="person" title=names>{icon("paperclip")}<span>{files.len()}</span></span> }
                    .into_any()
            }
            (Spot::Free, FieldKind::Signature) => {
                files.iter().map(|file| draw_picture(app, file)).collect::<Vec<AnyView>>().into_any()
            }
            (Spot::Free, _) => {
                let files: Vec<AnyView> = files.iter().map(|file| draw_file(app, file)).collect();
                view! { <span class="chips">{files}</span> }.into_any()
            }
        },
        Value::Place(_) => plain(app, entity, field, value).into_any(),
    }
}

fn draw_text(field: &Field, text: &str, tab: Option<&'static str>, spot: Spot) -> AnyView {
    let stop = |event: web_sys::MouseEvent| event.stop_propagation();
    match &field.kind {
        FieldKind::Email => {
            view! { <a href=format!("mailto:{text}") tabindex=tab on:click=stop>{text.to_owned()}</a> }.into_any()
        }
        FieldKind::Phone => {
            view! { <a href=format!("tel:{text}") tabindex=tab on:click=stop>{phone(text)}</a> }.into_any()
        }
        FieldKind::Url => {
            let short = text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/').to_owned();
            view! {
                <a href=text.to_owned() target="_blank" rel="noopener noreferrer" tabindex=tab on:click=stop>{short}</a>
            }
            .into_any()
        }
        FieldKind::LongText | FieldKind::RichText if spot == Spot::Free => {
            view! { <span class="prose">{text.to_owned()}</span> }.into_any()
        }
        _ => text.to_owned().into_any(),
    }
}

fn draw_option(field: &Field, option: OptionId, class: &'static str) -> AnyView {
    match field.option(option) {
        Some(found) => chip_styled(&label(&found.label), found.hue, class),
        None => chip(option.as_str(), None),
    }
}

fn draw_link(app: App, link: RecordId, tab: Option<&'static str>) -> AnyView {
    let Some(entity) = app.ask(|state| state.record(link).map(|record| record.entity)) else {
        return view! { <span class="quiet">{t("field-missing")}</span> }.into_any();
    };
    let name = title(app, link);
    let href = Route::Record { entity, id: link }.href();
    view! {
        <a class="person" href=href tabindex=tab on:click=|event: web_sys::MouseEvent| event.stop_propagation()>
            {avatar_styled(&name, picture_class(app, entity))}
            <span>{name}</span>
        </a>
    }
    .into_any()
}

/// People are round, everything else is square.
fn picture_class(app: App, entity: crate::model::id::EntityId) -> &'static str {
    let is_person = app.ask(|state| state.workspace().is_some_and(|workspace| workspace.people == Some(entity)));
    if is_person { "avatar" } else { "avatar avatar--square" }
}

fn title(app: App, link: RecordId) -> String {
    let title = app.title(link);
    if !title.is_empty() {
        return title;
    }
    let is_there = app.ask(|state| state.record(link).is_some());
    t(if is_there { "field-untitled" } else { "field-missing" })
}

fn draw_date(date: Date, today: Date) -> AnyView {
    let full = date.to_string();
    view! { <time datetime=full.clone() title=full>{format::date(date, today)}</time> }.into_any()
}

fn draw_instant(at: Instant, app: App) -> AnyView {
    const WEEK: i64 = 7 * 86_400_000;
    let now = app.now();
    let short = if (at.0 - now.0).abs() < WEEK {
        format::relative(at, now)
    } else {
        format::date(at.local(app.zone()).date(), app.today())
    };
    view! { <time datetime=at.to_string() title=format::instant(at)>{short}</time> }.into_any()
}

fn stars(mark: u8, max: u8) -> AnyView {
    let say = tr("field-stars", [("count", i64::from(mark).into()), ("max", i64::from(max).into())]);
    let stars: Vec<AnyView> = (1..=max)
        .map(|star| {
            icon_styled("star", if star <= mark { "icon icon--14 star star--full" } else { "icon icon--14 star" })
        })
        .collect();
    view! { <span class="stars" role="img" aria-label=say>{stars}</span> }.into_any()
}

fn draw_score(app: App, entity: &Entity, field: &Field, points: rust_decimal::Decimal) -> AnyView {
    let reachable = app.ask(|state| {
        state.definitions().find_map(|(_, definition)| match definition {
            Definition::Score(model) if model.entity == entity.id && model.field == field.id => {
                Some(score::reachable(model))
            }
            _ => None,
        })
    });
    let text = format::number(points, None);
    let share = reachable.filter(|most| !most.is_zero()).and_then(|most| (points / most).to_f64()).unwrap_or(0.0);
    view! { <span class="bar-cell">{gauge(share, text.clone())}<span>{text}</span></span> }.into_any()
}

fn draw_file(app: App, file: &FileRef) -> AnyView {
    let (name, wanted) = (file.name.clone(), file.clone());
    let open = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        let name = wanted.name.clone();
        app.file_url(wanted.clone(), move |url| {
            if let Some(url) = url {
                browser::download_url(&name, &url);
            }
        });
    };
    view! {
        <button class="button button--link" type="button" title=format::bytes(file.size as f64) on:click=open>
            {icon("paperclip")}
            {name}
        </button>
    }
    .into_any()
}

fn draw_picture(app: App, file: &FileRef) -> AnyView {
    let address = RwSignal::new(None::<String>);
    app.file_url(file.clone(), move |url| {
        let _ = address.try_set(url);
    });
    let name = file.name.clone();
    (move || address.get().map(|url| view! { <img class="signature" src=url alt=name.clone()/> })).into_any()
}

/// A telephone number in groups: mobile numbers of China as people there write them, others as they are kept.
fn phone(number: &str) -> String {
    let national =
        number.strip_prefix("+86").filter(|rest| rest.len() == 11 && rest.starts_with('1') && rest.is_ascii());
    match national {
        Some(rest) => format!("{} {} {}", &rest[..3], &rest[3..7], &rest[7..]),
        None => number.replacen(";ext=", " × ", 1),
    }
}

fn duration(seconds: i64) -> String {
    let mut rest = seconds.unsigned_abs();
    let mut parts = Vec::new();
    for (unit, size) in [("field-days", 86_400), ("field-hours", 3_600), ("field-minutes", 60), ("field-seconds", 1)] {
        if rest >= size {
            parts.push(tr(unit, [("count", ((rest / size) as i64).into())]));
            rest %= size;
        }
    }
    if parts.is_empty() {
        return tr("field-minutes", [("count", 0i64.into())]);
    }
    // Two units are as exact as anybody wants to read.
    parts.truncate(2);
    format!("{}{}", if seconds < 0 { "−" } else { "" }, parts.join(" "))
}

fn is_percent(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Percent(_) | FieldKind::Formula { result: ResultKind::Percent, .. })
}

fn decimals(field: &Field) -> Option<u8> {
    match &field.kind {
        FieldKind::Number(limits) | FieldKind::Percent(limits) => limits.decimals,
        _ => None,
    }
}
