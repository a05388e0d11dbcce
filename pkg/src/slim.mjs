// Starting a build whose wasm the application brings.

import { LeadgateError } from "./error.mjs";
import { wrongWasm } from "./instance.mjs";

/**
 * @typedef {WebAssembly.Module | BufferSource} Wasm
 * @typedef {Wasm | Response} Given
 */

/** @param {Response} response */
async function fetched(response) {
  if (!response.ok) throw new LeadgateError("missing-wasm", `the engine's wasm cannot be fetched: ${response.status}`, { path: response.url, help: "serve the package's .wasm file at that address" });
  // Streaming wants the right type; a host that serves another one costs time, and not the application.
  const streams = WebAssembly.compileStreaming !== undefined && response.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** @param {Given} given @returns {Promise<Wasm>} */
async function compiled(given) {
  if (typeof Response !== "undefined" && given instanceof Response) return fetched(given);
  return ArrayBuffer.isView(given) || given instanceof ArrayBuffer ? WebAssembly.compile(/** @type {BufferSource} */ (given)) : given;
}

/**
 * The two ways to start a build.
 * @param {import("./instance.mjs").Instance<import("./instance.mjs").Glue>} instance
 */
export function starter(instance) {
  return {
    /**
     * @param {Given | Promise<Given>} wasm
     * @returns {Promise<void>}
     */
    async init(wasm) {
      const given = await wasm;
      const module = await compiled(given).catch((error) => { throw error instanceof LeadgateError ? error : wrongWasm(error); });
      instance.use(module);
    },

    /** @param {Wasm} wasm */
    initSync(wasm) {
      instance.use(wasm);
    },
  };
}
