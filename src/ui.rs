//! What people see: Leptos components, rendered on the server and hydrated in the browser.
//!
//! A folder per part of the screen; `components` knows nothing of the parts. Data and actions come
//! from [`crate::client`], texts from `words`, styles from `style/`, which mirrors these folders.

mod app;
mod components;
mod console;
mod contact;
mod desk;
#[cfg(feature = "ssr")]
mod document;
mod field;
mod front;
mod inbox;
#[cfg(feature = "ssr")]
mod invitation;
mod live;
mod login;
mod opening;
#[cfg(feature = "ssr")]
mod page_texts;
mod paint;
mod quota;
mod rail;
mod refusal;
#[cfg(feature = "ssr")]
mod scripts;
#[cfg(feature = "ssr")]
mod settings;
#[cfg(feature = "ssr")]
mod shell;
mod thread;
mod window;
mod words;

#[cfg(feature = "hydrate")]
pub(crate) use app::App;
#[cfg(feature = "ssr")]
pub(crate) use document::{Frame, Notice, notice_page};
pub use front::{Assets, Page};
#[cfg(feature = "ssr")]
pub(crate) use front::{ConsolePlace, Door, Place, filter_of};
#[cfg(feature = "ssr")]
pub(crate) use invitation::{InvitationPage, invitation_page};
#[cfg(feature = "ssr")]
pub(crate) use scripts::{Said, SaidBy, pages as said_pages};
#[cfg(feature = "ssr")]
pub(crate) use settings::{
    Account, Answer, Assigning, CANNED_CSV, Canned, Closing, Content, FieldFault, FileFault, Flash,
    Form, FormFile, FormReader, HoursImport, HoursMoment, HoursShown, Leaving, LineAccount,
    LineAccounts, Listing, MadeLink, OpenChat, OpenState, Opened, OpenedCanned, OpenedTag,
    Operators, PushDevice, Refused, Replies, Section, SettingsAccount, SettingsPage, SurveyAnswers,
    SurveyShown, Tags, TeamShown, TypedHoliday, TypedWeek, Why, account_forms, account_told,
    assigning_forms, canned_forms, canned_told, channel_forms, closing_forms, hours_forms,
    hours_told, operator_chats, operator_forms, operator_told, question_field, replies_forms,
    replies_keywords, replies_on, replies_spend, replies_text, role_named, settings_page,
    survey_forms, tag_forms, tag_told, team_forms, warning_field, whose,
};
#[cfg(feature = "ssr")]
pub use shell::shell;
#[cfg(feature = "ssr")]
pub(crate) use words::Lang;
