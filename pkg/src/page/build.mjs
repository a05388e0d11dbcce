// What runs a compiled policy in a page.

import { Engine, initSync, lead_error, load_error, __wbg_reset_state } from "../../wasm/page/leadgate.js";
import { Instance } from "../instance.mjs";

export const instance = new Instance({ Engine, initSync, lead_error, load_error, __wbg_reset_state }, { keeps: true });
export { runtime as api } from "../policy.mjs";
export { LeadgateError } from "../error.mjs";
export { starter } from "../slim.mjs";
