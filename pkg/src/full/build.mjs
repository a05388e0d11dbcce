// Everything that runs a compiled policy.

import { Draft, Engine, initSync, lead_error, List, list_error, load_error, __wbg_reset_state } from "../../wasm/full/leadgate.js";
import { starting } from "../generated.mjs";
import { Instance } from "../instance.mjs";
import { Passing } from "../passing.mjs";
import { runtime } from "../policy.mjs";
import { readValues } from "../read.mjs";
import { withLists } from "./lists.mjs";
import { LivePolicy } from "./policy.mjs";
import { withVectors } from "./vectors.mjs";

withVectors();
export const instance = new Instance({ Draft, Engine, initSync: starting(initSync), lead_error, List, list_error, load_error, Passing, readValues, __wbg_reset_state });
export const api = (/** @type {import("../policy.mjs").EngineInstance} */ given) => withLists(/** @type {any} */ (given), runtime(given, LivePolicy).load);
export { LeadgateError } from "../error.mjs";
export { starter } from "../slim.mjs";
