// The shipped policy with its slice, as the edge and the page have them.

import { readdirSync, readFileSync } from "node:fs";
import { load } from "leadgate";
import { compile } from "leadgate/author";

const folder = new URL("../../policies/saas-inbound/", import.meta.url);

/** The policy's files by path, its document changed as told. @param {(document: string) => string} change */
function files(change) {
  const lists = readdirSync(new URL("lists/", folder)).map((name) => [`lists/${name}`, new Uint8Array(readFileSync(new URL(`lists/${name}`, folder)))]);
  // Without its golden leads, which hold to numbers that tests change.
  const [document] = readFileSync(new URL("policy.yaml", folder), "utf8").split("\ntests:\n");
  return { ...Object.fromEntries(lists), "policy.yaml": change(document) };
}

/** Policy and slice, and the digest that names the slice. @param {(document: string) => string} [change] */
export function inbound(change = (document) => document) {
  const { program, slice, sliceTexts, diagnostics } = compile("policy.yaml", files(change));
  if (program === undefined || slice === undefined) throw new Error(diagnostics.map(({ rendered }) => rendered).join("\n"));
  return { policy: load(program), slice: load(slice), sliceTexts, bytes: slice };
}
