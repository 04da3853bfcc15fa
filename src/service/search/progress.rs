//! How far the filling of an index is.

use crate::db::search::Corpus;
use crate::db::{Conn, DbError};
use crate::search::segment::made_at;

/// How much of what was there before an index is in it, in percent of the time in which it was
/// written; 100 when all of it is. Nothing was begun: 0.
pub(super) async fn filled_percent(conn: &mut Conn<'_>, corpus: Corpus) -> Result<u64, DbError> {
    let Some(state) = conn.index_state(corpus).await? else {
        return Ok(0);
    };
    let (Some(from), Some(below)) = (state.fill_from, state.fill_below) else {
        return Ok(100);
    };
    let first = conn.first_findable(corpus).await?.unwrap_or(below);
    Ok(percent(made_at(from), made_at(below), made_at(first)))
}

/// How much of the way from `from` down to `to` is done at `at`; less than 100.
fn percent(from: i64, at: i64, to: i64) -> u64 {
    let whole = from.saturating_sub(to).max(1);
    let done = from.saturating_sub(at).clamp(0, whole);
    (done.saturating_mul(100) / whole).unsigned_abs().min(99)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_is_measured_by_time() {
        assert_eq!(percent(1_000, 1_000, 0), 0);
        assert_eq!(percent(1_000, 250, 0), 75);
        assert_eq!(percent(1_000, 0, 0), 99);
        assert_eq!(percent(5, 5, 5), 0);
        assert_eq!(percent(5, 9, 7), 0);
    }
}
