//! What a process has used, as Linux counts it.

/// A process under load.
#[derive(Clone, Copy, Debug)]
pub struct Process(pub u32);

impl Process {
    /// Resident memory in KiB.
    pub fn memory(self) -> f64 {
        let status = self.file("status");
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().nth(1));
        number.unwrap().parse().unwrap()
    }

    /// Processor time used so far, in seconds; counted in hundredths.
    pub fn cpu(self) -> f64 {
        let stat = self.file("stat");
        let fields = stat.rsplit(')').next().unwrap().split_whitespace();
        let ticks = |field: &str| field.parse::<f64>().unwrap();
        fields.skip(11).take(2).map(ticks).sum::<f64>() / 100.0
    }

    /// Leaves it so many cores, by the system's `taskset`.
    pub fn keep_to(self, cores: usize) {
        let list = format!("0-{}", cores - 1);
        let pid = self.0.to_string();
        let done = std::process::Command::new("taskset")
            .args(["--all-tasks", "--pid", "--cpu-list", &list, &pid])
            .stdout(std::process::Stdio::null())
            .status();
        assert!(done.is_ok_and(|status| status.success()), "taskset failed");
    }

    fn file(self, name: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{name}", self.0)).unwrap()
    }
}
