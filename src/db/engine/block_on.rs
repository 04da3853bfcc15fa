//! Runs the writer's task on a thread of its own, which does not go to sleep at once when it waits
//! for SQLite's thread: a statement takes some microseconds, waking a sleeping thread some tens.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// How long a wait is awake, giving way to whoever else wants the core.
const AWAKE: Duration = Duration::from_micros(50);

/// Tells the thread that its future wants to be polled.
struct Alarm {
    thread: Thread,
    rung: AtomicBool,
    is_asleep: AtomicBool,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    // Sequentially consistent, here and below: either this sees that the thread is asleep, or the
    // thread sees that it was rung.
    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::SeqCst);
        if self.is_asleep.load(Ordering::SeqCst) {
            self.thread.unpark();
        }
    }
}

impl Alarm {
    fn wait(&self) {
        let began = Instant::now();
        while !self.rung.swap(false, Ordering::SeqCst) {
            if began.elapsed() < AWAKE {
                thread::yield_now();
                continue;
            }
            self.is_asleep.store(true, Ordering::SeqCst);
            if !self.rung.load(Ordering::SeqCst) {
                thread::park();
            }
            self.is_asleep.store(false, Ordering::SeqCst);
        }
    }
}

/// Runs a future to its end on this thread.
pub(super) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let alarm = Arc::new(Alarm {
        thread: thread::current(),
        rung: AtomicBool::new(false),
        is_asleep: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&alarm));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        alarm.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_future_is_woken_from_short_and_long_waits() {
        let (questions, asked) = std::sync::mpsc::channel::<tokio::sync::oneshot::Sender<u32>>();
        let other = thread::spawn(move || {
            for (n, answer) in asked.into_iter().enumerate() {
                if n % 10 == 0 {
                    // Longer than the wait is awake.
                    thread::park_timeout(4 * AWAKE);
                }
                answer.send(u32::try_from(n).unwrap_or(0)).ok();
            }
        });
        let sum = block_on(async {
            let mut sum = 0;
            for _ in 0..1_000 {
                let (answer, answered) = tokio::sync::oneshot::channel();
                questions.send(answer).ok();
                sum += answered.await.unwrap_or(0);
            }
            sum
        });
        drop(questions);
        assert!(other.join().is_ok());
        assert_eq!(sum, 499_500);
    }
}
