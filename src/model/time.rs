//! Instants and dates: an instant is a point in time (UTC), a date is a day on somebody's calendar; they never mix by accident.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the Gregorian calendar.
pub type Date = NaiveDate;

/// A point in time, in milliseconds since 1970-01-01 UTC; written as ISO 8601 with `Z`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Instant(pub i64);

impl Instant {
    /// The local day and time of the instant.
    pub fn local(self, zone: Zone) -> NaiveDateTime {
        let shifted = self.0.saturating_add(zone.millis_at(self));
        DateTime::<Utc>::from_timestamp_millis(shifted).unwrap_or_default().naive_utc()
    }

    /// The instant at which clocks in the zone show this day and time: the first where they show it twice, as in the hour that
    /// autumn repeats; as much later where they leave it out.
    pub fn from_local(local: NaiveDateTime, zone: Zone) -> Self {
        const DAY: i64 = 86_400_000;
        let shown = local.and_utc().timestamp_millis();
        let before = zone.millis_at(Instant(shown.saturating_sub(DAY)));
        let after = zone.millis_at(Instant(shown.saturating_add(DAY)));
        let fitting = [before, after].into_iter().find(|offset| zone.millis_at(Instant(shown - offset)) == *offset);
        Instant(shown - fitting.unwrap_or(before))
    }

    /// The instant that many milliseconds later.
    pub fn plus_millis(self, millis: i64) -> Self {
        Instant(self.0.saturating_add(millis))
    }
}

/// A time zone: how far its clocks are ahead of Greenwich at each instant. Small enough to be handed around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Seconds east of Greenwich before the first change.
    first: i32,
    /// From when on clocks stand how many seconds east of Greenwich, in order.
    changes: &'static [(Instant, i32)],
}

impl Zone {
    /// Greenwich.
    pub const UTC: Zone = Zone::fixed(0);

    /// A zone whose clocks are never changed, `offset` seconds east of Greenwich.
    pub const fn fixed(offset: i32) -> Zone {
        Zone { first: offset, changes: &[] }
    }

    /// A zone whose clocks are changed: `first` seconds east of Greenwich before the first change, and from each on as it says.
    pub const fn changing(first: i32, changes: &'static [(Instant, i32)]) -> Zone {
        Zone { first, changes }
    }

    /// Whether it is the zone with these changes.
    pub fn is_as(self, first: i32, changes: &[(Instant, i32)]) -> bool {
        self.first == first && self.changes == changes
    }

    /// Seconds east of Greenwich at an instant.
    pub fn offset_at(self, at: Instant) -> i32 {
        let passed = self.changes.partition_point(|(from, _)| *from <= at);
        passed.checked_sub(1).map_or(self.first, |last| self.changes[last].1)
    }

    fn millis_at(self, at: Instant) -> i64 {
        i64::from(self.offset_at(at)) * 1000
    }

    /// When the day that it is here at an instant ends.
    pub fn day_end(self, at: Instant) -> Instant {
        let midnight =
            at.local(self).date().succ_opt().map(|day| Instant::from_local(day.and_time(NaiveTime::MIN), self));
        midnight.unwrap_or(at)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utc = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default();
        out.write_str(&utc.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Instant {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        DateTime::parse_from_rfc3339(text).map(|at| Instant(at.timestamp_millis()))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
