//! Shows that the checks are worth something: a sound record passes all of them, and each way of
//! doctoring it is found by the check that is there for it.

use super::checks::{CHECKS, Fault, all};
use super::mark::{Mark, Writer};
use super::record::{
    Console, Evidence, Line, Push, Sending, SessionEvent, Stored, StoredLine, View, Webhook,
};

/// A way to doctor a sound record, and what must be found.
type Case = (&'static str, Fault, fn(&mut Evidence));

const CASES: [Case; 30] = [
    ("a lost webhook", Fault::Lost, |it| {
        it.stored[0].lines.remove(0);
    }),
    ("a webhook stored twice", Fault::Doubled, |it| {
        let again = it.stored[0].lines[0].clone();
        it.stored[0].lines.push(again);
    }),
    ("swapped webhooks", Fault::Order, |it| {
        it.stored[0].lines[0].line.place = 9_000;
    }),
    ("a webhook with another customer", Fault::Foreign, |it| {
        let line = it.stored[0].lines[1].clone();
        it.stored[1].lines.push(line);
    }),
    ("an altered text", Fault::Altered, |it| {
        it.stored[0].lines[0].line.text = Some("in-0-0-1 1 &lt; 2".to_owned());
    }),
    ("a line that a console does not show", Fault::Lost, |it| {
        it.consoles[1].views[0].lines.remove("a1");
    }),
    ("a line that a console shows twice", Fault::Doubled, |it| {
        let mut again = it.stored[0].lines[0].line.clone();
        "b9".clone_into(&mut again.id);
        it.consoles[0].views[0].lines.insert("b9".to_owned(), again);
    }),
    (
        "a line that a console shows and nobody stored",
        Fault::Gap,
        |it| {
            let mut line = it.stored[0].lines[0].line.clone();
            "b9".clone_into(&mut line.id);
            it.consoles[0].views[0].lines.insert("b9".to_owned(), line);
        },
    ),
    (
        "another customer's line on a console",
        Fault::Foreign,
        |it| {
            let line = it.stored[0].lines[0].line.clone();
            it.consoles[0].views[1].lines.insert("a1".to_owned(), line);
        },
    ),
    ("a console with an old status", Fault::Gap, |it| {
        if let Some(line) = it.consoles[0].views[0].lines.get_mut("a4") {
            "queued".clone_into(&mut line.status);
        }
    }),
    ("a console that is behind", Fault::Gap, |it| {
        it.consoles[1].views[0].rev = Some(4);
    }),
    ("lines shown out of order", Fault::Gap, |it| {
        if let Some(line) = it.consoles[1].views[0].lines.get_mut("a2") {
            line.place = 1;
        }
    }),
    ("a frame that came twice", Fault::Doubled, |it| {
        it.consoles[0]
            .unwanted
            .push("new_message of rev 1 came twice".to_owned());
    }),
    ("an acknowledged message not at LINE", Fault::Lost, |it| {
        it.inboxes[0].remove(0);
    }),
    ("an acknowledged message not stored", Fault::Lost, |it| {
        it.stored[0].lines.retain(|line| line.line.id != "a4");
    }),
    ("a message at LINE twice", Fault::Doubled, |it| {
        let text = it.inboxes[0][0].clone();
        it.inboxes[0].push(text);
    }),
    (
        "a message acknowledged as two messages",
        Fault::Doubled,
        |it| {
            it.consoles[0].sendings[0]
                .acknowledged
                .insert("b9".to_owned());
        },
    ),
    (
        "a message at LINE for another customer",
        Fault::Foreign,
        |it| {
            let text = it.inboxes[0].remove(0);
            it.inboxes[1].push(text);
        },
    ),
    ("swapped messages at LINE", Fault::Order, |it| {
        it.inboxes[0].swap(0, 1);
    }),
    ("a note at LINE", Fault::Foreign, |it| {
        let note = Mark {
            customer: 0,
            writer: Writer::Note(0),
            number: 1,
        };
        it.inboxes[0].push(note.text());
    }),
    (
        "a message that is failed and at LINE",
        Fault::Untrue,
        |it| set_status(it, "failed", true),
    ),
    (
        "an unconfirmed message that says not why",
        Fault::Untrue,
        |it| {
            set_status(it, "unconfirmed", false);
        },
    ),
    ("a message that nobody answered", Fault::Lost, |it| {
        it.consoles[0].sendings[0].acknowledged.clear();
    }),
    (
        "a refused message that is stored all the same",
        Fault::Untrue,
        |it| {
            let sending = &mut it.consoles[0].sendings[0];
            sending.acknowledged.clear();
            sending.refused = Some("not_claimed".to_owned());
        },
    ),
    ("two owners", Fault::Session, |it| {
        let mut claim = it.stored[0].lines[2].clone();
        claim.event = Some(SessionEvent::Claimed("somchai".to_owned()));
        it.stored[0].lines.insert(3, claim);
    }),
    ("an open chat opened again", Fault::Session, |it| {
        let mut again = it.stored[0].lines[2].clone();
        again.event = Some(SessionEvent::Reopened("mali".to_owned()));
        it.stored[0].lines.insert(3, again);
    }),
    ("a push that did not come", Fault::Lost, |it| {
        it.pushes = Some(Vec::new());
    }),
    ("a push that came twice", Fault::Doubled, |it| {
        let pushes = it.pushes.get_or_insert_default();
        pushes.extend(pushes.last().cloned());
    }),
    ("a push that opens another chat", Fault::Foreign, |it| {
        let pushes = it.pushes.get_or_insert_default();
        for push in pushes {
            push.customer = Some(0);
        }
    }),
    ("two lines of one rev", Fault::Rev, |it| {
        it.stored[0].lines[1].created_rev = 1;
    }),
];

fn set_status(it: &mut Evidence, status: &str, says_why: bool) {
    let line = &mut it.stored[0].lines[3].line;
    status.clone_into(&mut line.status);
    line.says_why = says_why;
    let line = line.clone();
    for console in &mut it.consoles {
        console.views[0].lines.insert(line.id.clone(), line.clone());
    }
}

/// Runs every case; answers its name and whether the checks did what they are for.
pub fn run() -> Vec<(String, bool)> {
    let sound = all(&sound());
    for violation in &sound {
        println!("in a sound record: {violation}");
    }
    let mut results = vec![("a sound record passes".to_owned(), sound.is_empty())];
    for (name, fault, doctor) in CASES {
        let mut evidence = self::sound();
        doctor(&mut evidence);
        let found = all(&evidence);
        results.push((
            format!("{name} is found"),
            found.iter().any(|it| it.fault == fault),
        ));
    }
    results.extend(idle_checks());
    results
}

/// Every check must have found something in some case, or nobody knows whether it can.
fn idle_checks() -> Vec<(String, bool)> {
    CHECKS
        .iter()
        .map(|(name, check)| {
            let fires = CASES.iter().any(|(_, _, doctor)| {
                let mut evidence = sound();
                doctor(&mut evidence);
                evidence.complaints.push("a panic".to_owned());
                !check(&evidence).is_empty()
            });
            (format!("the check \"{name}\" can fail"), fires)
        })
        .collect()
}

fn mark(customer: usize, writer: Writer, number: u32) -> Mark {
    Mark {
        customer,
        writer,
        number,
    }
}

fn line(id: &str, direction: &str, status: &str, rev: i64) -> Line {
    Line {
        id: id.to_owned(),
        direction: direction.to_owned(),
        text: None,
        status: status.to_owned(),
        says_why: false,
        rev,
        at: rev * 1_000,
        place: rev * 1_000,
    }
}

fn stored(line: Line, created_rev: i64) -> StoredLine {
    StoredLine {
        line,
        created_rev,
        client_id: None,
        sender: None,
        event: None,
    }
}

/// One customer wrote twice, Mali claimed and answered twice; another customer wrote once.
fn sound() -> Evidence {
    let written = |customer, number, id: &str, rev| {
        let mut line = line(id, "in", "received", rev);
        line.text = Some(mark(customer, Writer::Customer, number).text());
        stored(line, rev)
    };
    let answer = |number, id: &str, created: i64, rev: i64| {
        let mut line = line(id, "out", "sent", rev);
        line.text = Some(mark(0, Writer::Console(0), number).text());
        (line.at, line.place) = (created * 1_000, created * 1_000);
        let mut answer = stored(line, created);
        answer.client_id = Some(format!("key {number}"));
        answer.sender = Some("mali".to_owned());
        answer
    };
    let mut claim = stored(line("a3", "system", "received", 3), 3);
    claim.event = Some(SessionEvent::Claimed("mali".to_owned()));
    let first = Stored {
        rev: 7,
        lines: vec![
            written(0, 1, "a1", 1),
            written(0, 2, "a2", 2),
            claim,
            answer(1, "a4", 4, 6),
            answer(2, "a5", 5, 7),
        ],
        open_sessions: 1,
        owners: vec![Some("mali".to_owned())],
        ..Stored::default()
    };
    let second = Stored {
        rev: 1,
        lines: vec![written(1, 1, "c1", 1)],
        open_sessions: 1,
        waits: true,
        unread: 1,
        ..Stored::default()
    };
    let stored = vec![first, second];
    let webhooks = [(0, 1), (0, 2), (1, 1)].map(|(customer, number)| Webhook {
        mark: mark(customer, Writer::Customer, number),
        written: 0..=10_000,
        accepted: true,
        posts: 1,
    });
    let views: Vec<View> = stored.iter().map(view).collect();
    let console = |operator: &str, sendings| Console {
        operator: operator.to_owned(),
        views: views.clone(),
        sendings,
        settled: true,
        ..Console::default()
    };
    Evidence {
        webhooks: webhooks.to_vec(),
        consoles: vec![
            console("mali", vec![sending(1, "a4"), sending(2, "a5")]),
            console("somchai", Vec::new()),
        ],
        inboxes: vec![
            vec![
                mark(0, Writer::Console(0), 1).text(),
                mark(0, Writer::Console(0), 2).text(),
            ],
            Vec::new(),
        ],
        stored,
        complaints: Vec::new(),
        pushes: Some(vec![push(10_000), push(90_000)]),
        // Between the first push and what is noted down of it.
        blows: vec![10_500],
    }
}

/// Of the other customer's message, at this moment.
fn push(at: i64) -> Push {
    Push {
        customer: Some(1),
        mark: Some(mark(1, Writer::Customer, 1)),
        at,
    }
}

fn view(stored: &Stored) -> View {
    let lines = stored.lines.iter().map(|stored| stored.line.clone());
    View {
        rev: Some(stored.rev),
        lines: lines.map(|line| (line.id.clone(), line)).collect(),
        begins: None,
    }
}

fn sending(number: u32, id: &str) -> Sending {
    Sending {
        mark: mark(0, Writer::Console(0), number),
        client_id: format!("key {number}"),
        acknowledged: [id.to_owned()].into(),
        refused: None,
        retried: false,
    }
}
