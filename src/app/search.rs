//! The search of the workspace: its index is made in slices while nobody waits, and follows what is touched.

use std::cell::{Cell, RefCell};

use leptos::prelude::{ArcRwSignal, Track, Update};
use rustc_hash::FxHashMap;

use super::outside::{breathe, pause, performance_now, spawn};
use super::pack::fetch;
use super::wake::Mark;
use super::workspace::App;
use crate::engine::search::{Found, Index, Readings, Wanted};
use crate::model::id::EntityId;
use crate::model::state::Reader;

/// How Han characters are read.
const READINGS: &str = "pinyin.txt";

/// A slice may take so many milliseconds: a part of a frame.
const SLICE: f64 = 5.0;

/// How many records are put in before the clock is looked at.
const STEP: usize = 50;

/// After opening, the screen comes first.
const PATIENCE: i32 = 800;

/// The index, with where the records stood that are in it.
#[derive(Default)]
pub(super) struct Search {
    index: RefCell<Index>,
    marks: RefCell<FxHashMap<EntityId, Mark>>,
    is_working: Cell<bool>,
    has_readings: Cell<bool>,
    /// Says that more can be found than before.
    grown: ArcRwSignal<()>,
}

impl App {
    /// Finds records; the running view looks again when more of them can be found.
    pub fn search(self, wanted: &Wanted) -> Found {
        let search = &self.inner().search;
        search.grown.track();
        self.follow_search();
        search.index.borrow().find(wanted)
    }

    /// Asks something of the table of pinyin, which may be empty as yet; the running view asks again when it has come.
    pub fn with_readings<T>(self, question: impl FnOnce(&Readings) -> T) -> T {
        let search = &self.inner().search;
        search.grown.track();
        question(search.index.borrow().readings())
    }

    /// Makes the index before anybody has to wait for it.
    pub(super) fn prepare_search(self) {
        spawn(async move {
            pause(PATIENCE).await;
            self.follow_search();
        });
    }

    /// Brings the index up to date: at once where little was touched, in slices where there is much to read.
    fn follow_search(self) {
        let search = &self.inner().search;
        self.ask(|state| {
            let mut entities = state.entities();
            let lines: Vec<EntityId> =
                entities.iter().flat_map(|entity| entity.line_entities().collect::<Vec<_>>()).collect();
            // Line items are found by the record that they belong to.
            entities.retain(|entity| !lines.contains(&entity.id));
            let (mut index, mut marks) = (search.index.borrow_mut(), search.marks.borrow_mut());
            if marks.len() > entities.len() {
                let known: Vec<EntityId> = entities.iter().map(|entity| entity.id).collect();
                index.keep(&known);
                marks.retain(|id, _| known.contains(id));
            }
            for entity in &entities {
                let now = self.mark(entity.id);
                let touched = match marks.insert(entity.id, now) {
                    Some(former) if former == now => continue,
                    Some(former) if index.covers(entity) => {
                        self.inner().triggers.records_touched_since(entity.id, former)
                    }
                    Some(_) | None => None,
                };
                match touched {
                    Some(touched) => index.touch(state, entity.id, touched.into_iter().map(|touch| touch.record)),
                    None => index.begin(entity, state.member_ids(entity.id).to_vec()),
                }
            }
        });
        if search.index.borrow().is_growing() && !search.is_working.replace(true) {
            spawn(self.work_on_search());
        }
    }

    async fn work_on_search(self) {
        let search = &self.inner().search;
        if !search.has_readings.replace(true)
            && let Ok(table) = fetch(READINGS).await
        {
            // What was put in before nobody can read aloud.
            *search.index.borrow_mut() = Index::new(Readings::read(&table));
            search.marks.borrow_mut().clear();
            search.is_working.set(false);
            return self.follow_search();
        }
        let mut last_told = performance_now();
        loop {
            let start = performance_now();
            let mut is_left = true;
            while is_left && performance_now() - start < SLICE {
                is_left = self.ask(|state| search.index.borrow_mut().work(state, STEP));
            }
            if !is_left || performance_now() - last_told > 250.0 {
                search.grown.update(|()| ());
                last_told = performance_now();
            }
            if !is_left {
                break;
            }
            breathe().await;
        }
        search.is_working.set(false);
    }
}
