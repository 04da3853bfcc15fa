//! The rail: where one can go, who is on the team, and one's own menu.

mod me;

use leptos::prelude::*;

use super::live::{live, said, view};
use crate::client::signals::Memo;

use self::me::Me;
use crate::client::use_console;
use crate::protocol::OperatorPresence;
use crate::protocol::text::isolated;
use crate::ui::components::{Icon, Logo, OperatorAvatar, icon, presence_word};
use crate::ui::front::ConsolePlace;
use crate::ui::words::{Shared, texts, use_texts};

texts! {
    main_menu: "Main", "เมนูหลัก", "メインメニュー", "主選單";
    search: "Search", "ค้นหา", "検索", "搜尋";
    settings: "Settings", "ตั้งค่า", "設定", "設定";
    simulator: "Simulator", "ตัวจำลอง", "テスト", "模擬器";
    team: "Team", "ทีม", "チーム", "團隊";

    my_menu: "Your status and settings", "สถานะและการตั้งค่าของคุณ", "自分のステータスと設定", "您的狀態與設定";
    my_presence: "Your status", "สถานะของคุณ", "自分のステータス", "您的狀態";
    theme: "Appearance", "ธีม", "テーマ", "外觀";
    theme_auto: "Same as this device", "ตามอุปกรณ์", "端末の設定に合わせる", "與裝置相同";
    theme_light: "Light", "สว่าง", "ライト", "淺色";
    theme_dark: "Dark", "มืด", "ダーク", "深色";
    sign_out: "Sign out", "ออกจากระบบ", "ログアウト", "登出";
    sign_out_loses: "This browser holds messages, files or drafts that were not sent. Signing out deletes them. Sign out?", "เบราว์เซอร์นี้มีข้อความ ไฟล์ หรือฉบับร่างที่ยังไม่ได้ส่ง ซึ่งจะถูกลบเมื่อออกจากระบบ ต้องการออกจากระบบหรือไม่", "このブラウザーには未送信のメッセージ、ファイル、または下書きがあります。ログアウトすると削除されます。ログアウトしますか？", "此瀏覽器中有尚未傳送的訊息、檔案或草稿，登出後將會刪除。要登出嗎？";
}

/// Most colleagues that the rail has room for.
const TEAM_SHOWN: usize = 7;

/// The navigation at the left, at the foot on small screens.
#[component]
pub(super) fn Rail(simulator: bool) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    let store = use_console().store;
    let unread = Memo::new(move || store.counts.with(|counts| counts.unread));
    let href = said(move || {
        ConsolePlace {
            tab: store.tab.get(),
            room: None,
        }
        .href()
    });
    view! {
        <nav class="rail" aria-label=texts.main_menu()>
            <Logo />
            <a class="rail__item" href=href aria-current="page">
                {icon(Icon::Inbox)}
                <span>{shared.inbox()}</span>
                {live(move || {
                    let unread = unread.get();
                    (unread > 0)
                        .then(|| {
                            let label = shared.unread(unread);
                            let shown = if unread > 99 {
                                "99+".to_owned()
                            } else {
                                unread.to_string()
                            };
                            view! {
                                <span class="badge" role="img" aria-label=label>
                                    {shown}
                                </span>
                            }
                        })
                })}
            </a>
            <button type="button" class="rail__item" data-act="/">
                {icon(Icon::Search)}
                <span>{texts.search()}</span>
            </button>
            <a class="rail__item" href="/settings" rel="external">
                {icon(Icon::Gear)}
                <span>{texts.settings()}</span>
            </a>
            {simulator
                .then(|| {
                    view! {
                        <a class="rail__item" href="/_sim" rel="external" target="sala-simulator">
                            {icon(Icon::Phone)}
                            <span>{texts.simulator()}</span>
                        </a>
                    }
                })}
            <Team />
            <Me />
        </nav>
    }
}

/// One of them, with what the pointer tells.
#[component]
fn Colleague(member: OperatorPresence) -> impl IntoView {
    let status = presence_word(member.status);
    let chats = use_texts::<Shared>().chats(member.active_chats);
    let title = format!("{} · {status} · {chats}", isolated(&member.name));
    view! {
        <li>
            <OperatorAvatar
                id=member.id
                name=member.name
                size=30
                presence=Some(member.status)
                title=title.clone()
            />
            <span class="visually-hidden">{title}</span>
        </li>
    }
}

/// Colleagues and whether they are at the desk.
#[component]
fn Team() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let store = use_console().store;
    let colleagues = move || {
        let me = store.me.with(|me| me.id);
        let mut team = store.presence.get();
        team.retain(|member| member.id != me);
        team.truncate(TEAM_SHOWN);
        team
    };
    view! {
        <div class="rail__team">
            <ul aria-label=texts.team()>
                {live(move || {
                    colleagues()
                        .into_iter()
                        .map(|member| view! { <Colleague member /> })
                        .collect_view()
                })}
            </ul>
            <small>{texts.team()}</small>
        </div>
    }
}
