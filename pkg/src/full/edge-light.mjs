// Vercel's edge runtime: the wasm is a module as well, by a name of its own.

import wasm from "../../wasm/full/leadgate_bg.wasm?module";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { listsOf, load, loadList } = api(instance.from(() => wasm));
