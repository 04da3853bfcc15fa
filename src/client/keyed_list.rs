//! A reactive list: its order in one signal, each row in its own.
//!
//! Changing a row wakes neither the list nor the other rows, and moving a row keeps its signal.

use std::sync::{Arc, PoisonError, RwLock};

use super::SortedMap;
use super::order::in_order;
use crate::client::signals::ArcRwSignal;

/// Rows by key, in an order.
#[derive(Debug)]
pub struct KeyedList<K: 'static, T: 'static> {
    order: ArcRwSignal<Vec<K>>,
    /// Locked for single reads and writes only, never while a signal is told.
    rows: Arc<RwLock<SortedMap<K, ArcRwSignal<T>>>>,
}

impl<K, T> Clone for KeyedList<K, T> {
    fn clone(&self) -> Self {
        Self {
            order: self.order.clone(),
            rows: Arc::clone(&self.rows),
        }
    }
}

impl<K, T> Default for KeyedList<K, T>
where
    K: Ord + Clone + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    fn default() -> Self {
        Self {
            order: ArcRwSignal::new(Vec::new()),
            rows: Arc::default(),
        }
    }
}

impl<K, T> KeyedList<K, T>
where
    K: Ord + Clone + Send + Sync + 'static,
    T: Clone + PartialEq + Send + Sync + 'static,
{
    /// The keys in order; tracks the order only.
    pub fn keys(&self) -> Vec<K> {
        self.order.get()
    }

    /// The keys in order, without tracking.
    pub fn keys_untracked(&self) -> Vec<K> {
        self.order.get_untracked()
    }

    /// A row; tracks nothing by itself.
    pub fn row(&self, key: &K) -> Option<ArcRwSignal<T>> {
        self.read().get(key).cloned()
    }

    /// How many rows; tracks the order.
    pub fn len(&self) -> usize {
        self.order.with(Vec::len)
    }

    /// Whether there is no row; tracks the order.
    pub fn is_empty(&self) -> bool {
        self.order.with(Vec::is_empty)
    }

    /// What `read` makes of each row's value, in order, without tracking.
    pub fn read_untracked<R>(&self, read: impl Fn(&T) -> R) -> Vec<R> {
        let keys = self.keys_untracked();
        let rows = self.read();
        let values = keys.iter().filter_map(|key| rows.get(key));
        values.map(|row| row.with_untracked(&read)).collect()
    }

    /// The rows' values in order, without tracking.
    pub fn values_untracked(&self) -> Vec<T> {
        self.read_untracked(T::clone)
    }

    /// Sets a row's value; a row that is not there yet is shown after the next [`Self::arrange`].
    pub fn put(&self, key: K, value: T) {
        let existing = self.row(&key);
        match existing {
            Some(row) => {
                if row.with_untracked(|old| *old != value) {
                    row.set(value);
                }
            }
            None => {
                self.write().insert(key, ArcRwSignal::new(value));
            }
        }
    }

    /// Takes rows away and shows the rest in the same order.
    pub fn retain(&self, mut keep: impl FnMut(&K, &T) -> bool) {
        self.write()
            .retain(|key, row| row.with_untracked(|value| keep(key, value)));
        let rows = self.read().keys().cloned().collect::<Vec<_>>();
        if self.order.with_untracked(Vec::len) != rows.len() {
            self.order
                .update(|order| order.retain(|key| rows.binary_search(key).is_ok()));
        }
    }

    /// Orders all rows by `place`; tells the order's readers only when it changed.
    pub fn arrange<P: Ord>(&self, place: impl Fn(&T) -> P) {
        let rows = self.read();
        let by_place = rows
            .iter()
            .map(|(key, row)| (row.with_untracked(&place), key.clone()));
        let ordered = in_order(by_place, Ord::cmp);
        drop(rows);
        let order: Vec<K> = ordered.into_iter().map(|(_, key)| key).collect();
        if self.order.with_untracked(|old| *old != order) {
            self.order.set(order);
        }
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, SortedMap<K, ArcRwSignal<T>>> {
        self.rows.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, SortedMap<K, ArcRwSignal<T>>> {
        self.rows.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_signal_when_they_move() {
        let list = KeyedList::<&str, i32>::default();
        list.put("a", 1);
        list.put("b", 2);
        list.arrange(|value| *value);
        let a = list.row(&"a").expect("a row");
        list.put("a", 3);
        list.arrange(|value| *value);
        assert_eq!(list.keys_untracked(), ["b", "a"]);
        assert_eq!(a.get_untracked(), 3);
        list.retain(|key, _| *key == "a");
        assert_eq!(list.values_untracked(), [3]);
    }
}
