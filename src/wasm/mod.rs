//! The surface to JavaScript: numbers in, numbers out, names as JSON once. The package's JavaScript gives it its shape for people. Full and author have it by wasm-bindgen, the page
//! by exports of its own; what runs programs (`border`) is no part of author, which only writes them.

#[cfg(feature = "author")]
mod asking;
#[cfg(feature = "author")]
mod author;
#[cfg(all(feature = "border", feature = "full"))]
mod columns;
#[cfg(feature = "border")]
mod describe;
#[cfg(feature = "border")]
mod engine;
#[cfg(all(feature = "border", feature = "full"))]
mod hits;
#[cfg(feature = "border")]
mod json;
#[cfg(all(feature = "border", feature = "full"))]
mod lists;
#[cfg(all(feature = "border", feature = "full"))]
mod live;
#[cfg(all(target_family = "wasm", not(feature = "full")))]
mod memory;
#[cfg(feature = "author")]
mod outline;
#[cfg(all(feature = "border", not(feature = "full")))]
mod page;
#[cfg(feature = "border")]
mod results;

#[cfg(feature = "author")]
pub use asking::{forecast, question_cells};
#[cfg(feature = "author")]
pub use author::{Compilation, check, compile, format};
#[cfg(feature = "border")]
pub use engine::Engine;
#[cfg(all(feature = "border", feature = "full"))]
pub use engine::{lead_error, load_error};
#[cfg(all(feature = "border", feature = "full"))]
pub use lists::{Draft, List, list_error};

// The one that comes with the standard library is several times as large. The page has its own.
#[cfg(all(target_family = "wasm", feature = "full"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(feature = "panic-hook")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}
