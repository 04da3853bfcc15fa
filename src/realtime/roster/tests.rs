//! Lingering, several nodes, leases.

use super::*;

fn mali() -> OperatorRef {
    OperatorRef {
        id: OperatorId(uuid::Uuid::from_u128(1)),
        name: "Mali".to_owned(),
    }
}

fn room() -> Room {
    "conversation:U1".parse().expect("a room")
}

#[test]
fn a_reload_is_not_a_departure() {
    let mut roster = Roster::default();
    assert!(roster.connect(mali(), Presence::Online));
    assert!(roster.enter(mali().id, &room()));
    roster.disconnect(mali().id, &[room()], Moment(1_000));
    assert_eq!(roster.expire(Moment(15_999)), Changes::default());
    assert!(!roster.connect(mali(), Presence::Online));
    assert!(!roster.enter(mali().id, &room()));
    assert_eq!(roster.expire(Moment(60_000)), Changes::default());
}

#[test]
fn fifteen_seconds_after_the_last_connection_the_operator_is_gone() {
    let mut roster = Roster::default();
    roster.connect(mali(), Presence::Busy);
    roster.connect(mali(), Presence::Busy);
    roster.enter(mali().id, &room());
    roster.disconnect(mali().id, &[room()], Moment(0));
    assert_eq!(
        roster.expire(Moment(20_000)).left_rooms,
        vec![(room(), mali())]
    );
    assert_eq!(roster.presence(mali().id), Presence::Busy);
    roster.disconnect(mali().id, &[], Moment(20_000));
    assert!(roster.expire(Moment(35_000)).presence);
    assert_eq!(roster.presence(mali().id), Presence::Offline);
}

#[test]
fn typing_expires_by_itself() {
    let mut roster = Roster::default();
    assert!(roster.type_in(&room(), mali(), Moment(0)));
    assert!(!roster.type_in(&room(), mali(), Moment(4_000)));
    assert_eq!(roster.expire(Moment(9_999)), Changes::default());
    assert_eq!(
        roster.expire(Moment(10_000)).stopped_typing,
        vec![(room(), mali())]
    );
}

fn node(n: u128) -> NodeId {
    NodeId(uuid::Uuid::from_u128(n))
}

/// What `roster` has to say from a node, heard by another until 20 s later.
fn tell(from: &mut Roster, to: &mut Roster, whole: bool, at: Moment) -> Changes {
    match from.announcement(whole) {
        Some(news) => to.hear(node(1), news, at.plus_ms(20_000)),
        None => Changes::default(),
    }
}

fn joined() -> Changes {
    Changes {
        joined_rooms: vec![(room(), mali())],
        ..Changes::default()
    }
}

fn left() -> Changes {
    Changes {
        left_rooms: vec![(room(), mali())],
        ..Changes::default()
    }
}

#[test]
fn an_operator_of_another_node_comes_joins_leaves_and_goes() {
    let (mut there, mut here) = (Roster::default(), Roster::default());
    tell(&mut there, &mut here, true, Moment(0));
    there.connect(mali(), Presence::Away);
    assert!(tell(&mut there, &mut here, false, Moment(0)).presence);
    assert_eq!(here.presence(mali().id), Presence::Away);
    there.enter(mali().id, &room());
    assert_eq!(tell(&mut there, &mut here, false, Moment(0)), joined());
    assert_eq!(here.viewers(&room()), [mali()]);
    assert!(there.leave(mali().id, &room()));
    assert_eq!(tell(&mut there, &mut here, false, Moment(0)), left());
    there.disconnect(mali().id, &[], Moment(0));
    there.expire(Moment(LINGER_MS));
    assert!(tell(&mut there, &mut here, false, Moment(0)).presence);
    assert_eq!(here.presence(mali().id), Presence::Offline);
}

#[test]
fn nobody_leaves_while_another_node_holds_a_tab() {
    let (mut there, mut here) = (Roster::default(), Roster::default());
    here.connect(mali(), Presence::Online);
    assert!(here.enter(mali().id, &room()));
    there.connect(mali(), Presence::Online);
    there.enter(mali().id, &room());
    let heard = tell(&mut there, &mut here, true, Moment(0));
    assert_eq!(heard, Changes::default());
    assert!(!here.leave(mali().id, &room()), "the other tab looks on");
    here.disconnect(mali().id, &[], Moment(0));
    assert_eq!(here.expire(Moment(LINGER_MS)), Changes::default());
    assert_eq!(here.presence(mali().id), Presence::Online);
    there.leave(mali().id, &room());
    assert_eq!(tell(&mut there, &mut here, false, Moment(0)), left());
}

#[test]
fn a_silent_node_is_forgotten_when_its_lease_ends() {
    let (mut there, mut here) = (Roster::default(), Roster::default());
    there.connect(mali(), Presence::Online);
    there.enter(mali().id, &room());
    tell(&mut there, &mut here, true, Moment(0));
    assert_eq!(here.expire(Moment(19_999)), Changes::default());
    let gone = here.expire(Moment(20_000));
    assert_eq!(gone.left_rooms, [(room(), mali())]);
    assert!(gone.presence);
    assert!(here.viewers(&room()).is_empty());
}

#[test]
fn after_a_goodbye_operators_linger_as_after_a_reload() {
    let (mut there, mut here) = (Roster::default(), Roster::default());
    there.connect(mali(), Presence::Online);
    tell(&mut there, &mut here, true, Moment(0));
    here.hear_goodbye(node(1), Moment(1_000));
    assert_eq!(here.expire(Moment(15_999)), Changes::default());
    assert!(!here.connect(mali(), Presence::Online));
    assert_eq!(here.expire(Moment(16_000)), Changes::default());
}

#[test]
fn the_latest_choice_counts_wherever_it_was_made() {
    let (mut there, mut here) = (Roster::default(), Roster::default());
    for roster in [&mut there, &mut here] {
        roster.connect(mali(), Presence::Online);
    }
    there.choose(mali().id, Presence::Busy, Timestamp(5));
    assert!(tell(&mut there, &mut here, true, Moment(5)).presence);
    assert_eq!(here.presence(mali().id), Presence::Busy);
    assert!(here.choose(mali().id, Presence::Away, Timestamp(6)));
    assert_eq!(here.presence(mali().id), Presence::Away);
    here.expire(Moment(60_000));
    assert_eq!(here.presence(mali().id), Presence::Away);
}

#[test]
fn news_after_a_gap_wait_for_the_whole() {
    let (mut there, mut here) = (Roster::default(), Roster::default());
    tell(&mut there, &mut here, true, Moment(0));
    there.connect(mali(), Presence::Online);
    there.announcement(false).expect("news that get lost");
    there.enter(mali().id, &room());
    let heard = tell(&mut there, &mut here, false, Moment(0));
    assert_eq!(heard, Changes::default());
    let heard = tell(&mut there, &mut here, true, Moment(0));
    assert_eq!(heard.joined_rooms, [(room(), mali())]);
    assert!(heard.presence);
}

#[test]
fn two_nodes_that_die_at_once_are_one_departure() {
    let mut here = Roster::default();
    for n in [1, 2] {
        let mut there = Roster::default();
        there.connect(mali(), Presence::Online);
        there.enter(mali().id, &room());
        let news = there.announcement(true).expect("whole");
        here.hear(node(n), news, Moment(20_000));
    }
    let gone = here.expire(Moment(20_000));
    assert_eq!(gone.left_rooms, [(room(), mali())]);
}
