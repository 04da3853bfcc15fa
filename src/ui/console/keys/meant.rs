//! What a key means: the typed sign where that is Latin, else what its place says. So J is J on a
//! French and a Dvorak keyboard, and on a Thai one it is the key that says J beside its own letter.

/// The sign that a key stands for, small; nothing for keys that write none.
pub(super) fn meant(key: &str, code: &str, shift: bool) -> Option<char> {
    let mut signs = key.chars();
    let sign = signs.next().filter(|_| signs.next().is_none())?;
    if sign < '\u{250}' {
        return sign.is_ascii_graphic().then(|| sign.to_ascii_lowercase());
    }
    match code {
        "Slash" if shift => Some('?'),
        "Slash" => Some('/'),
        "Comma" => Some(','),
        "BracketLeft" => Some('['),
        "BracketRight" => Some(']'),
        "Backslash" => Some('\\'),
        _ => {
            let letter = code.strip_prefix("Key")?.chars().next()?;
            Some(letter.to_ascii_lowercase())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    /// The sign, the place, shift, and what is meant.
    type Press = (&'static str, &'static str, bool, char);

    /// What the keyboards of six countries send for the shortcuts: the sign, the place, shift.
    const KEYBOARDS: [(&str, &[Press]); 6] = [
        (
            "US",
            &[
                ("j", "KeyJ", false, 'j'),
                ("E", "KeyE", true, 'e'),
                ("/", "Slash", false, '/'),
                ("?", "Slash", true, '?'),
                ("[", "BracketLeft", false, '['),
                ("\\", "Backslash", false, '\\'),
            ],
        ),
        (
            "French AZERTY",
            &[
                ("k", "KeyK", false, 'k'),
                // What stands where others have Q and N.
                ("a", "KeyQ", false, 'a'),
                (",", "KeyM", false, ','),
                ("/", "Period", true, '/'),
                ("?", "KeyM", true, '?'),
                ("[", "Digit5", false, '['),
            ],
        ),
        (
            "Dvorak",
            &[
                ("j", "KeyC", false, 'j'),
                ("c", "KeyI", false, 'c'),
                ("n", "KeyL", false, 'n'),
                ("/", "BracketLeft", false, '/'),
                ("[", "Minus", false, '['),
            ],
        ),
        (
            "Thai Kedmanee",
            &[
                ("่", "KeyJ", false, 'j'),
                ("า", "KeyK", false, 'k'),
                ("แ", "KeyC", false, 'c'),
                ("ฎ", "KeyE", true, 'e'),
                ("ฝ", "Slash", false, '/'),
                ("ฦ", "Slash", true, '?'),
                ("/", "Digit2", false, '/'),
                ("บ", "BracketLeft", false, '['),
                ("ล", "BracketRight", false, ']'),
            ],
        ),
        (
            "Japanese",
            &[
                ("j", "KeyJ", false, 'j'),
                ("ま", "KeyJ", false, 'j'),
                ("め", "Slash", false, '/'),
                ("]", "Backslash", false, ']'),
                ("ｊ", "KeyJ", false, 'j'),
            ],
        ),
        (
            "Russian",
            &[
                ("о", "KeyJ", false, 'j'),
                ("Л", "KeyK", true, 'k'),
                ("х", "BracketLeft", false, '['),
                (".", "Slash", false, '.'),
            ],
        ),
    ];

    #[test]
    fn each_keyboard_has_each_shortcut_where_its_people_look_for_it() {
        for (keyboard, keys) in KEYBOARDS {
            for (key, code, shift, sign) in keys {
                assert_eq!(meant(key, code, *shift), Some(*sign), "{keyboard}: {key}");
            }
        }
    }

    #[test]
    fn what_writes_no_sign_means_none() {
        for (key, code) in [
            ("Enter", "Enter"),
            ("Dead", "Quote"),
            ("Process", "KeyJ"),
            ("é", "Digit2"),
            (" ", "Space"),
            ("ๆ", "Digit1"),
        ] {
            assert_eq!(meant(key, code, false), None, "{key}");
        }
    }
}
