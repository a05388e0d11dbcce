// The titles kit, ready to answer.

import { readFileSync, readdirSync } from "node:fs";
import { load } from "leadgate";
import { compile } from "leadgate/author";

const folder = new URL("../../policies/titles/", import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, folder), "utf8");

/** What the document refers to, by path. */
export const lists = Object.fromEntries(readdirSync(new URL("lists/", folder)).filter((name) => name.endsWith(".csv")).map((name) => [`lists/${name}`, read(`lists/${name}`)]));
export const document = read("policy.yaml");

/** Function and level of a title, each empty where the kit does not know it. @returns {(title: string) => { function: string, level: string }} */
export function titlesKit() {
  const { program, diagnostics } = compile("policy.yaml", { "policy.yaml": document, ...lists });
  if (program === undefined) throw new Error(diagnostics.map(({ rendered }) => rendered).join("\n"));
  const policy = load(program);
  const said = (/** @type {unknown} */ output) => (output === "unclear" ? "" : String(output));
  return (title) => {
    const { department, seniority } = policy.decide({ title }).tables;
    return { function: said(department), level: said(seniority) };
  };
}
