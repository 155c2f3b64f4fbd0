//! The editor of a formula: what may come next is offered while one types, what is wrong is marked where it stands, and what it gives
//! for a record is said at once. Whoever asks a formula uses it.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::app::App;
use crate::engine::formula::function::Accepts;
use crate::engine::formula::{self, Candidate, CandidateKind, Scope, Signature, Tint, complete, with_entity};
use crate::engine::search::{Query, Tier};
use crate::model::diagnostic::Diagnostic;
use crate::model::entity::Entity;
use crate::model::field::ResultKind;
use crate::model::id::RecordId;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::format;
use crate::ui::part::{Popover, icon, unique_id};
use crate::ui::shell::use_app;
use crate::ui::text::{diagnostic, label, language, t, tr};

/// How many offers are shown.
const SHOWN: usize = 8;

/// The editor of a formula.
#[component]
pub fn FormulaInput(
    /// The entity of the records that it is asked of; it may be one that is only being designed.
    #[prop(into)]
    entity: Signal<Arc<Entity>>,
    /// What stands in it.
    text: RwSignal<String>,
    /// What it is to give; anything where absent.
    #[prop(optional_no_strip)]
    expected: Option<ResultKind>,
    /// The id of the control, for a label that stands elsewhere.
    #[prop(optional, into)]
    id: Option<String>,
    /// What the control is called where no label stands beside it.
    #[prop(optional, into)]
    name: Option<String>,
    /// An example, shown while nothing stands in it.
    #[prop(optional, into)]
    example: Option<String>,
    /// The record for which its value is shown; the first there is unless somebody says another.
    #[prop(optional_no_strip)]
    sample: Option<RecordId>,
    /// Told after each change what is wrong, if anything; blank is not wrong.
    #[prop(optional)]
    judged: Option<Callback<Option<Diagnostic>>>,
) -> impl IntoView {
    let app = use_app();
    let caret = RwSignal::new(None::<usize>);
    let active = RwSignal::new(0usize);
    let input = NodeRef::<html::Input>::new();
    let under = NodeRef::<html::Div>::new();
    let sample = sample.or_else(|| {
        let entity = entity.with_untracked(|entity| entity.id);
        app.ask(|state| state.members(entity).first().copied())
    });
    let judgement = Memo::new(move |_| {
        let text = text.get();
        if text.trim().is_empty() {
            None
        } else {
            Some(entity.with(|entity| judge(app, entity, &text, expected, sample)))
        }
    });
    let wrong =
        Memo::new(move |_| judgement.with(|known| known.as_ref().and_then(|known| known.as_ref().err().cloned())));
    // Nothing is offered until somebody types, and nothing when the word is whole.
    let offers = Memo::new(move |_| {
        let caret = caret.get()?;
        let text = text.get();
        let found = entity.with(|entity| {
            app.with_readings(|readings| {
                let is_meant = |name: &str, word: &str| {
                    Query::new(word).meets(name, readings).is_some_and(|tier| tier != Tier::Slip)
                };
                app.ask(|state| {
                    with_entity(state, entity, |reader| complete(&text, caret, reader, entity.id, &is_meant))
                })
            })
        });
        let word = text.get(found.span.from..found.span.to).unwrap_or_default().to_owned();
        let mut offers = found.candidates;
        offers.retain(|offer| offer.insert.text(language()) != word);
        offers.truncate(SHOWN);
        (!word.is_empty() && !offers.is_empty()).then_some((found.span, offers))
    });
    // What is offered lies over the page: what stands below must not move away from a click when it closes.
    let open = RwSignal::new(false);
    let close = move || {
        caret.set(None);
        open.set(false);
    };
    let note = move || {
        let Some(input) = input.get_untracked() else { return };
        let typed = input.value();
        let units = input.selection_start().ok().flatten().unwrap_or_default() as usize;
        caret.set(Some(bytes_of(&typed, units)));
        text.set(typed);
        active.set(0);
        open.set(offers.with_untracked(Option::is_some));
        if let Some(judged) = judged {
            judged.run(wrong.get_untracked());
        }
    };
    let take = move |offer: Candidate| {
        let Some((span, _)) = offers.get_untracked() else { return };
        let insert = offer.insert.text(language()).to_owned();
        let mut whole = text.get_untracked();
        if whole.get(span.from..span.to).is_none() {
            return;
        }
        whole.replace_range(span.from..span.to, &insert);
        let at = span.from + insert.len();
        let units = whole[..at].encode_utf16().count() as u32;
        if let Some(input) = input.get_untracked() {
            input.set_value(&whole);
            let _ = input.focus();
            let _ = input.set_selection_range(units, units);
        }
        note();
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let count = offers.with_untracked(|offers| offers.as_ref().map_or(0, |(_, offers)| offers.len()));
        if count == 0 || event.is_composing() || event.ctrl_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => active.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" if !event.shift_key() => {
                let chosen = offers.with_untracked(|offers| {
                    offers.as_ref().and_then(|(_, offers)| offers.get(active.get_untracked()).cloned())
                });
                if let Some(chosen) = chosen {
                    take(chosen);
                }
            }
            "Escape" => close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let id = id.unwrap_or_else(|| unique_id("formula"));
    let (error, list, value) = (format!("{id}-error"), format!("{id}-offers"), format!("{id}-value"));
    let described = {
        let (error, value) = (error.clone(), value.clone());
        move || {
            judgement
                .with(|known| known.as_ref().map(|known| if known.is_err() { error.clone() } else { value.clone() }))
        }
    };
    let (controls, active_of, box_id) = (list.clone(), list.clone(), format!("{id}-box"));
    let given = text.get_untracked();
    let rows = {
        let list = list.clone();
        move || {
            let (_, found) = offers.get()?;
            let rows = found.into_iter().enumerate().map(|(at, offer)| {
                let (name, note) = (label(&offer.label), note_of(&offer.what));
                view! {
                    <li
                        class="menu__item"
                        id=format!("{list}-{at}")
                        role="option"
                        aria-selected=move || (active.get() == at).to_string()
                        // The caret stays where it is.
                        on:mousedown=move |event| {
                            event.prevent_default();
                            take(offer.clone());
                        }
                    >
                        <span>{name}</span>
                        <small>{note}</small>
                    </li>
                }
                .into_any()
            });
            Some(rows.collect::<Vec<AnyView>>())
        }
    };
    // Text that somebody else puts there comes in; what is typed is there already.
    Effect::new(move |_| {
        let text = text.get();
        if let Some(input) = input.get().filter(|input| input.value() != text) {
            input.set_value(&text);
        }
    });
    let rolled = move || {
        if let Some((input, under)) = input.get_untracked().zip(under.get_untracked()) {
            under.set_scroll_left(input.scroll_left());
        }
    };
    view! {
        <div class="formula">
            <div class="input input-box" id=box_id.clone()>
                {icon("sigma")}
                <div class="formula__line">
                    <input
                        id=id
                        type="text"
                        role="combobox"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        aria-label=name
                        aria-expanded=move || open.get().to_string()
                        aria-controls=controls
                        aria-autocomplete="list"
                        aria-activedescendant=move || open.get().then(|| format!("{active_of}-{}", active.get()))
                        aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                        aria-describedby=described
                        placeholder=example
                        node_ref=input
                        value=given
                        on:input=move |_| note()
                        on:scroll=move |_| rolled()
                        on:keydown=keys
                        on:blur=move |_| close()
                    />
                    <div class="formula__under" aria-hidden="true" node_ref=under>
                        {move || painted(&text.get(), wrong.get().as_ref())}
                    </div>
                </div>
            </div>
            <Popover open=open anchor=box_id is_as_wide=true keeps_focus=true>
                <ul class="menu menu__scroll formula__offers" id=list.clone() role="listbox" aria-label=t("filter-formula-offers")>
                    {rows.clone()}
                </ul>
            </Popover>
            {move || match judgement.get()? {
                Err(wrong) => Some(view! {
                    <p class="field__error" id=error.clone() role="status">{icon("circle-alert")}<span>{diagnostic(&wrong)}</span></p>
                }.into_any()),
                Ok(Some((name, gives))) => Some(view! {
                    <p class="formula__value" id=value.clone()>
                        <span class="clip">{name}</span>
                        <span aria-hidden="true">"="</span>
                        <strong class="clip">{gives}</strong>
                    </p>
                }.into_any()),
                Ok(None) => None,
            }}
        </div>
    }
    .into_any()
}

/// A formula without the sign of equality with which people begin it as in a spreadsheet.
pub fn bare_formula(text: &str) -> &str {
    let text = text.trim_start();
    text.strip_prefix(['=', '＝']).unwrap_or(text)
}

/// What is wrong with a formula, or else the name of the sample and what it gives for that.
fn judge(
    app: App,
    entity: &Arc<Entity>,
    text: &str,
    expected: Option<ResultKind>,
    sample: Option<RecordId>,
) -> Result<Option<(String, String)>, Diagnostic> {
    let context = app.context();
    app.ask(|state| {
        with_entity(state, entity, |reader| {
            let bare = bare_formula(text);
            let before = text.len() - bare.len();
            // What is wrong is marked in what was typed.
            let at = |mut wrong: Diagnostic| {
                wrong.at.span = wrong.at.span.map(|(from, to)| (from + before, to + before));
                wrong
            };
            let formula = formula::compile(bare, reader, entity.id).map_err(|mut wrong| at(wrong.swap_remove(0)))?;
            if let Some(expected) = expected {
                formula::expect(&formula, expected).map_err(at)?;
            }
            let Some(record) = sample.and_then(|sample| reader.record(sample)) else { return Ok(None) };
            let clock = context.clock(reader);
            let scope = Scope { reader, record, before: None, clock: &clock, language: language() };
            let gives = match formula.evaluate(&scope) {
                Ok(formula::function::Operand::One(value)) => match value {
                    Value::Number(number) => format::number(number, None),
                    Value::Money(money) => format::money(money),
                    Value::Date(day) => format::date(day, app.today()),
                    Value::Instant(at) => format::instant(at),
                    Value::Flag(flag) => t(if flag { "field-yes" } else { "field-no" }),
                    Value::Empty => t("formula-blank"),
                    _ => formula.text(&scope),
                },
                _ => formula.text(&scope),
            };
            Ok(Some((crate::app::title(reader, record.id), gives)))
        })
    })
}

/// What stands beside an offer: the kind of a field, or what a function takes.
fn note_of(what: &CandidateKind) -> String {
    match what {
        CandidateKind::Field(kind) => {
            let name = kind.name();
            let name = if name.starts_with("list") { "list" } else { &name };
            tr("formula-kind", [("kind", name.into())])
        }
        CandidateKind::Related => tr("formula-kind", [("kind", "list".into())]),
        CandidateKind::Function(signature) => arguments(*signature),
    }
}

/// What a function takes, as people write it: (yes/no, value, [value]).
fn arguments(signature: Signature) -> String {
    let word = |takes: &Accepts| {
        let name = match takes {
            Accepts::Any => "any",
            Accepts::Number => "number",
            Accepts::Text => "text",
            Accepts::Flag => "flag",
            Accepts::Date => "date",
            Accepts::Moment => "instant",
            Accepts::Numbers => "numbers",
            Accepts::Values => "list",
            Accepts::Criterion => "criterion",
        };
        tr("formula-kind", [("kind", name.into())])
    };
    let words = signature
        .arguments
        .iter()
        .enumerate()
        .map(|(at, takes)| if at < signature.required { word(takes) } else { format!("[{}]", word(takes)) });
    let mut words: Vec<String> = words.collect();
    if signature.repeating > 0 {
        words.push("…".to_owned());
    }
    format!("({})", words.join(", "))
}

/// What was typed, drawn over the input: names, functions, texts and numbers each in a colour, and a line below what is wrong.
fn painted(text: &str, wrong: Option<&Diagnostic>) -> Vec<AnyView> {
    let amiss = wrong.and_then(|wrong| wrong.at.span).filter(|(from, to)| text.get(*from..*to).is_some());
    let mut cuts: Vec<(usize, usize, &'static str)> = Vec::new();
    for (span, tint) in formula::tinted(text) {
        let tint = match tint {
            Tint::Name => "name",
            Tint::Function => "function",
            Tint::Text => "text",
            Tint::Number => "number",
            Tint::Sign => "sign",
        };
        let from = cuts.last().map_or(0, |(_, to, _)| *to);
        cuts.push((from, span.from, ""));
        cuts.push((span.from, span.to, tint));
    }
    let rest = cuts.last().map_or(0, |(_, to, _)| *to);
    cuts.push((rest, text.len(), ""));
    let mut drawn = Vec::new();
    for (from, to, tint) in cuts {
        // What is wrong may begin and end within a piece.
        let (begins, ends) = amiss.unwrap_or((text.len(), text.len()));
        let (begins, ends) = (begins.clamp(from, to), ends.clamp(from, to));
        for (from, to, is_wrong) in [(from, begins, false), (begins, ends, true), (ends, to, false)] {
            match text.get(from..to) {
                Some(part) if !part.is_empty() => drawn.push(painted_part(part.to_owned(), tint, is_wrong)),
                _ => {}
            }
        }
    }
    if amiss.is_some_and(|(from, to)| from == to && from == text.len()) {
        drawn.push(painted_part("\u{2003}".to_owned(), "", true));
    }
    drawn
}

fn painted_part(part: String, tint: &'static str, is_wrong: bool) -> AnyView {
    match is_wrong {
        true => view! { <mark data-tint=tint>{part}</mark> }.into_any(),
        false => view! { <span data-tint=tint>{part}</span> }.into_any(),
    }
}

/// Browsers count in UTF-16, texts here in bytes.
fn bytes_of(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, letter) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(letter.len_utf16());
    }
    text.len()
}
