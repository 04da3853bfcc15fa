//! What two short texts have in common that people take for the same: case, width, and how marks
//! are put together. For telling whether a name is taken, not for searching.

use unicode_normalization::UnicodeNormalization as _;

/// The text without what two names may not differ by alone.
pub(super) fn folded(text: &str) -> String {
    // Through capitals first: `ß` and `ss`, `ſ` and `s`, `ς` and `σ` have the same.
    let lower = |c: char| c.to_uppercase().flat_map(char::to_lowercase);
    text.nfkc().flat_map(lower).nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_width_and_composition_are_folded_in_every_script() {
        for (one, other) in [
            ("Ship", "sHIP"),
            ("ＳＨＩＰ", "ship"),
            ("Straße", "STRASSE"),
            ("Ἀθήνας", "ἈΘΉΝΑΣ"),
            ("ДА", "да"),
            ("ｶﾞﾗｽ", "ガラス"),
            ("e\u{301}te\u{301}", "ÉTÉ"),
            ("ﬁn", "FIN"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
    }

    #[test]
    fn marks_are_kept() {
        for (one, other) in [("ขาว", "ข้าว"), ("が", "か"), ("é", "e"), ("か", "カ")]
        {
            assert_ne!(folded(one), folded(other), "{one} {other}");
        }
    }
}
