//! What to run, and how large.

/// The scenarios by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    Idle,
    FanOut,
    Rooms,
    Latency,
    Stalled,
    Send,
    Ingest,
    Beside,
    Storm,
    Upload,
    Timers,
}

const SCENARIOS: [(&str, Scenario); 11] = [
    ("idle", Scenario::Idle),
    ("fan-out", Scenario::FanOut),
    ("rooms", Scenario::Rooms),
    ("latency", Scenario::Latency),
    ("stalled", Scenario::Stalled),
    ("send", Scenario::Send),
    ("ingest", Scenario::Ingest),
    ("beside", Scenario::Beside),
    ("storm", Scenario::Storm),
    ("upload", Scenario::Upload),
    ("timers", Scenario::Timers),
];

/// What to run; every number is a bound.
#[derive(Clone, Debug)]
pub struct Plan {
    chosen: Vec<Scenario>,
    /// On PostgreSQL and Redis instead of SQLite.
    pub servers: bool,
    /// Operators that exist; sockets are shared out among them.
    pub operators: usize,
    /// Idle sockets.
    pub idle: usize,
    /// Seconds for which idle sockets are watched.
    pub seconds: usize,
    /// Receivers of the fan-out, and of many rooms.
    pub receivers: usize,
    /// Events a second of the fan-out.
    pub rate: usize,
    /// Rooms of the many-rooms scenario.
    pub rooms: usize,
    /// Webhooks of the latency scenario.
    pub webhooks: usize,
    /// Webhooks a second of the latency scenario.
    pub webhook_rate: usize,
    /// Sockets that read nothing, beside the others.
    pub stalled: usize,
    /// Operators that send at once.
    pub senders: usize,
    /// Webhooks of the ingest scenario.
    pub ingest: usize,
    /// Sockets of the reconnect storm.
    pub storm: usize,
    /// The server's cores; it may have as many as there are where this is not said.
    pub cores: usize,
}

impl Plan {
    /// Names choose scenarios (none: all of them), flags their sizes.
    pub fn from_args(args: Vec<String>) -> Self {
        let mut plan = Self {
            chosen: Vec::new(),
            servers: false,
            operators: 200,
            idle: 5_000,
            seconds: 25,
            receivers: 1_000,
            rate: 40,
            rooms: 100,
            webhooks: 1_000,
            webhook_rate: 200,
            stalled: 1,
            senders: 50,
            ingest: 30_000,
            storm: 5_000,
            cores: 0,
        };
        let mut args = args.into_iter();
        while let Some(name) = args.next() {
            if let Some((_, scenario)) = SCENARIOS.iter().find(|(known, _)| *known == name) {
                plan.chosen.push(*scenario);
                continue;
            }
            if name == "postgres" {
                plan.servers = true;
                continue;
            }
            let Some(size) = plan.size(&name) else {
                usage(&name)
            };
            match args.next().and_then(|value| value.parse().ok()) {
                Some(value) if value > 0 => *size = value,
                _ => usage(&name),
            }
        }
        plan
    }

    fn size(&mut self, flag: &str) -> Option<&mut usize> {
        Some(match flag {
            "--operators" => &mut self.operators,
            "--idle" => &mut self.idle,
            "--seconds" => &mut self.seconds,
            "--receivers" => &mut self.receivers,
            "--rate" => &mut self.rate,
            "--rooms" => &mut self.rooms,
            "--webhooks" => &mut self.webhooks,
            "--webhook-rate" => &mut self.webhook_rate,
            "--stalled" => &mut self.stalled,
            "--senders" => &mut self.senders,
            "--ingest" => &mut self.ingest,
            "--storm" => &mut self.storm,
            "--cores" => &mut self.cores,
            _ => return None,
        })
    }

    /// In the order in which they were asked for.
    pub fn scenarios(&self) -> Vec<Scenario> {
        if self.chosen.is_empty() {
            return SCENARIOS.iter().map(|(_, scenario)| *scenario).collect();
        }
        self.chosen.clone()
    }

    /// Most sockets that are open at once.
    pub fn sockets(&self) -> usize {
        let most = |scenario: &Scenario| match scenario {
            Scenario::Idle => self.idle,
            Scenario::Storm => self.storm,
            _ => self.receivers + self.operators,
        };
        self.scenarios().iter().map(most).max().unwrap_or(0)
    }
}

fn usage(what: &str) -> ! {
    let names: Vec<&str> = SCENARIOS.iter().map(|(name, _)| *name).collect();
    eprintln!(
        "load: what is {what}? Scenarios: {}. On PostgreSQL and Redis: postgres. Sizes, a number each: --operators --idle --seconds \
         --receivers --rate --rooms --webhooks --webhook-rate --stalled --senders --ingest --storm --cores",
        names.join(" ")
    );
    std::process::exit(2);
}
