//! The log, and what else is written for whoever runs the program.
//!
//! Whoever logs puts a line into a queue and goes on: a thread of its own writes the lines. One
//! that finds no place, because nobody reads what was written, or that cannot be written is
//! counted and gone. So a log that stands still, is full or is closed holds nothing up.

use std::io::{self, IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

use crate::config::{LogConfig, LogFormat};
use crate::metrics;

/// Most lines that wait to be written; some 2 MB as lines are.
const QUEUE: usize = 8_192;

/// How long lines that wait, or a last sentence, may take at the end.
const LAST_WORDS: Duration = Duration::from_millis(1_500);

/// Writes what is queued when it is dropped.
static QUEUED: Mutex<Option<WorkerGuard>> = Mutex::new(None);

/// Starts logging to standard error. A second call in the same process changes nothing.
pub fn init(config: &LogConfig) {
    let filter = EnvFilter::new(&config.filter);
    let (lines, queued) = NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(QUEUE)
        .thread_name("sala-log")
        .finish(Lines(io::stderr()));
    let dropped = lines.error_counter();
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // What goes wrong with the log is not written beside it.
        .log_internal_errors(false)
        .with_writer(lines);
    let started = match config.format {
        LogFormat::Text => builder.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
        return;
    }
    *QUEUED.lock().unwrap_or_else(PoisonError::into_inner) = Some(queued);
    metrics::count_dropped_lines(move || dropped.dropped_lines() as u64);
    std::panic::set_hook(Box::new(record_panic));
}

/// Writes what is still queued, if it can be written at all.
pub fn end() {
    let queued = QUEUED.lock().unwrap_or_else(PoisonError::into_inner).take();
    // Where it cannot, the crate says so on standard output, which may be stuck as well.
    in_time(move || drop(queued));
}

/// Says a sentence on standard error; never blocks for long, and never fails.
pub fn complain(sentence: String) {
    in_time(move || {
        let _ = writeln!(io::stderr(), "{sentence}");
    });
}

/// Says something on standard output beside serving; never blocks for long, and never fails.
pub fn announce(text: String) {
    in_time(move || print(format_args!("{text}")));
}

/// Prints a line for who waits for it. Unlike `println!` it does not panic when nobody reads.
pub fn print(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Runs what may block on a thread of its own, and waits for it as long as is bearable.
fn in_time(work: impl FnOnce() + Send + 'static) {
    let (done, is_done) = mpsc::channel::<()>();
    let work = move || {
        work();
        drop(done);
    };
    if std::thread::Builder::new().spawn(work).is_ok() {
        let _ = is_done.recv_timeout(LAST_WORDS);
    }
}

/// A panic's message may hold what a customer wrote (an index into a text quotes the text), so only
/// one that stands in the source is logged; the place says the rest.
fn record_panic(panic: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let backtrace = std::backtrace::Backtrace::capture();
    let is_wanted = backtrace.status() == std::backtrace::BacktraceStatus::Captured;
    tracing::error!(
        at = panic.location().map(tracing::field::display),
        thread = thread.name(),
        says = panic.payload().downcast_ref::<&'static str>().copied(),
        backtrace = is_wanted.then(|| tracing::field::display(&backtrace)),
        "a panic"
    );
}

/// Where lines go. One that is refused is counted, and the next one is tried.
struct Lines<W>(W);

impl<W: Write> Write for Lines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, line: &[u8]) -> io::Result<()> {
        if self.0.write_all(line).is_err() {
            metrics::line_refused();
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = self.0.flush();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes every second line.
    struct Moody(Vec<u8>, bool);

    impl Write for Moody {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(io::ErrorKind::StorageFull.into())
        }
    }

    #[test]
    fn a_line_that_is_refused_does_not_keep_the_next_one_back() {
        let mut lines = Lines(Moody(Vec::new(), false));
        for line in ["one\n", "two\n", "three\n", "four\n"] {
            assert!(lines.write_all(line.as_bytes()).is_ok());
            assert!(lines.flush().is_ok());
        }
        assert_eq!(lines.0.0, b"two\nfour\n");
    }
}
