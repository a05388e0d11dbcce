// Everything that runs a compiled policy.

import { Engine, initSync, lead_error, load_error, __wbg_reset_state } from "../../wasm/full/leadgate.js";
import { Instance } from "../instance.mjs";
import { runtime } from "../policy.mjs";
import { LivePolicy } from "./policy.mjs";

export const instance = new Instance({ Engine, initSync, lead_error, load_error, __wbg_reset_state });
export const api = (/** @type {import("../policy.mjs").EngineInstance} */ given) => runtime(given, LivePolicy);
export { LeadgateError } from "../error.mjs";
export { starter } from "../slim.mjs";
