//! What may stand where the caret is: fields, lists of related records and functions that begin like the word before it.

use crate::engine::formula::function::Accepts;
use crate::engine::formula::kind::Kind;
use crate::engine::formula::name::kind_of_field;
use crate::engine::formula::parse::Span;
use crate::engine::formula::{function, special};
use crate::model::entity::Entity;
use crate::model::field::Label;
use crate::model::id::EntityId;
use crate::model::state::Reader;

/// What an editor may offer, and which part of the text it would replace.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// The word before the caret.
    pub span: Span,
    /// What may stand there, best first.
    pub candidates: Vec<Candidate>,
}

/// One offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What people call it.
    pub label: Label,
    /// What is put into the formula for Chinese readers, brackets included where they are needed.
    pub insert: Label,
    /// What it is.
    pub what: CandidateKind,
}

/// What is offered.
#[derive(Clone, Debug, PartialEq)]
pub enum CandidateKind {
    /// A field, with what it gives.
    Field(Kind),
    /// The records that point here.
    Related,
    /// A function, with what it takes.
    Function(Signature),
}

/// What a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// What the arguments may be, in order.
    pub arguments: &'static [Accepts],
    /// How many of them must be there.
    pub required: usize,
    /// How many of the last ones repeat without end.
    pub repeating: usize,
}

/// Whether a name is meant by a word other than by its beginning: by its sound, its initials, or a word within it.
pub type IsMeant<'a> = &'a dyn Fn(&str, &str) -> bool;

/// What may stand at the caret, which is given in bytes: first what begins like the word there, then what is meant by it.
pub fn complete(text: &str, caret: usize, reader: &dyn Reader, entity: EntityId, is_meant: IsMeant<'_>) -> Completion {
    let mut caret = caret.min(text.len());
    while !text.is_char_boundary(caret) {
        caret -= 1;
    }
    let continues = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '.');
    let from = text[..caret]
        .rfind(|sign: char| !continues(sign))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let path = &text[from..caret];
    let (links, word) = path.rsplit_once('.').map_or((None, path), |(links, word)| (Some(links), word));
    let span = Span { from: caret - word.len(), to: caret };
    // An odd number of quotation marks before the caret: it stands within a text.
    if text[..caret].matches(['"', '“', '”']).count() % 2 == 1 {
        return Completion { span, candidates: Vec::new() };
    }
    let mut found = Offers { word, is_meant, begin: Vec::new(), others: Vec::new() };
    match links {
        Some(links) => {
            for target in targets(links, reader, entity) {
                if let Some(target) = reader.entity(target) {
                    found.fields(target, reader);
                }
            }
        }
        None => {
            if let Some(own) = reader.entity(entity) {
                found.fields(own, reader);
                found.related(own, reader);
            }
            found.functions();
        }
    }
    found.begin.append(&mut found.others);
    Completion { span, candidates: found.begin }
}

/// The entities that a path leads to.
fn targets(links: &str, reader: &dyn Reader, entity: EntityId) -> Vec<EntityId> {
    let mut at = vec![entity];
    for word in links.split('.') {
        let mut next = Vec::new();
        for entity in &at {
            let Some(field) = reader.entity(*entity).and_then(|entity| entity.field_called(word)) else {
                continue;
            };
            match kind_of_field(reader, *entity, field) {
                Kind::Link(to) => next.extend(to),
                Kind::List(item) => {
                    if let Kind::Link(to) = *item {
                        next.extend(to);
                    }
                }
                _ => {}
            }
        }
        at = next;
    }
    at
}

/// A name as it can stand in a formula.
fn written(name: &str) -> String {
    let plain = name.chars().all(|sign| sign.is_alphanumeric() || sign == '_')
        && name.chars().next().is_some_and(|sign| !sign.is_numeric());
    if plain { name.to_owned() } else { format!("[{name}]") }
}

fn offer(label: &Label, what: CandidateKind) -> Candidate {
    let insert = Label { zh: written(&label.zh), en: written(&label.en) };
    Candidate { label: label.clone(), insert, what }
}

/// What was found so far.
struct Offers<'a> {
    word: &'a str,
    is_meant: IsMeant<'a>,
    begin: Vec<Candidate>,
    others: Vec<Candidate>,
}

impl Offers<'_> {
    fn push(&mut self, id: &str, candidate: Candidate) {
        let lower = self.word.to_lowercase();
        let names = [candidate.label.zh.as_str(), candidate.label.en.as_str(), id];
        if names.iter().any(|name| name.to_lowercase().starts_with(&lower)) {
            self.begin.push(candidate);
        } else if !self.word.is_empty() && names[..2].iter().any(|name| (self.is_meant)(name, self.word)) {
            self.others.push(candidate);
        }
    }

    fn fields(&mut self, entity: &Entity, reader: &dyn Reader) {
        for field in &entity.fields {
            let what = CandidateKind::Field(kind_of_field(reader, entity.id, field));
            self.push(field.id.as_str(), offer(&field.label, what));
        }
    }

    fn related(&mut self, own: &Entity, reader: &dyn Reader) {
        for entity in reader.entities() {
            for field in entity.link_fields() {
                let Some(target) = field.link().filter(|target| target.to.contains(&own.id)) else {
                    continue;
                };
                let label = target.inverse.as_ref().unwrap_or(&entity.plural);
                self.push(entity.id.as_str(), offer(label, CandidateKind::Related));
            }
        }
    }

    fn functions(&mut self) {
        let table = function::all().map(|known| {
            let signature =
                Signature { arguments: known.arguments, required: known.required, repeating: known.repeating };
            (known.name, known.chinese.first().copied(), signature)
        });
        for (name, chinese, signature) in special::named().chain(table) {
            let label = Label { zh: chinese.unwrap_or(name).to_owned(), en: name.to_owned() };
            let insert = Label { zh: format!("{}(", label.zh), en: format!("{name}(") };
            self.push(name, Candidate { label, insert, what: CandidateKind::Function(signature) });
        }
    }
}
