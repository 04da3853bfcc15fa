//! Somebody who has no console and is told of chats that wait by a push service, which fails now and
//! then.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sala::clock;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Phase;
use super::console::Operator;
use super::dice::Dice;
use super::mark::Mark;
use super::push_service::{Browser, Does, PushService, Pushed};
use super::record::Push;
use super::stage::Stage;

/// How often it is looked what has arrived.
const LOOK: Duration = Duration::from_millis(10);

/// Their device, as long as this lives.
pub struct Absent {
    pushes: Arc<Mutex<Vec<Push>>>,
    watching: JoinHandle<()>,
    _service: PushService,
}

impl Absent {
    /// Lets a device of this operator's be told, of these rooms by customer.
    pub async fn told(
        stage: &Stage,
        who: &Operator,
        rooms: Arc<[String]>,
        phase: watch::Receiver<Phase>,
        dice: Dice,
    ) -> Self {
        let service = PushService::start().await;
        let browser = service.browser();
        call(stage, who, "push_subscribe", browser.subscription()).await;
        let mut settings = call(stage, who, "alert_settings", json!({})).await;
        // By the words it is known which message a push is about.
        settings["push_preview"] = true.into();
        call(stage, who, "save_alert_settings", settings).await;
        let pushes = Arc::<Mutex<Vec<Push>>>::default();
        let watching = watch(browser, rooms, phase, dice, Arc::clone(&pushes));
        Self {
            watching: tokio::spawn(watching),
            pushes,
            _service: service,
        }
    }

    /// What has arrived and was taken so far.
    pub fn pushes(&self) -> Vec<Push> {
        let pushes = self.pushes.lock().unwrap_or_else(PoisonError::into_inner);
        pushes.clone()
    }
}

impl Drop for Absent {
    fn drop(&mut self) {
        self.watching.abort();
    }
}

async fn watch(
    mut browser: Browser,
    rooms: Arc<[String]>,
    phase: watch::Receiver<Phase>,
    mut dice: Dice,
    pushes: Arc<Mutex<Vec<Push>>>,
) {
    loop {
        tokio::time::sleep(LOOK).await;
        for pushed in browser.arrived() {
            if pushed.answered != 201 {
                continue;
            }
            let push = seen(&pushed, &rooms);
            let mut all = pushes.lock().unwrap_or_else(PoisonError::into_inner);
            all.push(push);
            drop(all);
            // What fails is tried again after seconds, so that the next one is enough.
            if *phase.borrow() == Phase::Traffic && dice.chance(40) {
                browser.will(&[fault(&mut dice)]);
            }
        }
    }
}

fn fault(dice: &mut Dice) -> Does {
    match dice.below(4) {
        0 => Does::PutsOff(429, 1),
        1 => Does::Answers(503),
        2 => Does::Stalls,
        _ => Does::Answers(500),
    }
}

fn seen(pushed: &Pushed, rooms: &[String]) -> Push {
    let text = |name: &str| pushed.notice[name].as_str().unwrap_or_default();
    Push {
        customer: rooms.iter().position(|room| room == text("room")),
        mark: Mark::beginning(text("text")),
        at: clock::now().0,
    }
}

async fn call(stage: &Stage, who: &Operator, name: &str, arguments: Value) -> Value {
    let request = stage
        .http
        .post(format!("http://{}/api/{name}", stage.address(0)));
    let request = request.bearer_auth(&who.token).json(&arguments);
    let answer = request.header("accept", "application/json").send().await;
    let answer = answer.expect("an answer");
    assert!(answer.status().is_success(), "{name}: {}", answer.status());
    answer.json().await.expect("JSON")
}
