//! Figures: percentiles, JSON lines, and the table.

use std::time::Duration;

use serde_json::{Value, json};

/// All that was measured.
#[derive(Default)]
pub struct Report {
    rows: Vec<(&'static str, String, f64, &'static str)>,
}

impl Report {
    /// Adds a figure and prints it as a JSON line.
    pub fn add(&mut self, scenario: &'static str, figure: &str, value: f64, unit: &'static str) {
        let line: Value =
            json!({ "scenario": scenario, "figure": figure, "value": value, "unit": unit });
        println!("{line}");
        self.rows.push((scenario, figure.to_owned(), value, unit));
    }

    /// Adds the median, the 99th percentile and the largest of some latencies.
    pub fn add_latencies(&mut self, scenario: &'static str, what: &str, all: &mut [Duration]) {
        all.sort_unstable();
        for (name, share) in [("p50", 50), ("p99", 99), ("max", 100)] {
            let at = (all.len() * share / 100).min(all.len().saturating_sub(1));
            let value = all.get(at).map_or(f64::NAN, |d| d.as_secs_f64() * 1_000.0);
            self.add(scenario, &format!("{what} {name}"), value, "ms");
        }
    }

    /// Prints the table.
    pub fn print(&self) {
        println!("\n{:<10} {:<40} {:>12}", "scenario", "figure", "value");
        for (scenario, figure, value, unit) in &self.rows {
            println!("{scenario:<10} {figure:<40} {value:>12.2} {unit}");
        }
    }
}
