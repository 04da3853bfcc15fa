//! `sala rekey`: the secret key is exchanged, and nobody notices.

use std::fs;

use sala::app::Core;
use sala::config::{Config, Settings};
use sala::protocol::ChannelName;

use super::program::{Place, errors};
use crate::harness::Database;
use crate::harness::app::Served;
use crate::harness::database::TestDatabase;
use crate::harness::line::free_addr;
use crate::harness::session::{PASSWORD, Session};

const OLD: &str = "0123456789abcdef0123456789abcdef";
const NEW: &str = "fedcba9876543210fedcba9876543210";
const EMAIL: &str = "mali@example.com";

/// A server that took LINE's credentials over; the keys that it is given, if any.
async fn serve(addr: &str, url: &str, keys: &[(&str, &str)]) -> Served {
    let mut settings = vec![
        ("SALA_ADDR", addr),
        ("DATABASE_URL", url),
        ("LINE_CHANNEL_SECRET", "demo-secret"),
        ("LINE_CHANNEL_ACCESS_TOKEN", "demo-token"),
        ("LINE_API_BASE", "http://127.0.0.1:1"),
        ("LINE_DATA_API_BASE", "http://127.0.0.1:1"),
        ("SALA_ADMIN_EMAIL", EMAIL),
        ("SALA_ADMIN_PASSWORD", PASSWORD),
    ];
    settings.extend(keys);
    Served::start(&settings).await
}

/// Whether a running server reads LINE's credentials.
async fn reads(server: &Served) -> bool {
    let found = server.state.channels.find(&ChannelName::default()).await;
    found.is_ok_and(|channel| {
        channel.is_some_and(|channel| channel.secret.expose() == "demo-secret")
    })
}

/// Whether this key alone decrypts the credentials of all channels, of which there is one.
async fn fits(url: &str, key: &str) -> bool {
    let pairs = [("DATABASE_URL", url), ("SALA_SECRET_KEY", key)];
    let pairs = pairs.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let settings = Settings::from_pairs(pairs).expect("known settings");
    let config = Config::load(&settings).expect("valid settings");
    let core = Core::open_existing(&config).await.expect("it opens");
    let channels = core.channels.list().await;
    core.db.close().await;
    channels.is_ok_and(|channels| {
        assert_eq!(channels.len(), 1);
        channels[0].access_token.expose() == "demo-token"
    })
}

/// The lines of the key's file.
fn key_file(place: &Place) -> Vec<String> {
    let text = fs::read_to_string(place.path("data/secret.key")).expect("the key");
    text.lines().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_server_goes_on_and_takes_what_the_old_key_signed_until_the_end() {
    let place = Place::started();
    let (addr, url) = (free_addr(), place.url());
    let old = key_file(&place);
    let server = serve(&addr.to_string(), &url, &[]).await;
    let session = Session::start(addr, EMAIL).await;
    let said = place.done(&["rekey"]);
    assert!(said.contains("1 channels"), "{said}");
    assert!(said.contains("--end") && said.contains("backups"), "{said}");
    let held = key_file(&place);
    assert_eq!(held.len(), 2);
    assert_eq!(held[1], format!("old: {}", old[0]));
    assert!(!said.contains(&held[0]) && !said.contains(&old[0]));
    assert!(fits(&url, &held[0]).await && !fits(&url, &old[0]).await);
    assert!(reads(&server).await, "without a restart");
    assert!(server.state.auth.verify_token(&session.token).await.is_ok());
    server.ended().await;
    // The second run finds nothing to do and makes no third key.
    let said = place.done(&["rekey"]);
    assert!(said.contains("0 channels"), "{said}");
    assert_eq!(key_file(&place), held);
    let server = serve(&addr.to_string(), &url, &[]).await;
    assert!(server.state.auth.verify_token(&session.token).await.is_ok());
    server.ended().await;
    place.done(&["rekey", "--end"]);
    assert!(place.done(&["rekey", "--end"]).contains("no old key"));
    assert_eq!(key_file(&place), held[..1]);
    let server = serve(&addr.to_string(), &url, &[]).await;
    assert!(reads(&server).await);
    let refused = server.state.auth.verify_token(&session.token).await;
    assert!(refused.is_err());
    server.ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exchange_that_was_interrupted_goes_on_with_the_key_that_it_made() {
    let place = Place::started();
    let (addr, url) = (free_addr().to_string(), place.url());
    let old = key_file(&place).remove(0);
    serve(&addr, &url, &[]).await.ended().await;
    // Ended after the file was replaced, before the database was changed.
    let file = format!("{NEW}\nold: {old}\n");
    fs::write(place.path("data/secret.key"), &file).expect("written");
    fs::write(place.path("data/secret.key-exchange"), "half").expect("written");
    let server = serve(&addr, &url, &[]).await;
    assert!(reads(&server).await);
    server.ended().await;
    assert!(fits(&url, &old).await, "a start changes nothing");
    // Asked for the end, it first does what was left.
    place.done(&["rekey", "--end"]);
    assert_eq!(key_file(&place), [NEW]);
    assert!(fits(&url, NEW).await && !fits(&url, &old).await);
    // A key that does not fit what is there is not exchanged.
    fs::write(place.path("data/secret.key"), OLD).expect("written");
    let refused = place.run(&["rekey"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        errors(&refused).contains("cannot be decrypted"),
        "{}",
        errors(&refused)
    );
    assert_eq!(key_file(&place), [OLD]);
    place.done(&["operator", "list"]);
}

/// Nodes restart one after another, each time with keys that those before and after accept.
async fn keys_that_are_given_are_exchanged(kind: Database) {
    if !kind.is_wanted() {
        return;
    }
    let (place, database) = (Place::new(), TestDatabase::make(kind).await);
    let (addr, url) = (free_addr(), database.url());
    let before = [("SALA_SECRET_KEY", OLD), ("SALA_SECRET_KEY_OTHER", NEW)];
    let after = [("SALA_SECRET_KEY", NEW), ("SALA_SECRET_KEY_OTHER", OLD)];
    let first = serve(&addr.to_string(), &url, &before[..1]).await;
    let session = Session::start(addr, EMAIL).await;
    first.ended().await;
    let early = serve("127.0.0.1:0", &url, &before).await;
    let second = free_addr();
    let late = serve(&second.to_string(), &url, &after).await;
    assert!(late.state.auth.verify_token(&session.token).await.is_ok());
    let fresh = Session::start(second, EMAIL).await;
    assert!(early.state.auth.verify_token(&fresh.token).await.is_ok());
    let rekey = || {
        let mut command = place.sala(&["rekey"]);
        command.env("DATABASE_URL", &url).envs(after);
        let output = command.output().expect("it runs");
        assert!(output.status.success(), "{}", errors(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let said = rekey();
    assert!(said.contains("1 channels"), "{said}");
    assert!(said.contains("remove SALA_SECRET_KEY_OTHER"), "{said}");
    assert!(!said.contains(NEW) && !said.contains(OLD), "{said}");
    assert!(rekey().contains("0 channels"));
    assert!(reads(&early).await && reads(&late).await);
    early.ended().await;
    late.ended().await;
    assert!(fits(&url, NEW).await && !fits(&url, OLD).await);
    assert_eq!(place.data(), [""; 0], "no file is made");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_are_given_are_exchanged_on_sqlite() {
    keys_that_are_given_are_exchanged(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_are_given_are_exchanged_on_postgres() {
    keys_that_are_given_are_exchanged(Database::Postgres).await;
}
