//! The one place where things change: it dispatches commands, commits what was decided, writes it down and wakes the views.

mod chronicle;
mod day;
mod design;
mod edits;
mod export;
mod file;
mod form;
mod history;
mod import;
mod open;
mod outside;
mod pack;
mod preference;
mod rebase;
mod reconnect;
mod reset;
mod script;
mod search;
mod snapshot;
mod tabs;
mod wake;
mod workspace;
mod writer;

pub use chronicle::{Stretch, Touch};
pub use edits::{EditAct, EditJob, EditPhase, EditReport, EditRequest};
pub use file::Storage;
pub use form::{Foreseen, Leaving};
pub use import::{
    FileReport, ImportFile, ImportJob, ImportPhase, ImportReport, ImportRequest, RejectedRow, Stand, Tally, TriedFate,
    TriedRow,
};
pub use open::{Opening, start};
pub use outside::{Platform, after_frame, pause};
pub use pack::{PackCard, Sample, packs};
pub use preference::{Density, Preferences, Theme};
pub use reset::UNSENT;
pub use snapshot::{Checked, Files, Holdings};
pub use wake::Mark;
pub use workspace::{App, Banner, Done, SaveState, Toast, ToastAction, Tone, definition_label, title};
