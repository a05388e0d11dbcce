// Policies to start from: each is fetched when somebody wants it, for some have long lists.

import starter from "./starter.yaml?raw";

/** Where the files of the shipped policies lie; whatever folder there is is offered. @type {Record<string, string>} */
const addresses = import.meta.glob(["../../../../policies/*/policy.yaml", "../../../../policies/*/*/**/*.{csv,tsv,txt}"], { query: "?url", import: "default", eager: true });

/** @typedef {Record<"en" | "zh", string>} Text */
/** What they say of themselves. @type {Record<string, { title: Text, about: Text }>} */
const abouts = import.meta.glob("../../../../policies/*/about.json", { import: "default", eager: true });

export const MAIN = "policy.yaml";
export const FIRST = "saas-inbound";
export const STARTER = "starter";

/** The addresses of each policy's files, by its id and their paths. @type {Map<string, Record<string, string>>} */
const shipped = new Map();
for (const [path, address] of Object.entries(addresses)) {
  const [, id, file] = path.match(/policies\/([^/]+)\/(.+)$/) ?? [];
  shipped.set(id, { ...shipped.get(id), [file]: address });
}

/** @type {Map<string, Record<string, string>>} */
const fetched = new Map([[STARTER, { [MAIN]: starter }]]);

/** The policies' ids: the one that explains the language first, then the one that is shown first. */
export const exampleIds = [STARTER, FIRST, ...[...shipped.keys()].filter((id) => id !== FIRST).sort()];

/** @param {string | null} id @returns {id is string} */
export const isExample = (id) => id !== null && exampleIds.includes(id);

/** What a policy says of itself. @param {string} id */
export const aboutOf = (id) => Object.entries(abouts).find(([path]) => path.endsWith(`/${id}/about.json`))?.[1];

/** @param {string} address */
async function textOf(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers with ${response.status}`);
  return response.text();
}

/** A policy's files by their paths. @param {string} id @returns {Promise<Record<string, string>>} */
export async function exampleFiles(id) {
  const there = fetched.get(id);
  if (there) return { ...there };
  const files = Object.fromEntries(await Promise.all(Object.entries(shipped.get(id) ?? {}).map(async ([path, address]) => [path, await textOf(address)])));
  fetched.set(id, files);
  return { ...files };
}

/** The files of an example that were fetched already. @param {string | null} id */
export const originalOf = (id) => (id === null ? undefined : fetched.get(id));

/** Whether files are those of an example, unchanged. @param {string | null} id @param {Record<string, string>} files */
export function isOriginal(id, files) {
  const original = originalOf(id);
  if (!original) return false;
  const paths = Object.keys(files);
  return paths.length === Object.keys(original).length && paths.every((path) => files[path] === original[path]);
}
