//! The tasks of all sockets: who owns them, and how they are told that the server ends.

use std::future::Future;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// All sockets, authenticated or not. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Sockets {
    tasks: TaskTracker,
    leaving: CancellationToken,
    cut: CancellationToken,
}

/// A socket among the others, from the moment of its upgrade.
#[derive(Debug)]
pub struct Place {
    /// Waited for until it is dropped.
    _counted: TaskTrackerToken,
    cut: CancellationToken,
}

impl Sockets {
    /// A place for a socket that is being opened.
    pub fn place(&self) -> Place {
        Place {
            _counted: self.tasks.token(),
            cut: self.cut.clone(),
        }
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

impl Place {
    /// Runs the socket until it ends or is cut off.
    pub async fn hold(self, socket: impl Future<Output = ()>) {
        self.cut.run_until_cancelled(socket).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_socket_that_hangs_can_be_cut_off() {
        let sockets = Sockets::default();
        let place = sockets.place();
        assert_eq!(sockets.len(), 1);
        let hanging = place.hold(std::future::pending());
        let cutting = async {
            sockets.cut();
            sockets.ended().await;
        };
        tokio::join!(hanging, cutting);
        assert!(sockets.is_empty());
    }
}
