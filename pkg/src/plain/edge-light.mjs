// Vercel's edge runtime: the wasm is a module as well, by a name of its own.

import wasm from "../../wasm/plain/leadgate_bg.wasm?module";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { load } = api(instance.from(() => wasm));
