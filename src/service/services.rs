//! All services and what each of them needs: the one place where they are put together.

use std::ops::Deref;
use std::sync::Arc;

use tokio::sync::Notify;

use super::LineAccess;
use super::accounts::Accounts;
use super::alerts::Alerts;
use super::animation::{Animation, Animator};
use super::assignment::Assigner;
use super::auth::{Auth, Passwords};
use super::automatic::Automatic;
use super::bulk::Bulk;
use super::canned::Canned;
use super::catch_up::CatchUp;
use super::channels::Channels;
use super::commands::Commands;
use super::connections::Connections;
use super::customers::Customers;
use super::drawing::Drawing;
use super::inbox::Inbox;
use super::ingest::Ingest;
use super::messages::Messages;
use super::operators::Operators;
use super::presence::Team;
use super::push::{Desk, LateAlarm, Push, PushKey, Roll, Sender};
use super::quotas::Quotas;
use super::read_marks::ReadMarks;
use super::readiness::Readiness;
use super::returns::Returns;
use super::search::{Keeper, Search};
use super::sessions::Sessions;
use super::snoozes::Snoozes;
use super::tags::Tags;
use super::team_settings::{Known, TeamSettings};
use super::timers::Timers;
use super::uploads::{Sweeper, Uploads};
use super::views::Views;
use crate::config::Config;
use crate::db::Db;
use crate::line::LineClient;
use crate::push::PushClient;
use crate::realtime::Hub;
use crate::secrets::Keys;

/// What works without a server: enough for the commands that manage an installation.
#[derive(Clone)]
pub struct Basics {
    /// Log-in and sessions.
    pub auth: Auth,
    /// Managing operators.
    pub operators: Operators,
    /// LINE channels and their credentials.
    pub channels: Channels,
    /// The server's key for push services.
    pub push_key: PushKey,
}

impl Basics {
    /// Over this store and these keys.
    pub fn new(config: &Config, db: &Db, keys: &Arc<Keys>, line: LineClient) -> Self {
        let passwords = if config.simulator {
            Passwords::of_demo()
        } else {
            Passwords::default()
        };
        let auth = Auth::new(
            db.clone(),
            keys.clone(),
            passwords.clone(),
            config.sessions,
            Drawing::default(),
        );
        Self {
            operators: Operators::new(db.clone(), passwords, auth.clone()),
            channels: Channels::new(db.clone(), keys.clone(), line),
            push_key: PushKey::new(db.clone(), keys.clone()),
            auth,
        }
    }
}

/// How services wake the work that goes on behind them.
#[derive(Clone, Default)]
pub struct Wakers {
    /// Something waits in the outbox.
    pub queued: Arc<Notify>,
    /// A profile or a file is wanted.
    pub wanted: Arc<Notify>,
    /// The owner of a chat has looked at the end of it.
    pub looked: Arc<Notify>,
}

/// Every use case of a server.
pub struct Services {
    /// Those that work without a server.
    pub basics: Basics,
    /// How operators want to be told of what happens.
    pub alerts: Alerts,
    /// Devices that are told while no console is there.
    pub push: Push,
    /// LINE accounts, for administrators.
    pub accounts: Accounts,
    /// Reading conversations.
    pub inbox: Inbox,
    /// Sending.
    pub messages: Messages,
    /// What is known of customers.
    pub customers: Customers,
    /// Texts that are ready to be sent.
    pub canned: Canned,
    /// Words that conversations are marked with.
    pub tags: Tags,
    /// What the team has chosen.
    pub team_settings: TeamSettings,
    /// Claiming, closing, transferring.
    pub sessions: Sessions,
    /// Files that operators send.
    pub uploads: Uploads,
    /// What operators want done.
    pub commands: Commands,
    /// One thing done with several chats.
    pub bulk: Bulk,
    /// Lists with a filter that are kept.
    pub views: Views,
    /// Shows customers that somebody types.
    pub animation: Animation,
    /// Who is at the desk.
    pub team: Team,
    /// Webhook events.
    pub ingest: Ingest,
    /// Looking at connections.
    pub connections: Connections,
    /// Searching chats.
    pub search: Search,
    /// Whether the store takes what is written.
    pub readiness: Readiness,
}

/// What services do beside requests, until it is started.
pub struct Chores {
    /// Shows customers that somebody types.
    pub animator: Animator,
    /// Gives waiting chats to operators.
    pub assigner: Assigner,
    /// Tells the consoles what they missed.
    pub catch_up: CatchUp,
    /// Keeps the search index.
    pub keeper: Keeper,
    /// Knows what the team has chosen.
    pub known: Known,
    /// Decides whom to tell of what while they are away.
    pub desk: Desk,
    /// Sends that.
    pub sender: Sender,
    /// Knows what messages cost.
    pub quotas: Quotas,
    /// Shows customers that their operator has read.
    pub read_marks: ReadMarks,
    /// Gives chats back whose operators are gone.
    pub returns: Returns,
    /// Brings chats back that were put off.
    pub snoozes: Snoozes,
    /// Removes files that no message uses.
    pub sweeper: Sweeper,
    /// Lets happen what is due.
    pub timers: Timers,
}

impl Services {
    /// Puts them all together.
    pub fn new(
        config: &Config,
        db: &Db,
        basics: Basics,
        hub: &Hub,
        wakers: Wakers,
        push_client: PushClient,
    ) -> (Self, Chores) {
        let line: Arc<dyn LineAccess> = Arc::new(basics.channels.clone());
        let (animation, animator) = Animation::new(db.clone(), Arc::clone(&line));
        let uploads = Uploads::new(config, db.clone(), basics.auth.drawing());
        let (push, desk, alarm, sender) = pushes(config, db, &basics, hub, push_client);
        let snoozes = Snoozes::new(db.clone(), hub.clone());
        let (team_settings, known, team) = team(db, hub);
        let automatic = automatic(&known, hub, &wakers);
        let chores = Chores {
            known: known.clone(),
            timers: Timers::new(db.clone(), hub.clone(), automatic.clone(), alarm),
            sweeper: uploads.sweeper(),
            animator,
            assigner: Assigner::new(db.clone(), hub.clone(), known.clone()),
            desk,
            sender,
            keeper: Keeper::new(db.clone()),
            quotas: Quotas::new(db.clone(), hub.clone(), Arc::clone(&line)),
            read_marks: ReadMarks::new(db.clone(), line, Arc::clone(&wakers.looked)),
            catch_up: CatchUp::new(db.clone(), hub.clone()),
            snoozes: snoozes.clone(),
            returns: Returns::new(db.clone(), hub.clone(), basics.auth.clone()),
        };
        let inbox = Inbox::new(config, db.clone(), hub.clone(), team.clone(), wakers.looked);
        let messages = Messages::new(config, db.clone(), hub.clone(), wakers.queued);
        let sessions = Sessions::new(db.clone(), hub.clone(), automatic.clone());
        let tags = Tags::new(db.clone(), hub.clone());
        let commands = Commands::new(&messages, &sessions, &inbox, &snoozes, &team);
        let services = Self {
            bulk: Bulk::new(&commands, &sessions, &inbox, &tags),
            views: Views::new(db.clone(), hub.clone()),
            alerts: Alerts::new(db.clone(), hub.clone()),
            push,
            accounts: Accounts::new(db.clone(), hub.clone(), basics.channels.clone()),
            basics,
            customers: Customers::new(db.clone(), hub.clone(), Arc::clone(&wakers.wanted)),
            canned: Canned::new(db.clone(), hub.clone()),
            tags,
            team_settings,
            commands,
            inbox,
            messages,
            uploads,
            sessions,
            animation,
            team,
            ingest: Ingest::new(db.clone(), hub.clone(), wakers.wanted, automatic),
            connections: Connections::new(hub.clone()),
            search: Search::new(db.clone()),
            readiness: Readiness::new(db.clone()),
        };
        (services, chores)
    }
}

/// What is written to customers by itself.
fn automatic(known: &Known, hub: &Hub, wakers: &Wakers) -> Automatic {
    Automatic::new(known.clone(), hub.clone(), Arc::clone(&wakers.queued))
}

/// What the team has chosen, and who is there by it.
fn team(db: &Db, hub: &Hub) -> (TeamSettings, Known, Team) {
    let settings = TeamSettings::new(db.clone(), hub.clone());
    let known = settings.known().clone();
    let team = Team::new(db.clone(), hub.clone(), known.clone());
    (settings, known, team)
}

/// What tells operators while they look at no console.
fn pushes(
    config: &Config,
    db: &Db,
    basics: &Basics,
    hub: &Hub,
    client: PushClient,
) -> (Push, Desk, LateAlarm, Sender) {
    let roll = Roll::new(db.clone(), hub.clone(), basics.auth.clone());
    let key = basics.push_key.clone();
    let wake: Arc<Notify> = Arc::default();
    let both = || (db.clone(), hub.clone());
    let ((db1, hub1), (db2, hub2)) = (both(), both());
    let desk = Desk::new(db1, hub1, roll.clone(), key.clone(), Arc::clone(&wake));
    let (roll2, key2, wake2) = (roll.clone(), key.clone(), Arc::clone(&wake));
    let sender = Sender::new(config, db2, hub2, roll2, key2, client, wake2);
    let (roll3, key3, wake3) = (roll.clone(), key.clone(), Arc::clone(&wake));
    let alarm = LateAlarm::new(hub.clone(), roll3, key3, wake3);
    let push = Push::new(config, db.clone(), hub.clone(), key, roll, wake);
    (push, desk, alarm, sender)
}

impl Deref for Services {
    type Target = Basics;

    fn deref(&self) -> &Basics {
        &self.basics
    }
}
