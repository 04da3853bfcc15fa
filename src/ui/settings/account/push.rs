//! The devices on which one is told while no console is open.

use leptos::prelude::*;

use super::push_texts::Texts;
use super::shown::{Account, PushDevice, forms};
use crate::protocol::{Timestamp, Zone};
use crate::ui::components::{Icon, icon};
use crate::ui::front::PageFacts;
use crate::ui::settings::Section;
use crate::ui::settings::card::{button_form, card_at};
use crate::ui::words::{texts_in, use_dates};

/// The section's address within the page.
const ANCHOR: &str = "push";

/// The card.
pub(super) fn card(facts: PageFacts, account: &Account) -> AnyView {
    let texts = texts_in::<Texts>(facts.lang);
    let devices: Vec<_> = account
        .devices
        .iter()
        .map(|device| row(texts, device, account.now, facts.zone))
        .collect();
    let list = if devices.is_empty() {
        view! { <p class="hint">{texts.none()}</p> }.into_any()
    } else {
        view! { <ul class="devices">{devices}</ul> }.into_any()
    };
    let test = (!account.devices.is_empty()).then(|| {
        let button = view! { <button class="button">{texts.test()}</button> };
        button_form(
            Section::Account,
            forms::PUSH_TEST,
            Vec::new(),
            button.into_any(),
        )
    });
    let phones = if account.reaches_iphones {
        texts.iphones()
    } else {
        texts.no_iphones()
    };
    let body = view! {
        {list}
        {here(texts)}
        <div class="form__foot">{test} <span class="hint">{phones}</span></div>
        <script type="module" src="/alerts/account.mjs"></script>
    };
    card_at(
        Some(ANCHOR),
        12,
        texts.devices().to_owned(),
        Some(texts.devices_hint().to_owned()),
        body.into_any(),
    )
}

/// What can be done on this device, of which only its browser knows.
fn here(texts: Texts) -> AnyView {
    view! {
        <div data-needs-script="">
            <p data-push="on" hidden>
                <span class="hint">{texts.why()}</span>
                <button type="button" class="button button--small">
                    {texts.turn_on()}
                </button>
            </p>
            <p data-push="off" hidden>
                <span class="hint">{texts.is_on()}</span>
                <button type="button" class="button button--small">
                    {texts.turn_off_here()}
                </button>
            </p>
            <p data-push="blocked" class="hint" hidden>
                {texts.blocked()}
            </p>
            <p data-push="impossible" class="hint" hidden>
                {texts.impossible()}
            </p>
            <p data-push="failed" class="hint" role="alert" hidden>
                {texts.failed()}
            </p>
        </div>
    }
    .into_any()
}

fn row(texts: Texts, device: &PushDevice, now: Timestamp, zone: Zone) -> AnyView {
    let dates = use_dates();
    let when = |at: Timestamp| dates.short(at, now, zone);
    let failed_since_success = match (device.last_error_at, device.last_success_at) {
        (Some(error), Some(success)) => error > success,
        (Some(_), None) => true,
        (None, _) => false,
    };
    let (state, words) = match (device.last_error_at, device.last_success_at) {
        (Some(at), _) if failed_since_success => {
            let why = match device.last_error.as_deref() {
                Some("unreached") | None => texts.unreached().to_owned(),
                Some(status) => texts.answered(status),
            };
            let words = format!("{} {why} {}", texts.not_reached(&when(at)), texts.renew());
            (Some("failed"), words)
        }
        (_, Some(at)) => (None, texts.delivered(&when(at))),
        _ => (None, texts.nothing_yet().to_owned()),
    };
    let name = match (&device.browser, &device.system) {
        (Some(browser), Some(system)) if device.installed => {
            format!(
                "{}, {}",
                texts.browser_on(browser, system),
                texts.installed()
            )
        }
        (Some(browser), Some(system)) => texts.browser_on(browser, system),
        (Some(only), None) | (None, Some(only)) => only.clone(),
        (None, None) if device.name.is_empty() => texts.unknown().to_owned(),
        (None, None) => device.name.clone(),
    };
    let here = device.current.then(|| {
        view! { <span class="chip chip--accent">{texts.this_device()}</span> }
    });
    let label = if state.is_some() {
        texts.remove()
    } else {
        texts.turn_off()
    };
    let button = view! { <button class="button button--small">{label}</button> };
    let sign = if device.is_hand_held() {
        Icon::Phone
    } else {
        Icon::Monitor
    };
    let fields = vec![("id", device.id.to_string())];
    view! {
        <li data-state=state>
            {icon(sign)} <div>
                <b>{name}</b>
                {here}
                <small>{words}</small>
            </div> {button_form(Section::Account, forms::PUSH_OFF, fields, button.into_any())}
        </li>
    }
    .into_any()
}
