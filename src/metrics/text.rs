//! Prometheus' text form, version 0.0.4.

use std::fmt::{Display, Write};

use super::histogram::{BOUNDS, Read};

/// Metrics, written one after the other.
#[derive(Default)]
pub struct Text(String);

impl Text {
    /// All that was written.
    pub fn into_string(self) -> String {
        self.0
    }

    fn head(&mut self, name: &str, help: &str, kind: &str) {
        self.line(format_args!("# HELP {name} {help}\n# TYPE {name} {kind}"));
    }

    fn line(&mut self, line: impl Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{line}");
    }

    fn value(&mut self, name: &str, labels: &str, value: impl Display) {
        if labels.is_empty() {
            self.line(format_args!("{name} {value}"));
        } else {
            self.line(format_args!("{name}{{{labels}}} {value}"));
        }
    }

    /// Numbers that only grow, each with its labels.
    pub fn counter(&mut self, name: &str, help: &str, values: &[(impl AsRef<str>, u64)]) {
        self.head(name, help, "counter");
        for (labels, value) in values {
            self.value(name, labels.as_ref(), value);
        }
    }

    /// A number that is as it is now.
    pub fn gauge(&mut self, name: &str, help: &str, labels: &str, value: impl Display) {
        self.head(name, help, "gauge");
        self.value(name, labels, value);
    }

    pub(super) fn histogram(&mut self, name: &str, help: &str, read: &Read) {
        self.head(name, help, "histogram");
        let bucket = format!("{name}_bucket");
        let ends = BOUNDS.iter().map(|(_, end)| *end).chain(["+Inf"]);
        for (end, count) in ends.zip(read.up_to) {
            self.value(&bucket, &format!("le=\"{end}\""), count);
        }
        self.value(&format!("{name}_sum"), "", read.sum);
        let count = read.up_to[BOUNDS.len()];
        self.value(&format!("{name}_count"), "", count);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::counter::Family;
    use super::super::histogram::Histogram;
    use super::Text;

    #[test]
    fn a_histogram_counts_up_and_ends_with_all() {
        let histogram = Histogram::new();
        for ms in [1, 1, 30, 60_000] {
            histogram.observe(Duration::from_millis(ms));
        }
        let mut text = Text::default();
        text.histogram("x_seconds", "Some time.", &histogram.read());
        let text = text.into_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "# HELP x_seconds Some time.");
        assert_eq!(lines[1], "# TYPE x_seconds histogram");
        assert!(lines.contains(&"x_seconds_bucket{le=\"0.0005\"} 0"));
        assert!(lines.contains(&"x_seconds_bucket{le=\"0.001\"} 2"));
        assert!(lines.contains(&"x_seconds_bucket{le=\"0.05\"} 3"));
        assert!(lines.contains(&"x_seconds_bucket{le=\"10\"} 3"));
        assert!(lines.contains(&"x_seconds_bucket{le=\"+Inf\"} 4"));
        assert_eq!(lines[lines.len() - 2], "x_seconds_sum 60.032");
        assert_eq!(lines[lines.len() - 1], "x_seconds_count 4");
    }

    #[test]
    fn labels_come_from_the_list_only() {
        let family = Family::new(["a", "other"]);
        family.inc("a");
        family.inc("something a user wrote");
        let mut text = Text::default();
        text.counter("y_total", "Some.", &family.labelled("kind"));
        let expected = "# HELP y_total Some.\n# TYPE y_total counter\n\
             y_total{kind=\"a\"} 1\ny_total{kind=\"other\"} 1\n";
        assert_eq!(text.into_string(), expected);
    }
}
