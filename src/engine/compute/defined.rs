//! Redefinition: which computed fields a draft makes stale by the definitions that it changes.

use rustc_hash::FxHashSet;

use super::Plan;
use crate::model::change::Change;
use crate::model::definition::Definition;
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{DefinitionId, EntityId, FieldId};
use crate::model::state::Reader;

/// The steps, in ascending order, that are to be taken anew for every record.
pub(super) fn redefined(plan: &Plan, draft: &Draft<'_>) -> Vec<usize> {
    let mut touched = Touched::default();
    let ids: FxHashSet<DefinitionId> = draft.changes().iter().filter_map(defined).collect();
    for id in ids {
        touched.note(draft.base().definition(id), draft.definition(id));
    }
    if touched.all {
        return (0..plan.steps.len()).collect();
    }
    let mut ranks: Vec<usize> = (0..plan.steps.len())
        .filter(|rank| {
            let step = &plan.steps[*rank];
            touched.entities.contains(&step.entity) || touched.scores.contains(&(step.entity, step.field))
        })
        .collect();
    ranks.extend(plan.readers_of(&touched.entities));
    ranks.sort_unstable();
    ranks.dedup();
    ranks
}

fn defined(change: &Change) -> Option<DefinitionId> {
    if let Change::Defined { id, .. } = change { Some(*id) } else { None }
}

/// What of the definitions that computations speak of has changed.
#[derive(Default)]
struct Touched {
    entities: FxHashSet<EntityId>,
    scores: FxHashSet<(EntityId, FieldId)>,
    all: bool,
}

impl Touched {
    fn note(&mut self, before: Option<&Definition>, after: Option<&Definition>) {
        if let (Some(Definition::Entity(before)), Some(Definition::Entity(after))) = (before, after)
            && is_alike(before, after)
        {
            return;
        }
        if before == after {
            return;
        }
        for definition in before.into_iter().chain(after) {
            match definition {
                Definition::Entity(entity) => {
                    self.entities.insert(entity.id);
                }
                Definition::Score(score) => {
                    self.scores.insert((score.entity, score.field));
                }
                // The language and the currency of the workspace go into any formula.
                Definition::Workspace(_) => self.all = true,
                Definition::View(_) | Definition::Layout(_) | Definition::Rule(_) | Definition::Form(_) => {}
            }
        }
    }
}

/// Whether two versions of an entity are the same to formulas, which know names and kinds and nothing of what is only shown.
fn is_alike(before: &Entity, after: &Entity) -> bool {
    let names = |entity: &Entity| (entity.label.clone(), entity.plural.clone(), entity.title);
    names(before) == names(after)
        && before.fields.len() == after.fields.len()
        && before
            .fields
            .iter()
            .zip(&after.fields)
            .all(|(before, after)| before.id == after.id && before.label == after.label && is_same_kind(before, after))
}

/// Whether a field computes the same. Options that come after the known ones, as an import adds them, are held by no record yet.
fn is_same_kind(before: &Field, after: &Field) -> bool {
    match (&before.kind, &after.kind) {
        (FieldKind::Choice { options: before }, FieldKind::Choice { options: after }) => after.starts_with(before),
        (before, after) => before == after,
    }
}
