//! Drawing pictures: one at a time, on threads that may be blocked, and not for ever.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;

use super::ServiceError;
use crate::media::picture::PictureError;

/// How long drawing one picture, and waiting for others to be drawn, may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// When to ask again while many are drawn.
const RETRY_AFTER_MS: u64 = 5_000;

/// The turn to draw, which all share: one picture may take hundreds of megabytes.
#[derive(Clone)]
pub(super) struct Drawing(Arc<Semaphore>);

/// A turn.
pub(super) struct DrawingTurn(OwnedSemaphorePermit);

impl Default for Drawing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl Drawing {
    /// Waits for a turn.
    ///
    /// # Errors
    /// [`ServiceError::RateLimited`] while too many others wait.
    pub(super) async fn turn(&self) -> Result<DrawingTurn, ServiceError> {
        let permit = self.0.clone().acquire_owned();
        match tokio::time::timeout(PATIENCE, permit).await {
            Ok(Ok(permit)) => Ok(DrawingTurn(permit)),
            Ok(Err(_)) | Err(_) => Err(ServiceError::RateLimited {
                retry_after_ms: RETRY_AFTER_MS,
            }),
        }
    }
}

impl DrawingTurn {
    /// Draws, and ends the turn when the memory is given back, whoever still waits for it.
    ///
    /// # Errors
    /// What drawing says.
    pub(super) async fn draw<T: Send + 'static>(
        self,
        how: impl FnOnce() -> Result<T, PictureError> + Send + 'static,
    ) -> Result<T, PictureError> {
        let Self(permit) = self;
        in_time(tokio::task::spawn_blocking(move || {
            let _permit = permit;
            how()
        }))
        .await
    }
}

/// What a blocking thread comes to, unless that takes too long or it panics.
pub(super) async fn in_time<T>(
    drawing: JoinHandle<Result<T, PictureError>>,
) -> Result<T, PictureError> {
    match tokio::time::timeout(PATIENCE, drawing).await {
        Ok(Ok(drawn)) => drawn,
        Ok(Err(error)) => {
            tracing::error!(is_panic = error.is_panic(), "drawing a picture broke off");
            Err(PictureError::Broken)
        }
        Err(_) => Err(PictureError::TooManyPixels),
    }
}
