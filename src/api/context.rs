//! temp
#![allow(warnings)]
#![allow(clippy::all)]
use super::ApiError;
use crate::protocol::Operator;
pub struct S {
    pub auth: A,
    pub inbox: crate::service::inbox::Inbox,
    pub messages: crate::service::messages::Messages,
    pub sessions: crate::service::sessions::Sessions,
    pub team: crate::service::presence::Team,
}
pub struct A;
pub struct L {
    pub cookie_token: String,
    pub operator: Operator,
    pub realtime_token: String,
}
pub struct SI {
    pub operator: Operator,
}
impl A {
    pub async fn login(
        &self,
        _: &str,
        _: &str,
        _: &str,
    ) -> Result<L, crate::service::ServiceError> {
        panic!()
    }
    pub async fn logout(&self, _: &SI) -> Result<(), crate::service::ServiceError> {
        panic!()
    }
    pub fn realtime_token(&self, _: &SI) -> (String, u32) {
        panic!()
    }
}
pub fn state() -> Result<S, ApiError> {
    panic!()
}
pub fn client() -> String {
    panic!()
}
pub async fn signed_in() -> Result<SI, ApiError> {
    panic!()
}
pub fn refuse(_: crate::service::ServiceError) -> ApiError {
    panic!()
}
pub fn set_session_cookie(_: &S, _: &str) {}
pub fn clear_session_cookie(_: &S) {}
