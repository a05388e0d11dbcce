//! The page's memory: taken, and not given back.
//!
//! What gives memory back piece by piece is a good part of a small download, and with it the code that lets go of every list. A page asks a few dozen questions in its life; the
//! package replaces an instance whose memory has grown (`pkg/src/instance.mjs`).
#![allow(unsafe_code, reason = "the interface of allocators is unsafe; every block is handed out once, and memory that was never handed out is zero")]

use std::alloc::{GlobalAlloc, Layout};
use std::arch::wasm32::{memory_grow, memory_size};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

const PAGE: usize = 65_536;
/// A multiple of the alignment of everything that is ever asked for.
const ALIGN: usize = 16;

#[global_allocator]
static MEMORY: Memory = Memory { next: AtomicUsize::new(0) };

struct Memory {
    /// Where the next block begins; zero before the first.
    next: AtomicUsize,
}

impl Memory {
    /// Makes everything up to `start + size` taken; null where there is no room.
    fn take(&self, start: usize, size: usize) -> *mut u8 {
        let end = memory_size(0) * PAGE;
        let Some(next) = start.checked_add(size) else { return null_mut() };
        if next > end && memory_grow(0, (next - end).div_ceil(PAGE)) == usize::MAX {
            return null_mut();
        }
        self.next.store(next.next_multiple_of(ALIGN), Relaxed);
        start as *mut u8
    }
}

unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let next = self.next.load(Relaxed);
        self.take(if next == 0 { memory_size(0) * PAGE } else { next }, layout.size())
    }

    // What was never handed out is zero.
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // Safety: as for `alloc`.
        unsafe { self.alloc(layout) }
    }

    #[inline(always)]
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let start = block as usize;
        // The newest block grows where it stands.
        if (start + layout.size()).next_multiple_of(ALIGN) == self.next.load(Relaxed) {
            return self.take(start, size);
        }
        let other = self.take(self.next.load(Relaxed), size);
        if !other.is_null() {
            // Safety: both blocks are at least as large as what is copied, and nothing else knows the new one.
            unsafe { block.copy_to_nonoverlapping(other, layout.size().min(size)) };
        }
        other
    }
}
