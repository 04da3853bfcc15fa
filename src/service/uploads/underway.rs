//! A file that comes: stored piece by piece, never more than one of them in memory.

use std::time::{Duration, Instant};

use bytes::BytesMut;

use super::sweep::remove;
use super::{HELD_MS, LOOK_EVERY, Uploads, full_is_no_room};
use crate::clock;
use crate::db::DbError;
use crate::db::pieces::PIECE_BYTES;
use crate::media::form::NEEDED;
use crate::media::{Form, Found, Scan};
use crate::protocol::MediaId;
use crate::service::ServiceError;

/// How often a node says that a file still comes.
const HOLD_EVERY: Duration = Duration::from_secs(15);

/// A file that comes. Dropped before its end, it is removed.
pub struct Underway {
    pub(super) uploads: Uploads,
    pub(super) id: MediaId,
    /// What it is, once enough of it is there.
    form: Option<(Form, Scan)>,
    pub(super) beginning: Vec<u8>,
    /// What is not stored yet.
    piece: BytesMut,
    /// How much of that has been looked at.
    looked: usize,
    pub(super) size: u64,
    number: i64,
    held: Instant,
    /// Somebody else knows what becomes of it.
    is_done: bool,
}

impl Underway {
    pub(super) fn new(uploads: Uploads, id: MediaId) -> Self {
        Self {
            uploads,
            id,
            form: None,
            beginning: Vec::new(),
            piece: BytesMut::with_capacity(PIECE_BYTES),
            looked: 0,
            size: 0,
            number: 0,
            held: Instant::now(),
            is_done: false,
        }
    }

    /// Takes what has come next.
    ///
    /// # Errors
    /// [`ServiceError::MediaTooLarge`], [`ServiceError::NoRoom`], or when the store fails.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<(), ServiceError> {
        let before = self.size / LOOK_EVERY;
        self.size += bytes.len() as u64;
        self.piece.extend_from_slice(bytes);
        if self.form.is_none() && self.piece.len() >= NEEDED {
            self.recognise();
        }
        if let Some((form, scan)) = &mut self.form {
            if self.size > form.largest() {
                return Err(too_large(*form));
            }
            self.looked += scan.run(&mut self.piece[self.looked..]);
        }
        if self.size / LOOK_EVERY > before {
            self.uploads.has_room(0).await?;
        }
        while self.looked >= PIECE_BYTES {
            let full = self.piece.split_to(PIECE_BYTES);
            self.looked -= PIECE_BYTES;
            self.store(full.to_vec()).await?;
        }
        Ok(())
    }

    fn recognise(&mut self) -> Form {
        self.beginning = self.piece[..self.piece.len().min(NEEDED)].to_vec();
        let form = Form::of(&self.beginning);
        self.form = Some((form, Scan::of(form)));
        form
    }

    /// Looks at the end of it and stores that; answers what it is.
    pub(super) async fn last_piece(&mut self) -> Result<(Form, Found), ServiceError> {
        if self.form.is_none() {
            self.recognise();
        }
        let Some((form, mut scan)) = self.form.take() else {
            return Err(ServiceError::Internal("a file of no form".into()));
        };
        self.looked += scan.run(&mut self.piece[self.looked..]);
        let found = scan.finish(&self.piece[self.looked..]);
        while !self.piece.is_empty() {
            let length = self.piece.len().min(PIECE_BYTES);
            let last = self.piece.split_to(length);
            self.store(last.to_vec()).await?;
        }
        Ok((form, found))
    }

    /// Stores a piece of it; the next one has the next number.
    pub(super) async fn store(&mut self, bytes: Vec<u8>) -> Result<(), ServiceError> {
        let (id, number) = (self.id, self.number);
        self.number += 1;
        let stored = self.uploads.db.store_piece(id, number, bytes).await;
        if !stored.map_err(|error| full_is_no_room(error.into()))? {
            return Err(has_ended());
        }
        if self.held.elapsed() >= HOLD_EVERY {
            self.hold(HELD_MS).await?;
        }
        Ok(())
    }

    /// Holds on to its place for so long.
    pub(super) async fn hold(&mut self, ms: i64) -> Result<(), ServiceError> {
        self.held = Instant::now();
        let (id, until) = (self.id, clock::now().plus_ms(ms));
        let holding = self
            .uploads
            .db
            .write(move |mut conn| Box::pin(async move { conn.hold_upload(id, until).await }));
        let held: Result<bool, DbError> = holding.await;
        held?.then_some(()).ok_or_else(has_ended)
    }

    /// Drops what is stored, to begin anew.
    pub(super) async fn start_over(&mut self) -> Result<(), ServiceError> {
        super::sweep::drop_pieces(&self.uploads.db, self.id).await?;
        self.number = 0;
        Ok(())
    }

    /// A message may use it from now on.
    pub(super) fn settle(mut self) {
        self.is_done = true;
    }

    /// Removes it before anybody hears of the error.
    pub async fn give_up(mut self, error: ServiceError) -> ServiceError {
        match remove(&self.uploads.db, self.id).await {
            Ok(_) => self.is_done = true,
            Err(left) => {
                tracing::warn!(media.id = %self.id, error = %left, "a refused file is removed later");
            }
        }
        error
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        if !self.is_done {
            self.uploads.left.add(self.id);
        }
    }
}

/// Others took it for dead.
pub(super) fn has_ended() -> ServiceError {
    ServiceError::NotFound("The upload took too long. Please send the file again.")
}

/// What may be sent of what.
pub(super) fn too_large(form: Form) -> ServiceError {
    ServiceError::MediaTooLarge(match form {
        Form::Picture(_) => "The picture is too large: at most 50 MB and 100 megapixels are taken.",
        Form::Mp4 | Form::Mp3 => "The file is too large: films and sounds may have up to 200 MB.",
        Form::Other => {
            "The file is too large: MP4, M4A and MP3 may have up to 200 MB, pictures 50 MB, other files 100 MB."
        }
    })
}
