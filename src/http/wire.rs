//! A connection's bytes, its requests' bodies and their answers, each of which tells the
//! connection's seat what it is at.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::places::{Phase, Place, Seat};

/// A connection that has a place.
pub(super) struct Wire {
    stream: TcpStream,
    place: Place,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, place: Place) -> Self {
        Self { stream, place }
    }

    /// For those who go on without HTTP.
    pub(super) fn into_parts(self) -> (TcpStream, Place) {
        (self.stream, self.place)
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        if buf.filled().len() > before {
            self.place.seat().has_read();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let size = ready!(Pin::new(&mut self.stream).poll_write(cx, buf))?;
        self.place.seat().has_written();
        Poll::Ready(Ok(size))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let size = ready!(Pin::new(&mut self.stream).poll_write_vectored(cx, bufs))?;
        self.place.seat().has_written();
        Poll::Ready(Ok(size))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// A request's body. Until it has come, or nobody wants it any more, that is what the connection
/// is at.
pub(super) struct Upload {
    body: Incoming,
    seat: Arc<Seat>,
}

impl Upload {
    pub(super) fn new(body: Incoming, seat: Arc<Seat>) -> Self {
        seat.enter(if body.is_end_stream() {
            Phase::Busy
        } else {
            Phase::Body
        });
        Self { body, seat }
    }

    fn end(&self) {
        if matches!(self.seat.phase().0, Phase::Body | Phase::LongBody) {
            self.seat.enter(Phase::Busy);
        }
    }
}

impl HttpBody for Upload {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if frame.is_none() || self.body.is_end_stream() {
            self.end();
        } else if self.seat.phase().0 == Phase::LongBody {
            // From here on it may be silent for as long again.
            self.seat.enter(Phase::LongBody);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.end();
    }
}

/// An answer's body. When it has gone the connection is idle.
pub(super) struct Download {
    body: Body,
    seat: Option<Arc<Seat>>,
}

impl Download {
    pub(super) fn new(body: Body, seat: Arc<Seat>) -> Self {
        Self {
            body,
            seat: Some(seat),
        }
    }

    /// Of an answer after which the connection is no longer HTTP's.
    pub(super) fn last(body: Body) -> Self {
        Self { body, seat: None }
    }
}

impl HttpBody for Download {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Download {
    fn drop(&mut self) {
        if let Some(seat) = &self.seat {
            seat.enter(Phase::Idle);
        }
    }
}
