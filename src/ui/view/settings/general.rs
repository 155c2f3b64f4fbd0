//! What holds for the whole workspace: its name, language, currency, calling code, and the rates at which amounts in other
//! currencies are added up.

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::setting;
use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::engine::form;
use crate::model::definition::{Definition, Rate, Workspace};
use crate::model::field::{Label, Language, ResultKind};
use crate::model::id::Currency;
use crate::model::time::Date;
use crate::ui::field::DayInput;
use crate::ui::part::{icon, icon_button, unique_id};
use crate::ui::text::{diagnostic, label, language, t, tr};

/// Currencies that come first in a choice.
const FREQUENT: [&str; 8] = ["CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "SGD"];

/// The section.
pub fn rows(app: App) -> AnyView {
    let is_there = Memo::new(move |_| app.workspace().is_some());
    let rows = move || {
        view! {
            {setting(t("general-name"), t("general-name-say"), name(app))}
            {setting(t("general-language"), t("general-language-say"), written(app))}
            {setting(t("general-currency"), t("general-currency-say"), currency(app))}
            {setting(t("general-calling-code"), t("general-calling-code-say"), calling_code(app))}
        }
        .into_any()
    };
    (move || is_there.get().then(rows)).into_any()
}

/// Changes the settings of the workspace; says why where it may not be.
pub(super) fn change(app: App, change: impl FnOnce(&mut Workspace)) -> bool {
    let Some(workspace) = app.ask(|state| {
        use crate::model::state::Reader;
        state.workspace().cloned()
    }) else {
        return false;
    };
    let mut next = (*workspace).clone();
    change(&mut next);
    if next == *workspace {
        return true;
    }
    match app.dispatch(Command::Define { definitions: vec![Definition::Workspace(Arc::new(next))] }) {
        Ok(_) => {
            app.toast("general-changed", Vec::new(), ToastAction::Undo);
            true
        }
        Err(refused) => {
            let reason = refused.diagnostics.first().map(diagnostic).unwrap_or_default();
            app.warn("toast-refused", vec![("reason", reason)], ToastAction::None);
            false
        }
    }
}

fn name(app: App) -> AnyView {
    let shown = move || app.workspace().map(|workspace| label(&workspace.name)).unwrap_or_default();
    let changed = move |event: web_sys::Event| {
        let name = event_target_value(&event).trim().to_owned();
        if name.is_empty() {
            // A workspace without a name could not be told from another: what was there stands again.
            let input = event_target::<web_sys::HtmlInputElement>(&event);
            return input.set_value(&untrack(shown));
        }
        change(app, |workspace| {
            let is_same = workspace.name.en == workspace.name.zh;
            match language() {
                _ if is_same => workspace.name = Label::same(&name),
                Language::En => workspace.name.en = name,
                Language::Zh => workspace.name.zh = name,
            }
        });
    };
    view! { <input class="input general__wide" type="text" maxlength="120" aria-label=t("general-name") prop:value=shown on:change=changed/> }
        .into_any()
}

fn written(app: App) -> AnyView {
    let now = Memo::new(move |_| app.workspace().map_or(Language::En, |workspace| workspace.language));
    let changed = move |event| {
        let written = if event_target_value(&event) == "zh-CN" { Language::Zh } else { Language::En };
        change(app, |workspace| workspace.language = written);
    };
    view! {
        <select class="input general__wide" aria-label=t("general-language") on:change=changed>
            <option value="en" selected=move || now.get() == Language::En>"English"</option>
            <option value="zh-CN" selected=move || now.get() == Language::Zh>"简体中文"</option>
        </select>
    }
    .into_any()
}

fn currency(app: App) -> AnyView {
    let now =
        Memo::new(move |_| app.workspace().map(|workspace| workspace.currency.as_str().to_owned()).unwrap_or_default());
    let changed = move |event| {
        let code = event_target_value(&event);
        // What the rates say is said of the former currency.
        change(app, |workspace| {
            workspace.currency = Currency::new(&code);
            workspace.rates.clear();
        });
    };
    currencies(t("general-currency"), now.into(), None, "input general__wide", changed)
}

/// A choice among the currencies that are in use.
fn currencies(
    name: String,
    now: Signal<String>,
    without: Option<String>,
    class: &'static str,
    changed: impl Fn(web_sys::Event) + 'static,
) -> AnyView {
    let one = move |code: &'static str| {
        view! { <option value=code selected=move || now.get() == code>{code}</option> }.into_any()
    };
    let is_offered = |code: &&'static str| without.as_deref() != Some(*code);
    let first: Vec<AnyView> = FREQUENT.into_iter().filter(is_offered).map(one).collect();
    let others = form::currencies().filter(|code| !FREQUENT.contains(code));
    let rest: Vec<AnyView> = others.filter(is_offered).map(one).collect();
    view! { <select class=class aria-label=name on:change=changed>{first}{rest}</select> }.into_any()
}

fn calling_code(app: App) -> AnyView {
    let shown = move || app.workspace().map(|workspace| workspace.calling_code.clone()).unwrap_or_default();
    let wrong = RwSignal::new(false);
    let changed = move |event| {
        let typed: String = event_target_value(&event);
        let code = typed.trim().trim_start_matches('+').to_owned();
        let is_code = (1..=4).contains(&code.len()) && code.chars().all(|digit| digit.is_ascii_digit());
        wrong.set(!is_code);
        if is_code {
            change(app, |workspace| workspace.calling_code = code);
        }
    };
    view! {
        <span class="general__code">
            <span aria-hidden="true">"+"</span>
            <input
                class="input"
                type="text"
                inputmode="numeric"
                maxlength="5"
                aria-label=t("general-calling-code")
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby="calling-code-error"
                prop:value=shown
                on:change=changed
            />
        </span>
        <span id="calling-code-error" role="alert">
            {move || wrong.get().then(|| view! { <span class="field__error">{icon("circle-alert")}{t("general-calling-code-wrong")}</span> })}
        </span>
    }
    .into_any()
}

/// A rate as it is being typed.
#[derive(Clone, Copy)]
struct Draft {
    key: u32,
    currency: RwSignal<String>,
    since: RwSignal<Option<Date>>,
    rate: RwSignal<String>,
}

impl Draft {
    fn new(key: u32, currency: &str, since: Date, rate: &str) -> Self {
        let signal = |text: &str| RwSignal::new(text.to_owned());
        Draft { key, currency: signal(currency), since: RwSignal::new(Some(since)), rate: signal(rate) }
    }

    /// The rate, if it is one.
    fn read(self, app: App) -> Option<Rate> {
        let typed = self.rate.get();
        // 1,350 is more than a thousand to some and little more than one to others.
        let is_ambiguous = typed.contains([',', '，']) && !typed.contains(['.', '．']);
        let read = form::read_result(ResultKind::Number, &typed, &app.read_settings()).filter(|_| !is_ambiguous);
        let rate = read?.as_number()?;
        let since = self.since.get()?;
        (rate > Decimal::ZERO).then(|| Rate {
            currency: Currency::new(&self.currency.get()),
            since,
            rate: rate.normalize(),
        })
    }
}

/// The rates at which other currencies count, each from a day on.
pub fn rates(app: App) -> AnyView {
    let stored = Memo::new(move |_| app.workspace().map(|workspace| (workspace.currency, workspace.rates.clone())));
    (move || stored.get().map(|(own, rates)| editor(app, own, rates))).into_any()
}

fn editor(app: App, own: Currency, stored: Vec<Rate>) -> AnyView {
    let draft = |(key, rate): (u32, &Rate)| Draft::new(key, rate.currency.as_str(), rate.since, &rate.rate.to_string());
    let drafts = RwSignal::new((0..).zip(&stored).map(draft).collect::<Vec<Draft>>());
    let next = StoredValue::new(stored.len() as u32);
    let stored = StoredValue::new(stored);
    let read = Memo::new(move |_| drafts.get().into_iter().map(|draft| draft.read(app)).collect::<Option<Vec<Rate>>>());
    let is_changed = Memo::new(move |_| read.get().is_none_or(|read| stored.with_value(|stored| *stored != read)));
    let add = move |_| {
        let key = next.get_value();
        next.set_value(key + 1);
        let known: Vec<String> =
            drafts.with_untracked(|drafts| drafts.iter().map(|it| it.currency.get_untracked()).collect());
        let free = FREQUENT.into_iter().find(|code| *code != own.as_str() && !known.iter().any(|known| known == code));
        drafts.update(|drafts| drafts.push(Draft::new(key, free.unwrap_or("USD"), app.today(), "")));
    };
    let save = move |_| {
        if let Some(rates) = read.get_untracked() {
            change(app, |workspace| workspace.rates = rates);
        }
    };
    let discard = move |_| {
        let again = stored.with_value(|stored| (0..).zip(stored).map(draft).collect::<Vec<Draft>>());
        // Other keys, so that the rows are drawn anew.
        next.update_value(|next| *next += 1_000);
        let shift = next.get_value();
        drafts.set(again.into_iter().map(|it| Draft { key: it.key + shift, ..it }).collect());
    };
    let row = move |draft: Draft| {
        let remove = move || drafts.update(|drafts| drafts.retain(|it| it.key != draft.key));
        let is_wrong = Memo::new(move |_| !draft.rate.with(String::is_empty) && draft.read(app).is_none());
        let (error, since) = (format!("rate-{}-error", draft.key), unique_id("rate-since"));
        let named = move |key: &'static str| tr(key, [("currency", draft.currency.get().into())]);
        view! {
            <li class="rates__one">
                <span aria-hidden="true">"1"</span>
                {currencies(t("general-rate-currency"), draft.currency.into(), Some(own.as_str().to_owned()), "input", move |event| {
                    draft.currency.set(event_target_value(&event));
                })}
                <span aria-hidden="true">"="</span>
                <input
                    class="input input--num"
                    type="text"
                    inputmode="decimal"
                    aria-label=move || named("general-rate-of")
                    aria-invalid=move || is_wrong.get().then_some("true")
                    aria-describedby=error.clone()
                    prop:value=move || draft.rate.get()
                    on:input=move |event| draft.rate.set(event_target_value(&event))
                />
                <span>{own.as_str()}</span>
                <div class="rates__since">
                    <label for=since.clone()>{t("general-rate-since")}</label>
                    <DayInput id=since value=draft.since changed=Callback::new(move |day| draft.since.set(day))/>
                </div>
                {icon_button(t("general-rate-remove"), "trash-2", remove)}
                <p class="rates__wrong" id=error role="alert">
                    {move || is_wrong.get().then(|| view! { <span class="field__error">{icon("circle-alert")}{t("general-rate-wrong")}</span> })}
                </p>
            </li>
        }
        .into_any()
    };
    view! {
        <div class="setting setting--wide">
            <div class="setting__say"><p>{tr("general-rates-say", [("currency", own.as_str().into())])}</p></div>
            <ul class="rates"><For each=move || drafts.get() key=|draft| draft.key let:draft>{row(draft)}</For></ul>
            <div class="setting__do">
                <button class="button" type="button" on:click=add>{icon("plus")}{t("general-rate-add")}</button>
                {move || is_changed.get().then(|| view! {
                    <button
                        class="button button--primary"
                        type="button"
                        aria-disabled=move || read.get().is_none().then_some("true")
                        on:click=save
                    >
                        {t("general-rates-save")}
                    </button>
                    <button class="button button--quiet" type="button" on:click=discard>{t("general-rates-discard")}</button>
                })}
            </div>
        </div>
    }
    .into_any()
}
