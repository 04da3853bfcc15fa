//! Operators and roles without script: who sees and changes what, forms taken and refused, links
//! that are shown once.

use reqwest::Response;
use serde_json::{Value, json};

use crate::harness::customer::{Customer, harness_client};
use crate::harness::session::{PASSWORD, Session, try_login};
use crate::harness::{TestApp, both_databases};

const ADMIN: &str = "admin@example.com";
const MALI: &str = "mali@example.com";
const SOMCHAI: &str = "somchai@example.com";
const NOK: &str = "nok@example.com";
const NEW: &str = "seven rivers to cross";
const OPERATORS: &str = "/settings/operators";
const NOBODY: &str = "01890000-0000-7000-8000-000000000000";

/// The page, in English unless it asks for more, with its status.
async fn page(app: &TestApp, who: &Session, path: &str) -> (u16, String) {
    let request = harness_client().get(app.url(path));
    read(request.header("cookie", &who.cookie).send().await).await
}

async fn read(answer: reqwest::Result<Response>) -> (u16, String) {
    let answer = answer.expect("an answer");
    let status = answer.status().as_u16();
    (status, answer.text().await.expect("a page"))
}

async fn post(app: &TestApp, who: &Session, fields: &[(&str, &str)]) -> Response {
    let request = harness_client().post(app.url(OPERATORS));
    let request = request.header("cookie", &who.cookie).form(fields);
    request.send().await.expect("an answer")
}

/// A form whose answer is a page: a refusal, or a link that is shown once.
async fn answered(app: &TestApp, who: &Session, fields: &[(&str, &str)]) -> (u16, String) {
    read(Ok(post(app, who, fields).await)).await
}

/// A form that is taken: the page to which it leads.
async fn taken(app: &TestApp, who: &Session, fields: &[(&str, &str)]) -> String {
    let answer = post(app, who, fields).await;
    assert_eq!(answer.status(), 303, "{:?}", answer.text().await);
    assert_eq!(answer.headers()["location"], OPERATORS);
    let told = answer.headers()["set-cookie"].to_str().expect("ASCII");
    let told = told.split(';').next().expect("a pair");
    let request = harness_client().get(app.url(OPERATORS));
    let request = request.header("cookie", format!("{}; {told}", who.cookie));
    let (status, html) = read(request.send().await).await;
    assert_eq!(status, 200);
    html
}

/// The link that a page shows: what stands in its `output`.
fn link(html: &str) -> String {
    let (_, rest) = html.split_once("<output").expect("a link");
    let (_, rest) = rest.split_once('>').expect("its beginning");
    let (link, _) = rest.split_once('<').expect("its end");
    link.to_owned()
}

/// Chooses a password by a link, as the page that it leads to does; answers the status.
async fn use_link(app: &TestApp, link: &str, fields: &[(&str, &str)]) -> u16 {
    let (_, token) = link.rsplit_once('/').expect("a path");
    let request = harness_client().post(app.url(&format!("/invitation/{token}")));
    let answer = request.form(fields).send().await.expect("an answer");
    answer.status().as_u16()
}

async fn signs_in(app: &TestApp, email: &str, password: &str) -> bool {
    let answer = try_login(&harness_client(), app.addr, email, password).await;
    answer.status() == 200
}

/// The team as programs read it.
async fn team(admin: &Session) -> Value {
    admin.call("operators_admin", json!({})).await.1
}

async fn give_role(app: &TestApp, admin: &Session, email: &str, role: &str) {
    let change = json!({ "id": app.operator_id(email).await, "role": role });
    assert_eq!(admin.call("update_operator", change).await.0, 200);
}

/// A chat that Mali has.
async fn chat_of_mali(app: &TestApp, name: &str) -> Customer {
    let customer = app.customer(name).await;
    customer.writes("hello").await;
    let mut mali = app.console(MALI).await;
    let room = json!({ "room": customer.room() });
    let claimed = mali.ask("claim_session", room).await;
    assert_eq!(claimed["type"], "session_claimed", "{claimed}");
    customer
}

const INVITE: [(&str, &str); 4] = [
    ("form", "invite"),
    ("email", NOK),
    ("name", "นก"),
    ("role", "supervisor"),
];

both_databases!(
    supervisors_look_administrators_manage_operators_neither,
    |app| {
        let admin = app.log_in(ADMIN).await;
        let somchai = app.log_in(SOMCHAI).await;
        let (status, html) = page(app, &admin, OPERATORS).await;
        assert_eq!(status, 200);
        for there in [
            MALI,
            "Administrator",
            "id=\"invite\"",
            "?edit=",
            "aria-current=\"page\"",
        ] {
            assert!(html.contains(there), "{there}: {html}");
        }
        assert!(!html.contains("<script"), "{html}");

        let (status, html) = page(app, &somchai, OPERATORS).await;
        assert_eq!(status, 403);
        assert!(html.contains("Only supervisors and administrators see this"));
        assert!(!html.contains(MALI), "{html}");
        let (_, html) = page(app, &somchai, "/settings").await;
        assert!(!html.contains(OPERATORS), "{html}");

        give_role(app, &admin, SOMCHAI, "supervisor").await;
        let id = app.operator_id(MALI).await;
        for query in [
            String::new(),
            format!("?edit={id}"),
            format!("?disable={id}"),
        ] {
            let path = format!("{OPERATORS}{query}");
            let (status, html) = page(app, &somchai, &path).await;
            assert_eq!(status, 200, "{query}");
            assert!(html.contains(MALI), "{html}");
            for not in ["?edit=", "<dialog", "id=\"invite\"", "method=\"post\""] {
                assert!(!html.contains(not), "{not}: {html}");
            }
        }
    }
);

both_databases!(no_form_is_taken_from_who_does_not_administer, |app| {
    let admin = app.log_in(ADMIN).await;
    let somchai = app.log_in(SOMCHAI).await;
    let id = app.operator_id(MALI).await;
    let before = team(&admin).await;
    let forms: [&[(&str, &str)]; 6] = [
        &INVITE,
        &[
            ("form", "edit"),
            ("id", &id),
            ("name", "M"),
            ("role", "admin"),
        ],
        &[("form", "disable"), ("id", &id), ("chats", "queue")],
        &[("form", "enable"), ("id", &id)],
        &[("form", "reset"), ("id", &id)],
        &[("form", "withdraw"), ("id", NOBODY)],
    ];
    for role in ["operator", "supervisor"] {
        give_role(app, &admin, SOMCHAI, role).await;
        for fields in forms {
            let (status, html) = answered(app, &somchai, fields).await;
            assert_eq!(status, 403, "{role} {fields:?}");
            assert!(html.contains("Your role does not allow this."), "{html}");
            assert!(!html.contains("<output"), "{html}");
        }
    }
    give_role(app, &admin, SOMCHAI, "operator").await;
    let after = team(&admin).await;
    for list in ["operators", "invitations"] {
        let names = |team: &Value| -> Vec<Value> {
            let all = team[list].as_array().expect("a list").iter();
            all.map(|one| json!([one["name"], one["role"], one.get("disabled_at")]))
                .collect()
        };
        assert_eq!(names(&before), names(&after), "{list}");
    }
});

both_databases!(somebody_is_invited_by_a_link_that_is_shown_once, |app| {
    let admin = app.log_in(ADMIN).await;
    let answer = post(app, &admin, &INVITE).await;
    assert_eq!(answer.status(), 200);
    let headers = format!("{:?}", answer.headers());
    let policy = answer.headers()["content-security-policy"].clone();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let html = answer.text().await.expect("a page");
    let link = link(&html);
    let origin = app.state.config.public_url.origin();
    assert!(link.starts_with(&format!("{origin}/invitation/")), "{link}");
    assert_eq!(html.matches(&link).count(), 1);
    let (_, token) = link.rsplit_once('/').expect("a token");
    assert!(!headers.contains(token), "in no cookie: {headers}");
    assert!(html.contains("role=\"status\""), "{html}");
    assert!(html.contains("Valid for 71 h 59 min"), "{html}");

    // The button to copy it comes with the few lines that make it work.
    assert!(html.contains("data-needs-script"), "{html}");
    let nonce = policy.to_str().expect("ASCII").split("'nonce-").nth(1);
    let nonce = nonce.and_then(|rest| rest.split('\'').next());
    let script = format!("<script nonce=\"{}\"", nonce.expect("a nonce"));
    assert_eq!(html.matches("<script").count(), 1, "{html}");
    assert!(html.contains(&script), "{html}");

    let (_, html) = page(app, &admin, OPERATORS).await;
    assert!(html.contains(NOK), "{html}");
    assert!(!html.contains(token) && !html.contains("<output"), "{html}");
    assert_eq!(team(&admin).await["invitations"][0]["role"], "supervisor");

    let chosen = [("name", "นก"), ("password", NEW)];
    assert_eq!(use_link(app, &link, &chosen).await, 303);
    assert!(signs_in(app, NOK, NEW).await);
    assert_eq!(use_link(app, &link, &chosen).await, 404, "once");
});

both_databases!(
    an_invitation_is_refused_beside_its_field_and_keeps_the_rest,
    |app| {
        let admin = app.log_in(ADMIN).await;
        for (email, name, role, status, field) in [
            ("not an address", "Nok", "operator", 400, "email"),
            ("Mali@Example.com", "Nok", "operator", 409, "email"),
            (NOK, "a name of 21 letters!", "operator", 400, "name"),
            (NOK, " ", "operator", 400, "name"),
            (NOK, "Nok", "owner", 400, "role"),
        ] {
            let fields = [
                ("form", "invite"),
                ("email", email),
                ("name", name),
                ("role", role),
            ];
            let (answered, html) = answered(app, &admin, &fields).await;
            assert_eq!(answered, status, "{fields:?}");
            assert!(
                html.contains(&format!("href=\"#invite-{field}\"")),
                "{html}"
            );
            assert!(
                html.contains(&format!("id=\"invite-{field}-error\"")),
                "{html}"
            );
            assert!(html.contains(&format!("value=\"{email}\"")), "{html}");
            assert!(html.contains(&format!("value=\"{name}\"")), "{html}");
            assert!(
                html.contains("<title>Not saved: Operators and roles"),
                "{html}"
            );
            assert!(html.contains("Nobody was invited."), "{html}");
        }
        assert_eq!(team(&admin).await["invitations"], json!([]));
    }
);

both_databases!(every_field_that_is_missing_or_came_twice_is_named, |app| {
    let admin = app.log_in(ADMIN).await;
    let id = app.operator_id(MALI).await;
    let edit = [
        ("form", "edit"),
        ("id", &id),
        ("name", "Mali"),
        ("role", "operator"),
    ];
    for (form, whole) in [("invite", &INVITE), ("edit", &edit)] {
        for field in whole.iter().skip(1) {
            let rest: Vec<_> = whole.iter().copied().filter(|one| one != field).collect();
            let twice = [&whole[..], &[*field]].concat();
            for (fields, says) in [(rest, "missing"), (twice, "came twice")] {
                let (status, html) = answered(app, &admin, &fields).await;
                assert_eq!(status, 400, "{fields:?}");
                assert!(html.contains(says), "{fields:?}: {html}");
                // Of a field that nobody sees, the flash says what is wrong with it.
                let named = format!("href=\"#{form}-{}\"", field.0);
                assert_eq!(html.contains(&named), field.0 != "id", "{named}: {html}");
            }
        }
    }
    for fields in [
        &[("form", "disable"), ("id", &id)][..],
        &[
            ("form", "disable"),
            ("id", &id),
            ("chats", "queue"),
            ("chats", "queue"),
        ],
    ] {
        let (status, html) = answered(app, &admin, fields).await;
        assert_eq!(status, 400, "{fields:?}");
        assert!(html.contains("href=\"#disable-chats\""), "{html}");
    }
    for form in ["enable", "reset", "withdraw", "disable"] {
        assert_eq!(
            answered(app, &admin, &[("form", form)]).await.0,
            400,
            "{form}"
        );
    }
    assert_eq!(answered(app, &admin, &[("form", "nothing")]).await.0, 400);
    let operators = &team(&admin).await["operators"];
    assert_eq!(operators.as_array().expect("a list").len(), 3);
    assert_eq!(operators[1].get("disabled_at"), None);
});

both_databases!(name_and_role_are_changed_and_told_once, |app| {
    let admin = app.log_in(ADMIN).await;
    let id = app.operator_id(MALI).await;
    let (status, html) = page(app, &admin, &format!("{OPERATORS}?edit={id}")).await;
    assert_eq!(status, 200);
    assert!(html.contains("id=\"edit\"") && html.contains("data-state=\"selected\""));
    assert!(html.contains("value=\"Mali\""), "{html}");
    assert!(html.contains(&format!("?disable={id}")), "{html}");
    let fields = [
        ("form", "edit"),
        ("id", &id),
        ("name", "มะลิ"),
        ("role", "supervisor"),
    ];
    let html = taken(app, &admin, &fields).await;
    assert!(
        html.contains("role=\"status\"") && html.contains("มะลิ"),
        "{html}"
    );
    let mali = team(&admin).await["operators"][2].clone();
    assert_eq!(
        (&mali["name"], &mali["role"]),
        (&json!("มะลิ"), &json!("supervisor"))
    );

    let long = "a name of 21 letters!";
    let fields = [
        ("form", "edit"),
        ("id", &id),
        ("name", long),
        ("role", "admin"),
    ];
    let (status, html) = answered(app, &admin, &fields).await;
    assert_eq!(status, 400);
    assert!(html.contains("href=\"#edit-name\""), "{html}");
    assert!(html.contains(&format!("value=\"{long}\"")), "{html}");
    assert!(
        html.contains("value=\"admin\" selected"),
        "what was chosen stays: {html}"
    );
    assert_eq!(team(&admin).await["operators"][2]["role"], "supervisor");
});

both_databases!(
    a_name_older_than_the_rule_may_stay_while_the_role_changes,
    |app| {
        let admin = app.log_in(ADMIN).await;
        let id = app.operator_id(MALI).await;
        let long = "The one who answers at night";
        let sql = "UPDATE operators SET name = 'The one who answers at night' WHERE email = $1";
        crate::harness::database::change(&app.state.db, sql, MALI).await;
        let fields = [
            ("form", "edit"),
            ("id", &id),
            ("name", long),
            ("role", "supervisor"),
        ];
        assert!(taken(app, &admin, &fields).await.contains(long));
        let call = json!({ "id": id, "name": "Another one that is too long" });
        assert_eq!(admin.call("update_operator", call).await.0, 400);
    }
);

both_databases!(
    the_last_administrator_is_neither_demoted_nor_disabled,
    |app| {
        let admin = app.log_in(ADMIN).await;
        let id = app.operator_id(ADMIN).await;
        let fields = [
            ("form", "edit"),
            ("id", &id),
            ("name", "Ken"),
            ("role", "supervisor"),
        ];
        let (status, html) = answered(app, &admin, &fields).await;
        assert_eq!(status, 409);
        assert!(html.contains("This is the last administrator."), "{html}");
        assert!(html.contains("href=\"#edit-role\""), "{html}");
        assert!(
            html.contains("value=\"Ken\""),
            "the other values are kept: {html}"
        );
        let fields = [("form", "disable"), ("id", &id), ("chats", "queue")];
        let (status, html) = answered(app, &admin, &fields).await;
        assert_eq!(status, 409);
        assert!(html.contains("This is the last administrator."), "{html}");
        let ken = &team(&admin).await["operators"][0];
        assert_eq!(
            (&ken["name"], &ken["role"]),
            (&json!("Admin"), &json!("admin"))
        );
        assert_eq!(ken.get("disabled_at"), None);
    }
);

both_databases!(nobody_disables_themself, |app| {
    let admin = app.log_in(ADMIN).await;
    give_role(app, &admin, MALI, "admin").await;
    let id = app.operator_id(ADMIN).await;
    let (_, html) = page(app, &admin, &format!("{OPERATORS}?edit={id}")).await;
    assert!(!html.contains("?disable="), "{html}");
    let (status, html) = page(app, &admin, &format!("{OPERATORS}?disable={id}")).await;
    assert_eq!(status, 400);
    assert!(html.contains("You cannot disable yourself."), "{html}");
    assert!(!html.contains("<dialog"), "{html}");
    let fields = [("form", "disable"), ("id", &id), ("chats", "queue")];
    let (status, html) = answered(app, &admin, &fields).await;
    assert_eq!(status, 400);
    assert!(html.contains("You cannot disable yourself."), "{html}");
    let call = json!({ "id": id, "disabled": true });
    let (status, refused) = admin.call("update_operator", call).await;
    assert_eq!((status, &refused["field"]), (400, &json!("disabled")));
    assert_eq!(refused["reason"], "oneself");
    assert_eq!(team(&admin).await["operators"][0].get("disabled_at"), None);
});

both_databases!(the_question_says_what_becomes_of_open_chats, |app| {
    let admin = app.log_in(ADMIN).await;
    let chats = [
        chat_of_mali(app, "Nut").await,
        chat_of_mali(app, "Ploy").await,
    ];
    let id = app.operator_id(MALI).await;
    let (status, html) = page(app, &admin, &format!("{OPERATORS}?disable={id}")).await;
    assert_eq!(status, 200);
    assert!(html.contains("<dialog") && html.contains("inert"), "{html}");
    for there in [
        "Disable Mali?",
        "The 2 open chats",
        "Keep Mali",
        "Somchai",
        "data-leave",
    ] {
        assert!(html.contains(there), "{there}: {html}");
    }
    assert!(
        !html.contains(&format!("<option value=\"{id}\"")),
        "not to themself: {html}"
    );

    let fields = [("form", "disable"), ("id", &id), ("chats", "queue")];
    let html = taken(app, &admin, &fields).await;
    assert!(
        html.contains("Mali is disabled and signed out everywhere."),
        "{html}"
    );
    assert!(html.contains("1 disabled operator"), "{html}");
    assert!(!signs_in(app, MALI, PASSWORD).await);
    for chat in &chats {
        let audited = app.audited(&chat.room()).await;
        assert!(
            audited.contains(&"session.give_back".to_owned()),
            "{audited:?}"
        );
    }
    let (status, _) = page(app, &admin, &format!("{OPERATORS}?disable={id}")).await;
    assert_eq!(status, 404, "there is nobody to disable any more");
    let html = taken(app, &admin, &[("form", "enable"), ("id", &id)]).await;
    assert!(html.contains("Mali can sign in again."), "{html}");
    assert!(signs_in(app, MALI, PASSWORD).await);
});

both_databases!(open_chats_go_to_the_colleague_that_was_chosen, |app| {
    let admin = app.log_in(ADMIN).await;
    let chat = chat_of_mali(app, "Nut").await;
    let (id, to) = (app.operator_id(MALI).await, app.operator_id(SOMCHAI).await);
    let to_whom = |to| {
        [
            ("form", "disable"),
            ("id", &*id),
            ("chats", "colleague"),
            ("hand_over_to", to),
        ]
    };
    for wrong in [NOBODY, &id, "x", ""] {
        let (status, html) = answered(app, &admin, &to_whom(wrong)).await;
        assert_eq!(status, 400, "{wrong}");
        assert!(html.contains("<dialog"), "the question stays: {html}");
        assert!(html.contains("id=\"disable-hand_over_to-error\""), "{html}");
    }
    let (status, _) = answered(app, &admin, &to_whom(NOBODY)[..3]).await;
    assert_eq!(status, 400, "a colleague, but which");
    let html = taken(app, &admin, &to_whom(&to)).await;
    assert!(html.contains("Somchai has the open chats."), "{html}");
    let audited = app.audited(&chat.room()).await;
    assert!(
        audited.contains(&"session.hand_over".to_owned()),
        "{audited:?}"
    );
});

both_databases!(
    a_new_password_is_chosen_by_a_link_that_is_shown_once,
    |app| {
        let admin = app.log_in(ADMIN).await;
        let id = app.operator_id(MALI).await;
        let (status, html) = answered(app, &admin, &[("form", "reset"), ("id", &id)]).await;
        assert_eq!(status, 200);
        assert!(html.contains("A new password for Mali"), "{html}");
        let link = link(&html);
        assert!(signs_in(app, MALI, PASSWORD).await, "until it is used");
        assert_eq!(use_link(app, &link, &[("password", NEW)]).await, 303);
        assert!(signs_in(app, MALI, NEW).await);
        assert!(!signs_in(app, MALI, PASSWORD).await);
    }
);

both_databases!(links_are_withdrawn_and_lead_nowhere_then, |app| {
    let admin = app.log_in(ADMIN).await;
    let (_, html) = answered(app, &admin, &INVITE).await;
    let invitation = link(&html);
    let id = team(&admin).await["invitations"][0]["id"].clone();
    let id = id.as_str().expect("an id").to_owned();
    let withdraw = [("form", "withdraw"), ("id", id.as_str())];
    assert!(html.contains(&format!("value=\"{id}\"")), "{html}");
    let html = taken(app, &admin, &withdraw).await;
    assert!(html.contains("The link is withdrawn"), "{html}");
    assert!(!html.contains(NOK), "{html}");
    let chosen = [("name", "Nok"), ("password", NEW)];
    assert_eq!(use_link(app, &invitation, &chosen).await, 404);
    let (status, html) = answered(app, &admin, &withdraw).await;
    assert_eq!(status, 404);
    assert!(html.contains("role=\"alert\""), "{html}");
});

both_databases!(who_is_not_there_is_said_so, |app| {
    let admin = app.log_in(ADMIN).await;
    for path in ["?edit=", "?disable="] {
        for id in [NOBODY, "x", ""] {
            let (status, html) = page(app, &admin, &format!("{OPERATORS}{path}{id}")).await;
            assert_eq!(status, 404, "{path}{id}");
            assert!(html.contains("It is not there any more."), "{html}");
            assert!(html.contains(MALI), "the list stays: {html}");
        }
    }
    for fields in [
        &[
            ("form", "edit"),
            ("id", NOBODY),
            ("name", "X"),
            ("role", "operator"),
        ][..],
        &[("form", "disable"), ("id", NOBODY), ("chats", "queue")],
        &[("form", "enable"), ("id", NOBODY)],
        &[("form", "reset"), ("id", NOBODY)],
        &[("form", "withdraw"), ("id", NOBODY)],
    ] {
        let (status, html) = answered(app, &admin, fields).await;
        assert_eq!(status, 404, "{fields:?}");
        assert!(html.contains("It is not there any more."), "{html}");
    }
});
