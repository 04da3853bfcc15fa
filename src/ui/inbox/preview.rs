//! One line of words for any message, for lists, quotes and titles.

use crate::protocol::chosen::Chosen;
use crate::protocol::message::{Direction, EventLine, EventName, MessageKind, MessageStatus};
use crate::protocol::text::isolated;
use crate::protocol::{Contact, ContactKind, Content, Message, OperatorId};
use crate::ui::words::{Shared, texts, use_dates, use_texts};

texts! {
    photo: "Photo", "รูปภาพ", "写真", "照片";
    sticker: "Sticker", "สติกเกอร์", "スタンプ", "貼圖";
    video: "Video", "วิดีโอ", "動画", "影片";
    audio: "Voice message", "ข้อความเสียง", "ボイスメッセージ", "語音訊息";
    file: "File", "ไฟล์", "ファイル", "檔案";
    location: "Location", "ตำแหน่งที่ตั้ง", "位置情報", "位置訊息";
    card: "Card message", "ข้อความการ์ด", "カードタイプメッセージ", "卡片訊息";
    unknown_kind: "Sala cannot show this type of message", "ข้อความชนิดที่แสดงไม่ได้", "表示できない種類のメッセージ", "無法顯示的訊息類型";
    unknown_kind_named(name): "Sala cannot show this type of message (“{0}”)", "ข้อความชนิดที่แสดงไม่ได้ (“{0}”)", "表示できない種類のメッセージ（「{0}」）", "無法顯示的訊息類型（「{0}」）";
    unsent: "The customer unsent a message", "ลูกค้ายกเลิกข้อความ", "お客様がメッセージの送信を取り消しました", "客戶已收回訊息";
    note_said(words): "Note: {0}", "โน้ต: {0}", "メモ：{0}", "備註：{0}";
    you_said(words): "You: {0}", "คุณ: {0}", "自分：{0}", "您：{0}";

    followed(name): "{0} added the account as a friend", "{0} เพิ่มบัญชีนี้เป็นเพื่อน", "{0}さんが友だち追加しました", "{0} 已將此帳號加入好友";
    unfollowed(name): "{0} blocked the account", "{0} บล็อกบัญชีนี้", "{0}さんがブロックしました", "{0} 已封鎖此帳號";
    joined: "The account joined the group", "บัญชีนี้เข้ากลุ่ม", "アカウントがグループに参加しました", "此帳號已加入群組";
    left: "The account was removed from the group", "บัญชีนี้ถูกนำออกจากกลุ่ม", "アカウントがグループから外されました", "此帳號已被移出群組";
    member_joined(name): "{0} joined the group", "{0} เข้ากลุ่ม", "{0}さんがグループに参加しました", "{0} 加入了群組";
    member_left(name): "{0} left the group", "{0} ออกจากกลุ่ม", "{0}さんがグループを退会しました", "{0} 離開了群組";
    postback(name, label): "{0} pressed a button: “{1}”", "{0} กดปุ่ม “{1}”", "{0}さんがボタンを押しました：「{1}」", "{0} 點選了按鈕：「{1}」";
    claimed(name): "{0} claimed this chat", "{0} รับแชทนี้", "{0}さんが対応を開始しました", "{0} 接手了這則對話";
    taken_over(name, from): "{0} took this chat over from {1}", "{0} รับช่วงแชทนี้ต่อจาก {1}", "{1}さんから{0}さんに担当が代わりました", "{0} 從 {1} 接手了這則對話";
    transferred(name, to): "{0} passed this chat to {1}", "{0} โอนแชทนี้ให้ {1}", "{0}さんが{1}さんに引き継ぎました", "{0} 將這則對話轉接給 {1}";
    to_queue(name): "{0} sent this chat back to the queue", "{0} ส่งแชทนี้กลับเข้าคิว", "{0}さんが未対応に戻しました", "{0} 將這則對話退回待處理";
    closed(name): "{0} closed this chat", "{0} ปิดแชทนี้", "{0}さんが対応済みにしました", "{0} 結束了這則對話";
    closed_by_rule: "This chat was closed automatically", "แชทนี้ถูกปิดโดยอัตโนมัติ", "自動で対応済みになりました", "這則對話已自動結束";
    reopened(name): "{0} reopened this chat", "{0} เปิดแชทนี้อีกครั้ง", "{0}さんが再開しました", "{0} 重新開啟了這則對話";
    given_back(name): "{0} can no longer sign in, so this chat went back to the queue", "{0} เข้าสู่ระบบไม่ได้แล้ว แชทนี้จึงกลับเข้าคิว", "{0}さんがログインできなくなったため、未対応に戻りました", "{0} 已無法登入，這則對話退回待處理";
    handed_over: "The bot handed this chat to the team", "บอทส่งต่อแชทนี้ให้ทีม", "ボットからチームに引き継がれました", "機器人已將這則對話轉接給團隊";
    taken_from_bot(name): "{0} let the team answer instead of the bot", "{0} ให้ทีมตอบแทนบอท", "{0}さんが有人対応に切り替えました", "{0} 已切換為真人模式";
    given_to_bot(name): "{0} let the bot answer", "{0} ให้บอทตอบ", "{0}さんがボット対応に切り替えました", "{0} 已切換為機器人模式";
    rated(name, score): "{0} rated this chat {1} of 5", "{0} ให้คะแนนแชทนี้ {1} จาก 5", "{0}さんの評価：5段階中{1}", "{0} 給這則對話 {1} 分（滿分 5 分）";
    assigned(name): "Assigned to {0} automatically", "มอบหมายให้ {0} โดยอัตโนมัติ", "{0}さんに自動で割り当てられました", "已自動指派給 {0}";
    left_waiting(name): "{0} is offline, so this chat went back to the queue", "{0} ออฟไลน์อยู่ แชทนี้จึงกลับเข้าคิว", "{0}さんがオフラインのため、未対応に戻りました", "{0} 已離線，這則對話退回待處理";
    other(what): "LINE reported “{0}”", "LINE แจ้ง “{0}”", "LINEからの通知：「{0}」", "LINE 通知：「{0}」";
    with_note(event, note): "{0}: “{1}”", "{0}: “{1}”", "{0}：「{1}」", "{0}：「{1}」";
    // In a group, who of it came or went without a name; elsewhere see `Shared::someone`.
    member: "Someone", "มีคน", "メンバー", "有人";
}

/// What the message says, without who says it.
pub(crate) fn words(message: &Message, contact: &str) -> String {
    if message.status == MessageStatus::Unsent {
        return use_texts::<Texts>().unsent().to_owned();
    }
    content_words(&message.content(), contact)
}

/// What a content says.
pub(crate) fn content_words(content: &Content, contact: &str) -> String {
    let named = |name: Option<&String>| match name {
        Some(name) if !name.is_empty() => {
            format!("{} · {}", kind_words(content.kind()), isolated(name))
        }
        _ => kind_words(content.kind()).to_owned(),
    };
    match content {
        Content::Text(text) => text.clone(),
        Content::Sticker { sticker, .. } => named(sticker.keywords.first()),
        Content::File(file) => named(file.name.as_ref()),
        Content::Location(place) => named(place.title.as_ref()),
        Content::Unsupported { event, text } => {
            let detail = event.as_ref().and_then(|event| event.detail.as_deref());
            unknown(text.as_deref().or(detail))
        }
        Content::Event { event, .. } => event_words(event, contact),
        Content::Image(_) | Content::Video(_) | Content::Audio(_) => named(None),
        Content::Flex(text) | Content::Template(text) => {
            let text = text.as_ref().filter(|text| !text.is_empty());
            text.map_or_else(|| named(None), String::clone)
        }
        Content::Rest { kind, text } => match (kind, text) {
            (MessageKind::Text | MessageKind::Event, Some(text)) => text.clone(),
            _ => named(None),
        },
    }
}

/// What a kind is called; nothing where its words are all that there is to say.
pub(crate) fn kind_words(kind: MessageKind) -> &'static str {
    let texts = use_texts::<Texts>();
    match kind {
        MessageKind::Text | MessageKind::Event => "",
        MessageKind::Sticker => texts.sticker(),
        MessageKind::Image => texts.photo(),
        MessageKind::Video => texts.video(),
        MessageKind::Audio => texts.audio(),
        MessageKind::File => texts.file(),
        MessageKind::Location => texts.location(),
        MessageKind::Flex | MessageKind::Template => texts.card(),
        MessageKind::Unsupported => texts.unknown_kind(),
    }
}

/// The words for a kind that Sala does not know, with LINE's name for it.
pub(crate) fn unknown(name: Option<&str>) -> String {
    match name {
        Some(name) if !name.is_empty() => use_texts::<Texts>().unknown_kind_named(name),
        _ => kind_words(MessageKind::Unsupported).to_owned(),
    }
}

/// The list's third line: who and what.
pub(crate) fn preview(message: &Message, contact: &Contact, me: OperatorId) -> String {
    let (texts, shared) = (use_texts::<Texts>(), use_texts::<Shared>());
    let words = words(message, contact.shown_name());
    let mine = message.sender.id.as_deref() == Some(me.to_string().as_str());
    match message.direction {
        // A button that a customer pressed says itself who pressed it.
        _ if message.kind == MessageKind::Event => words,
        Direction::Note => texts.note_said(&words),
        Direction::Out if mine => texts.you_said(&words),
        Direction::Out => shared.said(&message.sender.name, &words),
        Direction::In if contact.kind != ContactKind::User => {
            shared.said(&message.sender.name, &words)
        }
        // Our own sentences keep names apart already.
        Direction::In if message.kind == MessageKind::Text => isolated(&words).into_owned(),
        Direction::In | Direction::System => words,
    }
}

/// The date that a customer chose with a button, in the reader's form.
pub(crate) fn chosen(event: &EventLine) -> Option<String> {
    let note = event.note.as_deref()?;
    let chosen = Chosen::read(note).filter(|_| event.name == EventName::Postback);
    chosen.map(|chosen| use_dates().chosen(chosen))
}

/// Which button it was that a customer chose a date with.
pub(crate) fn pressed(message: &Message, contact: &str) -> String {
    let event = message.event.as_ref();
    let detail = event.and_then(|event| event.detail.as_deref());
    use_texts::<Texts>().postback(contact, detail.unwrap_or_default())
}

/// A system line in the reader's language.
pub(crate) fn event_words(event: &EventLine, contact: &str) -> String {
    let texts = use_texts::<Texts>();
    let someone = use_texts::<Shared>().someone();
    let operator = event
        .operator
        .as_ref()
        .map_or(someone, |operator| operator.name.as_str());
    let other = event.to.as_ref().map(|operator| operator.name.as_str());
    let detail = event.detail.as_deref().unwrap_or_default();
    let member = event.detail.as_deref().unwrap_or(texts.member());
    let mut line = match (event.name, other) {
        (EventName::Followed, _) => texts.followed(contact),
        (EventName::Unfollowed, _) => texts.unfollowed(contact),
        (EventName::Joined, _) => texts.joined().to_owned(),
        (EventName::Left, _) => texts.left().to_owned(),
        (EventName::MemberJoined, _) => texts.member_joined(member),
        (EventName::MemberLeft, _) => texts.member_left(member),
        (EventName::Postback, _) => texts.postback(contact, detail),
        (EventName::Claimed, _) | (EventName::TakenOver, None) => texts.claimed(operator),
        (EventName::TakenOver, Some(other)) => texts.taken_over(operator, other),
        (EventName::Transferred, Some(other)) => texts.transferred(operator, other),
        (EventName::Transferred, None) => texts.to_queue(operator),
        (EventName::Closed, _) if event.operator.is_none() => texts.closed_by_rule().to_owned(),
        (EventName::Closed, _) => texts.closed(operator),
        (EventName::Reopened, _) => texts.reopened(operator),
        (EventName::GivenBack, _) => texts.given_back(operator),
        (EventName::HandedOver, _) if event.operator.is_none() => texts.handed_over().to_owned(),
        (EventName::HandedOver, _) => texts.taken_from_bot(operator),
        (EventName::GivenToBot, _) => texts.given_to_bot(operator),
        (EventName::Rated, _) => texts.rated(contact, detail),
        (EventName::Assigned, other) => texts.assigned(other.unwrap_or(someone)),
        (EventName::LeftWaiting, _) => texts.left_waiting(operator),
        (EventName::Other, _) => texts.other(detail),
    };
    if let Some(note) = event.note.as_deref().filter(|note| !note.is_empty()) {
        line = match chosen(event) {
            Some(date) => texts.with_note(&line, &date),
            None => texts.with_note(&line, note),
        };
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::OperatorRef;

    fn transferred(to: Option<&str>) -> EventLine {
        let operator = |name: &str| OperatorRef {
            id: OperatorId(uuid::Uuid::nil()),
            name: name.to_owned(),
        };
        EventLine {
            name: EventName::Transferred,
            operator: Some(operator("Mali")),
            to: to.map(operator),
            note: Some("refund".to_owned()),
            detail: None,
        }
    }

    #[test]
    fn a_date_that_was_chosen_is_in_the_readers_form() {
        let pressed = |note: &str| EventLine {
            name: EventName::Postback,
            operator: None,
            to: None,
            note: Some(note.to_owned()),
            detail: Some("book".to_owned()),
        };
        for (note, shown) in [
            ("date: 2026-11-25", "Wednesday 25 November 2026"),
            ("time: 10:30", "10:30"),
            (
                "datetime: 2026-11-25T10:30",
                "Wednesday 25 November 2026, 10:30",
            ),
            ("status: SUCCESS", "status: SUCCESS"),
        ] {
            let words = event_words(&pressed(note), "Nut");
            assert_eq!(words, format!("Nut pressed a button: “book”: “{shown}”"));
        }
    }

    #[test]
    fn transfers_name_their_target() {
        assert_eq!(
            event_words(&transferred(Some("Ken")), "x"),
            "Mali passed this chat to Ken: “refund”"
        );
        assert_eq!(
            event_words(&transferred(None), "x"),
            "Mali sent this chat back to the queue: “refund”"
        );
    }
}
