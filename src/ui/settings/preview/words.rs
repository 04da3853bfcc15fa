//! What stands on the customer's phone, in the customer's language, for the server and its script.

use std::collections::BTreeMap;

use serde::Serialize;

use self::phone::Texts as PhoneTexts;
use super::texts::Texts;
use super::{Before, Preview};
use crate::protocol::preferences::Language;
use crate::ui::words::{Lang, texts_in};

/// The phone's own words.
pub(super) mod phone {
    use crate::ui::words::texts;

    texts! {
        today: "Today", "วันนี้", "今日", "今天";
        read: "Read", "อ่านแล้ว", "既読", "已讀";
        write: "Message", "พิมพ์ข้อความ", "メッセージを入力", "輸入訊息";
        question: "Hello, what time do you open?", "สวัสดีค่ะ ร้านเปิดกี่โมงคะ", "こんにちは。何時から営業していますか？", "您好，請問幾點開始營業？";
        wish: "I would like to speak to a person, please.", "ขอคุยกับเจ้าหน้าที่ค่ะ", "担当者の方とお話ししたいのですが。", "我想請真人客服協助。";
        thanks: "Thank you very much.", "ขอบคุณมากค่ะ", "ありがとうございました。", "非常感謝！";
    }
}

/// What the customer writes before a text, in their language.
pub(super) fn said_before(before: Before, language: Language) -> Option<&'static str> {
    let texts = texts_in::<PhoneTexts>(Lang::of(language));
    match before {
        Before::Silence => None,
        Before::Question => Some(texts.question()),
        Before::Wish => Some(texts.wish()),
        Before::Thanks => Some(texts.thanks()),
    }
}

/// All that the script puts on the page; `preview.mjs` has the same names.
#[derive(Serialize)]
struct Words {
    instead: String,
    used: String,
    empty: &'static str,
    /// By what stands before the language in the names of fields.
    titles: BTreeMap<&'static str, &'static str>,
    /// By the languages in the names of fields.
    phones: BTreeMap<&'static str, Phone>,
}

/// A phone in one language.
#[derive(Serialize)]
struct Phone {
    /// For `lang`.
    lang: &'static str,
    name: &'static str,
    today: &'static str,
    read: &'static str,
    write: &'static str,
    /// What the customer writes before a text, by its fields.
    before: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    buttons: Option<[&'static str; 5]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thanks: Option<&'static str>,
}

fn phone_in(language: Language, preview: &Preview<'_>) -> Phone {
    let lang = Lang::of(language);
    let texts = texts_in::<PhoneTexts>(lang);
    let answers = preview
        .question
        .map(|question| (question.answers)(language));
    let before = preview.texts.iter().filter_map(|text| {
        let said = said_before(text.before, language)?;
        Some((text.field, said))
    });
    Phone {
        lang: lang.tag(),
        name: lang.name(),
        today: texts.today(),
        read: texts.read(),
        write: texts.write(),
        before: before.collect(),
        buttons: answers.map(|answers| answers.buttons),
        thanks: answers.map(|answers| answers.thanks),
    }
}

/// As JSON that may stand inside a `<script>`.
pub(super) fn to_script(texts: Texts, preview: &Preview<'_>) -> String {
    let titles = preview.texts.iter().map(|text| (text.field, text.title));
    let phones = Language::ALL.map(|language| (language.tag(), phone_in(language, preview)));
    let words = Words {
        instead: texts.instead("{0}", "{1}"),
        used: texts.used("{0}", "{1}"),
        empty: texts.empty(),
        titles: titles.collect(),
        phones: phones.into(),
    };
    // Without them the script leaves the page as it is.
    let json = serde_json::to_string(&words).unwrap_or_default();
    json.replace('<', "\\u003c")
}
