//! A form on a device of its own: the door where it is started, and the screen that visitors see until somebody leaves it by its code.

use leptos::prelude::*;

use crate::ui::browser;
use crate::ui::part::{Art, Empty};
use crate::ui::shell::use_app;
use crate::ui::text::{label, t};
use crate::ui::view::kiosk::{Elsewhere, door, idle, screen, stuck, use_kiosk};

/// The page.
#[component]
pub fn KioskPage(
    /// The form's id among forms.
    form: String,
) -> impl IntoView {
    let app = use_app();
    let kiosk = use_kiosk();
    // A kiosk that runs is about its own form, whatever the address says.
    let id = kiosk.get_untracked().map_or(form, |locked| locked.form);
    let known = untrack(|| app.form(&id));
    let edition = known.as_ref().and_then(|known| untrack(|| app.edition(known)));
    match (known, edition) {
        (Some(known), Some(edition)) if !known.retired => {
            browser::set_title(&label(&edition.label));
            let is_locked = Memo::new(move |_| kiosk.with(Option::is_some));
            // Nothing but the code makes another screen of it: each would be a visitor to the figures.
            let elsewhere = expect_context::<Elsewhere>().0;
            let here = Callback::new(move |()| elsewhere.set(false));
            (move || match (is_locked.get(), elsewhere.get()) {
                (true, true) => idle(app, here),
                (true, false) => untrack(|| screen(app, edition.clone())),
                (false, _) => door(app, &known),
            })
            .into_any()
        }
        // Whoever takes a form away does not open the device to its visitors.
        _ if kiosk.with_untracked(Option::is_some) => stuck(app),
        _ => {
            browser::set_title(&t("fill-missing"));
            view! {
                <main class="alone" id="main" tabindex="-1">
                    <Empty art=Art::Search title=t("fill-missing") say=t("fill-missing-say")>
                        <a class="button" href="#/">{t("shell-nowhere-home")}</a>
                    </Empty>
                </main>
            }
            .into_any()
        }
    }
}
