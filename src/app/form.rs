//! Forms amidst the workspace: compiled, and filled in with what the workspace knows at the moment.

use std::sync::Arc;

use crate::app::import::HeldViews;
use crate::app::outside::{breathe, performance_now, spawn};
use crate::app::pack::fetch;
use crate::app::workspace::App;
use crate::command::{self, Command, Taken};
use crate::engine::form::{
    CompiledForm, Filling, FormFigures, FormProblem, Obstacle, Surroundings, alone, alone_page, captured, decode,
    figures, problems,
};
use crate::engine::formula::{Formula, into_field};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::form::{Answers, Form, Submission};
use crate::model::id::{BatchId, DefinitionId, FieldId, SubmissionId};
use crate::model::record::{Record, Values};
use crate::model::state::Reader;
use crate::model::time::Date;
use crate::model::value::Value;

/// The page in which a form leaves the workspace.
#[derive(Clone, Debug, PartialEq)]
pub enum Leaving {
    /// Here it is.
    Page {
        /// What its file is called.
        name: String,
        /// The whole of it.
        text: Arc<str>,
        /// The items that stay behind.
        left_out: Vec<String>,
        /// The files that it shows or hands over whose content is not on this device.
        missing: Vec<String>,
    },
    /// The form cannot leave.
    Stays(Vec<Obstacle>),
    /// What every such page is made from could not be fetched.
    Missing,
}

/// A code that was brought, and what became of looking at it: the answer with what it would come to, or why it is none.
pub type Foreseen = (String, Result<(Submission, Result<Option<Taken>, Rejection>), Diagnostic>);

/// How long a slice takes, in milliseconds.
const SLICE: f64 = 7.0;

impl App {
    /// The forms as they are worked on, in the order of their names; the running view depends on the definitions.
    pub fn forms(self) -> Vec<Arc<Form>> {
        let language = self.language();
        let forms = self.definitions().into_iter().filter_map(|definition| match definition {
            Definition::Form(form) if form.edition.is_none() => Some(form),
            _ => None,
        });
        let mut forms: Vec<Arc<Form>> = forms.collect();
        forms.sort_by(|one, other| one.label.text(language).cmp(other.label.text(language)));
        forms
    }

    /// A form as it is worked on; the running view depends on the definitions.
    pub fn form(self, id: &str) -> Option<Arc<Form>> {
        self.form_called(Form::worked_on(id))
    }

    /// The edition of a form that takes answers; the running view depends on the definitions.
    pub fn edition(self, form: &Form) -> Option<Arc<Form>> {
        self.form_called(Form::edition_id(&form.id, form.published))
    }

    fn form_called(self, id: DefinitionId) -> Option<Arc<Form>> {
        // The definitions are asked for as a whole, so that the view hears of them.
        self.workspace();
        self.ask(|state| match state.definition(id) {
            Some(Definition::Form(form)) => Some(form.clone()),
            _ => None,
        })
    }

    /// What became of the forms, per channel, of these days alone where they are given; the running view depends on what notes it.
    pub fn form_figures(self, days: Option<(Date, Date)>) -> Vec<FormFigures> {
        if let Some(touches) = self.workspace().and_then(|workspace| workspace.touches.as_ref().map(|it| it.entity)) {
            self.track_entity(touches);
        }
        // Views and starts are counted in cells, and goals are reached by the records that came of answers.
        self.inner().triggers.track_cells();
        for form in self.forms().iter().filter(|form| !form.goals.is_empty()) {
            self.track_entity(form.entity);
        }
        let (context, language) = (self.context(), self.language());
        self.ask(|state| figures(state, &context.clock(state), language, days))
    }

    /// A number for an answer that is about to be given.
    pub fn draw_submission(self) -> SubmissionId {
        SubmissionId(self.context().ids.draw())
    }

    /// Asks something that has to do with filling a form in, or fills something in: what is around it is as it is now.
    pub fn amidst<T>(self, ask: impl FnOnce(&Surroundings<'_>) -> T) -> T {
        let (context, blueprint) = (self.context(), self.inner().blueprint.borrow().clone());
        let language = self.language();
        self.ask(|state| {
            let clock = context.clock(state);
            ask(&Surroundings { reader: state, clock: &clock, language, computing: &*blueprint })
        })
    }

    /// What a new record begins with where nobody says otherwise: the defaults on which no other field has a say.
    pub fn defaults(self, entity: &Entity) -> Vec<(FieldId, Value)> {
        let blueprint = self.inner().blueprint.borrow().clone();
        let Some(plan) = blueprint.form(entity.id) else { return Vec::new() };
        let mut context = self.context();
        let (id, at) = (context.ids.record(), context.now);
        let blank = Record { id, entity: entity.id, created: at, updated: at, values: Values::default() };
        self.amidst(|around| {
            let own = plan.defaults.iter().filter(|(_, formula)| formula.reads().is_empty());
            let value = |(id, formula): &(FieldId, Formula)| {
                let operand = formula.evaluate(&around.scope(around.reader, &blank)).ok()?;
                Some((*id, into_field(operand, entity.field(*id)?, around.clock)?))
            };
            own.filter_map(value).collect()
        })
    }

    /// Compiles a form.
    pub fn compile_form(self, form: Arc<Form>) -> Result<Arc<CompiledForm>, Diagnostic> {
        self.amidst(|around| CompiledForm::compile(form, around.reader, around.computing).map(Arc::new))
    }

    /// What is wrong with a form, or odd about it.
    pub fn form_problems(self, compiled: &CompiledForm) -> Vec<FormProblem> {
        self.ask(|state| problems(compiled, state))
    }

    /// Begins to fill a form in, or goes on with a draft. `parameters` are those of its address; `channel` overrules the form's own.
    pub fn begin_form(
        self,
        compiled: Arc<CompiledForm>,
        channel: Option<&str>,
        parameters: &[(String, String)],
        draft: Option<&Answers>,
    ) -> Filling {
        let mut context = self.context();
        let settings = self.read_settings();
        let mut values = captured(&compiled.form, &compiled.entity, channel, parameters, &settings);
        // What a parameter links to may not be here.
        let gone = |link| self.ask(|state| state.shared_record(link).is_none());
        values = values.iter().map(|(field, value): (_, &Value)| (field, value.without_links(gone))).collect();
        let (id, at) = (context.ids.record(), context.now);
        let subject = Record { id, entity: compiled.entity.id, created: at, updated: at, values };
        self.amidst(|around| match draft {
            Some(draft) => Filling::resume(compiled, subject, draft, around),
            None => Filling::begin(compiled, subject, around),
        })
    }

    /// Makes the page in which a form leaves the workspace: its last edition, and where the answers go by themselves.
    pub fn form_page(self, form: &Form, made: impl FnOnce(Leaving) + 'static) {
        let language = self.language();
        let edition = self.edition(form);
        let told = match &edition {
            Some(edition) => self.ask(|state| alone(edition, &form.returns, state)),
            None => Err(vec![Obstacle::Unpublished]),
        };
        let (alone, edition) = match (told, edition) {
            (Ok(alone), Some(edition)) => (alone, edition),
            (told, _) => return made(Leaving::Stays(told.err().unwrap_or_default())),
        };
        spawn(async move {
            let Ok(shell) = fetch("form.html").await else { return made(Leaving::Missing) };
            let store = self.inner().writer.store.borrow().clone();
            let (mut files, mut missing) = (Vec::new(), Vec::new());
            for file in edition.files() {
                let content = match &store {
                    Some(store) => store.blob(&file.hash).await.ok().flatten(),
                    None => None,
                };
                match content {
                    Some(content) => files.push((file.clone(), content)),
                    None => missing.push(file.name.clone()),
                }
            }
            let text = alone_page(&shell, &alone, edition.label.text(language), &files).into();
            made(Leaving::Page { name: format!("{}.html", edition.id), text, left_out: alone.left_out, missing });
        });
    }

    /// Looks at codes that were brought: the answer of each, and what would become of it if it were taken in now. What it finds is
    /// told slice by slice.
    pub fn foresee_answers(self, codes: Vec<String>, found: impl Fn(Vec<Foreseen>) + 'static) {
        spawn(async move {
            let mut codes = codes.into_iter().peekable();
            while codes.peek().is_some() {
                let began = performance_now();
                let mut slice = Vec::new();
                while performance_now() - began < SLICE
                    && let Some(code) = codes.next()
                {
                    let answer = self.ask(|state| decode(&code, state));
                    let fate = answer.map(|answer| {
                        let fate = self.foresee_answer(&answer);
                        (answer, fate)
                    });
                    slice.push((code, fate));
                }
                found(slice);
                breathe().await;
            }
        });
    }

    /// Takes answers in, slice by slice and as one piece of work, which is undone as one. What became of each is told with its number.
    pub fn take_answers(
        self,
        answers: Vec<Submission>,
        taken: impl Fn(Vec<(SubmissionId, Result<Option<Taken>, Rejection>)>) + 'static,
    ) {
        spawn(async move {
            let batch = (answers.len() > 1).then(|| BatchId(self.context().ids.draw()));
            let mut views = HeldViews::of(self);
            let mut answers = answers.into_iter().peekable();
            while answers.peek().is_some() {
                let began = performance_now();
                let mut slice = Vec::new();
                while performance_now() - began < SLICE
                    && let Some(answer) = answers.next()
                {
                    let id = answer.id;
                    let done = self.dispatch_in(Command::Submit(answer), batch);
                    slice.push((id, done.map(|done| done.taken)));
                }
                taken(slice);
                breathe().await;
                views.look_in().await;
            }
        });
    }

    /// What would become of an answer if it were taken in now.
    fn foresee_answer(self, answer: &Submission) -> Result<Option<Taken>, Rejection> {
        let (mut context, blueprint) = (self.context(), self.inner().blueprint.borrow().clone());
        let command = Command::Submit(answer.clone());
        self.ask(|state| command::decide(state, &blueprint, &command, &mut context)).map(|outcome| outcome.taken)
    }
}
