//! What to run: the flags.

use std::time::Duration;

/// For people.
pub const HELP: &str = "\
usage: chaos [FLAGS] [NAME…]

  NAME          run only the scenarios whose name contains one of these
  --full        all scenarios at full length, bounded to 10 minutes
  --short       what `cargo test` runs: about a minute (the default)
  --soak        a bad month in ten minutes: log, disk, clock, clients and events all at once
  --times N     each scenario N times as long, for a night
  --seed N      the chances of an earlier run
  --list        name the scenarios and end
  --keep        keep the folders with the databases and logs";

/// Which scenarios.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All of them at full length.
    Full,
    /// A few, for every day.
    Short,
    /// The one that lasts.
    Soak,
}

/// What to run, and how long.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which scenarios.
    pub form: Form,
    /// Each so many times as long.
    pub times: u32,
    /// Of all chances.
    pub seed: u64,
    /// Parts of the names wanted; all when empty.
    pub names: Vec<String>,
    /// Folders stay.
    pub keep: bool,
}

impl Plan {
    /// Reads the flags. `None`: they asked for words only, which were printed.
    ///
    /// # Errors
    /// A sentence about a flag of ours that is not right. Flags of Rust's own test programs are
    /// passed over: `cargo test -- --nocapture` hands them to every one.
    pub fn from_args(mut args: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let now = u64::try_from(sala::clock::now().0).unwrap_or_default();
        let mut plan = Self {
            form: Form::Short,
            times: 1,
            seed: now % 1_000_000,
            names: Vec::new(),
            keep: false,
        };
        let mut list = false;
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--full" => plan.form = Form::Full,
                "--short" => plan.form = Form::Short,
                "--soak" => plan.form = Form::Soak,
                "--keep" => plan.keep = true,
                "--list" => list = true,
                "--seed" => plan.seed = number(&arg, args.next())?,
                "--times" => {
                    let times = number(&arg, args.next())?;
                    plan.times = u32::try_from(times.clamp(1, 1_000)).unwrap_or(1);
                }
                "--help" | "-h" => {
                    println!("{HELP}");
                    return Ok(None);
                }
                "--test-threads" | "--skip" | "--format" | "--color" | "-Z" => {
                    args.next();
                }
                flag if flag.starts_with('-') => {}
                name => plan.names.push(name.to_owned()),
            }
        }
        if list {
            for scenario in super::scenarios::chosen(&plan).0 {
                println!("{}: test", scenario.name);
            }
            return Ok(None);
        }
        Ok(Some(plan))
    }

    /// How long all scenarios may take together.
    pub fn limit(&self) -> Duration {
        let limit = match self.form {
            Form::Full => Duration::from_mins(10),
            Form::Short => Duration::from_mins(3),
            Form::Soak => Duration::from_mins(12),
        };
        limit * self.times
    }

    /// Whether a scenario of this name is wanted.
    pub fn wants(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|part| name.contains(part.as_str()))
    }
}

fn number(flag: &str, text: Option<String>) -> Result<u64, String> {
    let number = text.and_then(|text| text.parse().ok());
    number.ok_or_else(|| format!("{flag} needs a number"))
}
