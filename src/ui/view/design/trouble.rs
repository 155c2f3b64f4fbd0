//! The list of what is amiss with an entity; each line leads to its place.

use leptos::prelude::*;

use super::{Bench, check, layout_of};
use crate::engine::design::{self, Trouble, TroubleKind};
use crate::engine::form::Gravity;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::Language;
use crate::model::state::Reader;
use crate::ui::text::{label, tr};
use crate::ui::view::workbench::{Problem, problem_list, show_control};

/// The button with their number, and the list that it opens.
pub fn troubles(bench: Bench) -> AnyView {
    let found = Memo::new(move |_| {
        bench.layout.track();
        bench.app.track_entity(bench.id);
        let entity = bench.entity();
        let ask = |entity: &Entity| {
            bench.app.ask(|state| {
                let layout = layout_of(state.definition(Definition::layout_id(bench.id)));
                design::troubles(state, entity, layout)
            })
        };
        entity.map(|entity| ask(&entity)).unwrap_or_default()
    });
    let count = Signal::derive(move || found.with(Vec::len));
    let worst = Signal::derive(move || (!found.with(Vec::is_empty)).then_some(Gravity::Warning));
    let problems = Callback::new(move |()| found.get().iter().map(|trouble| problem(bench, trouble)).collect());
    problem_list(count, worst, problems)
}

fn problem(bench: Bench, trouble: &Trouble) -> Problem {
    let entity = bench.entity.get_untracked();
    let field = trouble.field;
    let name = match field {
        Some(field) => entity.and_then(|entity| Some(label(&entity.field(field)?.label))),
        None => entity.map(|entity| label(&entity.label)),
    };
    let say = match trouble.kind {
        TroubleKind::NoLabel(Language::Zh) => "trouble-no-chinese",
        TroubleKind::NoLabel(Language::En) => "trouble-no-english",
        TroubleKind::NoOptionLabel(Language::Zh) => "trouble-options-no-chinese",
        TroubleKind::NoOptionLabel(Language::En) => "trouble-options-no-english",
        TroubleKind::TwinLabel => "trouble-twin",
        TroubleKind::NoOptions => "trouble-no-options",
        TroubleKind::UnusedOptions => "trouble-unused-options",
        TroubleKind::Unplaced => "trouble-unplaced",
        TroubleKind::NeverFilled => "trouble-never-filled",
        TroubleKind::RetiredTitle => "trouble-retired-title",
        TroubleKind::NoCheckMessage(Language::Zh) => "trouble-check-no-chinese",
        TroubleKind::NoCheckMessage(Language::En) => "trouble-check-no-english",
    };
    let is_check = matches!(trouble.kind, TroubleKind::NoCheckMessage(_));
    let go = Callback::new(move |()| {
        bench.choose(field);
        if is_check {
            show_control(check::LIST.to_owned());
        }
    });
    Problem { gravity: None, name: name.unwrap_or_default(), says: tr(say, [("count", trouble.count.into())]), go }
}
