//! Files on disk are for their owner only.

use std::fs::{Permissions, metadata, set_permissions};
use std::os::unix::fs::PermissionsExt;

use sala::db::Db;

use super::program::{Place, errors};

/// Names of all that others can do something with.
fn open_to_others(place: &Place) -> Vec<String> {
    let mode = |name: &str| {
        let found = metadata(place.path(name)).expect("there");
        found.permissions().mode()
    };
    let files = place.data().into_iter().map(|name| format!("data/{name}"));
    std::iter::once("data".to_owned())
        .chain(files)
        .filter(|name| mode(name) & 0o077 != 0)
        .collect()
}

fn open_to_all(place: &Place, names: &[&str]) {
    for name in names {
        let mode = if *name == "data" { 0o755 } else { 0o644 };
        set_permissions(place.path(name), Permissions::from_mode(mode)).expect("changed");
    }
}

#[tokio::test]
async fn folder_database_log_and_key_are_private_from_the_first_start() {
    let place = Place::started();
    let db = Db::open(&place.url()).await.expect("opens");
    db.ping().await.expect("writes");
    let there = ["sala.db", "sala.db-shm", "sala.db-wal", "secret.key"];
    assert_eq!(place.data(), there);
    assert_eq!(open_to_others(&place), [""; 0]);
    db.close().await;
}

#[tokio::test]
async fn what_was_open_to_others_is_closed_at_the_start_and_said() {
    let place = Place::started();
    place.done(&["backup", "data/sala.db.bak"]);
    // Left by a server that was killed.
    let db = Db::open(&place.url()).await.expect("opens");
    db.ping().await.expect("writes");
    let all = [
        "data",
        "data/sala.db",
        "data/sala.db-wal",
        "data/sala.db-shm",
    ];
    open_to_all(&place, &all);
    open_to_all(&place, &["data/sala.db.bak", "data/secret.key"]);
    let said = errors(&place.run(&["check"]));
    assert_eq!(open_to_others(&place), [""; 0]);
    for name in ["sala.db", "sala.db-wal", "sala.db.bak", "secret.key"] {
        assert!(
            said.contains(&format!("data/{name} was=")),
            "{name}: {said}"
        );
    }
    assert!(said.contains("only its owner"), "{said}");
    db.close().await;
}

#[tokio::test]
async fn a_folder_with_files_of_others_is_left_as_it_is() {
    let place = Place::started();
    std::fs::write(place.path("data/index.html"), "theirs").expect("written");
    open_to_all(&place, &["data", "data/sala.db", "data/index.html"]);
    place.done(&["check"]);
    assert_eq!(open_to_others(&place), ["data", "data/index.html"]);
}

#[test]
fn copies_and_what_they_replace_are_private() {
    let place = Place::started();
    place.done(&["backup", "copy.db"]);
    open_to_all(&place, &["copy.db", "data/sala.db"]);
    place.done(&["restore", "copy.db", "--force"]);
    assert_eq!(open_to_others(&place), [""; 0]);
    place.done(&["backup", "again.db"]);
    let mode = metadata(place.path("again.db"))
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}
