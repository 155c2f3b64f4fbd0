//! The functions of the grammar: a table from names to strict functions over evaluated arguments. Forms that must not
//! evaluate all their arguments (`IF`, `IFERROR`, `AND` …) belong to the evaluator.

mod argument;
mod chinese;
mod compare;
mod conditional;
mod convert;
mod date;
mod finance;
mod format;
mod logic;
mod lookup;
mod math;
mod pattern;
mod statistics;
mod text;
mod workday;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::engine::formula::kind::Kind;
use crate::model::id::{Currency, RecordId};
use crate::model::time::{Date, Instant, Reckoning, Zone};
use crate::model::value::Value;

/// An evaluated argument or result.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// One value, blank included.
    One(Value),
    /// Several values: a field of related records, the links or options of a field, an array `{1,2,3}`.
    Many(Vec<Value>),
}

/// What can go wrong while a formula is evaluated, named as spreadsheets name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// `#DIV/0!`
    DivisionByZero,
    /// `#VALUE!`: an operand of the wrong type.
    WrongValue,
    /// `#NUM!`: a number out of range, or two currencies in one sum.
    WrongNumber,
    /// `#N/A`: nothing found.
    NotAvailable,
    /// `#NAME?`: a name that the schema no longer has.
    UnknownName,
}

impl Fault {
    /// The spreadsheet's sign for it.
    pub fn sign(self) -> &'static str {
        match self {
            Fault::DivisionByZero => "#DIV/0!",
            Fault::WrongValue => "#VALUE!",
            Fault::WrongNumber => "#NUM!",
            Fault::NotAvailable => "#N/A",
            Fault::UnknownName => "#NAME?",
        }
    }
}

/// What time it is, for the functions that ask: given by the caller, never read from a clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// Now.
    pub now: Instant,
    /// Today, on the user's calendar.
    pub today: Date,
    /// The user's time zone.
    pub zone: Zone,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// How weeks, quarters and years are reckoned.
    pub reckoning: Reckoning,
    /// Who asks: the person that `me` is.
    pub actor: Option<RecordId>,
}

/// One call of a function.
pub struct Call<'a> {
    /// The evaluated arguments; as many as the signature allows.
    pub arguments: &'a [Operand],
    /// What time it is.
    pub clock: &'a Clock,
}

/// What an argument may be. The checker refuses others when a definition is saved; blanks are always let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// Anything.
    Any,
    /// One number, amount, flag or length of time, or text that reads as a number.
    Number,
    /// One text; numbers, dates and options become text.
    Text,
    /// One yes or no.
    Flag,
    /// One day; a point in time becomes its local day.
    Date,
    /// One day or point in time.
    Moment,
    /// One value or several, of numbers.
    Numbers,
    /// One value or several, of anything.
    Values,
    /// A spreadsheet criterion: a value, or text such as `">500"`, `"<>"`, `"*总监*"`.
    Criterion,
}

/// What a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// Always this kind.
    Flag,
    /// A number.
    Number,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A point in time.
    Instant,
    /// An amount in a currency.
    Money,
    /// A length of time.
    Duration,
    /// A record of any entity.
    Link,
    /// The same kind as that argument, or as its items if it is a list: money stays money.
    SameAs(usize),
    /// A list of the kind of that argument's items.
    ListOf(usize),
    /// Anything.
    Any,
}

impl Gives {
    /// The kind of the result for arguments of these kinds.
    pub fn kind(self, arguments: &[Kind]) -> Kind {
        let item = |at: usize| match arguments.get(at) {
            Some(Kind::List(item)) => (**item).clone(),
            Some(kind) => kind.clone(),
            None => Kind::Any,
        };
        match self {
            Gives::Flag => Kind::Flag,
            Gives::Number => Kind::Number,
            Gives::Text => Kind::Text,
            Gives::Date => Kind::Date,
            Gives::Instant => Kind::Instant,
            Gives::Money => Kind::Money,
            Gives::Duration => Kind::Duration,
            Gives::Link => Kind::Link(Vec::new()),
            Gives::SameAs(at) => item(at),
            Gives::ListOf(at) => Kind::List(Box::new(item(at))),
            Gives::Any => Kind::Any,
        }
    }
}

/// A function of the grammar.
pub struct Function {
    /// The spreadsheet's English name in capitals: `NETWORKDAYS`.
    pub name: &'static str,
    /// The Chinese names that people may type instead.
    pub chinese: &'static [&'static str],
    /// What the arguments may be, in order.
    pub arguments: &'static [Accepts],
    /// How many of them must be there.
    pub required: usize,
    /// How many of the last arguments repeat without end: 1 for `SUM`, 2 for `COUNTIFS`; 0 for none.
    pub repeating: usize,
    /// What it gives.
    pub gives: Gives,
    /// Does the work.
    pub apply: fn(&Call<'_>) -> Result<Operand, Fault>,
}

/// The function with this name: English in any case, or one of its Chinese names.
pub fn find(name: &str) -> Option<&'static Function> {
    if let Some(function) = BY_NAME.get(name) {
        return Some(function);
    }
    let upper = name.to_ascii_uppercase();
    BY_NAME.get(upper.as_str()).or_else(|| BY_NAME.get(upper.strip_prefix("_XLFN.")?)).copied()
}

/// All functions, in the order of their groups.
pub fn all() -> impl Iterator<Item = &'static Function> {
    GROUPS.iter().flat_map(|group| group.iter())
}

const GROUPS: &[&[Function]] = &[
    math::FUNCTIONS,
    statistics::FUNCTIONS,
    conditional::FUNCTIONS,
    text::FUNCTIONS,
    pattern::FUNCTIONS,
    date::FUNCTIONS,
    workday::FUNCTIONS,
    logic::FUNCTIONS,
    lookup::FUNCTIONS,
    finance::FUNCTIONS,
    convert::FUNCTIONS,
];

/// Other names under which spreadsheets know the same functions.
const ALIASES: &[(&str, &str)] = &[
    ("STDEV.S", "STDEV"),
    ("STDEV.P", "STDEVP"),
    ("VAR.S", "VAR"),
    ("VAR.P", "VARP"),
    ("RANK.EQ", "RANK"),
    ("PERCENTILE.INC", "PERCENTILE"),
    ("QUARTILE.INC", "QUARTILE"),
    ("PERCENTRANK.INC", "PERCENTRANK"),
    ("MODE.SNGL", "MODE"),
    ("FORECAST.LINEAR", "FORECAST"),
    ("DBCS", "WIDECHAR"),
    ("REGEXTEST", "REGEXMATCH"),
    ("COUNTA.UNIQUE", "COUNTUNIQUE"),
];

static BY_NAME: LazyLock<FxHashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    for function in all() {
        names.insert(function.name, function);
        names.extend(function.chinese.iter().map(|chinese| (*chinese, function)));
    }
    for (alias, name) in ALIASES {
        if let Some(function) = names.get(name).copied() {
            names.insert(alias, function);
        }
    }
    names
});
