//! What the team itself knows of the customer: attributes, memo, files and tags, and what changes them.
//!
//! All of it is a script, `public/customer/`, and no part of the wasm: this has the places and the
//! buttons.

use leptos::prelude::*;

use crate::client::script::Script;
use crate::client::signals::Memo;
use crate::protocol::{Conversation, Session, SessionStatus};
use crate::ui::components::{Icon, icon, icon_small};
use crate::ui::live::{said, view};
use crate::ui::opening::{at_rest, opens};
use crate::ui::words::{texts, use_texts};

texts! {
    edit: "Edit customer", "แก้ไขข้อมูลลูกค้า", "お客様情報を編集", "編輯客戶資料";
    line_name(name): "LINE: {0}", "LINE: {0}", "LINE：{0}", "LINE：{0}";
    add: "Add", "เพิ่ม", "追加", "新增";
}

static SCRIPT: Script = Script::at("/customer/customer.mjs");

/// What the script is asked for; it knows them by these names.
const EDIT: &str = "edit";
const TAGS: &str = "tags";

/// Has the script fill its places once the console has come to rest.
pub(super) fn start() {
    at_rest(&SCRIPT);
}

/// A place that the script fills.
pub(super) fn place(part: &'static str, conversation: Memo<Conversation>) -> AnyView {
    let room = said(move || conversation.with(|c| c.room.to_string()));
    view! { <sala-customer data-part=part data-room=room></sala-customer> }
}

/// The first of them, which asks again whenever the chat has changed.
pub(super) fn first_place(part: &'static str, conversation: Memo<Conversation>) -> AnyView {
    let room = said(move || conversation.with(|c| c.room.to_string()));
    let rev = said(move || conversation.with(|c| c.rev.to_string()));
    view! { <sala-customer data-part=part data-room=room data-rev=rev></sala-customer> }
}

/// The place of the newest session's steps, which are told with it: they change at once.
pub(super) fn timeline(conversation: Memo<Conversation>) -> AnyView {
    let session = said(move || conversation.with(|c| c.session.as_ref().map(told)));
    view! { <sala-customer data-part="timeline" data-session=session></sala-customer> }
}

/// A session as the script reads it.
fn told(session: &Session) -> String {
    let status = match session.status {
        SessionStatus::Waiting => "waiting",
        SessionStatus::Active => "active",
        SessionStatus::Closed => "closed",
    };
    let owner = session.operator.as_ref().map(|owner| owner.name.as_str());
    let mut told = format!("{status}\n{}", owner.unwrap_or_default());
    let opened = Some(session.opened_at);
    for at in [
        opened,
        session.claimed_at,
        session.first_response_at,
        session.closed_at,
    ] {
        told.push('\n');
        told.push_str(&at.map(|at| at.to_string()).unwrap_or_default());
    }
    told
}

/// LINE's name for a customer who has one of ours.
pub(super) fn lines_name(name: &str) -> String {
    use_texts::<Texts>().line_name(name)
}

/// The pencil beside the customer's name.
pub(super) fn edit_button() -> AnyView {
    let texts = use_texts::<Texts>();
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=texts.edit()
            title=texts.edit()
            on:click=opens(&SCRIPT, EDIT)
        >
            {icon(Icon::Edit)}
        </button>
    }
}

/// What stands behind the tags: more of them.
pub(super) fn tags_button() -> AnyView {
    let texts = use_texts::<Texts>();
    view! {
        <button
            type="button"
            class="button button--small tags__add"
            data-shortcut="l"
            aria-haspopup="dialog"
            aria-expanded="false"
            on:click=opens(&SCRIPT, TAGS)
        >
            {icon_small(Icon::Plus)}
            {texts.add()}
            <kbd aria-hidden="true">"L"</kbd>
        </button>
    }
}
