//! Server functions, and what becomes of their answers.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Link;
use super::show::go_to_login;
use crate::api::thread as threads;
use crate::api::{
    ApiError, ConversationPage, InboxCursor, ThreadCursor, auth, call, commands, inbox,
};
use crate::client::engine::{Command, CommandKind, Input, Output, Posted};
use crate::client::store::{ListState, OlderState, Page, ToastKind, ToastText};
use crate::client::{Console, persist};
use crate::protocol::message::SendMessage;
use crate::protocol::{ErrorCode, ErrorPayload, Room, Tab};

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
            if reached
                && !link.store.connection.get_untracked().is_live()
                && let Ok(team) = call(inbox::Operators {}).await
            {
                link.store.presence.set(team);
            }
        });
    }

    pub(crate) fn load_more(&self, tab: Tab, next: Option<InboxCursor>) {
        let link = self.clone();
        spawn_local(async move {
            let _ = link.fetch_page(tab, next).await;
        });
    }

    pub(crate) fn load_older(&self, room: Room, before: Option<ThreadCursor>) {
        let link = self.clone();
        spawn_local(async move {
            let page = call(threads::Thread {
                room: room.clone(),
                before,
            })
            .await;
            let Some(thread) = link.store.thread_untracked(&room) else {
                return;
            };
            match page {
                Ok(page) => thread.put_older(&page.messages, page.older),
                Err(_) => thread.older.set(OlderState::Failed),
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

    pub(super) fn post(&self, message: SendMessage) {
        let link = self.clone();
        spawn_local(async move {
            let client_id = message.client_id;
            let posted = match call(commands::SendMessageCall { message }).await {
                Ok(sent) => Posted::Stored {
                    rev: sent.rev,
                    message: Box::new(sent.message),
                },
                Err(error) if error.unreachable => Posted::Unreachable,
                Err(error) => Posted::Refused(payload(error)),
            };
            link.feed(Input::Posted(client_id, posted));
        });
    }

    /// Runs a command while there is no socket.
    pub(super) fn call(&self, command: Command) {
        let link = self.clone();
        spawn_local(async move {
            let (kind, room) = (command.kind(), Some(command.room().clone()));
            match link.run(command).await {
                Ok(()) => link.refresh_list(),
                Err(_) if kind == CommandKind::MarkRead => {}
                Err(error) if error.unreachable => {
                    let command = kind;
                    let text = ToastText::Unreachable { command, room };
                    link.store.toast(ToastKind::Error, text);
                }
                Err(error) => link.tell(Output::Refused {
                    command: kind,
                    room,
                    error: payload(error),
                }),
            }
        });
    }

    pub(crate) fn claim_next(&self, console: Console) {
        let link = self.clone();
        spawn_local(async move {
            let page = link.fetch_page(Tab::Waiting, None).await;
            let Ok(found) = &page else {
                let command = CommandKind::Claim;
                let text = ToastText::Unreachable {
                    command,
                    room: None,
                };
                link.store.toast(ToastKind::Error, text);
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
                    let command = CommandKind::SignOut;
                    let text = ToastText::Unreachable {
                        command,
                        room: None,
                    };
                    link.store.toast(ToastKind::Error, text);
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
        let page = call(inbox::Conversations { tab, after }).await;
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

    async fn run(&self, command: Command) -> Result<(), ApiError> {
        let (room, session) = match command {
            Command::Claim { room } => {
                let session = call(commands::ClaimSession { room: room.clone() }).await?;
                (room, session)
            }
            Command::Close { room, note } => {
                let session = call(commands::CloseSession {
                    room: room.clone(),
                    note,
                })
                .await?;
                (room, session)
            }
            Command::Transfer {
                room,
                operator_id,
                note,
            } => {
                let session = call(commands::TransferSession {
                    room: room.clone(),
                    operator_id,
                    note,
                })
                .await?;
                (room, session)
            }
            Command::Retry { room, message_id } => {
                let message = call(commands::RetryMessageCall {
                    room: room.clone(),
                    message_id,
                })
                .await?;
                if let Some(thread) = self.store.thread_untracked(&room) {
                    thread.put(&[message]);
                }
                return Ok(());
            }
            Command::MarkRead { room, rev } => {
                let conversation = call(commands::MarkRead { room, rev }).await?;
                self.store.put_conversation(conversation);
                return Ok(());
            }
        };
        self.store
            .edit_conversation(&room, |known| known.session = Some(session));
        Ok(())
    }
}

fn is_signed_out(error: &ApiError) -> bool {
    !error.unreachable
        && matches!(
            error.code,
            ErrorCode::NotAuthenticated | ErrorCode::Forbidden
        )
}

fn payload(error: ApiError) -> ErrorPayload {
    ErrorPayload {
        retry_after_ms: error.retry_after_ms,
        operator: error.operator,
        ..ErrorPayload::new(error.code, error.message)
    }
}
