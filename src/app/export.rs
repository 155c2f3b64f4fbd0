//! Records as a file for spreadsheets: written in slices, so that a long list blocks no frame.

use super::outside::{breathe, performance_now, spawn};
use super::workspace::{App, title};
use crate::engine::form::{self, ShowSettings};
use crate::engine::transfer::{ExportSettings, export_csv, export_rows};
use crate::model::entity::Entity;
use crate::model::field::{Field, Language};
use crate::model::id::{FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;

/// How long a slice may write rows, in milliseconds, and how many it tries at a time.
const SLICE: f64 = 7.0;
const ROWS: usize = 50;

impl App {
    /// Writes records as CSV, in these columns: each with the field whose kind says how its values are meant. Calls back with the text.
    pub fn export(
        self,
        entity: &Entity,
        ids: Vec<RecordId>,
        columns: Vec<(FieldId, Field)>,
        language: Language,
        written: impl FnOnce(String) + 'static,
    ) {
        let entity = entity.clone();
        let shown = ShowSettings { language, currency: self.read_settings().currency, zone: self.zone() };
        spawn(async move {
            let fields: Vec<FieldId> = columns.iter().map(|(id, _)| *id).collect();
            let write = |ids: &[RecordId], out: Option<&mut String>| {
                self.ask(|state| {
                    let name = |link: RecordId| title(state as &dyn Reader, link);
                    let show = |field: &Field, value: &Value| {
                        let meant = columns.iter().find(|(id, _)| *id == field.id).map_or(field, |(_, meant)| meant);
                        form::show(meant, value, &shown, &name)
                    };
                    let settings = ExportSettings { fields: &fields, language, show: &show };
                    match out {
                        None => export_csv(state, &entity, &[], &settings),
                        Some(out) => {
                            export_rows(state, &entity, ids, &settings, out);
                            String::new()
                        }
                    }
                })
            };
            let mut text = write(&[], None);
            let mut began = performance_now();
            for part in ids.chunks(ROWS) {
                write(part, Some(&mut text));
                if performance_now() - began > SLICE {
                    breathe().await;
                    began = performance_now();
                }
            }
            written(text);
        });
    }
}
