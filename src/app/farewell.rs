//! The end of the sockets: one after the other, so that their clients do not come back, or go to
//! another node, all in the same moment.

use std::time::Duration;

use crate::protocol::close::CloseCode;
use crate::state::AppState;

/// So many are closed at once without a thought.
const AT_ONCE: usize = 50;

/// The most parts that the closing comes in, and what lies between two: two seconds in all.
const PARTS: usize = 100;
const BETWEEN: Duration = Duration::from_millis(20);

/// Closes every socket with 1001 and waits until all have ended, for as long as the caller does.
pub(super) async fn close_sockets(state: &AppState) {
    state.sockets.leave();
    let connections = state.hub.connections();
    for (n, part) in connections.chunks(part(connections.len())).enumerate() {
        if n > 0 {
            tokio::time::sleep(BETWEEN).await;
        }
        for connection in part {
            connection.close(CloseCode::GoingAway);
        }
    }
    let ended = state.sockets.ended();
    tokio::pin!(ended);
    loop {
        // Again, for those that were signing in.
        state.hub.close_where(CloseCode::GoingAway, |_| true);
        tokio::select! {
            () = &mut ended => return,
            () = tokio::time::sleep(BETWEEN) => {}
        }
    }
}

/// How many of `all` are closed at a time.
fn part(all: usize) -> usize {
    all.div_ceil(PARTS).max(AT_ONCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_closed_at_once_and_many_within_two_seconds() {
        let parts = |all: usize| all.div_ceil(part(all));
        assert_eq!(parts(0), 0);
        assert_eq!(parts(50), 1);
        assert_eq!(parts(51), 2);
        assert_eq!(parts(1_000), 20);
        assert_eq!(parts(5_000), 100);
        assert_eq!(parts(100_001), 100);
    }
}
