//! The month's quota as the panel and the settings show it.

use leptos::prelude::*;

use super::live::view;
use super::words::{grouped, texts};
use crate::protocol::quota::{ChannelQuota, QuotaLevel};

texts! {
    this_month: "LINE messages this month", "ข้อความ LINE เดือนนี้", "今月のLINEメッセージ", "本月 LINE 訊息";
    used_of(used, limit): "{0} / {1}", "{0} / {1}", "{0} / {1}", "{0} / {1}";
    no_limit(used): "{0}, no limit", "{0} ไม่จำกัด", "{0}・上限なし", "{0}，無上限";
    saved[answers]: "{0} answer went out as a free reply|{0} answers went out as free replies", "ส่งแบบตอบฟรี {0} ข้อความ", "無料返信で{0}通を送信", "{0} 則以免費回覆送出";
    only_free(date): "Only free replies go until {0}.", "ส่งได้เฉพาะการตอบฟรีจนถึง {0}", "{0}までは無料返信のみ送信できます", "{0} 前只能傳送免費回覆";

    // The banner: a title, and what stands behind it.
    warned(percent): "{0} % of this month’s LINE messages are used.", "ใช้ข้อความ LINE ของเดือนนี้ไปแล้ว {0}%", "今月のLINEメッセージを{0}%使用しました。", "本月 LINE 訊息已使用 {0}%。";
    warned_text(left): "{0} left. Free replies do not count.", "เหลือ {0} ข้อความ การตอบฟรีไม่นับโควตา", "残り{0}通です。無料返信は通数に含まれません。", "剩餘 {0} 則，免費回覆不計則數。";
    used_up: "This month’s LINE messages are used up.", "ข้อความ LINE ของเดือนนี้หมดแล้ว", "今月のLINEメッセージを使い切りました。", "本月 LINE 訊息已用完。";
    hide_today: "Hide until tomorrow", "ซ่อนจนถึงพรุ่งนี้", "明日まで表示しない", "今天不再顯示";
}

/// A number as people read it.
pub(super) fn number(count: u32) -> String {
    grouped(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Use, limit and what free replies saved; `month_end` is the day on which a new month begins.
pub(super) fn block(texts: Texts, quota: &ChannelQuota, month_end: &str) -> AnyView {
    let used = number(quota.used);
    let level = quota.level();
    let (figures, meter) = match quota.limit {
        None => (texts.no_limit(&used), None),
        Some(limit) => {
            let meter = view! {
                <div
                    class="meter"
                    role="meter"
                    data-state=level.attribute()
                    style=format!("--value:{}%", quota.percent())
                    aria-label=texts.this_month()
                    aria-valuenow=quota.used.min(limit).to_string()
                    aria-valuemin="0"
                    aria-valuemax=limit.to_string()
                    aria-valuetext=texts.used_of(&used, &number(limit))
                >
                    <i></i>
                </div>
            };
            (texts.used_of(&used, &number(limit)), Some(meter))
        }
    };
    let full = (level == QuotaLevel::Full).then(|| {
        view! { <small>{texts.only_free(month_end)}</small> }
    });
    let saved = (quota.saved > 0).then(|| {
        view! { <small>{texts.saved(quota.saved)}</small> }
    });
    view! {
        <div class="quota" data-state=level.attribute()>
            <div>
                <h3>{texts.this_month()}</h3>
                <b>{figures}</b>
            </div>
            {meter}
            {full}
            {saved}
        </div>
    }
}
