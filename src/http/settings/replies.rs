//! Automatic replies: what the page shows, and its forms.

use axum::extract::Query;
use http::Uri;

use super::accounts::{accounts, version_and_account};
use super::taking::{Done, Refusal, no_such_form};
use crate::protocol::ChannelName;
use crate::protocol::automatic::{AutomaticReplies, AutomaticReply, Occasion};
use crate::protocol::preferences::Language;
use crate::protocol::team_settings::HandOver;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{
    Answer, Flash, Form, Replies, replies_forms as forms, replies_keywords, replies_on,
    replies_spend, replies_text,
};

/// All that the page shows.
pub(super) async fn shown(
    state: &AppState,
    who: &SignedIn,
    uri: &Uri,
    answer: &Answer,
) -> Result<Replies, ServiceError> {
    let (all, version) = state.team_settings.automatic_replies().await?;
    let (hand_over, hand_over_version) = state.team_settings.hand_over().await?;
    let accounts = accounts(state, who, |name| all.contains_key(name)).await?;
    let asked = asked(uri, answer);
    let is_known = |name: &String| accounts.iter().any(|account| account.name == *name);
    let chosen = asked.filter(is_known);
    let chosen = chosen.unwrap_or_else(|| ChannelName::default().to_string());
    let own = all.get(&chosen);
    let kept = own.or_else(|| all.get(ChannelName::default().as_str()));
    Ok(Replies {
        own: own.is_some(),
        kept: kept.cloned(),
        accounts,
        chosen,
        version,
        hand_over,
        hand_over_version,
    })
}

/// Whose texts are asked for, by the form that is on its way back or by the address.
fn asked(uri: &Uri, answer: &Answer) -> Option<String> {
    if let Answer::Refused(refused) = answer {
        return refused.typed.value("channel").map(str::to_owned);
    }
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?;
    let found = pairs.into_iter().find(|(name, _)| name == "channel");
    found.map(|(_, name)| name)
}

/// One of the page's forms.
pub(super) async fn take(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    if form.which() == forms::KEYWORDS {
        return take_keywords(state, who, form).await;
    }
    let (version, channel) = version_and_account(form)?;
    let (mut all, current) = state.team_settings.automatic_replies().await?;
    if current != version {
        return Err(ServiceError::Stale.into());
    }
    let told = match form.which() {
        forms::TEXTS => {
            all.insert(channel.to_string(), read(form)?);
            forms::TEXTS
        }
        forms::DROP => {
            all.remove(channel.as_str());
            forms::DROP
        }
        _ => return Err(no_such_form()),
    };
    let saved = state
        .team_settings
        .save_automatic_replies(who, version, all);
    saved.await?;
    let mut done = Done::told(Flash::new(told));
    if channel != ChannelName::default() {
        done.query = Some(format!("channel={channel}"));
    }
    Ok(done)
}

/// The words by which customers ask for a person.
async fn take_keywords(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let version = reader.choice("version", |version| version.parse::<i64>().ok());
    let mut rule = HandOver::default();
    for language in Language::ALL {
        let list = reader.text(replies_keywords(language));
        // People of three of the languages have other commas.
        let words = list.split([',', '、', '，']).map(str::to_owned);
        *rule.keywords.of_mut(language) = words.collect();
    }
    reader.done()?;
    let saved = state
        .team_settings
        .save_hand_over(who, version.unwrap_or(0), rule);
    saved.await?;
    Ok(Done::told(Flash::new(forms::KEYWORDS)))
}

fn read(form: &Form) -> Result<AutomaticReplies, Refusal> {
    let mut reader = form.reader();
    let mut all = AutomaticReplies::default();
    for occasion in Occasion::ALL {
        let mut reply = AutomaticReply {
            on: reader.switch(replies_on(occasion)),
            spend_quota: reader.switch(replies_spend(occasion)),
            ..AutomaticReply::default()
        };
        for language in Language::ALL {
            let text = reader.text(&replies_text(occasion, language));
            *reply.texts.get_mut(language) = Some(text.to_owned());
        }
        *all.on_mut(occasion) = reply;
    }
    reader.done()?;
    Ok(all)
}
