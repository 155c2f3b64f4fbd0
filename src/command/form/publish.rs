//! The publishing of forms: an edition is put beside the form that is worked on, and never changes.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::command::automation::Work;
use crate::command::{Outcome, design};
use crate::engine::form::{CompiledForm, Gravity, problems};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::form::Form;
use crate::model::json;
use crate::model::state::Reader;
use crate::model::value::Value;

/// Publishes forms. One with an error is refused, and with it all of them; one that stands as its last edition does keeps that one.
pub fn publish(mut work: Work<'_>, forms: &[String]) -> Result<Outcome, Rejection> {
    let mut wrong = Vec::new();
    for form in forms {
        let id = Form::worked_on(form);
        let Some(Definition::Form(known)) = work.draft.definition(id).cloned() else {
            wrong.push(Diagnostic::new(Code::UnknownDefinition).with("name", form));
            continue;
        };
        let compiled = CompiledForm::compile(known.clone(), &work.draft, work.blueprint)?;
        let errors = problems(&compiled, &work.draft).into_iter().filter(|problem| problem.gravity == Gravity::Error);
        wrong.extend(errors.map(|problem| problem.diagnostic.in_definition(id)));
        if is_published(&work, &known) {
            continue;
        }
        let number = known.published + 1;
        let edition =
            Form { edition: Some(number), published: 0, retired: false, seal: String::new(), ..(*known).clone() };
        let edition = Form { seal: seal(&mut work, &edition), ..edition };
        let next = Form { published: number, ..(*known).clone() };
        design::put(&mut work.draft, edition.definition_id(), Some(Definition::Form(Arc::new(edition))));
        design::put(&mut work.draft, id, Some(Definition::Form(Arc::new(next))));
    }
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let changes = design::conclude(work.draft, work.context)?;
    Ok(Outcome { changes, ..Outcome::default() })
}

/// The key of an edition: of what it says and of what was drawn for the form once. So an edition that is taken back and published
/// again as it was still knows the answers to the files that have left meanwhile.
fn seal(work: &mut Work<'_>, edition: &Form) -> String {
    let cell = Form::secret_cell(&edition.id);
    if work.draft.cell(cell).is_empty() {
        let drawn = format!("{:032x}", work.context.ids.draw());
        work.draft.remember(cell, Value::text(&drawn));
    }
    let secret = work.draft.cell(cell).as_text().unwrap_or_default();
    let said = json::to_value(edition).to_string();
    let digest = Sha256::new().chain_update(secret).chain_update(said).finalize();
    digest[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether the last edition of a form says what the form says now.
fn is_published(work: &Work<'_>, form: &Form) -> bool {
    let last = Form::edition_id(&form.id, form.published);
    let Some(Definition::Form(last)) = work.draft.definition(last) else { return false };
    let as_worked_on = Form {
        edition: None,
        published: form.published,
        retired: form.retired,
        returns: form.returns.clone(),
        seal: form.seal.clone(),
        ..(**last).clone()
    };
    as_worked_on == *form
}
