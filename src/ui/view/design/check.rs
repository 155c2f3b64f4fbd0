//! Checks of a field's own: what its records have to meet wherever they are written, and the sentence for when they do not.

use leptos::prelude::*;

use super::Bench;
use crate::model::condition::Condition;
use crate::model::field::{Check, Field, Label, Language};
use crate::ui::part::{Control, Shape, control, field_error, icon, icon_button};
use crate::ui::text::{language, t, tr};
use crate::ui::view::condition::{ConditionAsked, condition_part};
use crate::ui::view::workbench::focus_soon;

/// The id of the list, by which what is wrong with it is said there.
pub(super) const LIST: &str = "design-checks";

/// The list of checks.
pub fn checks(bench: Bench) -> AnyView {
    let count = Memo::new(move |_| bench.field().map_or(0, |field| field.checks.len()));
    let add = move |_| {
        let check = Check { condition: Condition::always(), message: Label::default() };
        if bench.change_field(LIST, &|field| field.checks.push(check.clone())) {
            let at = count.get_untracked().saturating_sub(1);
            focus_soon(format!("#{LIST} [data-entry=\"{at}\"] :is(input, select, button)"));
        }
    };
    view! {
        <div class="form-design__list" id=LIST tabindex="-1">
            <p class="field__hint">{t("design-checks-say")}</p>
            <div class="form-design__entries"><For each=move || 0..count.get() key=|at| *at let:at>{entry(bench, at)}</For></div>
            {field_error(LIST, bench.work.wrong_at(LIST))}
            <button class="button button--quiet button--small form-design__more" type="button" on:click=add>
                {icon("plus")}
                {t("form-set-checks-add")}
            </button>
        </div>
    }
    .into_any()
}

fn entry(bench: Bench, at: usize) -> AnyView {
    let Some(entity) = bench.entity.get_untracked() else { return ().into_any() };
    let held = move || bench.field().and_then(|field| field.checks.get(at).cloned());
    let now = Memo::new(move |_| held().map(|check| check.condition).unwrap_or_default());
    let changed = Callback::new(move |next: Condition| {
        change(bench, at, &|check| check.condition.clone_from(&next));
    });
    let asked = ConditionAsked { entity: StoredValue::new(entity), now: now.into(), changed, is_counted: true };
    let said = move |is_zh: bool| {
        let name = t("form-set-check-message");
        let name = tr(if is_zh { "form-in-chinese" } else { "form-in-english" }, [("name", name.into())]);
        let id = format!("{LIST}-{at}-{}", if is_zh { "zh" } else { "en" });
        let read = Callback::new(move |()| {
            let message = held().map(|check| check.message).unwrap_or_default();
            if is_zh { message.zh } else { message.en }
        });
        let write = Callback::new(move |typed: String| {
            let typed = typed.trim().to_owned();
            change(bench, at, &|check| {
                *(if is_zh { &mut check.message.zh } else { &mut check.message.en }) = typed.clone();
            })
        });
        control(Control { id, name, hint: None, shape: Shape::Line, read, write, wrong: Signal::stored(None) })
    };
    let is_chinese = language() == Language::Zh;
    let name = t("form-set-checks");
    let named = tr("form-entry", [("name", name.clone().into()), ("number", (at + 1).into())]);
    let away = tr("form-entry-remove", [("name", name.into()), ("number", (at + 1).into())]);
    let remove = move || {
        bench.change_field(LIST, &|field| drop(field.checks.remove(at)));
        focus_soon(format!("#{LIST} .form-design__more"));
    };
    let part = condition_part(format!("{LIST}-{at}"), t("form-set-check-meets"), t("form-always"), asked);
    view! {
        <div class="form-design__entry" data-entry=at role="group" aria-label=named>
            <div class="form-design__inside">{part}{said(is_chinese)}{said(!is_chinese)}</div>
            {icon_button(away, "x", remove)}
        </div>
    }
    .into_any()
}

fn change(bench: Bench, at: usize, change: &dyn Fn(&mut Check)) -> bool {
    bench.change_field(LIST, &|field: &mut Field| field.checks.iter_mut().skip(at).take(1).for_each(change))
}
