//! How large a picture is shown and which part of it: whole numbers of per cent and pixels.

/// A point or a size: across, down.
pub(super) type Pair = (i32, i32);

/// Where the buttons and keys stop.
const STEPS: [i32; 6] = [100, 150, 200, 300, 400, 500];
const SMALLEST: i32 = STEPS[0];
const LARGEST: i32 = STEPS[5];

/// What is seen of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Zoom {
    /// Per cent of the size at which the whole picture fits.
    pub percent: i32,
    /// How far the picture's middle is from the stage's.
    pub moved: Pair,
}

/// What a picture is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub stage: Pair,
    /// The picture's own size; none until it is there.
    pub picture: Pair,
}

impl Zoom {
    /// The whole picture.
    pub(super) const FIT: Self = Self {
        percent: SMALLEST,
        moved: (0, 0),
    };

    /// The step above, or below.
    pub(super) fn step(self, larger: bool) -> i32 {
        let mut steps = STEPS.into_iter();
        let next = if larger {
            steps.find(|step| *step > self.percent)
        } else {
            steps.rev().find(|step| *step < self.percent)
        };
        next.unwrap_or(self.percent)
    }

    /// At another size, with the part of the picture at `at` (from the stage's middle) where it is.
    pub(super) fn to(self, percent: i32, at: Pair, frame: Frame) -> Self {
        let percent = percent.clamp(SMALLEST, LARGEST);
        let along = |at: i32, moved: i32| at - (at - moved) * percent / self.percent;
        Self {
            percent,
            moved: (along(at.0, self.moved.0), along(at.1, self.moved.1)),
        }
        .kept(frame)
    }

    /// Drawn along by so many pixels.
    pub(super) fn drawn(self, by: Pair, frame: Frame) -> Self {
        Self {
            moved: (self.moved.0 + by.0, self.moved.1 + by.1),
            ..self
        }
        .kept(frame)
    }

    /// No further than the picture's edges.
    fn kept(self, frame: Frame) -> Self {
        let size = self.size(frame);
        let bound = |size: i32, stage: i32| ((size - stage) / 2).max(0);
        let (x, y) = (bound(size.0, frame.stage.0), bound(size.1, frame.stage.1));
        Self {
            moved: (self.moved.0.clamp(-x, x), self.moved.1.clamp(-y, y)),
            ..self
        }
    }

    /// The picture's size on the screen.
    fn size(self, frame: Frame) -> Pair {
        let fitted = frame.fitted();
        (fitted.0 * self.percent / 100, fitted.1 * self.percent / 100)
    }

    /// How far the stage's edges are within the picture, in per cent of it: top, right, bottom, left.
    pub(super) fn seen(self, frame: Frame) -> [i32; 4] {
        let size = self.size(frame);
        let inset = |size: i32, stage: i32, moved: i32| {
            let hidden = (size - stage).max(0) / 2;
            let share = |pixels: i32| pixels.clamp(0, size) * 100 / size.max(1);
            (share(hidden - moved), share(hidden + moved))
        };
        let (left, right) = inset(size.0, frame.stage.0, self.moved.0);
        let (top, bottom) = inset(size.1, frame.stage.1, self.moved.1);
        [top, right, bottom, left]
    }
}

impl Frame {
    /// The size at which the whole picture is seen; never above its own.
    fn fitted(self) -> Pair {
        let ((w, h), (stage_w, stage_h)) = (self.picture, self.stage);
        if w <= stage_w && h <= stage_h {
            (w, h)
        } else if i64::from(w) * i64::from(stage_h) > i64::from(h) * i64::from(stage_w) {
            (stage_w, scaled(h, stage_w, w))
        } else {
            (scaled(w, stage_h, h), stage_h)
        }
    }
}

/// `length * to / from`.
pub(super) fn scaled(length: i32, to: i32, from: i32) -> i32 {
    let exact = i64::from(length) * i64::from(to) / i64::from(from.max(1));
    i32::try_from(exact).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame {
        stage: (1_000, 600),
        picture: (4_000, 2_000),
    };

    #[test]
    fn steps_go_from_the_whole_picture_to_five_times() {
        let mut zoom = Zoom::FIT;
        let mut seen = Vec::new();
        for _ in 0..6 {
            seen.push(zoom.percent);
            zoom = zoom.to(zoom.step(true), (0, 0), FRAME);
        }
        assert_eq!(seen, STEPS);
        assert_eq!(zoom.to(9_999, (0, 0), FRAME).percent, 500);
        assert_eq!(zoom.to(250, (0, 0), FRAME).step(false), 200);
        assert_eq!(Zoom::FIT.step(false), 100);
    }

    #[test]
    fn what_is_under_the_finger_stays_there() {
        let at = (200, -100);
        let zoom = Zoom::FIT.to(300, at, FRAME);
        assert_eq!(zoom.moved, (-400, 200));
        assert_eq!(zoom.to(100, at, FRAME), Zoom::FIT);
    }

    #[test]
    fn a_picture_is_drawn_no_further_than_its_edge() {
        // Fitted it is 1,000 × 500.
        assert_eq!(Zoom::FIT.drawn((50, 50), FRAME), Zoom::FIT);
        let zoom = Zoom::FIT.to(200, (0, 0), FRAME);
        assert_eq!(zoom.drawn((9_999, -9_999), FRAME).moved, (500, -200));
    }

    #[test]
    fn the_map_shows_which_part_is_seen() {
        let zoom = Zoom::FIT.to(200, (0, 0), FRAME);
        assert_eq!(zoom.seen(FRAME), [20, 25, 20, 25]);
        assert_eq!(zoom.drawn((500, 0), FRAME).seen(FRAME), [20, 50, 20, 0]);
        assert_eq!(Zoom::FIT.seen(FRAME), [0, 0, 0, 0]);
    }

    #[test]
    fn a_small_picture_is_not_blown_up() {
        let frame = Frame {
            picture: (100, 50),
            ..FRAME
        };
        assert_eq!(frame.fitted(), (100, 50));
        assert_eq!(Frame::default().fitted(), (0, 0));
    }
}
