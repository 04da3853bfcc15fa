//! Sends what is queued: as often as it takes, for an hour at most, and never to a device that is gone.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::desk::state_of;
use super::key::PushKey;
use super::notice::Notice;
use super::roll::Roll;
use crate::clock;
use crate::config::Config;
use crate::db::push_outbox::{DuePush, PushAddress, PushKind};
use crate::db::{Conn, Db, DbError};
use crate::metrics::{self, Broken};
use crate::protocol::{Conversation, SessionState, Timestamp};
use crate::push::{Answered, DeviceKeys, Endpoint, PushClient, Reach, seal};
use crate::realtime::Hub;
use crate::secrets::random_bytes;
use crate::service::ServiceError;

/// Most pushes that are under way.
const IN_FLIGHT: usize = 32;

/// The longest sleep: another node may have queued something, or died.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);

/// What calls that are under way at the end get.
const LAST_CALLS: Duration = Duration::from_secs(2);

/// For how long a push is in hand: longer than a call takes.
const LEASE_MS: i64 = 30_000;

/// The first wait after a failed try; doubles with each further one.
const FIRST_WAIT_MS: i64 = 5_000;
const LONGEST_WAIT_MS: i64 = 10 * 60 * 1_000;

/// News that is older is none.
const GIVE_UP_AFTER_MS: i64 = 60 * 60 * 1_000;

/// A device that has refused so often without taking anything in between is forgotten.
const FAILURES: i64 = 20;

/// Sends, until it is stopped.
pub struct Sender {
    shared: Arc<Shared>,
    tasks: JoinSet<()>,
}

struct Shared {
    db: Db,
    hub: Hub,
    roll: Roll,
    key: PushKey,
    client: PushClient,
    reach: Reach,
    /// Whom push services may turn to.
    contact: String,
    wake: Arc<Notify>,
}

/// What became of a push.
enum End {
    /// It need not be sent any more.
    Dropped,
    /// By the push service.
    Told(Answered),
}

impl Sender {
    /// Over this store and hub; `wake` is notified when something is queued.
    pub fn new(
        config: &Config,
        db: Db,
        hub: Hub,
        roll: Roll,
        key: PushKey,
        client: PushClient,
        wake: Arc<Notify>,
    ) -> Self {
        let shared = Shared {
            db,
            hub,
            roll,
            key,
            client,
            reach: super::reach(config),
            contact: config.push_contact().to_owned(),
            wake,
        };
        Self {
            shared: Arc::new(shared),
            tasks: JoinSet::new(),
        }
    }

    /// Sends until `stop`, and gives the calls in hand a moment.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut swept_at = clock::now();
        while !stop.is_cancelled() {
            let sleep = match self.dispatch().await {
                Ok(sleep) => sleep,
                Err(error) => {
                    error.log();
                    LONGEST_SLEEP
                }
            };
            if clock::now().since(swept_at).abs() > GIVE_UP_AFTER_MS {
                swept_at = clock::now();
                self.sweep(swept_at).await;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.shared.wake.notified() => {}
                Some(ended) = self.tasks.join_next() => put_down(ended),
                () = tokio::time::sleep(sleep) => {}
            }
        }
        // What does not end is sent again: its lease is over before long.
        let all = async { while self.tasks.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(LAST_CALLS, all).await;
    }

    /// Takes up what is due; answers how long to sleep.
    async fn dispatch(&mut self) -> Result<Duration, ServiceError> {
        let free = IN_FLIGHT.saturating_sub(self.tasks.len());
        if free == 0 || self.shared.roll.targets().is_empty() {
            return Ok(LONGEST_SLEEP);
        }
        let now = clock::now();
        let limit = u32::try_from(free).unwrap_or(u32::MAX);
        let mut reader = self.shared.db.reader().await?;
        let next = reader.conn().next_push().await?;
        drop(reader);
        match next.map(|next| next.since(now)) {
            None => return Ok(LONGEST_SLEEP),
            Some(ms) if ms > 0 => {
                return Ok(Duration::from_millis(ms.unsigned_abs()).min(LONGEST_SLEEP));
            }
            Some(_) => {}
        }
        let due = self
            .shared
            .db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(
                    async move { Ok(conn.take_pushes(now, now.plus_ms(LEASE_MS), limit).await?) },
                )
            })
            .await?;
        for push in due {
            let shared = Arc::clone(&self.shared);
            self.tasks.spawn(async move { shared.work(push).await });
        }
        Ok(Duration::ZERO)
    }

    async fn sweep(&self, now: Timestamp) {
        let before = now.plus_ms(-2 * GIVE_UP_AFTER_MS);
        let swept = self.shared.db.write::<_, ServiceError, _>(move |mut conn| {
            Box::pin(async move { Ok(conn.forget_pushes_before(before).await?) })
        });
        if let Err(error) = swept.await {
            error.log();
        }
    }
}

fn put_down(ended: Result<(), tokio::task::JoinError>) {
    if ended.is_err_and(|error| error.is_panic()) {
        // Its words may be a customer's. The lease ends, and it is tried again.
        metrics::broke(Broken::Task);
    }
}

impl Shared {
    async fn work(&self, push: DuePush) {
        let end = match self.send(&push).await {
            Ok(end) => end,
            Err(error) => {
                error.log();
                return;
            }
        };
        match self.record(push, end).await {
            Ok(true) => self.hub.alerts_changed(),
            Ok(false) => {}
            Err(error) => error.log(),
        }
        // Another one of the same chat may have come meanwhile.
        self.wake.notify_one();
    }

    async fn send(&self, push: &DuePush) -> Result<End, ServiceError> {
        let now = clock::now();
        if now.since(push.queued_at) > GIVE_UP_AFTER_MS {
            return Ok(End::Dropped);
        }
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let Some(address) = conn.push_address(push.device_id).await? else {
            return Ok(End::Dropped);
        };
        let Some(notice) = self.notice(&mut conn, push, &address).await? else {
            return Ok(End::Dropped);
        };
        drop(reader);
        // Both were looked at when they came.
        let endpoint = Endpoint::parse(&address.endpoint, self.reach);
        let keys = DeviceKeys::parse(&address.p256dh, &address.auth);
        let (Ok(endpoint), Some(keys)) = (endpoint, keys) else {
            return Ok(End::Told(Answered::Gone));
        };
        let ephemeral = fresh_secret();
        let sealed = seal(&keys, &notice.to_bytes(), &ephemeral, random_bytes());
        let Ok(sealed) = sealed else {
            return Ok(End::Dropped);
        };
        let key = self.key.get().await?;
        let word = key.authorization(&endpoint.origin(), &self.contact, now.0.div_euclid(1_000));
        let sending = self.client.push(&endpoint, &word, &push.topic, sealed);
        Ok(End::Told(sending.await))
    }

    /// What the device shows; nothing where that is over.
    async fn notice(
        &self,
        conn: &mut Conn<'_>,
        push: &DuePush,
        address: &PushAddress,
    ) -> Result<Option<Notice>, DbError> {
        let notice = Notice::new(name_of(push.kind), address.language);
        let Some(id) = push.conversation_id else {
            return Ok(Some(notice));
        };
        let Some(chat) = conn.conversation(id).await? else {
            return Ok(None);
        };
        if !still_holds(push.kind, &chat, address) || self.hub.is_seen(address.operator_id) {
            return Ok(None);
        }
        let shows_text = conn.alert_settings(address.operator_id).await?.push_preview;
        let message = match push.message_id {
            Some(message) => conn.message(message).await?,
            None => None,
        };
        let name = match (push.kind, &message) {
            (PushKind::Mention, Some(message)) => message.sender.name.clone(),
            _ => chat.contact.shown_name().to_owned(),
        };
        let text = message.and_then(|message| message.text);
        let text = text.filter(|_| shows_text);
        let notice = notice.about(chat.room).from(&name);
        Ok(Some(notice.saying(text.as_deref())))
    }

    /// Keeps what became of a push; answers whether its device is forgotten.
    async fn record(&self, push: DuePush, end: End) -> Result<bool, ServiceError> {
        let now = clock::now();
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move { Ok(record(&mut conn, &push, &end, now).await?) })
            })
            .await
    }
}

async fn record(
    conn: &mut Conn<'_>,
    push: &DuePush,
    end: &End,
    now: Timestamp,
) -> Result<bool, DbError> {
    let (why, counts, again) = match end {
        End::Dropped => {
            conn.end_push(push, false, now).await?;
            return Ok(false);
        }
        End::Told(Answered::Taken) => {
            conn.push_succeeded(push.device_id, now).await?;
            conn.end_push(push, true, now).await?;
            return Ok(false);
        }
        End::Told(Answered::Gone) => {
            tracing::info!("a device takes no pushes any more; it is forgotten");
            conn.delete_push_device(push.device_id).await?;
            return Ok(true);
        }
        End::Told(Answered::Later(status, after)) => (
            status.as_u16().to_string(),
            true,
            Some(wait(push.attempts, *after)),
        ),
        End::Told(Answered::Refused(status)) => (status.as_u16().to_string(), true, None),
        // Our own line may be down: that is no device's fault.
        End::Told(Answered::Unreached) => (
            "unreached".to_owned(),
            false,
            Some(wait(push.attempts, None)),
        ),
    };
    let failures = conn.push_failed(push.device_id, &why, counts, now).await?;
    if failures >= FAILURES {
        tracing::warn!(
            why,
            "a device has refused {FAILURES} pushes; it is forgotten"
        );
        conn.delete_push_device(push.device_id).await?;
        return Ok(true);
    }
    match again {
        Some(ms) => conn.put_off_push(push, now.plus_ms(ms)).await?,
        None => conn.end_push(push, false, now).await?,
    }
    Ok(false)
}

/// How many milliseconds pass until the next try.
fn wait(attempts: i64, after: Option<Duration>) -> i64 {
    if let Some(after) = after {
        return i64::try_from(after.as_millis()).unwrap_or(LONGEST_WAIT_MS);
    }
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(16);
    (FIRST_WAIT_MS << doublings).min(LONGEST_WAIT_MS)
}

const fn name_of(kind: PushKind) -> &'static str {
    match kind {
        PushKind::Waiting => "waiting",
        PushKind::Mine => "mine",
        PushKind::Mention => "mention",
        PushKind::Late => "late",
        PushKind::Test => "test",
    }
}

/// Whether there is still something to tell: nobody has a chat that waits, and nobody has looked.
fn still_holds(kind: PushKind, chat: &Conversation, to: &PushAddress) -> bool {
    match (kind, state_of(chat)) {
        (PushKind::Mine, SessionState::Active { owner, .. }) => {
            owner == to.operator_id && chat.unread > 0
        }
        (PushKind::Late, _) => {
            let targets = chat.targets.as_ref();
            targets.is_some_and(|targets| !targets.breached.is_empty())
        }
        (PushKind::Waiting, SessionState::Waiting { .. })
        | (PushKind::Mention | PushKind::Test, _) => true,
        (PushKind::Waiting | PushKind::Mine, _) => false,
    }
}

/// A key of one message alone.
fn fresh_secret() -> p256::SecretKey {
    loop {
        if let Ok(key) = p256::SecretKey::from_slice(&random_bytes::<32>()) {
            return key;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_unless_the_service_says_how_long() {
        assert_eq!([1, 2, 3].map(|n| wait(n, None)), [5_000, 10_000, 20_000]);
        assert_eq!(wait(60, None), LONGEST_WAIT_MS);
        assert_eq!(wait(3, Some(Duration::from_secs(7))), 7_000);
    }
}
