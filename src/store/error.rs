//! What can go wrong between the workspace and the disk; the words for people are the interface's.

use crate::store::log::LogPosition;

/// The environment could not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another tab holds an older version of the database open.
    #[error("another tab keeps the database from being opened")]
    Blocked,
    /// The disk, or what the browser allows of it, is full. Nothing of the transaction was kept.
    #[error("there is no room left")]
    Quota,
    /// The data was written by a newer version of the product. It was not touched.
    #[error("the data has version {found}, but only versions up to {known} are known")]
    TooNew {
        /// The version that was found.
        found: u32,
        /// The newest version that is known.
        known: u32,
    },
    /// Something was read that is not what was written.
    #[error("{key} is damaged")]
    Corrupt {
        /// Which entry: `page/lead/00012`, `log/17`.
        key: String,
    },
    /// There is no database: a private window, or a browser without one.
    #[error("nothing can be kept here: {detail}")]
    Unavailable {
        /// What the browser says.
        detail: String,
    },
    /// Another tab has written meanwhile; nothing was written. Read the commits in between and decide again.
    #[error("the log has moved on to {head}")]
    Behind {
        /// Where the log stands now.
        head: LogPosition,
    },
    /// Another tab has replaced the whole workspace; nothing was written. Open it again.
    #[error("the workspace was replaced by another tab")]
    Replaced,
    /// Another tab has written pages meanwhile; none were written. Mark all of them and try again later.
    #[error("another tab has written the pages")]
    Overtaken,
    /// The connection is closed.
    #[error("the connection is closed")]
    Closed,
    /// Anything else the browser reports.
    #[error("{name}: {detail}")]
    Failed {
        /// The name of the error: `AbortError`.
        name: String,
        /// What the browser says.
        detail: String,
    },
}

impl StoreError {
    /// Something read that is not what was written.
    pub fn corrupt(key: impl ToString) -> Self {
        StoreError::Corrupt { key: key.to_string() }
    }
}
