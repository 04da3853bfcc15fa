//! Whom a note names.

use crate::protocol::sending::MENTIONS_MAX;
use crate::protocol::{OperatorId, OperatorPresence};

/// The colleagues whose names stand behind an `@` in a note, each once: of two names of which one
/// begins the other the longer one is meant. Input methods of Japanese and Chinese type a wide `＠`.
pub(crate) fn mentioned(note: &str, team: &[OperatorPresence], me: OperatorId) -> Vec<OperatorId> {
    let mut all = Vec::new();
    for name in note.split(['@', '＠']).skip(1) {
        let called = |person: &&OperatorPresence| name.starts_with(person.name.as_str());
        let length = team.iter().filter(called).map(|it| it.name.len()).max();
        for person in team.iter().filter(called) {
            let is_new = person.id != me && !all.contains(&person.id);
            if is_new && Some(person.name.len()) == length && all.len() < MENTIONS_MAX {
                all.push(person.id);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Presence;

    fn person(number: u128, name: &str) -> OperatorPresence {
        OperatorPresence {
            id: OperatorId(uuid::Uuid::from_u128(number)),
            name: name.to_owned(),
            status: Presence::Online,
            active_chats: 0,
        }
    }

    #[test]
    fn who_is_named_is_told_once_and_the_longer_name_is_meant() {
        let team = [
            person(1, "Mali"),
            person(2, "Mali S."),
            person(3, "สมชาย"),
            person(4, "美咲"),
        ];
        let named = |note: &str| -> Vec<u128> {
            let ids = mentioned(note, &team, OperatorId(uuid::Uuid::from_u128(4)));
            ids.iter().map(|id| id.0.as_u128()).collect()
        };
        assert_eq!(named("ฝาก @สมชายค่ะ @Mali @Mali"), [3, 1]);
        assert_eq!(named("＠Mali S. please"), [2]);
        assert_eq!(named("mali@example.com, @mali, Mali"), Vec::<u128>::new());
        assert_eq!(named("@美咲"), Vec::<u128>::new(), "oneself");
        assert_eq!(named(""), Vec::<u128>::new());
    }
}
