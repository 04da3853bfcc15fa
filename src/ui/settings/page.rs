//! The frame of every page of settings: rail, head, list of sections, what became of the last
//! form, and the section.

use http::request::Parts;
use leptos::prelude::*;

use super::account::shown::Account;
use super::card::Writing;
use super::form::{Answer, Refused};
use super::section::Section;
use super::texts::Texts;
use super::words::Words;
use super::{account, connections};
use crate::protocol::connection::NodeConnections;
use crate::ui::components::{Icon, icon, icon_large};
use crate::ui::document::{Document, Frame, Notice, rail, render};
use crate::ui::front::{Assets, PageFacts, Place, RailEntry};
use crate::ui::words::{Lang, Shared, texts_in};

/// What a section shows, as it is now.
pub(crate) enum Content {
    /// My account.
    Account(Account),
    /// This node's connections.
    Connections(NodeConnections),
    /// Not for this reader.
    Forbidden(Section),
}

/// All that a page of settings is made of.
pub(crate) struct SettingsPage {
    /// Its address.
    pub place: Option<Section>,
    /// What stands around it.
    pub frame: Frame,
    /// What became of the last form.
    pub answer: Answer,
    /// The section that is shown.
    pub content: Content,
}

/// What this section says about its forms.
fn words_of(section: Section) -> Words {
    match section {
        Section::Account => account::WORDS,
        Section::Connections => Words::NONE,
    }
}

impl Content {
    fn section(&self) -> Section {
        match self {
            Self::Account(_) => Section::Account,
            Self::Connections(_) => Section::Connections,
            Self::Forbidden(section) => *section,
        }
    }

    /// Seconds until the page is to be asked for anew.
    fn refresh(&self) -> Option<u32> {
        match self {
            Self::Connections(_) => Some(connections::REFRESH_S),
            Self::Account(_) | Self::Forbidden(_) => None,
        }
    }

    /// The small words beside the section's name.
    fn lead(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Account(account) => Some(account.lead()),
            Self::Connections(_) => Some(connections::lead(lang).to_owned()),
            Self::Forbidden(_) => None,
        }
    }

    fn view(self, facts: PageFacts, writing: &Writing<'_>) -> AnyView {
        match self {
            Self::Account(account) => account::view(facts, writing, account),
            Self::Connections(shown) => connections::view(facts, shown),
            Self::Forbidden(section) => forbidden(facts.lang, section),
        }
    }
}

/// The whole document.
pub(crate) fn settings_page(parts: Parts, assets: &Assets, page: SettingsPage) -> String {
    render(parts, assets, |facts| {
        let place = Place::Settings(page.place);
        let title = place.title(facts.lang);
        let texts = texts_in::<Texts>(facts.lang);
        Document {
            title: match &page.answer {
                Answer::Refused(_) => format!("{} {title}", texts.not_saved_title()),
                Answer::Nothing | Answer::Taken(_) => title,
            },
            refresh: page.content.refresh(),
            body: body(facts, place.rail().unwrap_or(RailEntry::Settings), page).into_any(),
        }
    })
}

fn body(facts: PageFacts, here: RailEntry, page: SettingsPage) -> impl IntoView {
    let SettingsPage {
        place,
        frame,
        answer,
        content,
    } = page;
    let lang = facts.lang;
    let texts = texts_in::<Texts>(lang);
    let section = content.section();
    let head = section_head(lang, place.is_some(), section, content.lead(lang));
    let told = told(lang, section, &answer);
    let writing = Writing::new(lang, section, words_of(section), &answer);
    let shown = content.view(facts, &writing);
    let title = if place.is_some() {
        view! {
            <a class="document__title" href="/settings">
                {texts.settings()}
            </a>
        }
        .into_any()
    } else {
        view! { <h1>{texts.settings()}</h1> }.into_any()
    };
    let alone = if place.is_some() {
        "section"
    } else {
        "sections"
    };
    view! {
        <a class="skip" href="#section">
            {texts.skip()}
        </a>
        <div class="page">
            {rail(facts, &frame, here)}
            <main class="page__main" data-pane=alone>
                <header class="page__head">{title} <p>{texts.lead()}</p></header>
                <div class="document">
                    {sections(lang, &frame, section)}
                    <div class="cards" id="section">
                        {head}
                        {told}
                        {shown}
                    </div>
                </div>
            </main>
        </div>
    }
}

fn section_head(lang: Lang, own: bool, section: Section, lead: Option<String>) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let name = section.title(lang);
    let name = if own {
        view! { <h1>{name}</h1> }.into_any()
    } else {
        view! { <h2>{name}</h2> }.into_any()
    };
    view! {
        <div class="section-head">
            <a class="icon-button back" href="/settings" aria-label=texts.back_to_all()>
                {icon(Icon::Left)}
            </a>
            {name}
            {lead.map(|lead| view! { <p>{lead}</p> })}
        </div>
    }
    .into_any()
}

/// The list, with a word on who looks after the rest where it is short.
fn sections(lang: Lang, frame: &Frame, here: Section) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let seen: Vec<Section> = Section::seen_by(frame.me.role).collect();
    let only = (seen.len() == 1).then(|| {
        view! { <p class="document__only hint">{texts.only_this()}</p> }
    });
    let mut group = None;
    let entries: Vec<_> = seen
        .into_iter()
        .map(|section| {
            let heading = (group != Some(section.group())).then(|| {
                view! { <h2>{section.group().title(lang)}</h2> }
            });
            group = Some(section.group());
            view! {
                {heading}
                <a href=section.href() aria-current=(section == here).then_some("page")>
                    {icon(section.icon())}
                    {section.title(lang)}
                </a>
            }
        })
        .collect();
    view! {
        <nav class="settings__nav" aria-label=texts.settings()>
            {entries}
            {only}
        </nav>
    }
    .into_any()
}

/// What became of the last form.
fn told(lang: Lang, section: Section, answer: &Answer) -> Option<AnyView> {
    let words = words_of(section);
    match answer {
        Answer::Nothing => None,
        Answer::Taken(flash) => {
            let sentence = (words.flash)(lang, flash)?;
            let told = view! {
                <div class="flash" role="status">
                    {icon(Icon::Check)}
                    <p>{sentence}</p>
                </div>
            };
            Some(told.into_any())
        }
        Answer::Refused(refused) => Some(refusal(lang, &words, refused)),
    }
}

fn refusal(lang: Lang, words: &Words, refused: &Refused) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let summary = (words.refused)(lang, &refused.form).unwrap_or(texts.nothing_saved());
    let why = refused.code.map(|code| texts.of_code(code));
    let named = refused.faults.iter().map(|fault| {
        let name =
            (words.field)(lang, &fault.field).map_or_else(|| fault.field.clone(), str::to_owned);
        let href = format!("#{}-{}", refused.form, fault.field);
        view! {
            " "
            <a href=href>{name}</a>
        }
    });
    let named: Vec<_> = named.collect();
    let check = match named.len() {
        0 => None,
        1 => Some(texts.check_field()),
        _ => Some(texts.check_fields()),
    };
    view! {
        <div class="flash" role="alert" data-kind="refused" tabindex="-1" autofocus>
            {icon(Icon::Alert)}
            <p>
                <b>{summary}</b>
                " "
                {why}
                {check}
                {named}
            </p>
        </div>
    }
    .into_any()
}

fn forbidden(lang: Lang, section: Section) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let [heading, sentence] = Notice::NotForYou(section.role()).words(lang);
    view! {
        <div class="empty document__forbidden">
            {icon_large(Icon::Lock)}
            <h2>{heading}</h2>
            <p>{sentence}</p>
            <div class="inline">
                <a class="button" href=Section::Account.href()>
                    {texts.account()}
                </a>
                <a class="button" href="/">
                    {texts_in::<Shared>(lang).back_to_inbox()}
                </a>
            </div>
        </div>
    }
    .into_any()
}
