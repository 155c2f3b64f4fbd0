//! Records of a list as a file of CSV, in the columns that the list shows.

use leptos::prelude::*;

use crate::app::{App, ToastAction};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{FieldId, RecordId};
use crate::ui::browser;
use crate::ui::field::meaning;
use crate::ui::text::{label, language};
use crate::ui::view::lens::Lens;

/// Hands over a file with these records.
pub fn export(app: App, lens: Lens, entity: &Entity, ids: Vec<RecordId>) {
    let shown = lens.columns.get_untracked();
    let columns: Vec<(FieldId, Field)> = app.ask(|state| {
        let fields = shown.iter().filter_map(|id| entity.field(*id));
        fields.map(|field| (field.id, meaning(state, entity, field).into_owned())).collect()
    });
    let count = ids.len().to_string();
    let name = format!("{} {}.csv", label(&entity.plural), app.today());
    app.export(entity, ids, columns, language(), move |text| {
        browser::download(&name, "text/csv;charset=utf-8", &text);
        app.toast("toast-exported", vec![("count", count)], ToastAction::None);
    });
}
