//! What is learnt of a file while it passes, a piece at a time.

use super::form::Form;
use super::mp3::Mp3;
use super::mp4::{Film, Mp4};
use std::time::Duration;

/// Looks at a file as it passes.
#[derive(Debug)]
pub enum Scan {
    /// At boxes.
    Mp4(Box<Mp4>),
    /// At frames.
    Mp3(Mp3),
    /// At nothing.
    Idle,
}

/// What was learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A film, or a sound in a film's boxes.
    Film(Film),
    /// A sound of this length.
    Sound(Duration),
    /// It begins like a film, and is none, or is cut off.
    Broken,
    /// Nothing.
    Nothing,
}

impl Scan {
    /// For a file of this form.
    pub fn of(form: Form) -> Self {
        match form {
            Form::Mp4 => Self::Mp4(Box::default()),
            Form::Mp3 => Self::Mp3(Mp3::default()),
            Form::Picture(_) | Form::Other => Self::Idle,
        }
    }

    /// Looks at what has come, and may change it; answers how many bytes are done with. The rest
    /// is wanted again, with more behind it: never more than some thousand bytes.
    pub fn run(&mut self, fresh: &mut [u8]) -> usize {
        match self {
            Self::Mp4(boxes) => boxes.run(fresh),
            Self::Mp3(frames) => frames.run(fresh),
            Self::Idle => fresh.len(),
        }
    }

    /// What it is; `rest` is what was never done with.
    pub fn finish(self, rest: &[u8]) -> Found {
        match self {
            Self::Mp4(boxes) => boxes.finish(rest).map_or(Found::Broken, Found::Film),
            Self::Mp3(frames) => frames.finish(rest).map_or(Found::Nothing, Found::Sound),
            Self::Idle => Found::Nothing,
        }
    }
}
