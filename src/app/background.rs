//! The work that goes on beside requests. Each task hears the shutdown and is waited for.

use std::future::Future;
use std::time::Duration;

use tokio::sync::{broadcast, mpsc};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock;
use crate::db::DbError;
use crate::db::logins::LoginId;
use crate::fetch::Fetcher;
use crate::outbox::Outbox;
use crate::protocol::ChannelName;
use crate::protocol::close::CloseCode;
use crate::realtime::broker::Link;
use crate::realtime::{Connection, Publication};
use crate::service::animation::Animator;
use crate::service::auth::{Revoked, Standing};
use crate::service::catch_up::CatchUp;
use crate::state::AppState;

/// How often connections and typing are looked over.
const HUB_EVERY: Duration = Duration::from_secs(1);

/// How often log-ins that another process may have ended are looked up.
const LOGINS_EVERY: Duration = Duration::from_secs(5);

/// How often full allowances are forgotten.
const LIMITS_EVERY: Duration = Duration::from_mins(1);

/// What the tasks work on, until they are started.
pub(super) struct Background {
    /// Events to be handed out.
    pub(super) publications: mpsc::Receiver<Publication>,
    /// To the other nodes, if there are any.
    pub(super) link: Option<Link>,
    /// Sends to LINE.
    pub(super) outbox: Outbox,
    /// Fetches profiles and files from LINE.
    pub(super) fetcher: Fetcher,
    /// Shows customers that somebody types.
    pub(super) animator: Animator,
    /// Tells the consoles what they missed.
    pub(super) catch_up: CatchUp,
}

/// The end in two steps: what works says its last words before what carries them ends.
#[derive(Default)]
pub(super) struct Ending {
    /// Whoever changes something, and how it is asked to end.
    pub(super) work: (TaskTracker, CancellationToken),
    /// Whoever tells it to clients and to other nodes.
    pub(super) word: (TaskTracker, CancellationToken),
}

impl Background {
    /// Takes over what an earlier run left half done, at once when this node is alone. Among
    /// several nodes that may be another one's work; there leases end by themselves.
    pub(super) async fn take_over(&self) -> Result<(), DbError> {
        if self.link.is_some() {
            return Ok(());
        }
        self.outbox.take_over().await?;
        self.fetcher.take_over(clock::now()).await
    }

    /// Starts every task.
    pub(super) fn start(self, state: &AppState, ending: &Ending) {
        let Self {
            publications,
            link,
            outbox,
            fetcher,
            animator,
            catch_up,
        } = self;
        let (hub, team) = (state.hub.clone(), state.team.clone());
        let (tellers, told) = &ending.word;
        let (carried, last) = (CancellationToken::new(), told.clone());
        if let Some(link) = link {
            tellers.spawn(link.run(hub.clone(), carried.clone()));
        }
        tellers.spawn(async move {
            hub.hand_out_all(publications, last).await;
            carried.cancel();
        });
        let (tasks, stop) = &ending.work;
        tasks.spawn(outbox.run(stop.clone()));
        tasks.spawn(fetcher.run(stop.clone()));
        tasks.spawn(animator.run(stop.clone()));
        until(tasks, stop, async move { catch_up.run().await });
        until(tasks, stop, async move { team.tell_changes().await });
        until(tasks, stop, sweep_hub(state.clone()));
        until(tasks, stop, sweep_limits(state.clone()));
        until(
            tasks,
            stop,
            close_revoked(state.clone(), state.auth.revocations()),
        );
        until(tasks, stop, sweep_logins(state.clone()));
        until(tasks, stop, verify_default_channel(state.clone()));
    }
}

/// Runs `work` until it ends or `stop` is heard, whichever is first.
fn until(
    tasks: &TaskTracker,
    stop: &CancellationToken,
    work: impl Future<Output = ()> + Send + 'static,
) {
    let stop = stop.clone();
    tasks.spawn(async move {
        tokio::select! {
            () = stop.cancelled() => {}
            () = work => {}
        }
    });
}

async fn sweep_hub(state: AppState) {
    let mut ticks = tokio::time::interval(HUB_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        state.hub.sweep(clock::now());
    }
}

async fn sweep_limits(state: AppState) {
    let mut ticks = tokio::time::interval(LIMITS_EVERY);
    loop {
        ticks.tick().await;
        state.limits.forget_idle(clock::now());
    }
}

/// Closes the sockets of what ends in this process, at once.
async fn close_revoked(state: AppState, mut revocations: broadcast::Receiver<Revoked>) {
    loop {
        match revocations.recv().await {
            Ok(Revoked::Login(login)) => {
                close(&state, login, CloseCode::NotAuthenticated);
            }
            Ok(Revoked::Operator(operator)) => {
                let theirs = |connection: &Connection| connection.operator.id == operator;
                state.hub.close_where(CloseCode::Forbidden, theirs);
            }
            // The sweep finds what was missed.
            Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}

/// Closes the sockets of what ended by age or in another process, such as `sala operator disable`.
async fn sweep_logins(state: AppState) {
    let mut ticks = tokio::time::interval(LOGINS_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let logins: Vec<LoginId> = state.hub.logins().into_iter().map(LoginId).collect();
        if logins.is_empty() {
            continue;
        }
        match state.auth.still_valid(&logins).await {
            Ok(standings) => {
                for (login, standing) in standings {
                    match standing {
                        Standing::Valid => {}
                        Standing::Ended => close(&state, login, CloseCode::NotAuthenticated),
                        Standing::Disabled => close(&state, login, CloseCode::Forbidden),
                    }
                }
            }
            // Nobody is thrown out because the store has a bad moment.
            Err(error) => error.log(),
        }
    }
}

fn close(state: &AppState, login: LoginId, code: CloseCode) {
    state
        .hub
        .close_where(code, |connection| connection.login == login.0);
}

/// Learns who the default channel is at LINE. Whether LINE answers decides nothing else.
async fn verify_default_channel(state: AppState) {
    let channel = match state.channels.find(&ChannelName::default()).await {
        Ok(Some(channel)) => channel,
        Ok(None) => return,
        Err(error) => return error.log(),
    };
    match state.channels.verify(&channel).await {
        Ok(_) => tracing::info!(channel.name = %channel.name, "LINE accepts the channel"),
        Err(error) => {
            tracing::warn!(channel.name = %channel.name, %error, "LINE does not confirm the channel");
        }
    }
}
