//! Designing: where things are used, what new things begin as, what is amiss with them, how a page is laid out. It changes nothing.

mod form;
mod kind;
mod lay;
mod make;
mod number;
mod setting;
mod trouble;
mod usage;

pub use form::{FormSpot, Piece, is_askable, item_for, lines_item, new_form, unasked};
pub use kind::{KINDS, KindGroup, kind_name, sources, starting};
pub use lay::{Spot, Zone, laid_out, moved, ordered, unplaced};
pub use make::{NewEntity, companions, field_id, new_entity, new_lines, option_id, options_from, plain};
pub use number::{first_number, renumbered};
pub use setting::{Setting, read_setting, result_of, settings, weight_from, write_setting};
pub use trouble::{Trouble, TroubleKind, troubles};
pub use usage::{Usage, Way, usages};
