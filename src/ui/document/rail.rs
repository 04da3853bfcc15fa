//! The rail beside a document: the console's, without script.

use leptos::prelude::*;

use crate::protocol::text::isolated;
use crate::protocol::{Operator, OperatorPresence};
use crate::ui::components::{Icon, Logo, OperatorAvatar, icon, presence_word};
use crate::ui::front::{PageFacts, RailEntry};
use crate::ui::rail::Texts;
use crate::ui::words::{Shared, texts_in};

/// Most colleagues that the rail has room for.
const TEAM_SHOWN: usize = 7;

/// What stands around every document of somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// Who reads.
    pub me: Operator,
    /// What they have not read, of all chats that are theirs to read.
    pub unread: u32,
    /// Who is at the desk.
    pub team: Vec<OperatorPresence>,
    /// Whether the simulator is there.
    pub simulator: bool,
}

/// The navigation at the left, at the foot on small screens.
pub(crate) fn rail(facts: PageFacts, frame: &Frame, here: RailEntry) -> impl IntoView + use<> {
    let texts = texts_in::<Texts>(facts.lang);
    let shared = texts_in::<Shared>(facts.lang);
    let current = |entry: RailEntry| (entry == here).then_some("page");
    let badge = (frame.unread > 0).then(|| {
        let label = shared.unread(frame.unread);
        let shown = if frame.unread > 99 {
            "99+".to_owned()
        } else {
            frame.unread.to_string()
        };
        view! {
            <span class="badge" role="img" aria-label=label>
                {shown}
            </span>
        }
    });
    let simulator = frame.simulator.then(|| {
        view! {
            <a class="rail__item" href="/_sim" target="sala-simulator">
                {icon(Icon::Phone)}
                <span>{texts.simulator()}</span>
            </a>
        }
    });
    view! {
        <nav class="rail" aria-label=texts.main_menu()>
            <Logo />
            <a class="rail__item" href="/" aria-current=current(RailEntry::Inbox)>
                {icon(Icon::Inbox)}
                <span>{shared.inbox()}</span>
                {badge}
            </a>
            <a class="rail__item" href="/#search">
                {icon(Icon::Search)}
                <span>{texts.search()}</span>
            </a>
            <a class="rail__item" href="/settings" aria-current=current(RailEntry::Settings)>
                {icon(Icon::Gear)}
                <span>{texts.settings()}</span>
            </a>
            {simulator}
            {team(facts, frame)}
            {me(frame)}
        </nav>
    }
}

fn team(facts: PageFacts, frame: &Frame) -> impl IntoView + use<> {
    let texts = texts_in::<Texts>(facts.lang);
    let me = frame.me.id;
    let colleagues = frame.team.iter().filter(|member| member.id != me);
    let team: Vec<_> = colleagues
        .take(TEAM_SHOWN)
        .map(|member| {
            let status = presence_word(member.status);
            let title = format!("{} · {status}", isolated(&member.name));
            let presence = Some(member.status);
            view! {
                <li>
                    <OperatorAvatar
                        id=member.id
                        name=member.name.clone()
                        size=30
                        presence
                        title=title.clone()
                    />
                    <span class="visually-hidden">{title}</span>
                </li>
            }
        })
        .collect();
    view! {
        <div class="rail__team">
            <ul aria-label=texts.team()>{team}</ul>
            <small>{texts.team()}</small>
        </div>
    }
}

fn me(frame: &Frame) -> impl IntoView + use<> {
    let presence = frame.team.iter().find(|member| member.id == frame.me.id);
    let presence = presence.map(|member| member.status);
    let name = frame.me.name.clone();
    view! {
        <div class="rail__me">
            <OperatorAvatar
                id=frame.me.id
                name=name.clone()
                size=38
                presence
                title=isolated(&name).into_owned()
            />
        </div>
    }
}
