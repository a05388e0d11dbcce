// Where things are.

import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Tools that outlive a checkout. */
export const tools = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "leadgate", "tools");

/** Cargo's output for wasm32: apart from the native one, so that neither locks nor evicts the other. */
export const wasmTarget = join(root, "target", "wasm");

/** The generated part of the npm package. */
export const wasmOutput = join(root, "pkg", "wasm");

/** The shipped policies as modules of the npm package, generated. */
export const shippedPolicies = join(root, "pkg", "policies");

/** Builds that only tests use. */
export const wasmTests = join(root, "target", "wasm-tests");

/** The npm package as it is published. */
export const staged = join(root, "target", "package");
