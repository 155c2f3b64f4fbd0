//! The board: a column for each option of a choice field, swim lanes across them, cards that move by pointer, keyboard or menu.

mod card;
mod column;
mod key;
mod lane;
mod menu;
mod place;
mod sight;

use std::rc::Rc;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use wasm_bindgen::JsCast;

use crate::app::{App, Mark, ToastAction};
use crate::command::Command;
use crate::engine::condition::{self, CompiledCondition};
use crate::engine::list::{self, Deal};
use crate::model::condition::Condition;
use crate::model::entity::Entity;
use crate::model::field::FieldKind;
use crate::model::id::{FieldId, OptionId, RecordId};
use crate::model::value::Value;
use crate::model::view::ViewShape;
use crate::ui::browser;
use crate::ui::format;
use crate::ui::part::{Carried, Drag, DragRules};
use crate::ui::shell::use_app;
use crate::ui::text::{diagnostic, label, t, tr};
use crate::ui::view::figure;
use crate::ui::view::lens::Lens;
use crate::ui::view::tint::{self, Tints};
pub use place::lane_title;

use place::Place;

/// What a board is made by.
#[derive(Clone, Debug, PartialEq)]
struct Settings {
    by: FieldId,
    sum: Option<FieldId>,
    lanes: Option<FieldId>,
    cover: Option<FieldId>,
    colour: Option<FieldId>,
    is_compact: bool,
    hidden: Vec<OptionId>,
}

/// The cards as they were dealt, with what it takes to go on from there.
struct Dealt {
    board: Arc<list::Board>,
    /// Where the entity's records stood then.
    mark: Mark,
    run: u32,
}

/// What the parts of the board share.
#[derive(Clone, Copy)]
struct Table {
    app: App,
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    settings: StoredValue<Settings>,
    board: Memo<Arc<list::Board>>,
    /// Where each record stands in the order of the view; only made when a card is carried.
    places: Memo<FxHashMap<RecordId, usize>>,
    /// What colours the cards besides the choice field.
    tints: Memo<Arc<Tints>>,
    drag: Drag,
    beside: Signal<Option<RecordId>>,
    open_beside: Callback<RecordId>,
    create: Callback<Vec<(FieldId, Value)>>,
    /// The card that has the focus, or had it last: the stop of the Tab key in its column.
    current: RwSignal<Option<RecordId>>,
    /// The card whose menu is open.
    menu_of: RwSignal<Option<RecordId>>,
    /// The columns and lanes that are folded, on this device.
    folded: RwSignal<FxHashSet<String>>,
    /// Changes whenever the board as a whole was scrolled.
    scrolled: RwSignal<u32>,
    /// Which cards have been lying still for too long.
    stale: StoredValue<Option<Rc<CompiledCondition>>, LocalStorage>,
    /// What a screen reader is told.
    said: RwSignal<String>,
}

impl Table {
    fn by(self) -> FieldId {
        self.settings.with_value(|settings| settings.by)
    }

    fn lanes(self) -> Option<FieldId> {
        self.settings.with_value(|settings| settings.lanes)
    }

    fn sum(self) -> Option<FieldId> {
        self.settings.with_value(|settings| settings.sum)
    }

    /// Where a card comes to stand among those of a column: they all keep the order of the view.
    fn landing(self, thing: RecordId, column: &[RecordId]) -> usize {
        self.places.with(|places| {
            let own = places.get(&thing);
            column.partition_point(|id| places.get(id) < own)
        })
    }

    fn is_folded(self, what: &str) -> bool {
        self.folded.with(|folded| folded.contains(what))
    }

    /// Folds what is open and opens what is folded, and remembers it.
    fn fold(self, what: &str) {
        self.folded.update(|folded| {
            if !folded.remove(what) {
                folded.insert(what.to_owned());
            }
        });
        let names = self.folded.with_untracked(|folded| folded.iter().cloned().collect::<Vec<String>>());
        if let Ok(text) = serde_json::to_string(&names) {
            browser::remember(&self.memory(), &text);
        }
    }

    fn memory(self) -> String {
        self.lens.view.with_value(|view| format!("board.{}", view.id))
    }
}

/// A board of what the lens finds.
#[component]
pub fn Board(
    /// What is looked at.
    lens: Lens,
    /// Whose records.
    entity: Arc<Entity>,
    /// The shape of the board.
    shape: ViewShape,
    /// The record that is open beside the board.
    beside: Signal<Option<RecordId>>,
    /// Opens a record beside the board.
    open_beside: Callback<RecordId>,
    /// Starts a new record with these values.
    create: Callback<Vec<(FieldId, Value)>>,
) -> impl IntoView {
    let ViewShape::Board { by, sum, lanes, cover, colour, compact: is_compact, hidden, stale, .. } = shape else {
        return ().into_any();
    };
    let app = use_app();
    let settings = StoredValue::new(Settings { by, sum, lanes, cover, colour, is_compact, hidden });
    let kept = StoredValue::new(entity.clone());
    let dealt = Memo::new_with_compare(
        move |former: Option<&Dealt>| {
            app.track_entity(lens.entity);
            let (found, mark) = (lens.found.get(), app.mark(lens.entity));
            settings.with_value(|settings| {
                let deal = Deal { by: settings.by, lanes: settings.lanes, sum: settings.sum, hidden: &settings.hidden };
                kept.with_value(|entity| {
                    let link = settings.lanes.and_then(|lanes| entity.field(lanes)?.link());
                    // Lanes are called, and stand in the order of, what they lead to.
                    link.iter().flat_map(|link| &link.to).for_each(|to| app.track_entity(*to));
                    let touched = former.filter(|former| former.run == found.run);
                    let touched = touched.and_then(|it| Some((it, app.touched_since(lens.entity, it.mark)?)));
                    let board = app.ask(|state| {
                        let followed = touched.and_then(|(former, touched)| {
                            list::follow_board(state, entity, &former.board, &found.rows, &touched, deal)
                        });
                        followed
                            .unwrap_or_else(|| list::board(state, entity, &found.rows, deal, Some(&format::alphabet)))
                    });
                    Dealt { board: Arc::new(board), mark, run: found.run }
                })
            })
        },
        |_, _| true,
    );
    let board = Memo::new(move |_| dealt.with(|dealt| dealt.board.clone()));
    let stale = stale.and_then(|condition| compiled(app, &entity, &condition));
    let menu_of = RwSignal::new(None::<RecordId>);
    let said = RwSignal::new(String::new());
    let zone = if lanes.is_some() { "[data-zone].cell" } else { "[data-zone].column" };
    let rules = DragRules { thing: ".card[data-key]", zone, scroller: ".column__list", copy: "card--drag" };
    let moved = RwSignal::new(None::<Carried>);
    let drag = Drag::new(rules, Callback::new(move |carried| moved.set(Some(carried))));
    let table = Table {
        app,
        lens,
        entity: kept,
        settings,
        board,
        places: Memo::new(move |_| {
            lens.found.with(|found| found.rows.iter().enumerate().map(|(at, id)| (*id, at)).collect())
        }),
        tints: tint::tints(app, lens, kept),
        drag,
        beside,
        open_beside,
        create,
        current: RwSignal::new(None),
        menu_of,
        folded: RwSignal::new(FxHashSet::default()),
        scrolled: RwSignal::new(0),
        stale: StoredValue::new_local(stale),
        said,
    };
    let folded = browser::remembered(&table.memory()).and_then(|text| serde_json::from_str::<Vec<String>>(&text).ok());
    table.folded.set(folded.unwrap_or_default().into_iter().collect());
    // The drag layer is made before the table that its drops go to.
    Effect::new(move |_| {
        if let Some(carried) = moved.get() {
            untrack(|| dropped(table, &carried));
        }
    });
    let named = entity.field(by).map(|field| label(&field.label)).unwrap_or_default();
    let container: NodeRef<html::Div> = drag.container;
    let body = if lanes.is_some() { lane::lanes(table) } else { column::columns(table) };
    view! {
        <div
            class=if lanes.is_some() { "board board--lanes" } else { "board" }
            role="group"
            tabindex="0"
            aria-label=tr("board-name", [("name", label(&entity.plural).into()), ("field", named.into())])
            node_ref=container
            data-dragging=move || drag.carried.with(Option::is_some).then_some("")
            data-compact=is_compact.then_some("")
            on:pointerdown=move |event| drag.down(&event)
            on:pointermove=move |event| drag.moved(&event)
            on:pointerup=move |event| drag.up(&event)
            on:pointercancel=move |_| drag.cancel()
            // A link is something that browsers drag by themselves.
            on:dragstart=|event| event.prevent_default()
            on:contextmenu=move |event| if drag.carried.with_untracked(Option::is_some) { event.prevent_default() }
            on:keydown=move |event| key::pressed(table, &event)
            on:click=move |event| clicked(table, &event)
            on:scroll=move |_| table.scrolled.update(|count| *count = count.wrapping_add(1))
            on:focusin=move |event| {
                if let Some(id) = card_of(event.target()) {
                    table.current.set(Some(id));
                }
            }
        >
            {body}
        </div>
        {foot(table)}
        <p class="sr-only" id="board-keys">{t("board-keys")}</p>
        <p class="sr-only" aria-live="assertive">{said}</p>
        {move || menu_of.get().map(|id| menu::menu(table, id))}
    }
    .into_any()
}

/// A condition that is ready to be asked; none if it cannot be.
fn compiled(app: App, entity: &Entity, wanted: &Condition) -> Option<Rc<CompiledCondition>> {
    app.ask(|state| condition::compile(wanted, state, entity.id)).ok().map(Rc::new)
}

fn dropped(table: Table, carried: &Carried) {
    let (Some(to), Ok(id)) = (&carried.over, carried.thing.parse()) else { return };
    if *to == carried.from {
        return;
    }
    if let Some(to) = Place::parse(to) {
        if carried.by_key {
            table.current.set(Some(id));
        }
        move_card(table, id, to);
        if carried.by_key {
            key::focus_card_soon(id);
        }
    }
}

/// Moves a card and says so; where it may not go, it says why and stays. Column and lane are one command, and so one step back.
fn move_card(table: Table, id: RecordId, to: Place) {
    let app = table.app;
    let title = app.ask(|state| crate::app::title(state, id));
    let column = place::name(table, to);
    let by = table.by();
    let now = app.ask(|state| state.shared_record(id).cloned());
    let Some(now) = now else { return };
    let mut values = Vec::new();
    if now.value(by).options().first().copied() != to.option {
        values.push((by, to.option.map_or(Value::Empty, Value::Choice)));
    }
    if let (Some(lanes), Some(lane)) = (table.lanes(), to.lane)
        && place::lane_of(table, &now) != Some(lane)
    {
        values.push((lanes, lane.value()));
    }
    let command = match values.as_slice() {
        [] => return,
        [(field, _)] if *field == by => Command::MoveCard { record: id, field: by, to: to.option },
        _ => Command::UpdateRecord { record: id, values },
    };
    match app.dispatch(command) {
        Ok(_) => {
            table
                .said
                .set(tr("board-said-moved", [("title", title.as_str().into()), ("column", column.as_str().into())]));
            app.toast("toast-moved", vec![("title", title), ("column", column)], ToastAction::Undo);
        }
        Err(refused) => {
            let reason = refused.diagnostics.first().map(diagnostic).unwrap_or_default();
            table.said.set(reason.clone());
            app.warn("toast-not-moved", vec![("title", title), ("reason", reason)], ToastAction::None);
        }
    }
}

/// The card in which an element stands.
fn card_of(target: Option<web_sys::EventTarget>) -> Option<RecordId> {
    let element = target?.dyn_into::<web_sys::Element>().ok()?;
    element.closest(".card[data-key]").ok()??.get_attribute("data-key")?.parse().ok()
}

fn clicked(table: Table, event: &web_sys::MouseEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    let Some(card) = target.closest(".card[data-key]").ok().flatten() else {
        return;
    };
    let Some(id) = card.get_attribute("data-key").and_then(|key| key.parse().ok()) else {
        return;
    };
    if target.closest(".card__more").ok().flatten().is_some() {
        table.menu_of.set(None);
        table.menu_of.set(Some(id));
        return;
    }
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key()) && event.button() == 0;
    let other_link =
        target.closest("a").ok().flatten().is_some_and(|link| !link.matches(".card__title").unwrap_or(false));
    if is_plain && !other_link && target.closest("button").ok().flatten().is_none() {
        event.prevent_default();
        table.open_beside.run(id);
    }
}

/// The field that is summed up, if it is there.
fn summed(table: Table) -> Option<crate::model::field::Field> {
    table.sum().and_then(|sum| table.entity.with_value(|entity| entity.field(sum).cloned()))
}

fn foot(table: Table) -> AnyView {
    let field = summed(table);
    let counted = move || {
        let all = table.lens.found.with(|found| found.all);
        let shown: usize = table.board.with(|board| board.columns.iter().map(|column| column.ids.len()).sum());
        if shown == all {
            tr("list-count", [("count", all.into())])
        } else {
            tr("list-count-of", [("count", shown.to_string().into()), ("all", all.to_string().into())])
        }
    };
    let sums = move || {
        let field = field.clone()?;
        let (total, weighted) = table.board.with(|board| {
            let (mut sums, mut weighted) = (Vec::new(), Vec::new());
            for column in &board.columns {
                list::join(&mut sums, &column.sums);
                list::join(&mut weighted, &column.weighted);
            }
            (figure::sums(&field, &sums), figure::sums(&field, &weighted))
        });
        Some(view! {
            <span>{t("list-sum")}" "<b>{total}</b></span>
            {(!weighted.is_empty()).then(|| view! { <span>{t("board-weighted")}" "<b>{weighted}</b></span> })}
        })
    };
    view! { <p class="board__total"><span>{counted}</span>{sums}</p> }.into_any()
}

/// The hue that a record's colour field gives it.
fn hue_of(entity: &Entity, colour: FieldId, value: &Value) -> Option<u8> {
    let field = entity.field(colour).filter(|field| matches!(field.kind, FieldKind::Choice { .. }))?;
    field.option(value.options().first().copied()?)?.hue
}
