// The contact policy, compiled and loaded.

import { openPolicy } from "../../pkg/cli/policy/open.mjs";

/** @type {Promise<import("leadgate").Policy> | undefined} */
let opened;

export const contact = () => (opened ??= openPolicy(new URL("../../policies/contact/policy.yaml", import.meta.url).pathname).then(({ policy }) => policy));
