// Cloudflare's workerd, which compiles no bytes at run time: the wasm is a module.

import wasm from "../../wasm/plain/leadgate_bg.wasm";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { load } = api(instance.from(() => wasm));
