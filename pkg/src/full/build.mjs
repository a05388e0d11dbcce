// Everything that runs a compiled policy.

import { Engine, initSync, lead_error, load_error, __wbg_reset_state } from "../../wasm/full/leadgate.js";
import { assign } from "../assign.mjs";
import { Instance } from "../instance.mjs";
import { runtime } from "../policy.mjs";
import { questions } from "./life.mjs";

export const instance = new Instance({ Engine, initSync, lead_error, load_error, __wbg_reset_state, assign });
/** @param {typeof instance} started */
export const api = (started) => runtime(started, questions);
export { LeadgateError } from "../error.mjs";
export { starter } from "../slim.mjs";
