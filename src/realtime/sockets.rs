//! The tasks of all sockets: who owns them, and how they are told that the server ends.

use std::future::Future;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// All sockets, authenticated or not. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Sockets {
    tasks: TaskTracker,
    leaving: CancellationToken,
    cut: CancellationToken,
}

impl Sockets {
    /// Runs a socket, from the moment of its upgrade until it ends or is cut off.
    pub fn open(&self, socket: impl Future<Output = ()> + Send + 'static) {
        let cut = self.cut.clone();
        self.tasks.spawn(async move {
            cut.run_until_cancelled(socket).await;
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
