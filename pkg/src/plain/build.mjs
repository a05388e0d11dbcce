// What runs a compiled policy that computes nothing: the page's JavaScript, with a smaller wasm.

import { fresh } from "../page/build.mjs";

export const instance = fresh();
export { api, LeadgateError, starter } from "../page/build.mjs";
