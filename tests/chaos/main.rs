//! Chaos: the server is killed, LINE fails, the network cuts, databases stop, and at the end
//! nothing may be lost and nothing may be there twice.
//!
//! Runs the real program as processes of their own against `sala simulator`. `make chaos` runs
//! all of it, `cargo test` a short form; `--help` lists the flags. What happens is a matter of
//! chance, and the chances of a seed that is printed, so that a failure can be tried again (how
//! fast each process is remains its own affair).

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "whoever runs it reads along"
)]

mod checks;
mod console;
mod customers;
mod dice;
mod disturbances;
mod doctored;
mod hostile;
mod line;
mod machine;
mod mark;
mod network;
mod node;
mod plan;
mod postgres;
#[expect(dead_code, reason = "other tests need more of it")]
#[path = "../it/harness/push_service.rs"]
mod push_service;
mod pushes;
mod record;
mod redis;
mod run;
mod scenarios;
mod silence;
mod stage;
mod store;
mod table;

use std::process::ExitCode;
use std::time::Instant;

use plan::Plan;

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Everybody writes.
    Traffic,
    /// Nobody begins anything new; what is under way arrives.
    Settling,
    /// Everybody goes home.
    Over,
}

fn main() -> ExitCode {
    let plan = match Plan::from_args(std::env::args().skip(1)) {
        Ok(Some(plan)) => plan,
        Ok(None) => return ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("chaos: {what}\n\n{}", plan::HELP);
            return ExitCode::from(2);
        }
    };
    let began = Instant::now();
    let (mut passed, mut failed) = (0, 0);
    for (name, good) in doctored::run() {
        if good {
            passed += 1;
        } else {
            failed += 1;
            println!("FAILED: {name}");
        }
    }
    println!(
        "the checks find what they are for: {passed} of {}",
        passed + failed
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let (chosen, left_out) = scenarios::chosen(&plan);
    println!("seed {}, {} scenarios\n", plan.seed, chosen.len());
    let mut late = 0;
    let rows = runtime.block_on(async {
        let mut rows = Vec::new();
        for scenario in chosen {
            let left = plan.limit().saturating_sub(began.elapsed());
            if left < scenario.least() {
                println!("{}: no time is left for it", scenario.name);
                late += 1;
                continue;
            }
            rows.push(run::run(scenario, &plan, left).await);
        }
        rows
    });
    table::print(&rows);
    for row in &rows {
        if row.violations.is_empty() {
            passed += 1;
        } else {
            failed += 1;
        }
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {verdict}. {passed} passed; {failed} failed; {late} ignored; 0 measured; \
         {left_out} filtered out; finished in {:.2}s",
        began.elapsed().as_secs_f64()
    );
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        println!(
            "again with the same chances: make chaos ARGS='--seed {}'",
            plan.seed
        );
        ExitCode::FAILURE
    }
}
