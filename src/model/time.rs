//! Instants and dates: an instant is a point in time (UTC), a date is a day on somebody's calendar; they never mix by accident.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Utc, Weekday};
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

/// How a workspace reckons weeks, quarters and years: with which day weeks begin, and with which month years of account do. The one
/// door for whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reckoning {
    week_start: Weekday,
    /// From 0 for January.
    first_month: u32,
}

impl Default for Reckoning {
    fn default() -> Self {
        Reckoning { week_start: Weekday::Mon, first_month: 0 }
    }
}

impl Reckoning {
    /// Weeks begin on this day, 1 for Monday to 7 for Sunday, and years of account with this month, 1 for January to 12.
    pub fn new(week_start: u8, first_month: u8) -> Reckoning {
        let week_start = Weekday::try_from(week_start.saturating_sub(1).min(6)).unwrap_or(Weekday::Mon);
        Reckoning { week_start, first_month: u32::from(first_month.clamp(1, 12)) - 1 }
    }

    /// The day with which weeks begin.
    pub fn week_start(self) -> Weekday {
        self.week_start
    }

    /// Whether years of account are those of the calendar.
    pub fn is_plain(self) -> bool {
        self.first_month == 0
    }

    /// The first day of the week that a day is in.
    pub fn week(self, day: Date) -> Date {
        let passed = day.weekday().days_since(self.week_start);
        day.checked_sub_days(Days::new(passed.into())).unwrap_or(day)
    }

    /// The first day of the quarter that a day is in.
    pub fn quarter(self, day: Date) -> Date {
        self.back(day, self.month_of(day) % 3)
    }

    /// The first day of the year of account that a day is in.
    pub fn year(self, day: Date) -> Date {
        self.back(day, self.month_of(day))
    }

    /// Which quarter of its year a day is in, from 1.
    pub fn quarter_number(self, day: Date) -> u32 {
        self.month_of(day) / 3 + 1
    }

    /// How many months of its year of account have passed before that of a day.
    fn month_of(self, day: Date) -> u32 {
        (day.month0() + 12 - self.first_month) % 12
    }

    fn back(self, day: Date, months: u32) -> Date {
        let first = day.with_day(1).and_then(|day| day.checked_sub_months(chrono::Months::new(months)));
        first.unwrap_or(day)
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
