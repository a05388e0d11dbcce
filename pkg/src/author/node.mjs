// Node, Deno and Bun: the wasm is a file beside this one.

import { fileBytes } from "../file.mjs";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { cel, check, compile, forecast, format, questionCells, study } = api(instance.from(() => fileBytes(new URL("../../wasm/author/leadgate_bg.wasm", import.meta.url))));
