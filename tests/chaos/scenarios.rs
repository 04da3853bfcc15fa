//! What goes wrong in each scenario, and how often.

use std::time::Duration;

use super::plan::{Form, Plan};

/// Where a scenario's data are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// What a month brings that nobody planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// For a while nobody reads the log, which the server writes into a pipe.
    StalledLog,
    /// The disk under the store is full, and has room again.
    FullDisk,
    /// The clock goes wrong by up to an hour, and is set right.
    WrongClock,
    /// Connections that are begun and not gone on with, and clients that read nothing.
    Loiterers,
    /// Webhooks that are signed and make no sense.
    AbsurdEvents,
    /// A rule closes chats while people write in them.
    Silence,
    /// Somebody has no console, and a push service that fails tells them.
    Pushes,
}

/// A bad month, in minutes.
const MONTH: &[Trouble] = &[
    Trouble::StalledLog,
    Trouble::FullDisk,
    Trouble::WrongClock,
    Trouble::Loiterers,
    Trouble::AbsurdEvents,
];

/// The same where the store is on another machine.
const MONTH_ELSEWHERE: &[Trouble] = &[
    Trouble::StalledLog,
    Trouble::WrongClock,
    Trouble::Loiterers,
    Trouble::AbsurdEvents,
];

/// One scenario. What is 0 or false stays well.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Its name.
    pub name: &'static str,
    /// Where its data are.
    pub database: Database,
    /// Servers; more than one share a Redis.
    pub nodes: usize,
    /// The traffic's least length in seconds.
    pub seconds: u32,
    /// Servers killed with `SIGKILL` in mid-traffic.
    pub kills: u32,
    /// Times that the database is stopped.
    pub database_stops: u32,
    /// Times that Redis is killed.
    pub redis_stops: u32,
    /// LINE fails, stalls and cuts.
    pub bad_line: bool,
    /// The network delays, stalls and cuts.
    pub rough_network: bool,
    /// The rest of a bad month.
    pub troubles: &'static [Trouble],
    /// Customers, each with a conversation.
    pub customers: usize,
    /// Consoles; the team has one operator for every two.
    pub consoles: usize,
}

const CALM: Scenario = Scenario {
    name: "",
    database: Database::Sqlite,
    nodes: 1,
    seconds: 30,
    kills: 0,
    database_stops: 0,
    redis_stops: 0,
    bad_line: false,
    rough_network: false,
    troubles: &[],
    customers: 8,
    consoles: 8,
};

const FULL: [Scenario; 13] = [
    Scenario {
        name: "server-killed-sqlite",
        kills: 50,
        ..CALM
    },
    Scenario {
        name: "rules-and-kills-sqlite",
        kills: 20,
        troubles: &[Trouble::Silence, Trouble::Pushes],
        ..CALM
    },
    Scenario {
        name: "rules-and-kills-three-nodes-postgres",
        database: Database::Postgres,
        nodes: 3,
        kills: 8,
        troubles: &[Trouble::Silence, Trouble::Pushes],
        ..CALM
    },
    Scenario {
        name: "line-fails-sqlite",
        bad_line: true,
        ..CALM
    },
    Scenario {
        name: "network-cuts-sqlite",
        rough_network: true,
        ..CALM
    },
    Scenario {
        name: "server-killed-postgres",
        database: Database::Postgres,
        kills: 20,
        ..CALM
    },
    Scenario {
        name: "database-stopped-postgres",
        database: Database::Postgres,
        database_stops: 10,
        ..CALM
    },
    Scenario {
        name: "all-at-once-postgres",
        database: Database::Postgres,
        kills: 12,
        database_stops: 4,
        bad_line: true,
        rough_network: true,
        ..CALM
    },
    Scenario {
        name: "node-killed-of-three-postgres",
        database: Database::Postgres,
        nodes: 3,
        kills: 10,
        ..CALM
    },
    Scenario {
        name: "redis-killed-three-nodes-postgres",
        database: Database::Postgres,
        nodes: 3,
        redis_stops: 8,
        ..CALM
    },
    Scenario {
        name: "all-at-once-three-nodes-postgres",
        database: Database::Postgres,
        nodes: 3,
        kills: 6,
        database_stops: 2,
        redis_stops: 3,
        bad_line: true,
        rough_network: true,
        ..CALM
    },
    Scenario {
        name: "bad-month-sqlite",
        troubles: MONTH,
        ..CALM
    },
    Scenario {
        name: "bad-month-postgres",
        database: Database::Postgres,
        troubles: MONTH_ELSEWHERE,
        ..CALM
    },
];

/// A month in ten minutes, everything in it at once.
const SOAK: [Scenario; 1] = [Scenario {
    name: "bad-month-soak-sqlite",
    seconds: 540,
    bad_line: true,
    troubles: MONTH,
    ..CALM
}];

const SHORT: [Scenario; 4] = [
    Scenario {
        name: "bad-month-sqlite",
        seconds: 12,
        troubles: MONTH,
        customers: 4,
        consoles: 4,
        ..CALM
    },
    Scenario {
        name: "all-at-once-sqlite",
        seconds: 8,
        kills: 4,
        bad_line: true,
        rough_network: true,
        troubles: &[Trouble::Silence, Trouble::Pushes],
        customers: 5,
        consoles: 5,
        ..CALM
    },
    Scenario {
        name: "database-stopped-postgres",
        database: Database::Postgres,
        seconds: 5,
        kills: 1,
        database_stops: 2,
        troubles: &[Trouble::Silence, Trouble::Pushes],
        customers: 4,
        consoles: 4,
        ..CALM
    },
    // No node is killed here: what it was sending is taken over after a minute.
    Scenario {
        name: "redis-killed-three-nodes-postgres",
        database: Database::Postgres,
        nodes: 3,
        seconds: 6,
        redis_stops: 2,
        customers: 4,
        consoles: 6,
        ..CALM
    },
];

/// The scenarios that are wanted, and how many are not.
pub fn chosen(plan: &Plan) -> (Vec<Scenario>, usize) {
    let all: &[Scenario] = match plan.form {
        Form::Full => &FULL,
        Form::Short => &SHORT,
        Form::Soak => &SOAK,
    };
    let wanted: Vec<Scenario> = all
        .iter()
        .filter(|scenario| plan.wants(scenario.name) && scenario.database.is_wanted())
        .map(|scenario| scenario.times(plan.times))
        .collect();
    let left_out = all.len() - wanted.len();
    (wanted, left_out)
}

impl Scenario {
    /// With less time than this it is not begun.
    pub fn least(&self) -> Duration {
        Duration::from_secs((self.seconds + self.kills + 30).into())
    }

    /// Whether this is to go wrong.
    pub fn has(&self, trouble: Trouble) -> bool {
        self.troubles.contains(&trouble)
    }

    fn times(&self, times: u32) -> Self {
        Self {
            seconds: self.seconds * times,
            kills: self.kills * times,
            database_stops: self.database_stops * times,
            redis_stops: self.redis_stops * times,
            ..*self
        }
    }
}

impl Database {
    /// `SALA_TEST_DATABASES=sqlite` leaves PostgreSQL out, as in the other tests.
    fn is_wanted(self) -> bool {
        let wanted = std::env::var("SALA_TEST_DATABASES").unwrap_or_default();
        let name = match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        };
        wanted.is_empty() || wanted.split(',').any(|it| it.trim() == name)
    }
}
