//! Whose turn it is to bring a file's bytes into SQLite, and how long others have theirs after it.

use std::time::{Duration, Instant};

use tokio::sync::{Mutex, MutexGuard};

/// After a change of others the lane makes room for more of them for so long.
const BUSY: Duration = Duration::from_millis(100);

/// Where others write, a piece is followed by so many times the time that it took.
const REST: u32 = 3;

/// It never rests for longer than this.
const LONGEST_REST: Duration = Duration::from_millis(100);

/// The way of files' bytes, one piece at a time.
#[derive(Default)]
pub(in crate::db) struct Lane(Mutex<Passing>);

/// What has passed.
#[derive(Debug, Default)]
pub(in crate::db) struct Passing {
    /// What pieces have brought to the log, in bytes, since it was copied back.
    pub(in crate::db) uncopied: usize,
    /// How many changes the writer had taken after the last piece.
    taken: u64,
    /// Until when others count as busy.
    busy: Option<Instant>,
}

impl Lane {
    /// Waits for those who came before. Until the guard is dropped the lane is the caller's.
    pub(in crate::db) async fn take(&self) -> MutexGuard<'_, Passing> {
        self.0.lock().await
    }
}

impl Passing {
    /// A piece was brought in, from `began` to `now`, as one of the `taken` changes that the writer
    /// has taken so far; answers for how long the lane is to rest.
    pub(in crate::db) fn rest(&mut self, taken: u64, began: Instant, now: Instant) -> Duration {
        let others = taken.saturating_sub(self.taken).saturating_sub(1);
        self.taken = taken;
        if others > 0 {
            self.busy = Some(now + BUSY);
        }
        if self.busy.is_none_or(|until| until <= now) {
            return Duration::ZERO;
        }
        let took = now.saturating_duration_since(began);
        (took * REST).min(LONGEST_REST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_makes_room_for_others_while_there_are_any() {
        let ms = Duration::from_millis;
        let (mut passing, start) = (Passing::default(), Instant::now());
        let mut piece =
            |taken, began, ended| passing.rest(taken, start + ms(began), start + ms(ended));
        assert_eq!(piece(1, 0, 4), ms(0));
        assert_eq!(piece(2, 4, 8), ms(0));
        // Somebody wrote in between, or meanwhile.
        assert_eq!(piece(4, 10, 14), ms(12));
        assert_eq!(piece(5, 30, 34), ms(12));
        assert_eq!(piece(6, 50, 350), ms(0));
        assert_eq!(piece(8, 350, 650), LONGEST_REST);
    }
}
