//! The first run: the workspace is empty, and something has to be put into it.

use leptos::prelude::*;

use crate::app::App;
use crate::ui::browser;
use crate::ui::text::t;
use crate::ui::view::first_run;

/// The page.
#[component]
pub fn FirstRunPage() -> impl IntoView {
    let app = expect_context::<App>();
    browser::set_title(&t("first-title"));
    first_run::welcome(app)
}
