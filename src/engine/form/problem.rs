//! What is wrong with the definition of a form, and what is odd about it, each with the part to jump to.

mod reach;

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::compiled::{Aspect, CompiledForm, FormFault, Slot};
use crate::engine::condition;
use crate::engine::formula::{self, Read};
use crate::model::condition::Condition;
use crate::model::contact;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::{Field, FieldKind, Label, Language};
use crate::model::form::{Form, FormItem, ItemContent, Presence};
use crate::model::id::{EntityId, FieldId};
use crate::model::state::Reader;
use reach::Reach;

/// Something wrong or odd about a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormProblem {
    /// How bad it is.
    pub gravity: Gravity,
    /// The page, section or item; none for the form as a whole.
    pub part: Option<String>,
    /// What of it.
    pub aspect: Aspect,
    /// What it is, in the words of its code.
    pub diagnostic: Diagnostic,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gravity {
    /// The form cannot be published.
    Error,
    /// It can, and is likely not to do what is meant.
    Warning,
}

/// All problems of a form, the errors first, otherwise in the order of the form.
pub fn problems(compiled: &CompiledForm, reader: &dyn Reader) -> Vec<FormProblem> {
    let mut list = List { compiled, reader, found: Vec::new() };
    for FormFault { part, aspect, diagnostic } in compiled.faults().iter().cloned() {
        list.found.push(FormProblem { gravity: Gravity::Error, part, aspect, diagnostic });
    }
    list.labels();
    list.fields();
    list.parts();
    list.whole();
    let mut found = list.found;
    let place = |problem: &FormProblem| {
        let part = problem.part.as_ref().and_then(|id| compiled.part_of.get(id)).copied();
        (problem.gravity, part.map_or(0, |at| at + 1))
    };
    found.sort_by_key(place);
    found
}

struct List<'a> {
    compiled: &'a CompiledForm,
    reader: &'a dyn Reader,
    found: Vec<FormProblem>,
}

impl<'a> List<'a> {
    fn note(&mut self, gravity: Gravity, part: Option<&str>, aspect: Aspect, diagnostic: Diagnostic) {
        self.found.push(FormProblem { gravity, part: part.map(str::to_owned), aspect, diagnostic });
    }

    fn form(&self) -> Arc<Form> {
        self.compiled.form.clone()
    }

    /// Texts that are missing in a language in which the form can be filled in.
    fn labels(&mut self) {
        let form = self.form();
        self.label(None, Aspect::Label, &form.label, form.spoken());
        for label in form.introduction.iter().chain(&form.send) {
            self.label(None, Aspect::Label, label, form.spoken());
        }
        for label in form.ending.text.iter().chain(form.ending.link.as_ref().map(|link| &link.label)) {
            self.label(None, Aspect::Ending, label, form.spoken());
        }
        for page in &form.pages {
            page.label.iter().for_each(|label| self.label(Some(&page.id), Aspect::Label, label, form.spoken()));
            for section in &page.sections {
                section
                    .label
                    .iter()
                    .for_each(|label| self.label(Some(&section.id), Aspect::Label, label, form.spoken()));
            }
        }
        for (_, _, item) in form.items() {
            let own = match &item.content {
                ItemContent::Field(field) => field.label.as_ref(),
                ItemContent::Lines(lines) => lines.label.as_ref(),
                ItemContent::Text { text } => Some(text),
                ItemContent::Picture { description, .. } => Some(description),
                ItemContent::Divider => None,
            };
            let field = item.field().and_then(|field| self.compiled.entity.field(field)).cloned();
            if let Some(label) = own.or(field.as_ref().map(|field| &field.label)) {
                self.label(Some(&item.id), Aspect::Label, label, form.spoken());
            }
            if let ItemContent::Field(field) = &item.content {
                for message in &field.messages {
                    self.label(Some(&item.id), Aspect::Messages, &message.text, form.spoken());
                }
                for (at, check) in field.checks.iter().enumerate() {
                    self.text(Some(&item.id), Aspect::Check(at), &check.message, form.spoken(), Code::MissingMessage);
                }
            }
        }
    }

    fn label(&mut self, part: Option<&str>, aspect: Aspect, label: &Label, spoken: &[Language]) {
        self.text(part, aspect, label, spoken, Code::MissingLabel);
    }

    fn text(&mut self, part: Option<&str>, aspect: Aspect, label: &Label, spoken: &[Language], missing: Code) {
        for language in spoken {
            let (text, name) = match language {
                Language::Zh => (&label.zh, "zh-CN"),
                Language::En => (&label.en, "en"),
            };
            if text.trim().is_empty() {
                self.note(Gravity::Warning, part, aspect, Diagnostic::new(missing).with("language", name));
            }
        }
    }

    /// Fields that are asked for twice, not at all, or of no kind that can be asked for.
    fn fields(&mut self) {
        let form = self.form();
        let entity = self.compiled.entity.clone();
        let mut seen: FxHashSet<FieldId> = FxHashSet::default();
        for (_, _, item) in form.items() {
            if let Some(field) = item.field().filter(|field| !seen.insert(*field)) {
                let name = entity.field(field).map_or(field.as_str(), |it| it.label.text(form.spoken()[0]));
                let twice = Diagnostic::of_field(Code::AskedTwice, field).with("name", name);
                self.note(Gravity::Error, Some(&item.id), Aspect::Field, twice);
            }
            self.options(&form, item);
        }
        let captured: FxHashSet<FieldId> = form.captured().collect();
        for field in entity.fields.iter().filter(|field| field.required && field.is_stored() && !field.is_computed()) {
            let is_numbered = matches!(field.kind, FieldKind::AutoNumber { .. });
            if !seen.contains(&field.id) && !captured.contains(&field.id) && field.default.is_none() && !is_numbered {
                let name = field.label.text(form.spoken()[0]);
                let missing = Diagnostic::of_field(Code::NotAsked, field.id).with("name", name);
                self.note(Gravity::Error, None, Aspect::Itself, missing);
            }
        }
        for field in captured.into_iter().filter(|field| entity.field(*field).is_none()) {
            let unknown = Diagnostic::of_field(Code::UnknownField, field).with("name", field);
            self.note(Gravity::Error, None, Aspect::Capture, unknown);
        }
        for field in form.join.iter().flat_map(|key| &key.fields).copied() {
            if entity.field(field).is_none() {
                let unknown = Diagnostic::of_field(Code::UnknownField, field).with("name", field);
                self.note(Gravity::Error, None, Aspect::Join, unknown);
            }
        }
    }

    /// Options that a rule offers and the field does not have.
    fn options(&mut self, form: &Form, item: &FormItem) {
        let ItemContent::Field(asked) = &item.content else { return };
        let Some(field) = self.compiled.entity.field(asked.field).cloned() else { return };
        for option in asked.options.iter().flat_map(|rule| &rule.options) {
            let known = field.option(*option);
            if known.is_none_or(|known| known.retired) {
                let name = known.map_or(option.as_str(), |known| known.label.text(form.spoken()[0]));
                let gone = Diagnostic::of_field(Code::NotAnOption, field.id).with("value", name);
                self.note(Gravity::Warning, Some(&item.id), Aspect::Options, gone);
            }
        }
        if asked.options.iter().any(|rule| rule.options.is_empty()) {
            self.note(Gravity::Warning, Some(&item.id), Aspect::Options, Diagnostic::new(Code::NothingOffered));
        }
    }

    /// Pages, sections and items that never show, ask for what nobody can give, or look ahead.
    fn parts(&mut self) {
        let form = self.form();
        let reach = Reach::of(self.compiled);
        for page in &form.pages {
            let within = vec![page.presence.visible.as_ref()];
            self.presence(&reach, &page.id, &within, None);
            if page.sections.iter().all(|section| section.items.is_empty()) {
                self.note(Gravity::Warning, Some(&page.id), Aspect::Itself, Diagnostic::new(Code::EmptyPart));
            }
            for section in &page.sections {
                let within = vec![page.presence.visible.as_ref(), section.presence.visible.as_ref()];
                self.presence(&reach, &section.id, &within, Some(&within[..1]));
                if !(1..=4).contains(&section.columns) {
                    let wrong = Diagnostic::new(Code::InvalidDefinition).with("detail", "columns");
                    self.note(Gravity::Error, Some(&section.id), Aspect::Itself, wrong);
                }
                for item in &section.items {
                    let mut own = within.clone();
                    own.push(item.presence.visible.as_ref());
                    self.presence(&reach, &item.id, &own, Some(&within));
                    let locks = [&page.presence, &section.presence, &item.presence];
                    self.searches(&form, item);
                    self.contradictions(&reach, item, &own, &locks);
                }
            }
        }
        self.ahead(&form);
    }

    /// A part that never shows; where one that holds it never does, that one is named.
    fn presence(
        &mut self,
        reach: &Reach<'_>,
        part: &str,
        all: &[Option<&Condition>],
        around: Option<&[Option<&Condition>]>,
    ) {
        if reach.is_never(all) && !around.is_some_and(|around| reach.is_never(around)) {
            self.note(Gravity::Warning, Some(part), Aspect::Visible, Diagnostic::new(Code::NeverShown));
        }
    }

    fn contradictions(
        &mut self,
        reach: &Reach<'_>,
        item: &FormItem,
        visible: &[Option<&Condition>],
        presences: &[&Presence],
    ) {
        let ItemContent::Field(asked) = &item.content else { return };
        let Some(slot) = self.slot(asked.field) else { return };
        let (field, has_default) = (&slot.field, slot.default.is_some() || slot.computed.is_some());
        let (id, name) = (field.id, field.label.text(self.compiled.form.spoken()[0]).to_owned());
        let is_preset = self.compiled.form.captured().any(|captured| captured == id);
        let is_required = field.required || asked.required.is_some();
        let is_fixed = has_default || is_preset;
        if field.required && slot.unasked.is_none() && reach.is_never(visible) {
            let wrong = Diagnostic::of_field(Code::RequiredButHidden, id).with("name", &name);
            self.note(Gravity::Error, Some(&item.id), Aspect::Visible, wrong);
        } else if field.required && slot.unasked.is_none() && !reach.is_always(visible) {
            let wrong = Diagnostic::of_field(Code::RequiredAndHidden, id).with("name", &name);
            self.note(Gravity::Warning, Some(&item.id), Aspect::Visible, wrong);
        } else if let Some(required) = &asked.required {
            let mut both = visible.to_vec();
            both.push(Some(required));
            if !reach.is_never(visible) && !reach.is_never(&[Some(required)]) && reach.is_never(&both) {
                let wrong = Diagnostic::of_field(Code::RequiredButHidden, id).with("name", &name);
                self.note(Gravity::Warning, Some(&item.id), Aspect::Required, wrong);
            }
        }
        let is_locked = presences.iter().any(|it| it.read_only.as_ref().is_some_and(|it| reach.is_always(&[Some(it)])));
        let is_closed = is_locked || (!field.is_editable() && !matches!(field.kind, FieldKind::AutoNumber { .. }));
        if is_required && is_closed && !is_fixed {
            let wrong = Diagnostic::of_field(Code::RequiredButLocked, id).with("name", &name);
            self.note(Gravity::Error, Some(&item.id), Aspect::ReadOnly, wrong);
        }
    }

    /// Questions for records: with a search, visitors read the names of others; without one, they cannot answer.
    fn searches(&mut self, form: &Form, item: &FormItem) {
        match &item.content {
            ItemContent::Field(asked) => {
                let Some(slot) = self.slot(asked.field) else { return };
                let is_given = slot.computed.is_some()
                    || slot.default.is_some()
                    || form.captured().any(|captured| captured == asked.field);
                let is_locked = item.presence.read_only.is_some();
                if !is_locked && (asked.search || !is_given) {
                    self.search(item, &slot.field, Aspect::Search, asked.search);
                }
            }
            ItemContent::Lines(table) => {
                let Some(FieldKind::Lines { entity, .. }) =
                    self.compiled.entity.field(table.field).map(|field| &field.kind)
                else {
                    return;
                };
                let Some(lines) = self.reader.entity(*entity).cloned() else { return };
                for column in &table.columns {
                    if let Some(field) = lines.field(column.field).filter(|field| field.is_editable()) {
                        self.search(item, field, Aspect::Column(column.field), column.search);
                    }
                }
            }
            ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => {}
        }
    }

    fn search(&mut self, item: &FormItem, field: &Field, aspect: Aspect, may_search: bool) {
        let Some(target) = field.link() else { return };
        let language = self.compiled.form.spoken()[0];
        let named = |id: &EntityId| self.reader.entity(*id).map(|entity| entity.plural.text(language).to_owned());
        let names: Vec<String> = target.to.iter().filter_map(named).collect();
        let name = if names.is_empty() { field.label.text(language).to_owned() } else { names.join(", ") };
        let code = if may_search { Code::VisitorsSearch } else { Code::VisitorsCannotChoose };
        self.note(Gravity::Warning, Some(&item.id), aspect, Diagnostic::of_field(code, field.id).with("name", name));
    }

    fn slot(&self, field: FieldId) -> Option<&'a Slot> {
        let compiled: &'a CompiledForm = self.compiled;
        compiled.slot_of.get(&field).map(|at| &compiled.slots[*at])
    }

    /// Conditions and formulas that name a field of a later page.
    fn ahead(&mut self, form: &Form) {
        let entity = self.compiled.entity.clone();
        let page_of = |field: FieldId| {
            form.pages.iter().position(|page| {
                page.sections.iter().flat_map(|section| &section.items).any(|item| item.field() == Some(field))
            })
        };
        let reader = self.reader;
        let of_condition = |condition: &Condition| -> Vec<Read> {
            let compiled = condition::compile(condition, reader, entity.id);
            compiled.map_or_else(|_| Vec::new(), |compiled| compiled.reads().to_vec())
        };
        let of_formula = |text: &str| -> Vec<Read> {
            formula::compile(text, reader, entity.id).map_or_else(|_| Vec::new(), |formula| formula.reads().to_vec())
        };
        for (at, page) in form.pages.iter().enumerate() {
            let mut asked: Vec<(&str, Aspect, Vec<Read>)> = Vec::new();
            let mut note = |id, presence: &Presence| {
                let visible = presence.visible.iter().map(|it| (id, Aspect::Visible, of_condition(it)));
                asked.extend(visible.collect::<Vec<_>>());
                asked.extend(presence.read_only.iter().map(|it| (id, Aspect::ReadOnly, of_condition(it))));
            };
            note(page.id.as_str(), &page.presence);
            for section in &page.sections {
                note(section.id.as_str(), &section.presence);
                section.items.iter().for_each(|item| note(item.id.as_str(), &item.presence));
            }
            for item in page.sections.iter().flat_map(|section| &section.items) {
                let ItemContent::Field(field) = &item.content else { continue };
                let id = item.id.as_str();
                asked.extend(field.required.iter().map(|it| (id, Aspect::Required, of_condition(it))));
                asked.extend(field.options.iter().map(|it| (id, Aspect::Options, of_condition(&it.when))));
                asked.extend(field.default.iter().map(|it| (id, Aspect::Default, of_formula(it))));
                asked.extend(field.computed.iter().map(|it| (id, Aspect::Computed, of_formula(it))));
                let checks = field.checks.iter().enumerate();
                asked.extend(checks.map(|(at, check)| (id, Aspect::Check(at), of_condition(&check.condition))));
            }
            for (part, aspect, reads) in asked {
                let named = reads.iter().filter_map(|read| match read {
                    Read::Own(field) => Some(*field),
                    Read::Through { path, .. } => path.first().copied(),
                    Read::Related { .. } | Read::RelatedThrough { .. } | Read::Updated | Read::Clock | Read::Actor => {
                        None
                    }
                });
                let later = named.filter(|field| page_of(*field).is_some_and(|page| page > at));
                let later: Vec<Field> = later.filter_map(|field| entity.field(field).cloned()).collect();
                for field in later {
                    let name = field.label.text(form.spoken()[0]);
                    let wrong = Diagnostic::of_field(Code::ReadsLater, field.id).with("name", name);
                    self.note(Gravity::Warning, Some(part), aspect, wrong);
                }
            }
        }
    }

    /// What is wrong with the form as a whole: nothing on it, a last page that leads nowhere, goals that cannot be read.
    fn whole(&mut self) {
        let form = self.form();
        if form.items().next().is_none() {
            self.note(Gravity::Error, None, Aspect::Itself, Diagnostic::new(Code::EmptyPart));
        }
        if let Some(link) = &form.ending.link
            && contact::read_url(&link.address).is_none()
        {
            let wrong = Diagnostic::new(Code::NotAUrl).with("value", &link.address);
            self.note(Gravity::Error, None, Aspect::Ending, wrong);
        }
        for (at, goal) in form.goals.iter().enumerate() {
            for wrong in condition::compile(&goal.condition, self.reader, form.entity).err().into_iter().flatten() {
                self.note(Gravity::Error, None, Aspect::Goal(at), wrong);
            }
        }
    }
}
