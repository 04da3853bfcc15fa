//! How each line on the page stands among its neighbours.

use super::album::Albums;
use super::grouping::{Standing, Traits, standings};
use crate::client::signals::{ArcRwSignal, Memo, RwSignal, Signal, StoredValue};
use crate::client::{EntryKey, SortedMap, Thread};
use crate::ui::live::effect;
use crate::ui::words::Zone;

/// The standings of the lines on the page. Only those hear of a change whose standing it changes: one
/// more line is the business of the one before it, and of no other.
#[derive(Clone, Copy)]
pub(super) struct Standings {
    all: Memo<SortedMap<EntryKey, Standing>>,
    told: StoredValue<SortedMap<EntryKey, ArcRwSignal<Standing>>>,
}

impl Standings {
    pub(super) fn of(thread: StoredValue<Thread>, albums: Albums, zone: Signal<Zone>) -> Self {
        let all = Memo::new(move || {
            let thread = thread.get_value();
            let keys = albums.lines.get();
            let rows = keys.iter().filter_map(|key| thread.entries.row(key));
            let lines: Vec<Traits> = rows
                .map(|entry| entry.with(|entry| Traits::of(&entry.message)))
                .collect();
            let first_unread = thread.first_unread.get().map(|id| albums.place_of(id));
            thread.newer.track();
            let behind_hole = thread.behind_hole().map(|id| albums.place_of(id));
            let all = standings(&lines, zone.get(), first_unread, behind_hole);
            keys.into_iter().zip(all).collect()
        });
        let told = StoredValue::new(SortedMap::<EntryKey, ArcRwSignal<Standing>>::new());
        effect(move || {
            all.with(|all: &SortedMap<EntryKey, Standing>| {
                told.update_value(|told| told.retain(|key, _| all.contains_key(key)));
                let lines = told.get_value();
                for (key, line) in lines.iter() {
                    let standing = all.get(key).copied().unwrap_or_default();
                    if line.get_untracked() != standing {
                        line.set(standing);
                    }
                }
            });
        });
        Self { all, told }
    }

    /// The standing of a line that is put on the page.
    pub(super) fn line(self, key: EntryKey) -> RwSignal<Standing> {
        let all = self.all;
        let standing = all.with_untracked(|all| all.get(&key).copied().unwrap_or_default());
        let line = ArcRwSignal::new(standing);
        self.told
            .update_value(|told| told.insert(key, line.clone()));
        RwSignal::from(line)
    }
}
