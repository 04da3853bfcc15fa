//! How one wants to be told of what happens.

use leptos::prelude::*;

use super::alert_texts::Texts;
use super::shown::{Account, forms};
use crate::protocol::alerts::{AlertSettings, Tone, VOLUME_MAX, WaitingAlerts};
use crate::ui::components::{Icon, icon_small};
use crate::ui::document::field_error;
use crate::ui::settings::card::{FormRows, Writing, card_at};
use crate::ui::words::{Lang, texts_in};

/// The section's address within the page, to which the console leads.
pub(crate) const ANCHOR: &str = "alerts";

/// The card.
pub(super) fn card(lang: Lang, writing: &Writing<'_>, account: &Account) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let hint = Some(texts.same_everywhere().to_owned());
    let form = form(texts, writing, &account.alerts);
    card_at(
        Some(ANCHOR),
        12,
        texts.notifications().to_owned(),
        hint,
        form,
    )
}

/// What a field is called.
pub(super) fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "waiting" => texts.waiting(),
        "repeat_waiting" => texts.repeat_waiting(),
        "mine" => texts.mine(),
        "mentions" => texts.mentions(),
        "push_preview" => texts.push_preview(),
        "sound" => texts.sound(),
        "volume" => texts.volume(),
        "quiet" | "from" | "to" => texts.quiet(),
        _ => return None,
    })
}

fn form(texts: Texts, writing: &Writing<'_>, kept: &AlertSettings) -> AnyView {
    let rows = writing
        .form(forms::ALERTS)
        .switch(
            "waiting",
            Some(texts.waiting_hint().to_owned()),
            kept.waiting == WaitingAlerts::All,
        )
        .switch(
            "repeat_waiting",
            Some(texts.repeat_waiting_hint().to_owned()),
            kept.repeat_waiting,
        )
        .switch("mine", Some(texts.mine_hint().to_owned()), kept.mine)
        .switch(
            "mentions",
            Some(texts.mentions_hint().to_owned()),
            kept.mentions,
        )
        .switch(
            "push_preview",
            Some(texts.push_preview_hint().to_owned()),
            kept.push_preview,
        )
        .column();
    let rows = sound(texts, rows, kept);
    let rows = volume(texts, rows, kept);
    quiet(texts, rows, kept).column().columns().save()
}

fn sound<'a>(texts: Texts, rows: FormRows<'a>, kept: &AlertSettings) -> FormRows<'a> {
    let chosen = rows.value("sound", kept.sound.name());
    let choices = Tone::ALL.map(|tone| {
        let label = match tone {
            Tone::Bell => texts.bell(),
            Tone::Bamboo => texts.bamboo(),
            Tone::Drop => texts.drop(),
        };
        view! {
            <label>
                <input
                    type="radio"
                    name="sound"
                    value=tone.name()
                    checked=chosen == tone.name()
                />
                {label}
            </label>
        }
    });
    rows.row(view! {
        <div class="form__row">
            <span class="form__name">{texts.sound()}</span>
            <div class="form__control">
                <span class="inline">
                    <span
                        id=format!("{}-sound", forms::ALERTS)
                        class="segment"
                        role="radiogroup"
                        aria-label=texts.sound()
                    >
                        {choices.collect_view()}
                    </span>
                    <button
                        type="button"
                        class="button button--small"
                        data-needs-script=""
                        data-try-sound=""
                    >
                        {icon_small(Icon::Play)}
                        {texts.play()}
                    </button>
                </span>
            </div>
        </div>
    })
}

fn volume<'a>(texts: Texts, rows: FormRows<'a>, kept: &AlertSettings) -> FormRows<'a> {
    let value = rows.value("volume", &kept.volume.to_string());
    let fault = rows.fault("volume");
    let id = format!("{}-volume", forms::ALERTS);
    let error_id = format!("{id}-error");
    rows.row(view! {
        <div class="form__row">
            <label class="form__name" for=id.clone()>
                {texts.volume()}
            </label>
            <div class="form__control">
                <span class="range">
                    <input
                        id=id
                        type="range"
                        name="volume"
                        min="0"
                        max=VOLUME_MAX.to_string()
                        step="5"
                        value=value.clone()
                        aria-invalid=fault.map(|_| "true")
                        aria-describedby=fault.map(|_| error_id.clone())
                    />
                    <span class="range__value">{format!("{value}%")}</span>
                </span>
                {field_error(fault, error_id)}
            </div>
        </div>
    })
}

/// Where quiet hours begin and end until somebody chooses.
const NIGHT: [&str; 2] = ["22:00", "07:30"];

fn quiet<'a>(texts: Texts, rows: FormRows<'a>, kept: &AlertSettings) -> FormRows<'a> {
    let [from, to] = match kept.quiet {
        Some(quiet) => [quiet.from.to_string(), quiet.to.to_string()],
        None => NIGHT.map(str::to_owned),
    };
    let on = rows.is_on("quiet", kept.quiet.is_some());
    let fault = ["quiet", "from", "to"]
        .into_iter()
        .find_map(|name| rows.fault(name));
    let id = format!("{}-quiet", forms::ALERTS);
    let error_id = format!("{id}-error");
    let time = |name: &'static str, label: &'static str, kept: &str| {
        view! {
            <span class="field" data-size="xs" data-invalid=fault.map(|_| "")>
                <input type="time" name=name value=rows.value(name, kept) aria-label=label />
            </span>
        }
    };
    let (begin, end) = (
        time("from", texts.from(), &from),
        time("to", texts.until(), &to),
    );
    let row = view! {
        <div class="form__row">
            <span class="form__name">
                {texts.quiet()} <small>{texts.quiet_hint()}</small>
            </span>
            <div class="form__control">
                <span class="inline">
                    <input
                        id=id
                        class="switch"
                        type="checkbox"
                        role="switch"
                        name="quiet"
                        value="on"
                        checked=on
                        aria-label=texts.quiet()
                        aria-invalid=fault.map(|_| "true")
                        aria-describedby=fault.map(|_| error_id.clone())
                    />
                    {begin}
                    <span class="muted">{texts.to()}</span>
                    {end}
                </span>
                {field_error(fault, error_id)}
            </div>
        </div>
    };
    rows.row(row)
}
