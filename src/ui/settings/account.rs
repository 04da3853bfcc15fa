//! My account: name, language and look, password, log-ins.

mod alert_texts;
pub(super) mod alerts;
mod logins;
mod push;
mod push_texts;
pub(super) mod shown;
mod texts;

use leptos::prelude::*;

use self::alert_texts::Texts as AlertTexts;
use self::push_texts::Texts as PushTexts;
use self::shown::{Account, forms, told};
use self::texts::Texts;
use super::card::{Choice, FileField, TextField, Writing, card};
use super::flash::Flash;
use super::form::WHICH;
use super::section::Section;
use super::words::Words;
use crate::protocol::account::Profile;
use crate::protocol::fault::Reason;
use crate::protocol::preferences::{Language, SendWith};
use crate::ui::components::OperatorAvatar;
use crate::ui::front::PageFacts;
use crate::ui::words::{Lang, texts_in};

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash,
    refused,
    field,
    why,
};

fn flash(lang: Lang, flash: &Flash) -> Option<String> {
    let texts = texts_in::<Texts>(lang);
    let number = || flash.about.first()?.parse().ok();
    Some(match flash.key.as_str() {
        told::NAME => texts.name_saved().to_owned(),
        told::PICTURE => texts.picture_saved().to_owned(),
        told::NO_PICTURE => texts.picture_removed().to_owned(),
        told::KEYS => texts.keys_saved().to_owned(),
        told::LOOK => texts.look_saved().to_owned(),
        told::SENDING => texts.sending_saved().to_owned(),
        told::ALERTS => texts_in::<AlertTexts>(lang).saved().to_owned(),
        told::PUSH_OFF => texts_in::<PushTexts>(lang).turned_off().to_owned(),
        told::PUSH_TEST => texts_in::<PushTexts>(lang).tested(number()?),
        told::PASSWORD => match number()? {
            0 => texts.password_changed().to_owned(),
            ended => format!("{} {}", texts.password_changed(), texts.others_ended(ended)),
        },
        told::ENDED => texts.login_ended().to_owned(),
        told::OTHERS => texts.others_ended(number()?),
        _ => return None,
    })
}

fn refused(lang: Lang, form: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    match form {
        forms::PASSWORD => Some(texts.password_not_changed()),
        forms::END | forms::END_OTHERS => Some(texts.nothing_ended()),
        _ => None,
    }
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "name" => texts.name(),
        "picture" => texts.picture(),
        "email" => texts.email(),
        "language" => texts.language(),
        "appearance" => texts.appearance(),
        "clock" => texts.clock(),
        "buddhist_year" => texts.buddhist_years(),
        "delay_s" => texts.answers_leave(),
        "single_keys" => texts.single_keys(),
        "send_with" => texts.send_with(),
        "old" => texts.old_password(),
        "new" => texts.new_password(),
        "id" => texts.device(),
        other => return alerts::field(lang, other),
    })
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    match (field, reason) {
        ("name", Reason::TooLong) => Some(texts.name_too_long()),
        ("picture", Reason::TooLarge) => Some(texts.picture_too_large()),
        ("picture", Reason::Malformed) => Some(texts.picture_broken()),
        ("old", Reason::Wrong) => Some(texts.old_wrong()),
        ("new", Reason::TooShort) => Some(texts.new_too_short()),
        ("quiet", Reason::Unknown) => Some(texts_in::<AlertTexts>(lang).quiet_same()),
        _ => None,
    }
}

/// The section.
pub(super) fn view(facts: PageFacts, writing: &Writing<'_>, account: Account) -> AnyView {
    let texts = texts_in::<Texts>(facts.lang);
    let others = account.logins.iter().filter(|login| !login.current).count();
    view! {
        {card(6, texts.profile(), None, profile(texts, writing, &account.profile))}
        {card(6, texts.language_and_look(), None, look(facts, writing))}
        {alerts::card(facts.lang, writing, &account)}
        {push::card(facts, &account)}
        {card(6, texts.sending(), None, sending(texts, writing, &account.profile))}
        {card(6, texts.keyboard(), None, keyboard(texts, writing, &account.profile))}
        {card(6, texts.password(), password_hint(texts, others), password(texts, writing))}
        {logins::card(facts, account)}
    }
    .into_any()
}

fn profile(texts: Texts, writing: &Writing<'_>, profile: &Profile) -> AnyView {
    let now = match profile.picture_url.clone() {
        Some(url) => view! {
            <span class="avatar" style="--size:56px">
                <img class="avatar__picture" alt="" src=url />
            </span>
        }
        .into_any(),
        None => {
            view! { <OperatorAvatar id=profile.id name=profile.name.clone() size=56 /> }.into_any()
        }
    };
    // Of another form, since Enter in a field presses the first button of its own.
    let remove = profile.picture_url.is_some().then(|| {
        let button = view! {
            <button class="button button--small" form=forms::NO_PICTURE>
                {texts.remove_picture()}
            </button>
        };
        button.into_any()
    });
    let no_picture = remove.is_some().then(|| {
        view! {
            <form id=forms::NO_PICTURE method="post" action=Section::Account.href()>
                <input type="hidden" name=WHICH value=forms::NO_PICTURE />
            </form>
        }
    });
    let picture = FileField {
        name: "picture",
        hint: texts.picture_hint(),
        taken: Some(texts.picture_taken()),
        accept: "image/jpeg,image/png,image/webp,image/gif,image/bmp",
        required: false,
    };
    let form = writing
        .form(forms::PROFILE)
        .file(picture, Some(now), remove)
        .text(TextField {
            name: "name",
            hint: Some(texts.name_hint()),
            value: &profile.name,
            autocomplete: "name",
            ..TextField::default()
        })
        .text(TextField {
            name: "email",
            hint: Some(texts.email_hint()),
            value: &profile.email,
            kind: "email",
            readonly: true,
            ..TextField::default()
        })
        .save();
    view! {
        {form}
        {no_picture}
    }
    .into_any()
}

fn look(facts: PageFacts, writing: &Writing<'_>) -> AnyView {
    let texts = texts_in::<Texts>(facts.lang);
    // As this page is: what was never chosen follows the browser, and what was chosen at the rail
    // is this browser's as well.
    let language = language_of(facts.lang).tag();
    let appearance = facts.theme.attribute().unwrap_or("auto");
    let clock = facts.habits.clock().unwrap_or("24");
    let languages = Language::ALL.map(|language| {
        let lang = Lang::from_tag(language.tag()).unwrap_or_default();
        Choice {
            value: language.tag(),
            label: lang.name().to_owned(),
            lang: Some(lang.tag()),
        }
    });
    let plain = |value: &'static str, label: &str| Choice {
        value,
        label: label.to_owned(),
        lang: None,
    };
    writing
        .form(forms::LOOK)
        .segment(
            "language",
            Some(texts.language_hint().to_owned()),
            languages.into(),
            language,
        )
        .segment(
            "appearance",
            None,
            vec![
                plain("auto", texts.as_device()),
                plain("light", texts.light()),
                plain("dark", texts.dark()),
            ],
            appearance,
        )
        .segment(
            "clock",
            None,
            vec![plain("24", "14:05"), plain("12", texts.clock_12())],
            clock,
        )
        .switch(
            "buddhist_year",
            Some(texts.buddhist_years_hint().to_owned()),
            facts.habits.buddhist_years,
        )
        .save()
}

fn keyboard(texts: Texts, writing: &Writing<'_>, profile: &Profile) -> AnyView {
    let choice = |value: &'static str, label: &str| Choice {
        value,
        label: label.to_owned(),
        lang: None,
    };
    let (enter, ctrl_enter) = ("enter", "ctrl_enter");
    let chosen = match profile.preferences.send_with {
        SendWith::Enter => enter,
        SendWith::CtrlEnter => ctrl_enter,
    };
    writing
        .form(forms::KEYS)
        .switch(
            "single_keys",
            Some(texts.single_keys_hint().to_owned()),
            profile.preferences.single_keys,
        )
        .segment(
            "send_with",
            Some(texts.send_with_hint().to_owned()),
            vec![choice(enter, "Enter"), choice(ctrl_enter, "Ctrl + Enter")],
            chosen,
        )
        .save()
}

/// Seconds of delay that the page offers; others can be chosen by programs.
const DELAYS: [u8; 4] = [0, 3, 5, 10];

fn sending(texts: Texts, writing: &Writing<'_>, profile: &Profile) -> AnyView {
    let chosen = profile.preferences.delay_s;
    let choice = |seconds: u8| Choice {
        value: delay_value(seconds),
        label: match seconds {
            0 => texts.at_once().to_owned(),
            seconds => texts.after_seconds(u32::from(seconds)),
        },
        lang: None,
    };
    let mut delays = DELAYS.to_vec();
    if !delays.contains(&chosen) {
        delays.push(chosen);
        delays.sort_unstable();
    }
    writing
        .form(forms::SENDING)
        .segment(
            "delay_s",
            Some(texts.answers_leave_hint().to_owned()),
            delays.into_iter().map(choice).collect(),
            delay_value(chosen),
        )
        .save()
}

/// As the form says it.
const fn delay_value(seconds: u8) -> &'static str {
    const VALUES: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    VALUES[if seconds > 10 { 10 } else { seconds } as usize]
}

fn language_of(lang: Lang) -> Language {
    match lang {
        Lang::En => Language::English,
        Lang::Th => Language::Thai,
        Lang::Ja => Language::Japanese,
        Lang::ZhTw => Language::TraditionalChinese,
    }
}

fn password_hint(texts: Texts, others: usize) -> Option<String> {
    let others = u32::try_from(others).unwrap_or(u32::MAX);
    (others > 0).then(|| texts.signs_out_others(others))
}

fn password(texts: Texts, writing: &Writing<'_>) -> AnyView {
    writing
        .form(forms::PASSWORD)
        .text(TextField {
            name: "old",
            kind: "password",
            autocomplete: "current-password",
            ..TextField::default()
        })
        .text(TextField {
            name: "new",
            hint: Some(texts.new_hint()),
            kind: "password",
            autocomplete: "new-password",
            ..TextField::default()
        })
        .act(texts.change_password())
}
