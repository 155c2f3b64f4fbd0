//! A form within another page: the lines of HTML that put it there.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Shared, copy_button, without_page};
use crate::app::Leaving;
use crate::ui::route::Route;
use crate::ui::text::{label, t, tr};
use crate::ui::{browser, format};

/// The panel.
pub fn panel(shared: Shared) -> AnyView {
    let of_file = move || {
        shared.leaving.with(|leaving| match leaving {
            Some(Leaving::Page { name, text, .. }) => of_page(shared, name, text),
            other => without_page(shared, other.as_ref()),
        })
    };
    let of_address = move || {
        let form = shared.form.get()?;
        let address = browser::address_of(&Route::fill(&form.id).href());
        let snippet = frame(&format!("src=\"{}\"", escaped(&address)), &label(&form.label));
        Some(block("share-embed-address", t("share-embed-address"), t("share-embed-address-say"), snippet))
    };
    view! { {of_file}{of_address} }.into_any()
}

fn of_page(shared: Shared, name: &str, text: &Arc<str>) -> AnyView {
    let Some(form) = shared.form.get_untracked() else { return ().into_any() };
    let title = label(&form.label);
    let beside = frame(&format!("src=\"{}\"", escaped(name)), &title);
    let say = tr("share-embed-file-say", [("file", name.into())]);
    let text = text.clone();
    let whole = move || frame(&format!("srcdoc=\"{}\"", escaped(&text)), &title);
    let size = format::bytes(whole().len() as f64);
    view! {
        {block("share-embed-file", t("share-embed-file"), say, beside)}
        <section class="share__block">
            <h3>{t("share-embed-whole")}</h3>
            <p class="share__say">{tr("share-embed-whole-say", [("size", size.into())])}</p>
            {copy_button(t("share-embed-whole-copy"), whole)}
        </section>
    }
    .into_any()
}

fn block(id: &'static str, title: String, say: String, snippet: String) -> AnyView {
    let copied = snippet.clone();
    view! {
        <section class="share__block">
            <h3 id=id>{title}</h3>
            <p class="share__say">{say}</p>
            <div class="share__copy">
                <textarea class="input" rows="3" readonly=true spellcheck="false" aria-labelledby=id prop:value=snippet></textarea>
                {copy_button(t("share-copy"), move || copied.clone())}
            </div>
        </section>
    }
    .into_any()
}

fn frame(source: &str, title: &str) -> String {
    let title = escaped(title);
    format!(
        "<iframe {source} title=\"{title}\" style=\"width:100%;height:720px;border:0\" allow=\"clipboard-write\"></iframe>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
