//! Automatic replies: what is written to customers by itself, in four languages.

mod keywords;
mod on_phone;
pub(super) mod shown;
mod suggested;
mod texts;

use leptos::prelude::*;

use self::shown::{Replies, forms, on_field, spend_field, text_field};
use self::texts::Texts;
use super::accounts::{self, Said};
use super::card::{FormRows, Writing, as_written, button_form, card};
use super::flash::Flash;
use super::preview::{self, Preview};
use super::section::Section;
use super::words::Words;
use crate::protocol::automatic::{AutomaticReply, Occasion};
use crate::protocol::fault::Reason;
use crate::protocol::message::TEXT_MAX_UTF16;
use crate::protocol::preferences::Language;
use crate::ui::components::{Icon, icon_small};
use crate::ui::document::field_error;
use crate::ui::words::{Lang, texts_in};

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash,
    refused: |_, _| None,
    field,
    why,
};

fn flash(lang: Lang, flash: &Flash) -> Option<String> {
    let texts = texts_in::<Texts>(lang);
    Some(match flash.key.as_str() {
        forms::TEXTS => texts.saved().to_owned(),
        forms::DROP => texts.dropped().to_owned(),
        forms::KEYWORDS => texts.keywords_saved().to_owned(),
        _ => return None,
    })
}

/// The occasion of a field, such as `away` or `away.th`.
fn occasion_of(field: &str) -> Option<Occasion> {
    let name = field.split('.').next().unwrap_or_default();
    let mut all = Occasion::ALL.into_iter();
    all.find(|occasion| occasion.name() == name)
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    Some(match name {
        "keywords.th" => Lang::Th.name(),
        "keywords.en" => Lang::En.name(),
        "keywords.ja" => Lang::Ja.name(),
        "keywords.zh-TW" => Lang::ZhTw.name(),
        _ => title(texts_in(lang), occasion_of(name)?),
    })
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    if field.starts_with("keywords.") {
        return match reason {
            Reason::TooLong => Some(texts.keywords_long()),
            Reason::Unseen => Some(texts.keywords_unseen()),
            _ => None,
        };
    }
    occasion_of(field)?;
    match reason {
        Reason::Missing => Some(texts.missing()),
        Reason::TooLong => Some(texts.too_long()),
        _ => None,
    }
}

fn title(texts: Texts, occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Greeting => texts.greeting(),
        Occasion::Away => texts.away(),
        Occasion::HandedOver => texts.handed_over(),
        Occasion::Closed => texts.closed(),
    }
}

/// When it is written, and what else holds.
fn hints(texts: Texts, occasion: Occasion) -> (&'static str, Option<&'static str>) {
    match occasion {
        Occasion::Greeting => (texts.greeting_hint(), None),
        Occasion::Away => (texts.away_hint(), Some(texts.away_more())),
        Occasion::HandedOver => (texts.handed_over_hint(), Some(texts.handed_over_more())),
        Occasion::Closed => (texts.closed_hint(), None),
    }
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang) -> &'static str {
    texts_in::<Texts>(lang).lead()
}

/// Whose texts are shown, where there are several accounts.
pub(super) fn action(lang: Lang, shown: &Replies) -> Option<AnyView> {
    let texts = texts_in::<Texts>(lang);
    let said = Said {
        label: texts.account(),
        all: texts.all_accounts(),
        own: texts.own_texts(),
    };
    accounts::choice(Section::Replies, &shown.accounts, &shown.chosen, said)
}

/// The section.
pub(super) fn view(lang: Lang, writing: &Writing<'_>, shown: &Replies) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let kept = shown.kept.clone().unwrap_or_else(suggested::suggested);
    let note = match &shown.kept {
        None => Some(texts.none_kept()),
        Some(_) if !shown.own && !shown.is_for_all() => Some(texts.not_own()),
        Some(_) => None,
    };
    let mut form = writing
        .form(forms::TEXTS)
        .hidden("channel", shown.chosen.clone())
        .hidden("version", shown.version.to_string());
    if let Some(note) = note {
        form = form.row(view! { <p class="hint">{note}</p> });
    }
    let texts_on_phone = on_phone::texts(lang, &form, &kept);
    for occasion in Occasion::ALL {
        let row = reply(lang, &form, occasion, kept.on(occasion));
        form = form.row(row);
    }
    let form = form.save_beside(view! { <span class="hint">{texts.foot()}</span> });
    let preview = Preview {
        account: on_phone::account(shown),
        texts: &texts_on_phone,
        question: None,
    };
    let body = view! {
        {preview::beside(lang, form, &preview)}
        {drop_form(lang, shown)}
    };
    let hint = Some(texts.title_hint().to_owned());
    let texts_card = card(12, texts.title(), hint, body.into_any());
    view! {
        {texts_card}
        {keywords::card(lang, writing, shown)}
    }
    .into_any()
}

/// One occasion: its texts, which open, and beside them its switch.
fn reply(lang: Lang, form: &FormRows<'_>, occasion: Occasion, kept: &AutomaticReply) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let (name, (when, more)) = (title(texts, occasion), hints(texts, occasion));
    let on = form.is_on(on_field(occasion), kept.on);
    let id = format!("{}-{}", forms::TEXTS, on_field(occasion));
    let error_id = format!("{id}-error");
    let missing = form.fault(on_field(occasion));
    let areas: Vec<_> = Lang::ALL
        .into_iter()
        .zip(Language::ALL)
        .map(|(lang, language)| area(lang, language, texts, form, occasion, kept))
        .collect();
    let is_wrong = areas.iter().any(|(_, wrong)| *wrong) || missing.is_some();
    let areas: Vec<_> = areas.into_iter().map(|(area, _)| area).collect();
    view! {
        <div class="reply">
            <details open=on || is_wrong>
                <summary>
                    {icon_small(Icon::Right)} <span class="grow">
                        <b>{name}</b>
                        <small>{when}</small>
                    </span>
                </summary>
                <div>
                    <div class="form__grid">{areas}</div>
                    {field_error(missing, error_id.clone())}
                    {spend(texts, form, occasion, kept)}
                    {more.map(|more| view! { <p class="hint">{more}</p> })}
                </div>
            </details>
            <input
                id=id
                class="switch"
                type="checkbox"
                role="switch"
                name=on_field(occasion)
                value="on"
                checked=on
                aria-label=texts.on_or_off(name)
                aria-invalid=missing.map(|_| "true")
                aria-describedby=missing.map(|_| error_id)
            />
        </div>
    }
    .into_any()
}

/// A text in one language, and whether it is refused.
fn area(
    lang: Lang,
    language: Language,
    texts: Texts,
    form: &FormRows<'_>,
    occasion: Occasion,
    kept: &AutomaticReply,
) -> (AnyView, bool) {
    let name = text_field(occasion, language);
    let id = format!("{}-{name}", forms::TEXTS);
    let error_id = format!("{id}-error");
    let fault = form.fault(&name);
    let value = form.value(&name, kept.texts.get(language).unwrap_or_default());
    let area = view! {
        <div class="label">
            <label for=id.clone() lang=lang.tag()>
                {lang.name()}
            </label>
            <span class="field" data-invalid=fault.map(|_| "")>
                <textarea
                    id=id
                    name=name
                    lang=lang.tag()
                    maxlength=TEXT_MAX_UTF16.to_string()
                    placeholder=texts.empty()
                    aria-invalid=fault.map(|_| "true")
                    aria-describedby=fault.map(|_| error_id.clone())
                    inner_html=as_written(&value)
                ></textarea>
            </span>
            {field_error(fault, error_id)}
        </div>
    };
    (area.into_any(), fault.is_some())
}

/// Whether it may cost something.
fn spend(texts: Texts, form: &FormRows<'_>, occasion: Occasion, kept: &AutomaticReply) -> AnyView {
    let name = spend_field(occasion);
    view! {
        <label class="form__row" data-switch="">
            <span class="form__name">
                {texts.spend()} <small>{texts.spend_hint()}</small>
            </span>
            <span class="form__control">
                <input
                    class="switch"
                    type="checkbox"
                    role="switch"
                    name=name
                    value="on"
                    checked=form.is_on(name, kept.spend_quota)
                />
            </span>
        </label>
    }
    .into_any()
}

/// The form that takes an account's own texts away.
fn drop_form(lang: Lang, shown: &Replies) -> Option<AnyView> {
    if !shown.own || shown.is_for_all() {
        return None;
    }
    let texts = texts_in::<Texts>(lang);
    let fields = vec![
        ("channel", shown.chosen.clone()),
        ("version", shown.version.to_string()),
    ];
    let button = view! {
        <div class="inline">
            <button class="button">{texts.drop()}</button>
            <span class="hint">{texts.drop_hint()}</span>
        </div>
    };
    Some(button_form(
        Section::Replies,
        forms::DROP,
        fields,
        button.into_any(),
    ))
}
