// Starting a wasm build in Node, and calling it so that a trap does not spoil the next call.

import { readFileSync } from "node:fs";
import { LeadgateError } from "./error.mjs";

/**
 * The part of wasm-bindgen's glue that starts and restarts a module.
 * @typedef {object} Glue
 * @property {(input: { module: WebAssembly.Module }) => unknown} initSync
 * @property {() => void} __wbg_reset_state replaces the instance by a fresh one
 */

/**
 * Compiles and starts a build, synchronously.
 * @param {Glue} glue
 * @param {URL} location of the .wasm file
 */
export function start(glue, location) {
  let bytes;
  try {
    bytes = readFileSync(location);
  } catch (cause) {
    throw new LeadgateError("missing-wasm", "the engine's wasm file cannot be read", {
      path: location.pathname,
      help: "in a checkout, run `npm run build`; in an installed package, install it again",
      cause,
    });
  }
  return /** @type {{ memory: WebAssembly.Memory }} */ (glue.initSync({ module: new WebAssembly.Module(bytes) }));
}

/**
 * Calls into an instance. A trap leaves an instance in an unknown state, so it is replaced before the error goes on;
 * nothing is tried a second time.
 * @template T
 * @param {Glue} glue
 * @param {() => T} action
 * @returns {T}
 */
export function guarded(glue, action) {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
    glue.__wbg_reset_state();
    throw new LeadgateError("internal", "the engine stopped unexpectedly; this is a mistake in Leadgate", {
      help: "please report it with the document and the lead that led to it",
      cause: error,
    });
  }
}
