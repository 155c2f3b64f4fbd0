//! What is filled in and not sent yet: kept for its tab, so that a reload brings it back.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Fill, Purpose, Stage};
use crate::app::App;
use crate::engine::form::Filling;
use crate::model::form::{Answers, Form};
use crate::model::id::{FieldId, SubmissionId};
use crate::model::json;
use crate::ui::browser;
use crate::ui::keep::{self, Once};

/// How far somebody had come.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    edition: Option<u32>,
    pub answers: Answers,
    pub page: usize,
    pub typed: Vec<(FieldId, String)>,
    /// What was typed into tables and cannot be read: the table, the place of the line, the column, the text.
    #[serde(default)]
    pub lines: Vec<(FieldId, usize, FieldId, String)>,
    pub submission: SubmissionId,
}

/// What was tried out in a form that is only looked at, for when it is drawn anew because it was changed.
#[derive(Clone)]
pub struct Tried {
    answers: Answers,
    typed: Vec<(FieldId, String)>,
    page: usize,
    page_id: String,
    pub(super) is_tried: bool,
    pub(super) is_sent: bool,
}

impl Tried {
    /// What was tried out so far.
    pub fn of(fill: Fill) -> Option<Tried> {
        let (answers, typed) = fill.filling.try_with_value(|filling| (filling.draft(), unread(fill, filling)))?;
        let page = fill.page.try_get_untracked()?;
        let page_id = fill.form.try_with_value(|compiled| Some(compiled.form.pages.get(page)?.id.clone()))??;
        let (is_tried, stage) = (fill.is_tried.try_get_untracked()?, fill.stage.try_get_untracked()?);
        Some(Tried { answers, typed, page, page_id, is_tried, is_sent: stage == Stage::Sent })
    }

    /// The same on the form as it is now: the page that was shown, or what stands in its place.
    pub(super) fn kept(self, app: App, form: &Form) -> Kept {
        let same = form.pages.iter().position(|page| page.id == self.page_id);
        let page = same.unwrap_or_else(|| self.page.min(form.pages.len().saturating_sub(1)));
        let (edition, submission) = (form.edition, app.draw_submission());
        Kept { edition, answers: self.answers, page, typed: self.typed, lines: Vec::new(), submission }
    }
}

/// What was kept of a form; what was filled into an older edition is not put into this one.
pub(super) fn kept(form: &Form, purpose: Purpose) -> Option<Kept> {
    if purpose == Purpose::Preview {
        return None;
    }
    let kept: Kept = json::read(&keep::kept(&name(form, purpose))?).ok()?;
    (kept.edition == form.edition).then_some(kept)
}

/// Keeps what is filled in from now on.
pub(super) fn keep(fill: Fill) {
    let purpose = fill.opening.with_value(|opening| opening.purpose);
    if purpose == Purpose::Preview {
        return;
    }
    let form = fill.form();
    let edition = form.edition;
    keep::keep(name(&form, purpose), Once::Left, move || {
        let is_open = fill.is_over.try_get_value()? || fill.stage.try_get_untracked()? == Stage::Sent;
        if is_open || !fill.is_begun.try_get_untracked()? {
            return None;
        }
        let (answers, typed, lines) =
            fill.filling.try_with_value(|it| (it.draft(), unread(fill, it), unread_lines(fill, it)))?;
        let (page, submission) = (fill.page.try_get_untracked()?, fill.submission.try_get_value()?);
        serde_json::to_string(&Kept { edition, answers, page, typed, lines, submission }).ok()
    });
}

/// Nothing is kept of a form any more.
pub(super) fn forget(form: &Form, purpose: Purpose) {
    browser::keep_in_tab(&name(form, purpose), None);
}

/// What was typed and cannot be read.
fn unread(fill: Fill, filling: &Filling) -> Vec<(FieldId, String)> {
    let typed = fill.typed.try_get_value().unwrap_or_default();
    typed.into_iter().filter(|(field, _)| filling.is_unread(*field)).collect()
}

/// The same of lines, each at the place that it has in the draft, where blank lines are left out.
fn unread_lines(fill: Fill, filling: &Filling) -> Vec<(FieldId, usize, FieldId, String)> {
    let typed = fill.typed_lines.try_get_value().unwrap_or_default();
    let unread =
        typed.into_iter().filter(|((table, line, column), _)| filling.is_unread_in_line(*table, *line, *column));
    let placed = unread.filter_map(|((table, line, column), text)| {
        let lines = filling.lines(table)?.lines;
        let at = lines.iter().filter(|known| !known.is_blank).position(|known| known.record.id == line)?;
        Some((table, at, column, text))
    });
    placed.collect()
}

/// What visitors of a kiosk fill in is nobody else's, and the other way round.
fn name(form: &Form, purpose: Purpose) -> String {
    let place = if purpose == Purpose::Kiosk { "kiosk" } else { "fill" };
    format!("{place}:{}", form.id)
}
