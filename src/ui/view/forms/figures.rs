//! The figures of one form: how far people come, on which channel, and where they give up.

use chrono::Days;
use leptos::prelude::*;

use crate::app::App;
use crate::engine::form::{FormFigures, together};
use crate::model::form::Form;
use crate::model::state::Reader;
use crate::ui::format;
use crate::ui::part::Dialog;
use crate::ui::shell::use_app;
use crate::ui::text::{label, t, tr};

/// Stretches that can be looked at, in days; all that is known where there is none.
const STRETCHES: [(Option<u64>, &str); 4] = [
    (None, "forms-stretch-all"),
    (Some(30), "forms-stretch-month"),
    (Some(7), "forms-stretch-week"),
    (Some(1), "forms-stretch-today"),
];

/// The figures of a form, while some are wanted.
#[component]
pub fn FiguresDialog(
    /// Whose.
    form: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let (open, wanted) = (RwSignal::new(false), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if let Some(id) = form.get() {
            wanted.set(id);
            open.set(true);
            form.set(None);
        }
    });
    let stretch = RwSignal::new(None::<u64>);
    let known = Memo::new(move |_| app.form(&wanted.get()));
    let title = Signal::derive(move || known.get().map(|form| label(&form.label)).unwrap_or_default());
    view! {
        <Dialog open=open title=title class="dialog--wide">
            {move || known.get().map(|form| sheet(app, &form, stretch))}
        </Dialog>
    }
    .into_any()
}

fn sheet(app: App, form: &Form, stretch: RwSignal<Option<u64>>) -> AnyView {
    let id = form.id.clone();
    let own = Memo::new(move |_| {
        let today = app.today();
        let first = |days: u64| today.checked_sub_days(Days::new(days - 1)).unwrap_or(today);
        let days = stretch.get().map(|days| (first(days), today));
        let mut own = app.form_figures(days);
        own.retain(|one| one.form == id);
        own
    });
    let choices: Vec<AnyView> = STRETCHES
        .iter()
        .map(|(days, key)| {
            let pressed = move || (stretch.get() == *days).to_string();
            view! { <button class="segment__item" type="button" aria-pressed=pressed on:click=move |_| stretch.set(*days)>{t(key)}</button> }.into_any()
        })
        .collect();
    let form = form.clone();
    let body = move || {
        let own = own.get();
        let whole = together(&own);
        if whole.views + whole.starts + whole.submits == 0 {
            return view! { <p class="quiet">{t("forms-figures-none")}</p> }.into_any();
        }
        view! { {way(&form, &whole)}{channels(&form, &own)}{given_up(app, &form, &whole)} }.into_any()
    };
    view! {
        <div class="figures">
            <div class="segment" role="group" aria-label=t("forms-stretch")>{choices}</div>
            {body}
        </div>
    }
    .into_any()
}

/// From those who saw it to those of whom it was hoped: each with its share of the one before.
fn way(form: &Form, whole: &FormFigures) -> AnyView {
    let mut steps = vec![
        (t("forms-views"), whole.views),
        (t("forms-starts"), whole.starts),
        (t("forms-submits"), whole.submits),
        (t("forms-records"), whole.records),
    ];
    steps.extend(goals(form, whole));
    let most = steps.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let mut before = None;
    let rows = steps.into_iter().map(|(name, count)| {
        let share = before.replace(count).and_then(|before| percent(count, before));
        let says = share.map(|share| view! { <small>{tr("forms-share-before", [("share", share.into())])}</small> });
        view! {
            <li style=format!("--share:{}%", count * 100 / most)>
                <span>{name}</span>
                <b>{number(count)}</b>
                {says}
            </li>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    view! { <ol class="figures__way" aria-label=t("forms-figures-way")>{rows}</ol> }.into_any()
}

fn channels(form: &Form, own: &[FormFigures]) -> AnyView {
    let heads: Vec<AnyView> = form
        .goals
        .iter()
        .map(|goal| view! { <th scope="col" class="num">{label(&goal.label)}</th> }.into_any())
        .collect();
    let rows = own.iter().map(|one| {
        let name = if one.channel.is_empty() { t("forms-channel-none") } else { one.channel.clone() };
        let cell = |count: u32| view! { <td class="num">{number(count)}</td> }.into_any();
        let share = percent(one.submits, one.views).unwrap_or_else(|| "–".to_owned());
        let reached: Vec<AnyView> = goals(form, one).into_iter().map(|(_, count)| cell(count)).collect();
        let (views, starts, submits) = (cell(one.views), cell(one.starts), cell(one.submits));
        view! { <tr><th scope="row">{name}</th>{views}{starts}{submits}<td class="num">{share}</td>{reached}</tr> }
            .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    view! {
        <div class="figures__scroll" tabindex="0" role="region" aria-label=t("forms-figures-channels")>
            <table class="figures__table">
                <caption>{t("forms-figures-channels")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("forms-channel")}</th>
                        <th scope="col" class="num">{t("forms-views")}</th>
                        <th scope="col" class="num">{t("forms-starts")}</th>
                        <th scope="col" class="num">{t("forms-submits")}</th>
                        <th scope="col" class="num">{t("forms-sent-share")}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The questions at which people gave up, the most frequent first.
fn given_up(app: App, form: &Form, whole: &FormFigures) -> Option<AnyView> {
    let mut counts: Vec<(&String, u32)> = whole.abandons.iter().map(|(item, count)| (item, *count)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let most = counts.first().map(|(_, count)| *count)?;
    let entity = app.ask(|state| state.entity(form.entity).cloned());
    let rows = counts.into_iter().map(|(item, count)| {
        let own = form.item_label(item);
        let field = form.item(item).and_then(|item| item.field());
        let known = field.and_then(|field| Some(entity.as_ref()?.field(field)?.label.clone()));
        let name = own.cloned().or(known).map_or_else(|| item.clone(), |name| label(&name));
        view! { <li style=format!("--share:{}%", count * 100 / most)><span>{name}</span><b>{number(count)}</b></li> }
            .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    let view = view! { <section><h3>{t("forms-figures-given-up")}</h3><ol class="figures__way figures__way--bad">{rows}</ol></section> };
    Some(view.into_any())
}

/// How many reached each goal of the form, in its order and by its name.
fn goals(form: &Form, figures: &FormFigures) -> Vec<(String, u32)> {
    let count = |id: &str| figures.goals.iter().find(|(known, _)| known == id).map_or(0, |(_, count)| *count);
    form.goals.iter().map(|goal| (label(&goal.label), count(&goal.id))).collect()
}

fn number(count: u32) -> String {
    format::number(count.into(), Some(0))
}

fn percent(part: u32, whole: u32) -> Option<String> {
    let share = (whole > 0).then(|| (u64::from(part) * 100 + u64::from(whole) / 2) / u64::from(whole))?;
    Some(format!("{} %", number(u32::try_from(share).unwrap_or(u32::MAX))))
}
