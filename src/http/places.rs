//! How many connections there may be, of all clients and of each address, and which of them has to
//! go when there is no room: the one that has waited longest without asking for anything.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::config::TrustedProxies;
use crate::metrics::{self, TurnedAway};
use crate::realtime::shared_by;

/// The part of all places that one address may take: a quarter. A proxy of ours may take all,
/// since it speaks for everybody.
const SHARE: usize = 4;

/// Of those that have to go so many at once: one of 64, so that a flood costs little.
const TOGETHER: usize = 64;

/// A connection whose answer has not moved for so long gives way, even in the middle of it.
const STALLED: Duration = Duration::from_secs(15);

/// How long a connection may take for what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadlines {
    /// For its first byte.
    pub(super) first: Duration,
    /// For a request's head, from its first byte to its last.
    pub(super) head: Duration,
    /// For a request's body; of a long one, between two of its bytes.
    pub(super) body: Duration,
    /// Between an answer and the next request.
    pub(super) idle: Duration,
    /// Without a byte of an answer.
    pub(super) stall: Duration,
    /// How often all this is looked at.
    pub(super) look: Duration,
}

impl Default for Deadlines {
    /// Proxies keep idle connections for 60 s, and must be the ones who end them.
    fn default() -> Self {
        Self {
            first: Duration::from_secs(10),
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            idle: Duration::from_secs(75),
            stall: Duration::from_mins(2),
            look: Duration::from_secs(5),
        }
    }
}

/// What a connection is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing has come yet.
    New,
    /// A request's head is coming.
    Head,
    /// Its body is.
    Body,
    /// Its body is, and may take its time as long as something comes.
    LongBody,
    /// It is being answered.
    Busy,
    /// The next request may come.
    Idle,
    /// A WebSocket that nobody has signed in to yet.
    Newcomer,
    /// A WebSocket.
    Kept,
}

impl Phase {
    const ALL: [Self; 8] = [
        Self::New,
        Self::Head,
        Self::Body,
        Self::LongBody,
        Self::Busy,
        Self::Idle,
        Self::Newcomer,
        Self::Kept,
    ];
}

/// One connection, as all who have to do with it see it.
#[derive(Debug)]
pub(super) struct Seat {
    address: IpAddr,
    began: Instant,
    /// Milliseconds from then to the last change, and the phase in the lowest three bits.
    state: AtomicU64,
    cut: Notify,
}

impl Seat {
    fn new(address: IpAddr) -> Self {
        Self {
            address,
            began: Instant::now(),
            state: AtomicU64::new(Phase::New as u64),
            cut: Notify::new(),
        }
    }

    /// It is at something else from now on.
    pub(super) fn enter(&self, phase: Phase) {
        let ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX >> 3);
        // One word holds both, so that nobody reads the time of one phase with another. Relaxed:
        // nothing else hangs on it, and whoever reads it too early looks again in five seconds.
        self.state.store(ms << 3 | phase as u64, Ordering::Relaxed);
    }

    /// What it is at, and for how long.
    pub(super) fn phase(&self) -> (Phase, Duration) {
        let state = self.state.load(Ordering::Relaxed);
        let since = self.began + Duration::from_millis(state >> 3);
        let phase = usize::try_from(state & 7).ok();
        let phase = phase.and_then(|at| Phase::ALL.get(at)).copied();
        (phase.unwrap_or(Phase::Kept), since.elapsed())
    }

    /// Its body may take its time: whoever sends it is known.
    pub(super) fn allow_long_body(&self) {
        if self.phase().0 == Phase::Body {
            self.enter(Phase::LongBody);
        }
    }

    /// Waits until it has to give way.
    pub(super) async fn cut(&self) {
        self.cut.notified().await;
    }

    /// Bytes came.
    pub(super) fn has_read(&self) {
        match self.phase().0 {
            Phase::New | Phase::Idle => self.enter(Phase::Head),
            // Who is being answered is to read.
            Phase::Head
            | Phase::Body
            | Phase::LongBody
            | Phase::Busy
            | Phase::Newcomer
            | Phase::Kept => {}
        }
    }

    /// Bytes went. The end of an answer may still be going when hyper has all of it.
    pub(super) fn has_written(&self) {
        let (phase, _) = self.phase();
        if matches!(phase, Phase::Busy | Phase::Idle) {
            self.enter(phase);
        }
    }

    /// Whether it takes longer than it may.
    pub(super) fn is_overdue(&self, deadlines: &Deadlines) -> bool {
        let (phase, since) = self.phase();
        let limit = match phase {
            Phase::New => deadlines.first,
            Phase::Head => deadlines.head,
            Phase::Body | Phase::LongBody => deadlines.body,
            Phase::Idle => deadlines.idle,
            Phase::Busy => deadlines.stall,
            Phase::Newcomer | Phase::Kept => return false,
        };
        since >= limit
    }

    /// For how long nothing has come of it, if it may have to give way.
    fn idle_for(&self) -> Option<Duration> {
        let (phase, since) = self.phase();
        match phase {
            Phase::Kept => None,
            Phase::Busy => Some(since).filter(|since| *since >= STALLED),
            Phase::New
            | Phase::Head
            | Phase::Body
            | Phase::LongBody
            | Phase::Idle
            | Phase::Newcomer => Some(since),
        }
    }
}

/// All connections of a listener. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Places(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    most: usize,
    share: usize,
    proxies: TrustedProxies,
    deadlines: Deadlines,
    /// A std mutex: nothing awaits under it.
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    seats: HashMap<u64, Arc<Seat>>,
    of_address: HashMap<IpAddr, usize>,
}

/// A connection's place, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    id: u64,
    seat: Arc<Seat>,
    all: Places,
}

impl Place {
    pub(super) fn seat(&self) -> &Arc<Seat> {
        &self.seat
    }

    /// Somebody has signed in to this WebSocket: it gives way to nobody any more.
    pub(super) fn keep(&self) {
        self.seat.enter(Phase::Kept);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.all.taken().remove(self.id);
    }
}

impl Places {
    /// So many.
    pub(crate) fn new(most: usize, proxies: TrustedProxies, deadlines: Deadlines) -> Self {
        Self(Arc::new(Inner {
            most,
            share: (most / SHARE).max(1),
            proxies,
            deadlines,
            taken: Mutex::default(),
        }))
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn deadlines(&self) -> Deadlines {
        self.0.deadlines
    }

    /// A place for a connection of this address, for which others may have to go; `None` if none
    /// of them can.
    pub(super) fn take(&self, address: IpAddr) -> Option<Place> {
        let is_proxy = self.0.proxies.contains(address);
        let address = shared_by(address);
        let mut taken = self.taken();
        let of_it = taken.of_address.get(&address).copied().unwrap_or_default();
        // A proxy stands for everybody behind it, so its share is all there is.
        let has_room = is_proxy || of_it < self.0.share || taken.make_room(Some(address));
        if !has_room || (taken.seats.len() >= self.0.most && !taken.make_room(None)) {
            return None;
        }
        let seat = Arc::new(Seat::new(address));
        let id = taken.next;
        taken.next += 1;
        taken.seats.insert(id, seat.clone());
        *taken.of_address.entry(address).or_default() += 1;
        Some(Place {
            id,
            seat,
            all: self.clone(),
        })
    }

    /// Those who have waited longest go; answers whether there were any.
    pub(super) fn make_room(&self) -> bool {
        self.taken().make_room(None)
    }
}

impl Taken {
    fn remove(&mut self, id: u64) -> Option<Arc<Seat>> {
        let seat = self.seats.remove(&id)?;
        if let Some(count) = self.of_address.get_mut(&seat.address) {
            *count -= 1;
            if *count == 0 {
                self.of_address.remove(&seat.address);
            }
        }
        Some(seat)
    }

    /// As [`Places::make_room`], among those of one address if one is given.
    fn make_room(&mut self, of: Option<IpAddr>) -> bool {
        let mut waiting: Vec<(Duration, u64)> = self
            .seats
            .iter()
            .filter(|(_, seat)| of.is_none_or(|of| of == seat.address))
            .filter_map(|(id, seat)| seat.idle_for().map(|since| (since, *id)))
            .collect();
        let count = waiting.len().div_ceil(TOGETHER);
        // The longest first; who is left behind the first `count` stays.
        waiting.sort_unstable_by(|one, other| other.cmp(one));
        for (_, id) in waiting.iter().take(count) {
            if let Some(seat) = self.remove(*id) {
                // Its task may not be waiting at this moment; the permit waits for it.
                seat.cut.notify_one();
                metrics::turned_away(TurnedAway::GaveWay);
            }
        }
        count > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(most: usize) -> Places {
        Places::new(most, TrustedProxies::default(), Deadlines::default())
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    /// So many connections of an address that are being served.
    fn served(places: &Places, from: &str, count: usize) -> Vec<Place> {
        let taken = (0..count).filter_map(|_| places.take(address(from)));
        taken.inspect(Place::keep).collect()
    }

    #[test]
    fn an_address_has_a_quarter_and_a_proxy_of_ours_has_all() {
        let places = places(100);
        let one = served(&places, "203.0.113.1", 100);
        assert_eq!(one.len(), 25);
        let house = served(&places, "2001:db8::1", 20);
        assert_eq!(served(&places, "2001:db8::2", 100).len() + house.len(), 25);
        let proxy = served(&places, "127.0.0.1", 100);
        assert_eq!(proxy.len(), 55);
        drop((one, house, proxy));
        assert_eq!(places.taken().seats.len(), 0);
        assert!(places.taken().of_address.is_empty());
    }

    #[test]
    fn who_is_silent_gives_way_and_who_is_served_does_not() {
        let places = places(8);
        let silent = places.take(address("127.0.0.1")).expect("a place");
        let kept = served(&places, "127.0.0.1", 6);
        let idle = places.take(address("127.0.0.1")).expect("a place");
        idle.seat.enter(Phase::Busy);
        // One place is another's, and must go back to nobody when it ends.
        let new = places.take(address("198.51.100.1")).expect("a place");
        assert_eq!(places.taken().seats.len(), 8);
        new.keep();
        drop(silent);
        assert_eq!(places.taken().seats.len(), 8);
        assert!(places.take(address("198.51.100.1")).is_none());
        idle.seat.enter(Phase::Idle);
        assert!(places.take(address("198.51.100.2")).is_some());
        drop((kept, idle, new));
        assert_eq!(places.taken().seats.len(), 0);
    }

    #[test]
    fn every_phase_is_read_as_it_was_written() {
        let seat = Seat::new(address("127.0.0.1"));
        for phase in Phase::ALL {
            seat.enter(phase);
            assert_eq!(seat.phase().0, phase);
        }
    }
}
