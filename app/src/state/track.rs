//! Which reader depends on which key: reactive reading of plain maps.

use std::cell::RefCell;

use leptos::prelude::{ArcTrigger, Notify, Track};
use takar_domain::sorted::Map;

/// One trigger per key that somebody read.
pub struct Tracks<K>(RefCell<Map<K, ArcTrigger>>);

impl<K: Ord> Default for Tracks<K> {
    fn default() -> Self {
        Self(RefCell::new(Map::new()))
    }
}

impl<K: Ord + Clone> Tracks<K> {
    /// The running effect or memo depends on `key` from now on.
    pub fn track(&self, key: &K) {
        let trigger = self.0.borrow_mut().entry(key.clone()).or_default().clone();
        trigger.track();
    }

    /// Readers of `key` run again.
    pub fn notify(&self, key: &K) {
        // Readers may track while they run: the map is free by then.
        let trigger = self.0.borrow().get(key).cloned();
        if let Some(trigger) = trigger {
            trigger.notify();
        }
    }
}
