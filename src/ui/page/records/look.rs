//! What a view looks like below its bar: the list, or whatever else its shape is.

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::entity::Entity;
use crate::model::id::{FieldId, RecordId};
use crate::model::value::Value;
use crate::model::view::ViewShape;
use crate::ui::view::board::Board;
use crate::ui::view::calendar::Calendar;
use crate::ui::view::form;
use crate::ui::view::gallery::Gallery;
use crate::ui::view::lens::Lens;
use crate::ui::view::list::List;
use crate::ui::view::schedule::Schedule;

/// The records as the view shows them; drawn anew when what the shape is made by changes.
pub fn look(
    entity: Arc<Entity>,
    lens: Lens,
    beside: Signal<Option<RecordId>>,
    open_beside: Callback<RecordId>,
    choose_columns: Callback<()>,
) -> AnyView {
    let id = entity.id;
    let create = Callback::new(move |values: Vec<(FieldId, Value)>| {
        form::create(id, lens.preset().into_iter().chain(values).collect());
    });
    // What a list is made by is followed cell by cell.
    let shape = Memo::new(move |former: Option<&ViewShape>| match (lens.shape.get(), former) {
        (ViewShape::List { .. }, Some(former @ ViewShape::List { .. })) => former.clone(),
        (shape, _) => shape,
    });
    (move || match shape.get() {
        ViewShape::List { .. } => view! {
            <List lens=lens entity=entity.clone() beside=beside open_beside=open_beside choose_columns=choose_columns/>
        }
        .into_any(),
        shape @ ViewShape::Calendar { .. } => view! {
            <Calendar lens=lens entity=entity.clone() shape=shape beside=beside open_beside=open_beside create=create/>
        }
        .into_any(),
        shape @ ViewShape::Timeline { .. } => view! {
            <Schedule lens=lens entity=entity.clone() shape=shape beside=beside open_beside=open_beside/>
        }
        .into_any(),
        shape @ ViewShape::Gallery { .. } => view! {
            <Gallery lens=lens entity=entity.clone() shape=shape beside=beside open_beside=open_beside create=create/>
        }
        .into_any(),
        shape @ ViewShape::Board { .. } => view! {
            <Board lens=lens entity=entity.clone() shape=shape beside=beside open_beside=open_beside create=create/>
        }
        .into_any(),
    })
    .into_any()
}
