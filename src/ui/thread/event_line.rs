//! What happened, in the middle of the thread.

use leptos::prelude::*;

use crate::client::signals::Signal;
use crate::protocol::message::EventName;
use crate::protocol::{Contact, Message};
use crate::ui::components::{Icon, icon, icon_small};
use crate::ui::inbox::preview;
use crate::ui::live::{live, said, view};
use crate::ui::words::{Zone, use_dates};

/// The line with its sign and time.
pub(super) fn event_line(message: &Message, contact: &Contact, zone: Signal<Zone>) -> AnyView {
    let dates = use_dates();
    let words = preview::words(message, contact.shown_name());
    let at = message.created_at;
    let time = view! {
        <time datetime=at.to_string() title=said(move || dates.full(at, zone.get()))>
            {live(move || dates.clock(at, zone.get()))}
        </time>
    };
    if let Some(chosen) = message.event.as_ref().and_then(preview::chosen) {
        let pressed = preview::pressed(message, contact.shown_name());
        return view! {
            <div class="postback event">
                {icon(Icon::Calendar)} <b>{chosen}</b> <small>{pressed} " · " {time}</small>
            </div>
        };
    }
    let sign = message
        .event
        .as_ref()
        .map_or(Icon::Check, |event| sign(event.name));
    view! {
        <div class="event">
            {icon_small(sign)}
            <span>
                {words} " · " {time}
            </span>
        </div>
    }
    .into_any()
}

/// The sign of an event.
const fn sign(name: EventName) -> Icon {
    match name {
        EventName::Followed | EventName::Joined | EventName::MemberJoined => Icon::Plus,
        EventName::Unfollowed | EventName::Left => Icon::Block,
        EventName::MemberLeft => Icon::Out,
        EventName::Transferred
        | EventName::TakenOver
        | EventName::GivenBack
        | EventName::Assigned
        | EventName::LeftWaiting => Icon::Swap,
        EventName::Claimed | EventName::Closed | EventName::Reopened => Icon::Check,
        EventName::HandedOver | EventName::GivenToBot => Icon::Bot,
        EventName::Rated => Icon::Smile,
        EventName::Postback | EventName::Other => Icon::Alert,
    }
}
