//! The vocabulary of the product: plain data, no behaviour beyond what the data itself means. It knows nothing else of ours.

pub mod action;
pub mod change;
pub mod condition;
pub mod contact;
pub mod conversion;
pub mod definition;
pub mod diagnostic;
pub mod draft;
pub mod entity;
pub mod field;
pub mod form;
pub mod id;
pub mod json;
pub mod record;
pub mod rule;
pub mod state;
pub mod sum;
pub mod symbol;
pub mod text;
pub mod time;
pub mod value;
pub mod view;
