// The wasm of a build as a file beside the package's JavaScript.

import { readFileSync } from "node:fs";
import { LeadgateError } from "./error.mjs";

/** @param {URL} location of the .wasm file */
export function fileBytes(location) {
  try {
    return readFileSync(location);
  } catch (cause) {
    throw new LeadgateError("missing-wasm", "the engine's wasm file cannot be read", {
      path: location.pathname,
      help: "in a checkout, run `npm run build`; in an installed package, install it again",
      cause,
    });
  }
}
