//! What the demo's team has prepared: canned replies and tags.

use crate::protocol::{Operator, TagId};
use crate::service::ServiceError;
use crate::service::canned::CannedDraft;
use crate::service::tags::TagDraft;
use crate::state::AppState;

/// Shortcut, title, text, category; the team shares all of them.
const REPLIES: [(&str, &str, &str, &str); 8] = [
    (
        "ส่ง",
        "ค่าส่ง",
        "คุณ{name} ค่าส่ง 50 บาท ถึงใน 2 วันทำการค่ะ\nส่งของวันที่ {date} ค่ะ — {operator}",
        "การส่ง",
    ),
    (
        "ส่งด่วน",
        "ส่งด่วนในเมือง",
        "ส่งด่วนในเมือง 120 บาท ถึงภายในวันนี้ค่ะ",
        "การส่ง",
    ),
    (
        "คืนสินค้า",
        "การคืนสินค้า",
        "คุณ{name} ส่งคืนได้ภายใน 7 วันหลังได้รับของค่ะ",
        "หลังการขาย",
    ),
    (
        "hello",
        "Greeting",
        "Hello {name}, this is {operator} at {channel}. How can I help?",
        "Greetings",
    ),
    (
        "ship-abroad",
        "Shipping abroad",
        "EMS takes 7 to 10 days. For two scarves that is 950 baht.",
        "Shipping",
    ),
    (
        "営業時間",
        "営業時間のご案内",
        "{name}さん、お問い合わせありがとうございます。\n営業時間は毎日9時から18時までです。",
        "ご案内",
    ),
    (
        "返品",
        "返品のご案内",
        "到着後7日以内でしたら返品を承ります。",
        "ご案内",
    ),
    (
        "退貨",
        "退貨說明",
        "{name} 您好，退貨會在三個工作天內處理。",
        "售後",
    ),
];

/// Name and colour.
const TAGS: [(&str, &str); 7] = [
    ("VIP", "gold"),
    ("Order", "blue"),
    ("Delivery", "clay"),
    ("Stock", "teal"),
    ("Dealer", "plum"),
    ("ผ้าไหม", "rose"),
    ("返品", "clay"),
];

/// Which chats are marked with what, by the customer's name and places among the tags.
const MARKED: [(&str, &[usize]); 7] = [
    ("ณัฐธิดา ใจดี", &[0, 1, 5]),
    ("ก้อย Ploy 🌿", &[2]),
    ("田中 健太", &[3]),
    ("林怡君", &[6]),
    ("Chanon W.", &[0, 4, 1]),
    ("佐藤 美和", &[1]),
    ("วิชัย พงษ์สุวรรณ", &[1]),
];

/// Which tags the chat with this customer has.
pub(super) fn tags_of(customer: &str, tags: &[TagId]) -> Vec<TagId> {
    let marked = MARKED.iter().find(|(name, _)| *name == customer);
    let places = marked.map_or(&[][..], |(_, places)| places);
    places
        .iter()
        .filter_map(|at| tags.get(*at).copied())
        .collect()
}

/// Makes all of it, in an administrator's name; answers the tags by their place here.
pub(super) async fn furnish(
    state: &AppState,
    admin: &Operator,
) -> Result<Vec<TagId>, ServiceError> {
    for (shortcut, title, text, category) in REPLIES {
        let draft = CannedDraft {
            id: None,
            shortcut: shortcut.to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
            category: Some(category.to_owned()),
            shared: true,
        };
        state.canned.save(admin, draft).await?;
    }
    let mut tags = Vec::with_capacity(TAGS.len());
    for (name, color) in TAGS {
        let draft = TagDraft {
            id: None,
            name: name.to_owned(),
            color: color.to_owned(),
        };
        tags.push(state.tags.save(admin, draft).await?.id);
    }
    Ok(tags)
}
