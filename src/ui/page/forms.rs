//! The forms that there are: how they stand, what they bring in, and what can be done with them.

use leptos::prelude::*;

use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::shell::{UndoButtons, use_app};
use crate::ui::text::t;
use crate::ui::view::form_design::NewFormDialog;
use crate::ui::view::forms::{self, FiguresDialog, HomeDialog, ShareDialog};

/// The page.
#[component]
pub fn FormsPage() -> impl IntoView {
    let app = use_app();
    browser::set_title(&t("forms-title"));
    let (home, share, new_form) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(false));
    let shown = RwSignal::new(None);
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <span class="page__title"><h1>{t("forms-title")}</h1></span>
                <div class="page__actions">
                    <span class="wide-only"><UndoButtons/></span>
                    <button class="button" type="button" aria-haspopup="dialog" on:click=move |_| home.set(true)>
                        {icon("inbox")}
                        {t("forms-home")}
                    </button>
                    <button class="button button--primary" type="button" data-new="" aria-haspopup="dialog" on:click=move |_| new_form.set(true)>
                        {icon("plus")}
                        {t("form-new-form")}
                    </button>
                </div>
            </header>
            <div class="page__body" tabindex="0" role="region" aria-label=t("forms-title")>{forms::list(app, share, shown)}</div>
            <HomeDialog open=home/>
            <ShareDialog form=share/>
            <FiguresDialog form=shown/>
            <NewFormDialog open=new_form entity=None/>
        </main>
    }
    .into_any()
}
