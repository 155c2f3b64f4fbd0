//! The lines of the palette: what is offered for what is typed, section by section.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;

use super::recent;
use super::understood::{self, Heard};
use crate::app::App;
use crate::engine::phrase::Lexicon;
use crate::engine::search::{Query, Readings, Tier, Wanted};
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::view::{View, ViewShape};
use crate::ui::act::{self, Act, Deed};
use crate::ui::field::plain;
use crate::ui::route::Route;
use crate::ui::text::{label, t};

/// A part of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What the words mean as a filter.
    Understood,
    /// What was used lately.
    Recent,
    /// Records.
    Records,
    /// Entities and their views.
    Lists,
    /// Acts.
    Commands,
    /// Parts of the settings.
    Settings,
}

/// What is looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    All,
    /// One section.
    Section(Section),
    /// The records and views of one entity.
    Entity(EntityId),
}

/// Where a line leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// To a place.
    Place(Route),
    /// To a record, which may be opened beside its list as well.
    Record(EntityId, RecordId),
    /// To something that is done.
    Deed(Deed),
    /// To a list with filters.
    Heard(Heard),
    /// Nowhere: it says what was not understood.
    Nothing,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Where it stands.
    pub section: Section,
    /// An icon of the sprite.
    pub icon: String,
    /// What it is called.
    pub text: String,
    /// The parts of that which were typed.
    pub marks: Vec<Range<usize>>,
    /// What tells it from others of its name.
    pub detail: String,
    /// The parts of that which were typed.
    pub detail_marks: Vec<Range<usize>>,
    /// What kind of thing it is.
    pub note: String,
    /// Where it leads.
    pub target: Target,
    /// The keys that do the same.
    pub keys: Option<&'static str>,
    /// Whether it is how things are already.
    pub is_so: bool,
    /// By what this device remembers it.
    pub name: String,
    /// How well it meets what is typed.
    pub tier: Tier,
}

/// What does not depend on what is typed: made once, when the palette opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Stock {
    entities: Vec<Arc<Entity>>,
    lists: Vec<Line>,
    commands: Vec<Line>,
    settings: Vec<Line>,
}

/// What is looked for, by the pieces of it.
struct Look<'a> {
    app: App,
    stock: &'a Stock,
    query: Query,
    typed: &'a str,
    scope: Scope,
    used: Vec<String>,
}

/// What the palette has to offer; the running view depends on the definitions, the preferences and the people.
pub fn stock(app: App) -> Stock {
    let entities = app.entities();
    let lists = lists(app, &entities);
    let commands = act::offered(app).into_iter().map(|act| offered(Section::Commands, act)).collect();
    let settings = act::settings().into_iter().map(|act| offered(Section::Settings, act)).collect();
    Stock { entities, lists, commands, settings }
}

/// The lines for what is typed.
pub fn lines(
    app: App,
    stock: &Stock,
    lexicon: &Lexicon,
    typed: &str,
    scope: Scope,
    here: Option<EntityId>,
) -> Vec<Line> {
    let (typed, scope) = match typed.trim_start().strip_prefix(['>', '＞', '》']) {
        Some(rest) => (rest.trim_start(), Scope::Section(Section::Commands)),
        None => (typed.trim(), scope),
    };
    let look = Look { app, stock, query: Query::new(typed), typed, scope, used: recent::used() };
    if look.query.is_blank() {
        return look.at_rest();
    }
    let mut groups = vec![
        look.records(),
        look.kept(Section::Lists, &stock.lists),
        look.kept(Section::Commands, &stock.commands),
        look.kept(Section::Settings, &stock.settings),
    ];
    // Who types the name of a list or a command means it; who types anything else looks for a record first.
    let is_said = typed.chars().count() >= 3;
    let is_meant = |line: &Line| line.tier == Tier::Exact || line.tier == Tier::Start && is_said;
    groups.sort_by_key(|group| group.first().map_or(9, |line| if is_meant(line) { 0 } else { 1 }));
    if !matches!(scope, Scope::Section(Section::Commands | Section::Settings)) {
        let heard = understood::lines(app, lexicon, typed, scope, here);
        let is_certain = heard.first().is_some_and(|line| line.tier == Tier::Exact);
        groups.insert(if is_certain { 0 } else { groups.len() }, heard);
    }
    let all: Vec<Line> = groups.into_iter().flatten().collect();
    // What meets the words only with a typing error says nothing where something meets them as they are.
    let has_better = all.iter().any(|line| line.section != Section::Understood && line.tier < Tier::Slip);
    all.into_iter().filter(|line| !has_better || line.tier < Tier::Slip).collect()
}

impl Look<'_> {
    fn has(&self, section: Section) -> bool {
        match self.scope {
            Scope::All => true,
            Scope::Section(only) => only == section,
            Scope::Entity(_) => matches!(section, Section::Records | Section::Lists),
        }
    }

    fn entity(&self, id: EntityId) -> Option<&Arc<Entity>> {
        self.stock.entities.iter().find(|entity| entity.id == id)
    }

    fn is_in_scope(&self, entity: EntityId) -> bool {
        !matches!(self.scope, Scope::Entity(only) if only != entity)
    }

    /// What is offered before anything is typed.
    fn at_rest(&self) -> Vec<Line> {
        let Stock { lists, commands, settings, .. } = self.stock;
        let in_scope = |line: &&Line| match (&line.target, self.scope) {
            (Target::Place(Route::Records { entity, .. }), Scope::Entity(only)) => *entity == only,
            _ => true,
        };
        let mut places: Vec<Line> = lists.iter().filter(in_scope).cloned().collect();
        let mut acts: Vec<Line> = commands.iter().chain(settings).cloned().collect();
        let mut recent: Vec<Line> = Vec::new();
        let most = if self.scope == Scope::All { 7 } else { 30 };
        for name in self.used.iter() {
            let line = self.record_called(name).filter(|_| self.has(Section::Records)).or_else(|| {
                let known = places.iter().chain(&acts).find(|line| line.name == *name)?;
                self.has(known.section).then(|| known.clone())
            });
            recent.extend(line.map(|line| Line { section: Section::Recent, ..line }));
            if recent.len() >= most {
                break;
            }
        }
        let is_new = |line: &Line| !recent.iter().any(|recent| recent.name == line.name);
        places.retain(|line| self.has(Section::Lists) && is_new(line) && self.is_everyday(line));
        acts.retain(|line| self.has(line.section) && is_new(line) && self.is_everyday(line));
        if self.scope == Scope::All {
            acts.retain(|line| line.section == Section::Commands);
            acts.truncate(6);
        }
        let bare = |line: Line| match line.target {
            Target::Record(..) => line,
            // Other names are there to be found by.
            _ => Line { detail: String::new(), ..line },
        };
        recent.into_iter().chain(places).chain(acts).map(bare).collect()
    }

    /// Whether it is offered without being asked for: not each of a hundred entities.
    fn is_everyday(&self, line: &Line) -> bool {
        let entity = match &line.target {
            Target::Place(Route::Records { entity, view, .. }) => {
                if view.is_some() && !matches!(self.scope, Scope::Entity(_)) {
                    return false;
                }
                *entity
            }
            Target::Deed(Deed::New(entity) | Deed::Import(entity)) => *entity,
            _ => return true,
        };
        self.entity(entity).is_some_and(|entity| !entity.tucked)
    }

    fn records(&self) -> Vec<Line> {
        if !self.has(Section::Records) {
            return Vec::new();
        }
        let recent: Vec<RecordId> = self.used.iter().filter_map(|name| Some(record_of(name)?.1)).collect();
        let only = if let Scope::Entity(only) = self.scope { Some(only) } else { None };
        let most = if self.scope == Scope::All { 8 } else { 40 };
        let found = self.app.search(&Wanted { text: self.typed, only, recent: &recent, most });
        let lines = found.hits.iter().filter_map(|hit| self.record(hit.entity, hit.record, hit.tier));
        lines.collect()
    }

    fn record(&self, entity: EntityId, id: RecordId, tier: Tier) -> Option<Line> {
        let definition = self.entity(entity)?;
        let record = self.app.ask(|state| state.shared_record(id).cloned())?;
        let text = self.app.ask(|state| crate::app::title(state, id));
        let marks = self.app.with_readings(|readings| self.query.marks(&text, readings));
        let (detail, detail_marks) = self.detail(definition, &record, marks.is_empty());
        Some(Line {
            icon: definition.icon.clone(),
            marks,
            detail,
            detail_marks,
            note: label(&definition.label),
            name: format!("record:{entity}:{id}"),
            tier,
            ..line(Section::Records, text, Target::Record(entity, id))
        })
    }

    /// The record that was used under this name, if it is still there.
    fn record_called(&self, name: &str) -> Option<Line> {
        let (entity, id) = record_of(name)?;
        self.is_in_scope(entity).then(|| self.record(entity, id, Tier::Exact))?
    }

    /// What tells a record from others: what was typed, if its name does not say it, or the first thing of its summary.
    fn detail(&self, entity: &Arc<Entity>, record: &Record, is_elsewhere: bool) -> (String, Vec<Range<usize>>) {
        let shown = |field: FieldId| {
            let field = entity.field(field)?;
            let value = record.value(field.id);
            let text = if value.is_empty() { String::new() } else { plain(self.app, entity, field, value) };
            (!text.is_empty()).then_some(text)
        };
        if is_elsewhere && !self.query.is_blank() {
            let is_meant = |field: &FieldId| {
                let text = record.value(*field).as_text().unwrap_or_default();
                !text.is_empty()
                    && text.len() < 200
                    && self.app.with_readings(|it| self.query.meets(text, it).is_some())
            };
            let meant = entity.fields.iter().map(|field| field.id).filter(|id| *id != entity.title).find(is_meant);
            if let Some(text) = meant.and_then(shown) {
                let marks = self.app.with_readings(|readings| self.query.marks(&text, readings));
                return (text, marks);
            }
        }
        let first = entity.summary.iter().filter(|field| **field != entity.title).find_map(|field| shown(*field));
        (first.unwrap_or_default(), Vec::new())
    }

    /// Of some lines those that are meant, the best first.
    fn kept(&self, section: Section, lines: &[Line]) -> Vec<Line> {
        if !self.has(section) {
            return Vec::new();
        }
        let most = if self.scope == Scope::All { 6 } else { 40 };
        let in_scope = |line: &&Line| match (&line.target, self.scope) {
            (Target::Place(Route::Records { entity, .. }), Scope::Entity(only)) => *entity == only,
            _ => true,
        };
        self.app.with_readings(|readings| {
            let met = lines.iter().filter(in_scope).filter_map(|line| Some((self.judged(line, readings)?, line)));
            let mut met: Vec<(Tier, usize, usize, &Line)> = met
                .map(|(tier, line)| {
                    let use_of = self.used.iter().position(|name| *name == line.name).unwrap_or(usize::MAX);
                    (tier, use_of, line.text.len(), line)
                })
                .collect();
            met.sort_by_key(|(tier, use_of, length, _)| (*tier, *use_of, *length));
            let marked = |(tier, _, _, line): (Tier, usize, usize, &Line)| {
                let marks = self.query.marks(&line.text, readings);
                Line { marks, detail: String::new(), tier, ..line.clone() }
            };
            met.into_iter().take(most).map(marked).collect()
        })
    }

    fn judged(&self, line: &Line, readings: &Readings) -> Option<Tier> {
        let own = self.query.meets(&line.text, readings);
        let with_note = || self.query.meets(&format!("{} {}", line.text, line.note), readings);
        // The name in the other language is there to be found, not to be read.
        let other = || self.query.meets(&line.detail, readings);
        own.or_else(with_note).filter(|tier| *tier < Tier::Slip).or_else(other).or(own)
    }
}

/// The parts of a text, each with whether it is marked.
pub fn pieces(text: &str, marks: &[Range<usize>]) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for mark in marks {
        if let (Some(before), Some(marked)) = (text.get(at..mark.start), text.get(mark.clone())) {
            pieces.extend([(before.to_owned(), false), (marked.to_owned(), true)]);
            at = mark.end;
        }
    }
    pieces.push((text.get(at..).unwrap_or_default().to_owned(), false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// A line of which no more is known than this.
pub fn line(section: Section, text: String, target: Target) -> Line {
    Line {
        section,
        icon: String::new(),
        text,
        marks: Vec::new(),
        detail: String::new(),
        detail_marks: Vec::new(),
        note: String::new(),
        target,
        keys: None,
        is_so: false,
        name: String::new(),
        tier: Tier::Exact,
    }
}

fn lists(app: App, entities: &[Arc<Entity>]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let views = views(app);
    for entity in entities {
        lines.push(Line {
            icon: entity.icon.clone(),
            note: t("palette-list"),
            detail: other_of(&entity.plural),
            name: format!("list:{}:", entity.id),
            ..line(Section::Lists, label(&entity.plural), Target::Place(Route::records(entity.id)))
        });
        for view in views.iter().filter(|view| view.entity == entity.id) {
            let is_list = matches!(view.shape, ViewShape::List { .. });
            let to = Route::Records { entity: entity.id, view: Some(view.id.clone()), beside: None, linked: None };
            lines.push(Line {
                icon: if is_list { "table-2" } else { "kanban" }.to_owned(),
                note: label(&entity.plural),
                detail: other_of(&view.label),
                name: format!("list:{}:{}", entity.id, view.id),
                ..line(Section::Lists, label(&view.label), Target::Place(to))
            });
        }
    }
    lines
}

fn views(app: App) -> Vec<Arc<View>> {
    let view = |definition| if let Definition::View(view) = definition { Some(view) } else { None };
    let actor = app.preferences().actor.get();
    // What somebody keeps for himself is offered to nobody else.
    let is_offered = |view: &Arc<View>| view.owner.is_none() || view.owner == actor;
    let mut views: Vec<Arc<View>> = app.definitions().into_iter().filter_map(view).filter(is_offered).collect();
    views.sort_by_key(|view| view.order);
    views
}

fn offered(section: Section, act: Act) -> Line {
    let name = format!("act:{}", act.deed.code());
    let Act { deed, icon, name: text, other, keys, is_so, .. } = act;
    Line { icon, detail: other, keys, is_so, name, ..line(section, text, Target::Deed(deed)) }
}

/// The name in both languages, one of which is not read now.
fn other_of(name: &crate::model::field::Label) -> String {
    format!("{} {}", name.en, name.zh)
}

fn record_of(name: &str) -> Option<(EntityId, RecordId)> {
    let (entity, id) = name.strip_prefix("record:")?.split_once(':')?;
    Some((EntityId::new(entity), id.parse().ok()?))
}
