//! The options of a choice: names in both languages, colour, order; typed one by one or pasted as lines.

use leptos::prelude::*;

use super::{Bench, forecast};
use crate::engine::design;
use crate::model::field::{ChoiceOption, Ended, Field, FieldKind, Language};
use crate::model::id::OptionId;
use crate::ui::browser;
use crate::ui::part::{
    Control, MenuButton, MenuItem, MenuRow, Popover, Shape, control, field_error, hue_name, icon, icon_styled,
    unique_id,
};
use crate::ui::text::{diagnostic, label, language, t, tr};

/// The editor.
pub fn options(bench: Bench) -> AnyView {
    let ids = Memo::new(move |_| {
        let field = bench.field();
        field.map(|field| field.options().iter().map(|option| option.id).collect::<Vec<_>>()).unwrap_or_default()
    });
    let add = move |event: web_sys::KeyboardEvent| {
        if event.key() != "Enter" || event.is_composing() {
            return;
        }
        event.prevent_default();
        let input = event_target::<web_sys::HtmlInputElement>(&web_sys::Event::from(event));
        if take(bench, &input.value()) {
            input.set_value("");
        }
    };
    let left = move |event: web_sys::FocusEvent| {
        let input = event_target::<web_sys::HtmlInputElement>(&web_sys::Event::from(event));
        if !input.value().trim().is_empty() && take(bench, &input.value()) {
            input.set_value("");
        }
    };
    let lines = RwSignal::new(String::new());
    let paste = move |_| {
        if take(bench, &lines.get_untracked()) {
            lines.set(String::new());
        }
    };
    let rows = view! { <For each=move || ids.get() key=|id| *id let:id>{row(bench, ids, id)}</For> };
    let heads = match language() {
        Language::Zh => ["design-chinese", "design-english"],
        Language::En => ["design-english", "design-chinese"],
    };
    view! {
        <fieldset class="field design__options">
            <legend class="field__label">{t("design-options")}</legend>
            <div class="design__option design__option--head" aria-hidden="true">
                <span></span><span></span>
                <span>{t(heads[0])}</span><span>{t(heads[1])}</span><span></span>
            </div>
            <ul class="design__rows">{rows}</ul>
            <input class="input" id="design-option-new" autocomplete="off" aria-label=t("design-option-new") placeholder=t("design-option-new") on:keydown=add on:blur=left/>
            <details class="design__paste">
                <summary>{t("design-paste")}</summary>
                <label class="sr-only" for="design-lines">{t("design-paste-say")}</label>
                <textarea class="input" id="design-lines" rows="4" placeholder=t("design-paste-say") prop:value=lines on:input=move |event| lines.set(event_target_value(&event))></textarea>
                <button class="button button--small" type="button" on:click=paste>{icon("plus")}{t("design-paste-do")}</button>
            </details>
            {field_error("design-options", bench.work.wrong_at("design-options"))}
        </fieldset>
    }
    .into_any()
}

fn row(bench: Bench, ids: Memo<Vec<OptionId>>, id: OptionId) -> AnyView {
    let option = move || bench.field().and_then(|field| field.option(id).cloned());
    let hue = move || option().and_then(|option| option.hue).map_or("gray", hue_name);
    let is_retired = move || option().is_some_and(|option| option.retired);
    let name = move || option().map(|option| label(&option.label)).unwrap_or_default();
    let (open, anchor) = (RwSignal::new(false), unique_id("design-hue"));
    let zone = format!("option:{id}");
    let own = zone.clone();
    let over = move || bench.work.is_over(&own);
    let input = move |is_zh: bool| {
        let read = move || {
            let label = option().map(|option| option.label).unwrap_or_default();
            if is_zh { label.zh } else { label.en }
        };
        let write = move |event| {
            let typed = event_target_value(&event).trim().to_owned();
            change(bench, id, &|option| {
                *(if is_zh { &mut option.label.zh } else { &mut option.label.en }) = typed.clone()
            });
        };
        let said = t(if is_zh { "design-option-zh" } else { "design-option-en" });
        view! { <input class="input" aria-label=said autocomplete="off" prop:value=read on:change=write/> }.into_any()
    };
    let is_chinese = language() == Language::Zh;
    let ended = move || option().and_then(|option| option.ended);
    let sign =
        move || ended().map(|ended| icon_styled(if ended == Ended::Won { "check" } else { "x" }, "icon design__ended"));
    let swatches = move || {
        let swatch = |hue: u8| {
            let is_on = move || (option().and_then(|option| option.hue) == Some(hue)).to_string();
            view! {
                <button
                    class="swatch"
                    type="button"
                    data-hue=hue_name(hue)
                    aria-label=t(&format!("hue-{}", hue_name(hue)))
                    aria-pressed=is_on
                    on:click=move |_| {
                        change(bench, id, &|option| option.hue = Some(hue));
                        open.set(false);
                    }
                ></button>
            }
            .into_any()
        };
        (0..10).map(swatch).collect::<Vec<AnyView>>()
    };
    let items = Callback::new(move |()| {
        let at = ids.with_untracked(|ids| ids.iter().position(|known| *known == id)).unwrap_or(0);
        let last = ids.with_untracked(Vec::len).saturating_sub(1);
        let mut rows = Vec::new();
        let mut moves = |is_so: bool, key: &str, name: &'static str, to: usize| {
            if is_so {
                let act = move || shift(bench, id, to);
                rows.push(MenuRow::Item(MenuItem::new(t(key), act).icon(name)));
            }
        };
        moves(at > 0, "design-up", "arrow-up", at.saturating_sub(1));
        moves(at < last, "design-down", "arrow-down", at + 1);
        let is_out = untrack(is_retired);
        let (key, name) = if is_out { ("design-bring-back", "archive-restore") } else { ("design-retire", "archive") };
        let retire = move || {
            change(bench, id, &|option| option.retired = !is_out);
        };
        rows.push(MenuRow::Item(MenuItem::new(t(key), retire).icon(name)));
        let remove = move || {
            edit(bench, &|options| options.retain(|option| option.id != id));
        };
        rows.push(MenuRow::Item(MenuItem::new(t("design-delete"), remove).icon("trash-2").dangerous()));
        rows
    });
    let menu = move || view! { <MenuButton label=tr("design-option-menu", [("name", name().into())]) items=items/> };
    let hue_label = move || tr("design-option-hue", [("name", name().into())]);
    let is_single = move || matches!(untrack(|| bench.field()).map(|it| it.kind), Some(FieldKind::Choice { .. }));
    view! {
        <li class="design__option" data-key=zone.clone() data-zone=zone data-over=over data-retired=move || is_retired().then_some("")>
            {icon_styled("grip-vertical", "icon design__grip")}
            <button id=anchor.clone() class="design__hue" type="button" aria-haspopup="dialog" aria-label=hue_label on:click=move |_| open.set(true)>
                <i class="swatch" data-hue=hue>{sign}</i>
            </button>
            <Popover open=open anchor=anchor>
                <div class="design__meaning" role="dialog" aria-label=hue_label>
                    <div class="swatches design__swatches" role="group" aria-label=t("design-hue")>{swatches()}</div>
                    {is_single().then(|| meaning(bench, id))}
                </div>
            </Popover>
            {input(is_chinese)}
            {input(!is_chinese)}
            {menu}
        </li>
    }
    .into_any()
}

/// What it means for work to stand at an option: whether it goes on or has ended, and how much of it counts.
fn meaning(bench: Bench, id: OptionId) -> AnyView {
    let option = move || bench.field().and_then(|field| field.option(id).cloned());
    let ended = Control {
        id: format!("design-ended-{id}"),
        name: t("design-ended"),
        hint: None,
        shape: Shape::Select(ENDS.iter().map(|(word, _, key)| ((*word).to_owned(), t(key))).collect()),
        read: Callback::new(move |()| {
            let now = option().and_then(|option| option.ended);
            ENDS.iter().find(|(_, ended, _)| *ended == now).map(|(word, ..)| (*word).to_owned()).unwrap_or_default()
        }),
        write: Callback::new(move |typed: String| {
            let next = ENDS.iter().find(|(word, ..)| *word == typed).and_then(|(_, ended, _)| *ended);
            change(bench, id, &|option| option.ended = next)
        }),
        wrong: Signal::stored(None),
    };
    let wrong = RwSignal::new(None::<String>);
    let weight = Control {
        id: format!("design-weight-{id}"),
        name: t("design-weight"),
        hint: Some(t("design-weight-say")),
        shape: Shape::Number,
        read: Callback::new(move |()| {
            option().and_then(|option| option.weight).map(|weight| weight.to_string()).unwrap_or_default()
        }),
        write: Callback::new(move |typed: String| match design::weight_from(&typed) {
            Ok(next) => {
                wrong.set(None);
                change(bench, id, &|option| option.weight = next)
            }
            Err(found) => {
                wrong.set(Some(diagnostic(&found)));
                false
            }
        }),
        wrong: wrong.into(),
    };
    view! { <div class="form">{control(ended)}{control(weight)}</div> }.into_any()
}

/// How work that stands at an option may have ended.
const ENDS: [(&str, Option<Ended>, &str); 3] = [
    ("", None, "design-ended-not"),
    ("won", Some(Ended::Won), "design-ended-won"),
    ("lost", Some(Ended::Lost), "design-ended-lost"),
];

/// Adds options out of lines; says whether there was anything to add.
fn take(bench: Bench, text: &str) -> bool {
    let Some(field) = untrack(|| bench.field()) else { return false };
    let next = design::options_from(text, field.options());
    if next.len() == field.options().len() {
        return !text.trim().is_empty();
    }
    edit(bench, &|options| *options = next.clone())
}

/// Puts an option before another one, from where it was dragged.
pub fn put_before(bench: Bench, option: &str, over: &str) {
    let id = OptionId::new(option);
    let Some(field) = untrack(|| bench.field()) else { return };
    let place = |id: &str| field.options().iter().position(|option| option.id.as_str() == id);
    if let Some(to) = place(over) {
        shift(bench, id, to);
    }
}

fn shift(bench: Bench, id: OptionId, to: usize) {
    edit(bench, &|options| {
        if let Some(at) = options.iter().position(|option| option.id == id) {
            let option = options.remove(at);
            options.insert(to.min(options.len()), option);
        }
    });
    request_animation_frame(move || {
        browser::focus_first(&format!(
            ".design__option[data-key=\"option:{id}\"] .menu, .design__option[data-key=\"option:{id}\"] button:last-of-type"
        ));
    });
}

fn change(bench: Bench, id: OptionId, change: &dyn Fn(&mut ChoiceOption)) -> bool {
    edit(bench, &|options| options.iter_mut().filter(|option| option.id == id).for_each(change))
}

fn edit(bench: Bench, change: &dyn Fn(&mut Vec<ChoiceOption>)) -> bool {
    let Some(mut next) = untrack(|| bench.field()) else { return false };
    let before: Field = next.clone();
    if let FieldKind::Choice { options } | FieldKind::Choices { options, .. } = &mut next.kind {
        change(options);
    }
    // An option that is a default goes from there as well.
    let is_there = |text: &String| next.options().iter().any(|option| option.id.as_str() == text);
    let was_option = |text: &String| before.options().iter().any(|option| option.id.as_str() == text);
    next.default = next.default.clone().filter(|text| !was_option(text) || is_there(text));
    next == before || forecast::recast(bench, "design-options", next)
}
