//! What numbers look like, and the buttons that number the records that were there before, or were numbered in another way.

use leptos::prelude::*;

use super::Bench;
use crate::command::{Command, misnumbered, unnumbered};
use crate::engine::design::first_number;
use crate::model::change::Change;
use crate::model::field::Field;
use crate::model::id::RecordId;
use crate::ui::browser;
use crate::ui::part::{Dialog, icon};
use crate::ui::text::{label, t, tr};

/// How many numbers show what they become.
const EXAMPLES: usize = 6;

/// The part of the inspector.
pub fn numbers(bench: Bench) -> AnyView {
    let blank = Memo::new(move |_| {
        bench.app.track_entity(bench.id);
        let field = bench.chosen.get()?;
        Some(bench.app.ask(|state| unnumbered(state, bench.id, field).len()))
    });
    let old = Memo::new(move |_| {
        bench.app.track_entity(bench.id);
        // What they look like is a matter of the definition.
        let field = bench.field()?;
        Some(bench.app.ask(|state| misnumbered(state, bench.id, field.id).len()))
    });
    let like = move || {
        let first = bench.field().and_then(|field| first_number(&field.kind));
        first.map(|first| tr("design-number-like", [("number", first.into())]))
    };
    let say = |count: Memo<Option<usize>>,
               key: &'static str,
               picture: &'static str,
               does: &'static str,
               act: Callback<()>| {
        move || {
            count.get().filter(|count| *count > 0).map(|count| {
                view! {
                    <p class="field__hint">{tr(key, [("count", count.into())])}</p>
                    <button class="button button--small" type="button" on:click=move |_| act.run(())>{icon(picture)}{t(does)}</button>
                }
            })
        }
    };
    let fill = Callback::new(move |()| number(bench, false));
    let again = Callback::new(move |()| bench.is_numbering.set(true));
    view! {
        <div class="field">
            <p class="field__hint">{like}</p>
            {say(blank, "design-unnumbered", "hash", "design-number-them", fill)}
            {say(old, "design-number-old", "rotate-ccw", "design-number-again", again)}
        </div>
    }
    .into_any()
}

/// The dialog in which it is looked at what numbering again comes to.
pub fn dialog(bench: Bench) -> AnyView {
    let open = bench.is_numbering;
    let title = Signal::derive(move || {
        let name = bench.field().map(|field| label(&field.label)).unwrap_or_default();
        tr("design-number-title", [("name", name.into())])
    });
    let found = Memo::new(move |_| if open.get() { becoming(bench) } else { Vec::new() });
    let inside = move || {
        let rows: Vec<AnyView> =
            found.with(|found| found.iter().take(EXAMPLES).map(|change| example(bench, change)).collect());
        let rest = found.with(Vec::len).saturating_sub(EXAMPLES);
        let more =
            (rest > 0).then(|| view! { <p class="quiet">{tr("design-number-more", [("count", rest.into())])}</p> });
        view! {
            <div class="design__forecast">
                <p>{t("design-number-say")}</p>
                <div class="design__examples">
                    <table>
                        <thead><tr><th>{t("design-record")}</th><th>{t("design-now")}</th><td></td><th>{t("design-then")}</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {more}
            </div>
        }
    };
    let footer = Callback::new(move |()| {
        let act = move |_| {
            open.set(false);
            number(bench, true);
        };
        view! {
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("form-cancel")}</button>
            <button class="button button--primary" type="button" on:click=act>
                {move || tr("design-number-do", [("count", found.with(Vec::len).into())])}
            </button>
        }
        .into_any()
    });
    view! { <Dialog open=open title=title footer=footer>{inside}</Dialog> }.into_any()
}

/// What the numbers of records become: the record, before and after.
fn becoming(bench: Bench) -> Vec<(RecordId, String, String)> {
    let Some(Field { id: own, .. }) = untrack(|| bench.field()) else { return Vec::new() };
    let command = Command::NumberRecords { entity: bench.id, field: own, again: true };
    let changes = bench.app.rehearse(&command).unwrap_or_default();
    let read = |change: &Change| {
        let Change::Updated { record, fields, .. } = change else { return None };
        let number = fields.iter().find(|change| change.field == own)?;
        Some((*record, number.before.as_text()?.to_owned(), number.after.as_text()?.to_owned()))
    };
    changes.iter().filter_map(read).collect()
}

fn example(bench: Bench, (record, before, after): &(RecordId, String, String)) -> AnyView {
    let title = bench.app.title(*record);
    view! {
        <tr>
            <th scope="row" class="clip">{title}</th>
            <td>{before.clone()}</td>
            <td aria-hidden="true">{icon("arrow-right")}</td>
            <td>{after.clone()}</td>
        </tr>
    }
    .into_any()
}

fn number(bench: Bench, again: bool) {
    let Some(field) = untrack(|| bench.field()) else { return };
    let command = Command::NumberRecords { entity: bench.id, field: field.id, again };
    if bench.work.tell_aloud(bench.work.act(command, &label(&field.label))) {
        // The button goes with what it was there for.
        let _ = browser::focus_first("#design-prefix");
    }
}
