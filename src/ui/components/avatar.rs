//! Customers have pictures, operators have letters.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::client::signals::{Memo, RwSignal, Signal};
use crate::protocol::{Contact, ContactKind, OperatorId, Presence};
use crate::ui::live::{hear, live, said, view, when};
use crate::ui::words::{Shared, use_texts};

/// Backgrounds of letters: white on each has at least 4.5 : 1.
const FACES: [&str; 6] = [
    "linear-gradient(150deg,#12875a,#07593a)",
    "linear-gradient(150deg,#7a55c7,#533094)",
    "linear-gradient(150deg,#c25a20,#8f3a0c)",
    "linear-gradient(150deg,#1c76b8,#0f4f86)",
    "linear-gradient(150deg,#b03a7c,#7b1f54)",
    "linear-gradient(150deg,#5c6f69,#3b4a45)",
];

/// The first letter that stands by itself: Thai vowels written before their consonant are skipped.
fn first_letter(name: &str) -> String {
    name.chars()
        .find(|c| c.is_alphanumeric() && !('\u{0e40}'..='\u{0e44}').contains(c))
        .or_else(|| name.chars().next())
        .map(capital)
        .unwrap_or_default()
}

#[cfg(not(feature = "hydrate"))]
fn capital(letter: char) -> String {
    letter.to_uppercase().to_string()
}

/// The browser knows all capitals; a table of them would go over the network.
#[cfg(feature = "hydrate")]
fn capital(letter: char) -> String {
    let letter = js_sys::JsString::from(letter.to_string());
    String::from(letter.to_upper_case())
}

/// The same face for the same id, on every screen.
fn face(bytes: impl Iterator<Item = u8>) -> &'static str {
    // Of fixed width, since the browser's `usize` is smaller than the server's.
    let sum = bytes.fold(0x811c_9dc5_u32, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    FACES[(sum ^ (sum >> 15)) as usize % FACES.len()]
}

/// As in `data-presence`.
const fn presence_name(presence: Presence) -> &'static str {
    match presence {
        Presence::Online => "online",
        Presence::Away => "away",
        Presence::Busy => "busy",
        Presence::Offline => "offline",
    }
}

/// Whether somebody is at the desk, in a word.
pub(crate) fn presence_word(presence: Presence) -> &'static str {
    let texts = use_texts::<Shared>();
    match presence {
        Presence::Online => texts.online(),
        Presence::Away => texts.away(),
        Presence::Busy => texts.busy(),
        Presence::Offline => texts.offline(),
    }
}

/// An operator's letter on a colour of their own. The name must stand beside it or in `title`.
#[component]
pub(crate) fn OperatorAvatar(
    id: OperatorId,
    #[prop(into)] name: String,
    size: u8,
    #[prop(optional, into)] presence: Signal<Option<Presence>>,
    #[prop(optional)] class: &'static str,
    #[prop(optional, into)] title: Option<String>,
) -> impl IntoView {
    let style = format!(
        "--face:{};--size:{size}px",
        face(id.0.into_bytes().into_iter())
    );
    let class = if class.is_empty() {
        "avatar".to_owned()
    } else {
        format!("avatar {class}")
    };
    view! {
        <span
            class=class
            style=style
            data-presence=said(move || presence.get().map(presence_name))
            title=title
            aria-hidden="true"
        >
            {first_letter(&name)}
        </span>
    }
}

/// The letter of something that has a name and no picture here, such as a LINE account.
#[cfg(feature = "ssr")]
pub(crate) fn letter_avatar(name: &str, size: u8) -> AnyView {
    let style = format!("--face:{};--size:{size}px", face(name.bytes()));
    view! {
        <span class="avatar" style=style aria-hidden="true">
            {first_letter(name)}
        </span>
    }
    .into_any()
}

/// A customer's or group's picture; a letter while there is none or it cannot be had.
#[component]
pub(crate) fn ContactAvatar(
    #[prop(into)] contact: Signal<Contact>,
    /// Stands on the picture's lower right corner: the owner in the list.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let class = said(move || {
        contact.with(|contact| match contact.kind {
            ContactKind::User => "avatar",
            ContactKind::Group | ContactKind::MultiPerson => "avatar avatar--group",
        })
    });
    let style = said(move || {
        contact.with(|contact| {
            let face = face(contact.line_user_id.as_str().bytes());
            format!("--face:{face}")
        })
    });
    let letter = live(move || contact.with(|contact| first_letter(contact.shown_name())));
    let address = Memo::new(move || contact.with(|contact| contact.picture_url.clone()));
    view! {
        <span class=class style=style aria-hidden="true">
            {letter}
            {when(Memo::new(move || address.with(Option::is_some)), move || picture(address))}
            {children.map(|children| children())}
        </span>
    }
}

/// The picture over the letter: hidden while another one than the customer's is in the element. Without
/// its file and with an empty `alt`, nothing hides the letter behind it.
fn picture(address: Memo<Option<String>>) -> AnyView {
    let here = RwSignal::new(address.get_untracked());
    // Its address last: what is said later of how to load it makes the browser begin anew.
    view! {
        <img
            class="avatar__picture"
            alt=""
            loading="lazy"
            decoding="async"
            referrerpolicy="no-referrer"
            src=said(move || address.get())
            hidden=said(move || here.get() != address.get())
            {..hear("load", move |_: Event| here.set(address.get_untracked()))}
            {..hear("error", move |_: Event| here.set(None))}
        />
    }
}

#[cfg(test)]
mod tests {
    use super::first_letter;

    #[test]
    fn letters_are_those_that_people_would_say() {
        assert_eq!(first_letter("มะลิ"), "ม");
        assert_eq!(first_letter("เก่ง"), "ก");
        assert_eq!(first_letter("ken"), "K");
        assert_eq!(first_letter("🌿 Ploy"), "P");
        assert_eq!(first_letter("🌿"), "🌿");
        assert_eq!(first_letter(""), "");
    }
}
