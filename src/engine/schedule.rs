//! Schedules: when records are, and how weeks, days and rows of bars are laid out with them. It knows no clock and no screen.

mod axis;
mod hour;
mod span;
mod week;

pub use axis::{Axis, Tick, Zoom, pack};
pub use hour::{Block, blocks};
pub use span::{Span, When, begun, hastened, moved, span, stretched};
pub use week::{Bar, Week, month, week, week_number, week_of};
