//! My account: what it shows, and its forms.

use axum::http::request::Parts;
use http::{HeaderMap, header};

use super::taking::{Done, Refusal, id_of, no_such_form};
use crate::api::context::{clear_cookie, look_cookies, visitor};
use crate::clock;
use crate::protocol::account::{NewPicture, ProfileChange};
use crate::protocol::alerts::{AlertSettings, QuietHours, Tone, WaitingAlerts};
use crate::protocol::fault::Reason;
use crate::protocol::preferences::{Appearance, ClockHours, Language, SendWith};
use crate::service::ServiceError;
use crate::service::auth::{SignedIn, browser_and_system};
use crate::state::AppState;
use crate::ui::{Account, Flash, Form, PushDevice, account_forms as forms, account_told as told};

/// A day has so many milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// All that the page shows.
pub(super) async fn shown(state: &AppState, who: &SignedIn) -> Result<Account, ServiceError> {
    let limits = state.config.sessions;
    Ok(Account {
        profile: state.auth.profile(who.operator.id).await?,
        devices: devices(state, who).await?,
        reaches_iphones: state.config.is_known_to_push_services(),
        alerts: state.alerts.read(who.operator.id).await?,
        logins: state.auth.my_logins(who).await?,
        ends_after_days: [limits.idle_ms(), limits.max_ms()].map(|ms| ms / DAY_MS),
        now: clock::now(),
    })
}

async fn devices(state: &AppState, who: &SignedIn) -> Result<Vec<PushDevice>, ServiceError> {
    let devices = state.push.devices(who).await?;
    let shown = devices.into_iter().map(|device| {
        let (browser, system) = browser_and_system(device.login.user_agent.as_deref());
        PushDevice {
            id: device.id.0,
            current: device.login_id == who.login,
            installed: device.device == "installed",
            name: device.device,
            browser,
            system,
            last_success_at: device.last_success_at,
            last_error_at: device.last_error_at,
            last_error: device.last_error,
        }
    });
    Ok(shown.collect())
}

/// One of the page's forms.
pub(super) async fn take(
    state: &AppState,
    who: &SignedIn,
    parts: &Parts,
    form: &Form,
) -> Result<Done, Refusal> {
    match form.which() {
        forms::PROFILE => profile(state, who, form).await,
        forms::NO_PICTURE => no_picture(state, who).await,
        forms::KEYS => keys(state, who, form).await,
        forms::LOOK => look(state, who, form).await,
        forms::SENDING => sending(state, who, form).await,
        forms::PUSH_OFF => push_off(state, who, form).await,
        forms::PUSH_TEST => {
            let devices = state.push.test(who).await?;
            Ok(Done::told(Flash::new(told::PUSH_TEST).about(devices)))
        }
        forms::ALERTS => alerts(state, who, form).await,
        forms::PASSWORD => password(state, who, parts, form).await,
        forms::END => end(state, who, form).await,
        forms::END_OTHERS => {
            let ended = state.auth.end_other_logins(who).await?;
            Ok(Done::told(Flash::new(told::OTHERS).about(ended)))
        }
        _ => Err(no_such_form()),
    }
}

async fn profile(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let name = reader.text("name");
    let picture = reader.file("picture").map(<[u8]>::to_vec);
    reader.done()?;
    let told = picture.as_ref().map_or(told::NAME, |_| told::PICTURE);
    let change = ProfileChange {
        name: Some(name.to_owned()),
        picture: picture.map(NewPicture::File),
        ..ProfileChange::default()
    };
    state.auth.save_profile(who, change).await?;
    Ok(Done::told(Flash::new(told)))
}

async fn no_picture(state: &AppState, who: &SignedIn) -> Result<Done, Refusal> {
    let change = ProfileChange {
        picture: Some(NewPicture::None),
        ..ProfileChange::default()
    };
    state.auth.save_profile(who, change).await?;
    Ok(Done::told(Flash::new(told::NO_PICTURE)))
}

async fn keys(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let send_with = reader.choice("send_with", |keys| match keys {
        "enter" => Some(SendWith::Enter),
        "ctrl_enter" => Some(SendWith::CtrlEnter),
        _ => None,
    });
    let single_keys = reader.switch("single_keys");
    reader.done()?;
    let change = ProfileChange {
        send_with,
        single_keys: Some(single_keys),
        ..ProfileChange::default()
    };
    state.auth.save_profile(who, change).await?;
    Ok(Done::told(Flash::new(told::KEYS)))
}

async fn look(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let language = reader.choice("language", |tag| {
        Language::ALL.into_iter().find(|known| known.tag() == tag)
    });
    let appearance = reader.choice("appearance", |name| match name {
        "auto" => Some(Appearance::Auto),
        "light" => Some(Appearance::Light),
        "dark" => Some(Appearance::Dark),
        _ => None,
    });
    let clock = reader.choice("clock", |hours| match hours {
        "24" => Some(ClockHours::TwentyFour),
        "12" => Some(ClockHours::Twelve),
        _ => None,
    });
    let buddhist_year = reader.switch("buddhist_year");
    reader.done()?;
    let change = ProfileChange {
        language,
        appearance,
        clock,
        buddhist_year: Some(buddhist_year),
        ..ProfileChange::default()
    };
    let saved = state.auth.save_profile(who, change).await?;
    let mut headers = HeaderMap::new();
    for cookie in look_cookies(saved.preferences) {
        headers.append(header::SET_COOKIE, cookie);
    }
    Ok(Done {
        headers,
        ..Done::told(Flash::new(told::LOOK))
    })
}

async fn alerts(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let [waiting, mine, mentions, repeat_waiting, push_preview] = [
        "waiting",
        "mine",
        "mentions",
        "repeat_waiting",
        "push_preview",
    ]
    .map(|name| reader.switch(name));
    let sound = reader.choice("sound", |name| {
        Tone::ALL.into_iter().find(|known| known.name() == name)
    });
    let volume = reader.choice("volume", |percent| percent.parse().ok());
    let quiet = if reader.switch("quiet") {
        let [from, to] = ["from", "to"].map(|name| reader.choice(name, |time| time.parse().ok()));
        from.zip(to).map(|(from, to)| QuietHours { from, to })
    } else {
        None
    };
    reader.done()?;
    let settings = AlertSettings {
        sound: sound.unwrap_or_default(),
        volume: volume.unwrap_or_default(),
        waiting: if waiting {
            WaitingAlerts::All
        } else {
            WaitingAlerts::None
        },
        mine,
        mentions,
        repeat_waiting,
        quiet,
        push_preview,
    };
    state.alerts.save(who, settings).await?;
    Ok(Done::told(Flash::new(told::ALERTS)))
}

async fn push_off(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let id = id_of(form, "You have no such device.")?;
    state.push.forget_device(who, id).await?;
    Ok(Done::told(Flash::new(told::PUSH_OFF)))
}

async fn sending(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let delay_s = reader.choice("delay_s", |seconds| seconds.parse().ok());
    reader.done()?;
    let change = ProfileChange {
        delay_s,
        ..ProfileChange::default()
    };
    state.auth.save_profile(who, change).await?;
    Ok(Done::told(Flash::new(told::SENDING)))
}

async fn password(
    state: &AppState,
    who: &SignedIn,
    parts: &Parts,
    form: &Form,
) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let (old, new) = (reader.text("old"), reader.text("new"));
    reader.done()?;
    let visitor = visitor(state, &parts.extensions, &parts.headers);
    let ended = state.auth.change_password(who, old, new, &visitor).await?;
    Ok(Done::told(Flash::new(told::PASSWORD).about(ended)))
}

async fn end(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let id = reader.text("id").parse();
    if id.is_err() {
        reader.refuse("id", Reason::Unknown);
    }
    reader.done()?;
    let id = id.unwrap_or_default();
    state.auth.end_login(who, id).await?;
    let flash = Done::told(Flash::new(told::ENDED));
    if id != who.login.0 {
        return Ok(flash);
    }
    // Unlike the console's own log-out this leaves what is drafted and queued in this browser: a
    // document cannot look for it and ask first.
    let mut headers = HeaderMap::new();
    headers.append(header::SET_COOKIE, clear_cookie(&state.config.public_url));
    Ok(Done {
        headers,
        to: Some("/login"),
        query: None,
        ..flash
    })
}
