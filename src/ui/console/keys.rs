//! The keyboard: single signs outside fields, and what the scripts and buttons of the console have
//! done by the names of these keys.

mod deeds;
mod meant;
mod panes;

use leptos::prelude::StoredValue as LocalValue;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{CustomEvent, Element, Event, KeyboardEvent};

use self::deeds::Deeds;
use self::meant::meant;
use self::panes::{around, in_field, next_pane};
use super::parts::Part;
use crate::client::signals::StoredValue;
use crate::ui::front::Address;
use crate::ui::live::effect;

/// What a script asks for; its detail is the name of a key, or words that begin with one.
const ACT: &str = "sala-act";
/// After G the next key counts for so long, in milliseconds.
const SECOND_KEY_MS: f64 = 1_500.0;
/// So long after a field has gone that was written in, a letter was meant for it, in milliseconds.
const FIELD_GONE_MS: f64 = 500.0;

/// Listens from the moment the browser has taken over until the console goes.
pub(super) fn listen_to_keys(address: Address) {
    let keys = Keys {
        deeds: Deeds::new(address),
        after_g: StoredValue::new(None),
        written: StoredValue::new(None),
    };
    let keys = StoredValue::new(keys);
    effect(move || {
        let pressed = window_event_listener(leptos::ev::keydown, move |event| {
            keys.try_with_value(|keys| keys.press(&event));
        });
        let asked = move |event: Event| {
            if let Some(what) = asked(&event) {
                keys.try_with_value(|keys| keys.deeds.act(&what));
            }
        };
        let acts = window_event_listener_untyped(ACT, asked);
        let clicks = window_event_listener_untyped("click", asked);
        on_cleanup(move || {
            pressed.remove();
            acts.remove();
            clicks.remove();
        });
        if window()
            .location()
            .hash()
            .is_ok_and(|hash| hash == "#search")
        {
            keys.with_value(|keys| keys.deeds.act("/"));
        }
    });
}

/// What a script's event or a pressed button asks for.
fn asked(event: &Event) -> Option<String> {
    match event.dyn_ref::<CustomEvent>() {
        Some(event) => event.detail().as_string(),
        None => around(event, "[data-act]")?.get_attribute("data-act"),
    }
}

/// What is known of the keys so far.
struct Keys {
    deeds: Deeds,
    /// When G was pressed.
    after_g: StoredValue<Option<f64>>,
    /// When something was last written, and in which field.
    written: StoredValue<Option<Written>>,
}

/// Made in the browser only: an element may not cross the server's threads.
type Written = (f64, LocalValue<Option<Element>, LocalStorage>);

impl Keys {
    fn press(&self, event: &KeyboardEvent) {
        // Keys of an input method come with this number, also where none says that it composes.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let (key, field) = (event.key(), in_field(event));
        if field {
            self.note_written(event);
            // Most keys are letters of a text, and each costs what is asked about it.
            let is_letter = key.chars().nth(1).is_none();
            if is_letter && !event.ctrl_key() && !event.meta_key() && !event.alt_key() {
                return;
            }
        }
        // AltGr, by which some keyboards write `[`, looks like Ctrl and Alt.
        let writes = event.get_modifier_state("AltGraph");
        let command = !writes && (event.ctrl_key() || event.meta_key());
        let alt = !writes && event.alt_key();
        let shift = event.shift_key();
        let code = event.code();
        let sign = meant(&key, &code, shift);
        let is_palette = command && !alt && !shift && sign == Some('k');
        let step = match key.as_str() {
            "ArrowDown" if alt && !command && !shift => Some(1),
            "ArrowUp" if alt && !command && !shift => Some(-1),
            _ => None,
        };
        // Whoever writes does not wait for a search of the page.
        let held = is_palette || step.is_some();
        let everywhere = held || matches!(key.as_str(), "F6" | "Escape");
        if (field && !everywhere) || ((command || alt) && !held) {
            return;
        }
        // An open dialog or menu takes its keys itself.
        if document()
            .query_selector("dialog[open], [popover]:popover-open")
            .is_ok_and(|found| found.is_some())
        {
            return;
        }
        let taken = match key.as_str() {
            _ if is_palette => self.deeds.open(Part::Palette, ""),
            _ if step.is_some() => step.is_some_and(|by| self.deeds.step(by)),
            "F6" => next_pane(shift),
            "Escape" => self.deeds.escape(event),
            // Whoever dictates or bumps into keys may do without them.
            _ if self.deeds.console.store.keys.no_single_keys || self.is_meant_elsewhere(event) => {
                false
            }
            _ => sign.is_some_and(|sign| self.sign(sign, shift, event.time_stamp())),
        };
        if taken {
            event.prevent_default();
        }
    }

    fn note_written(&self, event: &KeyboardEvent) {
        let field = around(event, "input, textarea, [contenteditable]");
        let at = event.time_stamp();
        let slot = self.written.get_value().map(|(_, slot)| slot);
        let slot = slot.unwrap_or_else(|| LocalValue::new_local(None));
        slot.set_value(field);
        self.written.set_value(Some((at, slot)));
    }

    /// Whether a letter was meant for a field that went in this moment, or for a part that is
    /// on its way.
    fn is_meant_elsewhere(&self, event: &KeyboardEvent) -> bool {
        self.deeds.loading.get_untracked()
            || self.written.get_value().is_some_and(|(at, slot)| {
                event.time_stamp() - at < FIELD_GONE_MS
                    && slot.with_value(|field| {
                        field.as_ref().is_some_and(|field| !field.is_connected())
                    })
            })
    }

    /// A sign that was typed; says whether it did something.
    fn sign(&self, sign: char, shift: bool, at: f64) -> bool {
        let after_g = self.after_g.get_value();
        self.after_g
            .set_value((sign == 'g' && !shift).then_some(at));
        if after_g.is_some_and(|g| at - g < SECOND_KEY_MS) {
            self.after_g.set_value(None);
            return self.deeds.go(sign);
        }
        self.deeds.letter(sign, shift)
    }
}
