// Compiles the policy for the edge: the program, its slice and its texts, where worker.mjs and node.mjs find them.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "leadgate/author";
import { filesBelow } from "../../scripts/files.mjs";
import { formPolicies } from "../shared/policies.mjs";
import { pack } from "./packed.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const POLICY = "policies/saas-inbound/policy.yaml";

/** A policy's files by their paths beside it. @param {string} path of the document, in the checkout */
export const filesOf = (path) => filesBelow(join(root, dirname(path)));

/** Compiles a policy. @param {string} [path] of the document, in the checkout @returns {import("./policy.mjs").Compiled} */
export function compilePolicy(path = POLICY) {
  const { diagnostics, program, slice, texts } = compile("policy.yaml", filesOf(path));
  if (!program || !slice) throw new Error(diagnostics.map(({ rendered }) => rendered).join("\n") || `${path} says nothing of a page`);
  return { program, slice, texts };
}

/** The other policies that have a form, by name. @returns {Record<string, import("./policy.mjs").Compiled>} */
export const compileOthers = () => Object.fromEntries(formPolicies().map(({ name, compiled: { program, slice, texts } }) => [name, { program, slice, texts }]));

/** Writes what the edge is built from. */
export function buildEdge() {
  const out = fileURLToPath(new URL("built/", import.meta.url));
  const { program, slice, texts } = compilePolicy();
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "program.bin"), program);
  writeFileSync(join(out, "slice.bin"), slice);
  writeFileSync(join(out, "texts.txt"), JSON.stringify(texts));
  writeFileSync(join(out, "others.bin"), pack(compileOthers()));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildEdge();
