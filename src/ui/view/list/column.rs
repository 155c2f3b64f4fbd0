//! Columns of the grid: how wide they are, which stand still, and which are in sight.

use std::sync::Arc;

use leptos::prelude::*;

use super::Grid;
use crate::app::App;
use crate::engine::list;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::RecordId;
use crate::model::state::{Reader, State};
use crate::model::value::Value;
use crate::model::view::Total;
use crate::ui::field::Shown;
use crate::ui::text::label;
use crate::ui::view::figure;
use crate::ui::view::lens::Lens;

/// The widths of the tick boxes on the left and of the button on the right.
pub(super) const TICKS: u32 = 40;
const ADD: u32 = 48;
/// A page this narrow has one column that stands still.
pub(super) const NARROW: f64 = 560.0;
/// Columns up to this many are all drawn.
const FEW: usize = 14;
/// How far beyond what is in sight columns are drawn, and the step in which they come and go.
const BEYOND: f64 = 320.0;
const STEP: f64 = 160.0;
/// How many records are looked at to learn how wide a column has to be.
const SAMPLE: usize = 40;

/// A column as it is drawn.
#[derive(Clone, PartialEq)]
pub(super) struct Column {
    pub field: Field,
    /// Where its kind comes from: the field itself, or the one that a look-up reads.
    pub source: Field,
    pub shown: Shown,
    pub name: String,
    pub is_number: bool,
    /// What stands below it.
    pub total: Total,
}

/// The columns of a lens. Those that stay as they are stay the same to whoever draws them.
pub(super) fn columns(app: App, lens: Lens, entity: StoredValue<Arc<Entity>>) -> Memo<Vec<Arc<Column>>> {
    Memo::new(move |former: Option<&Vec<Arc<Column>>>| {
        let totals = lens.totals.get();
        entity.with_value(|entity| {
            let fields = lens.columns.get().into_iter().filter_map(|id| entity.field(id).cloned());
            fields
                .map(|field| {
                    let shown = Shown::new(app, entity, &field);
                    let source = shown.source.clone();
                    let is_number = figure::is_number(&source.kind);
                    let total = totals.get(&field.id).copied().unwrap_or_else(|| list::usual_total(&source));
                    let column = Column { name: label(&field.label), is_number, source, shown, field, total };
                    let same = former.and_then(|former| former.iter().find(|known| ***known == column));
                    same.cloned().unwrap_or_else(|| Arc::new(column))
                })
                .collect()
        })
    })
}

/// The widths of the columns in pixels: those that somebody chose, and the others by what they hold and the room there is.
pub(super) fn widths(app: App, lens: Lens, columns: Memo<Vec<Arc<Column>>>, room: RwSignal<f64>) -> Memo<Vec<u32>> {
    let measures = Memo::new(move |_| {
        let sample: Vec<RecordId> =
            lens.found.with_untracked(|found| found.rows.iter().take(SAMPLE).copied().collect());
        columns.with(|columns| {
            app.ask(|state| {
                let measured = columns.iter().enumerate();
                measured.map(|(at, column)| Measure::of(state, column, at == 0, &sample)).collect::<Vec<Measure>>()
            })
        })
    });
    Memo::new(move |_| {
        let (chosen, room) = (lens.widths.get(), room.get());
        let chosen: Vec<Option<u32>> =
            columns.with(|columns| columns.iter().map(|column| chosen.get(&column.field.id).copied()).collect());
        // Where nothing fits anyway, nothing is squeezed.
        let room = if room < NARROW { f64::INFINITY } else { room - f64::from(TICKS + ADD) };
        measures.with(|measures| fit(measures, &chosen, room))
    })
}

/// How wide a column should be, and how far it may give way or take more.
#[derive(Clone, Copy, PartialEq)]
struct Measure {
    least: f64,
    wanted: f64,
    most: f64,
}

/// Shares the room among columns: too little takes from those that have more than they need at least, the rest goes to those that
/// hold text.
fn fit(measures: &[Measure], chosen: &[Option<u32>], room: f64) -> Vec<u32> {
    let all = || measures.iter().zip(chosen);
    let wanted: f64 = all().map(|(measure, chosen)| chosen.map_or(measure.wanted, f64::from)).sum();
    let spare = if room.is_finite() { room - wanted } else { 0.0 };
    let give =
        |measure: &Measure| if spare < 0.0 { measure.wanted - measure.least } else { measure.most - measure.wanted };
    let given: f64 = all().filter(|(_, chosen)| chosen.is_none()).map(|(measure, _)| give(measure)).sum();
    // What does not fit even so is scrolled, and then nothing is gained by squeezing all the rest.
    let squeeze = if spare + given < 0.0 { -0.3 } else { -1.0 };
    let share = if given > 0.0 { (spare / given).clamp(squeeze, 1.0) } else { 0.0 };
    all()
        .map(|(measure, chosen)| chosen.unwrap_or_else(|| (measure.wanted + share * give(measure)).floor() as u32))
        .collect()
}

impl Measure {
    fn of(state: &State, column: &Column, is_first: bool, sample: &[RecordId]) -> Measure {
        let head = line(&column.name) * 0.93 + 38.0;
        let (least, most) = bounds(&column.source.kind);
        let held = held(state, column, sample);
        if is_first {
            let wanted = (held.unwrap_or(160.0) + 56.0).clamp(168.0, 300.0);
            return Measure { least: wanted.min(176.0), wanted, most: wanted.max(320.0) };
        }
        // A sum has more digits than what it sums up, and its name beside it.
        let total = match column.total {
            Total::Sum => held.map_or(0.0, |held| held + 78.0),
            Total::Average => 108.0,
            Total::None | Total::Filled | Total::Distinct | Total::Min | Total::Max => 0.0,
        };
        let wanted = held.map_or(least, |held| (held + 26.0).clamp(least, most)).max(head.min(190.0)).max(total);
        // Half a chip or half a number says nothing, half a sentence says something.
        let is_short = matches!(column.source.kind, FieldKind::Choice { .. }) || wanted <= 140.0;
        let kept = if is_short { 0.94 } else { 0.55 };
        let least = least.max(wanted * kept).max(head.min(150.0)).max(total).min(wanted);
        Measure { least, wanted, most: most.max(wanted) }
    }
}

/// The least and the greatest width of a kind; what holds no text takes no more than it needs.
fn bounds(kind: &FieldKind) -> (f64, f64) {
    match kind {
        FieldKind::Text { .. } | FieldKind::LongText | FieldKind::RichText | FieldKind::Hidden => (84.0, 260.0),
        FieldKind::Link(_) | FieldKind::Links(_) | FieldKind::Email | FieldKind::Url | FieldKind::Address => {
            (88.0, 230.0)
        }
        FieldKind::Choices { .. } | FieldKind::Files | FieldKind::Location => (110.0, 240.0),
        FieldKind::Choice { .. } => (72.0, 170.0),
        FieldKind::Phone => (138.0, 150.0),
        FieldKind::Instant => (104.0, 150.0),
        FieldKind::Date => (100.0, 124.0),
        // A sum stands below it, with its name.
        FieldKind::Money { .. } => (112.0, 150.0),
        FieldKind::Rating { .. } => (104.0, 112.0),
        FieldKind::Formula { result, .. } => match result {
            ResultKind::Text => (84.0, 230.0),
            ResultKind::Money => (112.0, 150.0),
            ResultKind::Instant => (104.0, 150.0),
            ResultKind::Number | ResultKind::Percent | ResultKind::Date | ResultKind::Duration | ResultKind::Flag => {
                (84.0, 120.0)
            }
        },
        FieldKind::Number(_)
        | FieldKind::Percent(_)
        | FieldKind::Duration
        | FieldKind::Flag
        | FieldKind::Nps
        | FieldKind::Signature
        | FieldKind::AutoNumber { .. }
        | FieldKind::Lookup { .. }
        | FieldKind::Rollup(_)
        | FieldKind::Lines { .. } => (80.0, 124.0),
        FieldKind::Score => (96.0, 124.0),
    }
}

/// How wide what a column holds is drawn; none where the kind says it all.
fn held(state: &State, column: &Column, sample: &[RecordId]) -> Option<f64> {
    if let FieldKind::Choice { .. } = column.source.kind {
        let labels = column.source.options().iter().map(|option| line(&label(&option.label)));
        return Some(labels.fold(0.0, f64::max) + 14.0);
    }
    let mut widths: Vec<f64> = sample
        .iter()
        .filter_map(|id| state.record(*id))
        .filter_map(|record| match record.value(column.field.id) {
            Value::Text(text) => Some(line(text)),
            Value::Link(link) => Some(line(&crate::app::title(state, *link)) + 22.0),
            // A day of another year has its year beside it.
            Value::Date(_) => Some(92.0),
            Value::Money(money) => Some(30.0 + 8.0 * money.amount.trunc().to_string().len() as f64),
            _ => None,
        })
        .collect();
    widths.sort_by(f64::total_cmp);
    // One long name among many is cut off rather than paid for by all.
    widths.get(widths.len().saturating_sub(1) * 9 / 10).copied()
}

/// About how wide a line of text is drawn.
pub(super) fn line(text: &str) -> f64 {
    let width = |letter: char| match letter {
        '\u{2e80}'.. => 13.5,
        'A'..='Z' | '0'..='9' | 'm' | 'w' | '@' => 8.2,
        _ => 6.9,
    };
    text.chars().map(width).sum()
}

impl Grid {
    /// How much room there is for the text in a cell of a column, in pixels.
    pub(super) fn room_in(self, at: usize) -> f64 {
        self.widths.with(|widths| widths.get(at).map_or(f64::INFINITY, |width| f64::from(*width) - 22.0))
    }

    /// How many columns at the start stand still.
    pub(super) fn standing(self) -> Memo<usize> {
        Memo::new(move |_| {
            let count = self.columns.with(Vec::len);
            let wished = if self.width.get() < NARROW { 1 } else { self.lens.frozen.get() };
            wished.max(1).min(count)
        })
    }

    /// The columns that are drawn: those that stand still, and those in sight.
    pub(super) fn in_sight(self, standing: Memo<usize>) -> Memo<Vec<usize>> {
        let from = Memo::new(move |_| (self.scrolled_aside.get() / STEP).floor() * STEP);
        Memo::new(move |_| {
            let (standing, count) = (standing.get(), self.columns.with(Vec::len));
            if count <= FEW {
                return (0..count).collect();
            }
            let (from, width) = (from.get(), self.width.get());
            self.widths.with(|widths| {
                let mut left = f64::from(TICKS);
                let mut drawn: Vec<usize> = (0..standing).collect();
                let still: u32 = widths.iter().take(standing).sum();
                for (at, wide) in widths.iter().enumerate() {
                    let right = left + f64::from(*wide);
                    let is_near = right > from + f64::from(still) - BEYOND && left < from + width + STEP + BEYOND;
                    if at >= standing && is_near {
                        drawn.push(at);
                    }
                    left = right;
                }
                drawn
            })
        })
    }

    /// The columns as the style of the grid: the tracks of its rows, and where those stand that stand still.
    pub(super) fn tracks(self) -> String {
        self.widths.with(|widths| tracks(widths))
    }

    /// The same while the edge of a column is moved.
    pub(super) fn tracks_with(self, changed: usize, width: u32) -> String {
        self.widths.with_untracked(|widths| {
            let mut widths = widths.clone();
            if let Some(old) = widths.get_mut(changed) {
                *old = width;
            }
            tracks(&widths)
        })
    }

    /// Scrolls sideways until a column can be seen.
    pub(super) fn show_column(self, at: usize) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let standing = self.still.get_untracked();
        if at < standing {
            return;
        }
        let (left, right, still) = self.widths.with_untracked(|widths| {
            let sum = |until: usize| widths.iter().take(until).sum::<u32>() + TICKS;
            (sum(at), sum(at + 1), sum(standing))
        });
        let now = scroller.scroll_left();
        let wanted = if (left as i32) < now + still as i32 {
            left as i32 - still as i32
        } else if right as i32 > now + scroller.client_width() {
            right as i32 - scroller.client_width()
        } else {
            return;
        };
        scroller.set_scroll_left(wanted);
        self.measure();
    }

    /// Makes a column as wide as what it holds.
    pub(super) fn fit_column(self, at: usize) {
        const MANY: usize = 2_000;
        let Some(column) = self.columns.with_untracked(|columns| columns.get(at).cloned()) else { return };
        let sample: Vec<RecordId> =
            self.lens.found.with_untracked(|found| found.rows.iter().take(MANY).copied().collect());
        let width = self.app.ask(|state| {
            let head = line(&column.name) + 40.0;
            let all = sample.iter().filter_map(|id| held(state, &column, std::slice::from_ref(id)));
            let widest = all.fold(0.0, f64::max) + if at == 0 { 56.0 } else { 28.0 };
            head.max(widest).max(bounds(&column.source.kind).0).clamp(60.0, 640.0) as u32
        });
        self.lens.widths.update(|widths| {
            widths.insert(column.field.id, width);
        });
        self.lens.remember();
    }
}

fn tracks(widths: &[u32]) -> String {
    let px = |widths: &[u32]| widths.iter().map(|width| format!("{width}px ")).collect::<String>();
    let (all, rest) = (px(widths), px(widths.get(1..).unwrap_or_default()));
    let first = widths.first().copied().unwrap_or_default().min(200);
    let mut left = TICKS;
    let mut still = String::new();
    for (at, width) in widths.iter().enumerate().take(FEW) {
        still += &format!("--at-{at}:{left}px;");
        left += width;
    }
    format!(
        "--cols:{TICKS}px {all}minmax({ADD}px, 1fr);--cols-narrow:0 {first}px {rest}{ADD}px;--cols-ticks:44px {first}px {rest}{ADD}px;{still}"
    )
}
