// Browsers, and whatever is named nowhere else: the wasm is part of the JavaScript.

import * as inlined from "../../wasm/author/inlined.mjs";
import { inlinedBytes } from "../inlined.mjs";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { cel, check, compile, forecast, format, questionCells, study } = api(instance.from(() => inlinedBytes(inlined)));
