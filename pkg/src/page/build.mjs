// What runs a compiled policy in a page.

import { Instance } from "../instance.mjs";
import { border } from "./glue.mjs";

export const fresh = () => new Instance(border(), { keeps: true });
export const instance = fresh();
export { runtime as api } from "../policy.mjs";
export { LeadgateError } from "../error.mjs";
export { starter } from "../slim.mjs";
