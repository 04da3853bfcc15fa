//! A WebSocket over a TCP stream that others write to as well: tungstenite reads the client's
//! frames, and what it answers by itself goes out through the same queue as our events.

use std::io::{self, Read, Write};
use std::sync::Arc;

use bytes::{Buf, Bytes};
use tokio::net::TcpStream;
use tungstenite::error::CapacityError;
use tungstenite::protocol::{CloseFrame, Role, WebSocketConfig, WebSocketContext};
use tungstenite::{Error, Message};

use crate::protocol::MAX_CLIENT_FRAME_BYTES;
use crate::protocol::close::CloseCode;
use crate::realtime::{Frame, Outlet};

/// tungstenite's default read buffer is 128 KiB a socket; clients' frames are small.
const READ_BUFFER: usize = 1_024;

/// Frames up to this size are read, so that one over the limit can still be answered with 1009.
const READ_MAX: usize = 4 * MAX_CLIENT_FRAME_BYTES;

/// One client's socket, for the task that reads it.
pub(super) struct Socket {
    context: WebSocketContext,
    outlet: Arc<Outlet>,
    /// What came together with the handshake.
    early: Bytes,
}

impl Socket {
    pub(super) fn new(stream: TcpStream, early: Bytes) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(0)
            .max_message_size(Some(READ_MAX))
            .max_frame_size(Some(READ_MAX));
        Self {
            context: WebSocketContext::new(Role::Server, Some(config)),
            outlet: Arc::new(Outlet::new(stream)),
            early: kept(early),
        }
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

    /// The next message. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    /// When the client went away, broke the protocol, or its message is over [`READ_MAX`].
    pub(super) async fn recv(&mut self) -> Result<Message, Error> {
        loop {
            let mut wire = Wire {
                outlet: &self.outlet,
                early: &mut self.early,
            };
            match self.context.read(&mut wire) {
                Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(close @ Message::Close(_)) => {
                    // Its answer is ready; nothing else follows.
                    let _ = self.context.flush(&mut wire);
                    return Ok(close);
                }
                read => return read,
            }
            self.outlet.stream().readable().await?;
        }
    }

    /// Sends the close frame, and reads until the client's own has come: its frames until then
    /// are dropped, or the close frame could be lost to a reset.
    ///
    /// # Errors
    /// When the connection has ended, in order or not.
    pub(super) async fn close(&mut self, code: CloseCode) -> Result<(), Error> {
        let frame = CloseFrame {
            code: code.code().into(),
            reason: code.reason().into(),
        };
        let mut wire = Wire {
            outlet: &self.outlet,
            early: &mut self.early,
        };
        self.context.close(&mut wire, Some(frame))?;
        self.outlet.drain(|_| ()).await?;
        loop {
            self.recv().await?;
        }
    }
}

/// Whether a message was larger than what is read at all.
pub(super) fn is_too_large(error: &Error) -> bool {
    matches!(error, Error::Capacity(CapacityError::MessageTooLong { .. }))
}

/// Lets go of the handshake's buffer of 8 KiB, which even no bytes of it hold on to.
fn kept(early: Bytes) -> Bytes {
    if early.is_empty() {
        Bytes::new()
    } else {
        early
    }
}

struct Wire<'a> {
    outlet: &'a Outlet,
    early: &'a mut Bytes,
}

impl Read for Wire<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.early.is_empty() {
            return self.outlet.stream().try_read(into);
        }
        let size = into.len().min(self.early.len());
        self.early.copy_to_slice(&mut into[..size]);
        *self.early = kept(std::mem::take(self.early));
        Ok(size)
    }
}

/// tungstenite writes whole frames, each with one call.
impl Write for Wire<'_> {
    fn write(&mut self, frame: &[u8]) -> io::Result<usize> {
        self.outlet.queue_control(frame)?;
        Ok(frame.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.outlet.flush(|_| ());
        Ok(())
    }
}
