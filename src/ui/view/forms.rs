//! All forms: how each stands, how many saw, began and sent it on which channel, and what became of those.

mod figures;
mod home;
mod row;
mod share;

use leptos::prelude::*;

use crate::app::App;
use crate::ui::part::{Art, Empty};
use crate::ui::text::t;

pub use figures::FiguresDialog;
pub use home::HomeDialog;
pub use share::ShareDialog;

/// The list. `share` is told which form is to be handed on, `shown` whose figures are wanted.
pub fn list(app: App, share: RwSignal<Option<String>>, shown: RwSignal<Option<String>>) -> AnyView {
    let forms = Memo::new(move |_| app.forms());
    let figures = Memo::new(move |_| {
        forms.track();
        app.form_figures(None)
    });
    let rows = move || {
        let forms = forms.get();
        if forms.is_empty() {
            return view! { <Empty art=Art::Cards title=t("forms-none") say=t("forms-none-say")/> }.into_any();
        }
        let bodies: Vec<AnyView> = forms.iter().map(|form| row::rows(app, form, figures, (share, shown))).collect();
        view! {
            <table class="forms">
                <thead>
                    <tr>
                        <th scope="col">{t("forms-form")}</th>
                        <th scope="col">{t("forms-state")}</th>
                        <th scope="col" class="num">{t("forms-views")}</th>
                        <th scope="col" class="num">{t("forms-starts")}</th>
                        <th scope="col" class="num">{t("forms-submits")}</th>
                        <th scope="col">{t("forms-became")}</th>
                        <th scope="col"><span class="sr-only">{t("forms-actions")}</span></th>
                    </tr>
                </thead>
                {bodies}
            </table>
        }
        .into_any()
    };
    rows.into_any()
}
