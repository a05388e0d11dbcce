//! A trap on demand.

use wasm_bindgen::prelude::wasm_bindgen;

/// Stops the instance where it stands, as a mistake in the engine would.
#[wasm_bindgen]
pub fn trap() {
    std::process::abort();
}
