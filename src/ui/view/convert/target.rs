//! One target of a conversion: a new record whose fields are filled in already, one that is there, or none.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::app::App;
use crate::command::Proposal;
use crate::engine::transfer::{Likeness, Twin, tells_apart, twins};
use crate::model::conversion::{ChosenTarget, ConversionTarget};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::{FieldDraft, FieldInput, plain};
use crate::ui::part::{avatar_styled, field_frame, icon, icon_styled};
use crate::ui::text::{label, label_within, t, tr};
use crate::ui::view::form;

/// How long nobody types before twins are looked for.
const PAUSE: Duration = Duration::from_millis(200);
/// As many likely twins as one looks through.
const FEW: usize = 3;

/// What becomes of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    New,
    Existing,
    Nothing,
}

/// One target while it is being chosen.
#[derive(Clone)]
pub struct Target {
    entity: Arc<Entity>,
    choice: RwSignal<Choice>,
    is_optional: bool,
    /// The fields of a new record.
    drafts: Vec<FieldDraft>,
    /// The record that is there, as the link field of the converted one.
    existing: Option<FieldDraft>,
    /// What would be filled in where it is blank.
    mapped: Vec<(FieldId, Value)>,
    /// Addresses of the converted record, whose domains tell something.
    addresses: Vec<String>,
    start: String,
}

impl Target {
    /// All targets of a conversion.
    pub fn all(app: App, record: &Record, entity: &Arc<Entity>, proposal: &Proposal, start: &str) -> Vec<Target> {
        let Some(conversion) = &entity.conversion else { return Vec::new() };
        let addresses = addresses(record, entity);
        let parts = conversion.targets.iter().zip(&proposal.known);
        parts
            .filter_map(|(definition, known)| {
                let target = app.ask(|state| state.entity(definition.entity).cloned())?;
                let mapped = proposal.plan.targets.iter().find(|(entity, _)| *entity == target.id);
                let mapped = mapped.map(|(_, values)| values.clone()).unwrap_or_default();
                let drafts = drafts(app, &target, definition, &mapped);
                let value = known.map_or(Value::Empty, Value::Link);
                let link = definition.link.and_then(|link| entity.field(link));
                let existing = link.map(|link| FieldDraft::new(app, entity, &asked(link), None, &value));
                Some(Target {
                    choice: RwSignal::new(if known.is_some() { Choice::Existing } else { Choice::New }),
                    is_optional: definition.optional,
                    start: format!("{start}-{}", target.id),
                    entity: target,
                    drafts,
                    existing,
                    mapped,
                    addresses: addresses.clone(),
                })
            })
            .collect()
    }

    /// Its entity.
    pub fn entity(&self) -> &Entity {
        &self.entity
    }

    /// Whether anything is made or filled up; tracked.
    pub fn is_wanted(&self) -> bool {
        self.choice.get() != Choice::Nothing
    }

    /// Whether something that is wrong is about this target.
    pub fn is_spoken_of(&self, wrong: &Diagnostic) -> bool {
        wrong.at.definition == Some(Definition::entity_id(self.entity.id))
    }

    /// What was chosen, or everything that is wrong with it.
    pub fn choice(&self) -> Result<ChosenTarget, Vec<Diagnostic>> {
        let place = Definition::entity_id(self.entity.id);
        let entity = self.entity.id;
        if let (Choice::Existing, Some(draft)) = (self.choice.get_untracked(), self.existing) {
            let existing = draft.value.with_untracked(|value| value.links().first().copied());
            draft.judge();
            return match existing {
                Some(_) => Ok(ChosenTarget { entity, existing, values: Vec::new() }),
                None => Err(vec![Diagnostic::of_field(Code::MissingRequired, draft.id()).in_definition(place)]),
            };
        }
        let (mut values, mut wrong) = (Vec::new(), Vec::new());
        for draft in &self.drafts {
            draft.judge();
            match untrack(|| draft.read()) {
                Ok(value) => values.push((draft.id(), value)),
                Err(one) => wrong.push(one.at_field(draft.id()).in_definition(place)),
            }
        }
        if wrong.is_empty() { Ok(ChosenTarget { entity, existing: None, values }) } else { Err(wrong) }
    }

    /// Says what is wrong beside its field; the id of the control, if the field is there.
    pub fn refuse(&self, field: FieldId, wrong: &Diagnostic) -> Option<String> {
        let draft = match self.choice.get_untracked() {
            Choice::Existing => self.existing.filter(|draft| draft.id() == field),
            Choice::New | Choice::Nothing => self.drafts.iter().copied().find(|draft| draft.id() == field),
        }?;
        draft.judge();
        draft.refuse(wrong);
        Some(format!("{}-{field}", self.start))
    }

    /// What a new record would hold so far of what tells it from others; tracked.
    fn values(&self) -> Values {
        let tells = |draft: &&FieldDraft| tells_apart(&self.entity, &draft.field());
        self.drafts.iter().filter(tells).filter_map(|draft| Some((draft.id(), draft.read().ok()?))).collect()
    }
}

/// A link that has to be filled in once it is asked for.
fn asked(link: &Field) -> Field {
    Field { required: true, read_only: false, ..link.clone() }
}

/// The fields of a new record: those that the conversion fills in, and what is required besides.
fn drafts(
    app: App,
    entity: &Arc<Entity>,
    definition: &ConversionTarget,
    mapped: &[(FieldId, Value)],
) -> Vec<FieldDraft> {
    let is_linked = |field: &Field| definition.links.iter().any(|link| link.field == field.id);
    // What is blank can be filled in later, unless it tells one record from another.
    let is_asked = |field: &&Field| {
        field.required || entity.summary.contains(&field.id) || mapped.iter().any(|(id, _)| *id == field.id)
    };
    let filled = definition.values.iter().filter_map(|value| entity.field(value.field)).filter(is_asked);
    let is_missing = |field: &&Field| {
        let is_given = field.default.is_some() || definition.values.iter().any(|value| value.field == field.id);
        field.required && !is_given && !is_linked(field)
    };
    let fields = filled.chain(entity.fields.iter().filter(is_missing)).filter(|field| field.is_editable());
    fields
        .map(|field| {
            let value = mapped.iter().find(|(id, _)| *id == field.id).map(|(_, value)| value.clone());
            FieldDraft::new(app, entity, field, None, &value.unwrap_or_default())
        })
        .collect()
}

/// The mail and web addresses that a record holds.
fn addresses(record: &Record, entity: &Entity) -> Vec<String> {
    let told = entity.fields.iter().filter_map(|field| {
        let text = record.value(field.id).as_text()?;
        let is_address = matches!(field.kind, FieldKind::Email | FieldKind::Url) || text.contains('@');
        (is_address && !text.contains(' ')).then(|| text.to_owned())
    });
    told.collect()
}

/// Draws a target.
pub fn target_view(app: App, target: &Target) -> AnyView {
    let choice = target.choice;
    let name = label(&target.entity.label);
    let picked = target.clone();
    let inside = move || match choice.get() {
        Choice::New => new_view(app, &picked),
        Choice::Existing => existing_view(app, &picked),
        Choice::Nothing => ().into_any(),
    };
    view! {
        <fieldset class="convert__target">
            <legend class="sr-only">{name.clone()}</legend>
            <div class="convert__head">
                {icon_styled(&target.entity.icon, "icon")}
                <h3 aria-hidden="true">{name}</h3>
                {choices(target)}
            </div>
            {inside}
        </fieldset>
    }
    .into_any()
}

fn choices(target: &Target) -> AnyView {
    let choice = target.choice;
    let group = format!("{}-choice", target.start);
    let one = |what: Choice, title: String| {
        view! {
            <label class="segment__item">
                <input
                    class="sr-only"
                    type="radio"
                    name=group.clone()
                    prop:checked=move || choice.get() == what
                    on:change=move |_| choice.set(what)
                />
                {title}
            </label>
        }
        .into_any()
    };
    let existing = target.existing.is_some().then(|| one(Choice::Existing, t("convert-existing")));
    let nothing = target.is_optional.then(|| one(Choice::Nothing, t("convert-nothing")));
    let name = tr("convert-choice", [("name", label_within(&target.entity.label).into())]);
    view! {
        <div class="segment" role="radiogroup" aria-label=name>
            {one(Choice::New, t("convert-new"))}
            {existing}
            {nothing}
        </div>
    }
    .into_any()
}

fn new_view(app: App, target: &Target) -> AnyView {
    let fields: Vec<AnyView> = target.drafts.iter().map(|draft| form::field(*draft, &target.start)).collect();
    let (sought, entity) = (target.clone(), target.entity.clone());
    let values = {
        let sought = sought.clone();
        Memo::new(move |_| sought.values())
    };
    // All records are looked through: only once nobody types.
    let rested = RwSignal::new(values.get_untracked());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = waiting.try_update_value(Option::take) {
            timer.clear();
        }
    };
    Effect::new(move |_| {
        let now = values.get();
        stop();
        let is_news = rested.with_untracked(|rested| *rested != now);
        let rest = move || drop(rested.try_set(now));
        waiting.set_value(is_news.then(|| set_timeout_with_handle(rest, PAUSE).ok()).flatten());
    });
    on_cleanup(stop);
    let found = Memo::new(move |_| {
        app.track_entity(sought.entity.id);
        let values = rested.get();
        let addresses: Vec<&str> = sought.addresses.iter().map(String::as_str).collect();
        app.ask(|state| twins(state, &sought.entity, &values, &addresses, FEW))
    });
    let (choice, existing) = (target.choice, target.existing);
    let offers = move || {
        let Some(existing) = existing else { return Vec::new() };
        let use_it = move |record: RecordId| {
            existing.value.set(Value::Link(record));
            choice.set(Choice::Existing);
        };
        found.get().into_iter().map(|twin| twin_view(app, &entity, &twin, use_it)).collect::<Vec<AnyView>>()
    };
    view! {
        <div class="convert__twins" role="status">{offers}</div>
        <div class="form__grid">{fields}</div>
    }
    .into_any()
}

fn twin_view(app: App, entity: &Entity, twin: &Twin, use_it: impl Fn(RecordId) + 'static) -> AnyView {
    let record = twin.record;
    let name = app.title(record);
    let name = if name.is_empty() { t("field-untitled") } else { name };
    let about = about(app, entity, record);
    let reasons: Vec<String> = twin.reasons.iter().map(|reason| say(entity, *reason)).collect();
    let say = tr("convert-twin", [("name", name.clone().into()), ("why", reasons.join(&t("field-separator")).into())]);
    let told = tr("convert-use-name", [("name", name.into())]);
    view! {
        <div class="match">
            {icon("triangle-alert")}
            <p>{say}{(!about.is_empty()).then(|| view! { <small class="convert__about">{about}</small> })}</p>
            <button class="button button--small" type="button" aria-label=told on:click=move |_| use_it(record)>
                {t("convert-use")}
            </button>
        </div>
    }
    .into_any()
}

/// What tells the record from others of its name.
fn about(app: App, entity: &Entity, id: RecordId) -> String {
    let Some(record) = app.record(id) else { return String::new() };
    let fields = entity.summary.iter().filter(|field| **field != entity.title).filter_map(|field| entity.field(*field));
    let parts: Vec<String> = fields.map(|field| plain(app, entity, field, record.value(field.id))).collect();
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<String>>().join(" · ")
}

fn say(entity: &Entity, reason: Likeness) -> String {
    match reason {
        Likeness::Unique(field) => {
            let name = entity.field(field).map(|field| label_within(&field.label)).unwrap_or_default();
            tr("convert-same-field", [("name", name.into())])
        }
        Likeness::Phone => t("convert-same-phone"),
        Likeness::Email => t("convert-same-email"),
        Likeness::Name => t("convert-same-name"),
        Likeness::Domain => t("convert-same-domain"),
    }
}

fn existing_view(app: App, target: &Target) -> AnyView {
    let Some(draft) = target.existing else { return ().into_any() };
    let id = format!("{}-{}", target.start, draft.id());
    let error = Signal::derive(move || draft.error());
    let input = view! { <FieldInput draft=draft id=id.clone()/> }.into_any();
    let name = tr("convert-which", [("name", label_within(&target.entity.label).into())]);
    let (entity, mapped) = (target.entity.clone(), target.mapped.clone());
    let gains = move || {
        let record = draft.value.with(|value| value.links().first().copied()).and_then(|id| app.record(id))?;
        let gained: Vec<AnyView> = mapped
            .iter()
            .filter(|(field, _)| record.value(*field).is_empty())
            .filter_map(|(field, value)| {
                let field = entity.field(*field)?;
                let value = plain(app, &entity, field, value);
                Some(view! { <div><dt>{label(&field.label)}</dt><dd>{value}</dd></div> }.into_any())
            })
            .collect();
        let title = app.title(record.id);
        let (mark, say) = match gained.is_empty() {
            true => ("icon", t("convert-fills-nothing")),
            false => ("icon icon--good", t("convert-fills")),
        };
        Some(
            view! {
                <div class="convert__gains">
                    <p>{avatar_styled(&title, "avatar avatar--square")}<b>{title.clone()}</b></p>
                    <p class="quiet">{icon_styled("circle-plus", mark)}{say}</p>
                    <dl>{gained}</dl>
                </div>
            }
            .into_any(),
        )
    };
    view! {
        <div class="field">{field_frame(&id, name, false, None, error, input)}</div>
        {gains}
    }
    .into_any()
}
