//! The panel beside the thread: who the customer is and what happened with them.

mod customer;
mod quota_block;

use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub(in crate::ui) use self::customer::Texts as CustomerTexts;
use self::quota_block::QuotaBlock;
use crate::client::signals::{Memo, Signal};
use crate::protocol::{ChannelName, Contact, ContactKind, Conversation, Tag, Timestamp};
use crate::ui::components::{ContactAvatar, Icon, bdi, icon};
use crate::ui::live::{live, press, view};
use crate::ui::words::{Shared, Zone, lang_of, texts, use_texts};

texts! {
    customer: "Customer", "ลูกค้า", "お客様", "客戶";
    // What the customer says of themselves.
    status_message(words): "“{0}”", "“{0}”", "「{0}」", "「{0}」";

    details: "Details", "ข้อมูลลูกค้า", "お客様情報", "客戶資料";
    kind: "Type", "ประเภท", "種類", "類型";
    person: "Person", "บุคคล", "個人", "個人";
    group: "Group", "กลุ่ม", "グループ", "群組";
    several: "Multi-person chat", "แชทหลายคน", "複数人トーク", "多人聊天室";
    line_id: "LINE user ID", "LINE user ID", "LINEユーザーID", "LINE 使用者 ID";
    channel: "Account", "บัญชี", "アカウント", "帳號";
    blocked: "Can receive messages", "การส่งข้อความ", "メッセージ", "訊息";
    blocked_yes: "No, the customer blocked this account", "ส่งข้อความไม่ได้ (ถูกบล็อก)", "送信不可（ブロックされています）", "無法傳送（已被封鎖）";
    thai: "Thai", "ไทย", "タイ語", "泰文";
    japanese: "Japanese", "ญี่ปุ่น", "日本語", "日文";
    chinese: "Chinese", "จีน", "中国語", "中文";
    english: "English", "อังกฤษ", "英語", "英文";
    korean: "Korean", "เกาหลี", "韓国語", "韓文";
    tags: "Tags", "แท็ก", "タグ", "標籤";
}

/// All that Sala knows of the customer of the open chat.
#[component]
pub(super) fn ContactPanel(
    conversation: Memo<Conversation>,
    now: Signal<Timestamp>,
    zone: Signal<Zone>,
    /// Puts the panel away; on small screens it goes back to the thread.
    on_close: Callback<()>,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    customer::start();
    // What a message changes is not shown here.
    let lasting = Memo::new(move || {
        conversation.with(|c| (c.contact.clone(), c.channel.clone(), c.tags.clone()))
    });
    view! {
        <aside class="contact-panel" id="panel" tabindex="-1" aria-label=texts.customer()>
            <header class="pane-head">
                <button
                    type="button"
                    class="icon-button"
                    aria-label=shared.back()
                    title=shared.back()
                    on:click=press(move |_| on_close.run(()))
                >
                    {icon(Icon::Left)}
                </button>
                <h2>{texts.customer()}</h2>
            </header>
            {live(move || lasting.with(|(contact, _, _)| person(texts, contact.clone())))}
            <section>
                <h3>{texts.details()}</h3>
                {live(move || lasting.with(|(contact, channel, _)| facts(texts, contact, channel)))}
                {customer::first_place("attributes", conversation)}
            </section>
            {live(move || lasting.with(|(_, _, list)| tags(texts, list)))}
            <section>{customer::place("memo", conversation)}</section>
            <section>{customer::place("files", conversation)}</section>
            <section>{customer::timeline(conversation)}</section>
            <section>{customer::place("earlier", conversation)}</section>
            <QuotaBlock conversation now zone />
        </aside>
    }
}

/// Picture, name and the profile's own words.
fn person(texts: Texts, contact: Contact) -> AnyView {
    let name = contact.shown_name().to_owned();
    let lang = lang_of(&name, contact.language.as_deref());
    let status = contact
        .status_message
        .clone()
        .filter(|words| !words.is_empty());
    // LINE's name stays in sight below ours.
    let own = contact.name.is_some();
    let lines = own.then(|| customer::lines_name(&contact.display_name));
    let status_lang = status
        .as_deref()
        .and_then(|words| lang_of(words, contact.language.as_deref()));
    view! {
        <section class="person">
            <ContactAvatar contact />
            <h2 class="cut" lang=lang title=name.clone()>
                {bdi(name.clone())}
            </h2>
            {customer::edit_button()}
            {lines.map(|words| view! { <p class="cut">{bdi(words)}</p> })}
            {status.map(|words| view! { <p lang=status_lang>{texts.status_message(&words)}</p> })}
        </section>
    }
    .into_any()
}

/// What LINE and Sala say, as pairs.
fn facts(texts: Texts, contact: &Contact, channel: &ChannelName) -> AnyView {
    let kind = match contact.kind {
        ContactKind::User => texts.person(),
        ContactKind::Group => texts.group(),
        ContactKind::MultiPerson => texts.several(),
    };
    let language = contact
        .language
        .as_deref()
        .map(|tag| language_name(texts, tag));
    let is_user = contact.kind == ContactKind::User;
    view! {
        <dl class="facts">
                {(!is_user).then(|| fact(texts.kind(), kind.to_owned()))}
                {language.map(|language| fact(use_texts::<Shared>().language(), language))}
                {(!channel.is_default()).then(|| fact(texts.channel(), channel.to_string()))}
                {contact
                    .blocked
                    .then(|| fact(texts.blocked(), texts.blocked_yes().to_owned()))}
                <dt>{texts.line_id()}</dt>
                <dd class="facts__id" title=contact.line_user_id.to_string()>{contact.line_user_id.to_string()}</dd>
        </dl>
    }
    .into_any()
}

/// One pair.
fn fact(name: &'static str, value: String) -> AnyView {
    view! {
        <dt>{name}</dt>
        <dd>{value}</dd>
    }
    .into_any()
}

/// A language by its own name in the reader's language; the tag itself when it has none here.
fn language_name(texts: Texts, tag: &str) -> String {
    match tag.split('-').next() {
        Some("th") => texts.thai().to_owned(),
        Some("ja") => texts.japanese().to_owned(),
        Some("zh") => texts.chinese().to_owned(),
        Some("en") => texts.english().to_owned(),
        Some("ko") => texts.korean().to_owned(),
        _ => tag.to_owned(),
    }
}

/// The conversation's tags.
fn tags(texts: Texts, tags: &[Tag]) -> AnyView {
    let shown = tags.iter().map(|tag| {
        view! {
            <span class="tag" data-colour=tag.color.name()>
                {bdi(tag.name.clone())}
            </span>
        }
    });
    view! {
        <section>
            <h3>{texts.tags()}</h3>
            <div class="tags">{shown.collect_view()} {customer::tags_button()}</div>
        </section>
    }
    .into_any()
}
