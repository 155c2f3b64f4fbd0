//! What is chosen or typed as a word: how each is read from a part, and written into it.

use super::{
    Density, EndingLink, FieldId, FieldKind, Kiosk, Label, Language, Piece, TextForm, Value, asked, column, form, item,
    kiosk, lines, message,
};
use crate::model::condition::Condition;
use crate::model::diagnostic::Code;
use crate::model::form::{Form, FormItem};

/// The same part, to look into it.
fn form_of(piece: &Piece) -> Option<&Form> {
    if let Piece::Form(form) = piece { Some(form) } else { None }
}

fn item_of(piece: &Piece) -> Option<&FormItem> {
    if let Piece::Item(item, _) = piece { Some(item) } else { None }
}

fn word(known: &'static [(&'static str, TextForm)], is: TextForm) -> String {
    known.iter().find(|(_, known)| *known == is).map(|(word, _)| (*word).to_owned()).unwrap_or_default()
}

const TAKEN: &[(&str, TextForm)] = &[("phone", TextForm::Phone), ("email", TextForm::Email), ("url", TextForm::Url)];

pub fn read_takes(piece: &Piece, _: usize) -> Option<String> {
    let Piece::Item(_, Some(field)) = piece else { return None };
    let taken = asked(&mut piece.clone())?.takes;
    matches!(field.kind, FieldKind::Text { .. }).then(|| taken.map(|it| word(TAKEN, it)).unwrap_or_default())
}

pub fn write_takes(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(asked) = asked(piece) {
        asked.takes = TAKEN.iter().find(|(word, _)| *word == typed).map(|(_, taken)| *taken);
    }
}

/// An answer that is always needed; one that the field needs anyhow says so itself.
pub fn read_needed(piece: &Piece, _: usize) -> Option<String> {
    let Piece::Item(_, Some(field)) = piece else { return None };
    let is_needed = asked(&mut piece.clone())?.required.as_ref().is_some_and(Condition::is_always);
    let may_be = !field.required && !field.is_computed();
    may_be.then(|| if is_needed { "true".to_owned() } else { String::new() })
}

pub fn write_needed(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(asked) = asked(piece) {
        asked.required = (typed == "true").then(Condition::always);
    }
}

pub fn read_width(piece: &Piece, _: usize) -> Option<String> {
    item_of(piece).map(|item| item.width.to_string())
}

pub fn write_width(piece: &mut Piece, _: usize, typed: &str) {
    if let (Some(item), Ok(width)) = (item(piece), typed.parse()) {
        item.width = width;
    }
}

pub fn read_columns(piece: &Piece, _: usize) -> Option<String> {
    if let Piece::Section(section) = piece { Some(section.columns.to_string()) } else { None }
}

pub fn write_columns(piece: &mut Piece, _: usize, typed: &str) {
    if let (Piece::Section(section), Ok(columns)) = (piece, typed.parse()) {
        section.columns = columns;
    }
}

pub fn read_languages(piece: &Piece, _: usize) -> Option<String> {
    form_of(piece).map(|form| match form.languages.as_slice() {
        [Language::Zh] => "zh".to_owned(),
        [Language::En] => "en".to_owned(),
        _ => String::new(),
    })
}

pub fn write_languages(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(form) = form(piece) {
        form.languages = match typed {
            "zh" => vec![Language::Zh],
            "en" => vec![Language::En],
            _ => Vec::new(),
        };
    }
}

pub fn read_on(piece: &Piece, at: usize) -> Option<String> {
    let on = message(&mut piece.clone(), at)?.on;
    Some(on.map(|on| on.as_str().to_owned()).unwrap_or_default())
}

pub fn write_on(piece: &mut Piece, at: usize, typed: &str) {
    if let Some(message) = message(piece, at) {
        message.on = Code::ALL.iter().find(|code| code.as_str() == typed).copied();
    }
}

pub fn read_column(piece: &Piece, at: usize) -> Option<String> {
    column(&mut piece.clone(), at).map(|column| column.field.to_string())
}

pub fn write_column(piece: &mut Piece, at: usize, typed: &str) {
    if let Some(column) = column(piece, at) {
        column.field = FieldId::new(typed);
    }
}

pub fn read_least(piece: &Piece, _: usize) -> Option<String> {
    let least = lines(&mut piece.clone())?.least;
    Some(if least == 0 { String::new() } else { least.to_string() })
}

pub fn write_least(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(lines) = lines(piece) {
        lines.least = typed.trim().parse().unwrap_or(0);
    }
}

pub fn read_most(piece: &Piece, _: usize) -> Option<String> {
    let most = lines(&mut piece.clone())?.most;
    Some(most.map(|most| most.to_string()).unwrap_or_default())
}

pub fn write_most(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(lines) = lines(piece) {
        lines.most = typed.trim().parse().ok();
    }
}

pub fn read_link(piece: &Piece, _: usize) -> Option<String> {
    form_of(piece).map(|form| form.ending.link.as_ref().map(|link| link.address.clone()).unwrap_or_default())
}

pub fn write_link(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(form) = form(piece) {
        let label = form.ending.link.take().map(|link| link.label).unwrap_or_else(|| Label::same(typed.trim()));
        let address = typed.trim().to_owned();
        form.ending.link = (!address.is_empty()).then_some(EndingLink { label, address });
    }
}

pub fn read_hue(piece: &Piece, _: usize) -> Option<String> {
    form_of(piece).map(|form| form.theme.hue.map(|hue| hue.to_string()).unwrap_or_default())
}

pub fn write_hue(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(form) = form(piece) {
        form.theme.hue = typed.parse().ok();
    }
}

pub fn read_density(piece: &Piece, _: usize) -> Option<String> {
    form_of(piece).map(|form| match form.theme.density {
        Density::Comfortable => String::new(),
        Density::Compact => "compact".to_owned(),
    })
}

pub fn write_density(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(form) = form(piece) {
        form.theme.density = if typed == "compact" { Density::Compact } else { Density::Comfortable };
    }
}

pub fn read_channel(piece: &Piece, _: usize) -> Option<String> {
    form_of(piece).map(|form| form.capture.channel.clone())
}

pub fn write_channel(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(form) = form(piece) {
        form.capture.channel = typed.trim().to_owned();
    }
}

pub fn read_into(piece: &Piece, _: usize) -> Option<String> {
    form_of(piece).map(|form| form.capture.channel_into.map(|field| field.to_string()).unwrap_or_default())
}

pub fn write_into(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(form) = form(piece) {
        form.capture.channel_into = (!typed.is_empty()).then(|| FieldId::new(typed));
    }
}

pub fn read_fixed(piece: &Piece, at: usize) -> Option<String> {
    form_of(piece)?.capture.fixed.get(at).map(|fixed| fixed.field.to_string())
}

pub fn write_fixed(piece: &mut Piece, at: usize, typed: &str) {
    if let Some(fixed) = form(piece).and_then(|form| form.capture.fixed.get_mut(at)) {
        (fixed.field, fixed.value) = (FieldId::new(typed), Value::Empty);
    }
}

pub fn read_parameter(piece: &Piece, at: usize) -> Option<String> {
    form_of(piece)?.capture.parameters.get(at).map(|parameter| parameter.name.clone())
}

pub fn write_parameter(piece: &mut Piece, at: usize, typed: &str) {
    if let Some(parameter) = form(piece).and_then(|form| form.capture.parameters.get_mut(at)) {
        parameter.name = typed.trim().to_owned();
    }
}

pub fn read_target(piece: &Piece, at: usize) -> Option<String> {
    form_of(piece)?.capture.parameters.get(at).map(|parameter| parameter.into.to_string())
}

pub fn write_target(piece: &mut Piece, at: usize, typed: &str) {
    if let Some(parameter) = form(piece).and_then(|form| form.capture.parameters.get_mut(at)) {
        parameter.into = FieldId::new(typed);
    }
}

pub fn read_kiosk(piece: &Piece, _: usize) -> Option<String> {
    form_of(piece).map(|form| if form.kiosk.is_some() { "true".to_owned() } else { String::new() })
}

pub fn write_kiosk(piece: &mut Piece, _: usize, typed: &str) {
    if let Some(form) = form(piece) {
        form.kiosk = (typed == "true").then(Kiosk::default);
    }
}

pub fn read_idle(piece: &Piece, _: usize) -> Option<String> {
    form_of(piece)?.kiosk.as_ref().map(|kiosk| kiosk.idle_seconds.to_string())
}

pub fn write_idle(piece: &mut Piece, _: usize, typed: &str) {
    if let (Some(kiosk), Ok(seconds)) = (kiosk(piece), typed.trim().parse()) {
        kiosk.idle_seconds = seconds;
    }
}

pub fn read_reset(piece: &Piece, _: usize) -> Option<String> {
    form_of(piece)?.kiosk.as_ref().map(|kiosk| kiosk.reset_seconds.to_string())
}

pub fn write_reset(piece: &mut Piece, _: usize, typed: &str) {
    if let (Some(kiosk), Ok(seconds)) = (kiosk(piece), typed.trim().parse()) {
        kiosk.reset_seconds = seconds;
    }
}
