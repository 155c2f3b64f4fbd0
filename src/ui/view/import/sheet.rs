//! One file of an import: what its rows become, where its columns go, and what is remembered of files with the same headings.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Source, Wizard, takes_cells};
use crate::app::{App, ImportJob};
use crate::engine::form;
use crate::engine::transfer::{
    Clue, ColumnMapping, MappedSheet, Mapping, NamedElsewhere, Recognised, SheetView, clean_header, named_elsewhere,
    preset, recognise, suggest_among,
};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId};
use crate::model::json;
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::text::t;

/// How sure it has to be that a file is something else than what the person was looking at, for that to be worth a word.
const LIKELY: u8 = 60;

/// A file that was read, with what was chosen for it.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// Tells it from the other files of the wizard.
    pub id: usize,
    pub app: App,
    pub source: RwSignal<Arc<Source>>,
    /// What its rows become; none leaves the file out.
    pub entity: RwSignal<Option<Arc<Entity>>>,
    /// What tells what its rows become; none where a person has said it.
    pub clue: RwSignal<Option<Why>>,
    pub mapping: RwSignal<Mapping>,
    /// Where the mapping comes from.
    pub origin: RwSignal<Origin>,
    /// The columns that were changed by hand.
    pub touched: RwSignal<Vec<usize>>,
    /// The trial of the wizard, which a change makes void.
    trial: RwSignal<Option<ImportJob>>,
}

/// Why a file is taken for what it is taken for.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The import was begun there.
    Home,
    /// The import was begun there, though it looks like something else.
    Like(EntityId),
    /// Its name.
    Name,
    /// Its headings.
    Headings,
    /// A column of another file names its rows: the file, and the column.
    NamedBy(String, String),
    /// It came from a program whose headings are known.
    Preset(String),
    /// Nothing speaks for anything.
    Unknown,
}

/// Where a mapping comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// It was suggested.
    Suggested,
    /// This device remembers it.
    Remembered,
    /// The headings are those of a known program.
    Preset(String),
}

impl Sheet {
    fn new(wizard: Wizard, id: usize, source: Source) -> Sheet {
        let reading = source.survey.evidence.guess();
        wizard.owner.with_value(|owner| {
            owner.with(|| Sheet {
                id,
                app: wizard.app,
                source: RwSignal::new(Arc::new(source)),
                entity: RwSignal::new(None),
                clue: RwSignal::new(Some(Why::Unknown)),
                mapping: RwSignal::new(Mapping { reading, ..Mapping::new(wizard.home.get_value().id) }),
                origin: RwSignal::new(Origin::Suggested),
                touched: RwSignal::new(Vec::new()),
                trial: wizard.trial,
            })
        })
    }

    /// Whether its rows come in.
    pub fn is_active(self) -> bool {
        self.entity.with(Option::is_some) && self.source.with(|source| source.survey.rows > 0)
    }

    /// Whether its rows come in, asked once.
    pub fn is_active_now(self) -> bool {
        untrack(|| self.is_active())
    }

    /// What its rows become, once that is settled.
    pub fn entity(self) -> Option<Arc<Entity>> {
        self.entity.get_untracked()
    }

    /// The name of the file.
    pub fn name(self) -> String {
        self.source.with(|source| source.name.clone())
    }

    /// Changes the mapping; a trial of the one before says nothing any more.
    pub fn change(self, change: impl FnOnce(&mut Mapping)) {
        self.mapping.update(change);
        self.trial.set(None);
        // What a person has said is not suggested away when another file comes.
        if self.touched.with_untracked(Vec::is_empty) {
            self.touched.update(|touched| touched.push(usize::MAX));
        }
    }

    /// Sends a column to a field.
    pub fn choose(self, column: usize, field: Option<FieldId>) {
        self.change(|mapping| {
            if let Some(known) = mapping.columns.get_mut(column) {
                let clean = std::mem::take(&mut known.clean);
                *known = ColumnMapping { clean, ..ColumnMapping::chosen(&known.header, field) };
            }
            let is_mapped = |field: &FieldId| mapping.columns.iter().any(|column| column.field == Some(*field));
            mapping.match_on = mapping.match_on.iter().copied().filter(is_mapped).collect();
        });
        self.touched.update(|touched| touched.push(column));
    }

    /// Says what its rows become.
    pub fn choose_entity(self, wizard: Wizard, entity: Option<EntityId>) {
        let entity = entity.and_then(|id| self.app.ask(|state| state.entity(id).cloned()));
        self.clue.set(None);
        self.touched.set(Vec::new());
        self.entity.set(entity);
        wizard.reconsider(Some(self.id));
    }

    /// Remembers the mapping for files with the same headings, on this device: it is a habit of whoever sits here, not a fact about
    /// the customers, so it neither belongs into the log nor is it undone with the import.
    pub fn remember(self) {
        let Some(entity) = self.entity() else { return };
        let keep = |mapping: &Mapping| {
            let names: Vec<&str> = mapping.columns.iter().map(|column| column.header.as_str()).collect();
            if let Ok(json) = serde_json::to_string(mapping) {
                browser::remember(&memory_name(&entity, &names), &json);
            }
        };
        let mut mapping = self.mapping.get_untracked();
        keep(&mapping);
        // The file of rejected rows has one column more, and is to be taken in as this one was.
        mapping.columns.push(ColumnMapping::chosen(&t("import-reason"), None));
        keep(&mapping);
    }

    /// Suggests where the columns go, or takes the mapping of the last time.
    fn suggest(self, entity: &Entity, elsewhere: &NamedElsewhere) {
        let source = self.source.get_untracked();
        let survey = &source.survey;
        if let Some(mapping) = remembered(entity, &survey.headers) {
            self.origin.set(Origin::Remembered);
            self.mapping.set(mapping);
            return;
        }
        let reading = survey.evidence.guess();
        let settings = self.app.read_settings();
        let read = |field: &Field, text: &str| {
            let neutral = reading.neutral(field, text);
            form::read_text(field, neutral.as_deref().unwrap_or(text), &settings)
        };
        let suggested =
            self.app.ask(|state| suggest_among(state, entity, &survey.headers, &survey.samples, &read, elsewhere));
        let mut mapping = Mapping { reading, ..suggested };
        let known = preset::recognised(&survey.headers).filter(|known| known.entity == entity.id);
        self.origin.set(match &known {
            Some(known) => {
                known.fill(entity, &mut mapping);
                Origin::Preset(known.program.to_owned())
            }
            None => Origin::Suggested,
        });
        self.mapping.set(mapping);
    }
}

impl Wizard {
    /// Takes a file that was read; one of the same name takes the place of the one before.
    pub(super) fn take(self, source: Source) {
        // A file may have been read only after the page was left.
        if self.sheets.try_get_untracked().is_none() {
            return;
        }
        self.problem.set(None);
        self.unread.set(None);
        let known = self.sheets.with_untracked(|sheets| sheets.iter().find(|it| it.name_now() == source.name).copied());
        let id = match known {
            Some(sheet) => {
                sheet.source.set(Arc::new(source));
                sheet.touched.set(Vec::new());
                sheet.id
            }
            None => {
                let id = self.sheets.with_untracked(|sheets| sheets.iter().map(|it| it.id + 1).max().unwrap_or(1));
                let sheet = Sheet::new(self, id, source);
                self.sheets.update(|sheets| sheets.push(sheet));
                id
            }
        };
        self.current.set(id);
        self.reconsider(Some(id));
    }

    /// Leaves a file out for good.
    pub(super) fn drop_sheet(self, id: usize) {
        self.sheets.update(|sheets| sheets.retain(|sheet| sheet.id != id));
        self.reconsider(None);
    }

    /// Says anew what each file becomes and where its columns go, as far as no person has said so; `changed` is a file of which
    /// nothing that was said before counts.
    pub(super) fn reconsider(self, changed: Option<usize>) {
        let sheets = self.sheets.get_untracked();
        self.trial.set(None);
        self.recognise(&sheets);
        let is_open = |sheet: &&Sheet| Some(sheet.id) == changed || sheet.touched.with_untracked(Vec::is_empty);
        let open: Vec<Sheet> = sheets.iter().filter(is_open).copied().collect();
        // First each by itself, then with what the others are now known to hold.
        for _ in 0..if sheets.len() > 1 { 2 } else { 1 } {
            let held: Vec<_> = sheets
                .iter()
                .filter(|sheet| sheet.is_active_now())
                .map(|sheet| (sheet.id, sheet.mapping.get_untracked(), sheet.source.get_untracked().contents.clone()))
                .collect();
            for sheet in &open {
                let Some(entity) = sheet.entity() else { continue };
                let others = held.iter().filter(|(id, ..)| *id != sheet.id);
                let others: Vec<MappedSheet> =
                    others.map(|(_, mapping, contents)| MappedSheet { mapping, contents }).collect();
                let elsewhere = self.app.ask(|state| named_elsewhere(state, &others));
                sheet.suggest(&entity, &elsewhere);
            }
        }
    }

    fn recognise(self, sheets: &[Sheet]) {
        let sources: Vec<Arc<Source>> = sheets.iter().map(|sheet| sheet.source.get_untracked()).collect();
        let views: Vec<SheetView> = sources
            .iter()
            .map(|it| SheetView { name: &it.name, headers: &it.survey.headers, contents: &it.contents })
            .collect();
        let found = self.app.ask(|state| recognise(state, &views));
        for ((sheet, source), found) in sheets.iter().zip(&sources).zip(found) {
            if sheet.clue.with_untracked(Option::is_none) {
                continue;
            }
            let (entity, why) = self.judged(source, found, &sources);
            let entity = entity.and_then(|id| self.app.ask(|state| state.entity(id).cloned()));
            sheet.clue.set(Some(why));
            if sheet.entity.with_untracked(|known| known.as_ref().map(|it| it.id) != entity.as_ref().map(|it| it.id)) {
                sheet.touched.set(Vec::new());
                sheet.entity.set(entity);
            }
        }
    }

    fn judged(self, source: &Source, found: Option<Recognised>, sources: &[Arc<Source>]) -> (Option<EntityId>, Why) {
        // A single file becomes what the person was looking at; if it looks like something else, that is said.
        if sources.len() == 1 {
            let home = self.home.get_value().id;
            let other = found.filter(|found| found.entity != home && found.confidence >= LIKELY);
            return (Some(home), other.map_or(Why::Home, |found| Why::Like(found.entity)));
        }
        if let Some(known) = preset::recognised(&source.survey.headers)
            && self.app.ask(|state| state.entity(known.entity).is_some())
        {
            return (Some(known.entity), Why::Preset(known.program.to_owned()));
        }
        let Some(found) = found else { return (None, Why::Unknown) };
        let why = match found.clue {
            Clue::Name => Why::Name,
            Clue::Headings => Why::Headings,
            Clue::NamedBy(file, column) => {
                let header = sources.get(file).and_then(|it| it.survey.headers.get(column)).unwrap_or_default();
                Why::NamedBy(sources.get(file).map(|it| it.name.clone()).unwrap_or_default(), header.to_owned())
            }
        };
        (Some(found.entity), why)
    }
}

impl Sheet {
    fn name_now(self) -> String {
        self.source.with_untracked(|source| source.name.clone())
    }
}

/// The mapping that this device remembers for these headings, if it still fits.
fn remembered(entity: &Entity, headers: &csv::StringRecord) -> Option<Mapping> {
    let names: Vec<&str> = headers.iter().map(clean_header).collect();
    let mapping: Mapping = json::read(&browser::remembered(&memory_name(entity, &names))?).ok()?;
    let is_whole = mapping.columns.len() == names.len();
    // A field may have come to be computed since.
    let takes = |id: FieldId| entity.field(id).is_some_and(takes_cells);
    let fits = mapping.columns.iter().filter_map(|column| column.field).all(takes);
    mapping.checked(entity).ok().filter(|_| is_whole && fits)
}

/// One name for each entity and set of headings.
fn memory_name(entity: &Entity, headers: &[&str]) -> String {
    // FNV-1a (Fowler, Noll, Vo 1991): the same on every device and in every version.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in headers.iter().flat_map(|header| header.bytes().chain([0x1f])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("import.{}.{hash:016x}", entity.id)
}
