//! Recognition: what the rows of several files most likely become, which columns tie the files together, and which goes first.

use rustc_hash::FxHashMap;

use crate::engine::transfer::contents::{ColumnContents, Contents};
use crate::engine::transfer::name::squashed;
use crate::engine::transfer::suggest::{Candidate, Heading, candidates};
use crate::engine::transfer::{Mapping, clean_header};
use crate::model::entity::Entity;
use crate::model::id::{EntityId, FieldId};
use crate::model::state::Reader;

/// A file as far as it is known before anybody has said what its rows become.
#[derive(Clone, Copy)]
pub struct SheetView<'a> {
    /// The name of the file.
    pub name: &'a str,
    /// The headings.
    pub headers: &'a csv::StringRecord,
    /// What stands in the columns.
    pub contents: &'a Contents,
}

/// What the rows of a file most likely become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The entity.
    pub entity: EntityId,
    /// How sure that is, 0 to 100.
    pub confidence: u8,
    /// What speaks for it most.
    pub clue: Clue,
}

/// What tells what the rows of a file become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clue {
    /// The name of the file.
    Name,
    /// The headings.
    Headings,
    /// A column of another file names its rows: the file, and the column there.
    NamedBy(usize, usize),
}

/// A file whose columns are matched.
#[derive(Clone, Copy)]
pub struct MappedSheet<'a> {
    /// Where its columns go.
    pub mapping: &'a Mapping,
    /// What stands in the columns.
    pub contents: &'a Contents,
}

/// A column that names the rows of another file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLink {
    /// The file with the column.
    pub file: usize,
    /// The column.
    pub column: usize,
    /// The field that it goes into.
    pub field: FieldId,
    /// The file whose rows it names.
    pub to: usize,
    /// The column there.
    pub to_column: usize,
    /// How many different names there are.
    pub names: usize,
    /// How many of them the other file has.
    pub found: usize,
    /// Some that it does not have.
    pub missing: Vec<String>,
    /// Whether no field holds what the other file's column says, so that it only ties the two together.
    pub is_key_only: bool,
}

/// The least confidence with which a file is taken for something.
const LEAST: u8 = 30;

/// Says what the rows of each file most likely become, judged by headings, names of files, and how the files name each other.
pub fn recognise(reader: &dyn Reader, sheets: &[SheetView]) -> Vec<Option<Recognised>> {
    let defined = reader.entities();
    let entities: Vec<Known> = defined.iter().map(|entity| Known::new(entity)).collect();
    let mut scores: Vec<Vec<(u32, Clue)>> = sheets.iter().map(|sheet| scored(reader, &entities, sheet)).collect();
    let first: Vec<Option<usize>> = scores.iter().map(|scores| best(scores)).collect();
    // What one file calls the rows of another says what those are: opportunities name their sales agents.
    for (place, sheet) in sheets.iter().enumerate() {
        let Some(entity) = first[place].map(|at| &entities[at]) else { continue };
        for (column, header) in sheet.headers.iter().enumerate() {
            let Some(cells) = sheet.contents.columns.get(column).filter(|cells| !cells.is_key()) else { continue };
            let targets = entity.targets_of(reader, header);
            for (other, named) in sheets.iter().enumerate().filter(|(other, _)| *other != place) {
                if !targets.is_empty() && named.contents.columns.iter().any(|keys| names_rows(cells, keys)) {
                    for (at, _) in entities.iter().enumerate().filter(|(_, it)| targets.contains(&it.entity.id)) {
                        let (score, clue) = &mut scores[other][at];
                        *score += 25;
                        if *score < 90 {
                            *clue = Clue::NamedBy(place, column);
                        }
                    }
                }
            }
        }
    }
    let recognised = |scores: &Vec<(u32, Clue)>| {
        let at = best(scores)?;
        let (score, clue) = scores[at];
        Some(Recognised { entity: entities[at].entity.id, confidence: score.min(100) as u8, clue })
    };
    scores.iter().map(recognised).collect()
}

/// The columns that name the rows of other files.
pub fn links(reader: &dyn Reader, sheets: &[Option<MappedSheet>]) -> Vec<FileLink> {
    let mut links = Vec::new();
    for (file, sheet) in sheets.iter().enumerate() {
        let Some((sheet, entity)) = sheet.and_then(|it| Some((it, reader.entity(it.mapping.entity)?))) else {
            continue;
        };
        for (column, mapped) in sheet.mapping.columns.iter().enumerate() {
            let field = mapped.field.and_then(|field| entity.field(field));
            let Some((field, link)) = field.and_then(|field| Some((field.id, field.link()?))) else { continue };
            let Some(cells) = sheet.contents.columns.get(column).filter(|cells| !cells.cells.is_empty()) else {
                continue;
            };
            let others = sheets.iter().enumerate().filter(|(other, _)| *other != file);
            let found = others
                .filter_map(|(other, it)| Some((other, (*it)?)))
                .filter(|(_, it)| link.to.is_empty() || link.to.contains(&it.mapping.entity))
                .filter_map(|(other, it)| named_column(reader, cells, it).map(|found| (other, found)))
                .max_by_key(|(_, found)| found.found);
            if let Some((to, Named { column: to_column, found, is_key_only })) = found {
                let keys = sheets[to].and_then(|it| it.contents.columns.get(to_column));
                let is_missing = |cell: &&String| keys.is_some_and(|keys| !keys.holds(cell));
                let missing = cells.cells.iter().filter(is_missing).take(5).cloned().collect();
                let names = cells.cells.len();
                links.push(FileLink { file, column, field, to, to_column, names, found, missing, is_key_only });
            }
        }
    }
    links
}

/// The files in the order in which they have to come in, so that what is named is there before it is named.
pub fn order(files: usize, links: &[FileLink]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(files);
    while order.len() < files {
        let waits = |file: usize| links.iter().any(|link| link.file == file && !order.contains(&link.to));
        let left = (0..files).filter(|file| !order.contains(file));
        // Files that name each other begin with the one that names least; its names are looked up again in the end.
        let next = left.clone().find(|file| !waits(*file)).or_else(|| {
            left.min_by_key(|file| links.iter().filter(|link| link.file == *file && !order.contains(&link.to)).count())
        });
        order.extend(next);
    }
    order
}

/// An entity with the names that its fields answer to.
struct Known<'a> {
    entity: &'a Entity,
    fields: Vec<Candidate<'a>>,
}

impl<'a> Known<'a> {
    fn new(entity: &'a Entity) -> Known<'a> {
        Known { entity, fields: candidates(entity) }
    }

    /// How well a heading fits the best of the fields.
    fn fit(&self, reader: &dyn Reader, header: &str) -> u32 {
        let heading = Heading::new(header, self.entity);
        let fits = self.fields.iter().filter_map(|field| heading.fit_by_name(field, self.entity, &self.fields, reader));
        fits.map(|(confidence, _)| u32::from(confidence)).max().unwrap_or(0)
    }

    /// The entities that the link field of a heading may point at.
    fn targets_of(&self, reader: &dyn Reader, header: &str) -> Vec<EntityId> {
        let heading = Heading::new(header, self.entity);
        let links = self.fields.iter().filter_map(|field| {
            let link = field.field.link()?;
            let (confidence, _) = heading.fit_by_name(field, self.entity, &self.fields, reader)?;
            Some((confidence, &link.to))
        });
        links.max_by_key(|(confidence, _)| *confidence).map(|(_, targets)| targets.clone()).unwrap_or_default()
    }
}

/// How well each entity fits a file, out of 100, with what speaks for it.
fn scored(reader: &dyn Reader, entities: &[Known], sheet: &SheetView) -> Vec<(u32, Clue)> {
    const SURE: u32 = 80;
    let mut total = 0.0;
    let mut sums = vec![0.0; entities.len()];
    for header in sheet.headers.iter().filter(|header| !clean_header(header).is_empty()) {
        let fits: Vec<u32> = entities.iter().map(|entity| entity.fit(reader, header)).collect();
        // A heading that many entities know says little about any of them.
        let knowing = fits.iter().filter(|fit| **fit >= SURE).count().max(1);
        let weight = 1.0 / (knowing as f64).sqrt();
        total += weight;
        for (sum, fit) in sums.iter_mut().zip(&fits) {
            *sum += weight * f64::from(*fit);
        }
    }
    let words = words_of(sheet.name);
    let score = |(known, sum): (&Known, f64)| {
        let by_headings = if total > 0.0 { sum / total } else { 0.0 };
        let by_name = f64::from(name_fit(&words, known.entity));
        let clue = if by_name * 0.4 > by_headings { Clue::Name } else { Clue::Headings };
        ((by_headings * 0.7 + by_name * 0.3) as u32, clue)
    };
    entities.iter().zip(sums).map(score).collect()
}

/// The entity that fits best, if any fits well enough.
fn best(scores: &[(u32, Clue)]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (at, (score, _)) in scores.iter().enumerate() {
        if *score >= u32::from(LEAST) && best.is_none_or(|best| *score > scores[best].0) {
            best = Some(at);
        }
    }
    best
}

/// The words of a file's name, without its ending and without numbers.
fn words_of(name: &str) -> Vec<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.split(|c: char| !c.is_alphabetic()).map(squashed);
    words.filter(|word| !word.is_empty()).collect()
}

/// How well the name of a file names an entity.
fn name_fit(words: &[String], entity: &Entity) -> u8 {
    let whole = words.concat();
    let names = [entity.id.as_str(), &entity.label.zh, &entity.label.en, &entity.plural.zh, &entity.plural.en];
    let fit = |name: &str| {
        let name = squashed(name);
        if name.is_empty() {
            0
        } else if name == whole {
            100
        } else if words.last().is_some_and(|last| *last == name) || whole.ends_with(&name) {
            75
        } else if words.contains(&name) || (!name.is_ascii() && whole.contains(&name)) {
            60
        } else {
            0
        }
    };
    names.into_iter().map(fit).max().unwrap_or(0)
}

/// Whether cells name the rows that keys tell apart.
fn names_rows(cells: &ColumnContents, keys: &ColumnContents) -> bool {
    keys.is_key() && cells.cells.len() > 1 && keys.shared(cells) * 5 >= cells.cells.len() * 3
}

struct Named {
    column: usize,
    found: usize,
    is_key_only: bool,
}

/// The column of a file that another one's cells name: that of the titles or of a unique field, or one that merely tells its rows
/// apart.
fn named_column(reader: &dyn Reader, cells: &ColumnContents, sheet: MappedSheet) -> Option<Named> {
    let entity = reader.entity(sheet.mapping.entity)?;
    let holds_name = |field: FieldId| field == entity.title || entity.field(field).is_some_and(|field| field.unique);
    let columns = sheet.contents.columns.iter().enumerate().zip(&sheet.mapping.columns);
    let mut best: Option<Named> = None;
    for ((column, keys), mapped) in columns {
        let is_name = mapped.field.is_some_and(holds_name);
        if !is_name && !keys.is_key() {
            continue;
        }
        let found = keys.shared(cells);
        // A name that a field holds is as good as a key that none does.
        let is_better =
            best.as_ref().is_none_or(|best| found > best.found || (found == best.found && best.is_key_only && is_name));
        if found * 2 >= cells.cells.len() && is_better {
            best = Some(Named { column, found, is_key_only: !is_name });
        }
    }
    best
}

/// What other files that come in together say about links: for each entity the cells by which its rows can be named.
pub type NamedElsewhere<'a> = FxHashMap<EntityId, Vec<&'a ColumnContents>>;

/// By which cells the rows of files can be named, for those who suggest where the columns of another file go.
pub fn named_elsewhere<'a>(reader: &dyn Reader, sheets: &[MappedSheet<'a>]) -> NamedElsewhere<'a> {
    let mut named = NamedElsewhere::default();
    for sheet in sheets {
        let Some(entity) = reader.entity(sheet.mapping.entity) else { continue };
        for (column, mapped) in sheet.contents.columns.iter().zip(&sheet.mapping.columns) {
            if column.is_key() || mapped.field == Some(entity.title) {
                named.entry(entity.id).or_default().push(column);
            }
        }
    }
    named
}
