//! One scenario from its first message to its verdict.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Phase;
use super::checks::{self, Fault, Violation};
use super::console::{Console, Operator, World};
use super::customers::{Customer, Way};
use super::dice::Dice;
use super::disturbances::disturb;
use super::hostile::Prey;
use super::mark::Writer;
use super::plan::Plan;
use super::pushes::Absent;
use super::record::{self, Evidence, Webhook};
use super::scenarios::{Scenario, Trouble};
use super::silence;
use super::stage::{Stage, client};
use super::store::{self, Snapshot};
use super::table::Row;

/// How long everything may take to arrive when all is well again. A lease of a server that died
/// ends after a minute, and LINE's next try may be some seconds later.
const SETTLE: Duration = Duration::from_mins(2);

/// How long webhooks that LINE delivers again by itself are waited for.
const REDELIVERY: Duration = Duration::from_secs(20);

/// The people and what they saw.
struct Cast {
    phase: watch::Sender<Phase>,
    customers: Vec<String>,
    posted: Arc<Mutex<Vec<Webhook>>>,
    consoles: Vec<Arc<Mutex<record::Console>>>,
    writing: JoinSet<()>,
    watching: JoinSet<()>,
    /// Who has no console and is told.
    absent: Option<Absent>,
}

/// Runs a scenario, for no longer than `limit`, and prints how it ended.
pub async fn run(scenario: Scenario, plan: &Plan, limit: Duration) -> Row {
    let began = Instant::now();
    println!("{} …", scenario.name);
    let folder = tempfile::Builder::new().prefix("sala-chaos-").tempdir();
    let mut folder = folder.expect("a temporary folder");
    let (seed, path) = (plan.seed, folder.path().to_owned());
    // A panic in the suite is a failure of this scenario, not of the others.
    let playing = AssertUnwindSafe(play(&scenario, seed, &path)).catch_unwind();
    let mut row = match tokio::time::timeout(limit, playing).await {
        Ok(Ok(row)) => row,
        Ok(Err(_)) => broken("the suite itself failed; its words are above".to_owned()),
        Err(_) => broken("it did not come to an end".to_owned()),
    };
    (row.name, row.seconds) = (scenario.name, began.elapsed().as_secs_f64());
    let outcome = match row.violations.len() {
        0 => "0 lost, 0 doubled".to_owned(),
        count => format!("{count} violations, seed {seed}"),
    };
    println!("{}: {outcome} ({:.1} s)", scenario.name, row.seconds);
    if plan.keep || !row.violations.is_empty() {
        folder.disable_cleanup(true);
        println!("  data and logs: {}", folder.path().display());
    }
    row
}

fn broken(what: String) -> Row {
    println!("  {what}");
    let fault = Fault::Program;
    Row {
        violations: vec![Violation { fault, what }],
        ..Row::default()
    }
}

async fn play(scenario: &Scenario, seed: u64, folder: &std::path::Path) -> Row {
    let stage = Stage::start(scenario, seed, folder).await;
    let size = scenario.consoles.div_ceil(2);
    let has_absent = scenario.has(Trouble::Pushes);
    stage.hire(size + usize::from(has_absent)).await;
    if scenario.has(Trouble::Silence) {
        silence::rule(&stage.database_url).await;
    }
    let team = stage.open(size).await;
    let token = team.last().map_or_else(String::new, |it| it.token.clone());
    let mut cast = Cast::enter(&stage, scenario, team, seed).await;
    if has_absent {
        let who = stage.log_in(size).await;
        let (phase, dice) = (cast.phase.subscribe(), Dice::new(seed, "pushes"));
        cast.absent = Some(Absent::told(&stage, &who, cast.rooms(), phase, dice).await);
    }
    let prey = Prey {
        token: token.into(),
        rooms: cast.rooms(),
    };
    let kills = disturb(&stage, scenario, &prey, seed).await;
    let _ = cast.phase.send(Phase::Settling);
    while let Some(done) = cast.writing.join_next().await {
        done.expect("a customer does not panic");
    }
    let (snapshot, unsettled) = cast.settle(&stage).await;
    let mut evidence = cast.evidence(&stage, snapshot).await;
    evidence.complaints.extend(unsettled);
    let _ = cast.phase.send(Phase::Over);
    while let Some(done) = cast.watching.join_next().await {
        if let Err(error) = done {
            evidence
                .complaints
                .push(format!("a console failed: {error}"));
        }
    }
    let cuts = stage.network.cuts();
    stage.end().await;
    Row {
        kills,
        cuts,
        ..tally(&evidence)
    }
}

impl Cast {
    /// Lets customers greet, consoles join, and traffic begin.
    async fn enter(stage: &Stage, scenario: &Scenario, team: Vec<Operator>, seed: u64) -> Self {
        let (phase, watching_phase) = watch::channel(Phase::Traffic);
        let way = Way {
            line: stage.line.clone(),
            http: client(),
            webhooks: stage.network.addr,
            posted: Arc::default(),
        };
        let mut cast = Self {
            phase,
            customers: Vec::new(),
            posted: way.posted.clone(),
            consoles: Vec::new(),
            writing: JoinSet::new(),
            watching: JoinSet::new(),
            absent: None,
        };
        let mut customers = Vec::new();
        for number in 0..scenario.customers {
            let id = stage.line.customer(&format!("Customer {number}")).await;
            cast.customers.push(id.clone());
            let mut customer = Customer {
                number,
                id,
                way: way.clone(),
                dice: Dice::new(seed, &format!("customer {number}")),
                written: 0,
            };
            customer.greet().await;
            customers.push(customer);
        }
        let world = World {
            addr: stage.network.addr,
            rooms: cast.rooms(),
            team: team.into(),
            phase: watching_phase.clone(),
        };
        for number in 0..scenario.consoles {
            cast.seat(number, &world, seed);
        }
        for customer in customers {
            cast.writing.spawn(customer.write(watching_phase.clone()));
        }
        cast
    }

    fn rooms(&self) -> Arc<[String]> {
        let rooms = self.customers.iter();
        rooms.map(|id| format!("conversation:{id}")).collect()
    }

    /// Every operator has two consoles, as with two tabs.
    fn seat(&mut self, number: usize, world: &World, seed: u64) {
        let me = world.team[number / 2].clone();
        let record = Arc::new(Mutex::new(record::Console::default()));
        self.consoles.push(record.clone());
        let dice = Dice::new(seed, &format!("console {number}"));
        let console = Console::new(number, me, world.clone(), dice, record);
        self.watching.spawn(console.run());
    }

    /// Waits until everything has arrived everywhere; says what did not.
    async fn settle(&self, stage: &Stage) -> (Snapshot, Option<String>) {
        let began = Instant::now();
        loop {
            let snapshot = store::read(&stage.database_url, &self.customers).await;
            let snapshot = snapshot.expect("the store can be read");
            let Some(missing) = self.missing(&snapshot, began.elapsed() < REDELIVERY) else {
                return (snapshot, None);
            };
            if began.elapsed() > SETTLE {
                return (snapshot, Some(format!("it does not settle: {missing}")));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    fn missing(&self, snapshot: &Snapshot, redelivered: bool) -> Option<String> {
        if snapshot.outbox > 0 {
            return Some(format!("{} messages wait for LINE", snapshot.outbox));
        }
        if snapshot.due > 0 {
            return Some(format!("{} timers are due", snapshot.due));
        }
        if let Some(absent) = &self.absent {
            let missing = checks::untold(&snapshot.rooms, &absent.pushes());
            if let Some(mark) = missing.first() {
                return Some(format!("nobody was told of {mark}"));
            }
        }
        for (number, console) in self.consoles.iter().enumerate() {
            let console = console.lock().unwrap_or_else(PoisonError::into_inner);
            let revs = console.views.iter().map(|view| view.rev);
            let stored = snapshot.rooms.iter().map(|room| Some(room.rev));
            if !console.settled || !revs.eq(stored) {
                return Some(format!("console {number} is not up to date"));
            }
        }
        let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = |it: &&Webhook| {
            let lines = &snapshot.rooms[it.mark.customer].lines;
            !it.accepted && !lines.iter().any(|line| line.line.mark() == Some(it.mark))
        };
        let waiting = posted.iter().filter(waits).count();
        (redelivered && waiting > 0).then(|| format!("LINE delivers {waiting} webhooks again"))
    }

    async fn evidence(&self, stage: &Stage, snapshot: Snapshot) -> Evidence {
        let mut inboxes = Vec::new();
        for customer in &self.customers {
            inboxes.push(stage.line.inbox(customer).await);
        }
        let consoles = self.consoles.iter().map(|console| {
            let console = console.lock().unwrap_or_else(PoisonError::into_inner);
            console.clone()
        });
        let consoles = consoles.collect();
        let complaints = stage.complaints().await;
        let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        Evidence {
            webhooks: posted.clone(),
            consoles,
            stored: snapshot.rooms,
            inboxes,
            complaints,
            pushes: self.absent.as_ref().map(Absent::pushes),
            blows: stage.blows(),
        }
    }
}

fn tally(evidence: &Evidence) -> Row {
    let lines = || evidence.stored.iter().flat_map(|room| &room.lines);
    let sent_with = |status: &str| lines().filter(|line| line.line.status == status).count();
    let sendings = evidence
        .consoles
        .iter()
        .flat_map(|console| &console.sendings);
    let from_customers = lines()
        .filter_map(|line| line.line.mark())
        .filter(|mark| mark.writer == Writer::Customer);
    let acknowledged = sendings
        .filter(|it| !it.acknowledged.is_empty() && matches!(it.mark.writer, Writer::Console(_)));
    Row {
        written: evidence.webhooks.len(),
        accepted: evidence.webhooks.iter().filter(|it| it.accepted).count(),
        stored: from_customers.count(),
        acknowledged: acknowledged.count(),
        at_line: evidence.inboxes.iter().map(Vec::len).sum(),
        unconfirmed: sent_with("unconfirmed"),
        failed: sent_with("failed"),
        reconnects: evidence
            .consoles
            .iter()
            .map(|it| it.connections.saturating_sub(1))
            .sum(),
        resumes: evidence.consoles.iter().map(|it| it.resumes).sum(),
        pushed: evidence.pushes.as_ref().map_or(0, Vec::len),
        violations: checks::report(evidence),
        ..Row::default()
    }
}
