//! Operators and roles: what the section shows, and its forms.

use axum::extract::Query;
use http::{StatusCode, Uri};

use super::taking::{Done, Refusal, Taken, no_such_form};
use crate::api::context::password_link;
use crate::clock;
use crate::protocol::capacity::Capacity;
use crate::protocol::fault::Reason;
use crate::protocol::team::{OperatorChange, TeamList};
use crate::protocol::{ErrorCode, Filter, OperatorId, Role};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::service::inbox::AskedPage;
use crate::service::operators::NewOperator;
use crate::state::AppState;
use crate::ui::{
    Answer, FieldFault, Flash, Form, Leaving, MadeLink, OpenChat, Opened, Operators, Refused, Why,
    operator_chats as chats, operator_forms as forms, operator_told as told, role_named,
};

/// Most chats that the question before a disabling names.
const NAMED_CHATS: u32 = 5;

/// What the address or a refused form wants to see open.
enum Asked {
    Nothing,
    Edit(String),
    Disable(String),
}

/// The section; with what is said in place of what was asked for and is not there.
pub(super) async fn shown(
    state: &AppState,
    who: &SignedIn,
    uri: &Uri,
    answer: &Answer,
) -> Result<(Operators, Option<(StatusCode, Refused)>), ServiceError> {
    let present = state.team.now().await?;
    let team = state.operators.team(who, present).await?;
    let manages = who.operator.role.may_administer();
    let asked = if manages {
        asked(uri, answer)
    } else {
        Asked::Nothing
    };
    let (opened, instead) = match opened(state, who, &team, asked).await? {
        Ok(opened) => (opened, None),
        Err(instead) => (Opened::Nothing, Some(instead)),
    };
    let made = match answer {
        Answer::Made(_, made) => Some(made.clone()),
        Answer::Nothing | Answer::Taken(_) | Answer::Refused(_) | Answer::Reworked(_) => None,
    };
    let shown = Operators {
        me: who.operator.id,
        manages,
        team,
        opened,
        made,
        now: clock::now(),
    };
    Ok((shown, instead))
}

fn asked(uri: &Uri, answer: &Answer) -> Asked {
    match answer {
        Answer::Made(..) => Asked::Nothing,
        Answer::Refused(refused) => {
            let id = || refused.typed.value("id").unwrap_or_default().to_owned();
            match refused.form.as_str() {
                forms::EDIT => Asked::Edit(id()),
                forms::DISABLE => Asked::Disable(id()),
                _ => Asked::Nothing,
            }
        }
        Answer::Nothing | Answer::Taken(_) | Answer::Reworked(_) => {
            let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
            let pairs = pairs.map(|Query(pairs)| pairs).unwrap_or_default();
            let found = pairs.into_iter().find_map(|(key, id)| match key.as_str() {
                forms::EDIT => Some(Asked::Edit(id)),
                forms::DISABLE => Some(Asked::Disable(id)),
                _ => None,
            });
            found.unwrap_or(Asked::Nothing)
        }
    }
}

/// What was asked for, or what is said in its place.
async fn opened(
    state: &AppState,
    who: &SignedIn,
    team: &TeamList,
    asked: Asked,
) -> Result<Result<Opened, (StatusCode, Refused)>, ServiceError> {
    let member = |id: &str| {
        let id: OperatorId = id.parse().ok()?;
        team.operators.iter().find(|member| member.id == id)
    };
    match asked {
        Asked::Nothing => Ok(Ok(Opened::Nothing)),
        Asked::Edit(id) => Ok(match member(&id) {
            Some(member) => Ok(Opened::Edit(member.id)),
            None => Err(lost(forms::EDIT)),
        }),
        Asked::Disable(id) => {
            let member = member(&id).filter(|member| member.disabled_at.is_none());
            let Some(member) = member else {
                return Ok(Err(lost(forms::DISABLE)));
            };
            if member.id == who.operator.id {
                return Ok(Err(oneself()));
            }
            let id = member.id;
            let chats = chats_of(state, id).await?;
            Ok(Ok(Opened::Disable(Leaving { id, chats })))
        }
    }
}

/// The first of somebody's chats.
async fn chats_of(state: &AppState, id: OperatorId) -> Result<Vec<OpenChat>, ServiceError> {
    // Not their Mine, which lacks those that they have put off.
    let asked = AskedPage {
        filter: Filter {
            operator_ids: vec![Some(id)],
            ..Filter::default()
        },
        limit: Some(NAMED_CHATS),
        ..AskedPage::default()
    };
    let page = state.inbox.list(id, asked).await?;
    let chats = page.conversations.into_iter().map(|chat| OpenChat {
        name: chat.contact.shown_name().to_owned(),
        language: chat.contact.language,
        waiting_since: chat.waiting_since,
    });
    Ok(chats.collect())
}

/// That there is nobody of this id.
fn lost(form: &str) -> (StatusCode, Refused) {
    let refused = Refused {
        form: form.to_owned(),
        faults: Vec::new(),
        code: Some(ErrorCode::NotFound),
        typed: Form::default(),
        file: Vec::new(),
    };
    (StatusCode::NOT_FOUND, refused)
}

/// That nobody disables themself.
fn oneself() -> (StatusCode, Refused) {
    let refused = Refused {
        form: forms::DISABLE.to_owned(),
        faults: vec![FieldFault::new("id", Why::Value(Reason::Oneself))],
        code: None,
        typed: Form::default(),
        file: Vec::new(),
    };
    (StatusCode::BAD_REQUEST, refused)
}

/// One of the page's forms.
pub(super) async fn take(state: &AppState, who: &SignedIn, form: &Form) -> Result<Taken, Refusal> {
    match form.which() {
        forms::INVITE => invite(state, who, form).await,
        forms::EDIT => edit(state, who, form).await.map(Taken::Back),
        forms::DISABLE => disable(state, who, form).await.map(Taken::Back),
        forms::ENABLE => enable(state, who, form).await.map(Taken::Back),
        forms::RESET => reset(state, who, form).await,
        forms::WITHDRAW => withdraw(state, who, form).await.map(Taken::Back),
        _ => Err(no_such_form()),
    }
}

async fn invite(state: &AppState, who: &SignedIn, form: &Form) -> Result<Taken, Refusal> {
    let mut reader = form.reader();
    let (email, name) = (reader.text("email"), reader.text("name"));
    let role = reader.choice("role", role_named);
    reader.done()?;
    let new = NewOperator {
        email: email.to_owned(),
        name: name.to_owned(),
        role: role.unwrap_or(Role::Operator),
    };
    let made = state.operators.invite(who, new).await?;
    let made = MadeLink {
        link: password_link(state, made),
        known: false,
        name: name.trim().to_owned(),
        email: email.trim().to_owned(),
    };
    let flash = Flash::new(told::INVITED).about(&made.name);
    Ok(Taken::Made(flash, made))
}

async fn reset(state: &AppState, who: &SignedIn, form: &Form) -> Result<Taken, Refusal> {
    let id = operator(form)?;
    let made = state.operators.password_link(who, id).await?;
    let profile = state.auth.profile(id).await?;
    let made = MadeLink {
        link: password_link(state, made),
        known: true,
        name: profile.name,
        email: profile.email,
    };
    let flash = Flash::new(told::LINK).about(&made.name);
    Ok(Taken::Made(flash, made))
}

async fn edit(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let id = reader.choice("id", |id| id.parse::<OperatorId>().ok());
    let name = reader.text("name");
    let role = reader.choice("role", role_named);
    // Forms of before do not have it.
    let capacity = form.value("capacity").and_then(|_| {
        reader.choice("capacity", |typed| match typed.trim() {
            "" => Some(Capacity::Team),
            typed => typed.parse().ok().map(Capacity::Own),
        })
    });
    reader.done()?;
    let change = OperatorChange {
        name: Some(name.to_owned()),
        role,
        capacity,
        ..OperatorChange::default()
    };
    let id = known(id)?;
    state.operators.update(who, id, change).await?;
    told_of(state, told::CHANGED, id).await
}

async fn disable(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let id = reader.choice("id", |id| id.parse::<OperatorId>().ok());
    let to_colleague = reader.choice("chats", |fate| match fate {
        chats::QUEUE => Some(false),
        chats::COLLEAGUE => Some(true),
        _ => None,
    });
    let heir = match to_colleague {
        Some(true) => reader.choice("hand_over_to", |id| id.parse::<OperatorId>().ok()),
        Some(false) | None => None,
    };
    reader.done()?;
    let change = OperatorChange {
        disabled: Some(true),
        hand_over_to: heir,
        ..OperatorChange::default()
    };
    let id = known(id)?;
    let disabled = state.operators.update(who, id, change).await;
    // The call's field; here it is the form that says it, about whom it is.
    disabled.map_err(|error| match error.fault() {
        Some(fault) if fault.field == "disabled" => error.of_field("id"),
        _ => error,
    })?;
    let mut done = told_of(state, told::DISABLED, id).await?;
    if let Some(heir) = heir {
        let heir = state.auth.profile(heir).await?;
        done.flash = done.flash.about(heir.name);
    }
    Ok(done)
}

async fn enable(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let id = operator(form)?;
    let change = OperatorChange {
        disabled: Some(false),
        ..OperatorChange::default()
    };
    state.operators.update(who, id, change).await?;
    told_of(state, told::ENABLED, id).await
}

async fn withdraw(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let id = reader.choice("id", |id| id.parse().ok());
    reader.done()?;
    state
        .operators
        .withdraw(who, id.unwrap_or_default())
        .await?;
    Ok(Done::told(Flash::new(told::WITHDRAWN)))
}

/// About whom a form is that says nothing else.
fn operator(form: &Form) -> Result<OperatorId, Refusal> {
    let mut reader = form.reader();
    let id = reader.choice("id", |id| id.parse::<OperatorId>().ok());
    reader.done()?;
    known(id)
}

/// What a reader that is done has read.
fn known(id: Option<OperatorId>) -> Result<OperatorId, Refusal> {
    let nobody = || ServiceError::NotFound("There is no such operator.").into();
    id.ok_or_else(nobody)
}

/// Back to the page, which says it with the operator's name.
async fn told_of(state: &AppState, key: &str, id: OperatorId) -> Result<Done, Refusal> {
    let name = state.auth.profile(id).await?.name;
    Ok(Done::told(Flash::new(key).about(name)))
}
