// Rings of keys: one signs, the others still verify what they signed. Beside each stand keys for the digests of answers, which rotate in the same way.

import { LeadgateError } from "../error.mjs";
import { isObject, reading } from "../given.mjs";
import { canonical, fromBase64url, toBase64url, utf8 } from "./canonical.mjs";

const SIGNATURE = "Ed25519";
const DIGEST = { name: "HMAC", hash: "SHA-256" };
const MAC_BYTES = 32;

/** @param {string} message @param {string} path @returns {never} */
function wrong(message, path) {
  throw new LeadgateError("wrong-keys", message, { path, help: "give what `generateKeys` or `rotateKeys` made" });
}

/**
 * A ring as JSON, read once.
 * @param {unknown} json
 * @returns {import("../receipts.d.ts").KeysJson}
 */
function jsonOf(json) {
  const read = reading("keys", () => JSON.parse(JSON.stringify(json) ?? "null"));
  if (!isObject(read) || read.v !== 1) wrong("a ring of keys is an object with `v` 1", "v");
  for (const name of ["keys", "macKeys"]) {
    if (!isObject(read[name] ??= {}) || !Object.values(read[name]).every(isObject)) wrong("keys stand in an object, as JWKs by their names", name);
  }
  return /** @type {import("../receipts.d.ts").KeysJson} */ (/** @type {unknown} */ (read));
}

/** The key's name: its thumbprint (RFC 7638), so that no other key can go by it. @param {string} x */
async function thumbprint(x) {
  const digest = await crypto.subtle.digest("SHA-256", utf8(canonical({ crv: SIGNATURE, kty: "OKP", x })));
  return toBase64url(new Uint8Array(digest));
}

async function newSigningKey() {
  const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(SIGNATURE, true, ["sign", "verify"]));
  const { x = "", d } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  return { kid: await thumbprint(x), jwk: { kty: "OKP", crv: SIGNATURE, x, d } };
}

/** @param {number} count */
export const randomText = (count) => toBase64url(crypto.getRandomValues(new Uint8Array(count)));

/**
 * A new ring with one key of each kind, as JSON: secret, to be stored where the server keeps its secrets.
 * @returns {Promise<import("../receipts.d.ts").KeysJson>}
 */
export async function generateKeys() {
  const { kid, jwk } = await newSigningKey();
  const macKid = randomText(9);
  return { v: 1, current: kid, keys: { [kid]: jwk }, macCurrent: macKid, macKeys: { [macKid]: { kty: "oct", k: randomText(MAC_BYTES) } } };
}

/**
 * The ring with new keys in use. The old ones stay to verify what they signed; what they could sign with is gone.
 * @param {import("../receipts.d.ts").KeysJson} given
 * @returns {Promise<import("../receipts.d.ts").KeysJson>}
 */
export async function rotateKeys(given) {
  const json = jsonOf(given);
  await importKeys(json);
  const made = await generateKeys();
  const old = Object.entries(json.keys).map(([kid, { d: _, ...jwk }]) => [kid, jwk]);
  return { ...made, keys: { ...Object.fromEntries(old), ...made.keys }, macKeys: { ...json.macKeys, ...made.macKeys } };
}

/**
 * What others need to verify signatures, and nothing secret: with it they cannot check answers.
 * @param {import("../receipts.d.ts").KeysJson} given
 * @returns {import("../receipts.d.ts").KeysJson}
 */
export function publicKeys(given) {
  const json = jsonOf(given);
  const keys = Object.fromEntries(Object.entries(json.keys).map(([kid, { d: _, ...jwk }]) => [kid, jwk]));
  return { v: 1, current: null, keys, macCurrent: null, macKeys: {} };
}

/** @param {string} kid @param {import("../receipts.d.ts").SigningJwk} jwk */
async function importSigningKey(kid, jwk) {
  const { kty, crv, x, d } = jwk ?? {};
  if (kty !== "OKP" || crv !== SIGNATURE || typeof x !== "string") wrong("a signing key is an Ed25519 key as a JWK", `keys.${kid}`);
  if ((await thumbprint(x)) !== kid) wrong("a signing key goes by another name than its own", `keys.${kid}`);
  try {
    const verify = await crypto.subtle.importKey("jwk", { kty, crv, x }, SIGNATURE, false, ["verify"]);
    const sign = d === undefined ? undefined : await crypto.subtle.importKey("jwk", { kty, crv, x, d }, SIGNATURE, false, ["sign"]);
    return { verify, sign };
  } catch (cause) {
    throw new LeadgateError("wrong-keys", "a signing key cannot be read", { path: `keys.${kid}`, help: "give what `generateKeys` or `rotateKeys` made", cause });
  }
}

/** @param {string} kid @param {import("../receipts.d.ts").MacJwk} jwk */
async function importMacKey(kid, jwk) {
  const { kty, k } = jwk ?? {};
  const bytes = kty === "oct" && typeof k === "string" ? fromBase64url(k) : undefined;
  if (bytes === undefined || bytes.length < MAC_BYTES) wrong(`a key for digests is at least ${MAC_BYTES} bytes as a JWK`, `macKeys.${kid}`);
  return crypto.subtle.importKey("raw", bytes, DIGEST, false, ["sign"]);
}

/** @template A, B @param {Record<string, A>} keys @param {(kid: string, jwk: A) => Promise<B>} read */
async function importAll(keys, read) {
  /** @type {Map<string, B>} */
  const found = new Map();
  for (const [kid, jwk] of Object.entries(keys)) found.set(kid, await read(kid, jwk));
  return found;
}

/**
 * A ring ready for use.
 * @param {import("../receipts.d.ts").KeysJson} given
 * @returns {Promise<import("../receipts.d.ts").KeyRing>}
 */
export async function importKeys(given) {
  const json = jsonOf(given);
  const keys = await importAll(json.keys, importSigningKey);
  const macKeys = await importAll(json.macKeys, importMacKey);
  const current = json.current ?? null;
  const macCurrent = json.macCurrent ?? null;
  if (current !== null && !keys.get(current)?.sign) wrong("the current signing key is not in the ring, or cannot sign", "current");
  if (macCurrent !== null && !macKeys.has(macCurrent)) wrong("the current key for digests is not in the ring", "macCurrent");
  return { current, keys, macCurrent, macKeys };
}
