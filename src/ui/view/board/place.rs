//! Places of the board: a column, and a lane of it where there are lanes; how they are written, and what they are called.

use std::fmt;

use leptos::prelude::WithValue;

use super::Table;
use crate::engine::list::LaneKey;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{OptionId, RecordId};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::ui::text::{label, t, tr};

/// What stands between lane and column where a place is written.
const AND: char = '|';

/// A place for cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The lane, where there are lanes.
    pub lane: Option<LaneKey>,
    /// The option of the column; none for the column of the blank.
    pub option: Option<OptionId>,
}

impl Place {
    /// Reads what `to_string` has written.
    pub fn parse(text: &str) -> Option<Place> {
        let (lane, option) = text.rsplit_once(AND)?;
        let lane = if lane.is_empty() { None } else { Some(LaneKey::parse(lane)?) };
        Some(Place { lane, option: (!option.is_empty()).then(|| OptionId::new(option)) })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(lane) = self.lane {
            write!(out, "{lane}")?;
        }
        write!(out, "{AND}{}", self.option.map_or("", OptionId::as_str))
    }
}

/// What a place is called.
pub fn name(table: Table, place: Place) -> String {
    let column = table.entity.with_value(|entity| column_name(entity.field(table.by()), place.option));
    match place.lane {
        None => column,
        Some(lane) => tr("board-place", [("column", column.into()), ("lane", lane_name(table, lane).into())]),
    }
}

/// What a column is called.
pub fn column_name(field: Option<&Field>, option: Option<OptionId>) -> String {
    let Some(option) = option else { return t("board-blank") };
    field
        .and_then(|field| field.option(option))
        .map_or_else(|| option.as_str().to_owned(), |option| label(&option.label))
}

/// What a lane is called; the running view depends on the record that it leads to.
pub fn lane_name(table: Table, lane: LaneKey) -> String {
    table.entity.with_value(|entity| {
        let field = table.lanes().and_then(|lanes| entity.field(lanes));
        lane_title(table.app, field, lane)
    })
}

/// What a lane by a field is called.
pub fn lane_title(app: crate::app::App, field: Option<&Field>, lane: LaneKey) -> String {
    match lane {
        LaneKey::Blank => t("board-blank"),
        LaneKey::Choice(option) => column_name(field, Some(option)),
        LaneKey::Flag(flag) => {
            let name = field.map(|field| label(&field.label)).unwrap_or_default();
            tr(
                "board-lane-flag",
                [("name", name.into()), ("answer", t(if flag { "field-yes" } else { "field-no" }).into())],
            )
        }
        LaneKey::Link(record) => title(app, record),
    }
}

fn title(app: crate::app::App, record: RecordId) -> String {
    let title = app.title(record);
    if title.is_empty() { t("field-untitled") } else { title }
}

/// The lane in which a record stands.
pub fn lane_of(table: Table, record: &Record) -> Option<LaneKey> {
    let lanes = table.lanes()?;
    Some(match record.value(lanes) {
        Value::Flag(flag) => LaneKey::Flag(*flag),
        Value::Choice(option) => LaneKey::Choice(*option),
        Value::Link(link) => LaneKey::Link(*link),
        _ => {
            let is_flag = table
                .entity
                .with_value(|entity| entity.field(lanes).is_some_and(|field| field.kind == FieldKind::Flag));
            if is_flag { LaneKey::Flag(false) } else { LaneKey::Blank }
        }
    })
}
