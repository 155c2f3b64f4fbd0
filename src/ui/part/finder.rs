//! A finder: a sheet in which one types, walks through what is found with the arrows, and takes one of it.

use leptos::prelude::*;

use super::{Popover, icon, unique_id};
use crate::ui::browser;
use crate::ui::text::t;

/// What the parts of a finder share.
#[derive(Clone, Copy)]
pub struct Finder {
    /// Whether it is shown.
    pub open: RwSignal<bool>,
    /// What is typed.
    pub sought: RwSignal<String>,
    active: RwSignal<usize>,
    list: StoredValue<String>,
}

/// How a finder is called.
pub struct FinderNames {
    /// The sheet.
    pub sheet: String,
    /// What is typed into.
    pub field: String,
    /// The list of what is found.
    pub list: String,
}

impl Finder {
    /// One that is closed.
    pub fn new() -> Finder {
        let list = StoredValue::new(unique_id("found"));
        Finder { open: RwSignal::new(false), sought: RwSignal::default(), active: RwSignal::new(0), list }
    }

    /// Opens it with nothing typed.
    pub fn begin(self) {
        self.sought.set(String::new());
        self.active.set(0);
        self.open.set(true);
    }

    /// One of what is found, by its place; a click takes it.
    pub fn row(self, at: usize, take: Callback<usize>, inside: AnyView) -> AnyView {
        let active = self.active;
        view! {
            <li
                class="menu__item"
                role="option"
                id=self.option(at)
                aria-selected=move || (active.get() == at).to_string()
                data-active=move || (active.get() == at).then_some("")
                on:mouseenter=move |_| active.set(at)
                on:click=move |_| take.run(at)
            >
                {inside}
            </li>
        }
        .into_any()
    }

    /// The sheet below its button. `take` is told the place of what is taken; `rows` draws them, or nothing where nothing is found.
    pub fn sheet(
        self,
        anchor: String,
        names: FinderNames,
        count: Memo<usize>,
        take: Callback<usize>,
        rows: Callback<(), AnyView>,
    ) -> AnyView {
        let Finder { open, sought, active, list } = self;
        let keys = move |event: web_sys::KeyboardEvent| {
            event.stop_propagation();
            let count = count.get_untracked();
            match event.key().as_str() {
                "ArrowDown" if count > 0 => active.update(|at| *at = (*at + 1) % count),
                "ArrowUp" if count > 0 => active.update(|at| *at = (*at + count - 1) % count),
                "Home" if count > 0 => active.set(0),
                "End" if count > 0 => active.set(count - 1),
                "Enter" if !event.is_composing() => {
                    if active.get_untracked() < count {
                        take.run(active.get_untracked());
                    }
                }
                "Escape" => open.set(false),
                _ => return,
            }
            event.prevent_default();
            browser::show_nearest(&self.option(active.get_untracked()));
        };
        let names = StoredValue::new(names);
        let text = move |name: fn(&FinderNames) -> &String| names.with_value(|names| name(names).clone());
        view! {
            <Popover open=open anchor=anchor>
                <div class="add-related" role="dialog" aria-label=text(|names| &names.sheet)>
                    <div class="menu__find">
                        {icon("search")}
                        <input
                            type="text"
                            role="combobox"
                            autofocus=true
                            autocomplete="off"
                            aria-label=text(|names| &names.field)
                            aria-autocomplete="list"
                            aria-expanded="true"
                            aria-controls=list.get_value()
                            aria-activedescendant=move || (count.get() > 0).then(|| self.option(active.get()))
                            placeholder=text(|names| &names.field)
                            prop:value=move || sought.get()
                            on:input=move |event| {
                                sought.set(event_target_value(&event));
                                active.set(0);
                            }
                            on:keydown=keys
                        />
                    </div>
                    <ul class="menu menu__scroll" role="listbox" id=list.get_value() aria-label=text(|names| &names.list)>
                        {move || match count.get() {
                            0 => view! { <p class="menu__empty" role="status">{t("related-none-found")}</p> }.into_any(),
                            _ => rows.run(()),
                        }}
                    </ul>
                </div>
            </Popover>
        }
        .into_any()
    }

    fn option(self, at: usize) -> String {
        self.list.with_value(|list| format!("{list}-{at}"))
    }
}
