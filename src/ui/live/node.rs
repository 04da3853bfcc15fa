//! The way to an element of the page.

use std::marker::PhantomData;

use leptos::tachys::html::element::ElementType;
use leptos::tachys::html::node_ref::NodeRefContainer;
use leptos::wasm_bindgen::JsCast;
use send_wrapper::SendWrapper;
use web_sys::Element;

use crate::client::signals::RwSignal;

/// What Leptos's is, with one type of signal for all kinds of elements.
pub(crate) struct NodeRef<E> {
    element: RwSignal<Option<SendWrapper<Element>>>,
    kind: PhantomData<fn() -> E>,
}

impl<E> Clone for NodeRef<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for NodeRef<E> {}

impl<E> NodeRef<E> {
    /// To what is not there yet.
    pub(crate) fn new() -> Self {
        Self {
            element: RwSignal::new(None),
            kind: PhantomData,
        }
    }
}

impl<E> NodeRef<E>
where
    E: ElementType,
    E::Output: JsCast,
{
    /// The element once it is in the page, which is followed.
    pub(crate) fn get(self) -> Option<E::Output> {
        self.element.get().map(Self::own)
    }

    /// The element if it is in the page now.
    pub(crate) fn get_untracked(self) -> Option<E::Output> {
        self.element.get_untracked().map(Self::own)
    }

    /// The element if it is in the page now, unless what made the way has gone.
    pub(crate) fn try_get_untracked(self) -> Option<E::Output> {
        self.element.try_get_untracked()?.map(Self::own)
    }

    fn own(element: SendWrapper<Element>) -> E::Output {
        element.take().unchecked_into()
    }
}

impl<E> NodeRefContainer<E> for NodeRef<E>
where
    E: ElementType + 'static,
{
    fn load(self, element: &Element) {
        self.element.set(Some(SendWrapper::new(element.clone())));
    }
}
