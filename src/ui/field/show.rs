//! Values as people read them: chips, links, amounts, dates. A value is read only; changing it is the affair of inputs.

use std::borrow::Cow;

use leptos::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::cover::{cover, picture};
use crate::app::App;
use crate::engine::form::{self, ShowSettings};
use crate::engine::rule::score;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, ResultKind, RollupFunction};
use crate::model::id::{Currency, OptionId, RecordId};
use crate::model::state::{Reader, State};
use crate::model::time::Instant;
use crate::model::value::{FileRef, Value};
use crate::ui::browser;
use crate::ui::format;
use crate::ui::part::{Html, avatar_into, chip_into, gauge_into, icon, icon_into};
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

/// How the values of a field are shown: found out once, and then asked for many values.
#[derive(Clone, PartialEq)]
pub struct Shown {
    /// Where the kind comes from: the field itself, or the one that a look-up reads.
    pub source: Field,
    /// The most points that a score can have.
    reachable: Option<Decimal>,
}

/// A value where there is room.
pub fn show(app: App, entity: &Entity, field: &Field, value: &Value) -> AnyView {
    let shown = Shown::new(app, entity, field);
    match value {
        Value::Empty => ().into_any(),
        Value::Files(files) if shown.source.kind == FieldKind::Signature => {
            files.iter().map(|file| draw_picture(app, file)).collect::<Vec<AnyView>>().into_any()
        }
        Value::Files(files) => {
            let files: Vec<AnyView> = files.iter().map(|file| draw_file(app, file)).collect();
            view! { <span class="chips">{files}</span> }.into_any()
        }
        other => shown.write(app, other, Spot::Free).into_view(),
    }
}

/// A value in a cell of a list or on a card: one line, and links are no stops of the Tab key.
pub fn show_in_cell(app: App, entity: &Entity, field: &Field, value: &Value) -> AnyView {
    match value {
        Value::Empty => ().into_any(),
        other => Shown::new(app, entity, field).in_cell(app, other).into_view(),
    }
}

/// A value as plain text in the reader's language.
pub fn plain(app: App, entity: &Entity, field: &Field, value: &Value) -> String {
    let field = app.ask(|state| meaning(state, entity, field).into_owned());
    plain_of(app, &field, value)
}

fn plain_of(app: App, field: &Field, value: &Value) -> String {
    match value {
        Value::Money(money) => format::money(*money),
        Value::Number(number) if is_percent(field) => format!("{}%", format::number(*number, decimals(field))),
        Value::Number(number) if field.is_ungrouped() => format::digits(*number),
        Value::Number(number) => format::number(*number, decimals(field)),
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
            form::show(field, value, &settings, &|link| title(app, link))
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

impl Shown {
    /// How the values of a field are shown.
    pub fn new(app: App, entity: &Entity, field: &Field) -> Shown {
        let reachable = (field.kind == FieldKind::Score).then(|| reachable(app, entity, field)).flatten();
        Shown { source: app.ask(|state| meaning(state, entity, field).into_owned()), reachable }
    }

    /// A value in a cell: one line, and links are no stops of the Tab key.
    pub fn in_cell(&self, app: App, value: &Value) -> Html {
        self.write(app, value, Spot::Cell)
    }

    fn write(&self, app: App, value: &Value, spot: Spot) -> Html {
        let mut html = Html::new();
        match value {
            Value::Empty => {}
            Value::Text(text) => self.write_text(&mut html, text, spot),
            Value::Flag(true) => {
                icon_into(&mut html, "circle-check", "icon icon--good")
                    .tag("<span>")
                    .text(&t("field-yes"))
                    .tag("</span>");
            }
            Value::Flag(false) => {
                html.tag("<span class=\"quiet\">").text(&t("field-no")).tag("</span>");
            }
            Value::Number(number) => match &self.source.kind {
                FieldKind::Rating { max } => write_stars(&mut html, number.to_u8().unwrap_or(0), *max),
                FieldKind::Score => self.write_score(&mut html, *number),
                _ => {
                    let text = plain_of(app, &self.source, value);
                    html.tag("<span class=\"num\">").text(&text).tag("</span>");
                }
            },
            Value::Money(money) => {
                html.tag("<span class=\"money\">").text(&format::money(*money)).tag("</span>");
            }
            Value::Date(date) => {
                write_time(&mut html, &date.to_string(), &date.to_string(), &format::date(*date, app.today()))
            }
            Value::Instant(at) => write_instant(&mut html, *at, app),
            Value::Duration(seconds) => {
                html.tag("<span>").text(&duration(*seconds)).tag("</span>");
            }
            Value::Choice(option) => self.write_option(&mut html, *option, "chip chip--dot"),
            Value::Choices(options) => {
                html.tag(several(spot));
                options.iter().for_each(|option| self.write_option(&mut html, *option, "chip"));
                html.tag("</span>");
            }
            Value::Link(link) => write_link(&mut html, app, *link, spot),
            Value::Links(links) => {
                html.tag(several(spot));
                links.iter().for_each(|link| write_link(&mut html, app, *link, spot));
                html.tag("</span>");
            }
            Value::Files(files) => {
                let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
                html.tag("<span class=\"person\"").attribute("title", &names.join(", ")).tag(">");
                icon_into(&mut html, "paperclip", "icon");
                html.tag("<span>").text(&files.len().to_string()).tag("</span></span>");
            }
            Value::Place(_) => {
                html.tag("<span>").text(&plain_of(app, &self.source, value)).tag("</span>");
            }
        }
        html
    }

    fn write_text(&self, html: &mut Html, text: &str, spot: Spot) {
        let shown = match &self.source.kind {
            FieldKind::Email => {
                html.tag("<a").attribute("href", &format!("mailto:{text}"));
                text.to_owned()
            }
            FieldKind::Phone => {
                html.tag("<a").attribute("href", &format!("tel:{text}"));
                phone(text)
            }
            FieldKind::Url => {
                html.tag("<a target=\"_blank\" rel=\"noopener noreferrer\"").attribute("href", text);
                text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/').to_owned()
            }
            FieldKind::LongText | FieldKind::RichText if spot == Spot::Free => {
                html.tag("<span class=\"prose\">").text(text).tag("</span>");
                return;
            }
            _ => {
                html.tag("<span>").text(text).tag("</span>");
                return;
            }
        };
        html.tag(stop(spot)).tag(">").text(&shown).tag("</a>");
    }

    fn write_option(&self, html: &mut Html, option: OptionId, class: &'static str) {
        match self.source.option(option) {
            Some(found) => chip_into(html, &label(&found.label), found.hue, class),
            None => chip_into(html, option.as_str(), None, "chip"),
        };
    }

    fn write_score(&self, html: &mut Html, points: Decimal) {
        let text = format::number(points, None);
        let share =
            self.reachable.filter(|most| !most.is_zero()).and_then(|most| (points / most).to_f64()).unwrap_or(0.0);
        html.tag("<span class=\"bar-cell\">");
        gauge_into(html, share, &text).tag("<span>").text(&text).tag("</span></span>");
    }
}

/// What begins several chips or links.
fn several(spot: Spot) -> &'static str {
    match spot {
        Spot::Free => "<span class=\"chips\">",
        Spot::Cell => "<span class=\"chips chips--one\">",
    }
}

/// What makes a link no stop of the Tab key, in a cell.
fn stop(spot: Spot) -> &'static str {
    match spot {
        Spot::Free => "",
        Spot::Cell => " tabindex=\"-1\"",
    }
}

/// The most points that a score field's model can give.
fn reachable(app: App, entity: &Entity, field: &Field) -> Option<Decimal> {
    app.ask(|state| {
        state.definitions().find_map(|(_, definition)| match definition {
            Definition::Score(model) if model.entity == entity.id && model.field == field.id => {
                Some(score::reachable(model))
            }
            _ => None,
        })
    })
}

fn write_link(html: &mut Html, app: App, link: RecordId, spot: Spot) {
    let Some(entity) = app.ask(|state| state.record(link).map(|record| record.entity)) else {
        html.tag("<span class=\"quiet\">").text(&t("field-missing")).tag("</span>");
        return;
    };
    let name = title(app, link);
    html.tag("<a class=\"person\"")
        .attribute("href", &Route::Record { entity, id: link }.href())
        .tag(stop(spot))
        .tag(">");
    avatar_into(html, &name, picture_class(app, entity)).tag("<span>").text(&name).tag("</span></a>");
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

fn write_time(html: &mut Html, machine: &str, full: &str, short: &str) {
    html.tag("<time").attribute("datetime", machine).attribute("title", full).tag(">").text(short).tag("</time>");
}

fn write_instant(html: &mut Html, at: Instant, app: App) {
    const WEEK: i64 = 7 * 86_400_000;
    let now = app.now();
    let short = if (at.0 - now.0).abs() < WEEK {
        format::relative(at, now)
    } else {
        format::date(at.local(app.zone()).date(), app.today())
    };
    write_time(html, &at.to_string(), &format::instant(at), &short);
}

fn write_stars(html: &mut Html, mark: u8, max: u8) {
    let say = tr("field-stars", [("count", i64::from(mark).into()), ("max", i64::from(max).into())]);
    html.tag("<span class=\"stars\" role=\"img\"").attribute("aria-label", &say).tag(">");
    for star in 1..=max {
        icon_into(html, "star", if star <= mark { "icon icon--14 star star--full" } else { "icon icon--14 star" });
    }
    html.tag("</span>");
}

fn draw_file(app: App, file: &FileRef) -> AnyView {
    let (name, wanted) = (file.name.clone(), file.clone());
    let open = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        let name = wanted.name.clone();
        app.file_url(wanted.clone(), move |url| {
            if let Some(url) = url {
                browser::download_url(&name, &url);
                browser::give_back_later(url);
            }
        });
    };
    let size = format::bytes(file.size as f64);
    if file.media_type.starts_with("image/") {
        let title = format!("{name} ({size})");
        return view! { <button class="thumb" type="button" aria-label=name title=title on:click=open>{cover(app, file)}</button> }
            .into_any();
    }
    view! {
        <button class="button button--link" type="button" title=size on:click=open>
            {icon("paperclip")}
            {name}
        </button>
    }
    .into_any()
}

fn draw_picture(app: App, file: &FileRef) -> AnyView {
    view! { <span class="signature">{picture(app, file, file.name.clone())}</span> }.into_any()
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
