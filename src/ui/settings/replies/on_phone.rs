//! What the phone beside the texts shows of them.

use super::shown::{Replies, on_field, text_field};
use super::texts::Texts;
use super::title;
use crate::protocol::automatic::{AutomaticReplies, Occasion};
use crate::ui::settings::card::FormRows;
use crate::ui::settings::preview::{Before, Text, typed};
use crate::ui::words::{Lang, texts_in};

/// The texts of all occasions, as they stand in the form.
pub(super) fn texts(lang: Lang, form: &FormRows<'_>, kept: &AutomaticReplies) -> Vec<Text> {
    let texts = texts_in::<Texts>(lang);
    let of = |occasion: Occasion| {
        let kept = kept.on(occasion);
        Text {
            field: occasion.name(),
            title: title(texts, occasion),
            on: form.is_on(on_field(occasion), kept.on),
            before: match occasion {
                // Whoever adds the account has written nothing yet.
                Occasion::Greeting => Before::Silence,
                Occasion::Away => Before::Question,
                Occasion::HandedOver => Before::Wish,
                Occasion::Closed => Before::Thanks,
            },
            texts: typed(form, &kept.texts, |language| text_field(occasion, language)),
        }
    };
    Occasion::ALL.map(of).into()
}

/// Whose texts they are; of all accounts, the first stands for the others.
pub(super) fn account(shown: &Replies) -> &str {
    let mut all = shown.accounts.iter();
    let chosen = all.find(|account| account.name == shown.chosen);
    chosen.map_or("LINE", |account| account.title.as_str())
}
