// Checking, compiling and formatting policy documents.

import { cel, check, compile, forecast, format, initSync, question_cells, study_document, __wbg_reset_state } from "../../wasm/author/leadgate.js";
import { starting } from "../generated.mjs";
import { Instance } from "../instance.mjs";

export const instance = new Instance({ cel, check, compile, forecast, format, initSync: starting(initSync), question_cells, study_document, __wbg_reset_state });
export { author as api } from "../documents.mjs";
export { LeadgateError } from "../error.mjs";
export { starter } from "../slim.mjs";
