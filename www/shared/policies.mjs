// The shipped policies that visitors can fill in a form for: those that ask questions and have a public slice. For what builds the site and the edge.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "leadgate";
import { compile } from "leadgate/author";
import { filesBelow } from "../../scripts/files.mjs";

const folder = fileURLToPath(new URL("../../policies", import.meta.url));

/** The policy of the landing page, at the root of the site. */
export const MAIN = "saas-inbound";

/** Where a policy's pages and addresses begin. @param {string} name */
export const baseOf = (name) => (name === MAIN ? "" : `/p/${name}`);

/**
 * @typedef {Record<"en" | "zh", string>} Text
 * @typedef {{ name: string, title: Text, about: Text, compiled: import("leadgate/author").Compiled & { program: Uint8Array, slice: Uint8Array } }} FormPolicy
 */

/** @type {FormPolicy[] | undefined} */
let found;

/**
 * All but the landing page's own, by name.
 * @returns {FormPolicy[]}
 * @throws {Error} where one of the documents has errors
 */
export function formPolicies() {
  return found ??= readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== MAIN).map(({ name }) => name).sort().flatMap((name) => {
    const files = filesBelow(join(folder, name));
    const compiled = compile("policy.yaml", files);
    const { program, slice, diagnostics } = compiled;
    if (!program) throw new Error(`the policy \`${name}\` has errors\n${diagnostics.map(({ rendered }) => rendered).join("\n")}`);
    if (!slice || load(slice).form({}).questions.length === 0) return [];
    const { title, about } = JSON.parse(new TextDecoder().decode(files["about.json"]));
    return [{ name, title, about, compiled: { ...compiled, program, slice } }];
  });
}
