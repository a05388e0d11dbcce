// Policies to start from.

import starter from "./starter.yaml?raw";

/** The shipped policies, as they stand in the repository. @type {Record<string, string>} */
const shipped = import.meta.glob(["../../../../policies/*/policy.yaml", "../../../../policies/*/lists/*.{csv,tsv,txt}"], { query: "?raw", import: "default", eager: true });

/** @type {Map<string, Record<string, string>>} */
const examples = new Map([["starter", { "policy.yaml": starter }]]);
for (const [path, text] of Object.entries(shipped)) {
  const [, id, file] = path.match(/policies\/([^/]+)\/(.+)$/) ?? [];
  examples.set(id, { ...examples.get(id), [file]: text });
}

export const MAIN = "policy.yaml";
export const FIRST = "saas-inbound";
export const exampleIds = ["starter", "saas-inbound", "crm-opportunities"].filter((id) => examples.has(id));

/** @param {string} id */
export const exampleFiles = (id) => ({ ...examples.get(id) });

/** Whether files are those of an example, unchanged. @param {string | null} id @param {Record<string, string>} files */
export function isOriginal(id, files) {
  const original = id === null ? undefined : examples.get(id);
  if (!original) return false;
  const paths = Object.keys(files);
  return paths.length === Object.keys(original).length && paths.every((path) => files[path] === original[path]);
}
