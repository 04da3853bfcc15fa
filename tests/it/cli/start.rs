//! A start that cannot succeed says why and ends with 1.

use super::program::{Place, errors};

#[test]
fn a_bad_setting_is_named() {
    let place = Place::new();
    for (name, value) in [
        ("SALA_PORT", "3000"),
        ("SALA_ADDR", "nowhere"),
        ("SALA_ADDR", ""),
        ("DATABASE_URL", "mysql://localhost"),
        ("SALA_LOG_FORMAT", "xml"),
        ("REDIS_URL", "redis://127.0.0.1"),
    ] {
        let output = place
            .sala(&["serve"])
            .env(name, value)
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(1), "{name}={value}");
        assert!(
            errors(&output).contains(name),
            "{name}: {}",
            errors(&output)
        );
    }
}

#[test]
fn settings_come_from_a_file_too_and_are_checked_there() {
    let place = Place::new();
    std::fs::write(place.path(".env"), "SALA_ADRR=127.0.0.1:0\n").expect("written");
    let output = place.run(&["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("SALA_ADRR"), "{}", errors(&output));
}

#[test]
fn postgres_needs_a_key_and_an_unreachable_one_is_a_clear_error() {
    let place = Place::new();
    let url = "postgres://sala:hush@127.0.0.1:1/sala";
    let output = place.run(&["serve", "--database-url", url]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        errors(&output).contains("SALA_SECRET_KEY"),
        "{}",
        errors(&output)
    );
    let output = place
        .sala(&["serve", "--database-url", url, "--addr", "127.0.0.1:0"])
        .env("SALA_SECRET_KEY", "0123456789abcdef0123456789abcdef")
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("database"), "{}", errors(&output));
    assert!(!errors(&output).contains("hush"), "{}", errors(&output));
}

#[test]
fn a_taken_address_is_a_clear_error() {
    let place = Place::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let addr = taken.local_addr().expect("bound").to_string();
    let output = place.run(&["serve", "--addr", &addr]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains(&addr), "{}", errors(&output));
}

#[test]
fn check_says_what_is_wrong() {
    let place = Place::started();
    assert!(place.done(&["check"]).contains("ok    database (sqlite)"));
    let output = place
        .sala(&["check", "--line-api-base", "http://127.0.0.1:1"])
        .env("LINE_CHANNEL_SECRET", "s")
        .env("LINE_CHANNEL_ACCESS_TOKEN", "t")
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("WRONG LINE channel default"), "{said}");
}

#[test]
fn check_says_what_is_likely_to_be_a_mistake() {
    let place = Place::started();
    let output = place
        .sala(&["check"])
        .env("SALA_PUBLIC_URL", "https://chat.example.com")
        .env("SALA_ADDR", "0.0.0.0:3000")
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", errors(&output));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("names no other machine"), "{said}");
}

#[test]
fn a_foreign_line_variable_is_a_warning_where_one_of_salas_is_an_error() {
    let place = Place::started();
    let check = |name: &str| {
        let output = place.sala(&["check"]).env(name, "1234").output();
        output.expect("it runs")
    };
    let output = check("LINE_CHANNEL_ID");
    assert!(output.status.success(), "{}", errors(&output));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("note  LINE_CHANNEL_ID is no setting"),
        "{said}"
    );
    assert!(
        errors(&output).contains("LINE_CHANNEL_ID"),
        "not in the log"
    );
    let output = check("SALA_CHANNEL_ID");
    assert!(!output.status.success());
    assert!(
        errors(&output).contains("SALA_CHANNEL_ID"),
        "{}",
        errors(&output)
    );
}
