//! Progress of long work, small gauges and the steps of a wizard.

use leptos::prelude::*;

/// A bar with a line of words beneath it; without a share it only shows that something goes on.
#[component]
pub fn Progress(
    /// The name of the work.
    label: String,
    /// From 0 to 1; nothing while the end is not known.
    share: Signal<Option<f64>>,
    /// How far it is, in words.
    #[prop(optional, into)]
    say: Option<Signal<String>>,
) -> impl IntoView {
    view! {
        <div class="work">
            <progress
                class="progress"
                max="1"
                aria-label=label
                value=move || share.get().map(|share| share.clamp(0.0, 1.0).to_string())
            ></progress>
            {say.map(|say| view! { <p class="work__line" role="status">{move || say.get()}</p> })}
        </div>
    }
    .into_any()
}

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
