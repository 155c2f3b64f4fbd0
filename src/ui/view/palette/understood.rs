//! What the typed words mean as a filter: the list that they ask for, said in the reader's words, with how many records there are.

use leptos::prelude::Get;

use super::line::{Line, Scope, Section, Target, line};
use crate::app::App;
use crate::engine::list::Wish;
use crate::engine::phrase::{self, Asked, Lexicon, Phrase};
use crate::engine::search::Tier;
use crate::model::condition::Condition;
use crate::model::definition::Definition;
use crate::model::id::EntityId;
use crate::model::view::ViewShape;
use crate::ui::handed::Handed;
use crate::ui::text::{self, label, t, tr};
use crate::ui::view::condition;
use crate::ui::view::lens;

/// A filter that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// Whose records.
    pub entity: EntityId,
    /// What has to hold.
    pub filters: Vec<Condition>,
    /// Words that are looked for beside it.
    pub search: String,
}

/// The lines for what the words may mean; one that says so where they are meant as a filter and not understood.
pub fn lines(app: App, lexicon: &Lexicon, typed: &str, scope: Scope, here: Option<EntityId>) -> Vec<Line> {
    let here = if let Scope::Entity(only) = scope { Some(only) } else { here };
    let actor = app.preferences().actor.get();
    let found =
        app.ask(|state| phrase::understand(lexicon, typed, &Asked { reader: state, today: app.today(), actor, here }));
    let meant = found.into_iter().filter(|found| !matches!(scope, Scope::Entity(only) if only != found.entity));
    let lines: Vec<Line> = meant.filter_map(|found| told(app, found)).collect();
    if lines.is_empty() && phrase::is_meant(typed) {
        let says = tr("palette-not-understood", [("words", typed.into())]);
        return vec![Line {
            icon: "circle-question-mark".to_owned(),
            ..line(Section::Understood, says, Target::Nothing)
        }];
    }
    lines
}

/// How many records a filter finds.
pub fn count(app: App, heard: &Heard) -> usize {
    let context = app.context();
    app.ask(|state| {
        let wish = Wish {
            entity: heard.entity,
            linked: None,
            conditions: &heard.filters,
            search: &heard.search,
            sort: &[],
            group: &[],
            language: text::language(),
            letters: None,
            clock: &context.clock(state),
        };
        wish.prepare(state).run().rows.len()
    })
}

/// The list that shows what was understood: the entity's plainest one.
pub fn handed(app: App, heard: &Heard) -> Option<Handed> {
    let entity = app.entity(heard.entity)?;
    let lists = app.definitions().into_iter().filter_map(|definition| match definition {
        Definition::View(view) if view.entity == heard.entity && matches!(view.shape, ViewShape::List { .. }) => {
            Some(view)
        }
        _ => None,
    });
    let view = lists.min_by_key(|view| !view.filter.is_always()).map(|view| view.id.clone());
    let view = view.unwrap_or_else(|| lens::all_of(&entity).id);
    Some(Handed { entity: heard.entity, view, filters: heard.filters.clone(), search: heard.search.clone() })
}

fn told(app: App, found: Phrase) -> Option<Line> {
    let entity = app.entity(found.entity)?;
    let parts = found.condition.parts();
    let clause = |part: &Condition| {
        let what = condition::describe(app, &entity, part);
        let is_group = parts.len() > 1 && matches!(part, Condition::Any { .. });
        if is_group { tr("palette-either", [("what", what.into())]) } else { what }
    };
    let clauses: Vec<String> = parts.iter().map(clause).collect();
    let what = clauses.join(&format!(" {} ", t("filter-and")));
    let search = found.rest.join(" ");
    let name = label(&entity.plural);
    let text = match search.is_empty() {
        true => tr("palette-where", [("name", name.into()), ("what", what.into())]),
        false => {
            let words = search.as_str().into();
            tr("palette-where-words", [("name", name.into()), ("what", what.into()), ("words", words)])
        }
    };
    // What may be a name as well stands below the names.
    let tier = if found.is_certain { Tier::Exact } else { Tier::Inside };
    let heard = Heard { entity: found.entity, filters: found.condition.parts().to_vec(), search };
    Some(Line { icon: "list-filter".to_owned(), tier, ..line(Section::Understood, text, Target::Heard(heard)) })
}
