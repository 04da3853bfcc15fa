//! The register of sections: where each is, what it is called, who may see it.

use super::texts::Texts;
use crate::protocol::Role;
use crate::ui::components::Icon;
use crate::ui::words::{Lang, texts_in};

/// A section of settings that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// One's own name, language, password and log-ins.
    Account,
    /// LINE accounts.
    Channels,
    /// Who answers, who administers, who is invited.
    Operators,
    /// What the team calls itself, and its time zone.
    Team,
    /// Texts that are ready to be sent.
    Canned,
    /// Words that chats are marked with.
    Tags,
    /// When it is open.
    Hours,
    /// What is written to customers by itself.
    Replies,
    /// Who gets which chat, and by when it is to be answered.
    Assigning,
    /// Which chats are closed by themselves.
    Closing,
    /// How satisfied customers are.
    Survey,
    /// This node's connections.
    Connections,
}

/// A heading of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// What is the reader's own.
    You,
    /// What the team has in common.
    Workspace,
    /// What chats are answered with.
    Answering,
    /// What serves everybody.
    System,
}

impl Section {
    /// In the order of the list; those of one group stand together.
    pub(crate) const ALL: [Self; 12] = [
        Self::Account,
        Self::Channels,
        Self::Operators,
        Self::Team,
        Self::Canned,
        Self::Tags,
        Self::Hours,
        Self::Replies,
        Self::Assigning,
        Self::Closing,
        Self::Survey,
        Self::Connections,
    ];

    /// The last part of its address.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Channels => "channels",
            Self::Operators => "operators",
            Self::Team => "team",
            Self::Canned => "canned",
            Self::Tags => "tags",
            Self::Hours => "hours",
            Self::Replies => "automatic-replies",
            Self::Assigning => "assignment",
            Self::Closing => "closing",
            Self::Survey => "survey",
            Self::Connections => "connections",
        }
    }

    /// The section of this address.
    pub(crate) fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.slug() == slug)
    }

    /// Its address.
    pub(crate) fn href(self) -> String {
        format!("/settings/{}", self.slug())
    }

    /// Its name, in the list and on its own page.
    pub(crate) fn title(self, lang: Lang) -> &'static str {
        let texts = texts_in::<Texts>(lang);
        match self {
            Self::Account => texts.account(),
            Self::Channels => texts.channels(),
            Self::Operators => texts.operators(),
            Self::Team => texts.team(),
            Self::Canned => texts.canned(),
            Self::Tags => texts.tags(),
            Self::Hours => texts.hours(),
            Self::Replies => texts.replies(),
            Self::Assigning => texts.assigning(),
            Self::Closing => texts.closing(),
            Self::Survey => texts.survey(),
            Self::Connections => texts.connections(),
        }
    }

    /// Stands before its name in the list.
    pub(super) fn icon(self) -> Icon {
        match self {
            Self::Account => Icon::User,
            Self::Channels => Icon::Chat,
            Self::Operators => Icon::Users,
            Self::Team => Icon::Globe,
            Self::Canned => Icon::Bolt,
            Self::Tags => Icon::Tag,
            Self::Hours => Icon::Clock,
            Self::Replies => Icon::Bot,
            Self::Assigning => Icon::Swap,
            Self::Closing => Icon::Check,
            Self::Survey => Icon::Smile,
            Self::Connections => Icon::Pulse,
        }
    }

    /// Under which heading it stands.
    pub(super) fn group(self) -> Group {
        match self {
            Self::Account => Group::You,
            Self::Channels | Self::Operators | Self::Team => Group::Workspace,
            Self::Canned
            | Self::Tags
            | Self::Hours
            | Self::Replies
            | Self::Assigning
            | Self::Closing
            | Self::Survey => Group::Answering,
            Self::Connections => Group::System,
        }
    }

    /// The least role that sees it.
    pub(crate) fn role(self) -> Role {
        match self {
            Self::Account | Self::Canned => Role::Operator,
            Self::Operators | Self::Tags => Role::Supervisor,
            Self::Channels
            | Self::Team
            | Self::Hours
            | Self::Replies
            | Self::Assigning
            | Self::Closing
            | Self::Survey
            | Self::Connections => Role::Admin,
        }
    }

    /// What everybody sees, and who opens the settings first.
    pub(crate) const FIRST: Self = Self::Account;

    /// What somebody of this role sees in the list.
    pub(crate) fn seen_by(role: Role) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |section| role >= section.role())
    }
}

impl Group {
    /// The heading.
    pub(super) fn title(self, lang: Lang) -> &'static str {
        let texts = texts_in::<Texts>(lang);
        match self {
            Self::You => texts.group_you(),
            Self::Workspace => texts.group_workspace(),
            Self::Answering => texts.group_answering(),
            Self::System => texts.group_system(),
        }
    }
}
