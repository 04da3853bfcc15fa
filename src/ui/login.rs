//! The log-in page.

mod art;
mod form;
mod scene;

use leptos::prelude::*;

pub(super) use self::art::Art;
use self::form::LoginForm;
use super::front::set_cookie;
use super::live::{effect, press, view};
use super::words::{Lang, Shared, texts, use_lang, use_texts};
use crate::protocol::ErrorCode;
use crate::protocol::look::LANG_COOKIE;

texts! {
    sign_in_title: "Sign in to Sala", "เข้าสู่ระบบ Sala", "Salaにログイン", "登入 Sala";
    email: "E-mail", "อีเมล", "メールアドレス", "電子郵件";
    password: "Password", "รหัสผ่าน", "パスワード", "密碼";
    forgot_password: "Forgot it? Ask your administrator.", "ลืมรหัสผ่าน? ติดต่อผู้ดูแลระบบ", "お忘れの場合は管理者に連絡してください", "忘記密碼？請聯絡管理員";
    show_password: "Show password", "แสดงรหัสผ่าน", "パスワードを表示", "顯示密碼";
    hide_password: "Hide password", "ซ่อนรหัสผ่าน", "パスワードを非表示", "隱藏密碼";
    stay_signed_in: "You stay signed in on this device for 30 days. To sign out, open your picture at the lower left.", "คุณจะอยู่ในระบบบนเครื่องนี้ 30 วัน ออกจากระบบได้ที่รูปของคุณมุมซ้ายล่าง", "この端末では30日間ログインしたままになります。ログアウトは左下の自分のアイコンから行えます。", "此裝置會保持登入 30 天。如需登出，請點選左下角的個人圖示。";
    wrong_login: "Wrong e-mail or password. Check both and try again.", "อีเมลหรือรหัสผ่านไม่ถูกต้อง ตรวจสอบแล้วลองใหม่", "メールアドレスまたはパスワードが正しくありません。確認してもう一度お試しください。", "電子郵件或密碼不正確，請確認後再試一次";
    too_many_logins: "Too many attempts. Wait a few minutes and try again.", "ลองหลายครั้งเกินไป รอสักครู่แล้วลองใหม่", "試行回数の上限に達しました。数分待ってからもう一度お試しください。", "嘗試次數過多，請稍候幾分鐘再試一次";
    too_many_logins_wait(wait): "Too many attempts. Try again in {0}.", "ลองหลายครั้งเกินไป ลองใหม่ได้ในอีก {0}", "試行回数の上限に達しました。{0}後にもう一度お試しください。", "嘗試次數過多，請於 {0}後再試一次";
    login_unreachable: "Sala could not be reached. Check your connection and try again.", "ติดต่อ Sala ไม่ได้ ตรวจสอบการเชื่อมต่อแล้วลองใหม่", "Salaに接続できませんでした。ネットワークを確認してもう一度お試しください。", "無法連線到 Sala，請檢查網路後再試一次";
    login_failed: "Sala could not sign you in just now. Try again in a moment.", "ยังเข้าสู่ระบบไม่ได้ในขณะนี้ ลองใหม่ในอีกสักครู่", "現在ログインできません。しばらくしてからもう一度お試しください。", "目前無法登入，請稍後再試一次";
    welcome: "Every customer on LINE, answered by a person who knows them.", "ลูกค้าทุกคนบน LINE ได้คำตอบจากคนที่รู้จักเขา", "LINEのお客様一人ひとりに、その方を知る担当者が応えます。", "LINE 上的每位客戶，都有熟悉他們的人回覆。";
    welcome_text: "One inbox for your whole team. Nothing late, nothing lost, nothing sent twice.", "กล่องแชทเดียวของทั้งทีม ไม่ช้า ไม่หาย ไม่ส่งซ้ำ", "チーム全員でひとつの受信トレイ。遅れず、失わず、二重に送りません。", "全團隊共用一個收件匣。不延遲、不遺漏、不重複傳送。";
}

/// `/login`: on the left what Sala is, on the right the form.
#[component]
pub(super) fn LoginPage(next: String, error: Option<ErrorCode>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    effect(move || document().set_title(texts.sign_in_title()));
    let after = next.clone();
    view! {
        <main class="login">
            <Art welcome=texts.welcome() sentence=texts.welcome_text() />
            <section class="login__form">
                <LoginForm next error />
                <LanguageLinks next=after />
            </section>
        </main>
    }
}

/// Real links, so that the language changes without script as well; they keep where one wants to
/// go.
#[component]
fn LanguageLinks(next: String) -> impl IntoView {
    let shared = use_texts::<Shared>();
    let current = use_lang();
    // A path of this site is ASCII that can be seen; these would end it or be read otherwise.
    let escapes = [("%", "%25"), ("&", "%26"), ("+", "%2B"), ("#", "%23")];
    let next = escapes.into_iter().fold(next, |next, (character, code)| {
        next.replace(character, code)
    });
    let links = Lang::ALL.map(|lang| {
        let href = match next.as_str() {
            "/" => format!("/login?lang={}", lang.tag()),
            next => format!("/login?lang={}&next={next}", lang.tag()),
        };
        view! {
            <a
                href=href
                rel="external"
                lang=lang.tag()
                aria-current=(lang == current).then_some("true")
                on:click=press(move |_| set_cookie(LANG_COOKIE, lang.tag()))
            >
                {lang.name()}
            </a>
        }
    });
    view! {
        <nav class="langs" aria-label=shared.language()>
            {links.collect_view()}
        </nav>
    }
}
