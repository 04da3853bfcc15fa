//! How many files come at a time, of all operators and of one: each takes memory, and the store's
//! time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::protocol::OperatorId;
use crate::service::ServiceError;

/// Files at a time, of all operators.
const AT_ONCE: usize = 32;
/// Of one operator.
const OF_ONE: usize = 10;
/// When to ask again.
const RETRY_AFTER_MS: u64 = 2_000;

/// Who is sending files.
#[derive(Clone, Debug, Default)]
pub(super) struct Allowance(Arc<Mutex<HashMap<OperatorId, usize>>>);

/// Somebody's turn, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    of: OperatorId,
    all: Allowance,
}

impl Allowance {
    fn taken(&self) -> MutexGuard<'_, HashMap<OperatorId, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn take(&self, of: OperatorId) -> Result<Turn, ServiceError> {
        let mut taken = self.taken();
        let of_all: usize = taken.values().sum();
        let of_one = taken.get(&of).copied().unwrap_or(0);
        if of_all >= AT_ONCE || of_one >= OF_ONE {
            let retry_after_ms = RETRY_AFTER_MS;
            return Err(ServiceError::RateLimited { retry_after_ms });
        }
        *taken.entry(of).or_default() += 1;
        drop(taken);
        let all = self.clone();
        Ok(Turn { of, all })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut taken = self.all.taken();
        if let Some(count) = taken.get_mut(&self.of) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.of);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_all_turns_and_each_comes_back() {
        let allowance = Allowance::default();
        let operators: Vec<_> = (0..5).map(|_| OperatorId::generate()).collect();
        let all: Vec<Turn> = operators
            .iter()
            .flat_map(|of| (0..20).filter_map(|_| allowance.take(*of).ok()))
            .collect();
        assert_eq!(all.len(), AT_ONCE);
        let first = all.iter().filter(|turn| turn.of == operators[0]).count();
        assert_eq!(first, OF_ONE);
        drop(all);
        assert!(allowance.taken().is_empty());
        assert!(allowance.take(operators[4]).is_ok());
    }
}
