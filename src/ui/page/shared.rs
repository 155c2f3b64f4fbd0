//! What another program has shared: shown, and made into a record, an import or a workspace as the person says.

use leptos::ev;
use leptos::prelude::*;

use crate::app::App;
use crate::engine::form::{SharedText, found};
use crate::model::id::EntityId;
use crate::model::state::Reader;
use crate::ui::part::{Art, Empty, icon};
use crate::ui::received::{Received, Shared, hand, use_received};
use crate::ui::route::{Route, go};
use crate::ui::shell::listed;
use crate::ui::text::{label, label_within, t, tr};
use crate::ui::view::form;
use crate::ui::{browser, format};

/// The page.
#[component]
pub fn SharedPage() -> impl IntoView {
    let app = expect_context::<App>();
    let received = use_received();
    let kind = RwSignal::new(listed(app).first().map(|entity| entity.id));
    browser::set_title(&t("shared-title"));
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head"><span class="page__title"><h1>{t("shared-title")}</h1></span></header>
            <div class="page__body" tabindex="0" role="region" aria-label=t("shared-title")>
                {move || match received.0.get() {
                    Some(shared) => waiting(app, received, &shared, kind),
                    None => nothing(),
                }}
            </div>
        </main>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <Empty art=Art::Search title=t("shared-nothing") say=t("shared-nothing-say")>
            <a class="button" href="#/">{t("shell-nowhere-home")}</a>
        </Empty>
    }
    .into_any()
}

fn waiting(app: App, received: Received, shared: &Shared, kind: RwSignal<Option<EntityId>>) -> AnyView {
    let is_workspace = |file: &web_sys::File| [".perennial", ".json"].iter().any(|end| file.name().ends_with(end));
    let (workspaces, tables): (Vec<_>, Vec<_>) = shared.files.iter().cloned().partition(is_workspace);
    let has_text = shared.text != SharedText::default();
    let needs_kind = has_text || !tables.is_empty();
    let leave = move |_| {
        received.take();
        go(&Route::Home);
    };
    view! {
        <div class="settings settings--alone">
            <div class="settings__section">
                <section class="settings__part">
                    <p>{t("shared-say")}</p>
                    <div class="settings__box">
                        {needs_kind.then(|| kinds(app, kind))}
                        {has_text.then(|| text_row(app, received, shared.text.clone(), kind))}
                        {(!tables.is_empty()).then(|| tables_row(received, tables, kind))}
                        {workspaces.into_iter().map(|file| workspace_row(received, file)).collect::<Vec<_>>()}
                    </div>
                    <span>
                        <button class="button" type="button" on:click=leave>{icon("x")}{t("shared-leave")}</button>
                    </span>
                </section>
            </div>
        </div>
    }
    .into_any()
}

/// Of what kind the new records are.
fn kinds(app: App, kind: RwSignal<Option<EntityId>>) -> AnyView {
    let options: Vec<AnyView> = listed(app)
        .into_iter()
        .map(|entity| {
            let is_chosen = kind.get_untracked() == Some(entity.id);
            view! { <option value=entity.id.to_string() selected=is_chosen>{label(&entity.plural)}</option> }.into_any()
        })
        .collect();
    let changed = move |event: ev::Event| kind.set(Some(EntityId::new(&event_target_value(&event))));
    view! {
        <div class="setting">
            <div class="setting__say"><label for="shared-kind">{t("shared-kind")}</label></div>
            <div class="setting__do"><select class="input" id="shared-kind" on:change=changed>{options}</select></div>
        </div>
    }
    .into_any()
}

fn text_row(app: App, received: Received, text: SharedText, kind: RwSignal<Option<EntityId>>) -> AnyView {
    let title = if text.title.is_empty() { t("shared-text") } else { text.title.clone() };
    let say: Vec<String> =
        [&text.text, &text.url].into_iter().filter(|it| !it.is_empty()).map(|it| shortened(it)).collect();
    let create = move |_| {
        let Some(entity) = kind.get_untracked().and_then(|id| app.ask(|state| state.entity(id).cloned())) else {
            return;
        };
        let preset = found(&entity, &text, &app.read_settings());
        received.take();
        go(&Route::records(entity.id));
        form::create(entity.id, preset);
    };
    let name = move || {
        let entity = kind.get().and_then(|id| app.entity(id));
        tr("shared-create", [("name", entity.map(|entity| label_within(&entity.label)).unwrap_or_default().into())])
    };
    let does =
        view! { <button class="button button--primary" type="button" on:click=create>{icon("plus")}{name}</button> };
    row(title, say.join(" · "), does.into_any())
}

fn tables_row(received: Received, files: Vec<web_sys::File>, kind: RwSignal<Option<EntityId>>) -> AnyView {
    let names: Vec<String> = files.iter().map(web_sys::File::name).collect();
    let size = format::bytes(files.iter().map(|file| file.size()).sum());
    let import = move |_| {
        if let Some(entity) = kind.get_untracked() {
            hand(files.clone());
            received.take();
            go(&Route::Import { entity });
        }
    };
    let does =
        view! { <button class="button" type="button" on:click=import>{icon("import")}{t("shared-import")}</button> };
    row(names.join(&t("import-list-separator")), size, does.into_any())
}

fn workspace_row(received: Received, file: web_sys::File) -> AnyView {
    let (name, size) = (file.name(), format::bytes(file.size()));
    let open = move |_| {
        hand(vec![file.clone()]);
        received.take();
        go(&Route::Setting { section: "storage".to_owned() });
    };
    let does = view! { <button class="button" type="button" on:click=open>{icon("folder")}{t("settings-open-snapshot")}</button> };
    row(name, tr("shared-snapshot", [("size", size.into())]), does.into_any())
}

fn row(title: String, say: String, does: AnyView) -> AnyView {
    view! {
        <div class="setting">
            <div class="setting__say"><h2>{title}</h2><p>{say}</p></div>
            <div class="setting__do">{does}</div>
        </div>
    }
    .into_any()
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
