//! Small building blocks that all views share. They know nothing of what they show.

mod avatar;
mod banner;
mod button;
mod chip;
mod control;
mod dialog;
mod drag;
mod drop;
mod empty;
mod field;
mod finder;
mod html;
mod icon;
mod markdown;
mod menu;
mod picker;
mod popover;
mod progress;
mod scan;
mod sheet_button;
mod tabs;
mod toast;

use std::cell::Cell;

pub use avatar::{avatar, avatar_into, avatar_styled};
pub use banner::{BannerStrip, UpdateStrip, provide_update};
pub use button::{icon_button, kbd};
pub use chip::{chip, chip_into, chip_styled, hue_name};
pub use control::{Control, Shape, control};
pub use dialog::Dialog;
pub use drag::{Carried, Drag, DragRules};
pub use drop::drop_files;
pub use empty::{Art, Empty};
pub use field::{field_error, field_frame};
pub use finder::{Finder, FinderNames};
pub use html::Html;
pub use icon::{icon, icon_into, icon_styled};
pub use markdown::{is_safe, markdown};
pub use menu::{Menu, MenuButton, MenuItem, MenuRow};
pub use picker::{Bounds, Picking, day_picker};
pub use popover::Popover;
pub use progress::{gauge_into, steps};
pub use scan::scan_code;
pub use sheet_button::sheet_button;
pub use tabs::{Tab, TabBar};
pub use toast::ToastStack;

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// An id that no other element of the page has.
pub fn unique_id(start: &str) -> String {
    let next = NEXT.get() + 1;
    NEXT.set(next);
    format!("{start}-{next}")
}
