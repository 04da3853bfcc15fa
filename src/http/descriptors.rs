//! Open files: each connection is one, and the system's usual limit is for programs with few.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What else has files open: the store, calls to LINE, this process itself.
const RESERVE: u64 = 96;

/// Most connections, however many files there may be: some 10 KiB of memory each.
const MOST: u64 = 50_000;

/// Raises the soft limit to the hard one; answers how many connections there may be.
pub(crate) fn raise() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    if limit.current != limit.maximum
        && let Err(error) = setrlimit(Resource::Nofile, raised)
    {
        tracing::warn!(%error, "the limit of open files stays as it was");
    }
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let connections = connections(files);
    tracing::info!(files, connections, "open files, and connections at most");
    connections
}

/// How many connections so many files leave room for.
fn connections(files: u64) -> usize {
    let room = files.saturating_sub(RESERVE).max(files / 2).min(MOST);
    usize::try_from(room).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_the_rest() {
        assert_eq!(connections(100), 50);
        assert_eq!(connections(256), 160);
        assert_eq!(connections(1_024), 928);
        assert_eq!(connections(u64::MAX), 50_000);
    }
}
