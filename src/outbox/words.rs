//! The few words that customers read of a file that is linked, in the customer's language.

/// A language that Sala speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    English,
    Thai,
    Japanese,
    Chinese,
}

impl Words {
    /// For somebody who reads what this tag says, as LINE has it; English for all others.
    pub(super) fn of(tag: Option<&str>) -> Self {
        let tag = tag.unwrap_or_default().to_ascii_lowercase();
        match tag.split(['-', '_']).next() {
            Some("th") => Self::Thai,
            Some("ja") => Self::Japanese,
            Some("zh") => Self::Chinese,
            _ => Self::English,
        }
    }

    /// On the button.
    pub(super) const fn download(self) -> &'static str {
        match self {
            Self::English => "Download",
            Self::Thai => "ดาวน์โหลด",
            Self::Japanese => "ダウンロード",
            Self::Chinese => "下載",
        }
    }

    /// A number of bytes; Japanese sets no blank before the unit.
    pub(super) fn size(self, bytes: u64) -> String {
        let blank = if self == Self::Japanese { "" } else { " " };
        let tenths = |unit: u64| bytes.saturating_mul(10).saturating_add(unit / 2) / unit;
        let (tenths, unit) = match bytes {
            0..1_000 => return format!("{bytes}{blank}B"),
            1_000..1_000_000 => (tenths(1_000), "KB"),
            _ => (tenths(1_000_000), "MB"),
        };
        // Of what is large nobody reads the tenths.
        match (tenths / 10, tenths % 10) {
            (whole, 0) => format!("{whole}{blank}{unit}"),
            (whole @ 0..100, tenth) => format!("{whole}.{tenth}{blank}{unit}"),
            (whole, _) => format!("{whole}{blank}{unit}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tags_lead_to_a_language() {
        for (tag, words) in [
            (Some("th"), Words::Thai),
            (Some("ja-JP"), Words::Japanese),
            (Some("zh-Hant"), Words::Chinese),
            (Some("zh_TW"), Words::Chinese),
            (Some("de"), Words::English),
            (None, Words::English),
        ] {
            assert_eq!(Words::of(tag), words, "{tag:?}");
        }
    }

    #[test]
    fn sizes_are_short() {
        for (bytes, text) in [
            (12, "12 B"),
            (1_000, "1 KB"),
            (99_960, "100 KB"),
            (3_200_008, "3.2 MB"),
            (104_857_600, "104 MB"),
        ] {
            assert_eq!(Words::English.size(bytes), text);
        }
        assert_eq!(Words::Japanese.size(3_150_000), "3.2MB");
    }
}
