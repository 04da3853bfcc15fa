//! Plays the scenes: customers write through the simulated LINE, operators answer as they would.

use serde_json::{Map, Value, json};

use super::cast::{Line, SCENES, Say, Scene, Then};
use super::furnish::{furnish, tags_of};
use crate::clock;
use crate::protocol::message::SendMessage;
use crate::protocol::{ChannelName, ClientId, Operator, Room, TagId};
use crate::service::ServiceError;
use crate::simulator::{NewCustomer, Simulator, SimulatorError, Utterance};
use crate::state::AppState;

/// A scene could not be played.
#[derive(Debug, thiserror::Error)]
enum PlayError {
    #[error("{0}")]
    Simulator(#[from] SimulatorError),
    #[error("{0}")]
    Service(#[from] ServiceError),
    #[error("the webhook answered {0}")]
    Webhook(u16),
    #[error("the simulator made an id that is none")]
    Id,
}

/// Plays all scenes. One that fails is left, and the next one begins.
pub(super) async fn perform(state: AppState, simulator: Simulator, operators: Vec<Operator>) {
    let tags = match furnish(&state, &operators[0]).await {
        Ok(tags) => tags,
        Err(error) => {
            tracing::warn!(%error, "canned replies and tags could not be made");
            Vec::new()
        }
    };
    for scene in &SCENES {
        if let Err(error) = play(&state, &simulator, &operators, scene, &tags).await {
            tracing::warn!(%error, "a sample conversation could not be made");
        }
    }
    tracing::debug!("all sample conversations are there");
}

async fn play(
    state: &AppState,
    simulator: &Simulator,
    operators: &[Operator],
    scene: &Scene,
    tags: &[TagId],
) -> Result<(), PlayError> {
    let customer = simulator.add_customer(NewCustomer {
        display_name: scene.name.to_owned(),
        language: Some(scene.language.to_owned()),
        picture: None,
        status_message: scene.status.map(str::to_owned),
    });
    for line in scene.lines {
        let said = simulator.say(&customer, utterance(line)).await?;
        if said.webhook_status != 200 {
            return Err(PlayError::Webhook(said.webhook_status));
        }
    }
    let contact = customer.parse().map_err(|_| PlayError::Id)?;
    let room = Room::new(ChannelName::default(), contact);
    let marked = tags_of(scene.name, tags);
    if !marked.is_empty() {
        state.tags.set(&operators[0], &room, &marked).await?;
    }
    match &scene.then {
        Then::Waits => Ok(()),
        Then::Talks(who, says) => talk(state, &operators[*who], &room, says).await,
        Then::Ends(who, says) => {
            talk(state, &operators[*who], &room, says).await?;
            state
                .sessions
                .close(&operators[*who], &room, None, None)
                .await?;
            Ok(())
        }
    }
}

async fn talk(
    state: &AppState,
    operator: &Operator,
    room: &Room,
    says: &[Say],
) -> Result<(), PlayError> {
    state.sessions.claim(operator, room, None).await?;
    for say in says {
        let (text, note) = match say {
            Say::Text(text) => (Some((*text).to_owned()), None),
            Say::Note(note) => (None, Some((*note).to_owned())),
        };
        let message = SendMessage {
            room: room.clone(),
            client_id: ClientId::random(),
            text,
            sticker: None,
            media_id: None,
            note,
            quote_message_id: None,
            delay_s: None,
            canned_id: None,
            mentions: Vec::new(),
        };
        state.messages.send(operator, message, None).await?;
    }
    Ok(())
}

fn utterance(line: &Line) -> Utterance {
    let (minutes, message) = match line {
        Line::Text(ago, text) => (ago, json!({ "type": "text", "text": text })),
        Line::Sticker(ago, package, sticker) => (
            ago,
            json!({ "type": "sticker", "packageId": package, "stickerId": sticker }),
        ),
        Line::Picture(ago) => (ago, json!({ "type": "image" })),
        Line::Place(ago, title, address) => (
            ago,
            json!({
                "type": "location", "title": title, "address": address,
                "latitude": 18.7953, "longitude": 98.9620,
            }),
        ),
    };
    Utterance {
        message: object(message),
        at: Some(clock::now().plus_ms(-minutes * 60_000).0),
        ..Utterance::default()
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
