//! One's own log-ins, each with a way to end it.

use leptos::prelude::*;

use super::shown::{Account, forms};
use super::texts::Texts;
use crate::protocol::account::MyLogin;
use crate::protocol::{Timestamp, Zone};
use crate::ui::components::{Icon, icon};
use crate::ui::front::PageFacts;
use crate::ui::settings::Section;
use crate::ui::settings::card::{button_form, card as whole_card};
use crate::ui::settings::table::{Cell, Row, table};
use crate::ui::words::{texts_in, use_dates};

/// The card.
pub(super) fn card(facts: PageFacts, account: Account) -> AnyView {
    let texts = texts_in::<Texts>(facts.lang);
    let Account {
        logins,
        ends_after_days: [idle, all],
        now,
        ..
    } = account;
    let others = logins.len() > 1;
    let heads = [
        texts.device(),
        texts.address(),
        texts.signed_in(),
        texts.last_seen(),
        "",
    ];
    let rows = logins
        .into_iter()
        .map(|login| row(texts, login, now, facts.zone));
    let rows = table(&heads, texts.action(), rows.collect());
    let foot = others.then(|| {
        let button = view! { <button class="button button--danger">{texts.end_others()}</button> };
        view! {
            <div class="form__foot">
                {button_form(Section::Account, forms::END_OTHERS, Vec::new(), button.into_any())}
                <span class="hint">{texts.unknown_hint()}</span>
            </div>
        }
    });
    let hint = texts.logins_end(&idle.to_string(), &all.to_string());
    let body = view! {
        {rows}
        {foot}
    };
    whole_card(12, texts.my_logins(), Some(hint), body.into_any())
}

fn row(texts: Texts, login: MyLogin, now: Timestamp, zone: Zone) -> Row {
    let dates = use_dates();
    let name = name(texts, &login);
    let here = login.current.then(|| {
        view! { <span class="chip chip--accent">{texts.this_device()}</span> }
    });
    let device = view! {
        <span class="cell">
            {icon(sign(&login))} <b class="strong">{name}</b> {here}
        </span>
    };
    let at = |at: Timestamp| {
        view! {
            <time datetime=at.to_string() title=dates.full(at, zone)>
                {dates.short(at, now, zone)}
            </time>
        }
    };
    let seen = if login.current {
        texts.now().into_any()
    } else {
        at(login.last_seen_at).into_any()
    };
    let button = if login.current {
        view! { <button class="button button--small">{texts.sign_out()}</button> }.into_any()
    } else {
        view! { <button class="button button--small button--danger">{texts.end()}</button> }
            .into_any()
    };
    let fields = vec![("id", login.id.to_string())];
    Row {
        cells: vec![
            Cell::head(device),
            Cell::value(login.address.unwrap_or_else(|| "–".to_owned())),
            Cell::value(at(login.created_at)),
            Cell::value(seen),
            Cell::act(button_form(Section::Account, forms::END, fields, button)),
        ],
        state: None,
    }
}

fn name(texts: Texts, login: &MyLogin) -> String {
    match (&login.browser, &login.system) {
        (Some(browser), Some(system)) => texts.browser_on(browser, system),
        (Some(only), None) | (None, Some(only)) => only.clone(),
        (None, None) => texts.unknown_device().to_owned(),
    }
}

fn sign(login: &MyLogin) -> Icon {
    let hand_held = ["Android", "iPhone", "iPad", "iOS"];
    let system = login.system.as_deref().unwrap_or_default();
    if hand_held.iter().any(|name| system.contains(name)) {
        Icon::Phone
    } else {
        Icon::Monitor
    }
}
