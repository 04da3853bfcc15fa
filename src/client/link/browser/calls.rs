//! Server functions, and what becomes of their answers.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Link;
use super::show::go_to_login;
use crate::api::thread as threads;
use crate::api::{self, ApiError, ConversationPage, InboxCursor, auth, call, inbox};
use crate::client::engine::{Input, Posted};
use crate::client::script::tell;
use crate::client::store::{ListState, Page, Stretch, ToastKind, ToastText};
use crate::client::{Console, persist, reducer};
use crate::protocol::{Answer, Command, ErrorCode, ErrorPayload, Room, ServerEvent, Tab};

impl Link {
    pub(super) fn fetch_token(&self) {
        let link = self.clone();
        spawn_local(async move {
            link.feed(match call(auth::RealtimeToken {}).await {
                Ok(answer) => Input::TokenReady {
                    token: answer.token,
                    expires_in_ms: i64::from(answer.expires_in) * 1_000,
                },
                Err(error) => Input::TokenFailed {
                    signed_out: is_signed_out(&error),
                },
            });
        });
    }

    /// Fetches the open list; the engine does not hear of it.
    pub(crate) fn refresh_list(&self) {
        let link = self.clone();
        spawn_local(async move {
            link.fetch_list().await;
        });
    }

    pub(super) fn fetch_list_for_engine(&self) {
        let link = self.clone();
        spawn_local(async move {
            let listed = link.fetch_list().await.map(|page| {
                let rows = page.conversations.into_iter();
                rows.map(|row| (row.room, row.rev)).collect()
            });
            let reached = listed.is_some();
            link.feed(Input::Listed(listed));
            // Without a socket nobody else tells who is at the desk.
            if reached && !link.store.connection.get_untracked().is_live() {
                tell("sala-polled", "");
                if let Ok(team) = call(inbox::Operators {}).await {
                    link.store.presence.set(team);
                }
            }
        });
    }

    pub(crate) fn load_more(&self, tab: Tab, next: Option<InboxCursor>) {
        let link = self.clone();
        spawn_local(async move {
            let _ = link.fetch_page(tab, next).await;
        });
    }

    /// Fetches a part of a history.
    pub(crate) fn load_stretch(&self, room: Room, stretch: Stretch) {
        let link = self.clone();
        spawn_local(async move {
            let (before, after, around) = match stretch.clone() {
                Stretch::Older(from) => (Some(from), None, None),
                Stretch::Newer(from) => (None, Some(from), None),
                Stretch::Around(message) => (None, None, Some(message)),
            };
            let page = call(threads::Thread {
                room: room.clone(),
                before,
                after,
                around,
            })
            .await;
            if let Some(thread) = link.store.thread_untracked(&room) {
                thread.take_stretch(&stretch, page.ok());
            }
        });
    }

    pub(super) fn fetch_thread(&self, room: Room, after: Option<i64>) {
        let link = self.clone();
        spawn_local(async move {
            let page = match after {
                Some(rev) => {
                    call(threads::ThreadSince {
                        room: room.clone(),
                        after_rev: rev,
                    })
                    .await
                }
                None => {
                    call(threads::Thread {
                        room: room.clone(),
                        before: None,
                        after: None,
                        around: None,
                    })
                    .await
                }
            };
            link.feed(match page {
                Err(error) if error.code == ErrorCode::RoomNotFound => Input::Missing(room),
                page => Input::Polled {
                    room,
                    after,
                    page: page.ok().map(Box::new),
                },
            });
        });
    }

    /// Gives a command while there is no socket.
    pub(super) fn call(&self, command: Command) {
        let link = self.clone();
        spawn_local(async move {
            let answer = api::command(&command).await;
            if let Command::SendMessage(message) = &command {
                link.feed(Input::Posted(message.client_id, posted(answer)));
                return;
            }
            match answer {
                Ok(answer) => {
                    link.take_over(&command, answer);
                    link.refresh_list();
                }
                // Marks are made again by themselves.
                Err(_) if matches!(command, Command::MarkRead { .. }) => {}
                Err(error) if error.unreachable => link.failed(ToastText::Unreachable),
                Err(error) => link.refused(payload(error)),
            }
        });
    }

    fn take_over(&self, command: &Command, answer: Answer) {
        let Some(room) = command.room() else { return };
        match answer {
            Answer::Session(session) => {
                self.store
                    .edit_conversation(room, |known| known.session = Some(*session));
            }
            Answer::Message(message) => {
                let (room, rev, message) = (room.clone(), message.rev, *message);
                let event = ServerEvent::MessageUpdated { room, rev, message };
                self.refresh_if(reducer::apply(&self.store, event));
            }
            Answer::Conversation(conversation) => {
                self.store.put_conversation(*conversation);
            }
            Answer::Sent { .. } | Answer::Team(_) => {}
        }
    }

    pub(crate) fn claim_next(&self, console: Console) {
        let link = self.clone();
        spawn_local(async move {
            let page = link.fetch_page(Tab::Waiting, None).await;
            let Ok(found) = &page else {
                link.failed(ToastText::Unreachable);
                return;
            };
            let first = found.conversations.first().map(|row| row.room.clone());
            match first {
                Some(room) => {
                    console.claim(&room);
                    console.open(Some(room));
                }
                None => link.store.toast(ToastKind::Info, ToastText::NothingWaits),
            }
        });
    }

    /// `question` is asked before anything is lost: the answer to the log-out clears what this
    /// browser has kept.
    pub(crate) fn sign_out(&self, question: &str) {
        // A browser that cannot ask says yes; nobody is to be kept from signing out.
        if persist::holds_anything() && window().confirm_with_message(question) == Ok(false) {
            return;
        }
        let link = self.clone();
        spawn_local(async move {
            match call(auth::Logout {}).await {
                Err(error) if !is_signed_out(&error) => {
                    link.failed(ToastText::Unreachable);
                }
                _ => {
                    link.stop();
                    go_to_login();
                }
            }
        });
    }

    async fn fetch_list(&self) -> Option<ConversationPage> {
        let tab = self.store.tab.get_untracked();
        self.fetch_page(tab, None).await.ok()
    }

    /// Fetches a page of a list and takes it over.
    async fn fetch_page(
        &self,
        tab: Tab,
        after: Option<InboxCursor>,
    ) -> Result<ConversationPage, ApiError> {
        let which = match after {
            Some(_) => Page::Next,
            None => Page::First,
        };
        let asked_at = self.store.recounts.get_untracked();
        let page = call(inbox::Conversations {
            tab,
            filter: None,
            sort: None,
            cursor: after,
            limit: None,
        })
        .await;
        let store = &self.store;
        match &page {
            Ok(page) => self.refresh_if(store.put_page(tab, page, which, asked_at)),
            Err(_)
                if store.tab.get_untracked() == tab
                    && store.list_state.get_untracked() == ListState::Loading =>
            {
                store.list_state.set(ListState::Failed);
            }
            Err(_) => {}
        }
        page
    }
}

fn is_signed_out(error: &ApiError) -> bool {
    !error.unreachable
        && matches!(
            error.code,
            ErrorCode::NotAuthenticated | ErrorCode::Forbidden
        )
}

fn posted(answer: Result<Answer, ApiError>) -> Posted {
    match answer {
        Ok(Answer::Sent { rev, message }) => Posted::Stored { rev, message },
        // Nobody answers a message in another way.
        Ok(_) => Posted::Unreachable,
        Err(error) if error.unreachable => Posted::Unreachable,
        Err(error) => Posted::Refused(payload(error)),
    }
}

fn payload(error: ApiError) -> ErrorPayload {
    ErrorPayload {
        retry_after_ms: error.retry_after_ms,
        operator: error.operator,
        ..ErrorPayload::new(error.code, error.message)
    }
}
