//! What is made before the crate is compiled: the time zones in a form that is small to download.

// A build that cannot go on stops with what stopped it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[cfg(feature = "author")]
mod pack;
#[cfg(feature = "author")]
mod tzif;

fn main() {
    println!("cargo::rerun-if-changed=build");
    #[cfg(feature = "author")]
    {
        let folder = std::env::var_os("OUT_DIR").expect("cargo names the folder of what is made");
        std::fs::write(std::path::Path::new(&folder).join("zones.bin"), pack::zones()).expect("the time zones can be written");
    }
}
