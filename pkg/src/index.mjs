// Leadgate for Node: everything that runs a compiled policy.

export { LeadgateError } from "./error.mjs";
export { load } from "./engine.mjs";
