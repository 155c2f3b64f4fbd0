//! Packs: fetched as files beside the page, read, and installed as ordinary commands under one batch.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::outside::{breathe, spawn, window};
use super::workspace::App;
use crate::command::{Command, NewRecord};
use crate::engine::pack::{self, Beginning, Calendar, SeedRecord};
use crate::model::change::Source;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::field::Label;
use crate::model::id::{BatchId, RecordId};
use crate::model::json;
use crate::model::state::Reader;

/// The packs that come with the product.
const INDEX: &str = include_str!("../../public/pack/index.json");

/// How many records of a sample go into one commit.
const SLICE: usize = 400;

/// A pack as the first screen offers it.
#[derive(Clone, Debug, Deserialize)]
pub struct PackCard {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: Label,
    /// What it is for.
    pub description: Label,
    /// An icon of the sprite.
    pub icon: String,
}

/// The packs that come with the product.
pub fn packs() -> Vec<PackCard> {
    json::read(INDEX).unwrap_or_default()
}

/// Whether a pack brings its sample records along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// It does.
    With,
    /// It comes empty.
    Without,
}

impl App {
    /// Installs a pack and says how it went; `progress` is told how far it is, from 0 to 1. Who begins alone comes without the
    /// people of the pack.
    pub fn start_install(
        self,
        id: String,
        sample: Sample,
        beginning: Option<Beginning>,
        progress: impl Fn(f64) + 'static,
        done: impl FnOnce(Result<usize, Rejection>) + 'static,
    ) {
        spawn(async move {
            let outcome = self.install(&id, sample, beginning, progress).await;
            done(outcome);
        });
    }

    /// Installs a pack; gives the number of records that came with it.
    pub(super) async fn install(
        self,
        id: &str,
        sample: Sample,
        beginning: Option<Beginning>,
        progress: impl Fn(f64),
    ) -> Result<usize, Rejection> {
        if !packs().iter().any(|pack| pack.id == id) {
            return Err(Diagnostic::new(Code::UnknownDefinition).with("name", id).into());
        }
        if self.ask(|state| state.workspace().is_some_and(|workspace| workspace.packs.iter().any(|it| it == id))) {
            return Err(Diagnostic::new(Code::PackInstalled).with("name", id).into());
        }
        let mut pack = pack::parse(&fetch(&format!("pack/{id}.json")).await?)?;
        if let Some(beginning) = &beginning {
            pack::begin(&mut pack, beginning);
        }
        progress(0.1);
        let samples = match sample {
            Sample::With => {
                let sample = pack::parse_sample(&fetch(&format!("pack/{id}-sample.json")).await?)?;
                self.keep_sample_files(&sample.files).await;
                sample.records
            }
            Sample::Without => Vec::new(),
        };
        progress(0.2);
        let mut context = self.context();
        let batch = Some(BatchId(context.ids.draw()));
        // Rules name people of the pack, so people come before rules; and records need their entities.
        let mut definitions = pack.definitions.clone();
        for definition in &mut definitions {
            if let Definition::Workspace(workspace) = definition {
                std::sync::Arc::make_mut(workspace).packs.push(id.to_owned());
            }
        }
        let mut last = self.dispatch_in(Command::Define { definitions }, batch)?;
        let calendar = self.ask(|state| Calendar { today: context.clock(state).today, zone: context.zone });
        let seeds = self.ask(|state| pack::records(pack.records.iter().chain(&samples), state, calendar))?;
        let count = seeds.len();
        // What the pack cannot do without comes first; the sample links to it, and never the other way round.
        let (own, sample) = {
            let mut own = seeds;
            let sample = own.split_off(pack.records.len().min(own.len()));
            (order(own), order(sample))
        };
        let source = |sample| Some(Source { pack: id.to_owned(), sample });
        let slices: Vec<_> = own
            .into_iter()
            .map(|records| (records, source(false)))
            .chain(sample.into_iter().map(|records| (records, source(true))))
            .collect();
        let total = slices.len();
        for (at, (records, source)) in slices.into_iter().enumerate() {
            last = self.dispatch_in(Command::AddRecords { records, source }, batch)?;
            progress(0.2 + 0.7 * (at + 1) as f64 / total as f64);
            breathe().await;
        }
        let forms = pack.definitions.iter().filter_map(|definition| match definition {
            Definition::Form(form) if form.edition.is_none() => Some(form.id.clone()),
            _ => None,
        });
        let forms: Vec<String> = forms.collect();
        if !forms.is_empty() {
            last = self.dispatch_in(Command::PublishForms { forms }, batch)?;
        }
        last.saved.wait().await?;
        self.choose_actor();
        progress(1.0);
        Ok(count)
    }

    /// Keeps the files that a sample brings along. A device without room for them does without: its records say what is missing.
    async fn keep_sample_files(self, files: &[String]) {
        let store = self.inner().writer.store.borrow().clone();
        let Some(store) = store else { return };
        for file in files {
            if let Err(error) = store.put_blob(file.as_bytes()).await {
                leptos::logging::warn!("a file of the sample could not be kept: {error}");
            }
        }
    }

    /// Lets the first of the people act if nobody does.
    pub(super) fn choose_actor(self) {
        use leptos::prelude::GetUntracked;
        let acting = self.preferences().actor.get_untracked();
        let chosen = self.ask(|state| {
            let known = acting.filter(|id| state.record(*id).is_some());
            known.or_else(|| state.member_ids(state.workspace()?.people?).first().copied())
        });
        if chosen != acting {
            self.preferences().set_actor(chosen);
        }
    }
}

/// Slices of records in an order in which every record comes after those that it links to; what links in a circle, as a team and
/// its lead do, stays together in one slice.
fn order(seeds: Vec<SeedRecord>) -> Vec<Vec<NewRecord>> {
    let places: FxHashMap<RecordId, usize> = seeds.iter().enumerate().map(|(at, seed)| (seed.id, at)).collect();
    let needs: Vec<Vec<usize>> = seeds
        .iter()
        .map(|seed| {
            seed.values
                .iter()
                .flat_map(|(_, value)| value.links())
                .filter_map(|link| places.get(link))
                .copied()
                .collect()
        })
        .collect();
    let mut seeds: Vec<Option<SeedRecord>> = seeds.into_iter().map(Some).collect();
    let mut slices: Vec<Vec<NewRecord>> = Vec::new();
    for start in 0..seeds.len() {
        // Everything that the record needs, however far away, and that is not placed yet: mostly the record alone.
        let mut group = Vec::new();
        let mut waiting = vec![start];
        while let Some(at) = waiting.pop() {
            if let Some(seed) = seeds[at].take() {
                group.push(seed);
                waiting.extend(&needs[at]);
            }
        }
        // What was needed was found last, so it goes first.
        let group = group.into_iter().rev().map(new_record);
        match slices.last_mut() {
            Some(slice) if slice.len() < SLICE => slice.extend(group),
            _ => slices.push(group.collect()),
        }
    }
    slices
}

fn new_record(seed: SeedRecord) -> NewRecord {
    NewRecord { id: seed.id, entity: seed.entity, created: seed.created, values: seed.values }
}

/// What a file beside the page must be, as the page was told when it was published.
fn integrity(window: &web_sys::Window, path: &str) -> Option<String> {
    let parts = window.document()?.document_element()?.get_attribute("data-parts")?;
    let mut parts = parts.split(' ');
    parts.find(|part| *part == path)?;
    parts.next().map(str::to_owned)
}

/// The text of a file beside the page.
pub(super) async fn fetch(path: &str) -> Result<String, Rejection> {
    let wrong =
        |detail: &str| Rejection::from(Diagnostic::new(Code::Malformed).with("detail", format!("{path}: {detail}")));
    let window = window().ok_or_else(|| wrong("no window"))?;
    let options = web_sys::RequestInit::new();
    if let Some(integrity) = integrity(&window, path) {
        // A page that was opened before the last publication must not be given a part that fits another version.
        options.set_integrity(&integrity);
    }
    let answer = JsFuture::from(window.fetch_with_str_and_init(path, &options));
    let response = answer.await.map_err(|_| wrong("not found"))?;
    let response: web_sys::Response = response.dyn_into().map_err(|_| wrong("no answer"))?;
    if !response.ok() {
        return Err(wrong(&response.status().to_string()));
    }
    let text = response.text().map_err(|_| wrong("no text"))?;
    JsFuture::from(text).await.ok().and_then(|text| text.as_string()).ok_or_else(|| wrong("no text"))
}
