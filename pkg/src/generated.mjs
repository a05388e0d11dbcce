// Starting a build whose glue is generated: it knows of no wasm in parts.

import { together } from "./parts.mjs";

/** @typedef {import("./instance.mjs").Glue["initSync"]} Start */

/** Starts with a build that may come in parts; without one where it has been started before. @param {Start} initSync of the glue @returns {Start} */
export const starting = (initSync) => ({ module }) =>
  initSync({ module: module && together(module instanceof WebAssembly.Module ? module : new WebAssembly.Module(module)) });
