//! What a person looks at: which records of an entity, in which order and in which columns. It belongs to the page and to
//! this device until it is saved as a view.

mod fold;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::app::{App, Mark};
use crate::engine::list::{self, Grouped, Lines, Wish};
use crate::model::condition::{Comparison, Condition, Operand};
use crate::model::diagnostic::Diagnostic;
use crate::model::entity::Entity;
use crate::model::field::Label;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::json;
use crate::model::time::Date;
use crate::model::value::Value;
use crate::model::view::{ColourRule, Grouping, Sort, SortOrder, Total, View, ViewShape};
use crate::ui::route::Linked;
use crate::ui::{browser, format, text};

pub use fold::Folds;

/// The id of the list that every entity has without anybody having defined it.
pub const ALL: &str = "all";

/// A list this short is asked for anew after each change; a longer one only has the changed records put in place.
const SHORT: usize = 2_000;

/// What a person looks at.
#[derive(Clone, Copy)]
pub struct Lens {
    /// Whose records.
    pub entity: EntityId,
    /// The view as it is saved.
    pub view: StoredValue<View>,
    /// Those alone that point at a record, if one came from it.
    pub linked: Option<Linked>,
    /// Words that are looked for.
    pub search: RwSignal<String>,
    /// Conditions that all have to hold; those that are not whole yet are passed over.
    pub filters: RwSignal<Vec<Condition>>,
    /// The order.
    pub sort: RwSignal<Vec<Sort>>,
    /// What the records are gathered by.
    pub group: RwSignal<Vec<Grouping>>,
    /// Which groups of a list are folded.
    pub folds: RwSignal<Folds>,
    /// What colours the records.
    pub colours: RwSignal<Vec<ColourRule>>,
    /// The fields that are columns of a list or lines of a card.
    pub columns: RwSignal<Vec<FieldId>>,
    /// The columns that the entity has where a view names none.
    usual: StoredValue<Vec<FieldId>>,
    /// What the view looks like, the fields aside: what a board stands by, which days a calendar goes by.
    pub shape: RwSignal<ViewShape>,
    /// Widths of columns that somebody has changed, in pixels.
    pub widths: RwSignal<FxHashMap<FieldId, u32>>,
    /// How many columns at the start stand still.
    pub frozen: RwSignal<usize>,
    /// What stands below columns where it is not the usual.
    pub totals: RwSignal<BTreeMap<FieldId, Total>>,
    /// The field that somebody wants to filter by.
    pub asked_filter: RwSignal<Option<FieldId>>,
    /// The records that are ticked.
    pub selected: RwSignal<FxHashSet<RecordId>>,
    /// Whether a tap ticks a record instead of opening it.
    pub is_selecting: RwSignal<bool>,
    /// What is found.
    pub found: Memo<Arc<Found>>,
    /// The lines of the list: what is found, without what is folded away.
    pub lines: Memo<Arc<Lines>>,
}

/// What a lens shows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Found {
    /// The records in their groups and order; `rows` are all of them.
    pub grouped: Grouped,
    /// How many records the entity has.
    pub all: usize,
    /// Changes when others may be found than before, and not merely those that were touched.
    pub run: u32,
    /// What is wrong with the conditions; then nothing is shown.
    pub wrong: Vec<Diagnostic>,
}

impl Deref for Found {
    type Target = Grouped;

    fn deref(&self) -> &Grouped {
        &self.grouped
    }
}

/// What is remembered on this device about a view.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Remembered {
    filters: Option<Vec<Condition>>,
    sort: Option<Vec<Sort>>,
    group: Option<Vec<Grouping>>,
    folds: Folds,
    colours: Option<Vec<ColourRule>>,
    columns: Option<Vec<FieldId>>,
    shape: Option<ViewShape>,
    widths: Option<Vec<(FieldId, u32)>>,
    frozen: Option<usize>,
    totals: Option<BTreeMap<FieldId, Total>>,
}

impl Lens {
    /// A lens through a view, as this device last left it. Who comes from a record wants all that points at it: then the
    /// filters are those of the view alone.
    pub fn new(app: App, entity: &Entity, view: View, linked: Option<Linked>) -> Lens {
        let mut kept = remembered(&view);
        kept.filters = kept.filters.filter(|_| linked.is_none());
        let search = RwSignal::new(String::new());
        let filters = RwSignal::new(kept.filters.unwrap_or_else(|| view.filter.parts().to_vec()));
        let sort = RwSignal::new(kept.sort.unwrap_or_else(|| view.sort.clone()));
        let own = list::columns(entity, &view.shape);
        // What was kept may be of another shape than the view has by now, or speak of fields that are gone.
        let is_same = |shape: &ViewShape| {
            std::mem::discriminant(shape) == std::mem::discriminant(&view.shape)
                && shape.named().all(|field| entity.field(field).is_some())
        };
        let shape = kept.shape.take().filter(is_same).unwrap_or_else(|| view.shape.clone());
        let known = |id: &FieldId| entity.field(*id).is_some();
        let columns = kept.columns.map(|kept| kept.into_iter().filter(known).collect());
        let group = RwSignal::new(kept.group.unwrap_or_else(|| view.group.clone()));
        let folds = RwSignal::new(kept.folds);
        let (own_widths, own_frozen, own_totals) = list_of(&view);
        let is_list = matches!(view.shape, ViewShape::List { .. });
        let id = entity.id;
        let found = Memo::new_with_compare(
            move |former: Option<&Looked>| {
                let group = if is_list { group.get() } else { Vec::new() };
                let asked =
                    Asked { linked, search: search.get(), filters: whole(&filters.get()), sort: sort.get(), group };
                look(app, id, asked, former)
            },
            |one, other| one.map(|looked| &looked.found) != other.map(|looked| &looked.found),
        );
        let found = Memo::new(move |_| found.with(|looked| looked.found.clone()));
        let lines = Memo::new(move |_| {
            let folds = folds.get();
            found.with(|found| Arc::new(Lines::new(&found.grouped, |group| folds.is_folded(group.id))))
        });
        // On this device some widths may be others than those of the view.
        let mut widths = own_widths;
        widths.extend(kept.widths.unwrap_or_default());
        Lens {
            entity: id,
            usual: StoredValue::new(own.clone()),
            colours: RwSignal::new(kept.colours.unwrap_or_else(|| view.colours.clone())),
            view: StoredValue::new(view),
            linked,
            search,
            filters,
            sort,
            columns: RwSignal::new(columns.unwrap_or(own)),
            shape: RwSignal::new(shape),
            group,
            folds,
            widths: RwSignal::new(widths),
            frozen: RwSignal::new(kept.frozen.unwrap_or(own_frozen)),
            totals: RwSignal::new(kept.totals.unwrap_or(own_totals)),
            asked_filter: RwSignal::new(None),
            selected: RwSignal::new(FxHashSet::default()),
            is_selecting: RwSignal::new(false),
            found,
            lines,
        }
    }

    /// Whether what is looked at differs from what is saved. Widths do not count: they go along when the rest is saved.
    pub fn is_changed(&self) -> bool {
        let (filters, sort, columns) = (self.filters.get(), self.sort.get(), self.columns.get());
        let shape = self.shape.get();
        let (group, colours, frozen, totals) =
            (self.group.get(), self.colours.get(), self.frozen.get(), self.totals.get());
        self.view.with_value(|view| {
            let own = view.shape.fields();
            let (_, own_frozen, own_totals) = list_of(view);
            whole(&filters) != whole(view.filter.parts())
                || sort != view.sort
                || group != view.group
                || colours != view.colours
                || (frozen, totals) != (own_frozen, own_totals)
                || (columns != own && !own.is_empty())
                || (!matches!(shape, ViewShape::List { .. }) && shape.with_fields(own.to_vec()) != view.shape)
        })
    }

    /// The view as it would be saved now, under another id and name if they are given.
    pub fn as_view(&self, renamed: Option<(String, Label)>) -> View {
        let mut view = self.view.get_value();
        // Where one came from is part of a view of its own, and not of the one that others look at.
        let linked = self.linked.filter(|_| renamed.is_some());
        if let Some((id, label)) = renamed {
            view.id = id;
            view.label = label;
        }
        let points =
            |linked: Linked| Condition::compare(linked.via, Comparison::Equals, Operand::Text(linked.to.to_string()));
        let filters = linked.map(points).into_iter().chain(whole(&self.filters.get_untracked()));
        view.filter = Condition::All { all: filters.collect() };
        view.sort = self.sort.get_untracked();
        view.group = self.group.get_untracked();
        view.colours = self.colours.get_untracked();
        view.shape = self.shape.get_untracked().with_fields(self.columns.get_untracked());
        if let ViewShape::List { widths, frozen, totals, .. } = &mut view.shape {
            *widths = self.widths.get_untracked().into_iter().collect();
            *frozen = self.frozen.get_untracked();
            *totals = self.totals.get_untracked();
        }
        view
    }

    /// Goes back to what is saved.
    pub fn reset(&self) {
        let view = self.view.get_value();
        let (_, frozen, totals) = list_of(&view);
        self.filters.set(view.filter.parts().to_vec());
        self.sort.set(view.sort.clone());
        self.shape.set(view.shape.clone());
        self.group.set(view.group.clone());
        self.colours.set(view.colours.clone());
        self.frozen.set(frozen);
        self.totals.set(totals);
        if !view.shape.fields().is_empty() {
            self.columns.set(view.shape.fields().to_vec());
        }
        self.search.set(String::new());
    }

    /// What a new record has from the start: the link that brought one here.
    pub fn preset(&self) -> Vec<(FieldId, Value)> {
        self.linked.map(|linked| (linked.via, Value::Link(linked.to))).into_iter().collect()
    }

    /// Whether records are ticked, or about to be.
    pub fn has_selection(&self) -> bool {
        self.is_selecting.get_untracked() || self.selected.with_untracked(|selected| !selected.is_empty())
    }

    /// Ends selecting and unticks everything.
    pub fn unselect(&self) {
        self.is_selecting.set(false);
        self.selected.update(FxHashSet::clear);
    }

    /// Keeps on this device how the view is looked at, as far as it differs from how it is saved: in all else it follows whoever
    /// saves it next.
    pub fn remember(&self) {
        let kept = self.view.with_value(|view| {
            let (own_widths, own_frozen, own_totals) = list_of(view);
            let own_columns = match view.shape.fields() {
                [] => self.usual.get_value(),
                fields => fields.to_vec(),
            };
            let own_fields = view.shape.fields().to_vec();
            let mut widths: Vec<(FieldId, u32)> = self.widths.get_untracked().into_iter().collect();
            widths.retain(|(field, width)| own_widths.get(field) != Some(width));
            widths.sort_unstable();
            Remembered {
                filters: match self.linked {
                    Some(_) => remembered(view).filters,
                    None => Some(whole(&self.filters.get_untracked())).filter(|own| *own != whole(view.filter.parts())),
                },
                sort: Some(self.sort.get_untracked()).filter(|own| *own != view.sort),
                group: Some(self.group.get_untracked()).filter(|own| *own != view.group),
                folds: self.folds.get_untracked(),
                colours: Some(self.colours.get_untracked()).filter(|own| *own != view.colours),
                columns: Some(self.columns.get_untracked()).filter(|own| *own != own_columns),
                shape: Some(self.shape.get_untracked()).filter(|own| {
                    !matches!(own, ViewShape::List { .. }) && own.clone().with_fields(own_fields) != view.shape
                }),
                widths: Some(widths).filter(|own| !own.is_empty()),
                frozen: Some(self.frozen.get_untracked()).filter(|own| *own != own_frozen),
                totals: Some(self.totals.get_untracked()).filter(|own| *own != own_totals),
            }
        });
        let name = self.view.with_value(memory_of);
        if let Ok(text) = serde_json::to_string(&kept) {
            browser::remember(&name, &text);
        }
    }

    /// What this device keeps once the view is saved as it is looked at: nothing but what is folded. To be run after that.
    pub fn unpinning(&self) -> impl FnOnce() + use<> {
        let filters = self.linked.and_then(|_| self.view.with_value(remembered).filters);
        let kept = Remembered { filters, folds: self.folds.get_untracked(), ..Remembered::default() };
        let name = self.view.with_value(memory_of);
        move || {
            if let Ok(text) = serde_json::to_string(&kept) {
                browser::remember(&name, &text);
            }
        }
    }

    /// Turns the order by a field: up, down, none. It takes the place of the order there was, or is added to it.
    pub fn turn_sort(&self, field: FieldId, turn: Turn) {
        self.sort.update(|sort| {
            let at = sort.iter().position(|step| step.field == field);
            let now = at.map(|at| sort[at].order);
            let next = match now {
                None => Some(SortOrder::Ascending),
                Some(SortOrder::Ascending) => Some(SortOrder::Descending),
                Some(SortOrder::Descending) => None,
            };
            set_step(sort, field, next, turn);
        });
        self.remember();
    }

    /// Orders by a field.
    pub fn sort_by(&self, field: FieldId, order: SortOrder, turn: Turn) {
        self.sort.update(|sort| set_step(sort, field, Some(order), turn));
        self.remember();
    }

    /// Gathers by other levels; what was folded belonged to the former ones.
    pub fn gather_by(&self, levels: Vec<Grouping>) {
        self.folds.set(Folds::default());
        self.group.set(levels);
        self.remember();
    }
}

/// What an order does with the one that was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It takes its place.
    Instead,
    /// It comes after it.
    Besides,
}

fn set_step(sort: &mut Vec<Sort>, field: FieldId, order: Option<SortOrder>, turn: Turn) {
    let at = sort.iter().position(|step| step.field == field);
    match (turn, at, order) {
        (Turn::Instead, _, _) => *sort = order.map(|order| Sort { field, order }).into_iter().collect(),
        (Turn::Besides, Some(at), Some(order)) => sort[at].order = order,
        (Turn::Besides, Some(at), None) => {
            sort.remove(at);
        }
        (Turn::Besides, None, order) => sort.extend(order.map(|order| Sort { field, order })),
    }
}

/// What a view says of its list: the widths, how many columns stand still, and the totals.
fn list_of(view: &View) -> (FxHashMap<FieldId, u32>, usize, BTreeMap<FieldId, Total>) {
    match &view.shape {
        ViewShape::List { widths, frozen, totals, .. } => {
            (widths.iter().map(|(field, width)| (*field, *width)).collect(), *frozen, totals.clone())
        }
        _ => (FxHashMap::default(), 1, BTreeMap::new()),
    }
}

/// The list that an entity has without anybody having defined it.
pub fn all_of(entity: &Entity) -> View {
    View {
        id: format!("{ALL}-{}", entity.id),
        label: text::both("view-all"),
        entity: entity.id,
        shape: ViewShape::list(Vec::new()),
        filter: Condition::always(),
        sort: Vec::new(),
        group: Vec::new(),
        colours: Vec::new(),
        owner: None,
        order: 0,
    }
}

/// What is asked of the records.
#[derive(Clone, PartialEq)]
struct Asked {
    linked: Option<Linked>,
    search: String,
    filters: Vec<Condition>,
    sort: Vec<Sort>,
    group: Vec<Grouping>,
}

/// What was looked up, with what it takes to keep it up to date.
#[derive(Clone)]
struct Looked {
    found: Arc<Found>,
    asked: Asked,
    /// Where the entity's records stood then.
    mark: Mark,
    /// Where those of other entities stood that were read as well.
    others: Vec<(EntityId, Mark)>,
    /// The day on which a condition counts that counts from today.
    day: Option<Date>,
    /// Who looks, where a condition asks for it.
    actor: Option<Option<RecordId>>,
}

fn look(app: App, entity: EntityId, asked: Asked, former: Option<&Looked>) -> Looked {
    app.track_entity(entity);
    // A condition may name a field that has just come or gone.
    let _ = app.entity(entity);
    let context = app.context();
    let mark = app.mark(entity);
    app.ask(|state| {
        let wish = Wish {
            entity,
            linked: asked.linked.map(|linked| (linked.to, linked.via)),
            conditions: &asked.filters,
            search: &asked.search,
            sort: &asked.sort,
            group: &asked.group,
            language: text::language(),
            letters: Some(&format::alphabet),
            clock: &context.clock(state),
        };
        let list = wish.prepare(state);
        let others: Vec<(EntityId, Mark)> = list
            .others()
            .into_iter()
            .map(|other| {
                app.track_entity(other);
                (other, app.mark(other))
            })
            .collect();
        let day = list.reads_clock().then(|| app.day());
        let actor = list.reads_actor().then(|| app.preferences().actor.get());
        let same = former.filter(|former| {
            former.day == day
                && former.actor == actor
                && former.asked == asked
                && former.others == others
                && former.found.wrong.is_empty()
                && former.found.all >= SHORT
        });
        let touched = same.and_then(|former| Some((former, app.touched_since(entity, former.mark)?)));
        let run = former.map_or(0, |former| former.found.run);
        // Nothing has happened but that something else is asked.
        let still = former.filter(|former| {
            former.day == day
                && former.actor == actor
                && former.mark == mark
                && former.others.iter().all(|(other, mark)| app.mark(*other) == *mark)
                && former.found.wrong.is_empty()
                && list.wrong.is_empty()
        });
        let is_but = |former: &Looked, change: fn(&mut Asked, &Asked)| {
            let mut changed = former.asked.clone();
            change(&mut changed, &asked);
            changed == asked
        };
        let narrowed = still.filter(|former| {
            former.asked.search != asked.search
                && is_but(former, |own, asked| own.search.clone_from(&asked.search))
                && list::narrows(&asked.search, &former.asked.search)
        });
        let is_turned = still.is_some_and(|former| {
            former.asked.sort != asked.sort && is_but(former, |own, asked| own.sort.clone_from(&asked.sort))
        });
        let (grouped, run) = match (touched, narrowed) {
            (Some((former, touched)), _) if list.wrong.is_empty() => {
                (list.follow(&former.found.grouped, &touched), run)
            }
            (_, Some(former)) => (list.narrow(&former.found.grouped), run.wrapping_add(1)),
            _ => (list.run(), if is_turned { run } else { run.wrapping_add(1) }),
        };
        let all = list.count();
        let wrong = list.wrong;
        let found = Arc::new(Found { grouped, all, run, wrong });
        Looked { found, asked: asked.clone(), mark, others, day, actor }
    })
}

fn remembered(view: &View) -> Remembered {
    let kept = browser::remembered(&memory_of(view));
    kept.and_then(|text| json::read(&text).ok()).unwrap_or_default()
}

fn memory_of(view: &View) -> String {
    format!("view.{}", view.id)
}

fn whole(filters: &[Condition]) -> Vec<Condition> {
    filters.iter().filter(|condition| condition.is_whole()).cloned().collect()
}
