//! What a file becomes: a picture within LINE's bounds, a film with a picture of it, a sound of a
//! known length, or a file behind a link.

use std::time::Duration;

use super::full_is_no_room;
use super::underway::{Underway, has_ended, too_large};
use crate::clock;
use crate::db::pieces::PIECE_BYTES;
use crate::db::uploads::Finished;
use crate::db::{Conn, DbError};
use crate::media::form::{PictureForm, linked_type};
use crate::media::mp4::Film;
use crate::media::picture::{self, Picture, PictureError};
use crate::media::{Form, Found, name};
use crate::protocol::MediaId;
use crate::protocol::message::MessageKind;
use crate::protocol::text::is_directional;
use crate::protocol::time::DAY_MS;
use crate::protocol::upload::Uploaded;
use crate::secrets::random_token;
use crate::service::ServiceError;
use crate::service::drawing::in_time;

/// How long a file is held that waits and is drawn.
const HELD_MS: i64 = 5 * 60_000;

const BROKEN: &str = "The picture cannot be read: send JPEG, PNG, GIF, WebP, BMP or TIFF.";
const CUT_OFF: &str = "The film is cut off or damaged: send MP4, M4A or MP3 that is whole.";
const NO_PREVIEW: &str =
    "The preview of a film is a picture: send JPEG, PNG, GIF, WebP, BMP or TIFF.";

/// What is known of a file that has come.
struct Made {
    kind: MessageKind,
    content_type: &'static str,
    size: u64,
    name: String,
    sides: Option<(u32, u32)>,
    length: Option<Duration>,
    preview: Option<Vec<u8>>,
    first_picture_only: bool,
}

impl Underway {
    /// The last of it has come: answers what it is, made into what LINE takes. `preview` is a
    /// picture of it, for films.
    ///
    /// # Errors
    /// [`ServiceError::MediaType`] for what is broken, [`ServiceError::MediaTooLarge`],
    /// [`ServiceError::NoRoom`]. Then nothing of it is left.
    pub async fn finish(
        mut self,
        name: Option<&str>,
        preview: Option<Vec<u8>>,
    ) -> Result<Uploaded, ServiceError> {
        match whole(&mut self, name, preview).await {
            Ok(uploaded) => {
                self.settle();
                Ok(uploaded)
            }
            Err(error) => Err(self.give_up(error).await),
        }
    }
}

async fn whole(
    it: &mut Underway,
    name: Option<&str>,
    preview: Option<Vec<u8>>,
) -> Result<Uploaded, ServiceError> {
    if it.size == 0 {
        return Err(ServiceError::Validation("The file is empty.".into()));
    }
    let (form, found) = it.last_piece().await?;
    make(it, form, found, name, preview).await
}

/// Makes of what has come what LINE takes, and writes down what it is.
async fn make(
    it: &mut Underway,
    form: Form,
    found: Found,
    given: Option<&str>,
    preview: Option<Vec<u8>>,
) -> Result<Uploaded, ServiceError> {
    let given = given.and_then(|given| name::clean(given, is_directional));
    let made = match (form, found) {
        (Form::Picture(form), _) => drawn(it, form, given).await?,
        (_, Found::Broken) => return Err(ServiceError::MediaType(CUT_OFF)),
        (_, Found::Film(film)) if film.picture.is_some() => {
            filmed(it, film, given, preview).await?
        }
        (_, Found::Film(film)) if film.sound && !film.length.is_zero() => {
            sound(it, "audio/mp4", film.length, given, "audio.m4a")
        }
        (_, Found::Sound(length)) if !length.is_zero() => {
            sound(it, "audio/mpeg", length, given, "audio.mp3")
        }
        (_, Found::Film(_) | Found::Sound(_) | Found::Nothing) => linked(it, given)?,
    };
    finish(it, made).await
}

async fn drawn(
    it: &mut Underway,
    form: PictureForm,
    given: Option<String>,
) -> Result<Made, ServiceError> {
    it.hold(HELD_MS).await?;
    let turn = it.uploads.drawing.turn().await?;
    let bytes = all_pieces(it).await?;
    let drawn = turn.draw(move || picture::prepare(form, &bytes)).await;
    let Picture {
        content_type,
        bytes,
        width,
        height,
        preview,
        only_first,
    } = drawn.map_err(|error| refused(error, BROKEN))?;
    it.start_over().await?;
    let size = bytes.len() as u64;
    for piece in bytes.chunks(PIECE_BYTES) {
        it.store(piece.to_vec()).await?;
    }
    let ends: &[&str] = if content_type == "image/png" {
        &["png"]
    } else {
        &["jpg", "jpeg", "jfif"]
    };
    Ok(Made {
        kind: MessageKind::Image,
        content_type,
        size,
        name: name::with_end(&given.unwrap_or_else(|| "image".to_owned()), ends),
        sides: Some((width, height)),
        length: None,
        preview: Some(preview),
        first_picture_only: only_first,
    })
}

async fn filmed(
    it: &mut Underway,
    film: Film,
    given: Option<String>,
    preview: Option<Vec<u8>>,
) -> Result<Made, ServiceError> {
    let (across, down) = film.picture.unwrap_or_default();
    it.hold(HELD_MS).await?;
    let drawing = tokio::task::spawn_blocking(move || match preview {
        None => Ok(picture::neutral(across, down)),
        Some(bytes) => match Form::of(&bytes) {
            Form::Picture(form) => picture::preview(form, &bytes),
            Form::Mp4 | Form::Mp3 | Form::Other => Err(PictureError::Broken),
        },
    });
    let drawn = in_time(drawing).await;
    Ok(Made {
        kind: MessageKind::Video,
        content_type: "video/mp4",
        size: it.size,
        name: given.unwrap_or_else(|| "video.mp4".to_owned()),
        sides: Some((across, down)).filter(|(across, down)| across * down > 0),
        length: Some(film.length).filter(|length| !length.is_zero()),
        preview: Some(drawn.map_err(|error| refused(error, NO_PREVIEW))?),
        first_picture_only: false,
    })
}

fn sound(
    it: &Underway,
    content_type: &'static str,
    length: Duration,
    given: Option<String>,
    otherwise: &str,
) -> Made {
    Made {
        kind: MessageKind::Audio,
        content_type,
        size: it.size,
        name: given.unwrap_or_else(|| otherwise.to_owned()),
        sides: None,
        length: Some(length),
        preview: None,
        first_picture_only: false,
    }
}

fn linked(it: &Underway, given: Option<String>) -> Result<Made, ServiceError> {
    // It began like something of which more is taken.
    if it.size > Form::Other.largest() {
        return Err(too_large(Form::Other));
    }
    let name = given.unwrap_or_else(|| "file".to_owned());
    Ok(Made {
        kind: MessageKind::File,
        content_type: linked_type(&it.beginning, &name),
        size: it.size,
        name,
        sides: None,
        length: None,
        preview: None,
        first_picture_only: false,
    })
}

fn refused(error: PictureError, broken: &'static str) -> ServiceError {
    match error {
        PictureError::TooManyPixels => too_large(Form::Picture(PictureForm::Jpeg)),
        PictureError::Broken => ServiceError::MediaType(broken),
    }
}

async fn all_pieces(it: &Underway) -> Result<Vec<u8>, ServiceError> {
    let mut bytes = Vec::with_capacity(usize::try_from(it.size).unwrap_or(0));
    for number in 0.. {
        let mut reader = it.uploads.db.reader().await?;
        match reader.conn().media_piece(it.id, number).await? {
            Some(piece) => bytes.extend_from_slice(&piece),
            None => break,
        }
    }
    Ok(bytes)
}

/// Writes what it is; whether there is room is looked at once more, since others came meanwhile.
async fn finish(it: &Underway, made: Made) -> Result<Uploaded, ServiceError> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let ms = |length: Duration| u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
    let finished = Finished {
        kind: made.kind,
        content_type: made.content_type.to_owned(),
        size: number(made.size),
        name: made.name.clone(),
        width: made.sides.map(|(width, _)| i64::from(width)),
        height: made.sides.map(|(_, height)| i64::from(height)),
        duration_ms: made.length.map(ms).map(number),
        token: random_token(),
        preview: made.preview,
        ends_at: clock::now().plus_ms(DAY_MS),
    };
    let has_preview = finished.preview.is_some();
    let (id, most) = (it.id, it.uploads.storage.media_max_bytes);
    let finishing = it.uploads.db.write(move |mut conn| {
        Box::pin(async move { finish_within(&mut conn, id, &finished, most).await })
    });
    finishing.await.map_err(full_is_no_room)?;
    Ok(Uploaded {
        media_id: id,
        kind: made.kind,
        content_type: made.content_type.to_owned(),
        size: made.size,
        name: made.name,
        width: made.sides.map(|(width, _)| width),
        height: made.sides.map(|(_, height)| height),
        duration_ms: made.length.map(ms),
        url: format!("/media/{id}"),
        preview_url: has_preview.then(|| format!("/media/{id}/preview")),
        first_picture_only: made.first_picture_only,
    })
}

async fn finish_within(
    conn: &mut Conn<'_>,
    id: MediaId,
    finished: &Finished,
    most: u64,
) -> Result<(), ServiceError> {
    conn.lock_media(id).await?;
    let kept = conn.media_bytes().await?;
    if kept.saturating_add(finished.size.unsigned_abs()) > most {
        return Err(ServiceError::NoRoom);
    }
    let done: Result<bool, DbError> = conn.finish_upload(id, finished).await;
    done?.then_some(()).ok_or_else(has_ended)
}
