//! The pages about canned replies and tags, without script: lists, forms, and the file.

use reqwest::Response;
use serde_json::{Value, json};

use super::{ADMIN, MALI, called, let_operators};
use crate::harness::customer::harness_client;
use crate::harness::database::execute;
use crate::harness::files::{Field, form};
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

const CANNED: &str = "/settings/canned";
const TAGS: &str = "/settings/tags";

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

async fn import(app: &TestApp, by: &Session, file: Vec<u8>) -> Response {
    let fields: [Field<'_>; 2] = [
        ("form", None, b"import".as_slice()),
        ("file", Some("replies.csv"), file.as_slice()),
    ];
    let (content_type, body) = form(&fields);
    let request = harness_client().post(app.url(CANNED));
    let request = request
        .header("cookie", &by.cookie)
        .header("accept-language", "en");
    let request = request.header("content-type", content_type).body(body);
    request.send().await.expect("an answer")
}

async fn refused(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    (status, answer.text().await.expect("a page"))
}

/// What the page tells once after a form that is taken.
async fn told(app: &TestApp, by: &Session, answer: Response, path: &str) -> String {
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()["location"], path);
    let flash = answer.headers()["set-cookie"].to_str().expect("ASCII");
    let flash = flash.split(';').next().expect("a pair");
    let request = harness_client().get(app.url(path));
    let request = request.header("cookie", format!("{}; {flash}", by.cookie));
    let answer = request.header("accept-language", "en").send().await;
    answer.expect("an answer").text().await.expect("a page")
}

async fn replies(by: &Session) -> Vec<Value> {
    let list = called(by, "canned_replies", json!({})).await;
    list.as_array().expect("a list").clone()
}

/// A reply without what an import cannot know.
fn content(reply: &Value) -> Value {
    json!([
        reply["shortcut"],
        reply["title"],
        reply["text"],
        reply["category"],
        reply["shared"]
    ])
}

const ADD: [(&str, &str); 6] = [
    ("form", "add"),
    ("shortcut", "/ส่ง"),
    ("title", "Shipping"),
    ("text", "คุณ{name}\r\nค่าส่ง 50 บาท"),
    ("category", "Delivery"),
    ("shared", "shared"),
];

fn with(
    fields: &[(&'static str, &'static str)],
    name: &str,
    value: &'static str,
) -> Vec<(&'static str, &'static str)> {
    let replaced = |&(known, kept)| (known, if known == name { value } else { kept });
    fields.iter().map(replaced).collect()
}

both_databases!(a_reply_is_added_changed_and_deleted_by_forms, |app| {
    let admin = app.log_in(ADMIN).await;
    let answer = post(app, &admin, CANNED, &ADD).await;
    let html = told(app, &admin, answer, CANNED).await;
    assert!(html.contains("/ส่ง can be used from now on."), "{html}");
    let reply = replies(&admin).await.remove(0);
    assert_eq!(reply["text"], "คุณ{name}\nค่าส่ง 50 บาท");
    let id = reply["id"].as_str().expect("an id");

    let (status, html) = page(app, &admin, &format!("{CANNED}?edit={id}")).await;
    assert_eq!(status, 200);
    assert!(html.contains("id=\"edit-text\""), "{html}");
    assert!(
        html.contains(">\nคุณ{name}\nค่าส่ง 50 บาท</textarea>"),
        "{html}"
    );
    let mut edit = with(&ADD, "form", "edit");
    edit.push(("id", Box::leak(id.to_owned().into_boxed_str())));
    let (status, html) =
        refused(post(app, &admin, CANNED, &with(&edit, "text", "<b>{nmae}")).await).await;
    assert_eq!(status, 400);
    assert!(html.contains("No reply was changed."), "{html}");
    assert!(html.contains("href=\"#edit-text\""), "{html}");
    assert!(html.contains("A word in braces is no variable."), "{html}");
    assert!(
        html.contains(">\n&lt;b>{nmae}</textarea>"),
        "what was typed stays: {html}"
    );
    let answer = post(app, &admin, CANNED, &with(&edit, "text", "new")).await;
    let html = told(app, &admin, answer, CANNED).await;
    assert!(html.contains("Saved. /ส่ง says this from now on."), "{html}");

    let (_, html) = page(app, &admin, &format!("{CANNED}?delete={id}")).await;
    assert!(html.contains("Delete /ส่ง?"), "{html}");
    assert!(html.contains("It was used 0 times."), "{html}");
    let answer = post(app, &admin, CANNED, &[("form", "delete"), ("id", id)]).await;
    told(app, &admin, answer, CANNED).await;
    assert!(replies(&admin).await.is_empty());
    let (status, html) = page(app, &admin, &format!("{CANNED}?edit={id}")).await;
    assert_eq!(status, 404);
    assert!(html.contains("It is not there any more."), "{html}");
});

both_databases!(all_that_is_wrong_with_a_form_is_named_at_once, |app| {
    let admin = app.log_in(ADMIN).await;
    let wrong = with(
        &with(&with(&ADD, "shortcut", "a b"), "title", ""),
        "text",
        "{x}",
    );
    let (status, html) = refused(post(app, &admin, CANNED, &wrong).await).await;
    assert_eq!(status, 400);
    for field in ["shortcut", "title", "text"] {
        assert!(
            html.contains(&format!("href=\"#add-{field}\"")),
            "{field}: {html}"
        );
    }
    // A missing and a doubled field are named like any other.
    let without: Vec<_> = ADD
        .into_iter()
        .filter(|(name, _)| *name != "title")
        .collect();
    let (status, html) = refused(post(app, &admin, CANNED, &without).await).await;
    assert_eq!((status, html.contains("href=\"#add-title\"")), (400, true));
    let mut doubled = ADD.to_vec();
    doubled.push(("title", "again"));
    assert_eq!(post(app, &admin, CANNED, &doubled).await.status(), 400);
    assert!(replies(&admin).await.is_empty());
    post(app, &admin, CANNED, &ADD).await;
    let (status, html) = refused(post(app, &admin, CANNED, &ADD).await).await;
    assert_eq!(status, 409);
    assert!(html.contains("Another reply has this shortcut."), "{html}");
});

both_databases!(
    everybody_looks_after_their_own_and_supervisors_after_the_rest,
    |app| {
        let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
        post(app, &admin, CANNED, &ADD).await;
        let shared = replies(&mali).await.remove(0);
        let shared = shared["id"].as_str().expect("an id");
        let (status, html) = page(app, &mali, CANNED).await;
        assert_eq!(status, 200);
        assert!(
            html.contains("Supervisors look after the shared ones"),
            "{html}"
        );
        assert!(!html.contains(&format!("?edit={shared}")), "{html}");
        assert!(
            !html.contains("name=\"operators\""),
            "the rule is administrators': {html}"
        );
        assert_eq!(
            page(app, &mali, &format!("{CANNED}?edit={shared}")).await.0,
            404
        );
        let share = with(&ADD, "shortcut", "own");
        assert_eq!(post(app, &mali, CANNED, &share).await.status(), 403);
        let delete = [("form", "delete"), ("id", shared)];
        assert_eq!(post(app, &mali, CANNED, &delete).await.status(), 403);
        let own = with(&share, "shared", "mine");
        assert_eq!(post(app, &mali, CANNED, &own).await.status(), 303);
        assert_eq!(replies(&mali).await.len(), 2);
        let (_, html) = page(app, &admin, CANNED).await;
        assert!(html.contains("1 shared, 0 only mine"), "{html}");
        let_operators(app, "canned").await;
        let (_, html) = page(app, &mali, CANNED).await;
        assert!(html.contains(&format!("?edit={shared}")), "{html}");
        // The tags' page is for supervisors.
        assert_eq!(page(app, &mali, TAGS).await.0, 403);
        let tag = [("form", "add"), ("name", "VIP"), ("color", "gold")];
        assert_eq!(post(app, &mali, TAGS, &tag).await.status(), 403);
        assert_eq!(page(app, &admin, TAGS).await.0, 200);
    }
);

both_databases!(who_may_change_them_is_saved_once_for_each_version, |app| {
    let admin = app.log_in(ADMIN).await;
    for path in [CANNED, TAGS] {
        let (_, html) = page(app, &admin, path).await;
        assert!(html.contains("name=\"version\" value=\"0\""), "{html}");
        let on = [("form", "rule"), ("version", "0"), ("operators", "on")];
        let html = told(app, &admin, post(app, &admin, path, &on).await, path).await;
        assert!(html.contains("Saved. This holds from now on."), "{html}");
        assert!(html.contains("name=\"version\" value=\"1\""), "{html}");
        let (status, html) =
            refused(post(app, &admin, path, &[("form", "rule"), ("version", "0")]).await).await;
        assert_eq!(status, 409);
        assert!(
            html.contains("Somebody saved this in the meantime."),
            "{html}"
        );
        let off = [("form", "rule"), ("version", "1")];
        assert_eq!(post(app, &admin, path, &off).await.status(), 303);
    }
});

both_databases!(a_file_that_went_out_comes_back_as_it_was, |app| {
    let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
    for (shortcut, text) in [
        ("a", "x, \"y\"\n{name}"),
        ("b", "=1+1"),
        ("c", "'=1"),
        ("ส่ง", " ค่าส่ง "),
        ("d", "+66 81"),
    ] {
        let title = "-5";
        let reply = json!({ "shortcut": shortcut, "title": title, "text": text, "shared": true, "category": "@x" });
        called(&admin, "save_canned_reply", reply).await;
    }
    let own = json!({ "shortcut": "mine", "title": "Mine", "text": "x", "shared": false });
    called(&admin, "save_canned_reply", own).await;
    let before = replies(&admin).await;
    let file = admin.bytes("/canned.csv").await;
    assert!(file.starts_with(b"\xef\xbb\xbfshortcut,title,text,category,shared\r\n"));
    let text = String::from_utf8(file.clone()).expect("UTF-8");
    assert!(text.contains("b,'-5,'=1+1,'@x,yes\r\n"), "{text}");
    // Nothing is another one.
    let html = told(app, &admin, import(app, &admin, file.clone()).await, CANNED).await;
    assert!(html.contains("Imported: 0 added, 0 changed."), "{html}");
    assert_eq!(replies(&admin).await, before);
    // All of it comes back.
    for reply in &before {
        called(&admin, "delete_canned_reply", json!({ "id": reply["id"] })).await;
    }
    let html = told(app, &admin, import(app, &admin, file.clone()).await, CANNED).await;
    assert!(html.contains("Imported: 6 added, 0 changed."), "{html}");
    let after = replies(&admin).await;
    let [after, before] = [after, before].map(|list| {
        let mut list: Vec<_> = list.iter().map(content).map(|it| it.to_string()).collect();
        list.sort();
        list
    });
    assert_eq!(after, before);
    // As a spreadsheet saves it, with another order, and what is found alone.
    let saved = "title;text;shortcut;SHARED\r\nMine;new;MINE;no\r\n";
    let html = told(app, &admin, import(app, &admin, saved.into()).await, CANNED).await;
    assert!(html.contains("Imported: 0 added, 1 changed."), "{html}");
    let found = admin
        .bytes("/canned.csv?q=%E0%B8%AA%E0%B9%88%E0%B8%87")
        .await;
    let found = String::from_utf8(found).expect("UTF-8");
    assert_eq!(found.lines().count(), 2, "{found}");
    // Another's own is in nobody's file.
    let theirs = String::from_utf8(mali.bytes("/canned.csv").await).expect("UTF-8");
    assert!(!theirs.contains("mine"), "{theirs}");
});

both_databases!(
    a_file_with_a_fault_is_refused_as_a_whole_and_the_fault_named,
    |app| {
        let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
        let file = |rows: &str| format!("shortcut,title,text,shared\n{rows}").into_bytes();
        for (bytes, sentences) in [
            (
                file("a,A,x,no\na b,B,{x},no\n,,y,no"),
                vec![
                    "Row 3, shortcut: A shortcut has only",
                    "Row 3, text: A word in braces",
                    "Row 4, shortcut: ",
                    "Row 4, title: ",
                ],
            ),
            (
                file("a,A,x,no\nA,B,y,no"),
                vec!["Row 3, shortcut: Another reply has this shortcut."],
            ),
            (
                file("a,A,x,perhaps"),
                vec!["Row 2, shared: Write yes or no into this column."],
            ),
            (
                file("a,A,\"x,no"),
                vec!["Row 2: a quotation mark is not closed."],
            ),
            (
                b"shortcut,text\na,b".to_vec(),
                vec!["There is no column title."],
            ),
            (file(""), vec!["There are no replies in the file."]),
            (b"\xff\xfes\0h\0".to_vec(), vec!["The file is in UTF-16."]),
            (
                b"shortcut,title,text\na,b,\x91\x97\x97\xbf\x82\xcd".to_vec(),
                vec!["The file is in Shift_JIS."],
            ),
            (
                b"shortcut,title,text\na,b,\xca\xe8\xa7,".to_vec(),
                vec!["The file is in Windows-874."],
            ),
            (b"".to_vec(), vec!["Choose a file first."]),
        ] {
            let (status, html) = refused(import(app, &admin, bytes).await).await;
            assert_eq!(status, 400, "{sentences:?}");
            assert!(html.contains("Nothing was imported."), "{html}");
            for sentence in sentences {
                assert!(html.contains(sentence), "{sentence}: {html}");
            }
        }
        let (status, html) = refused(import(app, &mali, file("a,A,x,yes")).await).await;
        assert_eq!(status, 400);
        assert!(
            html.contains("Row 2, shared: Only supervisors change what the team shares."),
            "{html}"
        );
        for by in [&admin, &mali] {
            assert!(replies(by).await.is_empty());
        }
        // Whose role shares nothing may leave the column out.
        let own = b"shortcut,title,text\na,A,x".to_vec();
        assert_eq!(import(app, &mali, own).await.status(), 303);
        assert_eq!(replies(&mali).await[0]["shared"], false);
        let large = vec![b'a'; 6 << 20];
        let (status, html) = refused(import(app, &admin, large).await).await;
        assert_eq!(status, 400);
        assert!(html.contains("This file is too large."), "{html}");
        assert!(html.contains("href=\"#import-file\""), "{html}");
    }
);

both_databases!(the_file_is_for_those_who_are_signed_in, |app| {
    let answer = harness_client().get(app.url("/canned.csv")).send().await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.status(), 303);
    let to = answer.headers()["location"].to_str().expect("ASCII");
    assert!(to.starts_with("/login?next="), "{to}");
});

both_databases!(
    tags_are_made_and_renamed_by_forms_and_long_lists_have_pages,
    |app| {
        let admin = app.log_in(ADMIN).await;
        let add = [("form", "add"), ("name", "VIP <b>"), ("color", "gold")];
        let html = told(app, &admin, post(app, &admin, TAGS, &add).await, TAGS).await;
        assert!(
            html.contains("VIP &lt;b&gt; can be put on chats from now on."),
            "{html}"
        );
        let (status, html) = refused(
            post(
                app,
                &admin,
                TAGS,
                &[("form", "add"), ("name", "vip <B>"), ("color", "blue")],
            )
            .await,
        )
        .await;
        assert_eq!(status, 409);
        assert!(
            html.contains("There is a tag of this name already."),
            "{html}"
        );
        let (status, html) = refused(
            post(
                app,
                &admin,
                TAGS,
                &[("form", "add"), ("name", ""), ("color", "red")],
            )
            .await,
        )
        .await;
        assert_eq!(status, 400);
        assert!(
            html.contains("href=\"#add-name\"") && html.contains("href=\"#add-color\""),
            "{html}"
        );
        let id = called(&admin, "tags", json!({})).await[0]["id"].clone();
        let id = id.as_str().expect("an id");
        let edit = [
            ("form", "edit"),
            ("id", id),
            ("name", "常連"),
            ("color", "plum"),
        ];
        told(app, &admin, post(app, &admin, TAGS, &edit).await, TAGS).await;
        let (_, html) = page(app, &admin, &format!("{TAGS}?delete={id}")).await;
        assert!(html.contains("Delete 常連?"), "{html}");
        assert!(html.contains("It goes from 0 chats at once."), "{html}");

        let many = match app.state.db.kind() {
            "sqlite" => {
                "INSERT INTO tags (id, name, folded, color, shown, created_at, updated_at) \
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) \
             SELECT randomblob(16), 'tag ' || i, 'tag ' || i, 'blue', '{}', 0, 0 FROM n"
            }
            _ => {
                "INSERT INTO tags (id, name, folded, color, shown, created_at, updated_at) \
             SELECT gen_random_uuid(), 'tag ' || i, 'tag ' || i, 'blue', '{}', 0, 0 \
             FROM generate_series(1, 9999) i"
            }
        };
        execute(&app.state.db, many).await;
        let (_, html) = page(app, &admin, TAGS).await;
        assert!(html.contains("1 to 50 of 10000"), "{html}");
        assert!(html.contains("href=\"/settings/tags?page=1\""), "{html}");
        let (_, html) = page(app, &admin, &format!("{TAGS}?page=9999")).await;
        assert!(html.contains("9951 to 10000 of 10000"), "{html}");
        let (_, html) = page(app, &admin, &format!("{TAGS}?q=TAG%20123")).await;
        assert_eq!(html.matches("class=\"tag\"").count(), 11, "{html}");
        let (_, html) = page(app, &admin, &format!("{TAGS}?q=%3Cscript%3E")).await;
        assert!(html.contains("Nothing has these words."), "{html}");
        assert!(!html.contains("<script>"), "{html}");
    }
);
