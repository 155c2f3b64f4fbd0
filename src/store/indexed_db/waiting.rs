//! A future that an event ends.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Waits for the first of its signals.
pub(super) struct Waiting<T> {
    slot: Rc<RefCell<Slot<T>>>,
}

/// Ends the waiting; only the first one counts.
pub(super) struct Signal<T> {
    slot: Rc<RefCell<Slot<T>>>,
}

struct Slot<T> {
    value: Option<T>,
    is_set: bool,
    waker: Option<Waker>,
}

impl<T> Waiting<T> {
    pub(super) fn new() -> Self {
        Waiting { slot: Rc::new(RefCell::new(Slot { value: None, is_set: false, waker: None })) }
    }

    pub(super) fn signal(&self) -> Signal<T> {
        Signal { slot: self.slot.clone() }
    }
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        Signal { slot: self.slot.clone() }
    }
}

impl<T> Signal<T> {
    /// Ends the waiting with a value; says whether it was the first.
    pub(super) fn set(&self, value: T) -> bool {
        let mut slot = self.slot.borrow_mut();
        if slot.is_set {
            return false;
        }
        slot.is_set = true;
        slot.value = Some(value);
        if let Some(waker) = slot.waker.take() {
            drop(slot);
            waker.wake();
        }
        true
    }
}

impl<T> Future for Waiting<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut slot = self.slot.borrow_mut();
        match slot.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
