//! Signals and memos whose machinery is compiled once, whatever they hold.
//!
//! Leptos compiles some 3 KB of it for each type of value, and the console has a hundred of those. Here
//! the value stands behind [`Held`], and what a type adds is how to read it. They are named and used
//! like Leptos's, and have what the console needs of them.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

use leptos::prelude as lib;
use leptos::prelude::{
    Read as _, ReadUntracked as _, ReadValue as _, Set as _, SetValue as _, Track as _, Write as _,
    WriteValue as _,
};

/// A value whose type is known to who made it.
struct Held {
    value: Box<dyn Any + Send + Sync>,
    is_same: fn(&Self, &Self) -> bool,
}

impl Held {
    /// A value that is never compared.
    fn new<T: Send + Sync + 'static>(value: T) -> Self {
        Self {
            value: Box::new(value),
            is_same: |_, _| false,
        }
    }

    fn comparable<T: PartialEq + Send + Sync + 'static>(value: T) -> Self {
        Self {
            value: Box::new(value),
            is_same: |one, other| one.get::<T>() == other.get::<T>(),
        }
    }

    #[inline(never)]
    fn get<T: 'static>(&self) -> &T {
        match self.value.downcast_ref() {
            Some(value) => value,
            None => is_other(),
        }
    }

    #[inline(never)]
    fn get_mut<T: 'static>(&mut self) -> &mut T {
        match self.value.downcast_mut() {
            Some(value) => value,
            None => is_other(),
        }
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(self, other)
    }
}

/// What holds a value puts in values of its own type alone.
#[cold]
fn is_other() -> ! {
    unreachable!("another type than it was made with")
}

/// A signal, or what reads like one, of a type `T` over Leptos's of [`Held`].
macro_rules! over {
    ($(#[$doc:meta])* $name:ident, $inner:ty) => {
        $(#[$doc])*
        pub struct $name<T> {
            inner: $inner,
            holds: PhantomData<fn() -> T>,
        }

        impl<T> $name<T> {
            fn of(inner: $inner) -> Self {
                Self { inner, holds: PhantomData }
            }
        }

        impl<T> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                self.inner == other.inner
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
}

/// What is only the way to a value.
macro_rules! copied {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}
    };
}

/// What can be followed.
macro_rules! read {
    ($name:ident) => {
        impl<T: Send + Sync + 'static> $name<T> {
            /// What `read` makes of the value, which is followed.
            pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
                read(self.inner.read().get())
            }

            /// What `read` makes of the value as it is now.
            pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
                read(self.inner.read_untracked().get())
            }

            /// The value, which is followed.
            pub fn get(&self) -> T
            where
                T: Clone,
            {
                self.with(T::clone)
            }

            /// The value as it is now.
            pub fn get_untracked(&self) -> T
            where
                T: Clone,
            {
                self.with_untracked(T::clone)
            }

            /// Follows the value without reading it.
            pub fn track(&self) {
                self.inner.track();
            }

            /// The value as it is now, unless what made it has gone.
            pub fn try_get_untracked(&self) -> Option<T>
            where
                T: Clone,
            {
                Some(self.inner.try_read_untracked()?.get::<T>().clone())
            }
        }
    };
}

/// What can be set.
macro_rules! set {
    ($name:ident) => {
        impl<T: Send + Sync + 'static> $name<T> {
            /// Another value.
            pub fn set(&self, value: T) {
                self.inner.set(Held::new(value));
            }

            /// Another value, unless what made it has gone.
            pub fn try_set(&self, value: T) {
                let _ = self.inner.try_set(Held::new(value));
            }

            /// Changes the value, and tells of it.
            pub fn update(&self, change: impl FnOnce(&mut T)) {
                if let Some(mut held) = self.inner.try_write() {
                    change(held.get_mut());
                }
            }
        }

        impl<T: Default + Send + Sync + 'static> Default for $name<T> {
            fn default() -> Self {
                Self::new(T::default())
            }
        }
    };
}

over! {
    /// A value that can be set and followed; it lives as long as what made it.
    RwSignal, lib::RwSignal<Held>
}
over! {
    /// A value that can be set and followed, for as long as anybody has it.
    ArcRwSignal, lib::ArcRwSignal<Held>
}
over! {
    /// A value that follows others, and tells of itself only when it is another.
    Memo, lib::Memo<Held>
}
over! {
    /// A value that can be followed, wherever it comes from.
    Signal, lib::Signal<Held>
}
over! {
    /// A value that lives as long as what made it, and that nobody follows.
    StoredValue, lib::StoredValue<Held>
}
copied!(RwSignal);
copied!(Memo);
copied!(Signal);
copied!(StoredValue);
read!(RwSignal);
read!(ArcRwSignal);
read!(Memo);
read!(Signal);
set!(RwSignal);
set!(ArcRwSignal);

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// Of what is there first.
    pub fn new(value: T) -> Self {
        Self::of(lib::RwSignal::new(Held::new(value)))
    }
}

impl<T> Clone for ArcRwSignal<T> {
    fn clone(&self) -> Self {
        Self::of(self.inner.clone())
    }
}

impl<T: Send + Sync + 'static> ArcRwSignal<T> {
    /// Of what is there first.
    pub fn new(value: T) -> Self {
        Self::of(lib::ArcRwSignal::new(Held::new(value)))
    }
}

impl<T: Send + Sync + 'static> StoredValue<T> {
    /// Of what is there first.
    pub fn new(value: T) -> Self {
        Self::of(lib::StoredValue::new(Held::new(value)))
    }

    /// What `read` makes of the value.
    pub fn with_value<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(self.inner.read_value().get())
    }

    /// What `read` makes of the value, unless what made it has gone.
    pub fn try_with_value<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        Some(read(self.inner.try_read_value()?.get()))
    }

    /// The value.
    pub fn get_value(&self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    /// The value, unless what made it has gone.
    pub fn try_get_value(&self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_value(T::clone)
    }

    /// Another value.
    pub fn set_value(&self, value: T) {
        self.inner.set_value(Held::new(value));
    }

    /// Another value, unless what made it has gone.
    pub fn try_set_value(&self, value: T) {
        self.inner.try_set_value(Held::new(value));
    }

    /// Changes the value.
    pub fn update_value(&self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// Changes the value, unless what made it has gone, and answers what `change` does.
    pub fn try_update_value<R>(&self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        Some(change(self.inner.try_write_value()?.get_mut()))
    }
}

/// What makes a memo's value from the one before.
type Follow = dyn Fn(Option<&Held>) -> Held + Send + Sync;

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// Of what makes the value.
    pub fn new(value: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::following(Box::new(move |_| Held::comparable(value())))
    }

    /// Of what makes the value from the one before.
    pub fn from_last(value: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        Self::following(Box::new(move |last| {
            Held::comparable(value(last.map(Held::get)))
        }))
    }

    fn following(value: Box<Follow>) -> Self {
        Self::of(lib::Memo::new(value))
    }
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// Of what makes the value each time it is read.
    pub fn derive(value: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let value: Box<dyn Fn() -> Held + Send + Sync> = Box::new(move || Held::new(value()));
        Self::of(lib::Signal::derive(value))
    }
}

impl<T: Default + Send + Sync + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::from(T::default())
    }
}

/// One that stays what it is.
impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::of(lib::Signal::stored(Held::new(value)))
    }
}

impl<T> From<ArcRwSignal<T>> for RwSignal<T> {
    fn from(signal: ArcRwSignal<T>) -> Self {
        Self::of(signal.inner.into())
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::of(signal.inner.into())
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::of(memo.inner.into())
    }
}
