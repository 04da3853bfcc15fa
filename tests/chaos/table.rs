//! The table at the end.

use super::checks::{Fault, Violation};

/// What came of a scenario.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The scenario.
    pub name: &'static str,
    /// Programs killed and servers stopped.
    pub kills: usize,
    /// Connections that the network cut.
    pub cuts: usize,
    /// Messages that customers wrote.
    pub written: usize,
    /// Of these, answered with 200.
    pub accepted: usize,
    /// Customers' messages in the store.
    pub stored: usize,
    /// Messages of operators that were acknowledged.
    pub acknowledged: usize,
    /// Messages that LINE took.
    pub at_line: usize,
    /// Messages of which nobody can tell.
    pub unconfirmed: usize,
    /// Messages that LINE refused.
    pub failed: usize,
    /// Connections after the first of each console.
    pub reconnects: usize,
    /// Conversations joined again with `after_rev`.
    pub resumes: usize,
    /// Pushes that a push service took for somebody without a console.
    pub pushed: usize,
    /// How long it took, settling included.
    pub seconds: f64,
    /// What is wrong.
    pub violations: Vec<Violation>,
}

impl Row {
    fn count(&self, fault: Fault) -> usize {
        self.violations
            .iter()
            .filter(|it| it.fault == fault)
            .count()
    }
}

const HEAD: [&str; 16] = [
    "scenario", "kills", "cuts", "webhooks", "200", "stored", "acked", "at LINE", "unconf.",
    "failed", "reconn.", "resumes", "pushed", "lost", "doubled", "other",
];

/// Prints the table.
pub fn print(rows: &[Row]) {
    let mut lines = vec![HEAD.map(str::to_owned)];
    for row in rows {
        let (lost, doubled) = (row.count(Fault::Lost), row.count(Fault::Doubled));
        let numbers = [
            row.kills,
            row.cuts,
            row.written,
            row.accepted,
            row.stored,
            row.acknowledged,
            row.at_line,
            row.unconfirmed,
            row.failed,
            row.reconnects,
            row.resumes,
            row.pushed,
            lost,
            doubled,
            row.violations.len() - lost - doubled,
        ];
        let mut line = [const { String::new() }; HEAD.len()];
        row.name.clone_into(&mut line[0]);
        for (cell, number) in line[1..].iter_mut().zip(numbers) {
            *cell = number.to_string();
        }
        lines.push(line);
    }
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|column| {
            lines
                .iter()
                .map(|line| line[column].len())
                .max()
                .unwrap_or(0)
        })
        .collect();
    println!();
    let mut seconds = rows.iter().map(|row| format!("{:.1}", row.seconds));
    for (number, line) in lines.iter().enumerate() {
        print!("{:<width$}", line[0], width = widths[0]);
        for (cell, width) in line.iter().zip(&widths).skip(1) {
            print!("  {cell:>width$}");
        }
        let seconds = if number == 0 {
            Some("seconds".to_owned())
        } else {
            seconds.next()
        };
        println!("  {:>7}", seconds.unwrap_or_default());
    }
}
