// Cloudflare's workerd, which compiles no bytes at run time: the wasm is a module.

import wasm from "../../wasm/full/leadgate_bg.wasm";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { listsOf, load, loadList } = api(instance.from(() => wasm));
