//! A WebSocket over a TCP stream that others write to as well: what the client sends is read here,
//! and what we answer goes out through the same queue as our events.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Buf, Bytes};
use tokio::net::TcpStream;

use super::reader::{Incoming, Reader};
use crate::http::places::Place;
use crate::protocol::close::CloseCode;
use crate::realtime::{Frame, Outlet};

/// The most that is read at once. It lies on the stack, and only while there is something to read.
const READ: usize = 4_096;

/// What a client may go on sending after our last frame, or that frame is lost to a reset: it may
/// not read before all of what it is sending has been taken.
const DISCARDED: usize = 16 * 1_024 * 1_024;

/// How long a client that has read our last frame may take to end the connection.
const LINGER: Duration = Duration::from_secs(3);

/// One client's socket, for the task that reads it.
pub(super) struct Socket {
    outlet: Arc<Outlet>,
    reader: Reader,
    /// What was read and not yet looked at, such as what came together with the handshake.
    rest: Bytes,
    place: Place,
}

/// Why nothing more can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// The client went away.
    Gone,
    /// It broke the protocol, and hears this code.
    Broken(CloseCode),
}

impl From<CloseCode> for Unreadable {
    fn from(code: CloseCode) -> Self {
        Self::Broken(code)
    }
}

impl From<io::Error> for Unreadable {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

impl Socket {
    pub(super) fn new(stream: TcpStream, early: &[u8], place: Place) -> Self {
        Self {
            outlet: Arc::new(Outlet::new(stream)),
            reader: Reader::default(),
            // A copy lets go of the handshake's buffer of 8 KiB.
            rest: Bytes::copy_from_slice(early),
            place,
        }
    }

    /// Its place among all connections.
    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// The way out.
    pub(super) fn outlet(&self) -> &Arc<Outlet> {
        &self.outlet
    }

    /// Sends a frame, however long the client takes.
    ///
    /// # Errors
    /// When the client went away.
    pub(super) async fn send(&self, frame: Frame) -> io::Result<()> {
        self.outlet.queue_frame(frame);
        self.outlet.drain(|_| ()).await
    }

    /// The next frame. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    /// When the client went away or broke the protocol.
    pub(super) async fn recv(&mut self) -> Result<Incoming, Unreadable> {
        // Others of this thread have their turn, however fast a client sends.
        tokio::task::coop::consume_budget().await;
        loop {
            if let Some(incoming) = self.read()? {
                return Ok(incoming);
            }
            self.outlet.stream().readable().await?;
        }
    }

    /// The next frame, if all of it is here.
    fn read(&mut self) -> Result<Option<Incoming>, Unreadable> {
        while !self.rest.is_empty() {
            let mut input = &*self.rest;
            let taken = self.reader.take(&mut input)?;
            let used = self.rest.len() - input.len();
            self.rest.advance(used);
            if self.rest.is_empty() {
                // An empty part of a buffer holds on to all of it.
                self.rest = Bytes::new();
            }
            if taken.is_some() {
                return Ok(taken);
            }
        }
        let mut buffer = [0; READ];
        loop {
            let size = match self.outlet.stream().try_read(&mut buffer) {
                Ok(0) => return Err(Unreadable::Gone),
                Ok(size) => size,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            let mut input = &buffer[..size];
            let taken = self.reader.take(&mut input)?;
            if taken.is_some() {
                self.rest = Bytes::copy_from_slice(input);
                return Ok(taken);
            }
        }
    }

    /// Sends our Close behind what waits, and sees to it that the client can read it. What the
    /// client sends until its own has come is dropped.
    pub(super) async fn close(&mut self, code: CloseCode) {
        let outlet = self.outlet.clone();
        outlet.finish(Frame::close(Some(code.code()), code.reason()));
        if ends_reading(code) {
            // RFC 6455, 7.1.7: such a connection is failed. No answer is read.
            let writing = async {
                let written = outlet.drain(|_| ()).await;
                outlet.end_writing();
                written
            };
            let _ = tokio::join!(writing, self.discard());
            return;
        }
        let reading = async {
            loop {
                match self.recv().await {
                    Ok(Incoming::Close(_)) => return Ok(()),
                    Ok(_) => {}
                    Err(error) => return Err(error),
                }
            }
        };
        let writing = async { outlet.drain(|_| ()).await.map_err(Unreadable::from) };
        match tokio::try_join!(writing, reading) {
            Err(Unreadable::Gone) => {}
            Ok(_) | Err(Unreadable::Broken(_)) => self.leave().await,
        }
    }

    /// Answers the client's Close with the same code, behind what waits.
    pub(super) async fn answer_close(&mut self, code: Option<u16>) {
        self.outlet.finish(Frame::close(code, ""));
        if self.outlet.drain(|_| ()).await.is_ok() {
            self.leave().await;
        }
    }

    /// Both have said Close: the server ends the connection first.
    async fn leave(&mut self) {
        self.outlet.end_writing();
        let _ = tokio::time::timeout(LINGER, self.discard()).await;
    }

    /// Reads to the end without looking at it.
    async fn discard(&mut self) {
        self.rest = Bytes::new();
        let mut left = DISCARDED;
        while left > 0 && self.outlet.stream().readable().await.is_ok() {
            match self.drop_some() {
                Ok(0) => return,
                Ok(size) => left = left.saturating_sub(size),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
            tokio::task::coop::consume_budget().await;
        }
    }

    fn drop_some(&self) -> io::Result<usize> {
        self.outlet.stream().try_read(&mut [0; 4 * READ])
    }
}

/// Whether what the client sends means nothing any more.
fn ends_reading(code: CloseCode) -> bool {
    matches!(
        code,
        CloseCode::ProtocolError | CloseCode::NotUtf8 | CloseCode::TooLarge | CloseCode::Refused
    )
}
