//! One's own picture: judged by its bytes, and made into what LINE shows beside messages.

use super::Auth;
use crate::db::{Conn, DbError};
use crate::media::Form;
use crate::media::form::PictureForm;
use crate::media::picture::{PictureError, square};
use crate::protocol::OperatorId;
use crate::protocol::account::{NewPicture, PICTURE_MAX};
use crate::protocol::fault::Reason;
use crate::secrets::random_token;
use crate::service::ServiceError;
use crate::service::error::Fault;

/// A picture that can be stored, or none at all.
pub(super) enum Portrait {
    /// This PNG, under a name that nobody guesses.
    Drawn { name: String, bytes: Vec<u8> },
    /// None any more.
    None,
}

impl Portrait {
    /// As the operator's row has it: empty for none.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Drawn { name, .. } => name,
            Self::None => "",
        }
    }

    /// Stores it, after the operator's row says that it is theirs, and removes the one before.
    pub(super) async fn store(
        &self,
        conn: &mut Conn<'_>,
        operator: OperatorId,
    ) -> Result<(), DbError> {
        let kept = match self {
            Self::Drawn { name, bytes } => {
                conn.insert_operator_picture(name, operator, bytes).await?;
                Some(name.as_str())
            }
            Self::None => None,
        };
        conn.delete_old_pictures(operator, kept).await
    }
}

impl Auth {
    /// What becomes of one's picture.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for what cannot be made a picture of; [`ServiceError::RateLimited`]
    /// while too many others are drawn.
    pub(super) async fn portrait(&self, new: NewPicture) -> Result<Portrait, ServiceError> {
        let bytes = match new {
            NewPicture::None => return Ok(Portrait::None),
            NewPicture::File(bytes) => bytes,
        };
        let form = drawable(&bytes)?;
        let turn = self.drawing.turn().await?;
        let drawn = turn.draw(move || square(form, &bytes)).await;
        Ok(Portrait::Drawn {
            name: random_token(),
            bytes: drawn.map_err(refused)?,
        })
    }
}

/// What a file is, if it is a picture of a kind and size that is taken.
fn drawable(bytes: &[u8]) -> Result<PictureForm, Fault> {
    if bytes.len() > PICTURE_MAX {
        return Err(too_large());
    }
    match Form::of(bytes) {
        Form::Picture(PictureForm::Tiff) | Form::Mp4 | Form::Mp3 | Form::Other => Err(broken()),
        Form::Picture(form) => Ok(form),
    }
}

fn refused(error: PictureError) -> Fault {
    match error {
        PictureError::TooManyPixels => too_large(),
        PictureError::Broken => broken(),
    }
}

fn too_large() -> Fault {
    let sentence = "The picture is too large: at most 5 MB and 100 megapixels are taken.";
    Fault::new("picture", Reason::TooLarge, sentence)
}

fn broken() -> Fault {
    let sentence = "The picture cannot be read: send JPEG, PNG, WebP, GIF or BMP.";
    Fault::new("picture", Reason::Malformed, sentence)
}
