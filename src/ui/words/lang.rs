//! The languages that Sala speaks, and which of them a reader wants.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::protocol::preferences::Language;

/// One of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lang {
    /// English.
    #[default]
    En,
    /// Thai.
    Th,
    /// Japanese.
    Ja,
    /// Traditional Chinese, as Taiwan writes it.
    ZhTw,
}

impl Lang {
    /// In the order of the language menu.
    pub(crate) const ALL: [Self; 4] = [Self::Th, Self::En, Self::Ja, Self::ZhTw];

    /// As in `lang="…"`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Th => "th",
            Self::Ja => "ja",
            Self::ZhTw => "zh-Hant-TW",
        }
    }

    /// The one that is written to customers, or that somebody prefers.
    #[cfg(feature = "ssr")]
    pub(crate) const fn of(language: Language) -> Self {
        match language {
            Language::English => Self::En,
            Language::Thai => Self::Th,
            Language::Japanese => Self::Ja,
            Language::TraditionalChinese => Self::ZhTw,
        }
    }

    /// Its own name for itself.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Th => "ไทย",
            Self::Ja => "日本語",
            Self::ZhTw => "繁體中文",
        }
    }

    /// The language of a tag such as `th-TH`, if Sala speaks it. Whoever reads any Chinese gets
    /// the one there is: a reader of Simplified characters knows these better than English.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().len();
        let tag = tag.trim();
        let asked = &tag[..primary(tag)];
        Self::ALL.into_iter().find(|lang| {
            let known = lang.tag();
            asked.eq_ignore_ascii_case(&known[..primary(known)])
        })
    }

    /// The language of an `Accept-Language` that has the greatest weight among those that Sala
    /// speaks; the first of several.
    #[cfg(any(feature = "ssr", test))]
    pub(crate) fn from_accept_language(header: &str) -> Option<Self> {
        let mut best = (0.0, None);
        for entry in header.split(',') {
            let mut parts = entry.split(';');
            let Some(lang) = parts.next().and_then(Self::from_tag) else {
                continue;
            };
            let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
            // What cannot be read weighs nothing, as does `q=0`: "anything but this".
            let weight = weight.map_or(1.0, |weight| weight.parse::<f32>().unwrap_or(0.0));
            if weight > best.0 {
                best = (weight, Some(lang));
            }
        }
        best.1
    }
}

/// The page's language.
pub(crate) fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_lead_to_the_language_of_their_first_part() {
        for (tag, lang) in [
            ("TH-th", Some(Lang::Th)),
            ("ja", Some(Lang::Ja)),
            (" en_GB", Some(Lang::En)),
            ("zh-Hant-TW", Some(Lang::ZhTw)),
            ("zh-TW", Some(Lang::ZhTw)),
            ("zh-HK", Some(Lang::ZhTw)),
            ("zh-CN", Some(Lang::ZhTw)),
            ("zh", Some(Lang::ZhTw)),
            ("thx", None),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Lang::from_tag(tag), lang, "{tag}");
        }
        for lang in Lang::ALL {
            assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
        }
    }

    #[test]
    fn the_spoken_language_of_most_weight_wins() {
        let of = Lang::from_accept_language;
        assert_eq!(of("de-DE,de;q=0.9,th;q=0.8,en;q=0.7"), Some(Lang::Th));
        assert_eq!(of("en;q=0.5, ja;q=0.9"), Some(Lang::Ja));
        assert_eq!(of("zh-CN,zh;q=0.9,en;q=0.8"), Some(Lang::ZhTw));
        assert_eq!(of("th;q=0, en;q=0.1"), Some(Lang::En));
        assert_eq!(of("ja;q=often, en;q=0.1"), Some(Lang::En));
        assert_eq!(of("fr, *;q=0.5"), None);
        assert_eq!(of(""), None);
    }
}
