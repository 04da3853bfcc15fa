//! The pages about the team and its hours, without script.

use reqwest::Response;
use serde_json::{Value, json};

use crate::answering::{ADMIN, MALI, called};
use crate::harness::customer::harness_client;
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

const HOURS: &str = "/settings/hours";
const TEAM: &str = "/settings/team";

async fn page(app: &TestApp, by: &Session, path: &str) -> (u16, String) {
    let request = harness_client().get(app.url(path));
    let request = request.header("cookie", &by.cookie);
    let answer = request.header("accept-language", "en").send().await;
    let answer = answer.expect("an answer");
    let status = answer.status().as_u16();
    (status, answer.text().await.expect("a page"))
}

async fn post(app: &TestApp, by: &Session, path: &str, fields: &[(&str, &str)]) -> Response {
    let request = harness_client().post(app.url(path));
    let request = request
        .header("cookie", &by.cookie)
        .header("accept-language", "en");
    request.form(fields).send().await.expect("an answer")
}

async fn refused(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    (status, answer.text().await.expect("a page"))
}

async fn section(by: &Session, section: &str) -> Value {
    called(by, "settings", json!({ "section": section })).await
}

const ZONE: [(&str, &str); 6] = [
    ("form", "team"),
    ("version", "0"),
    ("name", "Baan Silk"),
    ("language", "th"),
    ("time_zone", "Asia/Bangkok"),
    ("first_day", "sun"),
];

/// A form with a week: Mondays, and Fridays past midnight.
const WEEK: [(&str, &str); 11] = [
    ("form", "week"),
    ("channel", "default"),
    ("version", "0"),
    ("mon_open", "on"),
    ("mon_from_0", "09:00"),
    ("mon_to_0", "12:00"),
    ("mon_from_1", "13:00"),
    ("mon_to_1", "18:00"),
    ("fri_from_new", "22:00"),
    ("fri_to_new", "02:00"),
    ("sun_from_0", "00:00"),
];

fn with<'a>(fields: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields
        .iter()
        .filter(|(name, _)| more.iter().all(|(other, _)| name != other));
    kept.chain(more).copied().collect()
}

both_databases!(only_administrators_see_and_save_these_pages, |app| {
    let mali = app.log_in(MALI).await;
    for path in [HOURS, TEAM] {
        assert_eq!(page(app, &mali, path).await.0, 403, "{path}");
    }
    assert_eq!(post(app, &mali, TEAM, &ZONE).await.status(), 403);
});

both_databases!(
    a_zone_is_chosen_and_one_that_there_is_not_is_kept_in_its_field,
    |app| {
        let admin = app.log_in(ADMIN).await;
        let (status, html) = page(app, &admin, TEAM).await;
        assert_eq!(status, 200);
        assert!(html.contains("<option value=\"Asia/Bangkok\">"), "{html}");
        let wrong = with(&ZONE, &[("time_zone", "Asia/Atlantis")]);
        let (status, html) = refused(post(app, &admin, TEAM, &wrong).await).await;
        assert_eq!(status, 400);
        assert!(html.contains("value=\"Asia/Atlantis\""), "{html}");
        assert!(html.contains("There is no such time zone."), "{html}");
        assert!(html.contains("href=\"#team-time_zone\""), "{html}");
        let answer = post(app, &admin, TEAM, &ZONE).await;
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["location"]),
            (303, &TEAM.parse().expect("ASCII"))
        );
        let kept = section(&admin, "team").await;
        assert_eq!(kept["value"]["time_zone"], "Asia/Bangkok");
        assert_eq!(kept["value"]["first_day"], "sun");
    }
);

both_databases!(
    a_week_is_saved_and_a_wrong_one_comes_back_as_it_was_typed,
    |app| {
        let admin = app.log_in(ADMIN).await;
        let (status, html) = page(app, &admin, HOURS).await;
        assert_eq!(status, 200);
        assert!(html.contains("Always open."), "{html}");
        let overlapping = with(&WEEK, &[("mon_to_0", "14:00")]);
        let (status, html) = refused(post(app, &admin, HOURS, &overlapping).await).await;
        assert_eq!(status, 400);
        assert!(html.contains("These hours overlap"), "{html}");
        assert!(html.contains("href=\"#week-week.mon\""), "{html}");
        assert!(html.contains("id=\"week-week.mon\""), "{html}");
        assert!(html.contains("value=\"14:00\""), "{html}");
        let answer = post(app, &admin, HOURS, &WEEK).await;
        assert_eq!(answer.status(), 303);
        let kept = section(&admin, "hours").await;
        let week = &kept["value"]["default"]["week"];
        assert_eq!(week["mon"][1], json!({ "from": "13:00", "to": "18:00" }));
        assert_eq!(week["fri"], json!([{ "from": "22:00", "to": "02:00" }]));
        // What was kept for a day that is not ticked is gone.
        assert_eq!(week["sun"], json!([]));
        let (_, html) = page(app, &admin, HOURS).await;
        assert!(html.contains("until Saturday 02:00"), "{html}");
        // Somebody else was faster.
        let (status, html) = refused(post(app, &admin, HOURS, &WEEK).await).await;
        assert_eq!(status, 409);
        assert!(html.contains("name=\"version\" value=\"1\""), "{html}");
        // Always open again.
        let drop = [("form", "drop"), ("channel", "default"), ("version", "1")];
        assert_eq!(post(app, &admin, HOURS, &drop).await.status(), 303);
        assert_eq!(section(&admin, "hours").await["value"], json!({}));
    }
);

both_databases!(a_cross_changes_the_form_and_not_what_is_kept, |app| {
    let admin = app.log_in(ADMIN).await;
    let removing = with(&WEEK, &[("remove", "mon.0")]);
    let (status, html) = refused(post(app, &admin, HOURS, &removing).await).await;
    assert_eq!(status, 200);
    assert!(html.contains("data-changed"), "{html}");
    assert!(
        html.contains("name=\"mon_from_0\" value=\"13:00\""),
        "{html}"
    );
    assert!(!html.contains("Nothing was saved"), "{html}");
    assert_eq!(section(&admin, "hours").await["version"], 0);
});

both_databases!(
    holidays_are_ticked_and_one_may_ask_whether_it_is_open_then,
    |app| {
        let admin = app.log_in(ADMIN).await;
        assert_eq!(post(app, &admin, TEAM, &ZONE).await.status(), 303);
        let (status, html) = page(app, &admin, "/settings/hours?import=th-2026").await;
        assert_eq!(status, 200);
        assert!(
            html.contains("วันพ่อแห่งชาติ") && html.contains("Official days only"),
            "{html}"
        );
        let import = [
            ("form", "import"),
            ("channel", "default"),
            ("version", "0"),
            ("which", "th-2026"),
        ];
        let (status, html) = refused(post(app, &admin, HOURS, &import).await).await;
        assert_eq!(status, 400);
        assert!(html.contains("No day is ticked."), "{html}");
        let ticked = with(
            &import,
            &[("day_2026-12-05", "on"), ("day_2026-12-10", "on")],
        );
        assert_eq!(post(app, &admin, HOURS, &ticked).await.status(), 303);
        let kept = section(&admin, "hours").await;
        let holidays = &kept["value"]["default"]["holidays"];
        assert_eq!(holidays.as_array().map(Vec::len), Some(2));
        let (_, html) = page(app, &admin, "/settings/hours?at=2026-12-05T10:00").await;
        assert!(
            html.contains("Saturday 5 December 2026, 10:00 · วันพ่อแห่งชาติ: closed."),
            "{html}"
        );
        assert!(
            html.contains("Opens Sunday 6 December 2026, 00:00."),
            "{html}"
        );
        let (_, html) = page(app, &admin, "/settings/hours?at=soon").await;
        assert!(html.contains("This is no date and time."), "{html}");
        // Two on one day.
        let twice = [
            ("form", "holidays"),
            ("channel", "default"),
            ("version", "1"),
            ("date_0", "2026-12-05"),
            ("name_0", "One"),
            ("date_1", "2026-12-05"),
            ("name_1", "Other"),
        ];
        let (status, html) = refused(post(app, &admin, HOURS, &twice).await).await;
        assert_eq!(status, 400);
        assert!(html.contains("A holiday has a day of its own"), "{html}");
        assert!(html.contains("value=\"Other\""), "{html}");
    }
);

both_databases!(what_the_page_of_replies_shows_is_what_is_kept, |app| {
    const REPLIES: &str = "/settings/automatic-replies";
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    assert_eq!(page(app, &mali, REPLIES).await.0, 403);
    let (status, html) = page(app, &admin, REPLIES).await;
    assert_eq!(status, 200);
    assert!(html.contains("Nothing is saved yet."), "{html}");
    let mut fields = vec![("form", "texts"), ("channel", "default"), ("version", "0")];
    let names = ["greeting", "away", "handed_over", "closed"].into_iter();
    let names = names.flat_map(|of| ["th", "en", "ja", "zh-TW"].map(|tag| format!("{of}.{tag}")));
    let names: Vec<String> = names.collect();
    fields.extend(names.iter().map(|name| (name.as_str(), "")));
    // On without a word.
    fields.push(("away", "on"));
    let (status, html) = refused(post(app, &admin, REPLIES, &fields).await).await;
    assert_eq!(status, 400);
    assert!(html.contains("href=\"#texts-away\""), "{html}");
    assert!(html.contains("id=\"texts-away\""), "{html}");
    let words = with(&fields, &[("away.ja", "本日は<休業>です"), ("away", "on")]);
    assert_eq!(post(app, &admin, REPLIES, &words).await.status(), 303);
    let kept = section(&admin, "automatic_replies").await;
    let away = json!({ "on": true, "texts": { "ja": "本日は<休業>です" }, "spend_quota": false });
    assert_eq!(kept["value"]["default"]["away"], away);
    let (_, html) = page(app, &admin, REPLIES).await;
    assert!(html.contains("本日は&lt;休業>です"), "{html}");
    assert!(!html.contains("Nothing is saved yet."), "{html}");
    assert!(!html.contains("We are closed at the moment."), "{html}");
    // The phone beside it shows who reads English what they get.
    let said = "Nothing in English: the text in 日本語 is sent.";
    assert!(html.contains(said), "{html}");
    let bubble = "data-said=\"text\" lang=\"ja\" dir=\"auto\">本日は&lt;休業&gt;です";
    assert!(html.contains(bubble), "{html}");
});

both_databases!(a_warning_is_chosen_on_the_page_about_closing, |app| {
    const CLOSING: &str = "/settings/closing";
    let admin = app.log_in(ADMIN).await;
    let (_, html) = page(app, &admin, CLOSING).await;
    assert!(html.contains("name=\"warn.ja\""), "{html}");
    let fields = [
        ("form", "auto_close"),
        ("version", "0"),
        ("on", "on"),
        ("after_minutes", "60"),
        ("warn", "on"),
        ("warn.minutes_before", "60"),
        ("warn.th", ""),
        ("warn.en", "Bye"),
        ("warn.ja", ""),
        ("warn.zh-TW", ""),
    ];
    let (status, html) = refused(post(app, &admin, CLOSING, &fields).await).await;
    assert_eq!(status, 400);
    assert!(html.contains("fewer than until the close"), "{html}");
    let fields = with(&fields, &[("warn.minutes_before", "10")]);
    assert_eq!(post(app, &admin, CLOSING, &fields).await.status(), 303);
    let kept = section(&admin, "auto_close").await;
    let warn = json!({ "minutes_before": 10, "texts": { "en": "Bye" } });
    assert_eq!(kept["value"]["warn"], warn);
});

both_databases!(a_question_is_kept_by_its_page, |app| {
    const SURVEY: &str = "/settings/survey";
    let admin = app.log_in(ADMIN).await;
    let (_, html) = page(app, &admin, SURVEY).await;
    assert!(html.contains("How satisfied were you"), "{html}");
    // On the phone beside it: its buttons, and what is said after a press.
    assert!(html.contains(">Very dissatisfied"), "{html}");
    assert!(html.contains(">Thank you. Would you like"), "{html}");
    let fields = [
        ("form", "survey"),
        ("version", "0"),
        ("on", "on"),
        ("wait_minutes", "5"),
        ("questions.th", ""),
        ("questions.en", ""),
        ("questions.ja", ""),
        ("questions.zh-TW", ""),
    ];
    let (status, html) = refused(post(app, &admin, SURVEY, &fields).await).await;
    assert_eq!(status, 400);
    assert!(html.contains("in one language at least"), "{html}");
    let fields = with(&fields, &[("questions.ja", "いかがでしたか？")]);
    assert_eq!(post(app, &admin, SURVEY, &fields).await.status(), 303);
    let kept = section(&admin, "csat").await;
    let value = json!({
        "on": true, "questions": { "ja": "いかがでしたか？" }, "wait_minutes": 5,
        "spend_quota": false,
    });
    assert_eq!(kept["value"], value);
});
const ASSIGNMENT: &str = "/settings/assignment";

both_databases!(
    targets_are_kept_in_minutes_and_an_empty_one_is_none,
    |app| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        assert_eq!(page(app, &mali, ASSIGNMENT).await.0, 403);
        let form = [
            ("form", "targets"),
            ("version", "0"),
            ("first_response_s", "5"),
            ("next_response_s", ""),
            ("resolution_s", "240"),
            ("within_hours", "on"),
        ];
        let wrong = with(
            &form,
            &[("first_response_s", "0"), ("resolution_s", "soon")],
        );
        let (status, html) = refused(post(app, &admin, ASSIGNMENT, &wrong).await).await;
        assert_eq!(status, 400);
        assert!(html.contains("Fill in whole minutes"), "{html}");
        assert!(html.contains("value=\"soon\""), "{html}");
        assert_eq!(post(app, &admin, ASSIGNMENT, &form).await.status(), 303);
        let kept = section(&admin, "targets").await;
        let value = json!({
            "first_response_s": 300, "resolution_s": 14_400, "within_hours": true,
        });
        assert_eq!(kept, json!({ "version": 1, "value": value }));
        let (_, html) = page(app, &admin, ASSIGNMENT).await;
        assert!(html.contains("value=\"240\""), "{html}");
        let (status, html) = refused(post(app, &admin, ASSIGNMENT, &form).await).await;
        assert_eq!(status, 409);
        assert!(html.contains("name=\"version\" value=\"1\""), "{html}");
    }
);
