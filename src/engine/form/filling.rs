//! A form being filled in: for every page, section and item whether it is shown, required, read-only, what it holds and what is
//! wrong; kept up to date answer by answer, looking again only at what depends on the answer.
//!
//! What is not shown counts as blank, wherever it is asked about, and is neither checked nor sent; its answer stays in memory and is
//! back as soon as it is shown again.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::capture::in_form;
use super::compiled::{CompiledForm, Computing, Slot};
use super::graph::Node;
use super::lines::{Filled, LinesState, Overlay};
use super::{ReadSettings, check, read_typed};
use crate::engine::condition::CompiledCondition;
use crate::engine::formula::function::Clock;
use crate::engine::formula::{Formula, Scope, into_field};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::{Field, FieldKind, Language};
use crate::model::form::{AnsweredLines, Answers};
use crate::model::id::{FieldId, OptionId};
use crate::model::record::{Record, Values};
use crate::model::state::Reader;
use crate::model::value::Value;

/// What a form is filled in amidst.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// Where linked records are found.
    pub reader: &'a dyn Reader,
    /// What time it is.
    pub clock: &'a Clock,
    /// The language in which options become text.
    pub language: Language,
    /// How computed fields follow.
    pub computing: &'a dyn Computing,
}

/// A form being filled in.
#[derive(Clone)]
pub struct Filling {
    pub(super) form: Arc<CompiledForm>,
    /// As it would be kept: what is not shown is blank, computed fields are computed.
    pub(super) record: Record,
    /// What was there before anybody filled anything in: captured values, or the record that is changed.
    preset: Values,
    given: Values,
    touched: FxHashSet<FieldId>,
    /// What was typed and cannot be read.
    unread: FxHashMap<FieldId, Diagnostic>,
    pub(super) shown: Vec<bool>,
    pub(super) locked: Vec<bool>,
    asked: Vec<Asked>,
    pub(super) tables: Vec<Filled>,
    pub(super) drawn: u32,
}

/// What is asked of a field.
#[derive(Clone, Default, PartialEq)]
struct Asked {
    is_required: bool,
    /// The options that are offered; all where a rule does not say.
    offered: Option<Vec<OptionId>>,
    problems: Vec<Diagnostic>,
}

/// An item as it stands, for a screen.
pub struct ItemState<'f> {
    /// Its place among all parts, as in the lists of what changed.
    pub part: usize,
    /// The field of the entity, if it asks for one.
    pub field: Option<&'f Field>,
    /// Whether it is shown.
    pub is_shown: bool,
    /// Whether it can only be looked at.
    pub is_read_only: bool,
    /// Whether it has to be filled in.
    pub is_required: bool,
    /// The options that are offered; none where it is not a choice. Retired ones are left out.
    pub offered: Vec<OptionId>,
    /// What it holds, whoever put it there.
    pub value: &'f Value,
    /// Whether somebody has filled it in or emptied it.
    pub is_touched: bool,
    /// What is wrong with it, sentences of the form's own first; empty while it is not shown.
    pub problems: &'f [Diagnostic],
    /// Its lines, if it is a table.
    pub lines: Option<LinesState<'f>>,
}

/// Something wrong, with where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedProblem {
    /// The page; none for a field that the form does not ask for, or does not show.
    pub page: Option<usize>,
    /// The item.
    pub item: Option<String>,
    /// What is wrong.
    pub diagnostic: Diagnostic,
}

impl Surroundings<'_> {
    /// What a formula about a record is asked about.
    pub fn scope<'s>(&'s self, reader: &'s dyn Reader, record: &'s Record) -> Scope<'s> {
        Scope { reader, record, before: None, clock: self.clock, language: self.language }
    }
}

impl Filling {
    /// Begins with a record as it is: a new one holds what is captured, an existing one what it holds.
    pub fn begin(form: Arc<CompiledForm>, subject: Record, around: &Surroundings<'_>) -> Filling {
        let preset = subject.values.clone();
        let mut filling = Filling {
            shown: vec![false; form.parts.len()],
            locked: vec![false; form.parts.len()],
            asked: vec![Asked::default(); form.slots.len()],
            tables: vec![Filled::default(); form.tables.len()],
            record: Record { values: Values::with_capacity(form.slots.len()), ..subject },
            preset,
            given: Values::new(),
            touched: FxHashSet::default(),
            unread: FxHashMap::default(),
            drawn: 0,
            form,
        };
        filling.work_out((0..filling.form.graph.order.len()).collect(), around);
        filling
    }

    /// Goes on with answers that were given before: a draft, or one that came home. What the form does not ask for is passed over,
    /// save for what its address may bring along.
    pub fn resume(
        form: Arc<CompiledForm>,
        mut subject: Record,
        answers: &Answers,
        around: &Surroundings<'_>,
    ) -> Filling {
        for parameter in &form.form.capture.parameters {
            let value = answers.value(parameter.into);
            let is_fixed = form.form.capture.fixed.iter().any(|fixed| fixed.field == parameter.into);
            if !is_fixed && !value.is_empty() {
                subject.values.set(parameter.into, value.clone());
            }
        }
        let mut filling = Filling::begin(form, subject, around);
        for (field, value) in answers.values.iter() {
            let slot = filling.form.slot_of.get(&field).map(|at| &filling.form.slots[*at]);
            let is_asked = |slot: &&Slot| slot.part.is_some() && slot.computed.is_none() && slot.field.is_editable();
            let Some(slot) = slot.filter(is_asked) else { continue };
            match in_form(slot, value.clone(), around) {
                Ok(value) => drop(filling.given.set(field, value)),
                Err(wrong) => drop(filling.unread.insert(field, wrong)),
            }
            filling.touched.insert(field);
        }
        filling.touched.extend(&answers.emptied);
        let form = filling.form.clone();
        for (at, table) in form.tables.iter().enumerate() {
            let asked = |field: FieldId| table.item.columns.iter().any(|column| column.field == field);
            for line in answers.lines(table.field) {
                let given = line.iter().filter(|(field, _)| asked(*field)).map(|(field, value)| (field, value.clone()));
                let row = filling.row(at, given.collect());
                filling.tables[at].rows.push(row);
            }
        }
        filling.work_out((0..form.graph.order.len()).collect(), around);
        filling
    }

    /// The form.
    pub fn form(&self) -> &Arc<CompiledForm> {
        &self.form
    }

    /// Fills in an item's field. What cannot be changed stays. Returns the parts that look different now.
    pub fn answer(&mut self, field: FieldId, value: Value, around: &Surroundings<'_>) -> Vec<usize> {
        let Some(slot) = self.form.slot_of.get(&field).map(|at| &self.form.slots[*at]) else { return Vec::new() };
        let read = in_form(slot, value, around);
        self.put(field, read, around)
    }

    /// Fills in an item's field with what was typed, as [`read_typed`] reads it.
    pub fn type_text(
        &mut self,
        field: FieldId,
        text: &str,
        settings: &ReadSettings,
        around: &Surroundings<'_>,
    ) -> Vec<usize> {
        let Some(at) = self.form.slot_of.get(&field) else { return Vec::new() };
        let slot = &self.form.slots[*at];
        let read = read_typed(slot.read_as.as_ref().unwrap_or(&slot.field), text, settings);
        self.put(field, read, around)
    }

    /// Takes an answer back, so that the default stands again.
    pub fn forget(&mut self, field: FieldId, around: &Surroundings<'_>) -> Vec<usize> {
        self.given.set(field, Value::Empty);
        self.touched.remove(&field);
        self.unread.remove(&field);
        self.work_out_from(field, around)
    }

    fn put(&mut self, field: FieldId, read: Result<Value, Diagnostic>, around: &Surroundings<'_>) -> Vec<usize> {
        let Some(slot) = self.form.slot_of.get(&field).map(|at| &self.form.slots[*at]) else { return Vec::new() };
        let Some(part) = slot.part.filter(|part| self.shown[*part] && !self.is_read_only(*part, slot)) else {
            return Vec::new();
        };
        let is_first = self.touched.insert(field);
        let is_unread = self.unread.remove(&field).is_some();
        let is_readable = read.is_ok();
        match read {
            Ok(value) => drop(self.given.set(field, value)),
            Err(wrong) => {
                self.given.set(field, Value::Empty);
                self.unread.insert(field, wrong.at_field(field));
            }
        }
        let mut changed = self.work_out_from(field, around);
        if (is_first || is_unread || !is_readable) && !changed.contains(&part) {
            changed.push(part);
        }
        changed
    }

    /// An item as it stands.
    pub fn item(&self, id: &str) -> Option<ItemState<'_>> {
        static BLANK: Value = Value::Empty;
        let part = *self.form.part_of.get(id)?;
        let field = self.form.field(id);
        let slot = field.and_then(|field| self.form.slot_of.get(&field.id)).copied();
        let slot = slot.filter(|slot| self.form.slots[*slot].part == Some(part));
        let asked = slot.map(|slot| &self.asked[slot]);
        let is_hidden = field.is_some_and(|field| field.kind == FieldKind::Hidden);
        let is_read_only = match slot {
            Some(slot) => self.is_read_only(part, &self.form.slots[slot]),
            None => self.locked[part] || field.is_some_and(Field::is_computed),
        };
        let offered = field.map(|field| {
            let allowed = asked.and_then(|asked| asked.offered.as_ref());
            let open = field.options().iter().filter(|option| !option.retired).map(|option| option.id);
            open.filter(|option| allowed.is_none_or(|allowed| allowed.contains(option))).collect()
        });
        let is_shown = self.shown[part];
        Some(ItemState {
            part,
            field,
            is_shown: is_shown && !is_hidden,
            is_read_only,
            is_required: asked.is_some_and(|asked| asked.is_required),
            offered: offered.unwrap_or_default(),
            value: field.map_or(&BLANK, |field| self.record.value(field.id)),
            is_touched: field.is_some_and(|field| self.touched.contains(&field.id)),
            problems: asked.filter(|_| is_shown).map_or(&[], |asked| &asked.problems),
            lines: field.and_then(|field| self.lines(field.id)),
        })
    }

    /// Whether a page, section or item is shown.
    pub fn is_shown(&self, id: &str) -> bool {
        self.form.part_of.get(id).is_some_and(|at| self.shown[*at])
    }

    /// What somebody has typed into a field and cannot be read.
    pub fn is_unread(&self, field: FieldId) -> bool {
        self.unread.contains_key(&field)
    }

    /// The record as it would be kept, for texts with formulas in them.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The pages that are shown, by their place in the form.
    pub fn pages(&self) -> Vec<usize> {
        let pages = self.form.parts.iter().enumerate().filter(|(at, part)| part.is_page && self.shown[*at]);
        pages.map(|(_, part)| part.page).collect()
    }

    /// The page that follows.
    pub fn next_page(&self, from: usize) -> Option<usize> {
        self.pages().into_iter().find(|page| *page > from)
    }

    /// The page before.
    pub fn previous_page(&self, from: usize) -> Option<usize> {
        self.pages().into_iter().rev().find(|page| *page < from)
    }

    /// Everything that keeps the form from being sent, in the order of the form; what no item shows comes last.
    pub fn problems(&self) -> Vec<PlacedProblem> {
        let mut found: Vec<(usize, PlacedProblem)> = Vec::new();
        let mut note = |part: Option<usize>, problems: &[Diagnostic]| {
            let shown = part.filter(|part| self.shown[*part]).map(|part| (part, &self.form.parts[part]));
            let rank = shown.map_or(usize::MAX, |(at, _)| at);
            found.extend(problems.iter().map(|diagnostic| {
                let (page, item) = (shown.map(|(_, part)| part.page), shown.map(|(_, part)| part.id.clone()));
                (rank, PlacedProblem { page, item, diagnostic: diagnostic.clone() })
            }));
        };
        for (slot, asked) in self.form.slots.iter().zip(&self.asked) {
            note(slot.part, &asked.problems);
        }
        for (table, filled) in self.form.tables.iter().zip(&self.tables) {
            note(Some(table.part), &filled.problems);
            filled.rows.iter().for_each(|row| note(Some(table.part), &row.problems));
        }
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, problem)| problem).collect()
    }

    /// What keeps one from leaving a page.
    pub fn problems_on(&self, page: usize) -> Vec<PlacedProblem> {
        self.problems().into_iter().filter(|problem| problem.page == Some(page)).collect()
    }

    /// Whether it can be sent.
    pub fn may_submit(&self) -> bool {
        self.asked.iter().all(|asked| asked.problems.is_empty())
            && self
                .tables
                .iter()
                .all(|table| table.problems.is_empty() && table.rows.iter().all(|row| row.problems.is_empty()))
    }

    /// All that was filled in, what is not shown included: a draft.
    pub fn draft(&self) -> Answers {
        let lines = |at: usize| self.sent_lines(at);
        Answers { values: self.given.clone(), emptied: self.emptied(), lines: self.all_lines(&lines) }
    }

    /// What is sent: what is shown, and what is captured.
    pub fn submission(&self) -> Answers {
        let mut values = Values::new();
        for slot in &self.form.slots {
            let is_sent = match slot.part {
                Some(part) => self.shown[part],
                None => !self.preset.get(slot.field.id).is_empty(),
            };
            let value = self.record.value(slot.field.id);
            if is_sent && !value.is_empty() {
                values.set(slot.field.id, value.clone());
            }
        }
        let shown = |at: usize| if self.shown[self.form.tables[at].part] { self.sent_lines(at) } else { Vec::new() };
        let is_shown = |field: &FieldId| {
            let part = self.form.slot_of.get(field).and_then(|at| self.form.slots[*at].part);
            part.is_some_and(|part| self.shown[part])
        };
        let emptied = self.emptied().into_iter().filter(is_shown).collect();
        Answers { values, emptied, lines: self.all_lines(&shown) }
    }

    /// Fields that somebody emptied where something stood by itself, a default or what was captured; in the order of the entity.
    fn emptied(&self) -> Vec<FieldId> {
        let stands = |slot: &&Slot| slot.default.is_some() || !self.preset.get(slot.field.id).is_empty();
        let with_default = self.form.slots.iter().filter(stands).map(|slot| slot.field.id);
        let is_emptied = |field: &FieldId| self.touched.contains(field) && self.given.get(*field).is_empty();
        with_default.filter(|field| is_emptied(field) && !self.unread.contains_key(field)).collect()
    }

    fn all_lines(&self, of: &dyn Fn(usize) -> Vec<Values>) -> Vec<AnsweredLines> {
        let tables = self.form.tables.iter().enumerate();
        let all = tables.map(|(at, table)| AnsweredLines { field: table.field, lines: of(at) });
        all.filter(|lines| !lines.lines.is_empty()).collect()
    }

    fn is_read_only(&self, part: usize, slot: &Slot) -> bool {
        self.locked[part] || slot.computed.is_some() || !slot.field.is_editable()
    }

    fn work_out_from(&mut self, field: FieldId, around: &Surroundings<'_>) -> Vec<usize> {
        let Some(slot) = self.form.slot_of.get(&field).copied() else { return Vec::new() };
        // What was typed may be wrong in another way while the field holds nothing as before.
        let nodes = [Node::Value(slot), Node::Ask(slot)];
        self.work_out(nodes.into_iter().filter_map(|node| self.form.graph.rank(node)).collect(), around)
    }

    pub(super) fn work_out_from_lines(&mut self, table: usize, around: &Surroundings<'_>) -> Vec<usize> {
        let graph = &self.form.graph;
        let Some(rank) = graph.rank(Node::Lines(table)) else { return Vec::new() };
        let agenda = graph.readers(rank).iter().copied().collect();
        let mut changed = self.work_out(agenda, around);
        let part = self.form.tables[table].part;
        if !changed.contains(&part) {
            changed.push(part);
        }
        changed
    }

    /// Works out these nodes and all that depends on those that come out differently. Ends always: readers come later in the order.
    fn work_out(&mut self, mut agenda: BTreeSet<usize>, around: &Surroundings<'_>) -> Vec<usize> {
        let form = self.form.clone();
        let mut changed: Vec<usize> = Vec::new();
        let mut has_owner_changed = false;
        // Lines may read the record that they belong to, which may read them; people do not go round more than this.
        const ROUNDS: usize = 3;
        for _ in 0..ROUNDS {
            while let Some(rank) = agenda.pop_first() {
                let node = form.graph.order[rank];
                if !self.refresh(node, around) {
                    continue;
                }
                agenda.extend(form.graph.readers(rank));
                has_owner_changed |= matches!(node, Node::Value(_) | Node::Derived(_));
                changed.extend(part_of(&form, node));
            }
            if !std::mem::take(&mut has_owner_changed) {
                break;
            }
            for at in (0..form.tables.len()).filter(|at| form.tables[*at].reads_owner) {
                if self.refresh_lines(at, around)
                    && let Some(rank) = form.graph.rank(Node::Lines(at))
                {
                    agenda.extend(form.graph.readers(rank));
                }
            }
        }
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    /// Works one node out; whether it comes out differently.
    fn refresh(&mut self, node: Node, around: &Surroundings<'_>) -> bool {
        let form = self.form.clone();
        match node {
            Node::Visible(at) => {
                let part = &form.parts[at];
                let is_within = part.parent.is_none_or(|parent| self.shown[parent]);
                let next = is_within && !part.is_void && self.holds(part.visible.as_ref(), around).unwrap_or(true);
                std::mem::replace(&mut self.shown[at], next) != next
            }
            Node::Locked(at) => {
                let part = &form.parts[at];
                let is_within = part.parent.is_some_and(|parent| self.locked[parent]);
                let next = is_within || self.holds(part.locked.as_ref(), around).unwrap_or(false);
                std::mem::replace(&mut self.locked[at], next) != next
            }
            Node::Value(at) => {
                let slot = &form.slots[at];
                let next = self.value(slot, around);
                if *self.record.value(slot.field.id) == next {
                    return false;
                }
                self.record.values.set(slot.field.id, next);
                true
            }
            Node::Derived(at) => {
                let field = form.derived[at];
                let overlay = Overlay { filling: self, base: around.reader };
                let computed = around.computing.computed(&around.scope(&overlay, &self.record), Some(&[field]));
                let next = computed.value(field).clone();
                if *self.record.value(field) == next {
                    return false;
                }
                self.record.values.set(field, next);
                true
            }
            Node::Lines(at) => self.refresh_lines(at, around),
            Node::Ask(at) => {
                let next = self.ask(&form.slots[at], around);
                if self.asked[at] == next {
                    return false;
                }
                self.asked[at] = next;
                true
            }
            Node::AskLines(at) => self.ask_lines(at, around),
        }
    }

    fn holds(&self, condition: Option<&CompiledCondition>, around: &Surroundings<'_>) -> Option<bool> {
        let condition = condition?;
        let overlay = Overlay { filling: self, base: around.reader };
        Some(condition.holds(&around.scope(&overlay, &self.record)))
    }

    fn value(&self, slot: &Slot, around: &Surroundings<'_>) -> Value {
        let field = slot.field.id;
        let worked_out = |formula: &Option<Formula>| {
            let overlay = Overlay { filling: self, base: around.reader };
            let operand = formula.as_ref()?.evaluate(&around.scope(&overlay, &self.record)).ok()?;
            into_field(operand, &slot.field, around.clock)
        };
        match slot.part {
            Some(part) if !self.shown[part] => worked_out(&slot.unasked).unwrap_or_default(),
            Some(_) if slot.computed.is_some() => worked_out(&slot.computed).unwrap_or_default(),
            Some(_) if self.touched.contains(&field) => self.given.get(field).clone(),
            _ => match self.preset.get(field) {
                Value::Empty => worked_out(&slot.default).unwrap_or_default(),
                preset => preset.clone(),
            },
        }
    }

    fn ask(&self, slot: &Slot, around: &Surroundings<'_>) -> Asked {
        let field = slot.field.id;
        let overlay = Overlay { filling: self, base: around.reader };
        let scope = around.scope(&overlay, &self.record);
        let value = self.record.value(field);
        let is_shown = slot.part.is_some_and(|part| self.shown[part]);
        let is_required =
            slot.field.required || (is_shown && slot.required.as_ref().is_some_and(|it| it.holds(&scope)));
        let rule = slot.options.iter().find(|(when, _)| is_shown && when.holds(&scope));
        let offered = rule.map(|(_, options)| options.clone());
        let mut problems: Vec<Diagnostic> = Vec::new();
        let unread = self.unread.get(&field).filter(|_| is_shown);
        problems.extend(unread.cloned());
        if unread.is_none() {
            let found = check(&overlay, &self.form.entity, &self.record, Some(&[field]));
            problems.extend(found.into_iter().filter(|wrong| !(slot.joins && wrong.code == Code::NotUnique)));
        }
        if is_required
            && value.is_empty()
            && problems.is_empty()
            && !matches!(slot.field.kind, FieldKind::AutoNumber { .. })
        {
            problems.push(Diagnostic::of_field(Code::MissingRequired, field));
        }
        if let Some(allowed) = &offered
            && let Some(option) = value.options().iter().find(|option| !allowed.contains(option))
            && problems.is_empty()
        {
            let label = slot.field.option(*option).map_or(option.as_str(), |it| it.label.text(around.language));
            problems.push(Diagnostic::of_field(Code::NotAnOption, field).with("value", label));
        }
        let own = slot.own_checks.iter().filter(|_| is_shown && unread.is_none() && !value.is_empty());
        for (condition, message) in own.chain(slot.checks.iter().filter(|_| unread.is_none())) {
            if !condition.holds(&scope) {
                problems.push(said(Diagnostic::of_field(Code::CheckFailed, field), &message.zh, &message.en));
            }
        }
        for problem in problems.iter_mut().filter(|it| is_shown && it.code != Code::CheckFailed) {
            let own = slot.messages.iter().find(|message| message.on.is_none_or(|on| on == problem.code));
            if let Some(own) = own {
                *problem = said(problem.clone(), &own.text.zh, &own.text.en);
            }
        }
        problems.sort_by_key(|problem| problem.argument("message-zh").is_none());
        for problem in &mut problems {
            problem.at.record = None;
        }
        Asked { is_required, offered, problems }
    }
}

fn said(problem: Diagnostic, zh: &str, en: &str) -> Diagnostic {
    problem.with("message-zh", zh).with("message-en", en)
}

fn part_of(form: &CompiledForm, node: Node) -> Option<usize> {
    match node {
        Node::Visible(at) | Node::Locked(at) => Some(at),
        Node::Value(at) | Node::Ask(at) => form.slots[at].part,
        Node::Lines(at) | Node::AskLines(at) => Some(form.tables[at].part),
        Node::Derived(at) => {
            let field = form.derived[at];
            let item = form.form.items().map(|(_, _, item)| item).find(|item| item.field() == Some(field))?;
            form.part_of.get(&item.id).copied()
        }
    }
}
