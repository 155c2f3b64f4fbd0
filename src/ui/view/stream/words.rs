//! What is written into the stream, with the people whose name is being typed below it.

use leptos::html;
use leptos::prelude::*;

use crate::app::App;
use crate::engine::search::Query;
use crate::engine::stream;
use crate::model::id::RecordId;
use crate::model::state::Reader;
use crate::ui::part::avatar_styled;
use crate::ui::text::t;

/// As many people as are offered while a name is typed.
const FEW: usize = 6;

/// The text, with the people whose name is being typed below it.
#[component]
pub fn Words(
    /// What is written.
    text: RwSignal<String>,
    /// Whether people may be spoken to in it.
    mentions: Signal<bool>,
    /// What it is for, as long as nothing is written.
    hint: Signal<String>,
    /// What is wrong with it.
    trouble: RwSignal<Option<String>>,
    /// The id of the control.
    control: String,
    /// The control.
    area: NodeRef<html::Textarea>,
    /// Sends it.
    send: Callback<()>,
    /// Leaves it.
    #[prop(optional)]
    leave: Option<Callback<()>>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let begun = RwSignal::new(None::<String>);
    let active = RwSignal::new(0usize);
    let list = format!("{control}-people");
    let offers = Memo::new(move |_| begun.get().map(|name| people(app, &name)).unwrap_or_default());
    // Where the mention begins is asked of the control itself: only it knows where the caret is.
    let look = move || {
        let Some(area) = area.get_untracked() else { return };
        let before = before_caret(&area);
        let may = mentions.get_untracked();
        begun.set(stream::begun(&before).filter(|_| may).map(str::to_owned));
        active.set(0);
    };
    let take = move |name: String| {
        let Some(area) = area.get_untracked() else { return };
        let (now, before) = (area.value(), before_caret(&area));
        // The caret may have been moved since the names were offered.
        let Some(start) = stream::begun(&before).and_then(|typed| before.strip_suffix(typed)) else { return };
        let rest = now.get(before.len()..).unwrap_or_default();
        let whole = format!("{start}{name} {rest}");
        let caret = u32::try_from(start.encode_utf16().count() + name.encode_utf16().count() + 1).unwrap_or(u32::MAX);
        text.set(whole.clone());
        begun.set(None);
        area.set_value(&whole);
        let _ = area.focus();
        let _ = area.set_selection_range(caret, caret);
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        // What is typed here is no shortcut of the page.
        event.stop_propagation();
        let count = offers.with_untracked(Vec::len);
        match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                send.run(());
            }
            "Escape" if count == 0 && !event.is_composing() => {
                if let Some(leave) = leave {
                    event.prevent_default();
                    leave.run(());
                }
            }
            _ if count == 0 || event.is_composing() => {}
            "ArrowDown" => {
                event.prevent_default();
                active.update(|at| *at = (*at + 1) % count);
            }
            "ArrowUp" => {
                event.prevent_default();
                active.update(|at| *at = (*at + count - 1) % count);
            }
            "Enter" | "Tab" => {
                if let Some((_, name)) = offers.with_untracked(|offers| offers.get(active.get_untracked()).cloned()) {
                    event.prevent_default();
                    take(name);
                }
            }
            "Escape" => {
                event.prevent_default();
                begun.set(None);
            }
            _ => {}
        }
    };
    let (option, owned, listed, described) = (list.clone(), list.clone(), list.clone(), format!("{control}-error"));
    let rows = move || {
        let (now, option) = (active.get(), option.clone());
        let row = move |(at, (_, name)): (usize, (RecordId, String))| {
            let shown = name.clone();
            view! {
                <li
                    class="menu__item"
                    id=format!("{option}-{at}")
                    role="option"
                    aria-selected=(at == now).to_string()
                    data-active=(at == now).then_some("")
                    // The text keeps the focus.
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| take(name.clone())
                >
                    {avatar_styled(&shown, "avatar avatar--24")}
                    <span>{shown.clone()}</span>
                </li>
            }
            .into_any()
        };
        offers.get().into_iter().enumerate().map(row).collect::<Vec<AnyView>>()
    };
    let is_offering = move || offers.with(|offers| !offers.is_empty());
    view! {
        <div class="composer__words">
            <textarea
                id=control
                rows="2"
                aria-label=move || hint.get()
                placeholder=move || hint.get()
                aria-autocomplete="list"
                aria-controls=move || is_offering().then(|| owned.clone())
                aria-activedescendant=move || is_offering().then(|| format!("{list}-{}", active.get()))
                aria-describedby=move || trouble.with(Option::is_some).then(|| described.clone())
                node_ref=area
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    look();
                }
                on:keydown=keys
                on:blur=move |_| begun.set(None)
            ></textarea>
            {move || {
                is_offering()
                    .then(|| {
                        view! {
                            <ul class="menu composer__people" id=listed.clone() role="listbox" aria-label=t("compose-people")>
                                {rows()}
                            </ul>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

fn before_caret(area: &web_sys::HtmlTextAreaElement) -> String {
    let caret = area.selection_start().ok().flatten().unwrap_or(u32::MAX) as usize;
    // The browser counts in UTF-16.
    let units: Vec<u16> = area.value().encode_utf16().take(caret).collect();
    String::from_utf16_lossy(&units)
}

/// The people whose names hold what is typed, or are read so; those that begin with it first.
fn people(app: App, typed: &str) -> Vec<(RecordId, String)> {
    let wanted = typed.trim().to_lowercase();
    let query = Query::new(typed.trim());
    let mut found: Vec<(RecordId, String)> = everybody(app);
    app.with_readings(|readings| {
        let holds = |name: &str| name.to_lowercase().contains(&wanted) || query.meets(name, readings).is_some();
        found.retain(|(_, name)| holds(name));
    });
    found.sort_by_key(|(_, name)| !name.to_lowercase().starts_with(&wanted));
    found.truncate(FEW);
    found
}

/// All people by name.
pub fn everybody(app: App) -> Vec<(RecordId, String)> {
    let Some(people) = app.ask(|state| state.workspace().and_then(|workspace| workspace.people)) else {
        return Vec::new();
    };
    app.ask(|state| {
        let named = state.member_ids(people).iter().map(|id| (*id, crate::app::title(state, *id)));
        named.filter(|(_, name)| !name.is_empty()).collect()
    })
}
