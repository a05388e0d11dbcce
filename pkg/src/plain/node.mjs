// Node, Deno and Bun: the wasm is a file beside this one.

import { fileBytes } from "../file.mjs";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { load } = api(instance.from(() => fileBytes(new URL("../../wasm/plain/leadgate_bg.wasm", import.meta.url))));
