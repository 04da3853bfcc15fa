//! Whoever types on has no use for what was looked for before: an operator's next search ends the
//! one that is under way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::protocol::OperatorId;

/// How many searches each operator has begun.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Mutex<HashMap<OperatorId, u64>>>);

/// An operator's search.
pub(super) struct Turn {
    turns: Turns,
    operator: OperatorId,
    number: u64,
}

impl Turns {
    /// Begins an operator's next search.
    pub(super) fn begin(&self, operator: OperatorId) -> Turn {
        let mut begun = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = begun.entry(operator).or_default();
        *number += 1;
        Turn {
            turns: self.clone(),
            operator,
            number: *number,
        }
    }
}

impl Turn {
    /// Whether the operator has begun no other one since.
    pub(super) fn is_current(&self) -> bool {
        let begun = self.turns.0.lock().unwrap_or_else(PoisonError::into_inner);
        begun.get(&self.operator) == Some(&self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_search_of_the_same_operator_ends_the_one_before() {
        let turns = Turns::default();
        let (mali, nok) = (OperatorId::generate(), OperatorId::generate());
        let (first, other) = (turns.begin(mali), turns.begin(nok));
        assert!(first.is_current());
        let second = turns.begin(mali);
        assert!(!first.is_current() && second.is_current() && other.is_current());
    }
}
