//! Whether conditions can hold at all, as far as can be told without knowing any record: comparisons that contradict each other, and
//! fields that stay blank because nobody is asked for them. Formulas may do anything.

use rust_decimal::Decimal;

use super::super::compiled::CompiledForm;
use crate::model::condition::{Compare, Comparison, Condition, Operand};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::FieldId;

/// More ways than this of meeting a condition are not looked through: then it may hold.
const WAYS: usize = 256;

/// What can be told about the conditions of a form.
pub(super) struct Reach<'a> {
    entity: &'a Entity,
    /// Fields that are blank whatever anybody does.
    blank: Vec<FieldId>,
}

/// One thing that has to be so.
#[derive(Clone)]
enum Claim<'c> {
    Compare(&'c Compare, Comparison),
    Unknown,
    Never,
}

impl<'a> Reach<'a> {
    /// What can be told about a form.
    pub fn of(compiled: &'a CompiledForm) -> Self {
        let captured: Vec<FieldId> = compiled.form.captured().collect();
        let is_blank = |slot: &&super::super::compiled::Slot| {
            slot.part.is_none() && slot.default.is_none() && !captured.contains(&slot.field.id)
        };
        let numbered = |field: &Field| matches!(field.kind, crate::model::field::FieldKind::AutoNumber { .. });
        let blank = compiled.slots.iter().filter(is_blank).filter(|slot| !numbered(&slot.field));
        Reach { entity: &compiled.entity, blank: blank.map(|slot| slot.field.id).collect() }
    }

    /// Whether these conditions, absent ones aside, cannot all hold at once.
    pub fn is_never(&self, conditions: &[Option<&Condition>]) -> bool {
        let mut ways: Vec<Vec<Claim<'_>>> = vec![Vec::new()];
        for condition in conditions.iter().flatten() {
            match both(ways, ways_of(condition, true)) {
                Some(next) => ways = next,
                None => return false,
            }
        }
        ways.iter().all(|way| self.contradicts(way))
    }

    /// Whether these conditions, absent ones aside, hold whatever anybody does.
    pub fn is_always(&self, conditions: &[Option<&Condition>]) -> bool {
        conditions.iter().flatten().all(|condition| match ways_of(condition, false) {
            Some(ways) => ways.iter().all(|way| self.contradicts(way)),
            None => false,
        })
    }

    fn contradicts(&self, way: &[Claim<'_>]) -> bool {
        let mut known: Vec<(FieldId, Range)> = Vec::new();
        for claim in way {
            let (compare, is) = match claim {
                Claim::Unknown => continue,
                Claim::Never => return true,
                Claim::Compare(compare, is) => (compare, *is),
            };
            let Some(field) = self.entity.field_called(&compare.field) else { continue };
            // A flag that nobody ticked is the same as no; several values at once may be this and that.
            let kind = &field.kind;
            use crate::model::field::FieldKind as Kind;
            if matches!(kind, Kind::Flag | Kind::Choices { .. } | Kind::Links(_)) {
                continue;
            }
            let at = known.iter().position(|(id, _)| *id == field.id).unwrap_or_else(|| {
                let must_be_blank = self.blank.contains(&field.id);
                known.push((field.id, Range { must_be_blank, ..Range::default() }));
                known.len() - 1
            });
            known[at].1.narrow(field, is, &compare.value);
        }
        known.iter().any(|(_, range)| range.is_empty())
    }
}

/// The ways in which a condition can be met, or failed; none where there are too many.
fn ways_of(condition: &Condition, wanted: bool) -> Option<Vec<Vec<Claim<'_>>>> {
    match (condition, wanted) {
        (Condition::Not { not }, _) => ways_of(not, !wanted),
        (Condition::All { all }, true) | (Condition::Any { any: all }, false) => {
            let mut ways = vec![Vec::new()];
            for part in all {
                ways = both(ways, ways_of(part, wanted))?;
            }
            Some(ways)
        }
        (Condition::Any { any }, true) | (Condition::All { all: any }, false) => {
            let mut ways = Vec::new();
            for part in any {
                ways.extend(ways_of(part, wanted)?);
            }
            (ways.len() <= WAYS).then_some(ways)
        }
        (Condition::Formula { formula }, _) => {
            let text = formula.trim().trim_start_matches('=').trim().to_ascii_uppercase();
            let claim = match (text.as_str(), wanted) {
                ("FALSE" | "FALSE()" | "0", true) | ("TRUE" | "TRUE()" | "1", false) => Claim::Never,
                _ => Claim::Unknown,
            };
            Some(vec![vec![claim]])
        }
        (Condition::Compare(compare), true) => Some(vec![vec![Claim::Compare(compare, compare.is)]]),
        (Condition::Compare(compare), false) => Some(match opposite(compare.is) {
            Some(is) => vec![vec![Claim::Compare(compare, is)]],
            None => vec![vec![Claim::Unknown]],
        }),
    }
}

fn both<'c>(ways: Vec<Vec<Claim<'c>>>, more: Option<Vec<Vec<Claim<'c>>>>) -> Option<Vec<Vec<Claim<'c>>>> {
    let more = more?;
    if ways.len() * more.len() > WAYS {
        return None;
    }
    let joined = ways.iter().flat_map(|way| more.iter().map(|other| [&way[..], &other[..]].concat()));
    Some(joined.collect())
}

/// The comparison that holds exactly where this one does not; blanks fail comparisons of size, so those have none.
fn opposite(is: Comparison) -> Option<Comparison> {
    match is {
        Comparison::Equals => Some(Comparison::NotEquals),
        Comparison::NotEquals => Some(Comparison::Equals),
        Comparison::OneOf => Some(Comparison::NoneOf),
        Comparison::NoneOf => Some(Comparison::OneOf),
        Comparison::Empty => Some(Comparison::Filled),
        Comparison::Filled => Some(Comparison::Empty),
        Comparison::Contains => Some(Comparison::NotContains),
        Comparison::NotContains => Some(Comparison::Contains),
        Comparison::StartsWith
        | Comparison::EndsWith
        | Comparison::Greater
        | Comparison::AtLeast
        | Comparison::Less
        | Comparison::AtMost
        | Comparison::Between
        | Comparison::Changed => None,
    }
}

/// What a field may hold.
#[derive(Default)]
struct Range {
    must_be_blank: bool,
    must_be_filled: bool,
    one_of: Option<Vec<String>>,
    none_of: Vec<String>,
    /// The bound, and whether it is itself left out.
    least: Option<(Decimal, bool)>,
    most: Option<(Decimal, bool)>,
}

impl Range {
    fn narrow(&mut self, field: &Field, is: Comparison, value: &Operand) {
        let names = |value: &Operand| -> Option<Vec<String>> {
            let parts = if let Operand::List(parts) = value { parts.clone() } else { vec![value.clone()] };
            parts.iter().map(|part| name(field, part)).collect()
        };
        match is {
            Comparison::Empty => self.must_be_blank = true,
            Comparison::Filled => self.must_be_filled = true,
            Comparison::Equals | Comparison::OneOf => {
                let Some(names) = names(value).filter(|names| !names.iter().any(String::is_empty)) else { return };
                self.must_be_filled = true;
                match &mut self.one_of {
                    Some(known) => known.retain(|name| names.contains(name)),
                    None => self.one_of = Some(names),
                }
            }
            Comparison::NotEquals | Comparison::NoneOf => self.none_of.extend(names(value).unwrap_or_default()),
            Comparison::Greater | Comparison::AtLeast => self.bound(number(value), None, is == Comparison::Greater),
            Comparison::Less | Comparison::AtMost => self.bound(None, number(value), is == Comparison::Less),
            Comparison::Between => {
                if let Operand::List(ends) = value
                    && let [from, to] = &ends[..]
                {
                    self.bound(number(from), number(to), false);
                }
            }
            Comparison::Contains | Comparison::StartsWith | Comparison::EndsWith => {
                self.must_be_filled |= !value.is_absent();
            }
            Comparison::NotContains | Comparison::Changed => {}
        }
    }

    fn bound(&mut self, least: Option<Decimal>, most: Option<Decimal>, is_open: bool) {
        self.must_be_filled = true;
        if let Some(bound) = least.map(|least| (least, is_open)).filter(|new| self.least.is_none_or(|old| *new > old)) {
            self.least = Some(bound);
        }
        let is_tighter = |new: &(Decimal, bool), old: (Decimal, bool)| new.0 < old.0 || (new.0 == old.0 && new.1);
        if let Some(bound) =
            most.map(|most| (most, is_open)).filter(|new| self.most.is_none_or(|old| is_tighter(new, old)))
        {
            self.most = Some(bound);
        }
    }

    fn is_empty(&self) -> bool {
        let is_apart = match (self.least, self.most) {
            (Some((least, above)), Some((most, below))) => least > most || (least == most && (above || below)),
            _ => false,
        };
        let in_bounds = |name: &String| match name.parse::<Decimal>() {
            Ok(number) => {
                self.least.is_none_or(|(least, above)| number > least || (number == least && !above))
                    && self.most.is_none_or(|(most, below)| number < most || (number == most && !below))
            }
            Err(_) => true,
        };
        let is_left = |names: &Vec<String>| names.iter().any(|name| !self.none_of.contains(name) && in_bounds(name));
        (self.must_be_blank && self.must_be_filled) || is_apart || self.one_of.as_ref().is_some_and(|it| !is_left(it))
    }
}

/// What a value is called, the same for all ways of writing it that are known to be the same.
fn name(field: &Field, value: &Operand) -> Option<String> {
    match value {
        Operand::Absent => Some(String::new()),
        Operand::Flag(flag) => Some(flag.to_string()),
        Operand::Integer(number) => Some(number.to_string()),
        Operand::Text(text) => {
            let text = text.trim();
            let option = field.option_called(text).map(|option| option.id.as_str().to_owned());
            let number = || text.parse::<Decimal>().ok().map(|number| number.normalize().to_string());
            Some(option.or_else(number).unwrap_or_else(|| text.to_lowercase()))
        }
        Operand::List(_) => None,
    }
}

fn number(value: &Operand) -> Option<Decimal> {
    match value {
        Operand::Integer(number) => Some(Decimal::from(*number)),
        Operand::Text(text) => text.trim().parse().ok(),
        Operand::Absent | Operand::Flag(_) | Operand::List(_) => None,
    }
}
