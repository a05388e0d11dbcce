// The native Rust toolchain.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { root } from "../paths.mjs";
import { ask } from "../run.mjs";

/** @param {string} text */
const release = (text) => (/(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);

/** Makes sure that cargo is there and new enough for Cargo.toml's `rust-version`. */
export function requireRust() {
  const needed = /^rust-version = "(.+)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))?.[1] ?? "0.0";
  const found = ask("cargo", ["--version"]) && ask("rustc", ["--version"]);
  if (!found) throw new Failure("Rust is not installed", `install Rust ${needed} or later with rustup, or your system's cargo and rustc`);
  const [[major, minor], [leastMajor, leastMinor]] = [release(found), release(needed)];
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    throw new Failure(`Rust ${needed} or later is needed, and this is ${found}`, "run `rustup update stable`");
  }
}
