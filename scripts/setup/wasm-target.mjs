// A toolchain that can build for wasm32-unknown-unknown.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { ask, run } from "../run.mjs";
import * as debian from "./debian.mjs";

const TARGET = "wasm32-unknown-unknown";
const DEBIAN_PACKAGES = ["rustc-web", "cargo-web", "rust-web-src", "libstd-rust-web-dev", "lld-22"];
const DEBIAN_LINKER = "wasm-ld-22";

/** Without a route to its server rustup hangs instead of failing. */
const RUSTUP_LIMIT = 30_000;
/** Where there is nothing left to fall back on, a slow line deserves patience. */
const RUSTUP_PATIENCE = 600_000;

/**
 * @typedef {object} Toolchain
 * @property {string} name
 * @property {string} cargo
 * @property {string[]} args to add to `cargo build`
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} buildsLibrary it builds the standard library from its sources
 * @property {string} sysroot
 */

/** Where a toolchain has the sources of its standard library. @param {string} sysroot */
const hasSources = (sysroot) => existsSync(join(sysroot, "lib/rustlib/src/rust/library/Cargo.lock"));

/** What is for speed in a build for size is marked with attributes that are not stable, and neither are the flags below. */
const unstable = { RUSTC_BOOTSTRAP: "1" };

/** What a toolchain needs to build its standard library itself, which makes the smallest builds. */
const ownLibrary = { args: ["-Zbuild-std=std,panic_abort", "--target", TARGET], buildsLibrary: true };

/** The toolchain on the path, if it has the sources of its standard library. @returns {Toolchain | undefined} */
function withSources() {
  const sysroot = ask("rustc", ["--print", "sysroot"]);
  if (!sysroot || !hasSources(sysroot)) return undefined;
  return { ...ownLibrary, name: `${ask("rustc", ["--version"])}, building its standard library`, cargo: "cargo", env: unstable, sysroot };
}

/** The toolchain on the path, if it has the target's standard library, built for speed and with messages of panics. @returns {Toolchain | undefined} */
function withTarget() {
  const library = ask("rustc", ["--print", "target-libdir", "--target", TARGET]);
  if (!library || !existsSync(library) || !readdirSync(library).some((name) => name.startsWith("libcore-"))) return undefined;
  return {
    name: `${ask("rustc", ["--version"])}`,
    cargo: "cargo",
    args: ["--target", TARGET],
    env: unstable,
    buildsLibrary: false,
    sysroot: `${ask("rustc", ["--print", "sysroot"])}`,
  };
}

/** Debian's toolchain, which builds the standard library from its own sources. @returns {Toolchain | undefined} */
function debianToolchain() {
  const rustc = "/usr/bin/rustc";
  const sysroot = ask(rustc, ["--print", "sysroot"]);
  if (!sysroot || !existsSync("/usr/bin/cargo") || !existsSync(join("/usr/bin", DEBIAN_LINKER)) || !hasSources(sysroot)) return undefined;
  return {
    ...ownLibrary,
    name: `${ask(rustc, ["--version"])}, building its standard library`,
    cargo: "/usr/bin/cargo",
    env: { ...unstable, RUSTC: rustc, CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: DEBIAN_LINKER },
    sysroot,
  };
}

/**
 * Finds such a toolchain, or installs one: first those that make the smallest builds. Of the page, Debian's compiler (1.96) made 63.1 KiB, Rust 1.95 with the library's sources
 * 67.2, and with a library that comes built 70.5: what `npm run build -- --force` prints.
 */
export async function setUpWasmTarget() {
  const present = debianToolchain();
  if (present) return present;

  /** @type {string[]} */
  const tried = [];
  if (debian.canInstall()) {
    console.log(`set-up: ${DEBIAN_PACKAGES.join(" ")} with apt-get (a few minutes)`);
    const toolchain = (await debian.install(DEBIAN_PACKAGES)) ? debianToolchain() : undefined;
    if (toolchain) return toolchain;
    tried.push(`apt-get install ${DEBIAN_PACKAGES.join(" ")}: failed`);
  }
  const hasRustup = Boolean(ask("rustup", ["--version"]));
  /** @param {string[]} args @param {number} limit @param {() => Toolchain | undefined} find */
  const rustup = async (args, limit, find) => {
    if (!hasRustup) return undefined;
    console.log(`set-up: rustup ${args.join(" ")} (at most ${limit / 1000} seconds)`);
    const { status, timedOut } = await run("rustup", args, { limit });
    if (status !== 0) tried.push(`rustup ${args.join(" ")}: ${timedOut ? "no answer" : `failed with status ${status}`}`);
    return status === 0 ? find() : undefined;
  };
  const found = withSources() ?? (await rustup(["component", "add", "rust-src"], RUSTUP_LIMIT, withSources))
    ?? withTarget() ?? (await rustup(["target", "add", TARGET], RUSTUP_PATIENCE, withTarget));
  if (found) return found;
  throw new Failure(
    `no Rust toolchain here can build for ${TARGET}`,
    [
      ...tried,
      "any of these makes it possible:",
      "- rustup component add rust-src",
      `- rustup target add ${TARGET}`,
      `- on Debian, as root: apt-get update && apt-get install ${DEBIAN_PACKAGES.join(" ")}`,
    ].join("\n"),
  );
}
