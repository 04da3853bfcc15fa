//! When an event happened, as far as LINE can be believed.

use crate::protocol::Timestamp;

/// The day that LINE began: nothing happened on it before.
const LINE_BEGAN: Timestamp = Timestamp(1_308_787_200_000);

/// How far LINE's clock may be ahead of ours.
const AHEAD_MS: i64 = 5 * 60 * 1_000;

/// When an event happened: at LINE's time, if that can be, or else when it came; and that was after
/// the `latest` of its chat, even if our clock has been set back since.
pub(super) fn happened(timestamp: Option<i64>, now: Timestamp, latest: Timestamp) -> Timestamp {
    let believable = LINE_BEGAN..=now.plus_ms(AHEAD_MS);
    timestamp
        .map(Timestamp)
        .filter(|at| believable.contains(at))
        .unwrap_or(now.max(latest.plus_ms(1)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_600_000_000);

    #[test]
    fn a_time_that_cannot_be_is_the_time_of_arrival() {
        let ahead = NOW.0 + AHEAD_MS;
        for (said, taken) in [
            (NOW.0 - 5, NOW.0 - 5),
            (ahead, ahead),
            (ahead + 1, NOW.0),
            (LINE_BEGAN.0, LINE_BEGAN.0),
            (LINE_BEGAN.0 - 1, NOW.0),
            (1_000_000_000_000_000, NOW.0),
            (i64::MIN, NOW.0),
            (i64::MAX, NOW.0),
        ] {
            assert_eq!(
                happened(Some(said), NOW, LINE_BEGAN),
                Timestamp(taken),
                "{said}"
            );
        }
        assert_eq!(happened(None, NOW, LINE_BEGAN), NOW);
    }

    #[test]
    fn what_comes_after_a_step_back_of_our_clock_comes_after_what_was_there() {
        let heard = NOW.plus_ms(3_600_000);
        assert_eq!(happened(Some(heard.0 + 5), NOW, heard), heard.plus_ms(1));
        assert_eq!(happened(None, NOW, heard), heard.plus_ms(1));
    }

    proptest! {
        #[test]
        fn what_is_taken_for_the_time_can_be(said in any::<i64>()) {
            let at = happened(Some(said), NOW, LINE_BEGAN);
            prop_assert!(at >= LINE_BEGAN && at <= NOW.plus_ms(AHEAD_MS));
        }
    }
}
