// Browsers, and whatever is named nowhere else: the wasm is part of the JavaScript.

import * as inlined from "../../wasm/plain/inlined.mjs";
import { inlinedBytes } from "../inlined.mjs";
import { api, instance, LeadgateError } from "./build.mjs";

export { LeadgateError };
export const { load } = api(instance.from(() => inlinedBytes(inlined)));
