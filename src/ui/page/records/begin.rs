//! The dialog of a new view: what it looks like, what it is made by, how it is called.

use std::sync::Arc;

use leptos::prelude::*;

use super::{save, tabs};
use crate::command::Command;
use crate::engine::list;
use crate::model::condition::Condition;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::Label;
use crate::model::view::{View, ViewShape};
use crate::ui::part::{Dialog, icon};
use crate::ui::route::{Route, go};
use crate::ui::shell::use_app;
use crate::ui::text::{diagnostic, t};
use crate::ui::view::lens::Lens;
use crate::ui::view::shape;

/// Asks for a new view and goes to it.
#[component]
pub fn NewViewDialog(
    /// What is looked at now.
    lens: Lens,
    /// Whose records.
    entity: Arc<Entity>,
    /// The views that there are.
    views: Memo<Vec<Arc<View>>>,
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let shapes = StoredValue::new(list::shapes(&entity));
    // What is not a list is what one comes here for.
    let chosen = RwSignal::new(usize::from(shapes.with_value(|shapes| shapes.len() > 1)));
    let draft = RwSignal::new(shapes.with_value(|shapes| shapes[chosen.get_untracked()].clone()));
    let name = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let id = entity.id;
    let save = move || {
        let typed = name.get_untracked().trim().to_owned();
        if let Some(wrong) = save::name_problem(&typed) {
            problem.set(Some(wrong));
            return;
        }
        let view = View {
            id: format!("{id}-{}", app.context().ids.record()),
            label: Label::same(&typed),
            entity: id,
            shape: draft.get_untracked(),
            filter: Condition::always(),
            sort: Vec::new(),
            group: Vec::new(),
            colours: Vec::new(),
            owner: None,
            order: views
                .with_untracked(|views| views.iter().map(|view| view.order).max().unwrap_or(0))
                .saturating_add(1),
        };
        let to = Route::Records { entity: lens.entity, view: Some(view.id.clone()), beside: None, linked: None };
        match app.dispatch(Command::Define { definitions: vec![Definition::View(view.into())] }) {
            Ok(_) => {
                open.set(false);
                name.set(String::new());
                tabs::keep_focus();
                go(&to);
            }
            Err(refused) => problem.set(Some(refused.diagnostics.first().map(diagnostic).unwrap_or_default())),
        }
    };
    let footer = Callback::new(move |()| {
        view! {
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("form-cancel")}</button>
            <button class="button button--primary" type="button" on:click=move |_| save()>{t("view-create")}</button>
        }
        .into_any()
    });
    let pick = move |at: usize| {
        chosen.set(at);
        if let Some(shape) = shapes.with_value(|shapes| shapes.get(at).cloned()) {
            draft.set(shape);
        }
    };
    let kept = StoredValue::new(entity);
    view! {
        <Dialog open=open title=Signal::derive(|| t("view-new-title")) class="dialog--small" footer=footer>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    save();
                }
            >
                <div class="field">
                    <label class="field__label" for="new-view-name">{t("view-name")}</label>
                    <input
                        class="input"
                        id="new-view-name"
                        autocomplete="off"
                        aria-invalid=move || problem.with(Option::is_some).then_some("true")
                        aria-describedby=move || problem.with(Option::is_some).then_some("new-view-error")
                        prop:value=name
                        on:input=move |event| {
                            name.set(event_target_value(&event));
                            problem.set(None);
                        }
                    />
                    {move || problem.get().map(|problem| view! {
                        <p class="field__error" id="new-view-error" role="alert">{icon("circle-alert")}{problem}</p>
                    })}
                </div>
                <fieldset class="shapes">
                    <legend class="field__label">{t("view-looks-like")}</legend>
                    {choices(shapes, chosen, pick)}
                </fieldset>
                {move || {
                    chosen.track();
                    view! { <div class="shape">{kept.with_value(|entity| shape::settings(entity, draft, Callback::new(|()| ())))}</div> }
                }}
            </form>
        </Dialog>
    }
    .into_any()
}

fn choices(
    shapes: StoredValue<Vec<ViewShape>>,
    chosen: RwSignal<usize>,
    pick: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> AnyView {
    let one = move |(at, shape): (usize, &ViewShape)| {
        view! {
            <label class="shapes__one">
                <input
                    type="radio"
                    name="view-shape"
                    prop:checked=move || chosen.get() == at
                    on:change=move |_| pick(at)
                />
                {icon(shape::picture(shape))}
                <span>{shape::name(shape)}</span>
            </label>
        }
        .into_any()
    };
    let all: Vec<AnyView> = shapes.with_value(|shapes| shapes.iter().enumerate().map(one).collect());
    view! { <div class="shapes__all">{all}</div> }.into_any()
}
