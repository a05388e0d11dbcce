// Receipts as the edge makes and hands them out. A receipt is a signed text that anybody can read: it names the outcome and what the host knew. That is for the company. What the
// visitor gets is the same receipt sealed: compact JWE (RFC 7516, `dir`, `A256GCM`), which only the edge opens.

import { importKeys, signReceipt } from "leadgate/receipts";

const HEADER = { alg: "dir", cty: "JWT", enc: "A256GCM" };
const encoder = new TextEncoder();

/** @param {Uint8Array} bytes */
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
/** @param {string} text */
const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
/** @param {string} hex */
const bytesOfHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/**
 * @param {import("./edge.mjs").Keys} keys
 * @param {ReturnType<typeof import("./digests.mjs").keyedDigest>} digest
 */
export function createReceipts(keys, digest) {
  const ring = importKeys(keys.receipts);
  const sealing = digest("seal key").then((hex) => crypto.subtle.importKey("raw", bytesOfHex(hex), "AES-GCM", false, ["encrypt", "decrypt"]));
  // Told where it is used; until then nobody waits for it.
  ring.catch(() => {});
  const header = base64url(encoder.encode(JSON.stringify(HEADER)));
  const sealed = (/** @type {Uint8Array<ArrayBuffer>} */ iv) => ({ name: "AES-GCM", iv, additionalData: encoder.encode(header), tagLength: 128 });

  return {
    /** A receipt of what was decided. @param {import("leadgate/receipts").Decided} decided */
    sign: async (decided) => signReceipt(decided, await ring),

    /** The receipt as a visitor gets it; the same for the same receipt, so that a sending that comes again is answered as before. @param {string} receipt */
    async seal(receipt) {
      // Made of the receipt itself: no two receipts have one.
      const iv = bytesOfHex((await digest("seal", receipt)).slice(0, 24));
      const bytes = new Uint8Array(await crypto.subtle.encrypt(sealed(iv), await sealing, encoder.encode(receipt)));
      return [header, "", base64url(iv), base64url(bytes.slice(0, -16)), base64url(bytes.slice(-16))].join(".");
    },

    /** The receipt in what a visitor has; undefined where it was not sealed here. @param {string} text */
    async unseal(text) {
      const parts = text.split(".");
      if (parts.length !== 5 || parts[0] !== header || parts[1] !== "") return undefined;
      try {
        const [iv, content, tag] = parts.slice(2).map(bytesOf);
        // The last letter of a part has bits that stand for nothing; a text has one spelling.
        if ([iv, content, tag].some((bytes, at) => base64url(bytes) !== parts[at + 2])) return undefined;
        return new TextDecoder().decode(await crypto.subtle.decrypt(sealed(iv), await sealing, new Uint8Array([...content, ...tag])));
      } catch {
        return undefined;
      }
    },
  };
}

/** @typedef {ReturnType<typeof createReceipts>} Receipts */
