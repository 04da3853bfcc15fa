//! Tags: what the section shows, and its forms.

use http::{StatusCode, Uri};

use super::canned::named;
use super::listing::{AskedList, lost};
use super::sharing;
use super::taking::{Done, Refusal, id_of, no_such_form};
use crate::protocol::TagId;
use crate::protocol::tag::UsedTag;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::service::tags::{TagDraft, check_tag, named_like};
use crate::service::team_settings::TeamSection;
use crate::state::AppState;
use crate::ui::{
    Answer, Flash, Form, OpenedTag as Opened, Refused, Tags, tag_forms as forms, tag_told as told,
};

/// The section; with what is said in place of what was asked for and is not there.
pub(super) async fn shown(
    state: &AppState,
    who: &SignedIn,
    uri: &Uri,
    answer: &Answer,
) -> Result<(Tags, Option<(StatusCode, Refused)>), ServiceError> {
    let tags = state.tags.list().await?;
    let asked = AskedList::new(uri);
    let (opened, instead) = opened(&asked, answer, &tags);
    let count = tags.len();
    let mut listing = asked.listing();
    let found = named_like(tags, &listing.query);
    let found = listing.of(found);
    let shown = Tags {
        rule: sharing::rule(state, who, TeamSection::Tags).await?,
        listing,
        found,
        count,
        opened,
    };
    Ok((shown, instead))
}

fn opened(
    asked: &AskedList,
    answer: &Answer,
    tags: &[UsedTag],
) -> (Opened, Option<(StatusCode, Refused)>) {
    let Some((form, id)) = asked.opened(answer, [forms::EDIT, forms::DELETE]) else {
        return (Opened::Nothing, None);
    };
    let id: Option<TagId> = id.parse().ok();
    match tags.iter().find(|tag| Some(tag.id) == id).cloned() {
        Some(tag) if form == forms::EDIT => (Opened::Edit(tag), None),
        Some(tag) => (Opened::Delete(tag), None),
        None => (Opened::Nothing, Some(lost(form))),
    }
}

/// One of the page's forms.
pub(super) async fn take(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    match form.which() {
        forms::ADD => save(state, who, form, None, told::ADDED).await,
        forms::EDIT => {
            let id = id(form)?;
            save(state, who, form, Some(id), told::CHANGED).await
        }
        forms::DELETE => {
            let gone = state.tags.delete(&who.operator, id(form)?).await?;
            Ok(Done::told(Flash::new(told::DELETED).about(gone.name)))
        }
        forms::RULE => sharing::save_rule(state, who, form, TeamSection::Tags, told::RULE).await,
        _ => Err(no_such_form()),
    }
}

/// About which tag a form is.
fn id(form: &Form) -> Result<TagId, Refusal> {
    id_of(form, "There is no such tag.")
}

async fn save(
    state: &AppState,
    who: &SignedIn,
    form: &Form,
    id: Option<TagId>,
    key: &str,
) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let (name, color) = (reader.text("name"), reader.text("color"));
    reader.done()?;
    let draft = TagDraft {
        id,
        name: name.to_owned(),
        color: color.to_owned(),
    };
    check_tag(&draft).map_err(named)?;
    let saved = state.tags.save(&who.operator, draft).await?;
    Ok(Done::told(Flash::new(key).about(saved.name)))
}
