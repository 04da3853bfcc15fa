//! Settings: documents, one file a section. Server only.
//!
//! A new section is an entry of [`Section`] with its file here, which has the view and what it says
//! about its forms (`Words`), and the file of the same name in `http::settings`, which
//! fetches what the view shows and hands forms to the service.

mod account;
mod accounts;
mod assigning;
mod canned;
mod card;
mod channels;
mod closing;
mod connections;
mod dialog;
mod flash;
pub(crate) mod form;
mod hours;
mod listing;
mod operators;
mod page;
mod preview;
mod replies;
mod section;
mod survey;
mod table;
mod tags;
mod team;
mod texts;
mod told;
mod words;

pub(crate) use account::shown::{
    Account, PushDevice, forms as account_forms, told as account_told,
};
pub(crate) use accounts::Account as SettingsAccount;
pub(crate) use assigning::shown::{Assigning, forms as assigning_forms};
pub(crate) use canned::CANNED_CSV;
pub(crate) use canned::shown::{
    Canned, Opened as OpenedCanned, forms as canned_forms, told as canned_told, whose,
};
pub(crate) use channels::{
    Account as LineAccount, Accounts as LineAccounts, forms as channel_forms,
};
pub(crate) use closing::shown::{Closing, forms as closing_forms, warning_field};
pub(crate) use flash::Flash;
pub(crate) use form::{
    Answer, FieldFault, FileFault, Form, FormFile, FormReader, MadeLink, Refused, Why,
};
pub(crate) use hours::shown::{
    Hours as HoursShown, Import as HoursImport, Moment as HoursMoment, OpenState,
    forms as hours_forms, told as hours_told,
};
pub(crate) use hours::typed::{TypedHoliday, TypedWeek};
pub(crate) use listing::Listing;
pub(crate) use operators::shown::{
    Leaving, OpenChat, Opened, Operators, chats as operator_chats, forms as operator_forms,
    role_named, told as operator_told,
};
pub(crate) use page::{Content, SettingsPage, settings_page};
pub(crate) use preview::Answers as SurveyAnswers;
pub(crate) use replies::shown::{
    Replies, forms as replies_forms, keywords_field as replies_keywords, on_field as replies_on,
    spend_field as replies_spend, text_field as replies_text,
};
pub(crate) use section::Section;
pub(crate) use survey::shown::{SurveyShown, forms as survey_forms, question_field};
pub(crate) use tags::shown::{Opened as OpenedTag, Tags, forms as tag_forms, told as tag_told};
pub(crate) use team::shown::{TeamShown, forms as team_forms};

use crate::ui::words::{Lang, texts_in};

/// What all of it is called.
pub(crate) fn title(lang: Lang) -> &'static str {
    texts_in::<texts::Texts>(lang).settings()
}
