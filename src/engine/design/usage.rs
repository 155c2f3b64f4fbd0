//! Where a field is used: every view, layout, formula, condition, rule, score and conversion that speaks of it.

use crate::engine::condition;
use crate::engine::formula::{self, Read};
use crate::model::action::{Action, Assignment, Recipient};
use crate::model::condition::Condition;
use crate::model::conversion::Conversion;
use crate::model::definition::{Definition, Workspace};
use crate::model::entity::Entity;
use crate::model::field::{FieldKind, Label};
use crate::model::form::{Form, ItemContent};
use crate::model::id::{DefinitionId, EntityId, FieldId};
use crate::model::rule::{Rule, Trigger};
use crate::model::state::Reader;
use crate::model::view::{View, ViewShape};

/// A definition, or a field in it, that speaks of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Usage {
    /// The definition.
    pub definition: DefinitionId,
    /// What people call it.
    pub label: Label,
    /// The entity that it is about, if it is about one.
    pub entity: Option<EntityId>,
    /// The field of an entity's definition in which it stands.
    pub field: Option<FieldId>,
    /// In which ways, each once.
    pub ways: Vec<Way>,
}

/// In which way a field is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// As a column or on a card.
    Shown,
    /// As what a board, a calendar or a timeline is made by.
    Shape,
    /// To sort or group.
    Order,
    /// In a filter.
    Filter,
    /// To colour.
    Colour,
    /// On the record page.
    Page,
    /// In a formula.
    Formula,
    /// By a look-up.
    Lookup,
    /// By a roll-up.
    Rollup,
    /// As the default of a field.
    Default,
    /// In a check.
    Check,
    /// To name or tell records.
    Name,
    /// In a conversion.
    Conversion,
    /// To wake a rule.
    Trigger,
    /// In the condition of a rule.
    Condition,
    /// Asked for by a form, or filled in by it.
    Form,
    /// In what a rule does.
    Action,
    /// In a score model.
    Score,
    /// By the workspace itself.
    Workspace,
}

impl Way {
    /// The key of the word for it.
    pub fn key(self) -> &'static str {
        match self {
            Way::Shown => "usage-shown",
            Way::Shape => "usage-shape",
            Way::Order => "usage-order",
            Way::Filter => "usage-filter",
            Way::Colour => "usage-colour",
            Way::Page => "usage-page",
            Way::Formula => "usage-formula",
            Way::Lookup => "usage-lookup",
            Way::Rollup => "usage-rollup",
            Way::Default => "usage-default",
            Way::Check => "usage-check",
            Way::Name => "usage-name",
            Way::Conversion => "usage-conversion",
            Way::Trigger => "usage-trigger",
            Way::Condition => "usage-condition",
            Way::Form => "usage-form",
            Way::Action => "usage-action",
            Way::Score => "usage-score",
            Way::Workspace => "usage-workspace",
        }
    }
}

/// Everything that speaks of a field, definitions of its own entity first.
pub fn usages(reader: &dyn Reader, entity: EntityId, field: FieldId) -> Vec<Usage> {
    let mut search = Search { reader, entity, field, found: Vec::new() };
    for definition in reader.all_definitions() {
        search.look(&definition);
    }
    let mut found = search.found;
    found.iter_mut().for_each(|usage| {
        usage.ways.sort_unstable();
        usage.ways.dedup();
    });
    found.sort_by_key(|usage| usage.entity != Some(entity));
    found
}

struct Search<'a> {
    reader: &'a dyn Reader,
    entity: EntityId,
    field: FieldId,
    found: Vec<Usage>,
}

/// Notes ways for one definition.
struct Notes<'a, 'b> {
    search: &'b Search<'a>,
    ways: Vec<Way>,
}

impl Search<'_> {
    fn look(&mut self, definition: &Definition) {
        let mut notes = Notes { search: self, ways: Vec::new() };
        let about = match definition {
            Definition::Entity(entity) => return self.look_at_entity(definition, entity),
            Definition::View(view) => {
                notes.view(view);
                Some(view.entity)
            }
            Definition::Layout(layout) => {
                let is_shown = layout.entity == self.entity && layout.named().any(|named| named == self.field);
                notes.note(is_shown, Way::Page);
                Some(layout.entity)
            }
            Definition::Rule(rule) => {
                notes.rule(rule);
                Some(rule.entity)
            }
            Definition::Score(score) => {
                notes.own(score.entity, [score.field], Way::Score);
                for criterion in &score.criteria {
                    notes.condition(&criterion.condition, score.entity, Way::Score);
                }
                Some(score.entity)
            }
            // What was published stays as it was; whoever changes a field changes the form that is worked on.
            Definition::Form(form) => {
                if form.edition.is_none() {
                    notes.form(form);
                }
                Some(form.entity)
            }
            Definition::Workspace(workspace) => {
                notes.workspace(workspace);
                None
            }
        };
        let ways = notes.ways;
        self.keep(definition, about, None, ways);
    }

    /// An entity speaks of a field in its own fields, each told by itself, and besides.
    fn look_at_entity(&mut self, definition: &Definition, entity: &Entity) {
        let mut notes = Notes { search: self, ways: Vec::new() };
        let named = std::iter::once(entity.title).chain(entity.summary.iter().copied());
        notes.own(entity.id, named.chain(entity.happens).chain(entity.active), Way::Name);
        if let Some(conversion) = &entity.conversion {
            notes.conversion(entity.id, conversion);
        }
        let ways = notes.ways;
        self.keep(definition, Some(entity.id), None, ways);
        for field in &entity.fields {
            let mut notes = Notes { search: self, ways: Vec::new() };
            notes.field_kind(entity, &field.kind);
            if let Some(default) = &field.default {
                notes.formula(default, entity.id, Way::Default);
            }
            for check in field.checks.iter().filter(|_| (entity.id, field.id) != (self.entity, self.field)) {
                notes.condition(&check.condition, entity.id, Way::Check);
            }
            let ways = notes.ways;
            self.keep(definition, Some(entity.id), Some(field.id), ways);
        }
    }

    fn keep(&mut self, definition: &Definition, entity: Option<EntityId>, field: Option<FieldId>, ways: Vec<Way>) {
        if ways.is_empty() {
            return;
        }
        let label = match (definition, field) {
            (Definition::Entity(entity), Some(field)) => entity.field(field).map(|field| field.label.clone()),
            _ => None,
        };
        let label = label.unwrap_or_else(|| definition.label());
        self.found.push(Usage { definition: definition.id(), label, entity, field, ways });
    }
}

impl Notes<'_, '_> {
    fn note(&mut self, is_so: bool, way: Way) {
        if is_so {
            self.ways.push(way);
        }
    }

    /// Fields of an entity that are named by their ids.
    fn own(&mut self, entity: EntityId, fields: impl IntoIterator<Item = FieldId>, way: Way) {
        let is_named = entity == self.search.entity && fields.into_iter().any(|field| field == self.search.field);
        self.note(is_named, way);
    }

    fn formula(&mut self, text: &str, entity: EntityId, way: Way) {
        // What does not compile speaks of nothing for certain.
        let reads =
            formula::compile(text, self.search.reader, entity).map(|formula| self.is_read(formula.reads(), entity));
        self.note(reads.unwrap_or(false), way);
    }

    fn form(&mut self, form: &Form) {
        let joins = form.join.iter().flat_map(|key| key.fields.iter().copied());
        self.own(form.entity, form.asked().chain(form.captured()).chain(joins), Way::Form);
        let mut conditions: Vec<&Condition> = form.goals.iter().map(|goal| &goal.condition).collect();
        let mut formulas: Vec<&str> = Vec::new();
        for page in &form.pages {
            conditions.extend(page.presence.visible.iter().chain(&page.presence.read_only));
            for section in &page.sections {
                conditions.extend(section.presence.visible.iter().chain(&section.presence.read_only));
            }
        }
        for (_, _, item) in form.items() {
            conditions.extend(item.presence.visible.iter().chain(&item.presence.read_only));
            match &item.content {
                ItemContent::Field(asked) => {
                    conditions.extend(asked.required.iter().chain(asked.options.iter().map(|rule| &rule.when)));
                    conditions.extend(asked.checks.iter().map(|check| &check.condition));
                    formulas.extend(asked.default.as_deref().into_iter().chain(asked.computed.as_deref()));
                }
                ItemContent::Lines(table) => {
                    let of = self.search.reader.entity(form.entity).and_then(|entity| entity.field(table.field));
                    if let Some(FieldKind::Lines { entity, .. }) = of.map(|field| &field.kind) {
                        self.own(*entity, table.columns.iter().map(|column| column.field), Way::Form);
                    }
                }
                ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => {}
            }
        }
        conditions.into_iter().for_each(|condition| self.condition(condition, form.entity, Way::Condition));
        formulas.into_iter().for_each(|formula| self.formula(formula, form.entity, Way::Formula));
    }

    fn condition(&mut self, condition: &Condition, entity: EntityId, way: Way) {
        let compiled = condition::compile(condition, self.search.reader, entity);
        self.note(compiled.is_ok_and(|condition| self.is_read(condition.reads(), entity)), way);
    }

    fn text(&mut self, text: &Label, entity: EntityId, way: Way) {
        for text in [&text.zh, &text.en] {
            let inner = text.split("{{").skip(1).filter_map(|part| part.split_once("}}"));
            inner.for_each(|(formula, _)| self.formula(formula, entity, way));
        }
    }

    fn field_kind(&mut self, entity: &Entity, kind: &FieldKind) {
        match kind {
            FieldKind::Formula { formula, .. } => self.formula(formula, entity.id, Way::Formula),
            FieldKind::Lookup { link, field } => {
                self.own(entity.id, [*link], Way::Lookup);
                let targets = entity.field(*link).and_then(|link| link.link()).map(|target| target.to.clone());
                for target in targets.unwrap_or_default() {
                    self.own(target, [*field], Way::Lookup);
                }
            }
            FieldKind::Rollup(rollup) => {
                self.own(rollup.entity, std::iter::once(rollup.via).chain(rollup.field), Way::Rollup);
                if let Some(condition) = &rollup.condition {
                    self.condition(condition, rollup.entity, Way::Rollup);
                }
            }
            FieldKind::Lines { entity, via } => self.own(*entity, [*via], Way::Page),
            _ => {}
        }
    }

    fn view(&mut self, view: &View) {
        self.own(view.entity, view.shape.fields().iter().copied(), Way::Shown);
        let shaping: Vec<FieldId> = match &view.shape {
            // Widths and sums of columns are nothing that anybody would miss by itself.
            ViewShape::List { .. } => Vec::new(),
            ViewShape::Board { .. }
            | ViewShape::Calendar { .. }
            | ViewShape::Timeline { .. }
            | ViewShape::Gallery { .. } => {
                let bare = view.shape.clone().with_fields(Vec::new());
                bare.named().collect()
            }
        };
        self.own(view.entity, shaping, Way::Shape);
        let ordering = view.sort.iter().map(|sort| sort.field).chain(view.group.iter().map(|level| level.field));
        self.own(view.entity, ordering, Way::Order);
        self.condition(&view.filter, view.entity, Way::Filter);
        for rule in &view.colours {
            self.own(view.entity, rule.field, Way::Colour);
            self.condition(&rule.when, view.entity, Way::Colour);
        }
        if let ViewShape::Board { stale: Some(stale), .. } = &view.shape {
            self.condition(stale, view.entity, Way::Shape);
        }
    }

    fn rule(&mut self, rule: &Rule) {
        for trigger in &rule.triggers {
            if let Trigger::Changed { fields } = trigger {
                self.own(rule.entity, fields.iter().copied(), Way::Trigger);
            }
        }
        self.condition(&rule.condition, rule.entity, Way::Condition);
        for action in &rule.actions {
            self.action(rule.entity, action);
        }
    }

    fn action(&mut self, entity: EntityId, action: &Action) {
        match action {
            Action::Set { field, to: text } | Action::Add { field, by: text } => {
                self.own(entity, [*field], Way::Action);
                self.formula(text, entity, Way::Action);
            }
            Action::Assign { field, .. } | Action::Tag { field, .. } => self.own(entity, [*field], Way::Action),
            Action::Create { entity: made, values } => self.assignments(entity, *made, values, Way::Action),
            Action::Task { title, owner, due } => {
                self.text(title, entity, Way::Action);
                owner.iter().chain(due).for_each(|text| self.formula(text, entity, Way::Action));
            }
            Action::Notify { to, text } => {
                if let Recipient::Field { path } = to {
                    self.formula(path, entity, Way::Action);
                }
                self.text(text, entity, Way::Action);
            }
        }
    }

    /// Formulas asked of one entity that fill fields of another.
    fn assignments(&mut self, from: EntityId, into: EntityId, values: &[Assignment], way: Way) {
        for value in values {
            self.own(into, [value.field], way);
            self.formula(&value.to, from, way);
        }
    }

    fn conversion(&mut self, entity: EntityId, conversion: &Conversion) {
        let way = Way::Conversion;
        self.condition(&conversion.condition, entity, way);
        for target in &conversion.targets {
            self.own(entity, target.link, way);
            self.assignments(entity, target.entity, &target.values, way);
            self.own(target.entity, target.links.iter().map(|link| link.field), way);
        }
        self.assignments(entity, entity, &conversion.after, way);
        for carried in &conversion.carried {
            let fields = carried.links.iter().map(|link| link.field);
            self.own(carried.entity, std::iter::once(carried.via).chain(fields), way);
        }
    }

    fn workspace(&mut self, workspace: &Workspace) {
        let way = Way::Workspace;
        if let Some(it) = &workspace.tasks {
            self.own(it.entity, [it.title, it.owner, it.about, it.due], way);
        }
        if let Some(it) = &workspace.notices {
            self.own(it.entity, [it.to, it.text, it.about, it.read], way);
        }
        if let Some(it) = &workspace.comments {
            self.own(it.entity, [it.text, it.about, it.by, it.mentions], way);
        }
        if let Some(it) = &workspace.activities {
            self.own(it.entity, [it.title, it.text, it.kind, it.by], way);
        }
        if let Some(it) = &workspace.files {
            self.own(it.entity, [it.name, it.files, it.about, it.by], way);
        }
    }

    /// Whether any of these, asked of an entity, is the field.
    fn is_read(&self, reads: &[Read], from: EntityId) -> bool {
        let wanted = (self.search.entity, self.search.field);
        reads.iter().any(|read| match read {
            Read::Own(field) => (from, *field) == wanted,
            Read::Through { path, entity, field } => (*entity, *field) == wanted || self.is_on_path(from, path),
            Read::Related { entity, via, field } => {
                *entity == wanted.0 && (*via == wanted.1 || *field == Some(wanted.1))
            }
            Read::RelatedThrough { entity, via, path, target, field } => {
                (*entity, *via) == wanted || (*target, *field) == wanted || self.is_on_path(*entity, path)
            }
            Read::Updated | Read::Clock | Read::Actor => false,
        })
    }

    /// Whether a chain of links that begins at an entity goes over the field.
    fn is_on_path(&self, from: EntityId, path: &[FieldId]) -> bool {
        let mut at = vec![from];
        for link in path {
            if at.contains(&self.search.entity) && *link == self.search.field {
                return true;
            }
            let targets = |entity: &EntityId| {
                let field = self.search.reader.entity(*entity).and_then(|entity| entity.field(*link));
                field.and_then(|field| field.link()).map(|target| target.to.clone()).unwrap_or_default()
            };
            at = at.iter().flat_map(targets).collect();
        }
        false
    }
}
