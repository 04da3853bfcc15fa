//! `sala operator`.

use super::program::{Place, errors};

#[test]
fn operators_are_added_listed_and_disabled() {
    let place = Place::started();
    let made = place.done(&["operator", "add", "Mali@Example.com", "--role", "admin"]);
    let password = made
        .lines()
        .find_map(|line| line.strip_prefix("Password: "));
    assert!(
        password.is_some_and(|password| password.len() >= 20),
        "{made}"
    );
    let given = [
        "operator",
        "add",
        "so@example.com",
        "--name",
        "Somchai",
        "--password",
        "long enough",
    ];
    assert!(!place.done(&given).contains("Password"));
    let listed = place.done(&["operator", "list"]);
    assert!(
        listed.contains("mali@example.com\tMali\tadmin\tactive"),
        "{listed}"
    );
    assert!(
        listed.contains("so@example.com\tSomchai\toperator\tactive"),
        "{listed}"
    );
    place.done(&["operator", "disable", "so@example.com"]);
    assert!(
        place
            .done(&["operator", "list"])
            .contains("Somchai\toperator\tdisabled")
    );
}

#[test]
fn what_cannot_be_is_refused() {
    let place = Place::started();
    place.done(&["operator", "add", "mali@example.com", "--role", "admin"]);
    for (words, said) in [
        (&["operator", "add", "MALI@example.com"][..], "already"),
        (&["operator", "add", "nonsense"], "e-mail"),
        (
            &["operator", "add", "a@example.com", "--password", "short"],
            "characters",
        ),
        (
            &[
                "operator",
                "add",
                "b@example.com",
                "--name",
                "\u{200b}\u{2800}",
            ],
            "can be seen",
        ),
        (
            &["operator", "add", "b@example.com", "--name", "M\u{202e}ali"],
            "can be seen",
        ),
        (
            &["operator", "disable", "mali@example.com"],
            "last administrator",
        ),
        (
            &["operator", "disable", "nobody@example.com"],
            "no operator",
        ),
        (
            &["operator", "reset-password", "nobody@example.com"],
            "no operator",
        ),
    ] {
        let output = place.run(words);
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        assert!(
            errors(&output).contains(said),
            "{words:?}: {}",
            errors(&output)
        );
    }
}
