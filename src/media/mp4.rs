//! What an MP4 holds and how long it lasts, read from its boxes as they pass; and with that what
//! it says of where and by whom it was made, taken out.

use std::time::Duration;

/// The most bytes that are looked at of a box that says something.
const LOOK: usize = 100;
/// More boxes within one another are no film.
const DEEPEST: usize = 8;

/// What an MP4 is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Film {
    /// Pixels across and down, as it is to be seen; of one that has pictures.
    pub picture: Option<(u32, u32)>,
    /// It has sound.
    pub sound: bool,
    /// How long it lasts; zero where it does not say.
    pub length: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Movie,
    Track,
    Media,
    Extends,
}

/// A box within which there are others.
#[derive(Clone, Copy, Debug)]
struct Open {
    kind: Kind,
    end: u64,
}

/// What is to be done with a box.
enum Use {
    Enter(Kind),
    Look(fn(&mut Mp4, &[u8])),
    Pass,
    Wipe,
}

/// What becomes of bytes that pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Passing {
    #[default]
    Kept,
    /// They say who and where.
    Wiped,
    /// They go on to the end of the file.
    Endless,
}

#[derive(Clone, Copy, Debug, Default)]
struct Track {
    handler: [u8; 4],
    size: (u32, u32),
}

/// Reads boxes as the bytes pass.
#[derive(Debug, Default)]
pub struct Mp4 {
    /// Bytes that have passed.
    at: u64,
    /// Bytes that are still to pass of a box.
    skip: u64,
    /// And what becomes of them.
    passing: Passing,
    open: Vec<Open>,
    track: Track,
    timescale: u32,
    film: Film,
    has_movie: bool,
    is_broken: bool,
}

impl Mp4 {
    /// Looks at what has come, and takes out of it what is nobody's business; answers how many
    /// bytes are done with. The rest is wanted again, with more behind it.
    pub fn run(&mut self, fresh: &mut [u8]) -> usize {
        let mut at = 0;
        while at < fresh.len() {
            let rest = &mut fresh[at..];
            let passed = if self.is_broken {
                rest.len()
            } else if self.skip > 0 {
                self.pass(rest)
            } else {
                match self.begin(rest) {
                    Some(passed) => passed,
                    None => break,
                }
            };
            at += passed;
            self.at += passed as u64;
            self.close();
        }
        at
    }

    fn pass(&mut self, rest: &mut [u8]) -> usize {
        let passed = usize::try_from(self.skip)
            .unwrap_or(usize::MAX)
            .min(rest.len());
        if self.passing == Passing::Wiped {
            rest[..passed].fill(0);
        }
        self.skip -= passed as u64;
        passed
    }

    /// Begins a box; answers how many of its bytes are done with, or nothing when more of it is
    /// needed.
    fn begin(&mut self, rest: &mut [u8]) -> Option<usize> {
        let word = u32::from_be_bytes(*rest.first_chunk::<4>()?);
        let name: [u8; 4] = *rest.get(4..)?.first_chunk::<4>()?;
        let (header, size) = match word {
            0 => (8, None),
            1 => (
                16,
                Some(u64::from_be_bytes(*rest.get(8..)?.first_chunk::<8>()?)),
            ),
            size => (8, Some(u64::from(size))),
        };
        let parent = self.open.last().map(|open| open.end);
        let end = match (size, parent) {
            (Some(size), _) => self.at.checked_add(size),
            // Only the last one of all may go on to the end.
            (None, None) => Some(u64::MAX),
            (None, Some(_)) => None,
        };
        let fits = end.filter(|end| {
            *end >= self.at + header as u64 && parent.is_none_or(|parent| *end <= parent)
        });
        let Some(end) = fits else {
            self.is_broken = true;
            return Some(rest.len());
        };
        let payload = end - self.at - header as u64;
        let used = self.used(name);
        match used {
            Use::Enter(kind) if self.open.len() < DEEPEST => {
                self.has_movie |= kind == Kind::Movie;
                if kind == Kind::Track {
                    self.track = Track::default();
                }
                self.open.push(Open { kind, end });
            }
            Use::Look(read) => {
                let wanted = usize::try_from(payload).unwrap_or(LOOK).min(LOOK);
                let looked = rest.get(header..header + wanted)?;
                read(self, looked);
                self.skip = payload;
            }
            Use::Wipe => {
                rest[4..8].copy_from_slice(b"free");
                (self.skip, self.passing) = (payload, Passing::Wiped);
            }
            Use::Enter(_) | Use::Pass => {
                if size.is_none() {
                    self.passing = Passing::Endless;
                }
                self.skip = payload;
            }
        }
        Some(header)
    }

    fn used(&self, name: [u8; 4]) -> Use {
        let within = self.open.last().map(|open| open.kind);
        match (within, &name) {
            (_, b"uuid") | (None | Some(Kind::Movie | Kind::Track), b"meta" | b"udta") => Use::Wipe,
            (None, b"moov") => Use::Enter(Kind::Movie),
            (Some(Kind::Movie), b"trak") => Use::Enter(Kind::Track),
            (Some(Kind::Movie), b"mvex") => Use::Enter(Kind::Extends),
            (Some(Kind::Track), b"mdia") => Use::Enter(Kind::Media),
            (Some(Kind::Movie), b"mvhd") => Use::Look(Self::movie_header),
            (Some(Kind::Extends), b"mehd") => Use::Look(Self::extended),
            (Some(Kind::Track), b"tkhd") => Use::Look(Self::track_header),
            (Some(Kind::Media), b"mdhd") => Use::Look(Self::media_header),
            (Some(Kind::Media), b"hdlr") => Use::Look(Self::handler),
            _ => Use::Pass,
        }
    }

    /// Closes what ends here.
    fn close(&mut self) {
        if self.skip > 0 {
            return;
        }
        self.passing = Passing::Kept;
        while let Some(open) = self.open.pop_if(|open| open.end <= self.at) {
            if open.kind == Kind::Track {
                match &self.track.handler {
                    b"vide" => self.film.picture = self.film.picture.or(Some(self.track.size)),
                    b"soun" => self.film.sound = true,
                    _ => {}
                }
            }
        }
    }

    fn movie_header(&mut self, body: &[u8]) {
        if let Some((timescale, length)) = times(body) {
            self.timescale = timescale;
            self.lasts(timescale, length);
        }
    }

    fn media_header(&mut self, body: &[u8]) {
        if let Some((timescale, length)) = times(body) {
            self.lasts(timescale, length);
        }
    }

    fn extended(&mut self, body: &[u8]) {
        let length = if body.first() == Some(&1) {
            number(body, 4, 8)
        } else {
            number(body, 4, 4)
        };
        self.lasts(self.timescale, length.unwrap_or(0));
    }

    fn handler(&mut self, body: &[u8]) {
        if let Some(kind) = body.get(8..12).and_then(|it| it.first_chunk::<4>()) {
            self.track.handler = *kind;
        }
    }

    fn track_header(&mut self, body: &[u8]) {
        let matrix = if body.first() == Some(&1) { 52 } else { 40 };
        // 16 bits before the point.
        let side = |at: usize| {
            number(body, at, 4).map_or(0, |side| u32::try_from(side >> 16).unwrap_or(0))
        };
        let (across, down) = (side(matrix + 36), side(matrix + 40));
        // Turned by a quarter.
        let is_turned =
            number(body, matrix, 4) == Some(0) && number(body, matrix + 16, 4) == Some(0);
        self.track.size = if is_turned {
            (down, across)
        } else {
            (across, down)
        };
    }

    fn lasts(&mut self, timescale: u32, length: u64) {
        if timescale > 0 {
            let micros = u128::from(length) * 1_000_000 / u128::from(timescale);
            let length = Duration::from_micros(u64::try_from(micros).unwrap_or(0));
            self.film.length = self.film.length.max(length);
        }
    }

    /// What it is; `None` for what is cut off or no film. `rest` is what was never done with.
    pub fn finish(self, rest: &[u8]) -> Option<Film> {
        let is_whole = (self.skip == 0 || self.passing == Passing::Endless) && self.open.is_empty();
        let is_sound = is_whole && rest.is_empty() && !self.is_broken && self.has_movie;
        is_sound.then_some(self.film)
    }
}

/// Ticks a second, and how many of them, of a movie's or a track's header.
fn times(body: &[u8]) -> Option<(u32, u64)> {
    let (timescale, length, unknown) = if *body.first()? == 1 {
        (number(body, 20, 4)?, number(body, 24, 8)?, u64::MAX)
    } else {
        let unknown = u64::from(u32::MAX);
        (number(body, 12, 4)?, number(body, 16, 4)?, unknown)
    };
    let length = if length == unknown { 0 } else { length };
    Some((u32::try_from(timescale).ok()?, length))
}

fn number(body: &[u8], at: usize, bytes: usize) -> Option<u64> {
    let found = body.get(at..at + bytes)?.iter();
    Some(found.fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
        let size = u32::try_from(8 + body.len()).expect("small");
        [&size.to_be_bytes()[..], name, body].concat()
    }

    fn header(timescale: u32, length: u32) -> Vec<u8> {
        let mut body = vec![0; 100];
        body[12..16].copy_from_slice(&timescale.to_be_bytes());
        body[16..20].copy_from_slice(&length.to_be_bytes());
        body
    }

    fn track(handler: &[u8], across: u16, down: u16, turned: bool) -> Vec<u8> {
        let mut head = vec![0; 84];
        if !turned {
            head[40..44].copy_from_slice(&0x1_0000_u32.to_be_bytes());
            head[56..60].copy_from_slice(&0x1_0000_u32.to_be_bytes());
        }
        head[76..78].copy_from_slice(&across.to_be_bytes());
        head[80..82].copy_from_slice(&down.to_be_bytes());
        let handler = [&[0; 8], handler, &[0; 13]].concat();
        let media = [boxed(b"mdhd", &header(48_000, 0)), boxed(b"hdlr", &handler)].concat();
        let place = boxed(b"\xa9xyz", b"\0\x12\x15\xc7+18.7883+098.9853/");
        let parts = [
            boxed(b"tkhd", &head),
            boxed(b"mdia", &media),
            boxed(b"udta", &place),
        ];
        boxed(b"trak", &parts.concat())
    }

    fn film(tracks: &[Vec<u8>], length: u32) -> Vec<u8> {
        let place = boxed(b"\xa9xyz", b"\0\x12\x15\xc7+18.7883+098.9853/");
        let movie = [
            boxed(b"mvhd", &header(1_000, length)),
            tracks.concat(),
            boxed(b"udta", &place),
            boxed(b"meta", b"location +18.7883+098.9853/"),
        ];
        [
            boxed(b"ftyp", b"isom\0\0\0\0isom"),
            boxed(b"moov", &movie.concat()),
            boxed(b"mdat", &[7; 5_000]),
        ]
        .concat()
    }

    fn read(bytes: &mut [u8], step: usize) -> Option<Film> {
        let mut reading = Mp4::default();
        let (mut done, mut come) = (0, 0);
        while come < bytes.len() {
            come = (come + step).min(bytes.len());
            done += reading.run(&mut bytes[done..come]);
        }
        reading.finish(&bytes[done..])
    }

    #[test]
    fn a_film_says_its_size_and_length_however_it_comes() {
        let picture = track(b"vide", 1280, 720, false);
        let bytes = film(&[picture, track(b"soun", 0, 0, false)], 30_500);
        for step in [1, 7, 100, 4_096, 100_000] {
            let found = read(&mut bytes.clone(), step).expect("a film");
            assert_eq!(found.picture, Some((1280, 720)), "by {step}");
            assert!(found.sound);
            assert_eq!(found.length, Duration::from_millis(30_500));
        }
        let turned = film(&[track(b"vide", 1280, 720, true)], 1);
        let found = read(&mut turned.clone(), 4_096).expect("a film");
        assert_eq!(found.picture, Some((720, 1280)));
    }

    #[test]
    fn where_it_was_made_is_gone_and_nothing_has_moved() {
        let before = film(&[track(b"vide", 64, 48, false)], 1_000);
        for step in [1, 13, 100_000] {
            let mut bytes = before.clone();
            read(&mut bytes, step).expect("a film");
            assert_eq!(bytes.len(), before.len());
            assert!(
                !bytes.windows(7).any(|part| part == b"18.7883"),
                "by {step}"
            );
            let kept = &bytes[bytes.len() - 5_008..];
            assert_eq!(kept, boxed(b"mdat", &[7; 5_000]));
            assert!(read(&mut bytes, 100_000).is_some(), "it is still a film");
        }
    }

    #[test]
    fn what_is_cut_off_or_does_not_add_up_is_no_film() {
        let whole = film(&[track(b"soun", 0, 0, false)], 2_000);
        for length in [0, 4, 20, 100, 300, whole.len() - 1] {
            assert_eq!(read(&mut whole[..length].to_vec(), 64), None, "{length}");
        }
        let mut trailing = whole.clone();
        trailing.extend_from_slice(b"abc");
        assert_eq!(read(&mut trailing, 64), None);
        let lying = boxed(b"moov", &[0, 0, 1, 0, b't', b'r', b'a', b'k']);
        assert_eq!(read(&mut lying.clone(), 64), None);
        let no_movie = [boxed(b"ftyp", b"isom\0\0\0\0"), boxed(b"mdat", &[0; 64])].concat();
        assert_eq!(read(&mut no_movie.clone(), 64), None);
        // A last box may leave its size open.
        let mut endless = whole;
        let mdat = endless.len() - 5_008;
        endless[mdat..mdat + 4].copy_from_slice(&[0; 4]);
        assert!(read(&mut endless, 64).is_some());
    }
}
