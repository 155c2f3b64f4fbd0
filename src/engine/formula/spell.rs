//! A formula as people read it: fields by their labels instead of their ids, in both languages.

use crate::engine::formula::name::{Access, label_of_moment};
use crate::engine::formula::tree::{Node, Op};
use crate::model::entity::Entity;
use crate::model::field::{Field, Label};
use crate::model::id::{EntityId, FieldId};
use crate::model::state::Reader;

/// A piece of the source and what is read in its place.
struct Edit {
    from: usize,
    to: usize,
    label: Label,
}

/// What a part of a formula says in the words of the schema; what names no field stays as it was written.
pub(super) fn spell(node: &Node, source: &str, reader: &dyn Reader, entity: EntityId) -> Label {
    let mut edits = Vec::new();
    collect(node, source, reader, entity, &mut edits);
    edits.sort_by_key(|edit| (edit.from, edit.to));
    edits.dedup_by_key(|edit| (edit.from, edit.to));
    let mut spelled = Label::default();
    let mut at = node.span.from;
    for edit in edits {
        // A part that was compiled twice, or one within another, is read once.
        if edit.from < at || edit.to > node.span.to {
            continue;
        }
        let kept = source.get(at..edit.from).unwrap_or_default();
        push(&mut spelled, kept, kept);
        push(&mut spelled, &edit.label.zh, &edit.label.en);
        at = edit.to;
    }
    let rest = source.get(at..node.span.to).unwrap_or_default();
    push(&mut spelled, rest, rest);
    spelled
}

fn push(spelled: &mut Label, zh: &str, en: &str) {
    spelled.zh.push_str(zh);
    spelled.en.push_str(en);
}

fn collect(node: &Node, source: &str, reader: &dyn Reader, entity: EntityId, edits: &mut Vec<Edit>) {
    match &node.op {
        Op::Constant(_) | Op::Constants(_) | Op::Fault(_) | Op::Local(_) => {}
        Op::Read(access) => {
            if let Some(label) = label_of(access, reader, entity) {
                edits.push(Edit { from: node.span.from, to: node.span.to, label });
            }
        }
        Op::Unary(_, inner) | Op::Label(inner) | Op::Joined(inner) | Op::Code(inner) | Op::Named(inner, _) => {
            collect(inner, source, reader, entity, edits);
        }
        Op::Arithmetic(_, sides) | Op::Compare(_, sides) | Op::Join(sides) => {
            edits.extend(between(&sides[0], &sides[1], source));
            sides.iter().for_each(|side| collect(side, source, reader, entity, edits));
        }
        Op::Call(_, arguments) | Op::Special(_, arguments) => {
            arguments.iter().for_each(|argument| collect(argument, source, reader, entity, edits));
        }
    }
}

/// The sign between two operands with a blank on either side: labels are words.
fn between(left: &Node, right: &Node, source: &str) -> Option<Edit> {
    let (from, to) = (left.span.to, right.span.from);
    let sign = source.get(from..to)?.trim();
    let is_sign = !sign.is_empty() && sign.chars().all(|sign| "+-*/^&=<>＋－×÷＝＜＞≥≤≠".contains(sign));
    is_sign.then(|| Edit { from, to, label: Label::same(&format!(" {sign} ")) })
}

fn label_of(access: &Access, reader: &dyn Reader, entity: EntityId) -> Option<Label> {
    let own = reader.entity(entity)?;
    match access {
        Access::Own { field, .. } => own.field(*field).map(|field| field.label.clone()),
        Access::Through { links, field, .. } => path_label(own, links, *field, reader),
        Access::Related { entity, via, links, field } => {
            let related = reader.entity(*entity)?;
            let inverse = related.field(*via).and_then(Field::link).and_then(|link| link.inverse.clone());
            let mut label = inverse.unwrap_or_else(|| related.plural.clone());
            if let Some(path) = field.and_then(|field| path_label(related, links, field, reader)) {
                push(&mut label, " › ", " › ");
                push(&mut label, &path.zh, &path.en);
            }
            Some(label)
        }
        Access::Created | Access::Updated => label_of_moment(access),
    }
}

/// The labels of links and of the field to which they lead, one after the other.
fn path_label(own: &Entity, links: &[FieldId], field: FieldId, reader: &dyn Reader) -> Option<Label> {
    let mut path = links.iter().chain(std::iter::once(&field));
    let first = own.field(*path.next()?)?;
    let mut label = first.label.clone();
    let mut former = first.clone();
    for step in path {
        let next = beyond(&former, *step, reader)?;
        push(&mut label, " › ", " › ");
        push(&mut label, &next.label.zh, &next.label.en);
        former = next;
    }
    Some(label)
}

/// The field that a link leads to.
fn beyond(link: &Field, field: FieldId, reader: &dyn Reader) -> Option<Field> {
    let target = link.link()?;
    if target.to.is_empty() {
        return reader.entities().iter().find_map(|entity| entity.field(field).cloned());
    }
    target.to.iter().find_map(|to| reader.entity(*to)?.field(field).cloned())
}
