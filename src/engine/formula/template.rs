//! Text with formulas in it: `跟进 {{name}}`.

use crate::engine::formula::function::Operand;
use crate::engine::formula::{Formula, Read, Scope, coerce, compile, evaluate};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::id::EntityId;
use crate::model::state::Reader;
use crate::model::value::Value;

/// A text whose placeholders were checked against the schema.
#[derive(Clone, Debug)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Formula(Box<Formula>),
}

impl Template {
    /// Reads a text; what is wrong comes with the bytes of the text where it is.
    pub fn compile(text: &str, reader: &dyn Reader, entity: EntityId) -> Result<Template, Vec<Diagnostic>> {
        let mut pieces = Vec::new();
        let mut errors = Vec::new();
        let mut at = 0;
        while let Some(opening) = text[at..].find("{{").map(|found| at + found) {
            if opening > at {
                pieces.push(Piece::Text(text[at..opening].to_owned()));
            }
            let from = opening + 2;
            let Some(to) = text[from..].find("}}").map(|found| from + found) else {
                errors.push(
                    Diagnostic::new(Code::FormulaSyntax)
                        .with("detail", "unclosed-placeholder")
                        .at_span(opening, text.len()),
                );
                at = text.len();
                break;
            };
            match compile(&text[from..to], reader, entity) {
                Ok(formula) => pieces.push(Piece::Formula(Box::new(formula))),
                Err(found) => errors.extend(found.into_iter().map(|mut error| {
                    error.at.span = error.at.span.map(|(start, end)| (start + from, end + from));
                    error
                })),
            }
            at = to + 2;
        }
        if at < text.len() {
            pieces.push(Piece::Text(text[at..].to_owned()));
        }
        if errors.is_empty() { Ok(Template { pieces }) } else { Err(errors) }
    }

    /// The text for a record; options and links by their names, a fault by its sign.
    pub fn render(&self, scope: &Scope<'_>) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(plain) => text.push_str(plain),
                Piece::Formula(formula) => push_result(&mut text, formula, scope),
            }
        }
        text
    }

    /// What the placeholders depend on.
    pub fn reads(&self) -> Vec<Read> {
        let mut reads: Vec<Read> = Vec::new();
        for piece in &self.pieces {
            if let Piece::Formula(formula) = piece {
                for read in formula.reads() {
                    if !reads.contains(read) {
                        reads.push(read.clone());
                    }
                }
            }
        }
        reads
    }
}

/// Appends what a formula gives.
pub(super) fn push_result(text: &mut String, formula: &Formula, scope: &Scope<'_>) {
    match formula.evaluate(scope) {
        Err(fault) => text.push_str(fault.sign()),
        Ok(Operand::One(value)) => push(text, &value, formula, scope),
        Ok(Operand::Many(values)) => {
            for (at, value) in values.iter().filter(|value| !value.is_empty()).enumerate() {
                if at > 0 {
                    text.push_str(", ");
                }
                push(text, value, formula, scope);
            }
        }
    }
}

fn push(text: &mut String, value: &Value, formula: &Formula, scope: &Scope<'_>) {
    let value = evaluate::label(value, formula.kind(), scope);
    text.push_str(&coerce::local_text_of(&value, scope.clock));
}
