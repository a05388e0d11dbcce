// Everything that runs a compiled policy.

import { Engine, initSync, lead_error, load_error, __wbg_reset_state } from "../../wasm/full/leadgate.js";
import { assign } from "../assign.mjs";
import { Instance } from "../instance.mjs";

export const instance = new Instance({ Engine, initSync, lead_error, load_error, __wbg_reset_state, assign });
export { runtime as api } from "../policy.mjs";
export { LeadgateError } from "../error.mjs";
export { starter } from "../slim.mjs";
