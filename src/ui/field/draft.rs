//! A draft of one value: what stands in a control until it is sent. Nothing typed is lost because it is wrong.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::engine::form;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::value::Value;
use crate::ui::text::diagnostic;

/// What somebody had filled in when the page was left, in a form that can be kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    /// The field.
    pub field: FieldId,
    /// What stood in a control that is typed into.
    text: String,
    /// What was chosen in a control that is picked from.
    value: Value,
    /// What the record was known to hold.
    known: Value,
}

thread_local! {
    /// How many photos, files and signatures are on their way into drafts.
    static BUSY: Cell<usize> = const { Cell::new(0) };
}

/// Says that something is on its way into a draft.
pub(super) fn begin_reading() {
    BUSY.set(BUSY.get() + 1);
}

/// Says that it has come, or will never come.
pub(super) fn end_reading() {
    BUSY.set(BUSY.get().saturating_sub(1));
}

/// Does something once all photos, files and signatures have come into their drafts: what is sent before would be without them.
pub fn once_read(then: impl FnOnce() + 'static) {
    if BUSY.get() == 0 {
        then();
    } else {
        set_timeout(move || once_read(then), Duration::from_millis(50));
    }
}

/// How a form asks for a field, where that is not as its entity has it.
#[derive(Clone)]
pub struct Asking {
    /// What is wrong, once it is time to say so.
    pub wrong: Signal<Option<String>>,
    /// Whether it has to be filled in.
    pub is_required: Signal<bool>,
    /// What stands in the empty control.
    pub placeholder: Option<String>,
}

/// What somebody is filling in.
#[derive(Clone, Copy)]
pub struct FieldDraft {
    app: App,
    entity: StoredValue<Arc<Entity>>,
    field: StoredValue<Arc<Field>>,
    record: Option<RecordId>,
    /// What stands in a control that is typed into.
    pub text: RwSignal<String>,
    /// What was chosen in a control that is picked from.
    pub value: RwSignal<Value>,
    /// What stood there at the beginning.
    initial: StoredValue<(String, Value)>,
    /// What the record is known to hold: what it held at the beginning, or what somebody has looked at since.
    known: RwSignal<Value>,
    /// Whether it is time to speak of mistakes.
    pub is_judged: RwSignal<bool>,
    /// What a command said against it, until it changes.
    refused: RwSignal<Option<(String, Value, String)>>,
    /// What is looked for from the start, in a control that is picked from.
    sought: StoredValue<String>,
    /// Takes what the control offers first for what is typed.
    offered: StoredValue<Option<Callback<()>>>,
    /// How a form asks for it.
    asking: StoredValue<Option<Asking>>,
}

impl FieldDraft {
    /// A draft that starts from a value.
    pub fn new(app: App, entity: &Arc<Entity>, field: &Field, record: Option<RecordId>, value: &Value) -> Self {
        let text =
            if is_typed(&field.kind) { form::edit_text(field, value, &app.read_settings()) } else { String::new() };
        FieldDraft {
            app,
            entity: StoredValue::new(entity.clone()),
            field: StoredValue::new(Arc::new(field.clone())),
            record,
            text: RwSignal::new(text.clone()),
            value: RwSignal::new(value.clone()),
            initial: StoredValue::new((text, value.clone())),
            known: RwSignal::new(value.clone()),
            is_judged: RwSignal::new(false),
            refused: RwSignal::new(None),
            sought: StoredValue::new(String::new()),
            offered: StoredValue::new(None),
            asking: StoredValue::new(None),
        }
    }

    /// Begins with what was typed already, in the place of what was there.
    pub fn begin_with(self, typed: &str) {
        match self.field.with_value(|field| form::read_text(field, typed, &self.app.read_settings())) {
            Ok(mark) if self.field.with_value(|field| matches!(field.kind, FieldKind::Nps)) => self.value.set(mark),
            Ok(_) | Err(_) if self.is_typed() => self.text.set(typed.to_owned()),
            Ok(_) | Err(_) => self.sought.set_value(typed.to_owned()),
        }
    }

    /// Lets a form say what is wrong with it, and whether it has to be filled in.
    pub fn asked_by(self, asking: Asking) {
        self.asking.set_value(Some(asking));
    }

    /// Whether a form asks for it.
    pub fn is_asked(self) -> bool {
        self.asking.with_value(Option::is_some)
    }

    /// What a form wants to stand in the empty control.
    pub fn placeholder(self) -> Option<String> {
        self.asking.with_value(|asking| asking.as_ref().and_then(|asking| asking.placeholder.clone()))
    }

    /// What is looked for from the start.
    pub fn sought(self) -> String {
        self.sought.get_value()
    }

    /// What is filled in, if anything was changed.
    pub fn typed(self) -> Option<Typed> {
        self.is_changed().then(|| Typed {
            field: self.id(),
            text: self.text.get_untracked(),
            value: self.value.get_untracked(),
            known: self.known.get_untracked(),
        })
    }

    /// Goes on with what was filled in before.
    pub fn resume(self, typed: &Typed) {
        self.text.set(typed.text.clone());
        self.value.set(typed.value.clone());
        self.known.set(typed.known.clone());
    }

    /// The workspace.
    pub fn app(self) -> App {
        self.app
    }

    /// The field.
    pub fn field(self) -> Arc<Field> {
        self.field.get_value()
    }

    /// The field's entity.
    pub fn entity(self) -> Arc<Entity> {
        self.entity.get_value()
    }

    /// The field's id.
    pub fn id(self) -> FieldId {
        self.field.with_value(|field| field.id)
    }

    /// Whether it may not stay blank; what a new record gets by itself may. Tracked where a form asks for it.
    pub fn is_required(self) -> bool {
        if let Some(asking) = self.asking.get_value() {
            return asking.is_required.get();
        }
        self.field.with_value(|field| field.required && (self.record.is_some() || field.default.is_none()))
    }

    /// Whether anything was changed.
    pub fn is_changed(self) -> bool {
        let (text, value) = self.initial.get_value();
        self.text.get_untracked() != text || (!self.is_typed() && self.value.get_untracked() != value)
    }

    /// Says how to take what the control offers first for what is typed.
    pub fn offers_with(self, take: Callback<()>) {
        self.offered.set_value(Some(take));
    }

    /// Takes what the control offers first: whoever has typed the beginning of a name and goes on means that.
    pub fn take_offered(self) {
        if let Some(take) = self.offered.get_value() {
            take.run(());
        }
    }

    /// Whether nothing stands in it; tracked.
    pub fn is_blank(self) -> bool {
        if self.is_typed() { self.text.with(|text| text.trim().is_empty()) } else { self.value.with(Value::is_empty) }
    }

    /// Keeps up with the record for as long as nobody has changed the draft.
    pub fn follow(self) {
        Effect::new(move |_| {
            if let Some(theirs) = self.news()
                && !self.is_changed()
            {
                self.take_theirs(theirs);
            }
        });
    }

    /// What somebody else has put into the record since, where it is not what was changed here; tracked.
    pub fn clash(self) -> Option<Value> {
        let theirs = self.news()?;
        let is_alike = self.read().is_ok_and(|mine| mine == theirs);
        (self.is_changed() && !is_alike).then_some(theirs)
    }

    /// What is filled in here goes over what somebody else has put there.
    pub fn keep_mine(self, theirs: Value) {
        self.known.set(theirs);
    }

    /// What somebody else has put there takes the place of what is filled in here.
    pub fn take_theirs(self, theirs: Value) {
        let text = if self.is_typed() {
            self.field.with_value(|field| form::edit_text(field, &theirs, &self.app.read_settings()))
        } else {
            String::new()
        };
        self.initial.set_value((text.clone(), theirs.clone()));
        self.text.set(text);
        self.value.set(theirs.clone());
        self.known.set(theirs);
    }

    /// What the record holds by now, if that is not what it is known to hold; tracked.
    fn news(self) -> Option<Value> {
        let record = self.app.record(self.record?)?;
        let now = record.value(self.id());
        self.known.with(|known| known != now).then(|| now.clone())
    }

    /// Whether what stands in it means a value, however it is written.
    pub fn stands_for(self, value: &Value) -> bool {
        if !self.is_typed() {
            return self.value.with_untracked(|own| own == value);
        }
        let text = self.text.get_untracked();
        self.field.with_value(|field| form::read_typed(field, &text, &self.app.read_settings())).as_ref() == Ok(value)
    }

    /// What it comes to, or what is wrong; tracked.
    pub fn read(self) -> Result<Value, Diagnostic> {
        let field = self.field();
        let value = if self.is_typed() {
            let text = self.text.get();
            // What nobody touched stays as it is, even if its text would be read in another way today.
            let is_untouched = self.initial.with_value(|(initial, _)| *initial == text);
            if is_untouched {
                self.initial.with_value(|(_, value)| value.clone())
            } else {
                form::read_typed(&field, &text, &self.app.read_settings())?
            }
        } else {
            self.value.get()
        };
        let probe = self.probe(value.clone());
        let entity = self.entity();
        let found = self.app.ask(|state| form::check(state, &entity, &probe, Some(&[field.id])));
        match found.into_iter().next() {
            Some(wrong) if wrong.code == Code::MissingRequired && !self.is_required() => Ok(value),
            Some(wrong) => Err(wrong),
            None => Ok(value),
        }
    }

    /// The sentence about what is wrong, once it is time to say it; tracked.
    pub fn error(self) -> Option<String> {
        if let Some(asking) = self.asking.get_value() {
            return asking.wrong.get();
        }
        let refused =
            self.refused.get().filter(|(text, value, _)| *text == self.text.get() && *value == self.value.get());
        if let Some((_, _, sentence)) = refused {
            return Some(sentence);
        }
        if !self.is_judged.get() {
            return None;
        }
        self.read().err().map(|wrong| diagnostic(&wrong))
    }

    /// Shows what a command said against it, until it is changed.
    pub fn refuse(self, wrong: &Diagnostic) {
        self.refuse_with(diagnostic(wrong));
    }

    /// The same with a sentence that was said of it before.
    pub fn refuse_with(self, sentence: String) {
        self.refused.set(Some((self.text.get_untracked(), self.value.get_untracked(), sentence)));
    }

    /// From now on mistakes are spoken of.
    pub fn judge(self) {
        // A control loses the focus when it is taken away, and its draft may be gone by then.
        if self.is_judged.try_get_untracked() == Some(false) {
            self.is_judged.set(true);
        }
    }

    /// Whether its control is typed into.
    pub fn is_typed(self) -> bool {
        self.field.with_value(|field| is_typed(&field.kind))
    }

    /// The record as it would be with the value, for the checks of this field alone.
    fn probe(self, value: Value) -> Record {
        let known = self.record.and_then(|id| self.app.ask(|state| state.shared_record(id).cloned()));
        let mut record = match known {
            Some(record) => (*record).clone(),
            None => Record {
                id: self.record.unwrap_or_default(),
                entity: self.entity.with_value(|entity| entity.id),
                created: self.app.now(),
                updated: self.app.now(),
                values: Values::new(),
            },
        };
        record.values.set(self.id(), value);
        record
    }
}

/// Whether the control of a kind is typed into, so that its text may be wrong.
pub fn is_typed(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Location => true,
        FieldKind::Flag | FieldKind::Rating { .. } | FieldKind::Nps | FieldKind::Score | FieldKind::Formula { .. } => {
            false
        }
        other => other.result().is_some(),
    }
}
