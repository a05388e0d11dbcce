// Keys for development: made at the first start, and kept in a file that git does not know. In production they are a secret of the worker; docs/edge.md says how they change.

import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { generateKeys } from "leadgate/receipts";

/** @returns {Promise<import("./edge.mjs").Keys>} */
export const newKeys = async () => ({ digests: randomBytes(32).toString("base64"), receipts: await generateKeys() });

/** The keys in a file; made where there are none. @param {string} path @returns {Promise<import("./edge.mjs").Keys>} */
export async function developmentKeys(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
  }
  const keys = await newKeys();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}
