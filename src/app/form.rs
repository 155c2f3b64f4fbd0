//! Forms amidst the workspace: compiled, and filled in with what the workspace knows at the moment.

use std::sync::Arc;

use crate::app::workspace::App;
use crate::engine::form::{CompiledForm, Filling, FormProblem, Surroundings, captured, problems};
use crate::model::diagnostic::Diagnostic;
use crate::model::form::{Answers, Form};
use crate::model::record::Record;
use crate::model::value::Value;

impl App {
    /// Asks something that has to do with filling a form in, or fills something in: what is around it is as it is now.
    pub fn amidst<T>(self, ask: impl FnOnce(&Surroundings<'_>) -> T) -> T {
        let (context, blueprint) = (self.context(), self.inner().blueprint.borrow().clone());
        let language = self.language();
        self.ask(|state| {
            let clock = context.clock(state);
            ask(&Surroundings { reader: state, clock: &clock, language, computing: &*blueprint })
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
}
