//! Nothing here yet, nothing matches, or something went wrong: one picture, one sentence, one action.

use leptos::prelude::*;

/// The picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Art {
    /// Cards on a board: nothing here yet.
    Cards,
    /// A glass over rows: nothing matches.
    Search,
    /// A torn sheet: something went wrong.
    Torn,
}

/// A state without anything to show.
#[component]
pub fn Empty(
    /// The picture.
    art: Art,
    /// What is so.
    title: String,
    /// What it is for, or what to do.
    say: String,
    /// Whether it is all that there is on a page.
    #[prop(optional)]
    is_page: bool,
    /// The buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = match art {
        Art::Cards => None,
        Art::Search => Some("status"),
        Art::Torn => Some("alert"),
    };
    // Where nothing else stands on a page, this is what the page is about.
    let heading = match is_page {
        true => view! { <h1>{title}</h1> }.into_any(),
        false => view! { <h2>{title}</h2> }.into_any(),
    };
    view! {
        <section class="empty" role=role>
            {picture(art)}
            {heading}
            <p>{say}</p>
            {children.map(|children| view! { <div class="empty__actions">{children()}</div> })}
        </section>
    }
    .into_any()
}

fn picture(art: Art) -> AnyView {
    let class = if art == Art::Torn { "empty__art empty__art--bad" } else { "empty__art" };
    // Drawn as text: a picture of fifteen shapes is not worth fifteen views.
    view! { <svg class=class viewBox="0 0 132 88" aria-hidden="true" inner_html=shapes(art)></svg> }.into_any()
}

fn shapes(art: Art) -> &'static str {
    match art {
        Art::Cards => concat!(
            r#"<rect class="art-paper" x="8" y="14" width="34" height="60" rx="5"/>"#,
            r#"<rect class="art-paper" x="49" y="14" width="34" height="60" rx="5"/>"#,
            r#"<rect class="art-paper" x="90" y="14" width="34" height="60" rx="5"/>"#,
            r#"<rect class="art-bar" x="14" y="21" width="16" height="3" rx="1.5"/>"#,
            r#"<rect class="art-bar" x="55" y="21" width="16" height="3" rx="1.5"/>"#,
            r#"<rect class="art-bar" x="96" y="21" width="16" height="3" rx="1.5"/>"#,
            r#"<rect class="art-fill" x="14" y="30" width="22" height="12" rx="3"/>"#,
            r#"<rect class="art-fill" x="96" y="30" width="22" height="12" rx="3"/>"#,
            r#"<rect class="art-fill" x="96" y="46" width="22" height="12" rx="3"/>"#,
            r#"<g transform="rotate(-5 66 44)"><rect class="art-accent" x="46" y="34" width="32" height="18" rx="4"/>"#,
            r#"<circle class="art-dot" cx="53" cy="43" r="2.5"/><path class="art-ink" d="M59 41h12M59 46h8"/></g>"#
        ),
        Art::Search => concat!(
            r#"<rect class="art-paper" x="20" y="12" width="92" height="14" rx="4"/>"#,
            r#"<rect class="art-paper" x="20" y="34" width="92" height="14" rx="4"/>"#,
            r#"<rect class="art-paper" x="20" y="56" width="92" height="14" rx="4"/>"#,
            r#"<rect class="art-bar" x="27" y="17.5" width="34" height="3" rx="1.5"/>"#,
            r#"<rect class="art-bar" x="27" y="39.5" width="48" height="3" rx="1.5"/>"#,
            r#"<rect class="art-bar" x="27" y="61.5" width="28" height="3" rx="1.5"/>"#,
            r#"<circle class="art-accent" cx="88" cy="50" r="17"/><path class="art-ink" d="m100 62 12 13M83 50h10"/>"#
        ),
        Art::Torn => concat!(
            r#"<path class="art-paper" d="M42 12h36l14 14v50a4 4 0 0 1-4 4H42a4 4 0 0 1-4-4V16a4 4 0 0 1 4-4z"/>"#,
            r#"<path class="art-line" d="M78 12v14h14"/><path class="art-ink" d="M65 38v14M65 60v.5"/>"#,
            r#"<path class="art-line" d="m46 70 6-4 6 4 6-4 6 4 6-4 6 4"/>"#
        ),
    }
}
