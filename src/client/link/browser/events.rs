//! What the browser reports: time, network, visibility.

use std::time::Duration;

use leptos::ev::{self, Custom};
use leptos::prelude::*;

use super::Link;
use crate::client::engine::Input;
use crate::client::{clock, reducer, tabs};

/// How often the screen's time moves.
const SECOND: Duration = Duration::from_secs(1);

impl Link {
    /// Listens until the present owner goes.
    pub(super) fn listen(&self) {
        self.store.zone.set(Some(clock::zone()));
        self.listen_to_files();
        self.listen_to_lists();
        let link = self.clone();
        on_window("online", move || link.feed(Input::Online));
        let link = self.clone();
        on_window("offline", move || link.feed(Input::Offline));
        let link = self.clone();
        // Bubbles from the document to the window.
        on_window("visibilitychange", move || {
            if document().hidden() {
                link.take_gathered();
            } else {
                link.feed(Input::Visible);
            }
        });
        let tabs = tabs::Tabs::join(&self.store);
        let link = self.clone();
        let second = move || {
            reducer::tick(&link.store, link.server_time(clock::now()));
            tabs.tick();
        };
        if let Ok(seconds) = set_interval_with_handle(second, SECOND) {
            on_cleanup(move || seconds.clear());
        }
        if !window().navigator().on_line() {
            self.feed(Input::Offline);
        }
    }
}

fn on_window(name: &'static str, heard: impl Fn() + 'static) {
    let handle = window_event_listener(Custom::<ev::CustomEvent>::new(name), move |_| heard());
    on_cleanup(move || handle.remove());
}
