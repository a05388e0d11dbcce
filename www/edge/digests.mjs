// Keyed digests: what stands for something personal where that itself must not stand. Telephone numbers can be enumerated, so a plain hash of one hides nothing.

const encoder = new TextEncoder();
const hex = (/** @type {ArrayBuffer} */ bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * @param {string} secret
 * @returns {(purpose: string, ...parts: string[]) => Promise<string>} HMAC-SHA-256 in hexadecimal; digests for different purposes never agree
 */
export function keyedDigest(secret) {
  const key = crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return async (purpose, ...parts) => hex(await crypto.subtle.sign("HMAC", await key, encoder.encode(JSON.stringify([purpose, ...parts]))));
}

/** The same value as the same text, whatever the order of its keys. @param {unknown} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  return `{${Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}
