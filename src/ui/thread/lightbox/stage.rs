//! The picture on its stage: drawn and pinched by fingers, turned by the wheel.

use leptos::ev::{PointerEvent, WheelEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::zoom::{Frame, Pair, Zoom, scaled};
use crate::ui::live::view;

/// Further than so many pixels is a movement and no tap.
const TAP_PX: i32 = 10;
/// So far across is a wish for the next picture.
const SWIPE_PX: i32 = 50;
/// Two taps within this are one gesture, in milliseconds.
const DOUBLE_TAP_MS: i32 = 350;
/// What a double tap makes of a picture that fits.
const DOUBLE_TAP_PERCENT: i32 = 250;

/// A picture's stage.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    /// What is seen of which.
    pub seen: RwSignal<(Zoom, Frame)>,
    node: NodeRef<html::Div>,
    hand: StoredValue<Hand>,
}

/// What the fingers do.
#[derive(Default)]
struct Hand {
    /// Those on the stage, at most two: which, and where it is from the stage's middle.
    fingers: Vec<(i32, Pair)>,
    /// Where the first of them came down, unless there were two since.
    begun: Option<Pair>,
    /// How far two were apart when the second came, and how large the picture was.
    pinch: Option<(i32, i32)>,
    /// When and where the last tap was.
    tapped: Option<(i32, Pair)>,
}

impl Stage {
    /// With the whole picture.
    pub(super) fn new() -> Self {
        Self {
            seen: RwSignal::new((Zoom::FIT, Frame::default())),
            node: NodeRef::new(),
            hand: StoredValue::new(Hand::default()),
        }
    }

    /// Begins with another picture, whole.
    pub(super) fn begin(self) {
        self.seen.update(|(zoom, frame)| {
            *zoom = Zoom::FIT;
            frame.picture = (0, 0);
        });
    }

    /// What is seen now, without tracking.
    pub(super) fn zoom_untracked(self) -> Zoom {
        self.seen.get_untracked().0
    }

    /// Makes the picture this large, from its middle.
    pub(super) fn zoom_to(self, percent: i32) {
        self.zoom_at(percent, (0, 0));
    }

    fn zoom_at(self, percent: i32, at: Pair) {
        self.measure();
        self.seen
            .update(|(zoom, frame)| *zoom = zoom.to(percent, at, *frame));
    }

    /// The size of the stage as it is now.
    fn measure(self) {
        let Some(node) = self.node.get_untracked() else {
            return;
        };
        let stage = (node.client_width(), node.client_height());
        if self.seen.get_untracked().1.stage != stage {
            self.seen.update(|(_, frame)| frame.stage = stage);
        }
    }

    /// Where an event is, from the stage's middle.
    fn place(self, x: i32, y: i32) -> Pair {
        let Some(node) = self.node.get_untracked() else {
            return (0, 0);
        };
        let edge = node.get_bounding_client_rect();
        let middle = |from: f64, length: i32| whole(from) + length / 2;
        (
            x - middle(edge.left(), node.client_width()),
            y - middle(edge.top(), node.client_height()),
        )
    }

    fn finger_down(self, event: &PointerEvent) {
        if event.button() > 0 {
            return;
        }
        let at = self.place(event.client_x(), event.client_y());
        if let Some(node) = self.node.get_untracked() {
            // Refused for a finger that is gone already.
            let _ = node.set_pointer_capture(event.pointer_id());
        }
        let percent = self.zoom_untracked().percent;
        self.hand.update_value(|hand| {
            hand.fingers.truncate(1);
            hand.fingers.retain(|(id, _)| *id != event.pointer_id());
            hand.fingers.push((event.pointer_id(), at));
            hand.begun = (hand.fingers.len() == 1).then_some(at);
            hand.pinch = match hand.fingers.as_slice() {
                [(_, one), (_, other)] => Some((distance(*one, *other), percent)),
                _ => None,
            };
        });
    }

    fn finger_moved(self, event: &PointerEvent) {
        let at = self.place(event.client_x(), event.client_y());
        let mut drawn = (0, 0);
        let mut pinched = None;
        self.hand.update_value(|hand| {
            let finger = hand.fingers.iter_mut();
            let mut finger = finger.filter(|(id, _)| *id == event.pointer_id());
            let Some((_, before)) = finger.next() else {
                return;
            };
            drawn = (at.0 - before.0, at.1 - before.1);
            *before = at;
            if let ([(_, one), (_, other)], Some((apart, percent))) =
                (hand.fingers.as_slice(), hand.pinch)
            {
                drawn = (drawn.0 / 2, drawn.1 / 2);
                let middle = (i32::midpoint(one.0, other.0), i32::midpoint(one.1, other.1));
                pinched = Some((scaled(percent, distance(*one, *other), apart), middle));
            }
        });
        if let Some((percent, middle)) = pinched {
            self.zoom_at(percent, middle);
        }
        if drawn != (0, 0) && self.zoom_untracked() != Zoom::FIT {
            self.measure();
            self.seen
                .update(|(zoom, frame)| *zoom = zoom.drawn(drawn, *frame));
        }
    }

    /// A finger has left; says by how many pictures it swiped.
    fn finger_up(self, event: &PointerEvent) -> isize {
        let at = self.place(event.client_x(), event.client_y());
        let now = whole(event.time_stamp());
        let fits = self.zoom_untracked() == Zoom::FIT;
        let (mut step, mut tapped_twice) = (0, false);
        self.hand.update_value(|hand| {
            hand.fingers.retain(|(id, _)| *id != event.pointer_id());
            hand.pinch = None;
            let Some(begun) = hand.begun.take() else {
                return;
            };
            let (x, y) = (at.0 - begun.0, at.1 - begun.1);
            if x.abs().max(y.abs()) < TAP_PX {
                let before = hand.tapped.replace((now, at));
                tapped_twice = before.is_some_and(|(then, there)| {
                    now - then < DOUBLE_TAP_MS && distance(there, at) < 3 * TAP_PX
                });
                if tapped_twice {
                    hand.tapped = None;
                }
            } else if fits && x.abs() > SWIPE_PX && x.abs() > 2 * y.abs() {
                step = if x < 0 { 1 } else { -1 };
            }
        });
        if tapped_twice {
            let percent = if fits { DOUBLE_TAP_PERCENT } else { 100 };
            self.zoom_at(percent, at);
        }
        step
    }

    fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let at = self.place(event.client_x(), event.client_y());
        let percent = self.zoom_untracked().percent;
        let percent = if event.delta_y() < 0.0 {
            percent * 5 / 4
        } else {
            percent * 4 / 5
        };
        self.zoom_at(percent, at);
    }
}

/// The stage with the picture; `step` goes to another one.
pub(super) fn stage_view(
    stage: Stage,
    source: Signal<String>,
    alt: &'static str,
    step: Box<dyn Fn(isize)>,
) -> AnyView {
    let style = move || {
        let (zoom, _) = stage.seen.get();
        let (x, y) = zoom.moved;
        format!("translate:{x}px {y}px;scale:{}%", zoom.percent)
    };
    view! {
        <div
            node_ref=stage.node
            class="lightbox__picture"
            data-zoomed=move || (stage.seen.get().0 != Zoom::FIT).then_some("")
            on:pointerdown=move |event| stage.finger_down(&event)
            on:pointermove=move |event| stage.finger_moved(&event)
            on:pointerup=move |event| {
                let by = stage.finger_up(&event);
                if by != 0 {
                    step(by);
                }
            }
            on:pointercancel=move |_| stage.hand.set_value(Hand::default())
            on:wheel=move |event| stage.wheel(&event)
        >
            <img
                src=move || source.get()
                alt=alt
                style=style
                draggable="false"
                on:load=move |event| {
                    let image = event.target().and_then(|image| image.dyn_into::<web_sys::HtmlImageElement>().ok());
                    if let Some(image) = image {
                        let size = (image.natural_width(), image.natural_height());
                        let whole = |length: u32| i32::try_from(length).unwrap_or(i32::MAX);
                        stage.measure();
                        stage.seen.update(|(_, frame)| frame.picture = (whole(size.0), whole(size.1)));
                    }
                }
            />
        </div>
    }
}

fn distance(one: Pair, other: Pair) -> i32 {
    let (x, y) = (f64::from(one.0 - other.0), f64::from(one.1 - other.1));
    whole((x * x + y * y).sqrt())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "pixels, and milliseconds of one page"
)]
fn whole(number: f64) -> i32 {
    number as i32
}
