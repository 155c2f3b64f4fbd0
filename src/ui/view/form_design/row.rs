//! What can be set of a form and its parts: one table of rows, each with what it is called, how it is drawn, and where it stands in a
//! part. A row that leads nowhere in a part is not shown for it.

mod word;

use crate::engine::design::Piece;
use crate::engine::form::Aspect;
use crate::model::condition::Condition;
use crate::model::field::{Check, FieldKind, Label, Language};
use crate::model::form::{
    Density, EndingLink, FieldItem, FixedValue, Form, FormItem, Goal, ItemContent, JoinKey, Kiosk, LineColumn,
    LinesItem, OptionRule, OwnMessage, Parameter, Presence, TextForm,
};
use crate::model::id::{FieldId, OptionId};
use crate::model::value::{FileRef, Value};
use word::{
    read_channel, read_column, read_columns, read_density, read_fixed, read_hue, read_idle, read_into, read_kiosk,
    read_languages, read_least, read_link, read_most, read_needed, read_on, read_parameter, read_reset, read_takes,
    read_target, read_width, write_channel, write_column, write_columns, write_density, write_fixed, write_hue,
    write_idle, write_into, write_kiosk, write_languages, write_least, write_link, write_most, write_needed, write_on,
    write_parameter, write_reset, write_takes, write_target, write_width,
};

/// Where a value stands in a part; `at` is the position in a list, where the row is one of a list.
pub type Place<T> = fn(&mut Piece, usize) -> Option<&mut T>;

/// A row of the inspector.
pub struct Row {
    /// Names the control, and its message: `form-set-…`.
    pub id: &'static str,
    /// How it is drawn, and where what it shows stands.
    pub slot: Slot,
}

/// How a row is drawn, and where what it shows stands.
pub enum Slot {
    /// A text in both languages that always has a place.
    Name(Place<Label>, Size),
    /// A text in both languages that may be absent.
    Text(Place<Option<Label>>, Size),
    /// A condition that may be absent; with what is said then.
    When(Place<Option<Condition>>, &'static str),
    /// A condition; one that asks nothing always holds.
    Meets(Place<Condition>),
    /// A formula.
    Formula(Place<Option<String>>),
    /// Yes or no.
    Tick(Place<bool>),
    /// Something else that can be written as a word.
    Word(Words, fn(&Piece, usize) -> Option<String>, fn(&mut Piece, usize, &str)),
    /// A code that is kept sealed.
    Secret,
    /// Options of the field.
    Options(Place<Vec<OptionId>>),
    /// Several fields.
    Fields(Place<Vec<FieldId>>, Of),
    /// A file.
    File(Place<Option<FileRef>>, &'static str),
    /// The picture of an item.
    Image,
    /// A value of a field.
    Value(Place<FixedValue>),
    /// A list, each entry with rows of its own.
    List(&'static List),
}

/// How much room a text gets.
#[derive(Clone, Copy, PartialEq)]
pub enum Size {
    /// One line.
    Line,
    /// Several lines.
    Lines,
}

/// How a word is chosen or typed.
pub enum Words {
    /// Typed.
    Line,
    /// Typed, a number.
    Number,
    /// Ticked: `true` or nothing.
    Tick,
    /// One of these: what is kept, and the key of its name.
    Of(&'static [(&'static str, &'static str)]),
    /// A field of these, or none.
    Field(Of),
}

/// Which fields.
#[derive(Clone, Copy)]
pub enum Of {
    /// Those of the entity that can be filled in.
    Own,
    /// Those of the lines.
    Lines,
}

/// A list.
pub struct List {
    /// The rows of each entry.
    pub rows: &'static [Row],
    /// How many there are; none where a part has no such list.
    pub count: fn(&Piece) -> Option<usize>,
    /// Adds one; of a field where it is about one.
    pub add: fn(&mut Piece, FieldId),
    /// Takes one away.
    pub remove: fn(&mut Piece, usize),
    /// Which fields a new one may be about.
    pub of: Of,
}

/// Rows under one heading.
pub struct Group {
    /// The key of the heading; the first group has none.
    pub name: &'static str,
    /// The rows.
    pub rows: &'static [Row],
}

/// Everything that can be set.
pub const GROUPS: &[Group] = &[
    Group { name: "", rows: WHAT },
    Group { name: "form-part-logic", rows: LOGIC },
    Group { name: "form-part-options", rows: OPTIONS },
    Group { name: "form-part-values", rows: VALUES },
    Group { name: "form-part-checks", rows: CHECKS },
    Group { name: "form-part-lines", rows: LINES },
    Group { name: "form-part-ending", rows: ENDING },
    Group { name: "form-part-look", rows: LOOK },
    Group { name: "form-part-capture", rows: CAPTURE },
    Group { name: "form-part-join", rows: JOIN },
    Group { name: "form-part-goals", rows: GOALS },
    Group { name: "form-part-kiosk", rows: KIOSK },
];

/// The row to which a problem leads.
pub fn row_of(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Itself | Aspect::Label | Aspect::Field => "name",
        Aspect::Visible => "visible",
        Aspect::ReadOnly => "read-only",
        Aspect::Required => "required",
        Aspect::Search => "search",
        Aspect::Options => "options",
        Aspect::Default => "default",
        Aspect::Computed => "computed",
        Aspect::Check(_) => "checks",
        Aspect::Messages => "messages",
        Aspect::Column(_) => "columns-of-lines",
        Aspect::Capture => "fixed",
        Aspect::Join => "join",
        Aspect::Goal(_) => "goals",
        Aspect::Ending => "ending",
    }
}

const WHAT: &[Row] = &[
    Row { id: "name", slot: Slot::Text(|it, _| label(it), Size::Line) },
    Row { id: "name", slot: Slot::Name(|it, _| form(it).map(|form| &mut form.label), Size::Line) },
    Row { id: "introduction", slot: Slot::Text(|it, _| form(it).map(|form| &mut form.introduction), Size::Lines) },
    Row { id: "name", slot: Slot::Name(|it, _| text(it), Size::Lines) },
    Row { id: "name", slot: Slot::Name(|it, _| description(it), Size::Line) },
    Row { id: "image", slot: Slot::Image },
    Row { id: "hint", slot: Slot::Text(|it, _| asked(it).map(|asked| &mut asked.hint), Size::Line) },
    Row { id: "placeholder", slot: Slot::Text(|it, _| typed(it).map(|asked| &mut asked.placeholder), Size::Line) },
    Row { id: "needed", slot: Slot::Word(Words::Tick, read_needed, write_needed) },
    Row { id: "send", slot: Slot::Text(|it, _| form(it).map(|form| &mut form.send), Size::Line) },
    Row { id: "takes", slot: Slot::Word(Words::Of(TAKES), read_takes, write_takes) },
    Row { id: "search", slot: Slot::Tick(|it, _| linking(it).map(|asked| &mut asked.search)) },
    Row { id: "width", slot: Slot::Word(Words::Of(NUMBERS), read_width, write_width) },
    Row { id: "columns", slot: Slot::Word(Words::Of(NUMBERS), read_columns, write_columns) },
    Row { id: "languages", slot: Slot::Word(Words::Of(LANGUAGES), read_languages, write_languages) },
];

const TAKES: &[(&str, &str)] =
    &[("", "form-takes-any"), ("phone", "kind-phone"), ("email", "kind-email"), ("url", "kind-url")];
const NUMBERS: &[(&str, &str)] =
    &[("1", "form-number-1"), ("2", "form-number-2"), ("3", "form-number-3"), ("4", "form-number-4")];
const LANGUAGES: &[(&str, &str)] =
    &[("", "form-language-both"), ("zh", "form-language-zh"), ("en", "form-language-en")];

const LOGIC: &[Row] = &[
    Row {
        id: "visible",
        slot: Slot::When(|it, _| presence(it).map(|presence| &mut presence.visible), "form-always-shown"),
    },
    Row { id: "required", slot: Slot::When(|it, _| needed_when(it), "form-required-as-field") },
    Row {
        id: "read-only",
        slot: Slot::When(|it, _| presence(it).map(|presence| &mut presence.read_only), "form-never-locked"),
    },
];

const OPTIONS: &[Row] = &[Row {
    id: "options",
    slot: Slot::List(&List {
        rows: &[
            Row { id: "option-when", slot: Slot::Meets(|it, at| rules(it)?.get_mut(at).map(|rule| &mut rule.when)) },
            Row { id: "option-which", slot: Slot::Options(|it, at| rules(it)?.get_mut(at).map(|it| &mut it.options)) },
        ],
        count: |it| rules(&mut it.clone()).map(|rules| rules.len()),
        add: |it, _| {
            let all = offered(it);
            if let Some(rules) = rules(it) {
                rules.push(OptionRule { when: Condition::always(), options: all });
            }
        },
        remove: |it, at| drop(rules(it).map(|rules| rules.remove(at))),
        of: Of::Own,
    }),
}];

const VALUES: &[Row] = &[
    Row { id: "default", slot: Slot::Formula(|it, _| asked(it).map(|asked| &mut asked.default)) },
    Row { id: "computed", slot: Slot::Formula(|it, _| asked(it).map(|asked| &mut asked.computed)) },
];

const CHECKS: &[Row] = &[
    Row {
        id: "checks",
        slot: Slot::List(&List {
            rows: &[
                Row { id: "check-meets", slot: Slot::Meets(|it, at| check(it, at).map(|check| &mut check.condition)) },
                Row {
                    id: "check-message",
                    slot: Slot::Name(|it, at| check(it, at).map(|it| &mut it.message), Size::Line),
                },
            ],
            count: |it| asked(&mut it.clone()).map(|asked| asked.checks.len()),
            add: |it, _| {
                if let Some(asked) = asked(it) {
                    asked.checks.push(Check { condition: Condition::always(), message: Label::default() });
                }
            },
            remove: |it, at| drop(asked(it).map(|asked| asked.checks.remove(at))),
            of: Of::Own,
        }),
    },
    Row {
        id: "messages",
        slot: Slot::List(&List {
            rows: &[
                Row { id: "message-on", slot: Slot::Word(Words::Of(WRONGS), read_on, write_on) },
                Row {
                    id: "message-text",
                    slot: Slot::Name(|it, at| message(it, at).map(|it| &mut it.text), Size::Line),
                },
            ],
            count: |it| asked(&mut it.clone()).map(|asked| asked.messages.len()),
            add: |it, _| {
                if let Some(asked) = asked(it) {
                    asked.messages.push(OwnMessage { on: None, text: Label::default() });
                }
            },
            remove: |it, at| drop(asked(it).map(|asked| asked.messages.remove(at))),
            of: Of::Own,
        }),
    },
];

const WRONGS: &[(&str, &str)] = &[
    ("", "form-wrong-any"),
    ("missing-required", "form-wrong-missing"),
    ("not-a-phone", "form-wrong-phone"),
    ("not-an-email", "form-wrong-email"),
    ("not-a-url", "form-wrong-url"),
    ("too-small", "form-wrong-small"),
    ("too-large", "form-wrong-large"),
    ("too-long", "form-wrong-long"),
    ("pattern-mismatch", "form-wrong-pattern"),
    ("not-unique", "form-wrong-taken"),
];

const LINES: &[Row] = &[
    Row {
        id: "columns-of-lines",
        slot: Slot::List(&List {
            rows: &[
                Row { id: "column-field", slot: Slot::Word(Words::Field(Of::Lines), read_column, write_column) },
                Row {
                    id: "column-name",
                    slot: Slot::Text(|it, at| column(it, at).map(|column| &mut column.label), Size::Line),
                },
                Row {
                    id: "column-required",
                    slot: Slot::Tick(|it, at| column(it, at).map(|column| &mut column.required)),
                },
                Row { id: "search", slot: Slot::Tick(|it, at| column(it, at).map(|column| &mut column.search)) },
            ],
            count: |it| lines(&mut it.clone()).map(|lines| lines.columns.len()),
            add: |it, field| {
                if let Some(lines) = lines(it) {
                    lines.columns.push(LineColumn::plain(field));
                }
            },
            remove: |it, at| drop(lines(it).map(|lines| lines.columns.remove(at))),
            of: Of::Lines,
        }),
    },
    Row { id: "sums", slot: Slot::Fields(|it, _| lines(it).map(|lines| &mut lines.sums), Of::Lines) },
    Row { id: "least", slot: Slot::Word(Words::Number, read_least, write_least) },
    Row { id: "most", slot: Slot::Word(Words::Number, read_most, write_most) },
];

const ENDING: &[Row] = &[
    Row { id: "ending", slot: Slot::Text(|it, _| form(it).map(|form| &mut form.ending.text), Size::Lines) },
    Row { id: "link", slot: Slot::Word(Words::Line, read_link, write_link) },
    Row {
        id: "link-name",
        slot: Slot::Name(|it, _| form(it)?.ending.link.as_mut().map(|link| &mut link.label), Size::Line),
    },
    Row { id: "file", slot: Slot::File(|it, _| form(it).map(|form| &mut form.ending.file), "") },
    Row { id: "again", slot: Slot::Tick(|it, _| form(it).map(|form| &mut form.ending.again)) },
];

const LOOK: &[Row] = &[
    Row { id: "hue", slot: Slot::Word(Words::Of(HUES), read_hue, write_hue) },
    Row { id: "logo", slot: Slot::File(|it, _| form(it).map(|form| &mut form.theme.logo), "image/*") },
    Row { id: "density", slot: Slot::Word(Words::Of(DENSITIES), read_density, write_density) },
];

const HUES: &[(&str, &str)] = &[
    ("", "form-hue-own"),
    ("25", "hue-red"),
    ("55", "hue-orange"),
    ("95", "hue-amber"),
    ("150", "hue-green"),
    ("190", "hue-teal"),
    ("255", "hue-blue"),
    ("300", "hue-violet"),
    ("350", "hue-pink"),
];
const DENSITIES: &[(&str, &str)] = &[("", "form-density-comfortable"), ("compact", "form-density-compact")];

const CAPTURE: &[Row] = &[
    Row { id: "channel", slot: Slot::Word(Words::Line, read_channel, write_channel) },
    Row { id: "channel-into", slot: Slot::Word(Words::Field(Of::Own), read_into, write_into) },
    Row {
        id: "fixed",
        slot: Slot::List(&List {
            rows: &[
                Row { id: "fixed-field", slot: Slot::Word(Words::Field(Of::Own), read_fixed, write_fixed) },
                Row { id: "fixed-value", slot: Slot::Value(|it, at| form(it)?.capture.fixed.get_mut(at)) },
            ],
            count: |it| form(&mut it.clone()).map(|form| form.capture.fixed.len()),
            add: |it, field| {
                if let Some(form) = form(it) {
                    form.capture.fixed.push(FixedValue { field, value: Value::Empty });
                }
            },
            remove: |it, at| drop(form(it).map(|form| form.capture.fixed.remove(at))),
            of: Of::Own,
        }),
    },
    Row {
        id: "parameters",
        slot: Slot::List(&List {
            rows: &[
                Row { id: "parameter-name", slot: Slot::Word(Words::Line, read_parameter, write_parameter) },
                Row { id: "parameter-into", slot: Slot::Word(Words::Field(Of::Own), read_target, write_target) },
            ],
            count: |it| form(&mut it.clone()).map(|form| form.capture.parameters.len()),
            add: |it, into| {
                if let Some(form) = form(it) {
                    let known = ["utm_source", "utm_medium", "utm_campaign"];
                    let is_free = |name: &&&str| form.capture.parameters.iter().all(|known| known.name != **name);
                    let name = known.iter().find(is_free).copied().unwrap_or_default().to_owned();
                    form.capture.parameters.push(Parameter { name, into });
                }
            },
            remove: |it, at| drop(form(it).map(|form| form.capture.parameters.remove(at))),
            of: Of::Own,
        }),
    },
];

const JOIN: &[Row] = &[Row {
    id: "join",
    slot: Slot::List(&List {
        rows: &[Row {
            id: "join-fields",
            slot: Slot::Fields(|it, at| form(it)?.join.get_mut(at).map(|key| &mut key.fields), Of::Own),
        }],
        count: |it| form(&mut it.clone()).map(|form| form.join.len()),
        add: |it, field| {
            if let Some(form) = form(it) {
                form.join.push(JoinKey { fields: vec![field] });
            }
        },
        remove: |it, at| drop(form(it).map(|form| form.join.remove(at))),
        of: Of::Own,
    }),
}];

const GOALS: &[Row] = &[Row {
    id: "goals",
    slot: Slot::List(&List {
        rows: &[
            Row { id: "goal-name", slot: Slot::Name(|it, at| goal(it, at).map(|goal| &mut goal.label), Size::Line) },
            Row { id: "goal-when", slot: Slot::Meets(|it, at| goal(it, at).map(|goal| &mut goal.condition)) },
        ],
        count: |it| form(&mut it.clone()).map(|form| form.goals.len()),
        add: |it, _| {
            if let Some(form) = form(it) {
                let is_free = |id: &String| form.goals.iter().all(|goal| goal.id != *id);
                let id = (1..).map(|number: u32| format!("goal_{number}")).find(is_free).unwrap_or_default();
                form.goals.push(Goal { id, label: Label::default(), condition: Condition::always() });
            }
        },
        remove: |it, at| drop(form(it).map(|form| form.goals.remove(at))),
        of: Of::Own,
    }),
}];

const KIOSK: &[Row] = &[
    Row { id: "kiosk", slot: Slot::Word(Words::Tick, read_kiosk, write_kiosk) },
    Row { id: "idle", slot: Slot::Word(Words::Number, read_idle, write_idle) },
    Row { id: "reset", slot: Slot::Word(Words::Number, read_reset, write_reset) },
    Row { id: "code", slot: Slot::Secret },
];

/// The form itself.
pub fn form(piece: &mut Piece) -> Option<&mut Form> {
    if let Piece::Form(form) = piece { Some(form) } else { None }
}

fn item(piece: &mut Piece) -> Option<&mut FormItem> {
    if let Piece::Item(item, _) = piece { Some(item) } else { None }
}

fn asked(piece: &mut Piece) -> Option<&mut FieldItem> {
    if let ItemContent::Field(asked) = &mut item(piece)?.content { Some(asked) } else { None }
}

/// A question that is answered by typing.
fn typed(piece: &mut Piece) -> Option<&mut FieldItem> {
    let is_typed = |kind: &FieldKind| {
        !matches!(
            kind,
            FieldKind::Flag
                | FieldKind::Rating { .. }
                | FieldKind::Nps
                | FieldKind::Files
                | FieldKind::Signature
                | FieldKind::Location
                | FieldKind::Address
        )
    };
    let fits = matches!(piece, Piece::Item(_, Some(field)) if is_typed(&field.kind) && !field.is_computed());
    asked(piece).filter(|_| fits)
}

/// A question whose answer is a record.
fn linking(piece: &mut Piece) -> Option<&mut FieldItem> {
    let is_link = matches!(piece, Piece::Item(_, Some(field)) if field.link().is_some());
    asked(piece).filter(|_| is_link)
}

fn lines(piece: &mut Piece) -> Option<&mut LinesItem> {
    if let ItemContent::Lines(lines) = &mut item(piece)?.content { Some(lines) } else { None }
}

fn text(piece: &mut Piece) -> Option<&mut Label> {
    if let ItemContent::Text { text } = &mut item(piece)?.content { Some(text) } else { None }
}

fn description(piece: &mut Piece) -> Option<&mut Label> {
    if let ItemContent::Picture { description, .. } = &mut item(piece)?.content { Some(description) } else { None }
}

/// What a part is called, where it may be called something of its own.
fn label(piece: &mut Piece) -> Option<&mut Option<Label>> {
    match piece {
        Piece::Form(_) => None,
        Piece::Page(page) => Some(&mut page.label),
        Piece::Section(section) => Some(&mut section.label),
        Piece::Item(item, _) => match &mut item.content {
            ItemContent::Field(asked) => Some(&mut asked.label),
            ItemContent::Lines(lines) => Some(&mut lines.label),
            ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => None,
        },
    }
}

fn presence(piece: &mut Piece) -> Option<&mut Presence> {
    match piece {
        Piece::Form(_) => None,
        Piece::Page(page) => Some(&mut page.presence),
        Piece::Section(section) => Some(&mut section.presence),
        Piece::Item(item, _) => Some(&mut item.presence),
    }
}

/// When an answer is needed, unless it always is.
fn needed_when(piece: &mut Piece) -> Option<&mut Option<Condition>> {
    asked(piece).map(|asked| &mut asked.required).filter(|when| !matches!(when, Some(when) if when.is_always()))
}

/// The rules of a question that offers options.
fn rules(piece: &mut Piece) -> Option<&mut Vec<OptionRule>> {
    let fits = matches!(piece, Piece::Item(_, Some(field)) if !field.options().is_empty());
    asked(piece).filter(|_| fits).map(|asked| &mut asked.options)
}

fn offered(piece: &Piece) -> Vec<OptionId> {
    let Piece::Item(_, Some(field)) = piece else { return Vec::new() };
    field.options().iter().filter(|option| !option.retired).map(|option| option.id).collect()
}

fn check(piece: &mut Piece, at: usize) -> Option<&mut Check> {
    asked(piece)?.checks.get_mut(at)
}

fn message(piece: &mut Piece, at: usize) -> Option<&mut OwnMessage> {
    asked(piece)?.messages.get_mut(at)
}

fn column(piece: &mut Piece, at: usize) -> Option<&mut LineColumn> {
    lines(piece)?.columns.get_mut(at)
}

fn goal(piece: &mut Piece, at: usize) -> Option<&mut Goal> {
    form(piece)?.goals.get_mut(at)
}

/// How the form runs on a device of its own.
pub fn kiosk(piece: &mut Piece) -> Option<&mut Kiosk> {
    form(piece)?.kiosk.as_mut()
}

/// Where the name of a part stands.
pub enum OwnName<'a> {
    /// It may have one of its own.
    Maybe(&'a mut Option<Label>),
    /// It always has one.
    Always(&'a mut Label),
    /// It has none.
    None,
}

/// The name of a part.
pub fn own_name(piece: &mut Piece) -> OwnName<'_> {
    if label(piece).is_some() {
        return label(piece).map_or(OwnName::None, OwnName::Maybe);
    }
    if text(piece).is_some() {
        return text(piece).map_or(OwnName::None, OwnName::Always);
    }
    if description(piece).is_some() {
        return description(piece).map_or(OwnName::None, OwnName::Always);
    }
    form(piece).map_or(OwnName::None, |form| OwnName::Always(&mut form.label))
}
