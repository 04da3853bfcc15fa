//! Forms that a number decides.
//!
//! The forms of a text stand in one line, parted by `|`, in the order of Unicode's categories:
//! English has one for 1 and one for all other numbers; Thai, Japanese and Chinese have one form.

use super::{fill, grouped};

/// How many forms each language has, in the order of a text's line.
pub(super) const FORMS: [usize; 4] = [2, 1, 1, 1];

/// The form for this number, with the number put in.
pub(crate) fn counted(forms: &str, number: u32) -> String {
    let form = match forms.split_once('|') {
        Some((one, _)) if number == 1 => one,
        Some((_, other)) => other,
        None => forms,
    };
    fill(form, &[&grouped(number as usize)])
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn only_languages_with_two_forms_tell_one_from_many() {
        let english = "{0} chat|{0} chats";
        assert_eq!(counted(english, 1), "1 chat");
        assert_eq!(counted(english, 0), "0 chats");
        assert_eq!(counted(english, 1_240), "1,240 chats");
        assert_eq!(counted("{0} แชท", 1), "1 แชท");
    }
}
