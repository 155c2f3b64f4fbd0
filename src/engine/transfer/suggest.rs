//! Suggestions: which field a column of a file most likely goes into, by its heading and by what stands in it.

use std::cmp::Reverse;
use std::mem::discriminant;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::transfer::column::clean_header;
use crate::engine::transfer::index::{Found, NameIndex};
use crate::engine::transfer::key::{are_codes, is_key_column, takes_keys};
use crate::engine::transfer::name::{resemblance, squashed};
use crate::engine::transfer::recognise::NamedElsewhere;
use crate::engine::transfer::{ColumnMapping, Join, Mapping, ReadCell, Reason};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;

/// Suggests a mapping for a file from its headings and a few dozen of its rows. Each field is suggested once, to the column that
/// fits it best; columns that fit nothing well are left out.
pub fn suggest(
    reader: &dyn Reader,
    entity: &Entity,
    headers: &csv::StringRecord,
    samples: &[csv::StringRecord],
    read: ReadCell,
) -> Mapping {
    suggest_among(reader, entity, headers, samples, read, &NamedElsewhere::default())
}

/// Suggests a mapping for a file that comes in together with others, whose rows its cells may name.
pub fn suggest_among(
    reader: &dyn Reader,
    entity: &Entity,
    headers: &csv::StringRecord,
    samples: &[csv::StringRecord],
    read: ReadCell,
    elsewhere: &NamedElsewhere,
) -> Mapping {
    const LEAST: u8 = 45;
    let mut mapping = Mapping::new(entity.id);
    let mut names = title_indexes(reader, entity);
    for (target, columns) in elsewhere {
        let index = names.entry(*target).or_default();
        for (cell, number) in columns.iter().flat_map(|column| &column.cells).zip(1..) {
            index.add_name(cell, RecordId(number));
        }
    }
    let pointing = pointing_here(reader, entity);
    let callers: Vec<Candidate> = pointing.iter().map(|field| Candidate::new(field, entity)).collect();
    let fields = candidates(entity);
    let mut fits: Vec<Fit> = Vec::new();
    for (column, header) in headers.iter().enumerate() {
        let heading = Heading::new(header, entity);
        let cells = distinct_cells(samples, column, &mapping.blanks);
        let is_key = is_key_column(header, &cells, samples.len(), entity, reader);
        for (place, field) in fields.iter().enumerate() {
            let by_name = heading
                .fit(field, entity, &fields, reader)
                .or_else(|| heading.fit_as_called(field, entity, &callers))
                .or_else(|| (is_key && takes_keys(field.field)).then_some((60, Reason::Content)));
            let by_name = by_name.or_else(|| names_rows_of(field, &fields, &cells, elsewhere));
            if let Some((confidence, reason)) = weighed(by_name, field, &cells, read, &names, &fields)
                && confidence >= LEAST
            {
                fits.push(Fit { column, place, confidence, reason });
            }
        }
    }
    // Sorting is stable: of equal fits the earlier column and the earlier field win.
    fits.sort_by_key(|fit| Reverse(fit.confidence));
    mapping.columns = headers.iter().map(|header| ColumnMapping::chosen(clean_header(header), None)).collect();
    let mut taken = vec![false; fields.len()];
    for fit in fits {
        let column = &mut mapping.columns[fit.column];
        if column.field.is_none() && !taken[fit.place] {
            taken[fit.place] = true;
            column.field = Some(fields[fit.place].field.id);
            column.confidence = fit.confidence;
            column.reason = Some(fit.reason);
        }
    }
    join_names(entity, &mut mapping);
    name_the_records(entity, samples, &mut mapping);
    mapping.match_on = key_field(entity, &mapping).into_iter().collect();
    mapping
}

/// The fields of an entity that columns can go into.
pub(super) fn candidates(entity: &Entity) -> Vec<Candidate<'_>> {
    entity.fields.iter().filter(|field| takes_cells(field)).map(|field| Candidate::new(field, entity)).collect()
}

/// A field with the spellings that it answers to.
pub(super) struct Candidate<'a> {
    pub(super) field: &'a Field,
    spellings: Vec<String>,
    concepts: FxHashSet<usize>,
}

/// A heading with the spellings that it may stand for.
pub(super) struct Heading {
    whole: String,
    /// Without the name of the entity: "Lead Source" on leads is the source.
    bare: Option<String>,
}

struct Fit {
    column: usize,
    place: usize,
    confidence: u8,
    reason: Reason,
}

/// Words that mean one thing, with the kind of field that holds it where that says enough.
struct Concept {
    kind: &'static str,
    words: Vec<String>,
}

static CONCEPTS: LazyLock<Vec<Concept>> = LazyLock::new(|| {
    let rows = csv::Reader::from_reader(include_str!("synonym.csv").as_bytes()).into_records();
    rows.filter_map(Result::ok)
        .map(|row| Concept {
            kind: kind_named(row.get(0).unwrap_or_default()),
            words: row.get(1).unwrap_or_default().split('|').map(squashed).collect(),
        })
        .collect()
});

/// In which concepts a word occurs.
static BY_WORD: LazyLock<FxHashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut by_word: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
    for (number, concept) in CONCEPTS.iter().enumerate() {
        for word in &concept.words {
            by_word.entry(word.as_str()).or_default().push(number);
        }
    }
    by_word
});

fn concepts_of(word: &str) -> &'static [usize] {
    BY_WORD.get(word).map_or(&[], Vec::as_slice)
}

impl<'a> Candidate<'a> {
    fn new(field: &'a Field, entity: &Entity) -> Candidate<'a> {
        let mut spellings: Vec<String> = [field.id.as_str(), &field.label.zh, &field.label.en].map(squashed).to_vec();
        spellings.retain(|spelling| !spelling.is_empty());
        spellings.dedup();
        let mut concepts: FxHashSet<usize> = spellings.iter().flat_map(|word| concepts_of(word)).copied().collect();
        for spelling in &spellings {
            if let Some(bare) = without_entity(spelling, entity) {
                concepts.extend(concepts_of(&bare));
            }
        }
        Candidate { field, spellings, concepts }
    }
}

impl Heading {
    pub(super) fn new(header: &str, entity: &Entity) -> Heading {
        let whole = squashed(clean_header(header));
        Heading { bare: without_entity(&whole, entity), whole }
    }

    /// How well the heading fits a field by name alone.
    fn fit(&self, field: &Candidate, entity: &Entity, all: &[Candidate], reader: &dyn Reader) -> Option<(u8, Reason)> {
        self.fit_by_name(field, entity, all, reader).or_else(|| self.resembles(field))
    }

    /// How well the heading fits a field whose name it is, or another word for it.
    pub(super) fn fit_by_name(
        &self,
        field: &Candidate,
        entity: &Entity,
        all: &[Candidate],
        reader: &dyn Reader,
    ) -> Option<(u8, Reason)> {
        let is_spelling = |word: &str| field.spellings.iter().any(|spelling| spelling == word);
        if self.whole.is_empty() {
            return None;
        }
        if is_spelling(&self.whole) {
            return Some((100, Reason::Name));
        }
        if self.bare.as_deref().is_some_and(is_spelling) {
            return Some((95, Reason::Name));
        }
        // A column named after the entity itself, or after its name, holds the titles.
        if field.field.id == entity.title
            && (is_entity(&self.whole, entity)
                || self.bare.as_deref().is_some_and(|bare| matches!(bare, "name" | "名称")))
        {
            return Some((94, Reason::Name));
        }
        if let Some(link) = field.field.link()
            && link.to.iter().any(|target| reader.entity(*target).is_some_and(|target| is_entity(&self.whole, target)))
        {
            return Some((92, Reason::Name));
        }
        let own = concepts_of(&self.whole);
        if own.iter().any(|concept| field.concepts.contains(concept)) {
            return Some((88, Reason::Synonym));
        }
        let bare = self.bare.as_deref().map_or(&[][..], concepts_of);
        if bare.iter().any(|concept| field.concepts.contains(concept)) {
            return Some((80, Reason::Synonym));
        }
        // The concept says the kind, and only one field is of that kind.
        let is_kind = |field: &Field| own.iter().chain(bare).any(|concept| CONCEPTS[*concept].kind == kind_of(field));
        if is_kind(field.field) && all.iter().filter(|other| is_kind(other.field)).count() == 1 {
            return Some((72, Reason::Synonym));
        }
        None
    }

    fn resembles(&self, field: &Candidate) -> Option<(u8, Reason)> {
        if self.whole.is_empty() {
            return None;
        }
        let words = [Some(self.whole.as_str()), self.bare.as_deref()];
        let alike = words
            .into_iter()
            .flatten()
            .flat_map(|word| field.spellings.iter().map(|spelling| resemblance(word, spelling)));
        let alike = alike.max().unwrap_or(0);
        (alike >= 60).then(|| ((u16::from(alike) * 8 / 10) as u8, Reason::Similar))
    }
}

impl Heading {
    /// How well the heading fits the title because that is how links of other entities call these records: a file of people
    /// whose first column is "sales agent".
    fn fit_as_called(&self, field: &Candidate, entity: &Entity, callers: &[Candidate]) -> Option<(u8, Reason)> {
        let is_title = field.field.id == entity.title;
        let own = concepts_of(&self.whole);
        let calls = |caller: &Candidate| {
            caller.spellings.contains(&self.whole) || own.iter().any(|concept| caller.concepts.contains(concept))
        };
        (is_title && callers.iter().any(calls)).then_some((70, Reason::Synonym))
    }
}

/// The link fields of other entities that point here.
fn pointing_here(reader: &dyn Reader, entity: &Entity) -> Vec<Field> {
    let mut pointing = Vec::new();
    for other in reader.entities().iter().filter(|other| other.id != entity.id) {
        let links = other.link_fields().filter(|field| field.link().is_some_and(|link| link.to.contains(&entity.id)));
        pointing.extend(links.cloned());
    }
    pointing
}

/// Whether cells name the rows of another file: then they go into the first link field that points there.
fn names_rows_of(
    field: &Candidate,
    all: &[Candidate],
    cells: &[&str],
    elsewhere: &NamedElsewhere,
) -> Option<(u8, Reason)> {
    let targets = &field.field.link()?.to;
    let named = targets.iter().filter_map(|target| elsewhere.get(target)).flatten();
    let is_named = |cell: &&&str| named.clone().any(|column| column.holds(cell));
    let found = cells.iter().filter(is_named).count();
    let is_first = all.iter().find(|other| other.field.link().is_some_and(|link| link.to == *targets));
    let is_first = is_first.is_some_and(|first| first.field.id == field.field.id);
    (is_first && cells.len() > 1 && found * 5 >= cells.len() * 4).then_some((75, Reason::File))
}

/// A given name and a family name are one name where the records have no column of their own for it.
fn join_names(entity: &Entity, mapping: &mut Mapping) {
    let is_text = entity.field(entity.title).is_some_and(|title| matches!(title.kind, FieldKind::Text { .. }));
    if !is_text {
        return;
    }
    let called = |word: &str| {
        let is_it = |column: &&ColumnMapping| {
            let heading = Heading::new(&column.header, entity);
            [Some(heading.whole.as_str()), heading.bare.as_deref()]
                .into_iter()
                .flatten()
                .any(|it| concepts_of(it).iter().any(|concept| CONCEPTS[*concept].words.iter().any(|one| one == word)))
        };
        mapping.columns.iter().position(|column| is_it(&column))
    };
    if let (Some(given), Some(family)) = (called("firstname"), called("lastname")) {
        let is_named =
            |(at, column): (usize, &ColumnMapping)| column.field == Some(entity.title) && at != given && at != family;
        if mapping.columns.iter().enumerate().any(is_named) {
            return;
        }
        for (at, join) in [(given, Join::GivenName), (family, Join::FamilyName)] {
            let column = &mut mapping.columns[at];
            (column.field, column.confidence) = (Some(entity.title), 88);
            (column.reason, column.joins) = (Some(Reason::Synonym), Some(join));
        }
    }
}

/// A file of records without a name is seldom meant: if nothing else was found, the first column of different words is the title.
/// Ids are nobody's name, except where records are called by them.
fn name_the_records(entity: &Entity, samples: &[csv::StringRecord], mapping: &mut Mapping) {
    let Some(title) = entity.field(entity.title) else { return };
    let is_text = matches!(title.kind, FieldKind::Text { .. });
    if !is_text || samples.len() < 3 || mapping.columns.iter().any(|column| column.field == Some(entity.title)) {
        return;
    }
    let names = |column: usize| {
        let cells = distinct_cells(samples, column, &mapping.blanks);
        let are_words = cells.iter().all(|cell| cell.chars().any(char::is_alphabetic));
        cells.len() == samples.len() && are_words && (title.unique || !are_codes(&cells))
    };
    let free = (0..mapping.columns.len()).find(|column| mapping.columns[*column].field.is_none() && names(*column));
    if let Some(column) = free {
        let column = &mut mapping.columns[column];
        (column.field, column.confidence, column.reason) = (Some(entity.title), 45, Some(Reason::Content));
    }
}

/// What the cells say about a fit by name; without one, whether they alone say enough.
fn weighed(
    by_name: Option<(u8, Reason)>,
    field: &Candidate,
    cells: &[&str],
    read: ReadCell,
    names: &FxHashMap<EntityId, NameIndex>,
    all: &[Candidate],
) -> Option<(u8, Reason)> {
    let is_telling = matches!(
        field.field.kind,
        FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Url
            | FieldKind::Choice { .. }
            | FieldKind::Choices { .. }
            | FieldKind::Link(_)
    );
    if by_name.is_none() && !is_telling {
        return None;
    }
    // Without a name only nearly all cells say enough, and most columns fail at the first of them.
    let most_wrong = if by_name.is_some() { cells.len() } else { cells.len() / 5 };
    let share = readable_share(field.field, cells, read, names, most_wrong);
    match (by_name, share) {
        (fit, None) => fit,
        (Some((confidence, reason)), Some(share)) => {
            let kept = match field.field.kind {
                // Options and names that are not there yet may be made by the import.
                FieldKind::Choice { .. } | FieldKind::Choices { .. } | FieldKind::Link(_) | FieldKind::Links(_) => {
                    85 + share * 15 / 100
                }
                _ if share >= 80 => 100,
                _ => 30 + share / 2,
            };
            Some(((usize::from(confidence) * kept / 100) as u8, reason))
        }
        (None, Some(share)) => {
            let telling = match field.field.kind {
                FieldKind::Email => 80,
                FieldKind::Phone => 70,
                FieldKind::Url => 70,
                FieldKind::Choice { .. } | FieldKind::Choices { .. } | FieldKind::Link(_) if cells.len() > 1 => 60,
                _ => return None,
            };
            let same_kind =
                all.iter().filter(|other| discriminant(&other.field.kind) == discriminant(&field.field.kind)).count();
            let is_only = same_kind == 1 || matches!(field.field.kind, FieldKind::Choice { .. });
            (share >= 80 && is_only).then(|| ((telling * share / 100) as u8, Reason::Content))
        }
    }
}

/// The share in percent of cells that the field can read; nothing where that says nothing, and less than it is once more cells were
/// unreadable than may be.
fn readable_share(
    field: &Field,
    cells: &[&str],
    read: ReadCell,
    names: &FxHashMap<EntityId, NameIndex>,
    most_wrong: usize,
) -> Option<usize> {
    let says_nothing = matches!(
        field.kind,
        FieldKind::Text { .. }
            | FieldKind::LongText
            | FieldKind::RichText
            | FieldKind::Hidden
            | FieldKind::AutoNumber { .. }
            | FieldKind::Address
    );
    if cells.is_empty() || says_nothing || matches!(field.kind, FieldKind::Choices { open: true, .. }) {
        return None;
    }
    let readable = match field.link() {
        Some(link) => {
            let indexes: Vec<&NameIndex> = link.to.iter().filter_map(|target| names.get(target)).collect();
            if indexes.is_empty() {
                return None;
            }
            let is_name = |cell: &&&str| {
                indexes.iter().any(|index| matches!(index.find(cell), Found::Exactly(_) | Found::Nearly(..)))
            };
            counted(cells, most_wrong, is_name)
        }
        None => {
            let is_value = |cell: &&&str| read(field, cell).is_ok_and(|value| value != Value::Empty);
            counted(cells, most_wrong, is_value)
        }
    };
    Some(readable * 100 / cells.len())
}

/// How many cells are so; the counting ends once more are not so than may be.
fn counted(cells: &[&str], most_wrong: usize, is_so: impl Fn(&&&str) -> bool) -> usize {
    let mut wrong = 0;
    let mut right = 0;
    for cell in cells {
        if is_so(&cell) {
            right += 1;
        } else {
            wrong += 1;
            if wrong > most_wrong {
                break;
            }
        }
    }
    right
}

/// The different filled cells of a column.
fn distinct_cells<'a>(samples: &'a [csv::StringRecord], column: usize, blanks: &[String]) -> Vec<&'a str> {
    let mut seen = FxHashSet::default();
    let cells = samples.iter().filter_map(|row| row.get(column)).map(str::trim);
    cells
        .filter(|cell| !cell.is_empty() && !blanks.iter().any(|blank| blank.eq_ignore_ascii_case(cell)))
        .filter(|cell| seen.insert(*cell))
        .collect()
}

/// The titles of the entities that links name, where they are few enough to be read for a suggestion.
fn title_indexes(reader: &dyn Reader, entity: &Entity) -> FxHashMap<EntityId, NameIndex> {
    const MOST: usize = 5_000;
    let mut indexes = FxHashMap::default();
    for target in entity.link_fields().filter_map(|field| field.link()).flat_map(|link| &link.to) {
        let Some(definition) = reader.entity(*target).filter(|_| !indexes.contains_key(target)) else {
            continue;
        };
        let members = reader.members(*target);
        if members.is_empty() || members.len() > MOST {
            continue;
        }
        let mut index = NameIndex::default();
        for record in members.into_iter().filter_map(|id| reader.record(id)) {
            index.add(definition, record.id, &record.values);
        }
        indexes.insert(*target, index);
    }
    indexes
}

/// The mapped field by which rows are recognised: one that no two records share.
fn key_field(entity: &Entity, mapping: &Mapping) -> Option<FieldId> {
    let is_mapped = |field: &&Field| mapping.columns.iter().any(|column| column.field == Some(field.id));
    entity.fields.iter().filter(|field| field.unique).find(is_mapped).map(|field| field.id)
}

fn takes_cells(field: &Field) -> bool {
    !field.retired
        && !field.is_computed()
        && field.is_stored()
        && !matches!(field.kind, FieldKind::Files | FieldKind::Signature)
}

fn is_entity(word: &str, entity: &Entity) -> bool {
    let names = [entity.id.as_str(), &entity.label.zh, &entity.label.en, &entity.plural.zh, &entity.plural.en];
    names.into_iter().any(|name| squashed(name) == word)
}

/// A word without the entity's name before it.
fn without_entity(word: &str, entity: &Entity) -> Option<String> {
    let names = [entity.id.as_str(), &entity.label.zh, &entity.label.en];
    let rest = names
        .into_iter()
        .filter(|name| !name.is_empty())
        .find_map(|name| word.strip_prefix(squashed(name).as_str()))?;
    (!rest.is_empty()).then(|| rest.to_owned())
}

fn kind_named(name: &str) -> &'static str {
    ["email", "phone", "url", "address", "money", "date", "percent", "flag"]
        .into_iter()
        .find(|kind| *kind == name)
        .unwrap_or("any")
}

/// The kind of a field as the table of synonyms calls it; "other" is never found there.
fn kind_of(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Email => "email",
        FieldKind::Phone => "phone",
        FieldKind::Url => "url",
        FieldKind::Address => "address",
        FieldKind::Money { .. } => "money",
        FieldKind::Date => "date",
        FieldKind::Percent(_) => "percent",
        FieldKind::Flag => "flag",
        _ => "other",
    }
}
