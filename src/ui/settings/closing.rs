//! Which chats are closed by themselves.

pub(super) mod shown;
mod texts;

use leptos::prelude::*;

use self::shown::{Closing, forms, warning_field};
use self::texts::Texts;
use super::card::{TextField, Unit, Writing, card};
use super::flash::Flash;
use super::words::Words;
use crate::protocol::automatic::Translations;
use crate::protocol::fault::Reason;
use crate::protocol::message::TEXT_MAX_UTF16;
use crate::protocol::preferences::Language;
use crate::protocol::team_settings::Warning;
use crate::ui::words::{Lang, texts_in};

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash,
    refused: |_, _| None,
    field,
    why,
};

/// What the field holds where the rule is off: a day.
const USUAL_MINUTES: u32 = 24 * 60;

/// What its field holds where there is no warning.
const USUAL_BEFORE: u32 = 60;

fn flash(lang: Lang, flash: &Flash) -> Option<String> {
    (flash.key == forms::AUTO_CLOSE).then(|| texts_in::<Texts>(lang).saved().to_owned())
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "on" => texts.on(),
        "after_minutes" => texts.after(),
        "only_if_answered" => texts.only_if_answered(),
        "warn" => texts.warn(),
        "warn.minutes_before" => texts.before(),
        "warn.texts" => texts.warn_texts(),
        "warn.th" => Lang::Th.name(),
        "warn.en" => Lang::En.name(),
        "warn.ja" => Lang::Ja.name(),
        "warn.zh-TW" => Lang::ZhTw.name(),
        _ => return None,
    })
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let wrong = matches!(
        reason,
        Reason::Malformed | Reason::Unknown | Reason::Missing
    );
    let texts = texts_in::<Texts>(lang);
    match field {
        "after_minutes" if wrong => Some(texts.after_wrong()),
        "warn.minutes_before" if wrong => Some(texts.before_wrong()),
        "warn" => Some(texts.warn_missing()),
        _ => None,
    }
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang) -> &'static str {
    texts_in::<Texts>(lang).lead()
}

/// The section.
pub(super) fn view(lang: Lang, writing: &Writing<'_>, shown: &Closing) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let rule = &shown.rule;
    let after = rule.after_minutes.unwrap_or(USUAL_MINUTES).to_string();
    let warning = rule.warn.clone().unwrap_or_else(suggested);
    let before = warning.minutes_before.to_string();
    let warning_in = |language| TextField {
        name: warning_field(language),
        value: warning.texts.get(language).unwrap_or_default(),
        most: u32::try_from(TEXT_MAX_UTF16).ok(),
        optional: true,
        lines: true,
        lang: Some(Lang::of(language)),
        ..TextField::default()
    };
    let form = writing
        .form(forms::AUTO_CLOSE)
        .hidden("version", shown.version.to_string())
        .switch(
            "on",
            Some(texts.on_hint().to_owned()),
            rule.after_minutes.is_some(),
        )
        .text(TextField {
            name: "after_minutes",
            hint: Some(texts.after_hint()),
            value: &after,
            kind: "number",
            unit: Some(Unit::Minutes),
            autocomplete: "off",
            ..TextField::default()
        })
        .switch(
            "only_if_answered",
            Some(texts.only_hint().to_owned()),
            rule.only_if_answered,
        )
        .switch(
            "warn",
            Some(texts.warn_hint().to_owned()),
            rule.warn.is_some(),
        )
        .text(TextField {
            name: "warn.minutes_before",
            hint: Some(texts.before_hint()),
            value: &before,
            kind: "number",
            unit: Some(Unit::Minutes),
            autocomplete: "off",
            ..TextField::default()
        })
        .named_grid(
            "warn.texts",
            texts.warn_texts_hint(),
            Language::ALL.map(warning_in),
        )
        .save();
    card(12, texts.title(), None, form)
}

/// What one may want to say before a chat is closed. It promises no time.
fn suggested() -> Warning {
    let texts = [
        "ไม่ได้รับข้อความจากคุณสักระยะแล้ว แชทนี้จะปิดในอีกสักครู่ หากต้องการสอบถามต่อ ทักมาได้ทางแชทนี้เลยค่ะ",
        "We have not heard from you for a while, so this chat will be closed soon. To go on, just send a message here.",
        "しばらくご返信がないため、まもなく対応を終了いたします。引き続きご用件がございましたら、このトークへお送りください。",
        "由於有一段時間沒有收到您的訊息，這則對話即將結束。若仍需要協助，歡迎隨時在此傳訊息給我們。",
    ];
    let [th, en, ja, zh_tw] = texts.map(|text| Some(text.to_owned()));
    Warning {
        minutes_before: USUAL_BEFORE,
        texts: Translations { th, en, ja, zh_tw },
    }
}
