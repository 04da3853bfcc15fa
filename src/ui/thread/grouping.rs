//! Where days begin, which lines belong together, and which of them show their time.

use crate::protocol::message::{Direction, MessageKind, MessageStatus, Sender};
use crate::protocol::{Message, MessageId, Timestamp};
use crate::ui::words::{Zone, day};

/// Lines of one sender within this time form a group.
const GROUP_MS: i64 = 5 * 60_000;

/// How a line stands among its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of a line, and all combinations happen"
)]
pub(crate) struct Standing {
    /// The first line of its day.
    pub new_day: bool,
    /// The first of those that nobody had looked at.
    pub new_line: bool,
    /// What is before it is not loaded.
    pub gap: bool,
    /// Goes on from the line before.
    pub same: bool,
    /// The last of its group: shows the time.
    pub last: bool,
}

/// What a line's standing comes from.
pub(crate) struct Traits {
    id: MessageId,
    /// Not a note and no event.
    is_bubble: bool,
    direction: Direction,
    sender: Sender,
    is_unsent: bool,
    created_at: Timestamp,
}

impl Traits {
    pub(crate) fn of(message: &Message) -> Self {
        Self {
            id: message.id,
            is_bubble: matches!(message.direction, Direction::In | Direction::Out)
                && message.kind != MessageKind::Event,
            direction: message.direction,
            sender: message.sender.clone(),
            is_unsent: message.status == MessageStatus::Unsent,
            created_at: message.created_at,
        }
    }
}

/// The standings of all lines, which are in display order.
pub(crate) fn standings(
    lines: &[Traits],
    zone: Zone,
    first_unread: Option<MessageId>,
    behind_hole: Option<MessageId>,
) -> Vec<Standing> {
    let mut all: Vec<Standing> = Vec::new();
    let mut before: Option<&Traits> = None;
    for line in lines {
        let new_day = before.is_none_or(|b| day(zone, b.created_at) != day(zone, line.created_at));
        let new_line = first_unread == Some(line.id);
        let gap = behind_hole == Some(line.id);
        let same = !new_day && !new_line && !gap && before.is_some_and(|b| belong(b, line));
        if let Some(previous) = all.last_mut() {
            previous.last = !same;
        }
        all.push(Standing {
            new_day,
            new_line,
            gap,
            same,
            last: true,
        });
        before = Some(line);
    }
    all
}

/// Whether two neighbouring lines form a group.
fn belong(a: &Traits, b: &Traits) -> bool {
    a.is_bubble
        && b.is_bubble
        && a.direction == b.direction
        && a.sender == b.sender
        && b.created_at.since(a.created_at) < GROUP_MS
        && a.is_unsent == b.is_unsent
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: u128, minute: i64, direction: Direction) -> Message {
        Message {
            id: MessageId(uuid::Uuid::from_u128(id)),
            client_id: None,
            direction,
            kind: MessageKind::Text,
            text: Some("x".to_owned()),
            sticker: None,
            media: None,
            location: None,
            event: None,
            quote_message_id: None,
            sender: Sender::system(),
            status: MessageStatus::Received,
            error: None,
            edited_at: None,
            created_at: Timestamp(minute * 60_000),
            placed_at: None,
            quotes_unknown: false,
            mentions: Vec::new(),
            quotable: false,
            line: crate::protocol::line_details::LineDetails::default(),
            rev: 0,
        }
    }

    #[test]
    fn a_gap_parts_a_group() {
        let lines = [1, 2, 3].map(|id| Traits::of(&line(id, 1, Direction::In)));
        let all = standings(&lines, Zone::default(), None, Some(lines[1].id));
        let flags: Vec<_> = all.iter().map(|s| (s.gap, s.same, s.last)).collect();
        let wanted = [
            (false, false, true),
            (true, false, false),
            (false, true, true),
        ];
        assert_eq!(flags, wanted);
    }

    #[test]
    fn neighbours_of_one_sender_group_until_time_day_or_news_part_them() {
        let lines = [
            line(1, 0, Direction::In),
            line(2, 1, Direction::In),
            line(3, 2, Direction::Out),
            line(4, 3, Direction::In),
            line(5, 20, Direction::In),
            line(6, 21, Direction::In),
            line(7, 1_440, Direction::In),
        ];
        let unread = Some(lines[5].id);
        let lines: Vec<Traits> = lines.iter().map(Traits::of).collect();
        let all = standings(&lines, Zone::default(), unread, None);
        let flags: Vec<_> = all
            .iter()
            .map(|s| (s.new_day, s.new_line, s.same, s.last))
            .collect();
        assert_eq!(
            flags,
            [
                (true, false, false, false),
                (false, false, true, true),
                (false, false, false, true),
                (false, false, false, true),
                (false, false, false, true),
                (false, true, false, true),
                (true, false, false, true),
            ]
        );
    }
}
