//! Canned replies: what the section shows, its forms, and its file.

use http::{StatusCode, Uri};

use super::listing::{AskedList, lost};
use super::sharing;
use super::taking::{Done, Refusal, id_of, no_such_form};
use crate::protocol::fault::Reason;
use crate::protocol::{CannedId, CannedReply};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::service::canned::{
    CannedDraft, CsvError, ImportRefusal, TableFault, check, contains, from_csv,
};
use crate::service::error::Fault;
use crate::service::team_settings::TeamSection;
use crate::state::AppState;
use crate::ui::{
    Answer, Canned, FieldFault, FileFault, Flash, Form, OpenedCanned as Opened, Refused, Why,
    canned_forms as forms, canned_told as told, whose,
};

/// The section; with what is said in place of what was asked for and is not there.
pub(super) async fn shown(
    state: &AppState,
    who: &SignedIn,
    uri: &Uri,
    answer: &Answer,
) -> Result<(Canned, Option<(StatusCode, Refused)>), ServiceError> {
    let replies = state.canned.list(who.operator.id).await?;
    let shares = state.canned.may_share(&who.operator).await?;
    let asked = AskedList::new(uri);
    let (opened, instead) = opened(&asked, answer, &replies, shares);
    let of_team = replies.iter().filter(|reply| reply.shared).count();
    let counts = [of_team, replies.len() - of_team];
    let categories = replies.iter().filter_map(|reply| reply.category.clone());
    let mut categories: Vec<String> = categories.collect();
    categories.sort_unstable();
    categories.dedup();
    let mut listing = asked.listing();
    let found = replies
        .into_iter()
        .filter(|reply| contains(reply, &listing.query));
    let found: Vec<_> = found.collect();
    let found = listing.of(found);
    let shown = Canned {
        shares,
        rule: sharing::rule(state, who, TeamSection::Canned).await?,
        listing,
        found,
        counts,
        categories,
        opened,
    };
    Ok((shown, instead))
}

fn opened(
    asked: &AskedList,
    answer: &Answer,
    replies: &[CannedReply],
    shares: bool,
) -> (Opened, Option<(StatusCode, Refused)>) {
    let Some((form, id)) = asked.opened(answer, [forms::EDIT, forms::DELETE]) else {
        return (Opened::Nothing, None);
    };
    let id: Option<CannedId> = id.parse().ok();
    let mut replies = replies.iter();
    let reply = replies.find(|reply| Some(reply.id) == id && (shares || !reply.shared));
    match reply.cloned() {
        Some(reply) if form == forms::EDIT => (Opened::Edit(reply), None),
        Some(reply) => (Opened::Delete(reply), None),
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
            let gone = state.canned.delete(&who.operator, id(form)?).await?;
            Ok(Done::told(Flash::new(told::DELETED).about(gone.shortcut)))
        }
        forms::IMPORT => import(state, who, form).await,
        forms::RULE => sharing::save_rule(state, who, form, TeamSection::Canned, told::RULE).await,
        _ => Err(no_such_form()),
    }
}

/// About which reply a form is.
fn id(form: &Form) -> Result<CannedId, Refusal> {
    id_of(form, "There is no such canned reply.")
}

async fn save(
    state: &AppState,
    who: &SignedIn,
    form: &Form,
    id: Option<CannedId>,
    key: &str,
) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    // Written as it is typed in a chat it is meant all the same.
    let shortcut = reader.text("shortcut").trim();
    let shortcut = shortcut.strip_prefix(['/', '／']).unwrap_or(shortcut);
    let (title, text) = (reader.text("title"), reader.text("text"));
    let category = reader.text("category");
    let shared = reader.choice("shared", |whose| match whose {
        whose::SHARED => Some(true),
        whose::MINE => Some(false),
        _ => None,
    });
    reader.done()?;
    let draft = CannedDraft {
        id,
        shortcut: shortcut.to_owned(),
        title: title.to_owned(),
        // Browsers send line breaks of forms as CR LF; what they show is LF.
        text: text.replace("\r\n", "\n"),
        category: Some(category.to_owned()),
        shared: shared.unwrap_or(false),
    };
    check(&draft).map_err(named)?;
    let saved = state.canned.save(&who.operator, draft).await?;
    Ok(Done::told(Flash::new(key).about(saved.shortcut)))
}

/// All faults, as the form's fields show them.
pub(super) fn named(faults: Vec<Fault>) -> Vec<FieldFault> {
    let named = |fault: Fault| FieldFault::new(fault.field, Why::Value(fault.reason));
    faults.into_iter().map(named).collect()
}

async fn import(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let file = reader.file("file");
    reader.done()?;
    let Some(file) = file.filter(|file| !file.is_empty()) else {
        let missing = FieldFault::new("file", Why::Value(Reason::Missing));
        return Err(vec![missing].into());
    };
    let shares = state.canned.may_share(&who.operator).await?;
    let rows = from_csv(file, shares).map_err(|fault| Refusal::File(vec![of_table(fault)]))?;
    let imported = state.canned.import(&who.operator, &rows).await;
    let imported = imported.map_err(|refusal| match refusal {
        ImportRefusal::Service(error) => Refusal::Service(error),
        ImportRefusal::Rows(rows) => {
            let cell = |it: crate::service::canned::RowFault| {
                let field = FieldFault::new(it.fault.field, Why::Value(it.fault.reason));
                FileFault::Cell(it.row, field)
            };
            Refusal::File(rows.into_iter().map(cell).collect())
        }
    })?;
    let flash = Flash::new(told::IMPORTED).about(imported.added);
    Ok(Done::told(flash.about(imported.changed)))
}

fn of_table(fault: TableFault) -> FileFault {
    match fault {
        TableFault::Csv(CsvError::Encoding(encoding)) => FileFault::Encoding(encoding.name()),
        TableFault::Csv(CsvError::Quote(row)) => FileFault::Quote(row),
        TableFault::Column(name) => FileFault::Column(name),
        TableFault::Empty => FileFault::Empty,
        TableFault::TooManyRows => FileFault::TooManyRows,
        TableFault::Shared(row) => {
            let unknown = Why::Value(Reason::Unknown);
            FileFault::Cell(row, FieldFault::new("shared", unknown))
        }
    }
}
