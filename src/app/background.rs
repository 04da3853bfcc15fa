//! The work that goes on beside requests. Each task hears the shutdown and is waited for.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::{broadcast, mpsc};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::crew::Crew;
use crate::clock;
use crate::db::DbError;
use crate::db::logins::LoginId;
use crate::fetch::Fetcher;
use crate::outbox::Outbox;
use crate::protocol::close::CloseCode;
use crate::protocol::{ChannelName, Role};
use crate::realtime::broker::Link;
use crate::realtime::{Connection, Publication};
use crate::service::auth::{LoginState, Revoked};
use crate::service::change::settings_changed;
use crate::service::retention::Retention;
use crate::service::services::Chores;
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
    /// What services do beside requests.
    pub(super) chores: Chores,
}

/// The end in steps: what works says its last words before what carries them ends.
pub(super) struct Ending {
    /// The server's own end, which comes first. The outbox hears it: what it has in hand then
    /// gets all the time there is, and what it has not begun waits for the next start.
    pub(super) shutdown: CancellationToken,
    /// Whoever changes something.
    pub(super) work: Crew,
    /// Whoever tells it to clients and to other nodes.
    pub(super) word: Crew,
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
    pub(super) fn start(self, state: &AppState, ending: &mut Ending) {
        let Self {
            publications,
            link,
            outbox,
            fetcher,
            chores,
        } = self;
        let Chores {
            animator,
            assigner,
            catch_up,
            desk,
            keeper,
            known,
            quotas,
            read_marks,
            returns,
            sender,
            snoozes,
            sweeper,
            timers,
        } = chores;
        let (hub, team) = (state.hub.clone(), state.team.clone());
        let word = &mut ending.word;
        let (carried, last) = (CancellationToken::new(), word.stop());
        if let Some(link) = link {
            word.spawn("link", link.run(hub.clone(), carried.clone()));
        }
        word.spawn("hub", async move {
            hub.hand_out_all(publications, last).await;
            carried.cancel();
        });
        let crew = &mut ending.work;
        let db = state.db.clone();
        crew.until_stop("writer", async move { db.lost().await });
        let readiness = state.readiness.clone();
        crew.until_stop("readiness", async move { readiness.answer_all().await });
        crew.spawn("outbox", outbox.run(ending.shutdown.clone()));
        crew.spawn("fetcher", fetcher.run(crew.stop()));
        crew.spawn("animator", animator.run(crew.stop()));
        crew.until_stop("catch_up", async move { catch_up.run().await });
        crew.until_stop("search_index", async move { keeper.run().await });
        crew.until_stop("team_settings", async move { known.run().await });
        crew.until_stop("push_desk", desk.run());
        crew.spawn("push_sender", sender.run(crew.stop()));
        crew.until_stop("quotas", async move { quotas.run().await });
        crew.until_stop("read_marks", async move { read_marks.run().await });
        crew.until_stop("returns", async move { returns.run().await });
        crew.until_stop("snoozes", async move { snoozes.run().await });
        crew.until_stop("assignment", async move { assigner.run().await });
        crew.until_stop("timers", async move { timers.run().await });
        crew.until_stop("sweep_uploads", async move { sweeper.run().await });
        crew.until_stop("presence", async move { team.tell_changes().await });
        let revocations = state.auth.revocations();
        crew.until_stop("revocations", close_revoked(state.clone(), revocations));
        sweep(state, crew);
        crew.once(verify_default_channel(state.clone()));
    }
}

/// Starts what clears away.
fn sweep(state: &AppState, crew: &mut Crew) {
    crew.until_stop("sweep_hub", sweep_hub(state.clone()));
    crew.until_stop("sweep_limits", sweep_limits(state.clone()));
    crew.until_stop("sweep_logins", sweep_logins(state.clone()));
    crew.until_stop("retention", keep_what_is_young(state.clone()));
}

async fn keep_what_is_young(state: AppState) {
    Retention::new(state.db.clone()).run().await;
}

async fn sweep_hub(state: AppState) {
    let mut ticks = tokio::time::interval(HUB_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        state.hub.sweep(clock::moment());
    }
}

async fn sweep_limits(state: AppState) {
    let mut ticks = tokio::time::interval(LIMITS_EVERY);
    loop {
        ticks.tick().await;
        state.limits.forget_idle(clock::moment());
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
            Ok(Revoked::OtherLogins { of, but }) => {
                let ended = |connection: &Connection| {
                    let goes_on = but.is_some_and(|login| connection.login == login.0);
                    connection.operator.id == of && !goes_on
                };
                state.hub.close_where(CloseCode::NotAuthenticated, ended);
            }
            Ok(Revoked::Changed(operator)) => {
                let theirs = |connection: &Connection| connection.operator.id == operator;
                state.hub.close_where(CloseCode::GoingAway, theirs);
                state.hub.presence_may_have_changed();
            }
            Ok(Revoked::Team) => tell_of_team(&state),
            // The sweep finds what was missed.
            Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}

/// The team list may be another one, and whoever looks at the operators' settings sees an old one.
fn tell_of_team(state: &AppState) {
    state.hub.presence_may_have_changed();
    state.hub.publish(settings_changed("operators"));
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
                let mut good = HashMap::with_capacity(standings.len());
                for (login, standing) in standings {
                    match standing {
                        LoginState::Valid(name, role) => {
                            good.insert(login.0, (name, role));
                        }
                        LoginState::Ended => close(&state, login, CloseCode::NotAuthenticated),
                        LoginState::Disabled => close(&state, login, CloseCode::Forbidden),
                    }
                }
                close_outdated(&state, &good);
            }
            // Nobody is thrown out because the store has a bad moment.
            Err(error) => error.log(),
        }
    }
}

/// Closes the sockets of operators whose name or role was changed in another process, so that
/// they come back as who they are now.
fn close_outdated(state: &AppState, good: &HashMap<Uuid, (String, Role)>) {
    let outdated = |connection: &Connection| {
        let who = &connection.operator;
        good.get(&connection.login)
            .is_some_and(|(name, role)| who.role != *role || who.name != *name)
    };
    state.hub.close_where(CloseCode::GoingAway, outdated);
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
