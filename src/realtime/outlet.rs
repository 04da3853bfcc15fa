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

/// Most frames that wait for a client; one more closes it with 4429.
pub(super) const QUEUE: usize = 256;

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
    /// Bytes of the first frame that are written already.
    written: usize,
    /// Somebody has it on their list to be written out.
    is_due: bool,
    /// The socket took no more. Until its task hears that it does, nobody tries: a client that
    /// stalls must not cost the others a call for each event.
    is_blocked: bool,
    close: Option<CloseCode>,
    /// The client went away.
    is_gone: bool,
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
        if queue.close.is_some() || queue.is_gone {
            return false;
        }
        if queue.frames.len() >= QUEUE {
            queue.overflow();
            drop(queue);
            self.wake.notify_one();
            return false;
        }
        queue.frames.push_back(frame);
        !std::mem::replace(&mut queue.is_due, true)
    }

    /// Lets frames wait until [`Outlet::flush`] is called by the one who holds them back.
    pub(super) fn hold(&self) {
        self.queue().is_due = true;
    }

    /// Puts a frame before those that are held back.
    pub(super) fn put_first(&self, frame: Frame) {
        self.queue().frames.push_front(frame);
    }

    /// Queues a whole frame of the WebSocket's own, such as a pong or a close: these go out while
    /// the connection is closing too.
    ///
    /// # Errors
    /// When the client sends pings and reads none of the answers.
    pub fn queue_control(&self, wire: &[u8]) -> io::Result<()> {
        let mut queue = self.queue();
        if queue.is_gone || queue.frames.len() >= 2 * QUEUE {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        queue.frames.push_back(Frame::control(wire));
        Ok(())
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
                        queue.is_gone = true;
                        queue.frames = VecDeque::new();
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
        if queue.close.is_none() {
            queue.close = Some(code);
        }
        drop(queue);
        self.wake.notify_one();
    }

    /// Whether the connection is to end.
    pub fn is_closing(&self) -> bool {
        self.queue().close.is_some()
    }

    /// How many frames wait.
    pub fn depth(&self) -> usize {
        self.queue().frames.len()
    }

    /// Sees to what the socket did not take at once, until the connection is to end. What waits
    /// then is left to [`Outlet::drain`].
    pub async fn run(&self, written: impl Fn(&Frame)) -> Ending {
        loop {
            let waits = {
                let queue = self.queue();
                if queue.is_gone {
                    return Ending::Gone;
                }
                if let Some(code) = queue.close {
                    return Ending::Close(code);
                }
                !queue.frames.is_empty() && !queue.is_due
            };
            tokio::select! {
                ready = self.stream.writable(), if waits => {
                    if ready.is_err() {
                        return Ending::Gone;
                    }
                    self.queue().is_blocked = false;
                    self.flush(&written);
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
                (queue.is_gone, queue.frames.is_empty())
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
    /// Too much waits. What a frame has begun it must end, or the close frame is not one.
    fn overflow(&mut self) {
        self.frames.truncate(usize::from(self.written > 0));
        self.close = Some(CloseCode::TooSlow);
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
            outlet.run(|_| {}).await,
            Ending::Close(CloseCode::GoingAway)
        );
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
        assert_eq!(outlet.run(|_| {}).await, Ending::Close(CloseCode::TooSlow));
        let expected = big.wire().repeat(whole);
        let mut read = vec![0; expected.len()];
        let (drained, all) = tokio::join!(outlet.drain(|_| {}), client.read_exact(&mut read));
        assert!(drained.is_ok() && all.is_ok());
        assert!(read == expected, "the bytes differ");
        assert_eq!(outlet.depth(), 0);
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
            ending = outlet.run(|_| {}) => assert_eq!(ending, Ending::Gone),
            () = ended => {}
        }
    }
}
