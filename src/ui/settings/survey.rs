//! The satisfaction survey: the question after a chat.

pub(super) mod shown;
mod texts;

use leptos::prelude::*;

use self::shown::{SurveyShown, forms, question_field};
use self::texts::Texts;
use super::card::{TextField, Unit, Writing, card};
use super::flash::Flash;
use super::preview::{self, Before, Preview, Question, Text, typed};
use super::words::Words;
use crate::protocol::automatic::Translations;
use crate::protocol::fault::Reason;
use crate::protocol::preferences::Language;
use crate::ui::words::{Lang, texts_in};

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash,
    refused: |_, _| None,
    field,
    why,
};

/// Most characters of a question.
const QUESTION_MAX: u32 = 400;

fn flash(lang: Lang, flash: &Flash) -> Option<String> {
    (flash.key == forms::SURVEY).then(|| texts_in::<Texts>(lang).saved().to_owned())
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "on" => texts.on(),
        "wait_minutes" => texts.wait(),
        "spend_quota" => texts.spend(),
        forms::QUESTIONS => texts.question(),
        "questions.th" => Lang::Th.name(),
        "questions.en" => Lang::En.name(),
        "questions.ja" => Lang::Ja.name(),
        "questions.zh-TW" => Lang::ZhTw.name(),
        _ => return None,
    })
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    match (field, reason) {
        ("wait_minutes", _) => Some(texts.wait_wrong()),
        (forms::QUESTIONS, _) => Some(texts.question_missing()),
        (field, Reason::TooLong) if field.starts_with("questions.") => Some(texts.question_long()),
        _ => None,
    }
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang) -> &'static str {
    texts_in::<Texts>(lang).lead()
}

/// The section.
pub(super) fn view(lang: Lang, writing: &Writing<'_>, shown: &SurveyShown) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let survey = &shown.survey;
    let questions = if shown.version == 0 {
        suggested()
    } else {
        survey.questions.clone()
    };
    let wait = survey.wait_minutes.to_string();
    let question_in = |language| TextField {
        name: question_field(language),
        value: questions.get(language).unwrap_or_default(),
        most: Some(QUESTION_MAX),
        optional: true,
        lines: true,
        lang: Some(Lang::of(language)),
        ..TextField::default()
    };
    let mut form = writing
        .form(forms::SURVEY)
        .hidden("version", shown.version.to_string());
    if shown.version == 0 {
        form = form.row(view! { <p class="hint">{texts.none_kept()}</p> });
    }
    let text = Text {
        field: forms::QUESTIONS,
        title: texts.question(),
        on: form.is_on("on", survey.on),
        before: Before::Thanks,
        texts: typed(&form, &questions, |language| {
            question_field(language).to_owned()
        }),
    };
    let wait_typed = form.value("wait_minutes", &wait).trim().parse();
    let preview = Preview {
        account: &shown.account,
        texts: &[text],
        question: Some(Question {
            answers: shown.answers,
            wait: wait_typed.unwrap_or(survey.wait_minutes),
        }),
    };
    let form = form
        .switch("on", Some(texts.on_hint().to_owned()), survey.on)
        .text(TextField {
            name: "wait_minutes",
            hint: Some(texts.wait_hint()),
            value: &wait,
            kind: "number",
            unit: Some(Unit::Minutes),
            autocomplete: "off",
            ..TextField::default()
        })
        .switch(
            "spend_quota",
            Some(texts.spend_hint().to_owned()),
            survey.spend_quota,
        )
        .named_grid(
            forms::QUESTIONS,
            texts.question_hint(),
            Language::ALL.map(question_in),
        )
        .save_beside(view! { <span class="hint">{texts.foot()}</span> });
    let body = preview::beside(lang, form, &preview);
    card(12, texts.title(), None, body)
}

/// Questions to begin with, where none are kept. Nobody is asked before they are saved.
fn suggested() -> Translations {
    let texts = [
        "คุณพอใจกับบริการครั้งนี้แค่ไหนคะ",
        "How satisfied were you with our service?",
        "今回の対応はいかがでしたか？",
        "您對這次的服務滿意嗎？",
    ];
    let [th, en, ja, zh_tw] = texts.map(|text| Some(text.to_owned()));
    Translations { th, en, ja, zh_tw }
}
