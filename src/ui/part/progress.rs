//! Small gauges and the steps of a wizard.

use leptos::prelude::*;

/// A small bar that shows a share from 0 to 1; `label` is what it says.
pub fn gauge(share: f64, label: String) -> AnyView {
    let value = (share.clamp(0.0, 1.0) * 100.0).round().to_string();
    view! { <meter class="gauge" min="0" max="100" value=value aria-label=label></meter> }.into_any()
}

/// The steps of a wizard; `at` is the current one, counted from zero.
pub fn steps(names: Vec<String>, at: usize) -> AnyView {
    let items: Vec<AnyView> = names
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            let class = if index < at { "step step--done" } else { "step" };
            view! { <li class=class aria-current=(index == at).then_some("step")><span>{name}</span></li> }.into_any()
        })
        .collect();
    view! { <ol class="steps">{items}</ol> }.into_any()
}
