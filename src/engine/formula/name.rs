//! Names: what a word in a formula or a condition means in the schema, and how its value is reached.

use std::sync::Arc;

use crate::engine::formula::Read;
use crate::engine::formula::kind::Kind;
use crate::engine::formula::parse::{Part, Span};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, Label, RollupFunction};
use crate::model::id::{EntityId, FieldId};
use crate::model::state::Reader;

/// How a value is reached from a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Access {
    /// A field of the record itself.
    Own {
        /// The field.
        field: FieldId,
        /// Whether it holds a list.
        many: bool,
    },
    /// A field of the record or records that links lead to.
    Through {
        /// The links.
        links: Vec<FieldId>,
        /// The field at the end.
        field: FieldId,
        /// Whether there may be several values.
        many: bool,
    },
    /// The records that point here, or a field of each.
    Related {
        /// Their entity.
        entity: EntityId,
        /// Their link field.
        via: FieldId,
        /// The links of each that are followed to where the field is read; mostly none.
        links: Vec<FieldId>,
        /// The field that is read of each.
        field: Option<FieldId>,
    },
    /// When the record was created.
    Created,
    /// When a value of the record last changed.
    Updated,
}

/// A name with its meaning.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub access: Access,
    pub kind: Kind,
    pub reads: Vec<Read>,
}

/// What a name of a condition means: `title`, `account.industry`, `订单[金额]`.
pub fn access(text: &str, reader: &dyn Reader, entity: EntityId) -> Result<(Access, Kind, Vec<Read>), Diagnostic> {
    let whole = Span { from: 0, to: text.len() };
    // A label may hold any sign, so the whole text is tried as one before it is cut at its dots.
    let one = [Part { text: text.trim().to_owned(), span: whole }];
    let resolved = match resolve(&one, None, reader, entity) {
        Ok(resolved) => resolved,
        Err(first) => match crate::engine::formula::parse::parse(text).map(|expression| expression.what) {
            Ok(crate::engine::formula::parse::ExpressionKind::Name { parts, column })
                if parts.len() > 1 || column.is_some() =>
            {
                resolve(&parts, column.as_ref(), reader, entity)?
            }
            _ => return Err(first),
        },
    };
    Ok((resolved.access, resolved.kind, resolved.reads))
}

/// What the words of a name mean.
pub(super) fn resolve(
    parts: &[Part],
    column: Option<&Part>,
    reader: &dyn Reader,
    entity: EntityId,
) -> Result<Resolved, Diagnostic> {
    let names = Names { reader };
    let Some(own) = reader.entity(entity) else {
        return Err(Diagnostic::new(Code::UnknownEntity).with("name", entity));
    };
    let mut words: Vec<&Part> = parts.iter().collect();
    words.extend(column);
    let [first, rest @ ..] = words.as_slice() else {
        return Err(unknown_in(&[], "", Span { from: 0, to: 0 }));
    };
    if let Some(field) = own.field_called(&first.text) {
        return names.along(own, field, first, rest);
    }
    if let Some(meta) = moment_of_record(&first.text)
        && rest.is_empty()
    {
        // When a record was created never changes.
        let reads = if meta == Access::Updated { vec![Read::Updated] } else { Vec::new() };
        return Ok(Resolved { access: meta, kind: Kind::Instant, reads });
    }
    if let Some((related, via)) = names.related(own, first)? {
        return names.of_related(&related, via, rest);
    }
    let entities = reader.entities();
    let labels = own.fields.iter().map(|field| &field.label);
    let labels = labels.chain(entities.iter().flat_map(|entity| [&entity.label, &entity.plural]));
    let ids = own.fields.iter().map(|field| field.id.as_str());
    let known = ids.chain(labels.flat_map(|label| [label.zh.as_str(), label.en.as_str()]));
    let error = unknown_in(&[], &first.text, first.span);
    Err(match nearest(&first.text, known) {
        Some(suggestion) => error.with("suggestion", suggestion),
        None => error,
    })
}

/// What a field gives; look-ups and roll-ups take it from the field that they read.
pub(in crate::engine) fn kind_of_field(reader: &dyn Reader, entity: EntityId, field: &Field) -> Kind {
    follow(reader, entity, field, 8)
}

// Definitions that are wrong may form a circle; eight steps are more than any sound one has.
fn follow(reader: &dyn Reader, entity: EntityId, field: &Field, steps: u8) -> Kind {
    let Some(steps) = steps.checked_sub(1) else {
        return Kind::Any;
    };
    match &field.kind {
        FieldKind::Lookup { link, field: target } => {
            let Some(link) = reader.entity(entity).and_then(|entity| entity.field(*link)) else {
                return Kind::Any;
            };
            let Some(to) = link.link() else { return Kind::Any };
            let mut kinds = to.to.iter().filter_map(|to| {
                let field = reader.entity(*to)?.field(*target)?;
                Some(follow(reader, *to, field, steps))
            });
            kinds.next().unwrap_or(Kind::Any)
        }
        FieldKind::Rollup(rollup) => match (rollup.function, rollup.field) {
            (RollupFunction::Count, _) => Kind::Number,
            (_, Some(target)) => match reader.entity(rollup.entity).and_then(|entity| entity.field(target)) {
                Some(field) => follow(reader, rollup.entity, field, steps),
                None => Kind::Any,
            },
            (_, None) => Kind::Any,
        },
        _ => Kind::of_field(entity, field),
    }
}

/// What the grammar itself calls the moments of a record, in English and in Chinese, as it does functions.
const MOMENTS: [(Access, &str, &str); 2] =
    [(Access::Created, "created", "创建时间"), (Access::Updated, "updated", "更新时间")];

fn moment_of_record(name: &str) -> Option<Access> {
    let found = MOMENTS.iter().find(|(_, english, chinese)| name.eq_ignore_ascii_case(english) || name == *chinese);
    found.map(|(access, ..)| access.clone())
}

/// The grammar's own name for a moment of a record; none for what a schema names.
pub(super) fn label_of_moment(access: &Access) -> Option<Label> {
    let (_, english, chinese) = MOMENTS.iter().find(|(known, ..)| known == access)?;
    Some(Label { zh: (*chinese).to_owned(), en: (*english).to_owned() })
}

struct Names<'a> {
    reader: &'a dyn Reader,
}

impl Names<'_> {
    /// Follows links from a field of the record.
    fn along(&self, own: &Arc<Entity>, first: &Field, word: &Part, rest: &[&Part]) -> Result<Resolved, Diagnostic> {
        if let FieldKind::Lines { entity, via } = &first.kind {
            let Some(lines) = self.reader.entity(*entity).cloned() else {
                return Err(Diagnostic::new(Code::UnknownEntity)
                    .with("name", entity)
                    .at_span(word.span.from, word.span.to));
            };
            return self.of_related(&lines, *via, rest);
        }
        let mut kind = kind_of_field(self.reader, own.id, first);
        let mut field = first.id;
        if rest.is_empty() {
            let many = matches!(kind, Kind::List(_));
            return Ok(Resolved { access: Access::Own { field, many }, kind, reads: vec![Read::Own(field)] });
        }
        let mut links = Vec::with_capacity(rest.len());
        let mut many = false;
        let mut former = word;
        let mut ends: Vec<EntityId> = Vec::new();
        for word in rest {
            let targets = match &kind {
                Kind::Link(targets) => targets.clone(),
                Kind::List(item) => match &**item {
                    Kind::Link(targets) => {
                        many = true;
                        targets.clone()
                    }
                    _ => return Err(mismatch("link", &kind, former.span)),
                },
                _ => return Err(mismatch("link", &kind, former.span)),
            };
            links.push(field);
            let targets = self.entities(&targets);
            let mut found: Option<(FieldId, Kind)> = None;
            ends.clear();
            for target in &targets {
                let Some(next) = target.field_called(&word.text).filter(|next| next.is_stored()) else {
                    continue;
                };
                let next_kind = kind_of_field(self.reader, target.id, next);
                match &found {
                    Some((id, _)) if *id != next.id => {
                        return Err(Diagnostic::new(Code::AmbiguousName)
                            .with("name", &word.text)
                            .at_span(word.span.from, word.span.to));
                    }
                    Some(_) => {}
                    None => found = Some((next.id, next_kind)),
                }
                ends.push(target.id);
            }
            let Some((id, next_kind)) = found else {
                let labels: Vec<&Label> =
                    targets.iter().flat_map(|entity| entity.fields.iter().map(|field| &field.label)).collect();
                return Err(unknown_in(&labels, &word.text, word.span));
            };
            (field, kind, former) = (id, next_kind, word);
        }
        let many = many || matches!(kind, Kind::List(_));
        let reads = ends.iter().map(|entity| Read::Through { path: links.clone(), entity: *entity, field }).collect();
        let kind = match kind {
            Kind::List(item) => Kind::List(item),
            kind if many => Kind::List(Box::new(kind)),
            kind => kind,
        };
        Ok(Resolved { access: Access::Through { links, field, many }, kind, reads })
    }

    /// The entities that a link may lead to; all if it names none.
    fn entities(&self, targets: &[EntityId]) -> Vec<Arc<Entity>> {
        if targets.is_empty() {
            return self.reader.entities();
        }
        targets.iter().filter_map(|target| self.reader.entity(*target).cloned()).collect()
    }

    fn of_related(&self, related: &Arc<Entity>, via: FieldId, rest: &[&Part]) -> Result<Resolved, Diagnostic> {
        let entity = related.id;
        let [word, beyond @ ..] = rest else {
            return Ok(Resolved {
                access: Access::Related { entity, via, links: Vec::new(), field: None },
                kind: Kind::List(Box::new(Kind::Link(vec![entity]))),
                reads: vec![Read::Related { entity, via, field: None }],
            });
        };
        // A label may hold a dot itself, so a column is tried as one name before it is cut.
        if related.field_called(&word.text).is_none() && word.text.contains(['.', '．']) {
            let parts = cut(word);
            let words: Vec<&Part> = parts.iter().chain(beyond.iter().copied()).collect();
            return self.of_related(related, via, &words);
        }
        let called = related.field_called(&word.text);
        if let Some(lines) = called.filter(|field| !field.is_stored() && !beyond.is_empty()) {
            return Err(mismatch("link", &kind_of_field(self.reader, entity, lines), word.span));
        }
        let Some(first) = called.filter(|field| field.is_stored()) else {
            let labels: Vec<&Label> = related.fields.iter().map(|field| &field.label).collect();
            return Err(unknown_in(&labels, &word.text, word.span));
        };
        let inner = self.along(related, first, word, beyond)?;
        let (links, field) = match inner.access {
            Access::Own { field, .. } => (Vec::new(), field),
            // One value for each related record: lists stand side by side in SUMIFS.
            Access::Through { links, field, many } if !many || !self.spreads(related, &links) => (links, field),
            _ => return Err(mismatch("link", &kind_of_field(self.reader, entity, first), word.span)),
        };
        let read = |read: Read| match read {
            Read::Own(field) => Read::Related { entity, via, field: Some(field) },
            Read::Through { path, entity: target, field } => Read::RelatedThrough { entity, via, path, target, field },
            other => other,
        };
        let kind = match inner.kind {
            Kind::List(item) => Kind::List(item),
            kind => Kind::List(Box::new(kind)),
        };
        let reads = inner.reads.into_iter().map(read).collect();
        Ok(Resolved { access: Access::Related { entity, via, links, field: Some(field) }, kind, reads })
    }

    /// Whether links lead to several records at once.
    fn spreads(&self, from: &Arc<Entity>, links: &[FieldId]) -> bool {
        let mut places = vec![from.clone()];
        for link in links {
            let fields: Vec<Field> = places.iter().filter_map(|place| place.field(*link).cloned()).collect();
            if fields.iter().any(|field| matches!(field.kind, FieldKind::Links(_))) {
                return true;
            }
            places = fields.iter().filter_map(Field::link).flat_map(|target| self.entities(&target.to)).collect();
        }
        false
    }

    /// The related records that a word means: those whose link says so on this side, or those of an entity of that name.
    fn related(&self, own: &Entity, word: &Part) -> Result<Option<(Arc<Entity>, FieldId)>, Diagnostic> {
        let mut by_inverse = Vec::new();
        let mut by_entity = Vec::new();
        let mut by_entity_loosely = Vec::new();
        for entity in self.reader.entities() {
            let called = entity.is_called(&word.text);
            for field in entity.link_fields() {
                let Some(target) = field.link().filter(|target| target.accepts(own.id)) else {
                    continue;
                };
                if target.inverse.as_ref().is_some_and(|inverse| inverse.says(&word.text)) {
                    by_inverse.push((entity.clone(), field.id));
                } else if called && target.to.is_empty() {
                    by_entity_loosely.push((entity.clone(), field.id));
                } else if called {
                    by_entity.push((entity.clone(), field.id));
                }
            }
        }
        let mut found = if !by_inverse.is_empty() {
            by_inverse
        } else if !by_entity.is_empty() {
            by_entity
        } else {
            by_entity_loosely
        };
        if found.len() > 1 {
            let choices: Vec<String> = found
                .iter()
                .filter_map(|(entity, via)| {
                    let field = entity.field(*via)?;
                    let inverse = field.link().and_then(|link| link.inverse.as_ref());
                    Some(inverse.map_or_else(|| field.label.zh.clone(), |inverse| inverse.zh.clone()))
                })
                .collect();
            return Err(Diagnostic::new(Code::AmbiguousName)
                .with("name", &word.text)
                .with("choices", choices.join(", "))
                .at_span(word.span.from, word.span.to));
        }
        Ok(found.pop())
    }
}

/// The words of a column that is a path: `[客户.行业]`.
fn cut(column: &Part) -> Vec<Part> {
    let mut parts = Vec::new();
    // Places within brackets are not known exactly once blanks were trimmed; the column as a whole is.
    for word in column.text.split(['.', '．']) {
        parts.push(Part { text: word.trim().to_owned(), span: column.span });
    }
    parts
}

pub(super) fn mismatch(expected: &str, found: &Kind, span: Span) -> Diagnostic {
    Diagnostic::new(Code::TypeMismatch)
        .with("expected", expected)
        .with("found", found.name())
        .at_span(span.from, span.to)
}

fn unknown_in(labels: &[&Label], name: &str, span: Span) -> Diagnostic {
    let error = Diagnostic::new(Code::UnknownName).with("name", name).at_span(span.from, span.to);
    let texts = labels.iter().flat_map(|label| [label.zh.as_str(), label.en.as_str()]);
    match nearest(name, texts) {
        Some(suggestion) => error.with("suggestion", suggestion),
        None => error,
    }
}

/// The known name that is written most like this one, if any is near.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.to_lowercase().chars().take(64).collect();
    let limit = wanted.len().div_ceil(3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known.filter(|candidate| !candidate.is_empty()) {
        let letters: Vec<char> = candidate.to_lowercase().chars().take(64).collect();
        if letters.len().abs_diff(wanted.len()) > limit {
            continue;
        }
        let distance = edits(&wanted, &letters);
        if distance <= limit && distance < letters.len() && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many signs have to be added, dropped or changed (Levenshtein, 1965).
fn edits(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, sign) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, other) in to.iter().enumerate() {
            let cost = diagonal + usize::from(sign != other);
            diagonal = row[column + 1];
            row[column + 1] = cost.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}
