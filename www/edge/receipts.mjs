// Receipts: what was decided, when, by which program, signed.

/**
 * @typedef {(decided: { policy: import("./policy.mjs").EdgePolicy, answers: import("leadgate").Lead, facts: import("leadgate").Lead, decision: import("leadgate").Decision, now: number }) => Promise<string>} Signer
 */

const base64url = (/** @type {Uint8Array} */ bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const encoder = new TextEncoder();

/** @param {string} secret @param {ReturnType<typeof import("./digests.mjs").keyedDigest>} digest @returns {Signer} */
export function createSigner(secret, digest) {
  const key = crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return async ({ policy, answers, facts, decision, now }) => {
    const payload = { program: policy.digest, now, answers: await digest("receipt", JSON.stringify([answers, facts])), outcome: await digest("outcome", String(decision.outcome)) };
    const head = [{ alg: "HS256", typ: "JWT" }, payload].map((part) => base64url(encoder.encode(JSON.stringify(part)))).join(".");
    return `${head}.${base64url(new Uint8Array(await crypto.subtle.sign("HMAC", await key, encoder.encode(head))))}`;
  };
}
