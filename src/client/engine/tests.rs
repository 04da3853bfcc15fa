//! The engine's decisions, one situation a test, on a clock that only the test moves.

use super::*;
use crate::client::fixtures::{conversation, draft, line, operator, own_line, room};
use crate::client::outbox::{Item, ItemState, OutboxChange, QueueFull};
use crate::protocol::{
    ClientEvent, Command, ConnectionId, ErrorCode, ErrorPayload, Message, ServerEvent, ServerFrame,
    Timestamp,
};

/// An engine with its clock, and all that came out of it.
struct Bench {
    engine: Engine,
    now: i64,
    out: Vec<Output>,
}

impl Bench {
    fn new() -> Self {
        Self {
            engine: Engine::new(1),
            now: 0,
            out: Vec::new(),
        }
    }

    /// A bench with a connection, and with conversation U1 open, joined and known up to 10.
    fn connected() -> Self {
        let mut bench = Self::new();
        bench.input(Input::Open {
            room: Some(room("U1")),
            known: Some(10),
        });
        bench.input(Input::Start { queue: Vec::new() });
        bench.connect();
        let join = bench.joins().pop().expect("asks to join");
        bench.answer_join(&join.0, "U1", 10, vec![]);
        bench.out.clear();
        bench
    }

    fn input(&mut self, input: Input) {
        let out = self.engine.handle(self.now, input);
        self.out.extend(out);
    }

    fn connect(&mut self) {
        self.input(Input::TokenReady {
            token: "t".to_owned(),
            expires_in_ms: 600_000,
        });
        self.input(Input::Opened(self.engine.attempt));
        self.server(
            None,
            ServerEvent::AuthSuccess {
                operator: operator(7, "Mali"),
                connection_id: ConnectionId(uuid::Uuid::nil()),
                heartbeat_ms: 25_000,
                presence: Vec::new(),
                degraded: Vec::new(),
            },
        );
    }

    fn server(&mut self, reference: Option<&str>, event: ServerEvent) {
        let frame = ServerFrame {
            event,
            reference: reference.map(str::to_owned),
            ts: Timestamp(self.now),
        };
        self.input(Input::Frame(self.engine.attempt, Box::new(frame)));
    }

    fn answer_join(&mut self, reference: &str, name: &str, rev: i64, messages: Vec<Message>) {
        self.server(
            Some(reference),
            ServerEvent::ConversationUpdate {
                room: room(name),
                rev,
                conversation: Box::new(conversation(&room(name), rev)),
                messages: Some(messages),
                complete: Some(true),
                viewers: None,
                older: None,
            },
        );
    }

    fn new_message(&mut self, rev: i64) {
        let message = line(u128::try_from(rev).expect("positive"), rev);
        let room = room("U1");
        self.server(None, ServerEvent::NewMessage { room, rev, message });
    }

    fn close(&mut self, code: u16) {
        self.input(Input::Closed(self.engine.attempt, code));
    }

    /// Lets time pass, ticking when the engine wants it.
    fn pass(&mut self, ms: i64) {
        let end = self.now + ms;
        while let Some(deadline) = self.engine.deadline().filter(|at| *at <= end) {
            self.now = deadline.max(self.now + 1);
            self.input(Input::Tick);
        }
        self.now = end;
    }

    fn sent(&self) -> Vec<ClientEvent> {
        let frames = self.out.iter().filter_map(|output| match output {
            Output::Send(frame) => Some(frame.event.clone()),
            _ => None,
        });
        frames.collect()
    }

    /// The joins asked for: reference, conversation, after.
    fn joins(&self) -> Vec<(String, Room, Option<i64>)> {
        let frames = self.out.iter().filter_map(|output| match output {
            Output::Send(frame) => match &frame.event {
                ClientEvent::JoinRoom { room, after_rev } => {
                    let reference = frame.reference.clone().expect("joins carry a ref");
                    Some((reference, room.clone(), *after_rev))
                }
                _ => None,
            },
            _ => None,
        });
        frames.collect()
    }

    fn count(&self, wanted: impl Fn(&Output) -> bool) -> usize {
        self.out.iter().filter(|output| wanted(output)).count()
    }

    fn waits_until(&self) -> i64 {
        match self.engine.state() {
            LinkState::Reconnecting { at } => at,
            state => panic!("not waiting but {state:?}"),
        }
    }
}

#[test]
fn a_connection_begins_with_token_socket_and_auth() {
    let mut bench = Bench::new();
    bench.input(Input::Start { queue: Vec::new() });
    assert!(bench.out.contains(&Output::FetchToken));
    assert_eq!(bench.engine.state(), LinkState::Connecting);
    bench.connect();
    let first = bench.sent().remove(0);
    let token = Some("t".to_owned());
    assert_eq!(first, ClientEvent::Auth { token });
    assert_eq!(
        bench.engine.state(),
        LinkState::Connected { resumed: false }
    );
}

#[test]
fn after_a_cut_conversations_are_joined_before_the_queue_moves() {
    let mut bench = Bench::connected();
    bench.close(1006);
    bench
        .engine
        .send(bench.now, draft(&room("U1"), 1), None)
        .expect("space");
    bench.pass(1_000);
    bench.connect();
    let joins = bench.joins();
    assert_eq!((&joins[0].1, joins[0].2), (&room("U1"), Some(10)));
    let is_message =
        |event: &ClientEvent| matches!(event, ClientEvent::Command(Command::SendMessage(_)));
    assert!(!bench.sent().iter().any(is_message));
    bench.answer_join(&joins[0].0, "U1", 12, vec![line(11, 11), line(12, 12)]);
    assert!(bench.sent().iter().any(is_message));
    assert_eq!(bench.engine.known_rev(&room("U1")), Some(12));
}

#[test]
fn a_message_whose_answer_was_lost_is_not_sent_again_once_it_shows() {
    let mut bench = Bench::connected();
    let message = draft(&room("U1"), 1);
    bench
        .engine
        .send(bench.now, message.clone(), None)
        .expect("space");
    bench.close(1006);
    bench.pass(1_000);
    bench.connect();
    let joins = bench.joins();
    bench.out.clear();
    bench.answer_join(&joins[0].0, "U1", 11, vec![own_line(11, 11, &message)]);
    assert!(bench.sent().is_empty());
    assert_eq!(bench.engine.outbox().waiting(), 0);
}

#[test]
fn a_hole_is_asked_for_at_once_and_only_once() {
    let mut bench = Bench::connected();
    bench.new_message(12);
    bench.new_message(13);
    assert_eq!(bench.joins().len(), 1);
    assert_eq!(bench.joins()[0].2, Some(10));
    assert_eq!(bench.engine.known_rev(&room("U1")), Some(10));
    let reference = bench.joins()[0].0.clone();
    bench.answer_join(&reference, "U1", 12, vec![line(11, 11), line(12, 12)]);
    assert_eq!(bench.engine.known_rev(&room("U1")), Some(13));
}

#[test]
fn a_lost_last_event_shows_at_the_heartbeat() {
    let mut bench = Bench::connected();
    bench.server(
        None,
        ServerEvent::Pong {
            revs: [(room("U1"), 11)].into(),
            degraded: Vec::new(),
        },
    );
    assert!(bench.joins().is_empty());
    bench.pass(2_000);
    assert_eq!(bench.joins().len(), 1);
}

fn update(rev: i64, complete: Option<bool>) -> ServerEvent {
    ServerEvent::ConversationUpdate {
        room: room("U1"),
        rev,
        conversation: Box::new(conversation(&room("U1"), rev)),
        messages: None,
        complete,
        viewers: None,
        older: None,
    }
}

#[test]
fn an_update_that_is_all_of_its_change_is_not_asked_about() {
    let mut bench = Bench::connected();
    bench.server(None, update(11, Some(true)));
    assert_eq!(bench.engine.known_rev(&room("U1")), Some(11));
    bench.pass(10_000);
    assert!(bench.joins().is_empty());
}

#[test]
fn an_update_whose_line_does_not_come_is_asked_about() {
    let mut bench = Bench::connected();
    bench.server(None, update(11, None));
    bench.pass(10_000);
    assert_eq!(bench.joins().len(), 1);
}

#[test]
fn a_complete_update_shows_a_hole_before_it() {
    let mut bench = Bench::connected();
    bench.server(None, update(12, Some(true)));
    assert_eq!(bench.joins().len(), 1);
}

#[test]
fn an_update_before_its_line_is_not_a_hole() {
    let mut bench = Bench::connected();
    bench.server(None, update(11, None));
    bench.new_message(11);
    bench.pass(10_000);
    assert!(bench.joins().is_empty());
}

#[test]
fn a_silent_connection_is_given_up_after_two_and_a_half_heartbeats() {
    let mut bench = Bench::connected();
    bench.pass(62_000);
    assert_eq!(bench.count(|o| matches!(o, Output::Disconnect(_))), 0);
    bench.pass(600);
    assert_eq!(bench.count(|o| matches!(o, Output::Disconnect(_))), 1);
}

#[test]
fn a_tab_that_comes_back_asks_and_does_not_wait_long() {
    let mut bench = Bench::connected();
    bench.now += 3_600_000;
    bench.input(Input::Visible);
    assert!(bench.sent().contains(&ClientEvent::Ping {}));
    assert_eq!(bench.count(|o| matches!(o, Output::Disconnect(_))), 0);
    bench.pass(5_000);
    assert_eq!(bench.count(|o| matches!(o, Output::Disconnect(_))), 1);
}

#[test]
fn an_answer_from_before_the_network_went_does_not_count_for_long() {
    let mut bench = Bench::connected();
    bench.input(Input::Offline);
    bench.new_message(11);
    bench.pass(7_000);
    assert_eq!(bench.count(|o| matches!(o, Output::Disconnect(_))), 1);
    assert_eq!(bench.engine.state(), LinkState::Offline);
}

#[test]
fn online_and_visible_end_the_wait() {
    for input in [Input::Online, Input::Visible, Input::ReconnectNow] {
        let mut bench = Bench::connected();
        bench.close(1006);
        assert!(bench.waits_until() >= bench.now);
        bench.out.clear();
        bench.input(input);
        assert!(bench.out.contains(&Output::FetchToken));
    }
}

#[test]
fn attempts_go_on_for_ever_with_growing_pauses() {
    let mut bench = Bench::new();
    bench.input(Input::Start { queue: Vec::new() });
    let mut longest = 0;
    for _ in 0..200 {
        bench.input(Input::TokenFailed { signed_out: false });
        let at = bench.waits_until();
        longest = longest.max(at - bench.now);
        bench.pass(at - bench.now);
        assert_eq!(bench.engine.state(), LinkState::Connecting);
    }
    assert!((20_000..=30_000).contains(&longest), "{longest}");
}

#[test]
fn a_restarting_server_and_a_slow_reader_are_back_within_a_second() {
    for code in [1001, 4429] {
        let mut bench = Bench::connected();
        bench.close(code);
        assert!(bench.waits_until() - bench.now <= 1_000);
    }
}

#[test]
fn a_disabled_operator_is_signed_out() {
    let mut bench = Bench::connected();
    bench.close(4403);
    assert_eq!(bench.engine.state(), LinkState::SignedOut);
    bench.out.clear();
    bench.input(Input::Visible);
    bench.pass(600_000);
    assert!(bench.out.is_empty());
}

#[test]
fn the_token_is_fetched_anew_before_its_end() {
    let mut bench = Bench::connected();
    while bench.now < 539_000 {
        bench.pass(20_000);
        bench.server(
            None,
            ServerEvent::Pong {
                revs: [(room("U1"), 10)].into(),
                degraded: Vec::new(),
            },
        );
    }
    assert!(bench.out.contains(&Output::FetchToken));
}

#[test]
fn blocked_sockets_lead_to_polling_and_sending_over_http() {
    let mut bench = Bench::connected();
    bench
        .engine
        .send(bench.now, draft(&room("U1"), 1), None)
        .expect("space");
    bench.close(1006);
    for _ in 0..3 {
        bench.input(Input::ReconnectNow);
        bench.input(Input::TokenReady {
            token: "t".to_owned(),
            expires_in_ms: 600_000,
        });
        bench.close(1006);
    }
    assert_eq!(bench.engine.state(), LinkState::Polling);
    assert_eq!(
        bench.count(|o| matches!(o, Output::Call(Command::SendMessage(_)))),
        1
    );
    bench.out.clear();
    bench.input(Input::Posted(
        draft(&room("U1"), 1).client_id,
        Posted::Stored {
            rev: 11,
            message: Box::new(own_line(11, 11, &draft(&room("U1"), 1))),
        },
    ));
    assert_eq!(bench.engine.outbox().waiting(), 0);
    assert_eq!(bench.engine.known_rev(&room("U1")), Some(11));
    bench.pass(21_000);
    assert!(bench.count(|o| matches!(o, Output::PollThread { .. })) >= 1);
}

#[test]
fn lists_are_refreshed_every_thirty_and_every_five_seconds() {
    let mut bench = Bench::connected();
    let answer = |bench: &mut Bench| {
        bench.input(Input::Listed(Some(Vec::new())));
        bench.out.clear();
    };
    answer(&mut bench);
    bench.pass(29_000);
    assert_eq!(bench.count(|o| *o == Output::RefreshList), 0);
    bench.pass(1_000);
    assert_eq!(bench.count(|o| *o == Output::RefreshList), 1);
    bench.close(1006);
    answer(&mut bench);
    bench.pass(5_000);
    assert_eq!(bench.count(|o| *o == Output::RefreshList), 1);
}

#[test]
fn refusals_reach_the_message_or_the_command_that_they_are_about() {
    let mut bench = Bench::connected();
    let message = draft(&room("U1"), 1);
    bench
        .engine
        .send(bench.now, message.clone(), None)
        .expect("space");
    let mut why = ErrorPayload::new(ErrorCode::NotClaimed, "no");
    why.client_id = Some(message.client_id);
    bench.server(None, ServerEvent::Error(why.clone()));
    let refused = |output: &Output| matches!(output, Output::Outbox(OutboxChange::Put(item)) if item.state == ItemState::Refused(why.clone()));
    assert_eq!(bench.count(refused), 1);
    bench.out.clear();
    bench.input(Input::Command(Command::ClaimSession { room: room("U1") }));
    let reference = bench.out.iter().find_map(|output| match output {
        Output::Send(frame) => frame.reference.clone(),
        _ => None,
    });
    let why = ErrorPayload::new(ErrorCode::AlreadyClaimed, "taken");
    bench.server(reference.as_deref(), ServerEvent::Error(why.clone()));
    assert!(bench.out.contains(&Output::Refused {
        command: Command::ClaimSession { room: room("U1") },
        error: why,
    }));
}

#[test]
fn a_command_that_lost_its_connection_is_told_of() {
    let mut bench = Bench::connected();
    bench.input(Input::Command(Command::ClaimSession { room: room("U1") }));
    bench.close(1006);
    assert_eq!(bench.count(|o| matches!(o, Output::Unanswered { .. })), 1);
    bench.out.clear();
    bench.input(Input::Command(Command::ClaimSession { room: room("U1") }));
    assert_eq!(bench.count(|o| matches!(o, Output::Call(_))), 1);
}

impl Bench {
    /// The typing told so far: true for `typing_start`.
    fn typing(&self) -> Vec<bool> {
        let sent = self.sent().into_iter();
        sent.filter_map(|event| match event {
            ClientEvent::TypingStart { .. } => Some(true),
            ClientEvent::TypingStop { .. } => Some(false),
            _ => None,
        })
        .collect()
    }

    /// Types a key every 100 ms.
    fn type_for(&mut self, ms: i64) {
        for _ in 0..ms / 100 {
            self.input(Input::Typing(room("U1"), true));
            self.pass(100);
        }
    }
}

#[test]
fn typing_is_told_once_in_four_seconds() {
    let mut bench = Bench::connected();
    bench.type_for(4_000);
    assert_eq!(bench.typing(), [true]);
    bench.type_for(100);
    assert_eq!(bench.typing(), [true, true]);
    bench.type_for(8_000);
    assert_eq!(bench.typing(), [true; 4]);
}

#[test]
fn a_rest_of_four_seconds_ends_the_typing() {
    let mut bench = Bench::connected();
    bench.type_for(100);
    bench.pass(3_899);
    assert_eq!(bench.typing(), [true]);
    bench.pass(1);
    assert_eq!(bench.typing(), [true, false]);
    bench.pass(20_000);
    assert_eq!(bench.typing(), [true, false]);
    bench.type_for(100);
    assert_eq!(bench.typing(), [true, false, true]);
}

#[test]
fn leaving_the_field_ends_the_typing_at_once_and_once() {
    let mut bench = Bench::connected();
    bench.input(Input::Typing(room("U1"), false));
    assert!(bench.typing().is_empty());
    bench.type_for(100);
    bench.input(Input::Typing(room("U1"), false));
    bench.input(Input::Typing(room("U1"), false));
    bench.pass(10_000);
    assert_eq!(bench.typing(), [true, false]);
}

#[test]
fn sending_ends_the_typing_before_the_message() {
    let mut bench = Bench::connected();
    bench.type_for(100);
    let message = draft(&room("U1"), 1);
    let sent = bench.engine.send(bench.now, message, None).expect("space");
    bench.out.extend(sent);
    bench.pass(8_000);
    assert_eq!(bench.typing(), [true, false]);
    let said = bench.sent();
    let place = |wanted: fn(&ClientEvent) -> bool| said.iter().position(wanted);
    let stop = place(|event| matches!(event, ClientEvent::TypingStop { .. }));
    assert!(stop < place(|event| matches!(event, ClientEvent::Command(Command::SendMessage(_)))));
}

#[test]
fn typing_somewhere_else_ends_it_here() {
    let mut bench = Bench::connected();
    bench.type_for(100);
    bench.input(Input::Typing(room("U2"), true));
    let rooms: Vec<_> = bench
        .sent()
        .into_iter()
        .filter_map(|event| match event {
            ClientEvent::TypingStart { room } => Some((room, true)),
            ClientEvent::TypingStop { room } => Some((room, false)),
            _ => None,
        })
        .collect();
    assert_eq!(
        rooms,
        [(room("U1"), true), (room("U1"), false), (room("U2"), true)]
    );
}

#[test]
fn the_queue_of_an_earlier_page_is_joined_for_and_sent() {
    let mut outbox = Outbox::default();
    let item: Item = outbox.push(draft(&room("U9"), 1), None, 0).expect("space");
    let mut bench = Bench::new();
    bench.input(Input::Start { queue: vec![item] });
    bench.connect();
    let (reference, joined, after) = bench.joins().remove(0);
    assert_eq!((joined, after), (room("U9"), None));
    bench.answer_join(&reference, "U9", 3, vec![line(3, 3)]);
    assert_eq!(bench.engine.outbox().waiting(), 1);
    let sent = bench.sent().pop().expect("sent");
    assert_eq!(
        sent,
        ClientEvent::Command(Command::SendMessage(draft(&room("U9"), 1)))
    );
}

#[test]
fn a_full_queue_says_so() {
    let mut bench = Bench::new();
    for number in 0..100 {
        let message = draft(&room("U1"), number);
        bench.engine.send(0, message, None).expect("space");
    }
    let refused = bench.engine.send(0, draft(&room("U1"), 100), None);
    assert_eq!(refused, Err(QueueFull));
}

#[test]
fn only_the_last_conversations_stay_joined() {
    let mut bench = Bench::connected();
    for number in 2..=12 {
        bench.input(Input::Open {
            room: Some(room(&format!("U{number}"))),
            known: None,
        });
    }
    assert!(bench.out.contains(&Output::Left(room("U1"))));
    assert!(bench.out.contains(&Output::Left(room("U2"))));
    assert_eq!(bench.count(|o| matches!(o, Output::Left(_))), 2);
}
