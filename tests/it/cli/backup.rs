//! `sala backup` and `sala restore`.

use super::program::{Place, errors};
use crate::harness::app::Served;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_database_is_copied_but_not_replaced() {
    let place = Place::started();
    place.done(&["operator", "add", "mali@example.com"]);
    let url = format!("sqlite://{}", place.path("data/sala.db").display());
    let served = Served::start(&[("SALA_ADDR", "127.0.0.1:0"), ("DATABASE_URL", &url)]).await;
    assert!(place.done(&["backup", "copy.db"]).contains("secret.key"));
    let again = place.run(&["backup", "copy.db"]);
    assert!(errors(&again).contains("copy.db"), "{}", errors(&again));
    let refused = place.run(&["restore", "copy.db", "--force"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(errors(&refused).contains("in use"), "{}", errors(&refused));
    served.ended().await;
}

#[test]
fn a_copy_is_restored_and_the_old_database_kept() {
    let place = Place::started();
    place.done(&["operator", "add", "mali@example.com"]);
    place.done(&["backup", "copy.db"]);
    place.done(&["operator", "add", "later@example.com"]);
    let refused = place.run(&["restore", "copy.db"]);
    assert!(errors(&refused).contains("--force"), "{}", errors(&refused));
    place.done(&["restore", "copy.db", "--force"]);
    let listed = place.done(&["operator", "list"]);
    assert!(
        listed.contains("mali@") && !listed.contains("later@"),
        "{listed}"
    );
    assert!(place.path("data/sala.db.bak").exists());
}

#[test]
fn what_is_no_copy_is_not_restored() {
    let place = Place::started();
    std::fs::write(place.path("nonsense.db"), "not a database").expect("written");
    let refused = place.run(&["restore", "nonsense.db"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        errors(&refused).contains("nonsense.db"),
        "{}",
        errors(&refused)
    );
    let postgres = place
        .sala(&[
            "backup",
            "copy.db",
            "--database-url",
            "postgres://localhost/sala",
        ])
        .env("SALA_SECRET_KEY", "0123456789abcdef0123456789abcdef")
        .output()
        .expect("it runs");
    assert!(
        errors(&postgres).contains("pg_dump"),
        "{}",
        errors(&postgres)
    );
}
