// Anywhere: the application brings the wasm.

import { api, instance, LeadgateError, starter } from "./build.mjs";

export { LeadgateError };
export const { init, initSync } = starter(instance);
export const { load } = api(instance);
