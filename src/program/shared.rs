//! What a program's values share, where memory is not given back: it lies in the memory for good, and nobody counts who still has it.

use std::ops::Deref;

/// Takes the place of [`Arc`](std::sync::Arc) in the page build, in which lists and texts need no code then that lets go of them.
#[derive(Debug, PartialEq)]
pub struct Shared<T: ?Sized + 'static>(&'static T);

impl<T: ?Sized> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

impl<T: ?Sized> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}

impl From<&str> for Shared<str> {
    fn from(text: &str) -> Self {
        Self(Box::leak(text.into()))
    }
}

impl<T> From<Vec<T>> for Shared<[T]> {
    fn from(items: Vec<T>) -> Self {
        Self(items.leak())
    }
}

impl<T: Clone> From<&[T]> for Shared<[T]> {
    fn from(items: &[T]) -> Self {
        items.to_vec().into()
    }
}
