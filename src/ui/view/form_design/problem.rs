//! The list of what is wrong with the form or odd about it; each line leads to the control where it is put right.

use leptos::prelude::*;

use super::row::row_of;
use super::{Bench, canvas};
use crate::engine::form::FormProblem;
use crate::ui::text::diagnostic;
use crate::ui::view::workbench::{Problem, problem_list, show_control};

/// The button with their number, and the list that it opens.
pub fn problems(bench: Bench) -> AnyView {
    let count = Signal::derive(move || bench.problems.with(Vec::len));
    let worst = Signal::derive(move || bench.problems.with(|all| all.iter().map(|problem| problem.gravity).min()));
    let problems = Callback::new(move |()| bench.problems.get().into_iter().map(|it| problem(bench, it)).collect());
    problem_list(count, worst, problems)
}

fn problem(bench: Bench, found: FormProblem) -> Problem {
    let name = bench.form.get_untracked().zip(bench.entity.get_untracked());
    let name =
        name.and_then(|(form, entity)| Some(canvas::piece_name(&form.piece(&entity, found.part.as_deref())?, &form)));
    let (part, row) = (found.part, row_of(found.aspect));
    let go = Callback::new(move |()| {
        bench.choose(part.clone());
        show_control(format!("form-set-{row}"));
    });
    let says = diagnostic(&found.diagnostic);
    Problem { gravity: Some(found.gravity), name: name.unwrap_or_default(), says, go }
}
