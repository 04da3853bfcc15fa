//! What a role is called.

use super::texts::Texts;
use crate::protocol::Role;
use crate::ui::words::{Lang, texts_in};

/// The role in a word.
pub(crate) fn role_word(lang: Lang, role: Role) -> &'static str {
    let texts = texts_in::<Texts>(lang);
    match role {
        Role::Operator => texts.operator(),
        Role::Supervisor => texts.supervisor(),
        Role::Admin => texts.administrator(),
    }
}
