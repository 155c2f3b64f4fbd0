//! Which cards of a place are in sight: only those are drawn, the rest is room kept above and below.

use leptos::html;
use leptos::prelude::*;
use rustc_hash::FxHashSet;

use super::Table;
use super::place::Place;
use crate::model::id::RecordId;

/// Cards drawn beyond what is in sight, and the step in which the window moves.
const STEP: usize = 4;
/// The gap between cards, as the style sheet has it.
const GAP: f64 = 6.0;

/// The cards of a place.
#[derive(Clone, Copy)]
pub struct Sight {
    /// The list that they stand in.
    pub list: NodeRef<html::Ul>,
    /// All of them.
    pub ids: Memo<Vec<RecordId>>,
    /// From which to which they are drawn.
    pub window: Memo<(usize, usize)>,
    /// Those that are drawn.
    pub shown: Memo<Vec<RecordId>>,
    /// The room that is kept for the rest, as style.
    pub room: Memo<String>,
    each: RwSignal<f64>,
}

impl Sight {
    /// Watches the cards of a place; `extent` is the part of the list that is in sight, from its top to its bottom in pixels.
    /// Up to `few` cards are drawn whatever is in sight.
    pub fn new(table: Table, ids: Memo<Vec<RecordId>>, extent: Signal<(f64, f64)>, few: usize) -> Sight {
        let list = NodeRef::<html::Ul>::new();
        // Until the first cards have been measured: a title and a line for each field.
        let lines = if table.settings.with_value(|settings| settings.is_compact) {
            0
        } else {
            table.lens.columns.with_untracked(Vec::len)
        };
        let cover = table.settings.with_value(|settings| settings.cover.map_or(0.0, |_| 60.0));
        let each = RwSignal::new(64.0 + cover + 24.0 * lines as f64);
        let window = Memo::new(move |_| {
            let count = ids.with(Vec::len);
            let ((top, bottom), each) = (extent.get(), each.get());
            if bottom < 0.0 {
                return (0, 0);
            }
            if count <= few {
                return (0, count);
            }
            let first = (top / each).max(0.0) as usize;
            let last = (bottom / each).max(0.0).ceil() as usize;
            let start = (first / STEP * STEP).saturating_sub(STEP).min(count);
            (start, (last / STEP * STEP + 2 * STEP).min(count).max(start))
        });
        // A memo, not a closure: an effect that reads a memo and then what that memo is made from is not woken when only the
        // latter has changed (reactive_graph 0.2). Memos are.
        let shown = Memo::new(move |_| {
            let (start, end) = window.get();
            let kept = table.current.get();
            ids.with(|ids| {
                let end = end.min(ids.len());
                let mut shown = ids.get(start..end).unwrap_or_default().to_vec();
                // What has the focus, or is carried by keys, is drawn wherever one has scrolled to: else the keys would be lost.
                let far =
                    kept.and_then(|kept| ids.iter().position(|id| *id == kept)).filter(|at| *at < start || *at >= end);
                match far {
                    Some(at) if at < start => shown.insert(0, ids[at]),
                    Some(at) => shown.push(ids[at]),
                    None => {}
                }
                shown
            })
        });
        let room = Memo::new(move |_| {
            let ((start, end), count) = (window.get(), ids.with(Vec::len));
            let (before, after) = (start as f64 * each.get(), count.saturating_sub(end) as f64 * each.get());
            format!("--before:{before}px;--after:{after}px")
        });
        let sight = Sight { list, ids, window, shown, room, each };
        Effect::new(move |_| {
            list.track();
            if shown.with(Vec::len) > few.min(STEP) {
                request_animation_frame(move || sight.weigh());
            }
        });
        sight
    }

    /// Where what is carried over this place would land, and how high it is; nothing over its own.
    pub fn landing(self, table: Table, place: Place) -> Memo<Option<(usize, f64)>> {
        let zone = place.to_string();
        Memo::new(move |_| {
            let (thing, height) = table.drag.carried.with(|carried| {
                let carried = carried.as_ref()?;
                let is_here = carried.over.as_ref() == Some(&zone) && carried.from != zone;
                is_here.then(|| (carried.thing.clone(), carried.height))
            })?;
            let thing = thing.parse::<RecordId>().ok()?;
            Some((self.ids.with(|ids| table.landing(thing, ids)), height))
        })
    }

    /// The cards below that place; the style sheet moves them below the slot, so that none is drawn anew.
    pub fn below(self, landing: Memo<Option<(usize, f64)>>) -> Memo<Option<FxHashSet<RecordId>>> {
        Memo::new(move |_| {
            let at = landing.get().map(|(at, _)| at)?;
            let ((start, end), ids) = (self.window.get(), self.ids);
            ids.with(|ids| {
                let drawn = ids.get(start.max(at)..end.min(ids.len()).max(start.max(at)));
                Some(drawn.unwrap_or_default().iter().copied().collect())
            })
        })
    }

    /// Arrows walk from card to card, so Tab stops only once in a place.
    pub fn stop(self, table: Table) -> Memo<Option<RecordId>> {
        Memo::new(move |_| {
            let current = table.current.get();
            self.shown
                .with(|shown| current.filter(|current| shown.contains(current)).or_else(|| shown.first().copied()))
        })
    }

    /// Cards are not equally high; their mean is close enough for what is out of sight.
    fn weigh(self) {
        let Some(list) = self.list.try_get_untracked().flatten() else {
            return;
        };
        let Ok(drawn) = list.query_selector_all(".card[data-key]") else {
            return;
        };
        let (Some(first), Some(last)) = (drawn.item(0), drawn.item(drawn.length().saturating_sub(1))) else {
            return;
        };
        let rect = |node: web_sys::Node| {
            wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(node).ok().map(|it| it.get_bounding_client_rect())
        };
        if let (Some(first), Some(last)) = (rect(first), rect(last)) {
            let mean = (last.bottom() - first.top() + GAP) / f64::from(drawn.length());
            if mean > 20.0 && (self.each.get_untracked() - mean).abs() > 8.0 {
                self.each.set(mean);
            }
        }
    }
}
