//! What of a room's events a connection that joins may see, and when.
//!
//! Joining subscribes first and reads second: while the snapshot is being read events wait, and
//! those that the snapshot already holds are then left out.

use super::Frame;
use super::outlet::QUEUE;

/// One connection's view of one room.
#[derive(Debug)]
pub(super) enum Gate {
    /// The snapshot is being read; events wait, with their `rev`.
    Loading(Vec<(Option<i64>, Frame)>),
    /// The snapshot was sent; events above its `rev` pass.
    Open {
        /// The snapshot's `rev`.
        above: i64,
    },
}

impl Gate {
    pub(super) fn loading() -> Self {
        Self::Loading(Vec::new())
    }

    /// The frame, if it may pass now.
    pub(super) fn pass(&mut self, rev: Option<i64>, frame: &Frame) -> Option<Frame> {
        match self {
            Self::Loading(waiting) => {
                // What finds no place leaves a hole in the `rev`s, which the client asks about.
                if waiting.len() < QUEUE / 2 {
                    waiting.push((rev, frame.clone()));
                }
                None
            }
            Self::Open { above } => rev.is_none_or(|rev| rev > *above).then(|| frame.clone()),
        }
    }

    /// Opens after a snapshot at `rev`; answers what waited and is newer.
    pub(super) fn open(&mut self, rev: i64) -> Vec<Frame> {
        let waited = match std::mem::replace(self, Self::Open { above: rev }) {
            Self::Loading(waiting) => waiting,
            Self::Open { .. } => Vec::new(),
        };
        waited
            .into_iter()
            .filter(|(event, _)| event.is_none_or(|event| event > rev))
            .map(|(_, frame)| frame)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_snapshot_holds_is_not_sent_again() {
        let mut gate = Gate::loading();
        for rev in [4, 5, 6] {
            assert_eq!(
                gate.pass(Some(rev), &Frame::from(rev.to_string().as_str())),
                None
            );
        }
        assert_eq!(gate.open(5), vec![Frame::from("6")]);
        assert_eq!(gate.pass(Some(5), &Frame::from("5")), None);
        assert_eq!(
            gate.pass(Some(7), &Frame::from("7")),
            Some(Frame::from("7"))
        );
        assert_eq!(
            gate.pass(None, &Frame::from("typing")),
            Some(Frame::from("typing"))
        );
    }

    #[test]
    fn what_waits_for_a_snapshot_is_bounded_and_the_hole_shows() {
        let mut gate = Gate::loading();
        let frame = |rev: i64| Frame::from(rev.to_string().as_str());
        for rev in 1..=1_000 {
            assert_eq!(gate.pass(Some(rev), &frame(rev)), None);
        }
        let kept: Vec<_> = (1..).take(QUEUE / 2).map(frame).collect();
        assert_eq!(gate.open(0), kept);
        // The next one shows the client the hole before it.
        assert_eq!(gate.pass(Some(1_001), &frame(1_001)), Some(frame(1_001)));
    }
}
