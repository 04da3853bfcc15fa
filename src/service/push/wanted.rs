//! Whom to tell of what, as a pure function.

use crate::db::push_outbox::PushKind;
use crate::protocol::alerts::{AlertSettings, ClockTime, WaitingAlerts};
use crate::protocol::time::DAY_MS;
use crate::protocol::{Mode, OperatorId, SessionState, Timestamp, Zone};

/// What happened in a chat, and how it stands now.
#[derive(Clone, Debug)]
pub(super) struct Story<'a> {
    /// Where the work on it stands.
    pub(super) state: SessionState,
    /// Who answers.
    pub(super) mode: Mode,
    /// Whether the customer wrote.
    pub(super) inbound: bool,
    /// Whom a note names.
    pub(super) mentions: &'a [OperatorId],
}

/// Why an operator is told of it, if they are.
pub(super) fn wanted(
    operator: OperatorId,
    settings: &AlertSettings,
    story: &Story<'_>,
) -> Option<PushKind> {
    if settings.mentions && story.mentions.contains(&operator) {
        return Some(PushKind::Mention);
    }
    // A program answers, and hands over what it cannot.
    if !story.inbound || story.mode == Mode::Bot {
        return None;
    }
    match story.state {
        SessionState::Waiting { .. } if settings.waiting == WaitingAlerts::All => {
            Some(PushKind::Waiting)
        }
        SessionState::Active { owner, .. } if owner == operator && settings.mine => {
            Some(PushKind::Mine)
        }
        _ => None,
    }
}

/// Whether it is within quiet hours, on the clock of a device.
pub(super) fn is_quiet(settings: &AlertSettings, zone: &str, now: Timestamp) -> bool {
    let Some(quiet) = settings.quiet else {
        return false;
    };
    let local = Zone::parse(zone).unwrap_or_default().local(now);
    let minutes = local.0.rem_euclid(DAY_MS) / 60_000;
    quiet.hold(ClockTime::after_midnight(
        u16::try_from(minutes).unwrap_or_default(),
    ))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::protocol::SessionId;
    use crate::protocol::alerts::QuietHours;

    const MALI: OperatorId = OperatorId(Uuid::from_u128(1));
    const SOMCHAI: OperatorId = OperatorId(Uuid::from_u128(2));

    fn session() -> SessionId {
        SessionId::generate()
    }

    #[test]
    fn each_is_told_of_what_waits_of_their_own_and_of_their_name() {
        let all = AlertSettings::default();
        let none = AlertSettings {
            waiting: WaitingAlerts::None,
            mine: false,
            mentions: false,
            ..AlertSettings::default()
        };
        let waiting = SessionState::Waiting { session: session() };
        let of = |owner| SessionState::Active {
            session: session(),
            owner,
        };
        let closed = SessionState::Closed { session: session() };
        for (state, inbound, mentions, expected) in [
            (waiting, true, &[][..], Some(PushKind::Waiting)),
            (waiting, false, &[], None),
            (of(MALI), true, &[], Some(PushKind::Mine)),
            (of(SOMCHAI), true, &[], None),
            (of(SOMCHAI), false, &[MALI], Some(PushKind::Mention)),
            (of(SOMCHAI), false, &[SOMCHAI], None),
            (closed, true, &[], None),
        ] {
            let mut story = Story {
                state,
                mode: Mode::Human,
                inbound,
                mentions,
            };
            assert_eq!(wanted(MALI, &all, &story), expected, "{story:?}");
            assert_eq!(wanted(MALI, &none, &story), None, "{story:?}");
            story.mode = Mode::Bot;
            let by_bot = expected.filter(|kind| *kind == PushKind::Mention);
            assert_eq!(wanted(MALI, &all, &story), by_bot, "{story:?}");
        }
    }

    #[test]
    fn a_night_is_quiet_where_the_device_is() {
        let settings = AlertSettings {
            quiet: Some(QuietHours {
                from: "22:00".parse().expect("a time"),
                to: "07:30".parse().expect("a time"),
            }),
            ..AlertSettings::default()
        };
        let at: Timestamp = "2026-11-27T16:00:00.000Z".parse().expect("a time");
        assert!(is_quiet(&settings, "420", at), "23:00 in Bangkok");
        assert!(!is_quiet(&settings, "0", at));
        assert!(!is_quiet(&settings, "nonsense", at), "as in UTC");
        assert!(!is_quiet(&AlertSettings::default(), "420", at));
    }
}
