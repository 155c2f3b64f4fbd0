//! Regular expressions: patterns and texts of limited size, in the syntax of the `regex-lite` crate, which never backtracks.

use std::cell::RefCell;

use regex_lite::{Regex, RegexBuilder};

use super::argument::{Answer, count, flag, function, text};
use crate::engine::formula::function::Accepts::{Number, Text};
use crate::engine::formula::function::{Call, Fault, Function, Gives};

pub(super) static FUNCTIONS: &[Function] = &[
    function("REGEXMATCH", &["正则匹配"], &[Text, Text], 2, 0, Gives::Flag, |call| {
        flag(pattern(call)?.is_match(&subject(call)?))
    }),
    function("REGEXEXTRACT", &["正则提取"], &[Text, Text, Number], 2, 0, Gives::Text, extract),
    function("REGEXREPLACE", &["正则替换"], &[Text, Text, Text], 3, 0, Gives::Text, |call| {
        let replaced = pattern(call)?.replace_all(&subject(call)?, call.text(2)?.as_ref()).into_owned();
        if replaced.len() > LONGEST_TEXT { Err(Fault::WrongValue) } else { text(replaced) }
    }),
    function("COUNTMATCHES", &["正则计数"], &[Text, Text], 2, 0, Gives::Number, |call| {
        count(pattern(call)?.find_iter(&subject(call)?).count())
    }),
];

const LONGEST_PATTERN: usize = 500;
const LONGEST_TEXT: usize = 32_767;

thread_local! {
    /// The patterns read last. A formula asks the same pattern of a hundred thousand records, and reading it costs far more
    /// than matching; what is kept changes no answer.
    static READ: RefCell<Vec<(String, Regex)>> = const { RefCell::new(Vec::new()) };
}

const KEPT: usize = 16;

fn pattern(call: &Call<'_>) -> Result<Regex, Fault> {
    let source = call.text(1)?;
    if source.len() > LONGEST_PATTERN {
        return Err(Fault::WrongValue);
    }
    READ.with_borrow_mut(|read| {
        if let Some((_, pattern)) = read.iter().find(|(text, _)| *text == source) {
            return Ok(pattern.clone());
        }
        let builder = RegexBuilder::new(&source).size_limit(200_000).nest_limit(30).build();
        let pattern = builder.map_err(|_| Fault::WrongValue)?;
        if read.len() == KEPT {
            read.remove(0);
        }
        read.push((source.into_owned(), pattern.clone()));
        Ok(pattern)
    })
}

fn subject<'a>(call: &Call<'a>) -> Result<std::borrow::Cow<'a, str>, Fault> {
    let subject = call.text(0)?;
    if subject.len() > LONGEST_TEXT { Err(Fault::WrongValue) } else { Ok(subject) }
}

/// The group with that number; without one the first group, or the whole match when there is none.
fn extract(call: &Call<'_>) -> Answer {
    let (pattern, subject) = (pattern(call)?, subject(call)?);
    let found = pattern.captures(&subject).ok_or(Fault::NotAvailable)?;
    let group = call.size_or(2, usize::from(found.len() > 1))?;
    if group >= found.len() {
        return Err(Fault::WrongValue);
    }
    text(found.get(group).map_or("", |found| found.as_str()))
}
