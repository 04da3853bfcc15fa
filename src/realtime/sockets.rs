//! The tasks of all sockets: who owns them, and how they are told that the server ends.

use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, Ipv6Addr};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::metrics::{self, Broken};

/// The most sockets of one address that nobody has signed in to yet.
const NEWCOMERS: u32 = 50;

/// All sockets, authenticated or not. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Sockets {
    newcomers: Arc<Mutex<HashMap<IpAddr, u32>>>,
    tasks: TaskTracker,
    leaving: CancellationToken,
    cut: CancellationToken,
}

/// One of an address' sockets that nobody has signed in to yet, until it is dropped.
#[derive(Debug)]
pub struct Newcomer {
    all: Arc<Mutex<HashMap<IpAddr, u32>>>,
    from: Option<IpAddr>,
}

/// What is counted as one address: of IPv6 a whole network, which is what one house has.
pub fn shared_by(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}

impl Drop for Newcomer {
    fn drop(&mut self) {
        let Some(from) = self.from else {
            return;
        };
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&from) {
            *count -= 1;
            if *count == 0 {
                all.remove(&from);
            }
        }
    }
}

impl Sockets {
    /// A socket of this address is to be opened; `None` when too many of it wait for `auth`.
    /// Those of no known address are not bounded.
    pub fn newcomer(&self, from: Option<IpAddr>) -> Option<Newcomer> {
        let from = from.map(shared_by);
        if let Some(from) = from {
            let mut all = self
                .newcomers
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let count = all.entry(from).or_default();
            if *count >= NEWCOMERS {
                return None;
            }
            *count += 1;
        }
        Some(Newcomer {
            all: self.newcomers.clone(),
            from,
        })
    }

    /// Runs a socket, from the moment of its upgrade until it ends or is cut off.
    pub fn open(&self, socket: impl Future<Output = ()> + Send + 'static) {
        let cut = self.cut.clone();
        self.tasks.spawn(async move {
            let socket = AssertUnwindSafe(socket).catch_unwind();
            if let Some(Err(_)) = cut.run_until_cancelled(socket).await {
                metrics::broke(Broken::Socket);
            }
        });
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// The server ends: sockets that nobody has signed in to may close.
    pub fn leave(&self) {
        self.leaving.cancel();
    }

    /// Waits until the server ends.
    pub async fn leaving(&self) {
        self.leaving.cancelled().await;
    }

    /// Waits until there are none.
    pub async fn ended(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Drops those that are still there, whatever they are doing.
    pub fn cut(&self) {
        self.cut.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newcomers_of_one_address_are_bounded_and_others_are_not_refused_for_them() {
        let sockets = Sockets::default();
        let from = |text: &str| Some(text.parse::<IpAddr>().expect("an address"));
        let one = from("2001:db8::1");
        let mut here: Vec<_> = (0..NEWCOMERS).map(|_| sockets.newcomer(one)).collect();
        assert!(here.iter().all(Option::is_some));
        assert!(sockets.newcomer(from("2001:db8::ffff")).is_none());
        assert!(sockets.newcomer(from("2001:db8:0:1::1")).is_some());
        assert!(sockets.newcomer(from("203.0.113.1")).is_some());
        assert!(sockets.newcomer(None).is_some());
        here.pop();
        assert!(sockets.newcomer(one).is_some());
        drop(here);
        let newcomers = sockets.newcomers.lock().expect("no panic");
        assert!(newcomers.is_empty());
    }

    #[tokio::test]
    async fn a_socket_that_hangs_can_be_cut_off() {
        let sockets = Sockets::default();
        sockets.open(std::future::pending());
        assert_eq!(sockets.len(), 1);
        sockets.cut();
        sockets.ended().await;
        assert!(sockets.is_empty());
    }
}
