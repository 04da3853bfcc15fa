//! A pavilion at dusk: `ศาลา` (sala) is where one sits down and talks.

use leptos::prelude::*;

use crate::ui::live::view;

/// The picture, without words.
#[component]
pub(super) fn Scene() -> impl IntoView {
    view! {
        <svg class="login__scene" viewBox="0 0 770 900" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
            <defs>
                <linearGradient id="sky" x2="0" y2="1">
                    <stop stop-color="#0d1f1b"></stop>
                    <stop offset=".62" stop-color="#17483a"></stop>
                    <stop offset="1" stop-color="#2b7a5a"></stop>
                </linearGradient>
            </defs>
            <path d="M0 0h770v900H0z" fill="url(#sky)"></path>
            <circle cx="655" cy="440" r="58" fill="#f6d88f" opacity=".9"></circle>
            <path d="M0 640q120-120 260-40t270-60 240 40v320H0z" fill="#123b30"></path>
            <path d="M0 720q150-70 320-20t450-40v240H0z" fill="#0d2c24"></path>
            <g transform="translate(250 470)" fill="#081d18">
                <path d="M140-70 152-96 164-70q60 62 190 92l18 22H-68l18-22q130-30 190-92z"></path>
                <path d="M-20 44h344v16H-20z"></path>
                <path d="M0 60h14v170H0zM96 60h12v170H96zM196 60h12v170h-12zM290 60h14v170h-14z"></path>
                <path d="M-60 230h424v16H-60zM-84 250h472v20H-84z"></path>
            </g>
            <g fill="#f6d88f">
                <circle cx="352" cy="590" r="6"></circle>
                <circle cx="452" cy="590" r="6"></circle>
            </g>
            <path d="M0 770h770v130H0z" fill="#0a231d"></path>
            <path
                d="M60 810h150M260 836h230M520 806h170M90 866h180M430 872h220"
                stroke="#2b7a5a"
                stroke-width="2"
                opacity=".55"
            ></path>
        </svg>
    }
}
