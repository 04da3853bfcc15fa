//! Figures: percentiles, JSON lines, and the table.

use std::fmt;
use std::time::Duration;

use serde_json::json;

/// What a figure should be.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    None,
    AtMost(f64),
    AtLeast(f64),
    /// Of the bare broadcaster's.
    Share(f64),
}

impl Aim {
    fn met(self, sala: f64, bare: Option<f64>) -> Option<bool> {
        match self {
            Self::None => None,
            Self::AtMost(most) => Some(sala <= most),
            Self::AtLeast(least) => Some(sala >= least),
            Self::Share(share) => bare.map(|bare| sala >= share * bare),
        }
    }
}

impl fmt::Display for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::AtMost(most) => write!(f, "<= {most}"),
            Self::AtLeast(least) => write!(f, ">= {least}"),
            Self::Share(share) => write!(f, ">= {share} x bare"),
        }
    }
}

struct Row {
    scenario: &'static str,
    figure: String,
    unit: &'static str,
    sala: f64,
    bare: Option<f64>,
    aim: Aim,
}

/// All that was measured.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Adds a figure and prints it as a JSON line.
    pub fn add(
        &mut self,
        (scenario, figure, unit): (&'static str, &str, &'static str),
        sala: f64,
        bare: Option<f64>,
        aim: Aim,
    ) {
        let line = json!({
            "scenario": scenario, "figure": figure, "unit": unit, "sala": sala, "bare": bare,
            "ratio": bare.map(|bare| sala / bare), "aim": aim.to_string(),
            "met": aim.met(sala, bare),
        });
        println!("{line}");
        self.rows.push(Row {
            scenario,
            figure: figure.to_owned(),
            unit,
            sala,
            bare,
            aim,
        });
    }

    /// Adds the median, the 99th percentile (which has the aim) and the largest of latencies.
    pub fn add_latencies(
        &mut self,
        (scenario, what): (&'static str, &str),
        sala: &[Duration],
        bare: &[Duration],
        aim: Aim,
    ) {
        for (name, share) in [("p50", 50), ("p99", 99), ("max", 100)] {
            let figure = format!("{what} {name}");
            let aim = if share == 99 { aim } else { Aim::None };
            let bare = (!bare.is_empty()).then(|| percentile(bare, share));
            let sala = percentile(sala, share);
            self.add((scenario, &figure, "ms"), sala, bare, aim);
        }
    }

    /// Prints the table.
    pub fn print(&self) {
        println!(
            "\n| scenario | figure | unit | Sala | bare | ratio | aim | met |\n\
             | --- | --- | --- | ---: | ---: | ---: | --- | --- |"
        );
        for row in &self.rows {
            let bare = row.bare.map(number).unwrap_or_default();
            let ratio = row.bare.map(|bare| format!("{:.2}", row.sala / bare));
            let met = match row.aim.met(row.sala, row.bare) {
                None => "",
                Some(true) => "yes",
                Some(false) => "no",
            };
            println!(
                "| {} | {} | {} | {} | {bare} | {} | {} | {met} |",
                row.scenario,
                row.figure,
                row.unit,
                number(row.sala),
                ratio.unwrap_or_default(),
                row.aim,
            );
        }
    }
}

/// The latency that this share of them, in hundredths, does not exceed; in milliseconds.
pub fn percentile(all: &[Duration], share: usize) -> f64 {
    let mut all = all.to_vec();
    all.sort_unstable();
    let at = (all.len() * share / 100).min(all.len().saturating_sub(1));
    all.get(at).map_or(f64::NAN, |d| d.as_secs_f64() * 1_000.0)
}

fn number(value: f64) -> String {
    if value.abs() >= 1_000.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}
