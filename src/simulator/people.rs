//! Who is on LINE: customers and groups are added here, and their phones looked at.

use serde::Deserialize;

use super::chats::{Chat, Customer, Group, InboxEntry, LoadingCall, Party, Summary};
use super::picture::PICTURES;
use super::state::State;
use super::wire::Update;
use super::{Simulator, SimulatorError, mint};

/// A customer to be.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct NewCustomer {
    /// The customer's name.
    pub display_name: String,
    /// BCP 47; LINE does not tell it when absent.
    pub language: Option<String>,
    /// Number of one of the built-in pictures; the next one in turn when absent.
    pub picture: Option<usize>,
    /// The customer's own line.
    pub status_message: Option<String>,
}

impl State {
    fn add_chat(&mut self, id: String, party: Party) {
        let order = self.chats.len();
        self.chats.insert(
            id,
            Chat {
                order,
                party,
                history: Vec::new(),
                inbox: Vec::new(),
                loading: Vec::new(),
            },
        );
    }

    /// A chat that came up in a raw event: it exists, but LINE tells nothing about it.
    pub(super) fn ensure_chat(&mut self, id: &str) {
        if self.chats.contains_key(id) {
            return;
        }
        let party = if id.starts_with(['C', 'R']) {
            Party::Group(Group {
                name: None,
                members: Vec::new(),
            })
        } else {
            let (display_name, language, status_message) = (None, None, None);
            Party::Customer(Customer {
                display_name,
                language,
                picture: 0,
                status_message,
                friend: true,
            })
        };
        self.add_chat(id.to_owned(), party);
    }

    pub(super) fn customer_mut(&mut self, id: &str) -> Option<&mut Customer> {
        match &mut self.chats.get_mut(id)?.party {
            Party::Customer(customer) => Some(customer),
            Party::Group(_) => None,
        }
    }

    pub(super) fn customer(&self, id: &str) -> Option<&Customer> {
        match &self.chats.get(id)?.party {
            Party::Customer(customer) => Some(customer),
            Party::Group(_) => None,
        }
    }

    pub(super) fn group(&self, id: &str) -> Option<&Group> {
        match &self.chats.get(id)?.party {
            Party::Group(group) => Some(group),
            Party::Customer(_) => None,
        }
    }

    /// All chats in the order in which they came.
    pub(super) fn listed(&self) -> Vec<Summary<'_>> {
        let mut chats: Vec<_> = self.chats.iter().collect();
        chats.sort_by_key(|(_, chat)| chat.order);
        chats
            .into_iter()
            .map(|(id, chat)| chat.summary(id))
            .collect()
    }
}

impl Simulator {
    /// Adds a customer and answers the user id. No webhook is sent.
    pub fn add_customer(&self, new: NewCustomer) -> String {
        let id = mint::chat_id('U');
        let mut state = self.state();
        let turn = state.chats.len();
        let customer = Customer {
            display_name: Some(new.display_name),
            language: new.language,
            picture: new.picture.unwrap_or(turn) % PICTURES,
            status_message: new.status_message,
            friend: true,
        };
        state.add_chat(id.clone(), Party::Customer(customer));
        drop(state);
        self.publish_chat(&id);
        id
    }

    /// Adds a group of customers with the account in it and answers the group id. No webhook is
    /// sent.
    ///
    /// # Errors
    /// When a member is not a customer.
    pub fn add_group(&self, name: String, members: Vec<String>) -> Result<String, SimulatorError> {
        let id = mint::chat_id('C');
        let mut state = self.state();
        if let Some(stranger) = members.iter().find(|id| state.customer(id).is_none()) {
            return Err(SimulatorError::NotFound(format!("customer {stranger}")));
        }
        state.add_chat(
            id.clone(),
            Party::Group(Group {
                name: Some(name),
                members,
            }),
        );
        drop(state);
        self.publish_chat(&id);
        Ok(id)
    }

    /// What a customer's or group's phones got, in the order accepted.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn inbox(&self, chat_id: &str) -> Result<Vec<InboxEntry>, SimulatorError> {
        let state = self.state();
        let chat = state.chats.get(chat_id);
        chat.map(|chat| chat.inbox.clone())
            .ok_or_else(|| SimulatorError::NotFound(format!("customer {chat_id}")))
    }

    /// The calls for the loading animation in a chat, in the order in which they came.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn loading(&self, chat_id: &str) -> Result<Vec<LoadingCall>, SimulatorError> {
        let state = self.state();
        let chat = state.chats.get(chat_id);
        chat.map(|chat| chat.loading.clone())
            .ok_or_else(|| SimulatorError::NotFound(format!("customer {chat_id}")))
    }

    pub(super) fn publish_chat(&self, id: &str) {
        if let Some(chat) = self.state().chats.get(id) {
            self.publish(&Update::Chat {
                chat: chat.summary(id),
            });
        }
    }
}
