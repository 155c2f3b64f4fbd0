//! The inspector: everything that can be set of the part that is looked at, or of the form itself, out of one table.

use leptos::prelude::*;

use super::control::{Sight, fits, is_set, row};
use super::row::GROUPS;
use super::{Bench, canvas};
use crate::ui::part::icon_styled;
use crate::ui::view::workbench::fold;

/// The inspector.
pub fn inspector(bench: Bench) -> AnyView {
    // What is drawn stays for as long as it is about the same part.
    let subject = Memo::new(move |_| bench.entity.with(Option::is_some).then(|| bench.chosen.get()));
    let name = Signal::derive(move || {
        let found = bench.form().zip(bench.entity());
        let piece = found.and_then(|(form, entity)| Some((form.piece(&entity, bench.chosen.get().as_deref())?, form)));
        piece.map(|(piece, form)| canvas::piece_name(&piece, &form)).unwrap_or_default()
    });
    let inside = move || subject.get().map(|part| rows(bench, part));
    bench.work.inspector(icon_styled("sliders-horizontal", "icon"), name, inside.into_any())
}

fn rows(bench: Bench, part: Option<String>) -> Option<AnyView> {
    let own = part.clone();
    let piece = Memo::new(move |_| {
        let (form, entity) = (bench.form.get()?, bench.entity.get()?);
        form.piece(&entity, own.as_deref())
    });
    let entity = StoredValue::new(bench.entity.get_untracked()?);
    let sight = Sight { bench, part: StoredValue::new(part), piece, entity };
    let now = piece.get_untracked()?;
    let groups: Vec<AnyView> = GROUPS
        .iter()
        .filter(|group| group.rows.iter().any(|row| fits(&now, row, 0)))
        .map(|group| {
            let rows: Vec<AnyView> = group.rows.iter().map(|known| row(sight, known, 0, None)).collect();
            if group.name.is_empty() {
                return view! { <div class="design__inside">{rows}</div> }.into_any();
            }
            let is_open = group.rows.iter().any(|row| is_set(&now, row));
            fold(group.name, is_open, rows.into_any())
        })
        .collect();
    Some(view! { <div class="design__body form-design__settings">{groups}</div> }.into_any())
}
