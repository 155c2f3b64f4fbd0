//! Cuts a formula into pieces and sees to it that they stand in a sensible order. Chinese punctuation is read like its
//! half-width form; text in quotes and names in brackets stay as they are.

use rust_decimal::Decimal;

use crate::engine::formula::function::Fault;
use crate::engine::formula::parse::{Part, Span};
use crate::model::diagnostic::{Code, Diagnostic};

/// How deep brackets may nest.
const NESTING: usize = 64;

/// A piece of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub what: What,
    pub span: Span,
    /// For an opening bracket the piece that closes it, and the other way round.
    pub partner: usize,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Number(Decimal),
    Text(String),
    Flag(bool),
    Fault(Fault),
    /// A name, a path, or `list[field]`.
    Name {
        parts: Vec<Part>,
        column: Option<Part>,
    },
    /// The name of a function and the bracket after it.
    Function(Part),
    Open,
    Close,
    OpenArray,
    CloseArray,
    Comma,
    Semicolon,
    /// `+`, `-`: before an operand or between two.
    Sign(&'static str),
    /// An operator between two operands.
    Infix(&'static str),
    Percent,
    /// `and`, `or`, `且`, `或` between two questions.
    Joint(Joint, Part),
}

/// What joins two questions; it binds less than any sign, and *or* less than *and*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Or,
    And,
}

impl Joint {
    /// The function that it stands for.
    pub fn function(self) -> &'static str {
        match self {
            Joint::Or => "OR",
            Joint::And => "AND",
        }
    }

    fn read(word: &str) -> Option<Joint> {
        match word {
            "或" | "或者" => Some(Joint::Or),
            "且" | "并且" => Some(Joint::And),
            _ if word.eq_ignore_ascii_case("or") => Some(Joint::Or),
            _ if word.eq_ignore_ascii_case("and") => Some(Joint::And),
            _ => None,
        }
    }
}

/// Cuts the text; the pieces are in an order that the grammar allows.
pub(super) fn lex(text: &str) -> Result<Vec<Piece>, Diagnostic> {
    let mut lexer = Lexer { text, at: 0, pieces: Vec::new() };
    lexer.cut()?;
    let mut pieces = lexer.pieces;
    arrange(text, &mut pieces)?;
    Ok(pieces)
}

/// How a piece of a formula is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// What a record holds.
    Name,
    /// A function, or a word that joins two questions.
    Function,
    /// Text in quotation marks.
    Text,
    /// A number, yes or no.
    Number,
    /// Brackets and operators.
    Sign,
}

/// The pieces of a formula that can be told apart, in their order, as far as it can be read.
pub fn tinted(text: &str) -> Vec<(Span, Tint)> {
    let mut lexer = Lexer { text, at: 0, pieces: Vec::new() };
    // What comes behind something unreadable stays as it is.
    let _ = lexer.cut();
    let tint = |what: &What| match what {
        What::Name { .. } => Tint::Name,
        What::Function(_) | What::Joint(..) => Tint::Function,
        What::Text(_) => Tint::Text,
        What::Number(_) | What::Flag(_) | What::Fault(_) => Tint::Number,
        What::Open
        | What::Close
        | What::OpenArray
        | What::CloseArray
        | What::Comma
        | What::Semicolon
        | What::Sign(_)
        | What::Infix(_)
        | What::Percent => Tint::Sign,
    };
    let mut found = Vec::new();
    for piece in &lexer.pieces {
        // The bracket after a function belongs to it, and is drawn like any other.
        let name = if let What::Function(name) = &piece.what { name.span } else { piece.span };
        found.push((name, tint(&piece.what)));
        if name.to < piece.span.to {
            found.push((Span { from: name.to, to: piece.span.to }, Tint::Sign));
        }
    }
    found
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    pieces: Vec<Piece>,
}

/// The half-width form of the signs that a Chinese keyboard gives.
pub(super) fn half_width(sign: char) -> char {
    match sign {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '【' => '[',
        '】' => ']',
        '、' => ',',
        '×' => '*',
        '÷' => '/',
        '−' => '-',
        other => other,
    }
}

fn starts_name(sign: char) -> bool {
    sign.is_alphabetic() || sign == '_'
}

fn continues_name(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

pub(super) fn syntax(span: Span, detail: &str) -> Diagnostic {
    Diagnostic::new(Code::FormulaSyntax).with("detail", detail).at_span(span.from, span.to)
}

impl Lexer<'_> {
    /// The next sign, as written and in half width.
    fn peek(&self) -> Option<(char, char)> {
        self.text[self.at..].chars().next().map(|sign| (sign, half_width(sign)))
    }

    fn half_after(&self, skip: usize) -> Option<char> {
        self.text[self.at..].chars().nth(skip).map(half_width)
    }

    fn advance(&mut self) {
        if let Some((sign, _)) = self.peek() {
            self.at += sign.len_utf8();
        }
    }

    fn push(&mut self, what: What, from: usize) {
        self.pieces.push(Piece { what, span: Span { from, to: self.at }, partner: 0 });
    }

    /// Takes one sign, or two if the second is as given.
    fn operator(&mut self, what: What, signs: usize) {
        let from = self.at;
        for _ in 0..signs {
            self.advance();
        }
        self.push(what, from);
    }

    fn cut(&mut self) -> Result<(), Diagnostic> {
        let mut leading = true;
        while let Some((raw, sign)) = self.peek() {
            if sign.is_whitespace() || sign == '\u{feff}' {
                self.advance();
                continue;
            }
            if leading && sign == '=' {
                leading = false;
                self.advance();
                continue;
            }
            leading = false;
            let next = self.half_after(1);
            match sign {
                '"' => self.text(raw)?,
                '\'' => self.text(raw)?,
                '[' => self.name()?,
                '@' if next.is_some_and(|next| starts_name(next) || next == '[') => self.advance(),
                '(' => self.operator(What::Open, 1),
                ')' => self.operator(What::Close, 1),
                '{' => self.operator(What::OpenArray, 1),
                '}' => self.operator(What::CloseArray, 1),
                ',' => self.operator(What::Comma, 1),
                ';' => self.operator(What::Semicolon, 1),
                '+' => self.operator(What::Sign("+"), 1),
                '-' => self.operator(What::Sign("-"), 1),
                '*' => self.operator(What::Infix("*"), 1),
                '/' => self.operator(What::Infix("/"), 1),
                '^' => self.operator(What::Infix("^"), 1),
                '&' => self.operator(What::Infix("&"), 1),
                '%' => self.operator(What::Percent, 1),
                '=' => self.operator(What::Infix("="), if next == Some('=') { 2 } else { 1 }),
                '!' if next == Some('=') => self.operator(What::Infix("<>"), 2),
                '<' if next == Some('>') => self.operator(What::Infix("<>"), 2),
                '<' if next == Some('=') => self.operator(What::Infix("<="), 2),
                '<' => self.operator(What::Infix("<"), 1),
                '>' if next == Some('=') => self.operator(What::Infix(">="), 2),
                '>' => self.operator(What::Infix(">"), 1),
                '≥' => self.operator(What::Infix(">="), 1),
                '≤' => self.operator(What::Infix("<="), 1),
                '≠' => self.operator(What::Infix("<>"), 1),
                '#' => self.fault()?,
                '.' if next.is_some_and(|next| next.is_ascii_digit()) => self.number()?,
                _ if sign.is_ascii_digit() => self.number()?,
                _ if starts_name(sign) => self.name()?,
                _ => {
                    let from = self.at;
                    self.advance();
                    return Err(syntax(Span { from, to: self.at }, "unexpected-sign"));
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, opening: char) -> Result<(), Diagnostic> {
        let from = self.at;
        self.advance();
        let closes = |sign: char| match opening {
            '"' | '\'' => sign == opening,
            '‘' | '’' | '\u{ff07}' => matches!(sign, '‘' | '’' | '\u{ff07}'),
            _ => matches!(sign, '“' | '”' | '\u{ff02}'),
        };
        let mut content = String::new();
        loop {
            let Some((sign, _)) = self.peek() else {
                return Err(syntax(Span { from, to: self.text.len() }, "unclosed-text"));
            };
            self.advance();
            if !closes(sign) {
                content.push(sign);
                continue;
            }
            // A doubled quotation mark stands for itself; after an opening “ it is the end all the same.
            if matches!(opening, '"' | '\'') && self.peek().is_some_and(|(next, _)| next == opening) {
                content.push(sign);
                self.advance();
                continue;
            }
            self.push(What::Text(content), from);
            return Ok(());
        }
    }

    fn number(&mut self) -> Result<(), Diagnostic> {
        let from = self.at;
        let mut digits = String::new();
        while let Some((_, sign)) = self.peek() {
            let exponent = matches!(sign, 'e' | 'E')
                && !digits.contains('e')
                && self.half_after(1).is_some_and(|next| {
                    next.is_ascii_digit()
                        || (matches!(next, '+' | '-') && self.half_after(2).is_some_and(|sign| sign.is_ascii_digit()))
                });
            if exponent {
                digits.push('e');
                self.advance();
                if let Some((_, sign @ ('+' | '-'))) = self.peek() {
                    digits.push(sign);
                    self.advance();
                }
            } else if sign.is_ascii_digit() || sign == '.' {
                digits.push(sign);
                self.advance();
            } else {
                break;
            }
        }
        // A name may begin with digits: 2024年营收.
        if self.peek().is_some_and(|(_, sign)| starts_name(sign)) && !digits.contains('.') {
            self.at = from;
            return self.name();
        }
        let read = if digits.contains('e') {
            Decimal::from_scientific(&digits.replace('+', "")).ok()
        } else {
            Decimal::from_str_exact(&digits).ok()
        };
        match read {
            Some(number) => {
                self.push(What::Number(number), from);
                Ok(())
            }
            None => Err(syntax(Span { from, to: self.at }, "not-a-number")),
        }
    }

    fn fault(&mut self) -> Result<(), Diagnostic> {
        const FAULTS: [Fault; 5] =
            [Fault::DivisionByZero, Fault::WrongValue, Fault::WrongNumber, Fault::NotAvailable, Fault::UnknownName];
        let from = self.at;
        let rest = &self.text[self.at..];
        let found = FAULTS
            .into_iter()
            .find(|fault| rest.get(..fault.sign().len()).is_some_and(|start| start.eq_ignore_ascii_case(fault.sign())));
        match found {
            Some(fault) => {
                self.at += fault.sign().len();
                self.push(What::Fault(fault), from);
                Ok(())
            }
            None => {
                self.advance();
                Err(syntax(Span { from, to: self.at }, "unexpected-sign"))
            }
        }
    }

    /// A name with its path and its column, or the name of a function.
    fn name(&mut self) -> Result<(), Diagnostic> {
        let from = self.at;
        let mut parts = vec![self.part()?];
        let mut column = None;
        let mut plain = !self.text[from..].starts_with(['[', '【', '［']);
        loop {
            let next = self.peek().map(|(_, sign)| sign);
            if next == Some('.') && self.half_after(1).is_some_and(|sign| continues_name(sign) || sign == '[') {
                self.advance();
                plain &= self.peek().is_some_and(|(_, sign)| sign != '[');
                parts.push(self.part()?);
            } else if next == Some('[') {
                column = Some(self.part()?);
                break;
            } else {
                break;
            }
        }
        let span = Span { from, to: self.at };
        if let [only] = parts.as_slice()
            && plain
            && column.is_none()
            && self.is_after_operand()
            && let Some(joint) = Joint::read(&only.text)
        {
            let word = Part { text: joint.function().to_owned(), span };
            self.push(What::Joint(joint, word), from);
            return Ok(());
        }
        let end_of_name = self.at;
        while self.peek().is_some_and(|(_, sign)| sign.is_whitespace()) {
            self.advance();
        }
        if plain && column.is_none() && self.peek().is_some_and(|(_, sign)| sign == '(') {
            let name = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".");
            self.advance();
            self.push(What::Function(Part { text: name, span }), from);
            return Ok(());
        }
        self.at = end_of_name;
        let what = match (plain && column.is_none(), parts.as_slice()) {
            (true, [only]) if only.text.eq_ignore_ascii_case("true") => What::Flag(true),
            (true, [only]) if only.text.eq_ignore_ascii_case("false") => What::Flag(false),
            _ => What::Name { parts, column },
        };
        self.push(what, from);
        Ok(())
    }

    /// Whether what comes next can only go on from an operand: the words that join questions may be names elsewhere.
    fn is_after_operand(&self) -> bool {
        self.pieces.last().is_some_and(|piece| match piece.what {
            What::Number(_)
            | What::Text(_)
            | What::Flag(_)
            | What::Fault(_)
            | What::Name { .. }
            | What::Close
            | What::CloseArray
            | What::Percent => true,
            What::Function(_)
            | What::Open
            | What::OpenArray
            | What::Comma
            | What::Semicolon
            | What::Sign(_)
            | What::Infix(_)
            | What::Joint(..) => false,
        })
    }

    fn part(&mut self) -> Result<Part, Diagnostic> {
        let from = self.at;
        if self.peek().is_none_or(|(_, sign)| sign != '[') {
            let mut text = String::new();
            while let Some((_, sign)) = self.peek() {
                if !continues_name(sign) {
                    break;
                }
                text.push(sign);
                self.advance();
            }
            return Ok(Part { text, span: Span { from, to: self.at } });
        }
        self.advance();
        let inner = self.at;
        while let Some((sign, half)) = self.peek() {
            if half == ']' {
                let raw = self.text[inner..self.at].trim();
                let text = raw.strip_prefix(['@', '＠']).unwrap_or(raw).trim().to_owned();
                self.advance();
                let span = Span { from, to: self.at };
                return if text.is_empty() { Err(syntax(span, "empty-name")) } else { Ok(Part { text, span }) };
            }
            if half == '[' {
                break;
            }
            self.at += sign.len_utf8();
        }
        Err(syntax(Span { from, to: self.at }, "unclosed-name"))
    }
}

/// What an open bracket is for.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Parentheses,
    Call,
    Array,
}

/// Checks the order of the pieces, pairs the brackets and tells separators apart, so that the parser sees only sound input.
fn arrange(text: &str, pieces: &mut [Piece]) -> Result<(), Diagnostic> {
    let mut open: Vec<(Inside, usize)> = Vec::new();
    let mut wants_operand = true;
    for at in 0..pieces.len() {
        let span = pieces[at].span;
        let inside = open.last().map(|(inside, _)| *inside);
        let before = at.checked_sub(1).map(|before| pieces[before].what.clone());
        match &pieces[at].what {
            What::Number(_) | What::Text(_) | What::Flag(_) | What::Fault(_) | What::Name { .. } => {
                if !wants_operand {
                    return Err(syntax(span, "operator-missing"));
                }
                wants_operand = false;
            }
            What::Function(_) | What::Open | What::OpenArray => {
                if !wants_operand {
                    return Err(syntax(span, "operator-missing"));
                }
                let kind = match &pieces[at].what {
                    What::Function(_) => Inside::Call,
                    What::OpenArray => Inside::Array,
                    _ => Inside::Parentheses,
                };
                open.push((kind, at));
                if open.len() > NESTING {
                    return Err(Diagnostic::new(Code::FormulaTooLarge).at_span(span.from, span.to));
                }
            }
            What::Close | What::CloseArray => {
                let array = pieces[at].what == What::CloseArray;
                let Some((kind, opener)) = open.pop() else {
                    return Err(syntax(span, "nothing-to-close"));
                };
                if array != (kind == Inside::Array) {
                    return Err(syntax(span, "wrong-bracket"));
                }
                if wants_operand {
                    let may_be_left_out =
                        kind == Inside::Call && matches!(before, Some(What::Function(_) | What::Comma));
                    if !may_be_left_out {
                        return Err(syntax(span, "operand-missing"));
                    }
                }
                pieces[at].partner = opener;
                pieces[opener].partner = at;
                wants_operand = false;
            }
            What::Comma | What::Semicolon => {
                let left_out = inside == Some(Inside::Call) && matches!(before, Some(What::Function(_) | What::Comma));
                if wants_operand && !left_out {
                    return Err(syntax(span, "operand-missing"));
                }
                match inside {
                    Some(Inside::Call) => pieces[at].what = What::Comma,
                    Some(Inside::Array) => {}
                    Some(Inside::Parentheses) | None => return Err(syntax(span, "unexpected-sign")),
                }
                wants_operand = true;
            }
            What::Sign(sign) => {
                let sign = *sign;
                if !wants_operand {
                    pieces[at].what = What::Infix(sign);
                }
                wants_operand = true;
            }
            What::Infix(_) | What::Joint(..) => {
                if wants_operand {
                    return Err(syntax(span, "operand-missing"));
                }
                wants_operand = true;
            }
            What::Percent => {
                if wants_operand {
                    return Err(syntax(span, "operand-missing"));
                }
            }
        }
    }
    if let Some((_, opener)) = open.last() {
        let span = pieces[*opener].span;
        return Err(syntax(span, "unclosed-bracket"));
    }
    if wants_operand {
        let span = pieces.last().map_or(Span { from: 0, to: text.len() }, |last| last.span);
        let detail = if pieces.is_empty() { "empty" } else { "ends-early" };
        return Err(syntax(span, detail));
    }
    Ok(())
}
