//! Small gauges and the steps of a wizard.

use leptos::prelude::*;

use super::html::Html;

/// A small bar that shows a share from 0 to 1; `label` is what it says.
pub fn gauge_into<'h>(html: &'h mut Html, share: f64, label: &str) -> &'h mut Html {
    let value = (share.clamp(0.0, 1.0) * 100.0).round().to_string();
    html.tag("<span class=\"gauge gauge--drawn\" role=\"meter\" aria-valuemin=\"0\" aria-valuemax=\"100\"");
    html.attribute("aria-valuenow", &value).attribute("aria-label", label);
    html.tag(" style=\"--share:").text(&value).tag("%\"></span>")
}

/// The steps of a wizard, by what they are called together; `at` is the current one, counted from zero.
pub fn steps(label: String, names: Vec<String>, at: usize) -> AnyView {
    let items: Vec<AnyView> = names
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            let class = if index < at { "step step--done" } else { "step" };
            view! { <li class=class aria-current=(index == at).then_some("step")><span>{name}</span></li> }.into_any()
        })
        .collect();
    view! { <ol class="steps" aria-label=label>{items}</ol> }.into_any()
}
