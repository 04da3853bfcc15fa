//! What goes wrong while everybody writes.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::dice::Dice;
use super::hostile::{self, Prey};
use super::machine::Disk;
use super::scenarios::{Scenario, Trouble};
use super::silence;
use super::stage::{Machine, Stage};

/// Runs all disturbances of a scenario, for as long as its traffic lasts; answers how many
/// programs were killed and servers stopped. At the end everything works again.
pub async fn disturb(stage: &Stage, scenario: &Scenario, prey: &Prey, seed: u64) -> usize {
    let dice = |stream: &str| Dice::new(seed, stream);
    let lasts = Duration::from_secs(scenario.seconds.into());
    stage.network.set_rough(scenario.rough_network);
    // A server that starts while its database is away ends, and should: not both at a time.
    let turn = Arc::new(Mutex::new(()));
    let worst = async {
        tokio::join!(
            kill_servers(stage, scenario.kills, &turn, dice("kills")),
            stop_database(stage, scenario.database_stops, &turn, dice("database")),
            stop_redis(stage, scenario.redis_stops, dice("redis")),
            tokio::time::sleep(lasts),
        );
    };
    let line = async {
        if scenario.bad_line {
            spoil_line(stage, dice("line")).await;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = worst => {}
        () = line => {}
        () = spoil_machine(&stage.machine, seed) => {}
        () = molest(stage, scenario, prey, seed) => {}
    }
    heal_machine(&stage.machine);
    stage.line.heal().await;
    stage.network.set_rough(false);
    usize::try_from(scenario.kills + scenario.database_stops + scenario.redis_stops).unwrap_or(0)
}

async fn kill_servers(stage: &Stage, times: u32, turn: &Mutex<()>, mut dice: Dice) {
    for _ in 0..times {
        tokio::time::sleep(dice.millis(150, 1_300)).await;
        let _turn = turn.lock().await;
        let mut node = stage.nodes[dice.below(stage.nodes.len())].lock().await;
        stage.strike();
        node.kill().await;
        // Where others go on serving, they may have to do so for a while.
        let longest = if stage.nodes.len() > 1 { 2_500 } else { 300 };
        tokio::time::sleep(dice.millis(0, longest)).await;
        node.start();
        node.serves(&stage.http, "/readyz").await;
    }
}

async fn stop_database(stage: &Stage, times: u32, turn: &Mutex<()>, mut dice: Dice) {
    for _ in 0..times {
        tokio::time::sleep(dice.millis(500, 2_500)).await;
        let _turn = turn.lock().await;
        let mut postgres = stage.postgres.lock().await;
        let postgres = postgres.as_mut().expect("a database that can be stopped");
        stage.strike();
        postgres.order("stop").await;
        stage.strike();
        if !stage.gets_unready(0).await {
            stage.complain("a node says that it is ready without its database");
        }
        tokio::time::sleep(dice.millis(100, 1_500)).await;
        stage.strike();
        postgres.order("start").await;
        stage.strike();
        for node in &stage.nodes {
            node.lock().await.serves(&stage.http, "/readyz").await;
        }
    }
}

async fn stop_redis(stage: &Stage, times: u32, mut dice: Dice) {
    for _ in 0..times {
        tokio::time::sleep(dice.millis(500, 2_500)).await;
        let mut redis = stage.redis.lock().await;
        let redis = redis.as_mut().expect("a Redis that can be stopped");
        redis.kill().await;
        tokio::time::sleep(dice.millis(200, 2_000)).await;
        redis.run().await;
        for node in &stage.nodes {
            node.lock().await.serves(&stage.http, "/readyz").await;
        }
    }
}

/// Until it is dropped.
async fn spoil_line(stage: &Stage, mut dice: Dice) {
    loop {
        tokio::time::sleep(dice.millis(150, 900)).await;
        let mut fault = fault(&mut dice);
        fault["next"] = (1 + dice.below(3)).into();
        stage.line.fault(fault).await;
    }
}

fn fault(dice: &mut Dice) -> Value {
    match dice.below(9) {
        0 => json!({ "status": 500 }),
        1 => json!({ "status": 500, "accepted": true }),
        2 => json!({ "status": 429, "reason": "rate" }),
        3 => json!({ "status": 429, "reason": "monthly" }),
        4 => json!({ "status": 400 }),
        5 => json!({ "cut": true }),
        6 => json!({ "cut": true, "accepted": true }),
        7 => json!({ "delay_ms": 200 + dice.next() % 1_500 }),
        _ => json!({ "cut": true, "accepted": true, "delay_ms": dice.next() % 800 }),
    }
}

/// Until it is dropped.
async fn spoil_machine(machine: &Machine, seed: u64) {
    let dice = |stream: &str| Dice::new(seed, stream);
    tokio::join!(
        each(
            machine.log.as_ref(),
            dice("log"),
            (800, 4_000),
            |log, dice| {
                log.stall(true);
                dice.millis(500, 8_000)
            },
            |log| log.stall(false)
        ),
        each(
            machine.disk.as_ref(),
            dice("disk"),
            (1_500, 6_000),
            |disk, dice| {
                disk.fill();
                dice.millis(300, 4_000)
            },
            Disk::free
        ),
        each(
            machine.clock.as_ref(),
            dice("clock"),
            (1_000, 5_000),
            |clock, dice| {
                let seconds = [-3_600, -60, -5, 5, 60, 3_600];
                clock.set(seconds[dice.below(seconds.len())]);
                dice.millis(1_500, 6_000)
            },
            |clock| clock.set(0)
        ),
    );
    std::future::pending::<()>().await;
}

/// Again and again: a pause, something goes wrong for as long as `begin` says, and is mended.
async fn each<T>(
    part: Option<&T>,
    mut dice: Dice,
    (least, most): (u64, u64),
    begin: impl Fn(&T, &mut Dice) -> Duration,
    mend: impl Fn(&T),
) {
    let Some(part) = part else { return };
    loop {
        tokio::time::sleep(dice.millis(least, most)).await;
        let lasts = begin(part, &mut dice);
        tokio::time::sleep(lasts).await;
        mend(part);
    }
}

fn heal_machine(machine: &Machine) {
    if let Some(log) = &machine.log {
        log.stall(false);
    }
    if let Some(disk) = &machine.disk {
        disk.free();
    }
    if let Some(clock) = &machine.clock {
        clock.set(0);
    }
}

/// Until it is dropped.
async fn molest(stage: &Stage, scenario: &Scenario, prey: &Prey, seed: u64) {
    let dice = |stream: &str| Dice::new(seed, stream);
    let addr = stage.address(0);
    tokio::join!(
        async {
            if scenario.has(Trouble::Loiterers) {
                hostile::loiter(addr, prey, dice("loiterers")).await;
            }
        },
        async {
            if scenario.has(Trouble::AbsurdEvents) {
                hostile::post_nonsense(addr, stage.http.clone(), dice("absurd")).await;
            }
        },
        async {
            if scenario.has(Trouble::Silence) {
                silence::fall(&stage.database_url, dice("silence")).await;
            }
        },
    );
    std::future::pending::<()>().await;
}
