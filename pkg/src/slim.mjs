// Starting a build whose wasm the application brings.

import { LeadgateError } from "./error.mjs";

/**
 * @typedef {WebAssembly.Module | BufferSource} Wasm
 * @typedef {Wasm | Response} Given
 */

/** @param {Given} given @returns {Promise<Wasm>} */
async function compiled(given) {
  if (typeof Response === "undefined" || !(given instanceof Response)) return given instanceof WebAssembly.Module ? given : WebAssembly.compile(/** @type {BufferSource} */ (given));
  if (!given.ok) throw new LeadgateError("missing-wasm", `the engine's wasm cannot be fetched: ${given.status}`, { path: given.url, help: "serve the package's .wasm file at that address" });
  // Streaming wants the right type; a host that serves another one costs time, and not the application.
  const streams = WebAssembly.compileStreaming !== undefined && given.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(given) : WebAssembly.compile(await given.arrayBuffer());
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
      const module = await compiled(await wasm);
      instance.from(() => module).start();
    },

    /** @param {Wasm} wasm */
    initSync(wasm) {
      instance.from(() => wasm).start();
    },
  };
}
