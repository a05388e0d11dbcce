// JSON in one form (RFC 8785), and base64url (RFC 4648, without padding).

import { isPlain } from "../encode.mjs";
import { LeadgateError } from "../error.mjs";

/**
 * A value as canonical JSON: members sorted by the UTF-16 units of their names, numbers as ECMAScript writes them, no white space. Members that are
 * undefined are left out.
 * @param {unknown} value null, a bool, a finite number, a well-formed text, or a list or plain object of these
 * @returns {string}
 */
export function canonical(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === "string" && value.isWellFormed()) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  // A Date or a Map has no members, and would pass for an empty object.
  if (typeof value === "object" && isPlain(value)) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([name, member]) => `${canonical(name)}:${canonical(member)}`).join(",")}}`;
  }
  throw new LeadgateError("not-json", "a receipt holds finite numbers, well-formed texts, bools, null, and lists and objects of them", { help: "give plain JSON values" });
}

const encoder = new TextEncoder();

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} UTF-8 */
export const utf8 = (text) => /** @type {Uint8Array<ArrayBuffer>} */ (encoder.encode(text));

/** @param {Uint8Array} bytes */
export function toBase64url(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The bytes of a text in base64url; undefined where it is none, or not the one way in which its bytes are written.
 * @param {string} text @returns {Uint8Array<ArrayBuffer> | undefined}
 */
export function fromBase64url(text) {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return toBase64url(bytes) === text ? bytes : undefined;
}
