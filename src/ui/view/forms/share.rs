//! A form handed to others: by its address, as a file of its own, or within another page.

mod embed;
mod file;
mod link;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::app::{App, Leaving};
use crate::engine::form::{Needs, Obstacle};
use crate::model::form::{Form, ItemContent};
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::part::{Dialog, Tab, TabBar, icon};
use crate::ui::shell::use_app;
use crate::ui::text::{label, t, tr};

/// A form that is handed on, for all that is drawn of that.
#[derive(Clone, Copy)]
struct Shared {
    app: App,
    /// The form as it is worked on, while it is shared.
    form: Memo<Option<Arc<Form>>>,
    /// What it comes to as a page of its own, once that is known.
    leaving: RwSignal<Option<Leaving>>,
}

/// Everything by which a form is handed on, while one is.
#[component]
pub fn ShareDialog(
    /// Which; taken up as soon as it is there.
    form: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let (open, chosen) = (RwSignal::new(false), RwSignal::new("link"));
    let wanted = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(id) = form.get() {
            wanted.set(id);
            chosen.set("link");
            open.set(true);
            form.set(None);
        }
    });
    let own = Memo::new(move |_| open.get().then(|| app.form(&wanted.get())).flatten());
    let shared = Shared { app, form: own, leaving: RwSignal::new(None) };
    let turn = StoredValue::new(0u32);
    Effect::new(move |_| {
        let Some(form) = own.get() else { return shared.leaving.set(None) };
        turn.update_value(|turn| *turn += 1);
        let asked = turn.get_value();
        // Of two that are being made the later one counts, whichever is there first.
        let made = move |leaving| {
            if turn.try_get_value() == Some(asked) {
                shared.leaving.try_set(Some(leaving));
            }
        };
        untrack(|| app.form_page(&form, made));
    });
    let title = move || match own.get() {
        Some(form) => tr("share-title", [("name", label(&form.label).into())]),
        None => String::new(),
    };
    let tabs = Signal::derive(move || {
        let tab = |key: &'static str, says: &str| Tab { key, label: t(says), count: None };
        vec![tab("link", "share-link"), tab("file", "share-file"), tab("embed", "share-embed")]
    });
    view! {
        <Dialog open=open title=Signal::derive(title) class="dialog--wide">
            <div class="share">
                <TabBar id="share".to_owned() label=t("share-ways") tabs=tabs chosen=chosen/>
                <div
                    class="share__panel"
                    id="share-panel"
                    role="tabpanel"
                    aria-labelledby=move || format!("share-{}", chosen.get())
                >
                    {move || match chosen.get() {
                        "file" => file::panel(shared),
                        "embed" => embed::panel(shared),
                        _ => link::panel(shared),
                    }}
                </div>
            </div>
        </Dialog>
    }
    .into_any()
}

/// A button that puts a text on the clipboard and says so itself: messages stand behind a dialog.
fn copy_button(says: String, text: impl Fn() -> String + 'static) -> AnyView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        browser::copy(&text());
        copied.set(true);
        set_timeout(
            move || {
                copied.try_set(false);
            },
            Duration::from_secs(2),
        );
    };
    view! {
        <button class="button" type="button" on:click=copy>
            {move || icon(if copied.get() { "check" } else { "copy" })}
            <span aria-live="polite">{move || if copied.get() { t("share-copied") } else { says.clone() }}</span>
        </button>
    }
    .into_any()
}

/// What stands where there is no page: that it is being made, or why there is none.
fn without_page(shared: Shared, leaving: Option<&Leaving>) -> AnyView {
    match leaving {
        None | Some(Leaving::Page { .. }) => {
            view! { <p class="quiet" role="status">{t("share-making")}</p> }.into_any()
        }
        Some(Leaving::Missing) => refusal(t("share-missing")),
        Some(Leaving::Stays(obstacles)) => {
            let Some(form) = shared.form.get_untracked() else { return ().into_any() };
            obstacles
                .iter()
                .map(|obstacle| refusal(why(shared.app, &form, obstacle)))
                .collect::<Vec<AnyView>>()
                .into_any()
        }
    }
}

fn refusal(sentence: String) -> AnyView {
    view! { <p class="share__stays">{icon("info")}<span>{sentence}</span></p> }.into_any()
}

/// Why a form cannot leave as a file.
fn why(app: App, form: &Form, obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Unpublished => t("share-why-unpublished"),
        Obstacle::NoEntity => t("share-why-entity"),
        Obstacle::Formula { text } => tr("share-why-formula", [("formula", text.as_str().into())]),
        Obstacle::Item { item, needs } => {
            let key = match needs {
                Needs::Records => "share-why-records",
                Needs::Files => "share-why-files",
                Needs::Places => "share-why-places",
                Needs::Work => "share-why-work",
            };
            tr(key, [("question", question(app, form, item).into())])
        }
    }
}

/// What an item asks, as people read it.
fn question(app: App, form: &Form, item: &str) -> String {
    let Some(found) = form.item(item) else { return item.to_owned() };
    let own = match &found.content {
        ItemContent::Field(field) => field.label.as_ref(),
        ItemContent::Lines(lines) => lines.label.as_ref(),
        ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => None,
    };
    let entity = app.ask(|state| state.entity(form.entity).cloned());
    let field = found.field().and_then(|field| entity.as_ref()?.field(field).map(|field| label(&field.label)));
    own.map(label).or(field).unwrap_or_else(|| item.to_owned())
}
