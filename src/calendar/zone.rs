//! A time zone by its IANA name, and what its clocks show when.

use std::fmt;
use std::sync::LazyLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::protocol::Timestamp;
use crate::protocol::hours::{Date, TimeOfDay};
use crate::protocol::time::Civil;

/// The zones that come with the program, so that every node knows the same ones.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Moments that have a local time in every zone and a year of four digits.
const FIRST: Timestamp = Timestamp(-59_000_000_000_000);
const LAST: Timestamp = Timestamp(253_000_000_000_000);

/// More than any clock is ahead of UTC or behind it.
const FURTHEST_MS: i64 = 27 * 60 * 60 * 1_000;

/// A zone that the IANA database names.
#[derive(Clone)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

/// No zone has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time zone has a name such as Asia/Bangkok")]
pub struct UnknownZone;

impl Zone {
    /// The zone of this IANA name, whatever the case of its letters.
    ///
    /// # Errors
    /// [`UnknownZone`].
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        let zone = ZONES.get(name).map_err(|_| UnknownZone)?;
        let name = zone.iana_name().ok_or(UnknownZone)?.to_owned();
        Ok(Self { name, zone })
    }

    /// Where nothing is chosen.
    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            zone: TimeZone::UTC,
        }
    }

    /// The names of all zones, in order.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = ZONES.available().map(|name| name.to_string()).collect();
        names.sort_unstable();
        names
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn offset_s(&self, at: Timestamp) -> i64 {
        let at = at.clamp(FIRST, LAST);
        let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        self.zone.to_offset(at).seconds().into()
    }

    /// What calendar and clock show at this moment.
    pub fn civil(&self, at: Timestamp) -> Civil {
        self.local(at).civil()
    }

    /// The day at this moment.
    pub fn date(&self, at: Timestamp) -> Date {
        Date::of(self.local(at))
    }

    /// The moment that UTC would call as clocks here call this one.
    pub fn local(&self, at: Timestamp) -> Timestamp {
        at.plus_ms(self.offset_s(at) * 1_000)
    }

    /// The moment at which clocks here show this time. One that is left out, since clocks are put
    /// forward over it, is the moment of that change; of one that comes twice it is the first.
    /// So a later local time is never an earlier moment.
    ///
    /// It is the first moment at which clocks show this time or a later one. The library has a
    /// conversion of its own, which errs where a zone's table ends and its rule begins.
    pub fn instant(&self, date: Date, time: TimeOfDay) -> Timestamp {
        let local = date
            .midnight()
            .plus_ms(i64::from(time.minutes()) * 60_000)
            .clamp(FIRST, LAST);
        let mut from = local.plus_ms(-FURTHEST_MS);
        for change in self.changes_after(from) {
            let at = local.plus_ms(-self.offset_s(from) * 1_000).max(from);
            if at < change || change.since(local) > FURTHEST_MS {
                return at;
            }
            from = change;
        }
        local.plus_ms(-self.offset_s(from) * 1_000).max(from)
    }

    /// The changes of its clocks after this moment.
    fn changes_after(&self, at: Timestamp) -> impl Iterator<Item = Timestamp> {
        let start = at.clamp(FIRST, LAST);
        let start = jiff::Timestamp::from_millisecond(start.0).unwrap_or_default();
        let changes = self.zone.following(start);
        changes.map(|change| Timestamp(change.timestamp().as_millisecond()))
    }

    /// The changes of its clocks between two moments.
    #[cfg(test)]
    pub(super) fn changes(&self, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let changes = self.changes_after(from);
        changes.take_while(|moment| *moment < to).collect()
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}
