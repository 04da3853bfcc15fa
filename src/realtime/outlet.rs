//! The way out to one client. Frames are written straight to the socket while it takes them, by
//! whoever has one to send, and wait in a bounded queue while it does not: nobody waits for a
//! client, and no task is woken for one that keeps up.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::net::TcpStream;
use tokio::sync::Notify;

use super::Frame;
use crate::protocol::close::CloseCode;

/// Most frames that wait for a client, and most bytes behind the one that is being written; more
/// closes it with 4429.
pub(super) const QUEUE: usize = 256;
pub(super) const QUEUE_BYTES: usize = 4 * 1_024 * 1_024;

/// So much waits for a client that its next command waits too. What it asks for may be large, and
/// a client that asks faster than it reads would else be closed for what it was answered.
const CONGESTED: usize = 256 * 1_024;

/// Most frames that go into one write call.
const GATHERED: usize = 64;

/// An emptied queue keeps room for so many frames; an idle connection costs no more.
const KEPT: usize = 8;

/// A socket, and what waits for it.
#[derive(Debug)]
pub struct Outlet {
    stream: TcpStream,
    /// A std mutex: nothing awaits under it, and writing to the socket does not block.
    queue: Mutex<Queue>,
    /// Wakes the socket's task when it has something to see to.
    wake: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    frames: VecDeque<Frame>,
    /// Bytes of all of them.
    bytes: usize,
    /// Bytes of the first frame that are written already.
    written: usize,
    /// Somebody has it on their list to be written out.
    is_due: bool,
    /// The socket took no more. Until its task hears that it does, nobody tries: a client that
    /// stalls must not cost the others a call for each event.
    is_blocked: bool,
    stage: Stage,
}

/// How far the end of a connection has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Open,
    /// Its task is to end it with this.
    Closing(CloseCode),
    /// No frame comes behind those that are here.
    Sealed,
    /// The client went away.
    Gone,
}

/// How a connection ends, by what its way out knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is to be closed with this.
    Close(CloseCode),
    /// The client went away.
    Gone,
}

impl Outlet {
    /// Over a socket that is a WebSocket already.
    pub fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            queue: Mutex::default(),
            wake: Notify::new(),
        }
    }

    /// For reading.
    pub fn stream(&self) -> &TcpStream {
        &self.stream
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a frame without writing it. When the queue is full the connection ends with 4429
    /// and what waited is dropped: the client resumes by `rev`. Answers whether the caller is the
    /// one who must [`Outlet::flush`].
    pub fn queue_frame(&self, frame: Frame) -> bool {
        let mut queue = self.queue();
        if queue.stage != Stage::Open {
            return false;
        }
        if queue.is_full(&frame) {
            queue.overflow();
            drop(queue);
            self.wake.notify_one();
            return false;
        }
        queue.push(frame);
        !std::mem::replace(&mut queue.is_due, true)
    }

    /// Lets frames wait until [`Outlet::flush`] is called by the one who holds them back.
    pub(super) fn hold(&self) {
        self.queue().is_due = true;
    }

    /// Puts a frame before those that are held back, and behind one that is half written.
    pub(super) fn put_first(&self, frame: Frame) {
        let mut queue = self.queue();
        if matches!(queue.stage, Stage::Sealed | Stage::Gone) {
            return;
        }
        let at = usize::from(queue.written > 0);
        queue.bytes += frame.wire().len();
        queue.frames.insert(at, frame);
    }

    /// Lets nothing more into the queue.
    pub(super) fn seal(&self) {
        self.queue().seal();
    }

    /// Queues the close frame behind what waits. Nothing follows it.
    pub fn finish(&self, close: Frame) {
        let mut queue = self.queue();
        queue.seal();
        if queue.stage == Stage::Sealed {
            queue.push(close);
        }
    }

    /// Ends our direction of the connection: the client reads to the end of what was written.
    pub fn end_writing(&self) {
        let ended = rustix::net::shutdown(&self.stream, rustix::net::Shutdown::Write);
        if let Err(error) = ended {
            tracing::debug!(%error, "a client was gone before the end");
        }
    }

    /// Whether the client does not take what it has been sent already.
    pub fn is_congested(&self) -> bool {
        let queue = self.queue();
        queue.is_blocked && queue.bytes - queue.written > CONGESTED
    }

    /// Writes what waits, as far as the socket takes it now; the socket's task sees to the rest.
    pub fn flush(&self, written: impl Fn(&Frame)) {
        let mut queue = self.queue();
        queue.is_due = false;
        while !queue.frames.is_empty() && !queue.is_blocked {
            match queue.write(&self.stream, &written) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    if error.kind() == io::ErrorKind::WouldBlock {
                        queue.is_blocked = true;
                    } else {
                        queue.stage = Stage::Gone;
                        queue.clear();
                    }
                    drop(queue);
                    self.wake.notify_one();
                    return;
                }
            }
        }
        if queue.frames.is_empty() && queue.frames.capacity() > KEPT {
            queue.frames = VecDeque::new();
        }
    }

    /// Asks for the end of the connection.
    pub fn close(&self, code: CloseCode) {
        let mut queue = self.queue();
        if queue.stage == Stage::Open {
            queue.stage = Stage::Closing(code);
        }
        drop(queue);
        self.wake.notify_one();
    }

    /// Whether the connection is to end.
    pub fn is_closing(&self) -> bool {
        self.queue().stage != Stage::Open
    }

    /// How many frames wait.
    pub fn depth(&self) -> usize {
        self.queue().frames.len()
    }

    /// Sees to what the socket did not take at once, until the connection is to end. What waits
    /// then is left to [`Outlet::drain`]. `taken` hears whenever the client has taken something.
    pub async fn run(&self, written: impl Fn(&Frame), taken: impl Fn()) -> Ending {
        loop {
            let waits = {
                let queue = self.queue();
                match queue.stage {
                    Stage::Gone => return Ending::Gone,
                    Stage::Closing(code) => return Ending::Close(code),
                    Stage::Open | Stage::Sealed => {}
                }
                // Whoever has frames to write leaves that to us while the socket takes none.
                queue.is_blocked
            };
            tokio::select! {
                ready = self.stream.writable(), if waits => {
                    if ready.is_err() {
                        return Ending::Gone;
                    }
                    self.queue().is_blocked = false;
                    self.flush(&written);
                    taken();
                }
                () = self.wake.notified() => {}
            }
        }
    }

    /// Writes all that waits, however long the client takes.
    ///
    /// # Errors
    /// When the client went away.
    pub async fn drain(&self, written: impl Fn(&Frame)) -> io::Result<()> {
        loop {
            self.flush(&written);
            let (is_gone, is_empty) = {
                let queue = self.queue();
                (queue.stage == Stage::Gone, queue.frames.is_empty())
            };
            if is_gone {
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            if is_empty {
                return Ok(());
            }
            self.stream.writable().await?;
            self.queue().is_blocked = false;
        }
    }
}

impl Queue {
    fn push(&mut self, frame: Frame) {
        self.bytes += frame.wire().len();
        self.frames.push_back(frame);
    }

    /// Whether there is no place for a frame. The first may have any size: a client that is slow
    /// to read it would else come back for the same again, and again.
    fn is_full(&self, frame: &Frame) -> bool {
        let Some(first) = self.frames.front() else {
            return false;
        };
        let behind = self.bytes - first.wire().len() + frame.wire().len();
        self.frames.len() >= QUEUE || behind > QUEUE_BYTES
    }

    /// Too much waits. What a frame has begun it must end, or the close frame is not one.
    fn overflow(&mut self) {
        self.frames.truncate(usize::from(self.written > 0));
        self.bytes = self.frames.iter().map(|frame| frame.wire().len()).sum();
        self.stage = Stage::Closing(CloseCode::TooSlow);
    }

    fn seal(&mut self) {
        if self.stage != Stage::Gone {
            self.stage = Stage::Sealed;
        }
    }

    fn clear(&mut self) {
        self.frames = VecDeque::new();
        self.bytes = 0;
        self.written = 0;
    }

    /// One write call.
    fn write(&mut self, stream: &TcpStream, done: &impl Fn(&Frame)) -> io::Result<()> {
        let mut rest = match self.frames.len() {
            0 => return Ok(()),
            1 => stream.try_write(&self.frames[0].wire()[self.written..])?,
            _ => {
                let mut slices = [IoSlice::new(&[]); GATHERED];
                for (slice, frame) in slices.iter_mut().zip(&self.frames) {
                    *slice = IoSlice::new(frame.wire());
                }
                slices[0] = IoSlice::new(&self.frames[0].wire()[self.written..]);
                let count = self.frames.len().min(GATHERED);
                stream.try_write_vectored(&slices[..count])?
            }
        };
        if rest == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        while let Some(frame) = self.frames.front() {
            let left = frame.wire().len() - self.written;
            if rest < left {
                self.written += rest;
                break;
            }
            rest -= left;
            self.written = 0;
            self.bytes -= frame.wire().len();
            done(frame);
            self.frames.pop_front();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;
    use tokio::net::TcpListener;

    use super::*;

    /// An outlet and its client.
    async fn pair() -> (Outlet, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("its address");
        let (client, server) = tokio::join!(TcpStream::connect(addr), listener.accept());
        (
            Outlet::new(server.expect("accepted").0),
            client.expect("connected"),
        )
    }

    /// Frames until the socket takes no more.
    fn stall(outlet: &Outlet, frame: &Frame) -> usize {
        let mut sent = 0;
        while outlet.depth() == 0 {
            outlet.queue_frame(frame.clone());
            outlet.flush(|_| {});
            sent += 1;
        }
        sent
    }

    #[tokio::test]
    async fn frames_go_out_whole_and_in_order_whatever_the_socket_takes() {
        let (outlet, mut client) = pair().await;
        outlet.stream().writable().await.expect("writable");
        let big = Frame::from("x".repeat(70_000).as_str());
        let sent = stall(&outlet, &big);
        for n in 0..100 {
            outlet.queue_frame(Frame::from(n.to_string().as_str()));
        }
        outlet.close(CloseCode::GoingAway);
        let mut expected = big.wire().repeat(sent);
        for n in 0..100 {
            expected.extend_from_slice(Frame::from(n.to_string().as_str()).wire());
        }
        let mut read = vec![0; expected.len()];
        let (drained, all) = tokio::join!(outlet.drain(|_| {}), client.read_exact(&mut read));
        assert!(drained.is_ok() && all.is_ok());
        assert!(read == expected, "the bytes differ");
        assert_eq!(
            outlet.run(|_| {}, || {}).await,
            Ending::Close(CloseCode::GoingAway)
        );
    }

    #[tokio::test]
    async fn a_client_that_reads_again_is_sent_the_rest_though_its_frames_are_held_back() {
        let (outlet, mut client) = pair().await;
        outlet.stream().writable().await.expect("writable");
        let big = Frame::from("x".repeat(70_000).as_str());
        let sent = stall(&outlet, &big);
        // A publisher has one more and does not write it yet.
        outlet.queue_frame(Frame::from("held"));
        let mut expected = big.wire().repeat(sent);
        expected.extend_from_slice(Frame::from("held").wire());
        let mut read = vec![0; expected.len()];
        tokio::select! {
            ending = outlet.run(|_| {}, || {}) => panic!("{ending:?}"),
            all = client.read_exact(&mut read) => assert!(all.is_ok()),
        }
        assert!(read == expected, "the bytes differ");
    }

    #[tokio::test]
    async fn a_full_queue_ends_the_connection_with_4429_after_the_frame_that_was_begun() {
        let (outlet, mut client) = pair().await;
        outlet.stream().writable().await.expect("writable");
        let big = Frame::from("x".repeat(70_000).as_str());
        let mut whole = stall(&outlet, &big);
        let begun = outlet.queue().written > 0;
        whole -= usize::from(!begun);
        for n in outlet.depth()..QUEUE {
            outlet.queue_frame(Frame::from(n.to_string().as_str()));
        }
        assert!(!outlet.is_closing());
        outlet.queue_frame(Frame::from("one too many"));
        assert_eq!(
            outlet.run(|_| {}, || {}).await,
            Ending::Close(CloseCode::TooSlow)
        );
        let expected = big.wire().repeat(whole);
        let mut read = vec![0; expected.len()];
        let (drained, all) = tokio::join!(outlet.drain(|_| {}), client.read_exact(&mut read));
        assert!(drained.is_ok() && all.is_ok());
        assert!(read == expected, "the bytes differ");
        assert_eq!(outlet.depth(), 0);
    }

    #[tokio::test]
    async fn what_waits_is_bounded_in_bytes_too() {
        let (outlet, _client) = pair().await;
        outlet.stream().writable().await.expect("writable");
        let large = "x".repeat(QUEUE_BYTES / 4);
        let large = Frame::from(large.as_str());
        stall(&outlet, &large);
        // Behind the one that is being written there is room for three, and a little.
        for _ in 0..3 {
            outlet.queue_frame(large.clone());
        }
        assert!(!outlet.is_closing());
        assert!(outlet.is_congested());
        outlet.queue_frame(large.clone());
        assert_eq!(
            outlet.run(|_| {}, || {}).await,
            Ending::Close(CloseCode::TooSlow)
        );
        assert!(outlet.queue().bytes <= large.wire().len());
    }

    #[tokio::test]
    async fn one_frame_of_any_size_finds_room_when_nothing_waits() {
        let (outlet, _client) = pair().await;
        outlet.stream().writable().await.expect("writable");
        outlet.queue_frame(Frame::from("x".repeat(2 * QUEUE_BYTES).as_str()));
        outlet.queue_frame(Frame::from("and a short one"));
        assert!(!outlet.is_closing());
    }

    #[tokio::test]
    async fn what_is_put_first_and_what_comes_last_leave_a_half_written_frame_whole() {
        let (outlet, mut client) = pair().await;
        outlet.stream().writable().await.expect("writable");
        let big = Frame::from("x".repeat(70_000).as_str());
        let sent = stall(&outlet, &big);
        let begun = outlet.queue().written > 0;
        outlet.hold();
        outlet.queue_frame(Frame::from("an event"));
        outlet.put_first(Frame::from("auth_success"));
        outlet.finish(Frame::close(Some(1001), "going away"));
        let mut expected = Vec::new();
        for _ in 0..sent - usize::from(!begun) {
            expected.extend_from_slice(big.wire());
        }
        expected.extend_from_slice(Frame::from("auth_success").wire());
        if !begun {
            expected.extend_from_slice(big.wire());
        }
        expected.extend_from_slice(Frame::from("an event").wire());
        expected.extend_from_slice(Frame::close(Some(1001), "going away").wire());
        let mut read = vec![0; expected.len()];
        let (drained, all) = tokio::join!(outlet.drain(|_| {}), client.read_exact(&mut read));
        assert!(drained.is_ok() && all.is_ok());
        assert!(read == expected, "the bytes differ");
    }

    #[tokio::test]
    async fn a_client_that_went_away_is_noticed() {
        let (outlet, client) = pair().await;
        outlet.stream().writable().await.expect("writable");
        drop(client);
        let ended = async {
            loop {
                outlet.queue_frame(Frame::from("hello?"));
                outlet.flush(|_| {});
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            ending = outlet.run(|_| {}, || {}) => assert_eq!(ending, Ending::Gone),
            () = ended => {}
        }
    }
}
