// The builds of the engine.

/**
 * @typedef {object} Build
 * @property {string} name its folder under pkg/wasm, or under target/wasm-tests where it does not ship
 * @property {string} what what it is for
 * @property {string[]} features Cargo features, with no default ones
 * @property {true} [bare] the package has its glue: its exports are numbers alone
 * @property {string[]} flags options of the compiler for the engine itself, beside {@link forSize}
 * @property {string[]} optimize wasm-opt's passes
 * @property {string[]} [wasmFeatures] what it needs beside {@link wasmFeatures}
 * @property {string} [javascript] the build whose JavaScript it has; its own where none is named
 * @property {number} [budget] KiB of brotli, wasm and glue together
 */

/** For the smallest download: no loop keeps sums beside those that it needs, nothing is computed in several places to be computed once on some ways, or early to be computed once. */
const lean = ["--disable-lsr", "--enable-pre=false", "--disable-machine-cse", "--disable-machine-licm"].map((option) => `-Cllvm-args=${option}`);

/**
 * For many leads a second: what decides them is compiled for speed (`optimize(speed)` in the sources, where `quick` is set), all else for size. The options make
 * vectors of its loops, and take what is marked to be taken in into them, both of which the compiler leaves out where it builds for size.
 */
const quick = ["--cfg=quick", "-Cpasses=loop-vectorize", "-Cllvm-args=--inlinehint-threshold=1000"];

/**
 * For the smallest download. What is called from one place stays a function of its own, for brotli makes more of many small functions than of few large ones. Nothing
 * stands in the first kilobyte of memory: it is the end of the stack, so an address with an offset never comes out there. Functions that begin alike stand together
 * (order.mjs). What is short for brotli already stays as it is: the same computed again, numbers that go through locals, and
 * data with zeros between.
 */
const small = [
  "--flatten", "--rereloop", "-Oz", "-Oz", "--one-caller-inline-max-function-size=0", "--low-memory-unused", "--reorder-functions-by-name",
  "--skip-pass=local-cse", "--skip-pass=simplify-locals", "--skip-pass=memory-packing",
];

/** Those that ship. @type {(Build & Required<Pick<Build, "budget">>)[]} */
export const builds = [
  { name: "plain", what: "in the visitor's browser, for programs that compute nothing", features: ["border"], bare: true, javascript: "page", flags: lean, optimize: small, budget: 45 },
  { name: "page", what: "in the visitor's browser", features: ["border", "expressions"], bare: true, flags: lean, optimize: small, budget: 45 },
  { name: "full", what: "edge, Node, command line", features: ["border", "full"], flags: [...lean, ...quick], optimize: small, wasmFeatures: ["simd"], budget: 150 },
  { name: "author", what: "checks and compiles policies", features: ["wasm", "author"], flags: lean, optimize: small, budget: 300 },
];

/** For tests alone: the page build with an export that traps. @type {Build} */
export const trapBuild = { name: "trap", what: "tests of what follows a trap", features: ["border", "expressions", "trap"], bare: true, flags: [], optimize: ["-O1"] };

/** wasm features that every runtime we run on accepts; `--all-features` writes an encoding that some refuse. */
export const wasmFeatures = [
  "bulk-memory",
  "nontrapping-float-to-int",
  "sign-ext",
  "mutable-globals",
  "reference-types",
  "multivalue",
];

/** All builds are compiled for size; what decides leads in one that is quick is marked. */
export const level = "z";

/** How the engine is compiled. As a library for Rust besides, what other crates might call would stay in the module, and be downloaded. */
export const cargoArguments = ["rustc", "--release", "--lib", "--crate-type", "cdylib", "--locked", "--no-default-features"];

/**
 * What makes builds small where the toolchain builds the standard library as well. A panic stops the instance either way; without its message the machinery of formatting
 * need not be downloaded, and neither need the longer ways to sort.
 */
export const ownLibrary = {
  args: ["-Zbuild-std-features=optimize_for_size", "-Zpanic-immediate-abort"],
  env: { CARGO_PROFILE_RELEASE_PANIC: "immediate-abort" },
  flags: ["-Zunstable-options", "-Cpanic=immediate-abort"],
};

/** What a page waits for is marked to be compiled for speed in builds for size, by an attribute that is not stable. */
export const forSize = ["--cfg=for_size"];

/** How the glue is generated. Functions keep their names, by which `wasm-opt` sorts them before it leaves them out. */
export const bindgenOptions = [
  "--target", "web",
  "--out-name", "leadgate",
  "--omit-default-module-path",
  "--remove-producers-section",
  // A trap leaves an instance unusable; this lets the same glue start a fresh one.
  "--experimental-reset-state-function",
];
