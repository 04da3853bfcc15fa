//! A WebSocket client that costs little, since it shares the machine with the server: frames are
//! found in what was read and not parsed.

use std::net::SocketAddr;
use std::ops::Range;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};

/// Most bytes that one call reads.
const MOST_READ: usize = 64 * 1_024;

/// Nothing that is waited for takes longer.
const PATIENCE: Duration = Duration::from_mins(1);

/// An open socket.
pub struct Socket {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// What of the buffer was read and not yet looked at.
    unread: Range<usize>,
}

impl Socket {
    /// Opens a socket.
    pub async fn open(addr: SocketAddr, path: &str) -> Self {
        Self::over(TcpStream::connect(addr).await.unwrap(), path).await
    }

    /// Opens a socket that holds next to nothing unread.
    pub async fn open_narrow(addr: SocketAddr, path: &str) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(8 * 1_024).unwrap();
        Self::over(socket.connect(addr).await.unwrap(), path).await
    }

    async fn over(stream: TcpStream, path: &str) -> Self {
        let addr = stream.peer_addr().unwrap();
        stream.set_nodelay(true).unwrap();
        let mut socket = Self {
            stream,
            buffer: vec![0; 4_096],
            unread: 0..0,
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {addr}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        socket.stream.write_all(request.as_bytes()).await.unwrap();
        loop {
            let seen = &socket.buffer[socket.unread.clone()];
            if let Some(end) = seen.windows(4).position(|four| four == b"\r\n\r\n") {
                assert!(seen.starts_with(b"HTTP/1.1 101"), "the socket is refused");
                socket.unread.start += end + 4;
                return socket;
            }
            socket.read().await;
        }
    }

    /// Sends a text frame.
    pub async fn send(&mut self, text: &str) {
        let mut bytes = Vec::with_capacity(text.len() + 14);
        append_frame(&mut bytes, text);
        self.send_frames(&bytes).await;
    }

    /// Sends what [`append_frame`] wrote.
    pub async fn send_frames(&mut self, frames: &[u8]) {
        self.stream.write_all(frames).await.unwrap();
    }

    /// The next frame's payload.
    pub async fn next(&mut self) -> &[u8] {
        loop {
            if let Some((at, end)) = self.frame() {
                self.unread.start = end;
                return &self.buffer[at..end];
            }
            self.read().await;
        }
    }

    /// The next frame that begins so.
    pub async fn until(&mut self, beginning: &str) -> Vec<u8> {
        let waiting = async {
            loop {
                let frame = self.next().await;
                if frame.starts_with(beginning.as_bytes()) {
                    return frame.to_vec();
                }
            }
        };
        let found = tokio::time::timeout(PATIENCE, waiting).await;
        found.unwrap_or_else(|_| panic!("no {beginning} came within {PATIENCE:?}"))
    }

    /// Reads and forgets, until it is dropped.
    pub async fn discard(mut self) {
        loop {
            self.next().await;
        }
    }

    /// Where the first unread frame's payload is, if all of it was read.
    fn frame(&self) -> Option<(usize, usize)> {
        let seen = &self.buffer[self.unread.clone()];
        let (header, length) = match seen.get(1)? & 0x7f {
            126 => (
                4,
                usize::from(u16::from_be_bytes(seen.get(2..4)?.try_into().unwrap())),
            ),
            127 => (
                10,
                usize::try_from(u64::from_be_bytes(seen.get(2..10)?.try_into().unwrap())).unwrap(),
            ),
            short => (2, usize::from(short)),
        };
        assert_ne!(seen[0] & 0x0f, 8, "the server closed the socket");
        let at = self.unread.start + header;
        (at + length <= self.unread.end).then_some((at, at + length))
    }

    async fn read(&mut self) {
        if self.unread.is_empty() {
            self.unread = 0..0;
        } else if self.unread.start > 0 && self.unread.end == self.buffer.len() {
            self.buffer.copy_within(self.unread.clone(), 0);
            self.unread = 0..self.unread.len();
        }
        if self.unread.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        loop {
            self.stream.readable().await.unwrap();
            match self.stream.try_read(&mut self.buffer[self.unread.end..]) {
                Ok(0) => panic!("the server is gone"),
                Ok(read) => {
                    self.unread.end += read;
                    // Who is told much at once reads it at once.
                    if self.unread.end == self.buffer.len() && read < MOST_READ {
                        self.buffer.resize(self.buffer.len() * 2, 0);
                    }
                    return;
                }
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// Appends a text frame, masked with zeros, which spares the client the work of masking.
pub fn append_frame(bytes: &mut Vec<u8>, text: &str) {
    bytes.push(0x81);
    match text.len() {
        short @ 0..126 => bytes.push(0x80 | u8::try_from(short).unwrap()),
        long => {
            bytes.push(0x80 | 0x7e);
            bytes.extend(u16::try_from(long).unwrap().to_be_bytes());
        }
    }
    bytes.extend([0; 4]);
    bytes.extend(text.as_bytes());
}
