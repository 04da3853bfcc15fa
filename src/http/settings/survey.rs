//! The satisfaction survey: what the page shows, and its form.

use super::accounts::accounts;
use super::taking::{Done, Refusal, no_such_form};
use crate::protocol::automatic::Translations;
use crate::protocol::preferences::Language;
use crate::protocol::team_settings::Survey;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::service::rating;
use crate::state::AppState;
use crate::ui::{Flash, Form, SurveyAnswers, SurveyShown, question_field, survey_forms as forms};

/// All that the page shows.
pub(super) async fn shown(state: &AppState, who: &SignedIn) -> Result<SurveyShown, ServiceError> {
    let (survey, version) = state.team_settings.survey().await?;
    let first = accounts(state, who, |_| false).await?.into_iter().next();
    Ok(SurveyShown {
        survey,
        version,
        account: first.map_or_else(|| "LINE".to_owned(), |first| first.title),
        answers: |language| SurveyAnswers {
            buttons: rating::labels(language),
            thanks: rating::thanks(language),
        },
    })
}

/// The page's form.
pub(super) async fn take(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    if form.which() != forms::SURVEY {
        return Err(no_such_form());
    }
    let mut reader = form.reader();
    let version = reader.choice("version", |version| version.parse().ok());
    let on = reader.switch("on");
    let spend_quota = reader.switch("spend_quota");
    let wait = reader.choice("wait_minutes", |minutes| minutes.trim().parse().ok());
    let mut questions = Translations::default();
    for language in Language::ALL {
        let question = reader.text(question_field(language));
        *questions.get_mut(language) = Some(question.to_owned());
    }
    reader.done()?;
    let survey = Survey {
        on,
        questions,
        wait_minutes: wait.unwrap_or_default(),
        spend_quota,
    };
    let saved = state
        .team_settings
        .save_survey(who, version.unwrap_or(0), survey);
    saved.await?;
    Ok(Done::told(Flash::new(forms::SURVEY)))
}
