//! Diagnostics: what is wrong with what somebody typed or asked for, as a code with a place and arguments; the words are the interface's.

use serde::{Deserialize, Serialize};

use crate::model::id::{DefinitionId, FieldId, RecordId};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What is wrong.
    pub code: Code,
    /// Where.
    #[serde(default, skip_serializing_if = "Place::is_nowhere")]
    pub at: Place,
    /// What the sentence about it needs: `("max", "100")`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<(String, String)>,
}

/// Where something is wrong; each part is there if it is known.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    /// The field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldId>,
    /// The definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<DefinitionId>,
    /// Bytes of a formula, from and to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<(usize, usize)>,
}

impl Place {
    /// Whether no part is known.
    pub fn is_nowhere(&self) -> bool {
        *self == Place::default()
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// What is wrong. Each code has a message `error-<code>` in both languages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Code {
            /// The code as it stands in JSON and in message keys.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// Every code there is.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];
        }
    };
}

codes! {
    /// A required field is blank.
    MissingRequired = "missing-required",
    /// The text is no number.
    NotANumber = "not-a-number",
    /// The text is no amount, or its currency is unknown.
    NotAnAmount = "not-an-amount",
    /// The text is no date.
    NotADate = "not-a-date",
    /// The text is no date with time.
    NotAnInstant = "not-an-instant",
    /// The text is no length of time.
    NotADuration = "not-a-duration",
    /// The text is neither yes nor no.
    NotAFlag = "not-a-flag",
    /// The text is no option: `value`.
    NotAnOption = "not-an-option",
    /// The text is no telephone number.
    NotAPhone = "not-a-phone",
    /// The text is no e-mail address.
    NotAnEmail = "not-an-email",
    /// The text is no web address.
    NotAUrl = "not-a-url",
    /// The text is no place.
    NotAPlace = "not-a-place",
    /// The record would come to stand above itself: `title`.
    StandsAboveItself = "stands-above-itself",
    /// No record of that name or id: `value`.
    NoSuchLink = "no-such-link",
    /// Several records have that name: `value`, `count`.
    AmbiguousLink = "ambiguous-link",
    /// The linked record is of an entity that the field does not take.
    WrongEntity = "wrong-entity",
    /// The value is of another type than the field.
    WrongType = "wrong-type",
    /// Less than `min`.
    TooSmall = "too-small",
    /// More than `max`.
    TooLarge = "too-large",
    /// More than `max` characters.
    TooLong = "too-long",
    /// More digits after the point than `max`.
    TooPrecise = "too-precise",
    /// The text does not match the pattern.
    PatternMismatch = "pattern-mismatch",
    /// Another record has the same value: `value`, `title`.
    NotUnique = "not-unique",
    /// A check of the field's own: `message-zh`, `message-en`.
    CheckFailed = "check-failed",
    /// Fewer lines than `min`.
    TooFewLines = "too-few-lines",
    /// More lines than `max`.
    TooManyLines = "too-many-lines",
    /// A form says nothing in `language` where it should.
    MissingLabel = "missing-label",
    /// A check does not say in `language` what is wrong.
    MissingMessage = "missing-message",
    /// A form asks for a field twice: `name`.
    AskedTwice = "asked-twice",
    /// A form does not ask for a field that has to be filled in: `name`.
    NotAsked = "not-asked",
    /// A rule of a form offers no option at all.
    NothingOffered = "nothing-offered",
    /// A part of a form that nobody ever gets to see.
    NeverShown = "never-shown",
    /// A part of a form with nothing in it.
    EmptyPart = "empty-part",
    /// A field has to be filled in and is not shown then: `name`.
    RequiredButHidden = "required-but-hidden",
    /// A field has to be filled in and is not always shown: `name`.
    RequiredAndHidden = "required-and-hidden",
    /// A field has to be filled in, cannot be, and nothing fills it in: `name`.
    RequiredButLocked = "required-but-locked",
    /// Whoever fills a form in reads the names of other records: `name`.
    VisitorsSearch = "visitors-search",
    /// Whoever fills a form in cannot choose a record, because searching is not allowed: `name`.
    VisitorsCannotChoose = "visitors-cannot-choose",
    /// A condition of a form asks for what comes on a later page: `name`.
    ReadsLater = "reads-later",
    /// The field cannot be written by hand.
    ReadOnly = "read-only",
    /// No entity of that name: `name`.
    UnknownEntity = "unknown-entity",
    /// No field of that name: `name`.
    UnknownField = "unknown-field",
    /// No record with that id.
    UnknownRecord = "unknown-record",
    /// No definition with that id: `name`.
    UnknownDefinition = "unknown-definition",
    /// A record with that id is there already.
    RecordExists = "record-exists",
    /// The formula cannot be read: `detail`.
    FormulaSyntax = "formula-syntax",
    /// No function of that name: `name`.
    UnknownFunction = "unknown-function",
    /// A function got too few or too many arguments: `name`, `min`, `max`, `found`.
    ArgumentCount = "argument-count",
    /// An argument or operand has the wrong type: `expected`, `found`.
    TypeMismatch = "type-mismatch",
    /// A name in a formula is no field, link or related list: `name`.
    UnknownName = "unknown-name",
    /// A name in a formula means several things: `name`.
    AmbiguousName = "ambiguous-name",
    /// The formula is too long or too deep.
    FormulaTooLarge = "formula-too-large",
    /// Computed fields depend on each other in a circle: `path`.
    Cycle = "cycle",
    /// Rules keep waking each other: `rules`.
    EndlessRules = "endless-rules",
    /// Two parts of a definition have the same id: `name`.
    DuplicateId = "duplicate-id",
    /// Something still needs it: `name`.
    StillUsed = "still-used",
    /// Records cannot be without the one that is to go: `name`, whose they are `by`, how many `count`, one of them `example`.
    StillPointedAt = "still-pointed-at",
    /// Something else speaks of it: `name`, and what speaks of it `by`.
    NeededBy = "needed-by",
    /// Values of a field that would be lost, more than somebody has agreed to: `name`, `count`.
    ValuesLost = "values-lost",
    /// A pattern that is no regular expression: `pattern`.
    InvalidPattern = "invalid-pattern",
    /// A definition that is not whole or contradicts itself: `detail`.
    InvalidDefinition = "invalid-definition",
    /// The record turns into nothing else, or has done so already.
    NotConvertible = "not-convertible",
    /// There is nothing to undo.
    NothingToUndo = "nothing-to-undo",
    /// There is nothing to redo.
    NothingToRedo = "nothing-to-redo",
    /// The record was changed meanwhile: `title`.
    Clash = "clash",
    /// The record cannot come back, because one that it belongs to or needs has been removed since: `title`.
    NeedsRemoved = "needs-removed",
    /// The record came back without a link, because the other record has been removed since: `title`, `field`.
    LinkDropped = "link-dropped",
    /// The text is not what was expected: `detail`.
    Malformed = "malformed",
    /// A text without rows that could be taken in.
    NoRows = "no-rows",
    /// No column goes into a field.
    NoColumns = "no-columns",
    /// A quotation mark is not closed: `count` further lines were read into the cell.
    UnclosedQuote = "unclosed-quote",
    /// The row has filled cells beyond the last heading: `count`, and the first of them `value`.
    TooManyCells = "too-many-cells",
    /// The text is no answer to a form.
    NotAnAnswer = "not-an-answer",
    /// The answer is not whole.
    AnswerCutShort = "answer-cut-short",
    /// The answer was changed on its way: `form`.
    AnswerChanged = "answer-changed",
    /// The answer is for a form, or an edition of one, that is not here: `form`, `edition`.
    AnswerForeign = "answer-foreign",
    /// It comes from a newer version of the product: `found`, `known`.
    TooNew = "too-new",
    /// The pack is there already: `name`.
    PackInstalled = "pack-installed",
    /// The environment could not keep the change: `detail`.
    NotSaved = "not-saved",
}

impl Diagnostic {
    /// Something wrong, nowhere in particular.
    pub fn new(code: Code) -> Self {
        Diagnostic { code, at: Place::default(), arguments: Vec::new() }
    }

    /// Something wrong with a field.
    pub fn of_field(code: Code, field: FieldId) -> Self {
        Diagnostic { code, at: Place { field: Some(field), ..Place::default() }, arguments: Vec::new() }
    }

    /// The same with one more argument.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.arguments.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same, placed at a record.
    pub fn at_record(mut self, record: RecordId) -> Self {
        self.at.record = Some(record);
        self
    }

    /// The same, placed at a field.
    pub fn at_field(mut self, field: FieldId) -> Self {
        self.at.field = Some(field);
        self
    }

    /// The same, placed in a definition.
    pub fn in_definition(mut self, definition: DefinitionId) -> Self {
        self.at.definition = Some(definition);
        self
    }

    /// The same, placed at some bytes of a formula.
    pub fn at_span(mut self, from: usize, to: usize) -> Self {
        self.at.span = Some((from, to));
        self
    }

    /// The argument of that name.
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Why a command was refused; nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", .diagnostics.first().map_or("refused", |first| first.code.as_str()))]
pub struct Rejection {
    /// What is wrong; never empty.
    pub diagnostics: Vec<Diagnostic>,
}

impl From<Diagnostic> for Rejection {
    fn from(diagnostic: Diagnostic) -> Self {
        Rejection { diagnostics: vec![diagnostic] }
    }
}

impl From<Vec<Diagnostic>> for Rejection {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Rejection { diagnostics }
    }
}
