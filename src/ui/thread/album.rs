//! Albums: pictures that a customer sent together stand in one grid, at the place of the one that
//! came first. A later one joins it there, and the lines around it stay.

use crate::client::order::in_order;
use crate::client::signals::{Memo, StoredValue};
use crate::client::{Entry, EntryKey, SortedMap, Thread};
use crate::protocol::message::{Direction, Media, MediaState};
use crate::protocol::{MessageId, MessageStatus};
use crate::ui::window::Window;

/// A picture of an album.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// Its message.
    pub id: MessageId,
    pub media: Media,
    /// Place in the album from 1; older phones do not say.
    index: Option<u32>,
}

/// An album as far as it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Album {
    /// In the customer's order, else as they came.
    pub pictures: Vec<Picture>,
    /// How many there will be at least, as far as is known.
    pub total: usize,
}

/// The albums among the lines on the page.
#[derive(Clone, Copy)]
pub(super) struct Albums {
    all: Memo<SortedMap<String, Album>>,
    /// The lines on the page without pictures that stand in another's grid.
    pub lines: Memo<Vec<EntryKey>>,
}

impl Albums {
    /// Watches the lines on the page.
    pub(super) fn watch(thread: StoredValue<Thread>, window: Window<EntryKey>) -> Self {
        let all = Memo::new(move || {
            let entries = thread.with_value(|thread| thread.entries.clone());
            let parts = window.shown.with(|keys| {
                let rows = keys.iter().filter_map(|key| entries.row(key));
                rows.filter_map(|row| {
                    // What is no part of an album never becomes one, and is not watched.
                    row.with_untracked(part_of)?;
                    row.with(part_of)
                })
                .collect()
            });
            gather(parts)
        });
        let lines = Memo::new(move || {
            let joined = all.with(joined);
            let mut lines = window.shown.get();
            if !joined.is_empty() {
                lines.retain(|key| !matches!(key, EntryKey::Message(id) if joined.contains(id)));
            }
            lines
        });
        Self { all, lines }
    }

    /// The album with LINE's id; tracks all of them.
    pub(super) fn get(self, set: &str) -> Album {
        self.all
            .with(|all| all.get(&set.to_owned()).cloned())
            .unwrap_or_default()
    }

    /// The message in whose place this one stands.
    pub(super) fn place_of(self, id: MessageId) -> MessageId {
        self.all.with(|all| {
            let album = all
                .values()
                .find(|album| album.pictures.iter().any(|p| p.id == id));
            album.and_then(Album::first).unwrap_or(id)
        })
    }
}

impl Album {
    /// The picture that came first; ids grow with arrival.
    fn first(&self) -> Option<MessageId> {
        self.pictures.iter().map(|picture| picture.id).min()
    }
}

/// The albums that these pictures make.
fn gather(parts: Vec<(String, Option<u32>, Picture)>) -> SortedMap<String, Album> {
    let mut all = SortedMap::default();
    for (set, total, picture) in parts {
        let album: &mut Album = all.get_or_insert(set, Album::default());
        let total = total.map_or(0, |total| total as usize);
        album.total = album.total.max(total);
        album.pictures.push(picture);
    }
    for album in all.values_mut() {
        let pictures = std::mem::take(&mut album.pictures);
        album.pictures = in_order(pictures, |a, b| a.order_key().cmp(&b.order_key()));
        album.total = album.total.max(album.pictures.len());
    }
    all
}

/// The pictures that stand in the place of another.
fn joined(all: &SortedMap<String, Album>) -> Vec<MessageId> {
    let mut joined = Vec::new();
    for album in all.values() {
        let first = album.first();
        let others = album.pictures.iter().map(|picture| picture.id);
        joined.extend(others.filter(|id| Some(*id) != first));
    }
    joined
}

impl Picture {
    fn order_key(&self) -> (u32, MessageId) {
        (self.index.unwrap_or(u32::MAX), self.id)
    }
}

/// The album of an entry, how many LINE says it has, and the entry's part in it.
fn part_of(entry: &Entry) -> Option<(String, Option<u32>, Picture)> {
    let message = &entry.message;
    let set = message.line.image_set.as_ref()?;
    let media = message.media.as_ref()?;
    let is_shown = message.direction == Direction::In
        && message.status != MessageStatus::Unsent
        && media.state != MediaState::External;
    is_shown.then(|| {
        let picture = Picture {
            id: message.id,
            media: media.clone(),
            index: set.index,
        };
        (set.id.clone(), set.total, picture)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(id: u128, index: Option<u32>, total: Option<u32>) -> (String, Option<u32>, Picture) {
        let media = Media {
            url: format!("/media/{id}"),
            content_type: String::new(),
            size: 0,
            name: None,
            duration_ms: None,
            preview_url: None,
            width: None,
            height: None,
            state: MediaState::Pending,
        };
        let id = MessageId(uuid::Uuid::from_u128(id));
        ("s".to_owned(), total, Picture { id, media, index })
    }

    fn order(parts: Vec<(String, Option<u32>, Picture)>) -> (Vec<u128>, usize, Vec<u128>) {
        let all = gather(parts);
        let album = all.get(&"s".to_owned()).expect("the album");
        let ids = album.pictures.iter().map(|p| p.id.0.as_u128()).collect();
        let joined = joined(&all).iter().map(|id| id.0.as_u128()).collect();
        (ids, album.total, joined)
    }

    #[test]
    fn an_album_is_in_the_customers_order_wherever_its_pictures_came() {
        let parts = vec![
            part(1, Some(3), Some(4)),
            part(2, Some(1), Some(4)),
            part(3, Some(2), Some(4)),
        ];
        assert_eq!(order(parts), (vec![2, 3, 1], 4, vec![2, 3]));
    }

    #[test]
    fn older_phones_say_no_order_and_pictures_stand_as_they_came() {
        let parts = vec![
            part(7, None, None),
            part(5, None, None),
            part(9, None, None),
        ];
        assert_eq!(order(parts), (vec![5, 7, 9], 3, vec![7, 9]));
    }

    #[test]
    fn one_picture_of_an_album_is_shown_at_once() {
        assert_eq!(order(vec![part(1, Some(2), Some(9))]), (vec![1], 9, vec![]));
        assert_eq!(order(vec![part(1, None, None)]), (vec![1], 1, vec![]));
    }
}
