// Cloudflare's workerd, which compiles no bytes at run time: the wasm is a module.

import wasm from "../../wasm/author/leadgate_bg.wasm";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { cel, check, compile, forecast, format, questionCells, study } = api(instance.from(() => wasm));
