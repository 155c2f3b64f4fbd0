//! Instants and dates: an instant is a point in time (UTC), a date is a day on somebody's calendar; they never mix by accident.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the Gregorian calendar.
pub type Date = NaiveDate;

/// A point in time, in milliseconds since 1970-01-01 UTC; written as ISO 8601 with `Z`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Instant(pub i64);

impl Instant {
    /// The local day and time of the instant, `offset` seconds east of Greenwich.
    pub fn local(self, offset: i32) -> NaiveDateTime {
        let utc = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default();
        match FixedOffset::east_opt(offset) {
            Some(zone) => utc.with_timezone(&zone).naive_local(),
            None => utc.naive_utc(),
        }
    }

    /// The instant at which clocks `offset` seconds east of Greenwich show this day and time.
    pub fn from_local(local: NaiveDateTime, offset: i32) -> Self {
        let zone = FixedOffset::east_opt(offset).unwrap_or_else(|| Utc.fix_offset());
        match zone.from_local_datetime(&local).single() {
            Some(at) => Instant(at.timestamp_millis()),
            None => Instant(local.and_utc().timestamp_millis()),
        }
    }

    /// The instant that many milliseconds later.
    pub fn plus_millis(self, millis: i64) -> Self {
        Instant(self.0.saturating_add(millis))
    }
}

trait FixOffset {
    fn fix_offset(&self) -> FixedOffset;
}

impl FixOffset for Utc {
    fn fix_offset(&self) -> FixedOffset {
        chrono::Offset::fix(self)
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
