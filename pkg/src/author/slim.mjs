// Anywhere: the application brings the wasm.

import { starter } from "../slim.mjs";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { init, initSync } = starter(instance);
export const { check, compile, format, study } = api(instance);
