//! A form compiled against its entity: every condition and formula checked once, and what has to be looked at again after a change.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::graph::{Graph, Node, Source};
use crate::engine::condition::{self, CompiledCondition};
use crate::engine::formula::{self, Formula, Read, Scope};
use crate::model::condition::Condition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Check, Field, FieldKind, Label};
use crate::model::form::{FieldItem, Form, ItemContent, LinesItem, OwnMessage, Presence};
use crate::model::id::{EntityId, FieldId, OptionId};
use crate::model::record::Record;
use crate::model::state::Reader;

/// How the computed fields of records follow from what they hold. The workspace has them compiled; they are handed in.
pub trait Computing {
    /// Fields of an entity and, after them, those of the same record that are computed from them.
    fn following(&self, entity: EntityId, fields: &[FieldId]) -> Vec<FieldId>;

    /// The record of a scope as it would be once these fields, or all where none are given, were computed.
    fn computed(&self, scope: &Scope<'_>, fields: Option<&[FieldId]>) -> Record;
}

/// A form, ready to be filled in.
pub struct CompiledForm {
    /// The form.
    pub form: Arc<Form>,
    /// The entity that it fills.
    pub entity: Arc<Entity>,
    pub(super) parts: Vec<Part>,
    pub(super) slots: Vec<Slot>,
    pub(super) tables: Vec<Table>,
    /// Computed fields of the entity.
    pub(super) derived: Vec<FieldId>,
    pub(super) graph: Graph,
    pub(super) part_of: FxHashMap<String, usize>,
    pub(super) slot_of: FxHashMap<FieldId, usize>,
    faults: Vec<FormFault>,
}

/// Something wrong with a part of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormFault {
    /// The page, section or item; none for the form as a whole.
    pub part: Option<String>,
    /// What of it.
    pub aspect: Aspect,
    /// What is wrong.
    pub diagnostic: Diagnostic,
}

/// What of a part of a form something is about, for an inspector to open at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// The part as such.
    Itself,
    /// What it is called, or says.
    Label,
    /// Which field it asks for.
    Field,
    /// When it is shown.
    Visible,
    /// When it can only be looked at.
    ReadOnly,
    /// When it has to be filled in.
    Required,
    /// Whether records may be searched.
    Search,
    /// Which options are offered.
    Options,
    /// What stands there until somebody fills it in.
    Default,
    /// What stands there whatever anybody does.
    Computed,
    /// One of its checks.
    Check(usize),
    /// Its sentences for when it is wrong.
    Messages,
    /// A column of a table of lines.
    Column(FieldId),
    /// What is written into answers besides.
    Capture,
    /// How answers find a known record.
    Join,
    /// What is hoped of answers.
    Goal(usize),
    /// The last page.
    Ending,
}

/// A page, section or item.
pub(super) struct Part {
    pub id: String,
    pub parent: Option<usize>,
    pub page: usize,
    pub visible: Option<CompiledCondition>,
    pub locked: Option<CompiledCondition>,
    pub is_page: bool,
    /// Its field is not there, or is asked for by an earlier item: it is never shown.
    pub is_void: bool,
}

/// A field of the entity that the form or its entity says something about.
pub(super) struct Slot {
    pub field: Field,
    /// The item that asks for it.
    pub part: Option<usize>,
    pub required: Option<CompiledCondition>,
    pub options: Vec<(CompiledCondition, Vec<OptionId>)>,
    /// What stands there until somebody fills it in.
    pub default: Option<Formula>,
    /// What the entity puts there when nobody is asked.
    pub unasked: Option<Formula>,
    pub computed: Option<Formula>,
    /// The item's own checks, asked of what is filled in.
    pub own_checks: Vec<(CompiledCondition, Label)>,
    /// The field's checks, asked always.
    pub checks: Vec<(CompiledCondition, Label)>,
    pub messages: Vec<OwnMessage>,
    /// The field as its answers are read, where that is not as the field itself has it.
    pub read_as: Option<Field>,
    /// A record with the same value is joined rather than a rival.
    pub joins: bool,
}

/// A table of line items.
pub(super) struct Table {
    pub field: FieldId,
    pub part: usize,
    pub entity: Arc<Entity>,
    pub via: FieldId,
    pub item: LinesItem,
    pub checks: Vec<(FieldId, CompiledCondition, Label)>,
    pub defaults: Vec<(FieldId, Formula)>,
    /// Whether lines read the record that they belong to.
    pub reads_owner: bool,
}

impl CompiledForm {
    /// Compiles a form. What is wrong with it is listed in its faults and left out, so that the rest of it works.
    ///
    /// # Errors
    ///
    /// The entity is not there.
    pub fn compile(
        form: Arc<Form>,
        reader: &dyn Reader,
        computing: &dyn Computing,
    ) -> Result<CompiledForm, Diagnostic> {
        let Some(entity) = reader.entity(form.entity).cloned() else {
            return Err(Diagnostic::new(Code::UnknownEntity).with("name", form.entity));
        };
        let mut compiler = Compiler { reader, entity: &entity, faults: Vec::new() };
        let parts = compiler.parts(&form);
        let part_of: FxHashMap<String, usize> =
            parts.iter().enumerate().rev().map(|(at, part)| (part.id.clone(), at)).collect();
        let (slots, tables) = compiler.slots(&form, &parts, computing);
        let slot_of: FxHashMap<FieldId, usize> =
            slots.iter().enumerate().map(|(at, slot)| (slot.field.id, at)).collect();
        let derived: Vec<FieldId> = entity.fields.iter().filter(|it| it.is_computed()).map(|it| it.id).collect();
        let (graph, circle) = dependencies(reader, computing, &entity, &parts, &slots, &tables, &derived);
        let mut faults = compiler.faults;
        faults.extend(circle.map(|nodes| told(&nodes, &parts, &slots, &tables)));
        Ok(CompiledForm { form, parts, slots, tables, derived, graph, part_of, slot_of, faults, entity })
    }

    /// What is wrong with it and was left out: conditions and formulas that cannot be read, fields that are not there, circles.
    pub fn faults(&self) -> &[FormFault] {
        &self.faults
    }

    /// The id of a part by its position.
    pub fn part(&self, at: usize) -> Option<&str> {
        self.parts.get(at).map(|part| part.id.as_str())
    }

    /// The field that an item asks for as its answers are read: a text field may take telephone numbers only.
    pub fn read_as(&self, item: &str) -> Option<&Field> {
        let field = self.field(item)?;
        let slot = self.slot_of.get(&field.id).map(|at| &self.slots[*at]);
        Some(slot.and_then(|slot| slot.read_as.as_ref()).unwrap_or(field))
    }

    /// The field of the entity that an item asks for.
    pub fn field(&self, item: &str) -> Option<&Field> {
        let asked = self.form.item(item)?.field()?;
        self.entity.field(asked)
    }
}

struct Compiler<'a> {
    reader: &'a dyn Reader,
    entity: &'a Arc<Entity>,
    faults: Vec<FormFault>,
}

impl Compiler<'_> {
    fn note(&mut self, part: &str, aspect: Aspect, found: Vec<Diagnostic>) {
        let part = Some(part.to_owned());
        self.faults.extend(found.into_iter().map(|diagnostic| FormFault { part: part.clone(), aspect, diagnostic }));
    }

    fn condition(&mut self, part: &str, aspect: Aspect, condition: Option<&Condition>) -> Option<CompiledCondition> {
        match condition::compile(condition?, self.reader, self.entity.id) {
            Ok(compiled) => Some(compiled),
            Err(found) => {
                self.note(part, aspect, found);
                None
            }
        }
    }

    fn formula(&mut self, part: &str, aspect: Aspect, field: &Field, text: Option<&String>) -> Option<Formula> {
        match formula::compile(&quoted(field, text?), self.reader, self.entity.id) {
            Ok(compiled) => Some(compiled),
            Err(found) => {
                self.note(part, aspect, found);
                None
            }
        }
    }

    fn part(&mut self, id: &str, presence: &Presence, parent: Option<usize>, page: usize) -> Part {
        Part {
            id: id.to_owned(),
            parent,
            page,
            visible: self.condition(id, Aspect::Visible, presence.visible.as_ref()),
            locked: self.condition(id, Aspect::ReadOnly, presence.read_only.as_ref()),
            is_page: false,
            is_void: false,
        }
    }

    fn parts(&mut self, form: &Form) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut asked: FxHashSet<FieldId> = FxHashSet::default();
        for (page_at, page) in form.pages.iter().enumerate() {
            let page_part = parts.len();
            parts.push(Part { is_page: true, ..self.part(&page.id, &page.presence, None, page_at) });
            for section in &page.sections {
                let section_part = parts.len();
                parts.push(self.part(&section.id, &section.presence, Some(page_part), page_at));
                for item in &section.items {
                    let is_void = |field| self.entity.field(field).is_none() || !asked.insert(field);
                    let is_void = item.field().is_some_and(is_void);
                    let part = self.part(&item.id, &item.presence, Some(section_part), page_at);
                    parts.push(Part { is_void, ..part });
                }
            }
        }
        parts
    }

    fn slots(&mut self, form: &Form, parts: &[Part], computing: &dyn Computing) -> (Vec<Slot>, Vec<Table>) {
        let mut asked: FxHashMap<FieldId, (usize, &FieldItem)> = FxHashMap::default();
        let mut tables = Vec::new();
        let items = parts.iter().enumerate().filter(|(_, part)| part.parent.is_some_and(|it| !parts[it].is_page));
        for ((at, part), (_, _, item)) in items.zip(form.items()) {
            if let Some(field) = item.field().filter(|field| self.entity.field(*field).is_none()) {
                self.note(&part.id, Aspect::Field, vec![unknown(field)]);
            }
            if part.is_void {
                continue;
            }
            match &item.content {
                ItemContent::Field(field) => drop(asked.insert(field.field, (at, field))),
                ItemContent::Lines(lines) => tables.extend(self.table(at, &part.id, lines, computing)),
                ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => {}
            }
        }
        let joining = |field: FieldId| form.join.iter().any(|key| key.fields == [field]);
        let entity = self.entity.clone();
        let stored = entity.fields.iter().filter(|field| field.is_stored() && !field.is_computed());
        let slots = stored.map(|field| self.slot(field, asked.get(&field.id).copied(), joining(field.id), parts));
        (slots.collect(), tables)
    }

    fn slot(&mut self, field: &Field, asked: Option<(usize, &FieldItem)>, joins: bool, parts: &[Part]) -> Slot {
        // What is wrong with the entity itself is told where entities are designed.
        let compiled = |check: &Check| {
            let condition = condition::compile(&check.condition, self.reader, self.entity.id).ok()?;
            Some((condition, check.message.clone()))
        };
        let checks = field.checks.iter().filter_map(compiled).collect();
        let unasked = field.default.as_ref();
        let unasked = unasked.and_then(|text| formula::compile(&quoted(field, text), self.reader, self.entity.id).ok());
        let mut slot = Slot {
            field: field.clone(),
            part: asked.map(|(at, _)| at),
            required: None,
            options: Vec::new(),
            default: unasked.clone(),
            unasked,
            computed: None,
            own_checks: Vec::new(),
            checks,
            messages: Vec::new(),
            read_as: None,
            joins,
        };
        let Some((at, item)) = asked else { return slot };
        let part = parts[at].id.as_str();
        slot.required = self.condition(part, Aspect::Required, item.required.as_ref());
        for rule in &item.options {
            if let Some(when) = self.condition(part, Aspect::Options, Some(&rule.when)) {
                slot.options.push((when, rule.options.clone()));
            }
        }
        if item.default.is_some() {
            slot.default = self.formula(part, Aspect::Default, field, item.default.as_ref());
        }
        slot.computed = self.formula(part, Aspect::Computed, field, item.computed.as_ref());
        for (at, check) in item.checks.iter().enumerate() {
            if let Some(condition) = self.condition(part, Aspect::Check(at), Some(&check.condition)) {
                slot.own_checks.push((condition, check.message.clone()));
            }
        }
        slot.messages.clone_from(&item.messages);
        let takes = item.takes.filter(|_| matches!(field.kind, FieldKind::Text { .. } | FieldKind::Hidden));
        slot.read_as = takes.map(|takes| Field { kind: takes.kind(), ..field.clone() });
        slot
    }

    fn table(&mut self, part: usize, id: &str, item: &LinesItem, computing: &dyn Computing) -> Option<Table> {
        let Some((entity, via)) = self.entity.field(item.field).and_then(|field| match field.kind {
            FieldKind::Lines { entity, via } => Some((entity, via)),
            _ => None,
        }) else {
            self.note(id, Aspect::Field, vec![unknown(item.field)]);
            return None;
        };
        let Some(entity) = self.reader.entity(entity).cloned() else {
            self.note(id, Aspect::Field, vec![Diagnostic::new(Code::UnknownEntity).with("name", entity)]);
            return None;
        };
        let named = item.columns.iter().map(|column| column.field).chain(item.sums.iter().copied());
        for field in named.filter(|field| entity.field(*field).is_none()) {
            self.note(id, Aspect::Column(field), vec![unknown(field)]);
        }
        let mut checks = Vec::new();
        let mut defaults = Vec::new();
        let mut reads_owner = computing.following(entity.id, &[via]).len() > 1;
        let mut note = |reads: &[Read]| {
            reads_owner |= reads.iter().any(|read| matches!(read, Read::Through { path, .. } if path.contains(&via)));
        };
        for field in &entity.fields {
            for check in &field.checks {
                if let Ok(condition) = condition::compile(&check.condition, self.reader, entity.id) {
                    note(condition.reads());
                    checks.push((field.id, condition, check.message.clone()));
                }
            }
            if let Some(text) = &field.default
                && let Ok(formula) = formula::compile(&quoted(field, text), self.reader, entity.id)
            {
                defaults.push((field.id, formula));
            }
        }
        Some(Table { field: item.field, part, entity, via, item: item.clone(), checks, defaults, reads_owner })
    }
}

/// A default may be an option by its bare name.
pub(super) fn quoted(field: &Field, text: &str) -> String {
    let names_option = field.options().iter().any(|option| option.id.as_str() == text || option.label.says(text));
    if names_option { format!("\"{text}\"") } else { text.to_owned() }
}

fn unknown(field: FieldId) -> Diagnostic {
    Diagnostic::of_field(Code::UnknownField, field).with("name", field)
}

/// What depends on what, and a circle if there is one.
fn dependencies(
    reader: &dyn Reader,
    computing: &dyn Computing,
    entity: &Entity,
    parts: &[Part],
    slots: &[Slot],
    tables: &[Table],
    derived: &[FieldId],
) -> (Graph, Option<Vec<Node>>) {
    let slot_of: FxHashMap<FieldId, usize> = slots.iter().enumerate().map(|(at, slot)| (slot.field.id, at)).collect();
    let derived_of: FxHashMap<FieldId, usize> = derived.iter().enumerate().map(|(at, field)| (*field, at)).collect();
    let own = |field: &FieldId| match (slot_of.get(field), derived_of.get(field)) {
        (Some(slot), _) => Some(Node::Value(*slot)),
        (None, Some(derived)) => Some(Node::Derived(*derived)),
        (None, None) => None,
    };
    let listed = |entity: EntityId, via: FieldId| {
        tables.iter().position(|table| table.entity.id == entity && table.via == via).map(Node::Lines)
    };
    let read = |read: &Read| match read {
        Read::Own(field) => own(field),
        Read::Through { path, .. } => path.first().and_then(own),
        Read::Related { entity, via, .. } | Read::RelatedThrough { entity, via, .. } => listed(*entity, *via),
        Read::Updated | Read::Clock | Read::Actor => None,
    };
    let mut sources: Vec<Source> = Vec::new();
    let mut note = |node: Node, reads: Vec<Option<Node>>| {
        sources.push(Source { node, reads: reads.into_iter().flatten().collect() });
    };
    let of_condition = |condition: &Option<CompiledCondition>| -> Vec<Option<Node>> {
        condition.iter().flat_map(|condition| condition.reads().iter().map(read)).collect()
    };
    let of_formula = |formula: &Option<Formula>| -> Vec<Option<Node>> {
        formula.iter().flat_map(|formula| formula.reads().iter().map(read)).collect()
    };
    for (at, part) in parts.iter().enumerate() {
        let mut reads = of_condition(&part.visible);
        reads.push(part.parent.map(Node::Visible));
        note(Node::Visible(at), reads);
        let mut reads = of_condition(&part.locked);
        reads.push(part.parent.map(Node::Locked));
        note(Node::Locked(at), reads);
    }
    for (at, slot) in slots.iter().enumerate() {
        let shown = slot.part.map(Node::Visible);
        let mut reads = vec![shown];
        for formula in [&slot.default, &slot.unasked, &slot.computed] {
            reads.extend(of_formula(formula));
        }
        note(Node::Value(at), reads);
        let mut reads = vec![shown, Some(Node::Value(at))];
        reads.extend(of_condition(&slot.required));
        let conditions = slot.options.iter().map(|(condition, _)| condition);
        let checks = slot.own_checks.iter().chain(&slot.checks).map(|(condition, _)| condition);
        reads.extend(conditions.chain(checks).flat_map(|condition| condition.reads().iter().map(read)));
        note(Node::Ask(at), reads);
    }
    for (at, field) in derived.iter().enumerate() {
        let fields = entity.fields.iter().filter(|other| other.is_stored() && other.id != *field);
        let feeds = fields.filter(|other| {
            let following = computing.following(entity.id, &[other.id]);
            following.iter().skip(1).any(|next| next == field)
        });
        let mut reads: Vec<Option<Node>> = feeds.map(|other| own(&other.id)).collect();
        match entity.field(*field).map(|field| &field.kind) {
            Some(FieldKind::Rollup(rollup)) => reads.push(listed(rollup.entity, rollup.via)),
            Some(FieldKind::Formula { formula: text, .. }) => {
                let formula = formula::compile(text, reader, entity.id).ok();
                reads.extend(of_formula(&formula));
            }
            _ => {}
        }
        note(Node::Derived(at), reads);
    }
    for (at, table) in tables.iter().enumerate() {
        note(Node::Lines(at), vec![Some(Node::Visible(table.part))]);
        note(Node::AskLines(at), vec![Some(Node::Lines(at)), Some(Node::Visible(table.part))]);
    }
    Graph::build(sources)
}

/// A circle in words: the ids of the items, and of the fields that are not asked for.
fn told(nodes: &[Node], parts: &[Part], slots: &[Slot], tables: &[Table]) -> FormFault {
    let name = |node: &Node| match node {
        Node::Visible(at) | Node::Locked(at) => Some((Some(*at), parts[*at].id.as_str())),
        Node::Value(at) | Node::Ask(at) => Some((slots[*at].part, slots[*at].field.id.as_str())),
        Node::Lines(at) | Node::AskLines(at) => Some((Some(tables[*at].part), tables[*at].field.as_str())),
        Node::Derived(_) => None,
    };
    let mut names: Vec<&str> = nodes.iter().filter_map(name).map(|(_, name)| name).collect();
    names.dedup();
    if names.len() > 1 && names.first() == names.last() {
        names.pop();
    }
    names.extend(names.first().copied());
    let part = nodes.iter().filter_map(name).find_map(|(part, _)| part).map(|at| parts[at].id.clone());
    let is_seen = nodes.iter().any(|node| matches!(node, Node::Visible(_)));
    let aspect = if is_seen { Aspect::Visible } else { Aspect::Computed };
    FormFault { part, aspect, diagnostic: Diagnostic::new(Code::Cycle).with("path", names.join(" → ")) }
}
