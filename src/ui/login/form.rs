//! E-mail and password. A real form: without script the server takes it at `POST /login`.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Texts;
use crate::api::auth::Login;
use crate::api::{ApiError, call};
use crate::client::signals::RwSignal;
use crate::protocol::ErrorCode;
use crate::ui::components::{Icon, icon};
use crate::ui::field::text_in;
use crate::ui::live::{NodeRef, live, press, said, view};
use crate::ui::words::{Shared, use_dates, use_texts};

/// The form with its own state; on success the whole page is loaded anew, signed in.
#[component]
pub(super) fn LoginForm(next: String, error: Option<ErrorCode>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    let failure = RwSignal::new(error.map(|code| failed_without_script(texts, code)));
    let busy = RwSignal::new(false);
    let email = NodeRef::<html::Input>::new();
    let password = NodeRef::<html::Input>::new();
    let target = next.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(email), Some(password)) = (email.get_untracked(), password.get_untracked())
        else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let target = target.clone();
        spawn_local(async move {
            match call(Login {
                email: text_in(&email),
                password: text_in(&password),
            })
            .await
            {
                Ok(_) => {
                    // Leaves the page; there is nothing to do if the browser will not.
                    let _ = window().location().replace(&target);
                }
                Err(error) => {
                    failure.set(Some(failed(texts, &error)));
                    busy.set(false);
                    password.select();
                }
            }
        });
    };
    view! {
        <form method="post" action="/login" aria-labelledby="sign-in" on:submit=submit>
            <div>
                <h1 id="sign-in">{shared.sign_in()}</h1>
                <p class="muted">"Sala"</p>
            </div>
            <Failure failure=failure />
            <input type="hidden" name="next" value=next />
            <label class="label">
                {texts.email()}
                <span class="field" data-invalid=said(move || failure.get().map(|_| ""))>
                    <input
                        node_ref=email
                        type="email"
                        name="email"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                        autofocus
                    />
                </span>
            </label>
            <PasswordField node=password failure=failure />
            <button
                class="button button--primary"
                type="submit"
                aria-busy=said(move || busy.get().then_some("true"))
            >
                {shared.sign_in()}
            </button>
            <p class="login__stay muted">{texts.stay_signed_in()}</p>
        </form>
    }
}

/// The password with a button that shows it.
#[component]
fn PasswordField(node: NodeRef<html::Input>, failure: RwSignal<Option<String>>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shown = RwSignal::new(false);
    let label = move || {
        if shown.get() {
            texts.hide_password()
        } else {
            texts.show_password()
        }
    };
    view! {
        <div class="label">
            <span class="login__password">
                <label for="password">{texts.password()}</label>
                <small>{texts.forgot_password()}</small>
            </span>
            <span class="field" data-invalid=said(move || failure.get().map(|_| ""))>
                <input
                    node_ref=node
                    id="password"
                    name="password"
                    type=said(move || if shown.get() { "text" } else { "password" })
                    autocomplete="current-password"
                    required
                />
                <button
                    type="button"
                    class="icon-button icon-button--small"
                    aria-pressed=said(move || shown.get().to_string())
                    aria-label=said(label)
                    title=said(label)
                    on:click=press(move |_| shown.update(|shown| *shown = !*shown))
                >
                    {icon(Icon::Eye)}
                </button>
            </span>
        </div>
    }
}

/// What went wrong, said aloud when it appears.
#[component]
fn Failure(failure: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <div role="alert">
            {live(move || {
                failure
                    .get()
                    .map(|sentence| {
                        view! {
                            <div class="field-error login__error">
                                {icon(Icon::Alert)} <span>{sentence}</span>
                            </div>
                        }
                    })
            })}
        </div>
    }
}

/// The sentence for a refused log-in.
fn failed(texts: Texts, error: &ApiError) -> String {
    match (error.code, error.retry_after_ms) {
        _ if error.unreachable => texts.login_unreachable().to_owned(),
        (ErrorCode::RateLimitExceeded, Some(ms)) => {
            // Rounded up to whole minutes, so that the hint is never too early.
            let minutes = ms.div_ceil(60_000).max(1);
            let wait = use_dates().length(i64::try_from(minutes * 60_000).unwrap_or(i64::MAX));
            texts.too_many_logins_wait(&wait)
        }
        (ErrorCode::RateLimitExceeded, None) => texts.too_many_logins().to_owned(),
        (ErrorCode::NotAuthenticated | ErrorCode::ValidationError, _) => {
            texts.wrong_login().to_owned()
        }
        _ => texts.login_failed().to_owned(),
    }
}

/// The sentence for `?error=`, with which the server answers a form sent without script.
fn failed_without_script(texts: Texts, code: ErrorCode) -> String {
    failed(texts, &ApiError::new(code, ""))
}
