//! The inspector: everything that can be set of the field that is looked at, or of the entity itself.

use leptos::prelude::*;

use super::control::{Control, Shape, control};
use super::{Bench, add, check, focus_name_soon, leave, option, setting, subject, usage};
use crate::engine::design::{KINDS, kind_name, starting};
use crate::model::field::{Field, FieldKind, Label};
use crate::model::id::FieldId;
use crate::ui::part::icon_styled;
use crate::ui::text::{label, t};
use crate::ui::view::workbench::fold;

/// A line of text of a field.
struct Line {
    id: &'static str,
    name: &'static str,
    read: fn(&Field) -> String,
    write: fn(&mut Field, &str),
}

/// A tick of a field, and for which fields it means anything.
struct Tick {
    id: &'static str,
    name: &'static str,
    read: fn(&Field) -> bool,
    write: fn(&mut Field, bool),
    fits: fn(&Field) -> bool,
}

const HELP: [Line; 2] = [
    Line {
        id: "design-help-zh",
        name: "design-help-zh",
        read: |field| field.hint.clone().unwrap_or_default().zh,
        write: |field, text| help(field, &|label| label.zh = text.to_owned()),
    },
    Line {
        id: "design-help-en",
        name: "design-help-en",
        read: |field| field.hint.clone().unwrap_or_default().en,
        write: |field, text| help(field, &|label| label.en = text.to_owned()),
    },
];

const TICKS: [Tick; 3] = [
    Tick {
        id: "design-required",
        name: "design-required",
        read: |field| field.required,
        write: |field, is_on| field.required = is_on,
        fits: |field| field.is_stored() && !field.is_computed(),
    },
    Tick {
        id: "design-unique",
        name: "design-unique",
        read: |field| field.unique,
        write: |field, is_on| field.unique = is_on,
        fits: may_be_unique,
    },
    Tick {
        id: "design-read-only",
        name: "design-read-only",
        read: |field| field.read_only,
        write: |field, is_on| field.read_only = is_on,
        fits: |field| field.is_stored() && !field.is_computed(),
    },
];

/// What is drawn: it stays while a new field gets a better id, so that whoever types its name keeps the focus.
#[derive(Clone, Copy, PartialEq)]
enum Subject {
    Entity,
    Fresh(u32, &'static str),
    Field(FieldId, &'static str),
}

/// The inspector.
pub fn inspector(bench: Bench) -> AnyView {
    let subject = Memo::new(move |_| match bench.field() {
        None => Subject::Entity,
        Some(field) => {
            let fresh = bench.fresh.get().filter(|(now, _)| *now == field.id);
            let kind = kind_name(&field.kind);
            fresh.map_or(Subject::Field(field.id, kind), |(_, number)| Subject::Fresh(number, kind))
        }
    });
    let name = Signal::derive(move || match bench.field() {
        Some(field) => label(&field.label),
        None => bench.entity().map(|entity| label(&entity.label)).unwrap_or_default(),
    });
    let picture = move || match bench.field() {
        Some(field) => icon_styled(add::picture(&field.kind), "icon"),
        None => bench.entity().map(|entity| icon_styled(&entity.icon, "icon")).into_any(),
    };
    let inside = move || match subject.get() {
        Subject::Entity => subject::subject(bench),
        Subject::Fresh(..) | Subject::Field(..) => field(bench),
    };
    bench.work.inspector(picture.into_any(), name, inside.into_any())
}

fn field(bench: Bench) -> AnyView {
    let Some(now) = untrack(|| bench.field()) else { return ().into_any() };
    let is_fresh = bench.fresh.get_untracked().is_some_and(|(id, _)| id == now.id);
    if is_fresh && bench.is_naming.get_untracked() {
        bench.is_naming.set(false);
        focus_name_soon();
    }
    let names = [("design-name", "design-name-zh", true), ("design-name-other", "design-name-en", false)];
    // The name in the reader's own language comes first.
    let is_chinese = crate::ui::text::language() == crate::model::field::Language::Zh;
    let mut lines: Vec<AnyView> = Vec::new();
    for (id, ..) in names {
        let is_zh = (id == "design-name") == is_chinese;
        let name = if is_zh { "design-name-zh" } else { "design-name-en" };
        let read = Callback::new(move |()| {
            let field = bench.field().map(|field| field.label).unwrap_or_default();
            if is_zh { field.zh } else { field.en }
        });
        let write = Callback::new(move |typed: String| {
            let typed = typed.trim().to_owned();
            add::rename(bench, id, &|label: &mut Label| {
                *(if is_zh { &mut label.zh } else { &mut label.en }) = typed.clone();
            })
        });
        lines.push(control(bench, Control { id, name, hint: None, shape: Shape::Line, read, write }));
    }
    let ticks: Vec<AnyView> = TICKS
        .iter()
        .filter(|tick| (tick.fits)(&now))
        .map(|tick| {
            let read = Callback::new(move |()| {
                if bench.field().is_some_and(|field| (tick.read)(&field)) { "true".to_owned() } else { String::new() }
            });
            let write = Callback::new(move |typed: String| {
                bench.change_field(tick.id, &|field| (tick.write)(field, typed == "true"))
            });
            let (id, name) = (tick.id, tick.name);
            control(bench, Control { id, name, hint: None, shape: Shape::Tick, read, write })
        })
        .collect();
    let help: Vec<AnyView> = HELP.iter().map(|line| text_line(bench, line)).collect();
    let has_options = matches!(now.kind, FieldKind::Choice { .. } | FieldKind::Choices { .. });
    let has_default = now.is_stored()
        && !now.is_computed()
        && !matches!(
            now.kind,
            FieldKind::AutoNumber { .. }
                | FieldKind::Files
                | FieldKind::Signature
                | FieldKind::Address
                | FieldKind::Location
        );
    view! {
        <div class="design__body">
            <div class="design__inside">
                {lines}
                {kind(bench)}
                {setting::settings(bench)}
                {has_options.then(|| option::options(bench))}
                <div class="design__ticks">{ticks}</div>
                {has_default.then(|| setting::default(bench))}
            </div>
            {may_be_checked(&now).then(|| fold("form-set-checks", !now.checks.is_empty(), check::checks(bench)))}
            {fold("design-help", now.hint.is_some(), help.into_any())}
            {usage::part(bench)}
            {key_line(bench)}
            {leave::buttons(bench)}
        </div>
    }
    .into_any()
}

/// What it holds. Another kind is looked at first where there are values.
fn kind(bench: Bench) -> AnyView {
    let read =
        Callback::new(move |()| bench.field().map(|field| kind_name(&field.kind).to_owned()).unwrap_or_default());
    let write = Callback::new(move |name: String| {
        let (Some(entity), Some(now)) = (bench.entity.get_untracked(), untrack(|| bench.field())) else { return false };
        let Some(kind) = bench.app.ask(|state| starting(&name, state, &entity)) else { return false };
        let kind = carried(&now.kind, kind);
        bench.change_field("design-kind", &|field| {
            field.kind = kind.clone();
            // A default and what only some kinds can be do not go along.
            field.default = None;
            field.unique = field.unique && may_be_unique(field);
            field.required = field.required && !field.is_computed();
        })
    });
    let current = untrack(|| bench.field()).map(|field| kind_name(&field.kind)).unwrap_or_default();
    let mut options: Vec<(String, String)> = KINDS
        .iter()
        .filter(|(_, name, _)| *name != "lines")
        .map(|(_, name, _)| ((*name).to_owned(), t(&format!("kind-{name}"))))
        .collect();
    if !options.iter().any(|(name, _)| name == current) {
        options.insert(0, (current.to_owned(), t(&format!("kind-{current}"))));
    }
    let shape = Shape::Select(options);
    control(bench, Control { id: "design-kind", name: "design-kind", hint: None, shape, read, write })
}

/// What of the former kind still means something: options, bounds, what a link points at.
fn carried(from: &FieldKind, into: FieldKind) -> FieldKind {
    match (from, into) {
        (FieldKind::Choice { options } | FieldKind::Choices { options, .. }, FieldKind::Choice { .. }) => {
            FieldKind::Choice { options: options.clone() }
        }
        (FieldKind::Choice { options } | FieldKind::Choices { options, .. }, FieldKind::Choices { .. }) => {
            FieldKind::Choices { options: options.clone(), open: false }
        }
        (FieldKind::Link(target) | FieldKind::Links(target), FieldKind::Link(_)) => FieldKind::Link(target.clone()),
        (FieldKind::Link(target) | FieldKind::Links(target), FieldKind::Links(_)) => FieldKind::Links(target.clone()),
        (_, into) => into,
    }
}

fn text_line(bench: Bench, line: &'static Line) -> AnyView {
    let read = Callback::new(move |()| bench.field().map(|field| (line.read)(&field)).unwrap_or_default());
    let write =
        Callback::new(move |typed: String| bench.change_field(line.id, &|field| (line.write)(field, typed.trim())));
    control(bench, Control { id: line.id, name: line.name, hint: None, shape: Shape::Line, read, write })
}

fn key_line(bench: Bench) -> AnyView {
    let id = move || bench.chosen.get().map(|id| id.to_string()).unwrap_or_default();
    view! { <p class="design__key">{t("design-key")}" "<code>{id}</code></p> }.into_any()
}

fn help(field: &mut Field, change: &dyn Fn(&mut Label)) {
    let mut hint = field.hint.take().unwrap_or_default();
    change(&mut hint);
    field.hint = Some(hint).filter(|hint| *hint != Label::default());
}

/// Whether people write it, so that what they write can be checked.
fn may_be_checked(field: &Field) -> bool {
    field.is_stored() && !field.is_computed() && !matches!(field.kind, FieldKind::AutoNumber { .. })
}

fn may_be_unique(field: &Field) -> bool {
    matches!(
        field.kind,
        FieldKind::Text { .. }
            | FieldKind::Number(_)
            | FieldKind::Phone
            | FieldKind::Email
            | FieldKind::Url
            | FieldKind::Date
            | FieldKind::Hidden
    )
}
