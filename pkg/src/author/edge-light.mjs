// Vercel's edge runtime: the wasm is a module as well, by a name of its own.

import wasm from "../../wasm/author/leadgate_bg.wasm?module";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { cel, check, compile, forecast, format, questionCells, study } = api(instance.from(() => wasm));
