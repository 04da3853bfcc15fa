//! The language layer: every text that people read comes from here.
//!
//! A text is one line of [`texts!`] beside the feature that shows it, in all four languages. The
//! server has them as tables; the browser has none of them in its binary and reads those of the
//! page's language from the page (`carried`).

mod carried;
mod dates;
mod fill;
mod lang;
mod number;
mod plural;
mod script;
mod shared;
mod texts;

#[cfg(feature = "ssr")]
pub(crate) use self::carried::{Carried, ELEMENT, texts_in, to_script};
pub(crate) use self::carried::{Group, Slots, use_texts};
#[cfg(feature = "ssr")]
pub(crate) use self::dates::{Dates, Texts as DateTexts};
pub(crate) use self::dates::{Habits, day, use_dates};
pub(crate) use self::fill::fill;
pub(crate) use self::lang::{Lang, use_lang};
pub(crate) use self::number::grouped;
pub(crate) use self::plural::counted;
pub(crate) use self::script::lang_of;
pub(crate) use self::shared::Texts as Shared;
pub(crate) use self::texts::{Shape, check, texts};
pub(crate) use crate::protocol::Zone;
