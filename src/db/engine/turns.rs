//! Who waits for a turn on PostgreSQL. Changes of different keys run beside each other there; those
//! of one key would only wait for each other's row lock, so whoever comes while one of them runs is
//! taken with the next.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most that are taken in one turn: the first of them waits for the last.
const MOST: usize = 16;

/// Those who wait, by key. A key is there as long as somebody sees to it.
pub(super) struct Turns<K, W> {
    /// A std mutex: nothing awaits under it.
    lines: Mutex<HashMap<K, Vec<W>>>,
}

impl<K, W> Default for Turns<K, W> {
    fn default() -> Self {
        Self {
            lines: Mutex::default(),
        }
    }
}

impl<K: Eq + Hash + Clone, W> Turns<K, W> {
    /// Puts it in line. Answers a duty where nobody sees to this key yet.
    pub(super) fn join(self: &Arc<Self>, key: K, item: W) -> Option<Duty<K, W>> {
        let mut lines = self.lines();
        if let Some(line) = lines.get_mut(&key) {
            line.push(item);
            return None;
        }
        lines.insert(key.clone(), vec![item]);
        Some(Duty {
            turns: Arc::clone(self),
            key: Some(key),
        })
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<K, Vec<W>>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Of seeing to all that wait for one key, until none do.
pub(super) struct Duty<K: Eq + Hash + Clone, W> {
    turns: Arc<Turns<K, W>>,
    /// None once it is done.
    key: Option<K>,
}

impl<K: Eq + Hash + Clone, W> Duty<K, W> {
    /// The next turn's; none once nobody waits, which ends the duty.
    pub(super) fn next(&mut self) -> Option<Vec<W>> {
        let key = self.key.as_ref()?;
        let mut lines = self.turns.lines();
        let line = lines.get_mut(key)?;
        if line.is_empty() {
            // Under the lock under which others join, so that nobody counts on who has gone.
            lines.remove(key);
            drop(lines);
            self.key = None;
            return None;
        }
        let most = line.len().min(MOST);
        Some(line.drain(..most).collect())
    }
}

impl<K: Eq + Hash + Clone, W> Drop for Duty<K, W> {
    /// Broken off in the middle: who waits is let go, and who comes finds nobody on duty.
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.turns.lines().remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_while_one_runs_is_taken_with_the_next() {
        let turns = Arc::new(Turns::default());
        let mut duty = turns.join("a", 1).expect("the first sees to it");
        assert_eq!(duty.next(), Some(vec![1]));
        assert!(turns.join("a", 2).is_none());
        assert!(turns.join("a", 3).is_none());
        assert!(turns.join("b", 4).is_some(), "another key waits for nobody");
        assert_eq!(duty.next(), Some(vec![2, 3]));
        assert_eq!(duty.next(), None);
        assert!(turns.join("a", 5).is_some(), "nobody sees to it any more");
    }

    #[test]
    fn a_turn_takes_a_bounded_number_in_their_order() {
        let turns = Arc::new(Turns::default());
        let mut duty = turns.join((), 0).expect("the first sees to it");
        for item in 1..=MOST {
            assert!(turns.join((), item).is_none());
        }
        assert_eq!(duty.next(), Some((0..MOST).collect()));
        assert_eq!(duty.next(), Some(vec![MOST]));
    }

    #[test]
    fn a_duty_that_is_broken_off_leaves_the_key_to_others() {
        let turns = Arc::new(Turns::default());
        let duty = turns.join("a", 1).expect("the first sees to it");
        drop(duty);
        let mut duty = turns.join("a", 2).expect("nobody sees to it");
        assert_eq!(duty.next(), Some(vec![2]));
        assert_eq!(duty.next(), None);
        let later = turns.join("a", 3).expect("nobody sees to it");
        drop(duty);
        assert!(
            turns.join("a", 4).is_none(),
            "a duty that is done takes no other's key away"
        );
        drop(later);
    }
}
