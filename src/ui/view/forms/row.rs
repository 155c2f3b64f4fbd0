//! One form in the list: its figures as a whole and per channel, where it is given up, and what can be done with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::engine::form::FormFigures;
use crate::model::definition::Definition;
use crate::model::field::Label;
use crate::model::form::Form;
use crate::model::state::Reader;
use crate::ui::part::{MenuButton, MenuItem, MenuRow, icon};
use crate::ui::route::{Route, go};
use crate::ui::text::{label, t, tr};
use crate::ui::{browser, format};

/// Told which form is to be handed on, and whose figures are wanted.
type Asked = (RwSignal<Option<String>>, RwSignal<Option<String>>);

/// The rows of a form.
pub(super) fn rows(app: App, form: &Arc<Form>, figures: Memo<Vec<FormFigures>>, asked: Asked) -> AnyView {
    let id = form.id.clone();
    let own = Memo::new(move |_| {
        figures.with(|all| all.iter().filter(|one| one.form == id).cloned().collect::<Vec<FormFigures>>())
    });
    let whole = {
        let form = form.clone();
        move || {
            let own = own.get();
            let sum = |count: fn(&FormFigures) -> u32| own.iter().map(count).sum::<u32>();
            numbers(&form, sum(|it| it.views), sum(|it| it.starts), sum(|it| it.submits), &goals(&own))
        }
    };
    let channels = {
        let form = form.clone();
        move || {
            let own = own.get();
            let named = own.iter().filter(|it| !it.channel.is_empty());
            let rows = named.map(|it| {
                let numbers = numbers(&form, it.views, it.starts, it.submits, &it.goals);
                view! { <tr class="forms__channel"><th scope="row" colspan="2">{it.channel.clone()}</th>{numbers}<td></td></tr> }.into_any()
            });
            rows.collect::<Vec<AnyView>>()
        }
    };
    let given_up = {
        let form = form.clone();
        move || {
            let says = abandoned(app, &form, &own.get())?;
            Some(view! { <tr class="forms__channel"><td colspan="7">{says}</td></tr> })
        }
    };
    let entity = app.ask(|state| state.entity(form.entity).cloned()).map(|entity| label(&entity.plural));
    let name = label(&form.label);
    let design = Route::FormDesign { form: form.id.clone(), part: None };
    view! {
        <tbody>
            <tr>
                <th scope="row">
                    <a class="forms__name" href=design.href()>{icon("clipboard-list")}<span class="clip">{name.clone()}</span></a>
                    <small>{entity}</small>
                </th>
                <td>{state(form)}</td>
                {whole}
                <td class="forms__do">{actions(app, form, name, asked)}</td>
            </tr>
            {channels}
            {given_up}
        </tbody>
    }
    .into_any()
}

fn numbers(form: &Form, views: u32, starts: u32, submits: u32, goals: &[(String, u32)]) -> AnyView {
    let number = |key: &str, count: u32| {
        let says = t(key);
        view! { <td class="num" data-says=says>{format::number(count.into(), Some(0))}</td> }.into_any()
    };
    let called = |id: &str| form.goals.iter().find(|goal| goal.id == id).map(|goal| label(&goal.label));
    let became = goals.iter().filter_map(|(id, count)| {
        let count = format::number((*count).into(), Some(0));
        Some(view! { <span class="forms__goal">{called(id)?}" "<b>{count}</b></span> }.into_any())
    });
    let became: Vec<AnyView> = became.collect();
    let (views, starts) = (number("forms-views", views), number("forms-starts", starts));
    view! { {views}{starts}{number("forms-submits", submits)}<td>{became}</td> }.into_any()
}

/// How many records reached each goal on all channels.
fn goals(own: &[FormFigures]) -> Vec<(String, u32)> {
    let mut sums: Vec<(String, u32)> = Vec::new();
    for (id, count) in own.iter().flat_map(|one| &one.goals) {
        match sums.iter_mut().find(|(known, _)| known == id) {
            Some((_, sum)) => *sum += count,
            None => sums.push((id.clone(), *count)),
        }
    }
    sums
}

/// Where it is given up, the most frequent places first.
fn abandoned(app: App, form: &Form, own: &[FormFigures]) -> Option<String> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    own.iter().flat_map(|one| &one.abandons).for_each(|(item, count)| *counts.entry(item).or_default() += count);
    let mut counts: Vec<(&str, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let entity = app.ask(|state| state.entity(form.entity).cloned());
    let name = |item: &str| {
        let asked = form.item(item).and_then(|item| item.field());
        let field = asked.and_then(|field| entity.as_ref()?.field(field).map(|field| &field.label));
        form.item_label(item).or(field).map_or_else(|| item.to_owned(), label)
    };
    let said: Vec<String> = counts.iter().take(4).map(|(item, count)| format!("{} {count}", name(item))).collect();
    (!said.is_empty()).then(|| tr("forms-given-up", [("places", said.join(" · ").into())]))
}

fn state(form: &Form) -> AnyView {
    let (key, hue) = match (form.retired, form.published) {
        (true, _) => ("forms-retired", "gray"),
        (false, 0) => ("forms-draft", "amber"),
        (false, _) => ("forms-published", "green"),
    };
    let edition = (form.published > 0).then(|| tr("forms-edition", [("number", i64::from(form.published).into())]));
    view! { <span class="chip" data-hue=hue>{t(key)}</span>{edition.map(|says| view! { <small>" "{says}</small> })} }
        .into_any()
}

fn actions(app: App, form: &Arc<Form>, name: String, (share, shown): Asked) -> AnyView {
    let is_open = form.published > 0 && !form.retired;
    let fill = is_open.then(|| {
        let says = tr("forms-fill-in-named", [("name", name.clone().into())]);
        view! { <a class="button button--small" href=Route::fill(&form.id).href() aria-label=says>{t("forms-fill-in")}</a> }
    });
    let publish = (!form.retired).then(|| {
        let id = form.id.clone();
        MenuItem::new(t("forms-publish"), move || publish(app, &id)).icon("send")
    });
    let form = form.clone();
    let items = Callback::new(move |()| {
        let id = form.id.clone();
        let looked_into = id.clone();
        let figures = MenuItem::new(t("forms-figures"), move || shown.set(Some(looked_into.clone())));
        let mut rows: Vec<MenuItem> = vec![figures.icon("chart-column")];
        if is_open {
            let link = id.clone();
            rows.push(
                MenuItem::new(t("forms-copy-link"), move || {
                    browser::copy(&browser::address_of(&Route::fill(&link).href()));
                    app.toast("forms-link-copied", Vec::new(), ToastAction::None);
                })
                .icon("link"),
            );
            let wanted = id.clone();
            rows.push(MenuItem::new(t("forms-share"), move || share.set(Some(wanted.clone()))).icon("share-2"));
            let kiosk = id.clone();
            rows.push(
                MenuItem::new(t("forms-kiosk"), move || go(&Route::Kiosk { form: kiosk.clone() })).icon("maximize-2"),
            );
        }
        let looked = id.clone();
        rows.push(
            MenuItem::new(t("forms-preview"), move || {
                go(&Route::Fill { form: looked.clone(), is_preview: true, parameters: Vec::new() });
            })
            .icon("eye"),
        );
        rows.extend(publish.clone());
        let copied = form.clone();
        rows.push(MenuItem::new(t("forms-copy"), move || copy(app, &copied)).icon("copy"));
        let retired = form.clone();
        let key = if form.retired { "forms-reopen" } else { "forms-retire" };
        rows.push(MenuItem::new(t(key), move || retire(app, &retired)).icon("archive"));
        rows.into_iter().map(MenuRow::Item).collect()
    });
    let more = tr("forms-more", [("name", name.into())]);
    view! { {fill}<MenuButton label=more items=items/> }.into_any()
}

fn publish(app: App, form: &str) {
    match app.dispatch(Command::PublishForms { forms: vec![form.to_owned()] }) {
        Ok(_) => app.toast("forms-now-published", Vec::new(), ToastAction::Undo),
        Err(refused) => app.toast_rejection(&refused),
    }
}

fn copy(app: App, form: &Form) {
    let id = (2..).map(|number| format!("{}_{number}", form.id)).find(|id| untrack(|| app.form(id)).is_none());
    let Some(id) = id else { return };
    let named = Label { zh: format!("{}（副本）", form.label.zh), en: format!("{} (copy)", form.label.en) };
    define(app, form.copied(&id, named), "forms-copied");
}

fn retire(app: App, form: &Form) {
    let key = if form.retired { "forms-reopened" } else { "forms-now-retired" };
    define(app, Form { retired: !form.retired, ..form.clone() }, key);
}

fn define(app: App, form: Form, key: &'static str) {
    match app.dispatch(Command::Define { definitions: vec![Definition::Form(Arc::new(form))] }) {
        Ok(_) => app.toast(key, Vec::new(), ToastAction::Undo),
        Err(refused) => app.toast_rejection(&refused),
    }
}
