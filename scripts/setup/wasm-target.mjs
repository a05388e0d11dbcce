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
/** Where there is nothing to fall back on, a slow line deserves patience. */
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

/** The toolchain on the path, if it has the target's standard library. @returns {Toolchain | undefined} */
function withTarget() {
  const library = ask("rustc", ["--print", "target-libdir", "--target", TARGET]);
  if (!library || !existsSync(library) || !readdirSync(library).some((name) => name.startsWith("libcore-"))) return undefined;
  return {
    name: `${ask("rustc", ["--version"])}`,
    cargo: "cargo",
    args: ["--target", TARGET],
    env: {},
    buildsLibrary: false,
    sysroot: `${ask("rustc", ["--print", "sysroot"])}`,
  };
}

/** Debian's toolchain, which builds the standard library from its own sources. @returns {Toolchain | undefined} */
function debianToolchain() {
  const rustc = "/usr/bin/rustc";
  const sysroot = ask(rustc, ["--print", "sysroot"]);
  if (!sysroot || !existsSync("/usr/bin/cargo") || !existsSync(join("/usr/bin", DEBIAN_LINKER))) return undefined;
  if (!existsSync(join(sysroot, "lib/rustlib/src/rust/library/Cargo.lock"))) return undefined;
  return {
    name: `${ask(rustc, ["--version"])}, building its standard library`,
    cargo: "/usr/bin/cargo",
    args: ["-Zbuild-std=std,panic_abort", "--target", TARGET],
    env: { RUSTC: rustc, RUSTC_BOOTSTRAP: "1", CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: DEBIAN_LINKER },
    buildsLibrary: true,
    sysroot,
  };
}

/** Finds such a toolchain, or installs one. */
export async function setUpWasmTarget() {
  const present = withTarget() ?? debianToolchain();
  if (present) return present;

  const tried = [];
  if (ask("rustup", ["--version"])) {
    const limit = debian.canInstall() ? RUSTUP_LIMIT : RUSTUP_PATIENCE;
    console.log(`set-up: the wasm32 standard library with rustup (at most ${limit / 1000} seconds)`);
    const { status, timedOut } = await run("rustup", ["target", "add", TARGET], { limit });
    const toolchain = status === 0 ? withTarget() : undefined;
    if (toolchain) return toolchain;
    tried.push(`rustup target add ${TARGET}: ${timedOut ? "no answer" : `failed with status ${status}`}`);
  }
  if (debian.canInstall()) {
    console.log(`set-up: ${DEBIAN_PACKAGES.join(" ")} with apt-get (a few minutes)`);
    const toolchain = (await debian.install(DEBIAN_PACKAGES)) ? debianToolchain() : undefined;
    if (toolchain) return toolchain;
    tried.push(`apt-get install ${DEBIAN_PACKAGES.join(" ")}: failed`);
  }
  throw new Failure(
    `no Rust toolchain here can build for ${TARGET}`,
    [
      ...tried,
      "either of these makes it possible:",
      `- rustup target add ${TARGET}`,
      `- on Debian, as root: apt-get update && apt-get install ${DEBIAN_PACKAGES.join(" ")}`,
    ].join("\n"),
  );
}
