//! Sentences: Fluent messages in both languages, compiled in. A view is drawn anew when the language changes, so nothing here is tracked.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::model::diagnostic::Diagnostic;
use crate::model::field::{Label, Language};

const SOURCES: [(Language, &str, &str); 2] = [
    (Language::En, "en", include_str!("../../public/locale/en.ftl")),
    (Language::Zh, "zh-CN", include_str!("../../public/locale/zh-CN.ftl")),
];

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::En) };
    static BUNDLES: RefCell<HashMap<Language, FluentBundle<FluentResource>>> = RefCell::new(HashMap::new());
}

/// Something that stands in a sentence.
pub enum Argument {
    /// A number, which also decides about the plural.
    Number(f64),
    /// A text.
    Text(String),
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Argument::Number(number as f64)
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Argument::Number(number as f64)
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Argument::Text(text)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Argument::Text(text.to_owned())
    }
}

/// Says in which language sentences are from now on.
pub fn set_language(language: Language) {
    LANGUAGE.set(language);
}

/// The language of the interface.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// A label in the language of the interface.
pub fn label(label: &Label) -> String {
    label.text(language()).to_owned()
}

/// A label as it stands within a sentence: English writes common nouns small there.
pub fn label_within(name: &Label) -> String {
    let text = label(name);
    let mut letters = text.chars();
    match (language(), letters.next(), letters.next()) {
        // An abbreviation stays as it is.
        (Language::En, Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text,
    }
}

/// A sentence.
pub fn t(key: &str) -> String {
    format(key, None)
}

/// A sentence with something in it: `tr("list-count", [("count", 3.into())])`.
pub fn tr<const N: usize>(key: &str, arguments: [(&str, Argument); N]) -> String {
    let mut named = FluentArgs::with_capacity(N);
    for (name, argument) in arguments {
        named.set(
            name.to_owned(),
            match argument {
                Argument::Number(number) => FluentValue::from(number),
                Argument::Text(text) => FluentValue::from(text),
            },
        );
    }
    format(key, Some(&named))
}

/// The sentence about something that is wrong.
pub fn diagnostic(diagnostic: &Diagnostic) -> String {
    let own = match language() {
        Language::Zh => diagnostic.argument("message-zh"),
        Language::En => diagnostic.argument("message-en"),
    };
    if let Some(sentence) = own.filter(|sentence| !sentence.is_empty()) {
        return sentence.to_owned();
    }
    let mut named = FluentArgs::with_capacity(diagnostic.arguments.len());
    for (name, value) in &diagnostic.arguments {
        match value.parse::<f64>() {
            // Plurals need the number itself; everything else stays as it was written.
            Ok(number) if name == "count" => named.set(name.clone(), FluentValue::from(number)),
            _ => named.set(name.clone(), FluentValue::from(value.clone())),
        }
    }
    format(&format!("error-{}", diagnostic.code.as_str()), Some(&named))
}

/// A sentence whose key and arguments come as data, as those of toasts do.
pub fn from_data(key: &str, arguments: &[(String, String)]) -> String {
    let mut named = FluentArgs::with_capacity(arguments.len());
    for (name, value) in arguments {
        match value.parse::<f64>() {
            Ok(number) if name == "count" => named.set(name.clone(), FluentValue::from(number)),
            _ => named.set(name.clone(), FluentValue::from(value.clone())),
        }
    }
    format(key, Some(&named))
}

/// A sentence in both languages, for a name that is kept rather than shown.
pub fn both(key: &str) -> Label {
    Label { zh: format_in(Language::Zh, key, None), en: format_in(Language::En, key, None) }
}

fn format(key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
    format_in(language(), key, arguments)
}

fn format_in(language: Language, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
    BUNDLES.with_borrow_mut(|bundles| {
        let bundle = bundles.entry(language).or_insert_with(|| bundle(language));
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned()
    })
}

/// Counts as people read them, 9,240: both languages group by thousands.
fn grouped<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let whole = number.value.abs() as u64;
    if number.value.fract() != 0.0 || whole < 1_000 {
        return None;
    }
    let digits = whole.to_string();
    let mut text = String::from(if number.value < 0.0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    Some(text)
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let (_, tag, source) = SOURCES[usize::from(language == Language::Zh)];
    let locale: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![locale]);
    // Marks around inserted text help with mixed directions, which neither language has, and spoil searching.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(grouped));
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, errors)| {
        leptos::logging::error!("{tag}.ftl: {errors:?}");
        resource
    });
    if let Err(errors) = bundle.add_resource(resource) {
        leptos::logging::error!("{tag}.ftl: {errors:?}");
    }
    bundle
}
