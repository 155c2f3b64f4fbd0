//! Draws a row of the table: what it shows is read from the part, what is typed is written there, and each kept change is one step.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::row::{List, Of, Place, Row, Size, Slot, Words, kiosk};
use super::{Bench, file};
use crate::engine::design::{Piece, is_askable};
use crate::engine::form;
use crate::model::condition::Condition;
use crate::model::diagnostic::Diagnostic;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, Label, Language};
use crate::model::form::FixedValue;
use crate::ui::browser;
use crate::ui::field::{FieldDraft, FieldInput, FormulaInput, bare_formula};
use crate::ui::part::{Control, Shape, control, field_error, icon, icon_button};
use crate::ui::text::{label, language, t, tr};
use crate::ui::view::condition::{ConditionAsked, condition_part};
use crate::ui::view::workbench::focus_soon;

/// How long a pause is: what was typed until then is one change.
const PAUSE: Duration = Duration::from_millis(700);

/// The part whose rows are drawn.
#[derive(Clone, Copy)]
pub struct Sight {
    pub bench: Bench,
    /// Its id; none for the form itself.
    pub part: StoredValue<Option<String>>,
    /// As it is now.
    pub piece: Memo<Option<Piece>>,
    /// The entity that conditions and formulas ask.
    pub entity: StoredValue<Arc<Entity>>,
}

impl Sight {
    pub(super) fn write(self, control: &str, change: &dyn Fn(&mut Piece)) -> bool {
        let part = self.part.get_value();
        self.bench.change_piece(part.as_deref(), control, change)
    }

    /// Writes what a row shows.
    fn put<T: Clone>(self, control: &str, place: Place<T>, at: usize, next: &T) -> bool {
        self.write(control, &|piece| {
            if let Some(held) = place(piece, at) {
                held.clone_from(next);
            }
        })
    }

    fn look<T>(self, look: impl FnOnce(&mut Piece) -> Option<T>) -> Option<T> {
        look(&mut self.piece.get()?)
    }

    pub(super) fn held<T: Clone>(self, place: Place<T>, at: usize) -> Option<T> {
        self.look(|piece| place(piece, at).map(|held| held.clone()))
    }

    /// The fields that a row may be about.
    fn fields(self, of: Of) -> Vec<Field> {
        let lines = || {
            let Some(Some(Piece::Item(_, Some(field)))) = untrack(|| self.piece.try_get()) else { return None };
            if let FieldKind::Lines { entity, via } = field.kind {
                return Some((untrack(|| self.bench.app.entity(entity))?, Some(via)));
            }
            None
        };
        let found = match of {
            Of::Own => untrack(|| self.bench.entity.get()).map(|entity| (entity, None)),
            Of::Lines => lines(),
        };
        let Some((entity, via)) = found else { return Vec::new() };
        let is_meant = |field: &&Field| match of {
            Of::Own => !field.retired && field.is_stored() && !field.is_computed(),
            Of::Lines => field.is_stored() && is_askable(field) && Some(field.id) != via,
        };
        entity.fields.iter().filter(is_meant).cloned().collect()
    }
}

/// Whether a row leads anywhere in a part.
pub fn fits(piece: &Piece, row: &Row, at: usize) -> bool {
    let mut piece = piece.clone();
    match &row.slot {
        Slot::Name(place, _) => place(&mut piece, at).is_some(),
        Slot::Text(place, _) => place(&mut piece, at).is_some(),
        Slot::When(place, _) => place(&mut piece, at).is_some(),
        Slot::Meets(place) => place(&mut piece, at).is_some(),
        Slot::Formula(place) => place(&mut piece, at).is_some(),
        Slot::Tick(place) => place(&mut piece, at).is_some(),
        Slot::Word(_, read, _) => read(&piece, at).is_some(),
        Slot::Secret => kiosk(&mut piece).is_some(),
        Slot::Options(place) => place(&mut piece, at).is_some(),
        Slot::Fields(place, _) => place(&mut piece, at).is_some(),
        Slot::File(place, _) => place(&mut piece, at).is_some(),
        Slot::Image => file::is_image(&piece),
        Slot::Value(place) => place(&mut piece, at).is_some(),
        Slot::List(list) => (list.count)(&piece).is_some(),
    }
}

/// Whether something is set there that is not so by itself.
pub fn is_set(piece: &Piece, row: &Row) -> bool {
    let mut piece = piece.clone();
    match &row.slot {
        Slot::Text(place, _) => place(&mut piece, 0).is_some_and(|held| held.is_some()),
        Slot::When(place, _) => place(&mut piece, 0).is_some_and(|held| held.is_some()),
        Slot::Formula(place) => place(&mut piece, 0).is_some_and(|held| held.is_some()),
        Slot::File(place, _) => place(&mut piece, 0).is_some_and(|held| held.is_some()),
        Slot::Fields(place, _) => place(&mut piece, 0).is_some_and(|held| !held.is_empty()),
        Slot::List(list) => (list.count)(&piece).is_some_and(|count| count > 0),
        Slot::Word(_, read, _) => read(&piece, 0).is_some_and(|held| !held.is_empty()),
        Slot::Tick(place) => place(&mut piece, 0).is_some_and(|held| *held),
        Slot::Name(..) | Slot::Meets(_) | Slot::Secret | Slot::Options(_) | Slot::Value(_) | Slot::Image => false,
    }
}

/// Draws a row for as long as it leads anywhere.
pub fn row(sight: Sight, row: &'static Row, at: usize, within: Option<usize>) -> AnyView {
    let is_there = Memo::new(move |_| sight.piece.with(|piece| piece.as_ref().is_some_and(|it| fits(it, row, at))));
    (move || is_there.get().then(|| drawn(sight, row, at, within))).into_any()
}

/// The id of the control of a row.
pub fn id_of(row: &Row, within: Option<usize>) -> String {
    match within {
        Some(at) => format!("form-set-{}-{at}", row.id),
        None => format!("form-set-{}", row.id),
    }
}

fn drawn(sight: Sight, row: &'static Row, at: usize, within: Option<usize>) -> AnyView {
    let id = id_of(row, within);
    let name = t(&format!("form-set-{}", row.id));
    match &row.slot {
        Slot::Name(place, size) => {
            let place = *place;
            let read = Callback::new(move |()| sight.held(place, at).unwrap_or_default());
            let write = Callback::new(move |(control, next): (String, Label)| sight.put(&control, place, at, &next));
            both(sight, &id, &name, *size, read, write)
        }
        Slot::Text(place, size) => {
            let place = *place;
            let read = Callback::new(move |()| sight.held(place, at).flatten().unwrap_or_default());
            let write = Callback::new(move |(control, next): (String, Label)| {
                sight.put(&control, place, at, &(next != Label::default()).then_some(next))
            });
            both(sight, &id, &name, *size, read, write)
        }
        Slot::When(place, none) => {
            let (place, own) = (*place, id.clone());
            let now = Memo::new(move |_| sight.held(place, at).flatten().unwrap_or_default());
            let changed = Callback::new(move |next: Condition| {
                sight.put(&own, place, at, &(!next.is_always()).then_some(next));
            });
            let asked = ConditionAsked { entity: sight.entity, now: now.into(), changed, is_counted: true };
            condition_part(id, name, t(none), asked)
        }
        Slot::Meets(place) => {
            let (place, own) = (*place, id.clone());
            let now = Memo::new(move |_| sight.held(place, at).unwrap_or_default());
            let changed = Callback::new(move |next: Condition| {
                sight.put(&own, place, at, &next);
            });
            let asked = ConditionAsked { entity: sight.entity, now: now.into(), changed, is_counted: true };
            condition_part(id, name, t("form-always"), asked)
        }
        Slot::Formula(place) => formula(sight, id, name, *place, at),
        Slot::Tick(place) => {
            let place = *place;
            let read = Callback::new(move |()| tick(sight.held(place, at).unwrap_or_default()));
            let own = id.clone();
            let write = Callback::new(move |typed: String| sight.put(&own, place, at, &(typed == "true")));
            let wrong = sight.bench.work.wrong_at(id.clone());
            control(Control { id, name, hint: None, shape: Shape::Tick, read, write, wrong })
        }
        Slot::Word(words, read, write) => {
            let (read, write) = (*read, *write);
            let shape = match words {
                Words::Line => Shape::Line,
                Words::Number => Shape::Number,
                Words::Tick => Shape::Tick,
                Words::Of(known) => {
                    Shape::Select(known.iter().map(|(word, key)| ((*word).to_owned(), t(key))).collect())
                }
                Words::Field(of) => {
                    let none = within.is_none().then(|| (String::new(), t("form-no-field")));
                    let fields = sight.fields(*of).into_iter();
                    let named = fields.map(|field| (field.id.to_string(), label(&field.label)));
                    Shape::Select(none.into_iter().chain(named).collect())
                }
            };
            let own = id.clone();
            let shown = Callback::new(move |()| sight.look(|piece| read(piece, at)).unwrap_or_default());
            let typed = Callback::new(move |typed: String| sight.write(&own, &|piece| write(piece, at, &typed)));
            let wrong = sight.bench.work.wrong_at(id.clone());
            control(Control { id, name, hint: None, shape, read: shown, write: typed, wrong })
        }
        Slot::Secret => secret(sight, id, name),
        Slot::Options(place) => {
            let options = match untrack(|| sight.piece.get()) {
                Some(Piece::Item(_, Some(field))) => {
                    let known = field.options().iter().filter(|option| !option.retired);
                    known.map(|option| (option.id, label(&option.label))).collect()
                }
                _ => Vec::new(),
            };
            ticks(sight, id, name, options, *place, at)
        }
        Slot::Fields(place, of) => {
            let fields = sight.fields(*of).into_iter().map(|field| (field.id, label(&field.label)));
            ticks(sight, id, name, fields.collect(), *place, at)
        }
        Slot::File(place, accept) => file::file(sight, id, name, *place, accept),
        Slot::Image => file::image(sight, id, name),
        Slot::Value(place) => value(sight, id, name, *place, at),
        Slot::List(list) => entries(sight, id, name, list),
    }
}

fn tick(is_on: bool) -> String {
    if is_on { "true".to_owned() } else { String::new() }
}

/// A text in both languages, the reader's own first.
fn both(
    sight: Sight,
    id: &str,
    name: &str,
    size: Size,
    read: Callback<(), Label>,
    write: Callback<(String, Label), bool>,
) -> AnyView {
    let one = |is_zh: bool| {
        let own = format!("{id}-{}", if is_zh { "zh" } else { "en" });
        let named = tr(if is_zh { "form-in-chinese" } else { "form-in-english" }, [("name", name.to_owned().into())]);
        let shown = Callback::new(move |()| {
            let held = read.run(());
            if is_zh { held.zh } else { held.en }
        });
        let control_id = own.clone();
        let typed = Callback::new(move |typed: String| {
            let mut held = untrack(|| read.run(()));
            *(if is_zh { &mut held.zh } else { &mut held.en }) = typed.trim().to_owned();
            write.run((control_id.clone(), held))
        });
        let wrong = sight.bench.work.wrong_at(own.clone());
        let shape = if size == Size::Lines { Shape::Lines } else { Shape::Line };
        control(Control { id: own, name: named, hint: None, shape, read: shown, write: typed, wrong })
    };
    let is_chinese = language() == Language::Zh;
    view! { <div class="form-design__both" id=id.to_owned() tabindex="-1">{one(is_chinese)}{one(!is_chinese)}</div> }
        .into_any()
}

fn formula(sight: Sight, id: String, name: String, place: Place<Option<String>>, at: usize) -> AnyView {
    let now = Memo::new(move |_| sight.held(place, at).flatten().unwrap_or_default());
    let text = RwSignal::new(now.get_untracked());
    let told = StoredValue::new(now.get_untracked());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let own = StoredValue::new(id.clone());
    let keep = move || {
        if let Some(timer) = waiting.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let Some(typed) = text.try_get_untracked() else { return };
        let typed = bare_formula(&typed).trim().to_owned();
        if told.with_value(|told| *told == typed) {
            return;
        }
        told.set_value(typed.clone());
        let next = (!typed.is_empty()).then_some(typed);
        sight.put(&own.get_value(), place, at, &next);
    };
    Effect::new(move |_| {
        let given = now.get();
        if told.with_value(|told| *told != given) {
            told.set_value(given.clone());
            text.set(given);
        }
    });
    let judged = Callback::new(move |wrong: Option<Diagnostic>| {
        if let Some(timer) = waiting.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        // Half a formula waits until one leaves it.
        if wrong.is_none() {
            waiting.set_value(set_timeout_with_handle(keep, PAUSE).ok());
        }
    });
    on_cleanup(move || {
        if let Some(timer) = waiting.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    });
    let entity = Signal::derive(move || sight.entity.get_value());
    let hint = t(&format!("{id}-say"));
    view! {
        <div class="field" on:focusout=move |_| keep()>
            <label class="field__label" for=id.clone()>{name}</label>
            <FormulaInput entity=entity text=text id=id judged=judged/>
            <p class="field__hint">{hint}</p>
        </div>
    }
    .into_any()
}

/// The code that opens the kiosk: it is kept sealed and never shown.
fn secret(sight: Sight, id: String, name: String) -> AnyView {
    let is_sealed = move || sight.look(|piece| kiosk(piece).map(|it| !it.sealed_code.is_empty())).unwrap_or(false);
    let own = id.clone();
    let write = Callback::new(move |typed: String| {
        let code = typed.trim().to_owned();
        let salt = format!("{:032x}", sight.bench.app.context().ids.draw());
        sight.write(&own, &|piece| {
            if let Some(kiosk) = kiosk(piece) {
                (kiosk.salt, kiosk.sealed_code) = if code.is_empty() {
                    (String::new(), String::new())
                } else {
                    (salt.clone(), form::seal(&code, &salt))
                };
            }
        })
    });
    let wrong = sight.bench.work.wrong_at(id.clone());
    let read = Callback::new(|()| String::new());
    let drawn = control(Control { id, name, hint: None, shape: Shape::Line, read, write, wrong });
    let say = move || t(if is_sealed() { "form-code-set" } else { "form-code-none" });
    view! { {drawn}<p class="field__hint">{say}</p> }.into_any()
}

/// Several of those that there are.
fn ticks<T: Copy + PartialEq + Send + Sync + 'static>(
    sight: Sight,
    id: String,
    name: String,
    all: Vec<(T, String)>,
    place: Place<Vec<T>>,
    at: usize,
) -> AnyView {
    let held = Memo::new(move |_| sight.held(place, at).unwrap_or_default());
    let own = StoredValue::new(id.clone());
    let rows: Vec<AnyView> = all
        .into_iter()
        .map(|(one, name)| {
            let toggle = move |_| {
                let mut next = held.get_untracked();
                match next.iter().position(|known| *known == one) {
                    Some(at) => drop(next.remove(at)),
                    None => next.push(one),
                }
                sight.put(&own.get_value(), place, at, &next);
            };
            view! {
                <label class="check">
                    <input class="check__box" type="checkbox" prop:checked=move || held.with(|held| held.contains(&one)) on:change=toggle/>
                    <span>{name}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="field" id=id tabindex="-1">
            <legend class="field__label">{name}</legend>
            <div class="design__ticks form-design__ticks">{rows}</div>
        </fieldset>
    }
    .into_any()
}

/// A value of whatever field the entry is about.
fn value(sight: Sight, id: String, name: String, place: Place<FixedValue>, at: usize) -> AnyView {
    let field = Memo::new(move |_| sight.held(place, at).map(|fixed| fixed.field));
    (move || {
        let entity = untrack(|| sight.bench.entity.get())?;
        let known = Field { required: false, unique: false, ..entity.field(field.get()?)?.clone() };
        let given = untrack(|| sight.held(place, at)).map(|fixed| fixed.value).unwrap_or_default();
        let draft = FieldDraft::new(sight.bench.app, &entity, &known, None, &given);
        let own = StoredValue::new(id.clone());
        let keep = move || {
            let Ok(next) = draft.read() else { return };
            sight.write(&own.get_value(), &|piece| {
                if let Some(held) = place(piece, at) {
                    held.value = next.clone();
                }
            });
        };
        Some(view! {
            <div class="field" on:focusout=move |_| keep()>
                <label class="field__label" for=id.clone()>{name.clone()}</label>
                <FieldInput draft=draft id=id.clone() settled=Callback::new(move |()| keep())/>
            </div>
        })
    })
    .into_any()
}

fn entries(sight: Sight, id: String, name: String, list: &'static List) -> AnyView {
    let count = Memo::new(move |_| sight.look(|piece| (list.count)(piece)).unwrap_or(0));
    let own = StoredValue::new(id.clone());
    let first = sight.fields(list.of).first().map(|field| field.id);
    let add = move |_| {
        let Some(first) = first else { return };
        sight.write(&own.get_value(), &|piece| (list.add)(piece, first));
        let (list, at) = (own.get_value(), count.get_untracked().saturating_sub(1));
        focus_soon(format!("[id=\"{list}\"] [data-entry=\"{at}\"] :is(input, select, button)"));
    };
    let remove = move |at: usize| {
        sight.write(&own.get_value(), &|piece| (list.remove)(piece, at));
        browser::focus_first(&format!("[id=\"{}\"] .form-design__more", own.get_value()));
    };
    let said = name.clone();
    let entry = move |at: usize| {
        let rows: Vec<AnyView> = list.rows.iter().map(|known| row(sight, known, at, Some(at))).collect();
        let named = tr("form-entry", [("name", said.clone().into()), ("number", (at + 1).into())]);
        let away = tr("form-entry-remove", [("name", said.clone().into()), ("number", (at + 1).into())]);
        view! {
            <div class="form-design__entry" data-entry=at role="group" aria-label=named>
                <div class="form-design__inside">{rows}</div>
                {icon_button(away, "x", move || remove(at))}
            </div>
        }
        .into_any()
    };
    let error = field_error(&id, sight.bench.work.wrong_at(id.clone()));
    let add_name = t(&format!("{id}-add"));
    view! {
        <fieldset class="field form-design__list" id=id tabindex="-1">
            <legend class="field__label">{name}</legend>
            <div class="form-design__entries"><For each=move || 0..count.get() key=|at| *at let:at>{entry(at)}</For></div>
            {error}
            <button class="button button--quiet button--small form-design__more" type="button" disabled=first.is_none() on:click=add>
                {icon("plus")}
                {add_name}
            </button>
        </fieldset>
    }
    .into_any()
}
