//! The frame of every page of settings: rail, head, list of sections, what became of the last
//! form, and the section.

use http::request::Parts;
use leptos::nonce::Nonce;
use leptos::prelude::*;

use super::account::shown::Account;
use super::assigning::shown::Assigning;
use super::canned::shown::Canned;
use super::card::Writing;
use super::closing::shown::Closing;
use super::form::Answer;
use super::hours::shown::Hours;
use super::operators::shown::Operators;
use super::replies::shown::Replies;
use super::section::Section;
use super::survey::shown::SurveyShown;
use super::tags::shown::Tags;
use super::team::shown::TeamShown;
use super::texts::Texts;
use super::told::told;
use super::words::Words;
use super::{
    account, assigning, canned, channels, closing, connections, hours, operators, replies, survey,
    tags, team,
};
use crate::protocol::connection::NodeConnections;
use crate::ui::components::{Icon, icon, icon_large};
use crate::ui::document::{Document, Frame, Notice, rail, render};
use crate::ui::front::{Assets, PageFacts, Place, RailEntry};
use crate::ui::words::{Lang, Shared, texts_in};

/// What a section shows, as it is now.
pub(crate) enum Content {
    /// My account.
    Account(Account),
    /// LINE accounts.
    Channels(channels::Accounts),
    /// Operators and roles.
    Operators(Operators),
    /// Team and time zone.
    Team(TeamShown),
    /// Canned replies.
    Canned(Canned),
    /// Tags.
    Tags(Tags),
    /// Business hours.
    Hours(Hours),
    /// Automatic replies.
    Replies(Box<Replies>),
    /// By when customers are to be answered.
    Assigning(Assigning),
    /// Which chats are closed by themselves.
    Closing(Closing),
    /// The satisfaction survey.
    Survey(SurveyShown),
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
    /// Lets the page's few lines of script run, where it needs them.
    pub script: Option<Nonce>,
}

/// What this section says about its forms.
fn words_of(section: Section) -> Words {
    match section {
        Section::Account => account::WORDS,
        Section::Channels => channels::WORDS,
        Section::Operators => operators::WORDS,
        Section::Team => team::WORDS,
        Section::Canned => canned::WORDS,
        Section::Tags => tags::WORDS,
        Section::Hours => hours::WORDS,
        Section::Replies => replies::WORDS,
        Section::Assigning => assigning::WORDS,
        Section::Closing => closing::WORDS,
        Section::Survey => survey::WORDS,
        Section::Connections => Words::NONE,
    }
}

impl Content {
    fn section(&self) -> Section {
        match self {
            Self::Account(_) => Section::Account,
            Self::Channels(_) => Section::Channels,
            Self::Operators(_) => Section::Operators,
            Self::Team(_) => Section::Team,
            Self::Canned(_) => Section::Canned,
            Self::Tags(_) => Section::Tags,
            Self::Hours(_) => Section::Hours,
            Self::Replies(_) => Section::Replies,
            Self::Assigning(_) => Section::Assigning,
            Self::Closing(_) => Section::Closing,
            Self::Survey(_) => Section::Survey,
            Self::Connections(_) => Section::Connections,
            Self::Forbidden(section) => *section,
        }
    }

    /// Seconds until the page is to be asked for anew.
    fn refresh(&self) -> Option<u32> {
        matches!(self, Self::Connections(_)).then_some(connections::REFRESH_S)
    }

    /// The small words beside the section's name.
    fn lead(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Account(account) => Some(account.lead()),
            Self::Channels(_) => Some(channels::lead(lang).to_owned()),
            Self::Operators(shown) => Some(operators::lead(lang, shown)),
            Self::Team(_) => Some(team::lead(lang).to_owned()),
            Self::Canned(shown) => Some(canned::lead(lang, shown)),
            Self::Tags(shown) => Some(tags::lead(lang, shown)),
            Self::Hours(_) => Some(hours::lead(lang).to_owned()),
            Self::Replies(_) => Some(replies::lead(lang).to_owned()),
            Self::Assigning(_) => Some(assigning::lead(lang).to_owned()),
            Self::Closing(_) => Some(closing::lead(lang).to_owned()),
            Self::Survey(_) => Some(survey::lead(lang).to_owned()),
            Self::Connections(_) => Some(connections::lead(lang).to_owned()),
            Self::Forbidden(_) => None,
        }
    }

    /// What one may do with the whole section, beside its name.
    fn action(&self, lang: Lang) -> Option<AnyView> {
        match self {
            Self::Operators(shown) => operators::action(lang, shown),
            Self::Canned(_) => Some(canned::action(lang)),
            Self::Tags(_) => Some(tags::action(lang)),
            Self::Hours(shown) => hours::action(lang, shown),
            Self::Replies(shown) => replies::action(lang, shown),
            Self::Account(_)
            | Self::Channels(_)
            | Self::Team(_)
            | Self::Assigning(_)
            | Self::Closing(_)
            | Self::Survey(_)
            | Self::Connections(_)
            | Self::Forbidden(_) => None,
        }
    }

    /// The dialog over the page.
    fn over(&self, facts: PageFacts, writing: &Writing<'_>) -> Option<AnyView> {
        match self {
            Self::Operators(shown) => operators::over(facts, writing, shown),
            Self::Canned(shown) => canned::over(facts.lang, shown),
            Self::Tags(shown) => tags::over(facts.lang, shown),
            Self::Account(_)
            | Self::Channels(_)
            | Self::Team(_)
            | Self::Hours(_)
            | Self::Replies(_)
            | Self::Assigning(_)
            | Self::Closing(_)
            | Self::Survey(_)
            | Self::Connections(_)
            | Self::Forbidden(_) => None,
        }
    }

    /// Whether the page has something for which it needs its few lines of script.
    pub(crate) fn needs_script(&self) -> bool {
        match self {
            Self::Operators(shown) => shown.needs_script(),
            Self::Canned(shown) => shown.needs_script(),
            Self::Tags(shown) => shown.needs_script(),
            Self::Account(_)
            | Self::Channels(_)
            | Self::Team(_)
            | Self::Hours(_)
            | Self::Replies(_)
            | Self::Assigning(_)
            | Self::Closing(_)
            | Self::Survey(_)
            | Self::Connections(_)
            | Self::Forbidden(_) => false,
        }
    }

    fn view(self, facts: PageFacts, writing: &Writing<'_>) -> AnyView {
        match self {
            Self::Account(account) => account::view(facts, writing, account),
            Self::Channels(shown) => channels::view(facts, writing, shown),
            Self::Operators(shown) => operators::view(facts, writing, &shown),
            Self::Team(shown) => team::view(facts, writing, &shown),
            Self::Canned(shown) => canned::view(facts, writing, &shown),
            Self::Tags(shown) => tags::view(facts, writing, &shown),
            Self::Hours(shown) => hours::view(facts, writing, &shown),
            Self::Replies(shown) => replies::view(facts.lang, writing, &shown),
            Self::Assigning(shown) => assigning::view(facts.lang, writing, &shown),
            Self::Closing(shown) => closing::view(facts.lang, writing, &shown),
            Self::Survey(shown) => survey::view(facts.lang, writing, &shown),
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
                Answer::Nothing | Answer::Taken(_) | Answer::Made(..) | Answer::Reworked(_) => {
                    title
                }
            },
            refresh: page.content.refresh(),
            script: page.script.clone(),
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
        script: _,
    } = page;
    let lang = facts.lang;
    let texts = texts_in::<Texts>(lang);
    let section = content.section();
    let head = section_head(lang, place.is_some(), &content);
    let told = told(lang, words_of(section), &answer);
    let writing = Writing::new(lang, section, words_of(section), &answer);
    let over = content.over(facts, &writing);
    let rests = over.is_some();
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
        <a class="skip" href="#section" inert=rests>
            {texts.skip()}
        </a>
        <div class="page" inert=rests>
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
        {over}
    }
}

fn section_head(lang: Lang, own: bool, content: &Content) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let name = content.section().title(lang);
    let lead = content.lead(lang);
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
            {content.action(lang)}
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
