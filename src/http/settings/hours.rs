//! Business hours: what the page shows, and its forms.

mod asked;

use http::Uri;

use self::asked::Asked;
use super::accounts::{accounts, version_and_account};
use super::taking::{Done, Refusal, Taken, no_such_form};
use crate::calendar::public_holidays::Country;
use crate::calendar::{Calendar, Zone};
use crate::clock;
use crate::protocol::ChannelName;
use crate::protocol::fault::Reason;
use crate::protocol::hours::{Hours, Week};
use crate::protocol::team_settings::HoursByChannel;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{
    Answer, FieldFault, Flash, Form, HoursImport, HoursShown, TypedHoliday, TypedWeek, Why,
    hours_forms as forms, hours_told as told,
};

/// All that the page shows.
pub(super) async fn shown(
    state: &AppState,
    who: &SignedIn,
    uri: &Uri,
    answer: &Answer,
) -> Result<HoursShown, ServiceError> {
    let (all, version) = state.team_settings.hours().await?;
    let (team, _) = state.team_settings.team().await?;
    let asked = Asked::new(uri, answer);
    let accounts = accounts(state, who, |name| all.contains_key(name)).await?;
    let is_known = |name: &&str| accounts.iter().any(|account| account.name == **name);
    let chosen = asked.channel().filter(is_known).map(str::to_owned);
    let chosen = chosen.unwrap_or_else(|| ChannelName::default().to_string());
    let kept = all
        .get(&chosen)
        .or_else(|| all.get(ChannelName::default().as_str()));
    let zone = Zone::named(&team.time_zone).unwrap_or_else(|_| Zone::utc());
    let calendar = Calendar::new(zone, kept.cloned());
    let typed = asked.typed();
    let typed_as = |form: &str| typed.filter(|typed| typed.which() == form);
    let week = match (typed_as(forms::WEEK), kept) {
        (Some(form), _) => TypedWeek::of(form),
        (None, Some(hours)) => TypedWeek::kept(&hours.week),
        (None, None) => TypedWeek::kept(&Week::always()),
    };
    let kept_holidays = kept.map_or(&[][..], |hours| &hours.holidays);
    let holidays = match typed_as(forms::HOLIDAYS) {
        Some(form) => TypedHoliday::all_of(form),
        None => TypedHoliday::kept(kept_holidays),
    };
    let import = asked.import().map(|(country, year)| HoursImport {
        country,
        year,
        days: country
            .holidays(year)
            .into_iter()
            .filter(|day| kept_holidays.iter().all(|kept| kept.date != day.date))
            .collect(),
    });
    Ok(HoursShown {
        own: all.contains_key(&chosen),
        accounts,
        chosen,
        version,
        week,
        holidays,
        first_day: team.first_day,
        now: asked::moment(&calendar, kept, clock::now()),
        asked: asked.at(&calendar, kept),
        zone: team.time_zone,
        import,
        reworked: asked.reworked(),
    })
}

/// One of the page's forms.
pub(super) async fn take(state: &AppState, who: &SignedIn, form: Form) -> Result<Taken, Refusal> {
    // A cross changes the form and not what is kept.
    if form.value("remove").is_some() && [forms::WEEK, forms::HOLIDAYS].contains(&form.which()) {
        return Ok(Taken::Reworked(form));
    }
    let (version, channel) = version_and_account(&form)?;
    let (mut all, current) = state.team_settings.hours().await?;
    if current != version {
        return Err(ServiceError::Stale.into());
    }
    let flash = change(&mut all, channel.as_str(), &form)?;
    state.team_settings.save_hours(who, version, all).await?;
    let mut done = Done::told(flash);
    if channel != ChannelName::default() {
        done.query = Some(format!("channel={channel}"));
    }
    Ok(Taken::Back(done))
}

/// Puts what the form has into the hours; answers what is told of it.
fn change(all: &mut HoursByChannel, channel: &str, form: &Form) -> Result<Flash, Refusal> {
    let shared = all.get(ChannelName::default().as_str()).cloned();
    let before = all.get(channel).cloned().or(shared);
    let mut hours = before.unwrap_or_else(|| Hours {
        week: Week::always(),
        holidays: Vec::new(),
    });
    let flash = match form.which() {
        forms::WEEK => {
            hours.week = TypedWeek::of(form).read()?;
            Flash::new(told::WEEK)
        }
        forms::HOLIDAYS => {
            hours.holidays = TypedHoliday::read(&TypedHoliday::all_of(form))?;
            Flash::new(told::HOLIDAYS)
        }
        forms::IMPORT => {
            let added = import(&mut hours, form)?;
            Flash::new(told::IMPORTED).about(added)
        }
        forms::DROP => {
            all.remove(channel);
            return Ok(Flash::new(told::DROPPED));
        }
        _ => return Err(no_such_form()),
    };
    all.insert(channel.to_owned(), hours);
    Ok(flash)
}

/// Adds the ticked days; answers how many.
fn import(hours: &mut Hours, form: &Form) -> Result<usize, Refusal> {
    let which = form.value("which").and_then(asked::which_holidays);
    let Some((country, year)) = which else {
        return Err(no_such_form());
    };
    let added = ticked(hours, form, country, year);
    if added == 0 {
        let fault = FieldFault::new("holidays", Why::Value(Reason::Unknown));
        return Err(vec![fault].into());
    }
    Ok(added)
}

fn ticked(hours: &mut Hours, form: &Form, country: Country, year: i16) -> usize {
    let before = hours.holidays.len();
    for day in country.holidays(year) {
        let is_ticked = form.value(&format!("day_{}", day.date)).is_some();
        if is_ticked && hours.holiday(day.date).is_none() {
            hours.holidays.push(crate::protocol::hours::Holiday {
                date: day.date,
                name: day.name.to_owned(),
                hours: Vec::new(),
            });
        }
    }
    hours.holidays.len() - before
}
