//! The page that a link to choose a password leads to: an invitation, or a forgotten password. A
//! document. Looking at it changes nothing, and its title tells nothing to whoever previews it.

mod texts;

use http::request::Parts;
use leptos::prelude::*;

use self::texts::Texts;
use super::components::{Icon, icon_small};
use super::document::{Document, Said, field_error, languages, one_thing, render, role_word};
use super::front::Assets;
use super::login::Art;
use super::words::{Lang, Shared, texts_in};
use crate::protocol::Timestamp;
use crate::protocol::fault::Reason;
use crate::protocol::team::LinkPurpose;

/// What the page shows.
#[derive(Clone, Debug)]
pub(crate) struct InvitationPage {
    /// What the link is for.
    pub purpose: LinkPurpose,
    /// The name that was typed before a refusal.
    pub typed: Option<String>,
    /// The field that was refused, and why.
    pub fault: Option<(String, Reason)>,
    /// When this is.
    pub now: Timestamp,
}

/// The page; without one to show it says that the link is good no longer.
pub(crate) fn invitation_page(
    parts: Parts,
    assets: &Assets,
    shown: Option<&InvitationPage>,
) -> String {
    let path = parts.uri.path().to_owned();
    // With the language that was asked for, so that a refusal is in it, too.
    let address = parts.uri.path_and_query();
    let address = address.map_or_else(|| path.clone(), ToString::to_string);
    render(parts, assets, move |facts| {
        let seen = match shown {
            Some(page) => whole(facts.lang, page, &path, address).into_any(),
            None => over(facts.lang, &path),
        };
        // Nothing of whom it is for: whatever passes the link on shows the title.
        let title = if shown.is_some_and(|page| page.fault.is_some()) {
            format!("{} Sala", texts_in::<Texts>(facts.lang).not_saved())
        } else {
            "Sala".to_owned()
        };
        Document {
            title,
            refresh: None,
            script: None,
            body: seen,
        }
    })
}

/// That the link is good no longer.
fn over(lang: Lang, path: &str) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let said = Said {
        sign: Icon::Clock,
        kind: Some("offline"),
        words: [texts.over(), texts.over_why()],
    };
    let way = view! {
        <a class="button button--primary" href="/login">
            {texts_in::<Shared>(lang).sign_in()}
        </a>
    };
    one_thing(lang, path, said, way, ())
}

fn whole(lang: Lang, page: &InvitationPage, path: &str, address: String) -> impl IntoView + use<> {
    let texts = texts_in::<Texts>(lang);
    let inviter = &page.purpose.inviter;
    let [welcome, sentence] = if page.purpose.known {
        [texts.welcome_back().to_owned(), texts.link_from(inviter)]
    } else {
        [texts.welcome().to_owned(), texts.invited_you(inviter)]
    };
    view! {
        <main class="login">
            <Art welcome sentence />
            <section class="login__form">
                {form(lang, page, address)}
                {languages(lang, path)}
            </section>
        </main>
    }
}

fn form(lang: Lang, page: &InvitationPage, address: String) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let LinkPurpose {
        known,
        email,
        name,
        role,
        inviter,
        expires_at,
    } = &page.purpose;
    let [title, lead] = if *known {
        [texts.choose_password().to_owned(), name.clone()]
    } else {
        let lead = texts.invited_as(inviter, role_word(lang, *role));
        [texts.join().to_owned(), lead]
    };
    let minutes = expires_at.since(page.now).max(0) / 60_000;
    let left = texts.valid_for(&(minutes / 60).to_string(), &(minutes % 60).to_string());
    let name_field = (!known).then(|| name_field(texts, page));
    view! {
        <form method="post" action=address aria-labelledby="title">
            <div>
                <h1 id="title">{title}</h1>
                <p class="muted">{lead}</p>
            </div>
            <p>
                <span class="chip chip--info">{icon_small(Icon::Clock)} {left}</span>
            </p>
            <label class="label">
                {texts.email()}
                <span class="field">
                    <input type="email" value=email.clone() readonly autocomplete="username" />
                </span>
            </label>
            {name_field}
            {password_field(texts, page)}
            <button class="button button--primary">{texts.set_password()}</button>
            <p class="login__stay muted">{texts.uses_up()}</p>
        </form>
    }
    .into_any()
}

fn name_field(texts: Texts, page: &InvitationPage) -> AnyView {
    let fault = fault(texts, page, "name");
    let value = page.typed.as_ref().unwrap_or(&page.purpose.name).clone();
    view! {
        <div class="label">
            <label for="name">
                {texts.name()}
                <small>{texts.name_hint()}</small>
            </label>
            <span class="field" data-invalid=fault.map(|_| "")>
                <input
                    id="name"
                    name="name"
                    value=value
                    autocomplete="name"
                    required
                    autofocus=fault.is_some()
                    aria-invalid=fault.map(|_| "true")
                    aria-describedby=fault.map(|_| "name-error")
                />
            </span>
            {field_error(fault, "name-error")}
        </div>
    }
    .into_any()
}

fn password_field(texts: Texts, page: &InvitationPage) -> AnyView {
    let fault = fault(texts, page, "password");
    view! {
        <div class="label">
            <label for="password">{texts.password()}</label>
            <span class="field" data-invalid=fault.map(|_| "")>
                <input
                    id="password"
                    name="password"
                    type="password"
                    autocomplete="new-password"
                    required
                    autofocus=fault.is_some()
                    aria-invalid=fault.map(|_| "true")
                    aria-describedby=fault.map(|_| "password-error")
                />
            </span>
            {field_error(fault, "password-error")}
            {rules(texts, page)}
        </div>
    }
    .into_any()
}

/// What a password must be; after a refusal also which of it was not so.
fn rules(texts: Texts, page: &InvitationPage) -> AnyView {
    let refused = page.fault.as_ref().filter(|(field, _)| field == "password");
    let refused = refused.map(|(_, reason)| *reason);
    let rule = |text: &'static str, breaks: Option<Reason>| {
        let failed = breaks.is_some() && refused == breaks;
        let sign = if failed { Icon::X } else { Icon::Check };
        view! { <li data-state=failed.then_some("failed")>{icon_small(sign)} {text}</li> }
    };
    view! {
        <ul class="rules" aria-label=texts.rules()>
            {rule(texts.rule_length(), Some(Reason::TooShort))}
            {rule(texts.rule_common(), Some(Reason::Common))}
            {rule(texts.rule_none(), None)}
        </ul>
    }
    .into_any()
}

/// The sentence for a field that was refused.
fn fault(texts: Texts, page: &InvitationPage, field: &str) -> Option<&'static str> {
    let (refused, reason) = page.fault.as_ref()?;
    (refused == field).then(|| match (field, reason) {
        ("name", Reason::Missing) => texts.name_missing(),
        ("name", Reason::TooLong) => texts.name_too_long(),
        ("name", Reason::Unseen) => texts.name_unseen(),
        (_, Reason::TooShort | Reason::Missing) => texts.too_short(),
        (_, Reason::TooLong) => texts.too_long(),
        (_, Reason::Common) => texts.common(),
        _ => texts.not_right(),
    })
}
