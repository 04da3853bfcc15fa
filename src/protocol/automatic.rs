//! What Sala writes to customers by itself, as the team writes it down: on which occasion, in which
//! language, and whether it may cost something.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::preferences::Language;

/// An occasion on which Sala writes to a customer by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Occasion {
    /// They added the account as a friend.
    Greeting,
    /// They wrote while it is closed.
    Away,
    /// Their chat goes to somebody else of the team.
    HandedOver,
    /// An operator closed their chat.
    Closed,
}

impl Occasion {
    /// Those that have a text of their own, in the order of their page.
    pub const ALL: [Self; 4] = [Self::Greeting, Self::Away, Self::HandedOver, Self::Closed];

    /// As the contract writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::Away => "away",
            Self::HandedOver => "handed_over",
            Self::Closed => "closed",
        }
    }
}

/// A text in the languages of customers; one that is not there is not written in that language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translations {
    /// Thai.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub th: Option<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// Japanese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ja: Option<String>,
    /// Chinese as Taiwan writes it.
    #[serde(rename = "zh-TW", default, skip_serializing_if = "Option::is_none")]
    pub zh_tw: Option<String>,
}

impl Translations {
    /// The text in this language.
    pub fn get(&self, language: Language) -> Option<&str> {
        let text = match language {
            Language::Thai => &self.th,
            Language::English => &self.en,
            Language::Japanese => &self.ja,
            Language::TraditionalChinese => &self.zh_tw,
        };
        text.as_deref()
    }

    /// As [`Translations::get`], to change it.
    pub fn get_mut(&mut self, language: Language) -> &mut Option<String> {
        match language {
            Language::Thai => &mut self.th,
            Language::English => &mut self.en,
            Language::Japanese => &mut self.ja,
            Language::TraditionalChinese => &mut self.zh_tw,
        }
    }

    /// The text for somebody whose LINE is in the language of this tag; for others the first.
    pub fn for_customer(&self, tag: Option<&str>) -> Option<(Language, &str)> {
        let of = |language| Some((language, self.get(language)?));
        let own = tag.and_then(language_of).and_then(of);
        own.or_else(|| Language::ALL.into_iter().find_map(of))
    }

    /// Whether there are texts in more languages than one.
    pub fn are_several(&self) -> bool {
        let mut all = Language::ALL.into_iter();
        let is_there = |language: &Language| self.get(*language).is_some();
        all.by_ref().any(|language| is_there(&language)) && all.any(|language| is_there(&language))
    }

    /// Whether there is none in any language.
    pub fn is_empty(&self) -> bool {
        self.for_customer(None).is_none()
    }
}

/// Which of ours a language of LINE's profiles is, such as `ja` or `zh-Hant`.
fn language_of(tag: &str) -> Option<Language> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    let is = |name: &str| primary.eq_ignore_ascii_case(name);
    let known = |language: &Language| is(language.tag().split('-').next().unwrap_or_default());
    Language::ALL.into_iter().find(known)
}

/// What is written on one occasion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutomaticReply {
    /// Whether it is.
    pub on: bool,
    /// The words.
    #[serde(default)]
    pub texts: Translations,
    /// Whether it is paid for where no free reply is left. It is left out otherwise.
    #[serde(default)]
    pub spend_quota: bool,
}

/// What is written by itself from one LINE account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AutomaticReplies {
    /// To whoever adds the account as a friend, or unblocks it.
    pub greeting: AutomaticReply,
    /// To whoever writes while it is closed.
    pub away: AutomaticReply,
    /// When the chat goes from a bot to the team, or from an operator to somebody else.
    pub handed_over: AutomaticReply,
    /// When an operator closes the chat.
    pub closed: AutomaticReply,
}

impl AutomaticReplies {
    /// What is written on this occasion.
    pub fn on(&self, occasion: Occasion) -> &AutomaticReply {
        match occasion {
            Occasion::Greeting => &self.greeting,
            Occasion::Away => &self.away,
            Occasion::HandedOver => &self.handed_over,
            Occasion::Closed => &self.closed,
        }
    }

    /// As [`AutomaticReplies::on`], to change it.
    pub fn on_mut(&mut self, occasion: Occasion) -> &mut AutomaticReply {
        match occasion {
            Occasion::Greeting => &mut self.greeting,
            Occasion::Away => &mut self.away,
            Occasion::HandedOver => &mut self.handed_over,
            Occasion::Closed => &mut self.closed,
        }
    }
}

/// What is written by itself (`automatic_replies`) by the names of LINE accounts. An account that is
/// not there has what the first one, `default`, has.
pub type RepliesByChannel = BTreeMap<String, AutomaticReplies>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_reads_their_own_language_or_the_first() {
        let texts: Translations =
            serde_json::from_str(r#"{"ja":"やあ","zh-TW":"嗨"}"#).expect("texts");
        let read = |tag: Option<&str>| texts.for_customer(tag).map(|(_, text)| text);
        for (tag, text) in [
            (Some("ja"), "やあ"),
            (Some("JA-jp"), "やあ"),
            (Some("zh-Hant"), "嗨"),
            (Some("zh_TW"), "嗨"),
            // Neither is written.
            (Some("en"), "やあ"),
            (Some("de"), "やあ"),
            (Some(""), "やあ"),
            (None, "やあ"),
        ] {
            assert_eq!(read(tag), Some(text), "{tag:?}");
        }
        assert!(Translations::default().is_empty() && !texts.is_empty());
        assert!(texts.are_several() && !Translations::default().are_several());
    }

    #[test]
    fn replies_are_written_as_the_contract_writes_them() {
        let text = r#"{"greeting":{"on":true,"texts":{"th":"ก","zh-TW":"x"},"spend_quota":false},"away":{"on":false,"texts":{},"spend_quota":false},"handed_over":{"on":false,"texts":{},"spend_quota":true},"closed":{"on":false,"texts":{},"spend_quota":false}}"#;
        let replies: AutomaticReplies = serde_json::from_str(text).expect("replies");
        assert_eq!(serde_json::to_string(&replies).expect("JSON"), text);
        let some: AutomaticReplies =
            serde_json::from_str(r#"{"away":{"on":false}}"#).expect("some");
        assert_eq!(some, AutomaticReplies::default());
        for nonsense in [
            r#"{"hello":{"on":true}}"#,
            r#"{"away":{}}"#,
            r#"{"away":{"on":true,"texts":{"de":"x"}}}"#,
        ] {
            let read = serde_json::from_str::<AutomaticReplies>(nonsense);
            assert!(read.is_err(), "{nonsense}");
        }
    }
}
