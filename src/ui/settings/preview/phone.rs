//! The phone itself, as the simulator draws it.

use leptos::prelude::*;

use super::seen::{clock, seen};
use super::words::phone::Texts as PhoneTexts;
use super::words::said_before;
use super::{Preview, Question, Text};
use crate::protocol::preferences::Language;
use crate::ui::components::{Icon, icon, letter_avatar};
use crate::ui::words::{Lang, lang_of, texts_in};

/// A message on the phone. One without words is hidden, for the script to fill.
struct Line {
    /// By which the script finds it.
    name: &'static str,
    words: Option<String>,
    /// Of the words.
    lang: Option<&'static str>,
    at: At,
}

/// When something is on the phone.
#[derive(Clone, Copy)]
enum At {
    /// When the customer has written last.
    Begin,
    /// After a wait, and so many minutes more.
    Later(u32, u32),
}

impl At {
    fn clock(self) -> String {
        match self {
            Self::Begin => clock(0),
            Self::Later(wait, more) => clock(wait.saturating_add(more)),
        }
    }

    /// What the script adds to the wait that is typed.
    fn more(self) -> Option<String> {
        match self {
            Self::Begin => None,
            Self::Later(_, more) => Some(more.to_string()),
        }
    }
}

/// The phone of a customer whose LINE is in this language.
pub(super) fn phone(preview: &Preview<'_>, text: &Text, language: Language) -> AnyView {
    let lang = Lang::of(language);
    let words = texts_in::<PhoneTexts>(lang);
    let account = preview.account;
    let now = match preview.question {
        Some(question) => At::Later(question.wait, 1),
        None => At::Begin,
    };
    view! {
        <div class="phone" lang=lang.tag()>
            <div class="phone__bar" aria-hidden="true">
                <span data-later=now.more()>{now.clock()}</span>
                <span>"LINE · 5G"</span>
            </div>
            <div class="phone__head">
                {icon(Icon::Left)}
                <span class="grow cut" lang=lang_of(account, None)>
                    {account.to_owned()}
                </span>
                {icon(Icon::List)}
            </div>
            <div class="phone__log">
                <span class="phone__day" data-said="today">
                    {words.today()}
                </span>
                {log(preview, text, language)}
            </div>
            <div class="phone__foot" aria-hidden="true">
                {icon(Icon::Plus)}
                <div class="cut" data-said="write">
                    {words.write()}
                </div>
                {icon(Icon::Smile)}
            </div>
        </div>
    }
    .into_any()
}

/// What was written, in its order.
fn log(preview: &Preview<'_>, text: &Text, language: Language) -> AnyView {
    let read = texts_in::<PhoneTexts>(Lang::of(language)).read();
    let sent = seen(&text.texts, language).text(language);
    let lang = sent.map(|(found, _)| Lang::of(found).tag());
    let before = Line {
        name: "before",
        words: said_before(text.before, language).map(str::to_owned),
        lang: None,
        at: At::Begin,
    };
    let line = |name, words: Option<&str>, at| Line {
        name,
        words: words.map(str::to_owned),
        lang,
        at,
    };
    let words = sent.map(|(_, words)| words);
    let Some(Question { answers, wait }) = preview.question else {
        return view! {
            {mine(before, read)}
            {theirs(preview.account, line("text", words, At::Begin), None)}
        }
        .into_any();
    };
    let asked = sent.map(|(found, _)| answers(found));
    let press = asked.map(|answers| answers.buttons[0]);
    let (after_wait, after_press) = (At::Later(wait, 0), At::Later(wait, 1));
    let buttons = asked.map_or([""; 5], |answers| answers.buttons);
    let question = line("text", words, after_wait);
    let thanks = line("thanks", asked.map(|answers| answers.thanks), after_press);
    view! {
        {mine(before, read)}
        {theirs(preview.account, question, Some(buttons))}
        {mine(line("press", press, after_press), read)}
        {theirs(preview.account, thanks, None)}
    }
    .into_any()
}

/// The customer's own.
fn mine(line: Line, read: &'static str) -> AnyView {
    let is_silent = line.words.is_none();
    view! {
        <div class="phone__msg phone__msg--me" hidden=is_silent>
            <div data-said=line.name lang=line.lang dir="auto">
                {line.words}
            </div>
            <small>
                <span data-said="read">{read}</span>
                <span data-later=line.at.more()>{line.at.clock()}</span>
            </small>
        </div>
    }
    .into_any()
}

/// The account's, with buttons below a question.
fn theirs(account: &str, line: Line, buttons: Option<[&'static str; 5]>) -> AnyView {
    let (lang, is_silent) = (line.lang, line.words.is_none());
    let votes = buttons.map(|buttons| {
        let buttons = buttons.map(|button| {
            view! {
                <span data-said="button" lang=lang>
                    {button}
                </span>
            }
        });
        view! { <div class="votes">{buttons.collect_view()}</div> }
    });
    let card = votes.is_some();
    view! {
        <div class="phone__msg" hidden=is_silent>
            {letter_avatar(account, 30)}
            <div class="phone__text" data-card=card.then_some("")>
                <p data-said=line.name lang=lang dir="auto">
                    {line.words}
                </p>
                {votes}
            </div>
            <small>
                <span data-later=line.at.more()>{line.at.clock()}</span>
            </small>
        </div>
    }
    .into_any()
}
