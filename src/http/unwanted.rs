//! What is still sent of a body that nobody wants: a browser that is sending sees an answer only when
//! it has sent all of it, and else a connection that breaks.

use std::time::Duration;

use axum::body::Bytes;
use futures_util::{Stream, StreamExt as _};

/// For no longer is it read.
const LONGEST: Duration = Duration::from_mins(1);

/// Reads the rest of a body, at most so many bytes, and throws it away. Who is then still not through
/// sees a connection that ends.
pub(super) async fn throw_away(
    mut rest: impl Stream<Item = Result<Bytes, axum::Error>> + Unpin,
    most: u64,
) {
    let throwing = async {
        let mut left = most;
        while let Some(Ok(bytes)) = rest.next().await {
            left = left.saturating_sub(bytes.len() as u64);
            if left == 0 {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(LONGEST, throwing).await;
}
