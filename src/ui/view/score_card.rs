//! The score card: the total against what is enough, and every line with its points and its reason.

use std::f64::consts::PI;
use std::sync::Arc;

use leptos::prelude::*;

use super::why::why_lines;
use crate::app::App;
use crate::engine::formula::Scope;
use crate::engine::rule::score::{self, ScoreCard as Card, ScoreGroup, ScoreLine};
use crate::model::id::{EntityId, RecordId};
use crate::model::rule::{CriterionGroup, ScoreModel};
use crate::ui::format;
use crate::ui::part::{icon, icon_styled, unique_id};
use crate::ui::text::{label, language, t, tr};

const RADIUS: f64 = 35.0;
/// The dial is three quarters of a circle.
const TURN: f64 = 270.0;

/// The score models of an entity.
pub fn models(app: App, entity: EntityId) -> Vec<Arc<ScoreModel>> {
    app.ask(|state| score::models(state, entity))
}

/// The score card of a record by one model.
#[component]
pub fn ScoreCard(
    /// The model.
    model: Arc<ScoreModel>,
    /// The record.
    id: RecordId,
) -> impl IntoView {
    let app = expect_context::<App>();
    move || {
        let record = app.record(id)?;
        let context = app.context();
        let card = app.ask(|state| {
            let clock = context.clock(state);
            let scope = Scope { reader: state, record: &record, before: None, clock: &clock, language: language() };
            score::card(&model, &scope)
        });
        Some(draw(app, model.entity, &card))
    }
}

fn draw(app: App, entity: EntityId, card: &Card) -> AnyView {
    let title_id = unique_id("score");
    let is_enough = card.is_enough();
    let class = if is_enough { "score" } else { "score score--warn" };
    let chip = card.threshold.map(|threshold| {
        let points = format::number(threshold, None);
        if is_enough {
            let say = tr("score-over", [("points", points.into())]);
            view! { <span class="chip chip--good">{icon("check")}<span>{say}</span></span> }.into_any()
        } else {
            // Exactly as many points as the threshold are not more than that.
            let say = match threshold - card.total {
                missing if missing.is_zero() => tr("score-needs-more", [("points", points.into())]),
                missing => tr("score-missing", [("points", format::number(missing, None).into())]),
            };
            view! { <span class="chip chip--warn">{icon("target")}<span>{say}</span></span> }.into_any()
        }
    });
    let say = tr("score-met", [("met", card.met().into()), ("count", card.lines.len().into())]);
    view! {
        <section class=class aria-labelledby=title_id.clone()>
            <div class="score__top">
                {dial(card)}
                <div class="score__say">
                    <strong id=title_id.clone()>{label(&card.label)}" "{chip}</strong>
                    <p>{say}</p>
                </div>
            </div>
            {group(app, entity, card, CriterionGroup::Fit)}
            {group(app, entity, card, CriterionGroup::Engagement)}
            {nearest(card).map(|sentence| view! { <p class="score__why">{sentence}</p> })}
        </section>
    }
    .into_any()
}

fn dial(card: &Card) -> AnyView {
    let (circle, arc) = (2.0 * PI * RADIUS, 2.0 * PI * RADIUS * TURN / 360.0);
    let (total, most) = (format::number(card.total, None), format::number(card.reachable, None));
    let threshold = card.threshold.map(|threshold| format::number(threshold, None)).unwrap_or_else(|| "0".to_owned());
    let say = tr(
        "score-dial",
        [("total", total.clone().into()), ("most", most.clone().into()), ("threshold", threshold.into())],
    );
    let mark = card.threshold.map(|threshold| {
        let turn = format!("rotate({:.1} 42 42)", TURN * card.share(threshold));
        view! { <line class="score__mark" x1="71" y1="42" x2="83" y2="42" transform=turn></line> }
    });
    view! {
        <div class="score__dial">
            <svg viewBox="0 0 84 84" role="img" aria-label=say>
                <g transform="rotate(135 42 42)">
                    <circle class="score__track" cx="42" cy="42" r="35" stroke-dasharray=format!("{arc:.1} {circle:.1}")></circle>
                    <circle
                        class="score__arc"
                        cx="42"
                        cy="42"
                        r="35"
                        stroke-dasharray=format!("{:.1} {circle:.1}", arc * card.share(card.total))
                    ></circle>
                    {mark}
                </g>
            </svg>
            <div class="score__total" aria-hidden="true">{total}<small>"/ "{most}</small></div>
        </div>
    }
    .into_any()
}

fn group(app: App, entity: EntityId, card: &Card, group: CriterionGroup) -> Option<AnyView> {
    let ScoreGroup { got, most, lines } = card.group(group)?;
    let title = match group {
        CriterionGroup::Fit => t("score-fit"),
        CriterionGroup::Engagement => t("score-engagement"),
    };
    let parts: Vec<AnyView> = lines.into_iter().map(|line| part(app, entity, line)).collect();
    Some(
        view! {
            <div class="score__group">
                <h4>{title}</h4>
                <span class="score__sub">{format!("{} / {}", format::number(got, None), format::number(most, None))}</span>
                <ul>{parts}</ul>
            </div>
        }
        .into_any(),
    )
}

fn part(app: App, entity: EntityId, line: &ScoreLine) -> AnyView {
    let is_minus = line.points.is_sign_negative() && !line.points.is_zero();
    let (name, look, class) = match (line.is_met, is_minus) {
        (true, false) => ("circle-check", "icon icon--good", "score__part"),
        (true, true) => ("circle-x", "icon icon--bad", "score__part score__part--minus"),
        (false, _) => ("circle", "icon", "score__part score__part--no"),
    };
    let why = line.why.as_ref().map(|why| why_lines(app, entity, why)).unwrap_or_default();
    // The label says what was asked; what was found is the news.
    let mut found: Vec<String> = why.into_iter().map(|one| one.found).filter(|found| !found.is_empty()).collect();
    found.dedup();
    found.truncate(2);
    let sign = if is_minus { "−" } else { "+" };
    let verdict = t(if line.is_met { "why-holds" } else { "why-holds-not" });
    view! {
        <li class=class>
            {icon_styled(name, look)}
            <span><span class="sr-only">{verdict}" "</span>{label(&line.label)}</span>
            <span class="score__points">{format!("{sign}{}", format::number(line.points.abs(), None))}</span>
            {(!found.is_empty()).then(|| view! { <small>{found.join(" · ")}</small> })}
        </li>
    }
    .into_any()
}

fn nearest(card: &Card) -> Option<String> {
    let (best, total) = card.nearest()?;
    let total = format::number(total, None);
    Some(tr("score-nearest", [("what", label(&best.label).into()), ("total", total.into())]))
}
